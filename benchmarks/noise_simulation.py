"""How often the comparison cries wolf, and how often it sees a true rise.

Simulates quarters of a team with the model behind the noise figures, lets the product
itself compare them, and prints the tables of docs/measurement.md:

    python -m benchmarks.noise_simulation
    python -m benchmarks.noise_simulation --quarters 20000 --seed 7

The model, in index units: a respondent's error in a dimension has a standard deviation of
0.20; errors of one respondent in two dimensions correlate by 0.40; 70 % of the variance
stays with the respondent from quarter to quarter. True levels lie far enough from both ends
that errors are seldom cut off. Each answer is a whole level, so the four answers of a
dimension are rounded to twelfths of the index, at random up or down. The 0.20 was seen in
answers as given, so it holds the rounding; a third table shows what happens if the rounding
came on top of it.
"""

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, sqrt

from assess.answers import Answer, Answers, Assessment, Respondent
from assess.comparison import Comparison, compare_assessments
from assess.questionnaire import Questionnaire, read_questionnaire

RATER_SD = 0.20
HALO = 0.40
STABLE = 0.70
DIMENSIONS = 9
QUESTIONS = 4
NOTCH = 1 / 3
ROUNDING_VARIANCE = 1 / 6 / (3 * QUESTIONS) ** 2
"""Of rounding at random to the twelfths on both sides, on average over where the index lies."""
SIZES = (1, 3, 5, 8)
FOCUS = ("d1", "d2")
DAYS = (date(2026, 8, 22), date(2026, 11, 22))

Errors = Mapping[str, float]


@dataclass(frozen=True)
class Setting:
    """Who answers: how many, and whether the same people answer next quarter."""

    respondents: int
    same: bool
    rounding_on_top: bool = False

    @property
    def passing_sd(self) -> float:
        """The error of one quarter, before rounding."""
        variance = (1 - STABLE) * RATER_SD**2
        return sqrt(variance if self.rounding_on_top else variance - ROUNDING_VARIANCE)

    def __str__(self) -> str:
        who = "the same" if self.same else "other"
        return f"{self.respondents} {who}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quarters", type=int, default=4000, help="simulated for each line")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    settings = [Setting(n, same) for same in (True, False) for n in SIZES]
    print(
        f"{options.quarters} quarters a line, seed {options.seed}; one standard error in brackets"
    )
    print_false_alarms("No true change", settings, options.quarters, options.seed)
    print_detections(settings, options.quarters, options.seed)
    on_top = [Setting(n, same=True, rounding_on_top=True) for n in SIZES]
    print_false_alarms("No true change, rounding on top", on_top, options.quarters, options.seed)


def print_false_alarms(title: str, settings: Sequence[Setting], quarters: int, seed: int) -> None:
    print(f"\n{title}: share of quarters with a clear change")
    print("respondents | beyond the focus | one focus dimension | team index")
    for setting in settings:
        beyond = focus = team = 0
        for comparison in simulate(setting, quarters, random.Random(seed), rises={}):
            clear = comparison.rose | comparison.fell
            beyond += bool(clear - set(FOCUS))
            focus += FOCUS[0] in clear
            team += comparison.index is not None and comparison.index.word != "no clear change"
        print(f"{setting!s:>11} | " + " | ".join(share(n, quarters) for n in (beyond, focus, team)))


def print_detections(settings: Sequence[Setting], quarters: int, seed: int) -> None:
    """Let a focus dimension and another one rise alike, and see which is found."""
    rises = {FOCUS[0]: NOTCH, f"d{DIMENSIONS}": NOTCH}
    print("\nA true rise of one notch for each question: share detected")
    print("respondents | in a focus dimension | in another dimension")
    for setting in settings:
        seen = [c.rose for c in simulate(setting, quarters, random.Random(seed), rises)]
        detected = (sum(name in rose for rose in seen) for name in rises)
        print(f"{setting!s:>11} | " + " | ".join(share(n, quarters) for n in detected))


