"""Answers files -> an assessment, beside what is kept of it already; or a result of one alone.

Scoring one file loads neither store nor planner.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assess.answers import Answers, Assessment, Respondent
from assess.documents.score import describe_profile
from assess.errors import AnswersError, Problem
from assess.identity import TeamName
from assess.library import Library, read_answers_file
from assess.library.files import refuse_other_team
from assess.pages.result import make_result_page
from assess.questionnaire import Questionnaire
from assess.record import record
from assess.scoring.profile import score_answers
from assess.workflow.outcome import Outcome

if TYPE_CHECKING:
    from assess.store import Store

ONE_EACH: tuple[Respondent, ...] = ("manager", "consensus")
"""Respondents of whom an assessment has one at most."""


@record
class AnswersFile:
    """Answers with the file that they came from."""

    path: Path
    answers: Answers

    @property
    def shared(self) -> Mapping[str, str]:
        """What all files of an assessment have to say alike, by its name."""
        answers = self.answers
        said = ", ".join(f"{key} = {choice}" for key, choice in answers.about.items())
        names = {"questionnaire": answers.questionnaire, "team": answers.team}
        return {**names, "date": str(answers.date), "start profile": said}


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
    problems = [
        Problem(
            f"The {name} is '{one}', but in {files[0].path} it is '{other}'.",
            f"{file.path}, {name}",
            "Give the files of one assessment only.",
        )
        for file in files[1:]
        for (name, one), other in zip(file.shared.items(), files[0].shared.values(), strict=True)
        if one != other
    ]
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


def complete_assessment(store: "Store", given: Assessment) -> Assessment:
    """Return what the store will hold once the given answers are kept too."""
    kept = store.find_assessment(given.key) or given
    return replace(
        kept,
        manager=given.manager or kept.manager,
        consensus=given.consensus or kept.consensus,
        members=given.members or kept.members,
    )


def score_alone(questionnaire: Questionnaire, answers: Answers) -> Outcome:
    """Return what one answers file comes to."""
    team, day, profile = answers.team, answers.date, score_answers(questionnaire, answers)
    page = make_result_page(team, day, profile)
    return Outcome((page,), lambda: describe_profile(profile, team=team, day=day))
