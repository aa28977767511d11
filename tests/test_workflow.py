"""Whole runs as values: no terminal, no command line, a store in memory of the test."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from assess.errors import AssessError
from assess.library import Library
from assess.pages.blocks import Command, Page, Sentence
from assess.store import Store
from assess.workflow.assessing.answer_files import read_assessment
from assess.workflow.assessing.finishing import RunEnd, finish_run
from assess.workflow.finding import Errand
from assess.workflow.outcome import Outcome, write_outcome
from assess.workflow.plan.anew import PlanOrder, plan_kept
from assess.workflow.plan.basis import Wishes
from assess.workflow.plan.explaining import explain_in_store
from assess.workflow.plan.exports import Export
from assess.workflow.results.comparing import Sides, compare
from assess.workflow.results.reporting import Readers, make_report
from assess.workflow.results.result import find_result
from tests.builders import make_assessment

LIBRARY = Library(None)
EXAMPLE = Path("plans/marketing-team/example")
FIRST_DAY, SECOND_DAY = date(2026, 5, 18), date(2026, 8, 24)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of its own, with the answers of both quarters."""
    for name in ("first", "second"):
        text = (EXAMPLE / f"{name}.toml").read_text(encoding="utf-8")
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def on(store: Store, day: date = FIRST_DAY) -> Errand:
    return Errand(LIBRARY, store, day)


def run(store: Store, name: str, today: date) -> Outcome:
    given = read_assessment([Path(f"{name}.toml")], LIBRARY)
    return finish_run(on(store, today), given, RunEnd())


def commands(page: Page | None) -> list[str]:
    blocks = [block for section in page.sections for block in section.blocks] if page else []
    return [block.text for block in blocks if isinstance(block, Command)]


def test_a_run_keeps_the_answers_and_the_plan_and_says_what_comes_next(store: Store) -> None:
    outcome = run(store, "first", FIRST_DAY)
    assert [str(kept.date) for kept in store.history(store.teams()[0].name)] == ["2026-05-18"]
    assert Path("Harbour-2026-05-18.md").is_file()
    assert commands(outcome.screen)[-1] == "assess checkin"
    assert outcome.describe()["plan"]["team"] == "Harbour"


def test_a_run_says_the_other_stage_that_evidence_gives(store: Store) -> None:
    claims = LIBRARY.questionnaire("marketing-team")
    given = make_assessment(claims, 2, day=FIRST_DAY)
    outcome = finish_run(on(store), given, RunEnd())
    assert outcome.screen is not None
    sentences = [b.text for b in outcome.screen.sections[0].blocks if isinstance(b, Sentence)]
    assert [text for text in sentences if text.endswith("the stage is Maturity.")]


def test_a_second_run_offers_the_comparison(store: Store) -> None:
    run(store, "first", FIRST_DAY)
    assert "assess compare" in commands(run(store, "second", SECOND_DAY).screen)


def test_two_quarters_are_compared(store: Store) -> None:
    run(store, "first", FIRST_DAY)
    run(store, "second", SECOND_DAY)
    outcome = compare(on(store), Sides())
    assert outcome.describe()["from"] == "2026-05-18"
    assert commands(outcome.screen) == ["assess report"]


def test_a_plan_only_supposed_leaves_the_kept_one_alone(store: Store) -> None:
    run(store, "first", FIRST_DAY)
    before = Path("Harbour-2026-05-18.md").read_text()
    export = Export("md", FIRST_DAY)
    order = PlanOrder(Wishes(), export, levels={"goals-written": 3})
    outcome = plan_kept(on(store), order)
    assert outcome.messages == ("Only supposed: nothing of it is kept.",)
    assert Path("Harbour-2026-05-18.md").read_text() == before


def test_an_action_is_explained_for_what_is_kept(store: Store) -> None:
    run(store, "first", FIRST_DAY)
    outcome = explain_in_store(on(store), "write-three-goals", None)
    assert outcome.describe()["action"] == "write-three-goals"


@pytest.mark.parametrize("name", ["result.md", "result.html", "result.json"])
def test_an_outcome_is_written_in_every_medium_and_again_over_itself(
    store: Store, name: str
) -> None:
    run(store, "first", FIRST_DAY)
    for _ in range(2):
        write_outcome(find_result(on(store)), Path(name))
    assert "Harbour" in Path(name).read_text(encoding="utf-8")


