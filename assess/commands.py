"""Commands that stand in messages: kept whole, and with the options that they need.

Messages name a command as it is typed in an ordinary case, `assess plan`. Where they are
shown, it gets the options with which the running command was called, so that it does the
same thing when it is pasted.
"""

import re
import shlex
from collections.abc import Sequence
from typing import Final

CommandOption = tuple[str, str]
"""The name and the value of an option, as `("--team", "Lyon")`."""

_NAMES: Final = (
    "run|demo|report|overview|score|result|plan|people|checkin|step|compare|why|open|form|collect"
    "|close|history|teams|delete|questionnaires|questionnaire|actions|example|check|export|import"
    "|goals|hours|new"
)
_HEAD: Final = re.compile(rf"assess (?:--\S+ (?:'[^']*'|\S+) )*(?:{_NAMES})\b")
# After a colon or at the start everything is the command, up to what ends a sentence.
_COMMAND: Final = re.compile(
    rf"(?:(?<=: )|(?<=  )|(?<=\()|^){_HEAD.pattern}"
    r"(?: (?:'[^']*'|[^\s,;)'])+(?<!\.))*"
    rf"|(?<=\b[Uu]se )assess (?:{_NAMES})\b|(?<=\bthen )assess (?:{_NAMES})\b"
    rf"|(?<=\bwith )assess (?:{_NAMES})\b"
)
GLUE: Final = "\u00a0"


def join_command(*words: str) -> str:
    """Return a command as it is typed, each word quoted where a shell wants it."""
    return shlex.join(("assess", *words))


def complete_commands(text: str, options: Sequence[CommandOption]) -> str:
    """Return the text with the options that its commands lack."""
    if not options or "assess " not in text:
        return text
    return _COMMAND.sub(lambda found: _completed(found[0], options), text)


def glue_commands(text: str) -> str:
    """Return the text with commands whose spaces are taken for letters when it is wrapped."""
    if "assess " not in text:
        return text
    return _COMMAND.sub(lambda found: found[0].replace(" ", GLUE), text)


def _completed(command: str, options: Sequence[CommandOption]) -> str:
    # An option that stands without its value gives way to the one with it.
    for name, _ in options:
        command = re.sub(rf" {name}(?= --|$)", "", command)
    missing = [word for option in options if f" {option[0]} " not in command for word in option]
    head = _HEAD.match(command)
    if head is None or not missing:
        return command
    return f"{head[0]} {shlex.join(missing)}{command[head.end() :]}"
