"""Conditions: what has to be so for a rule to fire.

A condition on a value that does not exist does not hold, and `not` of it does.
"""

from collections.abc import Iterator
from typing import Literal

from assess.record import record
from assess.rules.interval import Interval
from assess.rules.situation import Situation, Subject


@record
class StageIn:
    """The team is in one of these stages, each 1 to 3."""

    stages: frozenset[int]

    def holds(self, situation: Situation) -> bool:
        profile = situation.profile
        return profile.stage is not None and profile.stage_number in self.stages


@record
class Complete:
    """All three stages are finished, or are not."""

    wanted: bool

    def holds(self, situation: Situation) -> bool:
        profile = situation.profile
        return profile.stage is not None and profile.complete == self.wanted


@record
class Within:
    """A value lies in an interval."""

    subject: Subject
    interval: Interval

    def holds(self, situation: Situation) -> bool:
        value = self.subject.value(situation)
        return value is not None and value in self.interval


@record
class AnswerIn:
    """A question is answered with one of these: levels, or don't-know."""

    question: str
    answers: frozenset[int | str]

    def holds(self, situation: Situation) -> bool:
        return situation.profile.level(self.question) in self.answers


@record
class WordIn:
    """What is said of something is one of these words.

    That is how far the members agree on a dimension (`agreement`), or what the team chose in an
    entry of the start profile (`about`).
    """

    kind: Literal["agreement", "about"]
    of: str
    words: frozenset[str]

    def holds(self, situation: Situation) -> bool:
        return self.said(situation) in self.words

    def said(self, situation: Situation) -> str | None:
        told = situation.agreement if self.kind == "agreement" else situation.about
        return told.get(self.of)


@record
class Moved:
    """One of these dimensions rose, or fell, clearly since last time."""

    direction: Literal["rose", "fell"]
    dimensions: tuple[str, ...]

    def holds(self, situation: Situation) -> bool:
        return any(d in self.moved(situation) for d in self.dimensions)

    def moved(self, situation: Situation) -> frozenset[str]:
        return situation.rose if self.direction == "rose" else situation.fell


Atom = StageIn | Complete | Within | AnswerIn | WordIn | Moved


@record
class All:
    """Every part holds; so it does without parts."""

    parts: tuple["Condition", ...]

    def holds(self, situation: Situation) -> bool:
        return all(part.holds(situation) for part in self.parts)


@record
class AnyOf:
    """At least one part holds."""

    parts: tuple["Condition", ...]

    def holds(self, situation: Situation) -> bool:
        return any(part.holds(situation) for part in self.parts)


@record
class Not:
    """The part does not hold."""

    part: "Condition"

    def holds(self, situation: Situation) -> bool:
        return not self.part.holds(situation)


Condition = Atom | All | AnyOf | Not


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """Return all that has to hold for a condition to hold."""
    return condition.parts if isinstance(condition, All) else (condition,)


def atoms(condition: Condition) -> Iterator[Atom]:
    """Yield every simple condition, in file order, whatever stands around it."""
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from atoms(part)
        case Not(part):
            yield from atoms(part)
        case _:
            yield condition


def required(condition: Condition) -> frozenset[Subject | Moved]:
    """Return what surely exists whenever the condition holds: values, and dimensions that moved."""
    match condition:
        case All(parts):
            return frozenset().union(*(required(part) for part in parts))
        case AnyOf(parts):
            first, *others = (required(part) for part in parts)
            return first.intersection(*others)
        case Within(subject):
            return frozenset({subject})
        case Moved():
            return frozenset({condition})
        case _:
            return frozenset()
