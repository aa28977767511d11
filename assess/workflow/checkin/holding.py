"""The weekly check-in: what is asked in which order, and all of it written at once.

Every answer is kept as it is given, in the store; the plan's file is written at the end. So whoever
is stopped loses nothing, and goes on where it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from assess.checkin.status import CheckIn
from assess.commands import join_command
from assess.document.reviews import list_reviews
from assess.documents.checkin import describe_checkin_report
from assess.documents.kept import KeptCheckin
from assess.documents.plan import describe_plan, read_plan_record
from assess.documents.said import Said
from assess.errors import AssessError
from assess.interview.asker import Asker
from assess.interview.looking_back import ask_to_write
from assess.pages.blocks import Page, next_section
from assess.pages.checkin import make_checkin_page
from assess.pages.checkin_end import (
    describe_said,
    make_end_page,
    make_message,
    next_deadline,
    praise,
)
from assess.pages.goals import list_under_way
from assess.planning.calendar import review_dates
from assess.store import Store
from assess.workflow.checkin.reading import Reading, join_said, keep_checkin
from assess.workflow.checkin.screens import SCREENS
from assess.workflow.checkin.talk import Talk
from assess.workflow.finding import Errand
from assess.workflow.history import list_goals
from assess.workflow.outcome import Outcome
from assess.workflow.papers import Paper, read_paper
from assess.workflow.plan.basis import Wishes
from assess.workflow.plan.drawing import Drawn, describe_replan, draw_plan, keep_drawn
from assess.workflow.plan.files import PlanFile, writing_plan
from assess.workflow.plan.promising import tell_so_far
from assess.workflow.plan.replanning import fix_promise

_MOST_CHANGES: Final = 5


def show_checkin(store: Store, reading: Reading) -> Outcome:
    """Return where a plan stands, with what was said since it began."""
    kept, checkin = reading.kept, reading.checkin
    page = make_checkin_page(checkin, _since_last(reading), tell_so_far(kept, checkin.marks))
    end = next_section((), _find_next(checkin))
    screen = Page(page.title, (*page.sections, end))
    goals = list_under_way(list_goals(store, reading.assessment), reading.today)
    page = Page(page.title, (*page.sections, goals))
    message = _last_message(reading)
    return Outcome((page,), lambda: _describe(reading, checkin, message), screen=screen).about(
        store, reading.assessment.key
    )


def show_message(reading: Reading) -> Outcome:
    """Return the lines of the last check-in for the team's chat."""
    return Outcome((), dict, text="".join(f"{line}\n" for line in _last_message(reading)))


def _last_message(reading: Reading) -> tuple[str, ...]:
    checkins = reading.kept.checkins
    said = checkins[-1].said if checkins else Said()
    return make_message(reading.checkin, _marks_before(reading), said)


def keep_report(store: Store, reading: Reading) -> None:
    """Keep what the file says as a check-in, with what was said by commands.

    One that is under way in a terminal stays as it is.
    """
    said = reading.kept.said
    with store.together():
        keep_checkin(store, reading, reading.checkin, Said() if said.asked else said)
        if said.asked:
            store.keep_said(reading.assessment.key, said)


def hold_checkin(errand: Errand, asker: Asker, reading: Reading) -> Outcome | None:
    """Hold a check-in with somebody, and write what it comes to; None where it was forgotten."""
    store, talk = errand.store, Talk(errand, asker, reading)
    talk.open()
    for name, ask in SCREENS.items():
        if name not in talk.said.asked:
            ask(talk)
            talk.keep(asked=(*talk.said.asked, name))
    drawn, failed = _draw(errand, reading, talk.said)
    told = describe_replan(drawn) if drawn else failed
    changes = (*talk.kept, *(*describe_said(talk.said), *told)[:_MOST_CHANGES])
    if talk.has_spoken and not ask_to_write(asker, changes):
        store.keep_said(reading.assessment.key, Said())
        return None
    checkin = _write(errand, reading, talk.said, drawn)
    return _show_end(store, reading, talk, checkin, () if talk.has_spoken else changes)


def _draw(errand: Errand, reading: Reading, said: Said) -> tuple[Drawn | None, tuple[str, ...]]:
    """Return the rest of the plan made anew where that is wanted, or why it cannot be.

    The day of a check-in is no day to do work on: on a Friday the rest begins on Monday.
    """
    if reading.is_last_day or not (said.replans or said.off or said.hours):
        return None, ()
    errand = replace(errand, today=errand.today + timedelta(days=1))
    written = reading.kept.written
    paper = Paper(reading.path, reading.edited(said), written.text)
    off = (*map(str, (*written.weeks_off, *written.days_off)), *said.off) if said.off else ()
    wishes = Wishes(hours=said.hours, off=off)
    try:
        drawn = draw_plan(errand, reading.assessment, wishes, reading.path, paper)
    except AssessError as error:
        return None, (error.problems[0].what,)
    fixed = fix_promise(reading.kept, reading.today, is_worked_on=True)
    # That an agreement stays is no news.
    agreed = {**join_said(reading.kept).by_step, **said.by_step}
    changes = tuple(c for c in drawn.file.changes if c.kind != "kept-wording" or c.id not in agreed)
    file = replace(drawn.file, before=reading.paper.text, changes=changes)
    return replace(drawn, file=file, fixed=fixed), ()


