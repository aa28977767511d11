"""Reading a document that `export` wrote, and that anybody may have changed since.

All of it is checked, and every problem named, before any of it is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import Field, StrictInt

from assess.answers import (
    Answers,
    Assessment,
    Respondent,
    read_answer,
)
from assess.datafile import R, Record, read_record, refuse_unknown_keys
from assess.documents.kept import AssessmentFacts, KeptPlan, State
from assess.documents.record import Day
from assess.documents.values import JsonObject, answers_from
from assess.errors import AssessError, Problem, StoreError, nearest
from assess.identity import AssessmentKey, TeamName, team_name_problem
from assess.questionnaire import Questionnaire, read_questionnaire
from assess.store.records import Draft, Team

FORMAT: Final = "assess-export"
VERSION: Final = 1
_KEYS: Final = ("format", "version", "left_out", "teams", "questionnaires", "assessments", "drafts")


@dataclass(frozen=True, slots=True)
class Version:
    """An assessment as it is or was; members' answers are not in it."""

    assessment: Assessment
    state: State
    plan: KeptPlan | None


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a document holds: each assessment with its earlier versions, the oldest first."""

    teams: tuple[Team, ...]
    assessments: tuple[tuple[Version, tuple[Version, ...]], ...]
    drafts: tuple[Draft, ...]


class _Team(Record):
    name: str
    archived: bool = False


class _Assessment(AssessmentFacts):
    team: str
    date: Day
    replaced: Annotated[tuple[AssessmentFacts, ...], Field(strict=False)]


class _Draft(Record):
    team: str
    questionnaire: str
    date: Day
    respondent: Literal["manager", "consensus"]
    answers: dict[str, Any]
    hours_per_week: Annotated[StrictInt, Field(ge=0, le=10_000)] | None = None
    team_size: Annotated[StrictInt, Field(ge=1, le=500)] | None = None
    same_manager: bool = True


def read_document(given: object) -> Incoming:
    """Return what a document holds.

    Raises:
        StoreError: With every problem of the document, each naming its entry.
    """
    document = _known_format(given)
    problems: list[Problem] = []
    refuse_unknown_keys(document, _KEYS, "", problems)
    known = _questionnaires(document, problems)
    incoming = Incoming(
        teams=tuple(
            Team(TeamName(team.name), team.archived, 0)
            for where, team in _entries(_Team, document, "teams", problems)
            if _is_team_name(team.name, where, problems)
        ),
        assessments=tuple(
            versions
            for where, entry in _entries(_Assessment, document, "assessments", problems)
            if (versions := _versions(entry, where, known, problems))
        ),
        drafts=tuple(
            draft
            for where, entry in _entries(_Draft, document, "drafts", problems)
            if (draft := _draft(entry, where, known, problems))
        ),
    )
    if problems:
        raise StoreError(*problems)
    return incoming


def _known_format(document: object) -> Mapping[str, Any]:
    if not isinstance(document, Mapping) or document.get("format") != FORMAT:
        raise StoreError(
            Problem(
                "This is not what assess export writes.",
                "format",
                f'Use a file with "format": "{FORMAT}".',
            )
        )
    if document.get("version") != VERSION:
        raise StoreError(
            Problem(
                f"The file has version {document.get('version')!r} of the format; "
                f"this program reads {VERSION}.",
                "version",
                "Update assess on this machine.",
            )
        )
    return document


def _entries(
    model: type[R], document: Mapping[str, Any], key: str, problems: list[Problem]
) -> list[tuple[str, R]]:
    """Return the valid entries of a list with the names by which they are told apart."""
    entries = document.get(key)
    if not isinstance(entries, list):
        problems.append(Problem(f"There is no list of {key}.", key, "Export anew."))
        return []
    named = [(_name(key, entry, number), entry) for number, entry in enumerate(entries, start=1)]
    return [
        (where, record)
        for where, entry in named
        if (record := read_record(model, entry, where, problems)) is not None
    ]


def _name(key: str, entry: object, number: int) -> str:
    table = entry if isinstance(entry, Mapping) else {}
    parts = [str(table[part]) for part in ("name", "team", "date", "respondent") if part in table]
    return f"{key}[{', '.join(parts) or f'number {number}'}]"


def _questionnaires(
    document: Mapping[str, Any], problems: list[Problem]
) -> dict[str, Questionnaire]:
    tables = document.get("questionnaires")
    known = {}
    for name, table in tables.items() if isinstance(tables, Mapping) else ():
        try:
            known[name] = read_questionnaire(table if isinstance(table, Mapping) else {})
        except AssessError as error:
            problems.extend(error.located(f"questionnaires[{name[:12]}]").problems)
    return known


def _is_team_name(name: str, where: str, problems: list[Problem]) -> bool:
    if what := team_name_problem(name):
        problems.append(Problem(what, where, "Give the team a name that can be printed."))
    return not what


def _versions(
    entry: _Assessment,
    where: str,
    known: Mapping[str, Questionnaire],
    problems: list[Problem],
) -> tuple[Version, tuple[Version, ...]] | None:
    if not _is_team_name(entry.team, where, problems):
        return None
    now, *past = (
        _version(facts, entry, where, known, problems) for facts in (entry, *entry.replaced)
    )
    return (now, tuple(v for v in past if v)) if now else None


def _version(
    facts: AssessmentFacts,
    entry: _Assessment,
    where: str,
    known: Mapping[str, Questionnaire],
    problems: list[Problem],
) -> Version | None:
    questionnaire = _questionnaire(facts.questionnaire, where, known, problems)
    if questionnaire is None:
        return None
    try:
        manager = _answers(facts.manager, questionnaire, entry, "manager")
        consensus = _answers(facts.consensus, questionnaire, entry, "consensus")
    except AssessError as error:
        problems.extend(error.located(where).problems)
        return None
    return Version(
        Assessment(
            questionnaire=questionnaire,
            team=TeamName(entry.team),
            date=entry.date,
            manager=manager,
            consensus=consensus,
            minimum=facts.minimum,
            same_manager=facts.same_manager,
            same_members=facts.same_members,
            closed=facts.state != "open",
        ),
        facts.state,
        facts.plan,
    )


def _answers(
    given: JsonObject | None, questionnaire: Questionnaire, entry: _Assessment, who: Respondent
) -> Answers | None:
    if given is None:
        return None
    key = AssessmentKey(TeamName(entry.team), questionnaire.id, entry.date)
    return answers_from(given, key, questionnaire, who)


def _questionnaire(
    name: str, where: str, known: Mapping[str, Questionnaire], problems: list[Problem]
) -> Questionnaire | None:
    if name not in known:
        problems.append(
            Problem(
                f"The questionnaire '{name[:12]}' is not among those of the file.",
                f"{where}.questionnaire",
                "Export anew.",
            )
        )
    return known.get(name)


def _draft(
    entry: _Draft, where: str, known: Mapping[str, Questionnaire], problems: list[Problem]
) -> Draft | None:
    questionnaire = _questionnaire(entry.questionnaire, where, known, problems)
    if questionnaire is None or not _is_team_name(entry.team, where, problems):
        return None
    found: list[Problem] = [
        Problem(f"Unknown question '{q}'.", f"answers.{q}", nearest(q, questionnaire.by_id))
        for q in entry.answers
        if q not in questionnaire.by_id
    ]
    given = {
        q: answer
        for q, value in entry.answers.items()
        if (answer := read_answer(value, q, found)) is not None
    }
    problems.extend(StoreError(*found).located(where).problems)
    return Draft(
        id="",
        team=TeamName(entry.team),
        questionnaire=questionnaire,
        date=entry.date,
        respondent=entry.respondent,
        by_question=given,
        hours_per_week=entry.hours_per_week,
        team_size=entry.team_size,
        same_manager=entry.same_manager,
    )
