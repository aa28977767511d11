"""How often a comparison cries wolf, and how often it sees a plan that was truly carried out.

Simulates teams with the shipped questionnaire and the real planner, lets them answer again
after a quarter, and judges both with the product's own tests. Prints the tables of
docs/measurement.md:

    python -m benchmarks.noise_simulation
    python -m benchmarks.noise_simulation --quarters 400 --teams 40 --seed 7

The model, in index units: a respondent's error in a dimension has a standard deviation of
0.20; errors of one respondent in two dimensions correlate by 0.40; 70 % of the variance stays
with the respondent from quarter to quarter. Each question has a true level; what a respondent
sees is that level and the error of its dimension, and the answer is a whole level, rounded at
random up or down. The 0.20 was seen in answers as given, so it holds the rounding.

For the promise a team and its plan are drawn once, and many second quarters follow, because
planning takes most of the time; for the dimensions each quarter has a team of its own. Several
respondents are judged by their lower medians, question by question, and by their shares in steps
of five points, dimension by dimension, as the members' view is.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace  # noqa: TID251  # It changes.
from fractions import Fraction
from math import floor, sqrt
from random import Random

from assess.answers import Answer, Answers, Assessment
from assess.comparison.noise import dimension_noise, judge_changes, team_noise
from assess.comparison.promise import find_mid_p
from assess.identity import TeamName
from assess.library import Library
from assess.library.plan_data import read_plan_data
from assess.planning.build import pose_plan
from assess.planning.winning import find_wins, won_levels
from assess.record import record
from assess.scoring.members import coarsen
from assess.scoring.profile import Profile, score_answers
from assess.workflow.history import Past
from assess.workflow.plan.basis import Wishes, find_basis
from benchmarks.teams import DAY, LEVELS

TEAM = TeamName("Lyon")
HALO = 0.40
QUESTIONS = 4
TOP = 3
ROUNDING = 1 / 6 / (QUESTIONS * TOP**2)
"""The variance that rounding at random gives the index of a dimension."""
SIZES = (1, 3, 5, 8)
DONE_SIZES = (1, 3, 5, 10)

Levels = Sequence[int]
"""One for each question, in the order of the questionnaire."""


@record
class Model:
    """How people err: a rater's SD, what part of its variance stays, and moods that all share.

    A common mood is there then and now, moods of single dimensions only now.
    """

    title: str = "as assumed"
    sd: float = 0.20
    stable: float = 0.70
    mood: float = 0.0
    dimension_mood: float = 0.0
    lowest: bool = False
    """Whether the promise is on the lowest answers instead of what the planner chose."""

    @property
    def passing_sd(self) -> float:
        """The error of one quarter, before rounding."""
        return sqrt((1 - self.stable) * self.sd**2 - ROUNDING)


MODELS = (
    Model(),
    Model("people err by 0.30", sd=0.30),
    Model("40 % of it stays", stable=0.40),
    Model("a common mood of 10 points", mood=0.10),
    Model("moods of dimensions of 5 points", dimension_mood=0.05),
    Model("promise on the lowest answers", lowest=True),
)


@record
class Team:
    """A team after its first assessment: the truth, its people's lasting errors, and its plan."""

    truth: Sequence[float]
    habits: Sequence[Sequence[float]]
    before: Sequence[Levels]
    promise: Mapping[int, int] = field(default_factory=dict)


@dataclass
class Tally:
    """What came of many quarters."""

    quarters: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    def add(self, **seen: bool) -> None:
        self.quarters += 1
        self.seen.update(name for name, is_so in seen.items() if is_so)

    def share(self, name: str) -> str:
        return f"{self.seen[name] / self.quarters:.1%}"


