"""Which actions a team could take up, what each would win, and what speaks for it.

An action is a candidate when it offers a rung that is not reached, or when a `must` names
it. A don't-know counts as level 0 here; a question that does not apply offers nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import prod

from assess.catalogue.action import Action, Catalogue, Rung
from assess.catalogue.work import find_work
from assess.figures import Hours
from assess.planning.plan import Candidate, OfferedRung
from assess.questionnaire import Questionnaire
from assess.rules.finding import Finding
from assess.rules.model import Weights
from assess.scoring.profile import Profile
from assess.scoring.records import Level

YOUR_CHOICE = "your choice"
"""The rule id and the reason of what a person wants or skips."""


def present_level(level: Level) -> int | None:
    """Return the level that a plan starts from, or None where nothing can be won."""
    if level == "not-applicable":
        return None
    return 0 if level == "dont-know" else int(level)


def is_in_place(level: Level, needed: int) -> bool:
    """Tell whether a team is at a level already, or the question does not apply to it."""
    present = present_level(level)
    return present is None or present >= needed


def list_done_when(profile: Profile, action: Action) -> tuple[str, ...]:
    """Return what is true once an action is done: the levels that it leads to."""
    questions = profile.questionnaire.by_id
    return tuple(
        questions[question].levels[level]
        for question, level in action.lifts.items()
        if question in questions and not is_in_place(profile.levels[question], level)
    )


def won_by(actions: Iterable[Action], levels: Mapping[str, Level]) -> Mapping[str, Level]:
    """Return the levels when these actions have won what they offer without a gap."""
    offered = {rung for action in actions for rung in action.rungs}
    won = dict(levels)
    for question, level in sorted(offered):
        if question in won and present_level(won[question]) == level - 1:
            won[question] = level
    return won


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
    team_size: int,
    hours_per_week: Hours,
    done: Collection[str] = (),
) -> tuple[Candidate, ...]:
    """Return every candidate in catalogue order, with those that a rule avoids.

    What a person wants is not avoided by a rule; an avoid wins over any other must. What
    actions that are `done` have won is no need any more.
    """
    won = {
        rung
        for action in done
        if action in catalogue.by_id
        for rung in catalogue.by_id[action].rungs
    }
    by_action = _findings_by_action(findings)
    boosting = _findings_by_question(findings, profile.questionnaire)
    offer = _Offer(profile, weights, boosting)
    candidates = []
    for action in catalogue.actions:
        own = by_action.get(action.id, ())
        must = any(action.id in finding.must for finding in own)
        rungs = offer.rungs_of(action)
        if rungs or must:
            also = (finding for rung in rungs for finding in boosting[rung.question])
            # Findings are told apart by what they are: one may stand for several rungs.
            traced = tuple({id(finding): finding for finding in (*own, *also)}.values())
            left = {rung.question for rung in rungs}
            reached = action.lifts.keys() - left
            work = find_work(action, team_size, hours_per_week, reached)
            needs = _unmet_needs(action, profile, won)
            avoided = _is_avoided(action.id, own)
            candidates.append(Candidate(action, work, must, avoided, rungs, needs, traced))
    return tuple(candidates)


def _unmet_needs(action: Action, profile: Profile, won: Collection[Rung]) -> tuple[Rung, ...]:
    """Return the needed levels that do not hold and that nothing done has won."""
    return tuple(
        (question, needed)
        for question, needed in action.needs.items()
        if not is_in_place(profile.level(question), needed)
        and not any(q == question and level >= needed for q, level in won)
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


def _findings_by_question(
    findings: Iterable[Finding], questionnaire: Questionnaire
) -> Mapping[str, Sequence[Finding]]:
    """Return, for every question, the findings that boost its rungs."""
    found: dict[str, list[Finding]] = {question: [] for question in questionnaire.by_id}
    for finding in findings:
        for target in finding.boosts:
            for question in _questions_of(target, questionnaire):
                found[question].append(finding)
    return found


def _questions_of(target: str, questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the questions behind the target of a boost: a dimension, or `question.<id>`."""
    if target in questionnaire.by_dimension:
        return tuple(question.id for question in questionnaire.by_dimension[target])
    question = target.removeprefix("question.")
    return (question,) if question in questionnaire.by_id else ()


class _Offer:
    """What actions offer to one team."""

    def __init__(
        self, profile: Profile, weights: Weights, boosting: Mapping[str, Sequence[Finding]]
    ) -> None:
        by_level = {level: weights.of_rung(level, profile.stage_number) for level in (1, 2, 3)}
        self._rungs: dict[Rung, OfferedRung] = {}
        for question, stands in profile.levels.items():
            if (present := present_level(stands)) is None:
                continue
            factor = self._factor(question, profile.questionnaire, boosting[question])
            for level in range(present + 1, 4):
                weight = by_level[level] * factor
                self._rungs[question, level] = OfferedRung(question, level, weight)

    def rungs_of(self, action: Action) -> tuple[OfferedRung, ...]:
        """Return the rungs above the present level that an action offers."""
        return tuple(self._rungs[rung] for rung in action.rungs if rung in self._rungs)

    @staticmethod
    def _factor(question: str, questionnaire: Questionnaire, boosting: Iterable[Finding]) -> int:
        targets = (questionnaire.by_id[question].dimension, f"question.{question}")
        return prod(
            finding.boosts.get(target, 1)
            for finding in {id(f): f for f in boosting}.values()
            for target in targets
        )
