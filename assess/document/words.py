"""What a profile says, in sentences for a manager. Plain text: templates escape it."""

from collections.abc import Iterable
from typing import Final

from assess.figures import count, in_words, percent
from assess.planning.candidates import YOUR_CHOICE
from assess.planning.plan import Capacity, LeftOut, Plan
from assess.questionnaire import STAGES, Questionnaire
from assess.scoring import EvidenceCheck, Margin, Profile, UnknownCheck, why_no_stage

ROLES: Final = {
    "manager": "the manager",
    "team": "the team",
    "specialist": "a specialist",
    "sponsor": "the sponsor",
}
"""How a task names who leads it."""

_PLACES: Final = ("the first of three stages", "the second of three stages", "the third stage")
_VIEWS: Final = {
    "manager": "as the manager sees it",
    "members": "as the members see it",
    "consensus": "as the team sees it together",
}
_HOURS_FROM: Final = {
    "asked": "",
    "answers": ", as the assessment says",
    "last": ", as in the last plan",
    "default": ", which is assumed because nobody said otherwise",
}


def describe_standing(team: str, profile: Profile) -> str:
    """Say in which stage the team is, and in whose view."""
    view = _VIEWS[profile.view]
    if profile.guard:
        return f"{team} has no stage: {why_no_stage(profile).what}"
    if profile.stage is None:
        return f"{team} has too few answers to be in a stage."
    if profile.complete:
        return f"{team} has finished all three stages, {view}."
    place = _PLACES[STAGES.index(profile.stage)]
    return f"{team} is in {profile.stage.capitalize()}, {place}, {view}."


def describe_stage_rule(profile: Profile) -> tuple[str, ...]:
    """Say when a stage is finished, in the two numbers of the questionnaire."""
    questionnaire = profile.questionnaire
    overall, each = percent(questionnaire.overall), percent(questionnaire.each)
    rule = (
        f"A stage is finished when {overall} of its work is in place "
        f"and no dimension has less than {each} of it."
    )
    if profile.stage is None:
        return (rule,)
    if profile.complete:
        return (rule, "The team has finished all three.")
    return (rule, "The team is in the first stage that it has not finished.")


def describe_certainty(profile: Profile) -> tuple[str, ...]:
    """Say how sure the result is: margin, evidence, unknowns, what does not apply."""
    if profile.scores is None:
        return ()
    lines = [] if profile.margin is None else list(_describe_margin(profile, profile.margin))
    if profile.evidence is not None:
        lines.append(_describe_evidence(profile.evidence, profile.stage))
    if profile.unknown is not None and profile.unknown.dont_know:
        lines.append(_describe_unknown(profile.unknown, profile.stage))
    if profile.not_applicable is not None:
        asked = count(len(profile.levels), "question")
        lines.append(f'"Does not apply" was the answer to {profile.not_applicable} of {asked}.')
    return tuple(lines)


def describe_capacity(capacity: Capacity) -> str:
    """Say how much the team can invest, and who said so."""
    if capacity.hours_per_week == 0:
        return "The team has no hours for this plan; only decisions that cost no time fit in."
    return (
        f"The whole team can invest {count(capacity.hours_per_week, 'hour')} a week"
        f"{_HOURS_FROM[capacity.source]}."
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


def is_own_choice(plan: Plan, left_out: LeftOut) -> bool:
    """Tell whether people asked for an action to be left out; else a rule did, or the room."""
    own = (c for c in plan.candidates if c.action.id == left_out.action.id)
    return left_out.reason == "avoided" and any(
        finding.rule == YOUR_CHOICE and left_out.action.id in finding.avoid
        for candidate in own
        for finding in candidate.findings
    )


def dimension_titles(questionnaire: Questionnaire, dimensions: Iterable[str]) -> str:
    """Name dimensions by their titles; these may hold an "and", so semicolons part them."""
    return "; ".join(questionnaire.titles[d] for d in dimensions)


def _describe_margin(profile: Profile, margin: Margin) -> Iterable[str]:
    stage = str(profile.stage).capitalize()
    if margin.down == 1:
        yield "This stage hangs on one answer: one level lower, and the team is a stage earlier."
    elif margin.down is not None:
        answers = f"any {margin.down - 1} answers are" if margin.down > 2 else "any one answer is"
        yield f"This stage stands even if {answers} one level too kind."
    else:
        yield "No stage comes before Momentum, so answers that are too kind do not change it."
    if margin.up is not None:
        questions = len(margin.path)
        if questions == margin.up:
            steps = "one answer" if questions == 1 else f"{in_words(questions)} answers, each"
            steps += " one level higher,"
        else:
            steps = f"{in_words(margin.up)} levels on {count(questions, 'question')}"
        yield f"It takes at least {steps} to finish {stage}."
    if margin.unscored:
        names = dimension_titles(profile.questionnaire, margin.unscored)
        yield f"{stage} cannot be finished before more is known about {names}."


def _describe_evidence(evidence: EvidenceCheck, stage: str | None) -> str:
    if not evidence.strong_claims:
        return "No answer claims level 2 or 3, so none needs evidence."
    backed = (
        f"Evidence backs {evidence.backed} of {count(evidence.strong_claims, 'claim')} "
        "of level 2 or 3."
    )
    if evidence.stage is None or evidence.stage == stage:
        return backed
    return (
        f"{backed} Counting the others one level lower, the team is in "
        f"{evidence.stage.capitalize()}."
    )


def _describe_unknown(unknown: UnknownCheck, stage: str | None) -> str:
    text = f"Nobody could answer {count(unknown.dont_know, 'question')}."
    if unknown.stage is None:
        return text
    if unknown.stage == stage:
        return f"{text} The stage holds even if each of them is at level 0."
    return f"{text} With each of them at level 0, the team is in {unknown.stage.capitalize()}."
