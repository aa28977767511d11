"""A plan on paper: chosen, grouped and in words for its template, which makes it Markdown."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from assess.catalogue import ROLES
from assess.document.render import name_fields, render
from assess.document.reviews import Review, list_reviews
from assess.figures import count, describe_weeks, hours_text, percent, short_day
from assess.pages.carried import LeftOpen, Verdict, judge_left_open
from assess.pages.plan import OWN_CHOICE, REASONS, describe_capacity, describe_fall, is_own_choice
from assess.pages.standing import (
    describe_certainty,
    describe_stage_rule,
    describe_standing,
    dimension_titles,
)
from assess.planning import calendar
from assess.planning.candidates import is_in_place
from assess.planning.plan import USEFUL, LeftOut, Plan, PlannedStep, Priority
from assess.questionnaire import STAGES
from assess.rules import Finding
from assess.scoring import DimensionScore, Profile

Row = tuple[str, ...]

_SHARED_BY: Final = 3
"""A reason that so many actions have is told once for all of them."""

_NO_SCORE: Final = {"not-scored": "too few answers", "not-applicable": "does not apply"}


@dataclass(frozen=True, slots=True)
class PriorityPage:
    """One priority on its page; `ends` is the Friday of its last week.

    `serves` names the dimensions in which it wins, `risks` are pairs of cause and sentence, and
    `done_when` holds the texts of the levels it leads to.
    """

    id: str
    title: str
    objective: str
    serves: str
    owner: str
    weeks: str
    hours: str
    begins: date
    ends: date
    because: tuple[str, ...]
    measures: tuple[Row, ...]
    steps: tuple[PlannedStep, ...]
    levers: tuple[str, ...]
    risks: tuple[tuple[str, str], ...]
    done_when: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Actions that are left out for one kind of reason.

    `text` is theirs where they share it; else each of `actions` has its own beside its title.
    """

    heading: str
    text: str
    actions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """All that `plan.md.j2` may name, beside the filters and functions of `render`."""

    team: str
    assessed: date
    start: date
    end: date
    next_assessment: date
    standing: str
    stage_rule: tuple[str, ...]
    stages: tuple[Row, ...]
    fall: str
    dimensions: tuple[Row, ...]
    certainty: tuple[str, ...]
    notes: tuple[str, ...]
    capacity: str
    workload: str
    spare: str
    nothing: str
    weeks_off: str
    stops: tuple[PlannedStep, ...]
    waits: str
    risks: tuple[tuple[str, str], ...]
    left_open: tuple[Verdict, ...]
    priorities: tuple[PriorityPage, ...]
    reviews: tuple[Review, ...]
    overview: tuple[Row, ...]
    weeks: tuple[Row, ...]
    not_now: tuple[Group, ...]


def render_plan(plan: Plan, template: str, left_open: Iterable[LeftOpen] = ()) -> str:
    """Return the plan as Markdown, ready to be sent to the team.

    Args:
        left_open: What the last plan left open, with which this one begins.

    Raises:
        DataFileError: The template is not usable.

    Source: docs/decisions/0007-plan-document.md
    """
    return render(template, name_fields(make_page(plan, left_open)))


def make_page(plan: Plan, left_open: Iterable[LeftOpen] = ()) -> PlanPage:
    """Return what a template needs to write the plan."""
    profile = plan.profile
    risks = _assign_risks(plan)
    return PlanPage(
        team=plan.team,
        assessed=plan.assessed,
        start=plan.start,
        end=plan.end,
        next_assessment=calendar.next_assessment(plan.start, len(plan.weeks)),
        standing=describe_standing(plan.team, profile),
        stage_rule=describe_stage_rule(profile),
        stages=_stage_rows(plan),
        fall=describe_fall(plan),
        dimensions=dimension_rows(profile),
        certainty=describe_certainty(profile),
        notes=tuple(dict.fromkeys(f.note for f in plan.findings if f.note)),
        capacity=describe_capacity(plan.capacity),
        workload=_describe_workload(plan),
        spare=_describe_spare(plan),
        weeks_off=describe_weeks(plan.capacity.weeks_off) if plan.capacity.weeks_off else "",
        nothing="" if plan.priorities else _describe_nothing(plan),
        stops=tuple(s for p in plan.priorities for s in p.steps if s.hours == 0),
        waits=_describe_waiting(plan.not_now),
        risks=_risk_rows(risks[None]),
        left_open=judge_left_open(left_open, plan),
        priorities=tuple(_priority_page(plan, p, risks) for p in plan.priorities),
        reviews=list_reviews(plan.reviews),
        overview=_overview_rows(plan),
        weeks=_week_rows(plan),
        not_now=tuple(_group_left_out(plan)),
    )


def dimension_rows(profile: Profile) -> tuple[Row, ...]:
    """Return title and the three shares of each dimension, or why it has none."""
    titles = profile.questionnaire.titles
    return tuple((titles[d.id], *_share_cells(d)) for d in profile.dimensions.values())


def _share_cells(dimension: DimensionScore) -> Row:
    if dimension.shares is None:
        return (_NO_SCORE[dimension.status], "–", "–")
    return tuple(percent(share) for share in dimension.shares)


def _stage_rows(plan: Plan) -> tuple[Row, ...]:
    now = plan.profile.scores
    if now is None:
        return ()
    return tuple(
        (stage.capitalize(), percent(before), percent(after))
        for stage, before, after in zip(STAGES, now, plan.projected.scores, strict=True)
    )


def _describe_workload(plan: Plan) -> str:
    hours = sum(plan.hours_by_week)
    if not hours:
        return ""
    most = hours_text(max(plan.hours_by_week))
    return f"The plan uses {count(hours, 'hour')}, at most {most} in one week."


