"""The key figures that are due, asked at a check-in on one screen; each is kept at once."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from assess.documents.goals import KeptGoals
from assess.errors import AssessError
from assess.goals.course import expected_progress, figure_progress, latest_value, turns_missed
from assess.goals.goal import MOST_SURE, TURNS, Goal, KeyFigure, Measured
from assess.goals.measures import MeasuredWork
from assess.interview.asker import Asker
from assess.interview.looking_back import DROP_SIGN, SURE_SIGN, ask_figures
from assess.media.terminal.bars import draw_bar
from assess.pages.goals import describe_figure, describe_kept, describe_neglected
from assess.workflow.aims.desk import Desk
from assess.workflow.aims.followed import change_one
from assess.workflow.aims.goals import give_up
from assess.workflow.aims.recording import record_value

DueFigure = tuple[Measured, KeyFigure]
_CELLS: Final = 30


def ask_figures_of(desk: Desk, due: Sequence[DueFigure], asker: Asker) -> tuple[str, ...]:
    """Ask what figures are by now; Enter leaves them as they are.

    Returns:
        What is kept by that, in at most one sentence.
    """
    lines = [
        (f"{number}. {_describe_due(*one, desk.today)}", _draw(*one, desk.today))
        for number, one in enumerate(due, start=1)
    ]
    measures = (n for n, (held, _) in enumerate(due, start=1) if isinstance(held, MeasuredWork))
    measure, with_sure = next(measures, None), any(figure.confidence for _, figure in due)
    while typed := ask_figures(asker, lines, measure, with_sure=with_sure):
        told = (_take(desk, due, number, amount) for number, amount in _read_pairs(typed))
        problems = [problem for problem in told if problem]
        if not problems:
            break
        asker.say(*problems)
    for held, _ in due:
        if isinstance(held, MeasuredWork):
            change_one(desk, held, lambda now: now.model_copy(update={"asked": True}))
    return describe_kept(_list_changed(desk, due), desk.today)


def _list_changed(desk: Desk, due: Iterable[DueFigure]) -> Iterator[Measured]:
    """Yield what is kept now, with those of the figures alone that somebody said something of."""
    now = {one.address: one for one in desk.store.load_facts(desk.team, KeptGoals).followed}
    for held, figure in due:
        one = now[held.address]
        if not one.is_open or one.figure(figure.id).values != figure.values:
            yield one.model_copy(update={"figures": (one.figure(figure.id),)})


def list_due_figures(
    followed: Iterable[Measured], today: date, *, is_milestone: bool = False
) -> tuple[DueFigure, ...]:
    """Return the figures under way that nobody measured for a turn, with what they belong to.

    At a milestone, days 30, 60 and 90, every figure of a goal is due that nobody measured this
    week. The measure of a piece of work is due once, from its first week on.
    """
    return tuple(
        (held, figure)
        for held in followed
        if held.is_open and (held.start is None or held.start <= today)
        for figure in held.figures
        if (isinstance(held, MeasuredWork) and _is_to_count(held, today))
        or (isinstance(held, Goal) and _is_due(held, figure, today, is_milestone=is_milestone))
    )


def _is_to_count(work: MeasuredWork, today: date) -> bool:
    is_over = work.end is not None and work.end < today
    return not (work.asked or work.figures[0].values or is_over)


def _is_due(goal: Goal, figure: KeyFigure, today: date, *, is_milestone: bool) -> bool:
    is_unknown = not figure.values and (figure.baseline is None or goal.start is None)
    value = latest_value(figure, today)
    is_older = value is None or today - value.on >= TURNS["week"]
    return is_unknown or bool(turns_missed(goal, figure, today)) or (is_milestone and is_older)


def _describe_due(held: Measured, figure: KeyFigure, today: date) -> str:
    """Say where a figure is, and what it belongs to or how long nobody measured it."""
    said = describe_figure(held, figure, today)
    if isinstance(held, MeasuredWork):
        return f"{said} For: {held.title}."
    return f"{said} {describe_neglected(held, figure, today)}".strip()


def _draw(held: Measured, figure: KeyFigure, today: date) -> str:
    """Draw how far a figure is on its way, with a mark where the straight line is today."""
    progress, expected = figure_progress(figure, today), expected_progress(held, figure, today)
    if progress is None or expected is None:
        return ""
    return "   " + "".join(piece for piece, _ in draw_bar(progress, _CELLS, expected, ""))


def _read_pairs(typed: str) -> Iterator[tuple[str, str]]:
    """Yield numbers with amounts from `1=120; 2=8`; the amount alone is that of the first."""
    for piece in typed.split(";"):
        number, sign, amount = piece.partition("=")
        yield (number.strip(), amount.strip()) if sign else ("1", piece.strip())


def _take(desk: Desk, due: Sequence[DueFigure], number: str, typed: str) -> str | None:
    """Keep an amount, or that a measure is not asked for again; or say what is wrong with it."""
    if not number.isdigit() or not 0 < int(number) <= len(due):
        return f"'{number}' is none of these figures."
    held, figure = due[int(number) - 1]
    amount, sign, sure = (part.strip() for part in typed.partition(SURE_SIGN))
    points = int(sure) if sure.isdecimal() and int(sure) <= MOST_SURE else None
    if sign and points is None:
        return f"How sure you are is a number from 0 to {MOST_SURE}, and not “{sure}”."
    try:
        if amount == DROP_SIGN and isinstance(held, MeasuredWork):
            give_up(desk, held.address, "")
        else:
            record_value(desk, f"{held.address}/{figure.id}", amount, desk.today, points)
    except AssessError as error:
        return f"{error.what} {error.fix}"
    return None
