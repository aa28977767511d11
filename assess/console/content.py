"""The data files to look at: questionnaires with their questions, and the catalogue."""

from collections.abc import Sequence

from assess.catalogue import Action, Catalogue
from assess.console.lines import EMPTY, Lines, Look, heading, items, joined, paragraph, styled
from assess.console.screen import Console
from assess.console.table import Column, table
from assess.document.words import ROLES
from assess.figures import count
from assess.questionnaire import Questionnaire


def show_questionnaires(console: Console, questionnaires: Sequence[Questionnaire]) -> None:
    """Print a row for each questionnaire."""
    console.show(questionnaires_lines(questionnaires, console.look))


def show_questionnaire(console: Console, questionnaire: Questionnaire) -> None:
    """Print every question with its levels."""
    console.show(questionnaire_lines(questionnaire, console.look))


def show_actions(console: Console, actions: Sequence[Action]) -> None:
    """Print two lines for each action."""
    console.show(actions_lines(actions, console.look))


def show_action(
    console: Console, action: Action, catalogue: Catalogue, questionnaire: Questionnaire
) -> None:
    """Print all that the catalogue says of one action."""
    console.show(action_lines(action, catalogue, questionnaire, console.look))


def questionnaires_lines(questionnaires: Sequence[Questionnaire], look: Look) -> Lines:
    """Return a table of questionnaires."""
    rows = [
        (q.id, q.title, str(q.version), str(len(q.dimensions)), str(len(q.questions)))
        for q in questionnaires
    ]
    columns = (
        Column("Id", style="strong"),
        Column("title"),
        Column("version", right=True),
        Column("dimensions", right=True),
        Column("questions", right=True),
    )
    return table(columns, rows, look)


def questionnaire_lines(questionnaire: Questionnaire, look: Look) -> Lines:
    """Return every dimension with its questions and their levels."""
    lines = paragraph(
        f"{questionnaire.title} · {questionnaire.id} {questionnaire.version}", look, style="strong"
    )
    for dimension in questionnaire.dimensions:
        lines += heading(dimension.title, look)
        lines += paragraph(dimension.about, look, style="quiet")
        for question in questionnaire.by_dimension[dimension.id]:
            lines += [EMPTY, *paragraph(f"{question.ask} ({question.id})", look, indent=2)]
            for level, text in enumerate(question.levels):
                lines += paragraph(text, look, first=f"    {level}  ", first_style="momentum")
    return lines


def actions_lines(actions: Sequence[Action], look: Look) -> Lines:
    """Return the id to type, the effort and the title of each action."""
    lines: Lines = []
    for action in actions:
        effort = f" · {count(action.effort, 'hour')}, {count(action.duration, 'week')}"
        lines += [joined(styled(action.id, "strong"), styled(effort, "quiet"))]
        lines += paragraph(action.title, look, indent=2)
    return lines


def action_lines(
    action: Action, catalogue: Catalogue, questionnaire: Questionnaire, look: Look
) -> Lines:
    """Return an action: what it lifts, what it needs, its steps, measures and levers."""
    facts = [
        f"Led by {ROLES[action.role]}; {count(action.effort, 'hour')} "
        f"in {count(action.duration, 'week')}.",
        *(f"Needs: {catalogue.by_id[need].title} ({need})." for need in action.needs),
    ]
    lifts = [
        f"level {level} of {question}: {questionnaire.by_id[question].levels[level]}"
        for question, level in action.lifts.items()
    ]
    steps = [f"week {step.week}, {count(step.hours, 'hour')}: {step.do}" for step in action.steps]
    measures = [f"{m.name}: from {m.baseline} to {m.target}" for m in action.measures]
    sections = (
        ("Done when", lifts),
        ("Steps", steps),
        ("Measures", measures),
        ("If it slips", action.levers),
    )
    return [
        *paragraph(f"{action.title} · {action.id}", look, style="strong"),
        *items(facts, look, indent=0),
        *(
            line
            for title, texts in sections
            if texts
            for line in (*heading(title, look), *items(texts, look))
        ),
    ]
