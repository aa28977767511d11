"""What moved since last time, within the limits of chance, and how the quarters went."""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import Final

from assess.checkin.status import PastCheckIn
from assess.comparison.matching import NotCompared, NotComparedReason
from assess.comparison.noise import FEWEST_FOR_A_REST, SIGNIFICANCE, Word
from assess.comparison.records import (
    ComparedFigure,
    Comparison,
    DimensionChange,
    Move,
    PlannedAction,
    Quarter,
)
from assess.figures import amount_text, count, long_day, noise_points, percent
from assess.pages.blocks import (
    Block,
    Cell,
    Chart,
    ChartLine,
    Column,
    Items,
    Page,
    Points,
    Section,
    Sentence,
    Share,
    Table,
    Tone,
    TrackRow,
    Tracks,
    listed,
    table,
)
from assess.pages.checkin import past_checkins_section
from assess.pages.promise import kept_section, promised_section
from assess.pages.result import STAGE_TONES
from assess.pages.standing import STAGE_NAMES, name_stage, seen_by
from assess.questionnaire import STAGES, Questionnaire
from assess.scoring.records import View

_WORD_TONES: Final[Mapping[Word, Tone]] = {
    "clear rise": "rise",
    "clear fall": "fall",
    "no clear change": "quiet",
}
TEAM_WORDS: Final[Mapping[Word, str]] = {
    "clear rise": "clearly higher",
    "clear fall": "clearly lower",
    "no clear change": "no clear difference",
}
"""What each word says of the other team when two stand side by side."""

_REASONS: Final[Mapping[NotComparedReason, str]] = {
    "new": "Asked for the first time",
    "retired": "No longer asked",
    "not-asked": "Asked only once, as the team was described",
    "confidential": "Beside questions that changed, and members' figures are taken once",
}
_WHEN: Final = {
    ("not-applicable", "then"): "Did not apply then",
    ("not-applicable", "now"): "Does not apply now",
    ("not-applicable", "both"): "Applied neither then nor now",
    ("dont-know", "then"): "Not known then",
    ("dont-know", "now"): "Not known now",
    ("dont-know", "both"): "Known neither then nor now",
}
_MOST_MOVES: Final = 12
_MOST_THANKED: Final = 2
_MOST_QUARTERS: Final = 4
_FEWEST_FOR_A_COURSE: Final = 3
"""Two quarters the comparison has shown already."""


def make_comparison_page(
    comparison: Comparison, checkins: Sequence[PastCheckIn] = (), course: Sequence[Section] = ()
) -> Page:
    """Return two assessments side by side: what is true now, the stage, whom to thank, how sure.

    The check-ins are those in between; the course of all quarters follows where there are more than
    two.
    """
    teams = " and ".join(filter(None, (comparison.team, comparison.other_team)))
    questionnaire, left_out = comparison.after.questionnaire, describe_left_out(comparison)
    days = map(long_day, (comparison.start, comparison.end))
    return Page(
        f"{teams} · {' and '.join(dict.fromkeys(days))}",
        (
            kept_section(comparison.planned),
            _stage(comparison),
            _thanks(comparison, checkins),
            _recognition(comparison),
            promised_section(comparison.planned, questionnaire),
            _dimensions(comparison),
            _stages(comparison),
            *_moves(comparison),
            past_checkins_section(checkins),
            listed("Not compared, or compared with care", left_out, detail=True),
            _actions(comparison),
            listed("KPIs, then and now", map(_describe_compared, comparison.figures)),
            *course,
        ),
    )


def _thanks(comparison: Comparison, checkins: Sequence[PastCheckIn]) -> Section:
    """Return who finished what, and what the team was glad of."""
    done: dict[str, list[str]] = {}
    for action in comparison.actions:
        for owner in action.owners if action.done else ():
            done.setdefault(owner, []).append(action.title)
    wins = "; ".join(win.rstrip(" .") for checkin in checkins for win in checkin.wins)
    thanked = (
        f"{owner[:1].upper()}{owner[1:]}: {_some(titles)}." for owner, titles in done.items()
    )
    texts = (*thanked, *((f"All, for what went well: {wins}.",) if wins else ()))
    return listed("Whom to thank first", texts, most=_MOST_THANKED)


def _some(titles: Sequence[str]) -> str:
    """Name one of several; the actions further down are told one by one."""
    more = len(titles) - 1
    return titles[0] + (f", and {more} more" if more else "")


