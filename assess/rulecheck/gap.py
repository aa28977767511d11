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

The solver looks for a team for which 2 fails; where 3 does, every team will do. It begins with
any team, and each that has such an action teaches what is enough, for it and for many others:
*ways*, which the next one must not have. Without a next one, the promise is proved. One without
a way is given to the planner: if its plan wins nothing, that is the error; if it does, nothing
is said of the others, and the answer is *undecided*. Rules on what was carried over are outside.

Source: docs/decisions/0006-rules.md
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import product
from math import ceil, prod

from assess.answers import NOT_APPLICABLE
from assess.catalogue.action import MOST_PEOPLE, Action
from assess.figures import join_words
from assess.planning.fitting import SIZES, Fitting
from assess.questionnaire import STAGES
from assess.rulecheck.issue import Issue, Witness
from assess.rulecheck.prover import Prover, UndecidedError
from assess.rulecheck.setting import STAGE_NUMBERS, Setting, is_at, is_below, is_unfinished
from assess.rules.condition import All, AnyOf, Condition, Not, OneOf, Within, atoms, parts_of
from assess.rules.interval import Interval
from assess.rules.situation import Situation, Subject, stage_word


def check_weakest(setting: Setting, prover: Prover) -> Iterator[Issue]:
    """Yield an error for each stage and dimension that can alone be weakest, with no way on."""
    by_dimension = setting.questionnaire.by_dimension
    for stage, dimension in product(STAGE_NUMBERS, by_dimension):
        word, where = stage_word(stage), f"dimension[id={dimension}]"
        what = f"In {word}, '{dimension}' can be weakest without any candidate that lifts it."
        fix = f"Add an action for '{dimension}' that no rule avoids in {word}, or narrow that rule."
        stuck = (_is_stuck(setting, q.id) for q in by_dimension[dimension])
        parts = (is_unfinished(stage), _is_weakest(setting, dimension, stage), *stuck)
        yield from prover.show(Issue("error", "gap", what, where, fix), All(parts))


