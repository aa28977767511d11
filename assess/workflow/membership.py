"""An assessment with members: opened, answered, closed once.

What is promised to members stands in docs/confidentiality.md. Nothing here hands out what
a member answered, nor when.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from assess.answers import Answers
from assess.errors import AnswersError, AssessError, Problem
from assess.identity import TeamName
from assess.interview import Asker, ask_choice
from assess.library import Library, read_answers_file
from assess.questionnaire import Questionnaire
from assess.store import Draft, Intake, KeptAssessment, Store
from assess.workflow.answer_files import refuse_other_team
from assess.workflow.answering import ask_questions, list_open
from assess.workflow.keeping import choose_one, list_kept

_NEW = "new"


def open_to_members(
    store: Store,
    questionnaire: Questionnaire,
    team: TeamName,
    day: date,
    *,
    minimum: int,
    same_members: bool,
) -> tuple[KeptAssessment, Intake]:
    """Let members answer from now on, and return what is kept of the assessment.

    Raises:
        AssessError: Another assessment of the team is still open: members could not know
            which one they answer.
    """
    for other in list_open(store, team, questionnaire.id):
        if other.date != day:
            raise AssessError(
                Problem(
                    f"An assessment of {other.team} is open already, that of {other.date}.",
                    str(store.path),
                    "Close it first: assess close",
                )
            )
    outcome = store.open_assessment(
        questionnaire, team, day, minimum=minimum, same_members=same_members
    )
    return find_open(store, team, questionnaire.id), outcome


def find_open(store: Store, team: TeamName | None, questionnaire: str | None) -> KeptAssessment:
    """Return the assessment that members can answer now.

    Raises:
        AssessError: None is open, no more, or more than one is.
    """
    there = list_kept(store, team, questionnaire)
    if opened := [kept for kept in there if kept.state == "open"]:
        return choose_one(opened)
    closed = [kept.date for kept in there if kept.state == "closed"]
    if closed:
        what = f"The assessment of {max(closed)} is closed, and no other is open to members."
        fix = "Answers come too late now. The manager opens the next one with: assess open"
    else:
        what = "No assessment is open to members."
        fix = "The manager opens one with: assess open"
    raise AssessError(Problem(what, str(store.path), fix))


def answer_as_member(
    store: Store, asker: Asker, team: TeamName | None, questionnaire: str | None
) -> None:
    """Ask one member everything, and keep it without a name, order or time.

    Raises:
        KeyboardInterrupt: The person stopped; the draft keeps what was answered.
    """
    kept = find_open(store, team, questionnaire)
    asker.say(
        f"The assessment of {kept.team}, {kept.date}. What you answer is confidential: only "
        f"means are shown, from {kept.minimum} members on, once the assessment is closed."
    )
    # The questions are those with which it was opened, whatever the files say since.
    asked = store.load_assessment(kept.key).questionnaire
    draft = _find_own_draft(store, asker, kept) or store.start_draft(
        asked, kept.team, kept.date, "member"
    )
    ask_questions(store, asker, draft)
    store.finish_draft(draft.id)


def collect_files(
    library: Library, store: Store, paths: Iterable[Path], team: TeamName | None = None
) -> tuple[tuple[Intake, ...], tuple[KeptAssessment, ...]]:
    """Take in members' answers files, and return what became of each, and of what.

    A file that is named twice counts once; so does one that was taken in before.

    Raises:
        AnswersError: With every problem of every file; nothing is kept then.
    """
    as_opened = _questionnaires_as_opened(store)
    given: list[tuple[Questionnaire, Answers]] = []
    problems: list[Problem] = []
    for path in {path.resolve(): path for path in paths}.values():
        try:
            answers, questionnaire = read_answers_file(path, library, as_opened)
            refuse_other_team(path, answers.team, team)
        except AnswersError as error:
            problems.extend(error.problems)
            continue
        given.append((questionnaire, answers))
        problems.extend(_misplaced(store, path, answers))
    if problems:
        raise AnswersError(*problems)
    outcomes = store.collect_members(given)
    return outcomes, _list_answered(store, [answers for _, answers in given])


def _find_own_draft(store: Store, asker: Asker, kept: KeptAssessment) -> Draft | None:
    """Return the draft that the person says is theirs; nothing tells whose is whose."""
    begun = {
        draft.id: draft
        for draft in store.drafts()
        if draft.respondent == "member" and draft.key == kept.key and draft.by_question
    }
    if not begun:
        return None
    choices = {
        _NEW: "Begin with my own answers",
        **{number: f"Go on with mine: {_extent(draft)}" for number, draft in begun.items()},
    }
    chosen = ask_choice(asker, "Somebody began and did not send. Was it you?", choices)
    return begun.get(chosen)


def _extent(draft: Draft) -> str:
    count = len(draft.questionnaire.questions)
    return f"{count - len(draft.unanswered)} of {count} questions answered"


def _questionnaires_as_opened(store: Store) -> Mapping[str, Questionnaire]:
    """Return the questionnaires with which assessments were opened, by id."""
    return {
        kept.questionnaire: store.load_assessment(kept.key).questionnaire
        for kept in store.history()
        if kept.state == "open"
    }


def _misplaced(store: Store, path: Path, answers: Answers) -> list[Problem]:
    """Return why a file's answers are not those of a member of an open assessment."""
    if answers.respondent != "member":
        return [
            Problem(
                f"These are the answers of the {answers.respondent}, not of a member.",
                f"{path}, respondent",
                f"Give them with: assess run --answers {path.name}",
            )
        ]
    states = [k.state for k in _list_of_day(store, answers)]
    if "open" in states:
        return []
    what = f"No assessment of {answers.team} on {answers.date} is open to members."
    fix = "Correct team or date, or open it first: assess open"
    if "closed" in states:
        what = f"The assessment of {answers.team} on {answers.date} is closed; this comes too late."
        fix = "Leave this file out; answer in the next assessment."
    return [Problem(what, str(path), fix)]


def _list_answered(store: Store, given: Sequence[Answers]) -> tuple[KeptAssessment, ...]:
    return tuple(dict.fromkeys(kept for answers in given for kept in _list_of_day(store, answers)))


def _list_of_day(store: Store, answers: Answers) -> list[KeptAssessment]:
    return [kept for kept in store.history(answers.team) if kept.key == answers.key]
