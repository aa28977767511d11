"""`assess run`: the answers, the result, the 90-day plan."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.answers import Assessment, Respondent
from assess.cli.command import command
from assess.cli.options import ALL, HOURS, PLANS, OutFile
from assess.cli.settings import DAY, Settings
from assess.cli.wiring import on_errand, open_asker, open_console, open_library

if TYPE_CHECKING:
    from assess.workflow.assessing.answering import Sitting
    from assess.workflow.assessing.finishing import RunEnd
    from assess.workflow.outcome import Outcome


@command(
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
@click.option("--edit", type=DAY, help="Change the answers of this date.")
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
) -> "Outcome":
    """Answer the questionnaire, see the stage, get the 90-day plan.

    Each answer is kept as it is given: stop with Ctrl-C, and go on with the same command.
    A member is asked no name, and sees no result.
    """
    if same_person is not None and respondent in ("member", "consensus"):
        raise click.UsageError("--same-person and --other-person are about the manager's answers.")
    if answers:
        from assess.workflow.assessing.finishing import RunEnd

        end = RunEnd(hours, out, replace)
        return _take_files(settings, answers, respondent, end, same_person=same_person)
    if respondent == "member":
        if edit is not None:
            raise click.UsageError("A member's answers cannot be changed once they are sent.")
        return _ask_member(settings, code)
    if code is not None:
        raise click.UsageError("Only a member has a code: say --as member.")
    from assess.workflow.assessing.answering import Sitting

    return _sit_down(settings, Sitting(respondent or "manager", edit, hours, same_person), out)


def _take_files(
    settings: Settings,
    answers: Sequence[Path],
    respondent: Respondent | None,
    end: "RunEnd",
    *,
    same_person: bool | None,
) -> "Outcome":
    from assess.workflow.assessing.answer_files import read_assessment
    from assess.workflow.assessing.finishing import finish_files

    given = read_assessment(answers, open_library(settings), settings.team)
    _refuse_other(given, respondent)
    with on_errand(settings, makes_store=True) as errand:
        return finish_files(errand, given, end, same_person=same_person)


def _sit_down(settings: Settings, sitting: "Sitting", out: Path | None) -> "Outcome":
    """Ask a manager or a team everything, and lead them to the plan."""
    from assess.workflow.assessing.answering import sit_down

    asker = open_asker(settings)
    with on_errand(settings, makes_store=True) as errand:
        answered = sit_down(errand, asker, sitting)
        # The first question must not wait for all that only its answers lead to.
        from assess.cli.presenting import present
        from assess.workflow.assessing.finishing import RunEnd
        from assess.workflow.assessing.sitting import finish_sitting

        end = RunEnd(sitting.hours, out)
        return finish_sitting(errand, asker, answered, end, partial(present, settings))


def _ask_member(settings: Settings, code: str | None) -> "Outcome":
    """Ask one member, and show nothing but thanks."""
    asker, console = open_asker(settings), open_console(settings)
    from assess.workflow.members.membership import answer_as_member

    with on_errand(settings) as errand:
        try:
            return answer_as_member(errand, asker, code)
        finally:
            # Whoever sits down next must not read the answers on the screen.
            console.clear()


def _refuse_other(given: Assessment, respondent: Respondent | None) -> None:
    """Refuse files that say that somebody else answered than the command line does."""
    said = {"manager": given.manager, "member": given.members, "consensus": given.consensus}
    others = [who for who, answers in said.items() if answers and who != respondent]
    if respondent is not None and others:
        raise click.UsageError(
            f"The answers are those of the {others[0]}, not of the {respondent}: leave out --as."
        )
