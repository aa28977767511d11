"""A team's goals: how far each figure is, beside the straight line, and what is to be asked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from assess.document.figure_table import format_goals
from assess.figures import amount_text, count, json_score, long_day, short_day
from assess.goals.course import (
    LineWord,
    count_on_course,
    expected_progress,
    figure_progress,
    find_grade,
    find_state,
    judge_line,
    latest_value,
    turns_missed,
)
from assess.goals.goal import Goal, KeyFigure, Measured
from assess.goals.measures import MeasuredWork
from assess.pages.blocks import (
    BarColumn,
    BarRow,
    Bars,
    Block,
    Cell,
    Page,
    Section,
    Sentence,
    listed,
    table,
)

if TYPE_CHECKING:
    from assess.goals.smart import GoalFinding

PURPOSE: Final = "The priorities build the team; the goals are what it wins with that."
_LINE: Final[Mapping[LineWord, tuple[str, str]]] = {
    "above": ("above the straight line", "better than the straight line"),
    "on": ("on the straight line", "on the straight line"),
    "below": ("below the straight line", "behind the straight line"),
}
"""Where more is better, and where less is: there a figure that is behind lies above the line."""
_NO_FIGURE: Final = "No KPI yet."
_LATE_TURNS: Final = 2
_MOST_MEASURES: Final = 5
_QUARTER: Final = timedelta(days=91)


KEY_RESULT_COLUMNS: Final = (
    *("Objective", "Key result", "Owner", "From", "Now", "To", "By", "Confidence", "Grade"),
)


def make_goals_page(
    team: str,
    followed: Iterable[Measured],
    today: date,
    *,
    found: Sequence["GoalFinding"] = (),
    titles: Mapping[str, str] | None = None,
) -> Page:
    """Return the goals of a team, the open ones first, and the measures of its work.

    `found` is what the check asks about the open ones, `titles` are those of actions by their ids.
    """
    every = tuple(followed)
    goals = [one for one in every if isinstance(one, Goal)]
    is_open = [goal for goal in goals if goal.is_open]
    said = f"{count(len(is_open), 'goal')} under way." if goals else "No goal is set yet."
    return Page(
        f"Goals of {team}, {long_day(today)}",
        (
            Section("", (Sentence(said), Sentence(PURPOSE, "quiet"))),
            *(_goal_section(goal, today, titles or {}) for goal in is_open),
            _measures(every, today),
            listed("Worth asking", (describe_finding(f) for f in found), most=5),
            listed("Ended", (describe_ended(goal) for goal in goals if not goal.is_open)),
        ),
    )


def make_check_of_goals_page(found: Sequence["GoalFinding"], number: int) -> Page:
    """Return what the check of goals asks about, one paragraph each."""
    said = f"{count(number, 'goal')} looked at, {count(len(found), 'thing')} to ask about."
    blocks: list[Block] = [Sentence(said)]
    for finding in found:
        where = f"{finding.goal}{f', {finding.figure}' if finding.figure else ''}"
        head = f"{where} · {finding.check}" if finding.goal else finding.check
        blocks += [Sentence(head, "strong"), Sentence(finding.what), Sentence(finding.fix, "quiet")]
    return Page("Check of the goals", (Section("", tuple(blocks)),))


def make_okr_page(team: str, goals: Iterable[Goal], today: date) -> Page:
    by_objective: dict[str, list[tuple[Cell, ...]]] = {}
    for objective, *cells in list_key_results(goals, today):
        by_objective.setdefault(objective, []).append(tuple(cells))
    sections = tuple(
        Section(objective, (table(KEY_RESULT_COLUMNS[1:], rows),))
        for objective, rows in by_objective.items()
    )
    return Page(f"Objectives of {team}, {long_day(today)}", sections)


def list_key_results(goals: Iterable[Goal], today: date) -> Iterator[tuple[str, ...]]:
    """Return every figure of every goal as a key result, in the order of the columns."""
    for goal in goals:
        for figure in goal.figures:
            now, grade = latest_value(figure, today), json_score(find_grade(goal, figure))
            notes = [note for note in figure.confidence if note.on <= today]
            amounts = (figure.baseline, now.value if now else None, figure.target)
            by = goal.due(figure)
            yield (
                *(goal.title, figure.label, goal.owner),
                *(_amount(amount, figure.unit) for amount in amounts),
                by.isoformat() if by else "",
                f"{notes[-1].points} of 10" if notes else "",
                "" if grade is None else f"{grade:.2f}",
            )


def describe_finding(finding: "GoalFinding") -> str:
    return f"{finding.what} {finding.fix}"


def describe_ended(ended: Measured) -> str:
    """Say how a goal ended and what was learned, or that nobody asks for a measure any more."""
    if isinstance(ended, MeasuredWork):
        return f"Nobody is asked for the measure of “{ended.title}” any more."
    if ended.closed is None:
        raise ValueError("the goal is open")
    learned = f" {ended.closed.learned}" if ended.closed.learned else ""
    return f"{ended.title}: {find_state(ended)}, {long_day(ended.closed.on)}.{learned}"


def write_goals(goals: Sequence[Goal], today: date) -> str:
    """Return the goals as they stand in a plan's file: under way, and ended in this quarter."""
    ended = (goal for goal in goals if goal.closed and today - goal.closed.on < _QUARTER)
    return format_goals(goals, today, PURPOSE, [describe_ended(goal) for goal in ended])


