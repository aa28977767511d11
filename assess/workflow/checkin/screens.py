"""The screens of a check-in in their order."""

from collections.abc import Callable, Mapping
from typing import Final

from assess.checkin.status import find_due
from assess.documents.said import Confirmation
from assess.interview.asker import Marked
from assess.interview.looking_back import MISSING, WHERE, done_sheet, done_when_card
from assess.pages.checkin_end import end_of_week
from assess.workflow.aims.desk import followed_in, open_desk
from assess.workflow.checkin.beside_steps import ask_more
from assess.workflow.checkin.figures import ask_figures_of, list_due_figures
from assess.workflow.checkin.late_steps import ask_late
from assess.workflow.checkin.reviewing import ask_pulse
from assess.workflow.checkin.talk import Talk


def _ask_ticks(talk: Talk) -> None:
    checkin = talk.reading.checkin
    tasks = (
        checkin.in_state("open") if checkin.is_over else find_due(checkin, end_of_week(talk.today))
    )
    # Own tasks without a date would else never come up.
    undated = (s for s in checkin.own if s.state == "open" and s.due is None)
    by_id = {status.id: status for status in (*tasks, *undated)}
    if not by_id:
        return
    before = talk.said.without_ticks(frozenset(by_id))
    given = [s for s in by_id if (one := talk.said.by_step.get(s)) and one.state == "done"]

    def keep(marked: Marked) -> None:
        ticked = [talk.agreement(by_id[s], state="done") for s in by_id if s in marked]
        talk.keep(before.agree(*ticked))

    rows = tuple(map(talk.row, by_id.values()))
    talk.asker.mark(done_sheet(rows, given, is_over=checkin.is_over), keep)


def _ask_done_when(talk: Talk) -> None:
    put_off = {name for one in talk.reading.kept.checkins for name in one.said.put_off}
    for action in talk.after.actions:
        if not action.is_to_be_confirmed or not action.done_when:
            continue
        if action.id in put_off or action.id in talk.said.put_off:
            continue
        holds = talk.asker.choose(done_when_card(action.title, action.done_when))
        if not holds:
            talk.keep(put_off=(*talk.said.put_off, action.id))
            continue
        _confirm(talk, action.id, holds=holds == "yes")
        if holds == "yes" and (where := talk.asker.write(WHERE)):
            _confirm(talk, action.id, holds=True, where=where)
        elif holds == "no" and (missing := talk.asker.write(MISSING)):
            _confirm(talk, action.id, holds=False, missing=missing)


def _confirm(talk: Talk, action: str, *, holds: bool, **more: str) -> None:
    one = Confirmation(action=action, on=talk.today, holds=holds, **more)
    others = (c for c in talk.said.confirmed if c.action != action)
    talk.keep(confirmed=(*others, one))


def _ask_figures(talk: Talk) -> None:
    assessment = talk.reading.assessment
    desk = open_desk(talk.errand)
    is_milestone = talk.reading.checkin.review is not None
    followed = followed_in(desk.aims.goals, assessment.questionnaire, talk.reading.actions)
    due = list_due_figures(followed, talk.today, is_milestone=is_milestone)
    talk.asked_figures = bool(due)
    talk.kept = ask_figures_of(desk, due, talk.asker) if due else ()


SCREENS: Final[Mapping[str, Callable[[Talk], None]]] = {
    "ticks": _ask_ticks,
    "late": ask_late,
    "done-when": _ask_done_when,
    "figures": _ask_figures,
    "more": ask_more,
    "pulse": ask_pulse,
}
