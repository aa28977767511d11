"""The order of an interview: the next open question, back, second looks, and the review.

Every answer goes to `keep` the moment it is given; only then is it safe from Ctrl-C. What
looks for signs of haste is imported once the first question is on the screen.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from assess.answers import ANSWERING_RULE, DONT_KNOW, NOT_APPLICABLE, Answer
from assess.interview.asker import BACK, Asker, goes_back
from assess.interview.cards import (
    AGAIN,
    BOTH,
    FINISH,
    care_card,
    contradiction_card,
    dimension_card,
    evidence_blank,
    question_card,
    reason_blank,
    review_card,
    where_blank,
)
from assess.questionnaire import Question, Questionnaire
from assess.record import record
from assess.scoring.evidence import find_shown, find_stale

if TYPE_CHECKING:
    from assess.care import CareCheck, Contradiction

Keep = Callable[[str, Answer], None]
Clock = Callable[[], float]


@record
class InterviewResult:
    """Every answer in the order of the questionnaire, and with how much care they were given.

    `seconds` says how long each choice took, for the questions that were asked this time; a
    question asked twice counts with its last time.
    """

    answers: Mapping[str, Answer]
    seconds: Mapping[str, float]
    care: "CareCheck"


def interview(
    questionnaire: Questionnaire,
    asker: Asker,
    given: Mapping[str, Answer],
    keep: Keep,
    *,
    last: Mapping[str, Answer] | None = None,
    is_member: bool = False,
    clock: Clock = time.monotonic,
) -> InterviewResult:
    """Ask every open question, then show all answers until nobody wants to change one.

    With all answers given, it starts at the review. Of the answers of `last` quarter only the
    evidence is offered again, once a question is answered. A member is told at the review that
    answers which are sent cannot be changed.

    Raises:
        KeyboardInterrupt: Somebody pressed Ctrl-C; everything answered was kept.
        NotInteractiveError: The input ended; everything answered was kept.
    """
    talk = _Talk(questionnaire, asker, given, keep, clock, last or {})
    talk.ask_open_questions()
    talk.look_twice()
    talk.review(is_member=is_member)
    return talk.result()


class _Talk:
    """One interview under way."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        asker: Asker,
        given: Mapping[str, Answer],
        keep: Keep,
        clock: Clock,
        last: Mapping[str, Answer],
    ) -> None:
        self._questionnaire = questionnaire
        self._places = {q.id: place for place, q in enumerate(questionnaire.questions)}
        self._asker = asker
        self._answers = {q: a for q, a in given.items() if q in self._places}
        self._keep = keep
        self._clock = clock
        self._last = last
        self._seconds: dict[str, float] = {}
        self._meant: set[Contradiction] = set()
        self._asked_where: set[str] = set()
        self._dimension_shown = ""

    def result(self) -> InterviewResult:
        answers = {question: self._answers[question] for question in self._places}
        return InterviewResult(answers, dict(self._seconds), self._check_care())

    def ask_open_questions(self) -> None:
        place = self._next_open()
        known = f"{len(self._answers)} of {len(self._places)} questions are answered already."
        if place is not None:
            self._asker.say(ANSWERING_RULE, *((known,) if self._answers else ()))
        while place is not None:
            went_back = self._ask(place, back=place > 0) == BACK
            place = place - 1 if went_back else self._next_open()

    def look_twice(self) -> None:
        """Ask once about answers that look hurried; they may be meant all the same."""
        check = self._check_care()
        if not self._seconds or not check.deserves_question:
            return
        if self._asker.choose(care_card(check)) == AGAIN:
            for question in _doubtful(check, tuple(self._places)):
                self._ask(self._places[question])

    def review(self, *, is_member: bool) -> None:
        """Show the answers of every dimension, and change those that are chosen."""
        while True:
            card = review_card(self._questionnaire, self._answers, is_member=is_member)
            dimension = self._asker.choose(card)
            if dimension == FINISH:
                return
            question = self._asker.choose(
                dimension_card(self._questionnaire, dimension, self._answers)
            )
            if question != BACK:
                self._ask(self._places[question])

    def _next_open(self) -> int | None:
        return next((p for q, p in self._places.items() if q not in self._answers), None)

    def _check_care(self) -> "CareCheck":
        from assess.care import check_care

        return check_care(self._questionnaire, self._answers, self._seconds)

    def _ask(self, place: int, *, back: bool = False) -> str:
        """Ask one question until it is answered or left; return the last choice."""
        choice = self._ask_once(place, back=back)
        while (found := self._contradiction()) is not None:
            card = contradiction_card(self._questionnaire, found, self._answers)
            if (question := self._asker.choose(card)) == BOTH:
                self._meant.add(found)
            else:
                self._ask_once(self._places[question], back=False)
        return choice

    def _contradiction(self) -> "Contradiction | None":
        """Return a contradiction between answers of this sitting that nobody confirmed."""
        from assess.care import find_contradictions

        found = find_contradictions(self._questionnaire, self._answers)
        new = (c for c in found if {c.question, c.foundation} & self._seconds.keys())
        return next((c for c in new if c not in self._meant), None)

    def _ask_once(self, place: int, *, back: bool) -> str:
        question = self._questionnaire.questions[place]
        while True:
            about = question.dimension != self._dimension_shown
            self._dimension_shown = question.dimension
            card = question_card(self._questionnaire, place, self._answers, about=about, back=back)
            started = self._clock()
            choice = self._asker.choose(card)
            if choice == BACK:
                return choice
            self._seconds[question.id] = self._clock() - started
            take = self._take_reason if choice == NOT_APPLICABLE else self._take_level
            if take(question, choice):
                return choice

    def _take_level(self, question: Question, choice: str) -> bool:
        """Keep a level, and ask what shows it; tell whether nobody went back to the levels."""
        if choice == DONT_KNOW:
            self._give(question, Answer())
            return True
        level = int(choice)
        before = self._answers.get(question.id, Answer()).evidence
        self._give(question, Answer(level, before))
        # Below level 2 nothing has to be shown; what was shown last time is not to be lost.
        if level >= 2 or (level and self._last.get(question.id, Answer()).evidence):
            return self._take_evidence(question, Answer(level, before))
        return True

    def _take_evidence(self, question: Question, given: Answer) -> bool:
        """Ask what shows a strong claim; once more, kindly, where that is no more than words."""
        last = self._last.get(question.id, Answer()).evidence
        offered = given.evidence or last
        is_last = bool(offered) and offered == last
        text = self._asker.write(evidence_blank(question, offered, is_last=is_last))
        if goes_back(text, offered):
            return False
        self._give_evidence(question, given, text)
        alone, asked = {question.id: Answer(evidence=text)}, question.id in self._asked_where
        is_stale = bool(find_stale(alone, self._last))
        if text and not asked and (is_stale or question.id not in find_shown(self._answers)):
            self._asked_where.add(question.id)
            newer = self._asker.write(where_blank(text, is_stale=is_stale))
            if goes_back(newer, text):
                return self._take_evidence(question, replace(given, evidence=text))
            self._give_evidence(question, given, newer)
        return True

    def _give_evidence(self, question: Question, given: Answer, text: str) -> None:
        if text != self._answers[question.id].evidence:
            self._give(question, replace(given, evidence=text))

    def _take_reason(self, question: Question, _: str) -> bool:
        """Ask why a question does not apply; without a reason it is still open."""
        before = self._answers.get(question.id, Answer()).not_applicable
        reason = self._asker.write(reason_blank(before))
        if goes_back(reason, before):
            return False
        if reason:
            self._give(question, Answer(not_applicable=reason))
        else:
            self._asker.say("Without a reason the question stays open.")
        return bool(reason)

    def _give(self, question: Question, answer: Answer) -> None:
        self._keep(question.id, answer)
        self._answers[question.id] = answer


def _doubtful(check: "CareCheck", questions: tuple[str, ...]) -> tuple[str, ...]:
    """Return the questions of a straight run, or else those answered in haste."""
    if check.straight_run is None:
        return check.hasty
    first, last = (questions.index(q) for q in (check.straight_run.first, check.straight_run.last))
    return questions[first : last + 1]
