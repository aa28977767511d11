"""Two assessments -> comparison, by the formulas of docs/decisions/0004-comparison.md."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assess.answers import Assessment
from assess.comparison.matching import Matching, match_questions
from assess.comparison.noise import (
    SIGNIFICANCE,
    Noise,
    adjust_p_values,
    choose_word,
    dimension_noise,
    team_noise,
)
from assess.comparison.records import (
    Comparison,
    DimensionChange,
    IndexChange,
    Move,
    PlannedAction,
    ScoreChange,
)
from assess.errors import AnswersError, MismatchError, Problem
from assess.identity import TeamName
from assess.questionnaire import STAGES
from assess.scoring import VIEWS, Profile, View
from assess.scoring.assessment import score_assessment
from assess.scoring.members import coarsen, measure_members

_SEEN_BY: Final[Mapping[View, str]] = {
    "consensus": "team together",
    "members": "members",
    "manager": "manager",
}
FEWEST_QUESTIONS: Final = 2
"""A dimension with fewer compared questions is not compared."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two assessments, in the view that is compared."""

    assessment: Assessment
    profile: Profile


@dataclass(frozen=True, slots=True)
class _Measured:
    """The exact index of a dimension on the compared questions, and how many have it scored.

    `is_coarse` is set for the members, whose index may be shown in steps only.
    """

    index: Fraction
    respondents: int
    is_coarse: bool

    @property
    def shown(self) -> Fraction:
        return coarsen(self.index) if self.is_coarse else self.index


@dataclass(frozen=True, slots=True)
class _Pair:
    """A dimension that could be measured then and now, and the noise between the two."""

    before: _Measured
    after: _Measured
    noise: Noise

    @property
    def change(self) -> Fraction:
        return self.after.index - self.before.index

    @property
    def p_value(self) -> float:
        return self.noise.p_value(self.change)

    @property
    def is_coarse(self) -> bool:
        return self.before.is_coarse or self.after.is_coarse


def compare_assessments(
    before: Assessment,
    after: Assessment,
    *,
    focus: Sequence[str] = (),
    actions: Sequence[PlannedAction] = (),
    between: Iterable[Assessment] = (),
    view: View | None = None,
) -> Comparison:
    """Say what moved between two assessments of a team, and whether it is more than noise.

    Like is compared with like: the view is the first of consensus, members and manager that
    both have, unless another that both have is asked for. A team that answers together again
    is the same respondent.

    Args:
        before: The earlier assessment.
        after: The later one.
        focus: The dimensions that the plan in between named beforehand; judged alone.
        actions: What the plan in between held.
        between: The assessments that lie between the two; the respondents are the same only
            if every one of them says so too.
        view: The one to compare in.

    Raises:
        MismatchError: The questionnaires differ, the two have no view in common or not this
            one, or no question can be compared.
        AnswersError: One of the two has no view that may be shown.

    Source: docs/decisions/0004-comparison.md
    """
    old, new = _choose_sides(before, after, view)
    same = {
        "manager": all(later.same_manager for later in (*between, after)),
        "members": all(later.same_members for later in (*between, after)),
        "consensus": True,
    }[new.profile.view]
    return _compare(old, new, same_respondents=same, focus=focus, actions=tuple(actions))


def compare_teams(team: Assessment, other: Assessment, view: View | None = None) -> Comparison:
    """Put two teams side by side; a rise means that the other team stands higher.

    Different people answered, so the noise is that of different respondents: between two
    managers only a gap of 56 points of an index is more than noise. No dimension was named
    beforehand, so all of them are judged together.

    Raises:
        MismatchError: As in `compare_assessments`.
        AnswersError: One of the two has no view that may be shown.
    """
    sides = _choose_sides(team, other, view)
    return _compare(*sides, same_respondents=False, other_team=other.team)


def find_common_views(before: Assessment, after: Assessment) -> tuple[View, ...]:
    """Return the views that two assessments both have, the strongest first; maybe none."""
    try:
        results = [score_assessment(one) for one in (before, after)]
    except AnswersError:
        return ()
    return tuple(view for view in VIEWS if all(view in one.profiles for one in results))


def _choose_sides(before: Assessment, after: Assessment, view: View | None) -> tuple[_Side, _Side]:
    if before.questionnaire.id != after.questionnaire.id:
        raise MismatchError(
            Problem(
                f"The questionnaires differ: '{before.questionnaire.id}' and "
                f"'{after.questionnaire.id}'.",
                _place(before, after),
                "Compare two assessments with the same questionnaire.",
            )
        )
    old, new = score_assessment(before), score_assessment(after)
    common = find_common_views(before, after)
    if not common or view not in (None, *common):
        raise MismatchError(_no_common_view(before, after, common, view))
    chosen = view or common[0]
    return _Side(before, old.profiles[chosen]), _Side(after, new.profiles[chosen])


def _no_common_view(
    before: Assessment, after: Assessment, common: Sequence[View], view: View | None
) -> Problem:
    if common:
        what = f"The two are not both seen by the {_SEEN_BY[view or common[0]]}."
        fix = f"Leave out --view, or use one of: {', '.join(common)}."
        return Problem(what, "--view", fix)
    return Problem(
        "The two were not answered by the same kind of people, so nothing can be compared.",
        _place(before, after),
        "Name another assessment with --from or --to, or let the same people answer next time.",
    )


