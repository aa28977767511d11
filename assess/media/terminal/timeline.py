"""Work over the weeks of a plan in one picture, or a sentence for each piece of it."""

from typing import Final

from assess.cells import fit, harmless
from assess.figures import month_name, short_hours
from assess.media.terminal.lines import GAP, Look, ScreenLine, ScreenLines, items, joined, styled
from assess.media.words import HOURS, REVIEWS, WEEK, picture_in_words
from assess.pages.blocks import Timeline, TimelineRow, TimelineWeek

_CELL: Final = 3
_WORK, _REST, _OFF, _TODAY = "━", "┄", "×", "▾"
_NARROWEST_NAME: Final = 16


def draw_timeline(block: Timeline, look: Look) -> ScreenLines:
    """Return a row for each piece of work, under the weeks and above their hours."""
    name = look.width - _CELL * len(block.weeks)
    if look.linear or name < _NARROWEST_NAME:
        return items(picture_in_words(block), look)
    return [
        styled(" " * name + _months(block), "quiet"),
        _weeks(block, name, WEEK, [_week_text(week, block) for week in block.weeks]),
        *(_track(row, block, name) for row in block.rows),
        _weeks(
            block,
            name,
            HOURS,
            [_OFF if week.is_off else short_hours(week.hours) for week in block.weeks],
        ),
        *([_weeks(block, name, REVIEWS, _milestones(block))] if block.milestones else []),
    ]


def _weeks(block: Timeline, name: int, title: str, texts: list[str]) -> ScreenLine:
    cells = (
        styled(f"{text:^{_CELL}}", "quiet" if week.is_off else "")
        for week, text in zip(block.weeks, texts, strict=True)
    )
    return joined(styled(fit(title, name), "quiet"), *cells)


def _week_text(week: TimelineWeek, block: Timeline) -> str:
    is_now = block.today is not None and 0 <= (block.today - week.monday).days < 7
    return f"{_TODAY}{week.number}" if is_now else str(week.number)


def _months(block: Timeline) -> str:
    """Return the name of each month above the first Monday in it, a space apart at least."""
    row = ""
    names = [month_name(week.monday) for week in block.weeks]
    for place, name in enumerate(names):
        if place == 0 or name != names[place - 1]:
            row = f"{row} ".ljust(_CELL * place) + name if row else name
    return row


def _track(row: TimelineRow, block: Timeline, name: int) -> ScreenLine:
    hours = dict(row.hours)
    cells = []
    for week in block.weeks:
        if not row.first_week <= week.number <= row.last_week:
            cells.append(styled(" " * _CELL))
        elif week.is_off:
            cells.append(styled(_REST * _CELL, "quiet"))
        else:
            text = short_hours(hours[week.number]) if hours.get(week.number) else _WORK
            cells.append(styled(f"{text:{_WORK}^{_CELL}}", row.tone))
    return joined(styled(fit(harmless(row.label), name - len(GAP)) + GAP), *cells)


def _milestones(block: Timeline) -> list[str]:
    """Return each milestone in the week in which it falls."""
    marks = {
        max((w.number for w in block.weeks if w.monday <= day), default=1): label
        for label, day in block.milestones
    }
    return [marks.get(week.number, "") for week in block.weeks]