def _stage(comparison: Comparison) -> Section:
    old, new = comparison.before, comparison.after
    before, after = (name_stage(p.stage, complete=p.complete) for p in (old, new))
    is_same, (team, other) = before == after, _sides(comparison)
    if comparison.other_team is None:
        stage = f"still in {after}" if is_same else f"from {before} to {after}"
    else:
        stage = f"both in {after}" if is_same else f"{team} in {before}, {other} in {after}"
    compared = count(comparison.matching.compared, "question")
    seen = f"{seen_by(comparison.view).capitalize()}; {compared} compared."
    return Section(f"Stage: {stage}", (Sentence(f"{_describe_way(comparison)}{seen}"),))


def _sides(comparison: Comparison) -> tuple[str, str]:
    """Return what the first and the second assessment are called beside their figures."""
    other = comparison.other_team
    return ("then", "now") if other is None else (comparison.team, other)


def _describe_way(comparison: Comparison) -> str:
    """Say how far the stage has come; nothing where the stage is another one."""
    old, new = comparison.before, comparison.after
    if old.distance is None or new.distance is None or old.stage != new.stage or new.complete:
        return ""
    way = f"{count(new.distance, 'question')} to go until it is finished"
    if comparison.other_team is None:
        return f"{way}, {old.distance} last time. "
    return f"{way} in {comparison.other_team}, {old.distance} in {comparison.team}. "


def _recognition(comparison: Comparison) -> Section:
    """Return in words what rose, fell or held, and then in two sentences how far to trust it."""
    titles, changes = comparison.after.questionnaire.titles, comparison.dimensions.values()
    apart = [change for change in changes if change.only_stands_out]
    is_team = comparison.other_team is not None
    held, stayed = "Held while the others fell", "Stayed while the others rose"
    if is_team:
        held, stayed = "Higher beside the others", "Lower beside the others"
    told: list[tuple[str, Tone, list[DimensionChange]]] = [
        (_say(comparison, word).capitalize(), tone, [c for c in changes if c.word == word])
        for word, tone in _WORD_TONES.items()
        if word != "no clear change"
    ]
    told.append((held, "", [c for c in apart if c.change > c.rest]))
    told.append((stayed, "", [c for c in apart if c.change < c.rest]))
    sentences = (
        Sentence(f"{label}: {'; '.join(titles[change.dimension] for change in some)}.", tone)
        for label, tone, some in told
        if some
    )
    moved = (_count_moves(comparison),) if comparison.moves else ()
    caution = Sentence(describe_caution(comparison), "quiet")
    heading = "What moved" if not is_team else f"{comparison.other_team} beside {comparison.team}"
    return Section(heading, (*sentences, *map(Sentence, moved), caution))


def _count_moves(comparison: Comparison) -> str:
    """Say how many answers moved, and where most of the way up was gone."""
    raised = sum(move.after > move.before for move in comparison.moves)
    by = f" by {comparison.other_team}" if comparison.other_team else ""
    text = f"Answered higher{by}: {raised}, lower: {len(comparison.moves) - raised}"
    most = max((change.change for change in comparison.dimensions.values()), default=0)
    if most <= 0:
        return f"{text}."
    titles = comparison.after.questionnaire.titles
    first = [titles[d] for d, change in comparison.dimensions.items() if change.change == most]
    furthest = "furthest above" if by else "furthest up"
    return f"{text}; {furthest}: {'; '.join(first)}."


def describe_caution(comparison: Comparison) -> str:
    """Say in two sentences what it takes before a dimension, and the team as a whole, is clear.

    Where the dimensions have different numbers of questions, it speaks of the noisiest.
    """
    if comparison.index is None:
        return "No dimension has the two compared questions that it takes to judge it."
    index, changes = comparison.index, comparison.dimensions.values()
    noisiest = max(changes, key=lambda change: change.mdc)
    levels = ceil(noisiest.mdc * len(STAGES) * noisiest.questions)
    others = ", beyond that of the others," if len(changes) >= FEWEST_FOR_A_REST else ""
    whose = "day" if comparison.same_respondents else "person"
    before, after = percent(index.before), percent(index.after)
    move, went = "change", f"went from {before} to {after}"
    if comparison.other_team is not None:
        team, other = _sides(comparison)
        move, went = "difference", f"is {before} in {team} and {after} in {other}"
    return (
        f"A {move} of less than {count(levels, 'level')} in a dimension of "
        f"{count(noisiest.questions, 'question')}{others} may only be another {whose}'s answers. "
        f"Everything asked, taken together, {went}, which is clear from "
        f"{noise_points(index.mdc)} points on: {_say(comparison, index.word)}."
        f"{_join_words_on(comparison)}"
    )


