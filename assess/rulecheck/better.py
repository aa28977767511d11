"""Better answers that bring more work or another risk.

Between two sets of answers that stand in the same place and differ in one level, raised by
one, no must and no risk should come only with the better one. A raised claim that becomes
strong comes with its evidence, else every honest step up would count against the team.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from assess.answers import Answer, Answers
from assess.questionnaire import Question
from assess.rulecheck.circumstance import find_circumstances, split_literals
from assess.rulecheck.issue import Issue, Name
from assess.rulecheck.literal import Conjunction, Literal, ways
from assess.rulecheck.margins import split_margins
from assess.rulecheck.prover import Verdict
from assess.rulecheck.reach import TooLargeError
from assess.rulecheck.search import Rise, Search, suits
from assess.rulecheck.setting import Setting, none_of, together
from assess.rulecheck.stagecase import STAGE_CASES
from assess.rulecheck.team import MADE_UP, Team, make_team
from assess.rules import Case, Rule
from assess.rules.condition import AnswerIn, Within
from assess.rules.situation import (
    DimensionIndex,
    Distance,
    Evidence,
    Index,
    LevelOf,
    MarginDown,
    MarginUp,
    Score,
    Share,
)
from assess.scoring.stage import is_scored

_MOST_SEARCHES: Final = 600
"""How many searches one outcome may cost."""

_MOST_BITS: Final = 200_000
"""How many combinations of sums each of them may tell apart."""

_Pair = tuple[Team, Team]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A must or a risk, with the rules that bring it."""

    kind: str
    word: str
    rules: tuple[Rule, ...]

    @property
    def cases(self) -> list[Case]:
        return [case for rule in self.rules for case in rule.cases]


def check_better_answers(setting: Setting) -> Iterator[Issue]:
    """Yield a warning for each must or risk that only a better answer brings."""
    for outcome in _outcomes(setting.rules.rules):
        for rule in outcome.rules:
            found = _find_pair(setting, rule, outcome)
            if found is not Verdict.IMPOSSIBLE:
                yield _issue(rule, outcome, found)


def _outcomes(rules: Sequence[Rule]) -> Iterator[_Outcome]:
    for action in dict.fromkeys(a for rule in rules for a in rule.must):
        yield _Outcome("must", action, tuple(r for r in rules if action in r.must))
    for risk in dict.fromkeys(rule.risk for rule in rules if rule.risk is not None):
        yield _Outcome("risk", risk, tuple(r for r in rules if r.risk == risk))


def _issue(rule: Rule, outcome: _Outcome, found: _Pair | Verdict) -> Issue:
    name: Name = "better-answer-adds-work"
    where = f"rule[id={rule.id}].{outcome.kind}"
    if isinstance(found, Verdict):
        what = f"Whether a better answer alone can make '{rule.id}' fire is open."
        return Issue("undecided", name, what, where, "Make its 'when' simpler.")
    worse, better = (team.answers.by_question for team in found)
    question = next(q for q in worse if worse[q].level != better[q].level)
    return Issue(
        "warning",
        name,
        f"'{rule.id}' brings {outcome.kind} '{outcome.word}' only once '{question}' rises "
        f"from level {worse[question].level} to {better[question].level}.",
        where,
        "Let the condition hold for the lower answers too.",
        found,
    )


def _find_pair(setting: Setting, rule: Rule, outcome: _Outcome) -> _Pair | Verdict:
    """Return a worse and a better team of which only the better has the outcome, by this rule."""
    better_ways = [
        way
        for case in rule.cases
        for way in ways(case.condition)
        if any(_can_start(literal) for literal in way)
    ]
    if any(split_margins(way)[1] for way in better_ways):
        return _walk_to_pair(setting, better_ways, outcome)
    pairs = (
        (worse, better)
        for better in better_ways
        for worse in together(*none_of(outcome.cases))
        if all(_can_start(literal) for literal in _turning(worse, better))
        if _may_be(setting, worse) and _may_be(setting, better)
        if _share_circumstances(setting, worse, better)
    )
    return _search_pairs(setting, pairs)


def _may_be(setting: Setting, way: Conjunction) -> bool:
    return setting.prover.find((way,)) is not Verdict.IMPOSSIBLE


def _share_circumstances(setting: Setting, worse: Conjunction, better: Conjunction) -> bool:
    outside = split_literals(worse)[1] | split_literals(better)[1]
    return find_circumstances(outside, setting.rules.limits) is not None


def _search_pairs(
    setting: Setting, pairs: Iterable[tuple[Conjunction, Conjunction]]
) -> _Pair | Verdict:
    verdict = Verdict.IMPOSSIBLE
    known = tuple(pairs)
    searches = (
        (search, rise, worse)
        for plain in (True, False)
        for worse, better in known
        for search, rise in _searches(setting, worse, better, plain=plain)
    )
    for search, rise, worse in islice(searches, _MOST_SEARCHES):
        try:
            found = search.run()
        except TooLargeError:
            verdict = Verdict.UNDECIDED
            continue
        if found is not None:
            outside = split_literals(worse)[1] | split_literals(rise.better)[1]
            around = find_circumstances(outside, setting.rules.limits)
            assert around is not None
            team = make_team(setting.questionnaire, found.levels, around, found.backed)
            return team, _raised(team, rise.question)
    return Verdict.UNDECIDED if next(searches, None) is not None else verdict


