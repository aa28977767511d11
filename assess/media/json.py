"""JSON documents as text, printed or written."""

import json
from collections.abc import Mapping
from typing import Any, Final

_LONG: Final = 2_000_000


def format_json(document: Mapping[str, Any]) -> str:
    """Return a document as people and programs read it, with a line end."""
    compact = json.dumps(document, ensure_ascii=False)
    # Only without indents the fast encoder works, and nobody reads so much line by line.
    is_long = len(compact) > _LONG
    return (compact if is_long else json.dumps(document, ensure_ascii=False, indent=2)) + "\n"
