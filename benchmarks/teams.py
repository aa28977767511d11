"""Seeded random teams with a shipped questionnaire, its catalogue and rules."""

from collections.abc import Callable
from datetime import date
from random import Random

from assess.answers import Answer, Answers, Assessment
from assess.identity import TeamName
from assess.library import Library
from assess.library.plan_data import read_plan_data
from assess.planning.build import Basis
from assess.workflow.history import Past
from assess.workflow.plan.basis import Wishes, find_basis

DAY = date(2026, 11, 22)
_TEAM = TeamName("Lyon")

LEVELS = ((0, 0, 0, 1), (0, 0, 1, 1), (0, 1, 2, 3), (1, 1, 2), (2, 2, 3))
"""Teams that begin, teams in each of the three stages, and mixed ones."""


def open_teams(
    asked: str = "marketing-team", *, most: int = 25, profiles: bool = False
) -> Callable[[int], Basis]:
    """A function from a seed to what a plan of a team of 2 to so many people follows from.

    The hours are those of its size. Now and then a question is answered with don't-know. With
    `profiles` each team says something of itself, and is asked what goes with it.
    """
    library = Library()
    questionnaire = library.questionnaire(asked)
    data = read_plan_data(library, questionnaire)

    def make_team(seed: int) -> Basis:
        random = Random(seed)
        levels = random.choice(LEVELS)
        size = random.randint(2, most)
        unsure = random.choice([0, 0, 0.1])
        entries = questionnaire.about if profiles else ()
        about = {entry.id: random.choice([*entry.choices]) for entry in entries}
        fitted = questionnaire.fitted(about) if about else questionnaire
        given = {
            q: Answer(None if random.random() < unsure else random.choice(levels))
            for q in fitted.by_id
        }
        hours = int(data.rules.limits.default_hours(size))
        said = Answers(
            questionnaire=asked,
            version=questionnaire.version,
            team=_TEAM,
            date=DAY,
            respondent="manager",
            by_question=given,
            hours_per_week=hours,
            team_size=size,
            about=about,
        )
        assessment = Assessment(fitted, _TEAM, DAY, said)
        return find_basis(data, assessment, Wishes(), Past(), DAY)

    return make_team
