"""What speaks of some team or of every team: decided by a solver (the extra `[check]`)."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

from assess.answers import DONT_KNOW, NOT_APPLICABLE
from assess.catalogue.action import Action
from assess.figures import join_words
from assess.questionnaire import STAGES
from assess.rulecheck.gap import check_gaps, check_weakest
from assess.rulecheck.issue import Issue, impossible
from assess.rulecheck.prover import Prover, UndecidedError, settle
from assess.rulecheck.setting import Setting, any_fires, is_below
from assess.rules.condition import All, AnyOf, Condition, Not, OneOf, parts_of
from assess.rules.model import Rule
from assess.rules.situation import Situation
from assess.rules.vocabulary import AGREEMENT
from assess.rules.wording import say_condition


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


# --- Which rules act on which actions ---


def check_conflicts(setting: Setting, prover: Prover, rules: Iterable[Rule]) -> Iterator[Issue]:
    """Yield an error for each must that meets an avoid for some team, on it or on its needs."""
    for rule in rules:
        where = f"rule[id={rule.id}].must"
        for action in rule.must:
            for other in setting.avoiding(action):
                what = f"'{rule.id}' demands '{action}', while '{other.id}' avoids '{action}'."
                fix = (
                    f"Narrow the 'when' of '{rule.id}' or of '{other.id}', so that they never meet."
                )
                issue = Issue("error", "must-meets-avoid", what, where, fix)
                point = f"'{rule.id}' and '{other.id}' can disagree on '{action}'"
                yield from prover.show(issue, point, All((rule.condition, other.condition)))
            point = f"'{action}' can begin whenever '{rule.id}' demands it"
            found = _check_needs(setting, prover, rule, setting.catalogue.by_id[action], where)
            yield from settle(found, "must-needs-avoided", point, where)


def _check_needs(
    setting: Setting, prover: Prover, rule: Rule, action: Action, where: str
) -> Iterator[Issue]:
    stuck = (Not(setting.is_avoided(action.id)), Not(setting.can_begin(action)))
    if not action.needs or not (found := prover.find(All((rule.condition, *stuck)))):
        return
    situation = found[0].situation
    chain = _find_stuck(setting, situation, action, (action.id,))
    others = [r.id for r in setting.avoiding(chain[-1]) if r.condition.holds(situation)]
    needs = "".join(f", which needs '{name}'" for name in chain[1:])
    said = join_words([f"'{name}'" for name in others], "and")
    what = f"'{rule.id}' demands '{action.id}'{needs}, while {said} avoids '{chain[-1]}'."
    fix = f"Narrow the 'when' of '{rule.id}' or of {said}, so that they never meet."
    if not others:
        what = f"'{rule.id}' demands '{action.id}', and nothing wins what it needs."
        fix = "Add an action that wins it, or change what it needs."
    yield Issue("error", "must-needs-avoided", what, where, fix, found)


def _find_stuck(
    setting: Setting, situation: Situation, action: Action, chain: tuple[str, ...]
) -> tuple[str, ...]:
    """Return a chain of needs of one team that ends in an action that is avoided."""
    if setting.is_avoided(action.id).holds(situation):
        return chain
    for rung in action.needed_rungs:
        others = [other for other in setting.offering(rung) if other.id not in chain]
        stuck = [o for o in others if not setting.can_begin(o, frozenset(chain)).holds(situation)]
        if is_below(*rung).holds(situation) and others and len(stuck) == len(others):
            return _find_stuck(setting, situation, stuck[0], (*chain, stuck[0].id))
    return chain


def check_selectable(
    setting: Setting, prover: Prover, actions: Iterable[Action]
) -> Iterator[Issue]:
    """Yield a warning for each action that can be in nobody's plan."""
    for action in actions:
        where, fix = f"action[id={action.id}]", "Make the rules that avoid it simpler."
        found = _check_action(setting, prover, action, where)
        yield from settle(
            found, "unselectable-action", f"'{action.id}' can be in a plan", where, fix
        )


def _check_action(setting: Setting, prover: Prover, action: Action, where: str) -> Iterator[Issue]:
    wanted = AnyOf((_is_open(setting, action), setting.is_demanded(action.id)))
    if prover.is_possible(All((wanted, setting.can_begin(action)))):
        return
    shown = prover.find(wanted)
    if not action.lifts and not setting.demanding(action.id):
        reason, fix = "it lifts nothing, and no rule demands it", "Demand it, or remove it."
    elif shown:
        reason = "whenever it would be of use, it or what it needs is avoided"
        fix = "Narrow the rules that avoid it."
    else:
        reason, fix = "the rules that demand it cannot fire", "Correct these rules, or remove it."
    what = f"'{action.id}' can be in nobody's plan: {reason}."
    yield Issue("warning", "unselectable-action", what, where, fix, shown)


