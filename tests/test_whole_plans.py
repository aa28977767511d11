"""Whole plans for very different teams, as their managers get them."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assess.document.reading import read_document
from assess.library import Library
from assess.library.plan_data import load_plan_data
from assess.pages.plan_paper import render_plan
from assess.people import Person
from assess.planning.build import build_plan
from assess.planning.owners import Staffing
from assess.workflow.assessing.answer_files import read_assessment
from assess.workflow.history import Past
from assess.workflow.plan.basis import Wishes, find_basis
from tests.conftest import MatchExpected
from tests.plan_validator import find_plan_faults

pytestmark = pytest.mark.one_python

TEAMS = Path(__file__).parent / "plans"
LIBRARY = Library()
MOST_WORDS = 2_780
"""Of the longest plan, where nothing is in place yet; those of teams of five have some 2,500."""


def write_plan(
    team: str, *people: Person, before: str | None = None, off: tuple[str, ...] = ()
) -> str:
    """Return the plan that `assess plan --answers` would write the day after the assessment."""
    assessment = read_assessment([TEAMS / f"{team}.toml"], LIBRARY)
    assert assessment.manager is not None
    assessment = replace(assessment, manager=replace(assessment.manager, off=off))
    previous = read_assessment([TEAMS / f"{before}.toml"], LIBRARY) if before else None
    data = load_plan_data(LIBRARY, assessment)
    today = assessment.date + timedelta(days=1)
    basis = find_basis(data, assessment, Wishes(), Past(previous), today)
    plan = build_plan(replace(basis, request=replace(basis.request, staffing=Staffing(people))))
    assert find_plan_faults(plan, data.rules.limits) == []
    assert plan.proven
    return render_plan(plan, LIBRARY.template(assessment.questionnaire, "plan.md.j2"))


SIX = (
    "software-four",
    "shops-twelve",
    "charity-two",
    "studio-eight",
    "hospital-five",
    "scale-up-twenty-five",
)
UNUSUAL = (
    "all-low",
    "all-high",
    "all-but-one",
    "no-time",
    "sixty-hours",
    "dont-knows",
    "two-thirds-apply",
    "no-evidence",
    "two-people",
)
_AROUND_WORDS = re.compile(r"<!--.*?-->|```.*?```", re.DOTALL)


def count_words(text: str) -> int:
    """Count what people read: not the head, comments, the source of the chart, and signs."""
    shown = _AROUND_WORDS.sub(" ", text.split("---\n", 2)[2])
    return sum(any(map(str.isalnum, word)) for word in shown.split())


@pytest.mark.parametrize("team", [*SIX, "service-desk-seven"])
def test_plan_is_the_one_that_was_read_as_its_manager(
    team: str, match_expected: MatchExpected
) -> None:
    match_expected(f"plan-{team}.md", write_plan(team))


PEOPLE = (
    Person(name="Ana", roles=("manager",), share=50),
    Person(name="Ben", roles=("team",)),
    Person(name="Cleo", roles=("team", "specialist"), off=("2026-10-05..2026-10-16",)),
    Person(name="Dé O'Neill", roles=("team",), share=80),
    Person(name="Eva_Lind", roles=("team",)),
    Person(name="Flo", roles=("sponsor",)),
)


def test_plan_with_names_is_the_one_that_was_read(match_expected: MatchExpected) -> None:
    text = write_plan("hospital-five", *PEOPLE)
    match_expected("plan-hospital-five-with-names.md", text)
    owners = {task.owner for task in read_document(text).by_id.values()}
    assert owners <= {person.name for person in PEOPLE}


@pytest.mark.parametrize("size", [2, 5, 12])
def test_names_change_who_does_a_thing_and_never_what_or_when(size: int) -> None:
    team = {2: "charity-two", 5: "hospital-five", 12: "shops-twelve"}[size]
    manager = Person(name="Ana", roles=("manager",))
    others = (Person(name=f"Member {n}", roles=("team",)) for n in range(2, size + 1))
    bare, named = (
        read_document(text) for text in (write_plan(team), write_plan(team, manager, *others))
    )
    assert [(t.id, t.due) for t in bare.tasks] == [(t.id, t.due) for t in named.tasks]
    assert not {task.owner for task in named.tasks} & {"the manager", "the team", "a specialist"}


@pytest.mark.parametrize("team", [*SIX, *UNUSUAL, "service-desk-seven"])
def test_plan_is_short_and_its_first_page_is_one(team: str) -> None:
    text = write_plan(team)
    assert count_words(text) <= MOST_WORDS
    assert len(text.split("## On one page\n")[1].split("\n## ")[0].strip().splitlines()) <= 40


def test_plan_after_a_fall_has_no_fault() -> None:
    assert "90-day plan" in write_plan("fell", before="fell-before")


def test_nothing_falls_due_while_the_team_is_away() -> None:
    text = write_plan("hospital-five", off=("2026-10-05..2026-10-09", "2026-10-22..2026-10-23"))
    assert not re.search(r"by (?:Fri 9 Oct|Thu 22 Oct|Fri 23 Oct)", text)
    assert "|    4 | 5 Oct  |   off |" in text
