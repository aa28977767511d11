"""Checking rules: what is proved, what is found, and that every witness is real."""

import tomllib
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.answers_file import format_answers, read_answers
from assess.catalogue.action import Catalogue
from assess.errors import DataFileError
from assess.identity import TeamName
from assess.media.markdown import render_markdown
from assess.pages.check_report import make_check_page
from assess.planning.build import Basis, Request, build_plan
from assess.planning.calendar import next_monday
from assess.planning.plan import Capacity, Plan
from assess.questionnaire import STAGES, read_questionnaire
from assess.rulecheck import Issue, Report, Setting, Witness, check_rules, make_report
from assess.rulecheck.gap import check_gaps
from assess.rulecheck.prover import Prover, UndecidedError
from assess.rulecheck.thorough import (
    SearchCheck,
    check_all_teams,
    check_better_answers,
    check_ways_on,
)
from assess.rules.finding import find_findings
from assess.rules.model import Limits, Rule, Rules
from assess.rules.situation import Situation
from assess.rules.wording import render_table
from assess.scoring.profile import score_answers
from tests.builders import (
    DAY,
    action_table,
    make_answers,
    make_catalogue,
    make_questionnaire,
    make_rules,
    questionnaire_table,
    rule_table,
)

pytestmark = pytest.mark.one_python

TINY = make_questionnaire(goals=2, roles=1)
ANSWERS = (0, 1, 2, 3, "dont-know", {"not-applicable": "none"})
STEPS = [{"week": week, "hours": 2, "do": f"Step {week}."} for week in (1, 2, 3)]


def action(name: str, lifts: Mapping[str, int] | None = None, **more: Any) -> dict[str, Any]:
    return action_table(name, lifts, **{"steps": STEPS, **more})


def full_catalogue(*more: Mapping[str, Any], without: Sequence[str] = ()) -> Catalogue:
    """Offer every rung of the tiny questionnaire, and something that only rules bring."""
    lifts = [(q, level) for q in TINY.by_id for level in (1, 2, 3)]
    rungs = [
        action(f"lift-{q}-{level}", {q: level}, needs={q: level - 1} if level > 1 else {})
        for q, level in lifts
    ]
    rungs = [rung for rung in rungs if rung["id"] not in without]
    return make_catalogue(TINY, *rungs, action("free-time"), *more)


FULL = full_catalogue()
USED = rule_table("usual", {"hours_per_week": "< 3"}, must=["free-time"])
"""Brings in the one action that lifts nothing, so that the checks have no word against it."""


def check(*tables: Mapping[str, Any], catalogue: Catalogue = FULL, **more: Any) -> Report:
    """Return what is wrong with rules, but that one dimension has a single question."""
    setting = Setting(TINY, catalogue, make_rules(TINY, catalogue, USED, *tables, **more))
    plain = check_rules(setting).issues
    issues = [issue for issue in plain if issue.name != "tells-answers"]
    return make_report([*issues, *check_all_teams(setting, {issue.where for issue in issues})])


def only(report: Report) -> Issue:
    (issue,) = report.issues
    return issue


def fires(rules: Rules, team: Witness) -> set[str]:
    return {finding.rule for finding in find_findings(rules, team.situation)}


def every_situation() -> list[Situation]:
    """Return every team that three questions can make, with no evidence and with all."""
    there = []
    for values in product(ANSWERS, repeat=3):
        backed = [{"level": v, "evidence": "seen"} if v in (2, 3) else v for v in values]
        for given_answers in [values, backed] if backed != list(values) else [values]:
            profile = score_answers(TINY, make_answers(TINY, *given_answers))
            if profile.stage is not None:
                there.append(Situation(profile, 6))
    return there


EVERY = every_situation()

