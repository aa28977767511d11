"""One page of every kind, with everything on it that there is to say."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from assess.answers import Assessment
from assess.checkin.status import ActionStatus, CheckIn, PastCheckIn, StepState, StepStatus
from assess.comparison.compare import compare_assessments, follow_quarters
from assess.comparison.promise import Promise, PromisedLevel, PutAside
from assess.comparison.records import Comparison, PlannedAction, Quarter
from assess.document.oddities import Note
from assess.document.reviews import Review
from assess.documents.said import Blocker, Said, StepAgreement
from assess.identity import TeamName
from assess.overview import TeamInView, TeamsInView, judge_team
from assess.pages.answers import make_answers_page
from assess.pages.blocks import Page
from assess.pages.checkin import make_checkin_page
from assess.pages.comparison import course_sections, make_comparison_page
from assess.pages.content import (
    make_action_page,
    make_actions_page,
    make_questionnaire_page,
    make_questionnaires_page,
)
from assess.pages.explanation import make_explanation_page
from assess.pages.home import Due, TeamStanding, make_home_page
from assess.pages.kept import TeamRow, make_history_page, make_teams_page
from assess.pages.overview import make_overview_page
from assess.pages.plan import make_plan_page
from assess.pages.result import make_result_page
from assess.planning.explanation import Explanation, Instead
from assess.planning.plan import Plan, Projection
from assess.rules.miss import Bearing, NearMiss
from assess.scoring.assessment import score_assessment
from assess.scoring.profile import Profile, score_answers
from assess.scoring.records import View
from tests.builders import (
    action_table,
    make_answers,
    make_assessment,
    make_catalogue,
    make_kept,
    make_questionnaire,
)
from tests.plans import make_plan

DAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 23)
BACKED = {"level": 2, "evidence": "Sheet of 3 November"}
NOTHING = {"not-applicable": "one-person team"}
TITLES = {"write-three-goals": "Write down three goals", "name-owners": "Name one owner each"}


def make_profile(*given: object, **questions: int) -> Profile:
    """Return the profile of answers, one value for each question or one for all."""
    questionnaire = make_questionnaire(**questions)
    return score_answers(questionnaire, make_answers(questionnaire, *given))


def example_profile() -> Profile:
    """Return a team in maturity with evidence, unknowns, and what does not apply."""
    given = (BACKED, 3, 1, 2, 1, 1, 1, NOTHING, NOTHING, "dont-know")
    return make_profile(*given, goals=4, roles=3, budget=2, systems=1)


def example_plan(team: str = "Lyon") -> Plan:
    """Return a plan with a step after two weeks off, and one without hours."""
    hours = action_table("hours", title="Free two hours a week", steps=_steps((1, 2), (2, 0)))
    goals = action_table(
        "goals",
        title="Write down three goals for the quarter",
        steps=_steps((1, 2), (2, 5), (6, 3)),
    )
    plan = make_plan(
        hours,
        goals,
        action_table("test", title="Run one test every month"),
        levels=(1, 1, 0, 0),
        first_weeks={"hours": 1, "goals": 2},
        not_now={"test": "too-early"},
        weeks_off=(5, 6),
    )
    scores = (Fraction(4, 5), Fraction(1, 3), Fraction(0))
    return replace(
        plan,
        team=TeamName(team),
        projected=Projection(scores, "maturity", complete=False, margin=None),
    )


def example_explanation(*, fits: bool = True) -> Explanation:
    """Return why an action has no place, with what would speak for it."""
    plan = make_plan(not_now={"write-three-goals": "places"})
    [left_out] = plan.not_now
    missing = "`question.goals-1` were 1: it is 0", "`roles` were below half: it is 1 of 2"
    misses = (NearMiss("seek-goals", None, "would enter the plan", missing),)
    return Explanation(
        action=left_out.action,
        plan=plan,
        candidate=None,
        priority=None,
        left_out=left_out,
        bearing=Bearing((), misses),
        instead=Instead(fits, (), plan.value),
    )


def make_quarter(*levels: object, day: date = DAY) -> Assessment:
    """Return a manager's assessment of two dimensions with four questions each."""
    return make_assessment(make_questionnaire(goals=4, roles=4), *levels, day=day)


