"""The reviews at days 30, 60 and 90: when, and what is asked."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from assess.record import record


@record
class Review:
    """One review with its day, 30, 60 or 90, its date and its questions."""

    day: int
    date: date
    questions: tuple[str, ...]


QUESTIONS: Final[Mapping[int, tuple[str, ...]]] = {
    30: (
        "What is done, and what do people already do differently?",
        "Were the hours really there? If not, what stops from tomorrow?",
        "Which step is late, and which lever do we pull?",
    ),
    60: (
        "Which measure has moved, which has not?",
        "What slows us: resources, talent, training, culture or alignment?",
        "What do we leave out so that the rest gets finished?",
    ),
    90: (
        "Which “done when” could an outsider see today?",
        "What worked, what failed, and what did we learn from each?",
        "What goes on next quarter: to finish, still right, or overtaken?",
    ),
}


def list_reviews(dates: Sequence[date]) -> tuple[Review, ...]:
    """Return the three reviews in order; `dates` holds those of days 30, 60 and 90."""
    return tuple(
        Review(day, when, questions)
        for (day, questions), when in zip(QUESTIONS.items(), dates, strict=True)
    )
