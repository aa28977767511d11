"""What the shipped actions are measured by, and the examples that their steps name."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assess.catalogue.action import Action, Measure
from assess.library import Library
from assess.library.plan_data import read_plan_data

LIBRARY = Library()
CATALOGUES = {
    name: read_plan_data(LIBRARY, LIBRARY.questionnaire(name)).catalogue.actions
    for name in LIBRARY.questionnaire_ids()
}
EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
PAGES = {path.stem for path in EXAMPLES.glob("*.md")} - {"README"}
OUTCOME = re.compile(
    r"\b(minutes|hours|days|weeks|money|errors|mistakes|approvals|complaints|customers|leads)\b|%"
)
NAMED = re.compile(r"\(assess example ([a-z-]+)\)")


def measures_of(action: Action) -> Iterator[Measure]:
    yield from action.measures
    for words in action.only.values():
        yield from words.measures or ()


def named_in(actions: tuple[Action, ...]) -> set[str]:
    return {page for a in actions for step in a.steps for page in NAMED.findall(step.do)}


@pytest.mark.parametrize("name", CATALOGUES)
def test_at_least_a_third_of_the_measures_tell_an_outcome_in_a_unit(name: str) -> None:
    measures = [m for action in CATALOGUES[name] for m in measures_of(action)]
    outcomes = [m for m in measures if m.unit and OUTCOME.search(m.unit)]
    assert 3 * len(outcomes) >= len(measures)


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_baseline_says_how_to_take_it_and_is_no_number_that_nobody_took(name: str) -> None:
    baselines = [m.baseline for action in CATALOGUES[name] for m in measures_of(action)]
    assert [b for b in baselines if b[0].isdigit() or len(b.split()) < 3] == []


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_example_that_a_step_names_can_be_printed(name: str) -> None:
    assert named_in(CATALOGUES[name]) <= PAGES


def test_every_example_is_named_by_a_step_and_listed() -> None:
    assert set.union(*(named_in(actions) for actions in CATALOGUES.values())) == PAGES
    listed = re.findall(r"^\| \[([a-z-]+)\]\(\1\.md\)", LIBRARY.example("README"), re.MULTILINE)
    assert set(listed) == PAGES


@pytest.mark.parametrize("page", sorted(PAGES))
def test_an_example_is_one_page(page: str) -> None:
    text = LIBRARY.example(page)
    assert len(text.split()) <= 400
    assert len(text.splitlines()) <= 45
