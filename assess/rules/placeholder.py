"""What may stand between braces in the texts of a rule.

Most values always exist once a team has a stage. The others may only be named by a rule
that cannot fire without them, so that no sentence ever has a hole.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Final, Protocol

from assess.errors import Problem, nearest
from assess.figures import join_words
from assess.rules.condition import Condition, Moved, required
from assess.rules.situation import (
    Carried,
    DimensionIndex,
    Distance,
    Evidence,
    GoalsCount,
    GoalsOpenFindings,
    HoursFreed,
    HoursPerHead,
    HoursPerWeek,
    Index,
    MarginDown,
    MarginUp,
    Members,
    ScoreSubject,
    ShareSubject,
    Situation,
    Subject,
    TeamSizeSubject,
    show_value,
    stage_word,
)


class PlaceholderWord(Protocol):
    """What a placeholder stands for."""

    def text(self, situation: Situation) -> str: ...


@dataclass(frozen=True, slots=True)
class ValueWord:
    """A value that exists whenever the rule fires."""

    subject: Subject

    def text(self, situation: Situation) -> str:
        return show_value(self.subject, situation)


@dataclass(frozen=True, slots=True)
class StageWord:
    """The name of the current stage."""

    def text(self, situation: Situation) -> str:
        return stage_word(situation.profile.stage_number)


@dataclass(frozen=True, slots=True)
class TitleWord:
    """The title of the dimension that a rule fired for."""

    dimension: str

    def text(self, situation: Situation) -> str:
        return situation.profile.questionnaire.titles[self.dimension]


@dataclass(frozen=True, slots=True)
class MovedWord:
    """The titles of those dimensions that moved, of the ones that the rule names."""

    moved: Moved

    def text(self, situation: Situation) -> str:
        titles = situation.profile.questionnaire.titles
        there = self.moved.moved(situation)
        return join_words([titles[d] for d in self.moved.dimensions if d in there], "and")


ALWAYS: Final[Mapping[str, PlaceholderWord]] = {
    "hours_per_week": ValueWord(HoursPerWeek()),
    "stage": StageWord(),
    "momentum": ValueWord(ScoreSubject(1)),
    "maturity": ValueWord(ScoreSubject(2)),
    "mastery": ValueWord(ScoreSubject(3)),
    "index": ValueWord(Index()),
    "members": ValueWord(Members()),
}
"""Placeholders whose value exists for every team that has a stage."""

SOMETIMES: Final[Mapping[str, str]] = {
    "team_size": "team_size",
    "hours_per_head": "hours_per_head",
    "hours_freed": "hours.freed",
    "goals_count": "goals.count",
    "goals_open_findings": "goals.open_findings",
    "evidence": "evidence",
    "margin_down": "margin.down",
    "margin_up": "margin.up",
    "distance": "distance",
    "carried": "carried.<action>",
    "dimension": 'rose or fell, or make it a rule for_each = "dimension"',
    "share": 'share, in a rule for_each = "dimension"',
    "index": "share or index",
}
"""Placeholders that need a condition, with the key of that condition."""

NAMES: Final = frozenset({*ALWAYS, *SOMETIMES})


def find_words(
    texts: Mapping[str, str],
    condition: Condition,
    dimension: str | None,
    where: str,
    problems: list[Problem],
) -> Mapping[str, PlaceholderWord]:
    """Return what stands behind each placeholder of some texts, one for each key of a rule.

    Args:
        texts: By the key under which the text stands.
        condition: When the rule fires; what it requires surely exists then.
        dimension: The one that the rule fires for, if it is for each.
        where: The entry, for problems.
        problems: Receives each name that is unknown or may have no value.
    """
    always = {n: w for n, w in ALWAYS.items() if dimension is None or n != "index"}
    known = {**always, **_words_for(condition, dimension)}
    words = {}
    for key, text in texts.items():
        for name in _names(text):
            if name in known:
                words[name] = known[name]
            else:
                problems.append(_problem(name, f"{where}.{key}"))
    return words


def fill_in(text: str, words: Mapping[str, PlaceholderWord], situation: Situation) -> str:
    """Return a text with every placeholder replaced by what it stands for."""
    return text.format_map({name: word.text(situation) for name, word in words.items()})


def _names(text: str) -> Iterator[str]:
    """Yield what stands between braces; a format or a broken brace is part of the name."""
    try:
        for _, name, form, conversion in Formatter().parse(text):
            if name is not None:
                yield name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
    except ValueError:
        yield text


def _words_for(condition: Condition, dimension: str | None) -> dict[str, PlaceholderWord]:
    words: dict[str, PlaceholderWord] = {}
    there = required(condition)
    for value in sorted(there, key=repr):
        words.update(_word_of(value))
    if dimension is not None:
        words["dimension"] = TitleWord(dimension)
        # Without a condition on it, the dimension may not be scored.
        if any(_tells_scored(value, dimension) for value in there):
            words["share"] = ValueWord(ShareSubject(dimension, None))
            words["index"] = ValueWord(DimensionIndex(dimension))
    return words


def _tells_scored(value: Subject | Moved, dimension: str) -> bool:
    return isinstance(value, ShareSubject | DimensionIndex) and value.dimension == dimension


_PLAIN_WORDS: Final[Mapping[type, str]] = {
    TeamSizeSubject: "team_size",
    HoursPerHead: "hours_per_head",
    HoursFreed: "hours_freed",
    GoalsCount: "goals_count",
    GoalsOpenFindings: "goals_open_findings",
    Evidence: "evidence",
    MarginDown: "margin_down",
    MarginUp: "margin_up",
    Distance: "distance",
    Carried: "carried",
}
"""Placeholders for values that exist when a condition on them holds."""


def _word_of(value: Subject | Moved) -> dict[str, PlaceholderWord]:
    if isinstance(value, Moved):
        return {"dimension": MovedWord(value)}
    name = _PLAIN_WORDS.get(type(value))
    return {name: ValueWord(value)} if name else {}


def _problem(name: str, where: str) -> Problem:
    if name not in NAMES:
        return Problem(f"Unknown placeholder '{name}'.", where, nearest(name, NAMES))
    return Problem(
        f"The placeholder '{name}' may have no value when this rule fires.",
        where,
        f"Add a condition on {SOMETIMES[name]}, or take the placeholder out.",
    )