def example_comparison() -> Comparison:
    """Return a comparison with a plan in between."""

    def planned(action: str, *more: Any) -> PlannedAction:
        return PlannedAction(action, TITLES[action], *more)

    actions = (
        PlannedAction(
            "write-three-goals",
            TITLES["write-three-goals"],
            True,
            (3, 3),
            ("Ana", "the team"),
            {"goals-1": 1},
        ),
        PlannedAction(
            "name-owners", TITLES["name-owners"], False, (1, 3), ("the manager",), {"roles-4": 1}
        ),
    )
    promise = Promise(
        "manager",
        (
            PromisedLevel("goals-1", 0, 2),
            PromisedLevel("goals-2", 0, 1),
            PromisedLevel("roles-1", 2, 3, PutAside(date(2026, 10, 2), "talent")),
            PromisedLevel("roles-4", "dont-know", 2),
        ),
        (PromisedLevel("goals-3", 1, 2),),
    )
    before = make_quarter(0, 0, 1, 1, 2, 2, 1, "dont-know", day=date(2026, 8, 22))
    after = make_quarter(2, 2, 1, 2, 1, 2, 1, 1)
    return compare_assessments(before, after, promise=promise, actions=actions)


def example_quarters() -> Mapping[View, tuple[Quarter, ...]]:
    """Return three quarters of one team."""
    days = (date(2026, 5, 20), date(2026, 8, 22), DAY)
    levels = ((0, 0, 1, 1, 0, 1, 1, 0), (1, 1, 1, 1, 1, 2, 1, 0), (2, 2, 1, 2, 1, 2, 1, 1))
    return follow_quarters(
        make_quarter(*given, day=day) for given, day in zip(levels, days, strict=True)
    )


def example_checkin() -> CheckIn:
    """Return a check-in on the day of a review, with steps in every state."""
    states: tuple[StepState, ...] = ("done", "late", "dropped", "open", "open", "open", "open")
    steps = tuple(_status(f"goals/{n}", n, state) for n, state in enumerate(states, start=1))
    action = ActionStatus("goals", "Write down goals", "started", steps, ("Cut to one goal",))
    return CheckIn(
        team="Lyon",
        date=date(2026, 12, 22),
        week=5,
        is_over=False,
        hours_planned=18,
        hours_due=9,
        hours_done=3,
        actions=(action,),
        own=(),
        review=Review(30, date(2026, 12, 22), ("What is done?",)),
        notes=(Note(12, "The mark [~] is not known."),),
    )


def result_page(profile: Profile | None = None, team: str = "Lyon") -> Page:
    """Return the page of a profile."""
    return make_result_page(team, DAY, profile or example_profile())


def members_page() -> Page:
    """Return the page of a result with manager and members side by side."""
    members = [(1, 1, 0, 0), (1, 0, 0, 0), (0, 0, 0, 0), (1, 1, 1, 3), (1, 0, 2, 3)]
    questionnaire = make_questionnaire(goals=2, roles=2)
    result = score_assessment(make_assessment(questionnaire, 3, 2, 1, 1, members=members))
    return make_result_page("Lyon", DAY, result.profile, result)


def comparison_page(team: str = "Lyon") -> Page:
    """Return the page of a comparison with what was said in between, and three quarters."""
    past = PastCheckIn(date(2026, 12, 4), 3, 6, 1, ("Goals agreed",), ("Two ill", "No budget"))
    course = course_sections(make_questionnaire(goals=4, roles=4), example_quarters())
    return make_comparison_page(replace(example_comparison(), team=TeamName(team)), (past,), course)


def checkin_page() -> Page:
    """Return the page of a check-in at which people said something."""
    agreed = StepAgreement(
        step="goals/2", wording="Do goals/2.", on=DAY, owner="Ana", note="after the fair"
    )
    blockers = (Blocker(text="No time", cause="resources"), Blocker(text="Rain"))
    said = Said(wins=("The board *works*",), blockers=blockers, agreements=(agreed,))
    return make_checkin_page(example_checkin(), said)


def home_page(team: str = "Lyon") -> Page:
    """Return the home page of two teams."""
    checkin = (Due("checkin", "A check-in is due.", ("checkin",)),)
    begin = (Due("assessment", "Not begun.", ("run", "--team", "Oslo")),)
    profile = make_profile(1, 0, 1, 1, goals=2, roles=2)
    return make_home_page(
        (
            TeamStanding(TeamName(team), None, checkin, assessed=DAY, profile=profile),
            TeamStanding(TeamName("Oslo"), None, begin),
        )
    )