def _compare(
    old: _Side,
    new: _Side,
    *,
    same_respondents: bool,
    focus: Sequence[str] = (),
    actions: tuple[PlannedAction, ...] = (),
    other_team: TeamName | None = None,
) -> Comparison:
    before, after = old.profile, new.profile
    matching = match_questions(before, after)
    if not matching.compared:
        raise MismatchError(_nothing_matches(old.assessment, new.assessment))
    pairs = _measure(old, new, matching, same_respondents=same_respondents)
    return Comparison(
        team=old.assessment.team if other_team else new.assessment.team,
        start=old.assessment.date,
        end=new.assessment.date,
        same_respondents=same_respondents,
        before=before,
        after=after,
        matching=matching,
        scores=_score_changes(before, after),
        index=_judge_index(tuple(pairs.values()), same_respondents=same_respondents),
        dimensions=_judge_dimensions(pairs, focus),
        moves=_find_moves(matching, before, after),
        actions=actions,
        other_team=other_team,
    )


def _measure(
    old: _Side, new: _Side, matching: Matching, *, same_respondents: bool
) -> Mapping[str, _Pair]:
    questions = {
        dimension: ids
        for dimension, ids in matching.dimensions.items()
        if len(ids) >= FEWEST_QUESTIONS
    }
    before, after = (_measure_side(side, questions) for side in (old, new))
    return {
        d: _Pair(
            before[d],
            after[d],
            dimension_noise(
                before[d].respondents, after[d].respondents, same_respondents=same_respondents
            ),
        )
        for d in questions
        if d in before and d in after
    }


def _measure_side(side: _Side, questions: Mapping[str, Sequence[str]]) -> Mapping[str, _Measured]:
    if side.profile.view == "members":
        return {
            dimension: _Measured(score.index, score.respondents, is_coarse=True)
            for dimension, score in measure_members(side.assessment, questions).items()
            if score.index is not None
        }
    levels = side.profile.levels
    return {
        dimension: _Measured(
            Fraction(sum(int(levels[question]) for question in ids), 3 * len(ids)),
            respondents=1,
            is_coarse=False,
        )
        for dimension, ids in questions.items()
    }


def _judge_dimensions(
    pairs: Mapping[str, _Pair], focus: Collection[str]
) -> Mapping[str, DimensionChange]:
    """Judge each focus dimension alone against its noise, and the others together."""
    adjusted = adjust_p_values({d: pair.p_value for d, pair in pairs.items() if d not in focus})
    return {
        dimension: DimensionChange(
            dimension=dimension,
            before=pair.before.shown,
            after=pair.after.shown,
            respondents=(pair.before.respondents, pair.after.respondents),
            mdc=pair.noise.mdc,
            focus=dimension in focus,
            p=None if pair.is_coarse else pair.p_value,
            p_adjusted=None if pair.is_coarse else adjusted.get(dimension),
            word=choose_word(
                pair.change,
                clear=pair.noise.is_reached(pair.change)
                if dimension in focus
                else adjusted[dimension] <= SIGNIFICANCE,
            ),
        )
        for dimension, pair in pairs.items()
    }


def _judge_index(pairs: Sequence[_Pair], *, same_respondents: bool) -> IndexChange | None:
    """Judge the team's index apart, with the noise of the fewest respondents."""
    if not pairs:
        return None
    before = _mean([pair.before for pair in pairs])
    after = _mean([pair.after for pair in pairs])
    dimension = dimension_noise(
        before.respondents, after.respondents, same_respondents=same_respondents
    )
    team = _Pair(before, after, team_noise(dimension, len(pairs)))
    return IndexChange(
        before=before.shown,
        after=after.shown,
        mdc=team.noise.mdc,
        word=choose_word(team.change, clear=team.noise.is_reached(team.change)),
    )


def _mean(measured: Sequence[_Measured]) -> _Measured:
    """Return the mean index of the team, counted with the fewest respondents."""
    return _Measured(
        sum((m.index for m in measured), Fraction(0)) / len(measured),
        respondents=min(m.respondents for m in measured),
        is_coarse=measured[0].is_coarse,
    )


def _score_changes(before: Profile, after: Profile) -> Mapping[str, ScoreChange]:
    old, new = (profile.scores or (None, None, None) for profile in (before, after))
    return {stage: ScoreChange(old[i], new[i]) for i, stage in enumerate(STAGES)}


def _find_moves(matching: Matching, before: Profile, after: Profile) -> tuple[Move, ...]:
    if "members" in (before.view, after.view):
        return ()
    return tuple(
        Move(question, old, new)
        for ids in matching.dimensions.values()
        for question in ids
        for old, new in [(before.levels[question], after.levels[question])]
        if isinstance(old, int) and isinstance(new, int) and old != new
    )


def _nothing_matches(before: Assessment, after: Assessment) -> Problem:
    return Problem(
        "The two assessments have no question in common that has a level in both.",
        _place(before, after),
        "Compare with another assessment, or answer more questions in the next one.",
    )


def _place(before: Assessment, after: Assessment) -> str:
    return f"{before.team}, {before.date} and {after.team}, {after.date}"