def _searches(
    setting: Setting, worse: Conjunction, better: Conjunction, *, plain: bool
) -> Iterator[tuple[Search, Rise]]:
    """Yield the searches that together look at every raised level."""
    inside_worse, inside_better = split_literals(worse)[0], split_literals(better)[0]
    cases = [c for c in STAGE_CASES if c.suits(inside_worse) and c.suits(inside_better)]
    for question in _to_raise(setting, worse, better):
        size = len(setting.questionnaire.by_dimension[question.dimension])
        for rise in _rises(question, inside_worse, inside_better, size, plain=plain):
            for case in cases:
                search = Search(
                    setting.questionnaire,
                    inside_worse,
                    case,
                    plain=plain,
                    rise=rise,
                    most_bits=_MOST_BITS,
                )
                yield search, rise


def _to_raise(setting: Setting, worse: Conjunction, better: Conjunction) -> list[Question]:
    """Return the questions to raise: those that matter, one of several that are alike."""
    starting = [literal for literal in better if _can_start(literal)]
    turning = _turning(worse, better)
    chosen: dict[object, Question] = {}
    for question in setting.questionnaire.questions:
        matters = any(_bears_on(literal, question) for literal in starting)
        if matters and all(_bears_on(literal, question) for literal in turning):
            chosen.setdefault(_kind(setting, question, worse | better), question)
    return list(chosen.values())


def _turning(worse: Conjunction, better: Conjunction) -> list[Literal]:
    """Return the literals of the better answers that are false of the worse."""
    return [literal for literal in better if literal.opposite in worse]


def _kind(setting: Setting, question: Question, literals: Conjunction) -> object:
    """Return what is equal for questions that no literal tells apart."""
    if any(question.id == _question(literal) for literal in literals):
        return question.id
    alike = setting.questionnaire.by_dimension[question.dimension]
    if any(_is_about(literal, q) for literal in literals for q in alike):
        return question.dimension
    return len(alike)


def _rises(
    question: Question, worse: Conjunction, better: Conjunction, size: int, *, plain: bool
) -> Iterator[Rise]:
    for level in range(3):
        about_worse = [x for x in worse if _question(x) == question.id]
        about_better = [x for x in better if _question(x) == question.id]
        if not all(suits(x, level) for x in about_worse):
            continue
        if not all(suits(x, level + 1) for x in about_better):
            continue
        for answered in (size,) if plain else range(1, size + 1):
            for scored in sorted({is_scored(answered, n) for n in range(answered, size + 1)}):
                yield Rise(question.dimension, question.id, level, answered, scored, better)


def _raised(team: Team, question: str) -> Team:
    given = team.answers.by_question[question]
    level = (given.level or 0) + 1
    evidence = MADE_UP if level == 2 else given.evidence
    by_question = {**team.answers.by_question, question: Answer(level, evidence)}
    return replace(team, answers=replace(team.answers, by_question=by_question))


def _walk_to_pair(
    setting: Setting, better_ways: Sequence[Conjunction], outcome: _Outcome
) -> _Pair | Verdict:
    """Look one notch below teams with the right margin; what is not found stays open."""
    for way in better_ways:
        better = setting.prover.find((way,))
        if not isinstance(better, Team):
            continue
        place = _place(setting, better)
        for answers in _lowered(better.answers):
            worse = replace(better, answers=answers)
            situation = worse.situation(setting.questionnaire)
            fires = any(case.condition.holds(situation) for case in outcome.cases)
            if not fires and _place(setting, worse) == place:
                return worse, better
    return Verdict.UNDECIDED if better_ways else Verdict.IMPOSSIBLE


def _place(setting: Setting, team: Team) -> tuple[str | None, bool]:
    profile = team.situation(setting.questionnaire).profile
    return profile.stage, profile.complete


def _lowered(answers: Answers) -> Iterator[Answers]:
    for question, answer in answers.by_question.items():
        if answer.level:
            changed = replace(answer, level=answer.level - 1)
            by_question = {**answers.by_question, question: changed}
            yield replace(answers, by_question=by_question)


def _can_start(literal: Literal) -> bool:
    """Tell whether raising a level can make a literal hold that did not, in the same stage."""
    if isinstance(literal.atom, AnswerIn):
        levels = {level for level in range(4) if (level in literal.atom.answers) == literal.holds}
        return any(level - 1 not in levels for level in levels - {0})
    if not isinstance(literal.atom, Within):
        return False
    low, high = literal.atom.interval.low, literal.atom.interval.high
    needs_more = low is not None and (low > 0 or not literal.atom.interval.holds_low)
    needs_less = high is not None
    match literal.atom.subject:
        case MarginUp() | Distance():
            return needs_less if literal.holds else needs_more
        case Evidence():
            # A first strong claim brings a share of evidence, of 100 %, into being.
            return needs_more or 1 in literal.atom.interval if literal.holds else needs_less
        case Score() | Index() | Share() | DimensionIndex() | LevelOf() | MarginDown():
            return needs_more if literal.holds else needs_less
        case _:
            return False


def _bears_on(literal: Literal, question: Question) -> bool:
    """Tell whether raising a question can change whether a literal holds."""
    match literal.atom:
        case AnswerIn(name) | Within(LevelOf(name)):
            return name == question.id
        case Within(Share(dimension) | DimensionIndex(dimension)):
            return dimension == question.dimension
        case _:
            return True


def _is_about(literal: Literal, question: Question) -> bool:
    """Tell whether a literal names a question or its dimension."""
    match literal.atom:
        case AnswerIn() | Within(LevelOf() | Share() | DimensionIndex()):
            return _bears_on(literal, question)
        case _:
            return False


def _question(literal: Literal) -> str | None:
    match literal.atom:
        case AnswerIn(name) | Within(LevelOf(name)):
            return name
        case _:
            return None
