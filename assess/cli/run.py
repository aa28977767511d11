"""`assess run`: the answers, the result, the 90-day plan."""

import dataclasses
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.answers import Assessment, Respondent
from assess.cli.command import command
from assess.cli.options import ALL, HOURS
from assess.cli.outfile import PLANS, OutFile
from assess.cli.settings import DayArg, Settings
from assess.cli.wiring import open_asker, open_console, open_kept, open_library, open_store
from assess.workflow.answer_files import read_assessment
from assess.workflow.frozen import refuse_frozen, refuse_members_files

if TYPE_CHECKING:
    from assess.store import Store
    from assess.workflow.outcome import Outcome


@command(
    "run",
    "assess run",
    "assess run --answers answers.toml --out plan.md",
    "assess run --edit 2026-11-22",
    "assess run --as member",
)
@click.option(
    "--answers", multiple=True, type=click.Path(path_type=Path), help="Read them; never ask."
)
@HOURS
@click.option(
    "--as",
    "respondent",
    type=click.Choice(["manager", "member", "consensus"]),
    help="Who answers; the manager, unless said otherwise.",
)
@click.option(
    "--same-person/--other-person",
    default=None,
    help="Whether the manager's answers are by who gave them last time.",
)
@click.option("--code", help="A member's one-time code; it is asked for otherwise.")
@click.option("--edit", type=DayArg(), help="Change the answers of this date.")
@click.option("--replace", is_flag=True, help="Put other answers in the place of those kept.")
@click.option("--out", type=OutFile(PLANS), help="The plan's file, or an export of it.")
@ALL
def run_command(
    settings: Settings,
    answers: tuple[Path, ...],
    hours: int | None,
    respondent: Respondent | None,
    same_person: bool | None,
    code: str | None,
    edit: date | None,
    replace: bool,
    out: Path | None,
    everything: bool,
) -> None:
    """Answer the questionnaire, see the stage, get the 90-day plan.

    Each answer is kept as it is given: stop with Ctrl-C, and go on with the same command.
    A member is asked no name, and sees no result.
    """
    if same_person is not None and respondent in ("member", "consensus"):
        raise click.UsageError("--same-person and --other-person are about the manager's answers.")
    library = open_library(settings)
    if answers:
        given = read_assessment(answers, library, settings.team)
        refuse_members_files(given)
        _refuse_other(given, respondent)
        if same_person is not None:
            given = dataclasses.replace(given, same_manager=same_person)
        from assess.workflow.finishing import RunEnd, finish_run

        with open_store(settings) as store:
            if given.consensus is not None and not _is_kept(store, given):
                refuse_frozen(store, given.key, "consensus", settings.today)
            outcome = finish_run(library, store, given, RunEnd(hours, out, replace), settings.today)
        _present(settings, outcome, everything)
        return
    if respondent == "member":
        _ask_member(settings, edit, code)
        return
    if code is not None:
        raise click.UsageError("Only a member has a code: say --as member.")
    asker = open_asker(settings)
    from assess.workflow.answering import Sitting, sit_down

    with open_store(settings) as store:
        sitting = Sitting(
            respondent or "manager",
            edit or settings.today,
            edit is not None,
            hours,
            same_person,
            today=settings.today,
        )
        answered = sit_down(library, store, asker, settings.team, settings.questionnaire, sitting)
        # The first question must not wait for all that only its answers lead to.
        from assess.workflow.finishing import RunEnd
        from assess.workflow.sitting import finish_sitting

        end = finish_sitting(
            library,
            store,
            asker,
            answered,
            RunEnd(hours, out),
            settings.today,
            lambda outcome: _present(settings, outcome, everything),
        )
    _present(settings, end, everything)


def _present(settings: Settings, outcome: "Outcome", everything: bool) -> None:
    from assess.cli.presenting import present

    present(settings, outcome, everything=everything)


def _is_kept(store: "Store", given: Assessment) -> bool:
    kept = store.find_assessment(given.key)
    return kept is not None and kept.consensus == given.consensus


def _refuse_other(given: Assessment, respondent: Respondent | None) -> None:
    """Refuse files that say that somebody else answered than the command line does."""
    said = {"manager": given.manager, "member": given.members, "consensus": given.consensus}
    others = [who for who, answers in said.items() if answers and who != respondent]
    if respondent is not None and others:
        raise click.UsageError(
            f"The answers are those of the {others[0]}, not of the {respondent}: leave out --as."
        )


def _ask_member(settings: Settings, edit: date | None, code: str | None) -> None:
    """Ask one member, and show nothing but thanks."""
    if edit is not None:
        raise click.UsageError("A member's answers cannot be changed once they are sent.")
    asker = open_asker(settings)
    from assess.pages.membership import THANKS
    from assess.workflow.membership import answer_as_member

    console = open_console(settings)
    with open_kept(settings) as store:
        try:
            answer_as_member(store, asker, settings.team, settings.questionnaire, code)
        finally:
            # Whoever sits down next must not read the answers on the screen.
            console.clear()
    console.say(THANKS)
