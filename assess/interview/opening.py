"""Whether there is anybody to ask, and which way of asking the terminal can carry.

Input that comes through a pipe is never taken for an answer, so the terminal itself is
looked at.
"""

import os
from collections.abc import Mapping
from typing import TextIO

from assess.errors import NotInteractiveError, Problem
from assess.interview.asker import Asker
from assess.interview.plain import PlainAsker
from assess.interview.terminal import TerminalAsker, line_width


def is_interactive(stdin: TextIO, stderr: TextIO) -> bool:
    """Tell whether a person sits before both; questions are written on stderr."""
    return _is_terminal(stdin) and _is_terminal(stderr)


def open_asker(
    stdin: TextIO,
    stderr: TextIO,
    *,
    plain: bool = False,
    environ: Mapping[str, str] = os.environ,
) -> Asker:
    """Return what asks in this terminal.

    Raises:
        NotInteractiveError: There is no terminal to ask in.
    """
    if not is_interactive(stdin, stderr):
        raise NotInteractiveError(
            Problem(
                "Somebody must answer questions, but there is no terminal.",
                "standard input and standard error",
                "Run it in a terminal, or give the answers in a file with --answers FILE.",
            )
        )
    if plain or environ.get("TERM") == "dumb":
        return PlainAsker(stdin, stderr, line_width(stderr))
    # The old console of Windows prints escape sequences as they are.
    obeys = os.name != "nt" or "WT_SESSION" in environ
    return TerminalAsker(stderr, escapes=obeys and not environ.get("NO_COLOR"))


def _is_terminal(stream: TextIO) -> bool:
    # Python leaves None where a program was started without a stream, and refuses to ask
    # a closed one.
    return stream is not None and not stream.closed and stream.isatty()
