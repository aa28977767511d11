"""Proves for a stage that every plan wins a rung of it.

Three steps, for six hours a week or more, one for each person, and no weeks off. Each is
checked over all answers.

1. Some question stands right below the stage's level. Without one, a team that has finished
   the stage before would have the same shares in this one, and have finished it too; a team
   that has not finished Momentum has a question at level 0 or unknown. By the same reason a
   dimension with too small a share of the stage has such a question itself.
2. Whichever question it is, an action for its rung fits into a plan beside all that rules may
   demand, with all that both need. So a plan with every must and a rung of the stage exists.
3. No plan without such a rung is worth as much: the best actions together, with all boosts that
   may meet, weigh less than that one rung with the boosts that it surely has. The planner
   prefers worth, so its plan wins one.

The first step reads levels and shares of the same answers; it says nothing of a members' view.

Source: docs/decisions/0006-rules.md
"""

from collections.abc import Collection, Iterator, Sequence
from math import floor, prod
from typing import Final

from assess.catalogue import Action, find_work
from assess.planning.optimum import Option, Problem, find_best_plan
from assess.rulecheck.literal import Conjunction, Literal, ways
from assess.rulecheck.prover import Verdict
from assess.rulecheck.setting import Setting, Ways, at_level, below, in_case, needed_rungs, together
from assess.rulecheck.stagecase import StageCase
from assess.rules.condition import Within
from assess.rules.interval import Interval
from assess.rules.situation import HoursPerHead, HoursPerWeek, Share

FEWEST_HOURS: Final = 6
"""The promise is made to teams with so many hours a week, or more."""

_ENOUGH_HOURS: Final = frozenset(
    {
        Literal(Within(HoursPerWeek(), Interval(FEWEST_HOURS * 100, None))),
        Literal(Within(HoursPerHead(), Interval(100, None))),
    }
)


def is_promise_proved(setting: Setting, case: StageCase) -> bool:
    """Tell whether every plan of a team in this stage surely wins a rung of it."""
    stands = in_case(case) | _ENOUGH_HOURS
    return _always_outweighs(setting, case, stands) and all(
        _always_fits(setting, stands | {at_level(question, case.number - 1)}, question, case)
        for question in setting.questionnaire.by_id
    )


def _always_outweighs(setting: Setting, case: StageCase, stands: Conjunction) -> bool:
    """Tell whether a rung of the stage outweighs any plan without one.

    Either a dimension has too small a share, and the rung can be one of its own, or none has.
    """
    weight = setting.rules.weights.current_stage
    lags = {d: _lags(setting, d) for d in setting.questionnaire.by_dimension}
    no_lag = stands | {literal.opposite for literal in lags.values()}
    return _most_without(setting, case, no_lag) < weight and all(
        _most_without(setting, case, stands | {lag})
        < weight * _sure_boost(setting, stands | {lag}, dimension)
        for dimension, lag in lags.items()
    )


def _lags(setting: Setting, dimension: str) -> Literal:
    """Demand that a dimension's share is smaller than a stage asks, in whole hundredths."""
    # Rounded down: whoever lags by this bound surely lags.
    bound = floor(setting.questionnaire.each * 100)
    return Literal(Within(Share(dimension, None), Interval(None, bound, holds_high=False)))


def _sure_boost(setting: Setting, stands: Conjunction, dimension: str) -> int:
    """Return the product of all boosts that a dimension surely has."""
    return prod(
        case.boosts[dimension]
        for rule in setting.rules.rules
        for case in rule.cases
        if dimension in case.boosts
        and not any(_may_hold(setting, stands, (way,)) for way in ways(case.condition, holds=False))
    )


def _most_without(setting: Setting, case: StageCase, stands: Conjunction) -> int:
    """Return no less than any plan can be worth that wins no rung of the stage."""
    worth = sorted(
        sum(_worth(setting, case, stands, question, level) for question, level in action.rungs)
        for action in setting.catalogue.actions
    )
    return sum(worth[-setting.rules.limits.priorities :])


def _worth(
    setting: Setting, case: StageCase, stands: Conjunction, question: str, level: int
) -> int:
    """Return the most that a rung can weigh in a plan that wins no rung of the stage.

    A rung beyond the stage is only won so where the question has reached the stage.
    """
    if level == case.number:
        return 0
    weight = setting.rules.weights.of_rung(level, case.number)
    levels = [case.number] if level > case.number else range(level)
    return weight and max(
        weight * _most_boost(setting, stands | {at_level(question, there)}, question)
        for there in levels
    )


