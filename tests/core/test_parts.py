"""Documents of parts: read entry by entry, however they are laid out."""

import json
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.documents.parts import (
    ExportSection,
    NotJsonError,
    Part,
    parts_of,
    read_parts,
    write_parts,
)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
TABLES = st.dictionaries(st.text(max_size=5), VALUES, max_size=4)
DOCUMENTS = st.dictionaries(st.text(max_size=5), VALUES | TABLES, max_size=5)


def sections(document: dict[str, Any]) -> list[ExportSection]:
    """Return a document as it would be written."""
    found = []
    for key, value in document.items():
        if isinstance(value, list):
            found.append(ExportSection(key, "list", [("", entry) for entry in value]))
        elif isinstance(value, dict):
            found.append(ExportSection(key, "table", list(value.items())))
        else:
            found.append(ExportSection(key, "value", [("", value)]))
    return found


def read(text: str, piece: int = 1 << 20) -> list[Part]:
    stream = StringIO(text)
    return list(read_parts(lambda most: stream.read(min(most, piece))))


@given(DOCUMENTS)
def test_what_is_written_is_one_json_document(document: dict[str, Any]) -> None:
    assert json.loads("".join(write_parts(sections(document)))) == document


@given(DOCUMENTS, st.integers(1, 9), st.sampled_from([None, 2]))
def test_any_layout_in_any_pieces_gives_the_same_parts(
    document: dict[str, Any], piece: int, indent: int | None
) -> None:
    parts = [
        Part(p.key, p.value, p.name, 0 if p.kind == "value" else p.number, p.is_head, p.kind)
        for p in parts_of(sections(document))
    ]
    assert read(json.dumps(document, indent=indent), piece) == parts
    assert read("".join(write_parts(sections(document)))) == parts


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is empty (line 1)"),
        ('{"a": 1', "a comma or } is expected here (line 1)"),
        ('{"a": 1} x', "something follows its end (line 1)"),
        ('{"a": [1\n2]}', "a comma or ] is expected here (line 2)"),
        ('{"a": NaN}', "NaN is not a number (line 1)"),
        ('{"a": 1,\n"a": 2}', "the key 'a' stands twice (line 2)"),
        ('{"a": "\\ud800"}', "half a character stands in a text (line 1)"),
        ('{"a": [' + "[" * 100_000, "it is nested too deeply (line 1)"),
        ('{"a": ' + "9" * 5000 + "}", "this number has 5000 digits; 18 are allowed (line 1)"),
        ("{1: 2}", "a key is expected here (line 1)"),
    ],
)
def test_what_is_no_document_says_why_and_where(text: str, why: str) -> None:
    with pytest.raises(NotJsonError) as caught:
        read(text)
    assert str(caught.value) == why


def test_double_keys_inside_an_entry_are_named() -> None:
    (_, entry) = read('{"a": [{"b": {"c": 1, "c": 2}}]}')
    assert entry.twice == ("c",)


def test_what_is_no_object_has_no_parts() -> None:
    assert read("[1, 2]") == []
