"""Conditions: what has to be so for a rule to fire.

A condition on a value that does not exist does not hold, and `not` of it does.
"""

from collections.abc import Iterator
from typing import Literal

from assess.record import record
from assess.rules.interval import Interval
from assess.rules.situation import Situation, Subject


@record
class Within:
    """A value lies in an interval."""

    subject: Subject
    interval: Interval

    def holds(self, situation: Situation) -> bool:
        value = self.subject.value(situation)
        return value is not None and value in self.interval


@record
class OneOf:
    """What is said of something is one of these words.

    That is the team's stage, 1 to 3; whether all three are complete; the answer to a question, as
    a level or don't-know; how far the members agree on a dimension; what the team chose in an entry
    of the start profile; the dimensions that clearly rose or fell since last time.
    """

    kind: Literal["stage", "complete", "question", "agreement", "about", "rose", "fell"]
    words: tuple[int | str, ...]
    of: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}.{self.of}" if self.of else self.kind

    def holds(self, situation: Situation) -> bool:
        return not self.said(situation).isdisjoint(self.words)

    def said(self, situation: Situation) -> frozenset[object]:
        """Return what is so; nothing where there is no stage, and None where nobody said."""
        profile = situation.profile
        match self.kind:
            case "rose":
                return situation.rose
            case "fell":
                return situation.fell
            case "question":
                return frozenset({profile.level(self.of)})
            case "agreement" | "about":
                told = situation.agreement if self.kind == "agreement" else situation.about
                return frozenset({told.get(self.of)})
            case _ if profile.stage is None:
                return frozenset()
            case _:
                is_stage = self.kind == "stage"
                return frozenset({profile.stage_number if is_stage else profile.complete})


Atom = Within | OneOf


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


def required(condition: Condition) -> frozenset[Subject | OneOf]:
    """Return what surely exists whenever the condition holds: values, and dimensions that moved."""
    match condition:
        case All(parts):
            return frozenset().union(*(required(part) for part in parts))
        case AnyOf(parts):
            first, *others = (required(part) for part in parts)
            return first.intersection(*others)
        case Within(subject):
            return frozenset({subject})
        case OneOf("rose" | "fell"):
            return frozenset({condition})
        case _:
            return frozenset()
