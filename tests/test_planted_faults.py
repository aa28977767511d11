"""Faults planted one at a time in copies of the shipped files: each is found, by name.

A fault that keeps a file from being read is named with its place. Any other is proved, or comes
with a team that shows it; that team is put through scoring, rules and planner again here.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assess.answers_file import format_answers, read_answers
from assess.catalogue.reading import read_catalogue
from assess.errors import DataFileError
from assess.questionnaire import Questionnaire, read_questionnaire
from assess.record import record
from assess.rulecheck import Issue, Report, Setting, Witness, check_rules
from assess.rulecheck.gap import check_weakest
from assess.rulecheck.prover import Prover
from assess.rulecheck.thorough import SearchCheck, check_better_answers
from assess.rules.finding import find_findings
from assess.rules.reading import read_rules
from assess.scoring.profile import score_answers

pytestmark = pytest.mark.one_python

ROOT = Path(__file__).parent.parent


def shipped(path: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / path).read_text(encoding="utf-8"), parse_float=Decimal)


QUESTIONNAIRE: Questionnaire = read_questionnaire(shipped("questionnaires/marketing-team.toml"))
ACTIONS = shipped("plans/marketing-team/actions.toml")["action"]
RULES = shipped("plans/marketing-team/rules.toml")
RULES["example"] = RULES["example"][:1]  # Each one is planned, and one is enough for a fault.


class Files:
    """A copy of the shipped actions and rules, to plant a fault in."""

    def __init__(self) -> None:
        self.actions: list[dict[str, Any]] = deepcopy(ACTIONS)
        self.rules: dict[str, Any] = deepcopy(RULES)

    def action(self, name: str) -> dict[str, Any]:
        return next(action for action in self.actions if action["id"] == name)

    def rule(self, name: str) -> dict[str, Any]:
        return next(rule for rule in self.rules["rule"] if rule["id"] == name)

    def add_rule(self, when: Mapping[str, Any], name: str = "planted", **brings: Any) -> None:
        self.rules["rule"].append({"id": name, "when": when, "because": "Planted.", **brings})

    def lift(self, action: str, question: str, level: int) -> None:
        self.action(action)["lifts"][question] = level

    def unlift(self, question: str, level: int) -> None:
        """Let no action offer a rung."""
        for action in self.actions:
            if action.get("lifts", {}).get(question) == level:
                del action["lifts"][question]
                action.pop("only", None)
                for step in action["steps"]:
                    step.pop("for", None)

    def read(self) -> Setting:
        catalogue = read_catalogue({"action": self.actions}, QUESTIONNAIRE)
        rules = read_rules(self.rules, QUESTIONNAIRE, catalogue)
        return Setting(QUESTIONNAIRE, catalogue, rules)

    def check(self) -> Report:
        """Check plainly, without a solver."""
        return check_rules(self.read())

    def prove(self, name: str, where: str) -> list[Issue]:
        """Look for one kind of issue at one place, as the thorough check looks everywhere."""
        there = self.read()
        check = SearchCheck(there, Prover(QUESTIONNAIRE, there.rules.limits))
        place = where.partition("[id=")[2].partition("]")[0]
        rules = [rule for rule in there.rules.rules if rule.id == place]
        actions = [action for action in there.catalogue.actions if action.id == place]
        if name in ("must-meets-avoid", "must-needs-avoided"):
            return [issue for rule in rules for issue in check.conflicts(rule)]
        if name == "better-answer-adds-work":
            return list(check_better_answers(there, rules))
        if name == "unselectable-action":
            return [issue for action in actions for issue in check.selectable(action)]
        return [issue for rule in rules for issue in check.firing(rule)]


Plant = Callable[[Files], None]


@record
class Refused:
    """A fault that keeps a file from being read."""

    what: str
    where: str
    plant: Plant


def add(when: Mapping[str, Any], **brings: Any) -> Plant:
    return lambda files: files.add_rule(when, **(brings or {"risk": "culture"}))


def demand_what_is_avoided(action: str) -> Plant:
    """Demand an action that needs another, near or far, which is avoided."""

    def plant(files: Files) -> None:
        files.add_rule({"stage": "momentum"}, avoid=["write-three-goals"])
        files.add_rule({"index": "< 0.2"}, name="demands", must=[action])

    return plant


def set_key(rule: str, key: str, value: Any) -> Plant:
    return lambda files: files.rule(rule).update({key: value})


def set_in_action(action: str, key: str, value: Any) -> Plant:
    return lambda files: files.action(action).update({key: value})


PLANTED = "rule[id=planted]"
REFUSED = [
    Refused("Unknown stage 'momentun'.", f"{PLANTED}.when.stage", add({"stage": "momentun"})),
    Refused(
        "Unknown condition 'gaols.momentum'.",
        f"{PLANTED}.when.gaols.momentum",
        add({"gaols.momentum": "< 0.5"}),
    ),
    Refused(
        "Unknown condition 'question.goals-writen'.",
        f"{PLANTED}.when.question.goals-writen",
        add({"question.goals-writen": [0]}),
    ),
    Refused(
        "Unknown condition 'carried.no-such-action'.",
        f"{PLANTED}.when.any[1].carried.no-such-action",
        add({"any": [{"carried.no-such-action": "> 1"}]}),
    ),
    Refused(
        "'any' stands inside 'any' or 'not'.",
        f"{PLANTED}.when.not.any",
        add({"not": {"any": [{"index": "< 0.5"}]}}),
    ),
    Refused(
        "The interval '< 0.333' has a bound with more than two decimals.",
        f"{PLANTED}.when.index",
        add({"index": "< 0.333"}),
    ),
    Refused(
        "No number lies in the interval '[0.8, 0.5)'.",
        f"{PLANTED}.when.index",
        add({"index": "[0.8, 0.5)"}),
    ),
    Refused(
        "Unknown word 'agreed'.",
        f"{PLANTED}.when.agreement.goals",
        add({"agreement.goals": "agreed"}),
    ),
    Refused(
        "A condition on 'margin' may not bring 'must'.",
        f"{PLANTED}.must",
        add({"margin.up": "< 2"}, must=["free-two-hours"]),
    ),
    Refused(
        "Unknown action 'free-two-hour'.",
        "rule[id=free-the-time-first].must",
        set_key("free-the-time-first", "must", ["free-two-hour"]),
    ),
    Refused(
        "Unknown action 'run-experiments'.",
        "rule[id=order-first].avoid",
        set_key("order-first", "avoid", ["run-experiments"]),
    ),
    Refused(
        "Unknown boost 'system'.",
        "rule[id=systems-next].boost.system",
        set_key("systems-next", "boost", {"system": 2}),
    ),
    Refused(
        "This word is not known here. It is 'cultur'.",
        "rule[id=culture-risk].risk",
        set_key("culture-risk", "risk", "cultur"),
    ),
    Refused(
        "Unknown placeholder 'hours'.",
        "rule[id=free-the-time-first].because",
        set_key("free-the-time-first", "because", "{hours} hours a week."),
    ),
    Refused(
        "The placeholder 'share' may have no value when this rule fires.",
        "rule[id=clear-rise].because",
        set_key("clear-rise", "because", "{dimension} has {share}."),
    ),
    Refused(
        "Unknown key 'boosts'.", "rule[id=order-first].boosts", set_key("order-first", "boosts", 2)
    ),
    Refused("The rule brings nothing.", PLANTED, lambda f: f.add_rule({"index": "< 0.5"})),
    Refused(
        "The id 'weak-link' is used twice.",
        "rule[id=weak-link]",
        lambda f: f.add_rule({"index": "< 0.5"}, name="weak-link", risk="culture"),
    ),
    Refused(
        "Unknown action 'no-such-action'.",
        "example[number 1].plan_has",
        lambda f: f.rules["example"][0].update(plan_has=["no-such-action"]),
    ),
    Refused(
        "This is too low. It is 0.",
        "weights.current_stage",
        lambda f: f.rules["weights"].update(current_stage=0),
    ),
    Refused(
        "The needs run in a circle: write-three-goals needs number-date-owner "
        "needs write-three-goals.",
        "action[id=write-three-goals].needs",
        set_in_action("write-three-goals", "needs", {"goals-precise": 1}),
    ),
    Refused(
        "Unknown question 'goals-writen'.",
        "action[id=number-date-owner].needs",
        set_in_action("number-date-owner", "needs", {"goals-writen": 1}),
    ),
    Refused(
        "Unknown question 'goals-writen'.",
        "action[id=write-three-goals].lifts",
        set_in_action("write-three-goals", "lifts", {"goals-writen": 1}),
    ),
    Refused(
        "Unknown placeholder 'end'.",
        "action[id=write-three-goals].objective",
        set_in_action("write-three-goals", "objective", "Goals by {end}."),
    ),
    Refused(
        "The id 'free-two-hours' is used twice.",
        "action[id=free-two-hours]",
        lambda f: f.actions.append(f.action("free-two-hours")),
    ),
]


@pytest.mark.parametrize("fault", REFUSED, ids=lambda fault: f"{fault.where}: {fault.what}")
def test_a_fault_that_makes_a_file_unusable_is_named_with_its_place(fault: Refused) -> None:
    files = Files()
    fault.plant(files)
    with pytest.raises(DataFileError) as caught:
        files.read()
    assert (fault.what, fault.where) in [(p.what, p.where) for p in caught.value.problems]


def shows_nothing(there: Setting, issue: Issue) -> None:
    """What is proved impossible has no witness."""
    assert issue.witnesses == ()


def shows_firing(*rules: str) -> Callable[[Setting, Issue], None]:
    """The rules fire for the witness."""

    def shows(there: Setting, issue: Issue) -> None:
        (team,) = issue.witnesses
        assert set(rules) <= fired(there, team)

    return shows


def shows_level(question: str, level: int) -> Callable[[Setting, Issue], None]:
    """The witness stands before the rung that nothing offers, and needs it for its stage."""

    def shows(there: Setting, issue: Issue) -> None:
        (team,) = issue.witnesses
        profile = team.situation.profile
        assert profile.levels[question] == level - 1
        assert profile.stage_number == level
        plan = there.plan_actions(team)
        assert all(there.catalogue.by_id[a].lifts.get(question) != level for a in plan)

    return shows


def shows_pair(rule: str) -> Callable[[Setting, Issue], None]:
    """Only the better of two teams that differ in one raised level makes the rule fire."""

    def shows(there: Setting, issue: Issue) -> None:
        worse, better = issue.witnesses
        assert rule not in fired(there, worse)
        assert rule in fired(there, better)
        before, after = (t.situation.profile for t in issue.witnesses)
        assert (before.stage, before.complete) == (after.stage, after.complete)
        moved = [q for q in before.levels if before.levels[q] != after.levels[q]]
        assert [int(after.levels[q]) - int(before.levels[q]) for q in moved] == [1]

    return shows


def shows_plan(action: str, *, there_now: bool) -> Callable[[Setting, Issue], None]:
    """The plan of the witness holds the action, or does not."""

    def shows(there: Setting, issue: Issue) -> None:
        (team,) = issue.witnesses
        assert (action in there.plan_actions(team)) == there_now

    return shows


def shows_stage(stage: str) -> Callable[[Setting, Issue], None]:
    def shows(there: Setting, issue: Issue) -> None:
        (team,) = issue.witnesses
        assert score_answers(QUESTIONNAIRE, team.answers).stage == stage

    return shows


def fired(there: Setting, team: Witness) -> set[str]:
    return {finding.rule for finding in find_findings(there.rules, team.situation)}


@record
class Found:
    """A fault that the check finds: its severity, name and place, and what its witness shows.

    One that is `plain` is found without a solver.
    """

    severity: str
    name: str
    where: str
    plant: Plant
    shows: Callable[[Setting, Issue], None]
    plain: bool = False


def plainly(name: str, where: str, plant: Plant, shows: Callable[[Setting, Issue], None]) -> Found:
    return Found("error", name, where, plant, shows, plain=True)


def impossible(when: Mapping[str, Any], **brings: Any) -> Found:
    return Found(
        "error", "impossible-condition", f"{PLANTED}.when", add(when, **brings), shows_nothing
    )


def better(when: Mapping[str, Any], **brings: Any) -> Found:
    key = "must" if "must" in brings else "risk"
    return Found(
        "warning",
        "better-answer-adds-work",
        f"{PLANTED}.{key}",
        add(when, **brings),
        shows_pair("planted"),
    )


FOUND = [
    impossible({"goals.momentum": "> 1"}),
    impossible({"goals.momentum": "(0.75, 0.8)"}),
    impossible({"question.goals-written": "> 3"}),
    impossible({"stage": "mastery", "systems.momentum": "< 0.5"}),
    impossible({"stage": ["maturity", "mastery"], "momentum": "< 0.8"}),
    impossible({"momentum": "< 0.5", "mastery": "> 0.5"}),
    impossible({"index": "> 0.9", "mastery": "< 0.7"}),
    impossible({"complete": True, "not": {"goals.index": ">= 0"}, "question.goals-tied": [0]}),
    impossible({"question.goals-written": [0], "not": {"question.goals-written": "< 2"}}),
    impossible({"question.goals-written": [0], "goals.momentum": "= 1"}),
    impossible({"stage": "momentum", "margin.down": ">= 1"}),
    impossible({"hours_per_week": "< 0"}, must=["free-two-hours"]),
    Found(
        "warning",
        "never-fires",
        f"{PLANTED}.when.any[2]",
        add({"any": [{"index": "< 0.1"}, {"stage": "mastery", "roles.maturity": "< 0.25"}]}),
        shows_nothing,
    ),
    Found(
        "warning",
        "always-fires",
        f"{PLANTED}.when",
        add({"any": [{"stage": ["momentum", "maturity"]}, {"momentum": ">= 0.8"}]}),
        shows_firing("planted"),
    ),
    Found(
        "warning",
        "contained-rule",
        f"{PLANTED}.when",
        add({"hours_per_head": "< 0.5", "not": {"hours.freed": "> 0"}}, must=["free-two-hours"]),
        shows_firing("planted", "free-the-time-first"),
    ),
    Found(
        "warning",
        "contained-rule",
        f"{PLANTED}.when",
        add({"learning.momentum": "< 0.25", "stage": "momentum"}, risk="culture"),
        shows_firing("planted", "culture-risk"),
    ),
    Found(
        "error",
        "must-meets-avoid",
        "rule[id=free-the-time-first].must",
        add({"stage": "mastery", "people.mastery": "> 0.5"}, avoid=["free-two-hours"]),
        shows_firing("planted", "free-the-time-first"),
    ),
    Found(
        "error",
        "must-meets-avoid",
        f"{PLANTED}.must",
        add({"learning.maturity": ">= 0.75"}, must=["run-monthly-experiments"]),
        shows_firing("planted", "order-first"),
    ),
    Found(
        "error",
        "must-needs-avoided",
        "rule[id=demands].must",
        demand_what_is_avoided("number-date-owner"),
        shows_firing("planted", "demands"),
    ),
    Found(
        "error",
        "must-needs-avoided",
        "rule[id=demands].must",
        demand_what_is_avoided("page-for-each-goal"),
        shows_firing("planted", "demands"),
    ),
    plainly(
        "uncovered-rung",
        "question[id=goals-horizon]",
        lambda f: f.lift("one-year-picture", "goals-horizon", 2),
        shows_level("goals-horizon", 1),
    ),
    plainly(
        "uncovered-rung",
        "question[id=roles-decide]",
        lambda f: f.unlift("roles-decide", 2),
        shows_level("roles-decide", 2),
    ),
    plainly(
        "uncovered-rung",
        "question[id=budget-read]",
        lambda f: f.unlift("budget-read", 3),
        shows_level("budget-read", 3),
    ),
    Found(
        "warning",
        "unselectable-action",
        "action[id=ask-the-dont-knows]",
        lambda f: f.rules.update(
            rule=[r for r in f.rules["rule"] if "ask-the-dont-knows" not in r.get("must", ())]
        ),
        shows_nothing,
    ),
    Found(
        "warning",
        "unselectable-action",
        "action[id=one-year-picture]",
        add({"question.goals-horizon": [0, "dont-know"]}, avoid=["one-year-picture"]),
        shows_firing("planted"),
    ),
    Found(
        "warning",
        "unselectable-action",
        "action[id=one-year-picture]",
        lambda f: f.action("one-year-picture")["steps"][-1].update(week=14),
        shows_nothing,
        plain=True,
    ),
    plainly(
        "too-long",
        "action[id=write-three-goals].steps",
        lambda f: f.action("write-three-goals")["steps"][0].update(each=20),
        shows_nothing,
    ),
    Found(
        "warning",
        "step-count",
        "action[id=write-three-goals].steps",
        lambda f: f.action("write-three-goals").update(
            steps=f.action("write-three-goals")["steps"][:2]
        ),
        shows_nothing,
        plain=True,
    ),
    better({"question.systems-flow": [2, 3], "stage": "maturity"}, must=["free-two-hours"]),
    better({"measurement.maturity": ">= 0.5", "stage": "momentum"}, risk="talent"),
    better({"index": "> 0.4", "stage": "momentum"}, must=["confirm-strong-claims"]),
    better({"not": {"learning.index": "< 0.5"}, "stage": "maturity"}, risk="resources"),
    plainly(
        "failing-example",
        "example[number 1].stage",
        lambda f: f.rules["example"][0].update(stage="maturity"),
        shows_stage("momentum"),
    ),
    plainly(
        "failing-example",
        "example[number 1].plan_has",
        add({"stage": "momentum"}, avoid=["write-three-goals"]),
        shows_plan("write-three-goals", there_now=False),
    ),
    plainly(
        "failing-example",
        "example[number 1].plan_lacks",
        lambda f: f.rules["example"][0].update(plan_lacks=["free-two-hours"]),
        shows_plan("free-two-hours", there_now=True),
    ),
]

IN_ITSELF = [
    {"goals.momentum": "> 1"},
    {"goals.momentum": "(0.75, 0.8)"},
    {"index": "> 1"},
    {"question.goals-written": "> 3"},
    {"hours_per_week": "< 0"},
]
PLAIN = [
    *(fault for fault in FOUND if fault.plain),
    *(replace(impossible(when), plain=True) for when in IN_ITSELF),
    Found(
        "warning",
        "unsaid-need",
        "action[id=find-a-sponsor].needs",
        lambda f: f.action("find-a-sponsor").update(needs={"goals-written": 1}),
        shows_nothing,
        plain=True,
    ),
]


def name_of(fault: Found) -> str:
    return f"{fault.name} {fault.where}"


@pytest.mark.parametrize("fault", [f for f in FOUND if not f.plain], ids=name_of)
def test_a_planted_fault_is_found_by_name_with_a_witness_that_shows_it(fault: Found) -> None:
    files = Files()
    fault.plant(files)
    assert_shown(files, fault, files.prove(fault.name, fault.where))


@pytest.mark.parametrize("fault", PLAIN, ids=name_of)
def test_a_planted_fault_of_the_files_is_found_without_a_solver(fault: Found) -> None:
    files = Files()
    fault.plant(files)
    assert_shown(files, fault, files.check().issues)


def assert_shown(files: Files, fault: Found, found: Iterable[Issue]) -> None:
    issues = [
        issue
        for issue in found
        if (issue.severity, issue.name, issue.where) == (fault.severity, fault.name, fault.where)
    ]
    assert issues
    for issue in issues:
        fault.shows(files.read(), issue)
        assert_accepted(issue)


def assert_accepted(issue: Issue) -> None:
    """Every witness is an answers file that reads back as it was."""
    for team in issue.witnesses:
        text = format_answers(team.answers)
        assert read_answers(tomllib.loads(text), QUESTIONNAIRE) == team.answers


def test_a_weakest_dimension_without_a_candidate_is_found() -> None:
    files = Files()
    questions = {q.id for q in QUESTIONNAIRE.by_dimension["roles"]}
    first = [a["id"] for a in files.actions if any((q, 1) in a["lifts"].items() for q in questions)]
    files.add_rule({"stage": "momentum", "roles.momentum": "< 0.25"}, avoid=first)
    there = files.read()
    (issue,) = check_weakest(there, Prover(QUESTIONNAIRE, there.rules.limits))
    assert (issue.severity, issue.name, issue.where) == ("error", "gap", "dimension[id=roles]")
    (team,) = issue.witnesses
    profile = team.situation.profile
    shares = {d.id: d.shares[0] for d in profile.dimensions.values() if d.shares is not None}
    assert [d for d in shares if shares[d] == min(shares.values())] == ["roles"]
    plan = there.plan_actions(team)
    assert not [a for a in plan if questions & there.catalogue.by_id[a].lifts.keys()]
