"""The promise that no team is left without a way on.

Two halves. *If one dimension alone has the lowest share of the current stage, some candidate
wins a rung in it* needs no planner: it is proved by cases, or refuted by an exact search.
*The plan of every team that is not complete wins a rung of its stage, with six hours a week
or more* is proved for a stage where one rung of it outweighs all else. Elsewhere it hangs on what
the planner prefers; it is tried on teams built to break it, and stays open where none does.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from typing import Final

from assess.answers import DONT_KNOW, NOT_APPLICABLE, format_answers
from assess.rulecheck.circumstance import Circumstances
from assess.rulecheck.example import PlanActions
from assess.rulecheck.filling import Filling
from assess.rulecheck.issue import Issue
from assess.rulecheck.literal import Literal
from assess.rulecheck.promise import FEWEST_HOURS, is_promise_proved
from assess.rulecheck.prover import Verdict
from assess.rulecheck.search import Keeps
from assess.rulecheck.setting import Setting, Ways, at_level, in_case, together
from assess.rulecheck.stagecase import STAGE_CASES, StageCase
from assess.rulecheck.team import Team, make_team
from assess.rules.condition import AnswerIn
from assess.rules.situation import stage_word
from assess.scoring import Level, level_of, score_answers

HOURS: Final = (FEWEST_HOURS, 40)
"""Hours a week with which plans are tried; the promise begins at six."""

UNFINISHED: Final = tuple(case for case in STAGE_CASES if not case.complete)


def check_weakest(setting: Setting) -> Iterator[Issue]:
    """Yield an error for each stage and dimension that can alone be weakest, with no way on."""
    for case in UNFINISHED:
        for dimension in setting.questionnaire.by_dimension:
            if not _always_open(setting, case, dimension):
                yield from _search_weakest(setting, case, dimension)


def check_plans(setting: Setting, plan_actions: PlanActions) -> Iterator[Issue]:
    """Yield a team that breaks the promise, or a doubt, for each stage where it is not proved."""
    for case in UNFINISHED:
        if not is_promise_proved(setting, case):
            yield _search_plans(setting, case, plan_actions)


def _search_plans(setting: Setting, case: StageCase, plan_actions: PlanActions) -> Issue:
    tried: set[str] = set()
    hard = _hard_teams(setting, case)
    stuck = (_press(setting, case, team, plan_actions, tried) for team in hard)
    found = next((team for team in stuck if team is not None), None)
    if found is not None:
        return _plan_gap(case, found)
    stage = stage_word(case.number)
    return Issue(
        "undecided",
        "gap",
        f"Whether every plan in {stage} wins a rung of {stage} is open; {len(tried)} teams built "
        "to break it were tried.",
        "weights",
        "Let one rung of the current stage weigh more than all else that fits into a plan.",
    )


def _always_open(setting: Setting, case: StageCase, dimension: str) -> bool:
    """Tell whether, in this stage, the next rung of every open question surely has an action.

    The lowest share is below 1, so some question of the dimension is below the stage's level.
    """
    return all(
        _surely_offered(setting, case, question.id, level)
        for question in setting.questionnaire.by_dimension[dimension]
        for level in range(case.number)
    )


def _surely_offered(setting: Setting, case: StageCase, question: str, level: int) -> bool:
    stands = in_case(case) | {at_level(question, level)}
    return any(
        setting.prover.find(together((stands,), setting.avoided_ways(action))) is Verdict.IMPOSSIBLE
        for action in _offering(setting, question, level + 1)
    )


def _search_weakest(setting: Setting, case: StageCase, dimension: str) -> Iterator[Issue]:
    """Yield a team whose weakest dimension has no candidate that wins anything, if there is one."""
    groups = [
        _stuck_ways(setting, question.id)
        for question in setting.questionnaire.by_dimension[dimension]
    ]
    size = len(groups)
    shares = {Fraction(count, of) for of in range(1, size + 1) for count in range(of)}
    verdicts = [
        setting.prover.find(
            together((in_case(case),), *groups), _alone_lowest(dimension, share, case)
        )
        for share in sorted(shares)
    ]
    found = next((v for v in verdicts if isinstance(v, Team)), None)
    where = f"dimension[id={dimension}]"
    stage = stage_word(case.number)
    fix = f"Add an action for '{dimension}' that no rule avoids in {stage}, or narrow that rule."
    if found is not None:
        what = f"In {stage}, '{dimension}' can be weakest without any candidate that lifts it."
        yield Issue("error", "gap", what, where, fix, (found,))
    elif Verdict.UNDECIDED in verdicts:
        what = f"Whether '{dimension}' can be weakest in {stage} without a candidate is open."
        yield Issue("undecided", "gap", what, where, fix)


def _stuck_ways(setting: Setting, question: str) -> Ways:
    """Return the ways in which nothing can be won on a question."""
    done = frozenset({Literal(AnswerIn(question, frozenset({3, NOT_APPLICABLE})))})
    stuck = [done]
    for level in range(3):
        avoided = [setting.avoided_ways(a) for a in _offering(setting, question, level + 1)]
        stuck += together((frozenset({at_level(question, level)}),), *avoided)
    return tuple(stuck)


def _alone_lowest(dimension: str, share: Fraction, case: StageCase) -> Keeps:
    """Demand that a dimension has this share, and every other one that is scored a higher."""

    def keeps(other: str, filling: Filling, _: StageCase | None) -> bool:
        there = None if filling.shares is None else filling.shares[case.number - 1]
        if other == dimension:
            return there == share
        return there is None or there > share

    return keeps


def _offering(setting: Setting, question: str, level: int) -> list[str]:
    return [a.id for a in setting.catalogue.actions if a.lifts.get(question) == level]


def _plan_gap(case: StageCase, team: Team) -> Issue:
    stage = stage_word(case.number)
    return Issue(
        "error",
        "gap",
        f"A team in {stage} with {team.circumstances.hours_per_week} hours a week gets a plan "
        f"that wins nothing of {stage}.",
        "rule",
        "Lower the weight of other work, or offer a shorter action for what this team lacks.",
        (team,),
    )


def _press(
    setting: Setting, case: StageCase, team: Team, plan_actions: PlanActions, tried: set[str]
) -> Team | None:
    """Take away what the plan wins of the stage, again and again, until a plan wins nothing.

    Returns:
        The team whose plan wins nothing, or None when it left the stage before that.
    """
    while _stands(setting, team, case) and (answers := format_answers(team.answers)) not in tried:
        tried.add(answers)
        chosen = plan_actions(team.answers, team.circumstances.hours_per_week)
        won = next(_won(setting, team, chosen, case.number), None)
        if won is None:
            return team
        team = replace(team, answers=team.answers.with_levels({won: case.number}))
    return None


def _stands(setting: Setting, team: Team, case: StageCase) -> bool:
    profile = score_answers(setting.questionnaire, team.answers)
    return (profile.stage_number, profile.complete) == (case.number, case.complete)


def _won(setting: Setting, team: Team, chosen: Collection[str], stage: int) -> Iterator[str]:
    """Yield the questions on which actions win the rung of a stage."""
    actions = [setting.catalogue.by_id[action] for action in chosen]
    for question, answer in team.answers.by_question.items():
        present = 0 if answer.is_dont_know else answer.level
        if present is None or present >= stage:
            continue
        offered = {a.lifts[question] for a in actions if question in a.lifts}
        if offered.issuperset(range(present + 1, stage + 1)):
            yield question


def _hard_teams(setting: Setting, case: StageCase) -> Iterator[Team]:
    """Yield teams, most of them of a stage, that lack little of it while much other work calls."""
    size = setting.rules.limits.default_team_size
    for levels in _hard_levels(setting, case):
        for hours in HOURS:
            yield make_team(setting.questionnaire, levels, Circumstances(hours, size))


def _hard_levels(setting: Setting, case: StageCase) -> Iterator[Mapping[str, Level]]:
    """Yield levels: one dimension lags, the others are ahead, with or without older gaps."""
    if case.number > 1:
        yield from _deep_gaps(setting, case.number - 1)
    below = case.number - 1
    for dimension, lagging in setting.questionnaire.by_dimension.items():
        for ahead in range(case.number, 4):
            for gap in range(below + 1):
                levels = _ahead(setting, dimension, ahead, ahead if gap == below else gap)
                for lag in _lags(len(lagging), below):
                    yield {**levels, **dict(zip((q.id for q in lagging), lag, strict=True))}
        for team in _lowest(setting, case, dimension):
            yield {q: level_of(a) for q, a in team.answers.by_question.items()}


def _ahead(setting: Setting, lagging: str, level: int, last: int) -> dict[str, Level]:
    """Put all other dimensions on a level, but for the last question of each."""
    return {
        question.id: last if place == len(questions) else level
        for dimension, questions in setting.questionnaire.by_dimension.items()
        if dimension != lagging
        for place, question in enumerate(questions, start=1)
    }


def _deep_gaps(setting: Setting, below: int) -> Iterator[Mapping[str, Level]]:
    """Yield levels: nothing is in place on some questions, all is on the others, but for one.

    So little of the stage is missing that older work outweighs it wherever it can.
    """
    by_dimension = setting.questionnaire.by_dimension
    for lagging, spared in permutations(by_dimension, 2):
        for turn in range(max(map(len, by_dimension.values()))):
            levels: dict[str, Level] = dict.fromkeys(setting.questionnaire.by_id, 3)
            for place, (dimension, questions) in enumerate(by_dimension.items()):
                chosen = questions[(turn + place) % len(questions)].id
                if dimension == lagging:
                    levels[chosen] = below
                elif dimension != spared:
                    levels[chosen] = 0
            yield levels


def _lags(size: int, below: int) -> Iterator[tuple[Level, ...]]:
    """Yield ways for a dimension to lag: all of it, most of it, one question, nothing known."""
    rest = size - 1
    absent: tuple[Level, ...] = (NOT_APPLICABLE,)
    unknown: tuple[Level, ...] = (DONT_KNOW,)
    yield (below,) * size
    yield (*(below,) * rest, 3)
    yield (3, *(below,) * rest)
    yield (below, *absent * rest)
    yield (*absent * rest, below)
    yield unknown * size


def _lowest(setting: Setting, case: StageCase, dimension: str) -> Iterator[Team]:
    """Yield the team with the least done that is weakest in a dimension alone, for each share."""
    size = len(setting.questionnaire.by_dimension[dimension])
    for count in range(size):
        keeps = _alone_lowest(dimension, Fraction(count, size), case)
        found = setting.prover.find((in_case(case),), keeps)
        if isinstance(found, Team):
            yield found
