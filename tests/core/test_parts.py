"""Documents of parts: read entry by entry, however they are laid out."""

import json
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.documents.parts import NotJsonError, Part, list_parts, read_parts, write_parts

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
TABLES = st.dictionaries(st.text(max_size=5), VALUES, max_size=4)
DOCUMENTS = st.dictionaries(st.text(max_size=5), VALUES | TABLES, max_size=5)


def parts_of(document: dict[str, Any]) -> list[Part]:
    """Return a document as it would be written."""
    found: list[Part] = []
    for key, value in document.items():
        if isinstance(value, list):
            found += list_parts(key, "list", [("", entry) for entry in value])
        elif isinstance(value, dict):
            found += list_parts(key, "table", value.items())
        else:
            found.append(Part(key, value))
    return found


def read(text: str) -> list[Part]:
    return list(read_parts(StringIO(text)))


@given(DOCUMENTS)
def test_what_is_written_is_one_json_document(document: dict[str, Any]) -> None:
    assert json.loads("".join(write_parts(parts_of(document)))) == document


@given(DOCUMENTS, st.sampled_from([None, 1, 2]))
def test_any_layout_gives_the_same_parts(document: dict[str, Any], indent: int | None) -> None:
    parts = parts_of(document)
    assert read(json.dumps(document, indent=indent)) == parts
    assert read("".join(write_parts(parts))) == parts


def test_what_is_written_here_is_read_line_by_line() -> None:
    stream = StringIO("".join(write_parts(parts_of({"a": [1, 2], "b": {"c": 3}}))))
    parts = read_parts(stream)
    assert (next(parts), next(parts)) == (Part("a", kind="list"), Part("a", 1, "", 1, "list"))
    assert stream.readline() == "2\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Expecting value (line 1)"),
        ('{"a": 1', "Expecting ',' delimiter (line 1)"),
        ('{"a": 1} x', "Extra data (line 1)"),
        ('{"a": [1\n2]}', "Expecting ',' delimiter (line 2)"),
        ('{"a": NaN}', "NaN is not a number (line 1)"),
        ('{\n"a": 1,\n"a": 2\n}\n', "the key 'a' stands twice (line 3)"),
        ('{"a": [{"b": {"c": 1, "c": 2}}]}', "the key 'c' stands twice (line 1)"),
        ('{\n"a": [\n1,\n2', "it ends in the middle"),
        ('{\n"a": [\n1,\n{"b": 2', "Expecting ',' delimiter (line 4)"),
        ('{\n"a": 1\n}\nx', "something follows its end (line 4)"),
        ('{"a": "\\ud800"}', "half a character stands in a text (line 1)"),
        ('{"a": [' + "[" * 100_000, "it is nested too deeply (line 1)"),
        ('{"a": ' + "9" * 5000 + "}", "this number has 5000 digits; 18 are allowed (line 1)"),
    ],
)
def test_what_is_no_document_says_why_and_where(text: str, why: str) -> None:
    with pytest.raises(NotJsonError) as caught:
        read(text)
    assert str(caught.value) == why


def test_what_is_no_object_has_no_parts() -> None:
    assert read("[1, 2]") == []
