"""Which actions a team could take up, what each would win, and what speaks for it.

An action is a candidate when it offers a rung that is not reached, or when a `must` names
it. A don't-know counts as level 0 here; a question that does not apply offers nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from assess.catalogue import Action, Catalogue, Rung
from assess.planning.plan import Candidate, OfferedRung
from assess.questionnaire import Questionnaire
from assess.rules import Finding, Weights
from assess.scoring import Level, Profile

YOUR_CHOICE = "your choice"
"""The rule id and the reason of what a person wants or skips."""


def present_level(level: Level) -> int | None:
    """Return the level that a plan starts from, or None where nothing can be won."""
    if level == "not-applicable":
        return None
    return 0 if level == "dont-know" else int(level)


def find_choices(wants: Iterable[str], skips: Iterable[str]) -> tuple[Finding, ...]:
    """Return the person's own musts and avoids as findings."""
    return (
        *(Finding(YOUR_CHOICE, "Your choice.", must=(action,)) for action in wants),
        *(Finding(YOUR_CHOICE, "Your choice.", avoid=(action,)) for action in skips),
    )


def find_candidates(
    profile: Profile,
    catalogue: Catalogue,
    findings: Sequence[Finding],
    weights: Weights,
    done: Collection[str] = (),
) -> tuple[Candidate, ...]:
    """Return every candidate in catalogue order, with those that a rule avoids.

    What a person wants is not avoided by a rule; an avoid wins over any other must.
    """
    factors = _boost_factors(findings)
    by_action = _findings_by_action(findings)
    weight_of = _Weigher(profile, weights, factors)
    candidates = []
    for action in catalogue.actions:
        if action.id in done:
            continue
        own = by_action.get(action.id, ())
        must = any(action.id in f.must for f in own)
        rungs = weight_of.offered(action)
        if rungs or must:
            boosting = tuple(f for f in findings if f not in own and weight_of.boosts(f, rungs))
            candidates.append(
                Candidate(action, must, _is_avoided(action.id, own), rungs, (*own, *boosting))
            )
    return tuple(candidates)


def unmet_needs(
    action: Action, catalogue: Catalogue, levels: Mapping[str, Level], done: Collection[str]
) -> tuple[str, ...]:
    """Return the needed actions that are neither done nor already true of the team."""
    return tuple(
        need
        for need in action.needs
        if need not in done and not _holds(catalogue.by_id[need].rungs, levels)
    )


def _holds(rungs: Sequence[Rung], levels: Mapping[str, Level]) -> bool:
    return bool(rungs) and all(
        levels[question] == "not-applicable"
        or (levels[question] != "dont-know" and int(levels[question]) >= level)
        for question, level in rungs
    )


def _is_avoided(action: str, own: Iterable[Finding]) -> bool:
    wanted = any(f.rule == YOUR_CHOICE and action in f.must for f in own)
    skipped = any(f.rule == YOUR_CHOICE and action in f.avoid for f in own)
    return skipped or (not wanted and any(action in f.avoid for f in own))


def _findings_by_action(findings: Iterable[Finding]) -> Mapping[str, tuple[Finding, ...]]:
    found: dict[str, tuple[Finding, ...]] = {}
    for finding in findings:
        for action in dict.fromkeys((*finding.must, *finding.avoid)):
            found[action] = (*found.get(action, ()), finding)
    return found


def _boost_factors(findings: Iterable[Finding]) -> Mapping[str, int]:
    factors: dict[str, int] = {}
    for finding in findings:
        for target, factor in finding.boosts.items():
            factors[target] = factors.get(target, 1) * factor
    return factors


class _Weigher:
    """Weighs the rungs that actions offer to one team."""

    def __init__(self, profile: Profile, weights: Weights, factors: Mapping[str, int]) -> None:
        self._questionnaire: Questionnaire = profile.questionnaire
        self._levels = {q: present_level(level) for q, level in profile.levels.items()}
        self._by_level = {
            level: weights.of_rung(level, profile.stage_number) for level in (1, 2, 3)
        }
        self._factors = factors

    def offered(self, action: Action) -> tuple[OfferedRung, ...]:
        """Return the rungs above the present level that an action offers."""
        return tuple(
            OfferedRung(question, level, self._weight(question, level))
            for question, level in action.rungs
            if (present := self._levels[question]) is not None and level > present
        )

    def boosts(self, finding: Finding, rungs: Iterable[OfferedRung]) -> bool:
        """Tell whether a finding raises the weight of one of these rungs."""
        return bool(finding.boosts) and any(
            target in finding.boosts
            for rung in rungs
            for target in (self._dimension(rung.question), f"question.{rung.question}")
        )

    def _weight(self, question: str, level: int) -> int:
        return (
            self._by_level[level]
            * self._factors.get(self._dimension(question), 1)
            * self._factors.get(f"question.{question}", 1)
        )

    def _dimension(self, question: str) -> str:
        return self._questionnaire.by_id[question].dimension
