"""An assessment with members: opened, answered, collected, closed once.

What is promised to members stands in docs/confidentiality.md. Nothing here hands out what
a member answered, nor when.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from assess.answers import FEWEST_MEMBERS, Answer, Answers, KeptAssessment
from assess.documents.membership import describe_codes, describe_hour
from assess.errors import AssessError, Problem
from assess.figures import count
from assess.identity import AssessmentKey
from assess.interview.asker import Asker, Blank
from assess.interview.order import interview
from assess.interview.prompts import ask_about, ask_usable
from assess.invitation import FEWEST_INVITED, code_problem
from assess.pages.membership import (
    THANKS,
    Opened,
    greet_member,
    make_codes_page,
    make_hour_page,
    plan_hour,
)
from assess.questionnaire import Questionnaire, read_about
from assess.record import record
from assess.store import Store
from assess.workflow.assessing.answering import find_last_said, list_open
from assess.workflow.finding import Errand, find_kept, find_questionnaire
from assess.workflow.frozen import joint_answer_until
from assess.workflow.keeping import choose_one, list_kept, score_kept
from assess.workflow.outcome import Outcome, tell

USUAL_MINIMUM: Final = 5


# --- Opening ---

_PLAN_WAITS: Final = (
    "The plan that is under way goes on, and so do its check-ins; planning anew waits until "
    "members have answered: assess close"
)


@record
class Opening:
    """What the command line fixes of an opening; `said` is of the start profile, ENTRY=CHOICE."""

    invite: int
    minimum: int | None = None
    said: Sequence[str] = ()
    same_members: bool = False


def open_to_members(errand: Errand, asker: Asker | None, fixed: Opening) -> Outcome:
    """Let so many members answer from now on, and return their codes.

    Raises:
        AssessError: So few are invited that no minimum protects them, or it was not chosen; or
            another assessment of the team is still open: members could not know which one they
            answer.
    """
    store, team = errand.store, errand.named or errand.team
    key = AssessmentKey(team, find_questionnaire(errand, team), errand.today)
    questionnaire = _fit_to_team(errand, asker, key, fixed.said)
    for other in list_open(store, team, questionnaire.id):
        if other.date != key.day:
            what = f"An assessment of {other.team} is open already, that of {other.date}."
            fix = "Close it first: assess close"
            raise AssessError(what, str(store.path), fix)
    before = find_kept(store, key)
    codes = store.open_assessment(
        questionnaire,
        team,
        key.day,
        invite=fixed.invite,
        minimum=choose_minimum(fixed.invite, fixed.minimum),
        same_members=fixed.same_members,
    )
    kept = find_open(replace(errand, named=team, asked=questionnaire.id))
    outcome = _show_codes(store, kept, codes, fixed.same_members)
    return replace(outcome, messages=(_PLAN_WAITS,)) if before and before.plan else outcome


def _fit_to_team(
    errand: Errand, asker: Asker | None, key: AssessmentKey, said: Sequence[str]
) -> Questionnaire:
    """Return what everybody will be asked: the questions that go with the start profile.

    What is not `said`, as ENTRY=CHOICE, is asked, or stays as last time where nobody can be; with
    answers of that date it is fixed.
    """
    store, questionnaire = errand.store, errand.library.questionnaire(key.questionnaire)
    problems: list[Problem] = []
    table = dict(text.partition("=")[::2] for text in said)
    given = read_about(table, questionnaire, "--about", problems)
    if problems:
        raise AssessError(*problems)
    if (kept := store.find_assessment(key)) is not None:
        return kept.questionnaire.fitted(given) if given else kept.questionnaire
    begun = [draft.questionnaire.said for draft in store.drafts() if draft.key == key]
    earlier = store.load_assessments(key.team, key.questionnaire)
    last = begun[-1] if begun else find_last_said(earlier)
    if asker is not None:
        unsaid = [entry for entry in questionnaire.about if entry.id not in given]
        given |= ask_about(asker, unsaid, last)
    return questionnaire.fitted({**last, **given})


def choose_minimum(invite: int, minimum: int | None) -> int:
    """Return from how many answers on results are shown; with few members it must be said."""
    if invite < FEWEST_INVITED:
        raise AssessError(
            f"{count(invite, 'member')} cannot be asked in confidence: each could be told "
            "from the others.",
            "--invite",
            "Answer together instead: assess run --as consensus",
        )
    if minimum is None and invite < USUAL_MINIMUM:
        raise AssessError(
            f"With {invite} members the usual minimum of {USUAL_MINIMUM} is out of reach.",
            "--minimum",
            f"Choose it, and tell the members: --minimum {FEWEST_MEMBERS}. "
            "Or answer together: assess run --as consensus",
        )
    return USUAL_MINIMUM if minimum is None else minimum


def invite_more(errand: Errand, more: int) -> Outcome:
    """Invite more members to what is open, as long as nobody answered."""
    codes = errand.store.invite_more(find_open(errand).key, more)
    return _show_codes(errand.store, find_open(errand), codes)


def replace_code(errand: Errand, code: str) -> Outcome:
    """Give a new code for one that was lost and not used."""
    kept = find_open(errand)
    return _show_codes(errand.store, kept, (errand.store.replace_code(kept.key, code),))


def find_open(errand: Errand) -> KeptAssessment:
    """Return the assessment that members can answer now."""
    there = list_kept(errand)
    if opened := [kept for kept in there if kept.state == "open"]:
        return choose_one(opened)
    closed = [kept.date for kept in there if kept.state == "closed"]
    if closed:
        what = f"The assessment of {max(closed)} is closed, and no other is open to members."
        fix = "Answers come too late now. The next one is opened with: assess open --invite 5"
    else:
        what = "No assessment is open to members."
        fix = "The manager opens one with: assess open --invite 5"
    raise AssessError(what, str(errand.store.path), fix)


def _show_codes(
    store: Store, kept: KeptAssessment, codes: Sequence[str], same_members: bool | None = None
) -> Outcome:
    asked = store.load_assessment(kept.key).questionnaire
    page = make_codes_page(Opened(kept, asked.of_members), codes)
    document = describe_codes(kept, codes, same_members=same_members)
    return Outcome((page,), lambda: document).about(store, kept.key)


# --- A member answers ---


def answer_as_member(errand: Errand, asker: Asker, code: str | None) -> Outcome:
    """Ask one member everything, and keep it without a name, order or time."""
    store, kept = errand.store, find_open(errand)
    # The questions are those with which it was opened, whatever the files say since.
    asked = store.load_assessment(kept.key).questionnaire.of_members
    for text in greet_member(Opened(kept, asked)):
        asker.say(text)
    # As it was typed, once it may be a code: a slip is found at once.
    blank = Blank("Your code?", "The one that you were given for this assessment.")
    seat = store.take_seat(kept.key, code or ask_usable(asker, blank, code_problem))
    given = dict(store.load_begun(seat))

    def keep(question: str, answer: Answer) -> None:
        given[question] = answer
        store.put_begun(seat, given)

    result = interview(asked, asker, dict(given), keep, is_member=True)
    answers = Answers(
        asked.id, asked.version, kept.team, kept.date, "member", result.answers, about=asked.said
    )
    store.send_begun(seat, asked, answers)
    return tell(THANKS)


# --- The joint answer ---


def find_joint(errand: Errand) -> tuple[KeptAssessment, date]:
    """Return the assessment whose joint answer may still be given, and until when."""
    there = [kept for kept in list_kept(errand) if kept.state != "alone"]
    waiting = [kept for kept in there if not kept.consensus]
    for kept in sorted(waiting, key=lambda one: one.date, reverse=True):
        until = joint_answer_until(kept.closed or errand.today)
        if errand.today <= until:
            return kept, until
    raise AssessError(
        "No assessment waits for the joint answer of the team.",
        str(errand.store.path),
        "It can be given until 30 days after closing; or at any day by itself: "
        "assess run --as consensus",
    )


def prepare_hour(errand: Errand) -> Outcome:
    """Return how the team finds its joint answer: which questions, in which order."""
    store, (kept, until) = errand.store, find_joint(errand)
    asked = store.load_assessment(kept.key).questionnaire
    result = score_kept(store, kept)
    page = make_hour_page(str(kept.team), kept.date, until, asked, result)
    parts = [
        (*part, [q.id for q in asked.by_dimension[part[0]]]) for part in plan_hour(asked, result)
    ]
    outcome = Outcome((page,), lambda: describe_hour(kept, until, parts))
    return outcome.about(store, kept.key)
