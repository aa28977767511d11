"""An upper bound on what any set of options can win, whatever its weeks.

The bound is Lagrange's: each limit gets a price, and a set that breaks no limit loses nothing by
being paid for what it leaves over. Under prices everything falls apart into single options and
single ladders, so that the best set is found by looking at each alone. Any prices give a bound
that holds; good ones are found by walking downhill (subgradients), and are then kept for a whole
search, in which they say at once what taking or leaving an option costs. Prices are fractions in
the walk and whole numbers after it: a search compares exactly.

Source: M. L. Fisher, The Lagrangian relaxation method for solving integer programming problems,
Management Science 27 (1981).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import chain
from math import gcd

from assess.record import record

_FINE_BITS = 16
FINE = 1 << _FINE_BITS
"""So finely are prices rounded."""

_PATIENCE = 4
"""After so many rounds without a lower bound the stride is shortened."""
_SHORTEST, _LONGEST = 0.02, 2.0
_SHORTER, _LONGER = 0.66, 1.1
_FRESH = 0.2
"""How much of the mean direction is that of the last round."""


@record
class Aim:
    """A sum over won rungs and chosen options, never less than what it stands for.

    `unit` is how much of it is worth telling apart in a price: a power of 2.
    """

    rungs: Mapping[int, int] = field(default_factory=dict)
    options: Mapping[int, int] = field(default_factory=dict)
    constant: int = 0
    unit: int = 1

    @property
    def step(self) -> int:
        """What two sums differ by at least, if they differ."""
        return gcd(*self.rungs.values(), *self.options.values()) or 1


@record
class PriceRow:
    """An aim of which a set must have so much."""

    aim: Aim
    least: int


@record
class Limit:
    """What there is of something, and what each option takes of it."""

    supply: int
    demands: Sequence[int]


@record
class Relaxed:
    """What is asked: the best of an aim that keeps rows and limits.

    Rungs that can be won stand by ladder, lowest first, of so many `rungs` in all; `offers` and
    `needs` go by option. `free` rungs need no option, `forced` options are chosen whatever they
    cost.
    """

    aim: Aim
    rows: Sequence[PriceRow]
    options: Sequence[int]
    rungs: int
    ladders: Sequence[Sequence[int]]
    offers: Sequence[Sequence[int]]
    needs: Sequence[Sequence[int]]
    limits: Sequence[Limit]
    free: frozenset[int]
    forced: frozenset[int]


@record
class Prices:
    """A bound, taken apart.

    The bound of a set is `base`, the `worth` of its options, and of each ladder the best sum of
    its lowest rungs, where a rung counts its `pay`, less its `price` unless it is covered.
    Everything is `fine` times what the aim counts.
    """

    base: int
    worth: list[int]
    pay: list[int]
    price: list[int]
    fine: int


@record
class _Term:
    """What one price does: to the bound itself, to what options are worth, and to the pay of rungs.

    A limit pays for what is left over; a row pays for what is more than enough; a need takes from
    its option what it pays for the rung. `norm` makes prices alike in size: one for each term
    would otherwise speak of hours, the next of thousands of points.
    """

    constant: int
    options: Mapping[int, int]
    rungs: Mapping[int, int]
    norm: float


class Walk:
    """Prices on their way down. They are held as what each differs from the obvious.

    The obvious price of a rung is its pay: its options get all of it. `shifts` are where they get
    less, because several offer it, or more, for opening the rungs above.
    """

    def __init__(self, asked: Relaxed) -> None:
        self._asked = asked
        self._ladders = [ladder for ladder in asked.ladders if ladder]
        self._there = frozenset(chain.from_iterable(asked.ladders))
        self._terms = list(_list_terms(asked, self._there))
        self._scaled = [
            (
                term.constant * term.norm,
                [(o, c * term.norm) for o, c in term.options.items()],
                [(r, c * term.norm) for r, c in term.rungs.items()],
            )
            for term in self._terms
        ]
        aim, rungs = asked.aim, asked.rungs
        self._of_option: list[list[tuple[int, float]]] = [[] for _ in asked.offers]
        self._of_rung: list[list[tuple[int, float]]] = [[] for _ in range(rungs)]
        for number, (_, of_options, of_rungs) in enumerate(self._scaled):
            for option, each in of_options:
                self._of_option[option].append((number, each))
            for rung, each in of_rungs:
                self._of_rung[rung].append((number, each))
        self._own = [aim.options.get(o, 0) / aim.unit for o in range(len(asked.offers))]
        self._gain = [aim.rungs.get(r, 0) / aim.unit * (r in self._there) for r in range(rungs)]
        self.point = [0.0] * len(self._terms)
        self.shifts = [0.0] * rungs
        self.lowest = self._look()[0]

    def go(self, goal: int, rounds: int) -> None:
        """Walk until the bound is below a goal, or gets no lower.

        Each step goes from the best prices so far, in the mean direction of the steps before: the
        options that are taken in turn then stand for the parts of them that a linear program
        would take, where a single step would run from one to the next. This is the volume
        algorithm of F. Barahona and R. Anbil, Mathematical Programming 87 (2000).
        """
        target = goal / self._asked.aim.unit
        point, shifts = self.point, self.shifts
        stuck, stride = 0, 1.0
        heading, turning = [0.0] * len(point), [0.0] * len(shifts)
        for number in range(rounds):
            bound, slopes, tilts = self._look()
            if bound < self.lowest - 1e-4:
                self.lowest, stuck = bound, 0
                point, shifts = self.point, self.shifts
                stride = min(stride * _LONGER, _LONGEST)
                if bound < target - 1e-6:
                    break
            else:
                stuck += 1
                if stuck == _PATIENCE:
                    stuck, stride = 0, stride * _SHORTER
                    if stride < _SHORTEST:
                        break
            fresh = _FRESH if number else 1.0
            heading = [h + fresh * (s - h) for s, h in zip(slopes, heading, strict=True)]
            turning = [h + fresh * (t - h) for t, h in zip(tilts, turning, strict=True)]
            # A price of 0 gets no lower.
            steep = sum([h * h for h, p in zip(heading, point, strict=True) if p or h < 0])
            steep += sum([t * t for t in turning])
            if not steep:
                break
            # As far as it would take if the bound fell evenly to its target (Polyak's step).
            step = stride * (self.lowest - target + 0.05) / steep
            self.point = [
                p - step * h if p > step * h else 0.0 for p, h in zip(point, heading, strict=True)
            ]
            self.shifts = [s - step * t for s, t in zip(shifts, turning, strict=True)]
        self.point, self.shifts = point, shifts

    def _look(self) -> tuple[float, list[float], list[float]]:
        """The bound here, and which way is up: for the prices of terms, and for shifts."""
        bound, worth, pay = self._weigh()
        price = [p + s if p + s > 0 else 0.0 for p, s in zip(pay, self.shifts, strict=True)]
        for rung in self._asked.free:
            price[rung] = 0.0
        gain, taken = self._take(worth, price)
        covers = [0] * len(pay)
        for option in taken:
            for rung in self._asked.offers[option]:
                covers[rung] += 1
        height, won = self._climb(pay, price, covers)
        tilts = [0.0] * len(pay)
        for rung, paid in enumerate(price):
            if paid > 0:
                tilts[rung] = covers[rung] - won[rung]
                # Where a price follows the pay, what a rung brings is brought by the options.
                won[rung] = covers[rung]
        return bound + gain + height, self._slope(taken, won), tilts

    def _weigh(self) -> tuple[float, list[float], list[float]]:
        """What the terms themselves are worth at their prices, each option, and each rung."""
        bound = self._asked.aim.constant / self._asked.aim.unit
        worth, pay = self._own.copy(), self._gain.copy()
        for price, (constant, options, rungs) in zip(self.point, self._scaled, strict=True):
            if price:
                bound += price * constant
                for option, each in options:
                    worth[option] += price * each
                for rung, each in rungs:
                    pay[rung] += price * each
        return bound, worth, pay

    def _take(self, worth: Sequence[float], price: Sequence[float]) -> tuple[float, list[int]]:
        """The options that bring something, and what they bring."""
        bound, taken = 0.0, []
        for option in self._asked.options:
            gain = worth[option]
            for rung in self._asked.offers[option]:
                gain += price[rung]
            if gain > 0 or option in self._asked.forced:
                bound += gain
                taken.append(option)
        return bound, taken

    def _climb(
        self, pay: Sequence[float], price: Sequence[float], covers: Sequence[int]
    ) -> tuple[float, list[int]]:
        """The best height of each ladder: what all of them bring, and the rungs that are won."""
        bound, won = 0.0, [0] * len(pay)
        for ladder in self._ladders:
            best = total = 0.0
            top = 0
            for height, rung in enumerate(ladder, start=1):
                total += pay[rung] - price[rung]
                # Of equal heights the one that fits what is covered, or the walk would tremble.
                if total > best + 1e-9 or (
                    total > best - 1e-9 and height == top + 1 and covers[rung]
                ):
                    best, top = total, height
            bound += best
            for rung in ladder[:top]:
                won[rung] = 1
        return bound, won

    def _slope(self, taken: Sequence[int], won: Sequence[int]) -> list[float]:
        """How the bound grows with the price of each term."""
        slopes = [constant for constant, _, _ in self._scaled]
        for option in taken:
            for term, each in self._of_option[option]:
                slopes[term] += each
        for rung, times in enumerate(won):
            if times:
                for term, each in self._of_rung[rung]:
                    slopes[term] += each * times
        return slopes

    def round_prices(self) -> Prices:
        """The best prices of the walk in whole numbers; the bound holds for them just as well."""
        asked, aim = self._asked, self._asked.aim
        fine = max(1, FINE // aim.unit)
        grain = aim.unit * fine

        def rounded(number: float) -> int:
            return round(number * FINE) * grain >> _FINE_BITS

        base = aim.constant * fine
        worth = [aim.options.get(o, 0) * fine for o in range(len(asked.offers))]
        pay = [aim.rungs.get(r, 0) * fine * (r in self._there) for r in range(asked.rungs)]
        for point, term in zip(self.point, self._terms, strict=True):
            each = rounded(point * term.norm)
            base += each * term.constant
            for option, coefficient in term.options.items():
                worth[option] += each * coefficient
            for rung, coefficient in term.rungs.items():
                pay[rung] += each * coefficient
        price = [
            0 if r in asked.free else max(0, p + rounded(shift))
            for r, (p, shift) in enumerate(zip(pay, self.shifts, strict=True))
        ]
        for option in asked.options:
            worth[option] += sum(price[r] for r in asked.offers[option])
        return Prices(base, worth, pay, price, fine)


def _list_terms(asked: Relaxed, winnable: Collection[int]) -> Iterator[_Term]:
    for limit in asked.limits:
        taking = {o: -demand for o in asked.options if (demand := limit.demands[o])}
        # What never runs short has no price.
        if -sum(taking.values()) > limit.supply:
            norm = len(taking) / -sum(taking.values())
            yield _Term(limit.supply, taking, {}, norm)
    there = set(asked.options)
    for row in asked.rows:
        options = {o: weight for o, weight in row.aim.options.items() if o in there and weight}
        rungs = {r: weight for r, weight in row.aim.rungs.items() if weight and r in winnable}
        weights = [*map(abs, options.values()), *map(abs, rungs.values())]
        norm = len(weights) / sum(weights) if weights else 1.0
        yield _Term(-row.least, options, rungs, norm)
    for option in asked.options:
        for rung in asked.needs[option]:
            yield _Term(0, {option: -1}, {rung: 1} if rung in winnable else {}, 1.0)
