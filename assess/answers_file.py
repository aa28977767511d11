"""An answers file: read and checked, written, and printed to be filled in."""

from collections.abc import Iterator, Mapping
from datetime import date
from textwrap import wrap
from typing import Annotated, Any, Final

from pydantic import Field, StrictInt

from assess.answers import (
    ANSWERING_RULE,
    DONT_KNOW,
    MOST_LETTERS,
    NOT_APPLICABLE,
    Answer,
    Answers,
    Respondent,
    date_problem,
    is_days,
)
from assess.datafile import (
    DataTable,
    Record,
    TeamSize,
    WholeHours,
    format_lines,
    format_value,
    read_record,
    refuse_unknown_keys,
)
from assess.errors import AnswersError, Problem
from assess.figures import join_words
from assess.identity import USABLE_NAME, TeamName, name_problem
from assess.misfit import show_value
from assess.questionnaire import Question, Questionnaire, read_about, say_profile

_COMMENT_WIDTH: Final = 90
_OFF: Final = 'Write a day or the first and the last one: off = ["2026-12-21..2027-01-03"].'
_LEVELS: Final = 'Use a level from 0 to 3, "dont-know", or { not-applicable = "the reason" }.'
_MOST_ALONE: Final = 5
"""So many open questions are told one by one, more of them together."""
_ALONE: Final = tuple(Answer(level) for level in range(4))
"""Levels without evidence, of which there are many."""


class _Head(Record):
    questionnaire: str
    version: StrictInt
    team: str
    date: Any
    respondent: Respondent = "manager"
    hours_per_week: WholeHours | None = None
    team_size: TeamSize | None = None
    off: Annotated[tuple[str, ...], Field(strict=False, max_length=50)] = ()
    code: Annotated[str, Field(max_length=100)] = ""


def read_answers(table: DataTable, questionnaire: Questionnaire) -> Answers:
    """Return the answers that a file holds, complete and in the order of the questionnaire.

    A questionnaire that is fitted to a start profile stays so; any other is fitted to that of the
    file. Members have only the questions that are put to them.

    Raises:
        AnswersError: With every problem.
    """
    problems: list[Problem] = []
    refuse_unknown_keys(table, (*_Head.model_fields, "about", "answers"), "", problems)
    head = read_record(
        _Head, {k: v for k, v in table.items() if k in _Head.model_fields}, "", problems
    )
    if head is not None:
        problems.extend(_head_problems(head, questionnaire))
    given = table.get("answers")
    if not isinstance(given, dict):
        problems.append(Problem("There is no [answers] table.", "answers", "Add the answers."))
        given = {}
    said = read_about(table.get("about", {}), questionnaire, "about", problems)
    if questionnaire.said and said and said != questionnaire.said:
        what = "The start profile is not the one with which the assessment began."
        problems.append(Problem(what, "about", "Leave [about] out: everybody is asked the same."))
    whole = questionnaire if questionnaire.said else questionnaire.fitted(said)
    asked = whole if head is None else whole.put_to(head.respondent)
    by_question = _read_all(given, asked, problems)
    if problems or head is None:
        raise AnswersError(*problems)
    said_of_it = {**dict(head), "team": TeamName(head.team)}
    return Answers(**said_of_it, by_question=by_question, about=whole.said)


def read_answer(given: object, question: str, problems: list[Problem]) -> Answer | None:
    """Return one answer, or None after adding what is wrong with it."""
    if type(given) is int and 0 <= given < len(_ALONE):
        return _ALONE[given]
    if given == DONT_KNOW:
        return Answer()
    where, table = f"answers.{question}", given if isinstance(given, dict) else {"level": given}
    key = NOT_APPLICABLE if NOT_APPLICABLE in table else "evidence"
    refuse_unknown_keys(table, {key} if key == NOT_APPLICABLE else {key, "level"}, where, problems)
    level, text = table.get("level"), table.get(key, "")
    if given == "":
        problem = Problem("This question is not answered yet.", where, _LEVELS)
    elif key == NOT_APPLICABLE and not (isinstance(text, str) and text.strip()):
        what = "An answer that does not apply needs a reason."
        problem = Problem(what, f"{where}.{key}", 'Write { not-applicable = "why" }.')
    elif not isinstance(text, str):
        problem = Problem("The evidence is not a text.", f"{where}.{key}", "Quote it.")
    elif len(text) > MOST_LETTERS:
        what = f"This text has {len(text):,} characters; {MOST_LETTERS:,} are allowed."
        problem = Problem(what, f"{where}.{key}", "Shorten it, and link to the rest.")
    elif key == NOT_APPLICABLE:
        return Answer(not_applicable=text)
    elif type(level) is not int or not 0 <= level <= 3:
        what = f"{show_value(level)} is not a level." if "level" in table else "There is no level."
        problem = Problem(what, where, _LEVELS)
    else:
        return Answer(level, text.strip())
    problems.append(problem)
    return None


def _head_problems(head: _Head, questionnaire: Questionnaire) -> list[Problem]:
    problems = []
    if head.questionnaire != questionnaire.id:
        what = f"The answers belong to the questionnaire '{head.questionnaire}'."
        problems.append(Problem(what, "questionnaire", f"Use answers to '{questionnaire.id}'."))
    elif head.version != questionnaire.version:
        what = (
            f"The answers are for version {head.version} of '{questionnaire.id}'; "
            f"this is version {questionnaire.version}."
        )
        fix = f"Print a new file with: assess questionnaire {questionnaire.id} --template"
        problems.append(Problem(what, "version", fix))
    if wrong := name_problem(head.team):
        problems.append(Problem(wrong, "team", USABLE_NAME))
    if wrong := date_problem(head.date):
        problems.append(Problem(wrong, "date", "Write it as date = 2026-11-22, without quotes."))
    problems += [
        Problem(f"{show_value(days)} is no date and no range of dates.", "off", _OFF)
        for days in head.off
        if not is_days(days)
    ]
    return problems


