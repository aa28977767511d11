"""What the planner is asked, without questions and dates: options, ladders and working weeks.

Hours are whole quarters of an hour. Weeks are working weeks from 1, both ends included; weeks off
are taken out before. A ladder is a question; its rung 0 is the first level that is not reached.
"""

from collections.abc import Iterator, Mapping, Sequence

from assess.record import record

NODE_LIMIT = 100_000
"""Some ten seconds of work; shipped data takes some hundred nodes, a hard team some thousand."""

LadderRung = tuple[int, int]
"""A ladder, and a rung of it."""


@record
class PlanningOption:
    """One action as the planner sees it; its position in the problem is its catalogue order."""

    hours: tuple[int, ...]
    """Quarters of an hour in each week of its duration; at least one week, zeros allowed."""
    offers: tuple[LadderRung, ...] = ()
    """At most one rung of a ladder."""
    needs: tuple[LadderRung, ...] = ()
    """Rungs that the plan must win, each by an action that ends before this one begins."""
    must: bool = False
    announced: bool = False
    preparation: bool = False
    earliest: int = 1
    """The first week in which it may begin."""

    @property
    def effort(self) -> int:
        return sum(self.hours)

    @property
    def kind(self) -> int:
        """0 for a priority, 1 for a decision, 2 for a preparation."""
        return 2 if self.preparation else int(not any(self.hours))


@record
class UnderWay:
    """An action that is begun: it stays where it is, whatever else is chosen.

    Its hours, places and share of `at_once` are taken from the problem's limits beforehand.
    """

    offers: tuple[LadderRung, ...]
    last_week: int
    """Its last working week; 0 or less if it has ended."""


@record
class StagePart:
    """What one dimension lacks of the current stage."""

    questions: int
    """Those that apply."""
    reached: int
    """How many of them are at the stage's level."""
    least: int
    """How many must be, for the dimension alone."""
    unanswered: int
    """How many don't-knows must get a level before the dimension is scored."""
    reaching: tuple[LadderRung, ...]
    """The rung of each question that brings it to the stage's level, where there is a ladder."""
    answering: tuple[LadderRung, ...] = ()
    """The first rung of each don't-know, where there is a ladder."""


@record
class Stage:
    """What it takes to finish the current stage; `share` of all units, see `planning.finish`."""

    parts: tuple[StagePart, ...]
    numerator: int
    """The part of the stage that has to be in place over all dimensions, as a fraction."""
    denominator: int


@record
class PlanningProblem:
    """What may be chosen, what it would win, and what there is to carry it out with."""

    options: tuple[PlanningOption, ...]
    ladders: tuple[tuple[int, ...], ...]
    """For each question the weight of each rung above the present level, 0 allowed."""
    capacity: tuple[int, ...]
    """Quarters of an hour in each working week."""
    fill: int
    """Quarters of an hour that may be planned in all."""
    at_once: tuple[int, ...]
    """How many actions that take hours may be under way in each working week."""
    starts: int
    """How many actions that take hours may begin in one week."""
    priorities: int
    decisions: int
    stage: Stage | None = None
    under_way: tuple[UnderWay, ...] = ()
    started: int = 0
    """How many of those under way began in the first working week, where fewer may begin then."""
    node_limit: int = NODE_LIMIT

    def starts_in(self, week: int) -> int:
        """How many actions that take hours may begin in a working week, counted from 0."""
        return self.starts if week else max(0, self.starts - self.started)


@record
class Choice:
    """The best set at its best weeks, or the best that was found when it is not `proven`."""

    first_weeks: Mapping[int, int]
    """Position of each chosen option, in catalogue order, and its first working week."""
    musts: int
    announced: int
    value: int
    distance: int | None
    effort: int
    proven: bool


def offered_rungs(problem: PlanningProblem, chosen: Sequence[int]) -> list[int]:
    """Return, for each ladder, the set of rungs that chosen options and those begun offer."""
    offered = [0] * len(problem.ladders)
    for begun in problem.under_way:
        for ladder, rung in begun.offers:
            offered[ladder] |= 1 << rung
    for position in chosen:
        for ladder, rung in problem.options[position].offers:
            offered[ladder] |= 1 << rung
    return offered


def height(rungs: int) -> int:
    """Return how many rungs of a ladder there are below the first gap."""
    return (~rungs & (rungs + 1)).bit_length() - 1


def positions(mask: int) -> Iterator[int]:
    """The positions of the bits that are set, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
