"""What is wrong with a value of a data file, in the words of whoever wrote it.

The checks are pydantic's, its messages are not: they name Python's types, regular
expressions and the stages of a validation, which mean nothing to the author of a file.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final, get_args

from pydantic_core.core_schema import ErrorType

Context = Mapping[str, Any]
"""What pydantic says beside the kind of an error: bounds, lengths, what is expected."""

ID_PATTERN: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
TEXT_PATTERN: Final = r"\S"
LINE_PATTERN: Final = r"^[^\n]*\S[^\n]*$"
_FILL: Final = "Write something, or remove the entry."

_PATTERNS: Final[Mapping[str, tuple[str, str]]] = {
    ID_PATTERN: (
        "This is no id",
        "Use lower-case letters and digits in words with hyphens between, as in goals-written.",
    ),
    TEXT_PATTERN: ("This text is blank", _FILL),
    LINE_PATTERN: (
        "This text is blank, or has more than one line",
        "Write one line; put what follows into an entry of its own.",
    ),
}
_OTHER: Final = ("This does not fit here", "Correct the value, or remove it.")
_DATE: Final = ("This is not a date", "Write it as 2026-11-22, without quotes.")
_NUMBER: Final = ("This is not a number", "Write digits without quotes, as in 0.8.")
_LIST: Final = ("This is not a list", 'Put it in square brackets, as in ["one", "two"].')
_TABLE: Final = ("This is not a table", "Put it in braces, as in { name = 1 }.")


def describe_misfit(kind: str, context: Context, message: str = "") -> tuple[str, str]:
    """Return what is wrong with a value, without the full stop, and how to mend it.

    The `message` is ours where the check is one of ours.
    """
    if kind not in FOREIGN_KINDS:
        return message.rstrip("."), "Correct the value."
    words = WORDS.get(kind, _OTHER)
    return words(context) if callable(words) else words


FOREIGN_KINDS: Final = frozenset(get_args(ErrorType))


WORDS: Final[Mapping[str, tuple[str, str] | Callable[[Context], tuple[str, str]]]] = {
    "bool_type": ("This is neither true nor false", "Write true or false, without quotes."),
    "date_from_datetime_inexact": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_parsing": _DATE,
    "date_type": _DATE,
    "decimal_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "dict_type": _TABLE,
    "finite_number": _NUMBER,
    "float_type": _NUMBER,
    "greater_than": lambda c: ("This is too low", f"Use more than {c['gt']}."),
    "greater_than_equal": lambda c: ("This is too low", f"Use {c['ge']} or more."),
    "invalid_key": ("A name in this table is not a text", "Write the name in letters."),
    "is_instance_of": _NUMBER,
    "int_type": ("This is not a whole number", "Write digits without quotes, as in 6."),
    "less_than_equal": lambda c: ("This is too high", f"Use {c['le']} or less."),
    "literal_error": lambda c: ("This word is not known here", f"Use {c['expected']}."),
    "mapping_type": _TABLE,
    "model_type": _TABLE,
    "string_pattern_mismatch": lambda c: _PATTERNS.get(str(c["pattern"]), _OTHER),
    "string_too_long": lambda c: (
        f"This text has more than {c['max_length']} characters",
        "Make it shorter.",
    ),
    "string_too_short": ("This text is empty", _FILL),
    "string_type": ("This is not a text", 'Put it in quotes, as in "text".'),
    "too_long": lambda c: ("There are too many entries", f"Give at most {c['max_length']}."),
    "too_short": lambda c: (
        f"There are too few entries: {c['actual_length']}",
        f"Give at least {c['min_length']}.",
    ),
    "tuple_type": _LIST,
}
"""What is said of each kind of misfit that our records can meet."""


def show_value(value: object) -> str:
    """Return a value as it may stand in a data file, shortened."""
    text = repr(value)
    if isinstance(value, bool):
        text = str(value).lower()
    elif isinstance(value, Decimal):
        text = str(value)
    return text if len(text) <= 80 else text[:77] + "..."