class Simulation:
    """The shipped questionnaire and planner, and chance."""

    def __init__(self, seed: int) -> None:
        library = Library()
        self.chance = Random(seed)
        self.questionnaire = library.questionnaire("marketing-team")
        self.data = read_plan_data(library, self.questionnaire)
        names = list(self.questionnaire.titles)
        self.dimension = [names.index(q.dimension) for q in self.questionnaire.questions]
        self.count = len(names)

    def draw_team(self, model: Model, people: int) -> Team:
        levels = self.chance.choice(LEVELS)
        truth = [float(self.chance.choice(levels)) for _ in self.dimension]
        habits = [self._errors(model.sd * sqrt(model.stable)) for _ in range(people)]
        calm = replace(model, dimension_mood=0.0)
        return Team(truth, habits, self.ask(truth, habits, calm))

    def draw_planned_team(self, model: Model, people: int) -> Team:
        """Return a team with a plan that promises something."""
        team = self.draw_team(model, people)
        promise = self._plan(medians(team.before))
        return replace(team, promise=promise) if promise else self.draw_planned_team(model, people)

    def promise_lowest(self, team: Team) -> Team:
        """Return a team that promised as much, but of its lowest answers."""
        middle = medians(team.before)
        order = sorted(range(len(middle)), key=lambda q: (middle[q], self.chance.random()))
        return replace(team, promise={q: middle[q] + 1 for q in order[: len(team.promise)]})

    def ask(
        self, truth: Sequence[float], habits: Sequence[Sequence[float]], model: Model
    ) -> Sequence[Levels]:
        """Return what everybody answers this quarter."""
        mood = self.chance.gauss(0, model.mood)
        moods = [mood + self.chance.gauss(0, model.dimension_mood) for _ in range(self.count)]
        return [self._answer(truth, lasting, moods, model) for lasting in habits]

    def _answer(
        self, truth: Sequence[float], lasting: Sequence[float], moods: Sequence[float], model: Model
    ) -> Levels:
        passing = self._errors(model.passing_sd)
        errors = [sum(parts) * TOP for parts in zip(lasting, passing, moods, strict=True)]
        return [
            min(max(floor(level + errors[d] + self.chance.random()), 0), TOP)
            for level, d in zip(truth, self.dimension, strict=True)
        ]

    def _errors(self, sd: float) -> Sequence[float]:
        """Return an error for each dimension, that correlate as the halo says."""
        halo = self.chance.gauss(0, sqrt(HALO))
        return [sd * (halo + self.chance.gauss(0, sqrt(1 - HALO))) for _ in range(self.count)]

    def _plan(self, levels: Levels) -> Mapping[int, int]:
        """Return what the planner promises to a team with these answers: question to level."""
        size = self.chance.randint(2, 12)
        given = self.answers(levels)
        said = replace(given, hours_per_week=int(self.data.rules.limits.default_hours(size)))
        said = replace(said, team_size=size)
        assessment = Assessment(self.questionnaire, TEAM, DAY, said)
        # What a plan chooses is all that it promises; its dates and reasons would take as long.
        chosen = pose_plan(find_basis(self.data, assessment, Wishes(), Past(), DAY)).choosing
        known = dict(zip(self.questionnaire.by_id, levels, strict=True))
        won = won_levels(find_wins([one for one, _ in chosen.first_weeks], known).values())
        return {q: won[name] for q, name in enumerate(known) if name in won}

    def answers(self, levels: Levels) -> Answers:
        given = dict(zip(self.questionnaire.by_id, map(Answer, levels), strict=True))
        asked = self.questionnaire
        return Answers(asked.id, asked.version, TEAM, DAY, "manager", given)

    def indices(self, everybody: Sequence[Levels]) -> Mapping[str, Fraction]:
        """Return the index of each dimension, of several people as it is shown."""
        shown = {}
        for d in range(self.count):
            ours = [q for q, place in enumerate(self.dimension) if place == d]
            total = len(ours) * len(everybody)
            shares = [
                Fraction(sum(levels[q] >= stage for levels in everybody for q in ours), total)
                for stage in range(1, TOP + 1)
            ]
            told = shares if len(everybody) == 1 else list(map(coarsen, shares))
            shown[str(d)] = sum(told, Fraction(0)) / TOP
        return shown


