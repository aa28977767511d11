"""docs/rules.md knows every word of the vocabulary, and its examples are read."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from markdown_it import MarkdownIt

from assess.catalogue.action import CAUSES
from assess.catalogue.reading import read_catalogue
from assess.questionnaire import STAGES, read_questionnaire
from assess.rulecheck.issue import Name
from assess.rulecheck.prover import Prover
from assess.rules.model import Limits, Weights
from assess.rules.placeholder import NAMES
from assess.rules.reading import read_rules
from assess.rules.situation import TEAM_NUMBERS
from assess.rules.vocabulary import AGREEMENT, flatten

pytestmark = pytest.mark.one_python

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
BLOCKS = [t.content for t in MarkdownIt().parse(TEXT) if t.type == "fence" and t.info == "toml"]


def shipped(path: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / path).read_text(encoding="utf-8"), parse_float=Decimal)


BUDGET = {
    "id": "budget",
    "ask": "Whose budget is it?",
    "choices": {"own": "Its own.", "shared": "Shared.", "none": "It has none."},
}
ASKED = shipped("questionnaires/marketing-team.toml")
ABOUT = [BUDGET, *(one for one in ASKED.get("about", ()) if one["id"] != BUDGET["id"])]
QUESTIONNAIRE = read_questionnaire({**ASKED, "about": ABOUT})
"""With an entry of the start profile that an example can speak of."""
CATALOGUE = read_catalogue(shipped("plans/marketing-team/actions.toml"), QUESTIONNAIRE)
TABLES = [tomllib.loads(block, parse_float=Decimal) for block in BLOCKS]
RULES = [rule for table in TABLES for rule in table.get("rule", ())]


@pytest.mark.parametrize("table", TABLES, ids=range(len(TABLES)))
def test_every_example_is_read_and_every_rule_in_it_can_fire(table: Mapping[str, Any]) -> None:
    rules = read_rules(table, QUESTIONNAIRE, CATALOGUE)
    prover = Prover(QUESTIONNAIRE, rules.limits)
    for rule in rules.rules:
        assert prover.find(rule.cases[0].condition)


def test_every_condition_has_an_example() -> None:
    used = {kind_of(key) for rule in RULES for key in keys_of(rule["when"])}
    assert used == {
        *("stage", "complete", "rose", "fell", "any", "not", "share", *TEAM_NUMBERS),
        *("<dimension>.<stage>", "<dimension>.index", "question.<id>"),
        *("agreement.<dimension>", "carried.<action>", "about.<id>"),
    }


def keys_of(when: Mapping[str, Any]) -> Iterator[str]:
    for key, value in flatten(when):
        yield key
        for table in value if key == "any" else [value] if key == "not" else []:
            yield from keys_of(table)


def kind_of(key: str) -> str:
    """Return a key as the page writes it, with what may stand there in angle brackets."""
    family, _, name = key.partition(".")
    if key in TEAM_NUMBERS:
        return key
    if family in QUESTIONNAIRE.titles:
        return "<dimension>.index" if name == "index" else "<dimension>.<stage>"
    rest = {
        "question": "<id>",
        "agreement": "<dimension>",
        "carried": "<action>",
        "about": "<id>",
    }.get(family)
    return f"{family}.{rest}" if rest else key


def test_every_condition_outcome_and_word_is_named_in_the_text() -> None:
    words = set(re.findall(r"`([^`\n]+)`", TEXT))
    brings = ("must", "avoid", "boost", "risk", "note", "because", "for_each")
    kinds = {kind_of(key) for rule in RULES for key in keys_of(rule["when"])}
    assert not {*kinds, *brings, *CAUSES, *AGREEMENT, *STAGES} - words


def test_every_outcome_has_an_example() -> None:
    used = {key for rule in RULES for key in rule}
    assert used == {
        *("id", "when", "because", "for_each"),
        *("must", "avoid", "boost", "risk", "note"),
    }


def test_every_placeholder_is_in_the_table_and_in_an_example() -> None:
    assert set(re.findall(r"`\{(\w+)\}`", TEXT)) == NAMES
    texts = " ".join(f"{rule['because']} {rule.get('note', '')}" for rule in RULES)
    assert set(re.findall(r"\{(\w+)\}", texts)) == NAMES


def test_the_weights_and_limits_shown_are_those_that_hold_when_left_out() -> None:
    shown: dict[str, Any] = {}
    for table in TABLES:
        shown |= {key: table[key] for key in ("weights", "limits") if key in table}
    assert shown == {
        "weights": Weights().model_dump(),
        "limits": Limits().model_dump(exclude_none=True),
    }


def test_every_finding_of_the_check_is_listed() -> None:
    listed = set(re.findall(r"^\| `([a-z-]+)` \| (?:error|warning) ", TEXT, re.MULTILINE))
    assert listed == set(get_args(Name)) - {"unusable-file"}
