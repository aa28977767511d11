"""One page for the manager's own boss: where the team is, what it does, what it asks for.

It is drawn from what is kept of a plan, so that it can be shown again on any day of the
quarter.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Final

from assess.documents.plan import PlanDocument, PriorityDocument
from assess.figures import (
    Hours,
    count,
    day_of_year,
    hours_text,
    join_words,
    long_day,
    percent,
    short_day,
)
from assess.goals.goal import Goal
from assess.goals.measures import MeasuredWork
from assess.goals.recurring import RecurringWork, list_to_stop
from assess.pages.blocks import Items, Page, Section, Sentence, Table, listed, table
from assess.pages.goals import describe_ended, summarise_goal, summarise_measure
from assess.pages.hours import describe_task
from assess.pages.result import STAGE_TONES
from assess.pages.standing import (
    STAGE_NAMES,
    describe_evidence,
    describe_margin,
    describe_standing,
    describe_to_go,
)
from assess.people import Person, name_owner
from assess.planning.calendar import REVIEW_DAYS, friday_of, month_of, next_assessment
from assess.questionnaire import STAGES
from assess.record import record
from assess.scoring.profile import Profile

if TYPE_CHECKING:  # Whoever shows a kept plan needs no planner.
    from assess.pages.carried import LeftOpen

_MOST_MEASURES: Final = 3
_FEW: Final = 8
"""With more work than this the page is full."""
_MOST_LINES: Final = 36
"""Of the page in a plan's file: 40 with its marks and the empty lines beside them."""
_SLIPS: Final = 4
"""For so many hours of work one is kept free, as far as there are more."""


@record
class Beside:
    """What stands in a plan's file beside the plan, as of `today` or the plan's first day.

    `left_open` is what the last plan left open, with which this one begins.
    """

    left_open: Sequence["LeftOpen"] = ()
    goals: Sequence[Goal] = ()
    measured: Sequence[MeasuredWork] = ()
    works: Sequence[RecurringWork] = ()
    people: Sequence[Person] = ()
    today: date | None = None


def make_board_page(
    profile: Profile | None,
    plan: PlanDocument,
    reviews: Iterable[date],
    beside: Beside,
    promise: Iterable[str] = (),
) -> Page:
    """Return the page of a plan, under the stage that the team was in when it was made.

    What came of what was promised is said in sentences; a section without content is left out. A
    list of one becomes running text, and where the page is too long others do, the first first.
    """
    stops = list_to_stop(beside.works, plan.start)
    is_alone = profile is not None and profile.questionnaire.subject == "manager"
    heads = 1 if is_alone else plan.team_size
    every = (
        *((_standing(profile, plan),) if profile else ()),
        listed("Promised, and true now", filter(None, promise)),
        *_aims(plan, beside),
        _months(plan),
        listed("Decided at once", _decisions(plan)),
        listed("What stops", (f"{describe_task(work)}." for work in stops)),
        listed("What is asked of others", _asked(plan, beside.people)),
        listed("Hours and dates", (*_hours(plan, heads), _dates(plan, reviews))),
    )
    sections = [section for section in every if section.blocks]
    for place, section in enumerate(sections):
        is_long = sum(map(_count_lines, sections)) > _MOST_LINES
        match section.blocks:
            case (Items(texts),) if section.heading and (is_long or len(texts) == 1):
                told = " ".join(f"{text.removesuffix('.')}." for text in texts)
                sections[place] = Section(section.heading, (Sentence(told),))
    title = f"{plan.team} · {long_day(plan.start)} to {long_day(plan.end)}, on one page"
    return Page(title, tuple(sections))


def _count_lines(section: Section) -> int:
    """Return how many lines a section takes in a plan's file, with the empty ones between."""
    lines = 0
    for block in section.blocks:
        match block:
            case Items(texts):
                lines += len(texts) + (3 if section.heading else 1)
            case Table(_, rows):
                lines += len(rows) + 5
            case _:
                lines += 2
    return lines


def _standing(profile: Profile, plan: PlanDocument) -> Section:
    shares = ", ".join(
        f"{STAGE_NAMES[stage]} {percent(score)}"
        for stage, score in zip(STAGES, profile.scores or (), strict=False)
    )
    to_go = describe_to_go(profile)
    way = f"{to_go}; {plan.distance.after or 'none'} when this plan is carried out."
    texts = (
        f"In place, of what {len(profile.levels)} questions ask: {shares}.",
        *((way,) if to_go else ()),
        *_certainty(profile),
    )
    tone = STAGE_TONES[profile.stage or STAGES[0]]
    return Section("", (Sentence(describe_standing(plan.team, profile), tone), Items(texts)))


def _certainty(profile: Profile) -> Iterator[str]:
    """Yield how firm the stage is and what can be checked, where either says something."""
    if profile.margin is not None and profile.margin.down is not None:
        yield describe_margin(profile)[0]
    if evidence := describe_evidence(profile):
        yield evidence


def _aims(plan: PlanDocument, beside: Beside) -> Iterator[Section]:
    """Yield the goals; where none is set and there is room, what the first work is measured by."""
    today = beside.today or plan.start
    under_way = [summarise_goal(goal, today) for goal in beside.goals if goal.is_open]
    ended = (g for g in beside.goals if g.closed is not None and g.closed.on > plan.start)
    yield listed("Goals", [*under_way, *map(describe_ended, ended)])
    work = [p.action for p in plan.priorities if p.kind != "decision" and p.state != "done"]
    if not under_way and len(work) <= _FEW:
        measures = {work.id: work for work in beside.measured if work.is_open}
        seen = [measures[name] for name in work if name in measures]
        told = (summarise_measure(measure, today) for measure in seen[:_MOST_MEASURES])
        yield listed("Measured by", told)


