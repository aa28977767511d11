"""The questionnaires, actions and rules that come with the product, held to docs/content.md."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from difflib import SequenceMatcher
from itertools import combinations, product
from math import ceil
from pathlib import Path
from random import Random

import pytest

from assess.answers import Assessment
from assess.catalogue.action import Action
from assess.catalogue.work import find_work
from assess.figures import Hours
from assess.library import Library
from assess.library.plan_data import read_plan_data
from assess.pages.plan_paper import render_plan
from assess.planning.build import build_plan
from assess.planning.plan import Plan
from assess.questionnaire import STAGES
from assess.rules.finding import find_findings
from assess.rules.model import Example
from assess.rules.situation import Situation
from assess.scoring.assessment import score_assessment
from assess.scoring.records import Level
from assess.workflow.assessing.answer_files import read_assessment
from assess.workflow.checking import check_library
from assess.workflow.demo import EXAMPLE, read_progress
from assess.workflow.history import Past
from assess.workflow.plan.basis import Wishes, find_basis
from tests.builders import DAY, make_assessment
from tests.plan_validator import find_plan_faults

pytestmark = pytest.mark.one_python

LIBRARY = Library()
PLANS = Path(__file__).parent / "plans"

Levels = Mapping[str, Level]


class Instrument:
    """A shipped questionnaire with its actions and rules, and plans of teams that answer it."""

    def __init__(self, name: str) -> None:
        self.asked = LIBRARY.questionnaire(name)
        self.data = read_plan_data(LIBRARY, self.asked)
        self.actions = self.data.catalogue.actions
        self.lifting = [action for action in self.actions if action.lifts]
        choices = (entry.choices for entry in self.asked.about)
        names = [entry.id for entry in self.asked.about]
        self.profiles = [
            self.asked.fitted(dict(zip(names, said, strict=True))) for said in product(*choices)
        ]

    def all_at(self, level: int, **dimensions: int) -> dict[str, Level]:
        """Return levels: all alike, but for the dimensions that are named."""
        return {q.id: dimensions.get(q.dimension, level) for q in self.asked.questions}

    def dimension_at(self, dimension: str, level: int) -> dict[str, int]:
        return {question.id: level for question in self.asked.by_dimension[dimension]}

    def assess(self, levels: Levels) -> Assessment:
        given = [{"not-applicable": "No"} if v == "not-applicable" else v for v in levels.values()]
        return make_assessment(self.asked, *given)

    def draw_plan(self, levels: Levels, hours: Hours) -> Plan:
        """Return a plan that an independent look finds no fault in."""
        wishes = Wishes(hours=ceil(hours))
        plan = build_plan(find_basis(self.data, self.assess(levels), wishes, Past(), DAY))
        assert find_plan_faults(plan, self.data.rules.limits) == []
        return plan

    def plan_for(self, levels: Levels, hours: Hours = 6) -> Plan:
        """Return a plan that is proven to be the best."""
        plan = self.draw_plan(levels, hours)
        assert plan.proven
        return plan

    def lifted_dimensions(self, plan: Plan, level: int) -> set[str]:
        """Return the dimensions in which a plan wins a rung of a level."""
        wins = [rung for priority in plan.priorities for rung in priority.wins]
        return {self.asked.by_id[rung.question].dimension for rung in wins if rung.level == level}


INSTRUMENTS = {name: Instrument(name) for name in LIBRARY.questionnaire_ids()}
MARKETING = INSTRUMENTS["marketing-team"]
OTHERS_OWN = {
    name: [a for a in one.lifting if one is MARKETING or a not in MARKETING.lifting]
    for name, one in INSTRUMENTS.items()
}
"""What any-team takes from marketing-team is tried there, once."""


@pytest.fixture(params=INSTRUMENTS)
def shipped(request: pytest.FixtureRequest) -> Instrument:
    return INSTRUMENTS[request.param]


def each_action(*, joint: bool = False) -> pytest.MarkDecorator:
    """Try every action with the questionnaire that it stands in; only those with several lifts."""
    pairs = [
        pytest.param(INSTRUMENTS[name], action, id=f"{name}-{action.id}")
        for name, actions in OTHERS_OWN.items()
        for action in actions
        if not joint or len(action.lifts) > 1
    ]
    return pytest.mark.parametrize(("shipped", "action"), pairs)


def chosen(plan: Plan) -> set[str]:
    return {priority.action.id for priority in plan.priorities}


def test_the_plain_check_finds_nothing() -> None:
    assert [
        issue for one in check_library(None, thorough=False) for issue in one.report.issues
    ] == []


def test_any_team_is_asked_and_does_what_a_marketing_team_is_asked_and_does() -> None:
    own = INSTRUMENTS["any-team"]
    asked = MARKETING.asked.fitted({"selling": "inside"})
    texts = [[(q.id, q.ask, q.levels) for q in one.questions] for one in (own.asked, asked)]
    assert texts[0] == texts[1]
    assert [a.id for a in own.actions if a not in MARKETING.actions] == [
        "agree-what-each-hands-over"
    ]


def test_nothing_that_any_team_takes_speaks_of_marketing() -> None:
    """What a shared text says to a marketing team alone belongs into words of its own."""
    own = INSTRUMENTS["any-team"]
    foreign = re.compile(
        r"\b(marketing|campaigns?|newsletters?|agenc\w+|buyers?|advert\w*|websites?|enquir\w+)\b",
        re.IGNORECASE,
    )
    asked = [text for q in own.asked.questions for text in (q.ask, q.evidence, *q.levels)]
    done = [action.model_dump_json() for action in own.actions]
    said = [text for r in own.data.rules.rules for text in (r.because, r.note or "")]
    assert [text for text in (*asked, *done, *said) if foreign.search(text)] == []


# --- Questions ---


def test_every_start_profile_can_be_read_in_ten_minutes_at_238_words_a_minute(
    shipped: Instrument,
) -> None:
    for asked in shipped.profiles:
        texts = (text for q in asked.questions for text in (q.ask, *q.levels))
        assert sum(len(text.split()) for text in texts) <= 2380


def test_each_dimension_has_three_to_five_questions_with_a_prompt_for_evidence(
    shipped: Instrument,
) -> None:
    for asked in shipped.profiles:
        assert {len(questions) for questions in asked.by_dimension.values()} <= {3, 4, 5}
        assert all(question.evidence for question in asked.questions)


def test_no_prompt_for_evidence_asks_for_a_name(shipped: Instrument) -> None:
    """Answers are kept, and may be shown; roles are enough."""
    names = re.compile(r"\b[Ww]ho\b|\bwhom\b|\bnames?\b(?! (roles|no))")
    asked = shipped.asked.questions
    assert {q.id: q.evidence for q in asked if names.search(q.evidence)} == {}


def test_every_term_of_the_trade_in_a_question_is_explained_in_the_glossary(
    shipped: Instrument,
) -> None:
    asked = [q for profile in shipped.profiles for q in profile.questions]
    texts = " ".join(text for q in asked for text in (q.ask, *q.levels))
    terms = re.findall(r"KPI|OKR|CRM|[a-z-]*(?:segment|sponsor|supporter|dashboard)", texts)
    terms += re.findall(r"\b(?:lead|brief|keeper|stand-in|stand-up|milestone|checklist)\b", texts)
    glossary = (PLANS.parent.parent / "docs/glossary.md").read_text(encoding="utf-8")
    assert [term for term in sorted({*terms}) if f"| {term} |" not in glossary] == []


def test_no_level_is_longer_than_160_characters(shipped: Instrument) -> None:
    levels = {t for asked in shipped.profiles for q in asked.questions for t in q.levels}
    assert [t for t in levels if len(t) > 160] == []


def test_upper_levels_can_be_understood_without_their_question(shipped: Instrument) -> None:
    """They stand alone in a plan, as what is true when a priority is done."""
    leaning = re.compile(r"^(It|They|Both)\b|\b([Ss]uch|[Tt]hese|of them)\b")
    levels = {t for asked in shipped.profiles for q in asked.questions for t in q.levels[1:]}
    assert [t for t in levels if leaning.search(t)] == []


def test_no_two_levels_read_alike(shipped: Instrument) -> None:
    """In profiles that have each choice at least once."""
    for asked in shipped.profiles[::5]:
        levels = {f"{q.id} {n}": text for q in asked.questions for n, text in enumerate(q.levels)}
        assert list(_alike(levels)) == []


# --- Actions ---


def test_each_level_of_each_question_is_lifted_by_an_action(shipped: Instrument) -> None:
    offered = {rung for action in shipped.actions for rung in action.rungs}
    rungs = [(question, level) for question in shipped.asked.by_id for level in (1, 2, 3)]
    assert [rung for rung in rungs if rung not in offered] == []


@each_action()
def test_action_is_chosen_by_the_team_that_lacks_what_it_lifts(
    shipped: Instrument, action: Action
) -> None:
    lacking = {question: level - 1 for question, level in action.lifts.items()}
    assert action.id in chosen(shipped.plan_for({**shipped.all_at(3), **lacking}))


def test_action_that_lifts_nothing_is_brought_in_by_a_rule(shipped: Instrument) -> None:
    brought = {action for rule in shipped.data.rules.rules for action in rule.must}
    assert {action.id for action in shipped.actions if not action.lifts} <= brought


def test_there_are_enough_actions_of_three_to_five_steps(shipped: Instrument) -> None:
    fewest, most = (35, 45) if shipped.asked.subject == "manager" else (60, 90)
    assert fewest <= len(shipped.actions) <= most
    assert {len(action.steps) for action in shipped.actions} <= {3, 4, 5}


def test_every_action_can_begin_in_its_first_week_and_stays_within_six(shipped: Instrument) -> None:
    assert {action.steps[0].week for action in shipped.actions} == {1}
    assert {action.steps[-1].week for action in shipped.actions} <= {1, 2, 3, 4, 5, 6}


@pytest.mark.parametrize("size", range(2, 26))
def test_no_action_takes_longer_than_eight_weeks_at_the_usual_hours(
    shipped: Instrument, size: int
) -> None:
    hours = shipped.data.rules.limits.default_hours(size)
    weeks = {action.id: find_work(action, size, hours).duration for action in shipped.actions}
    assert {name: taken for name, taken in weeks.items() if taken > 8} == {}


@pytest.mark.parametrize(("size", "most"), [(2, 13), (5, 16), (12, 24), (25, 24)])
def test_actions_take_what_a_team_of_the_size_can_spare(
    shipped: Instrument, size: int, most: int
) -> None:
    least = 1 if shipped.asked.subject == "manager" else 3
    efforts = {action.id: find_work(action, size).effort for action in shipped.actions}
    work = [efforts[action.id] for action in shipped.actions if action.kind == "priority"]
    assert min(work) >= least
    assert max(work) <= most
    assert all(efforts[a.id] <= 8 for a in shipped.actions if a.kind == "preparation")


def test_no_meeting_takes_more_than_an_hour_of_each_person(shipped: Instrument) -> None:
    """Nor does anybody hold long meetings in a team of two."""
    assert [a.id for a in shipped.actions for step in a.steps if step.each > 1] == []


def test_there_are_a_few_decisions_that_cost_no_hours(shipped: Instrument) -> None:
    assert 1 <= sum(action.kind == "decision" for action in shipped.actions) <= 6


@each_action(joint=True)
def test_where_one_of_two_lifts_is_in_place_the_rest_reads_as_an_action_of_its_own(
    shipped: Instrument, action: Action
) -> None:
    for question in action.lifts:
        work = find_work(action, 5, reached=action.lifts.keys() - {question})
        assert work.title not in {a.title for a in shipped.actions}
        assert work.objective != action.objective
        assert len(work.steps) >= 2
    assert find_work(action, 5).title == action.title


def test_an_action_for_an_upper_level_needs_the_level_below(shipped: Instrument) -> None:
    missing = [
        (action.id, question)
        for action in shipped.lifting
        for question, level in action.lifts.items()
        if level > 1 and action.needs.get(question, 0) < level - 1
    ]
    assert missing == []


def test_no_need_asks_for_more_than_the_stage_that_the_action_works_on(shipped: Instrument) -> None:
    """So whatever a team still needs is work of its stage or an earlier one: a way on."""
    needy = [action for action in shipped.lifting if action.needs]
    assert [a.id for a in needy if max(a.needs.values()) > min(a.lifts.values())] == []


def test_every_action_says_how_it_is_measured_and_what_can_be_adjusted(shipped: Instrument) -> None:
    silent = (a for a in shipped.actions if not (a.measures and len(a.levers) >= 2 and a.causes))
    assert [action.id for action in silent] == []


def test_no_two_actions_read_alike(shipped: Instrument) -> None:
    texts = {action.id: f"{action.title}. {action.objective}" for action in shipped.actions}
    steps = {action.id: " ".join(step.do for step in action.steps) for action in shipped.actions}
    assert not [*_alike(texts), *_alike(steps)]


def _alike(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of texts that share more than half of their words in the same order."""
    words = {name: re.findall(r"\w+", text.lower()) for name, text in texts.items()}
    for one, other in combinations(words, 2):
        matcher = SequenceMatcher(None, words[one], words[other], autojunk=False)
        if matcher.quick_ratio() > 0.5 and matcher.ratio() > 0.5:
            yield one, other


