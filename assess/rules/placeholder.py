"""What may stand between braces in the texts of a rule.

Most values always exist once a team has a stage. The others may only be named by a rule
that cannot fire without them, so that no sentence ever has a hole.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from assess.datafile import find_placeholders
from assess.errors import Problem, nearest
from assess.figures import join_words
from assess.questionnaire import STAGES
from assess.rules.condition import Condition, OneOf, required
from assess.rules.situation import TEAM_NUMBERS, Situation, Subject, show_value, stage_word

PlaceholderWord = Callable[[Situation], str]
"""Says what a placeholder stands for."""

ALWAYS: Final[Mapping[str, PlaceholderWord]] = {
    "stage": lambda situation: stage_word(situation.profile.stage_number),
    **{
        key: partial(show_value, Subject("team", key))
        for key in ("hours_per_week", *STAGES, "index", "members")
    },
}
"""Placeholders whose value exists for every team that has a stage."""

SOMETIMES: Final[Mapping[str, str]] = {
    **{key.replace(".", "_"): key for key in TEAM_NUMBERS if key not in ALWAYS},
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
    """Return what stands behind each placeholder of some texts, which have the keys of a rule.

    What the condition requires surely exists when the rule fires; `problems` receives each name
    that is unknown or may have no value then.
    """
    always = {n: w for n, w in ALWAYS.items() if dimension is None or n != "index"}
    known = {**always, **_words_for(condition, dimension)}
    words = {}
    for key, text in texts.items():
        for name in find_placeholders(text):
            if name in known:
                words[name] = known[name]
            else:
                problems.append(_problem(name, f"{where}.{key}"))
    return words


def fill_in(text: str, words: Mapping[str, PlaceholderWord], situation: Situation) -> str:
    """Return a text with every placeholder replaced by what it stands for."""
    return text.format_map({name: word(situation) for name, word in words.items()})


def _words_for(condition: Condition, dimension: str | None) -> dict[str, PlaceholderWord]:
    words: dict[str, PlaceholderWord] = {}
    there = required(condition)
    for value in sorted(there, key=repr):
        words.update(_word_of(value))
    if dimension is not None:
        words["dimension"] = lambda situation: situation.profile.questionnaire.titles[dimension]
        # Without a condition on it, the dimension may not be scored.
        own = (("share", dimension), ("index", dimension))
        if any(isinstance(v, Subject) and (v.kind, v.of) in own for v in there):
            words["share"] = partial(show_value, Subject("share", dimension))
            words["index"] = partial(show_value, Subject("index", dimension))
    return words


def _word_of(value: Subject | OneOf) -> dict[str, PlaceholderWord]:
    """Return the placeholder for a value that exists when a condition on it holds."""
    match value:
        case OneOf():
            return {"dimension": partial(_say_moved, value)}
        case Subject("carried"):
            return {"carried": partial(show_value, value)}
        case Subject("team", key) if key not in ALWAYS:
            return {key.replace(".", "_"): partial(show_value, value)}
        case _:
            return {}


def _say_moved(moved: OneOf, situation: Situation) -> str:
    """Return the titles of those dimensions that moved, of the ones that a rule names."""
    titles = situation.profile.questionnaire.titles
    there = moved.said(situation)
    return join_words([titles[str(d)] for d in moved.words if d in there], "and")


def _problem(name: str, where: str) -> Problem:
    if name not in NAMES:
        return Problem(f"Unknown placeholder '{name}'.", where, nearest(name, NAMES))
    what = f"The placeholder '{name}' may have no value when this rule fires."
    fix = f"Add a condition on {SOMETIMES[name]}, or take the placeholder out."
    return Problem(what, where, fix)
