"""Two assessments -> comparison, by the formulas of docs/decisions/0004-comparison.md."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

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
from assess.errors import MismatchError, Problem
from assess.questionnaire import STAGES
from assess.scoring import (
    VIEWS,
    Profile,
    Result,
    View,
    coarsen,
    measure_members,
    score_assessment,
)

FEWEST_QUESTIONS = 2
"""A dimension with fewer compared questions is not compared."""


@dataclass(frozen=True, slots=True)
class _Measured:
    """The exact index of a dimension on the compared questions, then and now."""

    before: Fraction
    after: Fraction
    respondents: tuple[int, int]

    @property
    def change(self) -> Fraction:
        return self.after - self.before


def compare_assessments(
    before: Assessment,
    after: Assessment,
    *,
    focus: Sequence[str] = (),
    actions: Sequence[PlannedAction] = (),
    between: Iterable[Assessment] = (),
) -> Comparison:
    """Say what moved between two assessments of a team, and whether it is more than noise.

    Like is compared with like: the view is the first of consensus, members and manager that
    both have. Only where they have none in common, each is taken in the view that drives it,
    and the respondents count as different people.

    Args:
        before: The earlier assessment.
        after: The later one.
        focus: The dimensions that the plan in between named beforehand; judged alone.
        actions: What the plan in between held.
        between: The assessments that lie between the two; the respondents are the same only
            if every one of them says so too.

    Raises:
        MismatchError: The questionnaires differ, or no question can be compared.
        AnswersError: One of the two has no view that may be shown.

    Source: docs/decisions/0004-comparison.md
    """
    results = _results(before, after)
    views = _views(*results)
    same = views[0] == views[1] and all(
        a.same_manager if views[1] == "manager" else a.same_members for a in (*between, after)
    )
    return _compare(results, views, same_respondents=same, focus=focus, actions=tuple(actions))


def compare_teams(team: Assessment, other: Assessment) -> Comparison:
    """Put two teams side by side: "rise" means that the other team stands higher.

    Different people answered, so the noise is that of different respondents: between two
    managers only a gap of 56 points of an index is more than noise. No dimension was named
    beforehand, so all of them are judged together.

    Raises:
        MismatchError: The questionnaires differ, or no question can be compared.
        AnswersError: One of the two has no view that may be shown.
    """
    results = _results(team, other)
    views = _views(*results)
    return _compare(results, views, same_respondents=False, other_team=other.team)


def _results(before: Assessment, after: Assessment) -> tuple[Result, Result]:
    if before.questionnaire.id != after.questionnaire.id:
        raise MismatchError(
            Problem(
                f"The questionnaires differ: '{before.questionnaire.id}' and "
                f"'{after.questionnaire.id}'.",
                _place(before, after),
                "Compare two assessments with the same questionnaire.",
            )
        )
    return score_assessment(before), score_assessment(after)


def _views(before: Result, after: Result) -> tuple[View, View]:
    for view in VIEWS:
        if view in before.profiles and view in after.profiles:
            return view, view
    return before.view, after.view


def _compare(
    results: tuple[Result, Result],
    views: tuple[View, View],
    *,
    same_respondents: bool,
    focus: Sequence[str] = (),
    actions: tuple[PlannedAction, ...] = (),
    other_team: str | None = None,
) -> Comparison:
    before, after = (result.profiles[view] for result, view in zip(results, views, strict=True))
    old, new = (result.assessment for result in results)
    matching = match_questions(before, after)
    if not matching.compared:
        raise MismatchError(_nothing_matches(old, new))
    measured = _measure(results, views, matching)
    noises = {
        dimension: dimension_noise(*m.respondents, same_respondents=same_respondents)
        for dimension, m in measured.items()
    }
    return Comparison(
        team=old.team if other_team else new.team,
        start=old.date,
        end=new.date,
        view=views[1],
        view_before=views[0],
        same_respondents=same_respondents,
        before=before,
        after=after,
        matching=matching,
        scores=_score_changes(before, after),
        index=_judge_index(measured, views, same_respondents=same_respondents),
        dimensions=_judge_dimensions(measured, noises, focus, views),
        moves=_find_moves(matching, before, after),
        actions=actions,
        other_team=other_team,
    )


def _measure(
    results: tuple[Result, Result], views: tuple[View, View], matching: Matching
) -> Mapping[str, _Measured]:
    questions = {
        dimension: ids
        for dimension, ids in matching.dimensions.items()
        if len(ids) >= FEWEST_QUESTIONS
    }
    before, after = (
        _measure_view(result, view, questions) for result, view in zip(results, views, strict=True)
    )
    return {
        dimension: _Measured(
            before[dimension][0],
            after[dimension][0],
            (before[dimension][1], after[dimension][1]),
        )
        for dimension in questions
        if dimension in before and dimension in after
    }


def _measure_view(
    result: Result, view: View, questions: Mapping[str, Sequence[str]]
) -> Mapping[str, tuple[Fraction, int]]:
    """Return the exact index and the respondents of every dimension that has them."""
    if view == "members":
        return {
            dimension: (score.index, score.respondents)
            for dimension, score in measure_members(result.assessment, questions).items()
            if score.index is not None
        }
    levels = result.profiles[view].levels
    return {
        dimension: (Fraction(sum(int(levels[q]) for q in ids), 3 * len(ids)), 1)
        for dimension, ids in questions.items()
    }


def _judge_dimensions(
    measured: Mapping[str, _Measured],
    noises: Mapping[str, Noise],
    focus: Collection[str],
    views: tuple[View, View],
) -> Mapping[str, DimensionChange]:
    p_values = {d: noises[d].p_value(m.change) for d, m in measured.items()}
    adjusted = adjust_p_values({d: p for d, p in p_values.items() if d not in focus})
    may_tell = "members" not in views
    changes = {}
    for dimension, m in measured.items():
        noise = noises[dimension]
        clear = (
            noise.is_reached(m.change)
            if dimension in focus
            else adjusted[dimension] <= SIGNIFICANCE
        )
        changes[dimension] = DimensionChange(
            dimension=dimension,
            before=_shown(m.before, views[0]),
            after=_shown(m.after, views[1]),
            respondents=m.respondents,
            mdc=noise.mdc,
            focus=dimension in focus,
            p=p_values[dimension] if may_tell else None,
            p_adjusted=adjusted.get(dimension) if may_tell else None,
            word=choose_word(m.change, clear=clear),
        )
    return changes


def _judge_index(
    measured: Mapping[str, _Measured], views: tuple[View, View], *, same_respondents: bool
) -> IndexChange | None:
    """Judge the team's index apart, with the noise of the fewest respondents."""
    if not measured:
        return None
    count = len(measured)
    before = sum((m.before for m in measured.values()), Fraction(0)) / count
    after = sum((m.after for m in measured.values()), Fraction(0)) / count
    fewest = (min(m.respondents[side] for m in measured.values()) for side in (0, 1))
    noise = team_noise(dimension_noise(*fewest, same_respondents=same_respondents), count)
    change = after - before
    return IndexChange(
        before=_shown(before, views[0]),
        after=_shown(after, views[1]),
        mdc=noise.mdc,
        word=choose_word(change, clear=noise.is_reached(change)),
    )


def _shown(index: Fraction, view: View) -> Fraction:
    return coarsen(index) if view == "members" else index


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
