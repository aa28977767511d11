"""Codes of invitations: drawn, printed, typed again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.invitation import LETTERS, code_problem, count_codes, hash_code, make_code, plain_code

numbers = st.integers(0, count_codes() - 1)
places = st.integers(0, 11)


def test_code_carries_more_than_fifty_bits() -> None:
    assert count_codes() > 2**54


@given(numbers)
def test_every_code_is_one(number: int) -> None:
    assert code_problem(make_code(number)) is None


@given(numbers, numbers)
def test_no_two_numbers_have_one_code(one: int, other: int) -> None:
    assert (make_code(one) == make_code(other)) == (one == other)


@given(numbers, places, st.sampled_from(LETTERS))
def test_a_wrong_letter_is_noticed(number: int, place: int, letter: str) -> None:
    code = plain_code(make_code(number))
    wrong = code[:place] + letter + code[place + 1 :]
    assert (code_problem(wrong) is None) == (wrong == code)


@given(numbers, places, places)
def test_exchanged_letters_are_noticed(number: int, one: int, other: int) -> None:
    letters = list(plain_code(make_code(number)))
    letters[one], letters[other] = letters[other], letters[one]
    wrong = "".join(letters)
    assert (code_problem(wrong) is None) == (wrong == plain_code(make_code(number)))


@pytest.mark.parametrize(
    "typed", ["k7mq 4xwp 9t2h", "K7MQ4XWP9T2H", "Ｋ7MQ–4XWP–9T2H", " k7mq-4xwp.9t2h "]
)
def test_however_it_is_typed_it_is_one_code(typed: str) -> None:
    assert hash_code(typed, b"salt") == hash_code("K7MQ-4XWP-9T2H", b"salt")


def test_another_salt_makes_another_hash() -> None:
    assert hash_code(make_code(1), b"one") != hash_code(make_code(1), b"other")


def test_codes_and_drafts_are_slow_to_guess(shipped_rounds: tuple[int, int]) -> None:
    assert shipped_rounds == (20_000, 600_000)