def _join_words_on(comparison: Comparison) -> str:
    """Say why the promised questions and all of them taken together are called differently."""
    planned, index = comparison.planned, comparison.index
    if planned is None or index is None:
        return ""
    if planned.word == "clear progress" and index.word == "no clear change":
        of = f"{len(planned.promised)} of the {count(comparison.matching.compared, 'question')}"
        return f" The plan was for {of}; these did rise more than the others."
    if planned.word == "no clear progress yet" and index.word == "clear rise":
        return " Those that the plan was for rose no more than the others, as far as can be told."
    return ""


def _say(comparison: Comparison, word: Word) -> str:
    return word if comparison.other_team is None else TEAM_WORDS[word]


def _stages(comparison: Comparison) -> Section:
    sides = (Column(side, number=True) for side in _sides(comparison))
    rows = (
        (STAGE_NAMES[name], Share(score.before), Share(score.after), Points(score.change))
        for name, score in comparison.scores.items()
    )
    note = "Figures are rounded down and points towards zero, so they need not add up."
    blocks = (table(("All questions", *sides, "#points"), rows), Sentence(note, "quiet"))
    return Section("The stages, on all questions", blocks, detail=True)


def _dimensions(comparison: Comparison) -> Section:
    changes = comparison.dimensions.values()
    titles = comparison.after.questionnaire.titles
    rows = tuple(_track(comparison, change, titles[change.dimension]) for change in changes)
    chance = f"a {'change' if comparison.other_team is None else 'difference'} may be chance."
    blocks: list[Block] = [Tracks(rows, chance, _sides(comparison))] if rows else []
    if any(change.rest for change in changes):
        text = (
            "A good day moves them all, so each band lies around the middle change of the others."
        )
        blocks.append(Sentence(text, "quiet"))
    beyond = [c for c in changes if c.p <= SIGNIFICANCE < c.p_adjusted]
    if beyond:
        names = "; ".join(titles[change.dimension] for change in beyond)
        text = (
            f"Beyond its own limit, but one of {len(changes)} often is by chance, so not called "
            f"clear: {names}."
        )
        blocks.append(Sentence(text, "quiet"))
    heading = "Index of each dimension, on the questions compared"
    return Section(heading, tuple(blocks), detail=comparison.planned is not None)


def _track(comparison: Comparison, change: DimensionChange, title: str) -> TrackRow:
    """Return a dimension's way; what the others' changes and chance can do is between limits."""
    expected = float(change.before + change.rest)
    return TrackRow(
        title,
        change.before,
        change.after,
        expected - change.mdc,
        expected + change.mdc,
        _say(comparison, change.word),
        _WORD_TONES[change.word],
    )


def _moves(comparison: Comparison) -> Iterator[Section]:
    questions, other = comparison.after.questionnaire.by_id, comparison.other_team
    by = "than last time" if other is None else f"by {other}"
    for word, is_up in (("higher", True), ("lower", False)):
        moves = [move for move in comparison.moves if (move.after > move.before) is is_up]
        ways = (f"{questions[m.question].ask} {_way(m, is_team=bool(other))}" for m in moves)
        heading = f"Answered {word} {by}: {count(len(moves), 'question')}"
        yield listed(heading, ways, most=_MOST_MOVES, detail=True)


def _way(move: Move, *, is_team: bool = False) -> str:
    return f"(level {move.before} {'and' if is_team else 'to'} {move.after})"


def _actions(comparison: Comparison) -> Section:
    if not comparison.actions:
        return Section("", ())
    texts = tuple(f"{a.title}: {_outcome(comparison, a)}." for a in comparison.actions)
    cause = "What was done and what moved stand side by side; what caused what is yours to judge."
    blocks = (Items(texts), Sentence(cause, "quiet"))
    return Section("The plan in between, and what it was to lift", blocks, detail=True)


