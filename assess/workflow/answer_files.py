"""Answers files -> an assessment, beside what is kept of it already."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assess.answers import Answers, Assessment, Respondent
from assess.errors import AnswersError, Problem
from assess.identity import TeamName
from assess.library import Library, read_answers_file
from assess.questionnaire import Questionnaire
from assess.record import record

if TYPE_CHECKING:
    from assess.store import Store

ONE_EACH: tuple[Respondent, ...] = ("manager", "consensus")
"""Respondents of whom an assessment has one at most."""


@record
class AnswersFile:
    """Answers with the file that they came from."""

    path: Path
    answers: Answers


def refuse_other_team(path: Path, said: TeamName | None, wanted: TeamName | None) -> None:
    """Refuse a file that names another team than the command line does."""
    if said is not None and wanted is not None and said != wanted:
        raise AnswersError(
            f"The file is of the team '{said}', but --team says '{wanted}'.",
            f"{path}, team",
            "Leave out --team, or correct the team in the file.",
        )


def read_assessment(
    paths: Sequence[Path], library: Library, team: TeamName | None = None
) -> Assessment:
    """Return the assessment that one or more answers files make together."""
    files: list[AnswersFile] = []
    problems: list[Problem] = []
    questionnaire: Questionnaire | None = None
    for path in paths:
        try:
            answers, questionnaire = read_answers_file(path, library)
            refuse_other_team(path, answers.team, team)
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
            ("team", file.answers.team, files[0].answers.team),
            ("date", str(file.answers.date), str(files[0].answers.date)),
            ("start profile", _said(file), _said(files[0])),
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


def _said(file: AnswersFile) -> str:
    return ", ".join(f"{key} = {choice}" for key, choice in file.answers.about.items())


def complete_assessment(store: "Store", given: Assessment) -> Assessment:
    """Return what the store will hold once the given answers are kept too."""
    kept = store.find_assessment(given.key)
    if kept is None:
        return given
    return replace(
        kept,
        manager=given.manager or kept.manager,
        consensus=given.consensus or kept.consensus,
        members=given.members or kept.members,
    )
