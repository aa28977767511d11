"""Exact search over all dimensions at once: which sums can be reached together?

Each dimension offers cells. A cell adds to one or more sums, may count as scored, and may
bar a stage. All sums that a set of dimensions can reach together are the bits of one whole
number, so that adding a cell to all of them is one shift. This decides every question about
team scores exactly, in milliseconds.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

P = TypeVar("P")

State = tuple[int, bool]
"""How many dimensions are scored, and whether one of them bars the stage."""


@dataclass(frozen=True, slots=True)
class Cell(Generic[P]):
    """One way to answer a dimension, with what it adds to every sum."""

    scored: bool
    bars: bool
    adds: tuple[int, ...]
    payload: P


class TooLargeError(Exception):
    """The search would need more room than it may take."""


Accepts = Callable[[State], Sequence[Iterable[int]] | None]
"""For a final state, the values allowed for each sum, or None where nothing is."""


def find_cells(
    columns: Sequence[Sequence[Cell[P]]],
    widths: Sequence[int],
    accepts: Accepts,
    most_bits: int,
) -> tuple[P, ...] | None:
    """Return the payloads of one cell from every column whose sums are accepted, or None.

    Args:
        columns: The cells of every dimension.
        widths: For every sum, one more than the most that it can reach.
        accepts: What the sums have to be.
        most_bits: How many combinations of sums may be told apart.

    Raises:
        TooLargeError: More combinations would have to be told apart.
    """
    strides = _strides(widths)
    if strides[-1] > most_bits:
        raise TooLargeError
    offsets = [_by_offset(column, strides) for column in columns]
    layers: list[Mapping[State, int]] = [{(0, False): 1}]
    for cells in offsets:
        layers.append(_extended(layers[-1], cells))
    for state, bits in layers[-1].items():
        allowed = accepts(state)
        hit = 0 if allowed is None else bits & _mask(allowed, strides)
        if hit:
            place = (hit & -hit).bit_length() - 1
            return _walk_back(layers, offsets, state, place)
    return None


_Offsets = Mapping[tuple[bool, bool, int], P]


def _strides(widths: Sequence[int]) -> list[int]:
    strides = [1]
    for width in widths:
        strides.append(strides[-1] * width)
    return strides


def _by_offset(column: Sequence[Cell[P]], strides: Sequence[int]) -> _Offsets[P]:
    """Keep one cell, the first, of those that differ in nothing that is summed."""
    offsets: dict[tuple[bool, bool, int], P] = {}
    for cell in column:
        offset = sum(add * stride for add, stride in zip(cell.adds, strides, strict=False))
        offsets.setdefault((cell.scored, cell.bars, offset), cell.payload)
    return offsets


def _extended(layer: Mapping[State, int], cells: _Offsets[P]) -> Mapping[State, int]:
    grown: dict[State, int] = {}
    for (count, barred), bits in layer.items():
        for scored, bars, offset in cells:
            state = (count + scored, barred or bars)
            grown[state] = grown.get(state, 0) | bits << offset
    return grown


def _mask(allowed: Sequence[Iterable[int]], strides: Sequence[int]) -> int:
    mask = 1
    for values, stride in zip(allowed, strides, strict=False):
        widened = 0
        for value in values:
            widened |= mask << value * stride
        mask = widened
    return mask


def _walk_back(
    layers: Sequence[Mapping[State, int]],
    offsets: Sequence[_Offsets[P]],
    state: State,
    place: int,
) -> tuple[P, ...]:
    found: list[P] = []
    for layer, cells in zip(reversed(layers[:-1]), reversed(offsets), strict=True):
        (*_, offset), payload, state = next(
            (key, payload, before)
            for key, payload in cells.items()
            for before, bits in layer.items()
            if key[2] <= place
            and (before[0] + key[0], before[1] or key[1]) == state
            and bits >> (place - key[2]) & 1
        )
        place -= offset
        found.append(payload)
    return tuple(reversed(found))
