"""Answers on their way: each is committed as it is given, and can be taken up again.

Manager and consensus have one draft for each assessment. What a member began lies under the
seal of a code (`members`).
"""

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final, get_args

from assess.answers import Answer, Answers, Assessment, Respondent
from assess.answers_file import read_answer
from assess.documents.encoding import to_json
from assess.documents.values import given_from
from assess.errors import AnswersError, Problem, StoreError
from assess.identity import AssessmentKey, TeamName
from assess.questionnaire import Questionnaire
from assess.store.assessments import keep_assessment
from assess.store.database import Database
from assess.store.records import Draft, Intake
from assess.store.rows import NeverWrittenError, keep_questionnaire, load_questionnaire
from assess.store.teams import ensure_team, find_team, forget_empty_team

_COLUMNS: Final = """
    SELECT draft.id, team.name, hash, date, respondent, document
    FROM draft JOIN team ON team.id = draft.team
"""


def start_draft(
    db: Database,
    questionnaire: Questionnaire,
    team: TeamName,
    day: date,
    respondent: Respondent = "manager",
    *,
    answers: Mapping[str, Answer] | None = None,
) -> Draft:
    """Return the draft to go on with: the one that was begun, else a new one.

    Args:
        answers: What a new draft begins with.
    """
    if begun := find_draft(db, AssessmentKey(team, questionnaire.id, day), respondent):
        return begun
    number = os.urandom(8).hex()
    of = (ensure_team(db, team), questionnaire.id, day.isoformat(), respondent)
    new = to_json({"answers": {}})
    asked = keep_questionnaire(db, questionnaire)
    db.insert("draft", number, *of, asked, new)
    put_answers(db, number, answers or {})
    return load_draft(db, number)


def find_draft(db: Database, key: AssessmentKey, respondent: Respondent) -> Draft | None:
    of = (find_team(db, key.team), key.questionnaire, key.day.isoformat(), respondent)
    where = "WHERE (team, questionnaire, date, respondent) = (?, ?, ?, ?)"
    row = db.row(f"{_COLUMNS} {where}", *of)
    return _draft(db, *row) if row else None


def load_draft(db: Database, draft: str) -> Draft:
    row = db.row(f"{_COLUMNS} WHERE draft.id = ?", draft)
    if row is None:
        raise _no_draft(db, draft)
    return _draft(db, *row)


def list_drafts(db: Database) -> tuple[Draft, ...]:
    """Return every draft, by team, questionnaire, date and respondent."""
    rows = db.rows(f"{_COLUMNS} ORDER BY key, questionnaire, date, respondent, draft.id")
    return tuple(_draft(db, *row) for row in rows)


def put_answers(db: Database, draft: str, answers: Mapping[str, Answer]) -> None:
    """Take in answers, on the disk when this returns; one given before is overwritten."""
    _require_draft(db, draft)
    problems: list[Problem] = []
    for question, answer in answers.items():
        value = answer.told
        read_answer(value, question, problems)
        _set(db, draft, f'answers."{question}"', value)
    if problems:
        raise AnswersError(*problems)


def put_answer(db: Database, draft: str, question: str, answer: Answer) -> None:
    put_answers(db, draft, {question: answer})


def put_details(
    db: Database,
    draft: str,
    *,
    hours_per_week: int | None = None,
    team_size: int | None = None,
    same_manager: bool | None = None,
) -> None:
    """Keep what is said about the team beside the questions; None leaves it as it is."""
    _require_draft(db, draft)
    said = {"hours_per_week": hours_per_week, "team_size": team_size, "same_manager": same_manager}
    for key, value in said.items():
        if value is not None:
            _set(db, draft, key, value)


def fit_draft(db: Database, draft: str, said: Mapping[str, str]) -> None:
    """Put the questions that go with a start profile in place of those of before."""
    questionnaire = load_draft(db, draft).questionnaire.fitted(said)
    digest = keep_questionnaire(db, questionnaire)
    db.run("UPDATE draft SET hash = ? WHERE id = ?", digest, draft)


def finish_draft(db: Database, draft: str, *, replace: bool = False) -> Intake:
    """Make a draft the answers of its assessment, and drop it.

    As in `keep_assessment`, other answers in the same place need `replace`.

    Raises:
        AnswersError: Questions are open; the draft stays.
    """
    done = load_draft(db, draft)
    given = as_assessment(done.questionnaire, done.answers, same_manager=done.same_manager)
    outcome = keep_assessment(db, given, replace=replace)
    db.delete("draft", id=draft)
    return outcome


def discard_draft(db: Database, draft: str) -> None:
    """Delete a draft for good, and a team that came with nothing else."""
    team = _require_draft(db, draft)
    db.delete("draft", id=draft)
    forget_empty_team(db, team)
    db.owe_scrub()


def as_assessment(
    questionnaire: Questionnaire, answers: Answers, *, same_manager: bool = True
) -> Assessment:
    assessment = Assessment(questionnaire, answers.team, answers.date, same_manager=same_manager)
    if answers.respondent == "consensus":
        return replace(assessment, consensus=answers)
    return replace(assessment, manager=answers)


def _draft(db: Database, *found: Any) -> Draft:
    number, team, digest, day, respondent, document = found
    questionnaire = load_questionnaire(db, digest)
    with db.undamaged(f"{team}, draft of {day}"):
        kept = json.loads(document)
        given = given_from(kept["answers"], questionnaire)
        numbers = (kept.get("hours_per_week"), kept.get("team_size"))
        if respondent not in get_args(Respondent) or respondent == "member":
            raise NeverWrittenError
        if not all(n is None or isinstance(n, int) for n in numbers):
            raise NeverWrittenError
        named = (number, TeamName(team), questionnaire, date.fromisoformat(day), respondent)
        return Draft(*named, given, *numbers, bool(kept.get("same_manager", True)))


def _set(db: Database, draft: str, place: str, value: object) -> None:
    """Keep a value at a place of a draft's document, whatever else is written into it."""
    change = "UPDATE draft SET document = json_set(document, ?, json(?)) WHERE id = ?"
    db.run(change, f"$.{place}", to_json(value), draft)


def _require_draft(db: Database, draft: str) -> int:
    row = db.row("SELECT team FROM draft WHERE id = ?", draft)
    if row is None:
        raise _no_draft(db, draft)
    return int(row[0])


def _no_draft(db: Database, draft: str) -> StoreError:
    what = "This draft is gone: it was finished, discarded or closed elsewhere."
    return db.problem(what, f"draft {draft}", "Look at what is kept with: assess history")
