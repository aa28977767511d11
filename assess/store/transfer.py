"""Everything but members' answers as one document, and the way back into a store."""

import json
from collections.abc import Iterable
from typing import Final

from assess.documents.kept import KeptPlan
from assess.documents.values import (
    JsonObject,
    answer_value,
    content_hash,
    questionnaire_text,
)
from assess.errors import Problem, StoreError
from assess.store import drafts
from assess.store.assessments import keep_assessment, keep_version, past_of, put_past
from assess.store.database import Database
from assess.store.facts import facts_from, facts_of
from assess.store.incoming import FORMAT, VERSION, Version, read_document
from assess.store.members import set_opened
from assess.store.plans import load_plan, set_plan
from assess.store.records import Draft, Imported, Outcome, Team
from assess.store.rows import (
    Row,
    all_assessments,
    fits,
    refuse_misfit,
    require_assessment,
)
from assess.store.teams import archive_team, ensure_team, find_team, list_teams

_BY_WEIGHT: Final[tuple[Outcome, ...]] = ("same", "new", "replaced")
LEFT_OUT: Final = "The answers of members are confidential; they are not in this file."


def export_document(db: Database) -> JsonObject:
    """Return all that is kept, but for what members answered."""
    assessments = [
        {
            "team": row.key.team,
            "date": row.key.day.isoformat(),
            **facts_of(db, row).as_json(),
            "replaced": [facts.as_json() for facts in past_of(db, row)],
        }
        for row in all_assessments(db)
    ]
    begun = [_draft_entry(db, d) for d in drafts.list_drafts(db) if d.respondent != "member"]
    versions = [v for a in assessments for v in (a, *a["replaced"])]
    return {
        "format": FORMAT,
        "version": VERSION,
        "left_out": LEFT_OUT,
        "teams": [{"name": t.name, "archived": t.archived} for t in list_teams(db)],
        "questionnaires": _questionnaires(db, (v["questionnaire"] for v in (*versions, *begun))),
        "assessments": assessments,
        "drafts": begun,
    }


def import_document(db: Database, document: object, *, replace: bool) -> Imported:
    """Take in a document; every conflict is told at once, and then the caller rolls back."""
    incoming = read_document(document)
    problems: list[Problem] = []
    new_teams = [_put_team(db, team) for team in incoming.teams].count(True)
    outcomes: list[Outcome] = []
    for now, past in incoming.assessments:
        try:
            outcomes.append(_put_assessment(db, now, past, replace=replace))
        except StoreError as error:
            problems.extend(error.problems)
    begun = 0
    for draft in incoming.drafts:
        try:
            begun += _put_draft(db, draft, replace=replace)
        except StoreError as error:
            problems.extend(error.problems)
    if problems:
        raise StoreError(*problems)
    return Imported(
        teams=new_teams,
        assessments=outcomes.count("new"),
        drafts=begun,
        replaced=outcomes.count("replaced"),
        same=outcomes.count("same"),
    )


def _questionnaires(db: Database, hashes: Iterable[str]) -> JsonObject:
    kept = dict(db.rows("SELECT hash, document FROM questionnaire"))
    return {digest: json.loads(kept[digest]) for digest in sorted(set(hashes))}


def _draft_entry(db: Database, draft: Draft) -> JsonObject:
    return {
        "team": draft.team,
        "questionnaire": content_hash(questionnaire_text(draft.questionnaire)),
        "date": draft.date.isoformat(),
        "respondent": draft.respondent,
        "answers": {q: answer_value(answer) for q, answer in draft.by_question.items()},
        "hours_per_week": draft.hours_per_week,
        "team_size": draft.team_size,
        "same_manager": draft.same_manager,
    }


def _put_team(db: Database, team: Team) -> bool:
    """Keep a team if it is not there, and say whether it was not."""
    if find_team(db, team.name) is not None:
        return False
    ensure_team(db, team.name, added=True)
    archive_team(db, team.name, archived=team.archived)
    return True


def _put_assessment(
    db: Database, now: Version, past: tuple[Version, ...], *, replace: bool
) -> Outcome:
    given = now.assessment
    outcome = keep_assessment(db, given, replace=replace)
    row = require_assessment(db, given.key)
    refuse_misfit(db, row, given.questionnaire)
    # What was opened here stays as it was opened: its results exist once.
    if row.state == "alone" != now.state:
        set_opened(db, row, now.state, given.minimum, given.same_members)
    plan_outcome = _put_plan(db, row, now.plan, replace=replace, versioned=outcome == "replaced")
    _put_past(db, row, past)
    return max(outcome, plan_outcome, key=_BY_WEIGHT.index)


def _put_plan(
    db: Database, row: Row, plan: KeptPlan | None, *, replace: bool, versioned: bool
) -> Outcome:
    kept = load_plan(db, row)
    if plan is None or plan == kept:
        return "same"
    if kept is None:
        set_plan(db, row, plan)
        return "new"
    if not replace:
        raise db.problem(
            "Another plan, or other check-ins, are kept for this date.",
            row.entry,
            "Use --replace to put the file's in their place; what was there is kept.",
        )
    if not versioned:
        keep_version(db, row)
    set_plan(db, row, plan)
    return "replaced"


def _put_past(db: Database, row: Row, past: Iterable[Version]) -> None:
    kept = past_of(db, row)
    for version in past:
        facts = facts_from(db, version.assessment, version.state, version.plan)
        if facts not in kept:
            put_past(db, row, facts)


def _put_draft(db: Database, draft: Draft, *, replace: bool) -> bool:
    """Take in a draft, and say whether none was there; answers to other questions stay."""
    begun = drafts.find_draft(db, draft.key, draft.respondent)
    if begun is None:
        begun = drafts.start_draft(
            db, draft.questionnaire, draft.team, draft.date, draft.respondent, draft.by_question
        )
        drafts.put_details(db, begun.id, draft.hours_per_week, draft.team_size, draft.same_manager)
        return True
    fresh = {q: a for q, a in draft.by_question.items() if begun.by_question.get(q) != a}
    entry = f"{begun.team}, {begun.questionnaire.id}, {begun.date}"
    if not fits(begun.questionnaire, draft.questionnaire):
        raise db.problem(
            f"The {draft.respondent}'s draft for this date answers another version of the "
            "questionnaire.",
            entry,
            "Finish or discard it: assess run",
        )
    if not replace and fresh.keys() & begun.by_question.keys():
        raise db.problem(
            f"Another draft of the {draft.respondent} is kept for this date.",
            entry,
            "Finish or discard it: assess run. Or use --replace, and the file's answers win.",
        )
    drafts.put_answers(db, begun.id, fresh)
    return False
