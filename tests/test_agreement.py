"""Two readers who do not know each other's answers answer alike, and would plan alike."""

import pytest

from assess.answers import Answer
from benchmarks.agreement import GENEROUS, STRICT, compare_readings, weighted_kappa

pytestmark = pytest.mark.one_python


def pairs(*levels: tuple[int, int]) -> list[tuple[Answer, Answer]]:
    return [(Answer(one), Answer(other)) for one, other in levels]


def test_a_strict_and_a_generous_reader_agree_on_described_teams() -> None:
    found = compare_readings(STRICT, GENEROUS)
    answered = [pair for agreement in found for pair in agreement.answers.values()]
    assert len(found) == 6
    assert weighted_kappa(answered, 1) >= 0.85
    assert weighted_kappa(answered, 2) >= 0.85
    assert min(agreement.same_first for agreement in found) >= 4


def test_kappa_is_one_where_all_answers_are_the_same() -> None:
    assert weighted_kappa(pairs((0, 0), (3, 3)), 1) == 1
    assert weighted_kappa(pairs((2, 2)), 1) == 1


def test_kappa_is_none_where_answers_agree_as_by_chance() -> None:
    assert weighted_kappa(pairs((0, 0), (0, 1), (1, 0), (1, 1)), 1) == 0


def test_a_far_difference_weighs_more_by_squares() -> None:
    answered = pairs((0, 3), (1, 1), (2, 2), (3, 3), (0, 0))
    assert weighted_kappa(answered, 2) < weighted_kappa(answered, 1) < 1


def test_answers_that_are_no_level_do_not_count_in_kappa() -> None:
    unsure = [(Answer(), Answer(2)), (Answer(1), Answer())]
    answered = pairs((0, 0), (0, 1), (2, 2))
    assert weighted_kappa([*answered, *unsure], 1) == weighted_kappa(answered, 1)
