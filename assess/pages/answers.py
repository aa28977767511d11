"""The answers in words: what was chosen, what shows it, what comes next, what was said before.

Beside evidence stands whether an outsider could check it, and whether it is last quarter's.
Only one respondent's answers are ever shown so: the manager's, or the shared ones. Members'
answers are not shown to anybody.
"""

from collections.abc import Iterator
from datetime import date

from assess.answers import Answer, Answers
from assess.care import CareCheck
from assess.commands import join_command
from assess.figures import count, long_day
from assess.pages.blocks import Block, Items, Page, Section, Sentence, listed
from assess.pages.standing import level_text
from assess.questionnaire import Question, Questionnaire
from assess.scoring.evidence import find_shown, find_stale


def make_answers_page(
    questionnaire: Questionnaire, answers: Answers, before: Answers | None = None
) -> Page:
    """Return every question with its answer; that of `before` may be of another version."""
    whose = "together" if answers.respondent == "consensus" else "by the manager"
    title = f"{answers.team} · as answered {whose} on {long_day(answers.date)}"
    return Page(title, answer_sections(questionnaire, answers, before))


def answer_sections(
    questionnaire: Questionnaire, answers: Answers, before: Answers | None = None
) -> tuple[Section, ...]:
    given = answers.by_question
    shown, stale = find_shown(given), find_stale(given, before.by_question if before else {})
    kinds = {
        question: ("Can be checked" if question in shown else "In words only")
        + (", and the same as last time" if question in stale else "")
        for question in given
    }
    return tuple(
        Section(
            dimension.title,
            tuple(
                block
                for question in questionnaire.by_dimension[dimension.id]
                for block in _blocks(question, answers, kinds[question.id], before)
            ),
        )
        for dimension in questionnaire.dimensions
    )


def _blocks(
    question: Question, answers: Answers, evidence: str, before: Answers | None
) -> Iterator[Block]:
    answer = answers.by_question[question.id]
    yield Sentence(f"{question.ask} ({question.id})", "strong")
    texts = [_in_words(question, answer)]
    if answer.evidence:
        texts.append(f"{evidence}: {answer.evidence}")
    if answer.level is not None and answer.level + 1 < len(question.levels):
        texts.append(f"Next, level {answer.level + 1}: {question.levels[answer.level + 1]}")
    if before is not None and (last := before.by_question.get(question.id)) is not None:
        texts.append(f"On {long_day(before.date)}: {_in_short(last)}.")
    yield Items(tuple(texts))


def _in_words(question: Question, answer: Answer) -> str:
    if answer.level is not None:
        return f"Level {answer.level}: {question.levels[answer.level]}"
    if answer.not_applicable:
        return f"Does not apply: {answer.not_applicable}"
    return "Nobody could say."


def _in_short(answer: Answer) -> str:
    if answer.level is not None:
        return f"level {answer.level}"
    return "did not apply" if answer.not_applicable else "nobody could say"


# --- Signs of haste ---


def care_section(care: CareCheck, questionnaire: Questionnaire, day: date) -> Section:
    """Return a sentence for each sign; nothing where nothing deserves a second look."""
    asks = {question.id: question.ask for question in questionnaire.questions}
    texts = [
        f"“{asks[found.question]}” is at level 3, though “{asks[found.foundation]}”, on which it "
        "builds, is at level 0."
        for found in care.contradictions
    ]
    if (run := care.straight_run) is not None:
        same = level_text(run.answer)
        texts.append(f"{count(run.length, 'answer')} in a row are the same: {same}.")
    if care.hasty:
        texts.append(
            f"{len(care.hasty)} of {count(care.timed, 'answer')} came faster than their text can "
            "be read."
        )
    change = join_command("run", "--edit", str(day))
    title = f"Worth a second look; to change answers: {change}"
    return listed(title, texts, detail=True)
