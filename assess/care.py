"""Were the answers given with care? Signs to ask about, never a reason to drop an answer.

Contradictions are asked again on the spot. A straight run, and answers given faster than
they can be read, lead to one gentle question and a count in the report: an honest answer
can look the same.
"""

from collections.abc import Mapping
from itertools import groupby
from types import MappingProxyType
from typing import Final

from assess.answers import Answer
from assess.questionnaire import Questionnaire
from assess.record import record
from assess.scoring.records import Level
from assess.scoring.respondent import level_of

SECONDS_PER_WORD: Final = 0.3
"""Faster than this nobody reads, by the threshold of Zhang and Conrad (2014), Speeding in web
surveys. Prompting such respondents made their next answers slower and better in Conrad,
Tourangeau, Couper and Zhang (2017), Reducing speeding in web surveys by providing immediate
feedback; both in Survey Research Methods."""


@record
class Contradiction:
    """A question at level 3 that builds on one at level 0."""

    question: str
    foundation: str


@record
class StraightRun:
    """Equal answers one after the other, over more than half of the questionnaire."""

    first: str
    last: str
    length: int
    answer: Level


@record
class CareCheck:
    """What of one respondent's answers deserves a second look; `timed` answers have a duration.

    `hasty` are questions whose answer came sooner than question and answer can be read.
    """

    contradictions: tuple[Contradiction, ...]
    straight_run: StraightRun | None
    hasty: tuple[str, ...]
    timed: int

    @property
    def is_rushed(self) -> bool:
        """More than half of the timed answers were hasty; a single one may know its mind."""
        return 2 * len(self.hasty) > self.timed

    @property
    def deserves_question(self) -> bool:
        """There is something to ask gently, once, at the end."""
        return self.straight_run is not None or self.is_rushed


def check_care(
    questionnaire: Questionnaire,
    given: Mapping[str, Answer],
    seconds: Mapping[str, float] = MappingProxyType({}),
) -> CareCheck:
    """Look for signs of haste in the answers given so far.

    `seconds` says how long the respondent took, where that is known.
    """
    timed = {q: seconds[q] for q in questionnaire.by_id if q in given and q in seconds}
    return CareCheck(
        contradictions=find_contradictions(questionnaire, given),
        straight_run=_find_straight_run(questionnaire, given),
        hasty=tuple(
            q for q, took in timed.items() if took < _reading_seconds(questionnaire, q, given[q])
        ),
        timed=len(timed),
    )


def find_contradictions(
    questionnaire: Questionnaire, given: Mapping[str, Answer]
) -> tuple[Contradiction, ...]:
    """Return every question at level 3 with each question at 0 that it builds on, in file order."""
    levels = {question: answer.level for question, answer in given.items()}
    return tuple(
        Contradiction(question.id, foundation)
        for question in questionnaire.questions
        for foundation in question.builds_on
        if levels.get(question.id) == 3 and levels.get(foundation) == 0
    )


def _find_straight_run(
    questionnaire: Questionnaire, given: Mapping[str, Answer]
) -> StraightRun | None:
    """Return the run of equal answers over more than half of the questions, or None.

    A question that is not answered yet ends a run. There is room for one such run only.
    """
    questions = questionnaire.by_id
    runs = groupby(questions, lambda q: level_of(given[q]) if q in given else None)
    for answer, run in runs:
        ids = list(run)
        if answer is not None and 2 * len(ids) > len(questions):
            return StraightRun(ids[0], ids[-1], len(ids), answer)
    return None


def _reading_seconds(questionnaire: Questionnaire, question: str, answer: Answer) -> float:
    """Return what it takes to read a question and the chosen level; others may be skimmed."""
    asked = questionnaire.by_id[question]
    chosen = "" if answer.level is None else asked.levels[answer.level]
    return SECONDS_PER_WORD * len(f"{asked.ask} {chosen}".split())
