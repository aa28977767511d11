"""How a command is declared: settings in, its outcome presented, an example in its help."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial, update_wrapper
from inspect import cleandoc
from typing import TYPE_CHECKING, Any

import click

from assess.cli.settings import Settings, common_names, common_options, settings_of
from assess.commands import extend_commands
from assess.errors import AssessError

if TYPE_CHECKING:
    from assess.workflow.outcome import Outcome


def command(
    *examples: str, within: click.Group | None = None, **common: Any
) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a command of a function that takes the settings and its own options.

    What the function `NAME_command` returns is presented. Its docstring is the help text; the
    examples, whole commands, follow it. `common` says how the common options differ.
    """

    def declare(function: Callable[..., Any]) -> click.Command:
        def call(ctx: click.Context, /, **given: Any) -> Any:
            settings: Settings = settings_of(ctx, given)
            own = {key: value for key, value in given.items() if key not in common_names()}
            with extending(settings):
                return _present(settings, function(settings, **own))

        update_wrapper(call, function)
        declare_command = click.command(
            _name(function), help=_help(function.__doc__ or "", examples)
        )
        declared = declare_command(common_options(click.pass_context(call), **common))
        if within is not None:
            within.add_command(declared)
        return declared

    return declare


def group(*examples: str) -> Callable[[Callable[..., Any]], click.Group]:
    """Make a command with subcommands of a function that takes the settings and its own options.

    The function is called, and what it returns presented, where no subcommand is named; what is
    said before a subcommand holds for it too.
    """

    def declare(function: Callable[..., Any]) -> click.Group:
        def call(ctx: click.Context, /, **given: Any) -> Any:
            common = {key: given.pop(key) for key in common_names() & given.keys()}
            ctx.obj = {**(ctx.obj or {}), **{key: said for key, said in common.items() if said}}
            if ctx.invoked_subcommand:
                return None
            with extending(settings := settings_of(ctx, {})):
                return _present(settings, function(settings, **given))

        update_wrapper(call, function)
        declare_group = click.group(
            _name(function),
            help=_help(function.__doc__ or "", examples),
            invoke_without_command=True,
        )
        return declare_group(common_options(click.pass_context(call)))

    return declare


def _present(settings: Settings, outcome: "Outcome | None") -> int:
    if outcome is None:
        return 0
    # The first question of a run must not wait for what shows its end.
    from assess.cli.presenting import present

    return present(settings, outcome)


@contextmanager
def extending(settings: Settings) -> Iterator[None]:
    """Give the commands in an error the options that they need when they are pasted."""
    try:
        yield
    except AssessError as error:
        error.problems = tuple(
            replace(p, what=extend(p.what), fix=extend(p.fix))
            for extend in [partial(extend_commands, options=settings.needed)]
            for p in error.problems
        )
        raise


def _name(function: Callable[..., Any]) -> str:
    return function.__name__.removesuffix("_command")


def _help(text: str, examples: tuple[str, ...]) -> str:
    heading = "Example:" if len(examples) == 1 else "Examples:"
    lines = "\n".join(f"  {example}" for example in examples)
    return f"{cleandoc(text)}\n\n\b\n{heading}\n{lines}"
