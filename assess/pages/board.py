"""One page for the manager's own boss: where the team is, what it does, what it asks for.

It is drawn from what is kept of a plan, so that it can be shown again on any day of the
quarter.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Final

from assess.documents.plan import PlanDocument, PriorityDocument
from assess.figures import Hours, count, day_of_year, hours_text, join_words, long_day, short_day
from assess.goals.goal import Goal
from assess.goals.measures import MeasuredWork
from assess.goals.recurring import RecurringWork, list_to_stop
from assess.pages.blocks import Items, Page, Section, Sentence, Table, listed, table
from assess.pages.goals import describe_ended, summarise_goal, summarise_measure
from assess.pages.hours import describe_task
from assess.pages.result import STAGE_TONES
from assess.pages.standing import (
    describe_evidence,
    describe_holding_back,
    describe_margin,
    describe_stage,
    describe_standing,
    towards,
)
from assess.people import Person, name_owner
from assess.planning.calendar import REVIEW_DAYS, friday_of, monday_of, month_of, next_assessment
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

    `left_open` is what the last plan left open, with which this one begins; `done` are the actions
    of which every step is done.
    """

    left_open: Sequence["LeftOpen"] = ()
    goals: Sequence[Goal] = ()
    measured: Sequence[MeasuredWork] = ()
    works: Sequence[RecurringWork] = ()
    people: Sequence[Person] = ()
    today: date | None = None
    done: Collection[str] = ()


def make_board_page(
    profile: Profile | None,
    plan: PlanDocument,
    reviews: Iterable[date],
    beside: Beside,
    promise: Iterable[str] = (),
) -> Page:
    """Return the page of a plan, under the stage that the team was in when it was made.

    What came of what was promised is said in sentences; a section without content is left out.
    """
    stops, now = list_to_stop(beside.works, plan.start), beside.today or plan.start
    is_alone = profile is not None and profile.questionnaire.subject == "manager"
    heads = 1 if is_alone else plan.team_size
    sections = (
        *((_standing(profile, plan, beside.done),) if profile else ()),
        listed(f"Promised, and true on {long_day(now)}", filter(None, promise)),
        *_aims(plan, beside),
        _months(plan, beside.done, now),
        listed("Decided, one a week", _decisions(plan, beside.done)),
        listed("What stops", (f"{describe_task(work)}." for work in stops)),
        listed("Hours", _hours(plan, heads)),
        listed("What is asked of others", _asked(plan, beside)),
        listed("Reviews, and what should be seen by then", _reviews(profile, plan, reviews)),
    )
    return Page(f"{plan.team} · {long_day(plan.start)} to {long_day(plan.end)}", sections)


def shorten_lists(page: Page) -> Sequence[Section]:
    """Return the sections of a page for a plan's file, where it has 40 lines.

    A list of one becomes running text, and where the page is too long others do, the first first.
    """
    sections = [section for section in page.sections if section.blocks]
    for place, section in enumerate(sections):
        is_long = sum(map(_count_lines, sections)) > _MOST_LINES
        match section.blocks:
            case (Items(texts),) if section.heading and (is_long or len(texts) == 1):
                told = " ".join(f"{text.removesuffix('.')}." for text in texts)
                sections[place] = Section(section.heading, (Sentence(told),))
    return sections


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


def _standing(profile: Profile, plan: PlanDocument, done: Collection[str]) -> Section:
    # What members answered tells no way to go; what the plan was made from does.
    before, after = plan.distance.before, plan.distance.after or "none"
    way = "" if profile.distance else f"; {count(before, 'question')} to go {towards(plan.stage)}"
    then = f"{way}; {after} when this plan is carried out." if before else "."
    texts = (
        f"{describe_stage(profile).removesuffix('.')}{then}",
        *_certainty(profile),
        *_reasons(profile, plan, done),
    )
    tone = STAGE_TONES[profile.stage or STAGES[0]]
    standing = Sentence(describe_standing(plan.team, profile), tone)
    return Section("", (standing, Items(tuple(text for text in texts if text != "."))))


def _reasons(profile: Profile, plan: PlanDocument, done: Collection[str]) -> Iterator[str]:
    """Yield what the plan was chosen for, and why it begins with what it begins with."""
    if lacking := describe_holding_back(profile):
        yield f"{lacking} Left alone, that stays so; these steps change most of it in the time."
    # What goes on from before has no reason of its own any more.
    every = (p for p in plan.priorities if p.kind != "decision" and p.because)
    work = [p for p in every if not _is_done(p, done)]
    # What a rule says of the answers tells more than one of them, which ends as a quotation.
    soon = (p for p in work if month_of(p.first_week) == 1)
    told = (p for p in soon if p.because[0].endswith("."))
    if first := next(told, next(iter(work), None)):
        yield f"Why “{first.title}”: {first.because[0]}"


def _certainty(profile: Profile) -> Iterator[str]:
    """Yield how firm the stage is and what can be checked, where either says something."""
    if profile.margin is not None and profile.margin.down is not None:
        yield describe_margin(profile)[0]
    yield from filter(None, [describe_evidence(profile)])


def _aims(plan: PlanDocument, beside: Beside) -> Iterator[Section]:
    """Yield the goals; where none is set and there is room, what was measured of the first work."""
    today = beside.today or plan.start
    under_way = [summarise_goal(goal, today) for goal in beside.goals if goal.is_open]
    ended = (g for g in beside.goals if g.closed is not None and g.closed.on > plan.start)
    yield listed("Goals", [*under_way, *map(describe_ended, ended)])
    work = [p.action for p in plan.priorities if p.kind != "decision" and p.state != "done"]
    if not under_way and len(work) <= _FEW:
        held = (m for m in beside.measured if m.id in work and m.is_open and m.figures[0].values)
        told = [summarise_measure(measure, today) for measure in held]
        yield listed("Measured so far", told[:_MOST_MEASURES])


