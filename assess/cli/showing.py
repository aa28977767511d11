"""What several commands show alike: a result, a plan with its file, why there is none."""

from datetime import date

from assess.answers import Assessment
from assess.care import CareCheck, check_care
from assess.errors import first_told
from assess.figures import count
from assess.media.terminal import Console
from assess.pages.blocks import Page, Section
from assess.pages.care import care_section
from assess.pages.result import make_result_page
from assess.scoring import why_no_stage
from assess.scoring.assessment import Result
from assess.workflow.running import Drawn


def find_result_page(result: Result, care: CareCheck | None = None, *extra: Section) -> Page:
    """Return the driving view of a result, the others beside it, and signs of haste.

    Without `care` those that the answers themselves show.
    """
    assessment = result.assessment
    answers = assessment.consensus or assessment.manager
    if answers is not None and result.view != "members":
        found = care or check_care(assessment.questionnaire, answers.by_question)
        extra = (care_section(found, assessment.questionnaire), *extra)
    return make_result_page(assessment.team, assessment.date, result.profile, result, *extra)


def show_changes(console: Console, drawn: Drawn) -> None:
    """Say what was odd in a plan's file, what an update does to it, and which wish is not met."""
    notes = first_told(f"Line {note.line}: {note.text}" for note in drawn.file.notes)
    for text in (*notes, *first_told(change.text for change in drawn.file.changes)):
        console.say(f"- {text}")
    for text in drawn.warnings:
        console.warn(text)


def show_place(console: Console, drawn: Drawn) -> None:
    """Say only where the plan's file was, if it is not there any more."""
    for change in drawn.file.changes:
        if change.kind == "new-place":
            console.say(f"- {change.text}")


def why_no_plan(result: Result) -> str:
    """Say what is missing before a plan can be made."""
    if not result.assessment.closed:
        return "The plan comes when the members have answered and the assessment is closed."
    missing = why_no_stage(result.profile)
    return f"{missing.what} {missing.fix}"


def offer_consensus(assessment: Assessment, today: date) -> str:
    """Say that too few members answered for a result, and what the team can do instead."""
    edit = "" if assessment.date == today else f" --edit {assessment.date}"
    return (
        f"{count(len(assessment.members), 'member')} answered, and their results are shown from "
        f"{assessment.minimum} on, so nothing of what they said is shown, now or later. "
        "Instead, the team can discuss the questions and give one shared answer: "
        f"assess run --as consensus{edit}"
    )
