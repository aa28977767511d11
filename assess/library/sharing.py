"""What a data file takes from another one: a shared question, action or rule stands once.

A file says in `[take]` from which other it takes which entries, and that file is read each
time, so that what is taken cannot drift apart. Nothing of it can be changed where it is
taken; whoever needs other words leaves an entry out (`but`) and writes an own one.

Source: docs/decisions/0021-sharing.md
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from assess.datafile import DataTable, entry_ids, unknown_names
from assess.errors import DataFileError, Problem
from assess.library.files import at, read_data
from assess.misfit import show_value


class Kinds(NamedTuple):
    """What can be taken into a kind of file: lists of entries, and single tables."""

    lists: tuple[str, ...]
    tables: tuple[str, ...] = ()


QUESTIONNAIRE: Final = Kinds(("about", "dimension", "question"), ("stage_rule", "stage"))
PLAN_FILES: Final[Mapping[str, Kinds]] = {
    "actions.toml": Kinds(("action",)),
    "rules.toml": Kinds(("rule",), ("weights", "limits")),
    "figures.toml": Kinds(("family", "figure"), ("words",)),
}
_EVERY: Final = "all"
_HOW: Final = 'Write "all", or { but = ["an-id"] } for all but these.'


def read_shared(
    path: Path, kinds: Kinds, find: Callable[[str], Path | None], above: tuple[Path, ...] = ()
) -> DataTable:
    """Return the tables of a data file, with what it takes from another.

    `find` says where the file of that kind of another questionnaire or plan is; `above` are the
    files that take from this one.
    """
    table = read_data(path)
    if "take" not in table:
        return table
    return at(path, lambda: _Taking(table, kinds).read(find, (*above, path)))


class _Taking:
    """Puts a file together from what it takes and what it has of its own."""

    def __init__(self, table: DataTable, kinds: Kinds) -> None:
        self._own = {key: value for key, value in table.items() if key != "take"}
        take = table["take"]
        self._take: DataTable = take if isinstance(take, Mapping) else {}
        self._kinds = kinds
        self._problems: list[Problem] = []

    def read(self, find: Callable[[str], Path | None], above: tuple[Path, ...]) -> DataTable:
        source = self._take.get("from")
        path = find(source) if isinstance(source, str) else None
        if path is None or path in above:
            what = f"Nothing can be taken from {show_value(source)}."
            fix = 'Name another questionnaire, and no circle: from = "marketing-team".'
            raise DataFileError(what, "take.from", fix)
        other = read_shared(path, self._kinds, find, above)
        self._check_keys()
        said = self._take.get("said", {})
        merged = dict(self._own)
        for kind in self._kinds.lists:
            put = (_put(kind, entry, said) for entry in self._chosen(kind, other))
            own = self._own.get(kind, [])
            merged[kind] = [
                *(e for e in put if e is not None),
                *(own if isinstance(own, list) else []),
            ]
        merged |= {kind: other[kind] for kind in self._kinds.tables if self._takes(kind, other)}
        if self._problems:
            raise DataFileError(*self._problems)
        # Own questions stand at the end of the file, and are asked within their dimension.
        return _in_dimensions(merged) if "question" in self._kinds.lists else merged

    def _check_keys(self) -> None:
        words = {"from", *self._kinds.lists, *self._kinds.tables}
        known = {*words, "said"} if "about" in words else words
        for key in self._take:
            self._problems += unknown_names("key", [key], known, f"take.{key}")
        said = self._take.get("said", {})
        if not isinstance(said, Mapping) or not all(isinstance(v, str) for v in said.values()):
            self._add("This is no start profile.", "said", 'Write said = { selling = "inside" }.')

    def _takes(self, kind: str, other: DataTable) -> bool:
        wanted = self._take.get(kind)
        if wanted is not None and wanted != _EVERY:
            self._refuse(wanted, kind, f'Write {kind} = "all".')
        elif wanted is not None and kind in self._own:
            self._add(f"[{kind}] is taken and stands here too.", kind, "Leave one of them out.")
        return wanted == _EVERY and kind in other

    def _chosen(self, kind: str, other: DataTable) -> list[DataTable]:
        """Return the entries of one kind that are taken, in the order of their file."""
        wanted, there = self._take.get(kind), entry_ids(other, kind)
        if wanted is None:
            return []
        is_table = isinstance(wanted, Mapping) and len(wanted) == 1
        but = [] if wanted == _EVERY else wanted.get("but") if is_table else None
        if not isinstance(but, list) or not all(isinstance(one, str) for one in but):
            self._refuse(wanted, kind, _HOW)
            return []
        self._problems += unknown_names(kind, but, there, f"take.{kind}")
        taken = [one for one in there if one not in but]
        for one in entry_ids(self._own, kind):
            if one in taken:
                fix = f'Leave it out: {kind} = {{ but = ["{one}"] }}.'
                self._add(f"The {kind} '{one}' is taken and stands here too.", kind, fix)
        entries = (entry for entry in other.get(kind, []) if isinstance(entry, Mapping))
        return [entry for entry in entries if entry.get("id") in taken]

    def _refuse(self, wanted: object, kind: str, fix: str) -> None:
        self._add(f"{show_value(wanted)} is not what to take.", kind, fix)

    def _add(self, what: str, key: str, fix: str) -> None:
        self._problems.append(Problem(what, f"take.{key}", fix))


def _put(kind: str, entry: DataTable, said: Mapping[str, str]) -> DataTable | None:
    """Return an entry as it is put to a team that says this of itself, or None if it is not."""
    if kind == "about":
        return None if entry.get("id") in said else entry
    if kind != "question":
        return entry
    applies, wordings = dict(entry.get("applies", {})), dict(entry.get("for", {}))
    # Versions are those of the other questionnaire and mean nothing in this one.
    put = {k: v for k, v in entry.items() if k not in ("since", "replaced_by", "applies", "for")}
    for about, choice in said.items():
        if choice not in applies.pop(about, (choice,)):
            return None
        put |= wordings.pop(about, {}).get(choice, {})
    return None if "retired" in entry else put | {"applies": applies, "for": wordings}


def _in_dimensions(table: Mapping[str, Any]) -> DataTable:
    """Return a questionnaire with its questions in the order of its dimensions."""
    places = {name: place for place, name in enumerate(entry_ids(table, "dimension"))}
    questions = table["question"]
    there = set(entry_ids(table, "question"))

    def place(question: object) -> int:
        named = question.get("dimension") if isinstance(question, Mapping) else None
        return places.get(named, len(places)) if isinstance(named, str) else len(places)

    return {
        **table,
        "question": [_without_strangers(q, there) for q in sorted(questions, key=place)],
    }


def _without_strangers(question: Any, there: set[str]) -> Any:
    """Return a question that builds on those only which are here."""
    if not isinstance(question, Mapping) or not isinstance(question.get("builds_on", ""), list):
        return question
    return {**question, "builds_on": [one for one in question["builds_on"] if one in there]}
