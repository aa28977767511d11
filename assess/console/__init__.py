"""What is printed and drawn: results on stdout, messages on stderr.

The pictures live in modules of their own, so that a command imports only what it shows:
`result`, `plan`, `comparison`, `series`, `lists` and `content`.
"""

from assess.console.screen import Console

__all__ = ["Console"]
