"""From answers, given in files or to questions, to an assessment that is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assess.answers import Answers, Assessment, Respondent
from assess.errors import AnswersError, Problem
from assess.interview import (
    Asker,
    ask_choice,
    ask_hours,
    ask_same_respondents,
    ask_team,
    ask_team_size,
    interview,
)
from assess.library import Library, read_answers_file
from assess.questionnaire import Questionnaire
from assess.store import Draft, Store

ONE_EACH: tuple[Respondent, ...] = ("manager", "consensus")
"""Respondents of whom an assessment has one at most."""


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """Answers with the file that they came from."""

    path: Path
    answers: Answers


def read_assessment(paths: Sequence[Path], library: Library) -> Assessment:
    """Return the assessment that one or more answers files make together.

    Raises:
        AnswersError: With every problem of every file, or what keeps them from being one
            assessment.
    """
    files: list[AnswersFile] = []
    problems: list[Problem] = []
    questionnaire: Questionnaire | None = None
    for path in paths:
        try:
            answers, questionnaire = read_answers_file(path, library)
            files.append(AnswersFile(path, answers))
        except AnswersError as error:
            problems.extend(error.problems)
    problems.extend(_misfits(files))
    if problems or questionnaire is None:
        raise AnswersError(*problems)
    return _assemble(questionnaire, [file.answers for file in files])


def _assemble(questionnaire: Questionnaire, answers: Sequence[Answers]) -> Assessment:
    by_respondent = {a.respondent: a for a in answers}
    return Assessment(
        questionnaire=questionnaire,
        team=answers[0].team,
        date=answers[0].date,
        manager=by_respondent.get("manager"),
        members=tuple(a for a in answers if a.respondent == "member"),
        consensus=by_respondent.get("consensus"),
    )


def _misfits(files: Sequence[AnswersFile]) -> list[Problem]:
    """Return what keeps files from being one assessment."""
    problems = []
    for file in files[1:]:
        for name, one, other in (
            ("questionnaire", file.answers.questionnaire, files[0].answers.questionnaire),
            ("team", file.answers.team.casefold(), files[0].answers.team.casefold()),
            ("date", str(file.answers.date), str(files[0].answers.date)),
        ):
            if one != other:
                problems.append(
                    Problem(
                        f"The {name} is '{one}', but in {files[0].path} it is '{other}'.",
                        f"{file.path}, {name}",
                        "Give the files of one assessment only.",
                    )
                )
    for respondent in ONE_EACH:
        found = [file for file in files if file.answers.respondent == respondent]
        problems.extend(
            Problem(
                f"There are two files with the respondent '{respondent}'.",
                f"{file.path}, respondent",
                f"Leave out this one or {found[0].path}; several people answer as members.",
            )
            for file in found[1:]
        )
    return problems


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who sits down to answer what, and what the command line already says of it."""

    questionnaire: Questionnaire
    day: date
    respondent: Respondent
    hours: int | None = None
    default_hours: int = 6


def choose_team(store: Store, asker: Asker, wanted: str | None) -> str:
    """Return the team that is wanted, as it was first spelt, or ask for it."""
    teams = [team for team in store.teams() if not team.archived]
    if wanted is None:
        return ask_team(asker, (team.name for team in teams))
    named = (team.name for team in teams if team.name.casefold() == wanted.strip().casefold())
    return next(named, wanted.strip())


def find_draft(
    store: Store, asker: Asker, team: str, sitting: Sitting
) -> Draft | None:
    """Return the draft that the person wants to go on with, if one was begun."""
    begun = [
        draft
        for draft in store.drafts()
        if draft.team.casefold() == team.casefold()
        and draft.questionnaire.id == sitting.questionnaire.id
        and draft.respondent == sitting.respondent
        and draft.by_question
    ]
    if not begun:
        return None
    draft = begun[-1]
    count = len(draft.questionnaire.questions)
    said = f"{count - len(draft.unanswered)} of {count} questions answered on {draft.date}"
    choice = ask_choice(
        asker,
        f"There is an unfinished assessment of {draft.team}: {said}.",
        {"resume": "Go on with it", "discard": "Begin anew and delete these answers"},
        default="resume",
    )
    if choice == "discard":
        store.discard_draft(draft.id)
        return None
    return draft


def answer_draft(
    store: Store,
    asker: Asker,
    draft: Draft,
    sitting: Sitting,
    clock: Callable[[], float],
) -> None:
    """Ask what is open in a draft; each answer is kept as it is given."""
    interview(
        draft.questionnaire,
        asker,
        draft.by_question,
        lambda question, answer: store.put_answer(draft.id, question, answer),
        clock=clock,
    )
    if draft.respondent == "member":
        return
    hours = sitting.hours
    if hours is None:
        known = draft.hours_per_week
        said = known if known is not None else store.last_hours(draft.team)
        hours = ask_hours(asker, sitting.default_hours if said is None else said)
    size = ask_team_size(asker, draft.team_size)
    store.put_details(draft.id, hours_per_week=hours, team_size=size)


def ask_whether_same(store: Store, asker: Asker, team: str, sitting: Sitting) -> bool | None:
    """Ask whether the manager is the same as last time, if there was a last time."""
    if sitting.respondent != "manager":
        return None
    known = any(t.name.casefold() == team.casefold() for t in store.teams())
    days = [
        kept.date
        for kept in (store.history(team) if known else ())
        if kept.questionnaire == sitting.questionnaire.id and kept.date < sitting.day
    ]
    return ask_same_respondents(asker, max(days), default=True) if days else None
