"""Where a team stands: its stage, how sure that is, and nine dimensions by three stages."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from assess.cells import cell_width, fit, harmless
from assess.console.bars import MARK, bar
from assess.console.lines import (
    EMPTY,
    GAP,
    Line,
    Lines,
    Look,
    heading,
    items,
    joined,
    paragraph,
    spaced,
    styled,
)
from assess.console.screen import Console
from assess.console.words import STAGE_NAMES, STAGE_STYLES, counted, day_text, moved
from assess.figures import percent
from assess.questionnaire import STAGES
from assess.scoring import DimensionScore, Profile, Shares

STAGE_WORK: Final[Mapping[str, str]] = {
    "momentum": "the first order is being made: goals, roles, ways of working together.",
    "maturity": "the foundation stands; now the work gets systems that last.",
    "mastery": "the systems stand; now the team tests, learns and shares what it learned.",
}
_COMPLETE: Final = "all three stages are finished. What is left is to make it last."
_MOST_STEPS: Final = 6
_TEAM: Final = "The whole team"
_PERCENT_WIDTH: Final = 6
_FLAG: Final = "! "
_NO_FLAG: Final = "  "


def show_result(console: Console, team: str, day: date, profile: Profile) -> None:
    """Print where the team stands, on stdout."""
    console.show(result_lines(team, day, profile, console.look))


def result_lines(team: str, day: date, profile: Profile, look: Look) -> Lines:
    """Return the whole picture of a result."""
    title = f"{team} · {profile.questionnaire.title} · {day_text(day)}"
    head = [*paragraph(title, look, style="strong"), *paragraph(_seen_by(profile), look)]
    if profile.stage is None:
        return [*head, *_nothing_scored(profile, look)]
    dimensions = _in_words(profile) if look.linear else None
    return [
        *head,
        EMPTY,
        *_stage(profile, profile.stage, look),
        EMPTY,
        *(items(dimensions, look) if dimensions else _grid(profile, look)),
        *heading("How sure this is", look),
        *items(how_sure(profile), look),
        *_path(profile, profile.stage, look),
    ]


def how_sure(profile: Profile) -> list[str]:
    """Return in sentences what the stage hangs on: answers, evidence, unknowns."""
    return [*_margin(profile), *_evidence(profile), *_unknowns(profile)]


def _seen_by(profile: Profile) -> str:
    if profile.view == "members":
        return f"As {counted(profile.members, 'member')} of the team see it."
    if profile.view == "consensus":
        return "As the team agreed on it together."
    return "As the manager sees it."


def _stage(profile: Profile, stage: str, look: Look) -> Lines:
    name = STAGE_NAMES[stage].upper()
    sentence = _COMPLETE if profile.complete else STAGE_WORK[stage]
    lines = paragraph(
        f"{name} – {sentence}" if not look.linear else f"Stage: {STAGE_NAMES[stage]}: {sentence}",
        look,
        style=STAGE_STYLES[stage],
    )
    return [*lines, *items(_what_finishes(profile, stage), look, indent=0)]


def _what_finishes(profile: Profile, stage: str) -> list[str]:
    if profile.complete or profile.scores is None:
        return []
    rule = profile.questionnaire
    here = percent(profile.scores[STAGES.index(stage)])
    return [
        f"{here} of the {STAGE_NAMES[stage]} work is in place. The stage is finished at "
        f"{percent(rule.overall)}, with no dimension below {percent(rule.each)}."
    ]


# --- The grid ---


def _grid(profile: Profile, look: Look) -> Lines:
    cells = 10 if look.width >= 78 else 5
    column = cells + len(MARK) + _PERCENT_WIDTH
    titles = profile.questionnaire.titles
    longest = max(cell_width(harmless(title)) for title in (*titles.values(), _TEAM))
    name = min(longest, look.width - len(_FLAG) - 3 * column - 2 * len(GAP))
    rows = [
        joined(
            styled(_FLAG if _holds_back(profile, d) else _NO_FLAG, "warning"),
            styled(fit(harmless(titles[d.id]), name)),
            _row(profile, d, cells),
        )
        for d in profile.dimensions.values()
    ]
    total = joined(styled(_NO_FLAG + fit(_TEAM, name), "strong"), _total(profile, cells))
    return [_header(profile, name, column), *rows, EMPTY, total, *_legend(profile, look)]


def _header(profile: Profile, name: int, column: int) -> Line:
    titles = (f"{_sign(profile, stage)}{STAGE_NAMES[stage]}" for stage in STAGES)
    cells = (
        styled(fit(title, column), "strong" if stage == profile.stage else "quiet")
        for stage, title in zip(STAGES, titles, strict=True)
    )
    return joined(styled(" " * (name + len(_FLAG) + 1)), *spaced(cells))


def _sign(profile: Profile, stage: str) -> str:
    if profile.complete or STAGES.index(stage) + 1 < profile.stage_number:
        return "✓ "
    return "▸ " if stage == profile.stage else ""


def _row(profile: Profile, dimension: DimensionScore, cells: int) -> Line:
    if dimension.shares is None:
        return styled(f" {_why_not_scored(profile, dimension)}", "quiet")
    return _bars(dimension.shares, cells, profile, team=False)


def _total(profile: Profile, cells: int) -> Line:
    return EMPTY if profile.scores is None else _bars(profile.scores, cells, profile, team=True)


def _bars(shares: Shares, cells: int, profile: Profile, *, team: bool) -> Line:
    mark = profile.questionnaire.overall if team else profile.questionnaire.each
    columns = (
        joined(
            bar(share, cells, mark, STAGE_STYLES[stage]),
            styled(f"{percent(share):>{_PERCENT_WIDTH}}"),
        )
        for stage, share in zip(STAGES, shares, strict=True)
    )
    return joined(styled(" "), *spaced(columns))


def _holds_back(profile: Profile, dimension: DimensionScore) -> bool:
    if profile.complete or dimension.status == "not-applicable":
        return False
    if dimension.shares is None:
        return True
    return dimension.shares[profile.stage_number - 1] < profile.questionnaire.each


def _legend(profile: Profile, look: Look) -> Lines:
    rule = profile.questionnaire
    texts = [
        f"{MARK} is what finishes a stage: {percent(rule.each)} in every dimension, "
        f"{percent(rule.overall)} for the whole team."
    ]
    if any(_holds_back(profile, d) for d in profile.dimensions.values()):
        stage = STAGE_NAMES[profile.stage or STAGES[0]]
        texts.append(f"! keeps {stage} from being finished, whatever the others reach.")
    return [line for text in texts for line in paragraph(text, look, indent=2, style="quiet")]


def _why_not_scored(profile: Profile, dimension: DimensionScore) -> str:
    if dimension.status == "not-applicable":
        return "does not apply"
    return f"not scored: {counted(_missing(profile, dimension), 'more answer')} needed"


def _missing(profile: Profile, dimension: DimensionScore) -> int:
    """Return how many more answers score the dimension: half of what applies, and two."""
    applicable = sum(
        profile.levels[q.id] != "not-applicable"
        for q in profile.questionnaire.by_dimension[dimension.id]
    )
    return max((applicable + 1) // 2, min(2, applicable)) - dimension.answered


# --- The same in words ---


def _in_words(profile: Profile) -> list[str]:
    titles = profile.questionnaire.titles
    whole = f"{_TEAM}: {_shares_in_words(profile.scores)}." if profile.scores else ""
    rows = [
        f"{titles[d.id]}: "
        + (_shares_in_words(d.shares) if d.shares else _why_not_scored(profile, d))
        + (", which keeps the stage from being finished." if _holds_back(profile, d) else ".")
        for d in profile.dimensions.values()
    ]
    return [whole, *rows]


def _shares_in_words(shares: Shares) -> str:
    pairs = zip(STAGES, shares, strict=True)
    return ", ".join(f"{STAGE_NAMES[stage]} {percent(share)}" for stage, share in pairs)


# --- How sure ---


def _margin(profile: Profile) -> list[str]:
    down = profile.margin.down if profile.margin else None
    if down is None:
        return []
    if down == 1:
        return ["This stage hangs on one answer."]
    return [f"This stage stands even if any {_answers(down - 1)} one level too kind."]


def _answers(count: int) -> str:
    return f"{counted(count, 'answer')} {'is' if count == 1 else 'are'}"


def _evidence(profile: Profile) -> list[str]:
    claims, backed = profile.evidence.strong_claims, profile.evidence.backed
    if claims == 0:
        return []
    verb = "is" if claims == 1 else "are"
    text = (
        f"{backed} of {counted(claims, 'strong claim')} (level 2 or 3) {verb} backed by evidence."
    )
    if profile.evidence.stage == profile.stage:
        return [text]
    stage = STAGE_NAMES[profile.evidence.stage or STAGES[0]]
    claimed = STAGE_NAMES[profile.stage or STAGES[0]]
    return [f"{text} Claimed: {claimed}. Counting only what is backed: {stage}."]


def _unknowns(profile: Profile) -> list[str]:
    unknown = profile.unknown
    if unknown.stage == profile.stage or not unknown.dont_know:
        return []
    stage = STAGE_NAMES[unknown.stage or STAGES[0]]
    return [
        f'{counted(unknown.dont_know, "question")} answered with "don\'t know"; '
        f"if each were at level 0, the stage would be {stage}."
    ]


def _path(profile: Profile, stage: str, look: Look) -> Lines:
    margin = profile.margin
    if profile.complete or margin is None:
        return []
    if margin.unscored:
        titles = ", ".join(profile.questionnaire.titles[d] for d in margin.unscored)
        text = f"{STAGE_NAMES[stage]} cannot be finished before these are scored: {titles}."
        return items([text], look)
    questions = profile.questionnaire.by_id
    steps = [
        f"{questions[step.question].levels[step.end]} "
        f"({step.question}: level {moved(str(step.start), str(step.end), look)})"
        for step in margin.path
    ]
    more = len(steps) - _MOST_STEPS
    way = f"{counted(margin.up or 0, 'level')} in {counted(len(steps), 'question')}"
    lines = heading(f"The shortest way to finish {STAGE_NAMES[stage]}: {way}", look)
    for text in steps[:_MOST_STEPS]:
        lines += paragraph(text, look, first="  · " if not look.linear else "  ")
    return lines + (items([f"and {counted(more, 'more answer')}."], look) if more > 0 else [])


def _nothing_scored(profile: Profile, look: Look) -> Lines:
    titles = profile.questionnaire.titles
    needed = [
        f"{titles[d.id]}: {counted(_missing(profile, d), 'more answer')} with a level"
        for d in profile.dimensions.values()
        if d.status == "not-scored"
    ]
    lines = heading("No dimension has enough answers, so there is no stage and no plan.", look)
    if not needed:
        return [*lines, *items(['Every question was answered with "does not apply".'], look)]
    return [*lines, *paragraph("To be scored, one of these is enough:", look), *items(needed, look)]
