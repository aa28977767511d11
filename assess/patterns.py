"""Patterns that are compiled when something is first looked for with them.

Modules that a command imports have a hundred, of which it needs a few; compiling one takes as
long as defining some ten functions. Source: docs/decisions/0019-cold-start.md
"""

import re
from typing import cast


class _Pattern:
    def __init__(self, text: str, flags: int) -> None:
        self.pattern = text
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)  # The next time it is simply there.
        return found


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return what does all that `re.compile` returns does."""
    return cast("re.Pattern[str]", _Pattern(text, flags))
