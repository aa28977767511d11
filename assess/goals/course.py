"""Where a figure is between baseline and target, and where the straight line would have it.

Progress and what is expected are exact, from 0 to 1.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final, Literal

from assess.goals.goal import TURNS, FigureValue, Goal, GoalState, KeyFigure, Measured

LineWord = Literal["above", "on", "below"]
_NEAR: Final = Fraction(1, 20)
"""So near to the straight line a figure is on it: five points of a hundred."""


def latest_value(figure: KeyFigure, today: date) -> FigureValue | None:
    """Return the latest value by a day; of one day the one that was recorded last."""
    known = [value for value in figure.values if value.on <= today]
    return max(reversed(known), key=lambda value: value.on, default=None)


def figure_progress(figure: KeyFigure, today: date) -> Fraction | None:
    """Return how much of the way from baseline to target is gone, from 0 to 1."""
    way = _way(figure, today)
    return None if way is None else _within(way)


def expected_progress(goal: Measured, figure: KeyFigure, today: date) -> Fraction | None:
    """Return where the straight line from start to the figure's day is, from 0 to 1.

    There is none without a value, or where start or end are not known.
    """
    start, end = goal.start, goal.due(figure)
    if _way(figure, today) is None or start is None or end is None:
        return None
    days = (end - start).days
    return _within(Fraction((today - start).days, days)) if days > 0 else Fraction(today >= end)


def judge_line(goal: Measured, figure: KeyFigure, today: date) -> LineWord | None:
    """Say on which side of the straight line a figure is; None where there is no line.

    Behind its baseline or beyond its target a figure is as far from the line as it is.
    """
    way, expected = _way(figure, today), expected_progress(goal, figure, today)
    if way is None or expected is None:
        return None
    return "on" if abs(way - expected) <= _NEAR else "above" if way > expected else "below"


def is_at_target(figure: KeyFigure, today: date) -> bool:
    """Tell whether the latest value reaches the target, whichever side the baseline is on."""
    value = latest_value(figure, today)
    if value is None or figure.target is None:
        return False
    if figure.baseline is None or figure.baseline < figure.target:
        return value.value >= figure.target
    return (
        value.value <= figure.target
        if figure.baseline > figure.target
        else (value.value == figure.target)
    )


def find_state(goal: Measured) -> GoalState:
    """Return whether a goal is open, or how it ended."""
    if goal.closed is None:
        return "open"
    if goal.closed.dropped:
        return "dropped"
    told = judge_by_figures(goal, goal.closed.on)
    return "reached" if (goal.closed.reached if told is None else told) else "missed"


def judge_by_figures(goal: Measured, today: date) -> bool | None:
    """Tell whether a goal is reached, or None where its figures do not tell."""
    told = [
        is_at_target(figure, today)
        for figure in goal.figures
        if figure.target is not None and latest_value(figure, today) is not None
    ]
    if not all(told):
        return False
    return True if told and len(told) == len(goal.figures) else None


def find_grade(goal: Measured, figure: KeyFigure) -> Fraction | None:
    """Return the grade of a figure, 0 to 1, once its goal is closed and it was ever measured."""
    if goal.closed is None or goal.closed.dropped:
        return None
    return figure_progress(figure, goal.closed.on)


def turns_missed(goal: Measured, figure: KeyFigure, today: date) -> int:
    """Return how many turns have passed since a figure was measured, or since its goal began."""
    value = latest_value(figure, today)
    since = value.on if value else goal.start
    return 0 if since is None else max(0, (today - since) // TURNS[figure.every])


def count_on_course(goals: Sequence[Goal], today: date) -> tuple[int, int]:
    """Return how many open goals have no figure behind its straight line, of how many.

    A goal that was never measured is not on course; one without a figure is neither.
    """
    judged = [goal for goal in goals if goal.is_open and goal.figures]
    return sum(_is_on_course(goal, today) for goal in judged), len(judged)


def _is_on_course(goal: Goal, today: date) -> bool:
    words = {judge_line(goal, figure, today) for figure in goal.figures}
    return bool(words - {None}) and "below" not in words


def _way(figure: KeyFigure, today: date) -> Fraction | None:
    value, baseline, target = latest_value(figure, today), figure.baseline, figure.target
    if value is None or baseline is None or target is None or baseline == target:
        return None
    return Fraction(value.value - baseline) / Fraction(target - baseline)


def _within(part: Fraction) -> Fraction:
    return min(max(part, Fraction(0)), Fraction(1))