def _describe_compared(figure: ComparedFigure) -> str:
    """Say how a figure moved, beside the work that was to move it."""
    amounts = (figure.before, figure.after, figure.target)
    before, after, target = (amount_text(a) if a is not None else "" for a in amounts)
    now = f" to {after}" if after else ""
    since = "" if after else ", not counted since"
    aim = f", target {target or figure.aim}" if target or figure.aim else ""
    beside = f" Beside it: {figure.helped_by}." if figure.helped_by else ""
    return f"{figure.name}: {before or '–'}{now} {figure.unit}".rstrip() + f"{since}{aim}.{beside}"


def _outcome(comparison: Comparison, action: PlannedAction) -> str:
    finished, steps = action.steps
    done = "done" if action.done else f"{finished} of {count(steps, 'step')}"
    questions = comparison.after.questionnaire.by_id
    ways = [f"“{questions[m.question].ask}” {_way(m)}" for m in comparison.moves_of(action)]
    if ways:
        return f"{done}; moved: {'; '.join(ways)}"
    return f"{done}; nothing of what it lifts moved" if action.lifts else done


def describe_left_out(comparison: Comparison) -> tuple[str, ...]:
    """Say in one sentence for each reason what is not compared, and last what is reworded."""
    before, after = comparison.before.questionnaire.by_id, comparison.after.questionnaire.by_id
    asks = {name: question.ask for name, question in {**before, **after}.items()}
    told: dict[str, list[str]] = {}
    for left in comparison.matching.left_out:
        told.setdefault(_why(left, comparison), []).append(left.question)
    if comparison.matching.reworded:
        told["Compared, though the wording changed"] = list(comparison.matching.reworded)
    return tuple(
        f"{reason}: {'; '.join(f'“{asks[question]}”' for question in questions)}."
        for reason, questions in told.items()
    )


def _why(left: NotCompared, comparison: Comparison) -> str:
    if left.when is None:
        return _REASONS[left.reason]
    if comparison.other_team is None:
        return _WHEN[left.reason, left.when]
    teams = {"then": comparison.team, "now": comparison.other_team, "both": "both teams"}
    verb = "Does not apply" if left.reason == "not-applicable" else "Not known"
    return f"{verb} in {teams[left.when]}"


# --- More than two quarters ---


def course_sections(
    questionnaire: Questionnaire, lines: Mapping[View, Sequence[Quarter]]
) -> tuple[Section, ...]:
    """Return how a team went, view by view; nothing of a view with only two quarters."""
    return tuple(
        Section(
            f"Quarter by quarter, {seen_by(view)}",
            (_chart(questionnaire, quarters), _figures(questionnaire, quarters)),
            detail=True,
        )
        for view, quarters in lines.items()
        if len(quarters) >= _FEWEST_FOR_A_COURSE
    )


def _chart(questionnaire: Questionnaire, quarters: Sequence[Quarter]) -> Chart:
    scored = [(day, profile.scores) for day, profile in quarters if profile.scores is not None]
    lines = (
        ChartLine(
            STAGE_NAMES[stage], STAGE_TONES[stage], tuple(scores[number] for _, scores in scored)
        )
        for number, stage in enumerate(STAGES)
    )
    return Chart(
        days=tuple(day for day, _ in scored),
        lines=tuple(lines),
        goal=(questionnaire.overall, f"{percent(questionnaire.overall)} finish a stage."),
    )


def _figures(questionnaire: Questionnaire, quarters: Sequence[Quarter]) -> Table:
    """Return the last quarters side by side: stages, shares, and the index by dimension."""
    last = quarters[-_MOST_QUARTERS:]
    shown = [profile for _, profile in last]
    backed = (p.evidence.stage if p.evidence else None for p in shown)
    rows: list[tuple[Cell, ...]] = [
        ("Stage", *(name_stage(profile.stage) for profile in shown)),
        ("Stage on evidence", *map(name_stage, backed)),
        ("Index", *(Share(profile.index) for profile in shown)),
    ]
    rows[2:2] = [
        (STAGE_NAMES[stage], *(Share(p.scores[n] if p.scores else None) for p in shown))
        for n, stage in enumerate(STAGES)
    ]
    rows += [
        (title, *(Share(d.index if (d := p.dimensions.get(name)) else None) for p in shown))
        for name, title in questionnaire.titles.items()
    ]
    return table(("All, then by dimension", *(f"#{day}" for day, _ in last)), rows)
