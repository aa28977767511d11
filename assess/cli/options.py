"""Options that several commands take alike."""

from pathlib import Path
from typing import Any, Final

import click

from assess.cli.settings import DAY, TypedParam

SHARED: Final = (".md", ".html", ".json")
"""What a result, a comparison and a check-in can be written as."""

PLANS: Final = (*SHARED, ".ics", ".csv")


class OutFile(click.Path):
    """A file whose ending is one of those that a command can write."""

    def __init__(self, endings: tuple[str, ...]) -> None:
        super().__init__(path_type=Path)
        self._endings = endings

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(super().convert(value, param, ctx))  # type: ignore[arg-type]  # It is a Path.
        ending = path.suffix.lower()
        known = ", ".join(self._endings)
        if ending not in self._endings:
            said = f"'{ending}' is no ending" if ending else "The name has no ending"
            self.fail(f"{said} that says what to write. Use one of: {known}.", param, ctx)
        return path


ALL = click.option("--all", "everything", is_flag=True, help="Show everything, to scroll in.")
"""For commands that show one screen first."""

ASSESSMENT = click.option("--date", "day", type=DAY, help="The assessment; else the latest.")
HOURS = click.option("--hours", type=click.IntRange(0, 10_000), help="Hours a week of the team.")
WRITE_IT: Final = "Write it to share: .md, .html or .json."
TO_SHARE = click.option("--out", "shared_as", type=OutFile(SHARED), help=WRITE_IT)
"""For commands whose outcome is written as it is."""

YES = click.option("--yes", is_flag=True, help="Do not ask whether this is meant.")


def _read_weeks_off(typed: str) -> str:
    """Return weeks, dates or ranges of dates; whether the plan has them only the plan can tell."""
    from assess.planning.calendar import weeks_off_problem  # Few commands need the planner.

    for part in typed.split(","):
        if (problem := weeks_off_problem(part.strip())) is not None:
            raise ValueError(problem)
    return typed


WEEKS_OFF = TypedParam("WEEKS", _read_weeks_off)
