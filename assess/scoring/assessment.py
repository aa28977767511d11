"""All the answers of an assessment -> the result in every view that may be shown.

The manager and the members stand side by side and are never mixed into one figure.
"""

from collections.abc import Mapping
from dataclasses import field, replace
from fractions import Fraction
from typing import Final

from assess.answers import Assessment
from assess.errors import AnswersError, Problem
from assess.record import record
from assess.scoring.members import coarsen_all, fewest_members, measure_members, score_members
from assess.scoring.profile import Profile, score_answers, score_middles, why_no_stage
from assess.scoring.records import Agreement, DimensionScore, View
from assess.scoring.respondent import score_dimensions
from assess.scoring.stage import mean_index

ONE_LEVEL: Final = Fraction(3, 10)
"""What one level of every question of a dimension is worth in its index as it is shown, where a
full share stands as 95 and none as 5."""


@record
class SideBySide:
    """The indices of one dimension, as both are shown; None where there is none."""

    manager: Fraction | None
    members: Fraction | None

    @property
    def gap(self) -> Fraction | None:
        """How far the manager's lies above the members'."""
        if self.manager is None or self.members is None:
            return None
        return self.manager - self.members


@record
class Result:
    """What scoring makes of all the answers of an assessment.

    `assessment` is where it comes from; its members' answers are for scoring alone. `profiles`
    holds the views that may be shown, the driving one first. `agreement` has a word for every
    dimension of the members' view that is scored.
    """

    assessment: Assessment = field(repr=False)
    profiles: Mapping[View, Profile]
    agreement: Mapping[str, Agreement]

    @property
    def side_by_side(self) -> Mapping[str, SideBySide]:
        """The manager's index and the members', as both are shown; empty without one of them.

        Of the manager's answers only those count to questions that members were asked too.
        """
        manager, members = self.assessment.manager, self.members
        if manager is None or members is None:
            return {}
        scores = score_dimensions(members.questionnaire, manager.by_question)
        # Rounded as the members' are, so that the two compare.
        own = {d: s.shares and mean_index(coarsen_all(s.shares)) for d, s in scores.items()}
        return {d: SideBySide(own[d], score.index) for d, score in members.dimensions.items()}

    @property
    def gaps(self) -> Mapping[str, Fraction]:
        """How far the manager's index lies above the members', where both have one."""
        return {d: s.gap for d, s in self.side_by_side.items() if s.gap is not None}

    @property
    def seen_differently(self) -> Mapping[str, View]:
        """Who stands higher, of dimensions that manager and members see at least a level apart."""
        apart = {d: gap for d, gap in self.gaps.items() if abs(gap) >= ONE_LEVEL}
        return {d: "manager" if gap > 0 else "members" for d, gap in apart.items()}

    @property
    def view(self) -> View:
        """What drives stage, plan and comparison."""
        return next(iter(self.profiles))

    @property
    def is_ready(self) -> bool:
        """Whether a plan can be made: there is a stage, and nobody is still to answer."""
        return self.missing is None and self.assessment.closed

    @property
    def missing(self) -> Problem | None:
        """What keeps the answers that are in from a plan; None where nothing does."""
        source = self.plan_profile
        if source is None:
            return nothing_to_plan_from(self.assessment)
        return why_no_stage(source) if source.stage is None else None

    @property
    def profile(self) -> Profile:
        """The profile of the driving view."""
        return self.profiles[self.view]

    @property
    def plan_profile(self) -> Profile | None:
        """The profile of the answers that a plan is made from, which needs single questions.

        That is the shared answer, else the members' middle levels where there are enough to be
        scored, else the manager's.
        """
        if self.consensus is None and self.members is not None:
            middles = score_middles(self.members, {})
            if middles.stage is not None:
                return middles
        return self.consensus or self.manager

    @property
    def manager(self) -> Profile | None:
        return self.profiles.get("manager")

    @property
    def members(self) -> Profile | None:
        return self.profiles.get("members")

    @property
    def consensus(self) -> Profile | None:
        return self.profiles.get("consensus")


def score_assessment(assessment: Assessment) -> Result:
    """Score every view of an assessment that may be shown, and find the one that drives.

    That is the shared answer if there is one, else the members' view if it may be shown, else the
    manager's.

    Raises:
        AnswersError: No view may be shown.

    Source: docs/decisions/0005-confidentiality.md
    """
    measured: Mapping[str, DimensionScore] = {}
    if assessment.members:
        asked = assessment.questionnaire.of_members.by_dimension
        measured = measure_members(assessment, {d: [q.id for q in qs] for d, qs in asked.items()})
    profiles = _profiles(assessment, measured)
    if not profiles:
        raise AnswersError(nothing_to_show(assessment))
    agreement = {d: score.agreement for d, score in measured.items() if score.agreement is not None}
    return Result(assessment, profiles, agreement)


def _profiles(
    assessment: Assessment, measured: Mapping[str, DimensionScore]
) -> Mapping[View, Profile]:
    profiles: dict[View, Profile] = {}
    if assessment.consensus is not None:
        profiles["consensus"] = score_answers(assessment.questionnaire, assessment.consensus)
    if (members := score_members(assessment, measured)) is not None:
        profiles["members"] = members
    if assessment.manager is not None:
        profiles["manager"] = score_answers(assessment.questionnaire, assessment.manager)
    return {
        view: replace(
            profile, managers=int(assessment.manager is not None), members=len(assessment.members)
        )
        for view, profile in profiles.items()
    }


def nothing_to_show(assessment: Assessment) -> Problem:
    """Say why no view of an assessment may be shown, and what to do."""
    where = f"assessment of {assessment.team}, {assessment.date}"
    if not assessment.closed:
        what = "The assessment is still open, and members' results are shown once it is closed."
        return Problem(what, where, "Close it with: assess close")
    narrow = len(assessment.members) >= fewest_members(assessment)
    least = 2 * fewest_members(assessment) if narrow else assessment.minimum
    of_what = " of a single question in a dimension" if narrow else ""
    return Problem(
        f"Too few members answered: {len(assessment.members)}, and their results{of_what} are "
        f"shown from {least} on.",
        where,
        "Answer once together and share the answer with: "
        f"assess run --as consensus --edit {assessment.date}",
    )


def nothing_to_plan_from(assessment: Assessment) -> Problem:
    """Say why a result makes no plan, where only members answered, and what to do."""
    return Problem(
        "A plan goes by single questions, and of members none is told below "
        f"{2 * fewest_members(assessment)} answers; there are {len(assessment.members)}.",
        f"assessment of {assessment.team}, {assessment.date}",
        "Answer once together, or let the manager answer: "
        f"assess run --as consensus --edit {assessment.date}",
    )
