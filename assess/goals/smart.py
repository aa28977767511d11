"""The structural check of goals: what a goal leaves open, without a model of language.

It warns and never refuses. A goal gets one finding for each check at most, a figure too, so
that nobody stops listening.

Source: docs/decisions/0014-goals.md
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from assess.figures import amount_text, join_words, long_day
from assess.goals.families import WordLists
from assess.goals.goal import Goal, KeyFigure, SmartCheck
from assess.patterns import pattern
from assess.record import record

MOST_GOALS: Final = 5
_REACH: Final = 3
"""A target beyond so many times what was ever measured is asked about."""
_EXAMPLE: Final = "20 % more qualified leads from each blog article by the end of February"
_UNCOUNTED: Final = frozenset(("%", "percent", "per cent", "points", "point", "score", ""))
_NUMBER_WORD: Final = r"(?:\d[\d.,']*|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
_MONEY: Final = pattern(r"[€$£]|\b(?:eur|usd|gbp|chf|euros?|dollars?|pounds?)\b", re.IGNORECASE)
_YEAR: Final = pattern(r"\b(?:19|20)\d\d\b|\bq[1-4]\b", re.IGNORECASE)
_PLURAL: Final = r"(?:[\w-]+ ){0,3}?(?P<noun>[\w-]{3,}s)\b"
_COUNT: Final = pattern(rf"\b{_NUMBER_WORD} (?!%|percent|per cent){_PLURAL}", re.IGNORECASE)
_PART: Final = pattern(
    rf"(?:%|\bpercent|\bper cent) (?:more|fewer|less|of (?:all|the|our)) {_PLURAL}", re.IGNORECASE
)
_LEVEL: Final = pattern(
    r"\b(?P<noun>[\w-]{3,})(?: (?:down|up|back))? (?:to|from|below|under|above|over|at) "
    rf"(?:[a-z]+ ){{0,2}}?{_NUMBER_WORD} ?(?:%|percent\b|per cent\b)",
    re.IGNORECASE,
)
"""A part of something has a level: “unsubscribes down to 1 %”, and not “better by 10 %”."""
_ANY_NUMBER: Final = pattern(rf"\b{_NUMBER_WORD}\b|%", re.IGNORECASE)


@record
class GoalFinding:
    """What a goal leaves open: what is missing, and how it would be better.

    `goal` is None where it is about all of them, `figure` where it is about no single one.
    """

    goal: str | None
    figure: str | None
    check: SmartCheck
    what: str
    fix: str


def check_goals(goals: Sequence[Goal], words: WordLists, today: date) -> tuple[GoalFinding, ...]:
    """Return what is to be asked about goals that count together, in their order."""
    found = [
        f for goal in goals for f in _check_goal(goal, words, today) if f.check not in goal.ignore
    ]
    if len(goals) > MOST_GOALS:
        what = f"There are {len(goals)} goals for one quarter."
        fix = "Keep the five that matter most, and let the others wait for the next quarter."
        found.append(GoalFinding(None, None, "few", what, fix))
    return tuple(found)


def _check_goal(goal: Goal, words: WordLists, today: date) -> Iterator[GoalFinding]:
    yield from _check_specific(goal, words)
    yield from _check_measurable(goal)
    for figure in goal.figures:
        yield from _check_achievable(goal, figure)
    if not goal.why.strip():
        what = "It does not say why it matters to the business."
        fix = "Add why, as in: a third of the revenue that we plan begins with such a lead."
        yield GoalFinding(goal.id, None, "relevant", what, fix)
    yield from _check_time(goal, today)


def _check_specific(goal: Goal, words: WordLists) -> Iterator[GoalFinding]:
    missing = []
    if not names_counted_thing(goal.title, goal.figures, words):
        missing.append(
            ("nothing that can be counted", f"say what changes, as in “{_better(goal)}”")
        )
    if not goal.owner.strip():
        missing.append(("no owner", "name who answers for it, a role or a person"))
    if missing:
        what = f"“{goal.title}” has {join_words([what for what, _ in missing], 'and')}."
        fix = "; ".join(fix for _, fix in missing)
        yield GoalFinding(goal.id, None, "specific", what, f"{fix[0].upper()}{fix[1:]}.")


def _better(goal: Goal) -> str:
    """Return the goal as it could be said, from what its own figures tell."""
    figure = next((f for f in goal.figures if f.name and f.unit and f.target is not None), None)
    if figure is None or figure.target is None:
        return _EXAMPLE
    start = f" from {amount_text(figure.baseline)}" if figure.baseline is not None else ""
    end = f" by {long_day(goal.end)}" if goal.end else ""
    return f"{figure.name}{start} to {amount_text(figure.target)} {figure.unit}{end}"


def _check_measurable(goal: Goal) -> Iterator[GoalFinding]:
    if not goal.figures:
        what = "No KPI says whether it is reached."
        fix = "Add one with unit, baseline and target, as in: 10 leads today, 12 by the end."
        yield GoalFinding(goal.id, None, "measurable", what, fix)
    for figure in goal.figures:
        parts = {
            "unit": figure.unit.strip() or None,
            "baseline": figure.baseline,
            "target": figure.target,
        }
        missing = [f"no {name}" for name, value in parts.items() if value is None]
        if missing:
            what = f"“{figure.label}” has {join_words(missing, 'and')}."
            fix = "Count today, and say how many of what there are to be: 10 leads, then 12."
            yield GoalFinding(goal.id, figure.id, "measurable", what, fix)


def _check_achievable(goal: Goal, figure: KeyFigure) -> Iterator[GoalFinding]:
    measured = [v.value for v in figure.values] + (
        [figure.baseline] if figure.baseline is not None else []
    )
    target, most = figure.target, max(measured, default=None)
    # From 0 everything is infinitely more, and what should fall has its end at 0.
    if target is None or most is None or most <= 0:
        return
    if figure.baseline is not None and target < figure.baseline:
        return
    if target > _REACH * most:
        what = (
            f"“{figure.label}” is to be {amount_text(target)}; "
            f"the most that was ever measured is {amount_text(most)}."
        )
        fix = f"Say what will be different, or begin with {amount_text(most * 2)} {figure.unit}."
        yield GoalFinding(goal.id, figure.id, "achievable", what, fix)


def _check_time(goal: Goal, today: date) -> Iterator[GoalFinding]:
    what = ""
    begins = max(goal.start or today, today)
    if goal.end is None:
        what = "It has no day by which it is to be reached."
    elif goal.start is not None and goal.end < goal.start:
        what = f"It ends on {long_day(goal.end)}, before it starts on {long_day(goal.start)}."
    elif goal.end > _a_year_after(begins):
        what = f"It ends on {long_day(goal.end)}, more than twelve months away."
    if what:
        fix = "Give a day within the quarter, and set what comes later as the next goal."
        yield GoalFinding(goal.id, None, "time-bound", what, fix)


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # The 29th of February.
        return day.replace(year=day.year + 1, day=28)


def names_counted_thing(title: str, figures: Sequence[KeyFigure], words: WordLists) -> bool:
    """Tell whether a title says what is counted.

    A number with what it counts does, and so do a level in percent of something, money, a
    measure that everybody knows, and the unit of one of the goal's own figures. A countable
    thing alone does not beside a verb that says nothing: “make customers happier” counts no
    customers.
    """
    text = _YEAR.sub(" ", " ".join(title.split()))
    is_counted = any(
        found["noun"].casefold() not in (*words.times, *words.vague)
        for counting in (_COUNT, _PART, _LEVEL)
        for found in counting.finditer(text)
    )
    if is_counted or _MONEY.search(text) or _holds(text, words.measures):
        return True
    units = (figure.unit.casefold() for figure in figures)
    own = tuple(unit for unit in units if unit not in _UNCOUNTED)
    names = tuple(f.name for f in figures if f.name and f.unit.casefold() not in _UNCOUNTED)
    if _holds(text, (*own, *names)):
        return True
    says_little = _holds(text, words.vague) and not _ANY_NUMBER.search(text)
    return _holds(text, words.counted) and not says_little


def _holds(text: str, terms: Sequence[str]) -> bool:
    return bool(terms) and _pattern(tuple(terms)).search(text) is not None


@lru_cache(maxsize=64)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(terms, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
