"""From questions in a terminal to an assessment that is kept, answer by answer."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from assess.answers import Answer, Answers, Assessment, KeptAssessment, Respondent
from assess.errors import AnswersError, AssessError, nearest
from assess.figures import long_day
from assess.identity import AssessmentKey, TeamName, name_problem
from assess.interview.asker import Asker
from assess.interview.order import InterviewResult, interview
from assess.interview.prompts import (
    ask_about,
    ask_choice,
    ask_hours,
    ask_same_person,
    ask_team,
    ask_team_size,
    ask_yes_no,
)
from assess.library import Library
from assess.library.plan_data import find_missing_files, read_plan_data
from assess.questionnaire import Questionnaire
from assess.record import record
from assess.rules.model import Limits
from assess.store import Draft, Store
from assess.workflow.finding import Errand, find_questionnaire, nothing_on
from assess.workflow.frozen import refuse_frozen

if TYPE_CHECKING:
    # Not needed before the last question is answered.
    from assess.care import CareCheck


@record
class Sitting:
    """Who sits down to answer, and what the command line says already.

    Answers of the day `edit` are there and shall be changed. `same_person` says whether it is who
    answered last time, None where that is asked. Members sit down elsewhere:
    `membership.answer_as_member`.
    """

    respondent: Respondent
    edit: date | None = None
    hours: int | None = None
    same_person: bool | None = None


AnswersThere = Literal["none", "change", "stay"]
"""What becomes of the answers of a day: there are none yet, they are changed, or stay."""


@record
class Answered:
    """What somebody has answered, with how much care, and whether it is their first time.

    `care` is None where nothing was asked.
    """

    assessment: Assessment
    care: "CareCheck | None"
    is_first: bool


def sit_down(errand: Errand, asker: Asker, sitting: Sitting) -> Answered:
    """Ask a manager or a team everything, and keep it.

    The hours are asked here the first time only; later they come after what moved.
    """
    store, who = errand.store, sitting.respondent
    team = _choose_team(store, asker, errand.named)
    used = errand.library.questionnaire(_choose_questionnaire(errand, asker, team))
    key = AssessmentKey(team, used.id, sitting.edit or errand.today)
    key, there = _settle_day(store, asker, key, sitting)
    every = store.load_assessments(team, used.id)
    earlier = tuple(one for one in every if one.date < key.day)
    if there == "stay":
        return Answered(store.load_assessment(key), None, not earlier)
    refuse_frozen(errand, key, who)
    draft = _find_draft(store, asker, key, who, there) or _begin(store, used, key, who)
    earlier = tuple(one for one in every if one.date < draft.date)
    _ask_whether_same(store, asker, draft, earlier, sitting.same_person)
    try:
        if not draft.by_question or there == "change":
            draft = _ask_start_profile(store, asker, draft, earlier)
        before = filter(None, (answers_of(one, who) for one in reversed(earlier)))
        last = next((answers.by_question for answers in before), None)
        result = ask_questions(store, asker, draft, last)
    except BaseException:
        _discard_if_empty(store, store.load_draft(draft.id))
        raise
    # The first question must not wait for what only the last one leads to.
    from assess.workflow.assessing.evidence import ask_for_evidence, find_promising_plan

    plan = find_promising_plan(store, earlier, draft)
    ask_for_evidence(store, asker, draft, result.answers, plan)
    hours = sitting.hours
    if not earlier and hours is None:
        known = draft.hours_per_week, store.last_hours(draft.team, used.subject)
        hours = _ask_hours(errand.library, asker, used, known, draft.team_size)
    store.put_details(draft.id, hours_per_week=hours)
    store.finish_draft(draft.id, replace=there == "change")
    return Answered(store.load_assessment(draft.key), result.care, not earlier)


def ask_plan_hours(errand: Errand, asker: Asker, assessment: Assessment) -> int:
    """Return the hours a week for the next plan; Enter takes those of last time."""
    size = _find_last_size(errand.store, assessment.team, (assessment,))
    known = (errand.store.last_hours(assessment.team, assessment.questionnaire.subject),)
    return _ask_hours(errand.library, asker, assessment.questionnaire, known, size)


def _ask_hours(
    library: Library,
    asker: Asker,
    questionnaire: Questionnaire,
    known: Iterable[int | None],
    people: int | None,
) -> int:
    if (said := next((hours for hours in known if hours is not None), None)) is not None:
        return ask_hours(asker, said, subject=questionnaire.subject)
    # What the rules assume, where nobody said more or less before.
    has_rules = not find_missing_files(library, questionnaire)
    limits = read_plan_data(library, questionnaire).rules.limits if has_rules else Limits()
    usual = int(limits.default_hours(people))
    is_each = questionnaire.subject == "team" and usual == people
    return ask_hours(asker, usual, people if is_each else None, questionnaire.subject)


def ask_questions(
    store: Store, asker: Asker, draft: Draft, last: Mapping[str, Answer] | None = None
) -> InterviewResult:
    """Ask what is open in a draft; each answer is kept as it is given."""
    return interview(
        draft.questionnaire,
        asker,
        draft.by_question,
        lambda question, answer: store.put_answer(draft.id, question, answer),
        last=last,
    )


def _discard_if_empty(store: Store, draft: Draft) -> None:
    """Keep no draft without anything said, and no team that came with it."""
    if not draft.by_question and draft.team_size is None and not draft.questionnaire.said:
        store.discard_draft(draft.id)


def _ask_start_profile(
    store: Store, asker: Asker, draft: Draft, earlier: Sequence[Assessment]
) -> Draft:
    """Return the draft for the questions that fit the team, after asking what decides on them.

    Where somebody else answers too, or did, it is fixed.
    """
    size = ask_team_size(asker, draft.team_size or _find_last_size(store, draft.team, earlier))
    store.put_details(draft.id, team_size=size)
    if not _is_shared(store.find_assessment(draft.key), draft.respondent):
        said = draft.questionnaire.said or find_last_said(earlier)
        store.fit_draft(draft.id, ask_about(asker, draft.questionnaire.about, said))
    return store.load_draft(draft.id)


def _is_shared(kept: Assessment | None, respondent: Respondent) -> bool:
    """Tell whether an assessment is open to others, or has answers of others."""
    if kept is None:
        return False
    other = kept.consensus if respondent == "manager" else kept.manager
    return not kept.closed or bool(kept.members) or other is not None


def find_last_said(earlier: Sequence[Assessment]) -> Mapping[str, str]:
    """Return the start profile of the last assessment, the oldest of which come first."""
    return earlier[-1].questionnaire.said if earlier else {}


def _ask_whether_same(
    store: Store, asker: Asker, draft: Draft, earlier: Sequence[Assessment], said: bool | None
) -> None:
    """Keep whether the manager is the one of last time; ask where nobody said, once."""
    if said is None and earlier and draft.respondent == "manager" and not draft.by_question:
        said = ask_same_person(asker, earlier[-1].date)
    if said is not None:
        store.put_details(draft.id, same_manager=said)


def _find_last_size(store: Store, team: TeamName, earlier: Sequence[Assessment]) -> int | None:
    """Return how many people the team has by what was said last, in answers or of its people."""
    people = store.load_people(team)
    said = (a for one in reversed(earlier) for a in (one.consensus, one.manager))
    last = next((answers for answers in said if answers and answers.team_size), None)
    if last is None or (people.said_on is not None and people.said_on >= last.date):
        return people.size
    return last.team_size


def _choose_team(store: Store, asker: Asker, wanted: TeamName | None) -> TeamName:
    """Return the team that is wanted, as it was first spelt, or ask for it.

    A name that is new beside others might be a slip, and is asked about.
    """
    teams = [team.name for team in store.teams() if not team.archived]
    if wanted is None and len(teams) == 1:
        asker.say(f"These are answers for {teams[0]}. For another team: assess run --team NAME")
        return teams[0]
    if wanted is None:
        return TeamName(ask_team(asker, teams))
    if problem := name_problem(wanted):
        raise AnswersError(problem, "--team", "Give the team another name.")
    if known := store.find_team(wanted):
        return known.name
    if teams and not ask_yes_no(
        asker, f"There is no team “{wanted}” yet. Begin a new one?", default=True
    ):
        raise AssessError(f"There is no team '{wanted}'.", "--team", nearest(wanted, teams))
    return wanted


def _choose_questionnaire(errand: Errand, asker: Asker, team: TeamName) -> str:
    library, store = errand.library, errand.store
    if errand.asked is not None or store.history(team):
        return find_questionnaire(errand, team)
    known = library.questionnaire_ids()
    titles = {name: library.questionnaire(name).title for name in known}
    begun = {draft.questionnaire.id for draft in store.drafts() if draft.team == team}
    only = begun.pop() if len(begun) == 1 else library.usual_questionnaire()
    if only is None:
        return ask_choice(asker, "Which questionnaire?", titles)
    if len(known) > 1:
        asker.say(f"The questions are those for: {titles[only]}. Others: assess questionnaires")
    return only


def _settle_day(
    store: Store, asker: Asker, key: AssessmentKey, sitting: Sitting
) -> tuple[AssessmentKey, AnswersThere]:
    """Return where the answers belong, and whether those that are there stay or are changed."""
    if sitting.edit is None:
        key = _join_open(store, asker, key, sitting.respondent)
    kept = store.find_assessment(key)
    if sitting.edit is not None:
        if kept is None:
            fix = "See which there are: assess history"
            raise AssessError(nothing_on(key.team, key.day), "--edit", fix)
        return key, "change"
    if kept is None or answers_of(kept, sitting.respondent) is None:
        return key, "none"
    if store.load_plan(kept.key) is None and _ask_whether_to_go_on(asker, kept):
        return key, "stay"
    question = f"{key.team} was assessed on {long_day(key.day)} already. Change these answers?"
    if not ask_yes_no(asker, question, default=True):
        what = f"There is one assessment of {key.team} a day."
        fix = "Show it again with: assess result"
        raise AssessError(what, str(key.day), fix)
    return key, "change"


def _ask_whether_to_go_on(asker: Asker, kept: Assessment) -> bool:
    """Ask whether answers that have no plan yet stay as they are, or are to be changed."""
    said = f"{kept.team} was assessed on {long_day(kept.date)}, and has no plan of it yet."
    choices = {"go-on": "Go on from these answers", "change": "Look through the answers again"}
    return ask_choice(asker, said, choices, default="go-on") == "go-on"


def _join_open(
    store: Store, asker: Asker, key: AssessmentKey, respondent: Respondent
) -> AssessmentKey:
    """Return the assessment that members are answering, if any, else the one of the day.

    Only what is answered there stands beside what the members answer.
    """
    for kept in list_open(store, key.team, key.questionnaire):
        said = kept.consensus if respondent == "consensus" else kept.manager
        if not said and kept.date != key.day:
            asker.say(
                f"Members are answering the assessment of {long_day(kept.date)}; this joins it."
            )
            return kept.key
    return key


def list_open(store: Store, team: TeamName, questionnaire: str) -> tuple[KeptAssessment, ...]:
    """Return the assessments of a team that members can answer now; at most one, usually."""
    return tuple(
        kept
        for kept in store.history(team)
        if kept.questionnaire == questionnaire and kept.state == "open"
    )


def _find_draft(
    store: Store, asker: Asker, key: AssessmentKey, respondent: Respondent, there: AnswersThere
) -> Draft | None:
    """Return the draft that the person wants to go on with, if one was begun."""
    begun = [
        draft
        for draft in store.drafts()
        if (draft.team, draft.questionnaire.id) == (key.team, key.questionnaire)
        and draft.respondent == respondent
        and draft.by_question
        and (draft.date == key.day or there != "change")
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


def _begin(
    store: Store, questionnaire: Questionnaire, key: AssessmentKey, respondent: Respondent
) -> Draft:
    given: Mapping[str, Answer] = {}
    if (kept := store.find_assessment(key)) is not None:
        before = answers_of(kept, respondent)
        # What is there is answered, and changed, with the questions as they were asked.
        questionnaire, given = kept.questionnaire, before.by_question if before else {}
    return store.start_draft(questionnaire, key.team, key.day, respondent, answers=given)


def answers_of(assessment: Assessment, respondent: Respondent) -> Answers | None:
    """Return what the manager or the team together answered."""
    return assessment.manager if respondent == "manager" else assessment.consensus