SIGNS = st.sampled_from(["<", "<=", ">", ">=", "="])
SHARES = st.builds("{} {}".format, SIGNS, st.sampled_from(["0", "0.33", "0.5", "0.75", "0.8", "1"]))
LEVELS = st.builds("{} {}".format, SIGNS, st.integers(0, 3))
CONDITIONS = st.one_of(
    st.tuples(st.just("stage"), st.sampled_from(STAGES)),
    st.tuples(st.just("complete"), st.booleans()),
    st.tuples(st.sampled_from([*STAGES, "index"]), SHARES),
    st.tuples(
        st.sampled_from([f"{d}.{s}" for d in ("goals", "roles") for s in (*STAGES, "index")]),
        SHARES,
    ),
    st.tuples(st.sampled_from([f"question.{q}" for q in TINY.by_id]), LEVELS),
    st.tuples(
        st.sampled_from([f"question.{q}" for q in TINY.by_id]),
        st.lists(st.sampled_from([0, 1, 2, 3, "dont-know"]), min_size=1, unique=True),
    ),
)
TABLES = st.lists(CONDITIONS, min_size=1, max_size=3).map(dict)
WHENS = st.builds(
    lambda table, against, either: {
        **table,
        **({"not": against} if against else {}),
        **({"any": either} if either else {}),
    },
    TABLES,
    st.none() | TABLES,
    st.none() | st.lists(TABLES, min_size=1, max_size=2),
)


def rule_of(when: Mapping[str, Any], **more: Any) -> Rule:
    return make_rules(TINY, FULL, rule_table("one", when, **more)).rules[0]


@settings(max_examples=100)
@given(WHENS)
def test_what_is_called_impossible_holds_for_no_team_and_every_witness_is_real(
    when: Mapping[str, Any],
) -> None:
    condition = rule_of(when).cases[0].condition
    found = Prover(TINY, Limits()).find(condition)
    holds = [situation for situation in EVERY if condition.holds(situation)]
    assert bool(found) == bool(holds)
    for team in found:
        assert condition.holds(team.situation)
        text = format_answers(team.answers)
        assert read_answers(tomllib.loads(text), TINY) == team.answers


@settings(max_examples=40)
@given(WHENS, st.sampled_from([{"must": ["free-time"]}, {"risk": "culture"}]))
def test_a_warning_about_better_answers_is_given_exactly_when_there_is_such_a_pair(
    when: Mapping[str, Any], brings: Mapping[str, Any]
) -> None:
    rules = make_rules(TINY, FULL, rule_table("one", when, **brings))
    condition = rules.rules[0].cases[0].condition
    warned = list(check_better_answers(Setting(TINY, FULL, rules), rules.rules))
    pairs = [
        (worse, better)
        for worse, better in raised_pairs()
        if condition.holds(better) and not condition.holds(worse)
    ]
    assert bool(warned) == bool(pairs)
    for issue in warned:
        assert_pair_is_real(issue, rules)


def raised_pairs() -> list[tuple[Situation, Situation]]:
    """Return all pairs that stand in the same place and differ in one level, raised by one."""
    by_levels = {tuple(s.profile.levels.values()): s for s in EVERY}
    pairs = []
    for levels, worse in by_levels.items():
        for place, level in enumerate(levels):
            if isinstance(level, int) and level < 3:
                better = by_levels[*levels[:place], level + 1, *levels[place + 1 :]]
                if place_of(worse) == place_of(better):
                    pairs.append((worse, better))
    return pairs


def place_of(situation: Situation) -> tuple[str | None, bool]:
    return situation.profile.stage, situation.profile.complete


def assert_pair_is_real(issue: Issue, rules: Rules) -> None:
    worse, better = (team.situation for team in issue.witnesses)
    assert place_of(worse) == place_of(better)
    moved = [
        (a, b)
        for a, b in zip(worse.profile.levels.values(), better.profile.levels.values(), strict=True)
        if a != b
    ]
    assert [b - a for a, b in moved if isinstance(a, int) and isinstance(b, int)] == [1]
    assert not find_findings(rules, worse)
    assert find_findings(rules, better)


