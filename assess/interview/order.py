"""The order of an interview: the next open question, back, contradictions, and the review.

Every answer goes to `keep` the moment it is given; only then is it safe from Ctrl-C.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from assess.answers import DONT_KNOW, NOT_APPLICABLE, Answer
from assess.interview.asker import Asker, Blank, Card, Option, numbered
from assess.questionnaire import Question, Questionnaire

Keep = Callable[[str, Answer], None]
Clock = Callable[[], float]

_BACK: Final = "back"
_REVIEW: Final = "review"
_FINISH: Final = "finish"
_EVIDENCE: Final = "What shows it? A link, a number, or an example with a date."


@dataclass(frozen=True, slots=True)
class InterviewResult:
    """Every answer in the order of the questionnaire, and how long each choice took.

    `seconds` holds only the questions that were asked this time; a question asked twice
    counts with its last time.
    """

    answers: Mapping[str, Answer]
    seconds: Mapping[str, float]


def interview(
    questionnaire: Questionnaire,
    asker: Asker,
    given: Mapping[str, Answer],
    keep: Keep,
    *,
    clock: Clock = time.monotonic,
) -> InterviewResult:
    """Ask every open question, then show all answers until nobody wants to change one.

    With all answers given, it starts at the review.

    Raises:
        KeyboardInterrupt: Somebody pressed Ctrl-C; everything answered was kept.
        NotInteractiveError: The input ended; everything answered was kept.
    """
    talk = _Talk(questionnaire, asker, given, keep, clock)
    talk.ask_open_questions()
    talk.review()
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
    ) -> None:
        self._questionnaire = questionnaire
        self._questions = questionnaire.questions
        self._asker = asker
        self._answers = {q: a for q, a in given.items() if q in questionnaire.by_id}
        self._keep = keep
        self._clock = clock
        self._seconds: dict[str, float] = {}
        self._dimension_shown = ""

    def result(self) -> InterviewResult:
        return InterviewResult(
            {q.id: self._answers[q.id] for q in self._questions}, dict(self._seconds)
        )

    def ask_open_questions(self) -> None:
        place = self._next_open()
        if self._answers and place is not None:
            known, count = len(self._answers), len(self._questions)
            self._asker.say(f"{known} of {count} questions are answered already.")
        while place is not None:
            move = self._ask(place)
            place = max(0, place - 1) if move == _BACK else self._next_open()

    def review(self) -> None:
        """Show the answers of every dimension, and change those that are chosen."""
        while (dimension := self._asker.choose(self._all_answers())) != _FINISH:
            self._review_dimension(dimension)

    def _next_open(self) -> int | None:
        open_places = (p for p, q in enumerate(self._questions) if q.id not in self._answers)
        return next(open_places, None)

    def _ask(self, place: int, *, may_go_back: bool = True) -> str:
        """Ask one question until it is answered or left; return the last choice."""
        question = self._questions[place]
        while True:
            card = self._card(place, back=may_go_back and place > 0)
            started = self._clock()
            choice = self._asker.choose(card)
            if choice == _BACK:
                return choice
            self._seconds[question.id] = self._clock() - started
            if choice != NOT_APPLICABLE or self._take_reason(question):
                break
        if choice != NOT_APPLICABLE:
            self._take_level(question, choice)
        return choice

    def _take_level(self, question: Question, choice: str) -> None:
        if choice == DONT_KNOW:
            self._give(question, Answer())
            return
        level = int(choice)
        before = self._answers.get(question.id, Answer()).evidence
        self._give(question, Answer(level, before))
        if level >= 2:
            blank = Blank(question.evidence or _EVIDENCE, "Evidence; Enter skips it.", before)
            evidence = self._asker.write(blank)
            if evidence != before:
                self._give(question, Answer(level, evidence))

    def _take_reason(self, question: Question) -> bool:
        """Ask why a question does not apply; without a reason it is still open."""
        before = self._answers.get(question.id, Answer()).not_applicable
        blank = Blank("Why does it not apply to this team?", "An empty line goes back.", before)
        reason = self._asker.write(blank)
        if reason:
            self._give(question, Answer(not_applicable=reason))
        else:
            self._asker.say("Without a reason the question stays open.")
        return bool(reason)

    def _give(self, question: Question, answer: Answer) -> None:
        self._keep(question.id, answer)
        self._answers[question.id] = answer

    def _card(self, place: int, *, back: bool) -> Card:
        question = self._questions[place]
        dimension = next(d for d in self._questionnaire.dimensions if d.id == question.dimension)
        about = "" if dimension.id == self._dimension_shown else dimension.about
        self._dimension_shown = dimension.id
        levels = tuple(Option(str(n), text, str(n)) for n, text in enumerate(question.levels))
        others = [
            Option(DONT_KNOW, "I don't know", "d"),
            Option(NOT_APPLICABLE, "Does not apply to this team", "n"),
        ]
        if back:
            others.append(Option(_BACK, "Back to the question before", "b"))
        return Card(
            ask=question.ask,
            options=levels,
            others=tuple(others),
            default=_choice_of(self._answers.get(question.id)),
            progress=f"Question {place + 1} of {len(self._questions)} · {dimension.title}",
            about=about,
        )

    def _all_answers(self) -> Card:
        titles = self._questionnaire.titles
        rows = (Option(d, titles[d], detail=self._answers_in(d)) for d in titles)
        return Card(
            ask="These are the answers. Choose what to change, or finish.",
            options=(Option(_FINISH, "Finish", "f"), *numbered(rows)),
            default=_FINISH,
            progress="Review",
        )

    def _answers_in(self, dimension: str) -> str:
        questions = self._questionnaire.by_dimension[dimension]
        return ", ".join(_in_words(self._answers[q.id]) for q in questions)

    def _review_dimension(self, dimension: str) -> None:
        questions = self._questionnaire.by_dimension[dimension]
        rows = (Option(q.id, q.ask, detail=_in_words(self._answers[q.id])) for q in questions)
        chosen = self._asker.choose(
            Card(
                ask="Which answer do you want to change?",
                options=numbered(rows),
                others=(Option(_BACK, "None, back to all answers", "b"),),
                default=_BACK,
                progress=f"Review · {self._questionnaire.titles[dimension]}",
            )
        )
        if chosen != _BACK:
            self._ask(self._questions.index(self._questionnaire.by_id[chosen]), may_go_back=False)


def _choice_of(answer: Answer | None) -> str | None:
    if answer is None:
        return None
    if answer.not_applicable:
        return NOT_APPLICABLE
    return DONT_KNOW if answer.level is None else str(answer.level)


def _in_words(answer: Answer) -> str:
    if answer.not_applicable:
        return "does not apply"
    if answer.level is None:
        return "don't know"
    return f"level {answer.level}"
