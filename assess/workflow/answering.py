"""From questions in a terminal to an assessment that is kept, answer by answer."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from assess.answers import Answers, Assessment, Respondent
from assess.errors import AnswersError, AssessError, Problem, nearest
from assess.figures import long_day
from assess.identity import AssessmentKey, TeamName, name_problem
from assess.interview import (
    Asker,
    ask_choice,
    ask_hours,
    ask_same_respondents,
    ask_team,
    ask_team_size,
    ask_yes_no,
    interview,
)
from assess.library import Library
from assess.questionnaire import Questionnaire
from assess.store import Draft, KeptAssessment, Store
from assess.workflow.finding import find_questionnaire, nothing_on

if TYPE_CHECKING:
    # Not needed before the last question is answered.
    from assess.care import CareCheck

USUAL_HOURS = 6
"""What is proposed to a team that never said how many hours it can invest, or how many it is."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who sits down to answer, for which day, and what the command line says already.

    `editing` means that an assessment of that day is there and shall be changed. Members
    sit down elsewhere: `membership.answer_as_member`.
    """

    respondent: Respondent
    day: date
    editing: bool = False
    hours: int | None = None


def sit_down(
    library: Library,
    store: Store,
    asker: Asker,
    team: TeamName | None,
    questionnaire: str | None,
    sitting: Sitting,
) -> tuple[Assessment, "CareCheck"]:
    """Ask a manager or a team everything, and keep it.

    Returns:
        The assessment that it makes, and with how much care the answers were given.

    Raises:
        KeyboardInterrupt: The person stopped; the draft keeps what was answered.
    """
    name = _choose_team(store, asker, team)
    used = library.questionnaire(_choose_questionnaire(library, store, asker, name, questionnaire))
    sitting = _settle_day(store, asker, name, used, sitting)
    draft = _find_draft(store, asker, name, used, sitting) or _begin(store, name, used, sitting)
    _ask_whether_same(store, asker, draft)
    care = answer_draft(store, asker, draft, sitting.hours)
    store.finish_draft(draft.id, replace=sitting.editing)
    return store.load_assessment(draft.key), care


def answer_draft(store: Store, asker: Asker, draft: Draft, hours: int | None) -> "CareCheck":
    """Ask what is open in a draft; each answer is kept as it is given."""
    result = interview(
        draft.questionnaire,
        asker,
        draft.by_question,
        lambda question, answer: store.put_answer(draft.id, question, answer),
        is_member=draft.respondent == "member",
    )
    if draft.respondent == "member":
        return result.care
    size = ask_team_size(asker, draft.team_size)
    if hours is None:
        # One hour for each person, where nobody said more or less before.
        known = (draft.hours_per_week, store.last_hours(draft.team), size or USUAL_HOURS)
        hours = ask_hours(asker, next(h for h in known if h is not None))
    store.put_details(draft.id, hours_per_week=hours, team_size=size)
    return result.care


def _choose_team(store: Store, asker: Asker, wanted: TeamName | None) -> TeamName:
    """Return the team that is wanted, as it was first spelt, or ask for it.

    A name that is new beside others might be a slip, and is asked about.
    """
    teams = [team.name for team in store.teams() if not team.archived]
    if wanted is None:
        return TeamName(ask_team(asker, teams))
    if problem := name_problem(wanted):
        raise AnswersError(Problem(problem, "--team", "Give the team another name."))
    if known := store.find_team(wanted):
        return known.name
    if teams and not ask_yes_no(
        asker, f"There is no team “{wanted}” yet. Begin a new one?", default=True
    ):
        raise AssessError(
            Problem(f"There is no team '{wanted}'.", "--team", nearest(wanted, teams))
        )
    return wanted


def _choose_questionnaire(
    library: Library, store: Store, asker: Asker, team: TeamName, wanted: str | None
) -> str:
    known = library.questionnaire_ids()
    if wanted is not None or store.history(team) or len(known) == 1:
        return find_questionnaire(library, store, team, wanted)
    titles = {name: library.questionnaire(name).title for name in known}
    return ask_choice(asker, "Which questionnaire?", titles)


def _settle_day(
    store: Store, asker: Asker, team: TeamName, questionnaire: Questionnaire, sitting: Sitting
) -> Sitting:
    """Return the sitting with the day that its answers belong to."""
    if not sitting.editing:
        sitting = _join_open(store, asker, team, questionnaire, sitting)
    kept = store.find_assessment(AssessmentKey(team, questionnaire.id, sitting.day))
    if sitting.editing and kept is None:
        raise AssessError(
            Problem(
                nothing_on(team, sitting.day),
                "--edit",
                "See which there are: assess history",
            )
        )
    if sitting.editing or kept is None or _answers_of(kept, sitting.respondent) is None:
        return sitting
    question = f"{team} was assessed on {long_day(sitting.day)} already. Change these answers?"
    if not ask_yes_no(asker, question, default=True):
        raise AssessError(
            Problem(
                f"There is one assessment of {team} a day.",
                str(sitting.day),
                "Show it again with: assess result",
            )
        )
    return replace(sitting, editing=True)


def _join_open(
    store: Store, asker: Asker, team: TeamName, questionnaire: Questionnaire, sitting: Sitting
) -> Sitting:
    """Return the sitting on the day of the assessment that members are answering, if any.

    Only what is answered there stands beside what the members answer.
    """
    for kept in list_open(store, team, questionnaire.id):
        said = kept.consensus if sitting.respondent == "consensus" else kept.manager
        if not said and kept.date != sitting.day:
            asker.say(
                f"Members are answering the assessment of {long_day(kept.date)}; this joins it."
            )
            return replace(sitting, day=kept.date)
    return sitting


def list_open(store: Store, team: TeamName, questionnaire: str) -> tuple[KeptAssessment, ...]:
    """Return the assessments of a team that members can answer now; at most one, usually."""
    return tuple(
        kept
        for kept in store.history(team)
        if kept.questionnaire == questionnaire and kept.state == "open"
    )


def _find_draft(
    store: Store, asker: Asker, team: TeamName, questionnaire: Questionnaire, sitting: Sitting
) -> Draft | None:
    """Return the draft that the person wants to go on with, if one was begun."""
    begun = [
        draft
        for draft in store.drafts()
        if draft.team == team
        and draft.questionnaire.id == questionnaire.id
        and draft.respondent == sitting.respondent
        and draft.by_question
        and (draft.date == sitting.day or not sitting.editing)
    ]
    if not begun:
        return None
    draft = begun[-1]
    count = len(draft.questionnaire.questions)
    said = f"{count - len(draft.unanswered)} of {count} questions, begun on {long_day(draft.date)}"
    choices = {"resume": "Go on with it", "discard": "Begin anew and delete these answers"}
    choice = ask_choice(
        asker, f"Answers for {draft.team} are unfinished: {said}.", choices, default="resume"
    )
    if choice == "discard":
        store.discard_draft(draft.id)
    return draft if choice == "resume" else None


def _begin(store: Store, team: TeamName, questionnaire: Questionnaire, sitting: Sitting) -> Draft:
    kept = store.find_assessment(AssessmentKey(team, questionnaire.id, sitting.day))
    if kept is None:
        return store.start_draft(questionnaire, team, sitting.day, sitting.respondent)
    before = _answers_of(kept, sitting.respondent)
    # What is there is answered, and changed, with the questions as they were asked.
    return store.start_draft(
        kept.questionnaire,
        team,
        sitting.day,
        sitting.respondent,
        answers=before.by_question if before else {},
    )


def _answers_of(assessment: Assessment, respondent: Respondent) -> Answers | None:
    return assessment.manager if respondent == "manager" else assessment.consensus


def _ask_whether_same(store: Store, asker: Asker, draft: Draft) -> None:
    """Ask whether the manager is the one of last time, if there was a last time."""
    if draft.respondent != "manager" or draft.by_question:
        return
    days = [
        kept.date
        for kept in store.history(draft.team)
        if kept.questionnaire == draft.questionnaire.id and kept.date < draft.date
    ]
    if days:
        same = ask_same_respondents(asker, max(days), default=True)
        store.put_details(draft.id, same_manager=same)