def describe_figure(goal: Measured, figure: KeyFigure, today: date) -> str:
    """Say where a figure is, and on which side of the straight line."""
    value = latest_value(figure, today)
    way = _describe_way(goal, figure)
    if value is None:
        how = f" ({goal.words[0]})" if goal.words[0] else ""
        if figure.baseline is not None:
            return f"{figure.label}: {way.removeprefix(', ')}, not measured since."
        return f"{figure.label}: not measured yet{how}{way}."
    now = f"{_amount(value.value, figure.unit)} on {short_day(value.on)}"
    word, expected = judge_line(goal, figure, today), expected_progress(goal, figure, today)
    if word is None or expected is None:
        return f"{figure.label}: {now}{way}."
    line = _amount(_at(figure, expected), "")
    falls = (figure.baseline or 0) > (figure.target or 0)
    return f"{figure.label}: {now}, {_LINE[word][falls]} ({line} by today){way}."


def describe_neglected(goal: Measured, figure: KeyFigure, today: date) -> str:
    """Say that nobody measured a figure for two turns; nothing where somebody did."""
    turns = turns_missed(goal, figure, today)
    if turns < _LATE_TURNS:
        return ""
    return f"Nobody has measured “{figure.label}” for {count(turns, figure.every)}."


def goal_bars(goals: Iterable[Measured], today: date) -> tuple[Bars, ...]:
    """Return a bar for each figure that has a value, marked where the straight line is today."""
    rows = tuple(
        BarRow(figure.label, (progress,), expected_progress(goal, figure, today) or Fraction(0))
        for goal in goals
        for figure in goal.figures
        if (progress := figure_progress(figure, today)) is not None
    )
    legend = "is where the straight line from baseline to target would be today."
    return (Bars((BarColumn("", "accent"),), rows, legend),) if rows else ()


def list_under_way(goals: Iterable[Goal], today: date) -> Section:
    return listed("Goals", (summarise_goal(g, today) for g in goals if g.is_open), detail=True)


def describe_course(goals: Sequence[Goal], today: date) -> str:
    """Say how many goals have no figure behind its straight line; nothing before any value."""
    on_course, of = count_on_course(goals, today)
    is_measured = any(latest_value(figure, today) for goal in goals for figure in goal.figures)
    return f"Goals on course: {on_course} of {of} with a KPI." if of and is_measured else ""


def summarise_goal(goal: Goal, today: date) -> str:
    """Return a goal in one line, with where its figures are."""
    figures = "; ".join(_short_figure(figure, today) for figure in goal.figures)
    return f"{goal.title}{f' ({figures})' if figures else ''}"


def summarise_measure(work: MeasuredWork, today: date) -> str:
    """Return the measure of work in one line: how far it is to go, and where it is."""
    figure = work.figures[0]
    value = latest_value(figure, today)
    now = f" (now {_amount(value.value, figure.unit)})" if value else ""
    return f"{figure.label}: {work.after}{now}"


def describe_kept(changed: Iterable[Measured], today: date) -> tuple[str, ...]:
    """Say what of figures and measures is kept already; nothing where nothing changed."""
    told = [
        _short_figure(figure, today)
        if one.is_open
        else f"{figure.label} of “{one.title}”: no longer asked for"
        for one in changed
        for figure in one.figures
    ]
    return (f"Kept already: {'; '.join(told)}.",) if told else ()


def _short_figure(figure: KeyFigure, today: date) -> str:
    value = latest_value(figure, today)
    now = amount_text(value.value) if value else "not measured yet"
    falls = (figure.baseline or 0) > (figure.target or 0)
    link = ", to be" if falls or not value else " of"
    target = f"{link} {_amount(figure.target, figure.unit)}" if figure.target is not None else ""
    return f"{figure.label}: {now}{target}"


def _goal_section(goal: Goal, today: date, titles: Mapping[str, str]) -> Section:
    facts = [f"Led by {goal.owner}" if goal.owner else "Nobody leads it yet"]
    facts += [f"until {long_day(goal.end)}"] if goal.end else []
    blocks: list[Block] = [Sentence(f"{', '.join(facts)} ({goal.id}).", "quiet")]
    for figure in goal.figures:
        blocks.append(Sentence(describe_figure(goal, figure, today)))
        if neglected := describe_neglected(goal, figure, today):
            blocks.append(Sentence(neglected, "warning"))
    if not goal.figures:
        blocks.append(Sentence(_NO_FIGURE, "warning"))
    blocks += goal_bars([goal], today)
    if goal.helped_by:
        helping = titles.get(goal.helped_by, goal.helped_by)
        blocks.append(Sentence(f"What helps it most: {helping}."))
    return Section(goal.title, tuple(blocks))


def _measures(followed: Iterable[Measured], today: date) -> Section:
    """Return the measures of work that is under way, or of which somebody counted something."""
    works = [
        work
        for work in followed
        if isinstance(work, MeasuredWork) and work.is_open
        if work.start is None or work.start <= today or work.figures[0].values
    ]
    told = (
        f"{work.title} ({work.id}). {describe_figure(work, figure, today)}"
        for work in works
        for figure in work.figures
    )
    return listed("Measures of the work", told, most=_MOST_MEASURES)


def _describe_way(goal: Measured, figure: KeyFigure) -> str:
    start = f", from {_amount(figure.baseline, '')}" if figure.baseline is not None else ""
    after = _amount(figure.target, figure.unit) if figure.target is not None else goal.words[1]
    target = f"{' to' if start else ', to be'} {after}" if after else ""
    by = goal.due(figure)
    return f"{start}{target}{f' by {short_day(by)}' if by else ''}"


def _at(figure: KeyFigure, part: Fraction) -> Decimal:
    """Return the amount at a part of the way, to two decimals."""
    start, end = figure.baseline or Decimal(0), figure.target or Decimal(0)
    amount = Fraction(start) + part * Fraction(end - start)
    return round(Decimal(amount.numerator) / Decimal(amount.denominator), 2)


def _amount(amount: Decimal | None, unit: str) -> str:
    if amount is None:
        return "–"
    return f"{amount_text(amount)} {unit}".strip()
