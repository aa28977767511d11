"""Why an action is in a plan or not: for answers that are kept, or for a file of them."""

from dataclasses import replace
from datetime import date

from assess.answers import Assessment
from assess.catalogue.action import find_action
from assess.documents.explanation import describe_explanation
from assess.goals.recurring import sum_freed
from assess.library import Library
from assess.library.plan_data import load_plan_data
from assess.pages.explanation import make_explanation_page
from assess.pages.hours import describe_found
from assess.planning.build import build_plan
from assess.planning.explanation import explain_action
from assess.planning.plan import Plan
from assess.rules.miss import find_bearing
from assess.workflow.finding import Errand, find_assessment
from assess.workflow.history import Past
from assess.workflow.outcome import Outcome
from assess.workflow.plan.basis import Wishes, find_situation, find_team_size
from assess.workflow.plan.drawing import Ground, survey_ground


def explain_in_store(errand: Errand, action: str, hours: int | None) -> Outcome:
    """Explain an action for a team's latest assessment and what is kept of its plans."""
    assessment = find_assessment(errand)
    ground = survey_ground(errand, assessment)
    outcome = _explain(ground, action, ground.renew(Wishes(hours=hours)))
    return outcome.about(errand.store, assessment.key)


def explain_beside(
    library: Library, assessment: Assessment, action: str, hours: int | None, today: date
) -> Outcome:
    """Explain an action for answers that are not kept."""
    ground = Ground(load_plan_data(library, assessment), assessment, Past(), today)
    return _explain(ground, action, Wishes(hours=hours))


def _explain(ground: Ground, action: str, wishes: Wishes) -> Outcome:
    data, assessment, past = ground.data, ground.assessment, ground.past
    chosen = find_action(data.catalogue, action, "ACTION")

    def plan_with(*wants: str) -> Plan:
        return build_plan(ground.find_basis(replace(wishes, wants=(*wishes.wants, *wants))))

    plan = plan_with()
    size = find_team_size(assessment, past, data.rules.limits)
    situation = find_situation(assessment, past, plan.capacity.hours_per_week, size)
    bearing = find_bearing(data.rules, situation, chosen)
    explanation = explain_action(chosen, plan, bearing, plan_with)
    freed = sum_freed(past.recurring) if chosen.frees_hours else 0
    said = (describe_found(freed),) if freed else ()
    return Outcome(
        (make_explanation_page(explanation),), lambda: describe_explanation(explanation), said
    )