def report(store: Store, readers: Readers, out: str = "r.md", today: date = FIRST_DAY) -> str:
    make_report(on(store, today), None, readers, Path(out))
    return Path(out).read_text(encoding="utf-8")


def test_the_report_holds_all_of_a_quarter(store: Store) -> None:
    run(store, "first", FIRST_DAY)
    run(store, "second", SECOND_DAY)
    text = report(store, "everybody", today=SECOND_DAY)
    for heading in ("The three months", "How sure this is", "Week by week", "How this comes about"):
        assert f"## {heading}\n" in text or f"# {heading}\n" in text
    assert "# Harbour · 18 May 2026 and 24 August 2026\n" in text
    assert "# Harbour · as answered by the manager on 24 August 2026\n" in text


def test_the_board_gets_one_page_that_says_where_the_team_stands(store: Store) -> None:
    run(store, "first", FIRST_DAY)
    text = report(store, "board")
    assert text.count("\n# ") == 0
    assert "Harbour is in Momentum" in text
    assert len(list(filter(None, text.splitlines()))) <= 40


def test_the_board_hears_of_what_is_true_so_far_once_the_plan_has_begun(store: Store) -> None:
    run(store, "first", SECOND_DAY - timedelta(days=1))
    assert "so far" not in report(store, "board", today=SECOND_DAY - timedelta(days=1))
    assert "so far" in report(store, "board", "later.md", SECOND_DAY + timedelta(days=7))


def test_the_team_gets_nothing_that_the_manager_answered(store: Store) -> None:
    run(store, "first", FIRST_DAY)
    text = report(store, "team")
    assert "The three months" in text
    assert "Momentum" not in text.split("# How this comes about")[0]
    assert "Level 1:" not in text.split("# How this comes about")[0]


def test_without_a_plan_and_answers_of_its_own_the_team_gets_no_report(store: Store) -> None:
    path = Path("first.toml")
    head, answers = path.read_text(encoding="utf-8").split("[answers]")
    none = re.sub(r"(?m)^([a-z-]+) = .*$", r'\1 = { not-applicable = "no" }', answers)
    path.write_text(f"{head}[answers]{none}", encoding="utf-8")
    run(store, "first", FIRST_DAY)
    with pytest.raises(AssessError, match="nothing in this report for the team"):
        report(store, "team")


def test_what_is_done_and_what_is_late_is_said_where_the_work_is_shown(store: Store) -> None:
    run(store, "first", FIRST_DAY)
    plan = Path("Harbour-2026-05-18.md")
    text = plan.read_text(encoding="utf-8")
    [first, *_] = re.findall(r"assess:([a-z-]+)/1 ", text)
    plan.write_text(re.sub(rf"- \[ \](.*:{first}/)", r"- [x]\1", text), encoding="utf-8")
    told = report(store, "everybody", today=date(2026, 7, 1))
    assert told.count("| Done: ") == 1
    assert "| Late: " in told
    assert re.search(r"\| 1 +\| done ", told)
    assert "The plan is in week 7" in told.split("\n# ")[0]


def test_a_report_without_a_name_is_called_after_the_team_and_the_day(store: Store) -> None:
    run(store, "first", FIRST_DAY)
    outcome = make_report(on(store))
    assert outcome.after == ("Written to Harbour-2026-05-18-report.html",)


@pytest.mark.parametrize("readers", ["board", "team"])
def test_a_report_for_some_readers_has_a_file_of_its_own(store: Store, readers: Readers) -> None:
    run(store, "first", FIRST_DAY)
    outcome = make_report(on(store), None, readers)
    assert outcome.after == (f"Written to Harbour-2026-05-18-{readers}.html",)


def test_a_report_is_never_written_over_somebody_elses_page(store: Store) -> None:
    run(store, "first", FIRST_DAY)
    Path("mine.html").write_text("<p>Mine.</p>")
    with pytest.raises(AssessError, match="another file of this name"):
        report(store, "everybody", "mine.html")


def test_the_answers_in_words_are_those_of_the_manager(store: Store) -> None:
    run(store, "first", FIRST_DAY)
    outcome = find_result(on(store), in_words=True)
    assert outcome.pages[0].title == "Harbour · as answered by the manager on 18 May 2026"
