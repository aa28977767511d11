"""Two assessments -> comparison, by the formulas of docs/decisions/0004-comparison.md."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from assess.answers import Assessment
from assess.comparison.matching import Matching, match_questions
from assess.comparison.noise import Noise, choose_word, dimension_noise, judge_changes, team_noise
from assess.comparison.promise import FollowedPromise, Promise, follow_promise
from assess.comparison.records import (
    Comparison,
    DimensionChange,
    IndexChange,
    Move,
    PlannedAction,
    Quarter,
    ScoreChange,
)
from assess.errors import AnswersError, MismatchError, Problem
from assess.identity import TeamName
from assess.questionnaire import STAGES
from assess.record import record
from assess.scoring.assessment import Result, score_assessment
from assess.scoring.evidence import find_shown
from assess.scoring.members import fewest_members, have_levels, measure_members
from assess.scoring.profile import Profile
from assess.scoring.records import VIEWS, View

_SEEN_BY: Final[Mapping[View, str]] = {
    "consensus": "team together",
    "members": "members",
    "manager": "manager",
}
FEWEST_QUESTIONS: Final = 2
"""A dimension with fewer compared questions is not compared."""


@record
class _Side:
    """One of the two assessments, in the view that is compared."""

    assessment: Assessment
    profile: Profile


@record
class _Pair:
    """The index of a dimension on its compared questions, then and now, as it may be shown."""

    before: Fraction
    after: Fraction
    questions: int

    @property
    def change(self) -> Fraction:
        return self.after - self.before


def compare_assessments(
    before: Assessment,
    after: Assessment,
    *,
    promise: Promise | None = None,
    actions: Sequence[PlannedAction] = (),
    between: Iterable[Assessment] = (),
    view: View | None = None,
) -> Comparison:
    """Say what moved between two assessments of a team, and whether it is more than noise.

    Like is compared with like: the view is the first of consensus, members and manager that both
    have, unless another that both have is asked for. A team that answers together again is the same
    respondent; others are only if every assessment `between` the two says so too. `promise` and
    `actions` are those of the plan in between.

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
    comparison = _compare(old, new, same_respondents=same)
    if promise is None:
        return replace(comparison, actions=tuple(actions))
    sides = _find_sides(before, after, promise.made_from)
    return replace(
        comparison,
        actions=tuple(actions),
        moves=_find_moves(*sides) if sides else (),
        planned=_follow(promise, sides),
    )


def compare_teams(team: Assessment, other: Assessment, view: View | None = None) -> Comparison:
    """Put two teams side by side; a rise means that the other team stands higher.

    Different people answered, so the noise is that of different respondents: between two managers
    only a wide gap is more than noise. Members of one team who are fewer than twice the minimum are
    compared with none.
    """
    sides = _choose_sides(team, other, view)
    for side in sides:
        if side.profile.view == "members" and not have_levels(side.assessment):
            raise MismatchError(_too_few(side.assessment))
    return _compare(*sides, same_respondents=False, other_team=other.team)


def find_common_views(before: Assessment, after: Assessment) -> tuple[View, ...]:
    """Return the views that two assessments both have, the strongest first; maybe none."""
    try:
        return _common_views(score_assessment(before), score_assessment(after))
    except AnswersError:
        return ()


def follow_quarters(assessments: Iterable[Assessment]) -> Mapping[View, tuple[Quarter, ...]]:
    """Return the quarters of a team with one questionnaire, view by view, oldest first.

    Each view is a line of its own and never joined to another, so that a line shows the team and
    not a change of view. Every assessment has a view that may be shown.
    """
    results = [score_assessment(one) for one in sorted(assessments, key=lambda one: one.date)]
    lines = {
        view: tuple(
            (one.assessment.date, one.profiles[view]) for one in results if view in one.profiles
        )
        for view in VIEWS
    }
    return {view: line for view, line in lines.items() if line}


def _common_views(old: Result, new: Result) -> tuple[View, ...]:
    return tuple(view for view in VIEWS if view in old.profiles and view in new.profiles)


def _choose_sides(before: Assessment, after: Assessment, view: View | None) -> tuple[_Side, _Side]:
    if before.questionnaire.id != after.questionnaire.id:
        raise MismatchError(
            f"The questionnaires differ: '{before.questionnaire.id}' and "
            f"'{after.questionnaire.id}'.",
            _place(before, after),
            "Compare two assessments with the same questionnaire.",
        )
    old, new = score_assessment(before), score_assessment(after)
    common = _common_views(old, new)
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
    what = "The two were not answered by the same kind of people, so nothing can be compared."
    fix = "Name another assessment with --from or --to, or let the same people answer next time."
    return Problem(what, _place(before, after), fix)


