"""From the tables of a rules file to rules, with every problem of the file named."""

from collections.abc import Collection, Mapping
from typing import Any, Final, TypeVar

from assess.catalogue.action import CAUSES, Catalogue, Cause
from assess.datafile import (
    DataTable,
    Id,
    Line,
    Names,
    Record,
    entry_name,
    read_entries,
    read_record,
    refuse_duplicates,
    refuse_unknown_keys,
)
from assess.errors import DataFileError, Problem, nearest
from assess.questionnaire import Questionnaire
from assess.rules.condition import AgreementIn, Atom, Condition, Moved, Within, atoms
from assess.rules.model import Case, Example, Limits, Rule, Rules, Weights
from assess.rules.placeholder import find_words
from assess.rules.situation import Carried, TeamNumber
from assess.rules.vocabulary import Vocabulary, flatten

_OUTCOMES: Final = ("must", "avoid", "boost", "risk", "note")


class _RuleTable(Record):
    id: Id
    for_each: str | None = None
    when: Mapping[str, Any]
    must: Names = ()
    avoid: Names = ()
    boost: Any = None
    risk: str | None = None
    note: Line | None = None
    because: Line


def read_rules(
    table: DataTable, questionnaire: Questionnaire, catalogue: Catalogue, *, examples: bool = True
) -> Rules:
    """Return the rules that a data file holds; without its examples where only a plan is made.

    Raises:
        DataFileError: With every problem of the file, each naming its rule and key.
    """
    problems: list[Problem] = []
    refuse_unknown_keys(table, ("weights", "limits", "rule", "example"), "", problems)
    weights = _read_section(Weights, table, "weights", problems)
    limits = _read_section(Limits, table, "limits", problems)
    tables = read_entries(_RuleTable, table, "rule", problems, required=False)
    refuse_duplicates(table, "rule", problems)
    vocabulary = Vocabulary(questionnaire, catalogue)
    rules = [_RuleReader(read, vocabulary, problems).read() for read in tables]
    told: tuple[Example, ...] = ()
    if examples:
        from assess.rules.example import read_example

        read = (
            read_example(entry, number, questionnaire, catalogue, limits, problems)
            for number, entry in enumerate(_entries(table, "example", problems), start=1)
        )
        told = tuple(example for example in read if example is not None)
    if problems:
        raise DataFileError(*problems)
    return Rules(
        weights=weights,
        limits=limits,
        rules=tuple(rule for rule in rules if rule is not None),
        examples=told,
    )


S = TypeVar("S", Weights, Limits)


def _read_section(model: type[S], table: DataTable, key: str, problems: list[Problem]) -> S:
    return read_record(model, table.get(key, {}), key, problems) or model()


def _entries(table: DataTable, key: str, problems: list[Problem]) -> list[DataTable]:
    entries = table.get(key, [])
    if not isinstance(entries, list):
        problems.append(Problem(f"'{key}' is not a list of tables.", key, f"Write [[{key}]]."))
        return []
    return entries


