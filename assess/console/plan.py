"""A plan at a glance: its priorities, thirteen weeks in one picture, and what has to wait."""

from collections.abc import Mapping, Sequence
from typing import Final

from assess.cells import fit, harmless
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
    styled,
)
from assess.console.screen import Console
from assess.console.words import STAGE_NAMES, STAGE_STYLES, moved
from assess.document.words import ROLES, describe_capacity, describe_fall, is_own_choice
from assess.figures import count, describe_weeks, long_day, percent, short_day
from assess.planning.plan import Plan, Priority, Reason, WeekPlan
from assess.questionnaire import STAGES

_CELL: Final = 3
_WORK, _REST, _OFF = "━", "┄", "×"
_NO_NUMBER: Final = "    "
_NARROWEST_NAME: Final = 16
_REVIEW_DAYS: Final = (30, 60, 90)
_MOST_LEFT_OUT: Final = 3
_REASONS: Final[Mapping[Reason, str]] = {
    "avoided": "Left out by a rule",
    "no-room": "No room this quarter",
    "waits-for": "Waits for another action",
    "too-early": "Work of a later stage",
}
_OWN_CHOICE: Final = "Left out as you asked"


def show_plan(console: Console, plan: Plan, written: str | None = None) -> None:
    """Print the plan on stdout; `written` is the file that holds the whole of it."""
    console.show(plan_lines(plan, console.look, written))


def plan_lines(plan: Plan, look: Look, written: str | None = None) -> Lines:
    """Return the whole picture of a plan."""
    title = f"90-day plan for {plan.team} · {long_day(plan.start)} to {long_day(plan.end)}"
    lines = [*paragraph(title, look, style="strong"), *paragraph(_room(plan), look), EMPTY]
    if not plan.priorities:
        lines += paragraph("No action fits into this plan.", look, style="warning")
    for number, priority in enumerate(plan.priorities, start=1):
        lines += _priority(number, priority, look)
    name = look.width - _CELL * len(plan.weeks)
    is_told = look.linear or name < _NARROWEST_NAME
    lines += _weeks_in_words(plan, look) if is_told else _timeline(plan, name)
    lines += [*_projection(plan, look), *_not_now(plan, look)]
    # Neither wrapped nor cut: people copy it.
    return lines + ([EMPTY, styled(f"Written to {written}")] if written else [])


def _room(plan: Plan) -> str:
    planned = f"{count(sum(plan.hours_by_week), 'hour')} are planned in all."
    off = [week.number for week in plan.weeks if week.off]
    away = f" Off in {describe_weeks(off)}." if off else ""
    return f"{describe_capacity(plan.capacity)} {planned}{away}"


def _priority(number: int, priority: Priority, look: Look) -> Lines:
    action = priority.action
    weeks = describe_weeks(range(priority.first_week, priority.last_week + 1))
    due = short_day(max(step.due for step in priority.steps))
    facts = (
        f"{action.id} · {ROLES[action.role]}, {count(priority.hours, 'hour')}, {weeks}, "
        f"done by {due}"
    )
    return [
        *paragraph(action.title, look, first=f"{number:>2}  ", style="strong"),
        *paragraph(facts, look, indent=4, style="quiet"),
    ]


# --- The timeline ---


def _timeline(plan: Plan, name: int) -> Lines:
    return [
        EMPTY,
        styled(" " * name + _months(plan), "quiet"),
        _row(plan, name, "Week", [str(week.number) for week in plan.weeks]),
        *(_track(number, p, plan, name) for number, p in enumerate(plan.priorities, start=1)),
        _row(plan, name, "Hours", [_OFF if week.off else str(week.hours) for week in plan.weeks]),
        _row(plan, name, "Reviews, by day", _reviews(plan)),
    ]


def _row(plan: Plan, name: int, title: str, texts: list[str]) -> Line:
    cells = (
        styled(f"{text:^{_CELL}}", "quiet" if week.off else "")
        for week, text in zip(plan.weeks, texts, strict=True)
    )
    return joined(styled(_NO_NUMBER + fit(title, name - len(_NO_NUMBER)), "quiet"), *cells)