def _months(plan: PlanDocument) -> Section:
    """Return what takes hours, by the month in which it begins, and who leads it."""
    work = [p for p in plan.priorities if p.kind != "decision"]
    leads = {name_owner(priority.owner) for priority in work}
    is_shared = len(leads) > 1
    rows = tuple(
        (
            _month(priority),
            priority.title,
            *((name_owner(priority.owner),) if is_shared else ()),
            "done"
            if priority.state == "done"
            else short_day(friday_of(plan.start, priority.last_week)),
        )
        for priority in work
    )
    titles = ("Begins", "Priority", *(("Led by",) if is_shared else ()), "Until")
    one = "" if is_shared else f", all led by {''.join(leads)}"
    return Section(f"The three months{one}", (table(titles, rows),) if rows else ())


def _month(priority: PriorityDocument) -> str:
    number = month_of(priority.first_week)
    first = 1 if number == 1 else REVIEW_DAYS[number - 2] + 1
    return f"days {first}–{REVIEW_DAYS[number - 1]}"


def _decisions(plan: PlanDocument) -> tuple[str, ...]:
    """Return what is decided and by when; later steps only see that it holds."""
    return tuple(
        f"{p.title} ({'done' if p.state == 'done' else short_day(p.steps[0].due)})"
        for p in plan.priorities
        if p.kind == "decision"
    )


def _asked(plan: PlanDocument, people: Iterable[Person]) -> Iterator[str]:
    """Yield what the work needs of those outside it, the hours above all."""
    named = [person.name for person in people if "sponsor" in person.roles]
    sponsor = join_words(named, "and") if named else "the sponsor"
    work = [p for p in plan.priorities if p.state != "done"]
    hours = _needed_hours(plan)
    asks = [f"that {hours} for this plan"] if hours else []
    for verb, titles in (
        ("to lead", [p.title for p in work if p.role == "sponsor"]),
        ("support in", [p.title for p in work if p.supports == "sponsor"]),
    ):
        if titles:
            asks.append(f"{verb} {_quote(titles)}")
    if asks:
        yield f"Of {sponsor}: {'; '.join(asks)}."
    if needed := [p.title for p in work if p.owner == "specialist"]:
        yield f"A specialist is needed for {_quote(needed)}."


def _needed_hours(plan: PlanDocument) -> str:
    """Say which hours have to be or become free; where there are more, how many on average."""
    planned, kept, rest = _share_out(plan)
    if not plan.hours_per_week:
        return "some hours a week become free"
    all_hours, until = plan.hours_per_week, day_of_year(plan.end)
    needed = ceil((planned + kept) * all_hours / plan.hours.room) if rest else all_hours
    hours = f"about {count(needed, 'hour')}" if needed < all_hours else count(all_hours, "hour")
    return f"{hours} a week stay free until {until}" if planned else ""


def _share_out(plan: PlanDocument) -> tuple[Hours, Hours, Hours]:
    """Return the hours for the work, those kept for what slips, and those for other things."""
    room, planned = plan.hours.room, plan.hours.planned
    kept = max(min(room - planned, ceil(planned / _SLIPS)), 0)
    rest = max(room - planned - kept, 0)
    return (planned, kept, rest) if rest > kept else (planned, kept + rest, 0)


def _quote(titles: Iterable[str]) -> str:
    return join_words((f"“{title}”" for title in titles), "and")


def _hours(plan: PlanDocument, heads: int) -> Iterator[str]:
    """Yield what the work takes, what is kept for slips, what is left, and what is not counted."""
    none = "No hours a week: only what takes none is planned."
    yield _share_hours(plan) if plan.hours_per_week else none
    habits = sum(priority.upkeep for priority in plan.priorities)
    decisions = any(priority.kind == "decision" for priority in plan.priorities)
    each = f"about {5 * ceil(12 * habits / heads)} minutes a week{' each' if heads > 1 else ''}"
    habit = f"what has become a habit by the end, {each}" if habits else ""
    beside = ("the decisions (in regular meetings)" if decisions else "", habit)
    if any(beside):
        yield f"Beside these hours: {join_words(filter(None, beside), 'and')}."


def _share_hours(plan: PlanDocument) -> str:
    planned, kept, rest = _share_out(plan)
    texts = [f"{hours_text(planned)} for the work", f"{hours_text(kept)} kept free for what slips"]
    if rest:
        limited = any(left.reason in ("places", "weeks") for left in plan.not_now)
        why = ", since only a few things at once get finished" if limited else ""
        texts.append(f"the other {hours_text(rest)} are free for other work{why}")
    is_first = all(priority.state == "new" for priority in plan.priorities)
    weeks = f"{hours_text(plan.hours.room)} in the weeks {'planned' if is_first else 'left'}"
    return f"{count(plan.hours_per_week, 'hour')} a week, {weeks}: {'; '.join(texts)}."


def _dates(plan: PlanDocument, reviews: Iterable[date]) -> str:
    days = ", ".join(
        f"day {day} on {short_day(review)}"
        for day, review in zip(REVIEW_DAYS, reviews, strict=True)
    )
    again = next_assessment(plan.start, len(plan.hours_by_week))
    return f"Reviews: {days}. Next assessment: {long_day(again)}."