def _read_all(
    given: Mapping[str, object], questionnaire: Questionnaire, problems: list[Problem]
) -> dict[str, Answer]:
    known = questionnaire.by_id
    left_out = questionnaire.left_out.keys() & given.keys()
    refuse_unknown_keys(given, {*known, *left_out}, "answers", problems, "question")
    problems.extend(
        _left_out_problem(question, questionnaire)
        for question in given
        if question in left_out and not _is_silent(given[question])
    )
    by_question = {}
    open_ = [question for question in known if given.get(question, "") == ""]
    if len(open_) > _MOST_ALONE:
        # A file that was only begun says the same of each question: once is enough.
        what = f"{len(open_)} questions are not answered yet: {', '.join(open_)}."
        problems.append(Problem(what, "answers", _LEVELS))
    for question in known:
        if question in open_ and len(open_) > _MOST_ALONE:
            continue
        if question not in given:
            where = f"answers.{question}"
            problems.append(Problem(f"The question '{question}' is missing.", where, _LEVELS))
        elif (answer := read_answer(given[question], question, problems)) is not None:
            by_question[question] = answer
    return by_question


def _is_silent(given: object) -> bool:
    """Tell whether an answer is none, as is right for a question that is not asked."""
    return given == "" or (isinstance(given, Mapping) and NOT_APPLICABLE in given)


def _left_out_problem(question: str, questionnaire: Questionnaire) -> Problem:
    applies = questionnaire.left_out[question].applies
    reasons = {e: c for e, c in questionnaire.said.items() if c not in applies.get(e, (c,))}
    what = f"'{question}' is not asked{say_profile(reasons)}."
    if not reasons:
        what = f"'{question}' is not put to members."
    return Problem(what, f"answers.{question}", 'Write "" there, or correct [about].')


def format_answers(answers: Answers) -> str:
    """Return the answers as the text of a file that `read_answers` reads back."""
    head = ((key, getattr(answers, key)) for key in _Head.model_fields)
    lines = format_lines({key: value for key, value in head if value not in (None, (), "")})
    if answers.about:
        lines += ["", "[about]", *format_lines(answers.about)]
    told = {question: answer.told for question, answer in answers.by_question.items()}
    return "\n".join([*lines, "", "[answers]", *format_lines(told)]) + "\n"


def format_template(
    questionnaire: Questionnaire, team: str, day: date, respondent: Respondent = "manager"
) -> str:
    """Return an answers file to fill in: every question open, with its levels as comments."""
    who = "the whole team" if questionnaire.subject == "team" else "the manager"
    about_the_team = (
        f"# hours_per_week = 6             # what {who} can invest",
        "# team_size = 5",
        '# off = ["2026-12-21..2027-01-03"]   # when the team is away',
    )
    own_code = ('code = ""                         # the one-time code of the invitation',)
    asked = questionnaire.put_to(respondent)
    lines = [
        f"questionnaire = {format_value(questionnaire.id)}",
        f"version = {questionnaire.version}",
        f"team = {format_value(team)}",
        f"date = {day.isoformat()}",
        f"{f'respondent = {format_value(respondent)}':<34}# manager | member | consensus",
        *(own_code if respondent == "member" else about_the_team),
        "",
        *(f"# {line}" for line in wrap(ANSWERING_RULE, _COMMENT_WIDTH)),
        '# The sentences are numbered 0 to 3; put the number in place of each "", or one of these:',
        '#   { level = 2, evidence = "where an outsider sees it: a link, a number, a date" }',
        '#   "dont-know"',
        '#   { not-applicable = "the reason" }',
        "",
        *_about_lines(asked),
        "[answers]",
    ]
    for dimension, questions in asked.by_dimension.items():
        lines += [f"# {_comment(questionnaire.titles[dimension])}"]
        for q in questions:
            lines += [*_question_lines(q, asked), f'{q.id} = ""', ""]
    return "\n".join(lines)


def _about_lines(asked: Questionnaire) -> Iterator[str]:
    """Yield the start profile to fill in, or as it was fixed."""
    if asked.about:
        yield "[about]"
    for entry in asked.about:
        yield f"# {_comment(entry.ask)}"
        yield from (f"#   {choice}: {_comment(text)}" for choice, text in entry.choices.items())
        yield from (f"{entry.id} = {format_value(asked.said.get(entry.id, ''))}", "")


def _question_lines(question: Question, asked: Questionnaire) -> Iterator[str]:
    """Yield a question with its levels as comments, and for whom it is, or has other words."""
    put = {"": question}
    if not asked.said:
        for entry, choices in question.applies.items():
            yield f"# (Only where {entry} is {join_words(choices, 'or')}; else leave it open.)"
        for entry, by_choice in question.wordings.items():
            for choice in by_choice:
                put[f"Where {entry} is {choice}: "] = question.in_words_for({entry: choice})
    for lead, one in put.items():
        yield f"# {lead}{_comment(one.ask)}"
        yield from (f"#   {level} {_comment(text)}" for level, text in enumerate(one.levels))


def _comment(text: str) -> str:
    return " ".join(text.split())
