"""What a plan says beforehand of the comparison after it."""

from assess.comparison.promise import foresee
from assess.scoring.records import Level

STARTS = (("low", 0), ("high", 2))
LEVELS: dict[str, Level] = {f"{name}-{n}": at for name, at in STARTS for n in range(12)}


def promise(count: int, start: str = "low", end: int = 1) -> list[tuple[str, int]]:
    return [(f"{start}-{n}", end) for n in range(count)]


def test_more_people_and_higher_steps_are_seen_more_surely() -> None:
    one = foresee(promise(4), LEVELS, 1)
    assert one.testable == 4
    assert foresee(promise(4), LEVELS, 10).chance > one.chance
    assert foresee(promise(4, end=2), LEVELS, 1).chance > one.chance
    assert 0 < one.chance < 1


def test_promise_of_all_that_stands_alike_cannot_be_tested() -> None:
    assert foresee(promise(12), LEVELS, 10) == foresee([], LEVELS, 10)
    assert foresee([*promise(12), *promise(3, "high", 3)], LEVELS, 1).testable == 3


def test_what_nobody_knows_is_not_tested() -> None:
    levels: dict[str, Level] = {**LEVELS, "low-0": "dont-know"}
    assert foresee(promise(4), levels, 1).testable == 3
