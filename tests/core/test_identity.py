"""Two names are one team whatever their case, the composition of accents and their spaces."""

from unicodedata import normalize

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assess.identity import AssessmentKey, TeamName, name_problem
from tests.builders import DAY

LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
SPACES = (" ", "  ", "\t", "\u00a0", "\u202f", "\u2003", "\u3000")
INVISIBLE = ("\u200b", "\ufeff", "\u2060", "\u00ad", "\u200e", "\u202a", "\u200d")
NAMES = st.text(LETTERS, min_size=1, max_size=12)


@given(NAMES)
def test_a_name_is_the_same_in_any_case(name: str) -> None:
    for other in (name.upper(), name.lower(), name.title(), name.swapcase(), name.casefold()):
        assert TeamName(other) == TeamName(name)


@given(NAMES)
def test_a_name_is_the_same_however_its_accents_are_composed(name: str) -> None:
    for other in (normalize("NFC", name), normalize("NFD", name)):
        assert TeamName(other) == TeamName(name)
        assert TeamName(other.upper()) == TeamName(name.lower())


@given(st.lists(NAMES, min_size=1, max_size=3), st.sampled_from(list(SPACES)))
def test_a_name_is_the_same_with_other_spaces(words: list[str], space: str) -> None:
    assert TeamName(f" {space.join(words)}{space}") == TeamName(" ".join(words))


@given(NAMES)
def test_the_key_is_its_own_key_and_what_sets_go_by(name: str) -> None:
    team = TeamName(name)
    assert TeamName(team.key).key == team.key
    assert {team, TeamName(name.upper())} == {team}


@given(st.text("abcXYZ09-", min_size=1), st.text("abcXYZ09-", min_size=1))
def test_other_letters_are_another_team(one: str, other: str) -> None:
    assume(one.lower() != other.lower())
    assert TeamName(one) != TeamName(other)


def test_a_name_is_shown_as_it_was_given() -> None:
    assert f"{TeamName(' Équipe  du Rhône ')}" == "Équipe  du Rhône"


@pytest.mark.parametrize("mark", INVISIBLE)
def test_marks_that_cannot_be_seen_make_no_other_team(mark: str) -> None:
    assert TeamName(f"{mark}Ly{mark}on{mark}") == TeamName("Lyon")
    assert name_problem(f"Ly{mark}on") is None
    assert name_problem(mark) == "The team has no name."


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u3000"])
def test_spaces_of_a_word_processor_are_plain_ones(space: str) -> None:
    assert f"{TeamName(f'Équipe{space}Rhône')}" == "Équipe Rhône"
    assert name_problem(f"Équipe{space}Rhône") is None


def test_a_name_with_a_family_of_emoji_is_shown_whole() -> None:
    family = "Team \U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert name_problem(family) is None
    assert f"{TeamName(family)}" == family


def test_a_name_that_is_a_name_already_stays_what_it_is() -> None:
    assert TeamName(TeamName("Lyon")) == TeamName("lyon")


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 101])
def test_what_no_team_can_be_called_is_said(name: str) -> None:
    assert name_problem(name)


def test_one_key_names_one_assessment() -> None:
    one, other = (AssessmentKey(TeamName(n), "small", DAY) for n in ("Lyon", "LYON"))
    assert (one, hash(one), str(one)) == (other, hash(other), "Lyon, small, 2026-11-22")