def share(count: int, total: int) -> str:
    p = count / total
    return f"{p:6.1%} ({sqrt(p * (1 - p) / total):.1%})"


def simulate(
    setting: Setting, quarters: int, chance: random.Random, rises: Mapping[str, float]
) -> Iterator[Comparison]:
    """Yield comparisons of two quarters between which the dimensions rose as told."""
    questionnaire = make_questionnaire()
    for _ in range(quarters):
        truth = {d.id: chance.uniform(0.3, 0.7) for d in questionnaire.dimensions}
        # A team that is to rise by a notch has the room for it.
        truth |= {name: chance.uniform(0.2, 0.6) for name in rises}
        risen = {name: level + rises.get(name, 0.0) for name, level in truth.items()}
        habits = [draw_errors(truth, chance) for _ in range(setting.respondents)]
        people = [habits]
        if setting.same:
            people.append(habits)
        else:
            people.append([draw_errors(truth, chance) for _ in habits])
        before, after = (
            assess(questionnaire, day, level, habits, setting, chance)
            for day, level, habits in zip(DAYS, (truth, risen), people, strict=True)
        )
        yield compare_assessments(before, after, focus=FOCUS)


def draw_errors(dimensions: Sequence[str] | Mapping[str, float], chance: random.Random) -> Errors:
    """Return errors of unit variance that correlate between dimensions as the halo says."""
    halo = chance.gauss(0, sqrt(HALO))
    return {name: halo + chance.gauss(0, sqrt(1 - HALO)) for name in dimensions}


def assess(
    questionnaire: Questionnaire,
    day: date,
    truth: Mapping[str, float],
    habits: Sequence[Errors],
    setting: Setting,
    chance: random.Random,
) -> Assessment:
    """Return what respondents with these lasting errors answer this quarter."""
    everybody = []
    for lasting in habits:
        passing = draw_errors(truth, chance)
        seen = {
            name: level
            + RATER_SD * sqrt(STABLE) * lasting[name]
            + setting.passing_sd * passing[name]
            for name, level in truth.items()
        }
        everybody.append(seen)
    if setting.respondents == 1:
        manager = answer(questionnaire, day, "manager", everybody[0], chance)
        return Assessment(questionnaire, "Team", day, manager=manager, same_manager=setting.same)
    members = tuple(answer(questionnaire, day, "member", seen, chance) for seen in everybody)
    return Assessment(
        questionnaire, "Team", day, members=members, minimum=3, same_members=setting.same
    )


def answer(
    questionnaire: Questionnaire,
    day: date,
    respondent: Respondent,
    seen: Mapping[str, float],
    chance: random.Random,
) -> Answers:
    """Return whole levels whose mean is the index that the respondent sees, but for rounding."""
    by_question: dict[str, Answer] = {}
    for dimension, questions in questionnaire.by_dimension.items():
        exact = min(max(seen[dimension], 0.0), 1.0) * 3 * len(questions)
        notches = floor(exact + chance.random())
        levels = [(notches + place) // len(questions) for place in range(len(questions))]
        by_question |= {q.id: Answer(level) for q, level in zip(questions, levels, strict=True)}
    return Answers(questionnaire.id, questionnaire.version, "Team", day, respondent, by_question)


def make_questionnaire() -> Questionnaire:
    """Return a questionnaire of the shipped one's shape: nine dimensions of four questions."""
    names = [f"d{number}" for number in range(1, DIMENSIONS + 1)]
    return read_questionnaire(
        {
            "id": "simulated",
            "version": 1,
            "title": "Simulated",
            "language": "en",
            "plan": "simulated",
            "stage_rule": {"overall": 0.8, "each": 0.5},
            "dimension": [{"id": name, "title": name, "about": name} for name in names],
            "question": [
                {"id": f"{name}-{n}", "dimension": name, "ask": "?", "levels": list("0123")}
                for name in names
                for n in range(1, QUESTIONS + 1)
            ],
        }
    )


if __name__ == "__main__":
    main()
