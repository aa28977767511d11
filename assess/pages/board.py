"""One page for the manager's own boss: where the team is, what it does, what it asks for.

It is drawn from what is kept of a plan, so that it can be shown again on any day of the
quarter.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from assess.documents.plan import PlanDocument, PriorityDocument
from assess.figures import count, join_words, long_day, percent, short_day
from assess.goals.goal import Goal
from assess.goals.recurring import RecurringWork, list_to_stop
from assess.pages.blocks import Items, Page, Section, Sentence, listed, table
from assess.pages.goals import describe_ended, summarise_goal
from assess.pages.hours import describe_task
from assess.pages.result import STAGE_TONES
from assess.pages.standing import STAGE_NAMES, describe_certainty, describe_standing
from assess.people import name_owner
from assess.planning.calendar import REVIEW_DAYS, friday_of, month_of, next_assessment
from assess.questionnaire import STAGES
from assess.record import record
from assess.scoring.profile import Profile


@record
class BoardAims:
    """What the team wants to reach, and what it stops for that, as of a day."""

    goals: Sequence[Goal]
    works: Sequence[RecurringWork]
    today: date


def make_board_page(
    profile: Profile | None,
    plan: PlanDocument,
    reviews: Iterable[date],
    promise: Iterable[str] = (),
    aims: BoardAims | None = None,
) -> Page:
    """Return the page of a plan, under the stage that the team was in when it was made.

    Args:
        profile: Where the team stands; without it nothing is said of that.
        plan: What it does.
        reviews: On which days it is looked back.
        promise: What came of what was promised, in sentences.
        aims: What the team wants to reach and to stop.
    """
    title = f"{plan.team} · {long_day(plan.start)} to {long_day(plan.end)}, on one page"
    return Page(title, tuple(board_sections(profile, plan, reviews, promise, aims)))


def board_sections(
    profile: Profile | None,
    plan: PlanDocument,
    reviews: Iterable[date],
    promise: Iterable[str] = (),
    aims: BoardAims | None = None,
) -> Iterator[Section]:
    """Return what stands on the page; a section without content is left out."""
    if profile is not None:
        yield _standing(profile, plan)
    yield listed("Promised, and true now", filter(None, promise))
    if aims is not None:
        under_way = [summarise_goal(goal, aims.today) for goal in aims.goals if goal.is_open]
        ended = (g for g in aims.goals if g.closed is not None and g.closed.on > plan.start)
        yield listed("Goals", [*under_way, *map(describe_ended, ended)])
    yield _months(plan)
    yield listed("Decided at once", _titles(p for p in plan.priorities if p.kind == "decision"))
    if aims is not None:
        stops = list_to_stop(aims.works, plan.start)
        yield listed("What stops", (f"{describe_task(work)}." for work in stops))
    yield listed("What is asked of others", _asked(plan))
    yield listed("Hours and dates", (_hours(plan), _dates(plan, reviews)))


def _standing(profile: Profile, plan: PlanDocument) -> Section:
    before, after = plan.distance.before, plan.distance.after
    stage = STAGE_NAMES[profile.stage or STAGES[0]]
    scores = profile.scores or ()
    shares = ", ".join(
        f"{STAGE_NAMES[s]} {percent(score)}" for s, score in zip(STAGES, scores, strict=False)
    )
    go = count(before, "question")
    then = "none" if after == 0 else str(after)
    way = f"{go} to go until {stage} is finished; {then} when this plan is carried out."
    tone = STAGE_TONES[profile.stage or STAGES[0]]
    texts = (f"In place: {shares}.", *((way,) if before else ()), *_certainty(profile))
    return Section("", (Sentence(describe_standing(plan.team, profile), tone), Items(texts)))


def _certainty(profile: Profile) -> tuple[str, ...]:
    """Return how firm the stage is and what can be checked; no stage is before the first."""
    first = 0 if profile.margin and profile.margin.down is not None else 1
    return describe_certainty(profile)[first : first + 1 + (first == 0)]


def _months(plan: PlanDocument) -> Section:
    """Return what takes hours, by the month in which it begins."""
    rows = tuple(
        (
            _month(priority),
            priority.title,
            name_owner(priority.owner),
            short_day(friday_of(plan.start, priority.last_week)),
        )
        for priority in plan.priorities
        if priority.kind != "decision"
    )
    titles = ("Begins", "Priority", "Led by", "Until")
    return Section("The three months", (table(titles, rows),) if rows else ())


def _month(priority: PriorityDocument) -> str:
    number = month_of(priority.first_week)
    first = 1 if number == 1 else REVIEW_DAYS[number - 2] + 1
    return f"days {first}–{REVIEW_DAYS[number - 1]}"


def _titles(priorities: Iterable[PriorityDocument]) -> tuple[str, ...]:
    return tuple(priority.title for priority in priorities)


def _asked(plan: PlanDocument) -> tuple[str, ...]:
    sponsored = [p for p in plan.priorities if p.role == "sponsor"]
    sponsor = _titles(sponsored)
    names = join_words({p.owner: None for p in sponsored}, "and") if sponsored else ""
    who = "the sponsor" if names == "sponsor" else names
    specialist = _titles(p for p in plan.priorities if p.owner == "specialist")
    return (
        *((f"Of {who}: {'; '.join(sponsor)}.",) if sponsor else ()),
        *((f"A specialist is needed for: {'; '.join(specialist)}.",) if specialist else ()),
    )


def _hours(plan: PlanDocument) -> str:
    free = plan.hours.room - plan.hours.planned
    return (
        f"{count(plan.hours_per_week, 'hour')} a week: "
        f"{count(plan.hours.room, 'hour')} in all, {count(plan.hours.planned, 'hour')} planned, "
        f"{count(free, 'hour')} kept free for what slips."
    )


def _dates(plan: PlanDocument, reviews: Iterable[date]) -> str:
    days = ", ".join(
        f"day {day} on {short_day(review)}"
        for day, review in zip(REVIEW_DAYS, reviews, strict=True)
    )
    again = next_assessment(plan.start, len(plan.hours_by_week))
    return f"Reviews: {days}. Next assessment: {long_day(again)}."
