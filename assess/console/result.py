"""Where a team stands: its stage, nine dimensions by three stages, and how sure that is."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from assess.console.grid import grid_lines, missing_answers
from assess.console.lines import EMPTY, Lines, Look, Style, heading, items, paragraph
from assess.console.screen import Console
from assess.console.table import Column, table
from assess.console.words import STAGE_NAMES, STAGE_STYLES, moved
from assess.document.words import describe_certainty, describe_standing
from assess.figures import count, long_day, percent, percent_or_dash
from assess.questionnaire import STAGES
from assess.scoring import Profile
from assess.scoring.assessment import Result

STAGE_WORK: Final[Mapping[str, str]] = {
    "momentum": "The first order is being made: goals, roles, ways of working together.",
    "maturity": "The foundation stands; now the work gets systems that last.",
    "mastery": "The systems stand; now the team tests, learns and shares what it learned.",
}
_COMPLETE: Final = "What is left is to make it last."
_MOST_STEPS: Final = 6
_MOST_CLAIMS: Final = 5


def show_result(
    console: Console, team: str, day: date, profile: Profile, result: Result | None = None
) -> None:
    """Print where the team stands; with `result`, every view of it side by side."""
    console.show(result_lines(team, day, profile, console.look, result))


def result_lines(
    team: str, day: date, profile: Profile, look: Look, result: Result | None = None
) -> Lines:
    """Return the whole picture of a result."""
    title = f"{team} · {profile.questionnaire.title} · {long_day(day)}"
    return [
        *paragraph(title, look, style="strong"),
        *(_picture(team, profile, look) if profile.scores else _nothing_scored(profile, look)),
        *(_views(result, look) if result else ()),
        *_steps_of_members(profile, result, look),
    ]


def _picture(team: str, profile: Profile, look: Look) -> Lines:
    return [
        *paragraph(describe_standing(team, profile), look, style=_style(profile)),
        *(paragraph(_what_it_means(profile), look) if profile.stage else ()),
        EMPTY,
        *grid_lines(profile, look),
        *_certainty(profile, look),
        *_path(profile, look),
    ]


def _style(profile: Profile) -> Style:
    return STAGE_STYLES[profile.stage] if profile.stage else "strong"


def _what_it_means(profile: Profile) -> str:
    if profile.complete or profile.scores is None:
        return _COMPLETE
    stage = profile.stage or STAGES[0]
    rule = profile.questionnaire
    return (
        f"{STAGE_WORK[stage]} {percent(profile.scores[STAGES.index(stage)])} of this is in place; "
        f"the stage is finished at {percent(rule.overall)}, with no dimension below "
        f"{percent(rule.each)}."
    )


def _certainty(profile: Profile, look: Look) -> Lines:
    sentences = [*describe_certainty(profile), *_without_evidence(profile)]
    return [*heading("How sure this is", look), *items(sentences, look)] if sentences else []


def _without_evidence(profile: Profile) -> list[str]:
    """Name the claims to look at first at the next check-in."""
    claims = profile.evidence.unbacked if profile.evidence else ()
    if not claims:
        return []
    more = len(claims) - _MOST_CLAIMS
    rest = f" and {more} more" if more > 0 else ""
    return [f"Still without evidence: {', '.join(claims[:_MOST_CLAIMS])}{rest}."]


def _path(profile: Profile, look: Look) -> Lines:
    if profile.margin is None or not profile.margin.path:
        return []
    questions = profile.questionnaire.by_id
    steps = [
        f"{questions[step.question].levels[step.end]} "
        f"({step.question}: level {moved(str(step.start), str(step.end), look)})"
        for step in profile.margin.path
    ]
    stage = STAGE_NAMES[profile.stage or STAGES[0]]
    lines = heading(f"The shortest way to finish {stage}", look)
    for text in steps[:_MOST_STEPS]:
        lines += paragraph(text, look, first="  " if look.linear else "  · ")
    more = len(steps) - _MOST_STEPS
    return lines + (items([f"and {count(more, 'more question')}."], look) if more > 0 else [])


def _nothing_scored(profile: Profile, look: Look) -> Lines:
    titles = profile.questionnaire.titles
    needed = [
        f"{titles[d.id]}: {count(missing_answers(profile, d), 'more answer')} with a level"
        for d in profile.dimensions.values()
        if d.status == "not-scored"
    ]
    lines = heading("No dimension has enough answers, so there is no stage and no plan.", look)
    if not needed:
        return [*lines, *items(['Every question was answered with "does not apply".'], look)]
    return [*lines, *paragraph("To be scored, one of these is enough:", look), *items(needed, look)]


# --- Manager and members ---


def _views(result: Result, look: Look) -> Lines:
    count_members = result.profile.members
    if result.members is None:
        return _withheld(result, look) if count_members else []
    lines = heading(f"Seen by {count(count_members, 'member')}", look)
    if result.manager is None:
        return [*lines, *items(_agreement_in_words(result), look)]
    return [*lines, *_side_by_side(result, result.manager, result.members, look)]


def _steps_of_members(profile: Profile, result: Result | None, look: Look) -> Lines:
    is_shown = profile.view == "members" or (result is not None and result.members is not None)
    if not is_shown:
        return []
    text = "Members' figures are shown in steps of five points, from 5 to 95."
    return paragraph(text, look, indent=2, style="quiet")


def _withheld(result: Result, look: Look) -> Lines:
    told = count(result.profile.members, "member")
    if not result.assessment.closed:
        text = f"{told} answered; what they say is shown once the assessment is closed."
    else:
        text = f"{told} answered; what they say is shown from {result.assessment.minimum} on."
    return [EMPTY, *paragraph(text, look)]


def _agreement_in_words(result: Result) -> list[str]:
    titles = result.profile.questionnaire.titles
    return [f"{titles[d]}: {word}." for d, word in result.agreement.items()]


def _side_by_side(result: Result, manager: Profile, members: Profile, look: Look) -> Lines:
    apart = {seen.dimension: seen.higher for seen in result.seen_differently}
    titles = manager.questionnaire.titles
    rows = [
        (
            titles[d],
            percent_or_dash(manager.dimensions[d].index),
            percent_or_dash(members.dimensions[d].index),
            result.agreement.get(d, ""),
            f"the {apart[d]} see{'s' * (apart[d] == 'manager')} more" if d in apart else "",
        )
        for d in manager.dimensions
    ]
    columns = (
        Column("Index"),
        Column("manager", right=True),
        Column("members", right=True),
        Column("members are"),
        Column("", style="warning"),
    )
    return table(columns, rows, look)
