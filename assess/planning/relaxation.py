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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_FINE_BITS = 16
FINE = 1 << _FINE_BITS
"""So finely are prices rounded."""

_PATIENCE = 5
_MEMORY = 0.6
_FACTORS = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0)


@dataclass(frozen=True, slots=True)
class Aim:
    """A sum over won rungs and chosen options, never less than what it stands for.

    `unit` is how much of it is worth telling apart in a price: a power of 2.
    """

    rungs: Mapping[int, int] = field(default_factory=dict)
    options: Mapping[int, int] = field(default_factory=dict)
    constant: int = 0
    unit: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """An aim of which a set must have so much."""

    aim: Aim
    least: int


@dataclass(frozen=True, slots=True)
class Limit:
    """What there is of something, and what each option takes of it."""

    supply: int
    demands: Sequence[int]


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What is asked: the best of an aim that keeps rows and limits.

    Rungs stand by ladder, lowest first; `offers` and `needs` go by option. `free` rungs need no
    option, `forced` options are chosen whatever they cost.
    """

    aim: Aim
    rows: Sequence[Row]
    options: Sequence[int]
    ladders: Sequence[Sequence[int]]
    offers: Sequence[Sequence[int]]
    needs: Sequence[Sequence[int]]
    limits: Sequence[Limit]
    free: frozenset[int]
    forced: frozenset[int]


@dataclass(frozen=True, slots=True)
class Prices:
    """A bound, taken apart.

    The bound of a set is `base`, the `worth` of its options, and of each ladder the best sum of
    its lowest rungs, where a rung counts its `pay`, less its `price` unless it is covered.
    Everything is `fine` times what the aim counts.
    """

    base: int
    worth: dict[int, int]
    pay: dict[int, int]
    price: dict[int, int]
    fine: int


_Key = tuple[str, int, int]
"""What a price is for: a limit, a row, or a need of an option."""


class Walk:
    """Prices on their way down. They are held as what each differs from the obvious.

    The obvious price of a rung is its pay: its options get all of it. `shifts` are where they get
    less, because several offer it, or more, for opening the rungs above.
    """

    def __init__(self, asked: Relaxed) -> None:
        self._asked = asked
        aim, rows = asked.aim, asked.rows
        self._rungs = [rung for ladder in asked.ladders for rung in ladder]
        self._own = {o: aim.options.get(o, 0) / aim.unit for o in asked.options}
        self._gain = {r: aim.rungs.get(r, 0) / aim.unit for r in self._rungs}
        norms = [(n, limit, _norm_of(limit, asked.options)) for n, limit in enumerate(asked.limits)]
        self._norms = [(n, limit, norm) for n, limit, norm in norms if norm]
        self._limits = [
            (
                limit.supply * norm,
                [(o, limit.demands[o] * norm) for o in asked.options if limit.demands[o]],
            )
            for _, limit, norm in self._norms
        ]
        self._row_norms = [_row_norm(row, self._rungs) for row in rows]
        self._tolls = [(o, r) for o in asked.options for r in asked.needs[o]]
        self.keys: list[_Key] = [
            *(("limit", n, 0) for n, _, _ in self._norms),
            *(("row", n, 0) for n in range(len(rows))),
            *(("toll", o, r) for o, r in self._tolls),
        ]
        self.point = [0.0] * len(self.keys)
        self.shifts = dict.fromkeys(self._rungs, 0.0)
        self.lowest = self._look()[0]
        self._heading = [0.0] * len(self.point)
        self._turning = dict.fromkeys(self._rungs, 0.0)

    def start_from(self, other: "Walk") -> None:
        """Begin where the walk of another aim ended, if that is better.

        That aim is a row now, the last one. Prices that say what it costs to come short of it say
        what the sets are that do not; how much that is in terms of this aim is tried.
        """
        known = dict(zip(other.keys, other.point, strict=True))
        last = len(self._asked.rows) - 1
        cold = self.point, self.shifts
        for factor in _FACTORS:
            known["row", last, 0] = 1 / self._row_norms[last]
            self.point = [factor * known.get(key, 0.0) for key in self.keys]
            self.shifts = {r: factor * other.shifts.get(r, 0.0) for r in self._rungs}
            bound = self._look()[0]
            if bound < self.lowest:
                self.lowest, cold = bound, (self.point, self.shifts)
        self.point, self.shifts = cold

    def go(self, goal: int, rounds: int) -> None:
        """Walk until the bound is below a goal, or gets no lower."""
        target = goal / self._asked.aim.unit
        stuck, stride = 0, 1.0
        heading, turning = self._heading, self._turning
        point, shifts = self.point, self.shifts
        for _ in range(rounds):
            bound, slopes, tilts = self._look()
            if bound < self.lowest - 1e-4:
                self.lowest, stuck = bound, 0
                point, shifts = self.point, self.shifts
                if bound < target - 1e-6:
                    break
            else:
                stuck += 1
                if stuck == _PATIENCE:
                    stuck, stride = 0, stride / 2
                    self.point, self.shifts = point, shifts
                    heading = [0.0] * len(point)
                    turning = dict.fromkeys(turning, 0.0)
                    if stride < 0.02:
                        break
                    continue
            # Part of the last step is kept: it stops the walk from going to and fro.
            heading = [s + _MEMORY * h for s, h in zip(slopes, heading, strict=True)]
            turning = {r: tilts[r] + _MEMORY * turning[r] for r in tilts}
            steep = sum(h * h for h in heading) + sum(t * t for t in turning.values())
            if not steep:
                break
            step = stride * (bound - target + 0.05) / steep
            self.point = [max(0.0, p - step * h) for p, h in zip(self.point, heading, strict=True)]
            self.shifts = {r: self.shifts[r] - step * t for r, t in turning.items()}
        self.point, self.shifts = point, shifts

    def _look(self) -> tuple[float, list[float], dict[int, float]]:
        """The bound here, and which way is up."""
        board, point, shifts = self._asked, self.point, self.shifts
        limits = point[: len(self._limits)]
        dues = point[len(limits) : len(limits) + len(board.rows)]
        tolls = point[len(limits) + len(dues) :]
        pay, worth = dict(self._gain), dict(self._own)
        bound = board.aim.constant / board.aim.unit
        bound += sum(p * supply for p, (supply, _) in zip(limits, self._limits, strict=True))
        for due, row, norm in zip(dues, board.rows, self._row_norms, strict=True):
            bound -= due * norm * row.least
            if due:
                for rung, weight in row.aim.rungs.items():
                    if rung in pay:
                        pay[rung] += due * norm * weight
                for option, weight in row.aim.options.items():
                    if option in worth:
                        worth[option] += due * norm * weight
        for (option, rung), toll in zip(self._tolls, tolls, strict=True):
            if toll:
                pay[rung] += toll
                worth[option] -= toll
        price = {r: 0.0 if r in board.free else max(0.0, p + shifts[r]) for r, p in pay.items()}
        for limit, (_, demands) in zip(limits, self._limits, strict=True):
            if limit:
                for option, demand in demands:
                    worth[option] -= limit * demand
        covers = dict.fromkeys(pay, 0)
        chosen = set()
        for option in board.options:
            gain = worth[option]
            for rung in board.offers[option]:
                gain += price[rung]
            if gain > 0 or option in board.forced:
                bound += gain
                chosen.add(option)
                for rung in board.offers[option]:
                    covers[rung] += 1
        climbed: set[int] = set()
        for ladder in board.ladders:
            best = total = 0.0
            top = 0
            for place, rung in enumerate(ladder, start=1):
                total += pay[rung] - price[rung]
                if total > best + 1e-9 or (
                    total > best - 1e-9 and place == top + 1 and covers[rung]
                ):
                    best, top = total, place
            bound += best
            climbed.update(ladder[:top])
        tilts = {r: float(covers[r] - (r in climbed)) if price[r] > 0 else 0.0 for r in pay}
        # Where a price follows the pay, what a rung brings is brought by the options.
        won = {r: covers[r] if price[r] > 0 else int(r in climbed) for r in pay}
        slopes = [
            supply - sum(d for o, d in demands if o in chosen) for supply, demands in self._limits
        ]
        for row, norm in zip(board.rows, self._row_norms, strict=True):
            reached = sum(w * won.get(r, 0) for r, w in row.aim.rungs.items())
            reached += sum(w for o, w in row.aim.options.items() if o in chosen)
            slopes.append(norm * (reached - row.least))
        slopes += [float(won[rung] - (option in chosen)) for option, rung in self._tolls]
        return bound, slopes, tilts

    def round_prices(self) -> Prices:
        """The best prices of the walk in whole numbers; the bound holds for them just as well."""
        board, aim = self._asked, self._asked.aim
        point, shifts = self.point, self.shifts
        fine = max(1, FINE // aim.unit)
        grain = aim.unit * fine

        def rounded(number: float) -> int:
            return round(number * FINE) * grain >> _FINE_BITS

        worth = {o: aim.options.get(o, 0) * fine for o in board.options}
        pay = {r: aim.rungs.get(r, 0) * fine for r in self._rungs}
        base = aim.constant * fine
        place = 0
        for _, limit, norm in self._norms:
            each = rounded(point[place] * norm)
            base += each * limit.supply
            for option in board.options:
                worth[option] -= each * limit.demands[option]
            place += 1
        for row, norm in zip(board.rows, self._row_norms, strict=True):
            due = rounded(point[place] * norm)
            base -= due * row.least
            for rung, weight in row.aim.rungs.items():
                if rung in pay:
                    pay[rung] += due * weight
            for option, weight in row.aim.options.items():
                if option in worth:
                    worth[option] += due * weight
            place += 1
        for option, rung in self._tolls:
            toll = rounded(point[place])
            pay[rung] += toll
            worth[option] -= toll
            place += 1
        price = {
            r: 0 if r in board.free else max(0, p + rounded(shifts[r])) for r, p in pay.items()
        }
        for option in worth:
            worth[option] += sum(price[r] for r in board.offers[option])
        return Prices(base, worth, pay, price, fine)


def _norm_of(limit: Limit, options: Sequence[int]) -> float:
    """How many options a limit's unit is worth; 0 where all of them fit, so that it has no price.

    Prices are walked for an average option, which makes all of them alike in size.
    """
    demands = [demand for o in options if (demand := limit.demands[o])]
    return len(demands) / sum(demands) if sum(demands) > limit.supply else 0.0


def _row_norm(row: Row, rungs: Sequence[int]) -> float:
    weights = [row.aim.rungs[r] for r in rungs if row.aim.rungs.get(r)]
    weights += list(row.aim.options.values())
    return len(weights) / sum(map(abs, weights)) if weights else 1.0
