"""What can be asked and done: questionnaires and actions to look at, and those begun anew."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from assess.answers import Respondent
from assess.answers_file import format_template
from assess.catalogue.action import Action, Catalogue
from assess.catalogue.work import find_work
from assess.commands import join_command
from assess.documents.listed import describe_action, describe_head, describe_questionnaire
from assess.errors import AssessError, Problem, nearest
from assess.library import Library
from assess.library.files import exists, write_text
from assess.library.plan_data import read_plan_data
from assess.misfit import ID_PATTERN, describe_misfit
from assess.pages.content import (
    make_action_page,
    make_actions_page,
    make_beginning_page,
    make_questionnaire_page,
    make_questionnaires_page,
)
from assess.questionnaire import Questionnaire
from assess.record import record
from assess.workflow.outcome import Outcome

if TYPE_CHECKING:
    from assess.identity import TeamName
    from assess.store import Store


@record
class Shelf:
    """A catalogue with the questionnaire that it is for."""

    questionnaire: Questionnaire
    catalogue: Catalogue
    team_size: int
    """Of whom hours are told."""


def show_questionnaires(library: Library) -> Outcome:
    """List the questionnaires."""
    found = [library.questionnaire(name) for name in library.questionnaire_ids()]
    document = {"questionnaires": list(map(describe_head, found))}
    return Outcome((make_questionnaires_page(found),), lambda: document)


def show_questionnaire(questionnaire: Questionnaire) -> Outcome:
    """Show every question of one questionnaire with its levels."""
    page = make_questionnaire_page(questionnaire)
    return Outcome((page,), lambda: describe_questionnaire(questionnaire))


def show_template(
    store: "Store | None",
    questionnaire: Questionnaire,
    team: "TeamName | None",
    respondent: Respondent,
    today: date,
) -> Outcome:
    """Return an answers file to fill in; with a store, for what is open to the team's members."""
    if store is not None and team is not None:
        # Only here more than the data files is looked at.
        from assess.workflow.assessing.answering import list_open

        for kept in list_open(store, team, questionnaire.id):
            questionnaire, today = store.load_assessment(kept.key).questionnaire, kept.date
    return Outcome((), dict, text=format_template(questionnaire, team or "", today, respondent))


def show_actions(
    library: Library, questionnaire: str | None, dimension: str | None, question: str | None
) -> Outcome:
    """List the actions that lift something of a dimension, or a question, or all of them."""
    shelves = _read_shelves(library, questionnaire)
    _refuse_unknown("dimension", dimension, [d for s in shelves for d in s.questionnaire.titles])
    _refuse_unknown("question", question, [q for s in shelves for q in s.questionnaire.by_id])
    found = [(s, list(_matching(s, dimension, question))) for s in shelves]
    pages = tuple(make_actions_page(s.questionnaire, some, s.team_size) for s, some in found)
    document = {"actions": [_describe(s, action) for s, some in found for action in some]}
    return Outcome(pages, lambda: document)


def show_action(library: Library, questionnaire: str | None, name: str) -> Outcome:
    """Show all that the catalogue says of one action."""
    shelves = _read_shelves(library, questionnaire)
    shelf = next((s for s in shelves if name in s.catalogue.by_id), None)
    if shelf is None:
        known = [action for s in shelves for action in s.catalogue.by_id]
        raise AssessError(f"Unknown action '{name}'.", "ACTION", nearest(name, known))
    action = shelf.catalogue.by_id[name]
    page = make_action_page(action, shelf.questionnaire, shelf.team_size)
    return Outcome((page,), lambda: _describe(shelf, action))


def show_example(library: Library, name: str) -> Outcome:
    """Show a page of a worked example as the Markdown that it is, to copy."""
    text = library.example(name)
    return Outcome((), lambda: {"example": name, "text": text}, text=text)


def _read_shelves(library: Library, questionnaire: str | None) -> list[Shelf]:
    names = library.questionnaire_ids() if questionnaire is None else (questionnaire,)
    asked = [library.questionnaire(name) for name in names]
    read = [(one, read_plan_data(library, one)) for one in asked]
    return [Shelf(q, data.catalogue, data.rules.limits.default_team_size) for q, data in read]


def _refuse_unknown(option: str, given: str | None, known: list[str]) -> None:
    if given is not None and given not in known:
        raise AssessError(f"Unknown {option} '{given}'.", f"--{option}", nearest(given, known))


def _matching(shelf: Shelf, dimension: str | None, question: str | None) -> Iterator[Action]:
    dimension_of = {q.id: q.dimension for q in shelf.questionnaire.questions}
    for action in shelf.catalogue.actions:
        in_dimension = dimension is None or dimension in map(dimension_of.get, action.lifts)
        if in_dimension and (question is None or question in action.lifts):
            yield action


def _describe(shelf: Shelf, action: Action) -> Mapping[str, Any]:
    work = find_work(action, shelf.team_size)
    return describe_action(action, work, shelf.questionnaire.id, shelf.team_size)


# --- A questionnaire of one's own, begun: small files that work, to change until they fit ---

_STARTER: Final = "starter"
"""What the files in the package are called; the name that was chosen takes its place."""


def begin_questionnaire(name: str, data: Path | None) -> Outcome:
    """Write a questionnaire with actions, rules and figures, into a folder of its own."""
    folder = data or Path(name)
    texts = {folder / place: text for place, text in _texts(name).items()}
    if problems := [*_name_problems(name, data), *_taken(texts)]:
        raise AssessError(*problems)
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, text)
    names = tuple(map(str, texts))
    with_data = ("--data", str(folder))
    steps = (
        ("Change them, and check them after each change:", join_command("check", str(folder))),
        ("See what would be asked:", join_command("questionnaire", name, *with_data)),
        ("Try it on a team that you know:", join_command("run", *with_data)),
    )
    return Outcome((make_beginning_page(name, names, steps),), lambda: {"files": list(names)})


def _texts(name: str) -> dict[str, str]:
    folder = files("assess.library").joinpath(_STARTER)
    places = {
        "questionnaire.toml": f"questionnaires/{name}.toml",
        **{file: f"plans/{name}/{file}" for file in ("actions.toml", "rules.toml", "figures.toml")},
    }
    title = name.replace("-", " ").capitalize()
    return {
        place: folder.joinpath(file)
        .read_text(encoding="utf-8")
        .replace(f'"{_STARTER}"', f'"{name}"')
        .replace(f'"{_STARTER.capitalize()}"', f'"{title}"')
        for file, place in places.items()
    }


def _name_problems(name: str, data: Path | None) -> list[Problem]:
    if not re.search(ID_PATTERN, name):
        what, fix = describe_misfit("string_pattern_mismatch", {"pattern": ID_PATTERN})
        return [Problem(f"{what}: '{name}'.", "NAME", fix)]
    own = data if data is not None and data.is_dir() else None
    if name in Library(own).questionnaire_ids():
        return [Problem(f"There is a questionnaire '{name}' already.", "NAME", "Choose another.")]
    return []


def _taken(paths: dict[Path, str]) -> list[Problem]:
    return [
        Problem("A file of this name is there already.", str(path), "Move it, or name another.")
        for path in paths
        if exists(path)
    ]
