"""JSON documents as text, printed or written."""

import json
from collections.abc import Mapping
from typing import Any


def format_json(document: Mapping[str, Any]) -> str:
    """Return a document as people and programs read it, with a line end."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
