"""Assessments: one for each team, questionnaire and date.

Every function works inside a transaction of its caller. The questionnaire of an assessment
is fixed once it was opened to members, or has answers of somebody else.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from assess.answers import Answers, Assessment, AssessmentState, Respondent
from assess.documents.values import JsonObject, answers_from, checked_document, to_json
from assess.identity import AssessmentKey, TeamName
from assess.questionnaire import Questionnaire, SubjectKind
from assess.store.database import Database
from assess.store.members import load_members, put_members, read_members, refuse_low_minimum
from assess.store.records import Intake, KeptAssessment
from assess.store.rows import (
    KeptRow,
    each_answered,
    find_assessment,
    find_assessments,
    insert_assessment,
    keep_questionnaire,
    load_documents,
    load_questionnaire,
    put_documents,
    refuse_misfit,
)
from assess.store.teams import find_team, forget_empty_team, require_team

if TYPE_CHECKING:
    from assess.documents.kept import AssessmentFacts

_SUMMARY: Final = """
    SELECT team.name, a.questionnaire, q.version, q.subject, a.date,
        a.state, a.minimum, a.invited, a.closed,
        EXISTS (SELECT 1 FROM answers x WHERE x.assessment = a.id AND x.respondent = 'manager'),
        EXISTS (SELECT 1 FROM answers x WHERE x.assessment = a.id AND x.respondent = 'consensus'),
        (SELECT count(*) FROM member x WHERE x.assessment = a.id),
        EXISTS (SELECT 1 FROM plan x WHERE x.assessment = a.id),
        (SELECT count(*) FROM checkin x WHERE x.assessment = a.id),
        (SELECT count(*) FROM replaced x WHERE x.assessment = a.id)
    FROM assessment a JOIN team ON team.id = a.team JOIN questionnaire q ON q.hash = a.hash
"""

PAST: Final = "SELECT document FROM replaced WHERE assessment = ? ORDER BY id"
"""The earlier versions of an assessment, the oldest first."""


def keep_assessment(db: Database, given: Assessment, *, replace: bool = False) -> Intake:
    """Keep the answers of an assessment; those that are not given stay as they are.

    The same answers again change nothing. Others are refused unless `replace`; then what was
    there is kept as an earlier version. Members' answers are taken in here only with the
    assessment itself.

    Raises:
        AnswersError: The answers do not fit the questionnaire.
    """
    documents: dict[str, JsonObject] = {
        a.respondent: checked_document(a, given.questionnaire)
        for a in (given.manager, given.consensus)
        if a is not None
    }
    members = sorted(to_json(checked_document(m, given.questionnaire)) for m in given.members)
    refuse_low_minimum(db, given.minimum)
    row = find_assessment(db, given.key)
    if row is None:
        row = insert_assessment(db, given, _state(given))
        put_documents(db, row, documents)
        put_members(db, row, members)
        return "new"
    if members and members != load_members(db, row):
        raise db.problem(
            "The answers of members are collected one by one.",
            row.entry,
            "Use assess collect, then assess close.",
        )
    return _put_answers(db, row, given, documents, replace=replace)


def load_assessment(db: Database, row: KeptRow) -> Assessment:
    """Return an assessment with its answers; those of members only once it is closed."""
    return _load(db, row, load_questionnaire(db, row.hash), load_documents(db, row))


def show_assessment(db: Database, key: AssessmentKey) -> Assessment | None:
    """Return an assessment or None; it has members' answers only once it is closed."""
    row = find_assessment(db, key)
    return None if row is None else load_assessment(db, row)


def load_assessments(db: Database, team: TeamName, questionnaire: str) -> tuple[Assessment, ...]:
    """Return all of a team's assessments, the oldest first; none of a team unknown here."""
    rows = find_assessments(db, team, questionnaire)
    return tuple(load_assessment(db, row) for row in rows)


def list_used(db: Database) -> tuple[str, ...]:
    """Return the questionnaires of teams that are not put aside, the one of most teams first.

    Those about managers come last.
    """
    rows = db.rows(
        """
        SELECT questionnaire FROM assessment JOIN team ON team.id = assessment.team
        JOIN questionnaire AS asked USING (hash)
        WHERE NOT archived GROUP BY questionnaire
        ORDER BY min(subject) = 'manager', count(DISTINCT team) DESC, questionnaire
        """
    )
    return tuple(name for (name,) in rows)


