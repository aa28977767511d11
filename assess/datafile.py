"""From the tables of a data file to frozen records, with every problem of the file named.

A table that a person wrote is checked here, once. Each entry is read on its own, so that
one misspelt key does not hide the mistakes in the rest of the file.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from string import Formatter
from typing import Annotated, Any, Final, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StrictInt,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from assess.errors import MOST_TOLD, Problem, nearest
from assess.figures import Hours, json_hours
from assess.misfit import ID_PATTERN, LINE_PATTERN, TEXT_PATTERN, describe_misfit, show_value


class Record(BaseModel):
    """A frozen record that refuses keys it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", defer_build=True, populate_by_name=True, strict=True
    )


def _exact(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return Decimal(repr(value)) if isinstance(value, float) else value


Exact = Annotated[Decimal, BeforeValidator(_exact)]
"""A number of a data file, exactly as it is written there."""

_MOST_HOURS: Final = 1_000_000


def _in_quarters(value: object) -> Fraction:
    if isinstance(value, int | float | Decimal | Fraction) and not isinstance(value, bool):
        # What is no number, or endless, is no fraction.
        with suppress(ValueError):
            return _quarters(str(value))
    raise PydanticCustomError("hours", "Hours are a number from 0 on in steps of 0.25")


@lru_cache(maxsize=256)  # A catalogue says the same dozen of numbers hundreds of times.
def _quarters(number: str) -> Fraction:
    hours = Fraction(number)
    if not 0 <= hours <= _MOST_HOURS or hours * 4 % 1:
        raise ValueError
    return hours


QuarterHours = Annotated[Hours, BeforeValidator(_in_quarters), PlainSerializer(json_hours)]

T = TypeVar("T")
Many = Annotated[tuple[T, ...], Field(strict=False)]
"""Of data files and JSON, which have lists and no tuples."""

Names = Annotated[tuple[str, ...], Field(strict=False, max_length=50)]
Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=400, pattern=TEXT_PATTERN)]
Line = Annotated[str, Field(min_length=1, max_length=400, pattern=LINE_PATTERN)]

MOST_ENTRIES = 500
"""Of one kind in one file: five times the largest that was ever written."""

TeamSize = Annotated[StrictInt, Field(ge=1, le=500)]
WholeHours = Annotated[StrictInt, Field(ge=0, le=10_000)]

R = TypeVar("R", bound=Record)

DataTable = Mapping[str, Any]


def read_record(model: type[R], table: object, where: str, problems: list[Problem]) -> R | None:
    """Return the record that a table holds, or None after adding what is wrong with it."""
    try:
        return model.model_validate(table)
    except ValidationError as error:
        problems.extend(_problem(model, e, where) for e in _deepest(error))
        return None


def read_entries(
    model: type[R], table: DataTable, key: str, problems: list[Problem], *, required: bool = True
) -> tuple[R, ...]:
    """Return the valid records of `[[key]]` in file order; add what is wrong with the others.

    An id that stands twice is wrong too.
    """
    entries = table.get(key, [])
    if not isinstance(entries, list) or (required and not entries):
        problems.append(
            Problem(f"There is no [[{key}]] entry.", key, f"Add at least one [[{key}]] table.")
        )
        return ()
    if len(entries) > MOST_ENTRIES:
        what = f"There are {len(entries):,} [[{key}]] entries; {MOST_ENTRIES:,} are allowed."
        problems.append(Problem(what, key, "Split the file, or remove what is not used."))
        return ()
    records = (
        read_record(model, entry, entry_name(key, entry, position), problems)
        for position, entry in enumerate(entries, start=1)
    )
    read = tuple(record for record in records if record is not None)
    refuse_duplicates(table, key, problems)
    return read


def entry_name(key: str, entry: object, position: int) -> str:
    """Name an entry by its id where it has one, else by its place in the file, from 1."""
    if isinstance(entry, Mapping) and isinstance(entry.get("id"), str):
        return f"{key}[id={entry['id']}]"
    return f"{key}[number {position}]"


