"""Work over the weeks of a plan, with its reviews and today."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from assess.figures import month_name, short_hours
from assess.media.html.drawing import (
    BASE,
    GAP,
    LINE,
    Drawing,
    Frame,
    Shape,
    box,
    dot,
    draw_label,
    letters,
    stroke,
)
from assess.media.words import HOURS, REVIEWS, WEEK
from assess.pages.blocks import Timeline, TimelineRow, TimelineWeek
from assess.record import record

_BAR: Final = 1.3
_WEEK: Final = timedelta(days=7)


@record
class _Scale:
    """Where the weeks of a timeline lie, in percent of the width."""

    weeks: tuple[TimelineWeek, ...]
    left: float

    @property
    def step(self) -> float:
        return (100 - self.left) / len(self.weeks)

    def start(self, number: int) -> float:
        """Return where a week begins; the one after the last begins at the right edge."""
        return self.left + (number - self.weeks[0].number) * self.step

    def middle(self, number: int) -> float:
        return self.start(number) + self.step / 2

    def day(self, day: date) -> float:
        weeks = (day - self.weeks[0].monday) / _WEEK
        return min(max(self.left + weeks * self.step, self.left), 100)


def draw_timeline(block: Timeline, frame: Frame) -> Drawing:
    """Return a row for each piece of work under its weeks; narrow, its name stands above it."""
    scale = _Scale(block.weeks, 0 if frame.is_narrow else 32)
    y = top = 2 * LINE + 1
    rows: list[Shape] = []
    bars: list[tuple[float, float]] = []
    for row in block.rows:
        drawn, y = _work(row, scale, frame, y)
        rows += drawn
        bars.append((y - GAP - _BAR - 0.2, y - GAP + 0.2))
    # Narrow, a line from top to bottom would go through the names.
    now = _today(block, scale, bars if frame.is_narrow else [(top - 0.5, y - 0.3)])
    sums, y = _sums(block, scale, frame, y)
    back = [
        box(scale.start(week.number), top - 0.3, scale.step, y - top, "off")
        for week in block.weeks
        if week.is_off
    ]
    return Drawing((*back, *_heads(scale, frame), *now, *rows, *sums), y)


def _heads(scale: _Scale, frame: Frame) -> Iterator[Shape]:
    """Name each month above the first week that begins in it, then number the weeks."""
    months = [month_name(week.monday) for week in scale.weeks]
    for week, month, before, after in zip(
        scale.weeks, months, ["", *months], [*months[1:], ""], strict=False
    ):
        has_room = after == month or not frame.is_narrow
        if month != before and has_room:
            yield letters(scale.start(week.number), LINE / 2 + BASE, month, "quiet")
        middle = scale.middle(week.number)
        yield letters(middle, 1.5 * LINE + BASE, str(week.number), "quiet", "middle")
    if not frame.is_narrow:
        yield letters(0, 1.5 * LINE + BASE, WEEK, "quiet")


def _work(row: TimelineRow, scale: _Scale, frame: Frame, y: float) -> tuple[list[Shape], float]:
    shapes, tall = draw_label(row.label, frame, 31, y)
    middle = y + (tall + _BAR / 2 + 0.25 if frame.is_narrow else tall / 2)
    hours = dict(row.hours)
    for week in scale.weeks:
        if not row.first_week <= week.number <= row.last_week:
            continue
        x = scale.start(week.number)
        if week.is_off or not hours.get(week.number):
            shapes.append(stroke(x, middle, x + scale.step, middle, f"pause {row.tone}"))
            continue
        shapes.append(box(x + 0.2, middle - _BAR / 2, scale.step - 0.4, _BAR, f"fill {row.tone}"))
        text = short_hours(hours[week.number])
        shapes.append(letters(scale.middle(week.number), middle + BASE, text, "on", "middle"))
    return shapes, (middle + _BAR / 2 if frame.is_narrow else y + max(tall, _BAR)) + GAP


def _sums(block: Timeline, scale: _Scale, frame: Frame, y: float) -> tuple[list[Shape], float]:
    """Return the hours of each week, and below them the reviews."""
    shapes: list[Shape] = [stroke(0, y - 0.3, 100, y - 0.3, "grid")]
    for title, is_there in ((HOURS, True), (REVIEWS, bool(block.milestones))):
        if not is_there:
            continue
        base = y + LINE / 2 + BASE
        shapes.append(letters(0, base, title, "quiet"))
        if frame.is_narrow:
            base += LINE
        shapes += _hours(block, scale, base) if title == HOURS else _reviews(block, scale, base)
        y = base - BASE + LINE / 2 + 0.3
    return shapes, y


def _hours(block: Timeline, scale: _Scale, base: float) -> Iterator[Shape]:
    for week in block.weeks:
        text = "×" if week.is_off else short_hours(week.hours)
        yield letters(scale.middle(week.number), base, text, "quiet", "middle")


def _reviews(block: Timeline, scale: _Scale, base: float) -> Iterator[Shape]:
    for label, day in block.milestones:
        x = scale.day(day)
        yield dot(x, base - BASE, "diamond", "fill accent")
        yield letters(x - scale.step / 3, base, label, "strong", "end")


def _today(block: Timeline, scale: _Scale, lines: Iterable[tuple[float, float]]) -> Iterator[Shape]:
    if block.today is not None:
        x = scale.day(block.today)
        yield from (stroke(x, start, x, end, "today") for start, end in lines)
        yield dot(x, 2 * LINE + 0.5, "diamond", "fill today")
