"""A plan at a glance: its priorities, thirteen weeks in one picture, and what has to wait."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from assess.commands import join_command
from assess.documents.plan import describe_plan
from assess.figures import count, describe_weeks, hours_text, long_day, percent
from assess.pages.blocks import (
    Block,
    Column,
    Command,
    Items,
    Page,
    Section,
    Sentence,
    Table,
    listed,
)
from assess.pages.next import next_section
from assess.pages.people import describe_staffing
from assess.pages.standing import STAGE_NAMES
from assess.pages.timeline import make_timeline
from assess.people import name_owner
from assess.planning.calendar import next_monday
from assess.planning.candidates import YOUR_CHOICE
from assess.planning.plan import Capacity, LeftOut, Plan, Priority, Reason
from assess.questionnaire import STAGES

_HOURS_FROM: Final = {
    "asked": "",
    "answers": ", as the assessment says",
    "last": ", as in the last plan",
    "default": ", which is assumed because nobody said otherwise",
}
REASONS: Final[Mapping[Reason, str]] = {
    "places": "No place in these 90 days",
    "hours": "No hours for it",
    "weeks": "No weeks for it",
    "covered": "Comes with the rest",
    "waits-for": "Waiting for something else",
    "avoided": "Left out by a rule",
    "too-early": "Too early for the stage",
}
OWN_CHOICE: Final = "Left out as you asked"
_MOST_LEFT_OUT: Final = 3


def make_over_page(team: str, end: date, left_open: Sequence[tuple[str, int]], today: date) -> Page:
    """Return what is left of a plan whose weeks have passed, each action with its open steps."""
    items = [f"{title}: {count(steps, 'step')} open" for title, steps in left_open]
    said = "This is open, and listed for the next plan:" if items else "Nothing of it is left open."
    blocks = (Sentence(said), *((Items(tuple(items)),) if items else ()))
    title = f"The 90-day plan of {team} is over since {long_day(end)}"
    return Page(title, (Section("", blocks), _after_the_end(today)))


def over_section(answered: date, end: date, today: date, *, were_kept: bool) -> Section:
    """Return why old answers begin no other plan, and what to do instead."""
    already = " already" if were_kept else ""
    return _after_the_end(
        today,
        f"The answers of {long_day(answered)} are kept{already}. They are "
        f"{count((today - answered).days // 7, 'week')} old, and the plan that was made from them "
        f"is over since {long_day(end)}: no other is begun.",
    )


def _after_the_end(today: date, *said: str) -> Section:
    return next_section(
        said,
        ("Assess again, and compare:", join_command("run")),
        (
            "Or go on from the last answers:",
            join_command("plan", "--start", str(next_monday(today))),
        ),
    )


def make_plan_page(plan: Plan, *extra: Section) -> Page:
    """Return a plan; `extra` sections follow it, such as the way to the next stage."""
    timeline = make_timeline(describe_plan(plan), plan.capacity.weeks_off)
    return Page(
        title_plan(plan),
        (
            Section("", plan_section(plan).blocks),
            Section("Week by week", (timeline,), detail=True),
            _projection(plan),
            listed("Who does what", describe_staffing(plan), detail=True),
            _not_now(plan),
            *extra,
        ),
    )


def plan_section(plan: Plan) -> Section:
    """Return what is chosen and how much room it takes."""
    return Section(title_plan(plan), (Sentence(_room(plan)), *_priorities(plan)))


def title_plan(plan: Plan) -> str:
    """Name a plan by its team and dates."""
    return f"90-day plan for {plan.team} · {long_day(plan.start)} to {long_day(plan.end)}"


def describe_capacity(capacity: Capacity) -> str:
    """Say how much the team can invest, and who said so."""
    if capacity.hours_per_week == 0:
        return "The team has no hours for this plan; only decisions that cost no time fit in."
    freed = capacity.hours_per_week - capacity.said
    ends = "more come from recurring work that ends, so finding hours is done"
    more = f"; {hours_text(freed)} {ends}" if freed else ""
    return (
        f"The whole team can invest {count(capacity.said, 'hour')} a week"
        f"{_HOURS_FROM[capacity.source]}{more}."
    )


def describe_fall(plan: Plan) -> str:
    """Say why a projected score is lower than today's; nothing where none is."""
    now = plan.profile.scores or plan.projected.scores
    if not any(then < score for score, then in zip(now, plan.projected.scores, strict=True)):
        return ""
    return (
        "A figure that falls takes nothing away: questions that nobody could answer get a level "
        "through this plan, and count from then on."
    )