def each_assessment(
    db: Database, questionnaire: str | None = None, *, archived: bool = False
) -> Iterator[Assessment]:
    """Return the assessments of all teams, by team, questionnaire and date.

    Without `archived` teams that are put aside are left out.
    """
    known: dict[str, Questionnaire] = {}
    for row, documents in each_answered(db, questionnaire, archived=archived):
        if row.hash not in known:
            known[row.hash] = load_questionnaire(db, row.hash)
        yield _load(db, row, known[row.hash], documents)


def _load(
    db: Database, row: KeptRow, questionnaire: Questionnaire, documents: Mapping[str, JsonObject]
) -> Assessment:
    return Assessment(
        questionnaire=questionnaire,
        team=row.key.team,
        date=row.key.day,
        manager=_read(db, row, documents.get("manager"), questionnaire, "manager"),
        consensus=_read(db, row, documents.get("consensus"), questionnaire, "consensus"),
        members=read_members(db, row, questionnaire) if row.state == "closed" else (),
        minimum=row.minimum,
        same_manager=row.same_manager,
        same_members=row.same_members,
        closed=row.state != "open",
    )


def load_replaced(db: Database, key: AssessmentKey) -> tuple[Assessment, ...]:
    """Return the earlier versions of an assessment, the oldest first, without members."""
    row = find_assessment(db, key)
    return tuple(_replaced(db, row, facts) for facts in past_of(db, row)) if row else ()


def list_history(db: Database, team: TeamName | None = None) -> tuple[KeptAssessment, ...]:
    """Return what is kept, of one team or of all, by team, questionnaire and date."""
    of_team, values = ("", ()) if team is None else (" WHERE a.team = ?", (find_team(db, team),))
    rows = db.rows(f"{_SUMMARY}{of_team} ORDER BY team.key, a.questionnaire, a.date", *values)
    return tuple(_kept(db, *row) for row in rows)


def delete_assessment(db: Database, row: KeptRow) -> KeptAssessment:
    """Delete an assessment for good, and say what went.

    Its plan, check-ins, earlier versions and drafts go with it, and a team that was never added
    by name with its last assessment. No trace stays in the file; backups are not touched.
    """
    gone = db.row(f"{_SUMMARY} WHERE a.id = ?", row.id) or ()
    db.run("DELETE FROM assessment WHERE id = ?", row.id)
    db.run("DELETE FROM draft WHERE team = ? AND questionnaire = ? AND date = ?", *row.columns)
    forget_empty_team(db, row.team_id)
    db.owe_scrub()
    return _kept(db, *gone)


def move_assessment(db: Database, row: KeptRow, team: TeamName) -> None:
    """Give an assessment, with its plan, check-ins, versions and drafts, to another team."""
    if row.state == "open":
        raise db.problem(
            "This assessment is open: its members answer it under the name of its team.",
            row.entry,
            "Close it first: assess close",
        )
    target = require_team(db, team)
    _, questionnaire, day = row.columns
    there = (target, questionnaire, day)
    moved_to = AssessmentKey(team, questionnaire, row.key.day)
    begun = db.row("SELECT 1 FROM draft WHERE (team, questionnaire, date) = (?, ?, ?)", *there)
    if begun or find_assessment(db, moved_to):
        raise db.problem(
            f"{team} has an assessment of {day} with '{questionnaire}', or began one.",
            row.entry,
            "Delete one of the two first: assess delete, or finish what was begun: assess run",
        )
    db.run("UPDATE assessment SET team = ? WHERE id = ?", target, row.id)
    db.run(
        "UPDATE draft SET team = ? WHERE (team, questionnaire, date) = (?, ?, ?)",
        target,
        *row.columns,
    )
    forget_empty_team(db, row.team_id)


def keep_version(db: Database, row: KeptRow) -> None:
    """Keep an assessment as it is now, before something takes its place."""
    from assess.store.facts import facts_of

    put_past(db, row, facts_of(db, row))


def put_past(db: Database, row: KeptRow, facts: "AssessmentFacts") -> None:
    text = to_json(facts.as_json())
    db.run("INSERT INTO replaced (assessment, document) VALUES (?, ?)", row.id, text)


