"""Seeded random teams with the shipped questionnaire, catalogue and rules."""

from collections.abc import Callable
from datetime import date
from random import Random

from assess.answers import Answer, Answers, Assessment
from assess.identity import TeamName
from assess.library import Library
from assess.library.plan_data import read_plan_data
from assess.planning.build import Basis
from assess.workflow.history import Past
from assess.workflow.plans import Wishes, find_basis

DAY = date(2026, 11, 22)
_TEAM = TeamName("Lyon")

LEVELS = ((0, 0, 0, 1), (0, 0, 1, 1), (0, 1, 2, 3), (1, 1, 2), (2, 2, 3))
"""Teams that begin, teams in each of the three stages, and mixed ones."""


def open_teams(*, most: int = 25) -> Callable[[int], Basis]:
    """A function from a seed to what a plan of a team of 2 to so many people follows from.

    The hours are those of its size. Now and then a question is answered with don't-know.
    """
    library = Library()
    questionnaire = library.questionnaire("marketing-team")
    data = read_plan_data(library, questionnaire)

    def make_team(seed: int) -> Basis:
        random = Random(seed)
        levels = random.choice(LEVELS)
        size = random.randint(2, most)
        unsure = random.choice([0, 0, 0.1])
        answers = {
            q: Answer(None if random.random() < unsure else random.choice(levels))
            for q in questionnaire.by_id
        }
        hours = int(data.rules.limits.default_hours(size))
        said = Answers(
            "marketing-team", questionnaire.version, _TEAM, DAY, "manager", answers, hours, size
        )
        assessment = Assessment(questionnaire, _TEAM, DAY, said)
        return find_basis(data, assessment, Wishes(), Past(), DAY)

    return make_team
