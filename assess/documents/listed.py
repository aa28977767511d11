"""The JSON documents of what lists: teams and what is due, assessments, questionnaires."""

from collections.abc import Iterable
from typing import Any

from assess.answers import KeptAssessment
from assess.catalogue.action import Action
from assess.catalogue.work import Work
from assess.documents.encoding import as_json
from assess.documents.score import NO_SHARES, tell_stages
from assess.figures import json_hours
from assess.questionnaire import Questionnaire
from assess.scoring.profile import Profile


def describe_home(
    standing: Any, profile: Profile | None, due: Iterable[tuple[str, str, str]]
) -> dict[str, Any]:
    """Return a team as `assess` alone tells of it; what is due is a task, a text, a command."""
    true, of = standing.promised
    return {
        **as_json(standing, "team questionnaire assessed"),
        "stage": profile.stage if profile else None,
        "complete": profile is not None and profile.complete,
        "promised": {"true": true, "of": of},
        "due": [dict(zip(("task", "text", "command"), one, strict=True)) for one in due],
    }


def describe_team(row: object) -> dict[str, Any]:
    return {**as_json(row, "name archived assessments last stage")}


def describe_kept(kept: KeptAssessment) -> dict[str, Any]:
    """Return what is kept of an assessment, without the answers themselves."""
    head = "team questionnaire version subject closed date state minimum manager consensus"
    return {**as_json(kept, f"{head} members invited plan checkins replaced")}


def describe_scored(kept: KeptAssessment, profile: Profile | None) -> dict[str, Any]:
    """Return the same with its result, where one may be shown."""
    return {
        **describe_kept(kept),
        "view": profile.view if profile else None,
        "stage": profile.stage if profile else None,
        "complete": profile is not None and profile.complete,
        "scores": (tell_stages(profile.scores) if profile else None) or NO_SHARES,
        "index": as_json(profile.index) if profile else None,
    }


def describe_head(questionnaire: Questionnaire) -> dict[str, Any]:
    return {**as_json(questionnaire, "id version title"), "questions": len(questionnaire.questions)}


def describe_action(
    action: Action, work: Work, questionnaire: str, team_size: int
) -> dict[str, Any]:
    """Return all that the catalogue says of an action, with what it takes a team of that size."""
    return {
        "questionnaire": questionnaire,
        **action.model_dump(mode="json", by_alias=True, exclude_none=True),
        "kind": action.kind,
        "hours": json_hours(work.effort),
        "weeks": work.duration,
        "team_size": team_size,
    }


def describe_questionnaire(questionnaire: Questionnaire) -> dict[str, Any]:
    return {
        **as_json(questionnaire, "id version title"),
        "about": as_json(questionnaire.about, "id ask choices"),
        "dimensions": as_json(questionnaire.dimensions, "id title"),
        "questions": as_json(questionnaire.questions, "id dimension ask levels members applies"),
    }
