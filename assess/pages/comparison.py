"""What moved since last time, within the limits of chance, and how the quarters went."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from assess.checkin import PastCheckIn
from assess.comparison import (
    ROUNDING,
    Comparison,
    DimensionChange,
    Move,
    PlannedAction,
    Quarter,
    Word,
    describe_left_out,
    describe_mdc,
    describe_stage_change,
)
from assess.figures import count, long_day, noise_points, percent, points
from assess.pages.blocks import (
    Block,
    Cell,
    Chart,
    ChartLine,
    Column,
    Course,
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
)
from assess.pages.checkin import past_checkins_section
from assess.pages.result import STAGE_TONES
from assess.pages.standing import STAGE_NAMES, name_stage, seen_by
from assess.questionnaire import STAGES, Questionnaire
from assess.scoring import View
from assess.scoring.stage import mean_index

_WORD_TONES: Final[Mapping[Word, Tone]] = {
    "clear rise": "rise",
    "clear fall": "fall",
    "no clear change": "quiet",
}
_MOST_MOVES: Final = 12
_FEWEST_FOR_A_COURSE: Final = 3
"""Two quarters the comparison has shown already."""


def make_comparison_page(
    comparison: Comparison,
    titles: Mapping[str, str] | None = None,
    checkins: Sequence[PastCheckIn] = (),
    course: Sequence[Section] = (),
) -> Page:
    """Return two assessments side by side.

    Args:
        titles: Those of the actions of the plan in between; without one its id is shown.
        checkins: Those of the plan in between.
        course: How all quarters went, where there are more than two.
    """
    teams = " and ".join(filter(None, (comparison.team, comparison.other_team)))
    return Page(
        f"{teams} · {long_day(comparison.start)} and {long_day(comparison.end)}",
        (
            _stage(comparison),
            _dimensions(comparison),
            _stages(comparison),
            *_moves(comparison),
            _actions(comparison, titles or {}),
            past_checkins_section(checkins),
            _left_out(comparison),
            *course,
        ),
    )


def _stage(comparison: Comparison) -> Section:
    before, after = (name_stage(p.stage) for p in (comparison.before, comparison.after))
    stage = f"still in {after}" if before == after else f"from {before} to {after}"
    compared = count(comparison.matching.compared, "question")
    seen = seen_by(comparison.view).capitalize()
    return Section(f"Stage: {stage}", (Sentence(f"{seen}; {compared} compared."),))


def _stages(comparison: Comparison) -> Section:
    columns = (
        Column("All questions"),
        Column("then", number=True),
        Column("now", number=True),
        Column("points", number=True),
    )
    rows = tuple(
        (STAGE_NAMES[name], Share(score.before), Share(score.after), Points(score.change))
        for name, score in comparison.scores.items()
    )
    notes = filter(None, (describe_stage_change(comparison), ROUNDING))
    blocks = (Table(columns, rows), Items(tuple(notes), "quiet"))
    return Section("The stages, on all questions", blocks, detail=True)


def _dimensions(comparison: Comparison) -> Section:
    changes = comparison.dimensions.values()
    titles = comparison.after.questionnaire.titles
    rows = tuple(_track(change, titles[change.dimension]) for change in changes)
    mdc = describe_mdc(comparison)
    blocks: list[Block] = [
        Tracks(rows, "a change may be chance."),
        Sentence(f"{mdc[0].upper()}{mdc[1:]}."),
    ]
    if any(change.focus for change in changes):
        names = "; ".join(titles[change.dimension] for change in changes if change.focus)
        blocks.append(
            Sentence(
                f"The plan named these beforehand, so each is judged alone, the others "
                f"together: {names}.",
                "quiet",
            )
        )
    if comparison.index is not None:
        index = comparison.index
        text = (
            f"The team's index went from {percent(index.before)} to {percent(index.after)}, "
            f"{points(index.change)} points where {noise_points(index.mdc)} are needed: "
            f"{index.word}."
        )
        blocks.append(Sentence(text, _WORD_TONES[index.word]))
    return Section("Index of each dimension, on the questions compared", tuple(blocks))


def _track(change: DimensionChange, title: str) -> TrackRow:
    before = float(change.before)
    return TrackRow(
        title,
        change.before,
        change.after,
        before - change.mdc,
        before + change.mdc,
        change.word,
        _WORD_TONES[change.word],
    )


def _moves(comparison: Comparison) -> Iterator[Section]:
    raised = tuple(move for move in comparison.moves if move.after > move.before)
    lowered = tuple(move for move in comparison.moves if move.after < move.before)
    yield _moved("Answered higher than last time", raised, comparison)
    yield _moved("Answered lower than last time", lowered, comparison)


def _moved(heading: str, moves: tuple[Move, ...], comparison: Comparison) -> Section:
    questions = comparison.after.questionnaire.by_id
    texts = tuple(f"{questions[m.question].ask} {_way(m)}" for m in moves)
    heading = f"{heading}: {count(len(moves), 'question')}"
    return listed(heading, texts, most=_MOST_MOVES, detail=True)


def _way(move: Move) -> str:
    return f"(level {move.before} to {move.after})"


def _actions(comparison: Comparison, titles: Mapping[str, str]) -> Section:
    if not comparison.actions:
        return Section("", ())
    texts = tuple(
        f"{titles.get(action.action, action.action)}: {_outcome(comparison, action)}."
        for action in comparison.actions
    )
    cause = "What was done and what moved stand side by side; what caused what is yours to judge."
    blocks = (Items(texts), Sentence(cause, "quiet"))
    return Section("The plan in between, and what it was to lift", blocks, detail=True)


def _outcome(comparison: Comparison, action: PlannedAction) -> str:
    done = "done" if action.done else "not done"
    questions = comparison.after.questionnaire.by_id
    ways = [f"“{questions[m.question].ask}” {_way(m)}" for m in comparison.moves_of(action)]
    if ways:
        return f"{done}; moved: {'; '.join(ways)}"
    return f"{done}; nothing of what it lifts moved" if action.lifts else done


def _left_out(comparison: Comparison) -> Section:
    return listed("Not compared, or compared with care", describe_left_out(comparison), detail=True)


# --- More than two quarters ---


def course_sections(
    questionnaire: Questionnaire, lines: Mapping[View, Sequence[Quarter]]
) -> tuple[Section, ...]:
    """Return how a team went, view by view; nothing of a view with only two quarters."""
    return tuple(
        section
        for view, quarters in lines.items()
        if len(quarters) >= _FEWEST_FOR_A_COURSE
        for section in _course(questionnaire, view, quarters)
    )


def _course(
    questionnaire: Questionnaire, view: View, quarters: Sequence[Quarter]
) -> Iterator[Section]:
    """Yield the parts of one view's course; `quarters` come oldest first."""
    seen = seen_by(view)
    blocks = (_chart(questionnaire, quarters), _figures(quarters))
    yield Section(f"Quarter by quarter, {seen}", blocks, detail=True)
    courses = (_courses(questionnaire, quarters),)
    yield Section(f"Index of each dimension, {seen}", courses, detail=True)


