"""The dimensions by the three stages: bars with the line that finishes a stage, or words."""

from typing import Final

from assess.cells import cell_width, fit, harmless
from assess.console.bars import MARK, bar
from assess.console.lines import (
    EMPTY,
    GAP,
    Line,
    Lines,
    Look,
    items,
    joined,
    paragraph,
    spaced,
    styled,
)
from assess.console.words import STAGE_NAMES, STAGE_STYLES
from assess.figures import count, percent
from assess.questionnaire import STAGES
from assess.scoring import DimensionScore, Profile, Shares

_TEAM: Final = "The whole team"
_PERCENT_WIDTH: Final = 6
_FLAG: Final = "! "
_NO_FLAG: Final = "  "
_NARROWEST_NAME: Final = 12


def grid_lines(profile: Profile, look: Look) -> Lines:
    """Return every dimension and the whole team; the profile has a stage."""
    cells = 10 if look.width >= 78 else 5
    name = _name_width(profile, look, cells)
    if look.linear or name < _NARROWEST_NAME:
        return items(_in_words(profile), look)
    return _grid(profile, look, cells, name)


def why_not_scored(profile: Profile, dimension: DimensionScore) -> str:
    """Say why a dimension has no score, and what it takes to have one."""
    if dimension.status == "not-applicable":
        return "does not apply"
    if profile.view == "members":
        return "not scored: too few members answered"
    return f"not scored: {count(missing_answers(profile, dimension), 'more answer')} needed"


def missing_answers(profile: Profile, dimension: DimensionScore) -> int:
    """Return how many more answers score the dimension: half of what applies, and two."""
    applicable = sum(
        profile.levels[q.id] != "not-applicable"
        for q in profile.questionnaire.by_dimension[dimension.id]
    )
    return max((applicable + 1) // 2, min(2, applicable)) - (dimension.answered or 0)


def _name_width(profile: Profile, look: Look, cells: int) -> int:
    """Return how many cells a title gets beside its three bars."""
    longest = max(
        cell_width(harmless(title)) for title in (*profile.questionnaire.titles.values(), _TEAM)
    )
    bars = 3 * _column_width(cells) + 2 * len(GAP)
    return min(longest, look.width - len(_FLAG) - 1 - bars)


def _column_width(cells: int) -> int:
    return cells + len(MARK) + _PERCENT_WIDTH


def _grid(profile: Profile, look: Look, cells: int, name: int) -> Lines:
    column = _column_width(cells)
    titles = profile.questionnaire.titles
    rows = [
        joined(
            styled(_FLAG if _holds_back(profile, d) else _NO_FLAG, "warning"),
            styled(fit(harmless(titles[d.id]), name)),
            _row(profile, d, cells),
        )
        for d in profile.dimensions.values()
    ]
    total = joined(styled(_NO_FLAG + fit(_TEAM, name), "strong"), _total(profile, cells))
    return [_header(profile, name, column), *rows, EMPTY, total, *_legend(profile, look)]


def _header(profile: Profile, name: int, column: int) -> Line:
    titles = (f"{_sign(profile, stage)}{STAGE_NAMES[stage]}" for stage in STAGES)
    cells = (
        styled(fit(title, column), "strong" if stage == profile.stage else "quiet")
        for stage, title in zip(STAGES, titles, strict=True)
    )
    return joined(styled(" " * (name + len(_FLAG) + 1)), *spaced(cells))


def _sign(profile: Profile, stage: str) -> str:
    if profile.complete or STAGES.index(stage) + 1 < profile.stage_number:
        return "✓ "
    return "▸ " if stage == profile.stage else ""


def _row(profile: Profile, dimension: DimensionScore, cells: int) -> Line:
    if dimension.shares is None:
        return styled(f" {why_not_scored(profile, dimension)}", "quiet")
    return _bars(dimension.shares, cells, profile, team=False)


def _total(profile: Profile, cells: int) -> Line:
    return EMPTY if profile.scores is None else _bars(profile.scores, cells, profile, team=True)


def _bars(shares: Shares, cells: int, profile: Profile, *, team: bool) -> Line:
    mark = profile.questionnaire.overall if team else profile.questionnaire.each
    columns = (
        joined(
            bar(share, cells, mark, STAGE_STYLES[stage]),
            styled(f"{percent(share):>{_PERCENT_WIDTH}}"),
        )
        for stage, share in zip(STAGES, shares, strict=True)
    )
    return joined(styled(" "), *spaced(columns))


def _holds_back(profile: Profile, dimension: DimensionScore) -> bool:
    if profile.stage is None or profile.complete or dimension.status == "not-applicable":
        return False
    if dimension.shares is None:
        return True
    return dimension.shares[profile.stage_number - 1] < profile.questionnaire.each


def _legend(profile: Profile, look: Look) -> Lines:
    rule = profile.questionnaire
    texts = [
        f"{MARK} is what finishes a stage: {percent(rule.each)} in every dimension, "
        f"{percent(rule.overall)} for the whole team."
    ]
    if any(_holds_back(profile, d) for d in profile.dimensions.values()):
        stage = STAGE_NAMES[profile.stage or STAGES[0]]
        texts.append(f"! keeps {stage} from being finished, whatever the others reach.")
    return [line for text in texts for line in paragraph(text, look, indent=2, style="quiet")]


def _in_words(profile: Profile) -> list[str]:
    titles = profile.questionnaire.titles
    whole = f"{_TEAM}: {_shares_in_words(profile.scores)}." if profile.scores else ""
    rows = [
        f"{titles[d.id]}: "
        + (_shares_in_words(d.shares) if d.shares else why_not_scored(profile, d))
        + (", which keeps the stage from being finished." if _holds_back(profile, d) else ".")
        for d in profile.dimensions.values()
    ]
    return [whole, *rows]


def _shares_in_words(shares: Shares) -> str:
    pairs = zip(STAGES, shares, strict=True)
    return ", ".join(f"{STAGE_NAMES[stage]} {percent(share)}" for stage, share in pairs)
