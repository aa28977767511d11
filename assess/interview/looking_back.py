"""What is asked at a check-in: what went well, and what held the team up."""

from collections.abc import Mapping
from typing import Final

from assess.catalogue import CAUSES, Cause
from assess.interview.asker import Asker, Blank, Card, Option, numbered

_NO_CAUSE: Final = ""
CAUSE_TEXTS: Final[Mapping[Cause, str]] = {
    "resources": "Resources: too little time or money, or judged wrongly",
    "talent": "Talent: expertise that is missing, help that does not come",
    "training": "Training: people do not know how to take part",
    "culture": "Culture: habits resist, or the reason is not understood",
    "alignment": "Alignment: no sponsor, politics, daily work against the goal",
}


def ask_lines(asker: Asker, question: str) -> tuple[str, ...]:
    """Return lines of free text, as many as somebody wants to write."""
    lines: list[str] = []
    while line := asker.write(Blank(question if not lines else "Anything else?", "Enter ends.")):
        lines.append(line)
    return tuple(lines)


def ask_blockers(asker: Asker) -> tuple[tuple[str, Cause | None], ...]:
    """Return what held the team up, each with the cause behind it where that is known."""
    texts = ask_lines(asker, "What held you up?")
    return tuple((text, _ask_cause(asker, text)) for text in texts)


def _ask_cause(asker: Asker, text: str) -> Cause | None:
    options = numbered(Option(cause, CAUSE_TEXTS[cause]) for cause in CAUSES)
    others = (Option(_NO_CAUSE, "None of these, or not known", "n"),)
    chosen = asker.choose(Card(f"What is behind “{text}”?", options, others))
    return next((cause for cause in CAUSES if cause == chosen), None)
