"""`assess actions`: the catalogue, to browse."""

from collections.abc import Iterator
from dataclasses import dataclass

import click

from assess.catalogue import Action, Catalogue, find_work
from assess.cli.command import command
from assess.cli.settings import Settings
from assess.cli.wiring import open_console, open_library, print_json
from assess.errors import AssessError, Problem, nearest
from assess.figures import json_hours
from assess.library import Library
from assess.library.plans import read_plan_data
from assess.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class _Shelf:
    """A catalogue with the questionnaire that it is for."""

    questionnaire: Questionnaire
    catalogue: Catalogue
    team_size: int
    """Of whom hours are told."""


@command(
    "actions",
    "assess actions",
    "assess actions --dimension goals",
    "assess actions --question roles-owner",
    "assess actions write-three-goals",
)
@click.argument("name", metavar="[ACTION]", required=False)
@click.option("--dimension", metavar="ID", help="Only what lifts a question of this dimension.")
@click.option("--question", metavar="ID", help="Only what lifts this question.")
def actions_command(
    settings: Settings, name: str | None, dimension: str | None, question: str | None
) -> None:
    """Browse the catalogue of actions, or show one of them in full."""
    library = open_library(settings)
    shelves = [_read_shelf(library, q) for q in _wanted(library, settings.questionnaire)]
    if name is not None:
        _show_one(settings, shelves, name)
        return
    _refuse_unknown("dimension", dimension, [d for s in shelves for d in s.questionnaire.titles])
    _refuse_unknown("question", question, [q for s in shelves for q in s.questionnaire.by_id])
    _show_all(settings, [(s, list(_matching(s, dimension, question))) for s in shelves])


def _wanted(library: Library, questionnaire: str | None) -> tuple[str, ...]:
    return library.questionnaire_ids() if questionnaire is None else (questionnaire,)


def _read_shelf(library: Library, name: str) -> _Shelf:
    questionnaire = library.questionnaire(name)
    data = read_plan_data(library, questionnaire)
    return _Shelf(questionnaire, data.catalogue, data.rules.limits.default_team_size)


def _refuse_unknown(option: str, given: str | None, known: list[str]) -> None:
    if given is not None and given not in known:
        raise AssessError(
            Problem(f"Unknown {option} '{given}'.", f"--{option}", nearest(given, known))
        )


def _matching(shelf: _Shelf, dimension: str | None, question: str | None) -> Iterator[Action]:
    dimension_of = {q.id: q.dimension for q in shelf.questionnaire.questions}
    for action in shelf.catalogue.actions:
        in_dimension = dimension is None or dimension in map(dimension_of.get, action.lifts)
        if in_dimension and (question is None or question in action.lifts):
            yield action


def _show_all(settings: Settings, found: list[tuple[_Shelf, list[Action]]]) -> None:
    if settings.json:
        listed = [_describe(shelf, action) for shelf, actions in found for action in actions]
        print_json({"actions": listed})
        return
    from assess.pages.content import make_actions_page

    console = open_console(settings)
    for shelf, actions in found:
        console.show_page(make_actions_page(shelf.questionnaire, actions, shelf.team_size))


def _show_one(settings: Settings, shelves: list[_Shelf], name: str) -> None:
    shelf = next((s for s in shelves if name in s.catalogue.by_id), None)
    if shelf is None:
        known = [action for s in shelves for action in s.catalogue.by_id]
        raise AssessError(Problem(f"Unknown action '{name}'.", "ACTION", nearest(name, known)))
    action = shelf.catalogue.by_id[name]
    if settings.json:
        print_json(_describe(shelf, action))
        return
    from assess.pages.content import make_action_page

    page = make_action_page(action, shelf.questionnaire, shelf.team_size)
    open_console(settings).show_page(page)


def _describe(shelf: _Shelf, action: Action) -> dict[str, object]:
    work = find_work(action, shelf.team_size)
    return {
        "questionnaire": shelf.questionnaire.id,
        **action.model_dump(mode="json", by_alias=True, exclude_none=True),
        "kind": action.kind,
        "hours": json_hours(work.effort),
        "weeks": work.duration,
        "team_size": shelf.team_size,
    }
