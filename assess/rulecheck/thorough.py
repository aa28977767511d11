"""What speaks of some team or of every team: decided by a solver (the extra `[check]`)."""

from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from assess.answers import DONT_KNOW, NOT_APPLICABLE
from assess.catalogue.action import Action
from assess.figures import join_words
from assess.rulecheck.gap import check_gaps, check_weakest
from assess.rulecheck.issue import Issue, impossible
from assess.rulecheck.prover import Prover, UndecidedError, settle
from assess.rulecheck.setting import STAGE_NUMBERS, Setting, any_fires, is_below
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
    check = SearchCheck(setting, prover)
    for rule in rules:
        yield from check.firing(rule)
    for rule in rules:
        yield from check.conflicts(rule)
    for action in actions:
        yield from check.selectable(action)
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


class SearchCheck:
    """What is asked of all teams about one rule or one action."""

    def __init__(self, setting: Setting, prover: Prover) -> None:
        self._setting, self._prover = setting, prover

    # --- Which rules act on which actions ---

    def conflicts(self, rule: Rule) -> Iterator[Issue]:
        """Yield an error for each must that meets an avoid for some team, or needs what does."""
        where = f"rule[id={rule.id}].must"
        for action in rule.must:
            for other in self._setting.avoiding(action):
                what = f"'{rule.id}' demands '{action}', while '{other.id}' avoids '{action}'."
                issue = Issue("error", "must-meets-avoid", what, where, _part(rule.id, other.id))
                yield from self._prover.show(issue, All((rule.condition, other.condition)))
            found = self._check_needs(rule, self._setting.catalogue.by_id[action], where)
            what = f"'{rule.id}' demands '{action}' where what it needs is avoided."
            yield from settle(found, "must-needs-avoided", where, what)

    def _check_needs(self, rule: Rule, action: Action, where: str) -> Iterator[Issue]:
        setting = self._setting
        stuck = (Not(setting.is_avoided(action.id)), Not(setting.can_begin(action)))
        if not action.needs or not (found := self._prover.find(All((rule.condition, *stuck)))):
            return
        situation = found[0].situation
        chain = self._find_stuck(situation, action, (action.id,))
        others = [r.id for r in setting.avoiding(chain[-1]) if r.condition.holds(situation)]
        what = f"'{rule.id}' demands '{action.id}', and nothing wins what it needs."
        fix = "Add an action that wins it, or change what it needs."
        if others:
            needs = "".join(f", which needs '{name}'" for name in chain[1:])
            said = join_words([f"'{name}'" for name in others], "and")
            what = f"'{rule.id}' demands '{action.id}'{needs}, while {said} avoids '{chain[-1]}'."
            fix = _part(rule.id, *others)
        yield Issue("error", "must-needs-avoided", what, where, fix, found)

    def _find_stuck(
        self, team: Situation, action: Action, chain: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Return a chain of needs of one team that ends in an action that is avoided."""
        setting = self._setting
        for rung in () if setting.is_avoided(action.id).holds(team) else action.needed_rungs:
            others = [other for other in setting.offering(rung) if other.id not in chain]
            ways = (setting.can_begin(other, frozenset(chain)).holds(team) for other in others)
            if is_below(*rung).holds(team) and others and not any(ways):
                return self._find_stuck(team, others[0], (*chain, others[0].id))
        return chain

    def selectable(self, action: Action) -> Iterator[Issue]:
        """Yield a warning for an action that can be in nobody's plan."""
        where, what = f"action[id={action.id}]", f"'{action.id}' can be in nobody's plan."
        yield from settle(self._check_use(action, where), "unselectable-action", where, what)

    def _check_use(self, action: Action, where: str) -> Iterator[Issue]:
        wanted = AnyOf((self._is_open(action), self._setting.is_demanded(action.id)))
        if self._prover.is_possible(All((wanted, self._setting.can_begin(action)))):
            return
        reason = "it lifts nothing, and no rule demands it that can fire"
        fix = "Demand it, or remove it."
        if shown := self._prover.find(wanted):
            reason = "whenever it would be of use, it or what it needs is avoided"
            fix = "Narrow the rules that avoid it."
        what = f"'{action.id}' can be in nobody's plan: {reason}."
        yield Issue("warning", "unselectable-action", what, where, fix, shown)

    def _is_open(self, action: Action) -> Condition:
        """Demand that an action offers a rung that is not reached, and that is of use.

        Of use is a rung up to one stage above the current, or one that another action needs.
        """
        needed = {rung for other in self._setting.catalogue.actions for rung in other.needed_rungs}
        ways = []
        for question, level in action.rungs:
            near = STAGE_NUMBERS if needed & {*action.rungs} else range(max(1, level - 1), 4)
            ways.append(All((is_below(question, level), OneOf("stage", tuple(near)))))
        return AnyOf(tuple(ways))

    # --- Which rules fire ---

    def firing(self, rule: Rule) -> Iterator[Issue]:
        """Yield what is wrong with when a rule fires."""
        where, narrow = f"rule[id={rule.id}].when", "Narrow its 'when', or remove the rule."
        what = f"'{rule.id}' can never fire."
        yield from settle(self._check_never(rule, where), "impossible-condition", where, what)
        every = Issue(
            "warning", "always-fires", f"'{rule.id}' fires for every team.", where, narrow
        )
        yield from settle(self._check_always(rule, every), every.name, where, every.what)
        for other in self._setting.rules.rules:
            if other is not rule and _brings_no_more(rule, other):
                what = f"Whenever '{rule.id}' fires, '{other.id}' fires too, and brings all of it."
                fix = f"Remove '{rule.id}', or let it bring something of its own."
                within = Issue("warning", "contained-rule", what, where, fix)
                found = self._check_contained(rule, other, within)
                for issue in settle(found, within.name, where, what):
                    yield issue
                    if issue.severity == "warning":
                        return

    def _check_never(self, rule: Rule, where: str) -> Iterator[Issue]:
        """Yield an error for a rule that is impossible, and a warning for a part of it that is."""
        dead = [case for case in rule.cases if not self._prover.is_possible(case.condition)]
        if len(dead) == len(rule.cases):
            yield impossible(rule, self._find_core(dead[0].condition))
        elif dead:
            named = join_words([f"'{case.dimension}'" for case in dead], "and")
            what = f"'{rule.id}' can never fire for {named}."
            fix = "Leave these dimensions to another rule."
            yield Issue("warning", "never-fires", what, where, fix)
        else:
            yield from self._check_branches(rule, where)

    def _find_core(self, condition: Condition) -> Condition:
        """Return a part of an impossible condition of which nothing more can be left out."""
        parts = parts_of(condition)
        for part in parts if len(parts) > 1 else ():
            fewer = tuple(other for other in parts if other is not part)
            with suppress(UndecidedError):
                parts = parts if self._prover.is_possible(All(fewer)) else fewer
        return All(parts)

    def _check_branches(self, rule: Rule, where: str) -> Iterator[Issue]:
        """Yield a warning for every part of `any` that adds nothing to when the rule fires."""
        parts = parts_of(rule.cases[0].condition)
        for group in parts:
            others = tuple(part for part in parts if part is not group)
            for number, branch in enumerate(group.parts if isinstance(group, AnyOf) else (), 1):
                what = f"A part of '{rule.id}' can never hold: {say_condition(branch)}."
                fix, place = "Correct a bound, or remove this part.", f"{where}.any[{number}]"
                dead = Issue("warning", "never-fires", what, place, fix)
                found = (
                    dead for part in [branch] if not self._prover.is_possible(All((*others, part)))
                )
                yield from settle(found, dead.name, place, what)

    def _check_always(self, rule: Rule, issue: Issue) -> Iterator[Issue]:
        conditions = [case.condition for case in rule.cases]
        if not self._prover.is_possible(AnyOf(tuple(map(Not, conditions)))):
            yield replace(issue, witnesses=self._prover.find(conditions[0]))

    def _check_contained(self, rule: Rule, other: Rule, issue: Issue) -> Iterator[Issue]:
        """Yield the warning where a rule is contained in another, and is the one to name.

        Of two that say the same it is the later one. A narrower rule that boosts once more is
        no fault, and of one that can never fire enough is said.
        """
        if self._prover.is_possible(_beyond(rule, other)):
            return
        is_named = not rule.boosts
        if _brings_no_more(other, rule) and not self._prover.is_possible(_beyond(other, rule)):
            rules = self._setting.rules.rules
            is_named = rules.index(rule) > rules.index(other)
        if is_named and (shown := self._prover.find(All((rule.condition, other.condition)))):
            yield replace(issue, witnesses=shown)


def _part(rule: str, *others: str) -> str:
    said = join_words([f"'{other}'" for other in others], "and")
    return f"Narrow the 'when' of '{rule}' or of {said}, so that they never meet."


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
    prover, asked, every = _link_pair(setting), {rule.id for rule in rules}, setting.rules.rules
    musts = [("must", action) for rule in every for action in rule.must]
    risks = [("risk", rule.risk) for rule in every if rule.risk]
    for kind, word in dict.fromkeys([*musts, *risks]):
        bringing = [rule for rule in every if word in (*rule.must, rule.risk)]
        left = [rule for rule in bringing if rule.id in asked]
        if left:
            what = f"'{left[0].id}' brings {kind} '{word}' only for a better answer."
            found = _check_outcome(prover, f"{kind} '{word}'", bringing, left)
            where = f"rule[id={left[0].id}].{kind}"
            yield from settle(found, "better-answer-adds-work", where, what)


def _check_outcome(
    prover: Prover, brought: str, bringing: Sequence[Rule], left: list[Rule]
) -> Iterator[Issue]:
    """Yield a warning for each rule that makes the difference, one after the other."""
    while left and (pair := prover.find(Not(any_fires(bringing)), any_fires(left))):
        rule = next(rule for rule in left if rule.condition.holds(pair[1].situation))
        worse, better = (team.answers.by_question for team in pair)
        question = next(q for q in worse if worse[q].level != better[q].level)
        what = (
            f"'{rule.id}' brings {brought} only once '{question}' rises "
            f"from level {worse[question].level} to {better[question].level}."
        )
        fix = "Let the condition hold for the lower answers too."
        where = f"rule[id={rule.id}].{brought.partition(' ')[0]}"
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
