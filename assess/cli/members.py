"""`assess open`, `form`, `collect` and `close`: an assessment that members answer too."""

from pathlib import Path

import click

from assess.answers import KeptAssessment, Respondent
from assess.cli.command import command
from assess.cli.options import SHARED, YES, OutFile
from assess.cli.settings import Settings
from assess.cli.wiring import confirm, find_asker, on_errand
from assess.figures import count
from assess.workflow.members.collecting import collect_files
from assess.workflow.members.membership import (
    Opening,
    find_open,
    invite_more,
    open_to_members,
    prepare_hour,
    replace_code,
)
from assess.workflow.outcome import Outcome, tell
from assess.workflow.results.result import close_kept


@command("assess open --team Lyon --invite 8", "assess open --invite 4 --minimum 3 --same-members")
@click.option("--invite", type=click.IntRange(min=1), help="How many members get a code.")
@click.option("--minimum", type=int, help="Fewest answers for a result, from 3; usually 5.")
@click.option(
    "--same-members/--other-members",
    default=False,
    help="Whether the same people answer as last time; others, unless said otherwise.",
)
@click.option(
    "--about",
    "said",
    multiple=True,
    metavar="ENTRY=CHOICE",
    help="Of the start profile; asked where there is somebody to ask, else as last time.",
)
@click.option("--add", type=click.IntRange(min=1), help="Invite so many more; before any answer.")
@click.option("--new-code", metavar="CODE", help="A new code for this one, which was lost.")
@click.option(
    "--as", "respondent", type=click.Choice(["consensus"]), help="Prepare the joint answer."
)
@click.option("--out", "shared_as", type=OutFile(SHARED), help="The page as a file.")
def open_command(
    settings: Settings,
    invite: int | None,
    minimum: int | None,
    same_members: bool,
    said: tuple[str, ...],
    add: int | None,
    new_code: str | None,
    respondent: str | None,
) -> Outcome:
    """Open an assessment that members answer too, each with a code of their own.

    What is said here is fixed: members rely on it. The codes are printed once.
    """
    wanted = [given for given in (invite, add, new_code, respondent) if given is not None]
    if len(wanted) != 1:
        raise click.UsageError("Say one of --invite, --add, --new-code and --as consensus.")
    if invite is None and minimum is not None:
        raise click.UsageError("The minimum is fixed at opening: give it with --invite.")
    if invite is None and said:
        raise click.UsageError("The start profile is fixed at opening: give it with --invite.")
    with on_errand(settings, makes_store=invite is not None) as errand:
        if add is not None:
            return invite_more(errand, add)
        if new_code is not None:
            return replace_code(errand, new_code)
        if invite is None:
            return prepare_hour(errand)
        fixed = Opening(invite, minimum, said, same_members)
        return open_to_members(errand, find_asker(settings), fixed)


@command("assess form", "assess form --out form.html")
@click.option(
    "--as",
    "respondent",
    type=click.Choice(["manager", "member", "consensus"]),
    default="member",
    help="Who answers; each member, unless said otherwise.",
)
@click.option("--out", type=OutFile((".html",)), help="The file to write.")
def form_command(settings: Settings, respondent: Respondent, out: Path | None) -> Outcome:
    """Write one HTML file in which people answer in any browser, without installing.

    Each sends back the file that it saves, sealed for this store; `collect` takes it in.
    """
    from assess.workflow.members.forms import write_form

    with on_errand(settings) as errand:
        return write_form(errand, respondent, out)


@command("assess collect member-1.toml member-2.toml", "assess collect ./")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE…|FOLDER", type=click.Path(path_type=Path)
)
def collect_command(settings: Settings, files: tuple[Path, ...]) -> Outcome:
    """Take in what members sent: files, or all of a folder.

    Each file needs a code that was not used yet. What is wrong with a file is told, and the
    others are taken in.
    """
    with on_errand(settings) as errand:
        return collect_files(errand, files)


@command("assess close", "assess close --team Lyon --yes")
@YES
def close_command(settings: Settings, yes: bool) -> Outcome:
    """Close an assessment for good, and show its result.

    Nobody can answer it any more; what members began and did not send is deleted. Where all have
    answered, nothing is asked.
    """
    with on_errand(settings) as errand:
        store, kept = errand.store, find_open(errand)
        left = store.count_open(kept.key)
        if left and not confirm(settings, _question(kept, left), yes=yes):
            return tell("It stays open.")
        return close_kept(store, kept, settings.today)


def _question(kept: KeptAssessment, still_open: int) -> str:
    few = kept.members < kept.minimum
    shown = "too few for a result of theirs, ever" if few else "enough for a result"
    return (
        f"Close the assessment of {kept.team}, {kept.date}, for good? "
        f"{count(kept.members, 'member')} answered: {shown}; "
        f"{count(still_open, 'invitation')} not used."
    )
