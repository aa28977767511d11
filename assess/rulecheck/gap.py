"""The promise that no team is left without a way on.

*The plan of every team that is not complete, with the usual hours of its size or more and no weeks
off, wins a rung of its stage or of an earlier one.* It is proved in three steps.

1. A team that is not complete has a question below its stage's level: if none were, every
   dimension would have all of the stage, and it would be finished; a dimension that has no
   score has don't-knows, which count as 0. The solver knows this by itself.
2. For some such question an action that nothing avoids, and that needs nothing more, surely
   fits beside whatever rules may demand together: `fitting` finds a schedule for every size.
   (What an action needs are mostly rungs as well, so the first of a chain is such a one.)
3. That one rung, with its boosts, is worth more than all that a plan can win beyond the stage. As
   plans take the most musts first and then the most value, one without such a rung
   is never the best. (A plan that finishes the stage wins such a rung anyway.)

The solver looks for a team for which 2 and 3 fail. Without one, the promise is proved. One that
is found is given to the planner: if its plan wins nothing, that is the error; if it does, nothing
is said of the others, and the answer is *undecided*. Rules on what was carried over are outside.

Source: docs/decisions/0006-rules.md
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import ceil

from ortools.sat.python import cp_model

from assess.answers import DONT_KNOW
from assess.catalogue import Action
from assess.catalogue.action import MOST_PEOPLE
from assess.figures import join_words
from assess.questionnaire import STAGES
from assess.rulecheck.example import PlanActions
from assess.rulecheck.fitting import SIZES, Need, Room
from assess.rulecheck.issue import Issue, undecided
from assess.rulecheck.prover import Prover, Verdict, World
from assess.rulecheck.setting import Setting, fires, is_at, is_below, is_unfinished, needed_rungs
from assess.rulecheck.sheet import STAGE_NUMBERS, Sum, Truth
from assess.rulecheck.team import Team
from assess.rules.condition import All, AnswerIn, AnyOf, Condition, Not, StageIn, Within, atoms
from assess.rules.interval import Interval
from assess.rules.situation import Carried, HoursPerHead, TeamSize, stage_word


def check_gaps(setting: Setting, prover: Prover, plan_actions: PlanActions) -> Iterator[Issue]:
    """Yield a team that breaks the promise, or a doubt, for each stage where it is not proved."""
    for stage in STAGE_NUMBERS:
        yield from _Promise(setting, prover, stage).check(plan_actions)


class _Promise:
    """The promise for teams in one stage."""

    def __init__(self, setting: Setting, prover: Prover, stage: int) -> None:
        self._setting = setting
        self._stage = stage
        self._limits = setting.rules.limits
        self._room = Room(self._limits)
        self._stands = self._find_stands()
        self._musts = [
            action
            for action in setting.catalogue.actions
            if setting.demanding(action.id) and self._may_be_demanded(prover, action)
        ]

    def check(self, plan_actions: PlanActions) -> Iterator[Issue]:
        """Yield nothing where the promise is proved, else the error, or the doubt."""
        world = self._describe_doubt()
        left, doubtful = list(SIZES), list[int]()
        while left:
            found = world.find(All((self._stands, AnyOf(tuple(map(_has_people, left))))))
            if found is Verdict.IMPOSSIBLE:
                break
            if isinstance(found, Verdict):
                doubtful += left
                break
            if not self._wins(found[0], plan_actions):
                yield self._broken(found[0])
                return
            size = min(found[0].situation.team_size or MOST_PEOPLE, MOST_PEOPLE)
            doubtful.append(size)
            left.remove(size)
        if doubtful:
            stage = stage_word(self._stage)
            what = (
                f"Whether every plan in {stage} wins a rung of {stage} or of a stage before is "
                f"open for teams of {join_words(map(_say_size, sorted(doubtful)), 'and')}."
            )
            fix = (
                "Let one such rung weigh more than what a plan can win beyond the stage, and let "
                "what it takes fit into their hours."
            )
            yield undecided("gap", what, "weights", fix)

    def _broken(self, team: Team) -> Issue:
        stage, there = stage_word(self._stage), team.situation
        what = (
            f"A team of {there.team_size} in {stage} with {there.hours_per_week} hours a week "
            f"gets a plan that wins nothing of {stage} or of a stage before."
        )
        fix = "Lower the weight of other work, or offer a shorter action for what this team lacks."
        return Issue("error", "gap", what, "weights", fix, (team,))

    def _find_stands(self) -> Condition:
        """Demand a team of this stage with its usual hours, to which no rule on the past speaks."""
        least = ceil(self._limits.hours_per_head * 100)
        past = (
            rule
            for rule in self._setting.rules.rules
            if (rule.must or rule.avoid) and any(map(_is_past, atoms(rule.cases[0].condition)))
        )
        hours = Within(HoursPerHead(), Interval(least, None))
        return All((is_unfinished(self._stage), hours, *(Not(fires(rule)) for rule in past)))

    def _may_be_demanded(self, prover: Prover, action: Action) -> bool:
        demanded = self._setting.is_demanded(action.id)
        return prover.judge(All((self._stands, demanded))) is not Verdict.IMPOSSIBLE

    def _describe_doubt(self) -> World:
        """Return unknown teams whose best plan may win nothing of the stage or before it."""
        world = World(self._setting.questionnaire, self._limits)
        beyond = self._most_beyond(world)
        terms, model = world.terms[0], world.model
        for question in self._setting.questionnaire.by_id:
            for level in range(1, self._stage + 1):
                boost = self._boost(world, question, level - 1)
                weight = self._setting.rules.weights.of_rung(level, self._stage)
                for action in self._setting.offering((question, level)):
                    ready = terms.holds(self._is_ready(action, question, level))
                    fits = terms.holds(self._surely_fits(action))
                    model.add(beyond >= weight * boost).only_enforce_if([ready, fits])
        return world

    def _surely_fits(self, action: Action) -> Condition:
        """Demand that a team is of a size for which an action fits beside all its musts."""
        ways: list[Condition] = []
        for number in range(len(self._musts) + 1):
            for spared in combinations(self._musts, number):
                musts = self._with_needs([must for must in self._musts if must not in spared])
                sizes = [n for n in SIZES if self._room.holds(_beside(musts, action), n)]
                free = (Not(self._setting.is_demanded(must.id)) for must in spared)
                ways.append(All((AnyOf(tuple(map(_has_people, sizes))), *free)))
        return AnyOf((*ways, self._fits_as_must(action)))

    def _fits_as_must(self, action: Action) -> Condition:
        """Demand that an action is a must, and fits beside those that can win nothing.

        A plan holds as many musts as fit. Where this one fits beside all that win nothing, one
        that wins something is among them, whichever it is.
        """
        if action not in self._musts:
            return AnyOf(())
        idle = [must for must in self._musts if not must.lifts]
        needs = [*self._with_needs([*idle, action]).values()]
        sizes = [n for n in SIZES if self._room.holds(needs, n)]
        useful = (
            AnyOf((Not(self._setting.is_demanded(must.id)), *self._wins_with(must)))
            for must in self._musts
            if must.lifts
        )
        people = AnyOf(tuple(map(_has_people, sizes)))
        return All((people, self._setting.is_demanded(action.id), *useful))

    def _wins_with(self, action: Action) -> Iterator[Condition]:
        """Yield when a plan that holds an action surely wins a rung of the stage or before.

        It wins the action's own next rung, and whatever the action still needs.
        """
        yield from (is_at(q, level - 1) for q, level in action.rungs if level <= self._stage)
        needed = (rung for rung in needed_rungs(action) if rung[1] <= self._stage)
        yield from (is_below(*rung) for rung in needed)

    def _is_ready(self, action: Action, question: str, level: int) -> Condition:
        """Demand that a question stands below a rung, and that an action for it may begin."""
        needs = (Not(is_below(*rung)) for rung in needed_rungs(action))
        return All((is_at(question, level - 1), Not(self._setting.is_avoided(action.id)), *needs))

    def _with_needs(self, actions: Sequence[Action]) -> Mapping[str, Need]:
        """Return actions after all that they may need, where nothing is reached yet."""
        chain: dict[str, Need] = {}
        for action in actions:
            self._add(action, chain, frozenset())
        return chain

    def _add(self, action: Action, chain: dict[str, Need], later: frozenset[str]) -> None:
        after = set()
        for rung in needed_rungs(action):
            offering = [o for o in self._setting.offering(rung) if o.id not in later]
            there = [other for other in offering if other.id in chain] or offering[:1]
            for other in there[:1]:
                if other.id not in chain:
                    self._add(other, chain, later | {action.id})
                after.add(other.id)
        chain.setdefault(action.id, Need(action, frozenset(after), is_must=True))

    def _most_beyond(self, world: World) -> Sum:
        """Return the value of some plan that wins only rungs of the next stage."""
        weight = self._setting.rules.weights.next_stage
        if self._stage == len(STAGES):
            return 0
        model, terms, setting = world.model, world.terms[0], self._setting
        offering: dict[str, list[cp_model.IntVar]] = {}
        places: dict[str, list[cp_model.IntVar]] = {"priority": [], "decision": []}
        for action in setting.catalogue.actions:
            lifted = [q for q, level in action.rungs if level == self._stage + 1]
            if lifted:
                chosen = model.new_bool_var("")
                for question in lifted:
                    offering.setdefault(question, []).append(chosen)
                if not setting.demanding(action.id):
                    places[action.kind].append(chosen)
        model.add(sum(places["priority"]) <= self._limits.priorities)
        model.add(sum(places["decision"]) <= self._limits.decisions)
        value: Sum = 0
        for question, ways in offering.items():
            won = model.all_of([model.any_of(ways), terms.holds(is_at(question, self._stage))])
            value += weight * self._boost(world, question, self._stage, won)
        return value

    def _boost(self, world: World, question: str, level: int, won: Truth | None = None) -> Sum:
        """Return the product of all boosts on a question at a level; 0 unless it is won.

        A product of factors is a sum over what holds together: 2 where a holds and 3 where b
        does is 1 + a + 2b + 2ab. So the solver sees how much a plan can be worth at most.
        """
        first = world.model.all_of(()) if won is None else won
        product: list[tuple[int, Truth]] = [(1, first)]
        for factor, condition in self._boosts(question, level):
            holds = world.terms[0].holds(condition)
            both = [(n * (factor - 1), world.model.all_of([x, holds])) for n, x in product]
            product += both if factor > 1 else []
        return sum(number * there for number, there in product)

    def _boosts(self, question: str, level: int) -> Iterator[tuple[int, Condition]]:
        """Yield the boosts on a question that its level and the stage do not rule out."""
        targets = (self._setting.questionnaire.by_id[question].dimension, f"question.{question}")
        for rule in self._setting.rules.rules:
            for case in rule.cases:
                if not self._is_ruled_out(case.condition, question, level):
                    yield from (
                        (case.boosts[t], case.condition) for t in targets if t in case.boosts
                    )

    def _is_ruled_out(self, condition: Condition, question: str, level: int) -> bool:
        """Tell whether a condition speaks of another stage, or of other answers alone."""
        present = {level, DONT_KNOW} if level == 0 else {level}
        for part in condition.parts if isinstance(condition, All) else ():
            match part:
                case StageIn(stages) if self._stage not in stages:
                    return True
                case AnswerIn(name, answers) if name == question and not answers & present:
                    return True
        return False

    def _wins(self, team: Team, plan_actions: PlanActions) -> bool:
        """Tell whether the plan of a team wins a rung of the stage or of one before."""
        chosen = plan_actions(team.answers, team.situation.hours_per_week)
        actions = [self._setting.catalogue.by_id[name] for name in chosen]
        offered = {rung for action in actions for rung in action.rungs}
        levels = team.situation.profile.levels
        present = {q: 0 if lv == DONT_KNOW else lv for q, lv in levels.items()}
        return any(
            isinstance(level, int) and level < self._stage and (question, level + 1) in offered
            for question, level in present.items()
        )


def _beside(musts: Mapping[str, Need], action: Action) -> Sequence[Need]:
    """Return all that has to be in a plan, musts first, which take no place."""
    own = [] if action.id in musts else [Need(action, frozenset(), is_must=False)]
    return [*musts.values(), *own]


def _has_people(size: int) -> Condition:
    """Demand a team of a size; the largest stands for all that are larger."""
    most = size * 100 if size < MOST_PEOPLE else None
    return Within(TeamSize(), Interval(size * 100, most))


def _say_size(size: int) -> str:
    return str(size) if size < MOST_PEOPLE else f"{size} or more"


def _is_past(atom: Condition) -> bool:
    return isinstance(atom, Within) and isinstance(atom.subject, Carried)
