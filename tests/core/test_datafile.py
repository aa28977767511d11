"""What the author of a data file reads of a value that does not fit."""

import pkgutil
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module

import pytest
from pydantic import ValidationError

import assess
from assess.datafile import MOST_ENTRIES, Record, read_entries, read_record, refuse_unknown_keys
from assess.errors import MOST_TOLD, AssessError, Problem
from assess.misfit import FOREIGN_KINDS, WORDS
from assess.rules.model import Example, Rule

for module in pkgutil.walk_packages(assess.__path__, "assess."):
    if not module.name.endswith("__main__"):
        import_module(module.name)


VALUES: tuple[object, ...] = (
    None,
    True,
    -1,
    0,
    10**15,
    Decimal("0.5"),
    Decimal("NaN"),
    Decimal(10**9),
    "",
    " ",
    "A B",
    "two\nlines",
    "x" * 1000,
    "2026-13-45",
    date(1900, 1, 1),
    date(9000, 1, 1),
    datetime(2026, 1, 1, 1, tzinfo=UTC),
    [],
    [1],
    ["x"] * 5,
    ["x"] * 2000,
    [{}],
    [{"a": 1}],
    {},
    {"a": None},
    {1: 1},
)
FOREIGN = (
    *("Input should", "String should", "Tuple should", "List should", "Value error", "validation"),
    *("Field required", "type=", "pydantic", "^[", "\\S", "valid dictionary", "Decimal input"),
)


def all_records(parent: type[Record] = Record) -> Iterator[type[Record]]:
    for record in parent.__subclasses__():
        if record.__module__.startswith("assess."):
            yield record
            yield from all_records(record)


MADE_OF_TABLES = {Rule, Example}
"""What is made of the table that was read, and never read itself."""

RECORDS = sorted(
    {r for r in all_records() if r.model_fields and r not in MADE_OF_TABLES},
    key=lambda record: (record.__module__, record.__qualname__),
)


def tables(record: type[Record]) -> Iterator[Mapping[str, object]]:
    yield {}
    for name, field in record.model_fields.items():
        yield from ({field.alias or name: value} for value in VALUES)


def test_there_are_records_to_look_at() -> None:
    assert len(RECORDS) > 10


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__qualname__)
def test_every_misfit_is_told_in_our_own_words(record: type[Record]) -> None:
    problems: list[Problem] = []
    for table in tables(record):
        read_record(record, table, "entry", problems)
    told = [f"{problem.what} {problem.fix}" for problem in problems]
    assert told
    assert not [text for text in told for phrase in FOREIGN if phrase in text]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__qualname__)
def test_every_kind_of_misfit_has_words(record: type[Record]) -> None:
    kinds = set()
    for table in tables(record):
        try:
            record.model_validate(table)
        except ValidationError as error:
            kinds |= {found["type"] for found in error.errors(include_url=False)}
    assert (kinds & FOREIGN_KINDS) - {"missing", "extra_forbidden"} <= set(WORDS)


def test_a_list_of_errors_stops_at_fifty_and_a_count() -> None:
    error = AssessError(*(Problem(f"Wrong {n}.", "here", "Mend it.") for n in range(20_030)))
    assert str(error).count("error: ") == MOST_TOLD
    assert str(error).endswith("… and 19,980 more.")


def test_a_message_leaves_out_the_middle_of_what_is_far_too_long() -> None:
    told = str(Problem("x" * 100_000, "here", "Mend it."))
    assert len(told) < 1_200
    assert "(99,000 more characters)" in told


def test_unknown_keys_are_all_counted_and_only_the_first_are_looked_up() -> None:
    problems: list[Problem] = []
    refuse_unknown_keys({f"key-{n}": 1 for n in range(20_000)}, ("known",), "", problems)
    assert len(problems) == 20_000
    assert "Use one of: known." in problems[0].fix
    assert problems[-1].fix == "Remove it."


def test_too_many_entries_are_one_problem() -> None:
    problems: list[Problem] = []
    entries: list[object] = [{}] * (MOST_ENTRIES + 1)
    assert read_entries(RECORDS[0], {"action": entries}, "action", problems) == ()
    assert [problem.what for problem in problems] == [
        "There are 501 [[action]] entries; 500 are allowed."
    ]
