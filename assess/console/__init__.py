"""What is printed and drawn: results on stdout, messages on stderr.

Each picture has a module of its own, so that a command imports only what it shows.
"""

from assess.console.screen import Console

__all__ = ["Console"]
