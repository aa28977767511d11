"""The names of a team's people, asked for once."""

from collections.abc import Iterator, Sequence

from assess.catalogue import Role
from assess.identity import PersonName
from assess.interview.asker import Asker, Blank
from assess.people import person_name_problem

_ASKED: tuple[tuple[Role, str, bool], ...] = (
    ("manager", "Who manages the team?", False),
    ("team", "Who else is in the team?", True),
    ("specialist", "Whose special knowledge can the team call in?", True),
    ("sponsor", "Who above the team stands up for it?", False),
)
"""Each role, how one asks for it, and whether it may have several people."""


def ask_people(asker: Asker, known: Sequence[str]) -> Iterator[tuple[str, Role]]:
    """Yield each name with its role as soon as it is said; Enter ends the list of a role."""
    names = [PersonName(name) for name in known]
    for role, question, may_be_several in _ASKED:
        while name := _ask_name(asker, question, names, may_be_several):
            names.append(PersonName(name))
            yield name, role
            if not may_be_several:
                break


def _ask_name(
    asker: Asker, question: str, names: Sequence[PersonName], may_be_several: bool
) -> str:
    hint = "One name at a time; Enter when there is nobody more." if may_be_several else ""
    while True:
        typed = asker.write(Blank(question, hint or "Enter skips it."))
        if not typed:
            return ""
        problem = person_name_problem(typed)
        if problem is None and typed not in names:
            return typed
        asker.say(problem or f"{typed} is named already.")
