"""The names of a team's people, asked for once."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from assess.catalogue import Role
from assess.errors import Problem
from assess.identity import PersonName
from assess.interview.asker import Asker, Blank
from assess.interview.prompts import ask_choice

HandOverWay = Literal["to", "spread", "to-role"]
"""All to one person, to the others of the role, or back to the role."""

_ASKED: tuple[tuple[Role, str, bool], ...] = (
    ("manager", "Who manages the team?", False),
    ("team", "Who else is in the team?", True),
    ("specialist", "Whose special knowledge can the team call in?", True),
    ("sponsor", "Who above the team stands up for it?", False),
)
"""Each role, how one asks for it, and whether it may have several people."""


def ask_people(
    asker: Asker, known: Sequence[str], find_problem: Callable[[str], Problem | None]
) -> Iterator[tuple[str, Role]]:
    """Yield each name with its role as soon as it is said; Enter ends the list of a role."""
    names = [PersonName(name) for name in known]
    for role, question, may_be_several in _ASKED:
        while name := _ask_name(asker, question, names, find_problem, may_be_several):
            names.append(PersonName(name))
            yield name, role
            if not may_be_several:
                break


def ask_successor(asker: Asker, name: str, others: Sequence[str]) -> tuple[HandOverWay, str]:
    """Return where the open steps of somebody who leaves go, and to whom if it is one person."""
    options = {
        **({"spread": "Spread over the others of the role"} if others else {}),
        "to-role": "Back to the role, until it has a name",
        **({"to": "All to one person"} if others else {}),
    }
    way = ask_choice(asker, f"Where do the steps of {name} go?", options)
    if way == "to":
        return "to", ask_choice(asker, "To whom?", {other: other for other in others})
    return ("spread" if way == "spread" else "to-role"), ""


def _ask_name(
    asker: Asker,
    question: str,
    names: Sequence[PersonName],
    find_problem: Callable[[str], Problem | None],
    may_be_several: bool,
) -> str:
    hint = "One name at a time; Enter when there is nobody more." if may_be_several else ""
    while typed := asker.write(Blank(question, hint or "Enter skips it.")):
        problem = find_problem(typed)
        if problem is None and typed not in names:
            return typed
        told = f"{problem.what} {problem.fix}" if problem else f"{typed} is named already."
        asker.say(told)
    return ""
