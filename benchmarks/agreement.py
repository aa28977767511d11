"""How far two readers of the described teams agree, and whether their plans would be alike.

python -m benchmarks.agreement

The readers, one strict and one generous, answered from the prose in `tests/readings/` alone.
Kappa is weighted, linearly and by squares, over the answers that are levels for both.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

from assess.answers import Answer, Assessment
from assess.library import Library
from assess.library.plan_data import load_plan_data
from assess.planning.build import build_plan
from assess.record import record
from assess.workflow.assessing.answer_files import read_assessment
from assess.workflow.history import Past
from assess.workflow.plan.basis import Wishes, find_basis

_TESTS: Final = Path(__file__).parent.parent / "tests"
AUTHORS: Final = _TESTS / "plans"
STRICT: Final = _TESTS / "readings" / "strict"
GENEROUS: Final = _TESTS / "readings" / "generous"
FIRST: Final = 5
"""So many priorities of a plan are compared."""

Pair = tuple[Answer, Answer]


@record
class Agreement:
    """Two answers to each question about a team, and how many first priorities are the same."""

    team: str
    answers: Mapping[str, Pair]
    same_first: int

    @property
    def differing(self) -> list[str]:
        return [name for name, (one, other) in self.answers.items() if one != other]


def main() -> None:
    """Print a table for the two readers, and one for a reader and the authors' own answers."""
    for title, one, other in (
        ("strict and generous", STRICT, GENEROUS),
        ("strict and authors", STRICT, AUTHORS),
    ):
        found = compare_readings(one, other)
        pairs = [pair for agreement in found for pair in agreement.answers.values()]
        print(f"| {title} | answers | differ | same of the first {FIRST} |")
        print("| --- | ---: | --- | ---: |")
        for each in found:
            differing = ", ".join(each.differing) or "none"
            print(f"| {each.team} | {len(each.answers)} | {differing} | {each.same_first} |")
        kappas = [weighted_kappa(pairs, power) for power in (1, 2)]
        print("kappa: linear {:.3f}, quadratic {:.3f}\n".format(*kappas))


def compare_readings(one: Path, other: Path) -> list[Agreement]:
    """Return how far the answers in two folders agree, team by team."""
    library = Library()
    return [_compare(path, other / path.name, library) for path in sorted(one.glob("*.toml"))]


def weighted_kappa(pairs: Sequence[Pair], power: int) -> float:
    """Return Cohen's kappa; a difference weighs as its size to the given power."""
    levels = [
        (one.level, other.level)
        for one, other in pairs
        if one.level is not None and other.level is not None
    ]
    seen = sum(abs(one - other) ** power for one, other in levels) * len(levels)
    rows, columns = (Counter(side) for side in zip(*levels, strict=True))
    by_chance = sum(
        abs(one - other) ** power * rows[one] * columns[other] for one in rows for other in columns
    )
    return 1 - seen / by_chance if by_chance else 1.0


def _compare(one: Path, other: Path, library: Library) -> Agreement:
    """Equal answers have equal plans, which are not made."""
    read = [read_assessment([path], library) for path in (one, other)]
    first, second = (_answers(assessment) for assessment in read)
    answers = {name: (first[name], second[name]) for name in first}
    if first == second:
        return Agreement(one.stem, answers, FIRST)
    chosen = [_first_priorities(assessment, library) for assessment in read]
    return Agreement(one.stem, answers, len(chosen[0] & chosen[1]))


def _answers(assessment: Assessment) -> dict[str, Answer]:
    assert assessment.manager is not None
    said = assessment.manager.by_question
    return {name: Answer(a.level, "", a.not_applicable) for name, a in said.items()}


def _first_priorities(assessment: Assessment, library: Library) -> set[str]:
    data = load_plan_data(library, assessment)
    today = assessment.date + timedelta(days=1)
    plan = build_plan(find_basis(data, assessment, Wishes(), Past(), today))
    return {priority.action.id for priority in plan.priorities[:FIRST]}


if __name__ == "__main__":
    main()
