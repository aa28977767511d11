"""The key figures that are due, asked at a check-in on one screen; each is kept at once."""

from collections.abc import Iterator, Sequence
from datetime import date

from assess.errors import AssessError
from assess.goals import Goal, KeyFigure, latest_value, turns_missed
from assess.goals.goal import TURNS
from assess.interview import Asker
from assess.interview.looking_back import ask_figures
from assess.pages.goals import describe_figure, describe_neglected
from assess.workflow.goals import GoalDesk, record_value


def ask_due_figures(desk: GoalDesk, asker: Asker, *, is_milestone: bool) -> None:
    """Ask what figures are by now whose turn has come; Enter leaves them as they are."""
    due = list_due_figures(desk.goals, desk.today, is_milestone=is_milestone)
    if not due:
        return
    lines = [
        f"{number}. {describe_figure(goal, figure, desk.today)} "
        f"{describe_neglected(goal, figure, desk.today)}".strip()
        for number, (goal, figure) in enumerate(due, start=1)
    ]
    while typed := ask_figures(asker, lines):
        problem = None
        for number, amount in _read_pairs(typed):
            problem = problem or _record(desk, due, number, amount)
        if problem is None:
            return
        asker.say(problem)


def list_due_figures(
    goals: Sequence[Goal], today: date, *, is_milestone: bool = False
) -> tuple[tuple[Goal, KeyFigure], ...]:
    """Return the figures of open goals that nobody measured for a turn, with their goals.

    At a milestone, days 30, 60 and 90, every figure is due that nobody measured this week.
    """
    return tuple(
        (goal, figure)
        for goal in goals
        if goal.is_open and (goal.start is None or goal.start <= today)
        for figure in goal.figures
        if turns_missed(goal, figure, today)
        or (not figure.values and goal.start is None)
        or (is_milestone and _is_older(figure, today))
    )


def _is_older(figure: KeyFigure, today: date) -> bool:
    value = latest_value(figure, today)
    return value is None or today - value.on >= TURNS["week"]


def _read_pairs(typed: str) -> Iterator[tuple[str, str]]:
    """Yield numbers with amounts from `1=120; 2=8`; the amount alone is that of the first."""
    for piece in typed.split(";"):
        number, sign, amount = piece.partition("=")
        yield (number.strip(), amount.strip()) if sign else ("1", piece.strip())


def _record(
    desk: GoalDesk, due: Sequence[tuple[Goal, KeyFigure]], number: str, amount: str
) -> str | None:
    """Keep an amount, or say what is wrong with it."""
    if not number.isdigit() or not 0 < int(number) <= len(due):
        return f"'{number}' is none of these figures."
    goal, figure = due[int(number) - 1]
    try:
        record_value(desk, f"{goal.id}/{figure.id}", amount, desk.today, None)
    except AssessError as error:
        return f"{error.problems[0].what} {error.problems[0].fix}"
    return None