def medians(everybody: Sequence[Levels]) -> Levels:
    """Return the lower median of each question."""
    columns = zip(*everybody, strict=True)
    return [sorted(column)[(len(everybody) - 1) // 2] for column in columns]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quarters", type=int, default=4000, help="simulated for each line")
    parser.add_argument("--teams", type=int, default=25, help="with a plan each, for each line")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    each = options.quarters // options.teams
    print(f"{options.teams} teams and {each} quarters of each a line, seed {options.seed}")
    print("\n| nothing changed | people | clear progress | any dimension | team's index |")
    print("| --- | --- | --- | --- | --- |")
    drawn: dict[tuple[Model, int], Sequence[Team]] = {}

    def find_teams(model: Model, people: int) -> Sequence[Team]:
        """Plan once for all lines that begin with the same answers."""
        key = (replace(model, title="", lowest=False), people)
        if key not in drawn:
            simulation = Simulation(options.seed)
            every = (simulation.draw_planned_team(model, people) for _ in range(options.teams))
            drawn[key] = tuple(every)
        return drawn[key]

    for model in MODELS:
        for people in SIZES:
            teams = find_teams(model, people)
            progress = tell_false_progress(options.seed, teams, model, each).share("progress")
            changed = tell_false_changes(options.seed, model, people, options.quarters)
            shares = " | ".join((progress, *map(changed.share, ("dimension", "team"))))
            print(f"| {model.title} | {people} | {shares} |", flush=True)
    print("\n| the whole plan carried out | people | clear progress | four fifths reached |")
    print("| --- | --- | --- | --- |")
    for people in DONE_SIZES:
        tally = tell_progress(options.seed, find_teams(MODELS[0], people), each)
        shares = " | ".join(map(tally.share, ("progress", "reached")))
        print(f"| as assumed | {people} | {shares} |", flush=True)
    print("\n| fewest answers to another stage | called otherwise when asked again |")
    print("| --- | --- |")
    for name, odds in tell_odds(Simulation(options.seed), options.quarters // 10):
        print(f"| {name} | {odds} |", flush=True)


def tell_false_progress(seed: int, teams: Sequence[Team], model: Model, each: int) -> Tally:
    """Count how often a promise seems kept by teams that do not change."""
    simulation, tally = Simulation(seed), Tally()
    for team in map(simulation.promise_lowest, teams) if model.lowest else teams:
        before = medians(team.before)
        for _ in range(each):
            after = simulation.ask(team.truth, team.habits, model)
            tally.add(progress=is_clear(team.promise, before, medians(after)))
    return tally


def tell_false_changes(seed: int, model: Model, people: int, quarters: int) -> Tally:
    """Count the clear changes of teams that do not change, another team for each quarter."""
    simulation, tally = Simulation(seed), Tally()
    assumed = dimension_noise(people, people, same_respondents=True)
    for team in (simulation.draw_team(model, people) for _ in range(quarters)):
        then = simulation.indices(team.before)
        now = simulation.indices(simulation.ask(team.truth, team.habits, model))
        changes = {d: now[d] - then[d] for d in then}
        judged = judge_changes(changes, assumed)
        index = sum(changes.values(), Fraction(0)) / len(changes)
        tally.add(
            dimension=any(one.word != "no clear change" for one in judged.values()),
            team=team_noise(assumed, len(changes)).is_reached(index),
        )
    return tally


def tell_progress(seed: int, teams: Sequence[Team], each: int) -> Tally:
    """Count how often a plan is seen that was carried out: each promised level truly holds."""
    simulation, tally, model = Simulation(seed), Tally(), MODELS[0]
    for team in teams:
        before = medians(team.before)
        truth = [max(level, team.promise.get(q, 0)) for q, level in enumerate(team.truth)]
        for _ in range(each):
            after = medians(simulation.ask(truth, team.habits, model))
            reached = sum(after[q] >= level for q, level in team.promise.items())
            tally.add(
                progress=is_clear(team.promise, before, after),
                reached=5 * reached >= 4 * len(team.promise),
            )
    return tally


def is_clear(promise: Mapping[int, int], before: Levels, after: Levels) -> bool:
    changes = (
        (old, new - old, q in promise)
        for q, (old, new) in enumerate(zip(before, after, strict=True))
    )
    p = find_mid_p(changes)
    return p is not None and p <= Fraction(1, 20)


def tell_odds(simulation: Simulation, teams: int) -> Iterator[tuple[str, str]]:
    """Yield how often a team that did not change is called otherwise by the same person."""
    tallies = {name: Tally() for name in ("1", "2 or 3", "4 to 7", "8 or more")}
    model = MODELS[0]
    for team in (simulation.draw_team(model, 1) for _ in range(teams)):
        first = score_answers(simulation.questionnaire, simulation.answers(team.before[0]))
        margin = first.margin
        ways = [n for n in (margin.down, margin.up) if n is not None] if margin else []
        if not ways:
            continue
        for _ in range(10):
            (again,) = simulation.ask(team.truth, team.habits, model)
            second = score_answers(simulation.questionnaire, simulation.answers(again))
            tallies[_bucket(min(ways))].add(otherwise=_called(first) != _called(second))
    for name, tally in tallies.items():
        yield name, tally.share("otherwise") if tally.quarters else "–"


def _bucket(notches: int) -> str:
    names = ((1, "1"), (3, "2 or 3"), (7, "4 to 7"))
    return next((name for most, name in names if notches <= most), "8 or more")


def _called(profile: Profile) -> tuple[str | None, bool]:
    return profile.stage, profile.complete


if __name__ == "__main__":
    main()