def _write(errand: Errand, reading: Reading, said: Said, drawn: Drawn | None) -> CheckIn:
    """Write the plan's file and keep the check-in: all of it or nothing."""
    paper = read_paper(reading.path, reading.kept.written.text)
    if paper is not None and paper.text != reading.paper.text:
        # Somebody worked on the file meanwhile: what was said is put into it as it is now.
        reading = replace(reading, paper=paper)
        drawn, _ = _draw(errand, reading, said)
    if drawn is None:
        text, last_written = reading.edited(said), reading.kept.written.text
        file = PlanFile(reading.path, last_written, text, reading.paper.text)
        record = read_plan_record(reading.kept.written.document)
    else:
        file, record = drawn.file, read_plan_record(describe_plan(drawn.plan))
    checkin = reading.review(file.document, record, said)
    # A plan made anew has no action that was dropped; who looks back has to know of it.
    there = {action.id for action in checkin.actions}
    gone = [
        # Numbers are for steps that one can still name.
        replace(action, steps=tuple(replace(step, place=0) for step in action.steps))
        for action in reading.after(said).actions
        if action.state == "dropped" and action.id not in there
    ]
    checkin = replace(checkin, actions=(*checkin.actions, *gone))
    written = (one.model_copy(update={"written": True}) for one in said.agreements)
    said = said.model_copy(update={"agreements": tuple(written)})
    store = errand.store
    with store.together():
        if drawn is not None:
            keep_drawn(store, reading.assessment, drawn)
        keep_checkin(store, reading, checkin, said)
        # The file comes last: whoever is killed behind it finds all that was said still in the
        # store, and saying it once more changes nothing.
        with writing_plan(file):
            pass
    return checkin


def _show_end(
    store: Store, reading: Reading, talk: Talk, checkin: CheckIn, told: tuple[str, ...]
) -> Outcome:
    before = {**_list_done(reading.kept.checkins), **reading.kept.marks}
    message = make_message(checkin, before, talk.said)
    set_up = talk.next_set_up
    next_step = (
        (set_up.text, join_command(*set_up.command)) if set_up else _find_next(checkin, True)
    )
    end = next_section((f"Written to {reading.path}",), next_step)
    word = praise(before, reading.checkin, checkin, talk.before)
    page = make_end_page(checkin, told, word, message, end)
    return Outcome((page,), lambda: _describe(reading, checkin, message), (), (), (), page).about(
        store, reading.assessment.key
    )


def _find_next(checkin: CheckIn, is_held: bool = False) -> tuple[str, str]:
    if checkin.is_over:
        return ("Its weeks are over; assess again:", join_command("run"))
    if is_held and checkin.review is not None:
        return ("At a review, the page for the board:", join_command("report", "--for", "board"))
    if is_held:
        return ("The message for the team again:", join_command("checkin", "--message"))
    late = checkin.in_state("late")
    if late and all(task in checkin.own for task in late):
        friday = str(next_deadline(checkin.date))
        command = join_command("step", str(late[0].place), "--to", friday)
        return ("What is late is your own, here or in the file:", command)
    if late:
        return ("Plan the rest anew, from this week on:", join_command("plan"))
    if is_open := checkin.in_state("open"):
        command = join_command("step", str(is_open[0].place), "--done")
        return ("Say what is done by its number:", command)
    return ("All of it is done; plan what comes next:", join_command("plan"))


def _since_last(reading: Reading) -> Said:
    """Return what was said at the last check-in, with all that was ever agreed and answered."""
    kept = reading.kept
    latest = kept.checkins[-1].said if kept.checkins else Said()
    every = join_said(kept)
    return latest.model_copy(update={"agreements": every.agreements, "answers": every.answers})


def _marks_before(reading: Reading) -> Mapping[str, bool]:
    """Return what was done at the check-in before the last one."""
    checkins = reading.kept.checkins
    last = min(checkins[-1].date, reading.today) if checkins else reading.today
    return _list_done([one for one in checkins if one.date < last])


def _list_done(checkins: Sequence[KeptCheckin]) -> Mapping[str, bool]:
    """Return whether it was done at the last of these, for each step and task of people's own."""
    found = checkins[-1].found if checkins else None
    steps = (*found.steps, *found.own) if found else ()
    return {step.id: step.state == "done" for step in steps}


def _describe(reading: Reading, checkin: CheckIn, message: tuple[str, ...]) -> Mapping[str, Any]:
    written = reading.kept.written
    reviews = list_reviews(review_dates(written.start, written))
    said, pace = join_said(reading.kept), reading.find_pace(checkin)
    return describe_checkin_report(checkin, said, pace, reviews, message)