def test_nothing_is_said_of_rules_that_are_well() -> None:
    assert check().issues == ()


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ({"goals.momentum": "> 1"}, "`goals.momentum` is above 100 % cannot hold"),
        ({"question.goals-1": "> 3"}, "`question.goals-1` is above 3 cannot hold"),
        (
            {"stage": "mastery", "index": "< 0.9", "goals.momentum": "< 0.5"},
            "the stage is Mastery and `goals.momentum` is below half cannot hold together",
        ),
        (
            {"momentum": "< 0.5", "maturity": ">= 0.5"},
            "`momentum` is below half and `maturity` is at least half cannot hold together",
        ),
        (
            {"hours_per_week": "< 4", "not": {"hours_per_week": "< 5"}},
            "`hours_per_week` is below 4 and not `hours_per_week` is below 5 cannot hold together",
        ),
        (
            {"stage": "momentum", "margin.down": "> 0", "index": "< 0.5"},
            "the stage is Momentum and `margin.down` is above 0 cannot hold together",
        ),
        ({"rose": "goals", "fell": "goals"}, "`rose` is goals and `fell` is goals cannot"),
    ],
)
def test_an_impossible_condition_is_an_error_that_names_what_cannot_hold(
    when: Mapping[str, Any], reason: str
) -> None:
    issue = only(check(rule_table("dead", when)))
    assert (issue.severity, issue.name) == ("error", "impossible-condition")
    assert issue.where == "rule[id=dead].when"
    assert reason in issue.what


def test_a_dead_part_of_any_is_a_warning() -> None:
    when = {"stage": "mastery", "any": [{"goals.momentum": "< 0.5"}, {"members": "< 1"}]}
    issue = only(check(rule_table("half-dead", when)))
    assert (issue.severity, issue.name) == ("warning", "never-fires")
    assert issue.where == "rule[id=half-dead].when.any[1]"


def test_a_rule_for_each_dimension_that_is_dead_for_some_is_a_warning() -> None:
    issue = only(check(rule_table("each", {"share": "= 0.5"}, for_each="dimension", boost=2)))
    assert (issue.severity, issue.name) == ("warning", "never-fires")
    assert issue.what == "'each' can never fire for 'roles'."


def test_a_rule_that_always_fires_is_a_warning() -> None:
    issue = only(check(rule_table("every", {"index": ">= 0"})))
    assert (issue.severity, issue.name) == ("warning", "always-fires")


def test_a_rule_that_brings_nothing_of_its_own_is_a_warning() -> None:
    issue = only(check(rule_table("less", {"hours_per_week": "< 2"}, must=["free-time"])))
    assert (issue.severity, issue.name) == ("warning", "contained-rule")
    assert issue.where == "rule[id=less].when"
    assert "'usual' fires too" in issue.what


def test_of_two_rules_that_say_the_same_the_later_one_is_named() -> None:
    twice = [rule_table(name, {"stage": "momentum"}, boost={"goals": 2}) for name in ("a", "b")]
    assert only(check(*twice)).where == "rule[id=b].when"


def test_a_narrower_rule_that_boosts_further_is_welcome() -> None:
    report = check(
        rule_table("weak", {"goals.momentum": "< 0.8"}, boost={"goals": 2}),
        rule_table("weaker", {"goals.momentum": "< 0.5"}, boost={"goals": 2}),
    )
    assert report.issues == ()


def test_a_must_and_an_avoid_that_meet_are_an_error_with_a_team_for_which_they_do() -> None:
    tables = [
        rule_table("no", {"stage": ["momentum", "maturity"]}, avoid=["free-time"]),
        rule_table("yes", {"stage": "maturity", "hours_per_week": ">= 9"}, must=["free-time"]),
    ]
    report = check(*tables)
    issue = report.of("error")[1]
    assert (issue.name, issue.where) == ("must-meets-avoid", "rule[id=yes].must")
    (team,) = issue.witnesses
    assert {"no", "yes"} <= fires(make_rules(TINY, FULL, USED, *tables), team)
    page = render_markdown(make_check_page("tiny", report, "witness"))
    assert "assess plan --answers witness/must-meets-avoid-rule-yes-must.toml --hours 9" in page


def test_a_must_and_an_avoid_that_never_meet_are_well() -> None:
    report = check(
        rule_table("no", {"hours_per_week": ">= 3", "stage": "mastery"}, avoid=["free-time"])
    )
    assert report.issues == ()


