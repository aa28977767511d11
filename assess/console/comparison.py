"""What moved since last time: arrows, the line that noise stays within, and the words."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor
from typing import Final

from assess.cells import cell_width, fit, harmless
from assess.comparison import (
    ROUNDING,
    Comparison,
    DimensionChange,
    Move,
    PlannedAction,
    Word,
    describe_left_out,
    describe_mdc,
    describe_stage_change,
)
from assess.console.lines import (
    EMPTY,
    GAP,
    Line,
    Lines,
    Look,
    Piece,
    Style,
    heading,
    items,
    joined,
    paragraph,
    spaced,
    styled,
)
from assess.console.screen import Console
from assess.console.table import Column, table
from assess.console.words import STAGE_NAMES, moved
from assess.figures import count, long_day, noise_points, percent, percent_or_dash, points

_WORD_STYLES: Final[Mapping[Word, Style]] = {
    "clear rise": "rise",
    "clear fall": "fall",
    "no clear change": "quiet",
}
_VIEWS: Final = {"manager": "the manager", "members": "the members", "consensus": "the team"}
_FROM, _WAY, _UP, _DOWN, _NOISE, _REST = "○", "━", "▶", "◀", "│", "·"
_LONGEST_WORD: Final = len("no clear change")
_NUMBERS_WIDTH: Final = len("100 → 100") + len(" +100")
_SHORTEST_TRACK: Final = 10
_FOCUS: Final = "▸ "
_NO_FOCUS: Final = "  "
_MOST_MOVES: Final = 12


def show_comparison(
    console: Console, comparison: Comparison, titles: Mapping[str, str] | None = None
) -> None:
    """Print two assessments side by side; `titles` names the actions of the plan in between."""
    console.show(comparison_lines(comparison, console.look, titles or {}))


def comparison_lines(comparison: Comparison, look: Look, titles: Mapping[str, str]) -> Lines:
    """Return the whole picture of a comparison."""
    return [
        *_head(comparison, look),
        *_stages(comparison, look),
        *_dimensions(comparison, look),
        *_moves(comparison, look),
        *_actions(comparison, look, titles),
        *_left_out(comparison, look),
    ]


def _head(comparison: Comparison, look: Look) -> Lines:
    days = f"{long_day(comparison.start)} and {long_day(comparison.end)}"
    teams = " and ".join(filter(None, (comparison.team, comparison.other_team)))
    views = _VIEWS[comparison.view_before], _VIEWS[comparison.view]
    seen = views[1] if views[0] == views[1] else f"{views[0]} then and {views[1]} now"
    return [
        *paragraph(f"{teams} · {days}", look, style="strong"),
        *paragraph(
            f"As {seen} sees it; {count(comparison.matching.compared, 'question')} compared.", look
        ),
    ]


def _stages(comparison: Comparison, look: Look) -> Lines:
    before, after = (_stage_name(p.stage) for p in (comparison.before, comparison.after))
    stage = f"still {after}" if before == after else moved(before, after, look)
    rows = [
        (
            STAGE_NAMES[name],
            percent_or_dash(score.before),
            percent_or_dash(score.after),
            "" if score.change is None else points(score.change),
        )
        for name, score in comparison.scores.items()
    ]
    columns = (
        Column("All questions"),
        Column("then", right=True),
        Column("now", right=True),
        Column("points", right=True),
    )
    notes = filter(None, (describe_stage_change(comparison), ROUNDING))
    return [
        *heading(f"Stage: {stage}", look),
        *table(columns, rows, look),
        *items(notes, look, style="quiet"),
    ]


def _stage_name(stage: str | None) -> str:
    return "none" if stage is None else STAGE_NAMES[stage]


# --- The dimensions ---


def _dimensions(comparison: Comparison, look: Look) -> Lines:
    changes = comparison.dimensions.values()
    titles = comparison.after.questionnaire.titles
    lines = heading("Index of each dimension, on the questions compared", look)
    if look.linear:
        lines += items((_in_words(change, titles[change.dimension]) for change in changes), look)
    else:
        lines += _arrows(comparison, look)
    mdc = describe_mdc(comparison)
    lines += paragraph(f"{mdc[0].upper()}{mdc[1:]}.", look)
    return [*lines, *_legend(comparison, look), *_index(comparison, look)]


def _in_words(change: DimensionChange, title: str) -> str:
    focus = ", named beforehand in the plan" if change.focus else ""
    way = f"from {percent(change.before)} to {percent(change.after)}"
    needed = f"{points(change.change)} points where {noise_points(change.mdc)} are needed"
    return f"{title}{focus}: {way}, {needed}: {change.word}."


def _arrows(comparison: Comparison, look: Look) -> Lines:
    titles = _titles(comparison)
    track = _track_width(comparison, look)
    longest = max((cell_width(title) for title in titles.values()), default=0)
    name = longest if track else min(longest, _spare_width(look))
    return [
        joined(
            styled(_FOCUS if change.focus else _NO_FOCUS, "strong"),
            *spaced(_columns(change, titles[change.dimension], name, track)),
        )
        for change in comparison.dimensions.values()
    ]


def _titles(comparison: Comparison) -> Mapping[str, str]:
    titles = comparison.after.questionnaire.titles
    return {dimension: harmless(titles[dimension]) for dimension in comparison.dimensions}


def _spare_width(look: Look) -> int:
    """Return what is left for a title and its arrow beside focus, numbers and word."""
    return look.width - len(_FOCUS) - _NUMBERS_WIDTH - _LONGEST_WORD - 2 * len(GAP)


def _track_width(comparison: Comparison, look: Look) -> int:
    """Return how many cells an arrow gets; 0 where there is no room for one."""
    longest = max((cell_width(title) for title in _titles(comparison).values()), default=0)
    track = _spare_width(look) - longest - len(GAP)
    return 0 if look.linear or track < _SHORTEST_TRACK else track


def _columns(change: DimensionChange, title: str, width: int, track: int) -> list[Line]:
    style = _WORD_STYLES[change.word]
    levels = f"{_whole(change.before):>3} → {_whole(change.after):>3}"
    picture = [_track(change, track, style)] if track else []
    return [
        styled(fit(title, width)),
        *picture,
        styled(f"{levels} {points(change.change):>4}"),
        styled(fit(change.word, _LONGEST_WORD), style),
    ]


def _whole(share: Fraction) -> int:
    return floor(share * 100)


def _track(change: DimensionChange, cells: int, style: Style) -> Line:
    """Draw 0 to 100 % in cells: where it was, the way to where it is, and the limits of noise."""

    def place(share: float | Fraction) -> int:
        return min(max(int(share * cells), 0), cells - 1)

    letters: list[Piece] = [(_REST, "quiet")] * cells
    start, end = place(change.before), place(change.after)
    for cell in range(min(start, end), max(start, end) + 1):
        letters[cell] = (_WAY, style)
    for limit in (float(change.before) - change.mdc, float(change.before) + change.mdc):
        if 0 <= limit < 1:
            letters[place(limit)] = (_NOISE, "strong")
    letters[start] = (_FROM, style)
    if start != end:
        letters[end] = (_UP if end > start else _DOWN, style)
    return tuple(letters)


def _legend(comparison: Comparison, look: Look) -> Lines:
    focus = any(change.focus for change in comparison.dimensions.values())
    texts = []
    if comparison.dimensions and _track_width(comparison, look):
        texts.append(f"{_FROM} then, {_UP} now; within {_NOISE} a change may be chance.")
    if focus:
        sign = "" if look.linear else _FOCUS
        texts.append(
            f"{sign}The plan named these beforehand: each is judged alone, the others together."
        )
    return [line for text in texts for line in paragraph(text, look, style="quiet")]


def _index(comparison: Comparison, look: Look) -> Lines:
    index = comparison.index
    if index is None:
        return []
    way = moved(percent(index.before), percent(index.after), look)
    text = (
        f"The team's index: {way}, {points(index.change)} points where "
        f"{noise_points(index.mdc)} are needed: {index.word}."
    )
    style = "" if index.word == "no clear change" else _WORD_STYLES[index.word]
    return [EMPTY, *paragraph(text, look, style=style)]


# --- Questions and actions ---


def _moves(comparison: Comparison, look: Look) -> Lines:
    if not comparison.moves:
        return []
    raised = [move for move in comparison.moves if move.after > move.before]
    lowered = [move for move in comparison.moves if move.after < move.before]
    return [
        *_moved_questions("Answered higher than last time", raised, comparison, look),
        *_moved_questions("Answered lower than last time", lowered, comparison, look),
    ]


def _moved_questions(title: str, moves: list[Move], comparison: Comparison, look: Look) -> Lines:
    if not moves:
        return []
    questions = comparison.after.questionnaire.by_id
    lines = heading(f"{title}: {count(len(moves), 'question')}", look)
    for move in moves[:_MOST_MOVES]:
        way = moved(str(move.before), str(move.after), look)
        lines += paragraph(questions[move.question].ask, look, first=f"  {way}  ")
    more = len(moves) - _MOST_MOVES
    return lines + (items([f"and {count(more, 'more question')}."], look) if more > 0 else [])


def _actions(comparison: Comparison, look: Look, titles: Mapping[str, str]) -> Lines:
    if not comparison.actions:
        return []
    texts = [
        f"{titles.get(action.action, action.action)}: {_outcome(comparison, action, look)}."
        for action in comparison.actions
    ]
    head = heading("The plan in between, and what it was to lift", look)
    return [*head, *items(texts, look)]


def _outcome(comparison: Comparison, action: PlannedAction, look: Look) -> str:
    done = "done" if action.done else "not done"
    questions = comparison.after.questionnaire.by_id
    ways = [
        f"“{questions[move.question].ask}” {moved(str(move.before), str(move.after), look)}"
        for move in comparison.moves_of(action)
    ]
    if ways:
        return f"{done}; moved: {'; '.join(ways)}"
    return f"{done}; nothing of it moved" if action.lifts else done


def _left_out(comparison: Comparison, look: Look) -> Lines:
    texts = describe_left_out(comparison)
    if not texts:
        return []
    return [*heading("Not compared, or compared with care", look), *items(texts, look)]
