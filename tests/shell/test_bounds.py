"""Files that would keep a parser busy, or break it: refused before they are parsed."""

import json
import os
import tomllib
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess.errors import AssessError
from assess.library.bounds import DEEPEST, find_excess
from assess.library.files import MOST_VALUES, read_text, read_toml, write_new, writing
from assess.workflow.transferring import is_backup

TOO_MUCH = {
    "nested lists": "a = " + "[" * 3000 + "]" * 3000,
    "nested tables": "a = " + "{a=" * 3000 + "1" + "}" * 3000,
    "a key of many parts": ".".join("a" * 3000) + " = 1",
    "a key of many parts with spaces": "a" + " . a" * 3000 + " = 1",
    "a heading of many parts": "[" + "a." * 3000 + "a]",
    "quoted parts": "a" + '."x"' * 3000 + " = 1",
    "decimal": "a = " + "9" * 5000,
    "signed": "a = -" + "9" * 5000,
    "grouped": "a = " + "9_" * 5000 + "9",
    "hexadecimal": "a = 0x" + "f" * 50_000,
    "octal": "a = 0o" + "7" * 50_000,
    "binary": "a = 0b" + "1" * 50_000,
    "decimals": "a = 0." + "1" * 5000,
    "exponent": "a = 1e999999999",
    "small exponent": "a = 1.5E-999999999",
    "a bare name": "a" * 5000 + " = 1",
    "values": "a = 1\n" * (MOST_VALUES + 1),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file"


@pytest.mark.parametrize("text", TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_what_is_too_much_is_refused_with_its_line(file: Path, text: str) -> None:
    file.write_text(f'first = """[[[["""\n{text}')
    with pytest.raises(AssessError, match=r"\(line \d+\)"):
        read_toml(file)


@pytest.mark.parametrize(
    "text",
    [
        "a = '[[[[' # " + "[" * 99,
        'a = "' + "[" * 99 + '\\"]"',
        'a = """' + '[""' * 99 + '"""',
        "a = '''" + "['" * 99 + "'''",
        "a = [" + "0.25, " * 999 + "]",
        "a = 1979-05-27T07:32:00.999999-07:00",
        "a = [\n" + "[1],\n" * 99 + "]",
    ],
)
def test_text_comments_and_what_lies_side_by_side_are_not_depth(text: str) -> None:
    assert tomllib.loads(text)
    assert find_excess(text) is None


SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.text(),
    st.decimals(-1000, 1000, places=2).map(str),
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@given(VALUES)
def test_ordinary_json_is_within_bounds(value: object) -> None:
    assert find_excess(json.dumps(value, ensure_ascii=False)) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="[]{}=,.\"'#\\\n 1aexo-_", max_size=300))
def test_any_text_is_read_or_refused(file: Path, text: str) -> None:
    file.write_text(text)
    with suppress(AssessError):
        read_toml(file)


@given(st.integers(0, DEEPEST), st.sampled_from(["[]", "{}"]))
def test_depth_within_bounds_is_left_to_the_parser(depth: int, pair: str) -> None:
    assert find_excess(pair[0] * depth + pair[1] * depth) is None


@given(st.integers(DEEPEST + 1, 5000), st.booleans())
def test_depth_beyond_is_refused(depth: int, closed: bool) -> None:
    assert find_excess("[" * depth + "]" * depth * closed) is not None


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_numbers_are_exact_or_refused(number: Decimal) -> None:
    text = f"a = {number:f}" if abs(number) < 10**40 else f"a = {number:E}"
    if find_excess(text) is None:
        assert tomllib.loads(text, parse_float=Decimal)["a"] == number


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/dev/stdin", "/proc/self/mem"])
def test_devices_are_no_files(path: str) -> None:
    with pytest.raises(AssessError):
        read_text(Path(path))


def test_pipes_are_no_files_and_nobody_waits_for_them(tmp_path: Path) -> None:
    os.mkfifo(pipe := tmp_path / "pipe")
    with pytest.raises(AssessError, match="device or a pipe"):
        read_text(pipe)
    with pytest.raises(AssessError, match="device or a pipe"), writing(pipe, "text"):
        pass
    with pytest.raises(AssessError, match="device or a pipe"):
        write_new(pipe, "text")


def test_nobody_waits_for_a_pipe_that_is_to_be_imported(tmp_path: Path) -> None:
    os.mkfifo(pipe := tmp_path / "pipe")
    with pytest.raises(AssessError, match="device or a pipe"):
        is_backup(pipe)


@pytest.mark.parametrize("name", ["x" * 300, "a\0b", "ö" * 200])
def test_names_that_no_file_can_have_are_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(AssessError):
        read_text(tmp_path / name)
    with pytest.raises(AssessError):
        write_new(tmp_path / name, "text")


def test_byte_order_mark_of_an_editor_is_no_part_of_a_data_file(tmp_path: Path) -> None:
    file = tmp_path / "answers.toml"
    file.write_text("\ufeffversion = 1", encoding="utf-8")
    assert read_toml(file) == {"version": 1}
