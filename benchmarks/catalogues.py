"""Seeded random planning problems, shared by the tests and the benchmark.

Three families. *Catalogue* problems look like the shipped data: questions at the levels of some
team, actions of one to six weeks that lift one to three of them, chained and crossed needs.
*Packing* problems have long actions with heavy weeks and few hours, so that the question is what
fits. *Plateau* problems have many actions of equal worth, so that the question is which of them.
"""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Literal

from assess.planning.problem import LadderRung, PlanningOption, PlanningProblem, Stage, StagePart

Family = Literal["catalogue", "packing", "plateau"]
FAMILIES: tuple[Family, ...] = ("catalogue", "packing", "plateau")

_QUESTIONS_OF_A_DIMENSION = 5
_MOST_HOURS_OF_A_WEEK = 6
_QUARTERS = 4


def make_catalogue(
    seed: int,
    family: Family,
    *,
    actions: int,
    priorities: int = 8,
    at_once: int = 3,
    weeks: int = 13,
) -> PlanningProblem:
    """A random problem with so many actions; equal arguments give equal problems."""
    random = Random(f"{family} {seed}")
    dimensions = max(1, actions // (2 * _QUESTIONS_OF_A_DIMENSION))
    ladders = _make_ladders(random, family, dimensions * _QUESTIONS_OF_A_DIMENSION)
    offers = [_make_offers(random, ladders) for _ in range(actions)]
    musts = random.sample(range(actions), random.choice([0, 0, 1, 2, 3]))
    options = [
        PlanningOption(
            hours=_make_hours(random, family),
            offers=offers[position],
            needs=_make_needs(random, ladders, offers[position]),
            must=position in musts,
        )
        for position in range(actions)
    ]
    capacity = _QUARTERS * _make_capacity(random, family)
    return PlanningProblem(
        options=tuple(random.sample(options, len(options))),
        ladders=ladders,
        capacity=(capacity,) * weeks,
        fill=capacity * weeks * 4 // 5,
        at_once=(at_once,) * weeks,
        starts=2,
        priorities=priorities,
        decisions=3,
        stage=_make_stage(random, ladders),
    )


def shuffle_options(random: Random, problem: PlanningProblem) -> PlanningProblem:
    """The same problem with its options in another order."""
    options = random.sample(problem.options, len(problem.options))
    return replace(problem, options=tuple(options))


def _make_ladders(random: Random, family: Family, questions: int) -> tuple[tuple[int, ...], ...]:
    """The rungs above the level of each question, of a team in some stage."""
    if family == "plateau":
        return ((4, 4, 4),) * questions
    stage = random.choice([1, 1, 2, 3])
    weight = {1: 3, 2: 3, 3: 3} | {stage: 4, stage + 1: 1, stage + 2: 0}
    ladders = []
    for question in range(questions):
        if question % _QUESTIONS_OF_A_DIMENSION == 0:
            boost = random.choice([1, 1, 1, 2])
        level = min(random.choice([0, 0, 1, 2]) + random.randrange(stage), 2)
        ladders.append(tuple(boost * weight[above] for above in range(level + 1, 4)))
    return tuple(ladders)


def _make_offers(random: Random, ladders: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    """One to three questions of one dimension, each lifted to one level, mostly the next."""
    first = random.randrange(0, len(ladders), _QUESTIONS_OF_A_DIMENSION)
    lifted = random.sample(range(first, first + _QUESTIONS_OF_A_DIMENSION), random.randint(1, 3))
    return tuple(
        (ladder, min(random.choice([0, 0, 0, 1, 1, 2]), len(ladders[ladder]) - 1))
        for ladder in sorted(lifted)
    )


def _make_hours(random: Random, family: Family) -> tuple[int, ...]:
    if family == "plateau":
        hours = random.choice([(2, 5, 3), (3, 4, 3), (2, 2, 3, 3)])
    elif family == "packing":
        hours = tuple(random.randint(2, _MOST_HOURS_OF_A_WEEK) for _ in range(6))
    else:
        weeks = random.randint(1, 6)
        hours = tuple(random.randint(0, _MOST_HOURS_OF_A_WEEK) for _ in range(weeks))
    return tuple(_QUARTERS * hour for hour in hours)


def _make_needs(
    random: Random, ladders: Sequence[Sequence[int]], offers: Sequence[LadderRung]
) -> tuple[LadderRung, ...]:
    """Now and then the first level of another question."""
    others = set(range(len(ladders))) - {ladder for ladder, _ in offers}
    if random.random() < 0.7:
        return ()
    return ((random.choice(sorted(others)), 0),)


def _make_stage(random: Random, ladders: Sequence[Sequence[int]]) -> Stage:
    """Each dimension has some of its questions at the level of the stage."""
    parts = []
    for first in range(0, len(ladders), _QUESTIONS_OF_A_DIMENSION):
        questions = range(first, first + _QUESTIONS_OF_A_DIMENSION)
        missing = [q for q in questions if random.random() < 0.6]
        parts.append(
            StagePart(
                questions=_QUESTIONS_OF_A_DIMENSION,
                reached=_QUESTIONS_OF_A_DIMENSION - len(missing),
                least=(_QUESTIONS_OF_A_DIMENSION + 1) // 2,
                unanswered=0,
                reaching=tuple(
                    (q, min(random.choice([0, 0, 1]), len(ladders[q]) - 1)) for q in missing
                ),
            )
        )
    return Stage(tuple(parts), 4, 5)


def _make_capacity(random: Random, family: Family) -> int:
    if family == "packing":
        return random.randint(_MOST_HOURS_OF_A_WEEK, 12)
    return random.choice([random.randint(1, 12), random.randint(1, 60)])
