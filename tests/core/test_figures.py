"""Numbers, plurals and lists as people get to see them."""

from fractions import Fraction

import pytest

from assess.figures import count, describe_weeks, hours_text, in_words, join_words, short_hours


@pytest.mark.parametrize(
    ("hours", "told", "short"),
    [
        (Fraction(0), "0", "0"),
        (Fraction(1, 4), "0.25", "¼"),
        (Fraction(5, 2), "2.5", "2½"),
        (Fraction(39, 4), "9.75", "9¾"),
        (Fraction(10), "10", "10"),
    ],
)
def test_hours_are_exact_to_a_quarter(hours: Fraction, told: str, short: str) -> None:
    assert (hours_text(hours), short_hours(hours)) == (told, short)


def test_a_noun_follows_its_number() -> None:
    assert (count(1, "hour"), count(Fraction(5, 2), "hour")) == ("1 hour", "2.5 hours")
    assert (in_words(3), in_words(12)) == ("three", "12")


def test_lists_read_as_people_write_them() -> None:
    assert [join_words(words, "and") for words in ("a", "ab", "abc")] == [
        "a",
        "a and b",
        "a, b and c",
    ]
    assert describe_weeks([3]) == "week 3"
    assert describe_weeks([9, 3, 4, 5]) == "weeks 3 to 5 and 9"
