"""What is kept, and what of it a command is about."""

from collections.abc import Sequence
from datetime import date

from assess.errors import AnswersError, AssessError, Problem
from assess.identity import TeamName
from assess.record import record
from assess.scoring.assessment import Result, score_assessment
from assess.store import KeptAssessment, Store
from assess.workflow.finding import find_team, one_of


@record
class ScoredKept:
    """A kept assessment with its result; None where there is none that may be shown."""

    kept: KeptAssessment
    result: Result | None


def list_kept(
    store: Store, team: TeamName | None, questionnaire: str | None
) -> tuple[KeptAssessment, ...]:
    """Return what is kept of one team or of all, and with one questionnaire or with any.

    Raises:
        AssessError: There is no such team.
    """
    name = None if team is None else find_team(store, team)
    return tuple(
        kept
        for kept in store.history(name)
        if questionnaire is None or kept.questionnaire == questionnaire
    )


def list_entries(
    store: Store, team: TeamName | None, questionnaire: str | None
) -> tuple[ScoredKept, ...]:
    """Return what is kept with the results, by team, questionnaire and date."""
    return tuple(ScoredKept(k, score_kept(store, k)) for k in list_kept(store, team, questionnaire))


def score_kept(store: Store, kept: KeptAssessment) -> Result | None:
    """Return the result of a kept assessment, or None where none may be shown."""
    try:
        return score_assessment(store.load_assessment(kept.key))
    except AnswersError:
        return None


def find_kept_on(
    store: Store, team: TeamName | None, questionnaire: str | None, day: date
) -> KeptAssessment:
    """Return the one assessment of a day.

    Raises:
        AssessError: There is none that day, or more than one.
    """
    there = list_kept(store, team, questionnaire)
    if found := [kept for kept in there if kept.date == day]:
        return choose_one(found)
    days = [kept.date for kept in there[-6:]]
    fix = one_of(days) if days else "See what is kept: assess history"
    raise AssessError(Problem(f"There is no assessment on {day}.", str(store.path), fix))


def choose_one(found: Sequence[KeptAssessment]) -> KeptAssessment:
    """Return the only one of them.

    Raises:
        AssessError: There are several; says by which option to tell them apart.
    """
    if len(found) == 1:
        return found[0]
    teams = dict.fromkeys(kept.team for kept in found)
    option, names = "--team", list[str](teams)
    if len(teams) == 1:
        option, names = "--questionnaire", [kept.questionnaire for kept in found]
    raise AssessError(
        Problem(
            f"There are {len(found)} such assessments.",
            option,
            f"Say which with {option}: {', '.join(names)}.",
        )
    )
