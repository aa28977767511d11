"""Everything that is kept, read entry by entry: to export it, and to see what is whole.

What cannot be read is left out and remembered as a problem, so that one damaged entry does
not take the others with it.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from assess.answers import Respondent
from assess.documents.exported import (
    FORMAT,
    NO_PLANS,
    TEAM_FACTS,
    VERSION,
    WITH_PLANS,
    WITHOUT_MEMBERS,
    WITHOUT_PLANS,
    AssessmentEntry,
    BackedUpEntry,
    OpeningDocument,
    TeamEntry,
)
from assess.documents.kept import AssessmentFacts
from assess.documents.parts import Part, list_parts
from assess.documents.record import TeamFacts
from assess.documents.values import (
    JsonObject,
    answers_from,
    content_hash,
    questionnaire_from,
    questionnaire_text,
)
from assess.errors import Problem, StoreError
from assess.identity import name_problem
from assess.questionnaire import Questionnaire
from assess.store.assessments import PAST
from assess.store.database import Database
from assess.store.drafts import load_draft
from assess.store.members import load_members
from assess.store.plans import load_plan
from assess.store.rows import KeptRow, load_questionnaire, load_row

T = TypeVar("T")

_ASSESSMENTS: Final = """
    SELECT assessment.id FROM assessment JOIN team ON team.id = assessment.team
    ORDER BY key, questionnaire, date
"""
_FACTS: Final = "SELECT kind, document FROM team_facts WHERE team = ?"
_DRAFTS: Final = """
    SELECT draft.id FROM draft JOIN team ON team.id = draft.team
    ORDER BY key, questionnaire, date, respondent, draft.id
