"""What scoring makes of the answers of one respondent, or of what is told of the members'.

Source: docs/decisions/0003-scoring.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import Final

from assess.answers import Answer, Answers
from assess.errors import Problem
from assess.questionnaire import STAGES, Questionnaire
from assess.record import record
from assess.scoring.distance import find_moves
from assess.scoring.margin import Margin, measure_margin
from assess.scoring.records import (
    DimensionScore,
    EvidenceCheck,
    Guard,
    Level,
    UnknownCheck,
    View,
    is_guarded,
)
from assess.scoring.respondent import (
    check_evidence,
    check_unknown,
    count_not_applicable,
    find_standing,
    has_guard,
    level_of,
    mean_scores,
    score_dimensions,
)
from assess.scoring.stage import Shares, Standing, mean_index

_VIEWS: Final[Mapping[str, View]] = {
    "manager": "manager",
    "member": "members",
    "consensus": "consensus",
}


@record
class Profile:
    """A score for each dimension and stage, the team's stage, and how sure we are.

    `dimensions` and `levels` follow the questionnaire. `levels` has, for every question that is
    asked, its level or why it has none. `scores` and `stage` are None when nothing is scored;
    `margin` then names what needs answers. With a guard there are scores but no `stage`,
    `margin` and `distance`. `distance` counts the questions that have to reach the stage's
    level until it is finished; `not_applicable` those that were answered so. In the members'
    view everything that would tell of single answers is None: `margin`, `distance`,
    `not_applicable`, `evidence` and `unknown`; the figures are the members' means in steps of
    five points; a level is the middle one, or "dont-know" where it is withheld: below twice the
    minimum, everywhere. `members` counts all who answered, also while their view is withheld.

    How sure it is takes longer to find than the stage, and is found when somebody asks: lists of
    many teams do not. It follows from `answers`, which the members' view has none of.
    """

    questionnaire: Questionnaire
    view: View
    managers: int
    members: int
    dimensions: Mapping[str, DimensionScore]
    levels: Mapping[str, Level]
    scores: Shares | None
    stage: str | None
    complete: bool
    answers: Answers | None

    @cached_property
    def margin(self) -> Margin | None:
        """The fewest answers on which the stage hangs."""
        if self.answers is None or self.guard:
            return None
        if self._standing is None:
            return Margin(None, None, self.unscored, ())
        levels = {q: a.level for q, a in self.answers.by_question.items() if a.level is not None}
        scored = {
            d: {q.id: levels[q.id] for q in questions if q.id in levels}
            for d, questions in self.questionnaire.by_dimension.items()
            if self.dimensions[d].status == "scored"
        }
        return measure_margin(self.questionnaire, scored, self._standing, self.unscored)

    @cached_property
    def moves(self) -> Sequence[bool] | None:
        """Of each question left until the stage is finished, whether it is a don't-know."""
        if self.answers is None or self.stage is None:
            return None
        return find_moves(self.questionnaire, self.levels, self.stage_number)

    @property
    def distance(self) -> int | None:
        return None if self.moves is None else len(self.moves)

    @cached_property
    def not_applicable(self) -> int | None:
        """How many questions do not apply."""
        return count_not_applicable(self.answers.by_question) if self.answers else None

    @cached_property
    def evidence(self) -> EvidenceCheck | None:
        """What is left when only what can be checked counts."""
        if self.answers is None:
            return None
        return check_evidence(self.questionnaire, self.answers, self._standing)

    @cached_property
    def unknown(self) -> UnknownCheck | None:
        """How many questions nobody could answer, and what they may change."""
        if self.answers is None:
            return None
        unknown = check_unknown(self.questionnaire, self.answers.by_question)
        return replace(unknown, stage=None) if self.guard else unknown

    @property
    def _standing(self) -> Standing | None:
        return Standing(self.stage, self.complete) if self.stage else None

    @property
    def index(self) -> Fraction | None:
        """The mean of the three stage scores, from 0 to 1."""
        return None if self.scores is None else mean_index(self.scores)

    def level(self, question: str) -> Level:
        """Return the level of any question; one that is not put to the team does not apply."""
        return self.levels.get(question, "not-applicable")

    @property
    def stage_number(self) -> int:
        """1 to 3; the level that the work of the current stage reaches. There is a stage."""
        return STAGES.index(self.stage or STAGES[0]) + 1

    @property
    def guard(self) -> Guard | None:
        """Why there is no stage although dimensions are scored; else None."""
        silent = self.not_applicable
        return "not-applicable" if silent and is_guarded(silent, len(self.levels)) else None

    @property
    def unscored(self) -> tuple[str, ...]:
        """The dimensions that need more answers, in the order of the questionnaire."""
        return tuple(d.id for d in self.dimensions.values() if d.status == "not-scored")


def score_answers(questionnaire: Questionnaire, answers: Answers) -> Profile:
    """Score every dimension and stage of one respondent, and find the team's stage.

    Returns:
        Shares from 0 to 1, one per dimension and stage in the order of the questionnaire.
        A dimension with too few answers is not scored, which is not 0. Where more than a
        third of the questions do not apply there are shares, but no stage and none of what
        follows from it.

    Source: docs/decisions/0003-scoring.md
    """
    given, questionnaire = answers.by_question, questionnaire.put_to(answers.respondent)
    dimensions = score_dimensions(questionnaire, given)
    standing = None if has_guard(given) else find_standing(questionnaire, dimensions.values())
    return Profile(
        questionnaire=questionnaire,
        view=_VIEWS[answers.respondent],
        managers=int(answers.respondent == "manager"),
        members=int(answers.respondent == "member"),
        dimensions=dimensions,
        levels={question: level_of(answer) for question, answer in given.items()},
        scores=mean_scores(dimensions.values()),
        stage=standing.stage if standing else None,
        complete=standing is not None and standing.complete,
        answers=answers,
    )


def score_middles(members: Profile, raised: Mapping[str, int]) -> Profile:
    """Score the members' middle levels like one respondent's answers, which a plan goes by.

    Questions in `raised` stand at these levels or above; what does not apply still does not.
    Nothing is scored where no level is told.
    """
    given = {
        question: Answer(not_applicable="most say so")
        if level == "not-applicable"
        else Answer(max(stands, default=None))
        for question, level in members.levels.items()
        for stands in [[n for n in (level, raised.get(question)) if isinstance(n, int)]]
    }
    dimensions = score_dimensions(members.questionnaire, given)
    standing = find_standing(members.questionnaire, dimensions.values())
    return replace(
        members,
        dimensions=dimensions,
        levels={question: level_of(answer) for question, answer in given.items()},
        scores=mean_scores(dimensions.values()),
        stage=standing.stage if standing else None,
        complete=standing is not None and standing.complete,
    )


def why_no_stage(profile: Profile) -> Problem:
    """Say why answers have no stage, and so no plan, and what to do."""
    if profile.guard:
        what = (
            f"{profile.not_applicable} of {len(profile.levels)} questions are answered with "
            '"does not apply", more than a third: too much for a stage and a plan.'
        )
        fix = "Answer more of them with a level, or use a questionnaire that fits the team."
        return Problem(what, "the answers", fix)
    titles = (profile.questionnaire.titles[d] for d in profile.unscored)
    return Problem(
        "There is no stage yet, and so no plan: no dimension has enough answers.",
        "the answers",
        f"Answer at least half of the questions on: {', '.join(titles)}."
        if profile.unscored
        else "Answer the questions of at least one dimension with a level.",
    )
