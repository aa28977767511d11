"""What was written is read back before anybody gets it: every step is there, once."""

from assess.document.reading import read_document
from assess.errors import DataFileError, Problem
from assess.people import name_owner
from assess.planning.plan import Plan


def verify_plan(text: str, plan: Plan) -> None:
    """Check a rendered plan by parsing it.

    Raises:
        DataFileError: The template lost the plan's team, one of its steps or a managed part,
            or made something of them that cannot be read back.
    """
    document = read_document(text)
    wanted = [step.id for priority in plan.priorities for step in priority.steps]
    found = [task.id for task in document.tasks if task.id is not None]
    problems = [
        Problem(
            f"The plan does not hold the step {step} exactly once as a task.",
            "the template",
            "Write each step as one list item with a box, and its comment at the end.",
        )
        for step in wanted
        if found.count(step) != 1
    ]
    if document.head.team != plan.team:
        problems.append(
            Problem(
                "The plan does not name its team in the front matter.",
                "the template",
                "Begin the template with the front matter of the shipped one.",
            )
        )
    problems += [
        Problem(note.text, f"the template, line {note.line} of what it makes", "Mend it there.")
        for note in document.notes
    ]
    if problems:
        raise DataFileError(*problems)


def list_lost_tails(text: str, plan: Plan) -> tuple[tuple[str, bool], ...]:
    """Return the steps of a rendered plan whose owner or date does not read back, in its order.

    With each stands whether anything is written there.
    Without them a check-in counts with the planned ones, and sees no change by hand.
    """
    tasks = read_document(text).by_id
    return tuple(
        (step.id, bool(task.tail.text.strip()))
        for priority in plan.priorities
        for step in priority.steps
        if (task := tasks.get(step.id)) is not None
        and (task.owner, task.due) != (name_owner(step.owner), step.due)
    )