"""


class Inventory:
    """Reads all that is kept; `problems`, `whole` (counts) and plans' `files` fill meanwhile."""

    def __init__(self, db: Database, *, plans: bool = True, members: bool = False) -> None:
        self._db = db
        self._plans = plans
        self._members = members
        self.problems: list[Problem] = []
        self.whole: Counter[str] = Counter()
        self.files: set[str] = set()

    def parts(self) -> Iterator[Part]:
        """Return the parts of an export; what is damaged stands last, by its name."""
        left_out, holds = (
            (WITHOUT_MEMBERS, WITH_PLANS) if self._plans else (WITHOUT_PLANS, NO_PLANS)
        )
        head = {"format": FORMAT, "version": VERSION, "left_out": left_out, "holds": holds}
        for key, value in head.items():
            yield Part(key, value)
        yield from list_parts("teams", "list", (("", team) for team in self._teams()))
        yield from list_parts("questionnaires", "table", self._questionnaires())
        yield from list_parts("assessments", "list", (("", one) for one in self._assessments()))
        yield from list_parts("drafts", "list", (("", one) for one in self._drafts()))
        yield from list_parts("damaged", "list", (("", one.where) for one in self.problems))

    def read_all(self) -> None:
        for _ in self.parts():
            pass

    def _teams(self) -> Iterator[TeamEntry]:
        sql = "SELECT id, name, archived FROM team ORDER BY key"
        for number, name, archived in self._each("teams", sql):
            entry = f"teams, {name}"
            kept = self._each(entry, _FACTS, number)
            read = {kind: self._read(f"{entry}, {kind}", _read_kept, kind, t) for kind, t in kept}
            facts = {kind: document for kind, document in read.items() if document is not None}
            said = facts if self._plans else {}
            yield from self._whole("team", entry, _read_team, name, archived, said)

    def _questionnaires(self) -> Iterator[tuple[str, JsonObject]]:
        sql = "SELECT hash, document FROM questionnaire ORDER BY hash"
        for digest, text in self._each("questionnaires", sql):
            entry = f"questionnaires, {str(digest)[:12]}"
            for table in self._whole("questionnaire", entry, _read_questionnaire, digest, text):
                yield digest, table

    def _assessments(self) -> Iterator[AssessmentEntry]:
        for (number,) in self._each("assessments", _ASSESSMENTS):
            row = self._read("assessments", load_row, self._db, number)
            if row is not None:
                yield from self._whole("assessment", row.entry, self._read_assessment, row)

    def _drafts(self) -> Iterator[JsonObject]:
        for (number,) in self._each("drafts", _DRAFTS):
            yield from self._whole("draft", f"drafts, {number}", _read_draft, self._db, number)

    def _read_assessment(self, row: KeptRow) -> AssessmentEntry:
        """Return what can be read of an assessment; without its questionnaire it is nothing."""
        questionnaire = load_questionnaire(self._db, row.hash)
        plan = self._read(f"{row.entry}, plan", load_plan, self._db, row)
        entry = {
            "team": row.key.team,
            "date": row.key.day,
            **row.facts,
            "manager": self._read_answers(row, questionnaire, "manager"),
            "consensus": self._read_answers(row, questionnaire, "consensus"),
            "plan": plan if self._plans else None,
            "replaced": [*self._read_past(row)],
        }
        members = [*self._read_members(row, questionnaire)]
        if plan is not None:
            self.whole["plan"] += 1
            self.files.add(plan.written.path)
            self.whole["check-in"] += len(plan.checkins)
        if self._members:
            opening = _find_opening(self._db, row)
            backed_up = {**entry, "members": members, "opening": opening}
            return BackedUpEntry.model_validate(backed_up)
        return AssessmentEntry.model_validate(entry)

    def _read_answers(
        self, row: KeptRow, questionnaire: Questionnaire, who: Respondent
    ) -> JsonObject | None:
        if (given := row.texts.get(who)) is None:
            return None
        entry = f"{row.entry}, answers of the {who}"
        return self._read(entry, _check_answers, given, questionnaire, row, who)

    def _read_past(self, row: KeptRow) -> Iterator[AssessmentFacts]:
        earlier = self._each(f"{row.entry}, earlier", PAST, row.id)
        for number, (text,) in enumerate(earlier, 1):
            entry = f"{row.entry}, earlier version {number}"
            for facts in self._whole("earlier version", entry, _read_facts, self._db, row, text):
                yield facts if self._plans else facts.model_copy(update={"plan": None})

    def _read_members(self, row: KeptRow, questionnaire: Questionnaire) -> Iterator[str]:
        entry = f"{row.entry}, answers of a member"
        for text in self._read(entry, load_members, self._db, row) or ():
            for _ in self._whole(
                "member's answer", entry, _check_answers, text, questionnaire, row, "member"
            ):
                yield text

    def _each(self, kind: str, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Return rows up to the first that the file does not give out."""
        try:
            yield from self._db.each(sql, *values)
        except StoreError as error:
            where = f"{self._db.path}, {kind}"
            self.problems.extend(replace(problem, where=where) for problem in error.problems)

    def _whole(self, kind: str, entry: str, read: Callable[..., T], *values: object) -> Iterator[T]:
        """Count and return what is read, if it can be."""
        found = self._read(entry, read, *values)
        if found is not None:
            self.whole[kind] += 1
            yield found

    def _read(self, entry: str, read: Callable[..., T], *values: object) -> T | None:
        try:
            with self._db.undamaged(entry):
                return read(*values)
        except StoreError as error:
            # What lies in a questionnaire, or in the file itself, is told of what needs it.
            path = str(self._db.path)
            self.problems.extend(
                replace(p, where=f"{path}, {entry}")
                if p.where == path or p.where.startswith(f"{path}, questionnaire")
                else p
                for p in error.problems
            )
        return None


def _read_kept(kind: str, text: str) -> TeamFacts:
    return TEAM_FACTS[kind].model_validate_json(text)


def _read_team(name: str, archived: int, facts: Mapping[str, TeamFacts]) -> TeamEntry:
    if what := name_problem(name):
        raise ValueError(what)
    return TeamEntry.model_validate({"name": name, "archived": bool(archived), **facts})


def _read_questionnaire(digest: str, text: str) -> JsonObject:
    if content_hash(text) != digest:
        raise ValueError("The questionnaire is not the one that was kept.")
    questionnaire_from(text)
    return dict(json.loads(text))


def _read_draft(db: Database, number: str) -> JsonObject:
    draft = load_draft(db, number)
    return {
        "team": draft.team,
        "questionnaire": content_hash(questionnaire_text(draft.questionnaire)),
        "date": draft.date.isoformat(),
        "respondent": draft.respondent,
        "answers": {q: answer.told for q, answer in draft.by_question.items()},
        "hours_per_week": draft.hours_per_week,
        "team_size": draft.team_size,
        "same_manager": draft.same_manager,
    }


def _find_opening(db: Database, row: KeptRow) -> OpeningDocument | None:
    """Return by what members are let in, for a copy that goes on where this one is."""
    if row.state != "open":
        return None
    codes = db.rows("SELECT hash, used FROM invitation WHERE assessment = ?", row.id)
    taken = db.rows("SELECT hash FROM taken WHERE assessment = ?", row.id)
    keys = db.rows("SELECT respondent, private FROM seal WHERE assessment = ?", row.id)
    return OpeningDocument(
        salt=row.salt.hex(),
        unused=tuple(digest for digest, used in codes if not used),
        used=tuple(digest for digest, used in codes if used),
        taken=tuple(digest for (digest,) in taken),
        keys={respondent: private.hex() for respondent, private in keys},
    )


def _check_answers(
    given: JsonObject | str | bytes, questionnaire: Questionnaire, row: KeptRow, who: Respondent
) -> JsonObject:
    document = given if isinstance(given, dict) else json.loads(given)
    answers_from(document, row.key, questionnaire, who)
    return dict(document)


def _read_facts(db: Database, row: KeptRow, text: str) -> AssessmentFacts:
    facts = AssessmentFacts.model_validate_json(text)
    questionnaire = load_questionnaire(db, facts.questionnaire)
    if facts.manager is not None:
        _check_answers(facts.manager, questionnaire, row, "manager")
    if facts.consensus is not None:
        _check_answers(facts.consensus, questionnaire, row, "consensus")
    return facts
