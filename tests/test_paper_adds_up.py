"""What a plan says of itself on paper: numbers that add up, nothing told twice, nothing empty."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from assess.document.markdown import escape_markdown
from assess.pages.plan_paper import render_plan
from assess.planning.build import build_plan
from assess.planning.plan import Plan
from benchmarks.teams import open_teams
from tests.test_whole_plans import LIBRARY

pytestmark = pytest.mark.one_python

ASKED = ("marketing-team", "any-team", "manager")
TEMPLATE = LIBRARY.template(LIBRARY.questionnaire(ASKED[0]), "plan.md.j2")
TEAMS = {name: open_teams(name, profiles=True) for name in ASKED}
_AROUND = re.compile(r" ?<!--.*?-->|```.*?```", re.DOTALL)
_NUMBER = r"(\d+(?:\.\d+)?)"
_SHARED = re.compile(
    rf" {_NUMBER} in the weeks planned: {_NUMBER} for the work; {_NUMBER} kept free"
    rf"[^;.]*(?:; the other {_NUMBER} )?"
)
_WRONG_NUMBER = re.compile(
    r"(?<![\d.–-])1 (?!is |was |as )[a-z]+s\b(?! \d)"
    r"|(?<![\d.,])(?:\d\d+|[02-9]|\d+\.\d+) (?:hour|question|thing|week|answer|action|member)\b"
)


@pytest.mark.parametrize("times", [1, 4])
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("asked", ASKED)
def test_a_plan_on_paper_adds_up(asked: str, seed: int, times: int) -> None:
    basis = TEAMS[asked](seed)
    capacity = basis.request.capacity
    capacity = replace(capacity, hours_per_week=times * capacity.hours_per_week)
    plan = build_plan(replace(basis, request=replace(basis.request, capacity=capacity)))
    text = _AROUND.sub("", render_plan(plan, TEMPLATE).split("---\n", 2)[2])
    parts = {part.partition("\n")[0]: part for part in text.split("\n## ")}
    assert [*_faults_of_numbers(plan, parts), *_faults_of_words(plan, parts, text)] == []


def _faults_of_numbers(plan: Plan, parts: Mapping[str, str]) -> Iterator[str]:
    page, months = parts["On one page"], [p for name, p in parts.items() if "Days" in name]
    (shared,) = _SHARED.findall(page)
    room, work, *free = (float(number or 0) for number in shared)
    if room != work + sum(free):
        yield f"{shared} do not add up."
    in_weeks = re.findall(rf"\n\| +\d+ \|[^|]+\| +{_NUMBER} ", parts["Timeline"])
    at_work = re.findall(rf"\*\*When:\*\* {_NUMBER} ", "".join(months))
    for numbers in (in_weeks, at_work):
        if sum(map(float, numbers)) != work:
            yield f"{numbers} are not {work} hours."
    rows = len(re.findall(r" \| [123] +\| ", page))
    told = sum(month.count("\n### ") for month in months)
    decided = page.count(" (Fri "), parts.get("Decided at once", "").count("\n### ")
    if rows != told or decided[0] != decided[1]:
        yield f"{rows} of {told} priorities and {decided} decisions are on the first page."
    things = re.findall(r"(\d+) things?, each", "".join(parts.values()))
    if things != [str(len(plan.promised))] * bool(plan.promised):
        yield f"{things} are promised, not {len(plan.promised)}."


def _faults_of_words(plan: Plan, parts: Mapping[str, str], text: str) -> Iterator[str]:
    levels = {q.id: q.levels for q in plan.profile.questionnaire.questions}
    done = "".join(part.split("**Done when:**", 1)[-1] for part in text.split("\n### "))
    for rung in plan.promised:
        if f"\n- {escape_markdown(levels[rung.question][rung.end])}\n" not in done:
            yield f"{rung} is promised and nowhere told."
    if len(f"{parts['On one page']}".split("\n", 1)[1].strip().splitlines()) > 36:
        yield "The first page is longer than one."
    yield from (found.group() for found in _WRONG_NUMBER.finditer(text))
    lines = [line for line in text.split("\n") if line]
    for line, following in zip(lines, [*lines[1:], "# End"], strict=True):
        depth = len(line) - len(line.lstrip("#"))
        is_empty = following.startswith("#") and len(following.split(" ")[0]) <= depth
        if is_empty or (re.fullmatch(r"\*\*[^*]+:\*\*", line) and following[0] not in "-|"):
            yield f"Nothing stands under {line}."
    # The first page goes out alone, so it may give a reason that stands under its priority too.
    prose = (x for x in lines if not x.startswith(("|", "- [", "**When:**", "- Why “")))
    said = Counter(s for line in prose for s in re.split(r"(?<=[.?!]) ", line.lstrip("- ")))
    yield from (s for s, times in said.items() if times > 1 and len(s.split()) > 6)
