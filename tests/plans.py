"""Plans for tests, laid out by hand: who plans does not matter to whoever writes it down."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from assess.catalogue.action import Action
from assess.catalogue.work import find_work
from assess.identity import TeamName
from assess.people import Person
from assess.planning.owners import Staffing, hand_out
from assess.planning.plan import (
    Capacity,
    LeftOut,
    OfferedRung,
    Plan,
    PlannedStep,
    Priority,
    Projection,
    Reason,
    WeekPlan,
)
from assess.planning.winning import find_promise
from assess.questionnaire import STAGES, Questionnaire
from assess.rules.finding import Finding
from assess.scoring.profile import score_answers
from tests.builders import action_table, make_answers, make_catalogue, make_questionnaire

MONDAY = date(2026, 11, 23)
TEAM_SIZE = 5

STEPS = (
    {"week": 1, "hours": 2, "do": "Collect what the business expects of the team this quarter."},
    {"week": 2, "hours": 5, "do": "Draft at most three goals with the team in one sitting."},
    {"week": 3, "hours": 0, "do": "Cancel the Tuesday report."},
)
GOALS = action_table(
    "write-three-goals",
    {"goals-1": 1, "goals-2": 1},
    title="Write down three goals for the quarter",
    causes=["alignment"],
    measures=[{"name": "Members who can name all goals", "baseline": "2 of 5", "target": "100 %"}],
    levers=["Cut to one goal.", "Borrow the business plan's goals as they are."],
    steps=list(STEPS),
)
ROLES = action_table(
    "name-one-owner",
    {"roles-1": 1},
    title="Name one owner for each goal",
    role="team",
    steps=[
        {"week": 1, "hours": 1, "do": "List the goals and the recurring jobs."},
        {"week": 2, "hours": 3, "do": "Agree on one owner for each."},
    ],
)


def make_plan(
    *actions: Mapping[str, Any],
    levels: Sequence[object] = (0,),
    hours: int = 6,
    team: str = "Lyon",
    start: date = MONDAY,
    first_weeks: Mapping[str, int] | None = None,
    not_now: Mapping[str, Reason] | None = None,
    findings: Sequence[Finding] = (),
    weeks_off: tuple[int, ...] = (),
    questionnaire: Questionnaire | None = None,
) -> Plan:
    """Return a plan with one priority for each action, starting in weeks 1, 3, 5, ...

    Actions that `not_now` names with a reason are left out instead.
    """
    questionnaire = questionnaire or make_questionnaire(goals=2, roles=2)
    catalogue = make_catalogue(questionnaire, *(actions or (GOALS, ROLES)))
    profile = score_answers(questionnaire, make_answers(questionnaire, *levels, team=team))
    left_out = not_now or {}
    weeks = first_weeks or {}
    chosen = [action for action in catalogue.actions if action.id not in left_out]
    priorities = tuple(
        make_priority(action, weeks.get(action.id, 2 * place + 1), start)
        for place, action in enumerate(chosen)
    )
    hours_in = [sum(s.hours for p in priorities for s in p.steps if s.week == w) for w in WEEKS]
    assert profile.scores is not None
    return Plan(
        team=TeamName(team),
        assessed=start - timedelta(days=1),
        start=start,
        end=start + timedelta(days=88),
        reviews=(
            start + timedelta(days=29),
            start + timedelta(days=59),
            start + timedelta(days=88),
        ),
        team_size=TEAM_SIZE,
        capacity=Capacity(hours, "asked", weeks_off),
        profile=profile,
        proven=True,
        value=sum(p.value for p in priorities),
        musts=0,
        priorities=priorities,
        weeks=tuple(
            WeekPlan(w, start + timedelta(weeks=w - 1), w in weeks_off, hours_in[w - 1])
            for w in WEEKS
        ),
        hours_room=hours * (len(WEEKS) - len(weeks_off)),
        promised=find_promise((p.wins for p in priorities), profile.levels),
        distance=(3, 1),
        projected=Projection(
            profile.scores, profile.stage or STAGES[0], profile.complete, profile.margin
        ),
        not_now=tuple(
            LeftOut(a, left_out[a.id], f"The reason is {left_out[a.id]}.")
            for a in catalogue.actions
            if a.id in left_out
        ),
        candidates=(),
        findings=tuple(findings),
        actions=catalogue.by_id,
    )


WEEKS = range(1, 14)


def make_priority(action: Action, first_week: int, start: date = MONDAY) -> Priority:
    """Return an action on the calendar, from its first week on."""
    work = find_work(action, TEAM_SIZE)
    steps = tuple(
        PlannedStep(
            id=f"{action.id}/{step.number}",
            do=step.do,
            week=first_week + step.week - 1,
            due=start + timedelta(weeks=first_week + step.week - 2, days=4),
            hours=step.hours,
            owner=action.role,
        )
        for step in work.steps
    )
    wins = tuple(OfferedRung(question, level, 4) for question, level in action.rungs)
    return Priority(
        action=action,
        work=work,
        kind=action.kind,
        state="new",
        must=False,
        objective=action.objective,
        first_week=first_week,
        last_week=first_week + work.duration - 1,
        steps=steps,
        value=4 * len(wins),
        wins=wins,
        because=(f"It wins {len(wins)} steps in Goals.",),
        lead=action.role,
        upkeep=action.upkeep.hours_of(TEAM_SIZE) if action.upkeep else 0,
    )


def with_step_texts(plan: Plan, texts: Mapping[str, str]) -> Plan:
    """Return the same plan with other wordings for some steps."""
    return replace(
        plan,
        priorities=tuple(
            replace(p, steps=tuple(replace(s, do=texts.get(s.id, s.do)) for s in p.steps))
            for p in plan.priorities
        ),
    )


def staffed(plan: Plan, *people: Person, done: frozenset[str] = frozenset(), **more: Any) -> Plan:
    """Return the same plan with its steps handed out to people."""
    staffing = Staffing(people, **more)
    handed = hand_out(plan.priorities, staffing, done, MONDAY, len(plan.weeks))
    return replace(plan, priorities=handed, people=people)