def tell_reason(plan: Plan, left_out: LeftOut) -> str:
    """Say in a few words why an action is left out."""
    text = OWN_CHOICE if is_own_choice(plan, left_out) else REASONS[left_out.reason]
    return text[0].lower() + text[1:]


def is_own_choice(plan: Plan, left_out: LeftOut) -> bool:
    """Tell whether people asked for an action to be left out; else a rule did, or the room."""
    own = (c for c in plan.candidates if c.action.id == left_out.action.id)
    return left_out.reason == "avoided" and any(
        finding.rule == YOUR_CHOICE and left_out.action.id in finding.avoid
        for candidate in own
        for finding in candidate.findings
    )


def _room(plan: Plan) -> str:
    every = sum(priority.hours for priority in plan.priorities)
    left = sum(plan.hours_by_week)
    # What is done, dropped or does not end in time stands in the rows, but in no week to come.
    rest = f", {hours_text(left)} of them in the weeks that are left" if left != every else ""
    planned = f"{count(every, 'hour')} are planned in all{rest}."
    off = [week.number for week in plan.weeks if week.off]
    away = f" Off in {describe_weeks(off)}." if off else ""
    return f"{describe_capacity(plan.capacity)} {planned}{away}"


def _priorities(plan: Plan) -> tuple[Block, ...]:
    if not plan.priorities:
        return (Sentence("No action fits into this plan.", "warning"),)
    columns = (
        Column("Priority", tone="strong"),
        Column("Weeks", number=True),
        Column("Hours", number=True),
        Column("Led by"),
    )
    work = tuple(_priority(p) for p in plan.priorities if p.kind != "decision")
    decided = tuple(p.work.title for p in plan.priorities if p.kind == "decision")
    told = (Sentence(f"Decided at once: {'; '.join(decided)}."),) if decided else ()
    return (*((Table(columns, work),) if work else ()), *told)


def _priority(priority: Priority) -> tuple[str, str, str, str]:
    first, last = priority.first_week, priority.last_week
    return (
        priority.work.title,
        f"{first}–{last}" if last > first else str(first),
        hours_text(priority.hours),
        name_owner(priority.lead),
    )


def _projection(plan: Plan) -> Section:
    now, then = plan.profile.scores, plan.projected
    if now is None:
        return Section("", ())
    stage = "all three stages finished" if then.complete else f"stage {STAGE_NAMES[then.stage]}"
    texts = [
        f"{STAGE_NAMES[name]}: from {percent(before)} to {percent(after)}"
        for name, before, after in zip(STAGES, now, then.scores, strict=True)
        if before != after
    ]
    fall = filter(None, [describe_fall(plan)])
    return Section(
        f"When it is carried out: {stage}",
        (Items((*(texts or ["The scores stay as they are."]), *fall)),),
    )


def _not_now(plan: Plan) -> Section:
    own = [left for left in plan.not_now if is_own_choice(plan, left)]
    groups = {OWN_CHOICE: own} | {
        meaning: [left for left in plan.not_now if left.reason == reason and left not in own]
        for reason, meaning in REASONS.items()
    }
    blocks: list[Block] = []
    for meaning, group in groups.items():
        if group:
            titles = tuple(f"{left.action.title} ({left.action.id})" for left in group)
            blocks += [Sentence(f"{meaning}:"), Items(titles, most=_MOST_LEFT_OUT)]
    if blocks:
        why = join_command("why", plan.not_now[0].action.id)
        blocks += [Sentence("Why one of them is left out, such as the first:"), Command(why)]
    return Section("Not now", tuple(blocks), detail=True)
