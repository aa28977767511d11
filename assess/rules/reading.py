"""From the tables of a rules file to rules, with every problem of the file named."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from assess.catalogue.action import Catalogue
from assess.datafile import (
    DataTable,
    entry_name,
    read_entries,
    read_record,
    refuse_unknown_keys,
    unknown_names,
)
from assess.errors import DataFileError, Problem
from assess.misfit import show_value
from assess.questionnaire import Questionnaire
from assess.rules.condition import Atom, Condition, OneOf, Within, atoms
from assess.rules.model import Case, Example, ExampleTable, Limits, Rule, Rules, RuleTable, Weights
from assess.rules.placeholder import find_words
from assess.rules.situation import Subject
from assess.rules.vocabulary import Vocabulary, flatten

_OUTCOMES: Final = ("must", "avoid", "boost", "risk", "note")


def read_rules(
    table: DataTable, questionnaire: Questionnaire, catalogue: Catalogue, *, examples: bool = True
) -> Rules:
    """Return the rules that a data file holds; without its examples where only a plan is made.

    Raises:
        DataFileError: With every problem of the file, each naming its rule and key.
    """
    problems: list[Problem] = []
    refuse_unknown_keys(table, ("weights", "limits", "rule", "example"), "", problems)
    weights = read_record(Weights, table.get("weights", {}), "weights", problems) or Weights()
    limits = read_record(Limits, table.get("limits", {}), "limits", problems) or Limits()
    vocabulary = Vocabulary(questionnaire, catalogue)
    readers = [
        _RuleReader(read, vocabulary)
        for read in read_entries(RuleTable, table, "rule", problems, required=False)
    ]
    rules = tuple(reader.read() for reader in readers)
    # A rule for each dimension is read once for every one, with the same problems.
    problems.extend(problem for reader in readers for problem in dict.fromkeys(reader.found))
    told: tuple[Example, ...] = ()
    if examples:
        from assess.rules.example import read_example

        tables = read_entries(ExampleTable, table, "example", problems, required=False)
        read = (
            read_example(one, number, questionnaire, catalogue, limits, problems)
            for number, one in enumerate(tables, start=1)
        )
        told = tuple(example for example in read if example is not None)
    if problems:
        raise DataFileError(*problems)
    return Rules(weights=weights, limits=limits, rules=rules, examples=told)


class _RuleReader:
    """Reads one rule; `found` is what is wrong with it."""

    def __init__(self, table: RuleTable, vocabulary: Vocabulary) -> None:
        self._table = table
        self._vocabulary = vocabulary
        self._where = entry_name("rule", {"id": table.id}, 0)
        self.found: list[Problem] = []

    def read(self) -> Rule:
        """Return the rule; where something is wrong with it, it may lack cases."""
        self._check_outcomes()
        table = self._table
        each = self._vocabulary.questionnaire.titles if table.for_each else (None,)
        cases = [self._read_case(dimension) for dimension in each]
        there = tuple(case for case in cases if case is not None)
        return Rule.model_construct(**dict(table), cases=there)

    def _add(self, what: str, key: str, fix: str) -> None:
        self.found.append(Problem(what, f"{self._where}.{key}", fix))

    def _check_outcomes(self) -> None:
        table = self._table
        known = self._vocabulary.catalogue.by_id
        for key, names in (("must", table.must), ("avoid", table.avoid)):
            self.found += unknown_names("action", names, known, f"{self._where}.{key}")
        if not any(getattr(table, key) for key in _OUTCOMES):
            fix = f"Add one of: {', '.join(_OUTCOMES)}."
            self.found.append(Problem("The rule brings nothing.", self._where, fix))

    def _read_case(self, dimension: str | None) -> Case | None:
        vocabulary = replace(self._vocabulary, dimension=dimension)
        condition = vocabulary.read_when(self._table.when, f"{self._where}.when", self.found)
        boosts = self._read_boosts(dimension)
        if condition is None:
            return None
        self._check_bringing(condition)
        texts = {"because": self._table.because}
        if self._table.note is not None:
            texts["note"] = self._table.note
        words = find_words(texts, condition, dimension, self._where, self.found)
        return Case(dimension, condition, boosts, words)

    def _read_boosts(self, dimension: str | None) -> Mapping[str, int]:
        boost = self._table.boost
        if boost is None:
            return {}
        if dimension is not None:
            if not _is_factor(boost):
                fix = "In a rule for each dimension, write a whole number: boost = 2."
                self._add(f"{show_value(boost)} is not a boost.", "boost", fix)
            return {dimension: boost}
        if not isinstance(boost, dict) or not boost:
            fix = 'Write a table: boost = { goals = 2, "question.goals-written" = 3 }.'
            self._add(f"{show_value(boost)} is not a table of boosts.", "boost", fix)
            return {}
        boosts = dict(flatten(boost))
        asked = self._vocabulary.questionnaire
        known = (*asked.titles, *(f"question.{q}" for q in asked.by_id))
        for key, factor in boosts.items():
            self.found += unknown_names("boost", [key], known, f"{self._where}.boost.{key}")
            if not _is_factor(factor):
                what = f"{show_value(factor)} is not a boost."
                self._add(what, f"boost.{key}", "Write a whole number from 1 on.")
        return boosts

    def _check_bringing(self, condition: Condition) -> None:
        """Refuse that what is uncertain, or about the person who answers, decides on work."""
        brings = [key for key in ("must", "avoid", "boost") if getattr(self._table, key)]
        for atom in atoms(condition):
            kind = _talk_only(atom)
            allowed = ("must", "avoid") if kind == "carried" else ()
            for key in brings:
                if kind is not None and key not in allowed:
                    only = ", ".join((*allowed, "note")) + " and risk"
                    what = f"A condition on '{kind}' may not bring '{key}'."
                    self._add(what, key, f"It may bring {only}.")


def _talk_only(atom: Atom) -> str | None:
    """Name the kind of a condition that may not decide on all work, or return None."""
    match atom:
        case Within(Subject("team", "margin.down" | "margin.up")):
            return "margin"
        case Within(Subject("carried")):
            return "carried"
        case OneOf("agreement" | "rose" | "fell" as kind):
            return kind
        case _:
            return None


def _is_factor(value: object) -> bool:
    return type(value) is int and value >= 1
