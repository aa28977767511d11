"""What may still be answered of an assessment whose members' part is closed."""

from datetime import date, timedelta
from typing import Final

from assess.answers import Assessment, Respondent
from assess.errors import AnswersError, AssessError
from assess.figures import long_day
from assess.identity import AssessmentKey
from assess.workflow.finding import Errand, find_kept

DAYS_FOR_JOINT_ANSWER: Final = 30


def refuse_frozen(errand: Errand, key: AssessmentKey, respondent: Respondent) -> None:
    """Refuse to begin answers that cannot be kept any more.

    After closing the manager's answers stay as they are, and the team may give one joint
    answer within 30 days: else what members said could be tried against other answers.
    """
    kept = find_kept(errand.store, key)
    if kept is None or kept.state != "closed":
        return
    elsewhere = "Answer at another date: assess run"
    if respondent == "manager":
        what = "The manager's answers of this date stay as they are since the members' were closed."
        fix = "Answer once together (assess open --as consensus), or at another date: assess run"
    elif kept.consensus:
        what, fix = "The team has given its joint answer for this date.", elsewhere
    elif kept.closed is not None and errand.today > joint_answer_until(kept.closed):
        until = long_day(joint_answer_until(kept.closed))
        what, fix = f"A joint answer could be given until {until}.", elsewhere
    else:
        return
    raise AssessError(what, f"assessment of {kept.team}, {kept.date}", fix)


def joint_answer_until(closed: date) -> date:
    """Return the last day on which the team can give its joint answer."""
    return closed + timedelta(days=DAYS_FOR_JOINT_ANSWER)


def refuse_members_files(given: Assessment) -> None:
    """Refuse members' answers that did not come by an invitation."""
    if given.members:
        what = "The answers of members are taken in by their codes, and shown once all are in."
        fix = "Invite the members, then take their files in: assess collect ./"
        raise AnswersError(what, "respondent", fix)
