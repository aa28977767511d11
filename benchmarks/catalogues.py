"""Seeded random planning problems, shared by the tests and the benchmark.

Three families. *Catalogue* problems look like the shipped data: questions at the levels of some
team, actions of one to six weeks that lift one to three of them, chained and crossed needs.
*Packing* problems have long actions with heavy weeks and few hours, so that the question is what
fits. *Plateau* problems have many actions of equal worth, so that the question is which of them.
"""

from collections.abc import Sequence
from random import Random
from typing import Literal

from assess.planning.optimum import Option, Problem

Family = Literal["catalogue", "packing", "plateau"]
FAMILIES: tuple[Family, ...] = ("catalogue", "packing", "plateau")

_QUESTIONS_OF_A_DIMENSION = 5
_MOST_HOURS_OF_A_WEEK = 6


def make_catalogue(
    seed: int,
    family: Family,
    *,
    actions: int,
    priorities: int = 5,
    at_once: int = 3,
    weeks: int = 13,
) -> Problem:
    """A random problem with so many actions; equal arguments give equal problems."""
    random = Random(f"{family} {seed}")
    dimensions = max(1, actions // (2 * _QUESTIONS_OF_A_DIMENSION))
    ladders = _make_ladders(random, family, dimensions * _QUESTIONS_OF_A_DIMENSION)
    offers = [_make_offers(random, ladders) for _ in range(actions)]
    musts = random.sample(range(actions), random.choice([0, 0, 1, 2, 3]))
    options = [
        Option(
            hours=_make_hours(random, family),
            needs=_make_needs(random, offers, position),
            must=position in musts,
            offers=offers[position],
        )
        for position in range(actions)
    ]
    return Problem(
        options=_in_any_order(random, options),
        ladders=ladders,
        capacity=(_make_capacity(random, family),) * weeks,
        slots=(at_once,) * weeks,
        priorities=priorities,
    )


def shuffle_options(random: Random, problem: Problem) -> Problem:
    """The same problem with its options in another order."""
    return Problem(
        options=_in_any_order(random, problem.options),
        ladders=problem.ladders,
        capacity=problem.capacity,
        slots=problem.slots,
        priorities=problem.priorities,
        node_limit=problem.node_limit,
    )


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
        return random.choice([(2, 5, 3), (3, 4, 3), (2, 2, 3, 3)])
    if family == "packing":
        return tuple(random.randint(2, _MOST_HOURS_OF_A_WEEK) for _ in range(6))
    weeks = random.randint(1, 6)
    return tuple(random.randint(0, _MOST_HOURS_OF_A_WEEK) for _ in range(weeks))


def _make_needs(
    random: Random, offers: Sequence[tuple[tuple[int, int], ...]], position: int
) -> tuple[int, ...]:
    """Chained needs, to an action on the same dimension, and crossed ones, to any."""
    dimension = offers[position][0][0] // _QUESTIONS_OF_A_DIMENSION
    related = [
        earlier
        for earlier in range(position)
        if offers[earlier][0][0] // _QUESTIONS_OF_A_DIMENSION == dimension
    ]
    needs = set()
    if related and random.random() < 0.3:
        needs.add(random.choice(related))
    if position and random.random() < 0.1:
        needs.add(random.randrange(position))
    return tuple(sorted(needs))


def _make_capacity(random: Random, family: Family) -> int:
    if family == "packing":
        return random.randint(_MOST_HOURS_OF_A_WEEK, 12)
    return random.choice([random.randint(1, 12), random.randint(1, 60)])


def _in_any_order(random: Random, options: Sequence[Option]) -> tuple[Option, ...]:
    """The options in another order; needs point to where they went."""
    order = random.sample(range(len(options)), len(options))
    place = {old: new for new, old in enumerate(order)}
    return tuple(
        Option(
            hours=options[old].hours,
            needs=tuple(sorted(place[need] for need in options[old].needs)),
            must=options[old].must,
            offers=options[old].offers,
            earliest=options[old].earliest,
        )
        for old in order
    )
