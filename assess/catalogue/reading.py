"""From the tables of a data file to the catalogue, with every problem of the file named."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from assess.catalogue.action import PLACEHOLDERS, Action, Catalogue, Rung
from assess.datafile import (
    DataTable,
    find_placeholders,
    read_entries,
    refuse_unknown_keys,
    unknown_names,
)
from assess.errors import DataFileError, Problem, nearest
from assess.questionnaire import Questionnaire


def read_catalogue(table: DataTable, questionnaire: Questionnaire) -> Catalogue:
    """Return the catalogue that a data file holds.

    Raises:
        DataFileError: With every problem of the file, each naming its action.
    """
    problems: list[Problem] = []
    refuse_unknown_keys(table, ("action",), "", problems)
    actions = read_entries(Action, table, "action", problems)
    for action in actions:
        problems.extend(_reference_problems(action, questionnaire))
    problems.extend(_circle_problems(actions))
    if problems:
        raise DataFileError(*problems)
    return Catalogue.model_construct(actions=actions)


def _reference_problems(action: Action, questionnaire: Questionnaire) -> Iterator[Problem]:
    where = f"action[id={action.id}]"
    for key, questions in (("lifts", action.lifts), ("needs", action.needs)):
        yield from _question_problems(questions, f"{where}.{key}", questionnaire)
    for number, step in enumerate(action.steps):
        yield from _lift_problems(action, step.serves or (), f"{where}.steps.{number}.for")
    yield from _lift_problems(action, action.only, f"{where}.only")
    texts = {"objective": action.objective}
    for question, words in action.only.items():
        if len(action.lifts) == 1:
            fix = "Write them as the words of the action itself."
            yield Problem(
                "The only lift needs no words of its own.", f"{where}.only.{question}", fix
            )
        texts[f"only.{question}.objective"] = words.objective or ""
    for key, text in texts.items():
        named = find_placeholders(text)
        yield from unknown_names("placeholder", named, PLACEHOLDERS, f"{where}.{key}")


def _question_problems(
    questions: Iterable[str], where: str, questionnaire: Questionnaire
) -> Iterator[Problem]:
    retired = {q.id: q for q in questionnaire.all_questions if q.retired is not None}
    for question in questions:
        if question in retired:
            other = retired[question].replaced_by
            fix = f"Name '{other}' instead, or leave it out." if other else "Leave it out."
            yield Problem(f"The question '{question}' is retired.", where, fix)
        else:
            yield from unknown_names("question", [question], questionnaire.by_id, where)


def _lift_problems(action: Action, questions: Iterable[str], where: str) -> Iterator[Problem]:
    for question in questions:
        if question not in action.lifts:
            fix = nearest(question, action.lifts)
            yield Problem(f"The action does not lift '{question}'.", where, fix)


def _circle_problems(actions: Iterable[Action]) -> list[Problem]:
    """Return a problem where some actions can begin in no order at all.

    Needs name levels, and each of several actions may lift to one, so that it is not enough to
    follow needs: from nothing, whatever can be done is done until nothing more can begin. A
    level that no action offers is taken as given.
    """
    offering: dict[Rung, list[str]] = {}
    for action in actions:
        for rung in action.rungs:
            offering.setdefault(rung, []).append(action.id)
    stuck = {action.id: action for action in actions}
    while True:
        waits_for = {a.id: _waits_for(a, offering, stuck) for a in stuck.values()}
        if all(waits_for.values()):
            return _name_circle(waits_for)
        for free in [name for name, others in waits_for.items() if not others]:
            del stuck[free]


def _waits_for(
    action: Action, offering: Mapping[Rung, list[str]], stuck: Collection[str]
) -> list[str]:
    """Return the actions one of which has to come first, as long as all of them are stuck."""
    ways = (offering.get(rung, []) for rung in action.needed_rungs)
    return [name for names in ways if all(name in stuck for name in names) for name in names]


def _name_circle(waits_for: Mapping[str, Iterable[str]]) -> list[Problem]:
    try:
        TopologicalSorter(waits_for).prepare()
    except CycleError as error:
        # graphlib lists each node before the one that needs it.
        chain = list(reversed(error.args[1]))
        return [
            Problem(
                f"The needs run in a circle: {' needs '.join(chain)}.",
                f"action[id={chain[0]}].needs",
                "Take one of these needs out.",
            )
        ]
    return []