def _compare(
    old: _Side, new: _Side, *, same_respondents: bool, other_team: TeamName | None = None
) -> Comparison:
    before, after = old.profile, new.profile
    matching = match_questions(before, after)
    if not matching.compared:
        what = "The two assessments have no question in common that has a level in both."
        fix = "Compare with another assessment, or answer more questions in the next one."
        raise MismatchError(what, _place(old.assessment, new.assessment), fix)
    pairs = _measure(old, new, matching)
    assumed = dimension_noise(
        _respondents(old), _respondents(new), same_respondents=same_respondents
    )
    scores = (profile.scores or (None, None, None) for profile in (before, after))
    changes = map(ScoreChange, *scores)
    return Comparison(
        team=old.assessment.team if other_team else new.assessment.team,
        start=old.assessment.date,
        end=new.assessment.date,
        same_respondents=same_respondents,
        before=before,
        after=after,
        matching=matching,
        scores=dict(zip(STAGES, changes, strict=True)),
        index=_judge_index(tuple(pairs.values()), assumed),
        dimensions=_judge_dimensions(pairs, assumed),
        moves=_find_moves(old, new),
        actions=(),
        respondents=(_respondents(old), _respondents(new)),
        other_team=other_team,
    )


def _respondents(side: _Side) -> int:
    """Return how many people's answers a side is; a shared answer is one.

    Of members it is the number that every result tells, and not of those who answered enough
    in a dimension: that would be a figure of its own.
    """
    return len(side.assessment.members) if side.profile.view == "members" else 1


def _measure(old: _Side, new: _Side, matching: Matching) -> Mapping[str, _Pair]:
    questions = {
        dimension: ids
        for dimension, ids in matching.dimensions.items()
        if len(ids) >= FEWEST_QUESTIONS
    }
    before, after = (_measure_side(side, questions) for side in (old, new))
    return {
        d: _Pair(before[d], after[d], len(ids))
        for d, ids in questions.items()
        if d in before and d in after
    }


def _measure_side(side: _Side, questions: Mapping[str, Sequence[str]]) -> Mapping[str, Fraction]:
    if side.profile.view == "members":
        return {
            dimension: score.index
            for dimension, score in measure_members(side.assessment, questions).items()
            if score.index is not None
        }
    levels = side.profile.levels
    return {
        dimension: Fraction(sum(int(levels[question]) for question in ids), 3 * len(ids))
        for dimension, ids in questions.items()
    }


def _judge_dimensions(pairs: Mapping[str, _Pair], assumed: Noise) -> Mapping[str, DimensionChange]:
    judged = judge_changes({d: pair.change for d, pair in pairs.items()}, assumed)
    return {
        dimension: DimensionChange(
            dimension=dimension,
            before=pairs[dimension].before,
            after=pairs[dimension].after,
            questions=pairs[dimension].questions,
            rest=one.noise.rest,
            mdc=one.noise.mdc,
            p=one.p,
            p_adjusted=one.p_adjusted,
            word=one.word,
        )
        for dimension, one in judged.items()
    }


def _judge_index(pairs: Sequence[_Pair], assumed: Noise) -> IndexChange | None:
    if not pairs:
        return None
    before, after = (
        sum(indices, Fraction(0)) / len(pairs)
        for indices in ([pair.before for pair in pairs], [pair.after for pair in pairs])
    )
    noise = team_noise(assumed, len(pairs))
    clear = noise.is_reached(after - before)
    return IndexChange(
        before, after, noise.mdc, choose_word(after - before, noise.rest, clear=clear)
    )


def _find_sides(before: Assessment, after: Assessment, view: View) -> tuple[_Side, _Side] | None:
    """Return the answers of one kind then and now, or None where they are not there twice."""
    old, new = (score_assessment(one).profiles.get(view) for one in (before, after))
    return (_Side(before, old), _Side(after, new)) if old and new else None


def _follow(promise: Promise, sides: tuple[_Side, _Side] | None) -> FollowedPromise:
    if sides is None:
        return follow_promise(promise, {}, {}, None)
    old, new = sides
    everybody = {"manager": new.assessment.manager, "consensus": new.assessment.consensus}
    answers = everybody.get(new.profile.view)
    # Members' evidence is seen by nobody.
    shown = None if answers is None else find_shown(answers.by_question)
    return follow_promise(promise, old.profile.levels, new.profile.levels, shown)


def _find_moves(old: _Side, new: _Side) -> tuple[Move, ...]:
    """Return what moved, in the order of the later questionnaire."""
    before = old.profile.levels
    return tuple(
        Move(question, was, now)
        for question, now in new.profile.levels.items()
        if isinstance(was := before.get(question), int) and isinstance(now, int) and was != now
    )


def _too_few(assessment: Assessment) -> Problem:
    return Problem(
        f"{len(assessment.members)} members of {assessment.team} answered: too few for members' "
        "figures to stand beside those of another team.",
        f"assessment of {assessment.team}, {assessment.date}",
        f"{2 * fewest_members(assessment)} must have answered; or compare two managers: "
        "--view manager",
    )


def _place(before: Assessment, after: Assessment) -> str:
    return f"{before.team}, {before.date} and {after.team}, {after.date}"
