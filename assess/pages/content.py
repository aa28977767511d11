"""The data files to look at: questionnaires with their questions, and the catalogue."""

from collections.abc import Iterator, Sequence

from assess.catalogue import Action, Catalogue
from assess.document.words import ROLES
from assess.figures import count
from assess.pages.blocks import Block, Column, Items, Page, Section, Sentence, Table, listed
from assess.questionnaire import Questionnaire


def make_questionnaires_page(questionnaires: Sequence[Questionnaire]) -> Page:
    """Return a table of questionnaires."""
    columns = (
        Column("Id", tone="strong"),
        Column("title"),
        Column("version", number=True),
        Column("dimensions", number=True),
        Column("questions", number=True),
    )
    rows = tuple(
        (q.id, q.title, q.version, len(q.dimensions), len(q.questions)) for q in questionnaires
    )
    return Page("Questionnaires", (Section("", (Table(columns, rows),)),))


def make_questionnaire_page(questionnaire: Questionnaire) -> Page:
    """Return every dimension with its questions and their levels."""
    return Page(
        f"{questionnaire.title} · {questionnaire.id} {questionnaire.version}",
        tuple(
            Section(
                dimension.title,
                (
                    Sentence(dimension.about, "quiet"),
                    *_questions(questionnaire, dimension.id),
                ),
            )
            for dimension in questionnaire.dimensions
        ),
    )


def make_actions_page(questionnaire: Questionnaire, actions: Sequence[Action]) -> Page:
    """Return the id to type, the effort and the title of each action."""
    columns = (
        Column("Title"),
        Column("id", tone="strong"),
        Column("hours", number=True),
        Column("weeks", number=True),
    )
    rows = tuple((a.title, a.id, count(a.effort, "hour"), a.duration) for a in actions)
    return Page(f"Actions for {questionnaire.title}", (Section("", (Table(columns, rows),)),))


def make_action_page(action: Action, catalogue: Catalogue, questionnaire: Questionnaire) -> Page:
    """Return an action: what it lifts, what it needs, its steps, measures and levers."""
    facts = (
        f"Led by {ROLES[action.role]}; {count(action.effort, 'hour')} "
        f"in {count(action.duration, 'week')}.",
        *(f"Needs: {catalogue.by_id[need].title} ({need})." for need in action.needs),
    )
    lifts = tuple(
        f"level {level} of {question}: {questionnaire.by_id[question].levels[level]}"
        for question, level in action.lifts.items()
    )
    steps = tuple(f"week {s.week}, {count(s.hours, 'hour')}: {s.do}" for s in action.steps)
    measures = tuple(f"{m.name}: from {m.baseline} to {m.target}" for m in action.measures)
    lists = (
        ("Done when", lifts),
        ("Steps", steps),
        ("Measures", measures),
        ("If it slips", action.levers),
    )
    return Page(
        f"{action.title} · {action.id}",
        (
            Section("", tuple(map(Sentence, facts))),
            *(listed(heading, texts) for heading, texts in lists),
        ),
    )


def _questions(questionnaire: Questionnaire, dimension: str) -> Iterator[Block]:
    for question in questionnaire.by_dimension[dimension]:
        yield Sentence(f"{question.ask} ({question.id})", "strong")
        yield Items(tuple(f"{level}  {text}" for level, text in enumerate(question.levels)))
