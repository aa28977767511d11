"""What speaks of some team or of every team: decided by a solver (the extra `[check]`)."""

from collections.abc import Container, Iterator
from dataclasses import replace

from assess.rulecheck.acting import check_conflicts, check_selectable
from assess.rulecheck.better import check_better_answers
from assess.rulecheck.firing import check_firing
from assess.rulecheck.gap import check_gaps, check_weakest
from assess.rulecheck.issue import Issue
from assess.rulecheck.prover import Prover
from assess.rulecheck.setting import Setting
from assess.rules import Situation
from assess.rules.vocabulary import AGREEMENT


def check_thoroughly(setting: Setting, found: Container[str]) -> Iterator[Issue]:
    """Yield all that is wrong for some team or for every team; `found` are places with an issue."""
    yield from check_all_teams(setting, found)
    yield from check_ways_on(setting)


def check_all_teams(setting: Setting, found: Container[str]) -> Iterator[Issue]:
    """Yield what is wrong, those rules and actions aside of which something was found."""
    rules = [rule for rule in setting.rules.rules if f"rule[id={rule.id}].when" not in found]
    actions = [a for a in setting.catalogue.actions if f"action[id={a.id}]" not in found]
    prover = Prover(setting.questionnaire, setting.rules.limits, _list_teams(setting))
    yield from check_firing(setting, prover, rules)
    yield from check_conflicts(setting, prover, rules)
    yield from check_selectable(setting, prover, actions)
    yield from check_better_answers(setting, rules)


def check_ways_on(setting: Setting) -> Iterator[Issue]:
    """Yield where a team may be left without a way on."""
    # A model grows with all that it is asked, and slows down; these two have little in common.
    for check in (check_weakest, check_gaps):
        yield from check(setting, Prover(setting.questionnaire, setting.rules.limits))


def _list_teams(setting: Setting) -> Iterator[Situation]:
    """Yield the teams of the examples, as they are, and with all that may lie around a team.

    Most questions of a sound file are answered by one of these, without the solver.
    """
    dimensions = list(setting.questionnaire.by_dimension)
    for example in setting.rules.examples:
        there = setting.make_example(example).situation
        yield there
        yield replace(
            there,
            profile=replace(there.profile, members=5),
            agreement=dict.fromkeys(dimensions, AGREEMENT[-1]),
            carried=dict.fromkeys(setting.catalogue.by_id, 2),
            rose=frozenset(dimensions[::2]),
            fell=frozenset(dimensions[1::2]),
        )