def _months(plan: Plan) -> str:
    """Return the name of each month above the first Monday in it, a space apart at least."""
    row = ""
    names = [short_day(week.monday).split()[-1] for week in plan.weeks]
    for place, name in enumerate(names):
        if place == 0 or name != names[place - 1]:
            row = f"{row} ".ljust(_CELL * place) + name if row else name
    return row


def _track(number: int, priority: Priority, plan: Plan, name: int) -> Line:
    title = fit(harmless(priority.action.title), name - len(_NO_NUMBER) - len(GAP))
    style = STAGE_STYLES[plan.profile.stage or STAGES[0]]
    cells = (styled(_cell(priority, week), "quiet" if week.off else style) for week in plan.weeks)
    return joined(styled(f"{number:>2}  {title}{GAP}"), *cells)


def _cell(priority: Priority, week: WeekPlan) -> str:
    if not priority.first_week <= week.number <= priority.last_week:
        return " " * _CELL
    if week.off:
        return _REST * _CELL
    hours = sum(step.hours for step in priority.steps if step.week == week.number)
    return f"{hours or _WORK:{_WORK}^{_CELL}}"


def _reviews(plan: Plan) -> list[str]:
    """Return 30, 60 and 90 in the weeks in which those reviews fall."""
    marks = {
        max((w.number for w in plan.weeks if w.monday <= review), default=1): str(day)
        for review, day in zip(plan.reviews, _REVIEW_DAYS, strict=True)
    }
    return [marks.get(week.number, "") for week in plan.weeks]


def _weeks_in_words(plan: Plan, look: Look) -> Lines:
    capacity = plan.capacity.hours_per_week
    texts = [
        f"Week {week.number}, from {short_day(week.monday)}: "
        + ("off." if week.off else f"{week.hours} of {count(capacity, 'hour')}. ")
        + "".join(
            f"{step.do} "
            for priority in plan.priorities
            for step in priority.steps
            if step.week == week.number
        )
        for week in plan.weeks
    ]
    reviews = ", ".join(
        f"day {day} on {short_day(review)}"
        for day, review in zip(_REVIEW_DAYS, plan.reviews, strict=True)
    )
    return [*heading("Week by week", look), *items([*texts, f"Reviews: {reviews}."], look)]


# --- What it leads to, and what has to wait ---


def _projection(plan: Plan, look: Look) -> Lines:
    now, then = plan.profile.scores, plan.projected
    if now is None:
        return []
    texts = [
        f"{STAGE_NAMES[stage]}: {moved(percent(before), percent(after), look)}"
        for stage, before, after in zip(STAGES, now, then.scores, strict=True)
        if before != after
    ]
    stage = "all three stages finished" if then.complete else f"stage {STAGE_NAMES[then.stage]}"
    head = heading(f"When it is carried out: {stage}", look)
    fall = filter(None, [describe_fall(plan)])
    return [*head, *items([*(texts or ["The scores stay as they are."]), *fall], look)]


def _not_now(plan: Plan, look: Look) -> Lines:
    if not plan.not_now:
        return []
    own = [left for left in plan.not_now if is_own_choice(plan, left)]
    groups = {
        meaning: [left for left in plan.not_now if left.reason == reason and left not in own]
        for reason, meaning in _REASONS.items()
    }
    texts = [
        f"{meaning}: {_some([f'{left.action.title} ({left.action.id})' for left in group])}"
        for meaning, group in {_OWN_CHOICE: own, **groups}.items()
        if group
    ]
    lines = [*heading("Not now", look), *items(texts, look)]
    return lines + items(["Ask for the reason of one with: assess why ID"], look)


def _some(titles: Sequence[str]) -> str:
    more = len(titles) - _MOST_LEFT_OUT
    listed = "; ".join(titles[:_MOST_LEFT_OUT])
    return f"{listed}; and {more} more." if more > 0 else f"{listed}."
