"""Teams made up to show something: witnesses.

A witness is real: its answers are a file that `assess score` and `assess plan` accept.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from math import ceil
from typing import Any, Final

from assess.answers import Answer, Answers
from assess.figures import Hours
from assess.identity import TeamName
from assess.questionnaire import Questionnaire
from assess.record import record
from assess.rules import Limits, Situation
from assess.scoring import Level, score_answers

_DAY: Final = date(2026, 1, 5)
_MADE_UP: Final = "made up to show what the rules do"


@record
class Witness:
    """A witness: answers with their hours, and the situation that rules see."""

    answers: Answers
    situation: Situation

    @property
    def besides(self) -> tuple[str, ...]:
        """What has to be so besides the answers file; mostly nothing."""
        situation = self.situation
        noted = {
            "hours.freed": situation.hours_freed,
            "goals.count": situation.goals_count,
            "goals.open_findings": situation.goals_open_findings,
        }
        members = situation.profile.members
        return (
            *((f"{members} members answered",) if members else ()),
            *(f"members are {word} on {d}" for d, word in sorted(situation.agreement.items())),
            *(f"{d} rose clearly since last time" for d in sorted(situation.rose)),
            *(f"{d} fell clearly since last time" for d in sorted(situation.fell)),
            *(f"{a} was carried over {n} times" for a, n in sorted(situation.carried.items())),
            *(f"{key} is {number}" for key, number in noted.items() if number is not None),
            *(f"about.{name} is {word}" for name, word in sorted(situation.about.items())),
        )


def make_team(
    questionnaire: Questionnaire,
    levels: Mapping[str, Level],
    hours_per_week: Hours,
    team_size: int,
    *,
    backed: Collection[str] = (),
    members: int = 0,
    about: Mapping[str, str] | None = None,
    **more: Any,
) -> Witness:
    """Return a team with these levels.

    Args:
        questionnaire: The questions; `levels` has an entry for every one that is asked.
        levels: The levels, or why there is none.
        hours_per_week: What the team has for a plan.
        team_size: How many people it has.
        backed: The questions whose claims can be checked.
        members: How many members have answered.
        about: What the team says of itself, which decides on the questions.
        more: What else a situation tells.
    """
    asked = questionnaire.fitted(about or {})
    answers = Answers(
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        team=TeamName("Witness"),
        date=_DAY,
        respondent="manager",
        by_question={q: _answer(q, levels[q], q in backed) for q in asked.by_id},
        hours_per_week=ceil(hours_per_week),
        team_size=team_size,
        about=asked.said,
    )
    profile = replace(score_answers(asked, answers), members=members)
    situation = Situation(profile, hours_per_week, team_size, about=asked.said, **more)
    return Witness(answers, situation)


def make_usual_team(
    questionnaire: Questionnaire, levels: Mapping[str, Level], limits: Limits
) -> Witness:
    """Return a team with these levels, of which nobody said anything else."""
    return make_team(questionnaire, levels, ceil(limits.default_hours()), limits.default_team_size)


def _answer(question: str, level: Level, backed: bool) -> Answer:
    if isinstance(level, int):
        # A text without a date, or one that several claims share, would show nothing.
        return Answer(level, f"{_MADE_UP}: {question}, {_DAY}" if backed else "")
    return Answer(not_applicable=_MADE_UP) if level == "not-applicable" else Answer()