def _most_boost(setting: Setting, stands: Conjunction, question: str) -> int:
    """Return the largest product of boosts on a question that may hold together."""
    targets = (setting.questionnaire.by_id[question].dimension, f"question.{question}")
    boosts = [
        (case.boosts[target], setting.ways_of(case))
        for rule in setting.rules.rules
        for case in rule.cases
        for target in targets
        if target in case.boosts
    ]
    return _most_together(setting, stands, [b for b in boosts if _may_hold(setting, stands, b[1])])


def _most_together(
    setting: Setting, stands: Conjunction, boosts: Sequence[tuple[int, Ways]]
) -> int:
    """Return the largest product of boosts that may meet; 0 where no team stands so."""
    meeting = together((stands,), *(ways_of for _, ways_of in boosts))
    if setting.prover.find(meeting) is not Verdict.IMPOSSIBLE:
        return prod(factor for factor, _ in boosts)
    fewer = ([*boosts[:place], *boosts[place + 1 :]] for place in range(len(boosts)))
    return max((_most_together(setting, stands, some) for some in fewer), default=0)


def _always_fits(setting: Setting, stands: Conjunction, question: str, case: StageCase) -> bool:
    """Tell whether some action for a question's rung fits beside all that rules may demand."""
    demanded = frozenset(
        action
        for action in setting.catalogue.by_id
        if _may_hold(setting, stands, setting.demanded_ways(action))
    )
    return any(
        _fits_beside(setting, stands, action.id, demanded)
        for action in setting.catalogue.actions
        if action.lifts.get(question) == case.number
    )


def _fits_beside(
    setting: Setting, stands: Conjunction, action: str, demanded: frozenset[str]
) -> bool:
    """Tell whether an action fits beside all of these that may be demanded together."""
    if _fits(setting, _with_needs(setting, stands, demanded | {action})):
        return not _may_be_avoided(setting, stands, _with_needs(setting, stands, {action}))
    groups = [setting.demanded_ways(must) for must in demanded]
    if setting.prover.find(together((stands,), *groups)) is not Verdict.IMPOSSIBLE:
        return False
    return all(_fits_beside(setting, stands, action, demanded - {must}) for must in demanded)


def _with_needs(setting: Setting, stands: Conjunction, actions: Collection[str]) -> frozenset[str]:
    """Return actions with all that they may need, near and far."""
    there: set[str] = set()
    open_ones = list(actions)
    while open_ones:
        action = open_ones.pop()
        if action not in there:
            there.add(action)
            open_ones += [
                setting.offering(rung)[0].id
                for rung in needed_rungs(setting.catalogue.by_id[action])
                if setting.offering(rung) and _may_hold(setting, stands, (below(*rung),))
            ]
    return frozenset(there)


def _may_be_avoided(setting: Setting, stands: Conjunction, actions: Collection[str]) -> bool:
    return any(_may_hold(setting, stands, setting.avoided_ways(action)) for action in actions)


def _may_hold(setting: Setting, stands: Conjunction, of: Ways) -> bool:
    return setting.prover.find(together((stands,), of)) is not Verdict.IMPOSSIBLE


def _fits(setting: Setting, names: frozenset[str]) -> bool:
    """Tell whether actions can all be scheduled with the fewest hours of the promise."""
    limits = setting.rules.limits
    actions = [action for action in setting.catalogue.actions if action.id in names]
    choice = find_best_plan(
        Problem(
            options=tuple(_options(setting, actions)),
            ladders=(),
            capacity=(4 * FEWEST_HOURS,) * limits.weeks,
            slots=(limits.at_once,) * limits.weeks,
            priorities=limits.priorities,
        )
    )
    return choice.musts == len(actions)


def _options(setting: Setting, actions: list[Action]) -> Iterator[Option]:
    places = {action.id: place for place, action in enumerate(actions)}
    for action in actions:
        offering = (o[0].id for rung in needed_rungs(action) if (o := setting.offering(rung)))
        needs = tuple({places[need] for need in offering if need in places})
        size = setting.rules.limits.default_team_size
        weeks = find_work(action, size, FEWEST_HOURS).hours_by_week
        yield Option(hours=tuple(int(4 * hours) for hours in weeks), needs=needs, must=True)
