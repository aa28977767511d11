"""How whatever is computed or kept becomes JSON.

In JSON shares are rounded down to four decimals, changes towards zero, noise and p-values half
up; figures are whole where they can be, and days are texts.
"""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import Any, Final

from pydantic import BaseModel

from assess.figures import json_amount, json_change, json_noise

_LONG: Final = 2_000_000
"""Letters of a document that nobody reads line by line."""


def as_json(value: Any, keys: str = "") -> Any:
    """Return what JSON can hold.

    Args:
        value: Something plain, a record, or many of them in a row or by their names.
        keys: What is told of each record, as in `id from=before stage=profile.stage`: a key, and
            where its value is if it is called otherwise. All fields, where nothing is named.
    """
    match value:
        case None | bool() | int():
            return value
        case str():
            return str(value)
        case Fraction():
            return json_change(value)
        case float():
            return json_noise(value)
        case Decimal():
            return json_amount(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(name): as_json(one, keys) for name, one in value.items()}
        case tuple() | list():
            return [as_json(one, keys) for one in value]
        case BaseModel() if not keys:
            return value.model_dump(mode="json", by_alias=True)
    parts = (part.partition("=") for part in keys.split() or value.__match_args__)
    return {key: as_json(attrgetter(place or key)(value)) for key, _, place in parts}


def format_json(document: Mapping[str, Any]) -> str:
    """Return a document, which may hold records, as people and programs read it."""
    compact = json.dumps(document, ensure_ascii=False, default=as_json)
    if len(compact) > _LONG:
        return f"{compact}\n"  # Only without indents the fast encoder works.
    # What records say is found once, and laid out from there.
    return json.dumps(json.loads(compact), ensure_ascii=False, indent=2) + "\n"


def to_json(value: object) -> str:
    """Return the text in which something is kept: equal values give equal texts, in ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=as_json)