def _is_open(setting: Setting, action: Action) -> Condition:
    """Demand that an action offers a rung that is not reached, and that is of use.

    Of use is a rung up to one stage above the current, or one that another action needs.
    """
    needed = {rung for other in setting.catalogue.actions for rung in other.needed_rungs}
    ways = []
    for question, level in action.rungs:
        near = range(1 if needed & {*action.rungs} else max(1, level - 1), len(STAGES) + 1)
        ways.append(All((is_below(question, level), OneOf("stage", tuple(near)))))
    return AnyOf(tuple(ways))


# --- Which rules fire ---


def check_firing(setting: Setting, prover: Prover, rules: Iterable[Rule]) -> Iterator[Issue]:
    """Yield what is wrong with when rules fire, one rule after the other."""
    for rule in rules:
        where, name = f"rule[id={rule.id}].when", rule.id
        never, always = _check_never(prover, rule, where), _check_always(prover, rule, where)
        yield from settle(never, "impossible-condition", f"'{name}' can fire", where)
        yield from settle(always, "always-fires", f"'{name}' always fires", where)
        yield from _check_contained(setting, prover, rule, where)


def _check_never(prover: Prover, rule: Rule, where: str) -> Iterator[Issue]:
    """Yield an error for a rule that is impossible, and a warning for a part of it that is."""
    dead = [case for case in rule.cases if not prover.is_possible(case.condition)]
    if len(dead) == len(rule.cases):
        yield impossible(rule, _core(prover, dead[0].condition))
    elif dead:
        named = join_words([f"'{case.dimension}'" for case in dead], "and")
        what = f"'{rule.id}' can never fire for {named}."
        yield Issue(
            "warning", "never-fires", what, where, "Leave these dimensions to another rule."
        )
    else:
        yield from _check_branches(prover, rule, where)


def _core(prover: Prover, condition: Condition) -> Condition:
    """Return a part of an impossible condition of which nothing more can be left out."""
    parts = parts_of(condition)
    for part in parts if len(parts) > 1 else ():
        fewer = tuple(other for other in parts if other is not part)
        try:
            parts = parts if prover.is_possible(All(fewer)) else fewer
        except UndecidedError:
            continue
    return All(parts)


def _check_branches(prover: Prover, rule: Rule, where: str) -> Iterator[Issue]:
    """Yield a warning for every part of `any` that adds nothing to when the rule fires."""
    parts = parts_of(rule.cases[0].condition)
    for group in parts:
        others = tuple(part for part in parts if part is not group)
        for number, branch in enumerate(group.parts if isinstance(group, AnyOf) else (), 1):
            place, said = f"{where}.any[{number}]", say_condition(branch)
            what = f"A part of '{rule.id}' can never hold: {said}."
            dead = Issue(
                "warning", "never-fires", what, place, "Correct a bound, or remove this part."
            )
            found = (dead for part in [branch] if not prover.is_possible(All((*others, part))))
            yield from settle(found, dead.name, f"a part of '{rule.id}' can hold ({said})", place)


def _check_always(prover: Prover, rule: Rule, where: str) -> Iterator[Issue]:
    conditions = [case.condition for case in rule.cases]
    if not prover.is_possible(AnyOf(tuple(map(Not, conditions)))):
        what, fix = f"'{rule.id}' fires for every team.", "Narrow its 'when', or remove the rule."
        yield Issue("warning", "always-fires", what, where, fix, prover.find(conditions[0]))


def _check_contained(setting: Setting, prover: Prover, rule: Rule, where: str) -> Iterator[Issue]:
    """Yield a warning for a rule that brings nothing of its own, or that it may be one."""
    for other in setting.rules.rules:
        if other is not rule and _brings_no_more(rule, other):
            found = _check_pair(setting, prover, rule, other, where)
            point = f"'{other.id}' fires whenever '{rule.id}' does"
            for issue in settle(found, "contained-rule", point, where):
                yield issue
                if issue.severity == "warning":
                    return


