"""Who is named for a step: what somebody typed, as the plan's file is to have it."""

from collections.abc import Iterable, Sequence
from typing import Final

from assess.catalogue.action import ROLES
from assess.commands import join_command
from assess.document.marking import clean_name
from assess.errors import AssessError
from assess.identity import PersonName
from assess.people import Person, find_person, read_owner, spell_owner

_NOBODY: Final = ("nobody", "no one", "no-one", "noone", "none", "niemand", "keiner", "personne")


def take_owner(typed: str, people: Iterable[Person]) -> str:
    """Return a name or a role as tasks name it."""
    owner = clean_name(spell_owner(typed, people))
    if not owner:
        raise AssessError(f"'{typed}' is no name.", "--owner", "Use letters.")
    if any(PersonName(owner) == word for word in _NOBODY):
        fix = "Name a person or a role, as in 'the team', or leave the owner as it is."
        raise AssessError(f"'{typed}' is nobody's name.", "--owner", fix)
    return owner


def is_known(owner: str, people: Sequence[Person]) -> bool:
    """Tell whether an owner is a role or among the people; without people everybody is."""
    return not people or read_owner(owner) in ROLES or find_person(people, owner) is not None


def tell_stranger(owner: str, people: Sequence[Person]) -> tuple[str, ...]:
    """Say that an owner is not among the team's people, and how to add one; mostly nothing."""
    if not owner or is_known(owner, people):
        return ()
    command = join_command("people", "add", owner)
    return (f"{owner} is not among the people of the team; to add somebody: {command}",)