def test_a_must_that_needs_what_is_avoided_is_an_error() -> None:
    catalogue = full_catalogue(
        action("later", needs={"roles-1": 1}),
        action("between", {"roles-1": 1}, needs={"goals-1": 1}),
        without=["lift-roles-1-1"],
    )
    tables = [
        rule_table("no", {"stage": "momentum"}, avoid=["lift-goals-1-1"]),
        rule_table("yes", {"index": "< 0.8"}, must=["later"]),
    ]
    issue = check(*tables, catalogue=catalogue).of("error")[0]
    assert issue.name == "must-needs-avoided"
    assert "needs 'between', which needs 'lift-goals-1-1', while 'no' avoids" in issue.what
    (team,) = issue.witnesses
    levels = team.situation.profile.levels
    assert levels["goals-1"] in (0, "dont-know")
    assert levels["roles-1"] in (0, "dont-know")


def test_a_must_whose_need_is_met_wherever_it_is_avoided_is_well() -> None:
    catalogue = full_catalogue(action("later", needs={"goals-1": 1}))
    report = check(
        rule_table("no", {"question.goals-1": [1]}, avoid=["lift-goals-1-1"]),
        rule_table("yes", {"index": "< 0.8"}, must=["later"]),
        catalogue=catalogue,
    )
    assert report.of("error") == ()


def test_a_rung_that_no_action_offers_is_an_error_with_a_team_that_stands_before_it() -> None:
    issue = only(check(catalogue=full_catalogue(without=["lift-roles-1-2"])))
    assert (issue.name, issue.where) == ("uncovered-rung", "question[id=roles-1]")
    (team,) = issue.witnesses
    profile = team.situation.profile
    assert (profile.stage, profile.levels["roles-1"]) == ("maturity", 1)


@pytest.mark.parametrize(
    ("more", "rules", "reason"),
    [
        ({}, [], "it lifts nothing, and no rule demands it"),
        (
            {"lifts": {"goals-1": 3}},
            [rule_table("no", {"stage": ["maturity", "mastery"]}, avoid=["odd"])],
            "whenever it would be of use, it or what it needs is avoided",
        ),
        (
            {"lifts": {"goals-1": 2}, "needs": {"roles-1": 1}},
            [
                rule_table("no", {"question.roles-1": ">= 1"}, avoid=["odd"]),
                rule_table("nor", {"question.roles-1": [0]}, avoid=["lift-roles-1-1"]),
                rule_table("ever", {"not": {"question.roles-1": ">= 0"}}, avoid=["odd"]),
            ],
            "whenever it would be of use, it or what it needs is avoided",
        ),
        (
            {"steps": [{"week": w, "hours": 1, "do": "Wait."} for w in (1, 7, 14)]},
            [],
            "takes 14 weeks",
        ),
    ],
)
def test_an_action_that_nobody_can_select_is_a_warning(
    more: Mapping[str, Any], rules: Sequence[Mapping[str, Any]], reason: str
) -> None:
    report = check(*rules, catalogue=full_catalogue(action("odd", **more)))
    (issue,) = [i for i in report.issues if i.name == "unselectable-action"]
    assert (issue.severity, issue.where) == ("warning", "action[id=odd]")
    assert reason in issue.what


def test_an_action_too_long_for_some_team_is_an_error_and_odd_steps_a_warning() -> None:
    steps = [{"week": 2, "hours": 20, "do": "Much."}, {"week": 2, "hours": 5, "do": "More."}]
    report = check(catalogue=full_catalogue(action("busy", {"goals-1": 1}, steps=steps)))
    assert [(i.severity, i.name, i.what) for i in report.issues] == [
        ("error", "too-long", "'busy' takes a team of 2 14 weeks at its usual hours."),
        ("warning", "step-count", "'busy' has 2 steps."),
    ]


def test_a_dimension_of_one_question_would_tell_members_answers() -> None:
    report = check_rules(Setting(TINY, FULL, make_rules(TINY, FULL)))
    (issue,) = [issue for issue in report.issues if issue.name == "tells-answers"]
    assert (issue.severity, issue.where) == ("warning", "dimension[id=roles]")


