"""A plan at a glance: its priorities, thirteen weeks in one picture, and what has to wait."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from assess.checkin.status import CheckIn
from assess.commands import join_command
from assess.documents.plan import PlanDocument, PriorityDocument, describe_plan
from assess.figures import count, describe_weeks, hours_text, long_day, percent
from assess.pages.blocks import (
    Block,
    Command,
    Items,
    Page,
    Section,
    Sentence,
    Timeline,
    TimelineRow,
    TimelineWeek,
    Tone,
    listed,
    next_section,
    table,
)
from assess.pages.people import describe_staffing
from assess.pages.result import STAGE_TONES
from assess.pages.standing import (
    STAGE_NAMES,
    describe_evidence,
    describe_margin,
    describe_spot,
    describe_stage,
    describe_standing,
)
from assess.people import name_owner
from assess.planning.calendar import REVIEW_DAYS, Away, monday_of, next_monday, review_dates
from assess.planning.candidates import YOUR_CHOICE
from assess.planning.plan import LeftOut, Plan, Priority, Reason
from assess.planning.way import MOST_QUARTERS, Way
from assess.questionnaire import STAGES, SubjectKind
from assess.scoring.profile import Profile

_INVESTS: Final[Mapping[SubjectKind, str]] = {"team": "The whole team", "manager": "The manager"}
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
    title = f"The 90-day plan of {team} ended on {long_day(end)}"
    return Page(title, (Section("", blocks), _after_the_end(today)))


def over_section(answered: date, end: date, today: date, *, were_kept: bool) -> Section:
    """Return why old answers begin no other plan, and what to do instead."""
    already = " already" if were_kept else ""
    return _after_the_end(
        today,
        f"The answers of {long_day(answered)} are kept{already}. They are "
        f"{count((today - answered).days // 7, 'week')} old, and the plan that was made from them "
        f"ended on {long_day(end)}: no other is begun.",
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
    timeline = make_timeline(describe_plan(plan), plan.capacity)
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
    return f"90-day plan for {plan.whose} · {long_day(plan.start)} to {long_day(plan.end)}"


def describe_capacity(plan: Plan) -> str:
    """Say how much the team, or its manager alone, can invest, and who said so."""
    capacity = plan.capacity
    if capacity.hours_per_week == 0:
        return "There are no hours for this plan; only decisions that cost no time fit in."
    freed = capacity.hours_per_week - capacity.said
    ends = "more come from recurring work that ends, so the hours are found"
    more = f"; {hours_text(freed)} {ends}" if freed else ""
    who = _INVESTS[plan.profile.questionnaire.subject]
    return (
        f"{who} can invest {count(capacity.said, 'hour')} a week"
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
    return f"{describe_capacity(plan)} {planned}{away}"


def _priorities(plan: Plan) -> tuple[Block, ...]:
    if not plan.priorities:
        return (Sentence("No action fits into this plan.", "warning"),)
    titles = ("*Priority", "#Weeks", "#Hours", "Led by")
    work = tuple(_priority(p) for p in plan.priorities if p.kind != "decision")
    decided = tuple(p.work.title for p in plan.priorities if p.kind == "decision")
    told = (Sentence(f"Decided at once: {'; '.join(decided)}."),) if decided else ()
    return (*((table(titles, work),) if work else ()), *told)


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


def group_left_out(some: Iterable[LeftOut], plan: Plan) -> Mapping[str, Sequence[LeftOut]]:
    """Return what is left out by the reasons that there are, in a few words each."""
    groups: dict[str, list[LeftOut]] = {meaning: [] for meaning in (*REASONS.values(), OWN_CHOICE)}
    for left in some:
        groups[OWN_CHOICE if is_own_choice(plan, left) else REASONS[left.reason]].append(left)
    return {meaning: group for meaning, group in groups.items() if group}


def _not_now(plan: Plan) -> Section:
    blocks: list[Block] = []
    for meaning, group in group_left_out(plan.not_now, plan).items():
        titles = tuple(f"{left.action.title} ({left.action.id})" for left in group)
        blocks += [Sentence(f"{meaning}:"), Items(titles, most=_MOST_LEFT_OUT)]
    if blocks:
        why = join_command("why", plan.not_now[0].action.id)
        blocks += [Sentence("Why one of them is left out, such as the first:"), Command(why)]
    return Section("Not now", tuple(blocks), detail=True)


# --- The quarters after it ---


def way_section(way: Way, faster: Way | None) -> Section:
    """Return one sentence for each quarter, and one for the hours that would save one."""
    if way.plans[0].profile.complete:
        return Section("", ())
    texts = [_summary(way)]
    texts += (
        f"Quarter {number}: {'; '.join(p.work.title for p in plan.priorities)}."
        for number, plan in enumerate(way.plans[1:], start=2)
        if plan.priorities
    )
    if faster is not None:
        texts.append(f"{_at(faster)}: {count(len(faster.plans), 'quarter')}.")
    stage = STAGE_NAMES[way.plans[0].profile.stage or ""]
    return listed(f"The way out of {stage}", texts, detail=True)


def _summary(way: Way) -> str:
    if way.arrives:
        return f"{_at(way)}: {count(len(way.plans), 'quarter')}, if all goes as planned."
    if len(way.plans) == MOST_QUARTERS:
        return f"{_at(way)}: more than {count(MOST_QUARTERS, 'quarter')}."
    return f"{_at(way)} no number of quarters leads there; more hours would."


def _at(way: Way) -> str:
    return f"At {count(way.hours_per_week, 'hour')} a week"


# --- The end of a run ---


def make_run_page(title: str, team: str, profile: Profile, plan: Plan, end: Section) -> Page:
    """Return the one screen on which a run ends."""
    standing = Sentence(describe_standing(team, profile), STAGE_TONES[profile.stage or STAGES[0]])
    texts = filter(None, (describe_stage(profile), describe_spot(profile), *_surest(profile)))
    sections = (Section("", (standing, *map(Sentence, texts))), plan_section(plan), end)
    # Whoever asks for a run again is asked all questions again.
    return Page(title, sections, rest="in the plan's file")


def _surest(profile: Profile) -> tuple[str, ...]:
    """Return what says most of how sure the stage is, and the other stage that evidence gives."""
    evidence = describe_evidence(profile)
    first = (*describe_margin(profile), evidence)[:1]
    is_other = profile.evidence is not None and profile.evidence.stage != profile.stage
    return tuple(dict.fromkeys((*first, evidence if is_other else "")))


# --- The plan over its weeks ---


def make_timeline(
    plan: PlanDocument, away: Away, today: date | None = None, checkin: CheckIn | None = None
) -> Timeline:
    """Return what is under way in which week, what is done or late, and the three reviews."""
    rows = tuple(_row(priority, STAGE_TONES[plan.stage], checkin) for priority in plan.priorities)
    milestones = zip(map(str, REVIEW_DAYS), review_dates(plan.start, away), strict=True)
    is_inside = today is not None and plan.start <= today <= plan.end
    return Timeline(
        weeks=tuple(
            TimelineWeek(
                number,
                monday_of(plan.start, number),
                sum((dict(row.hours).get(number, Fraction(0)) for row in rows), Fraction(0)),
                number in away.weeks_off,
            )
            for number in range(1, len(plan.hours_by_week) + 1)
        ),
        rows=rows,
        milestones=tuple(milestones),
        today=today if is_inside else None,
    )


def _row(priority: PriorityDocument, tone: Tone, checkin: CheckIn | None) -> TimelineRow:
    hours: dict[int, Fraction] = {}
    for step in priority.steps:
        hours[step.week] = hours.get(step.week, Fraction(0)) + Fraction(step.hours)
    action = (
        next((a for a in checkin.actions if a.id == priority.action), None) if checkin else None
    )
    label = priority.title
    if "done" in (priority.state, action.state if action else ""):
        label, tone = f"Done: {label}", "quiet"
    elif action and any(step.state == "late" for step in action.steps):
        label, tone = f"Late: {label}", "fall"
    weeks = (priority.first_week, priority.last_week)
    return TimelineRow(label, *weeks, tuple(sorted(hours.items())), tone)
