"""More than two quarters: a line for each stage, a small one for each dimension."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Final

from assess.cells import cell_width, fit, harmless
from assess.comparison import Quarter
from assess.console.lines import (
    EMPTY,
    Line,
    Lines,
    Look,
    Style,
    heading,
    items,
    joined,
    paragraph,
    styled,
)
from assess.console.screen import Console
from assess.console.table import Column, table
from assess.console.words import STAGE_NAMES, STAGE_STYLES, moved
from assess.figures import percent, percent_or_dash
from assess.questionnaire import STAGES, Questionnaire

_ROWS: Final = 10
_AXIS: Final = 6
_LABEL: Final = 16
_HEIGHTS: Final = "▁▂▃▄▅▆▇█"
_SILENT: Final = "·"


def show_series(
    console: Console, team: str, questionnaire: Questionnaire, quarters: Sequence[Quarter]
) -> None:
    """Print how a team went; `quarters` come oldest first, at least one."""
    console.show(series_lines(team, questionnaire, quarters, console.look))


def series_lines(
    team: str, questionnaire: Questionnaire, quarters: Sequence[Quarter], look: Look
) -> Lines:
    """Return the whole picture of a team's quarters."""
    scored = [quarter for quarter in quarters if quarter.scores is not None]
    chart = _chart(scored, questionnaire, look) if len(scored) > 1 and not look.linear else []
    return [
        *paragraph(f"{team}, quarter by quarter", look, style="strong"),
        *chart,
        EMPTY,
        *_table(quarters, look),
        *_small_multiples(questionnaire, quarters, look),
    ]


# --- The chart ---


def _chart(quarters: Sequence[Quarter], questionnaire: Questionnaire, look: Look) -> Lines:
    width = min(look.width - _AXIS - _LABEL - 2, 12 * (len(quarters) - 1) + 1)
    places = [round(n * (width - 1) / (len(quarters) - 1)) for n in range(len(quarters))]
    cells: dict[tuple[int, int], tuple[str, Style]] = {}
    finish = ceil(questionnaire.overall * _ROWS)
    for column in range(width):
        cells[finish, column] = ("┄", "quiet")
    labels: dict[int, list[str]] = {}
    # Mastery first: where two lines share a cell, the earlier stage is on top.
    for number, stage in reversed(tuple(enumerate(STAGES))):
        scores = [quarter.scores[number] for quarter in quarters if quarter.scores]
        _draw(cells, _heights(scores, places), STAGE_STYLES[stage])
        labels.setdefault(floor(scores[-1] * _ROWS), []).insert(0, STAGE_NAMES[stage])
    return [
        EMPTY,
        *(_chart_row(row, width, cells, labels) for row in range(_ROWS, -1, -1)),
        _dates(quarters, places),
        *paragraph(f"┄ {percent(questionnaire.overall)} finish a stage.", look, style="quiet"),
    ]


def _heights(scores: Sequence[Fraction], places: Sequence[int]) -> list[int]:
    """Return the row of every column, on straight lines from score to score, rounded down."""
    rows = [floor(scores[0] * _ROWS)]
    for n in range(1, len(scores)):
        step = places[n] - places[n - 1]
        rise = scores[n] - scores[n - 1]
        rows += [floor((scores[n - 1] + rise * k / step) * _ROWS) for k in range(1, step + 1)]
    return rows


def _draw(
    cells: dict[tuple[int, int], tuple[str, Style]], heights: Sequence[int], style: Style
) -> None:
    for column, row in enumerate(heights):
        before = heights[max(column - 1, 0)]
        if row == before:
            cells[row, column] = ("─", style)
            continue
        up = row > before
        cells[before, column] = ("╯" if up else "╮", style)
        cells[row, column] = ("╭" if up else "╰", style)
        for between in range(min(row, before) + 1, max(row, before)):
            cells[between, column] = ("│", style)


def _chart_row(
    row: int,
    width: int,
    cells: dict[tuple[int, int], tuple[str, Style]],
    labels: dict[int, list[str]],
) -> Line:
    axis = f"{row * 100 // _ROWS:>3} % " if row % 2 == 0 else " " * _AXIS
    drawn = tuple(cells.get((row, column), (" ", "")) for column in range(width))
    return joined(styled(axis, "quiet"), drawn, styled(f" {', '.join(labels.get(row, []))}"))


def _dates(quarters: Sequence[Quarter], places: Sequence[int]) -> Line:
    text = " " * _AXIS
    for quarter, place in zip(quarters, places, strict=True):
        # Where quarters stand closer than their dates are long, some dates are left out.
        if len(text) <= _AXIS + place:
            text = text.ljust(_AXIS + place) + f"{quarter.date.isoformat()[:7]} "
    return styled(text, "quiet")


# --- Numbers ---


def _table(quarters: Sequence[Quarter], look: Look) -> Lines:
    rows = [
        (
            quarter.date.isoformat(),
            STAGE_NAMES.get(quarter.stage or "", "none"),
            _on_evidence(quarter),
            *((percent(s) for s in quarter.scores) if quarter.scores else ("–",) * 3),
            percent_or_dash(quarter.index),
        )
        for quarter in quarters
    ]
    columns = (
        Column("Date"),
        Column("stage"),
        Column("on evidence"),
        *(Column(STAGE_NAMES[stage], right=True) for stage in STAGES),
        Column("index", right=True),
    )
    return table(columns, rows, look)


def _on_evidence(quarter: Quarter) -> str:
    """Say what evidence backs: the stage, and the index beside the one that was claimed."""
    if quarter.evidenced_stage is None or quarter.evidenced_scores is None:
        return "–"
    index = sum(quarter.evidenced_scores, Fraction(0)) / len(STAGES)
    return f"{STAGE_NAMES[quarter.evidenced_stage]}, {percent(index)}"


def _small_multiples(
    questionnaire: Questionnaire, quarters: Sequence[Quarter], look: Look
) -> Lines:
    titles = {d: harmless(title) for d, title in questionnaire.titles.items()}
    longest = max(cell_width(title) for title in titles.values())
    lines = heading("Index of each dimension", look)
    for dimension, title in titles.items():
        course = [quarter.dimensions.get(dimension) for quarter in quarters]
        known = [index for index in course if index is not None]
        way = moved(percent(known[0]), percent(known[-1]), look) if known else "not scored"
        if look.linear:
            lines += items([f"{title}: {way}."], look)
        else:
            name = fit(title, min(longest, look.width - len(course) - 20))
            lines.append(joined(styled(f"  {name}  "), _spark(course), styled(f"  {way}")))
    return lines


def _spark(course: Sequence[Fraction | None]) -> Line:
    letters = (
        _SILENT if index is None else _HEIGHTS[min(floor(index * len(_HEIGHTS)), 7)]
        for index in course
    )
    return styled("".join(letters), "strong")
