"""What a comparison says in whole sentences."""

from collections.abc import Mapping
from typing import Final

from assess.comparison.noise import Word
from assess.comparison.records import Comparison
from assess.figures import noise_points

TEAM_WORDS: Final[Mapping[Word, str]] = {
    "clear rise": "clearly higher",
    "clear fall": "clearly lower",
    "no clear change": "no clear difference",
}
"""What each word says of the other team when two stand side by side."""


def describe_mdc(comparison: Comparison) -> str:
    """Say what a dimension must move by, as a clause without a full stop; always shown.

    Where the dimensions had different numbers of respondents, it speaks of the noisiest.
    """
    if not comparison.dimensions:
        return "no dimension has the two compared questions that it takes to judge it"
    noisiest = max(comparison.dimensions.values(), key=lambda change: change.mdc)
    line = (
        f"{_whose(*noisiest.respondents)} view of a dimension must move by "
        f"{noise_points(noisiest.mdc)} points before it is more than noise"
    )
    if comparison.same_respondents:
        return line
    return f"{line}, because it is not the same people who answered"


def _whose(before: int, after: int) -> str:
    if before == after == 1:
        return "one person's"
    if before == after:
        return f"{after} people's"
    return f"{before} and then {after} people's"
