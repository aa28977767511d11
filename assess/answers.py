"""Who answered what, when, against which questionnaire version.

An answer is a level from 0 to 3, *don't know*, or *does not apply* with a reason. Not
answered yet is none of them: it is a draft, and never becomes a score.
"""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date, datetime
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from assess.identity import AssessmentKey, TeamName
from assess.questionnaire import Questionnaire, SubjectKind
from assess.record import record

Respondent = Literal["manager", "member", "consensus"]
AssessmentState = Literal["alone", "open", "closed"]
"""Of an assessment: without members; members may answer; members have answered."""
HoursSource = Literal["asked", "answers", "last", "default"]
"""Who said how many hours there are: the command line, the answers file, the team's last
plan, or nobody, so that the questionnaire's default holds."""

DONT_KNOW: Final = "dont-know"
NOT_APPLICABLE: Final = "not-applicable"
FEWEST_MEMBERS: Final = 3
"""No assessment may promise less: members' results never exist below so many members."""
MOST_LETTERS: Final = 10_000
"""Of evidence or a reason: a page or two; a longer text is a file to link to."""

DOES_NOT_APPLY: Final = "Does not apply to this team"
WHAT_SHOWS_IT: Final = "What shows it? A link, a number, or an example with a date."
ANSWERING_RULE: Final = (
    "Begin at the second sentence and go up as long as it is true; the answer is the last true "
    "one. If the second is not true, it is the first."
)
"""So two people who see the same team answer alike."""

EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2199, 12, 31)
LATEST_DAY: Final = date(LATEST.year + 1, LATEST.month, LATEST.day)
"""A plan that begins on the last day of all still ends."""


def _read_day(value: object) -> date:
    """Return a date; a number, which pydantic would take for seconds, is none."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        day = None
    if isinstance(day, date) and not isinstance(day, datetime) and EARLIEST <= day <= LATEST_DAY:
        return day
    raise PydanticCustomError("day", "This is not a day from 2000 to 2200, as 2026-11-22.")


Day = Annotated[date, BeforeValidator(_read_day)]


@record
class Answer:
    """What one respondent said of one question.

    A level from 0 to 3, both included, with optional evidence; or *does not apply* with its
    reason; or, with neither, *don't know*.
    """

    level: int | None = None
    evidence: str = ""
    not_applicable: str = ""

    @property
    def is_dont_know(self) -> bool:
        return self.level is None and not self.not_applicable

    @property
    def told(self) -> int | str | Mapping[str, int | str]:
        """As it stands in a file, whether TOML or JSON."""
        if self.not_applicable:
            return {NOT_APPLICABLE: self.not_applicable}
        if self.level is None:
            return DONT_KNOW
        return {"level": self.level, "evidence": self.evidence} if self.evidence else self.level


@record
class Answers:
    """All that one respondent answered, in the order of the questionnaire.

    `hours_per_week` is what the whole team can invest; None where nobody said. `off` are days
    or `DATE..DATE` when the team is away. `about` is the start profile, as far as it was said:
    it decides which questions there are.
    """

    questionnaire: str
    version: int
    team: TeamName
    date: date
    respondent: Respondent
    by_question: Mapping[str, Answer]
    hours_per_week: int | None = None
    team_size: int | None = None
    off: tuple[str, ...] = ()
    code: str = ""
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> AssessmentKey:
        return AssessmentKey(self.team, self.questionnaire, self.date)

    def with_levels(self, levels: Mapping[str, int]) -> "Answers":
        """Return the same answers with some questions answered at another level."""
        changed = {question: Answer(level) for question, level in levels.items()}
        return replace(self, by_question={**self.by_question, **changed})

    def raised_to(self, levels: Mapping[str, int]) -> "Answers":
        """Return the same answers with these questions at these levels or above.

        A don't-know becomes the level; what does not apply still does not.
        """
        return self.with_levels(
            {
                question: level
                for question, level in levels.items()
                for answer in [self.by_question[question]]
                if answer.is_dont_know or (answer.level is not None and answer.level < level)
            }
        )


@record
class KeptAssessment:
    """What is kept of one assessment, without the answers themselves.

    `members` of those `invited` have sent their answers; `closed` is the day on which theirs
    ended. `replaced` counts earlier versions of it.
    """

    team: TeamName
    questionnaire: str
    version: int
    subject: SubjectKind
    closed: date | None
    date: date
    manager: bool
    consensus: bool
    plan: bool
    state: AssessmentState
    minimum: int
    invited: int
    members: int
    checkins: int
    replaced: int

    @property
    def key(self) -> AssessmentKey:
        return AssessmentKey(self.team, self.questionnaire, self.date)


@record
class Assessment:
    """One team, one questionnaire as it was, one date, and all the answers.

    Members' answers may be looked at only as docs/confidentiality.md promises: once the
    assessment is closed, and from `minimum` members on. `same_manager` and `same_members` say
    whether the respondents are those of last time. An assessment without members is never
    open.
    """

    questionnaire: Questionnaire
    team: TeamName
    date: date
    manager: Answers | None = None
    members: tuple[Answers, ...] = ()
    consensus: Answers | None = None
    minimum: int = 5
    same_manager: bool = True
    same_members: bool = False
    closed: bool = True

    @property
    def key(self) -> AssessmentKey:
        return AssessmentKey(self.team, self.questionnaire.id, self.date)


def date_problem(day: object) -> str | None:
    """Say what makes the date of an assessment unusable, or return None."""
    if not isinstance(day, date) or isinstance(day, datetime):
        return f"{str(day)!r} is not a date."
    if not EARLIEST <= day <= LATEST:
        return f"The date {day} does not lie between {EARLIEST} and {LATEST}."
    return None


def is_days(text: str) -> bool:
    """Tell whether a text is a date, or two with the first and the last day: `DATE..DATE`."""
    first, _, last = text.partition("..")
    try:
        return date.fromisoformat(first) <= date.fromisoformat(last or first)
    except ValueError:
        return False
