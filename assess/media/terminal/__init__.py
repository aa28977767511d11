"""Pages on a terminal: results on stdout, messages on stderr."""

from assess.media.terminal.lines import Look
from assess.media.terminal.screen import Console

__all__ = ["Console", "Look"]
