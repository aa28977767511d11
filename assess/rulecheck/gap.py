"""The promise that no team is left without a way on.

No stage is finished while a dimension lags, so *if one dimension alone has the lowest share of the
current stage, some candidate wins a rung in it*: see `check_weakest`.

*The plan of every team that is not complete, with the usual hours of its size or more and no weeks
off, wins a rung of its stage or of an earlier one.* `check_gaps` proves it in three steps.

1. A team that is not complete has a question below its stage's level: if none were, every
   dimension would have all of the stage, and it would be finished; a dimension that has no
   score has don't-knows, which count as 0. The solver knows this by itself.
2. For some such question an action that nothing avoids, and that needs nothing more, surely
   fits beside all *burdens*: what rules demand that wins nothing on the way. `fitting` asks for
   every size of team. (What an action needs are mostly rungs as well, so the first of a chain
   is such an action.)
3. A rule demands it as well, or that one rung is worth more than all rungs beyond the stage
   together, with every boost that they may have.

A plan without a rung on the way could hold no must but the burdens. With the action beside
them it would hold one must more, or as many and more value, so it is never the best.

The solver looks for a team for which 2 fails; where 3 does, every team will do. Without one, the
promise is proved. One that is found is given to the planner: if its plan wins nothing, that is
the error; if it does, nothing is said of the others, and the answer is *undecided*. Rules on what
was carried over are outside.

Source: docs/decisions/0006-rules.md
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations, product
from math import ceil, prod

from assess.answers import NOT_APPLICABLE
from assess.catalogue import Action
from assess.catalogue.action import MOST_PEOPLE
from assess.figures import join_words
from assess.planning.candidates import present_level
from assess.questionnaire import STAGES
from assess.rulecheck.example import PlanActions
from assess.rulecheck.fitting import SIZES, Fitting
from assess.rulecheck.issue import Issue, UndecidedError, settle
from assess.rulecheck.prover import Prover, show
from assess.rulecheck.setting import (
    STAGE_NUMBERS,
    Setting,
    fires,
    is_at,
    is_below,
    is_unfinished,
    needed_rungs,
)
from assess.rulecheck.witness import Witness
from assess.rules.condition import All, AnswerIn, AnyOf, Condition, Not, StageIn, Within, atoms
from assess.rules.interval import Interval
from assess.rules.situation import Carried, HoursPerHead, ShareSubject, TeamSizeSubject, stage_word


def check_weakest(setting: Setting, prover: Prover) -> Iterator[Issue]:
    """Yield an error for each stage and dimension that can alone be weakest, with no way on."""
    for stage, dimension in product(STAGE_NUMBERS, setting.questionnaire.by_dimension):
        word, where = stage_word(stage), f"dimension[id={dimension}]"
        fix = f"Add an action for '{dimension}' that no rule avoids in {word}, or narrow that rule."
        what = f"In {word}, '{dimension}' can be weakest without any candidate that lifts it."
        error = Issue("error", "gap", what, where, fix)
        what = f"Whether '{dimension}' can be weakest in {word} without a candidate is open."
        stuck = (_is_stuck(setting, q.id) for q in setting.questionnaire.by_dimension[dimension])
        parts = (is_unfinished(stage), _is_weakest(setting, dimension, stage), *stuck)
        yield from settle(show(prover, All(parts), error), "gap", what, where, fix)


def _is_weakest(setting: Setting, dimension: str, stage: int) -> Condition:
    """Demand that a dimension alone has the lowest share of a stage.

    Then some bound lies between its share and all others. Whole percents tell all shares of
    up to ten questions apart.
    """
    sizes = range(1, len(setting.questionnaire.by_dimension[dimension]) + 1)
    bounds = {-(-100 * reached // of) for of in sizes for reached in range(of)}
    others = [d for d in setting.questionnaire.by_dimension if d != dimension]

    def is_up_to(name: str, bound: int) -> Condition:
        return Within(ShareSubject(name, stage), Interval(None, bound))

    return AnyOf(
        tuple(
            All((is_up_to(dimension, bound), *(Not(is_up_to(d, bound)) for d in others)))
            for bound in sorted(bounds)
        )
    )


def _is_stuck(setting: Setting, question: str) -> Condition:
    """Demand that nothing can be won on a question."""
    ways: list[Condition] = [AnswerIn(question, frozenset({3, NOT_APPLICABLE}))]
    for level in range(3):
        offering = setting.offering((question, level + 1))
        avoided = (setting.is_avoided(action.id) for action in offering)
        ways.append(All((is_at(question, level), *avoided)))
    return AnyOf(tuple(ways))


def check_gaps(setting: Setting, prover: Prover, plan_actions: PlanActions) -> Iterator[Issue]:
    """Yield a team that breaks the promise, or a doubt, for each stage where it is not proved."""
    fitting = Fitting(setting.rules.limits)
    for stage in STAGE_NUMBERS:
        yield from _Promise(setting, prover, fitting, stage).check(plan_actions)


class _Promise:
    """The promise for teams in one stage."""

    def __init__(self, setting: Setting, prover: Prover, fitting: Fitting, stage: int) -> None:
        self._setting = setting
        self._prover = prover
        self._fitting = fitting
        self._stage = stage

    def check(self, plan_actions: PlanActions) -> Iterator[Issue]:
        """Yield nothing where the promise is proved, else the error, or the doubt."""
        doubtful: list[int] = []
        stands = self._find_stands()
        doubt = All((stands, Not(AnyOf(tuple(self._find_ways(stands))))))
        for size in SIZES:
            try:
                found = self._prover.find(All((doubt, _has_people(size))))
            except UndecidedError:
                found = ()
                doubtful.append(size)
            if found and not self._wins(found[0], plan_actions):
                yield self._broken(found[0])
                return
            doubtful += [size] if found else []
        if doubtful:
            stage = stage_word(self._stage)
            what = (
                f"Whether every plan in {stage} wins a rung of {stage} or of a stage before is "
                f"open for teams of {join_words(map(_say_size, doubtful), 'and')}."
            )
            fix = (
                f"Let one such rung weigh more than what can be won beyond the stage, which is "
                f"{self._most_beyond()}, and let what it takes fit into their hours."
            )
            yield Issue("undecided", "gap", what, "weights", fix)

    def _broken(self, team: Witness) -> Issue:
        stage, there = stage_word(self._stage), team.situation
        what = (
            f"A team of {there.team_size} in {stage} with {there.hours_per_week} hours a week "
            f"gets a plan that wins nothing of {stage} or of a stage before."
        )
        fix = "Lower the weight of other work, or offer a shorter action for what this team lacks."
        return Issue("error", "gap", what, "weights", fix, (team,))

    def _find_stands(self) -> Condition:
        """Demand a team of this stage with its usual hours, to which no rule on the past speaks."""
        least = ceil(self._setting.rules.limits.hours_per_head * 100)
        past = (
            rule
            for rule in self._setting.rules.rules
            if (rule.must or rule.avoid) and any(map(_is_past, atoms(rule.cases[0].condition)))
        )
        hours = Within(HoursPerHead(), Interval(least, None))
        return All((is_unfinished(self._stage), hours, *(Not(fires(rule)) for rule in past)))

    def _find_ways(self, stands: Condition) -> Iterator[Condition]:
        """Yield what is enough for a plan to win a rung on the way."""
        setting = self._setting
        burdens = {
            action.id: burden
            for action in setting.catalogue.actions
            if setting.demanding(action.id)
            for burden in [self._is_burden(action)]
            if not self._prover.is_refuted(All((stands, burden)))
        }
        for action in setting.catalogue.actions:
            demanded = All((setting.is_demanded(action.id), self._serves(action)))
            yield All(
                (
                    AnyOf((demanded, self._serves(action, self._most_beyond()))),
                    Not(setting.is_avoided(action.id)),
                    *(Not(is_below(*rung)) for rung in needed_rungs(action)),
                    AnyOf(tuple(self._find_room(action, burdens))),
                )
            )

    def _is_burden(self, action: Action) -> Condition:
        """Demand that an action is a must, and wins nothing on the way, nor what it still needs."""
        needs = [Not(is_below(*rung)) for rung in needed_rungs(action) if rung[1] <= self._stage]
        return All((self._setting.is_demanded(action.id), Not(self._serves(action)), *needs))

    def _serves(self, action: Action, beyond: int = 0) -> Condition:
        """Demand that an action wins a rung on the way at once, of more than a weight."""
        weights = self._setting.rules.weights
        return AnyOf(
            tuple(
                is_at(question, level - 1)
                for question, level in action.rungs
                if level <= self._stage and weights.of_rung(level, self._stage) > beyond
            )
        )

    def _find_room(self, action: Action, burdens: Mapping[str, Condition]) -> Iterator[Condition]:
        """Yield each size of team, with the burdens that it must not have, that has room."""
        for size in SIZES:
            enough: list[frozenset[str]] = []
            for spared in _subsets([*burdens]):
                if any(fewer <= spared for fewer in enough):
                    continue
                if self._has_room(action, burdens.keys() - spared, size):
                    enough.append(spared)
                    yield All((_has_people(size), *(Not(burdens[must]) for must in spared)))

    def _has_room(self, ready: Action, musts: Collection[str], size: int) -> bool:
        """Tell whether an action that needs nothing fits beside musts and all that they need."""
        setting, limits = self._setting, self._setting.rules.limits
        work = [action for action in setting.catalogue.actions if action.id in {*musts, ready.id}]
        for action in work:
            for rung in needed_rungs(action) if action is not ready else ():
                if not any(rung in other.rungs for other in work):
                    work += setting.offering(rung)[:1]
        kinds = [action.kind for action in work if action.id not in musts]
        has_places = kinds.count("priority") <= limits.priorities
        has_places = has_places and kinds.count("decision") <= limits.decisions
        return has_places and self._fitting.holds(work, ready, size)

    def _most_beyond(self) -> int:
        """Return what all rungs of the next stage are worth, with every boost that they may have.

        A plan that wins nothing on the way wins such a rung only where the stage is reached.
        """
        setting, beyond = self._setting, self._stage + 1
        if beyond > len(STAGES):
            return 0
        questions = (q for q in setting.questionnaire.by_id if setting.offering((q, beyond)))
        return setting.rules.weights.next_stage * sum(prod(self._boosts(q)) for q in questions)

    def _boosts(self, question: str) -> Iterator[int]:
        """Yield the boosts on a question that stands where the stage is reached."""
        targets = (self._setting.questionnaire.by_id[question].dimension, f"question.{question}")
        for rule in self._setting.rules.rules:
            for case in rule.cases:
                if not self._is_ruled_out(case.condition, question):
                    yield from (case.boosts.get(target, 1) for target in targets)

    def _is_ruled_out(self, condition: Condition, question: str) -> bool:
        """Tell whether a condition speaks of another stage, or of other answers alone."""
        for part in condition.parts if isinstance(condition, All) else ():
            match part:
                case StageIn(stages) if self._stage not in stages:
                    return True
                case AnswerIn(name, answers) if name == question and self._stage not in answers:
                    return True
        return False

    def _wins(self, team: Witness, plan_actions: PlanActions) -> bool:
        """Tell whether the plan of a team wins a rung of the stage or of one before."""
        chosen = plan_actions(team.answers, team.situation.hours_per_week)
        offered = {rung for name in chosen for rung in self._setting.catalogue.by_id[name].rungs}
        levels = team.situation.profile.levels
        present = {question: present_level(level) for question, level in levels.items()}
        return any(
            level is not None and level < self._stage and (question, level + 1) in offered
            for question, level in present.items()
        )


def _subsets(names: Sequence[str]) -> Iterator[frozenset[str]]:
    """Yield all subsets, smaller ones first."""
    for number in range(len(names) + 1):
        yield from map(frozenset, combinations(names, number))


def _has_people(size: int) -> Condition:
    """Demand a team of a size; the largest stands for all that are larger."""
    most = size * 100 if size < MOST_PEOPLE else None
    return Within(TeamSizeSubject(), Interval(size * 100, most))


def _say_size(size: int) -> str:
    return str(size) if size < MOST_PEOPLE else f"{size} or more"


def _is_past(atom: Condition) -> bool:
    return isinstance(atom, Within) and isinstance(atom.subject, Carried)
