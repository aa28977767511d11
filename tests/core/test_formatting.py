"""The form of what the program writes: a fixed point of mdformat, and as it was last looked at."""

import mdformat
import pytest

from tests.conftest import MatchExpected
from tests.golden import DIFFICULT, facts, golden_texts

TEXTS = golden_texts()


@pytest.mark.parametrize("name", [name for name in TEXTS if name != DIFFICULT])
def test_mdformat_changes_nothing(name: str) -> None:
    assert mdformat.text(TEXTS[name], extensions={"gfm", "frontmatter"}) == TEXTS[name]


def test_mdformat_takes_away_only_escapes_that_tables_alone_need() -> None:
    text = TEXTS[DIFFICULT]
    assert facts(mdformat.text(text, extensions={"gfm", "frontmatter"})) == facts(text)


@pytest.mark.parametrize("name", ["plan-with-everything", "result", "comparison", "checkin"])
def test_whole_texts_are_as_they_were_last_looked_at(
    name: str, match_expected: MatchExpected
) -> None:
    match_expected(f"{name}.md", TEXTS[name])


@pytest.mark.parametrize("name", list(TEXTS))
def test_no_line_ends_in_space_and_no_empty_lines_meet(name: str) -> None:
    lines = TEXTS[name].split("\n")
    assert [line for line in lines if line != line.rstrip()] == []
    assert "\n\n\n" not in TEXTS[name]
