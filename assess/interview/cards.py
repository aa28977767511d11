"""What is put before the person at each point of an interview."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from assess.answers import DOES_NOT_APPLY, DONT_KNOW, NOT_APPLICABLE, WHAT_SHOWS_IT, Answer
from assess.interview.asker import BACK, BACK_SIGN, Blank, Card, Option, numbered
from assess.questionnaire import Question, Questionnaire
from assess.scoring.evidence import can_be_checked, find_shown

if TYPE_CHECKING:
    from assess.care import CareCheck, Contradiction

FINISH: Final = "finish"
BOTH: Final = "both"
AGAIN: Final = "again"

_RULE: Final = "The last sentence that is true; begin at the second."
_SAID_LAST: Final = "This is what was said last time; is it still so? "
_SKIPPED: Final = f"Evidence; Enter skips it, {BACK_SIGN} goes back."

Given = Mapping[str, Answer]


def question_card(
    questionnaire: Questionnaire, place: int, given: Given, *, about: bool, back: bool
) -> Card:
    """Ask one question; `about` says whether to tell what its dimension is about."""
    question = questionnaire.questions[place]
    dimension = next(d for d in questionnaire.dimensions if d.id == question.dimension)
    others = (
        Option(DONT_KNOW, "I don't know", "d"),
        Option(NOT_APPLICABLE, DOES_NOT_APPLY, "n"),
        Option(BACK, "Back to the question before", "b"),
    )
    return Card(
        ask=question.ask,
        options=tuple(Option(str(n), text, str(n)) for n, text in enumerate(question.levels)),
        others=others if back else others[:-1],
        default=_choice_of(given[question.id]) if question.id in given else None,
        progress=f"Question {place + 1} of {len(questionnaire.questions)} · {dimension.title}",
        about=dimension.about if about else "",
        rule=_RULE,
    )


def evidence_blank(question: Question, offered: str, *, is_last: bool) -> Blank:
    """Ask what shows a strong claim; `is_last` marks what is offered as last quarter's."""
    keeps = f"{_SAID_LAST if is_last else ''}Enter keeps it, {BACK_SIGN} goes back."
    return Blank(question.evidence or WHAT_SHOWS_IT, keeps if offered else _SKIPPED, offered)


def where_blank(text: str, *, is_stale: bool) -> Blank:
    """Ask kindly for more than words, or for something newer than last time."""
    if is_stale:
        ask = "That was said last time too. Is there anything newer: a date, a number, a link?"
    elif can_be_checked(text):
        ask = "The same words stand with other answers. Where could an outsider see this one?"
    else:
        ask = "Where could an outsider see it? A link, a file, a number or a date in a few words."
    return Blank(ask, default=text)


def tell_in_words_only(text: str) -> str:
    """Say that a text is kept and does not count, and why."""
    if can_be_checked(text):
        return "Kept, but it does not count: the same words stand with more than two answers."
    return (
        "Kept in words only: to count it takes a link, a file's name, or a number or date among "
        "at least three other words."
    )


def claim_blank(
    question: Question, level: int, place: str, wanted: int | None, offered: str
) -> Blank:
    """Ask where one answer can be seen, one of a list; `wanted` is the level of a promise."""
    ask = f"{place} {question.ask} You said: “{question.levels[level]}”"
    hint, enter = "Where could an outsider see it?", "skips it."
    if wanted is not None and level < wanted:
        hint = f"The plan was to make true: “{question.levels[wanted]}” What of it can be seen?"
        enter = "says that nothing can be seen yet."
    return Blank(ask, f"{hint} Enter {'keeps it.' if offered else enter}", offered)


def reason_blank(before: str) -> Blank:
    return Blank("Why does it not apply to this team?", "An empty line goes back.", before)


def contradiction_card(
    questionnaire: Questionnaire, contradiction: "Contradiction", given: Given
) -> Card:
    """Ask which of two answers that do not go together is to be changed."""
    pair = (contradiction.question, contradiction.foundation)
    return Card(
        ask="These two answers do not seem to go together. Which one shall we look at again?",
        options=numbered(_answered(questionnaire, pair, given)),
        others=(Option(BOTH, "Both are right as they are", "b"),),
        progress="A second look",
    )


def care_card(check: "CareCheck") -> Card:
    """Ask once, gently, whether answers that look hurried are meant."""
    return Card(
        ask=f"{_hurry_in_words(check)} Is that how it is?",
        options=(
            Option(FINISH, "Yes, that is how it is", "y"),
            Option(AGAIN, "Go through these once more", "a"),
        ),
        progress="A second look",
    )


def review_card(questionnaire: Questionnaire, given: Given, *, is_member: bool) -> Card:
    """Show all answers, a row for each dimension; a member sends them for good."""
    titles = questionnaire.titles
    rows = (
        Option(d, titles[d], detail="; ".join(_in_words(given, [q.id for q in questions])))
        for d, questions in questionnaire.by_dimension.items()
    )
    sending = "Send the answers; they cannot be changed afterwards"
    last = Option(FINISH, sending if is_member else "Finish", "f")
    closing = "send them" if is_member else "finish"
    return Card(
        ask=f"These are the answers. Choose what to change, or {closing}.",
        options=(last, *numbered(rows)),
        default=FINISH,
        progress="Review",
    )


def dimension_card(questionnaire: Questionnaire, dimension: str, given: Given) -> Card:
    questions = (q.id for q in questionnaire.by_dimension[dimension])
    return Card(
        ask="Which answer do you want to change?",
        options=numbered(_answered(questionnaire, questions, given)),
        others=(Option(BACK, "None, back to all answers", "b"),),
        default=BACK,
        progress=f"Review · {questionnaire.titles[dimension]}",
    )


def _answered(
    questionnaire: Questionnaire, questions: Iterable[str], given: Given
) -> Iterable[Option]:
    asked = tuple(questions)
    for question, words in zip(asked, _in_words(given, asked), strict=True):
        yield Option(question, questionnaire.by_id[question].ask, detail=words)


def _choice_of(answer: Answer) -> str:
    if answer.not_applicable:
        return NOT_APPLICABLE
    return DONT_KNOW if answer.level is None else str(answer.level)


def _in_words(given: Given, questions: Iterable[str]) -> Iterator[str]:
    shown = find_shown(given)
    for question in questions:
        answer = given[question]
        if answer.level is None:
            yield "does not apply" if answer.not_applicable else "don't know"
        elif answer.level < 2 or question in shown:
            yield f"level {answer.level}"
        else:
            lacking = "in words only" if answer.evidence else "no evidence yet"
            yield f"level {answer.level}, {lacking}"


def _hurry_in_words(check: "CareCheck") -> str:
    if (run := check.straight_run) is None:
        return (
            f"{len(check.hasty)} of {check.timed} answers came faster than their text can be read. "
            "Perhaps you knew them already."
        )
    said = {"dont-know": '"I don\'t know"', "not-applicable": '"does not apply"'}
    answer = said.get(str(run.answer), f"level {run.answer}")
    return f"{run.length} answers in a row are {answer}. Few teams are as even as that."
