"""`--out`: the ending of the file says what is written."""

from pathlib import Path
from typing import Any, Final

import click

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
