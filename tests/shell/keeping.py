"""Small things to keep, and looks into the file that keeps them."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Any

from assess.answers import Answer, Assessment, HoursSource
from assess.documents.checkin import FoundDocument
from assess.documents.kept import KeptCheckin
from assess.documents.parts import read_parts
from assess.documents.plan import PlanDocument, WrittenPlan
from assess.documents.said import Blocker, Said, StepAgreement
from assess.identity import AssessmentKey
from assess.store import Draft, Imported, Store
from tests.builders import DAY, LYON, make_answers, make_questionnaire

Q = make_questionnaire(goals=2, roles=2)
NAME = AssessmentKey(LYON, Q.id, DAY)
"""The assessment that `make_assessment` returns."""


def give_answers(store: Store, draft: Draft, level: int, evidence: str = "") -> None:
    """Answer every question of a draft alike, as a person does, one by one."""
    for question in Q.by_id:
        store.put_answer(draft.id, question, Answer(level, evidence))


def open_members(store: Store, invite: int = 12, **more: Any) -> Iterator[str]:
    """Open the assessment, and return the codes of those who are invited."""
    return iter(store.open_assessment(Q, LYON, DAY, invite=invite, **more))


def send_member(store: Store, code: str, level: int, evidence: str = "") -> None:
    """Answer the open assessment as one more member."""
    given = make_answers(Q, {"level": level, "evidence": evidence}, respondent="member", code=code)
    store.add_member(Q, given)


def keep_closed(store: Store, given: Assessment) -> Assessment:
    """Keep an assessment with members, as it comes about: opened, answered, closed."""
    codes = store.open_assessment(
        given.questionnaire,
        LYON,
        given.date,
        invite=max(given.minimum, len(given.members)),
        minimum=given.minimum,
        same_members=given.same_members,
    )
    for code, member in zip(codes, given.members, strict=False):
        store.add_member(given.questionnaire, member, code)
    store.keep_assessment(given)
    store.close_assessment(given.key, given.date)
    return given


def replaced_levels(store: Store) -> list[int]:
    """Return what earlier versions of the first assessment have in their first answer."""
    earlier = export(store)["assessments"][0]["replaced"]
    return [next(iter(one["manager"]["answers"].values())) for one in earlier]


def plan_document(start: date, value: int = 12) -> PlanDocument:
    """Return the document of a plan with one step."""
    step = {"id": "write-three-goals/1", "do": "Collect.", "week": 1, "due": start, "hours": 2}
    step |= {"owner": "manager"}
    return PlanDocument.model_validate(
        {
            "team": "Lyon",
            "team_size": 5,
            "made_from": "manager",
            "start": start,
            "end": start + timedelta(days=88),
            "hours_per_week": 6,
            "stage": "momentum",
            "proven": True,
            "value": value,
            "musts": 0,
            "distance": {"before": 3, "after": 1},
            "hours": {"room": 78, "planned": 2},
            "priorities": [
                {
                    "action": "write-three-goals",
                    "kind": "priority",
                    "state": "new",
                    "must": False,
                    "title": "Write down three goals",
                    "first_week": 1,
                    "last_week": 1,
                    "hours": 2,
                    "owner": "manager",
                    "role": "manager",
                    "value": 12,
                    "steps": [step],
                    "because": ["Nobody knows the goals."],
                }
            ],
            "hours_by_week": [2, *[0] * 12],
            "promised": [{"question": "goals-1", "from": "dont-know", "to": 1}],
            "projected": {
                "scores": {"momentum": 0.5, "maturity": 0.25, "mastery": 0.0},
                "stage": "momentum",
                "complete": False,
                "margin": None,
            },
            "not_now": [{"action": "run-experiments", "reason": "avoided", "text": "Too early."}],
            "candidates": [
                {
                    "action": "write-three-goals",
                    "must": False,
                    "avoid": False,
                    "rungs": [{"question": "goals-1", "level": 1, "weight": 4}],
                }
            ],
        }
    )


def kept_checkin(
    day: date = date(2026, 12, 4),
    done: int = 0,
    *,
    wins: tuple[str, ...] = (),
    blockers: tuple[Blocker, ...] = (),
    note: str = "",
) -> KeptCheckin:
    """Return a check-in that found so many hours done."""
    found: dict[str, Any] = {
        "due": 2,
        "done": done,
        "steps": [
            {
                "id": "write-three-goals/1",
                "number": 1,
                "state": "late",
                "owner": "",
                "due": day,
                "hours": 2,
            }
        ],
        "own": [],
        "actions": [{"action": "write-three-goals", "state": "open", "done": 0}],
    }
    found["own"] = [{**found["steps"][0], "id": "own-0a1b2c", "due": None, "hours": 0}]
    agreed = StepAgreement(step="write-three-goals/1", wording="Collect.", on=day, note=note)
    said = Said(wins=wins, blockers=blockers, agreements=(agreed,) if note else ())
    return KeptCheckin(date=day, found=FoundDocument.model_validate(found), said=said)


def written_plan(
    text: str = "# Plan\n",
    *,
    value: int = 12,
    hours: int = 6,
    source: HoursSource = "asked",
    start: date = date(2026, 11, 23),
) -> WrittenPlan:
    return WrittenPlan(
        document=plan_document(start, value),
        text=text,
        path="/home/lyon/plan.md",
        start=start,
        hours_per_week=hours,
        hours_source=source,
        weeks_off=(3, 4),
        wants=("write-three-goals",),
        skips=("run-experiments",),
    )


def stored_bytes(store: Store) -> bytes:
    """Return all that lies on the disk: the store, and anything beside it."""
    return b"".join(path.read_bytes() for path in sorted(store.path.parent.iterdir()))


def export(store: Store, *, plans: bool = True) -> Any:
    """Return the document of an export, read again from its text."""
    text = StringIO()
    assert store.export(text.write, plans=plans) == ()
    return json.loads(text.getvalue())


def take_in(store: Store, document: object, *, replace: bool = False) -> Imported:
    """Take in a document as it arrives elsewhere: as the text of a JSON file."""
    text = json.dumps(document)
    return store.import_parts(lambda: read_parts(StringIO(text)), replace=replace)