def action_page() -> Page:
    """Return the page of one action of the catalogue."""
    questionnaire = make_questionnaire(goals=1)
    table = action_table("write-goals", {"goals-1": 1}, title="Write goals", levers=["Cut one."])
    catalogue = make_catalogue(questionnaire, table)
    return make_action_page(catalogue.actions[0], questionnaire, 5)


def actions_page() -> Page:
    """Return the page of a catalogue."""
    questionnaire = make_questionnaire(goals=1)
    catalogue = make_catalogue(questionnaire, action_table("write-goals", {"goals-1": 1}))
    return make_actions_page(questionnaire, catalogue.actions, 5)


def answers_page() -> Page:
    """Return a manager's answers beside those of the quarter before."""
    questionnaire = make_questionnaire(goals=2, roles=2)
    words = {"level": 3, "evidence": "The same as ever"}
    now = make_answers(questionnaire, BACKED, words, "dont-know", NOTHING)
    before = make_answers(questionnaire, 1, words, NOTHING, 0, date=date(2026, 8, 22))
    return make_answers_page(questionnaire, now, before)


def teams_page() -> Page:
    """Return the list of two teams."""
    teams = (TeamRow("Lyon", 3, DAY, "maturity"), TeamRow("Oslo", 0, archived=True))
    return make_teams_page(teams)


def history_page() -> Page:
    """Return what is kept of one team."""
    scores = (Fraction(799, 1000), Fraction(1, 3), Fraction(0))
    profile = replace(example_profile(), stage="momentum", scores=scores)
    return make_history_page("Lyon", [(make_kept(), profile)])


def overview_page(most: int | None = None, *more: str) -> Page:
    """Return teams side by side: two quarters, one without a result, and so many more."""
    lyon = (
        make_quarter(0, 0, 1, 0, 1, 1, 1, 1, day=date(2026, 8, 22)),
        make_quarter(3, 3, 2, 2, 1, 1, 1, 0),
    )
    judged = {name: judge_team(name, lyon, firm=True)[0] for name in ("Lyon", *more)}
    judged["Lyon"] = replace(judged["Lyon"], late=2, goals=(1, 3))
    oslo = judge_team("Oslo", [make_quarter(0, 1, 1, 1, 0, 0, 0, "dont-know")], firm=True)[0]
    teams = (*judged.values(), replace(oslo, is_over=True), TeamInView(name="Rhône"))
    questionnaire = make_questionnaire(goals=4, roles=4)
    view = TeamsInView(questionnaire, DAY, teams, ("Turku",), ("manager",))
    return make_overview_page(view, most)


PAGES: Mapping[str, Callable[[], Page]] = {
    "result": result_page,
    "result-momentum": lambda: result_page(make_profile(1, 0, 2, "dont-know", goals=2, roles=2)),
    "result-none": lambda: result_page(
        make_profile("dont-know", 1, NOTHING, "dont-know", goals=2, roles=2)
    ),
    "result-members": members_page,
    "answers": answers_page,
    "plan": lambda: make_plan_page(example_plan()),
    "checkin": checkin_page,
    "comparison": comparison_page,
    "explanation": lambda: make_explanation_page(example_explanation()),
    "home": home_page,
    "home-of-a-newcomer": lambda: make_home_page(()),
    "teams": teams_page,
    "history": history_page,
    "overview": overview_page,
    "overview-first": lambda: overview_page(5, *(f"Team {n}" for n in range(90))),
    "questionnaires": lambda: make_questionnaires_page((make_questionnaire(goals=1),)),
    "questionnaire": lambda: make_questionnaire_page(make_questionnaire(goals=1)),
    "actions": actions_page,
    "action": action_page,
}
"""Every page by its name."""


def _steps(*hours_by_week: tuple[int, int]) -> list[dict[str, object]]:
    return [{"week": week, "hours": hours, "do": f"Step {week}."} for week, hours in hours_by_week]


def _status(name: str, week: int, state: StepState) -> StepStatus:
    due = MONDAY + timedelta(weeks=week - 1, days=4)
    return StepStatus(name, week, state, f"Do {name}.", "the manager", due, 3)
