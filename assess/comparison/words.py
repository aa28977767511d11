"""What a comparison says in whole sentences."""

from collections.abc import Mapping
from typing import Final

from assess.comparison.matching import NotCompared, NotComparedReason
from assess.comparison.noise import Word
from assess.comparison.records import Comparison
from assess.figures import noise_points

TEAM_WORDS: Final[Mapping[Word, str]] = {
    "clear rise": "clearly higher",
    "clear fall": "clearly lower",
    "no clear change": "no clear difference",
}
"""What each word says of the other team when two stand side by side."""

ROUNDING: Final = "Figures are rounded down and points towards zero, so they need not add up."
_REASONS: Final[Mapping[NotComparedReason, str]] = {
    "new": "asked for the first time",
    "retired": "no longer asked",
    "confidential": "stands beside questions that changed, and members' figures are taken once",
}
_WHEN: Final = {
    ("not-applicable", "then"): "did not apply then",
    ("not-applicable", "now"): "does not apply now",
    ("not-applicable", "both"): "applied neither then nor now",
    ("dont-know", "then"): "was not known then",
    ("dont-know", "now"): "is not known now",
    ("dont-know", "both"): "was known neither then nor now",
}


def describe_left_out(comparison: Comparison) -> tuple[str, ...]:
    """Say of each question that is not compared why, and of each reworded one that it is."""
    before, after = comparison.before.questionnaire.by_id, comparison.after.questionnaire.by_id
    asks = {name: question.ask for name, question in {**before, **after}.items()}
    matching = comparison.matching
    return (
        *(f"“{asks[left.question]}”: {_why(left, comparison)}." for left in matching.left_out),
        *(f"“{asks[q]}”: compared, though its wording changed." for q in matching.reworded),
    )


def _why(left: NotCompared, comparison: Comparison) -> str:
    if left.when is None:
        return _REASONS[left.reason]
    if comparison.other_team is None:
        return _WHEN[left.reason, left.when]
    teams = {"then": comparison.team, "now": comparison.other_team, "both": "both teams"}
    verb = "does not apply" if left.reason == "not-applicable" else "is not known"
    return f"{verb} in {teams[left.when]}"


def describe_stage_change(comparison: Comparison) -> str:
    """Say how far a change of the stage can be trusted; nothing where the stage stayed."""
    if comparison.before.stage == comparison.after.stage:
        return ""
    return (
        "The stage follows the scores as answered; whether answers moved by more than noise "
        "is said below."
    )


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
