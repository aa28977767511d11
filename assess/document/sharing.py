"""Results and comparisons as Markdown to share, made ready for their templates.

Members' figures arrive in steps of five points, and nothing that would tell of a single
answer arrives at all; so what a profile holds may be shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from assess.comparison import (
    ROUNDING,
    Comparison,
    DimensionChange,
    Move,
    describe_left_out,
    describe_mdc,
    describe_stage_change,
)
from assess.document.page import Row, dimension_rows
from assess.document.render import name_fields, render
from assess.document.words import describe_certainty, describe_stage_rule, describe_standing
from assess.figures import count, noise_points, percent, percent_or_dash, points
from assess.questionnaire import STAGES
from assess.scoring import Profile, Shares
from assess.scoring.assessment import Result

_SEEN_BY = {"manager": "the manager", "members": "the members", "consensus": "the team together"}


@dataclass(frozen=True, slots=True)
class ResultPage:
    """All that `result.md.j2` may name.

    `views` compares manager and members where both may be shown; `path` holds, for every
    question on the shortest way to finish the stage, dimension, level and text.
    """

    team: str
    assessed: date
    title: str
    standing: str
    stage_rule: tuple[str, ...]
    stages: tuple[Row, ...]
    dimensions: tuple[Row, ...]
    certainty: tuple[str, ...]
    stage: str
    path: tuple[tuple[str, int, str], ...]
    unbacked: tuple[str, ...]
    views: tuple[Row, ...]
    withheld: str


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """All that `comparison.md.j2` may name."""

    teams: str
    start: date
    end: date
    seen_by: str
    compared: str
    stage: str
    stage_note: str
    rounding: str
    stages: tuple[Row, ...]
    dimensions: tuple[Row, ...]
    focus: tuple[str, ...]
    noise: str
    index: str
    higher: tuple[Row, ...]
    lower: tuple[Row, ...]
    actions: tuple[tuple[str, str], ...]
    checkins: tuple[str, ...]
    left_out: tuple[str, ...]


def render_result(result: Result, template: str) -> str:
    """Return a result as Markdown.

    Raises:
        DataFileError: The template is not usable.
    """
    return render(template, name_fields(_make_result_page(result)))


def render_comparison(
    comparison: Comparison,
    template: str,
    titles: Mapping[str, str] | None = None,
    checkins: Iterable[str] = (),
) -> str:
    """Return a comparison as Markdown.

    Args:
        titles: Those of the actions of the plan in between; without one its id is shown.
        checkins: What was said and found at those of the plan in between, a line for each.

    Raises:
        DataFileError: The template is not usable.
    """
    return render(
        template, name_fields(_make_comparison_page(comparison, titles or {}, tuple(checkins)))
    )


def _make_result_page(result: Result) -> ResultPage:
    profile, assessment = result.profile, result.assessment
    questions = profile.questionnaire.by_id
    evidence = profile.evidence
    return ResultPage(
        team=assessment.team,
        assessed=assessment.date,
        title=profile.questionnaire.title,
        standing=describe_standing(assessment.team, profile),
        stage_rule=describe_stage_rule(profile),
        stages=_stage_rows(profile.scores),
        dimensions=dimension_rows(profile),
        certainty=describe_certainty(profile),
        stage=(profile.stage or "").capitalize(),
        path=_path(profile),
        unbacked=tuple(questions[q].ask for q in evidence.unbacked) if evidence else (),
        views=_view_rows(result),
        withheld=_describe_withheld(result),
    )


def _stage_rows(scores: Shares | None) -> tuple[Row, ...]:
    pairs = zip(STAGES, scores or (), strict=False)
    return tuple((stage.capitalize(), percent(score)) for stage, score in pairs)


def _path(profile: Profile) -> tuple[tuple[str, int, str], ...]:
    questionnaire = profile.questionnaire
    path = profile.margin.path if profile.margin else ()
    asked = ((notch, questionnaire.by_id[notch.question]) for notch in path)
    return tuple(
        (questionnaire.titles[question.dimension], notch.end, question.levels[notch.end])
        for notch, question in asked
    )


def _view_rows(result: Result) -> tuple[Row, ...]:
    manager, members = result.manager, result.members
    if members is None:
        return ()
    apart = {seen.dimension: seen.higher for seen in result.seen_differently}
    return tuple(
        (
            title,
            _index_cell(manager, dimension),
            _index_cell(members, dimension),
            result.agreement.get(dimension, "–"),
            _SEEN_BY[apart[dimension]] if dimension in apart else "–",
        )
        for dimension, title in members.questionnaire.titles.items()
    )


def _index_cell(profile: Profile | None, dimension: str) -> str:
    return percent_or_dash(profile.dimensions[dimension].index if profile else None)


def _describe_withheld(result: Result) -> str:
    if result.members is not None or not result.profile.members:
        return ""
    told = f"{count(result.profile.members, 'member')} answered"
    if not result.assessment.closed:
        return f"{told}; what they say is shown once the assessment is closed."
    return f"{told}; what they say is shown from {result.assessment.minimum} on."


def _make_comparison_page(
    comparison: Comparison, titles: Mapping[str, str], checkins: tuple[str, ...]
) -> ComparisonPage:
    names = comparison.after.questionnaire.titles
    higher = (move for move in comparison.moves if move.after > move.before)
    lower = (move for move in comparison.moves if move.after < move.before)
    mdc = describe_mdc(comparison)
    return ComparisonPage(
        teams=" and ".join(filter(None, (comparison.team, comparison.other_team))),
        start=comparison.start,
        end=comparison.end,
        seen_by=_seen_by(comparison),
        compared=count(comparison.matching.compared, "question"),
        stage=_describe_stage(comparison),
        stage_note=describe_stage_change(comparison),
        rounding=ROUNDING,
        stages=_score_rows(comparison),
        dimensions=tuple(
            _change_row(names[d], change) for d, change in comparison.dimensions.items()
        ),
        focus=tuple(names[d] for d, change in comparison.dimensions.items() if change.focus),
        noise=f"{mdc[0].upper()}{mdc[1:]}.",
        index=_describe_index(comparison),
        higher=_move_rows(comparison, higher),
        lower=_move_rows(comparison, lower),
        actions=tuple(_action_rows(comparison, titles)),
        checkins=checkins,
        left_out=describe_left_out(comparison),
    )


def _seen_by(comparison: Comparison) -> str:
    before, after = _SEEN_BY[comparison.view_before], _SEEN_BY[comparison.view]
    return after if before == after else f"{before} then, and {after} now"


def _describe_stage(comparison: Comparison) -> str:
    before, after = (
        (profile.stage or "no stage").capitalize()
        for profile in (comparison.before, comparison.after)
    )
    return f"still {after}" if before == after else f"from {before} to {after}"


def _score_rows(comparison: Comparison) -> tuple[Row, ...]:
    return tuple(
        (
            stage.capitalize(),
            percent_or_dash(score.before),
            percent_or_dash(score.after),
            "–" if score.change is None else points(score.change),
        )
        for stage, score in comparison.scores.items()
    )


def _change_row(title: str, change: DimensionChange) -> Row:
    return (
        title,
        percent(change.before),
        percent(change.after),
        points(change.change),
        str(noise_points(change.mdc)),
        change.word,
    )


def _describe_index(comparison: Comparison) -> str:
    index = comparison.index
    if index is None:
        return ""
    return (
        f"The team's index went from {percent(index.before)} to {percent(index.after)}, "
        f"{points(index.change)} points where {noise_points(index.mdc)} are needed: {index.word}."
    )


def _move_rows(comparison: Comparison, moves: Iterable[Move]) -> tuple[Row, ...]:
    questions = comparison.after.questionnaire.by_id
    return tuple((questions[m.question].ask, str(m.before), str(m.after)) for m in moves)


def _action_rows(comparison: Comparison, titles: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    questions = comparison.after.questionnaire.by_id
    for action in comparison.actions:
        done = "done" if action.done else "not done"
        moved = [
            f"“{questions[m.question].ask}” from {m.before} to {m.after}"
            for m in comparison.moves_of(action)
        ]
        outcome = f"moved: {'; '.join(moved)}" if moved else "nothing of what it lifts moved"
        yield titles.get(action.action, action.action), f"{done}; {outcome}"