def test_two_levels_with_the_same_text_are_an_error() -> None:
    table = questionnaire_table(goals=2)
    table["question"][0]["levels"][2] = table["question"][0]["levels"][1].upper() + " "
    alike = read_questionnaire(table)
    catalogue = make_catalogue(alike, action("rest"))
    issues = check_rules(Setting(alike, catalogue, make_rules(alike, catalogue))).issues
    (issue,) = [issue for issue in issues if issue.name == "equal-levels"]
    assert (issue.severity, issue.where) == ("error", "question[id=goals-1].levels")
    assert issue.what == "Levels 1 and 2 of 'goals-1' have the same text."


def test_a_must_that_only_a_better_answer_brings_is_a_warning_with_both_teams() -> None:
    table = rule_table("late", {"question.roles-1": ">= 2"}, must=["free-time"])
    issue = only(check(table))
    assert (issue.severity, issue.name) == ("warning", "better-answer-adds-work")
    assert "only once 'roles-1' rises from level 1 to 2" in issue.what
    assert_pair_is_real(issue, make_rules(TINY, FULL, table))
    assert [name[-11:] for name in issue.file_names] == ["-worse.toml", "better.toml"]


def test_a_must_that_another_rule_brings_for_the_lower_answer_is_well() -> None:
    report = check(
        rule_table("low", {"question.roles-1": "< 2"}, must=["free-time"]),
        rule_table("high", {"question.roles-1": ">= 2", "index": "<= 1"}, must=["free-time"]),
    )
    assert [i.name for i in report.issues if i.name == "better-answer-adds-work"] == []


def test_a_risk_that_a_shrinking_way_up_brings_is_a_warning() -> None:
    issue = only(check(rule_table("near", {"margin.up": "< 2"}, risk="culture")))
    assert issue.name == "better-answer-adds-work"
    assert_pair_is_real(
        issue, make_rules(TINY, FULL, rule_table("near", {"margin.up": "< 2"}, risk="culture"))
    )


def test_evidence_that_comes_with_a_raised_claim_counts_against_nobody() -> None:
    assert check(rule_table("thin", {"evidence": "< 0.5"}, must=["free-time"])).issues == ()


LARGER = make_questionnaire(goals=4, roles=4, systems=4)


def check_larger(*tables: Mapping[str, Any]) -> list[Issue]:
    """Return what is wrong with when rules fire, for more teams than can be tried."""
    catalogue = make_catalogue(LARGER, action("rest"))
    rules = make_rules(LARGER, catalogue, *tables)
    check = SearchCheck(Setting(LARGER, catalogue, rules), Prover(LARGER, rules.limits))
    return [issue for rule in rules.rules for issue in check.firing(rule)]


def test_what_can_be_neither_proved_nor_refuted_is_undecided() -> None:
    far = rule_table("far", {"stage": "mastery", "margin.down": "= 30"})
    (issue,) = check_larger(far)
    assert (issue.severity, issue.name) == ("undecided", "impossible-condition")


def test_a_margin_that_no_team_can_have_is_proved_impossible_where_all_can_be_tried() -> None:
    issue = only(check(rule_table("far", {"stage": "mastery", "margin.down": "= 8"})))
    assert (issue.severity, issue.name) == ("error", "impossible-condition")


def test_an_example_that_does_not_come_out_is_an_error() -> None:
    examples = [
        {"given": {"all": 0}, "stage": "maturity"},
        {"given": {"all": 1, "hours_per_week": 2}, "stage": "maturity", "plan_has": ["free-time"]},
        {"given": {"all": 1}, "plan_has": ["free-time"]},
        {"given": {"all": 1}, "plan_lacks": ["lift-roles-1-2"]},
    ]
    rules = make_rules(TINY, FULL, USED, example=examples)
    issues = check_rules(Setting(TINY, FULL, rules)).issues
    assert [f"{i.where}: {i.what}" for i in issues if i.name == "failing-example"] == [
        "example[number 1].stage: The team is in momentum, not in maturity.",
        "example[number 3].plan_has: The plan lacks 'free-time'.",
        "example[number 4].plan_lacks: The plan has 'lift-roles-1-2'.",
    ]


ENOUGH: Mapping[str, Any] = {
    "weights": {"current_stage": 40, "finished_stages": 40},
    "limits": {"hours_per_head": 2},
}
"""With these the promise can be proved for every team."""


