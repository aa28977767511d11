"""Managed blocks: the parts of a plan that the tool keeps current until a person edits them.

A block stands between two comments. The first carries a checksum of what the tool wrote,
taken so that re-formatting is not taken for an edit: bullets, emphasis marks, escapes,
line breaks, indentation and the padding of tables do not count.
"""

from hashlib import sha256
from typing import Final

from assess.patterns import pattern

FORMAT: Final = 1
"""The version of the plan document that this program writes, kept in its front matter."""

_LONGEST_COMMENT: Final = 300

_EDGE: Final = pattern(
    r"<!--\s*assess:(?P<edge>begin|end)\s+(?P<name>\S+?)(?:\s+(?P<checksum>\S+?))?\s*-->"
)
_TABLE_RULE: Final = pattern(r"^[|:\-\s]+$")
_LINE_START: Final = pattern(r"^(?:[-*+]|\d+[.)]) ")


def format_block(name: str, text: str) -> str:
    """Return a managed block with its two comments."""
    text = text.strip("\n")
    begin = f"<!-- assess:begin {name} {block_checksum(text)} -->"
    return f"{begin}\n\n{text}\n\n<!-- assess:end {name} -->"


def read_edge(comment: str) -> tuple[str, str, str] | None:
    """Return which edge of a block a comment is, the block's name and its checksum."""
    found = _EDGE.fullmatch(comment) if len(comment) <= _LONGEST_COMMENT else None
    if found is None or (found["edge"] == "end" and found["checksum"]):
        return None
    return found["edge"], found["name"], found["checksum"] or ""


def block_checksum(text: str) -> str:
    """Return what changes when somebody edits a block, and not when a formatter lays it out."""
    return sha256(_plain(text).encode()).hexdigest()[:12]


def _plain(text: str) -> str:
    text = text.replace("\\", "").replace("_", "*").replace("|", " | ")
    lines = (" ".join(line.split()) for line in text.splitlines())
    return " ".join(
        _LINE_START.sub("- ", line) for line in lines if line and not _TABLE_RULE.match(line)
    )
