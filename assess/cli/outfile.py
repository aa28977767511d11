"""`--out`: the ending of the file says what is written."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import click

from assess.cli.wiring import format_json
from assess.library.files import write_new
from assess.workflow.plan_exports import is_export

SHARED: Final = (".md", ".json")
"""What a result, a comparison and a check-in can be written as."""

PLANS: Final = (".md", ".json", ".ics", ".csv")
_LATER: Final = (".html",)


class OutFile(click.Path):
    """A file whose ending is one of those that a command can write."""

    def __init__(self, endings: tuple[str, ...]) -> None:
        super().__init__(path_type=Path)
        self._endings = endings

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(super().convert(value, param, ctx))  # type: ignore[arg-type]  # It is a Path.
        ending = path.suffix.lower()
        known = ", ".join(self._endings)
        if ending in _LATER:
            self.fail(f"{ending} files cannot be written yet. Use one of: {known}.", param, ctx)
        if ending not in self._endings:
            said = f"'{ending}' is no ending" if ending else "The name has no ending"
            self.fail(f"{said} that says what to write. Use one of: {known}.", param, ctx)
        return path


def is_json(out: Path | None) -> bool:
    """Tell whether a file is to hold the JSON document of its command."""
    return out is not None and out.suffix.lower() == ".json"


def write_json(out: Path, document: Mapping[str, Any]) -> None:
    """Write a command's JSON document; only an earlier one is written over."""
    write_new(out, format_json(document), lambda text: is_export("json", text))
