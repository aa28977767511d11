"""The head of a plan's file: the plain keys between two lines of `---`.

Other tools write it anew, with quotes, times and comments, so values are understood in
their ways too. Four plain keys do not earn a YAML parser.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Final

from assess.document.blocks import FORMAT
from assess.document.dates import read_iso
from assess.document.source import Source, take_apart
from assess.errors import DataFileError
from assess.identity import TeamName
from assess.patterns import pattern
from assess.record import record

_EDGES: Final = ("---", "...")
_BARE_YAML: Final = pattern(r"[^\W\d_](?:[\w .'()&/+-]*[\w.)])?")
_YAML_WORDS: Final = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))


@record
class Head:
    """What the head says, with the lines of its keys; None where it does not tell.

    `body_start` is the line behind it, counted from 0; None where it has no end.
    """

    values: Mapping[str, str]
    lines: Mapping[str, int]
    body_start: int | None

    @property
    def team(self) -> TeamName | None:
        return TeamName(self.values["team"]) if "team" in self.values else None

    @property
    def assessed(self) -> date | None:
        return read_iso(self.values.get("assessment", ""))

    @property
    def start(self) -> date | None:
        return read_iso(self.values.get("start", ""))


def read_head(source: Source) -> Head:
    """Return the head of a file; without one it has no values.

    Raises:
        DataFileError: A newer program wrote the file.
    """
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    if not source.lines or source.line(0).rstrip() != "---":
        return Head({}, {}, 0)
    for number in range(1, len(source.lines)):
        line = source.line(number).rstrip()
        if line in _EDGES:
            _refuse_newer(values.get("format", ""))
            return Head(values, lines, number + 1)
        key, colon, value = line.partition(":")
        if colon and key.strip() and not key[0].isspace():
            values.setdefault(key.strip().lower(), _unquote(value.strip()))
            lines.setdefault(key.strip().lower(), number)
    return Head({}, {}, None)


def _unquote(value: str) -> str:
    if value[:1] == "'" and (end := value.rfind("'")) > 0:
        return value[1:end].replace("''", "'")
    if not value.startswith('"'):
        return value.split(" #", 1)[0].rstrip()
    try:
        text, _ = json.JSONDecoder().raw_decode(value)
    except ValueError:
        return value
    return str(text)


def _refuse_newer(version: str) -> None:
    if version.isdecimal() and len(version) < 10 and int(version) > FORMAT:
        raise DataFileError(
            f"The plan is in format {version}; this program knows formats up to {FORMAT}.",
            "front matter, format",
            "Use the newer version of the program that wrote it.",
        )


def rename_head(text: str, team: TeamName) -> str:
    """Return a plan with another team in its head; every other byte stays."""
    source = take_apart(text)
    number = read_head(source).lines.get("team")
    if number is None:
        return text
    lines, line = list(source.lines), source.line(number)
    lines[number] = f"team: {quote_yaml(team)}{lines[number][len(line) :]}"
    return source.bom + "".join(lines)


def quote_yaml(text: str) -> str:
    """Write a YAML string: bare where formatters leave it so, else double-quoted as in JSON."""
    if _BARE_YAML.fullmatch(text) and text.lower() not in _YAML_WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)
