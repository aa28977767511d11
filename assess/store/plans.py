"""The plan of an assessment: as first and last written, its marks and check-ins."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from assess.documents.encoding import to_json
from assess.errors import StoreError
from assess.identity import AssessmentKey, TeamName
from assess.questionnaire import SubjectKind
from assess.store.database import Database
from assess.store.records import Intake, PlanDates
from assess.store.rows import KeptRow, find_assessment
from assess.store.teams import find_team

if TYPE_CHECKING:
    # Plans and check-ins bring their models along, which opening a store needs none of.
    from assess.documents.kept import KeptCheckin, KeptPlan
    from assess.documents.plan import WrittenPlan
    from assess.documents.said import Said, StepAgreement

_DATES: Final = """
    SELECT team.name, questionnaire, date,
        json_extract(written, '$.start', '$.document.end', '$.weeks_off', '$.days_off'),
        (
            SELECT json_group_array(json_extract(document, '$.date'))
            FROM checkin WHERE checkin.assessment = plan.assessment
        )
    FROM plan JOIN assessment ON assessment.id = plan.assessment
    JOIN team ON team.id = assessment.team
    WHERE team.key = ? OR ? IS NULL
"""

_LATE: Final = """
    SELECT team.name, json_extract(plan.written, '$.document.end'), plan.marks, plan.said,
        (
            SELECT json_group_array(json_extract(step.value, '$.id'))
            FROM json_each(plan.written, '$.document.priorities') AS action,
                json_each(action.value, '$.steps') AS step
            WHERE json_extract(step.value, '$.due') < ?
        ),
        (
            SELECT json_group_object(
                json_extract(task.value, '$.id'),
                json_extract(task.value, '$.state') IN ('open', 'late')
                    AND coalesce(json_extract(task.value, '$.due') < ?, 0)
            )
            FROM (
                SELECT value FROM json_each(checkin.document, '$.found.steps')
                UNION ALL SELECT value FROM json_each(checkin.document, '$.found.own')
            ) AS task
        )
    FROM plan JOIN assessment ON assessment.id = plan.assessment
    JOIN team ON team.id = assessment.team
    LEFT JOIN checkin ON checkin.id =
        (SELECT max(id) FROM checkin WHERE checkin.assessment = assessment.id)
    WHERE questionnaire = ? AND NOT archived AND date = (
        SELECT max(date) FROM assessment AS other JOIN plan AS its ON its.assessment = other.id
        WHERE (other.team, other.questionnaire) = (assessment.team, assessment.questionnaire)
    )
"""
"""Of the last plan of each team: what is due in it before a day, and whether that and people's own
tasks were still late at the last check-in by the dates that people gave them."""


_HOURS: Final = """
    SELECT coalesce(
        CASE json_extract(written, '$.hours_source') WHEN 'default' THEN NULL
            ELSE json_extract(written, '$.hours_per_week') END,
        json_extract(CAST(manager AS TEXT), '$.hours_per_week')
    ) AS hours
    FROM assessment JOIN questionnaire USING (hash)
    LEFT JOIN plan ON plan.assessment = assessment.id
    WHERE team = ? AND subject = ? AND hours IS NOT NULL
    ORDER BY date DESC, assessment.id DESC LIMIT 1
