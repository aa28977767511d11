"""What is kept beside the compiled modules is what would be read anew, or is not used."""

import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assess.compiled import compiled_templates, parse_once
from assess.document.render import render

TABLES = {"size": 3, "each": Decimal("0.8"), "words": ["a", "é"], "is_new": True}
FILE = Path("actions.toml")


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


class Parser:
    """Gives tables, and counts how often it was asked."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self.tables, self.asked = tables, 0

    def __call__(self, text: str) -> dict[str, Any]:
        self.asked += 1
        return self.tables


def read_twice(tables: dict[str, Any], *texts: str) -> tuple[list[dict[str, Any]], int]:
    parse = Parser(tables)
    return [parse_once(FILE, text, parse) for text in texts], parse.asked


def files_in(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def test_a_file_is_parsed_once_and_its_numbers_stay_exact() -> None:
    read, asked = read_twice(TABLES, "text", "text")
    assert asked == 1
    assert read == [TABLES, TABLES]
    assert isinstance(read[1]["each"], Decimal)


def test_a_file_that_changed_is_parsed_anew() -> None:
    assert read_twice(TABLES, "text", "other text")[1] == 2


@pytest.mark.parametrize("value", [date(2026, 11, 26), Decimal("0.12345678901234567890123")])
def test_what_cannot_be_kept_exactly_is_parsed_each_time(value: object) -> None:
    assert read_twice({"value": value}, "text", "text") == ([{"value": value}] * 2, 2)


def test_what_was_kept_and_damaged_is_not_used(kept: Path) -> None:
    read_twice(TABLES, "text")
    for path in files_in(kept):
        path.write_bytes(b"\x00[")
    assert read_twice(TABLES, "text") == ([TABLES], 1)


def test_nothing_is_kept_where_python_may_not_write(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    read_twice(TABLES, "text")
    assert list(files_in(kept)) == []


def test_nothing_is_kept_where_there_is_no_folder_for_it(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (kept / "file").touch()
    monkeypatch.setattr(sys, "pycache_prefix", str(kept / "file"))
    assert read_twice(TABLES, "text", "text") == ([TABLES] * 2, 2)


def test_a_template_is_compiled_once_and_says_the_same(kept: Path) -> None:
    first = render("{{ 1 + n }}", {"n": 1}, compiled_templates())
    made = list(files_in(kept))
    assert (first, len(made)) == ("2\n", 1)
    assert render("{{ 1 + n }}", {"n": 1}, compiled_templates()) == "2\n"
    assert list(files_in(kept)) == made


@pytest.mark.parametrize("damage", [b"", b"j2", b"\x00" * 100])
def test_a_template_that_was_kept_and_damaged_is_compiled_anew(kept: Path, damage: bytes) -> None:
    render("{{ n }}", {"n": 1}, compiled_templates())
    for path in files_in(kept):
        path.write_bytes(damage)
    assert render("{{ n }}", {"n": 1}, compiled_templates()) == "1\n"


def test_another_template_is_not_taken_for_the_one_that_is_kept() -> None:
    assert render("{{ n }}", {"n": 1}, compiled_templates()) == "1\n"
    assert render("no {{ n }}", {"n": 1}, compiled_templates()) == "no 1\n"
