"""In which stage a team is and how sure that is, in sentences that several pages share."""

from collections.abc import Mapping
from typing import Final

from assess.figures import count, percent
from assess.questionnaire import STAGES
from assess.scoring import DimensionScore, Profile, View

STAGE_NAMES: Final = {stage: stage.capitalize() for stage in STAGES}
_VIEWS: Final[Mapping[View, str]] = {
    "manager": "as the manager sees it",
    "members": "as the members see it",
    "consensus": "as the team sees it together",
}
_STAGE_WORK: Final[Mapping[str, str]] = {
    "momentum": "The first order is being made: goals, roles, ways of working together.",
    "maturity": "The foundation stands; now the work gets systems that last.",
    "mastery": "The systems stand; now the team tests, learns and shares what it learned.",
}


def name_stage(stage: str | None, *, complete: bool = False) -> str:
    """Name a stage where there is little room."""
    if complete:
        return "complete"
    return "–" if stage is None else STAGE_NAMES[stage]


def seen_by(view: View) -> str:
    """Say whose view it is."""
    return _VIEWS[view]


def describe_stage(profile: Profile) -> str:
    """Say what the work of the stage is, and how much of it is in place."""
    if profile.complete or profile.scores is None:
        return "What is left is to make it last."
    stage = profile.stage or STAGES[0]
    in_place = percent(profile.scores[STAGES.index(stage)])
    return f"{_STAGE_WORK[stage]} {in_place} of this is in place{_to_go(profile)}."


def _to_go(profile: Profile) -> str:
    """Say how many questions are left until the stage is finished, where that is known."""
    if profile.distance is None:
        return ""
    number = profile.stage_number
    end = f"to {STAGE_NAMES[STAGES[number]]}" if number < len(STAGES) else "to its end"
    return f"; {count(profile.distance, 'question')} to go {end}"


def why_not_scored(profile: Profile, dimension: DimensionScore) -> str:
    """Say why a dimension has no score, and what it takes to have one."""
    if dimension.status == "not-applicable":
        return "does not apply"
    if profile.view == "members":
        return "not scored: too few members answered"
    return f"not scored: {count(missing_answers(profile, dimension), 'more answer')} needed"


def missing_answers(profile: Profile, dimension: DimensionScore) -> int:
    """Return how many more answers score the dimension: half of what applies, and two."""
    applicable = sum(
        profile.levels[q.id] != "not-applicable"
        for q in profile.questionnaire.by_dimension[dimension.id]
    )
    return max((applicable + 1) // 2, min(2, applicable)) - (dimension.answered or 0)