def _is_weakest(setting: Setting, dimension: str, stage: int) -> Condition:
    """Demand that a dimension alone has the lowest share of a stage.

    Then some bound lies between its share and all others. Whole percents tell all shares of
    up to ten questions apart.
    """
    by_dimension = setting.questionnaire.by_dimension
    sizes = range(1, len(by_dimension[dimension]) + 1)
    ways = []
    for bound in sorted({-(-100 * reached // of) for of in sizes for reached in range(of)}):
        low = {d: Within(Subject("share", d, stage), Interval(None, bound)) for d in by_dimension}
        ways.append(All((low.pop(dimension), *map(Not, low.values()))))
    return AnyOf(tuple(ways))


def _is_stuck(setting: Setting, question: str) -> Condition:
    """Demand that nothing can be won on a question."""
    ways: list[Condition] = [OneOf("question", (3, NOT_APPLICABLE), question)]
    for level in range(3):
        offering = setting.offering((question, level + 1))
        avoided = (setting.is_avoided(action.id) for action in offering)
        ways.append(All((is_at(question, level), *avoided)))
    return AnyOf(tuple(ways))


def check_gaps(setting: Setting, prover: Prover) -> Iterator[Issue]:
    """Yield a team that breaks the promise, or a doubt, for each stage where it is not proved."""
    fitting = Fitting(setting.rules.limits)
    for stage in STAGE_NUMBERS:
        yield from _Promise(setting, prover, fitting, stage).check()


class _Promise:
    """The promise for teams in one stage."""

    def __init__(self, setting: Setting, prover: Prover, fitting: Fitting, stage: int) -> None:
        self._setting, self._prover, self._fitting = setting, prover, fitting
        self._stage = stage
        self._beyond = self._most_beyond()
        actions = setting.catalogue.actions
        self._burdens = {a.id: self._is_burden(a) for a in actions if setting.demanding(a.id)}
        self._leads = {action.id: self._leads_on(action) for action in actions}
        self._ways: list[Condition] = []

    def check(self) -> Iterator[Issue]:
        """Yield nothing where the promise is proved, else the error, or the doubt."""
        left, doubtful, stage = list(SIZES), list(SIZES), stage_word(self._stage)
        with suppress(UndecidedError):
            while left and (found := self._find_doubt(left)):
                team = found[0].situation
                if not self._wins(found[0]):
                    what = (
                        f"A team of {team.team_size} in {stage} with {team.hours_per_week} hours "
                        f"a week gets a plan that wins nothing of {stage} or of a stage before."
                    )
                    fix = "Give other work less weight, or offer a shorter action to this team."
                    yield Issue("error", "gap", what, "weights", fix, found)
                    return
                left.remove(_size_of(team))
            doubtful = [size for size in SIZES if size not in left]
        if doubtful:
            said = [str(n) if n < MOST_PEOPLE else f"{n} or more" for n in doubtful]
            what = (
                f"Whether every plan in {stage} wins a rung of {stage} or of a stage before is "
                f"open for teams of {join_words(said, 'and')}."
            )
            fix = (
                f"Let one such rung weigh more than what can be won beyond the stage, which is "
                f"{self._beyond}, and let what it takes fit into their hours."
            )
            yield Issue("undecided", "gap", what, "weights", fix)

    def _find_doubt(self, sizes: Iterable[int]) -> tuple[Witness, ...]:
        """Return a team of one of these sizes, with its usual hours, that has no known way."""
        rules, limits = self._setting.rules.rules, self._setting.rules.limits
        usual, key = limits.hours_per_week, "hours_per_week"
        if usual is None:
            usual, key = limits.hours_per_head, "hours_per_head"
        hours = Within(Subject("team", key), Interval(ceil(usual * 100), None))
        past = (r.condition for r in rules if (r.must or r.avoid) and _asks_of_past(r.condition))
        people = AnyOf(tuple(map(_has_people, sizes)))
        team = All((is_unfinished(self._stage), hours, people, *map(Not, past)))
        while found := self._prover.search(doubt := All((team, *map(Not, self._ways)))):
            ways = list(self._find_ways(found[0].situation))
            if not ways:
                size = _has_people(_size_of(found[0].situation))
                return self._prover.find(All((doubt, size)))
            self._ways += ways
        return ()

    def _find_ways(self, team: Situation) -> Iterator[Condition]:
        """Yield what of a team is enough for its plan to win a rung on the way."""
        there = {name for name, burden in self._burdens.items() if burden.holds(team)}
        spared = AnyOf(tuple(b for name, b in self._burdens.items() if name not in there))
        for action in self._setting.catalogue.actions:
            if self._leads[action.id].holds(team):
                sizes = [size for size in SIZES if self._has_room(action, there, size)]
                people = AnyOf(tuple(map(_has_people, sizes)))
                if people.holds(team):
                    yield All((self._leads[action.id], people, Not(spared)))

    def _leads_on(self, action: Action) -> Condition:
        """Demand that an action may begin at once, and is sure to be worth it."""
        demanded = All((self._setting.is_demanded(action.id), self._serves(action)))
        wanted = AnyOf((demanded, self._serves(action, self._beyond)))
        needs = (Not(is_below(*rung)) for rung in action.needed_rungs)
        return All((wanted, Not(self._setting.is_avoided(action.id)), *needs))

    def _is_burden(self, action: Action) -> Condition:
        """Demand that an action is a must, and wins nothing on the way, nor what it still needs."""
        needs = [Not(is_below(*rung)) for rung in action.needed_rungs if rung[1] <= self._stage]
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

    def _has_room(self, ready: Action, musts: Collection[str], size: int) -> bool:
        """Tell whether an action that needs nothing fits beside musts and all that they need."""
        setting, limits = self._setting, self._setting.rules.limits
        work = [action for action in setting.catalogue.actions if action.id in {*musts, ready.id}]
        for action in work:
            for rung in action.needed_rungs if action is not ready else ():
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
        most = 0
        for question in setting.questionnaire.questions if beyond <= len(STAGES) else ():
            if setting.offering((question.id, beyond)):
                targets = (question.dimension, f"question.{question.id}")
                most += prod(boosts.get(t, 1) for boosts in self._list_boosts() for t in targets)
        return setting.rules.weights.next_stage * most

    def _list_boosts(self) -> Iterator[Mapping[str, int]]:
        """Yield the boosts of every rule that does not speak of another stage."""
        for case in (case for rule in self._setting.rules.rules for case in rule.cases):
            parts = [part for part in parts_of(case.condition) if isinstance(part, OneOf)]
            if all(self._stage in part.words for part in parts if part.kind == "stage"):
                yield case.boosts

    def _wins(self, team: Witness) -> bool:
        """Tell whether the plan of a team wins a rung of the stage or of one before."""
        plan = self._setting.make_plan(team)
        return any(rung.level <= self._stage for p in plan.priorities for rung in p.wins)


def _size_of(team: Situation) -> int:
    return min(team.team_size or 1, MOST_PEOPLE)


def _has_people(size: int) -> Condition:
    """Demand a team of a size; the largest stands for all that are larger."""
    most = size * 100 if size < MOST_PEOPLE else None
    return Within(Subject("team", "team_size"), Interval(size * 100, most))


def _asks_of_past(condition: Condition) -> bool:
    return any(isinstance(a, Within) and a.subject.kind == "carried" for a in atoms(condition))
