"""Finding the hours: recurring work listed, decided about, taken in and written out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from assess.commands import join_command
from assess.datafile import format_lines
from assess.document.dates import read_day
from assess.documents.goals import describe_hours
from assess.errors import AssessError, Problem, nearest
from assess.figures import Hours, count, short_day
from assess.goals.goal import fold_title
from assess.goals.recurring import (
    FREES,
    Decision,
    IfStopped,
    RecurringWork,
    find_candidates_to_stop,
    read_hours,
    read_recurring,
)
from assess.interview.asker import BACK_SIGN, Asker, goes_back
from assess.interview.goal_questions import make_id
from assess.interview.prompts import ask_choice, ask_line
from assess.library.files import read_toml, write_new
from assess.pages.checkin import say_no_day
from assess.pages.hours import IF_STOPPED, describe_decision, make_hours_page
from assess.planning.calendar import next_monday
from assess.workflow.aims.desk import Desk
from assess.workflow.outcome import Outcome

_CHOICES: Final[Mapping[Decision, str]] = {
    "stop": "Stop it",
    "halve": "Halve it",
    "hand-over": "Hand it over to others",
    "keep": "Keep it",
    "open": "Decide later",
}
_HEAD: Final = "[[recurring]]\n"


Works = tuple[RecurringWork, ...]


def change_works(desk: Desk, changing: Callable[[Works], Iterable[RecurringWork]]) -> Desk:
    """Keep what a change makes of the recurring work as it is now."""
    return desk.change(lambda aims: replace(aims, works=tuple(changing(aims.works))))


def _change_one(desk: Desk, name: str, changing: Callable[[RecurringWork], RecurringWork]) -> Desk:
    """Keep what a change makes of one kind of work as it is now."""

    def change(works: Works) -> list[RecurringWork]:
        found = find_work_called(works, name)
        return [changing(work) if work is found else work for work in works]

    return change_works(desk, change)


def show_hours(desk: Desk, *said: str) -> Outcome:
    """Return what fills the weeks, what may stop, and the hours in all."""
    # As last said or planned, without any decision.
    planned = desk.plan.written.hours_per_week if desk.plan else None
    said_last = desk.store.last_hours(desk.team)
    free = planned if said_last is None else said_last
    page = make_hours_page(desk.team, desk.works, free)

    files = {".toml": partial(write_hours, desk)}
    return Outcome(
        (page,), lambda: describe_hours(desk.team, desk.works, free), messages=said, files=files
    )


def add_work(desk: Desk, title: str, hours: Hours, if_stopped: IfStopped) -> Desk:
    """Keep one more kind of work."""

    def add(works: Works) -> Works:
        for work in works:
            if fold_title(title) == fold_title(work.title):
                what = f"There is recurring work called '{title}' already."
                fix = f"Change it with: {join_command('hours', 'edit', work.id)}"
                raise AssessError(what, "TITLE", fix)
        name = make_id(title, [work.id for work in works])
        return (*works, RecurringWork(id=name, title=title, hours=hours, if_stopped=if_stopped))

    return change_works(desk, add)


def _leave_out(title: str, works: Works) -> Works:
    gone = find_work_called(works, title)
    return tuple(work for work in works if work is not gone)


def edit_work(desk: Desk, name: str, **changes: Any) -> Desk:
    """Change what is said of one kind of work."""
    given = {key: value for key, value in changes.items() if value is not None}
    return _change_one(
        desk, name, lambda work: RecurringWork.model_validate({**work.model_dump(), **given})
    )


def decide(desk: Desk, name: str, decision: Decision, day: date | None) -> Desk:
    """Keep what was decided of one kind of work; without a day it holds from next Monday on."""
    begins = (day or next_monday(desk.today)) if FREES[decision] else None
    facts = {"decision": decision, "decided_from": begins, "done": False, "back": None}
    return _change_one(desk, name, lambda work: work.model_copy(update=facts))


def confirm_work(desk: Desk, name: str, *, is_done: bool) -> Desk:
    """Keep that a decision really holds, or that the work came back today."""

    def confirm(work: RecurringWork) -> RecurringWork:
        if not FREES[work.decision]:
            what = f"Nothing was decided about '{work.title}' that frees hours."
            fix = f"Decide first: {join_command('hours', 'decide', work.id, 'stop')}"
            raise AssessError(what, work.id, fix)
        back = None if is_done else desk.today
        return work.model_copy(update={"done": is_done, "back": back})

    return _change_one(desk, name, confirm)


def find_work_called(works: Sequence[RecurringWork], name: str) -> RecurringWork:
    """Return the work of an id or a title."""
    for work in works:
        if name == work.id or fold_title(name) == fold_title(work.title):
            return work
    fix = nearest(name, (work.id for work in works)) if works else "Add it: assess hours add"
    raise AssessError(f"There is no recurring work '{name}'.", "ID", fix)


# --- Files ---


def import_hours(desk: Desk, path: Path, *, replace_kept: bool) -> Desk:
    """Take in recurring work from a TOML file, all or nothing; twice changes nothing."""
    problems: list[Problem] = []
    given = read_recurring(read_toml(path, AssessError), problems)
    known = {work.id: work for work in desk.works}
    for work in given:
        if work.id in known and known[work.id] != work and not replace_kept:
            what = f"The work '{work.id}' is kept already, and says something else."
            fix = "Use --replace, and the file's takes its place."
            problems.append(Problem(what, f"recurring[id={work.id}]", fix))
        known[work.id] = work
    if problems:
        raise AssessError(*problems).located(str(path))
    return change_works(desk, lambda _: known.values())


def write_hours(desk: Desk, out: Path) -> None:
    """Write the recurring work as a file that `import_hours` takes."""
    write_new(out, "\n".join(map(_entry, desk.works)), lambda there: there.startswith(_HEAD))


def _entry(work: RecurringWork) -> str:
    facts = work.model_dump(by_alias=True, exclude_none=True)
    return _HEAD + "".join(f"{line}\n" for line in format_lines(facts))


# --- With somebody who answers ---


def ask_hours_found(desk: Desk, asker: Asker) -> Desk:
    """Ask what fills the weeks, line by line, then about the three that may stop.

    Each answer is kept at once.
    """
    first, former, added = "What does the team do every week that takes time?", "", list[str]()
    hint = f"One thing; Enter ends the list, {BACK_SIGN} goes back."
    while title := ask_line(asker, "What else?" if added else first, hint, former):
        is_back, former = goes_back(title, former), ""
        if is_back:
            if added:
                former = added.pop()
                desk = change_works(desk, partial(_leave_out, former))
            continue
        if isinstance(hours := _ask_hours(asker, title), str):
            former = title if hours else ""
            continue
        choices = {str(key): text for key, text in IF_STOPPED.items()}
        chosen = ask_choice(asker, "What happens if it stops for a month?", choices)
        try:
            desk = add_work(desk, title, hours, next(k for k in IF_STOPPED if k == chosen))
            added.append(title)
        except AssessError as error:
            asker.say(error.what)
    for work in find_candidates_to_stop(desk.works):
        desk = _ask_decision(desk, asker, work)
    return desk


def _ask_hours(asker: Asker, title: str) -> Hours | str:
    """Return the hours of some work; the sign of going back, or nothing where it is skipped."""
    ask = f"How many hours a week does “{title}” take, all together?"
    while typed := ask_line(asker, ask, f"Enter skips it, {BACK_SIGN} goes back."):
        if (hours := read_hours(typed)) is not None:
            return hours
        if goes_back(typed):
            return BACK_SIGN
        asker.say(f"“{typed}” is no number of hours in steps of a quarter, as 2 or 1.5.")
    return ""


def _ask_decision(desk: Desk, asker: Asker, work: RecurringWork) -> Desk:
    ask = f"“{work.title}”, {count(work.hours, 'hour')} a week: what becomes of it?"
    chosen = ask_choice(asker, ask, {str(key): text for key, text in _CHOICES.items()})
    decision = next(known for known in _CHOICES if known == chosen)
    day = None
    while FREES[decision] and day is None:
        monday = next_monday(desk.today)
        hint = f"As in {monday} or {short_day(monday)}. Enter takes that."
        typed = ask_line(asker, "From when on?", hint)
        if (day := read_day(typed, desk.today) if typed else monday) is None:
            asker.say(say_no_day(typed, None, monday))
    return decide(desk, work.id, decision, day)


def describe_kept(desk: Desk, name: str) -> str:
    """Say how one kind of work stands now."""
    work = find_work_called(desk.works, name)
    return f"{work.title}: {describe_decision(work)}."
