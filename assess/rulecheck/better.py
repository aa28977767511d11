"""Better answers that bring more work or another risk.

Between two sets of answers that stand in the same place and differ in one level, raised by
one, no must and no risk should come only with the better one. A raised claim that becomes
strong comes with its evidence, else every honest step up would count against the team.
"""

from collections.abc import Iterable, Iterator, Sequence

from assess.answers import DONT_KNOW, NOT_APPLICABLE
from assess.rulecheck.issue import Issue
from assess.rulecheck.prover import Prover, settle
from assess.rulecheck.setting import Setting, any_fires
from assess.rules import Rule
from assess.rules.condition import Not


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