def _check_pair(
    setting: Setting, prover: Prover, rule: Rule, other: Rule, where: str
) -> Iterator[Issue]:
    """Yield a warning where a rule is contained in another, and is the one to name.

    Of two that say the same it is the later one. A narrower rule that boosts once more is
    no fault, and of one that can never fire enough is said.
    """
    if prover.is_possible(_beyond(rule, other)):
        return
    is_named = not rule.boosts
    if _brings_no_more(other, rule) and not prover.is_possible(_beyond(other, rule)):
        is_named = setting.rules.rules.index(rule) > setting.rules.rules.index(other)
    if is_named and (shown := prover.find(All((rule.condition, other.condition)))):
        what = f"Whenever '{rule.id}' fires, '{other.id}' fires too, and brings all of it."
        fix = f"Remove '{rule.id}', or let it bring something of its own."
        yield Issue("warning", "contained-rule", what, where, fix, shown)


def _brings_no_more(rule: Rule, other: Rule) -> bool:
    """Tell whether all that a rule brings, another brings too; boosts have to be the same."""
    return (
        set(rule.must) <= set(other.must)
        and set(rule.avoid) <= set(other.avoid)
        and rule.risk in (None, other.risk)
        and rule.note in (None, other.note)
        and rule.boosts in ({}, other.boosts)
    )


def _beyond(rule: Rule, other: Rule) -> Condition:
    """Demand that a rule fires and another, for the same dimension, does not."""
    ways = []
    for case in rule.cases:
        alike = (c.condition for c in other.cases if not case.boosts or c.boosts == case.boosts)
        ways.append(All((case.condition, *map(Not, alike))))
    return AnyOf(tuple(ways))


# --- Better answers ---

# Between two sets of answers that stand in the same place and differ in one level, raised by one,
# no must and no risk should come only with the better one. A raised claim that becomes strong
# comes with its evidence, else every honest step up would count against the team.


def check_better_answers(setting: Setting, rules: Iterable[Rule]) -> Iterator[Issue]:
    """Yield a warning for each must or risk of some rules that only a better answer brings."""
    prover, asked = _link_pair(setting), {rule.id for rule in rules}
    every = setting.rules.rules
    brought = [
        *dict.fromkeys(("must", action) for rule in every for action in rule.must),
        *dict.fromkeys(("risk", rule.risk) for rule in every if rule.risk),
    ]
    for kind, word in brought:
        bringing = [rule for rule in every if word in (*rule.must, rule.risk)]
        left = [rule for rule in bringing if rule.id in asked]
        if left:
            point = f"a better answer alone can make '{left[0].id}' fire"
            found = _check_outcome(prover, kind, word, bringing, left)
            where = f"rule[id={left[0].id}].{kind}"
            yield from settle(found, "better-answer-adds-work", point, where)


def _check_outcome(
    prover: Prover, kind: str, word: str | None, bringing: Sequence[Rule], left: list[Rule]
) -> Iterator[Issue]:
    """Yield a warning for each rule that makes the difference, one after the other."""
    while left and (pair := prover.find(Not(any_fires(bringing)), any_fires(left))):
        rule = next(rule for rule in left if rule.condition.holds(pair[1].situation))
        worse, better = (team.answers.by_question for team in pair)
        question = next(q for q in worse if worse[q].level != better[q].level)
        what = (
            f"'{rule.id}' brings {kind} '{word}' only once '{question}' rises "
            f"from level {worse[question].level} to {better[question].level}."
        )
        where, fix = (
            f"rule[id={rule.id}].{kind}",
            "Let the condition hold for the lower answers too.",
        )
        yield Issue("warning", "better-answer-adds-work", what, where, fix, pair)
        left.remove(rule)


def _link_pair(setting: Setting) -> Prover:
    """Return two unknown teams, the worse first, that differ in one level, raised by one."""
    pair = Prover(setting.questionnaire, setting.rules.limits, sheets=2)
    model, (worse, better) = pair.model, pair.sheets
    raised = {question: model.new_bool_var("") for question in setting.questionnaire.by_id}
    model.add_exactly_one(raised.values())
    for question, up in raised.items():
        for answer in (DONT_KNOW, NOT_APPLICABLE):
            model.add(better.answer[question, answer] == worse.answer[question, answer])
        model.add(better.level(question) == worse.level(question) + up)
        became_strong = better.is_at(question, (2, 3)) - worse.is_at(question, (2, 3))
        model.add(better.backed[question] == worse.backed[question] + became_strong)
    for before, after in zip(worse.finished, better.finished, strict=True):
        model.add(after == before)
    return pair
