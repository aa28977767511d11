"""Every command by its name; and those in messages, kept whole, with the options that they need.

Messages name a command as it is typed in an ordinary case, `assess plan`. Where they are
shown, it gets the options with which the running command was called, so that it does the
same thing when it is pasted.
"""

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from assess.patterns import pattern

CommandOption = tuple[str, str]
"""The name and the value of an option, as `("--team", "Lyon")`."""

GROUPS: Final[Mapping[str, Mapping[str, str]]] = {
    "Each week": {
        "checkin": "Look at the week: done, late, agreed.",
        "step": "Tick, move, hand over or drop single steps.",
        "plan": "Plan anew, or update a plan without losing an edit.",
        "why": "Say why an action is in the plan, or why not.",
        "example": "Print a page that a step of a plan names.",
    },
    "Each quarter": {
        "goals": "Keep the team's own goals and the figures they are seen by.",
        "hours": "Find the hours: what fills the weeks, and what may stop.",
        "run": "Answer the questionnaire, see the stage, get the 90-day plan.",
        "compare": "Compare this quarter with the last.",
        "report": "Write all of it as one HTML file to hand on.",
        "result": "Show a result or its answers again, or share it.",
        "history": "List what is kept.",
        "delete": "Delete an assessment for good.",
        "export": "Write everything that is kept as one JSON document.",
        "import": "Read such a document.",
        "demo": "Walk the whole way with a built-in example team.",
    },
    "With the team": {
        "people": "Name the people whom the plan hands its steps to.",
        "open": "Open an assessment that members answer too.",
        "form": "Write a form for any browser.",
        "collect": "Take in what members sent.",
        "close": "Close an assessment and show its result.",
        "teams": "List, add, rename, archive teams.",
        "overview": "Put several teams side by side, without ranks.",
    },
    "For authors": {
        "questionnaires": "List the questionnaires.",
        "questionnaire": "Show one, or print a file to fill in.",
        "actions": "Browse the catalogue of actions.",
        "score": "Score an answers file; keeps nothing.",
        "new": "Begin a questionnaire of one's own.",
        "check": "Check questionnaires, actions and rules for holes.",
    },
}
"""Every command with its one summary, by when it is used."""

COMMANDS: Final = {name: text for group in GROUPS.values() for name, text in group.items()}

_NAMES: Final = "|".join(sorted(COMMANDS, reverse=True))  # The longer before its beginning.
_HEAD: Final = pattern(rf"assess (?:--\S+ (?:'[^']*'|\S+) )*(?:{_NAMES})\b")
# After a colon or at the start everything is the command, up to what ends a sentence.
_COMMAND: Final = pattern(
    rf"(?:(?<=: )|(?<=  )|(?<=\()|^){_HEAD.pattern}"
    r"(?: (?:'[^']*'|[^\s,;)'])+(?<!\.))*"
    rf"|(?<=\b[Uu]se )assess (?:{_NAMES})\b|(?<=\bthen )assess (?:{_NAMES})\b"
    rf"|(?<=\bwith )assess (?:{_NAMES})\b"
)
GLUE: Final = "\u00a0"


def join_command(*words: str) -> str:
    """Return a command as it is typed, each word quoted where a shell wants it."""
    return shlex.join(("assess", *words))


def extend_commands(text: str, options: Sequence[CommandOption]) -> str:
    """Return the text with the options that its commands lack."""
    if not options or "assess " not in text:
        return text
    return _COMMAND.sub(lambda found: _completed(found[0], options), text)


def part_commands(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the words between commands, and each command that can be pasted, which is marked.

    Brackets around a command, and the sign after it, are left out with the words' own spaces.
    """
    at = 0
    for found in _COMMAND.finditer(text):
        if text.rfind("“", 0, found.start()) > text.rfind("”", 0, found.start()):
            continue  # What is quoted is nobody's next command, and may be cut off.
        words = text[at : found.start()].strip(" ")
        at = found.end()
        if words.endswith("("):
            words, at = f"{words[:-1].rstrip()}:", at + text.startswith(")", at)
        yield words.lstrip(",;. "), False
        yield found[0], True
    yield text[at:].lstrip(",;. ").rstrip() if at else text, False


def glue_commands(text: str) -> str:
    """Return the text with commands whose spaces are taken for letters when it is wrapped."""
    if "assess " not in text:
        return text
    return _COMMAND.sub(lambda found: found[0].replace(" ", GLUE), text)


def _completed(command: str, options: Sequence[CommandOption]) -> str:
    if command.startswith("assess example"):  # It prints the same whatever is kept, and where.
        options = [option for option in options if option[0] == "--data"]
    if re.match("assess questionnaire [^-]", command):  # It names its questionnaire itself.
        options = [option for option in options if option[0] != "--questionnaire"]
    # An option that stands without its value gives way to the one with it.
    for name, _ in options:
        command = re.sub(rf" {name}(?= --|$)", "", command)
    missing = [word for option in options if f" {option[0]} " not in command for word in option]
    head = _HEAD.match(command)
    if head is None or not missing:
        return command
    return f"{head[0]} {shlex.join(missing)}{command[head.end() :]}"
