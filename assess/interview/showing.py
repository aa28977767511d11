"""Asking, after the last question, where some of the answers can be seen."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from assess.answers import Answer
from assess.interview.asker import Asker
from assess.interview.cards import claim_blank
from assess.questionnaire import Questionnaire
from assess.record import record


@record
class Claim:
    """An answer with a level that shall be shown; it keeps its level whatever is said.

    `wanted` is the level that a plan promised, and `heard` what check-ins heard of it.
    """

    question: str
    wanted: int | None = None
    heard: str = ""


def ask_where_seen(
    asker: Asker,
    questionnaire: Questionnaire,
    claims: Iterable[Claim],
    given: Mapping[str, Answer],
    keep: Callable[[str, Answer], None],
) -> dict[str, Answer]:
    """Ask of each claim where an outsider could see it, and return all answers as they are then.

    What is said is kept at once as the evidence of the answer.
    """
    answers, listed = dict(given), tuple(claims)
    for place, claim in enumerate(listed, start=1):
        answer, question = answers[claim.question], questionnaire.by_id[claim.question]
        if answer.level is None:
            continue
        offered = answer.evidence or claim.heard
        where = f"{place} of {len(listed)}:"
        blank = claim_blank(question, answer.level, where, claim.wanted, offered)
        text = asker.write(blank)
        if text != answer.evidence:
            answers[claim.question] = replace(answer, evidence=text)
            keep(claim.question, answers[claim.question])
    return answers