def _months(plan: PlanDocument, done: Collection[str], today: date) -> Section:
    """Return what takes hours, by the month in which it begins, and who leads it."""
    work = [p for p in plan.priorities if p.kind != "decision"]
    leads = {name_owner(priority.owner) for priority in work}
    is_shared = len(leads) > 1
    rows = tuple(
        (
            priority.title,
            *((name_owner(priority.owner),) if is_shared else ()),
            str(month_of(priority.first_week)),
            "done"
            if _is_done(priority, done)
            else f"{short_day(end)}{' (late)' if end < today else ''}",
        )
        for priority in work
        for end in [_end_of(plan, priority)]
    )
    titles = ("Priority", *(("Led by",) if is_shared else ()), "Month", "Until")
    one = "" if is_shared else f", all led by {''.join(leads)}"
    return Section(f"The three months{one}", (table(titles, rows),) if rows else ())


def _end_of(plan: PlanDocument, priority: PriorityDocument) -> date:
    return friday_of(plan.start, priority.last_week)


def _is_done(priority: PriorityDocument, done: Collection[str]) -> bool:
    return priority.state == "done" or priority.action in done


def _decisions(plan: PlanDocument, done: Collection[str]) -> tuple[str, ...]:
    """Return what is decided and by when; later steps only see that it holds."""
    return tuple(
        f"{p.title} ({'done' if _is_done(p, done) else short_day(p.steps[0].due)})"
        for p in plan.priorities
        if p.kind == "decision"
    )


def _asked(plan: PlanDocument, beside: Beside) -> Iterator[str]:
    """Yield what the work needs of those outside it and from when on, the hours above all."""
    named = [p.name for p in beside.people if "sponsor" in p.roles] or ["the sponsor"]
    work = [p for p in plan.priorities if not _is_done(p, beside.done)]
    hours = _needed_hours(plan)
    asks = [f"that {hours} for this plan"] if hours else []
    for priority in work:
        if priority.supports == "sponsor" and priority.kind == "decision":
            asks.append(f"a yes to “{priority.title}” by {short_day(priority.steps[0].due)}")
        elif "sponsor" in (priority.role, priority.supports):
            what = "the lead" if priority.role == "sponsor" else "support"
            asks.append(f"{what} in “{priority.title}” from {_begins(plan, priority)}")
    if asks:
        yield f"Of {join_words(named, 'and')}: {'; '.join(asks)}."
    if needed := [p for p in work if p.owner == "specialist"]:
        begins, hours = _begins(plan, needed[0]), count(sum(p.hours for p in needed), "hour")
        yield f"Of a specialist: {hours} in all, from {begins}."


def _begins(plan: PlanDocument, priority: PriorityDocument) -> str:
    return short_day(monday_of(plan.start, priority.first_week))


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


def _hours(plan: PlanDocument, heads: int) -> Iterator[str]:
    """Yield what the work takes, what is kept for slips, what is left, and what is not counted."""
    if plan.hours_per_week:
        yield from _share_hours(plan, heads)
    else:
        yield "No hours a week: only what takes none is planned."
    habits = sum(priority.upkeep for priority in plan.priorities)
    decisions = any(priority.kind == "decision" for priority in plan.priorities)
    habit = f"habits, by the end {count(habits, 'hour')} a week in all" if habits else ""
    beside = ("the decisions (in regular meetings)" if decisions else "", habit)
    if any(beside):
        yield f"Beside these hours: {join_words(filter(None, beside), 'and')}."


def _share_hours(plan: PlanDocument, heads: int) -> Iterator[str]:
    """Yield where the hours go; and where many are left, why, and what they are good for."""
    planned, kept, rest = _share_out(plan)
    texts = [f"{hours_text(planned)} for the work", f"{hours_text(kept)} kept free for what slips"]
    if rest:
        parts = ", or for parts of the team with plans of their own" if heads > _FEW else ""
        texts.append(f"the other {hours_text(rest)} are free for other work{parts}")
    is_first = all(priority.state == "new" for priority in plan.priorities)
    weeks = f"{hours_text(plan.hours.room)} in the weeks {'planned' if is_first else 'left'}"
    yield f"{count(plan.hours_per_week, 'hour')} a week, {weeks}: {'; '.join(texts)}."
    if rest and any(left.reason in ("places", "weeks") for left in plan.not_now):
        yield "More at once would be finished no sooner: each step changes how everybody works."


def _reviews(profile: Profile | None, plan: PlanDocument, reviews: Iterable[date]) -> Iterator[str]:
    """Yield the three reviews, each with what of most value should be true by then, and the end.

    Of a priority that is the first text of a level that it leads to, so that anybody can look.
    """
    ends = {one.question: one.end for one in plan.promised}
    questions = profile.questionnaire.by_id if profile else {}
    texts = {
        candidate.action: questions[rung.question].levels[rung.level]
        for candidate in plan.candidates
        for rung in reversed(candidate.rungs)
        if rung.level <= ends.get(rung.question, 0) and rung.question in questions
    }
    work = [p for p in plan.priorities if p.state != "done"]
    before, again = plan.start, next_assessment(plan.start, len(plan.hours_by_week))
    for day, review in zip(REVIEW_DAYS, reviews, strict=True):
        ended = [p for p in work if before < _end_of(plan, p) <= review]
        best = max(ended, key=lambda p: p.value, default=None)
        seen = texts.get(best.action, f"“{best.title}” is finished.") if best else ""
        last = f" Next assessment: {long_day(again)}." if day == REVIEW_DAYS[-1] else ""
        yield f"Day {day}, {short_day(review)}{': ' if seen else '.'}{seen}{last}"
        before = review
