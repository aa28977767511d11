"""`assess checkin`: the plan read back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from assess.checkin import CheckIn
from assess.cli.command import command
from assess.cli.outfile import SHARED, OutFile, is_json, write_json
from assess.cli.settings import Settings
from assess.cli.showing import show_changes
from assess.cli.wiring import (
    can_ask,
    for_next,
    open_asker,
    open_console,
    open_kept,
    open_library,
    print_json,
)
from assess.documents.checkin import describe_checkin
from assess.documents.kept import Blocker
from assess.interview import Asker, ask_line, ask_yes_no
from assess.interview.looking_back import ask_cause, ask_lines
from assess.library import Library
from assess.library.files import write_new
from assess.media.markdown import render_markdown
from assess.pages.checkin import make_checkin_page
from assess.store import Store
from assess.workflow.checkins import (
    Reading,
    Said,
    keep_checkin,
    list_unbacked_claims,
    read_plan,
)
from assess.workflow.plans import Wishes
from assess.workflow.running import draw_plan, writing


@command(
    "checkin",
    "assess checkin",
    "assess checkin Lyon-2026-11-23.md --no-input",
    "assess checkin --out checkin-2026-12-04.md",
)
@click.argument("plan", metavar="[PLAN.md]", required=False, type=click.Path(path_type=Path))
@click.option("--out", type=OutFile(SHARED), help="Write it to share: .md or .json.")
def checkin_command(settings: Settings, plan: Path | None, out: Path | None) -> None:
    """Read the plan back: what is done, open and late, against the schedule.

    In a terminal it asks for wins and blockers, and offers to plan the rest anew.
    """
    library = open_library(settings)
    with open_kept(settings) as store:
        reading = read_plan(
            library, store, plan, settings.team, settings.questionnaire, settings.today
        )
        assessment = reading.assessment
        settings = for_next(settings, store, assessment.team, assessment.questionnaire.id)
        if settings.json:
            _keep(store, reading, Said(), out)
            print_json(describe_checkin(reading.checkin).as_json())
            return
        console = open_console(settings)
        claims = list_unbacked_claims(reading.assessment)
        console.show_page(make_checkin_page(reading.checkin, claims=claims))
        if not can_ask(settings):
            _keep(store, reading, Said(), out)
            return
        asker = open_asker(settings)
        _ask_and_keep(store, asker, reading, out)
        if out is not None:
            console.say(f"Written to {out}")
        if reading.checkin.in_state("late"):
            _offer_replan(settings, library, store, asker, reading)


def _keep(store: Store, reading: Reading, said: Said, out: Path | None) -> None:
    """Keep a check-in, and write it if there is to be a file."""
    if out is not None and is_json(out):
        write_json(out, describe_checkin(reading.checkin).as_json())
    elif out is not None:
        blockers = [(blocker.text, blocker.cause or "") for blocker in said.blockers]
        page = make_checkin_page(reading.checkin, wins=said.wins, blockers=blockers)
        write_new(out, render_markdown(page))
    keep_checkin(store, reading, said)


def _ask_and_keep(store: Store, asker: Asker, reading: Reading, out: Path | None) -> None:
    """Ask what there is to say, and keep it even if somebody stops on the way."""
    said = Said()
    try:
        for so_far in _ask(asker, reading.checkin):
            said = so_far
    finally:
        _keep(store, reading, said, out)


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


def _offer_replan(
    settings: Settings, library: Library, store: Store, asker: Asker, reading: Reading
) -> None:
    if not ask_yes_no(asker, "Plan the rest anew from this week on?", default=False):
        return
    drawn = draw_plan(library, store, reading.assessment, Wishes(), reading.path, settings.today)
    console = open_console(settings)
    show_changes(console, drawn)
    with writing(store, reading.assessment, drawn):
        pass
    console.say(f"Written to {drawn.file.path}")