def entry_ids(table: DataTable, key: str) -> list[str]:
    """Return the ids of all entries of `[[key]]`, of those with other mistakes too."""
    entries = table.get(key, ())
    if not isinstance(entries, list):
        return []
    return [e["id"] for e in entries if isinstance(e, dict) and isinstance(e.get("id"), str)]


def refuse_duplicates(
    table: DataTable, key: str, problems: list[Problem], within: str = ""
) -> None:
    """Add a problem for each id that stands more than once; `within` is the entry around them."""
    fix = "Give each entry an id of its own."
    problems.extend(
        Problem(f"The id '{one}' is used twice.", f"{within}{key}[id={one}]", fix)
        for one, times in Counter(entry_ids(table, key)).items()
        if times > 1
    )


def unknown_names(
    kind: str, named: Iterable[str], known: Iterable[str], where: str
) -> Iterator[Problem]:
    """Yield a problem for each name that is none of those that are known."""
    names = frozenset(known)
    for name in named:
        if name not in names:
            yield Problem(f"Unknown {kind} '{name}'.", where, nearest(name, names))


def find_placeholders(text: str) -> Iterator[str]:
    """Yield what stands between braces; a format or a broken brace is part of the name."""
    try:
        for _, name, form, conversion in Formatter().parse(text):
            if name is not None:
                yield name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
    except ValueError:
        yield text


def refuse_unknown_keys(
    table: DataTable, known: Iterable[str], where: str, problems: list[Problem], kind: str = "key"
) -> None:
    """Add a problem for each key of a table that means nothing."""
    names = frozenset(known)
    unknown = [str(key) for key in table if key not in names]
    for number, key in enumerate(unknown):
        # Looking for what was meant takes its time; what will not be told only counts.
        fix = nearest(key, names) if number < MOST_TOLD else "Remove it."
        problems.append(Problem(f"Unknown {kind} '{key}'.", f"{where}.{key}".lstrip("."), fix))


def _deepest(error: ValidationError) -> list[Any]:
    """Drop what is only said because of a mistake further inside."""
    told = error.errors(include_url=False)
    outer = {e["loc"][:length] for e in told for length in range(len(e["loc"]))}
    return [e for e in told if e["loc"] not in outer]


def _problem(model: type[BaseModel], error: Any, where: str) -> Problem:
    place = ".".join(part for part in (where, *map(str, error["loc"])) if part)
    kind, last = error["type"], error["loc"][-1] if error["loc"] else ""
    if kind == "extra_forbidden":
        names = (f.alias or name for name, f in model.model_fields.items())
        is_inside = len(error["loc"]) > 1
        fix = "Remove it, or correct its spelling." if is_inside else nearest(str(last), names)
        return Problem(f"Unknown key '{last}'.", place, fix)
    if kind == "missing" and isinstance(last, int):
        return Problem("This entry is missing.", place, "Add it to the list.")
    if kind == "missing":
        return Problem(f"The key '{last}' is missing.", place, "Add it.")
    what, fix = describe_misfit(kind, error.get("ctx", {}), error["msg"])
    value = error["input"]
    shown = "" if isinstance(value, (dict, list)) else f" It is {show_value(value)}."
    return Problem(f"{what}.{shown}", place, fix)


# --- Written ---


def format_lines(table: Mapping[str, object]) -> list[str]:
    """Return the lines of a table of a data file."""
    return [f"{key} = {format_value(value)}" for key, value in table.items()]


def format_value(value: object) -> str:
    """Return a value as it stands in a data file."""
    match value:
        case str():
            # JSON's escapes are TOML's, but for DEL, which TOML wants escaped.
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case bool():
            return str(value).lower()
        case Mapping():
            return f"{{ {', '.join(format_lines(value))} }}"
        case tuple() | list():
            return f"[{', '.join(map(format_value, value))}]"
        case _:
            return str(value)
