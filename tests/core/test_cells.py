"""Widths, wrapping and cutting in terminal cells, and what never reaches a terminal."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.cells import REPLACEMENT, cell_width, cut, encodable, fit, harmless, wrap

TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("a  部\u0301\u200d"))
WIDTHS = st.integers(2, 40)


@pytest.mark.parametrize(
    ("text", "width"),
    [("Lyon", 4), ("部署", 4), ("e\u0301", 1), ("👨\u200d👩\u200d👧", 2), ("❤\ufe0f", 2), ("", 0)],
)
def test_width_is_counted_in_cells(text: str, width: int) -> None:
    assert cell_width(text) == width


def test_text_is_cut_and_filled_to_an_exact_width() -> None:
    assert (cut("goals", 5), cut("goals", 4), cut("goals", 0)) == ("goals", "goa…", "")
    assert (fit("部署部署", 6), fit("部署", 6)) == ("部署… ", "部署  ")


def test_text_wraps_between_words_and_breaks_those_that_are_too_long() -> None:
    assert wrap("one two three", 7) == ["one two", "three"]
    assert wrap("部署部署 x", 4) == ["部署", "部署", "x"]
    assert wrap("", 10) == [""]


def test_number_keeps_its_percent_sign() -> None:
    assert wrap("at least 80 % of it", 11) == ["at least", "80 % of it"]


def test_harmless_text_is_one_line_without_control_characters() -> None:
    assert harmless(" a\n\tb\x1b[2J\u202e ") == f"a b{REPLACEMENT}[2J{REPLACEMENT}"
    assert harmless("می\u200cخواهم") == "می\u200cخواهم"


def test_letters_that_an_encoding_lacks_get_stand_ins_of_the_same_width() -> None:
    assert encodable("█▌░ → Genève", "ascii") == "#=. > Gen?ve"
    assert encodable("█▌░ → Genève", "utf-8") == "█▌░ → Genève"
    assert encodable("Genève", "latin-1") == "Genève"


@given(TEXTS, WIDTHS)
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert max(map(cell_width, lines)) <= width
    assert "".join(lines).replace(" ", "") == harmless(text).replace(" ", "")


@given(TEXTS, WIDTHS)
def test_fitted_text_has_exactly_the_width(text: str, width: int) -> None:
    assert cell_width(fit(harmless(text), width)) == width


@given(TEXTS)
def test_harmless_text_holds_nothing_that_a_terminal_obeys(text: str) -> None:
    shown = harmless(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert harmless(shown) == shown
