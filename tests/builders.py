"""Small worlds for tests, built in one line."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from assess.answers import Answers, Assessment, KeptAssessment
from assess.answers_file import read_answers
from assess.catalogue.action import Catalogue
from assess.catalogue.reading import read_catalogue
from assess.identity import TeamName
from assess.questionnaire import STAGES, Questionnaire, read_questionnaire
from assess.rules.model import Rules
from assess.rules.reading import read_rules

DAY = date(2026, 11, 22)
LYON = TeamName("Lyon")


def questionnaire_table(**questions: int) -> dict[str, Any]:
    """Describe a questionnaire: each keyword is a dimension and how many questions it has."""
    return {
        "id": "small",
        "version": 1,
        "title": "Small",
        "language": "en",
        "plan": "small",
        "stage_rule": {"overall": 0.8, "each": 0.5},
        "stage": {s: {"where": f"In {s}.", "work": f"The work of {s}."} for s in STAGES},
        "dimension": [
            {"id": d, "title": d.capitalize(), "about": f"What about {d}?"} for d in questions
        ],
        "question": [
            {
                "id": f"{dimension}-{number}",
                "dimension": dimension,
                "ask": f"How is {dimension} {number}?",
                "levels": [f"{dimension} {number} at level {level}." for level in range(4)],
            }
            for dimension, count in questions.items()
            for number in range(1, count + 1)
        ],
    }


def make_questionnaire(**questions: int) -> Questionnaire:
    """Return a questionnaire with questions `<dimension>-1`, `<dimension>-2`, ..."""
    return read_questionnaire(questionnaire_table(**questions or {"goals": 2, "roles": 2}))


def answers_table(
    questionnaire: Questionnaire,
    *given: object,
    answers: Mapping[str, object] | None = None,
    **head: object,
) -> dict[str, Any]:
    """Describe answers: one value for each question in order, or one for all of them."""
    ids = tuple(questionnaire.by_id)
    values = given * len(ids) if len(given) == 1 else given
    table = dict(zip(ids, values or (0,) * len(ids), strict=True))
    return {
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
        "team": "Lyon",
        "date": DAY,
        **head,
        "answers": {**table, **(answers or {})},
    }


def make_answers(
    questionnaire: Questionnaire,
    *given: object,
    answers: Mapping[str, object] | None = None,
    **head: object,
) -> Answers:
    """Return answers as `answers_table` describes them."""
    return read_answers(
        answers_table(questionnaire, *given, answers=answers, **head), questionnaire
    )


def make_assessment(
    questionnaire: Questionnaire,
    *manager: object,
    members: Iterable[Sequence[object]] = (),
    consensus: Sequence[object] = (),
    day: date = DAY,
    **more: Any,
) -> Assessment:
    """Return an assessment: the manager's answers, each member's and the shared one.

    Each is one value for each question in order, or one for all; none means no answers.
    """
    return Assessment(
        questionnaire=questionnaire,
        team=LYON,
        date=day,
        manager=make_answers(questionnaire, *manager, date=day) if manager else None,
        members=tuple(
            make_answers(questionnaire.of_members, *given, respondent="member", date=day)
            for given in members
        ),
        consensus=make_answers(questionnaire, *consensus, respondent="consensus", date=day)
        if consensus
        else None,
        **more,
    )


def make_kept(**facts: object) -> KeptAssessment:
    """Return what is kept of an assessment of the manager alone, but for these facts."""
    usual = {"subject": "team", "closed": None, "state": "alone", "minimum": 5}
    counts = dict.fromkeys(("invited", "members", "checkins", "replaced"), 0)
    there = {"manager": True, "consensus": False, "plan": False}
    named = {"team": TeamName("Lyon"), "questionnaire": "marketing-team", "version": 1, "date": DAY}
    whole: Any = {**usual, **counts, **there, **named, **facts}
    return KeptAssessment(**whole)


def action_table(name: str, lifts: Mapping[str, int] | None = None, **more: Any) -> dict[str, Any]:
    """Describe an action of one week and two hours, unless told otherwise."""
    return {
        "id": name,
        "title": f"Title of {name}",
        "objective": f"Objective of {name}.",
        "lifts": dict(lifts or {}),
        "role": "manager",
        "steps": [{"week": 1, "hours": 2, "do": f"First step of {name}."}],
        **more,
    }


def make_catalogue(questionnaire: Questionnaire, *actions: Mapping[str, Any]) -> Catalogue:
    """Return a catalogue of actions that `action_table` describes."""
    return read_catalogue({"action": list(actions)}, questionnaire)


def rule_table(name: str, when: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Describe a rule that notes something, unless told otherwise."""
    brings = {"must", "avoid", "boost", "risk", "note"} & more.keys()
    return {
        "id": name,
        "when": dict(when or {}),
        "because": f"Because of {name}.",
        **({} if brings else {"note": f"Note of {name}."}),
        **more,
    }


def make_rules(
    questionnaire: Questionnaire, catalogue: Catalogue, *rules: Mapping[str, Any], **more: Any
) -> Rules:
    """Return rules that `rule_table` describes; more tables of the file by keyword."""
    return read_rules({"rule": list(rules), **more}, questionnaire, catalogue)
