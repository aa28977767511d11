"""`assess open`, `collect` and `close`: an assessment that members answer too."""

from pathlib import Path

import click

from assess.cli.command import command
from assess.cli.confirming import confirm
from assess.cli.options import YES
from assess.cli.presenting import present
from assess.cli.settings import Settings
from assess.cli.wiring import (
    open_console,
    open_kept,
    open_library,
    open_store,
    print_json,
)
from assess.commands import join_command
from assess.figures import count
from assess.store import KeptAssessment
from assess.workflow.finding import find_questionnaire, find_team
from assess.workflow.membership import collect_files, find_open, open_to_members
from assess.workflow.outcome import find_options
from assess.workflow.results import close_kept


@command("open", "assess open --team Lyon", "assess open --team Lyon --minimum 4 --same-members")
@click.option("--minimum", type=int, default=5, show_default=True, help="Fewest members, from 3.")
@click.option(
    "--same-members/--other-members",
    default=False,
    help="Whether the same people answer as last time; others, unless said otherwise.",
)
def open_command(settings: Settings, minimum: int, same_members: bool) -> None:
    """Open an assessment that members answer too.

    What is said here is fixed: members rely on it.
    """
    library = open_library(settings)
    with open_store(settings) as store:
        team = settings.team or find_team(store, None)
        name = find_questionnaire(library, store, team, settings.questionnaire)
        kept, outcome = open_to_members(
            store,
            library.questionnaire(name),
            team,
            settings.today,
            minimum=minimum,
            same_members=same_members,
        )
        settings = settings.with_needed(find_options(store, kept.team, kept.questionnaire))
    if settings.json:
        print_json({**_describe(kept), "outcome": outcome, "same_members": same_members})
        return
    console = open_console(settings)
    for line in (
        f"The assessment of {kept.team}, {kept.date}, is open. Results are shown once it is "
        f"closed, from {kept.minimum} members on.",
        "Members answer here: assess run --as member",
        'Or in a file, with the respondent "member", that you take in: assess collect FILE',
        join_command("questionnaire", kept.questionnaire, "--template", "--today", str(kept.date)),
    ):
        console.say(line)


@command("collect", "assess collect member-1.toml member-2.toml")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
def collect_command(settings: Settings, files: tuple[Path, ...]) -> None:
    """Take in members' answers files: all of them, or none if one has a mistake.

    What was taken in before does not count again.
    """
    library = open_library(settings)
    with open_kept(settings) as store:
        outcomes, answered = collect_files(library, store, files, settings.team)
    new, same = outcomes.count("new"), outcomes.count("same")
    if settings.json:
        assessments = [_describe(kept) for kept in answered]
        print_json({"collected": new, "already": same, "assessments": assessments})
        return
    console = open_console(settings)
    again = f"; {count(same, 'file')} had been taken in before" if same else ""
    console.say(f"Taken in: {count(new, 'file')}{again}.")
    for kept in answered:
        console.say(
            f"{kept.team}, {kept.date}: {count(kept.members, 'member')} answered; results are "
            f"shown from {kept.minimum} on, once it is closed: assess close"
        )


@command("close", "assess close", "assess close --team Lyon --yes")
@YES
def close_command(settings: Settings, yes: bool) -> None:
    """Close an assessment for good, and show its result.

    Nobody can answer it any more; what members began and did not send is deleted.
    """
    with open_kept(settings) as store:
        kept = find_open(store, settings.team, settings.questionnaire)
        if not confirm(settings, _question(kept), yes=yes):
            open_console(settings).say("It stays open.")
            return
        outcome = close_kept(store, kept, settings.today)
    present(settings, outcome)


def _question(kept: KeptAssessment) -> str:
    few = kept.members < kept.minimum
    shown = "too few for a result of theirs, ever" if few else "enough for a result"
    return (
        f"Close the assessment of {kept.team}, {kept.date}, for good? "
        f"{count(kept.members, 'member')} answered: {shown}."
    )


def _describe(kept: KeptAssessment) -> dict[str, object]:
    return {
        "team": kept.team,
        "questionnaire": kept.questionnaire,
        "date": kept.date.isoformat(),
        "state": kept.state,
        "minimum": kept.minimum,
        "members": kept.members,
    }
