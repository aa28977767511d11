"""Rules in words and as a table, for people who do not read TOML."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from assess.answers import DONT_KNOW
from assess.figures import join_words
from assess.rules.condition import All, AnyOf, Atom, Condition, Not, OneOf, Within
from assess.rules.interval import Interval
from assess.rules.model import Rule, Rules
from assess.rules.situation import Situation, Subject, show_value, stage_word

_HALF: Final = 50


def say_condition(condition: Condition) -> str:
    """Return a condition in words: "`hours_per_week` is below 6 and the stage is Momentum"."""
    match condition:
        case All(()):
            return "always"
        case All((part,)) | AnyOf((part,)):
            return say_condition(part)
        case All(parts):
            return " and ".join(_say_part(part) for part in parts)
        case AnyOf(parts):
            return " or ".join(_say_part(part) for part in parts)
        case Not(part):
            return f"not {_say_part(part)}"
        case _:
            return say_atom(condition)


def say_atom(atom: Atom, verb: str = "is") -> str:
    """Return a simple condition in words; `verb` is "is", "is not", "were" or "were not"."""
    match atom:
        case OneOf("stage"):
            stages = [stage_word(stage) for stage in (1, 2, 3) if stage in atom.words]
            return f"the stage {verb} {join_words(stages, 'or')}"
        case OneOf("complete", (wanted,)):
            return f"everything {verb} {'finished' if wanted else 'unfinished'}"
        case Within(subject, interval):
            return f"`{subject.key}` {verb} {_say_interval(interval, subject.is_share)}"
        case OneOf(kind, words):
            said = ["don't know" if word == DONT_KNOW else str(word) for word in words]
            in_order = said if kind in ("rose", "fell") else sorted(said)
            return f"`{atom.key}` {verb} {join_words(in_order, 'or')}"


def say_value(atom: Atom, situation: Situation) -> str:
    """Return what a simple condition looks at, as it is: "3 of 4" for a share of questions."""
    match atom:
        case OneOf("stage"):
            return stage_word(situation.profile.stage_number)
        case OneOf("complete"):
            return "finished" if situation.profile.complete else "unfinished"
        case Within(subject):
            return _say_number(subject, situation)
        case OneOf("question", _, question):
            return str(situation.profile.level(question)).replace("-", " ")
        case OneOf("rose" | "fell"):
            moved = [d for d in situation.profile.dimensions if d in atom.said(situation)]
            return join_words(moved, "and") if moved else "none"
        case OneOf():
            (word,) = atom.said(situation)
            return str(word or "unknown")


def _say_part(condition: Condition) -> str:
    """Return a condition in words, in brackets where it has several parts."""
    text = say_condition(condition)
    match condition:
        case All((part,)) | AnyOf((part,)):
            return _say_part(part)
        case All() | AnyOf():
            return f"({text})"
        case _:
            return text


def _say_interval(interval: Interval, share: bool) -> str:
    low, high = interval.low, interval.high
    if low is not None and low == high:
        return _say_bound(low, share)
    if low == 0 and interval.holds_low and high is None:
        return "known"
    parts = []
    if low is not None:
        parts.append(("at least " if interval.holds_low else "above ") + _say_bound(low, share))
    if high is not None:
        parts.append(("at most " if interval.holds_high else "below ") + _say_bound(high, share))
    return " and ".join(parts)


def _say_bound(hundredths: int, share: bool) -> str:
    if share:
        return "half" if hundredths == _HALF else f"{hundredths} %"
    whole, rest = divmod(hundredths, 100)
    return str(Decimal(hundredths) / 100) if rest else str(whole)


def _say_number(subject: Subject, situation: Situation) -> str:
    value = subject.value(situation)
    if subject.kind == "share" and isinstance(value, Fraction):
        answered = situation.profile.dimensions[subject.of].answered
        # Members' shares are means, and how many questions they answered is not told.
        if answered is not None:
            return f"{value * answered} of {answered}"
    return show_value(subject, situation)


# --- Rules as a table ---


def render_table(rules: Rules) -> str:
    """Return the rules as a Markdown table with a row for each, in file order."""
    rows = ["| rule | when | brings | because |", "| --- | --- | --- | --- |"]
    rows += [
        f"| {' | '.join(map(_cell, (rule.id, _when(rule), _brings(rule), rule.because)))} |"
        for rule in rules.rules
    ]
    return "\n".join(rows) + "\n"


def _when(rule: Rule) -> str:
    if not rule.for_each:
        return say_condition(rule.cases[0].condition)
    case = rule.cases[0]
    said = say_condition(case.condition)
    return f"for each dimension: {said.replace(f'`{case.dimension}', '`<dimension>')}"


def _brings(rule: Rule) -> str:
    boosts = rule.cases[0].boosts.items()
    where = "<dimension>" if rule.for_each else None
    parts = [
        *(f"must `{action}`" for action in rule.must),
        *(f"avoid `{action}`" for action in rule.avoid),
        *(f"boost `{where or key}` × {factor}" for key, factor in boosts),
        *((f"risk {rule.risk}",) if rule.risk else ()),
        *((f"note: {rule.note}",) if rule.note else ()),
    ]
    return "; ".join(parts)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