def past_of(db: Database, row: KeptRow) -> "tuple[AssessmentFacts, ...]":
    """Return the earlier versions, the oldest first."""
    from assess.documents.kept import AssessmentFacts

    rows = db.rows(PAST, row.id)
    with db.undamaged(f"{row.entry}, earlier versions"):
        return tuple(AssessmentFacts.model_validate_json(text) for (text,) in rows)


def _state(given: Assessment) -> AssessmentState:
    if not given.closed:
        return "open"
    return "closed" if given.members else "alone"


def _put_answers(
    db: Database,
    row: KeptRow,
    given: Assessment,
    documents: Mapping[str, JsonObject],
    *,
    replace: bool,
) -> Intake:
    kept = load_documents(db, row)
    changed = {r: document for r, document in documents.items() if kept.get(r) != document}
    if given.manager and kept.get("manager") and row.same_manager != given.same_manager:
        changed["manager"] = documents["manager"]
    if not changed:
        return "same"
    if row.state == "closed":
        _refuse_frozen(db, row, changed, kept)
    overwritten = [r for r in changed if r in kept]
    if overwritten and not replace:
        raise db.problem(
            f"Other answers of the {' and the '.join(overwritten)} are kept for this date.",
            row.entry,
            "Use --replace to put these in their place; what was there stays in the history.",
        )
    if overwritten:
        keep_version(db, row)
    if row.state == "alone" and kept.keys() <= documents.keys():
        digest = keep_questionnaire(db, given.questionnaire)
        db.run("UPDATE assessment SET hash = ? WHERE id = ?", digest, row.id)
    else:
        refuse_misfit(db, row, given.questionnaire)
    if given.manager:
        db.run("UPDATE assessment SET same_manager = ? WHERE id = ?", given.same_manager, row.id)
    put_documents(db, row, changed)
    return "replaced" if overwritten else "new"


def _refuse_frozen(
    db: Database, row: KeptRow, changed: Mapping[str, object], kept: Mapping[str, object]
) -> None:
    """Refuse what would change beside the members' results, which were told once.

    One shared answer may still be added.
    """
    if "manager" in changed:
        raise db.problem(
            "The manager's answers of this date are fixed since the members' part was closed.",
            row.entry,
            "Answer once together instead (assess open --as consensus), or assess at another date.",
        )
    if "consensus" in changed and "consensus" in kept:
        raise db.problem(
            "The team has given its joint answer for this date, and it is fixed.",
            row.entry,
            "Answer again at another date.",
        )


def _read(
    db: Database,
    row: KeptRow,
    document: JsonObject | None,
    questionnaire: Questionnaire,
    respondent: Respondent,
) -> Answers | None:
    if document is None:
        return None
    with db.undamaged(row.entry):
        return answers_from(document, row.key, questionnaire, respondent)


def _replaced(db: Database, row: KeptRow, facts: "AssessmentFacts") -> Assessment:
    questionnaire = load_questionnaire(db, facts.questionnaire)
    return Assessment(
        questionnaire=questionnaire,
        team=row.key.team,
        date=row.key.day,
        manager=_read(db, row, facts.manager, questionnaire, "manager"),
        consensus=_read(db, row, facts.consensus, questionnaire, "consensus"),
        minimum=facts.minimum,
        same_manager=facts.same_manager,
        same_members=facts.same_members,
        closed=facts.state != "open",
    )


def _kept(
    db: Database,
    team: str,
    questionnaire: str,
    version: int,
    subject: SubjectKind,
    day: str,
    state: AssessmentState,
    minimum: int,
    invited: int,
    closed: str | None,
    *counts: int,
) -> KeptAssessment:
    manager, consensus, members, plan, checkins, replaced = counts
    with db.undamaged(f"{team}, {questionnaire}, {day}"):
        name, on = TeamName(team), date.fromisoformat(day)
        ended = date.fromisoformat(closed) if closed else None
    return KeptAssessment(
        team=name,
        questionnaire=questionnaire,
        version=version,
        subject=subject,
        date=on,
        state=state,
        minimum=minimum,
        manager=bool(manager),
        consensus=bool(consensus),
        members=members,
        invited=invited,
        closed=ended,
        plan=bool(plan),
        checkins=checkins,
        replaced=replaced,
    )
