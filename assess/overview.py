"""Several teams side by side: where each stands, and which capabilities most of them lack.

Levels of single questions come from manager's and joint answers alone; of members' views only what
every result shows.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from fractions import Fraction

from assess.answers import Assessment
from assess.comparison.compare import compare_assessments
from assess.comparison.noise import Word
from assess.comparison.records import Comparison
from assess.errors import AnswersError, MismatchError
from assess.questionnaire import Questionnaire
from assess.record import record
from assess.scoring.assessment import Result, score_assessment
from assess.scoring.records import DimensionScore, View


@record
class TeamInView:
    """One team as it stands today.

    `view` is None where no result may be shown yet, and what follows from one is empty. `hangs_on`
    is how many answers, one level other, would put the team in another stage, and `odds` how often
    such a team is called otherwise; None where nobody can tell, or wanted to know. `changes` are
    the words for the dimensions since the assessment of `before`, and `index_change` that for all
    together. `late` counts steps, None without a plan under way; `is_over` when its weeks have
    passed. `goals` are how many of the open ones with a KPI are on course, of how many. `lacking`
    are the questions below the level of the team's stage, None where no level of a single
    question may be told.
    """

    name: str
    assessed: date | None = None
    view: View | None = None
    stage: str | None = None
    complete: bool = False
    guard: str | None = None
    index: Fraction | None = None
    dimensions: Mapping[str, DimensionScore] = field(default_factory=dict)
    hangs_on: int | None = None
    odds: float | None = None
    before: date | None = None
    index_change: Word | None = None
    changes: Mapping[str, Word] = field(default_factory=dict)
    late: int | None = None
    is_over: bool = False
    goals: tuple[int, int] = (0, 0)
    lacking: tuple[str, ...] | None = None


@record
class Lack:
    """A capability that teams have not got at the level of their stage: how many of how many.

    Only teams whose manager or joint answer tells of it are counted.
    """

    question: str
    teams: int
    of: int


@record
class TeamsInView:
    """All that is told of several teams on a day, with one questionnaire.

    `left_out` are teams that somebody left out, `others` questionnaires that teams answer too.
    """

    questionnaire: Questionnaire
    today: date
    teams: tuple[TeamInView, ...]
    left_out: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def count_lacking(view: TeamsInView) -> tuple[Lack, ...]:
    """Return what teams lack, what most of them lack first; equal ones in file order."""
    told = [team.lacking for team in view.teams if team.lacking is not None]
    times = Counter(question for lacking in told for question in lacking)
    found = (Lack(q, times[q], len(told)) for q in view.questionnaire.by_id if times[q])
    return tuple(sorted(found, key=lambda lack: -lack.teams))


def judge_team(
    name: str, every: Sequence[Assessment], *, firm: bool
) -> tuple[TeamInView, Questionnaire | None]:
    """Return a team by its latest assessment with a result, and all that its questionnaire asks.

    Args:
        name: What the team is called.
        every: Its assessments with one questionnaire, the oldest first.
        firm: Whether it is wanted how firm the stage is, which takes long to find.
    """
    for place in reversed(range(len(every))):
        result = _score(every[place])
        if result is None:
            continue
        compared, profile = _compare(every[: place + 1]), result.profile
        margin = profile.margin if firm else None
        notches = (margin.down, margin.up) if margin else ()
        team = TeamInView(
            name=name,
            assessed=every[place].date,
            view=profile.view,
            stage=profile.stage,
            complete=profile.complete,
            guard=profile.guard,
            index=profile.index,
            dimensions=profile.dimensions,
            hangs_on=min((n for n in notches if n is not None), default=None),
            odds=margin.odds if margin else None,
            before=compared.start if compared else None,
            index_change=compared.index.word if compared and compared.index else None,
            changes={c.dimension: c.word for c in compared.dimensions.values()} if compared else {},
            lacking=_find_lacking(result),
        )
        return team, profile.questionnaire.fitted({})
    return TeamInView(name=name), None


def _score(assessment: Assessment) -> Result | None:
    try:
        return score_assessment(assessment)
    except AnswersError:
        return None


def _compare(every: Sequence[Assessment]) -> Comparison | None:
    """Compare the last with the nearest before it that it can be compared with."""
    for place in reversed(range(len(every) - 1)):
        try:
            between = every[place + 1 : -1]
            return compare_assessments(every[place], every[-1], between=between)
        except (AnswersError, MismatchError):
            continue
    return None


def _find_lacking(result: Result) -> tuple[str, ...] | None:
    """Return the questions below the level of the stage, by manager's or joint answers alone."""
    own = result.consensus or result.manager
    if own is None or own.stage is None:
        return None
    least = own.stage_number
    return tuple(
        question
        for question, level in own.levels.items()
        if (level < least if isinstance(level, int) else level == "dont-know")
    )
