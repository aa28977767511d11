"""What is asked at a check-in: what went well, and what held the team up."""

from collections.abc import Iterator, Mapping
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


def ask_lines(asker: Asker, question: str) -> Iterator[str]:
    """Yield lines of free text, each as it is written, as many as somebody wants to write."""
    while line := asker.write(Blank(question, "Enter ends.")):
        yield line
        question = "Anything else?"


def ask_cause(asker: Asker, text: str) -> Cause | None:
    """Return the cause behind what held the team up, where that is known."""
    options = numbered(Option(cause, CAUSE_TEXTS[cause]) for cause in CAUSES)
    others = (Option(_NO_CAUSE, "None of these, or not known", "n"),)
    chosen = asker.choose(Card(f"What is behind “{text}”?", options, others))
    return next((cause for cause in CAUSES if cause == chosen), None)
