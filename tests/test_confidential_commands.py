"""Attacks on members by somebody who types commands, makes up members, and copies the store.

Each compares all that is told of two families of answers that differ in what the attacker wants
to know: where everything is the same, to the letter, nothing tells it. What lies outside stands
in docs/confidentiality.md as not promised; the last tests show it.
"""

import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.typing_in import CommandLine

pytestmark = pytest.mark.one_python

Member = Sequence[Any]

DAY = date(2026, 11, 22)
NEXT = date(2027, 2, 22)
MINIMUM = 5
SAID = "known to one member only"

TELLING = [
    (),
    ("history",),
    ("teams",),
    ("result",),
    ("result", "--answers"),
    ("result", "--out", "result.md"),
    ("plan", "--out", "plan.md"),
    ("plan", "--format", "csv", "--out", "plan.csv"),
    ("why", "lift-goals-1-2"),
    ("checkin", "plan.md"),
    ("compare", "--out", "comparison.md"),
    ("report", "--out", "report.html"),
    ("report", "--for", "team", "--out", "team.html"),
    ("export",),
    ("overview",),
    ("overview", "--out", "overview.html"),
    ("overview", "--out", "overview.csv"),
]
FILES = ("*.md", "*.csv", "*.html")


@pytest.fixture
def assess(assess: CommandLine, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """Return the command line with the small questionnaire; its temporary files lie in a folder."""
    assess.use_small_data()
    (assess.folder / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(assess.folder / "temporary"))
    return assess


def written(assess: CommandLine) -> list[Path]:
    return sorted(path for kind in FILES for path in assess.folder.glob(kind))


def answer_and_close(assess: CommandLine, members: Sequence[Member], day: date, own: Member) -> str:
    """Let the manager and members answer, close, and return what was said meanwhile."""
    today = ("--today", day.isoformat())
    assess.open_to(day=day)
    manager = assess.write_answers("manager.toml", *own, day=day)
    files = [assess.write_member(number, *given, day=day) for number, given in enumerate(members)]
    ran = [
        assess("run", "--answers", manager, *today),
        assess("collect", *files),
        assess("close", "--yes", *today),
        assess("plan", *today),
        assess("score", manager),
    ]
    return "".join(f"{one.code}\n{one.out}\n{one.err}\n" for one in ran)


def all_that_is_told(
    assess: CommandLine, *members: Member, own: Member = (1, 2, 0, 1), quarters: int = 2
) -> str:
    """Return all that is told of quarters in which the manager and these members answer."""
    for path in (*written(assess), assess.store):
        path.unlink(missing_ok=True)
    days = (DAY, NEXT)[:quarters]
    told = [answer_and_close(assess, members, day, own) for day in days]
    today = ("--today", days[-1].isoformat())
    ran = [assess(*words, *json, *today) for words in TELLING for json in ((), ("--json",))]
    told += [f"{one.code}\n{one.out}\n{one.err}\n" for one in ran]
    return "".join((*told, *(path.read_text() for path in written(assess))))


def draw(chance: Random, count: int) -> list[list[Any]]:
    """Return members who answer anything, but nobody so little that it decides who is scored."""
    return [[chance.choice([0, 1, 1, 2, 2, 3]) for _ in range(4)] for _ in range(count)]


def shuffle(chance: Random, member: Member) -> list[Any]:
    """Return the same answers, on other questions of their dimensions."""
    return [*chance.sample(list(member[:2]), k=2), *chance.sample(list(member[2:]), k=2)]


# --- What is promised ---


def test_below_the_minimum_nothing_depends_on_what_members_answered(assess: CommandLine) -> None:
    high = {"level": 3, "evidence": SAID}
    no = {"not-applicable": SAID}
    other = (high, 3, 3, 3), ("dont-know", 3, 3, 2), (no, no, 1, 1), (2, 1, 0, 3)
    told = all_that_is_told(assess, *[(0, 0, 0, 0)] * 4)
    assert told == all_that_is_told(assess, *other)


@pytest.mark.parametrize("count", [MINIMUM, 2 * MINIMUM - 1])
def test_below_twice_the_minimum_nothing_tells_which_question_got_which_answer(
    assess: CommandLine, count: int
) -> None:
    """Whatever the others are: made-up members beside a real one tell none of its answers."""
    chance = Random(count)
    members = draw(chance, count)
    told = all_that_is_told(assess, *members)
    assert "as the members see it" in told
    assert told == all_that_is_told(assess, *(shuffle(chance, member) for member in members))


@pytest.mark.parametrize("count", [MINIMUM, 2 * MINIMUM])
def test_nothing_tells_who_answered_what(assess: CommandLine, count: int) -> None:
    chance = Random(count)
    members = draw(chance, count)
    told = all_that_is_told(assess, *members, quarters=1)
    assert told == all_that_is_told(assess, *chance.sample(members, k=count), quarters=1)


def test_equal_figures_tell_equal_words_whatever_the_manager_tries(assess: CommandLine) -> None:
    """Copies of the store in which the manager answers otherwise probe nothing finer."""
    exact, nearly = [[1] * 4] * 7, [*[[1] * 4] * 6, [1, 1, 1, 2]]
    for own in ((0,) * 4, (2,) * 4, (3,) * 4):
        told = [all_that_is_told(assess, *m, own=own, quarters=1) for m in (exact, nearly)]
        assert told[0] == told[1]


def test_evidence_and_reasons_of_members_lie_nowhere_but_in_the_store(assess: CommandLine) -> None:
    high, no = {"level": 2, "evidence": SAID}, {"not-applicable": SAID}
    told = all_that_is_told(assess, (high, no, 1, 1), *[(1, 1, 1, 1)] * 4)
    assert SAID not in told.replace(str(assess.folder), "")
    sent = assess.folder / "member-0.toml"
    holding = [
        path.name
        for path in assess.folder.rglob("*")
        if path.is_file() and path != sent and SAID.encode() in path.read_bytes()
    ]
    assert holding == [assess.store.name]


def test_what_a_member_began_is_in_nothing_that_is_told_or_left(assess: CommandLine) -> None:
    assess.open_to()
    about = ("run", "--as", "member", "--code", next(assess.codes))
    assess.type_in(f"3\n{SAID}, 3 November\n", *about)
    ran = [assess(*words, *json) for words in TELLING for json in ((), ("--json",))]
    assess("export", "--backup", "copy.db")
    assert not any(SAID in one.out + one.err for one in ran)
    left = [path for path in assess.folder.rglob("*") if path.is_file()]
    assert not any(SAID.encode() in path.read_bytes() for path in left)


def test_the_team_is_told_nothing_of_what_moved_in_the_manager_s_answers(
    assess: CommandLine,
) -> None:
    members = draw(Random(2), MINIMUM)
    for day, own in ((DAY, (0, 0, 0, 0)), (NEXT, (2, 2, 2, 2))):
        answer_and_close(assess, members, day, own)
    assess("report", "--for", "team", "--out", "team.md", "--today", NEXT.isoformat())
    told = (assess.folder / "team.md").read_text(encoding="utf-8")
    assert "The plan in between" in told
    assert "lifts moved" not in told


def test_what_is_closed_cannot_be_asked_again(assess: CommandLine) -> None:
    answer_and_close(assess, draw(Random(1), 5), DAY, (1, 1, 1, 1))
    before = assess("result", "--json").out
    today = ("--today", DAY.isoformat())
    other = assess.write_answers("manager.toml", 3)
    assert assess("run", "--answers", other, "--replace", *today).code == 1
    assert assess.open_to().code == 1
    assert assess("export", "all.json").code == 0
    assert assess("import", "all.json", "--replace").code == 0
    assert assess("plan", "--what-if", "goals-1=3", "--json", *today).code == 0
    assert assess("result", "--json").out == before


def test_no_code_stands_in_anything_that_is_told(assess: CommandLine) -> None:
    document = assess.open_to().document
    assess("collect", assess.write_member(1, 1))
    ran = [assess(*words, *json) for words in TELLING for json in ((), ("--json",))]
    assert not any(code in one.out + one.err for code in document["codes"] for one in ran)


# --- What is not ---


def test_who_answers_for_all_others_learns_shares_and_no_question(assess: CommandLine) -> None:
    """The holder copies the open store, and fills in the codes that nobody used."""
    levels = []
    for real in ((2, 0, 1, 1), (0, 2, 1, 1), (2, 2, 1, 1)):
        assess.store.unlink(missing_ok=True)
        assess.open_to(5)
        assess("collect", assess.write_member(0, *real))
        shutil.copy(assess.store, assess.folder / "copy.sqlite")
        assess("collect", *assess.write_members(0, 0, 0, 0), "--store", "copy.sqlite")
        closed = assess("close", "--yes", "--json", "--store", "copy.sqlite").document
        levels.append(closed["score"]["dimensions"]["goals"])
        (assess.folder / "copy.sqlite").unlink()
    assert levels[0] == levels[1] != levels[2]
