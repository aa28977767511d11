"""What is asked at a review: which "done when" is true today."""

from collections.abc import Iterator, Sequence

from assess.checkin.status import ActionStatus
from assess.documents.said import Confirmation
from assess.interview.asker import Marked, Option
from assess.interview.looking_back import true_sheet
from assess.pages.checkin import offer_lever
from assess.planning.calendar import WEEK
from assess.workflow.checkin.talk import Talk


def ask_pulse(talk: Talk) -> None:
    if not talk.is_full:
        ask_what_is_true(talk)


def ask_what_is_true(talk: Talk) -> None:
    """Ask at a review of every running or finished action whether its "done when" is true.

    What was asked a moment ago, when the last step was ticked, is not asked again.
    """
    review = talk.reading.checkin.review
    asked = {*talk.said.put_off, *(c.action for c in talk.said.confirmed)}
    actions = {
        a.id: a
        for a in talk.after.actions
        if a.done_when and (a.state == "started" or (a.state == "done" and a.id not in asked))
    }
    if review is None or not actions:
        return
    held = {name for name, action in actions.items() if action.holds}
    rows = [Option(a.id, a.title, note=" ".join(a.done_when)) for a in actions.values()]
    before = talk.said.confirmed

    def keep(marked: Marked) -> None:
        changed = [name for name in actions if (name in marked) != (name in held)]
        new = (Confirmation(action=name, on=talk.today, holds=name in marked) for name in changed)
        kept = tuple(c for c in before if c.action not in changed)
        talk.keep(confirmed=(*kept, *new))

    given = held | {c.action for c in talk.said.confirmed if c.holds}
    true = frozenset(talk.asker.mark(true_sheet(review.day, rows, given), keep))
    for name in true - held:
        for status in actions[name].steps:
            if status.state in ("open", "late"):
                talk.agree(status, state="done")
    still = [action for name, action in actions.items() if name not in true]
    if levers := tuple(_offer_levers(talk, still)):
        talk.asker.say(*levers)


def _offer_levers(talk: Talk, actions: Sequence[ActionStatus]) -> Iterator[str]:
    """Offer another lever for each action that stands still: nothing more is done for weeks."""
    then = [one for one in talk.reading.kept.checkins if talk.today - one.date > 3 * WEEK]
    done_then = {a.action: a.done for a in then[-1].found.actions} if then else {}
    for action in actions:
        levers = talk.reading.actions[action.id].levers
        stands = action.state == "started" and done_then.get(action.id) == action.done_of[0]
        if levers and stands:
            yield offer_lever(action.title, levers[-1])
