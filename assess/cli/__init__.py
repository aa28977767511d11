"""The command line: arguments in, exit codes out.

Each command lives in a module of its own, which is imported only when it is called, so
that `assess --help` stays instant. Results go to stdout; questions, progress and messages
to stderr. Exit codes: 0 done, 1 files, stores or their content cannot be used, 2 the
command line itself is wrong, 3 a bug of ours, 130 interrupted.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

import click

from assess.cli.settings import common_options, settings_of
from assess.commands import COMMANDS, GROUPS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_MODULES = {
    **dict.fromkeys(("result", "compare", "report", "why"), "results"),
    "delete": "history",
    **dict.fromkeys(("export", "import"), "transfer"),
    **dict.fromkeys(("open", "form", "collect", "close"), "members"),
    **dict.fromkeys(("questionnaire", "actions", "example", "new"), "questionnaires"),
}
"""In which module a command is, where that has another name."""


class _OutputClosedError(Exception):
    """Whoever read our output has seen enough."""


class _LazyGroup(click.Group):
    """Lists its commands without importing them."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            # Left alone, click ends the program with exit code 1 here.
            raise _OutputClosedError from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = f"assess.cli.{_MODULES.get(cmd_name, cmd_name)}"
        attribute = f"{cmd_name.replace('-', '_')}_command"
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from assess.errors import nearest

            raise click.UsageError(
                f"No such command '{args[0]}'. {nearest(args[0], COMMANDS)}", ctx
            )
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """Complete the names of commands without importing them, and options as usual."""
        from click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        return [
            CompletionItem(name, help=text)
            for name, text in COMMANDS.items()
            if name.startswith(incomplete)
        ]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for heading, commands in GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl(list(commands.items()))


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("team-assess")
    except PackageNotFoundError:
        number = "of a checkout that is not installed"
    click.echo(f"assess, version {number}")
    ctx.exit()


@click.group(
    cls=_LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.option("--all", "everything", is_flag=True, help="Show every team.")
@common_options
@click.pass_context
def cli(ctx: click.Context, /, **given: object) -> None:
    """Assess a team and plan its next 90 days.

    Without a command: this week, what is due, and the next command to type; in a terminal
    Enter starts it.

    \b
    Example:
      assess run
    """
    ctx.obj = given
    if ctx.invoked_subcommand is None:
        from assess.cli.command import extending
        from assess.cli.home import show_home_screen

        with extending(settings := settings_of(ctx, {})):
            wanted = show_home_screen(settings)
        if wanted:
            cli.main(wanted, prog_name="assess", standalone_mode=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; no traceback reaches the terminal."""
    _fill_missing_streams()
    try:
        result = cli.main(arguments, prog_name="assess", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped. What was answered is kept; the same command goes on.", err=True)
        return 130
    except (BrokenPipeError, _OutputClosedError):
        # Python must not complain while closing an output that nobody reads.
        sys.stdout = _nowhere()
        return 0
    except Exception as error:
        from assess.cli.failure import report_failure

        return report_failure(error)
    return result if isinstance(result, int) else 0


def _fill_missing_streams() -> None:
    """Let a program that was started without an output still run, and be silent."""
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123
