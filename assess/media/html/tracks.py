"""Changes on tracks from 0 to 100 %, each with the band within which it may be chance."""

from typing import Final

from assess.cells import cut
from assess.figures import percent, points
from assess.media.html.drawing import (
    BASE,
    GAP,
    LINE,
    Anchor,
    Box,
    Dot,
    Drawing,
    Frame,
    Letters,
    Shape,
    Stroke,
    label_lines,
    letters_below,
)
from assess.pages.blocks import TrackRow, Tracks

_ENDS: Final[tuple[tuple[int, Anchor], ...]] = ((0, "start"), (50, "middle"), (100, "end"))


def draw_tracks(block: Tracks, frame: Frame) -> Drawing:
    """Return a track from 0 to 100 % for each row, with where it was and where it is."""
    start, length = (0, 100) if frame.is_narrow else (28, 30)
    shapes: list[Shape] = [
        Letters(start + at * length / 100, LINE / 2 + BASE, f"{at} %", "quiet", anchor)
        for at, anchor in _ENDS
    ]
    y = LINE + 0.5
    for row in block.rows:
        drawn, y = _track_row(row, frame, y, start, length)
        shapes += drawn
    return Drawing(tuple(shapes), y)


def _track_row(
    row: TrackRow, frame: Frame, y: float, start: float, length: float
) -> tuple[list[Shape], float]:
    lines = label_lines(row.label, frame.cells if frame.is_narrow else frame.fitting(28))
    tall = len(lines) * LINE
    middle = y + (tall + 0.5 if frame.is_narrow else tall / 2)

    def place(share: float) -> float:
        return start + min(max(share, 0), 1) * length

    before, after = place(float(row.before)), place(float(row.after))
    low, high = place(row.low), place(row.high)
    tone = row.tone or "plain"
    shapes: list[Shape] = [
        *letters_below(lines, y),
        Stroke(start, middle, start + length, middle, "grid"),
        Box(low, middle - 0.5, high - low, 1, "chance"),
        Stroke(before, middle, after, middle, f"way {tone}"),
        Dot(before, middle, "ring", tone),
        Dot(after, middle, "circle", f"fill {tone}"),
    ]
    base = middle + LINE + BASE if frame.is_narrow else middle + BASE
    way = f"{percent(row.before)} → {percent(row.after)}"
    change = points(row.after - row.before)
    at = (0.0, 42.0, 48.0) if frame.is_narrow else (61.0, 78.5, 80.5)
    shapes += [
        Letters(at[0], base, way, "quiet"),
        Letters(at[1], base, change, "strong", "end"),
        Letters(at[2], base, cut(row.word, frame.fitting(99 - at[2])), f"tone {tone}"),
    ]
    return shapes, (base + 0.5 if frame.is_narrow else y + tall) + GAP
