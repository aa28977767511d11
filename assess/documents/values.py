"""Values of the core as JSON, and back.

One form serves the store's rows and the export. Texts are canonical: equal values give
equal texts. Reading checks everything again, since a file can be damaged or written by hand.
"""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

from assess.answers import Answer, Answers, Assessment, Respondent
from assess.answers_file import read_answer, read_answers
from assess.documents.encoding import to_json
from assess.errors import AnswersError, DataFileError, Problem
from assess.identity import AssessmentKey
from assess.questionnaire import Questionnaire, read_about, read_questionnaire

JsonObject = dict[str, Any]


def questionnaire_text(questionnaire: Questionnaire) -> str:
    """Return the questionnaire as the table of a data file, with the start profile it is for."""
    unsaid = {"members_only"} if questionnaire.said else {"members_only", "said"}
    table = questionnaire.model_dump(mode="json", by_alias=True, exclude_none=True, exclude=unsaid)
    table["stage_rule"] = {key: float(value) for key, value in questionnaire.stage_rule}
    for entry in table["about"]:
        # The order of choices has a meaning, and the canonical text has the order of letters.
        entry["choices"] = list(entry["choices"].items())
    table["dimension"] = table.pop("dimensions")
    table["question"] = table.pop("all_questions")
    return to_json(table)


def content_hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@lru_cache(maxsize=32)
def questionnaire_from(text: str) -> Questionnaire:
    return questionnaire_from_table(json.loads(text))


def questionnaire_from_table(table: Mapping[str, Any]) -> Questionnaire:
    """Return a questionnaire as it was put to a team.

    Raises:
        DataFileError: With everything that is wrong with it.
    """
    problems: list[Problem] = []
    whole = read_questionnaire({key: value for key, value in table.items() if key != "said"})
    said = read_about(table.get("said", {}), whole, "said", problems)
    if problems:
        raise DataFileError(*problems)
    return whole.fitted(said)


def answers_document(answers: Answers) -> JsonObject:
    """Return what one respondent said; whom and what it belongs to is known elsewhere."""
    return {
        "version": answers.version,
        "answers": {q: answer.told for q, answer in answers.by_question.items()},
        "hours_per_week": answers.hours_per_week,
        "team_size": answers.team_size,
        "off": list(answers.off),
    }


def checked_document(answers: Answers, questionnaire: Questionnaire) -> JsonObject:
    """Return what one respondent said, once it is sure that it can be read back.

    Raises:
        AnswersError: With everything that is wrong with the answers.
    """
    return answers_document(
        answers_from(answers_document(answers), answers.key, questionnaire, answers.respondent)
    )


def answers_from(
    document: Mapping[str, Any],
    key: AssessmentKey,
    questionnaire: Questionnaire,
    respondent: Respondent,
) -> Answers:
    """Return the answers that a document holds.

    Raises:
        AnswersError: With everything that is wrong with them.
    """
    return read_answers(
        {
            **document,
            "questionnaire": questionnaire.id,
            "team": key.team,
            "date": key.day,
            "respondent": respondent,
        },
        questionnaire,
    )


def assessment_from(
    key: AssessmentKey,
    questionnaire: Questionnaire,
    facts: Mapping[str, Any],
    members: Iterable[Mapping[str, Any]] = (),
) -> Assessment:
    """Return an assessment of which the facts are those that are kept and exported.

    Raises:
        AnswersError: With everything that is wrong with one of them.
    """

    def read(who: Respondent) -> Answers | None:
        given = facts.get(who)
        return None if given is None else answers_from(given, key, questionnaire, who)

    return Assessment(
        questionnaire=questionnaire,
        team=key.team,
        date=key.day,
        manager=read("manager"),
        consensus=read("consensus"),
        members=tuple(answers_from(one, key, questionnaire, "member") for one in members),
        minimum=facts["minimum"],
        same_manager=facts["same_manager"],
        same_members=facts["same_members"],
        closed=facts["state"] != "open",
    )


def given_from(values: Mapping[str, Any], questionnaire: Questionnaire) -> dict[str, Answer]:
    """Return the answers so far, in the order of the questionnaire; what is not asked is dropped.

    Raises:
        AnswersError: With everything that is wrong with them.
    """
    problems: list[Problem] = []
    there = (q for q in questionnaire.by_id if q in values)
    read = ((q, read_answer(values[q], q, problems)) for q in there)
    given = {q: answer for q, answer in read if answer is not None}
    if problems:
        raise AnswersError(*problems)
    return given
