"""Taking in what another store let out: entry by entry, and all or nothing."""

from collections import Counter
from typing import Final

from assess.documents.exported import (
    Incoming,
    IncomingAssessment,
    IncomingDraft,
    Parts,
    TeamEntry,
    read_export,
)
from assess.documents.kept import KeptPlan
from assess.documents.record import TeamFacts
from assess.errors import Problem, StoreError
from assess.identity import AssessmentKey, TeamName
from assess.store import drafts
from assess.store.assessments import keep_assessment, keep_version, past_of, put_past
from assess.store.database import Database
from assess.store.members import put_members
from assess.store.plans import load_plan, set_plan
from assess.store.records import Imported, Intake
from assess.store.rows import (
    KeptRow,
    change_row,
    find_assessment,
    fits,
    keep_questionnaire,
    refuse_misfit,
    require_assessment,
)
from assess.store.teams import archive_team, ensure_team, find_team, load_facts, put_facts

_BY_WEIGHT: Final[tuple[Intake, ...]] = ("same", "new", "replaced")


def import_parts(db: Database, parts: Parts, *, replace: bool, backup: bool) -> Imported:
    """Take in a document; every problem is told at once, and then the caller rolls back."""
    problems: list[Problem] = []
    counts: Counter[str] = Counter()
    for incoming in read_export(parts, problems, backup=backup):
        try:
            counts[_put(db, incoming, replace=replace)] += 1
        except StoreError as error:
            problems.extend(error.problems)
    if problems:
        raise StoreError(*problems)
    return Imported(
        teams=counts["team"],
        assessments=counts["new"],
        drafts=counts["draft"],
        replaced=counts["replaced"],
        same=counts["same"],
    )


def _put(db: Database, incoming: Incoming, *, replace: bool) -> str:
    """Keep an entry, and say as what it counts."""
    if isinstance(incoming, TeamEntry):
        return "team" if _put_team(db, incoming, replace=replace) else ""
    if isinstance(incoming, IncomingDraft):
        return "draft" if _put_draft(db, incoming, replace=replace) else ""
    return _put_assessment(db, incoming, replace=replace)


def _put_team(db: Database, team: TeamEntry, *, replace: bool) -> bool:
    """Keep a team if it is not there, and say whether it was not; and what is kept of it."""
    name = TeamName(team.name)
    is_new = find_team(db, name) is None
    if is_new:
        ensure_team(db, name, added=True)
        archive_team(db, name, archived=team.archived)
    for facts in team.facts:
        _put_facts(db, name, facts, replace=replace)
    return is_new


def _put_facts(db: Database, team: TeamName, given: TeamFacts, *, replace: bool) -> None:
    """Keep what a file has of one kind; a file without any takes nothing away."""
    nothing = given.empty()
    kept = load_facts(db, team, type(given))
    if given in (kept, nothing):
        return
    if kept != nothing and not replace:
        other = "people" if given.kind == "people" else "goals, or other recurring work,"
        what = f"Other {other} are kept for {team}."
        fix = "Use --replace, and the file's take their place."
        raise db.problem(what, f"teams, {team}, {given.kind}", fix)
    put_facts(db, team, given)


def _put_assessment(db: Database, incoming: IncomingAssessment, *, replace: bool) -> Intake:
    given, entry = incoming.assessment, incoming.entry
    is_new = find_assessment(db, given.key) is None
    outcome = keep_assessment(db, given, replace=replace)
    row = require_assessment(db, given.key)
    refuse_misfit(db, row, given.questionnaire)
    # What was opened here stays as it was opened: its results exist once.
    if row.state == "alone" != entry.state:
        opened = {"minimum": entry.minimum, "same_members": entry.same_members}
        change_row(db, row, state=entry.state, **opened)
    if is_new:
        put_members(db, row, incoming.members)
        _put_opening(db, row, incoming)
    plan_outcome = _put_plan(db, row, entry.plan, replace=replace, versioned=outcome == "replaced")
    _put_past(db, row, incoming)
    return max(outcome, plan_outcome, key=_BY_WEIGHT.index)


def _put_opening(db: Database, row: KeptRow, incoming: IncomingAssessment) -> None:
    """Let those in who were invited elsewhere; without their codes nobody is invited yet."""
    facts, opening = incoming.entry, incoming.opening
    invited = facts.invited if opening or facts.state != "open" else 0
    change_row(db, row, invited=invited, closed=facts.closed and facts.closed.isoformat())
    if opening is None:
        return
    change_row(db, row, salt=bytes.fromhex(opening.salt))
    for used, digests in enumerate((opening.unused, opening.used)):
        for digest in digests:
            db.insert("invitation", digest, row.id, used)
    for digest in opening.taken:
        db.insert("taken", digest, row.id)
    for respondent, private in opening.keys.items():
        db.insert("seal", row.id, respondent, bytes.fromhex(private), None)


def _put_plan(
    db: Database, row: KeptRow, plan: KeptPlan | None, *, replace: bool, versioned: bool
) -> Intake:
    kept = load_plan(db, row)
    if plan is None or plan == kept:
        return "same"
    if kept is None:
        set_plan(db, row, plan)
        return "new"
    if not replace:
        what = "Another plan, or other check-ins, are kept for this date."
        fix = "Use --replace to put the file's in their place; what was there is kept."
        raise db.problem(what, row.entry, fix)
    if not versioned:
        keep_version(db, row)
    set_plan(db, row, plan)
    return "replaced"


def _put_past(db: Database, row: KeptRow, incoming: IncomingAssessment) -> None:
    kept = past_of(db, row)
    for asked, version in incoming.past:
        # Another store may have hashed the questionnaire otherwise.
        facts = version.model_copy(update={"questionnaire": keep_questionnaire(db, asked)})
        if facts not in kept:
            put_past(db, row, facts)


def _put_draft(db: Database, incoming: IncomingDraft, *, replace: bool) -> bool:
    """Take in a draft, and say whether none was there; answers to other questions stay."""
    draft, questionnaire = incoming.entry, incoming.questionnaire
    key = AssessmentKey(TeamName(draft.team), questionnaire.id, draft.date)
    begun = drafts.find_draft(db, key, draft.respondent)
    if begun is None:
        about = (questionnaire, key.team, key.day, draft.respondent)
        begun = drafts.start_draft(db, *about, answers=incoming.by_question)
        drafts.put_details(
            db,
            begun.id,
            hours_per_week=draft.hours_per_week,
            team_size=draft.team_size,
            same_manager=draft.same_manager,
        )
        return True
    fresh = {q: a for q, a in incoming.by_question.items() if begun.by_question.get(q) != a}
    entry = str(key)
    if not fits(begun.questionnaire, questionnaire):
        raise db.problem(
            f"The {draft.respondent}'s draft for this date answers another version of the "
            "questionnaire.",
            entry,
            "Finish or discard it: assess run",
        )
    if not replace and fresh.keys() & begun.by_question.keys():
        what = f"Another draft of the {draft.respondent} is kept for this date."
        fix = "Finish or discard it: assess run. Or use --replace, and the file's answers win."
        raise db.problem(what, entry, fix)
    drafts.put_answers(db, begun.id, fresh)
    return False