# --- Plans: no team is left without a way on ---


@pytest.mark.parametrize("stage", [1, 2, 3])
@pytest.mark.parametrize(
    ("shipped", "dimension"),
    [
        pytest.param(one, dimension, id=f"{name}-{dimension}")
        for name, one in INSTRUMENTS.items()
        for dimension in one.asked.by_dimension
    ],
)
def test_plan_works_on_the_stage_in_whichever_dimension_is_weakest(
    shipped: Instrument, dimension: str, stage: int
) -> None:
    plan = shipped.plan_for(shipped.all_at(stage, **{dimension: stage - 1}))
    assert plan.profile.stage == STAGES[stage - 1]
    assert dimension in shipped.lifted_dimensions(plan, stage)


HARD = [
    (name, seed)
    for name in INSTRUMENTS
    for seed in range(40 if INSTRUMENTS[name] is MARKETING else 8)
]


@pytest.mark.parametrize(("name", "seed"), HARD)
def test_plan_of_any_team_wins_a_rung_of_its_stage(name: str, seed: int) -> None:
    """A law, tried on teams that lack little of their stage while much other work calls."""
    shipped, chance = INSTRUMENTS[name], Random(seed)
    hard = _hard_team(shipped, Random(seed))
    plan = shipped.plan_for(hard, hours=chance.choice([6, 6, 10, 60]))
    stage = plan.profile.stage_number
    assert plan.profile.complete or shipped.lifted_dimensions(plan, stage)