class _RuleReader:
    """Reads one rule; adds what is wrong with it to the problems."""

    def __init__(self, table: _RuleTable, vocabulary: Vocabulary, problems: list[Problem]) -> None:
        self._table = table
        self._vocabulary = vocabulary
        self._problems = problems
        self._where = entry_name("rule", {"id": table.id}, 0)

    def read(self) -> Rule | None:
        """Return the rule, or None where something is wrong with it."""
        found: list[Problem] = []
        risk = self._read_risk(found)
        self._check_outcomes(found)
        cases = self._read_cases(found)
        # A rule for each dimension is read once for every one, with the same problems.
        self._problems.extend(dict.fromkeys(found))
        if found:
            return None
        table = self._table
        return Rule(
            id=table.id,
            for_each=table.for_each is not None,
            cases=cases,
            must=table.must,
            avoid=table.avoid,
            risk=risk,
            note=table.note,
            because=table.because,
        )

    def _add(self, problems: list[Problem], what: str, key: str, fix: str) -> None:
        problems.append(Problem(what, f"{self._where}.{key}", fix))

    def _read_risk(self, problems: list[Problem]) -> Cause | None:
        risk = self._table.risk
        cause = next((cause for cause in CAUSES if cause == risk), None)
        if risk is not None and cause is None:
            self._add(problems, f"Unknown cause '{risk}'.", "risk", nearest(risk, CAUSES))
        return cause

    def _check_outcomes(self, problems: list[Problem]) -> None:
        table = self._table
        known = self._vocabulary.catalogue.by_id
        for key, names in (("must", table.must), ("avoid", table.avoid)):
            for name in names:
                if name not in known:
                    self._add(problems, f"Unknown action '{name}'.", key, nearest(name, known))
        if table.for_each not in (None, "dimension"):
            what = f"Unknown word '{table.for_each}'."
            self._add(problems, what, "for_each", nearest(str(table.for_each), ("dimension",)))
        if not any(getattr(table, key) for key in _OUTCOMES):
            fix = f"Add one of: {', '.join(_OUTCOMES)}."
            problems.append(Problem("The rule brings nothing.", self._where, fix))

    def _read_cases(self, problems: list[Problem]) -> tuple[Case, ...]:
        if self._table.for_each is None:
            cases = [self._read_case(None, problems)]
        else:
            titles = self._vocabulary.questionnaire.titles
            cases = [self._read_case(dimension, problems) for dimension in titles]
        return tuple(case for case in cases if case is not None)

    def _read_case(self, dimension: str | None, problems: list[Problem]) -> Case | None:
        vocabulary = self._vocabulary
        if dimension is not None:
            vocabulary = vocabulary.for_dimension(dimension)
        condition = vocabulary.read_when(self._table.when, f"{self._where}.when", problems)
        boosts = self._read_boosts(dimension, problems)
        if condition is None:
            return None
        self._check_bringing(condition, problems)
        texts = {"because": self._table.because}
        if self._table.note is not None:
            texts["note"] = self._table.note
        words = find_words(texts, condition, dimension, self._where, problems)
        return Case(dimension, condition, boosts, words)

    def _read_boosts(self, dimension: str | None, problems: list[Problem]) -> Mapping[str, int]:
        boost = self._table.boost
        if boost is None:
            return {}
        if dimension is not None:
            if not _is_factor(boost):
                fix = "In a rule for each dimension, write a whole number: boost = 2."
                self._add(problems, f"{_shown(boost)} is not a boost.", "boost", fix)
            return {dimension: boost}
        if not isinstance(boost, dict) or not boost:
            fix = 'Write a table: boost = { goals = 2, "question.goals-written" = 3 }.'
            self._add(problems, f"{_shown(boost)} is not a table of boosts.", "boost", fix)
            return {}
        boosts = dict(flatten(boost))
        known = self._boostable()
        for key, factor in boosts.items():
            if key not in known:
                self._add(problems, f"Unknown boost '{key}'.", f"boost.{key}", nearest(key, known))
            if not _is_factor(factor):
                what = f"{_shown(factor)} is not a boost."
                self._add(problems, what, f"boost.{key}", "Write a whole number from 1 on.")
        return boosts

    def _boostable(self) -> Collection[str]:
        questionnaire = self._vocabulary.questionnaire
        return (*questionnaire.titles, *(f"question.{q}" for q in questionnaire.by_id))

    def _check_bringing(self, condition: Condition, problems: list[Problem]) -> None:
        """Refuse that what is uncertain, or about the person who answers, decides on work."""
        table = self._table
        brings = [key for key in ("must", "avoid", "boost") if getattr(table, key)]
        for atom in atoms(condition):
            kind = _talk_only(atom)
            allowed = ("must", "avoid") if kind == "carried" else ()
            for key in brings:
                if kind is not None and key not in allowed:
                    only = ", ".join((*allowed, "note")) + " and risk"
                    what = f"A condition on '{kind}' may not bring '{key}'."
                    self._add(problems, what, key, f"It may bring {only}.")


def _talk_only(atom: Atom) -> str | None:
    """Name the kind of a condition that may not decide on all work, or return None."""
    match atom:
        case Within(TeamNumber("margin.down" | "margin.up")):
            return "margin"
        case Within(Carried()):
            return "carried"
        case AgreementIn():
            return "agreement"
        case Moved(direction):
            return direction
        case _:
            return None


def _is_factor(value: object) -> bool:
    return type(value) is int and value >= 1


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)
