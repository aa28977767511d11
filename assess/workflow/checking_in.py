"""The weekly check-in: the plan read back, what people say to it, and the rest planned anew."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from assess.checkin import CheckIn
from assess.commands import join_command
from assess.documents.checkin import describe_checkin
from assess.documents.kept import Blocker
from assess.interview import Asker, ask_line, ask_yes_no
from assess.interview.looking_back import ask_cause, ask_lines
from assess.library import Library
from assess.pages.blocks import Page
from assess.pages.checkin import make_checkin_page
from assess.pages.next import next_section
from assess.store import Store
from assess.workflow.checkins import Reading, Said, keep_checkin, list_unbacked_claims
from assess.workflow.drawing import describe_replan, draw_plan, writing
from assess.workflow.outcome import Outcome, find_options, write_outcome
from assess.workflow.plans import Wishes


def show_checkin(store: Store, reading: Reading, said: Said | None = None) -> Outcome:
    """Return where a plan stands, with what was said."""
    said = said or Said()
    page = make_checkin_page(
        reading.checkin,
        wins=said.wins,
        blockers=[(blocker.text, blocker.cause or "") for blocker in said.blockers],
        claims=list_unbacked_claims(reading.assessment),
    )

    def describe() -> Mapping[str, Any]:
        return describe_checkin(reading.checkin).as_json()

    assessment = reading.assessment
    options = find_options(store, assessment.team, assessment.questionnaire.id)
    next_step = (
        ("Its weeks are over; assess again:", join_command("run"))
        if reading.checkin.is_over
        else ("Plan the rest anew, from this week on:", join_command("plan"))
    )
    end = next_section((), next_step)
    screen = Page(page.title, (*page.sections, end))
    return Outcome((page,), describe, screen=screen, options=options)


def keep_said(store: Store, reading: Reading, said: Said, out: Path | None) -> None:
    """Keep a check-in, and write it if there is to be a file."""
    if out is not None:
        write_outcome(show_checkin(store, reading, said), out)
    keep_checkin(store, reading, said)


def ask_and_keep(store: Store, asker: Asker, reading: Reading, out: Path | None) -> None:
    """Ask what there is to say, and keep it even if somebody stops on the way."""
    said = Said()
    try:
        for so_far in _ask(asker, reading.checkin):
            said = so_far
    finally:
        keep_said(store, reading, said, out)


def offer_replan(library: Library, store: Store, asker: Asker, reading: Reading) -> tuple[str, ...]:
    """Plan the rest anew if that is wanted, and say what changed."""
    if reading.checkin.is_over or not ask_yes_no(
        asker, "Plan the rest anew from this week on?", default=False
    ):
        return ()
    today = reading.checkin.date
    drawn = draw_plan(library, store, reading.assessment, Wishes(), reading.path, today)
    with writing(store, reading.assessment, drawn):
        pass
    return (*describe_replan(drawn), *drawn.warnings, f"Written to {drawn.file.path}")


def _ask(asker: Asker, checkin: CheckIn) -> Iterator[Said]:
    """Yield all that was said so far, anew with every line, so that none is lost to Ctrl-C."""
    said = Said()
    for win in ask_lines(asker, "What went well since last time?"):
        said = replace(said, wins=(*said.wins, win))
        yield said
    for text in ask_lines(asker, "What held you up?"):
        blocker = Blocker(text=text)
        yield replace(said, blockers=(*said.blockers, blocker))
        blocker = Blocker(text=text, cause=ask_cause(asker, text))
        said = replace(said, blockers=(*said.blockers, blocker))
        yield said
    for about, question in _open_questions(checkin):
        if answer := ask_line(asker, question):
            said = replace(said, notes=(*said.notes, f"{about} {answer}"))
            yield said


def _open_questions(checkin: CheckIn) -> Iterator[tuple[str, str]]:
    """Yield what else to ask, with what to note before the answer."""
    for status in checkin.in_state("late"):
        yield f"{status.wording} Next:", f"Late: {status.wording} What is the next step, and when?"
    for question in checkin.review.questions if checkin.review else ():
        yield question, question
