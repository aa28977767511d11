"""Goals in commands: taken in, measured, ended, carried to another store."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assess.documents.goals import KeptGoalDrafts, KeptGoals
from assess.goals.course import find_state
from assess.identity import TeamName
from assess.interview.goal_questions import GoalSetting, ask_about
from assess.library import Library
from assess.store import Store
from assess.workflow.aims.desk import Desk, open_desk
from assess.workflow.aims.goal_talks import add_goal, close_goal, edit_goal
from assess.workflow.finding import Errand
from tests.asking import ScriptedAsker
from tests.goals import FIGURES, GOALS_FILE, START
from tests.typing_in import CommandLine, Ran

LYON = TeamName("Lyon")
DAY = ("--today", "2027-01-10")


@pytest.fixture
def kept(assess: CommandLine) -> CommandLine:
    """A team of Lyon with the goal of the file."""
    Path("goals.toml").write_text(GOALS_FILE, encoding="utf-8")
    assert assess("goals", "import", "goals.toml", "--team", "Lyon").code == 0
    return assess


def figure_of(ran: Ran) -> dict[str, Any]:
    figure: dict[str, Any] = ran.document["goals"][0]["figures"][0]
    return figure


def test_a_goal_is_told_with_where_it_stands(kept: CommandLine) -> None:
    kept("goals", "record", "leads-per-article", "11.5", "--on", "2027-01-10", *DAY)
    ran = kept("goals", "--json", *DAY)
    assert ran.document["goals"][0]["state"] == "open"
    assert {key: figure_of(ran)[key] for key in ("now", "expected", "progress", "grade")} == {
        "now": 11.5,
        "expected": 0.4494,
        "progress": 0.75,
        "grade": None,
    }


def test_the_same_file_again_changes_nothing(kept: CommandLine) -> None:
    before = kept("goals", "--json").out
    assert kept("goals", "import", "goals.toml").code == 0
    assert kept("goals", "--json").out == before


def test_a_figure_without_a_baseline_begins_at_its_first_value(assess: CommandLine) -> None:
    Path("goals.toml").write_text(GOALS_FILE.replace("baseline = 10\n", ""), encoding="utf-8")
    assert assess("goals", "import", "goals.toml", "--team", "Lyon").code == 0
    assess("goals", "record", "leads", "8", *DAY)
    assess("goals", "record", "leads", "10", *DAY)
    assert assess("goals", "import", "goals.toml").code == 0
    figure = figure_of(assess("goals", "--json", *DAY))
    assert (figure["baseline"], figure["progress"]) == (8, 0.5)


def test_another_goal_under_the_same_id_needs_replace_and_keeps_values(kept: CommandLine) -> None:
    kept("goals", "record", "leads", "11", *DAY)
    Path("goals.toml").write_text(GOALS_FILE.replace("target = 12", "target = 13"))
    assert kept("goals", "import", "goals.toml").code == 1
    assert kept("goals", "import", "goals.toml", "--replace").code == 0
    figure = figure_of(kept("goals", "--json", *DAY))
    assert (figure["target"], figure["values"]) == (13, [{"on": "2027-01-10", "value": 11}])


def test_a_unit_does_not_change_under_values(kept: CommandLine) -> None:
    kept("goals", "record", "leads", "11", *DAY)
    Path("goals.toml").write_text(GOALS_FILE.replace('unit = "leads"', 'unit = "%"'))
    ran = kept("goals", "import", "goals.toml", "--replace")
    assert ran.code == 1
    assert "was measured in leads, and now says %." in ran.said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("many", "“many” is not a number."),
        ("12 %", "“12 %” says “%”, and the figure counts leads."),
        ("2026-12-04", "“2026-12-04” is a date, not a number."),
    ],
)
def test_what_is_no_number_is_refused_and_changes_nothing(
    kept: CommandLine, typed: str, said: str
) -> None:
    ran = kept("goals", "record", "leads", typed)
    assert (ran.code, said in ran.said) == (1, True)
    assert figure_of(kept("goals", "--json"))["values"] == []


def test_a_value_that_nobody_said_is_asked_for(kept: CommandLine) -> None:
    assert kept("goals", "record", "leads", *DAY).code == 1
    assert kept.type_in("many\n11\n", "goals", "record", "leads", *DAY).code == 0
    assert figure_of(kept("goals", "--json", *DAY))["now"] == 11


def test_a_value_below_nothing_is_no_option(kept: CommandLine) -> None:
    assert kept("goals", "record", "leads", "-5", *DAY).code == 0
    assert figure_of(kept("goals", "--json", *DAY))["now"] == -5


def test_a_value_outside_the_goal_is_kept_and_said(kept: CommandLine) -> None:
    ran = kept("goals", "record", "leads", "9", "--on", "2026-11-01", *DAY)
    assert "The value of 2026-11-01 lies outside the goal" in ran.said
    assert figure_of(kept("goals", "--json", *DAY))["now"] == 9


def test_a_table_of_values_is_taken_in_whole_or_not_at_all(kept: CommandLine) -> None:
    bad = "figure;on;value\nleads;2026-12-20;11,25\nleads;soon;12\nlead;2026-12-20;x\n"
    Path("values.csv").write_text(bad, encoding="utf-8-sig")
    ran = kept("goals", "import", "values.csv", *DAY)
    assert (ran.code, "row 3" in ran.said, "row 4" in ran.said) == (1, True, True)
    assert figure_of(kept("goals", "--json", *DAY))["values"] == []
    Path("values.csv").write_text(bad.split("leads;soon")[0], encoding="utf-16")
    assert kept("goals", "import", "values.csv", *DAY).code == 0
    assert figure_of(kept("goals", "--json", *DAY))["now"] == 11.25


def test_a_goal_ends_reached_or_missed_by_its_figures(kept: CommandLine) -> None:
    kept("goals", "record", "leads", "11.5", *DAY)
    kept("goals", "close", "leads", "--learned", "Old articles bring more.", *DAY)
    ran = kept("goals", "--json", *DAY)
    assert ran.document["goals"][0]["state"] == "missed"
    assert figure_of(ran)["grade"] == 0.75
    assert kept("goals", "record", "leads", "12").code == 1


def test_a_goal_without_figures_ends_as_somebody_says(kept: CommandLine) -> None:
    Path("more.toml").write_text('[[goal]]\nid = "move"\ntitle = "Move house"\n')
    kept("goals", "import", "more.toml")
    assert "Say --reached or --missed." in kept("goals", "close", "move").said
    assert kept("goals", "close", "move", "--reached").code == 0
    assert kept("goals", "--json").document["goals"][1]["state"] == "reached"


def test_a_goal_that_nobody_measured_ends_as_somebody_says(kept: CommandLine) -> None:
    ran = kept("goals", "close", "leads", *DAY)
    assert (ran.code, "Say --reached or --missed." in ran.said) == (1, True)
    assert "assess goals record leads-per-article" in ran.said
    assert kept("goals", "close", "leads", "--reached", *DAY).code == 0
    assert kept("goals", "--json", *DAY).document["goals"][0]["state"] == "reached"


@pytest.mark.parametrize(
    ("answers", "state", "learned"),
    [(("x", "12", "Old articles."), "reached", "Old articles."), (("", "no", ""), "missed", "")],
)
def test_at_the_end_of_a_goal_its_figures_are_asked_for(
    kept: CommandLine, answers: tuple[str, ...], state: str, learned: str
) -> None:
    with Store(kept.store) as store:
        asker = ScriptedAsker(*answers)
        close_goal(open_desk(Errand(Library(), store, START, LYON)), asker, "leads")
        (goal,) = store.load_facts(LYON, KeptGoals).goals
    assert goal.closed is not None
    assert (find_state(goal), goal.closed.learned, asker.is_used_up) == (state, learned, True)


def test_a_dropped_goal_stays_in_what_is_kept(kept: CommandLine) -> None:
    kept("goals", "drop", "leads", "--because", "Not sold any more.")
    assert kept("goals", "--json").document["goals"][0]["state"] == "dropped"


def test_a_file_is_checked_without_a_store(assess: CommandLine) -> None:
    vague = GOALS_FILE.replace("20 % more qualified leads from each blog article", "Improve all")
    Path("goals.toml").write_text(vague.replace("qualified", "better"), encoding="utf-8")
    ran = assess("goals", "check", "goals.toml", "--json", "--today", "2026-12-01")
    found = [(f["goal"], f["figure"], f["check"]) for f in ran.document["findings"]]
    assert (ran.code, found) == (0, [("leads", None, "specific")])
    assert not assess.store.exists()


def test_a_file_that_cannot_be_used_makes_no_store(assess: CommandLine) -> None:
    Path("goals.toml").write_text('[[goal]]\nid = "a"\n')
    assert assess("goals", "import", "goals.toml", "--team", "Lyon").code == 1
    assert not assess.store.exists()


def test_objectives_are_written_for_spreadsheets(kept: CommandLine) -> None:
    kept("goals", "record", "leads", "11", "--confidence", "7", *DAY)
    kept("goals", "--okr", "--out", "okr.csv", *DAY)
    table = Path("okr.csv").read_text(encoding="utf-8-sig")
    assert "the manager,10 leads,11 leads,12 leads,2027-02-28,7 of 10," in table


def test_goals_go_with_an_export_and_with_a_renamed_team(kept: CommandLine) -> None:
    kept("goals", "record", "leads", "11.5", *DAY)
    before = kept("goals", "--json", *DAY).document["goals"]
    kept("teams", "rename", "Lyon", "Rhône")
    kept("export", "all.json")
    assert kept("import", "all.json", "--store", "other.sqlite").code == 0
    assert kept("import", "all.json", "--store", "other.sqlite").code == 0
    other = kept("goals", "--json", "--store", "other.sqlite", *DAY).document
    assert (other["team"], other["goals"]) == ("Rhône", before)


def test_other_goals_are_not_overwritten_by_an_import(kept: CommandLine) -> None:
    kept("export", "all.json")
    kept("goals", "record", "leads", "11", *DAY)
    assert kept("import", "all.json").code == 1
    assert figure_of(kept("goals", "--json", *DAY))["now"] == 11


# --- With somebody who answers ---

TYPED = ("More leads from articles", "They pay.", "", "1 December", "28 February", "")
FIGURE = ("own", "Leads from articles", "leads", "1000", "1.200", "", "week")


@pytest.fixture
def desk(store: Store) -> Desk:
    store.add_team(LYON)
    return open_desk(Errand(Library(), store, START, LYON))


def test_a_goal_is_asked_for_from_title_to_figures(store: Store, desk: Desk) -> None:
    asker = ScriptedAsker(*TYPED, *FIGURE, "done")
    add_goal(desk, asker)
    (goal,) = store.load_facts(LYON, KeptGoals).goals
    (figure,) = goal.figures
    assert (goal.id, goal.owner, str(goal.end)) == (
        "more-leads-from-articles",
        "the manager",
        "2027-02-28",
    )
    assert (figure.baseline, figure.target) == (Decimal(1000), Decimal(1200))
    assert figure.every == "week"
    assert store.load_facts(LYON, KeptGoalDrafts).drafts == ()


def test_a_goal_has_each_figure_once(store: Store, desk: Desk) -> None:
    again = ("own", "leads FROM articles", "Calls", "calls", "1", "2", "", "week")
    asker = ScriptedAsker(*TYPED, *FIGURE, *again, "done")
    add_goal(desk, asker)
    (goal,) = store.load_facts(LYON, KeptGoals).goals
    assert [figure.name for figure in goal.figures] == ["Leads from articles", "Calls"]


def test_a_figure_that_was_chosen_is_not_offered_again(store: Store) -> None:
    store.add_team(LYON)
    setting = GoalSetting(FIGURES, START, START)
    first, *_ = FIGURES.figures
    chosen = {"figure-1.family": first.family, "figure-1.kind": first.id}
    asker = ScriptedAsker("own")
    given = {**chosen, "figure-2.family": first.family}
    ask_about(asker, setting, "figure-2.kind", given)
    assert first.id not in [option.value for option in asker.cards[0].every_option]


def test_one_can_go_back(store: Store, desk: Desk) -> None:
    asker = ScriptedAsker("Mor leads", "<", *TYPED, "done")
    add_goal(desk, asker)
    assert store.load_facts(LYON, KeptGoals).goals[0].title == "More leads from articles"


def test_what_was_typed_before_going_back_is_offered_again(store: Store, desk: Desk) -> None:
    asker = ScriptedAsker(*TYPED[:2], "<", "<", *TYPED, "done")
    add_goal(desk, asker)
    assert [blank.default for blank in asker.blanks[3:6]] == [TYPED[1], TYPED[0], TYPED[1]]


def test_what_was_typed_is_never_lost(store: Store, desk: Desk) -> None:
    with pytest.raises(KeyboardInterrupt):
        add_goal(desk, ScriptedAsker(*TYPED[:3], KeyboardInterrupt()))
    add_goal(desk, ScriptedAsker("1", *TYPED[3:], "done"))
    assert store.load_facts(LYON, KeptGoals).goals[0].why == "They pay."


class BusyAsker(ScriptedAsker):
    """Gives the answers of a script, while somebody else does something before each."""

    def __init__(self, *answers: str | BaseException, meanwhile: Callable[[], object]) -> None:
        super().__init__(*answers)
        self._meanwhile = meanwhile

    def _next(self) -> str:
        self._meanwhile()
        return super()._next()


def test_two_goals_that_are_set_at_the_same_time_do_not_touch_each_other(
    store: Store, desk: Desk
) -> None:
    with pytest.raises(KeyboardInterrupt):
        add_goal(desk, ScriptedAsker(*TYPED[:2], KeyboardInterrupt()))
    again = ["another", "Other leads", *TYPED[1:], "done"]

    def set_other() -> None:
        if again:
            answers, again[:] = tuple(again), []
            add_goal(desk, ScriptedAsker(*answers))

    add_goal(desk, BusyAsker("1", *TYPED[2:], "done", meanwhile=set_other))
    goals = store.load_facts(LYON, KeptGoals).goals
    assert [goal.title for goal in goals] == ["Other leads", "More leads from articles"]
    assert [goal.why for goal in goals] == ["They pay.", "They pay."]
    assert store.load_facts(LYON, KeptGoalDrafts).drafts == ()


def test_a_draft_that_two_go_on_with_is_two(store: Store, desk: Desk) -> None:
    with pytest.raises(KeyboardInterrupt):
        add_goal(desk, ScriptedAsker("Leads", KeyboardInterrupt()))
    stops = [KeyboardInterrupt()]

    def go_on_too() -> None:
        if stops:
            stop = stops.pop()
            with pytest.raises(KeyboardInterrupt):
                add_goal(desk, ScriptedAsker("1", "Their why.", stop))

    asker = BusyAsker("1", "My why.", KeyboardInterrupt(), meanwhile=go_on_too)
    with pytest.raises(KeyboardInterrupt):
        add_goal(desk, asker)
    drafts = store.load_facts(LYON, KeptGoalDrafts).drafts
    assert [dict(draft.typed)["why"] for draft in drafts] == ["Their why.", "My why."]


def test_a_second_goal_of_the_same_name_is_asked_anew(store: Store, desk: Desk) -> None:
    add_goal(desk, ScriptedAsker(*TYPED, "done"))
    again = open_desk(Errand(Library(), store, START, LYON))
    asker = ScriptedAsker("more LEADS from articles.", "Other leads", *TYPED[1:], "done")
    add_goal(again, asker)
    assert asker.is_used_up


@pytest.fixture
def measuring(kept: CommandLine) -> Callable[[], object]:
    """Somebody who records a value in another terminal."""
    return lambda: kept("goals", "record", "leads", "11", *DAY)


def test_what_others_did_during_a_dialogue_stays(
    kept: CommandLine, measuring: Callable[[], object]
) -> None:
    with Store(kept.store) as store:
        desk = open_desk(Errand(Library(), store, START, LYON))
        add_goal(desk, BusyAsker(*TYPED, "done", meanwhile=measuring))
        old, new = store.load_facts(LYON, KeptGoals).goals
    assert [value.value for value in old.figures[0].values] == [11]
    assert new.id == "more-leads-from-articles"


def test_what_others_did_during_an_edit_stays(
    kept: CommandLine, measuring: Callable[[], object]
) -> None:
    with Store(kept.store) as store:
        desk = open_desk(Errand(Library(), store, START, LYON))
        asker = BusyAsker("title", "Leads: 12 from each article", "done", meanwhile=measuring)
        edit_goal(desk, asker, "leads")
        (goal,) = store.load_facts(LYON, KeptGoals).goals
    assert (goal.title, len(goal.figures[0].values)) == ("Leads: 12 from each article", 1)


def test_an_id_that_others_took_meanwhile_is_taken_once(store: Store, desk: Desk) -> None:
    add_goal(desk, ScriptedAsker(*TYPED, "done"))
    add_goal(desk, ScriptedAsker(*TYPED, "done"))
    ids = [goal.id for goal in store.load_facts(LYON, KeptGoals).goals]
    assert ids == ["more-leads-from-articles", "more-leads-from-articles-2"]


def test_an_edit_adds_a_figure_behind_those_that_are_there(kept: CommandLine) -> None:
    said = ("own", "Talks", "talks", "3", "6", "", "week")
    with Store(kept.store) as store:
        desk = open_desk(Errand(Library(), store, START, LYON))
        edit_goal(desk, ScriptedAsker("more", *said, "done"), "leads")
        edit_goal(desk, ScriptedAsker("more", "back", "done"), "leads")
        (goal,) = store.load_facts(LYON, KeptGoals).goals
    assert [(f.id, f.target) for f in goal.figures][1:] == [("talks", Decimal(6))]


def test_an_edit_keeps_id_and_values(kept: CommandLine) -> None:
    kept("goals", "record", "leads", "11", *DAY)
    with Store(kept.store) as store:
        desk = open_desk(Errand(Library(), store, START, LYON))
        asker = ScriptedAsker(
            "title", "Leads: 12 from each article", "figure-1.target", "13", "done"
        )
        edit_goal(desk, asker, "leads")
        (goal,) = store.load_facts(LYON, KeptGoals).goals
    assert (goal.id, goal.title) == ("leads", "Leads: 12 from each article")
    assert [(f.id, f.target, len(f.values)) for f in goal.figures] == [
        ("leads-per-article", Decimal(13), 1)
    ]
    assert goal.activities == ("Rewrite the ten most read articles",)


def test_a_check_warns_of_too_many_goals_of_one_title_and_refuses_none(assess: CommandLine) -> None:
    goals = (f'[[goal]]\nid = "g{n}"\ntitle = "3 talks more"\n' for n in range(6))
    Path("goals.toml").write_text("".join(goals))
    ran = assess("goals", "check", "goals.toml", "--json")
    assert ran.code == 0
    assert "few" in {finding["check"] for finding in ran.document["findings"]}
    assert (
        "has this title already" in assess("goals", "import", "goals.toml", "--team", "Lyon").said
    )
