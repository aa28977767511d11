"""Teams made up to show something: witnesses.

A witness is real: its answers are a file that `assess score` and `assess plan` accept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from typing import Final

from assess.answers import Answer, Answers
from assess.identity import TeamName
from assess.questionnaire import Questionnaire
from assess.rulecheck.circumstance import Circumstances
from assess.rules import Situation
from assess.rules.situation import GoalsCount, GoalsOpenFindings, HoursFreed
from assess.rules.wording import key_of
from assess.scoring import Level, score_answers

_DAY: Final = date(2026, 1, 5)
MADE_UP: Final = "made up to show what the rules do"


@dataclass(frozen=True, slots=True)
class Team:
    """A witness: answers with their hours, and the circumstances that no file tells."""

    answers: Answers
    circumstances: Circumstances

    def situation(self, questionnaire: Questionnaire) -> Situation:
        """Return the situation that rules see."""
        around = self.circumstances
        profile = score_answers(questionnaire, self.answers)
        return Situation(
            profile=replace(profile, members=around.members),
            hours_per_week=around.hours_per_week,
            team_size=around.team_size,
            rose=around.rose,
            fell=around.fell,
            carried=around.carried,
            agreement=around.agreement,
            hours_freed=around.noted.get(HoursFreed()),
            goals_count=around.noted.get(GoalsCount()),
            goals_open_findings=around.noted.get(GoalsOpenFindings()),
            about=around.about,
        )

    @property
    def besides(self) -> tuple[str, ...]:
        """What has to be so besides the answers file, in words; mostly nothing."""
        around = self.circumstances
        return (
            *((f"{around.members} members answered",) if around.members else ()),
            *(f"members are {word} on {d}" for d, word in sorted(around.agreement.items())),
            *(f"{d} rose clearly since last time" for d in sorted(around.rose)),
            *(f"{d} fell clearly since last time" for d in sorted(around.fell)),
            *(f"{a} was carried over {n} times" for a, n in sorted(around.carried.items())),
            *sorted(f"{key_of(subject)} is {n}" for subject, n in around.noted.items()),
            *(f"about.{name} is {word}" for name, word in sorted(around.about.items())),
        )


def make_team(
    questionnaire: Questionnaire,
    levels: Mapping[str, Level],
    circumstances: Circumstances,
    backed: int = 0,
) -> Team:
    """Return a team with these levels, whose first strong claims have evidence.

    Args:
        questionnaire: The questions; `levels` has an entry for every one.
        levels: The levels, or why there is none.
        circumstances: All else.
        backed: How many strong claims have evidence, the first in file order.
    """
    strong = [q for q in questionnaire.by_id if levels[q] in (2, 3)]
    with_evidence = frozenset(strong[:backed])
    by_question = {q: _answer(levels[q], q in with_evidence) for q in questionnaire.by_id}
    return Team(
        Answers(
            questionnaire=questionnaire.id,
            version=questionnaire.version,
            team=TeamName("Witness"),
            date=_DAY,
            respondent="manager",
            by_question=by_question,
            hours_per_week=ceil(circumstances.hours_per_week),
            team_size=circumstances.team_size,
        ),
        circumstances,
    )


def _answer(level: Level, backed: bool) -> Answer:
    if isinstance(level, int):
        return Answer(level, MADE_UP if backed else "")
    return Answer(not_applicable=MADE_UP) if level == "not-applicable" else Answer()
