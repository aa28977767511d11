"""What leaves as JSON: numbers as the contract rounds them, parts by their names."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from assess.documents.encoding import as_json
from assess.errors import Problem
from assess.identity import TeamName
from assess.scoring.margin import Notches


def test_changes_are_rounded_towards_zero_and_noise_half_up() -> None:
    assert as_json((Fraction(2, 3), Fraction(-2, 3), 0.00005)) == [0.6666, -0.6666, 0.0001]


def test_figures_are_whole_where_they_can_be() -> None:
    assert repr(as_json((Decimal("12.0"), Decimal("12.5"), True, None))) == "[12, 12.5, True, None]"


def test_names_and_days_become_texts() -> None:
    told = as_json({TeamName("Lyon"): date(2026, 11, 26)})
    assert [(type(name), day) for name, day in told.items()] == [(str, "2026-11-26")]


def test_a_record_is_told_by_its_fields_or_by_those_that_are_named() -> None:
    assert as_json(Problem("a", "b", "c")) == {"what": "a", "where": "b", "fix": "c"}
    path = (Notches("goals-1", 0, 2),)
    told = as_json(path, "question from=start steps=end.real")
    assert told == [{"question": "goals-1", "from": 0, "steps": 2}]
