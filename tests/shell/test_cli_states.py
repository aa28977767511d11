"""Whatever is kept, every command ends well: a result, or an error that can be mended."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.typing_in import CommandLine

AT = ("--today", "2026-11-23")


def _open(assess: CommandLine, *members: int, manager: bool = False) -> None:
    assess.open_to()
    if manager:
        assess("run", "--answers", assess.write_answers("answers.toml", 1), *AT)
    if members:
        assess("collect", *assess.write_members(*members))


def _closed(assess: CommandLine, *members: int, manager: bool = False) -> None:
    _open(assess, *members, manager=manager)
    assess("close", "--yes")


def _planned(assess: CommandLine, *given: object) -> None:
    assess("run", "--answers", assess.write_answers("answers.toml", *given), *AT)


def _begun(assess: CommandLine) -> None:
    assess.type_in("\n1\n1\n", "run", "--team", "Lyon", "--questionnaire", "small", *AT)


STATES: dict[str, Callable[[CommandLine], object]] = {
    "nothing": lambda assess: None,
    "a team": lambda assess: assess("teams", "add", "Lyon"),
    "a draft": _begun,
    "opened": _open,
    "opened, two members": lambda assess: _open(assess, 0, 3),
    "opened, manager and members": lambda assess: _open(assess, 0, 3, manager=True),
    "closed, nobody answered": _closed,
    "closed, two members": lambda assess: _closed(assess, 0, 3),
    "closed, manager and two members": lambda assess: _closed(assess, 0, 3, manager=True),
    "closed, five members": lambda assess: _closed(assess, 0, 1, 1, 2, 3),
    "nobody knows": lambda assess: _planned(assess, "dont-know"),
    "nothing applies": lambda assess: _planned(assess, {"not-applicable": "no goals here"}),
    "everything is done": lambda assess: _planned(assess, 3),
    "a plan": lambda assess: _planned(assess, 1),
}

COMMANDS = [
    (),
    ("history",),
    ("teams",),
    ("result",),
    ("plan",),
    ("plan", "--what-if", "goals-1=2"),
    ("checkin",),
    ("compare",),
    ("why", "lift-goals-1-2"),
    ("close",),
    ("export",),
    ("run", "--answers", "same.toml"),
    ("run", "--answers", "next.toml"),
    ("delete", "--date", "2026-11-22", "--yes"),
]


@pytest.fixture
def assess(assess: CommandLine) -> CommandLine:
    """Return the command line with the small questionnaire."""
    assess.use_small_data()
    return assess


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("json", [(), ("--json",)], ids=["", "json"])
def test_every_command_ends_well_in_every_state(
    assess: CommandLine, state: str, json: tuple[str, ...]
) -> None:
    STATES[state](assess)
    assess.write_answers("same.toml", 1)
    assess.write_answers("next.toml", 2, day=date(2027, 2, 22))
    for command in COMMANDS:
        ran = assess(*command, *json, *AT)
        assert ran.code in (0, 1), (command, ran.err)
        if ran.code == 1:
            assert ran.out == "", command
            assert "  fix:   " in ran.err, command
        elif json:
            assert ran.document is not None, command


@pytest.mark.parametrize("command", [("checkin",), ("step", "1", "--done")])
def test_answers_without_a_stage_are_told_what_makes_a_plan_of_them(
    assess: CommandLine, command: tuple[str, ...]
) -> None:
    STATES["nothing applies"](assess)
    ran = assess(*command, *AT)
    assert ran.code == 1
    assert "fix:   Answer more of them with a level" in ran.err