def _hard_team(shipped: Instrument, chance: Random) -> dict[str, Level]:
    below = chance.choice([0, 1, 2])
    lagging = chance.choice(list(shipped.asked.by_dimension))
    ahead: list[Level] = [3, 3, 3, 3, 0, "dont-know", "not-applicable"]
    behind: list[Level] = [below, below, 3, "dont-know", "not-applicable"]
    return {
        **{
            q.id: chance.choice(behind if q.dimension == lagging else ahead)
            for q in shipped.asked.questions
        },
        shipped.asked.by_dimension[lagging][0].id: below,
    }


# --- Rules and examples ---


def test_every_rule_of_a_marketing_team_is_reached_by_some_answers() -> None:
    """That the others can fire is proved by the thorough check."""
    rules = MARKETING.data.rules
    fired = {f.rule for s in _situations(MARKETING) for f in find_findings(rules, s)}
    assert [rule.id for rule in rules.rules if rule.id not in fired] == []


def _situations(shipped: Instrument) -> Iterator[Situation]:
    """Yield teams of all kinds, alone and with what only time or members can bring."""
    asked = shipped.asked
    unknown: list[Levels] = [
        {question.id: "dont-know" for question in questions[1:]}
        for questions in asked.by_dimension.values()
    ]
    single: list[Levels] = [
        {question: level} for question in asked.by_id for level in (0, "dont-know")
    ]
    half = {"goals-written": 1, "goals-tied": 1, "goals-real": 1}
    hanging = {**shipped.all_at(1), **shipped.dimension_at("goals", 0), **half}
    beginnings = [shipped.all_at(level) for level in range(4)]
    changed = ({**shipped.all_at(1), **change} for change in (*single, *unknown))
    others = {"selling": "inside", "budget": "none", "orders": "no"}
    for levels, about in product(
        [*beginnings, hanging, *changed], (shipped.profiles[0].said, others)
    ):
        profile = score_assessment(shipped.assess(levels)).profile
        yield Situation(profile, hours_per_week=6, team_size=5, about=about)
    backed = read_assessment([PLANS / "all-but-one.toml"], LIBRARY)
    yield Situation(score_assessment(backed).profile, hours_per_week=6, goals_open_findings=1)
    profile = score_assessment(shipped.assess(shipped.all_at(2))).profile
    yield Situation(profile, hours_per_week=6, goals_count=0)
    for levels in (shipped.all_at(0), shipped.all_at(1)):
        profile = score_assessment(shipped.assess(levels)).profile
        for hours, size in ((0, 1), (60, 2), (60, 12)):
            yield Situation(
                profile,
                hours,
                size,
                rose=frozenset({"goals"}),
                fell=frozenset({"roles"}),
                carried={"write-three-goals": 2},
                agreement={"goals": "split"},
            )


