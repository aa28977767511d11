"""The JSON documents around an assessment with members, and what tells of files of answers."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from assess.answers import KeptAssessment, Respondent
from assess.documents.encoding import as_json
from assess.errors import Problem

_OPENED: Final = "team questionnaire date state minimum invited members"


def describe_codes(
    kept: KeptAssessment, codes: Sequence[str], *, same_members: bool | None
) -> dict[str, Any]:
    """Return an assessment that members can answer, with codes that were drawn just now."""
    same = {} if same_members is None else {"same_members": same_members}
    return {**as_json(kept, _OPENED), "codes": list(codes), **same}


def describe_form(file: str, respondent: Respondent, mark: str, code: str) -> dict[str, Any]:
    """Return where a form is, what it seals for, and its code where everybody has the same."""
    return {"file": file, "respondent": respondent, "mark": mark, "code": code or None}


def describe_hour(
    kept: KeptAssessment, until: date, parts: Iterable[tuple[str, int, str, Sequence[str]]]
) -> dict[str, Any]:
    """Return in which order the team answers together: minutes, reason and questions."""
    keys = ("dimension", "minutes", "why", "questions")
    dimensions = [dict(zip(keys, part, strict=True)) for part in parts]
    return {**as_json(kept, "team date"), "until": as_json(until), "dimensions": dimensions}


def describe_collected(
    collected: int,
    already: int,
    refused: Iterable[tuple[str, Sequence[Problem]]],
    assessments: Iterable[tuple[KeptAssessment, int]],
) -> dict[str, Any]:
    """Return what came of the files that members sent: how many are new, and how many were not.

    With those that were refused stands what is wrong with them, with assessments the unused
    invitations.
    """
    return {
        "collected": collected,
        "already": already,
        "refused": [{"file": file, "problems": as_json(problems)} for file, problems in refused],
        "assessments": [{**as_json(kept, _OPENED), "open": left} for kept, left in assessments],
    }