def _chart(questionnaire: Questionnaire, quarters: Sequence[Quarter]) -> Chart:
    scored = [quarter for quarter in quarters if quarter.scores is not None]
    lines = (
        ChartLine(
            STAGE_NAMES[stage],
            STAGE_TONES[stage],
            tuple(quarter.scores[number] if quarter.scores else None for quarter in scored),
        )
        for number, stage in enumerate(STAGES)
    )
    return Chart(
        title="The three stages, quarter by quarter",
        about="How much of the work of each stage was in place at each assessment.",
        days=tuple(quarter.date for quarter in scored),
        lines=tuple(lines),
        goal=(questionnaire.overall, f"{percent(questionnaire.overall)} finish a stage."),
    )


def _figures(quarters: Sequence[Quarter]) -> Table:
    columns = (
        Column("Date"),
        Column("stage"),
        Column("on evidence"),
        *(Column(STAGE_NAMES[stage], number=True) for stage in STAGES),
        Column("index", number=True),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            quarter.date,
            name_stage(quarter.stage),
            _on_evidence(quarter),
            *(Share(score) for score in quarter.scores or (None, None, None)),
            Share(quarter.index),
        )
        for quarter in quarters
    ]
    return Table(columns, tuple(rows))


def _on_evidence(quarter: Quarter) -> str:
    """Say what evidence backs: the stage, and the index beside the one that was claimed."""
    if quarter.evidenced_stage is None or quarter.evidenced_scores is None:
        return "–"
    index = percent(mean_index(quarter.evidenced_scores))
    return f"{STAGE_NAMES[quarter.evidenced_stage]}, {index}"


def _courses(questionnaire: Questionnaire, quarters: Sequence[Quarter]) -> Table:
    columns = (
        Column(""),
        Column("", tone="strong"),
        Column("then", number=True),
        Column("now", number=True),
    )
    rows: list[tuple[Cell, ...]] = []
    for dimension, title in questionnaire.titles.items():
        values = tuple(quarter.dimensions.get(dimension) for quarter in quarters)
        known = [value for value in values if value is not None]
        then, now = (known[0], known[-1]) if known else (None, None)
        rows.append((title, Course(values), Share(then), Share(now)))
    return Table(columns, tuple(rows))
