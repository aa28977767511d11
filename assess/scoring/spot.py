"""Which answers are looked at more closely: a draw that nobody can steer, and all can repeat.

Source: docs/measurement.md
"""

from typing import Final

from assess.answers import Answers

_MOST: Final = 3


def draw_questions(answers: Answers, level: int) -> tuple[str, ...]:
    """Return at most three questions that were answered with exactly this level.

    Their order is that of a hash over team, date and question: the same for everybody who
    scores these answers, and not to be foreseen by whoever gives them.
    """

    # Its library takes longer to load than the draw, and most commands draw nothing.
    from hashlib import sha256

    def lot(question: str) -> str:
        return sha256(f"{answers.team.key}|{answers.date}|{question}".encode()).hexdigest()

    there = (question for question, a in answers.by_question.items() if a.level == level)
    return tuple(sorted(there, key=lot)[:_MOST])
