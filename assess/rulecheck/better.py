"""Better answers that bring more work or another risk.

Between two sets of answers that stand in the same place and differ in one level, raised by
one, no must and no risk should come only with the better one. A raised claim that becomes
strong comes with its evidence, else every honest step up would count against the team.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assess.answers import DONT_KNOW, NOT_APPLICABLE
from assess.rulecheck.issue import Issue, Name, undecided
from assess.rulecheck.prover import Verdict, World
from assess.rulecheck.setting import Setting, fires
from assess.rulecheck.team import Team
from assess.rules import Rule
from assess.rules.condition import AnyOf, Not


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A must or a risk, with the rules that bring it."""

    kind: str
    word: str
    rules: tuple[Rule, ...]


def check_better_answers(setting: Setting, rules: Iterable[Rule]) -> Iterator[Issue]:
    """Yield a warning for each must or risk of some rules that only a better answer brings."""
    asked = {rule.id for rule in rules}
    world = _link_pair(setting)
    for outcome in _outcomes(setting.rules.rules):
        none = Not(AnyOf(tuple(map(fires, outcome.rules))))
        left = [rule for rule in outcome.rules if rule.id in asked]
        while left:
            found = world.find(none, AnyOf(tuple(map(fires, left))), tidy=True)
            if found is Verdict.IMPOSSIBLE:
                break
            blamed = left[0]
            if isinstance(found, tuple):
                better = found[1].situation
                blamed = next(rule for rule in left if fires(rule).holds(better))
            yield _issue(blamed, outcome, found)
            left.remove(blamed)


def _outcomes(rules: Sequence[Rule]) -> Iterator[_Outcome]:
    for action in dict.fromkeys(a for rule in rules for a in rule.must):
        yield _Outcome("must", action, tuple(r for r in rules if action in r.must))
    for risk in dict.fromkeys(rule.risk for rule in rules if rule.risk is not None):
        yield _Outcome("risk", risk, tuple(r for r in rules if r.risk == risk))


def _link_pair(setting: Setting) -> World:
    """Return two unknown teams, the worse first, that differ in one level, raised by one."""
    world = World(setting.questionnaire, setting.rules.limits, sheets=2)
    model, (worse, better) = world.model, (terms.sheet for terms in world.terms)
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
    return world


def _issue(rule: Rule, outcome: _Outcome, found: tuple[Team, ...] | Verdict) -> Issue:
    name: Name = "better-answer-adds-work"
    where = f"rule[id={rule.id}].{outcome.kind}"
    if isinstance(found, Verdict):
        what = f"Whether a better answer alone can make '{rule.id}' fire is open."
        return undecided(name, what, where)
    worse, better = (team.answers.by_question for team in found)
    question = next(q for q in worse if worse[q].level != better[q].level)
    what = (
        f"'{rule.id}' brings {outcome.kind} '{outcome.word}' only once '{question}' rises "
        f"from level {worse[question].level} to {better[question].level}."
    )
    fix = "Let the condition hold for the lower answers too."
    return Issue("warning", name, what, where, fix, found)