class TestWaysOn:
    """The promise that no team is left without a way on."""

    def issues(self, *tables: Mapping[str, Any], **more: Any) -> list[Issue]:
        return list(
            check_ways_on(Setting(TINY, FULL, make_rules(TINY, FULL, USED, *tables, **more)))
        )

    def test_nothing_is_left_open_where_one_rung_outweighs_all_else(self) -> None:
        assert self.issues(**ENOUGH) == []

    def test_what_can_neither_be_proved_nor_shown_is_undecided_and_names_the_sizes(self) -> None:
        issues = self.issues(weights={"current_stage": 1})
        assert {(issue.severity, issue.name) for issue in issues} == {("undecided", "gap")}
        assert "is open for teams of 1, 2, 3" in issues[0].what
        assert not [issue for issue in issues if issue.witnesses]

    def test_a_weakest_dimension_without_a_candidate_is_an_error(self) -> None:
        no = rule_table("no", {"question.roles-1": [0]}, avoid=["lift-roles-1-1"])
        issue = self.issues(no)[0]
        assert issue.what == (
            "In Momentum, 'roles' can be weakest without any candidate that lifts it."
        )
        (team,) = issue.witnesses
        profile = team.situation.profile
        assert profile.levels["roles-1"] == 0
        goals, roles = (d.shares for d in profile.dimensions.values())
        assert goals is not None
        assert roles is not None
        assert goals[0] > roles[0]

    def test_a_rule_that_cannot_avoid_all_ways_on_is_well(self) -> None:
        no = rule_table("no", {"stage": "mastery"}, avoid=["lift-roles-1-1"])
        assert self.issues(no, **ENOUGH) == []

    def test_a_size_of_team_whose_hours_are_too_few_is_named(self) -> None:
        issues = self.issues(**{**ENOUGH, "limits": {"hours_per_head": 1}})
        assert issues
        assert all("is open for teams of 1." in issue.what for issue in issues)

    def test_a_plan_that_wins_nothing_on_the_way_is_an_error_with_its_team(self) -> None:
        first = [f"lift-{question}-1" for question in TINY.by_id]
        no = rule_table("no", {"stage": "momentum"}, avoid=first)
        issue = next(issue for issue in self.issues(no, **ENOUGH) if issue.where == "weights")
        assert (issue.severity, issue.name) == ("error", "gap")
        (team,) = issue.witnesses
        assert not team.situation.profile.complete
        hours, size = team.situation.hours_per_week, team.situation.team_size
        assert f"A team of {size} in " in issue.what
        assert size is not None
        assert hours >= size

    @pytest.mark.parametrize(
        ("current", "tables"),
        [
            (1, []),
            (40, []),
            (40, [rule_table("lots", {"stage": "momentum"}, boost={"goals": 9})]),
            (40, [rule_table("much", {"index": "< 0.5"}, must=["free-time", "lift-goals-1-3"])]),
            (40, [rule_table("weak", {"share": "< 0.5"}, for_each="dimension", boost=3)]),
            (40, [rule_table("not", {"question.goals-1": [1]}, avoid=["lift-goals-1-2"])]),
        ],
    )
    def test_what_is_proved_holds_for_the_plan_of_every_team(
        self, tables: Sequence[Mapping[str, Any]], current: int
    ) -> None:
        rules = make_rules(TINY, FULL, *tables, weights={"current_stage": current})
        issues = list(check_gaps(Setting(TINY, FULL, rules), Prover(TINY, Limits())))
        open_stages = {s for s in STAGES if any(s.capitalize() in i.what for i in issues)}
        for situation in EVERY:
            profile = situation.profile
            if profile.stage not in open_stages and not profile.complete:
                assert wins_on_the_way(plan_of(situation, rules), profile.stage_number)


def plan_of(situation: Situation, rules: Rules) -> Plan:
    return build_plan(
        Basis(
            Request(TeamName("Team"), DAY, next_monday(DAY), Capacity(6, "asked")),
            situation,
            FULL,
            rules,
            lambda levels: situation.profile,
        )
    )


def wins_on_the_way(plan: Plan, stage: int) -> bool:
    return any(rung.level <= stage for priority in plan.priorities for rung in priority.wins)