def _describe_spare(plan: Plan) -> str:
    last = max((p.last_week for p in plan.priorities), default=0)
    free = range(last + 1, len(plan.weeks) + 1)
    if not last or not free:
        return ""
    verb = "is" if len(free) == 1 else "are"
    return f"The work ends in week {last}; {describe_weeks(free)} {verb} kept for what slips."


def _describe_nothing(plan: Plan) -> str:
    """Say why a plan is empty, and what to do about it."""
    if plan.profile.complete:
        return "All the work of the three stages is in place, so nothing is added; keep it alive."
    if plan.capacity.hours_per_week == 0:
        return "Free some hours first, then plan anew; no other step counts until then."
    return "Nothing that would help fits in; free more hours or fewer weeks off, then plan anew."


def _describe_waiting(not_now: Sequence[LeftOut]) -> str:
    waiting = [left.action.title for left in not_now if left.reason in USEFUL]
    if not waiting:
        return ""
    return f"{count(len(waiting), 'useful action')}; “Not now” says why."


def _priority_page(
    plan: Plan, priority: Priority, risks: Mapping[str | None, Sequence[Finding]]
) -> PriorityPage:
    action = priority.action
    questions = plan.profile.questionnaire.by_id
    # What is not won now (it is in place, or above a gap) is not served either.
    served = dict.fromkeys(questions[rung.question].dimension for rung in priority.wins)
    return PriorityPage(
        id=action.id,
        title=priority.work.title,
        objective=priority.objective,
        serves=dimension_titles(plan.profile.questionnaire, served) if served else "",
        owner=ROLES[action.role],
        weeks=describe_weeks(range(priority.first_week, priority.last_week + 1)),
        hours=count(priority.hours, "hour"),
        begins=plan.weeks[priority.first_week - 1].monday,
        ends=plan.weeks[priority.last_week - 1].monday + timedelta(days=4),
        because=priority.because,
        measures=tuple((m.name, m.baseline, m.target) for m in priority.work.measures),
        steps=priority.steps,
        levers=action.levers,
        risks=_risk_rows(risks[action.id]),
        done_when=_done_when(plan.profile, priority),
    )


def _done_when(profile: Profile, priority: Priority) -> tuple[str, ...]:
    questions = profile.questionnaire.by_id
    return tuple(
        questions[question].levels[level]
        for question, level in priority.action.lifts.items()
        if question in questions and not is_in_place(profile.levels[question], level)
    )


def _assign_risks(plan: Plan) -> Mapping[str | None, Sequence[Finding]]:
    """Give each risk to the one priority that it is most about, so that it is told once.

    Under None are those that threaten the plan as a whole.
    """
    assigned: dict[str | None, list[Finding]] = {None: []}
    assigned |= {priority.action.id: [] for priority in plan.priorities}
    for finding in _distinct(f for f in plan.findings if f.risk):
        closeness = {p.action.id: _closeness(plan, p, finding) for p in plan.priorities}
        closest = max(closeness, key=lambda name: closeness[name], default=None)
        assigned[closest if closest and closeness[closest] else None].append(finding)
    return assigned


def _risk_rows(findings: Iterable[Finding]) -> tuple[tuple[str, str], ...]:
    return tuple((f.risk.capitalize(), f.because) for f in findings if f.risk)


def _distinct(findings: Iterable[Finding]) -> Iterable[Finding]:
    return {(f.risk, f.because): f for f in findings}.values()


def _closeness(plan: Plan, priority: Priority, finding: Finding) -> int:
    """Rate how much a finding is about a priority, from 0."""
    questions = plan.profile.questionnaire.by_id
    served = {questions[rung.question].dimension for rung in priority.wins}
    if finding.dimension in served:
        return 2
    return int(finding.risk in priority.action.causes)


def _overview_rows(plan: Plan) -> tuple[Row, ...]:
    return tuple(
        (
            str(number),
            p.work.title,
            f"{p.first_week} to {p.last_week}" if p.last_week > p.first_week else str(p.last_week),
            hours_text(p.hours),
            ROLES[p.action.role],
        )
        for number, p in enumerate(plan.priorities, start=1)
    )


def _week_rows(plan: Plan) -> tuple[Row, ...]:
    """Return number, Monday, hours, the numbers of what is under way, and the review."""
    reviews = list_reviews(plan.reviews)
    return tuple(
        (
            str(week.number),
            short_day(week.monday),
            "off" if week.off else hours_text(week.hours),
            ", ".join(
                str(number)
                for number, p in enumerate(plan.priorities, start=1)
                if p.first_week <= week.number <= p.last_week and not week.off
            ),
            "".join(f"day {r.day}" for r in reviews if 0 <= (r.date - week.monday).days < 7),
        )
        for week in plan.weeks
    )


def _group_left_out(plan: Plan) -> Iterable[Group]:
    own = [left for left in plan.not_now if is_own_choice(plan, left)]
    for reason, heading in REASONS.items():
        members = [left for left in plan.not_now if left.reason == reason and left not in own]
        counts = Counter(left.text for left in members)
        shared = [text for text, number in counts.items() if number >= _SHARED_BY]
        for text in shared:
            titles = tuple((_named(left), "") for left in members if left.text == text)
            yield Group(heading, text, titles)
        others = tuple((_named(m), m.text) for m in members if m.text not in shared)
        if others:
            yield Group(heading, "", others)
    if own:
        yield Group(OWN_CHOICE, "", tuple((_named(left), left.text) for left in own))


def _named(left_out: LeftOut) -> str:
    """Return the title with the id, which is what one types to ask why."""
    return f"{left_out.action.title} ({left_out.action.id})"
