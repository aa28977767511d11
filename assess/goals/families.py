"""The catalogue of key figures that goes with a questionnaire, and words that say little."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Annotated, Final, Literal

from pydantic import Field

from assess.datafile import (
    DataTable,
    Id,
    Line,
    Names,
    Record,
    Text,
    entry_ids,
    read_entries,
    read_record,
    refuse_unknown_keys,
    unknown_names,
)
from assess.errors import DataFileError, Problem
from assess.goals.goal import fold_title
from assess.record import record

_KEYS: Final = ("words", "family", "figure")
_WordList = Annotated[tuple[Line, ...], Field(strict=False, max_length=500)]


class FigureFamily(Record):
    """One of the ways in which a business sees whether it grows."""

    id: Id
    title: Line


class FigureKind(Record):
    """A key figure to choose from.

    A leading one moves first, and stands `beside` lagging ones, which tell the result.
    """

    id: Id
    family: Id
    name: Line
    unit: Line
    better: Literal["more", "less"]
    kind: Literal["leading", "lagging"]
    how: Text
    beside: Names = ()


class WordLists(Record):
    """Words by which the check of a goal goes.

    `vague` verbs say nothing without a number, `counted` things and `measures` can be counted
    as they stand, and `times` are no counted things.
    """

    vague: _WordList = ()
    counted: _WordList = ()
    measures: _WordList = ()
    times: _WordList = ()


@record
class FigureCatalogue:
    """Key figures by family, in file order; empty where a plan folder has none."""

    families: tuple[FigureFamily, ...] = ()
    figures: tuple[FigureKind, ...] = ()
    words: WordLists = field(default_factory=WordLists)

    @property
    def better(self) -> Mapping[str, str]:
        """Whether more or less is better, by the name of a figure."""
        return {fold_title(figure.name): figure.better for figure in self.figures}

    def leading_for(self, name: str) -> tuple[FigureKind, ...]:
        """Return the leading figures that move before a lagging one of that name."""
        chosen = next((f for f in self.figures if fold_title(f.name) == fold_title(name)), None)
        beside = chosen.beside if chosen else ()
        return tuple(figure for figure in self.figures if figure.id in beside)


def read_figures(table: DataTable) -> FigureCatalogue:
    """Return the key figures of a file.

    Raises:
        DataFileError: With everything that is wrong with it.
    """
    problems: list[Problem] = []
    refuse_unknown_keys(table, _KEYS, "", problems)
    families = read_entries(FigureFamily, table, "family", problems)
    figures = read_entries(FigureKind, table, "figure", problems)
    words = read_record(WordLists, table.get("words", {}), "words", problems)
    problems.extend(_unknown_names(table, figures))
    if problems or words is None:
        raise DataFileError(*problems)
    return FigureCatalogue(families, figures, words)


def _unknown_names(table: DataTable, figures: tuple[FigureKind, ...]) -> Iterator[Problem]:
    families, known = entry_ids(table, "family"), entry_ids(table, "figure")
    for figure in figures:
        where = f"figure[id={figure.id}]"
        yield from unknown_names("family", [figure.family], families, f"{where}.family")
        yield from unknown_names("figure", figure.beside, known, f"{where}.beside")
