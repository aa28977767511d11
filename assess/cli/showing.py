"""What several commands show alike: a result, a plan with its file, why there is none."""

from assess.console import Console
from assess.console.plan import show_plan
from assess.console.result import show_result
from assess.scoring import Result
from assess.workflow.running import Drawn


def show_assessment(console: Console, result: Result) -> None:
    """Show the driving view of a result, and the others beside it."""
    show_result(console, result.assessment.team, result.assessment.date, result.profile, result)


def show_drawn(console: Console, drawn: Drawn) -> None:
    """Show a plan, what it changes in the file, and where it went."""
    if drawn.file.before is not None:
        for change in drawn.file.changes:
            console.say(f"- {change.text}")
    show_plan(console, drawn.plan, str(drawn.file.path))


def why_no_plan(result: Result) -> str:
    """Say what is missing before a plan can be made."""
    if not result.assessment.closed:
        return "The plan comes when the members have answered and the assessment is closed."
    titles = result.profile.questionnaire.titles
    unscored = [titles[d] for d in result.profile.unscored]
    return (
        "There is no plan without a stage. Answer at least half of the questions on: "
        f"{', '.join(unscored)}."
    )
