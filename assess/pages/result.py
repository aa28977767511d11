"""Where a team stands: its stage, nine dimensions by three stages, and how sure that is.

Members' figures arrive in steps of five points, and nothing that would tell of a single
answer arrives at all; so what a profile holds may be shown.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final, Literal

from assess.commands import join_command
from assess.figures import count, long_day, percent
from assess.pages.blocks import (
    BarColumn,
    BarRow,
    Bars,
    Block,
    Column,
    Items,
    Page,
    Points,
    Section,
    Sentence,
    Share,
    Table,
    Tone,
    listed,
    next_section,
    table,
)
from assess.pages.standing import (
    ALL_FINISHED,
    STAGE_NAMES,
    describe_certainty,
    describe_holding_back,
    describe_odds,
    describe_spot,
    describe_stage,
    describe_stage_rule,
    describe_standing,
    describe_to_go,
    missing_answers,
    own_stage,
    why_not_scored,
)
from assess.questionnaire import STAGES
from assess.scoring.assessment import ONE_LEVEL, Result
from assess.scoring.members import fewest_members
from assess.scoring.profile import Profile
from assess.scoring.records import DimensionScore

STAGE_TONES: Final[dict[str, Tone]] = {
    "momentum": "momentum",
    "maturity": "maturity",
    "mastery": "mastery",
}
_ALL: Final = "All together"
_GAP: Final = Sentence(
    f"A gap with a plus: the manager sees more. From {ONE_LEVEL * 100} points on, about a level on "
    "each question, it is seen differently. Each figure is rounded by itself.",
    "quiet",
)
_MOST_STEPS: Final = 6
_MOST_CLAIMS: Final = 5


def make_result_page(
    team: str, day: date, profile: Profile, result: Result | None = None, *extra: Section
) -> Page:
    """Return where a team stands.

    `result` has every view, to stand beside the driving one, which `profile` is; `extra` follows.
    """
    title = f"{team} · {profile.questionnaire.title} · {long_day(day)}"
    odds = describe_odds(profile.margin, profile.questionnaire.subject)
    views = tuple(_views(result)) if result else ()
    if profile.scores is None:
        return Page(title, (*_nothing_scored(profile), *views, *extra))
    # Of a manager the gap between both views is what matters most.
    first, later = (views, ()) if profile.questionnaire.subject == "manager" else ((), views)
    return Page(
        title,
        (
            standing_section(team, profile),
            *first,
            Section("", (dimension_bars(profile),), detail=True),
            listed("Each dimension by itself", _own_stages(profile) if profile.stage else ()),
            listed("How sure this is", filter(None, (*describe_certainty(profile), odds))),
            _path(profile),
            *later,
            _reading_list(profile),
            listed("What the team said of itself", profile.questionnaire.described, detail=True),
            *extra,
        ),
    )


def make_result_screen(
    whole: Page, team: str, profile: Profile, kept: Section, asked: date | None = None
) -> Page:
    """Return what of a result fits one screen: the stage, and how far each dimension is in it.

    `kept` says what came of a plan; whoever looks back on one knows the words of the stages.
    `asked` is the day that was named, if any.
    """
    command = join_command("result", *(("--date", str(asked)) if asked else ()), "--all")
    end = next_section((), ("How sure this is, and everything else:", command))
    if profile.stage is None or profile.questionnaire.subject == "manager":
        return Page(whole.title, (kept, *whole.sections, end))
    to_go = describe_to_go(profile) if kept.blocks else ""
    words = f"{to_go}." if to_go else describe_stage(profile)
    standing = Sentence(describe_standing(team, profile), STAGE_TONES[profile.stage])
    texts = filter(None, (words, describe_spot(profile)))
    first = Section("", (standing, *map(Sentence, texts)))
    return Page(whole.title, (first, kept, Section("", (dimension_bars(profile),)), end))


def standing_section(team: str, profile: Profile) -> Section:
    """Return the stage in words, and the rule by which it is found."""
    standing = describe_standing(team, profile)
    rule = Sentence(" ".join(describe_stage_rule(profile)), "quiet")
    if profile.stage is None:
        return Section("", (Sentence(standing, "strong"), rule))
    tone = STAGE_TONES[profile.stage]
    texts = (describe_stage(profile), describe_spot(profile), describe_holding_back(profile))
    sentences = map(Sentence, filter(None, texts))
    return Section("", (Sentence(standing, tone), *sentences, rule))


def dimension_bars(profile: Profile) -> Bars:
    """Return every dimension and all together, by stage, with what finishes a stage."""
    rule = profile.questionnaire
    stage = STAGE_NAMES[profile.stage or STAGES[0]]
    rows = [_dimension_row(profile, d, stage) for d in profile.dimensions.values()]
    if profile.scores is not None:
        rows.append(BarRow(_ALL, profile.scores, rule.overall, is_total=True))
    return Bars(
        columns=tuple(BarColumn(STAGE_NAMES[s], STAGE_TONES[s], _sign(profile, s)) for s in STAGES),
        rows=tuple(rows),
        legend=f"is what finishes a stage: {percent(rule.each)} in every dimension, "
        f"{percent(rule.overall)} in all.",
        flag=f"keeps {stage} from being finished, whatever the others reach.",
    )


def _dimension_row(profile: Profile, dimension: DimensionScore, stage: str) -> BarRow:
    each, label = profile.questionnaire.each, profile.questionnaire.titles[dimension.id]
    if dimension.shares is None:
        return BarRow(label, None, each, why_not_scored(profile, dimension))
    is_open = profile.stage is not None and not profile.complete
    holds_back = is_open and dimension.shares[profile.stage_number - 1] < each
    remark = f"which keeps {stage} from being finished" if holds_back else ""
    return BarRow(label, dimension.shares, each, remark)


def _own_stages(profile: Profile) -> Iterator[str]:
    """Say which dimensions are in which stage, the earliest first."""
    titles = profile.questionnaire.titles
    stages = {
        d.id: own_stage(profile.questionnaire, d) for d in profile.dimensions.values() if d.shares
    }
    for stage in (*STAGE_NAMES.values(), ALL_FINISHED):
        if there := "; ".join(titles[d] for d, own in stages.items() if own == stage):
            yield f"{stage}: {there}."


def _sign(profile: Profile, stage: str) -> Literal["", "finished", "current"]:
    if profile.complete or STAGES.index(stage) + 1 < profile.stage_number:
        return "finished"
    return "current" if stage == profile.stage else ""


def _path(profile: Profile) -> Section:
    notches = profile.margin.path if profile.margin else ()
    questions = profile.questionnaire.by_id
    texts = tuple(
        f"{questions[step.question].levels[step.end]} (level {step.start} to {step.end})"
        for step in notches
    )
    stage = STAGE_NAMES[profile.stage or STAGES[0]]
    return listed(f"The shortest way to finish {stage}", texts, most=_MOST_STEPS, detail=True)


def _reading_list(profile: Profile) -> Section:
    """Name the claims that somebody should look at, in the words of their questions."""
    check, questions = profile.evidence, profile.questionnaire.by_id
    unbacked, named = (check.unbacked, check.named) if check else ((), ())
    texts = tuple(f"{questions[q].ask}{' (in words only)' if q in named else ''}" for q in unbacked)
    about = "These answers say that a system is in place, but not where an outsider could see it."
    blocks = (Sentence(about), Items(texts, most=_MOST_CLAIMS)) if texts else ()
    return Section("Cannot be checked yet", blocks, detail=True)


def _nothing_scored(profile: Profile) -> Iterator[Section]:
    titles = profile.questionnaire.titles
    needed = tuple(
        f"{titles[d.id]}: {count(missing_answers(profile, d), 'more answer')} with a level"
        for d in profile.dimensions.values()
        if d.status == "not-scored"
    )
    heading = "No dimension has enough answers, so there is no stage and no plan."
    enough = (Sentence("To be scored, one of these is enough:"), Items(needed))
    nothing = (Sentence('Every question was answered with "does not apply".'),)
    yield Section(heading, enough if needed else nothing)


# --- Manager and members ---


def _views(result: Result) -> Iterator[Section]:
    told = count(result.profile.members, "member")
    if result.members is None:
        if result.profile.members:
            least = f"from {result.assessment.minimum} on"
            when = least if result.assessment.closed else "once the assessment is closed"
            yield Section("", (Sentence(f"{told} answered; what they say is shown {when}."),))
        return
    blocks: tuple[Block, ...] = (
        (_agreement(result),)
        if result.manager is None
        else (_side_by_side(result), _GAP, *_of_the_same_questions(result))
    )
    steps = Sentence("Here all shares stand in steps of five points, from 5 to 95.", "quiet")
    yield Section(f"Seen by {told}", (*blocks, steps, *_basis_of_plan(result)))


def _basis_of_plan(result: Result) -> Iterator[Sentence]:
    """Say what a plan is made from, where that is not what the stage is told of."""
    source = result.plan_profile
    if result.consensus is not None:
        return
    if source is not None and source.view == "members":
        stage = STAGE_NAMES[source.stage or STAGES[0]]
        text = f"the middle answer of the members to each question; by these the stage is {stage}."
    else:
        enough = 2 * fewest_members(result.assessment)
        own = "the manager's answers" if result.manager else "the team's joint answer"
        text = f"{own}: what members say of single questions counts from {enough} members on."
    yield Sentence(f"A plan is made from {text}")


def _agreement(result: Result) -> Items:
    titles, words = result.profile.questionnaire.titles, result.agreement
    by_word = {w: "; ".join(titles[d] for d in words if words[d] == w) for w in words.values()}
    return Items(tuple(f"{word.capitalize()}: {there}." for word, there in by_word.items()))


def _side_by_side(result: Result) -> Table:
    titles = result.profile.questionnaire.titles
    apart = result.seen_differently
    columns = ("Index", "#manager", "#members", "#gap", "members are", Column("", tone="warning"))
    rows = (
        (
            titles[d],
            Share(both.manager),
            Share(both.members),
            Points(both.gap),
            result.agreement.get(d, ""),
            f"the {apart[d]} see{'s' * (apart[d] == 'manager')} more" if d in apart else "",
        )
        for d, both in result.side_by_side.items()
    )
    return table(columns, rows)


def _of_the_same_questions(result: Result) -> Iterator[Sentence]:
    """Say that some questions stand aside, where members are not asked them."""
    asked = result.assessment.questionnaire
    if aside := len(asked.questions) - len(asked.of_members.questions):
        yield Sentence(
            f"Side by side stand answers to the same questions; {count(aside, 'question')} were "
            "not put to members.",
            "quiet",
        )