@pytest.mark.parametrize(
    ("shipped", "example"),
    [
        pytest.param(one, example, id=f"{name}-{example.number}")
        for name, one in INSTRUMENTS.items()
        for example in one.data.rules.examples
    ],
)
def test_plan_of_every_example_can_be_written(shipped: Instrument, example: Example) -> None:
    levels = {question: example.given.get(question, 0) for question in shipped.asked.by_id}
    plan = shipped.draw_plan(levels, example.hours_per_week)
    text = render_plan(plan, LIBRARY.template(shipped.asked, "plan.md.j2"))
    assert all(p.work.title in text for p in plan.priorities)
    assert all(week.monday + timedelta(days=4) <= plan.end for week in plan.weeks)


def test_plan_of_the_example_team_worked() -> None:
    folder = LIBRARY.plan_folder(LIBRARY.questionnaire(EXAMPLE)) / "example"
    progress = read_progress(folder / "progress.toml")
    given = read_assessment([folder / "first.toml"], LIBRARY)
    data = read_plan_data(LIBRARY, given.questionnaire)
    plan = build_plan(find_basis(data, given, Wishes(), Past(), given.date))
    steps = {step.id for p in plan.priorities for step in p.steps}
    assert set(progress.done) < steps
    assert plan.start <= progress.checkin <= plan.end