"""


def put_plan(db: Database, row: KeptRow, plan: "WrittenPlan") -> Intake:
    """Keep the plan of an assessment as it was written last, beside its first document."""
    kept = load_plan(db, row)
    if kept is None:
        text = to_json(plan)
        db.run("INSERT INTO plan VALUES (?, NULL, ?, '{}', '{}')", row.id, text)
        return "new"
    if kept.written == plan:
        return "same"
    first = None if kept.as_first_written == plan.document else kept.as_first_written
    set_plan(db, row, kept.model_copy(update={"first": first, "written": plan}))
    return "replaced"


def put_marks(db: Database, row: KeptRow, marks: Mapping[str, bool]) -> None:
    """Keep what is done, by the ids of steps and actions, as it was read last."""
    _require_plan(db, row)
    db.run("UPDATE plan SET marks = ? WHERE assessment = ?", to_json(dict(marks)), row.id)


def put_said(db: Database, row: KeptRow, said: "Said") -> None:
    """Keep what was said so far since the last check-in; on the disk when this returns."""
    _require_plan(db, row)
    db.run("UPDATE plan SET said = ? WHERE assessment = ?", to_json(said), row.id)


def add_checkin(db: Database, row: KeptRow, checkin: "KeptCheckin") -> Intake:
    """Keep one more check-in, unless it is the last one again; all is said with it.

    The plan read once more on the same day, without a word, renews what was found that day.
    """
    from assess.documents.said import Said

    if (kept := load_plan(db, row)) is None:
        raise _no_plan(db, row)
    outcome: Intake = "new"
    checkins, last = (*kept.checkins, checkin), kept.checkins[-1] if kept.checkins else None
    if last is not None and last in (checkin, checkin.model_copy(update={"said": last.said})):
        outcome, checkins = "same", kept.checkins
    elif last is not None and last.date == checkin.date and checkin.said == Said():
        renewed = last.model_copy(update={"found": checkin.found})
        outcome, checkins = "replaced", (*kept.checkins[:-1], renewed)
    set_plan(db, row, kept.model_copy(update={"checkins": checkins, "said": Said()}))
    return outcome


def find_plan(db: Database, key: AssessmentKey) -> "KeptPlan | None":
    row = find_assessment(db, key)
    return None if row is None else load_plan(db, row)


def load_plan(db: Database, row: KeptRow) -> "KeptPlan | None":
    kept = db.row("SELECT first, written, marks, said FROM plan WHERE assessment = ?", row.id)
    if kept is None:
        return None
    from assess.documents.kept import KeptPlan

    checkins = db.rows("SELECT document FROM checkin WHERE assessment = ? ORDER BY id", row.id)
    with db.undamaged(f"{row.entry}, plan"):
        first, written, marks, said = (text and json.loads(text) for text in kept)
        return KeptPlan.model_validate(
            {
                "first": first,
                "written": written,
                "marks": marks,
                "said": said,
                "checkins": [json.loads(text) for (text,) in checkins],
            }
        )


def set_plan(db: Database, row: KeptRow, plan: "KeptPlan") -> None:
    """Put a whole plan, with its check-ins, in the place of what there is."""
    first = plan.first and to_json(plan.first)
    texts = [first, *map(to_json, (plan.written, plan.marks, plan.said))]
    for table in ("plan", "checkin"):
        db.delete(table, assessment=row.id)
    db.insert("plan", row.id, *texts)
    for checkin in plan.checkins:
        db.insert("checkin", None, row.id, to_json(checkin))


def list_dates(db: Database, team: TeamName | None = None) -> Mapping[AssessmentKey, PlanDates]:
    """Return when the plans of one team or of all begin and end, without reading them."""
    rows = db.rows(_DATES, team and team.key, team and team.key)
    found = {}
    for name, questionnaire, day, written, checked in rows:
        key = AssessmentKey(TeamName(name), questionnaire, date.fromisoformat(day))
        with db.undamaged(f"{key}, plan"):
            start, end, weeks, days = json.loads(written)
            found[key] = PlanDates(
                start=date.fromisoformat(start),
                end=date.fromisoformat(end),
                weeks_off=tuple(weeks),
                days_off=tuple(map(date.fromisoformat, days)),
                checked=tuple(map(date.fromisoformat, json.loads(checked))),
            )
    return found


def other_files(db: Database, team: TeamName, questionnaire: str) -> frozenset[str]:
    """Return the files of the plans of other teams, and of this one by other questionnaires."""
    rows = db.rows(
        """
        SELECT DISTINCT json_extract(plan.written, '$.path')
        FROM plan JOIN assessment ON assessment.id = plan.assessment
        WHERE team IS NOT ? OR questionnaire != ?
        """,
        find_team(db, team),
        questionnaire,
    )
    return frozenset(path for (path,) in rows)


def each_late(db: Database, questionnaire: str, day: date) -> Iterator[tuple[TeamName, date, int]]:
    """Return the last plan of every team that is not put aside: whose, its end, how much is late.

    Late is what was due before a day and not done when the plan's file was last read, by the
    dates that people gave it. The files themselves are not opened.
    """
    from assess.documents.said import Said

    every = db.each(_LATE, day.isoformat(), day.isoformat(), questionnaire)
    for name, end, marks, told, due, found in every:
        with db.undamaged(f"{name}, plan"):
            done, there = json.loads(marks), json.loads(found)
            agreed = Said.model_validate_json(told).by_step
            # A plan that was made anew since has other dates, and maybe no longer all steps.
            late = [step for step in json.loads(due) if there.get(step, True)]
            own = (task for task in there if task.startswith(("own-", "hours/")))
            late += [task for task in own if there[task]]
            open_ = [s for s in late if not done.get(s) and _is_still_due(agreed.get(s), day)]
            yield TeamName(name), date.fromisoformat(end), len(open_)


def _is_still_due(agreed: "StepAgreement | None", day: date) -> bool:
    if agreed is None:
        return True
    is_open = agreed.state in (None, "open")
    return is_open and (agreed.due is None or agreed.due < day)


def last_hours(db: Database, team: TeamName, subject: SubjectKind = "team") -> int | None:
    """Return the hours a week that were last said for a team, or None.

    Those of its manager are others. A plan's hours come before those of its answers; a default
    was said by nobody. The team may be unknown here.
    """
    found = db.row(_HOURS, find_team(db, team), subject)
    return int(found[0]) if found else None


def _require_plan(db: Database, row: KeptRow) -> None:
    if db.row("SELECT 1 FROM plan WHERE assessment = ?", row.id) is None:
        raise _no_plan(db, row)


def _no_plan(db: Database, row: KeptRow) -> StoreError:
    return db.problem("There is no plan to check.", row.entry, "Make one: assess plan")