def test_the_table_shows_rules_to_people_who_do_not_read_toml() -> None:
    rules = make_rules(
        TINY,
        FULL,
        USED,
        rule_table(
            "weak",
            {"share": "< 0.5", "not": {"stage": "momentum", "complete": True}},
            for_each="dimension",
            boost=2,
        ),
        rule_table(
            "odd",
            {"any": [{"question.goals-1": [0, "dont-know"]}, {"index": "[0.2, 0.3)"}]},
            risk="culture",
            avoid=["free-time"],
            note="A | B",
        ),
    )
    assert render_table(rules) == (
        "| rule | when | brings | because |\n"
        "| --- | --- | --- | --- |\n"
        "| usual | `hours_per_week` is below 3 | must `free-time` | Because of usual. |\n"
        "| weak | for each dimension: `<dimension>` is below half and not (the stage is Momentum "
        "and everything is finished) | boost `<dimension>` × 2 | Because of weak. |\n"
        "| odd | `question.goals-1` is 0 or don't know or `index` is at least 20 % and below 30 % "
        "| avoid `free-time`; risk culture; note: A \\| B | Because of odd. |\n"
    )


def test_the_order_of_rules_changes_nothing_that_is_found() -> None:
    tables = [
        rule_table("no", {"stage": "momentum"}, avoid=["free-time"]),
        rule_table("dead", {"index": "> 1"}),
        rule_table("late", {"question.roles-1": [3]}, risk="culture"),
    ]
    forward = check(*tables).issues
    backward = check(*reversed(tables)).issues
    assert {(i.name, i.where) for i in forward} == {(i.name, i.where) for i in backward}


def test_members_and_other_circumstances_are_named_beside_the_file() -> None:
    tables = [
        rule_table("no", {"members": ">= 5", "carried.free-time": "> 1"}, avoid=["free-time"])
    ]
    issue = check(*tables).of("error")[0]
    (team,) = issue.witnesses
    besides = ("5 members answered", "free-time was carried over 2 times")
    assert team.besides == besides
    assert fires(make_rules(TINY, FULL, *tables), team) == {"no"}


def test_a_file_that_cannot_be_read_never_reaches_the_check() -> None:
    with pytest.raises(DataFileError):
        check(rule_table("bad", {"goals.start": "< 1"}))


def test_a_huge_questionnaire_is_undecided_rather_than_slow() -> None:
    large = make_questionnaire(**{f"area-{n}": n for n in (7, 8, 9, 11)})
    rules = make_rules(
        large,
        make_catalogue(large, action("rest")),
        rule_table("odd", {"momentum": "= 0.33", "maturity": "= 0.31", "mastery": "= 0.29"}),
    )
    with pytest.raises(UndecidedError):
        Prover(large, Limits(), effort=0.5).find(rules.rules[0].cases[0].condition)


def test_issues_of_the_same_place_have_witness_files_of_their_own() -> None:
    report = check(
        rule_table("no", {"stage": "momentum"}, avoid=["free-time"]),
        rule_table("never", {"stage": "maturity"}, avoid=["free-time"]),
    )
    assert [issue.file_names for issue in report.of("error")] == [
        ("must-meets-avoid-rule-usual-must.toml",),
        ("must-meets-avoid-rule-usual-must-2.toml",),
    ]


def test_a_part_of_any_that_cannot_be_decided_is_said_to_be_open() -> None:
    when = {"any": [{"index": "< 0.2"}, {"stage": "mastery", "margin.down": "= 30"}]}
    (issue,) = check_larger(rule_table("far", when))
    assert (issue.severity, issue.name) == ("undecided", "never-fires")
    assert issue.where == "rule[id=far].when.any[2]"


def test_whether_a_rule_is_contained_may_stay_open() -> None:
    issues = check_larger(
        rule_table("far", {"margin.down": "= 30"}, note="Same."),
        rule_table("first", {"stage": "momentum"}, note="Same."),
    )
    issue = next(issue for issue in issues if issue.name == "contained-rule")
    assert (issue.severity, issue.where) == ("undecided", "rule[id=far].when")
