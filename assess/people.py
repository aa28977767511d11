"""The people of a team: who they are in it, for how much of their time, and when they are away.

A team has each name once, in any spelling. Owners of steps are a role, by its id, or a name.
"""

from collections.abc import Iterable, Sequence
from typing import Annotated, Final

from pydantic import AfterValidator, Field, StrictInt
from pydantic_core import PydanticCustomError

from assess.answers import is_days
from assess.catalogue.action import ROLES, Role
from assess.datafile import Record
from assess.errors import AssessError, nearest
from assess.identity import PersonName, name_problem

_FALLBACKS: Final[dict[Role, tuple[Role, ...]]] = {
    "specialist": ("team", "manager"),
    "team": ("specialist", "manager"),
}
"""Who takes up what a role of the team leads, where nobody is named for it."""


def email_problem(email: str) -> str | None:
    name, at, domain = email.strip().rpartition("@")
    if at and name and domain and not any(c.isspace() or c in "<>,;" for c in email.strip()):
        return None
    return f"{email!r} is no e-mail address, which has an @ between two parts."


def person_name_problem(name: str) -> str | None:
    if (problem := name_problem(name, "person")) is not None:
        return problem
    if read_owner(name) in ROLES:
        return f"{str(PersonName(name))!r} is a role; a person has a name."
    return None


def _checked_name(name: str) -> str:
    if (problem := person_name_problem(name)) is not None:
        raise PydanticCustomError("person_name", problem)
    return str(PersonName(name))


def _checked_email(email: str) -> str:
    if (problem := email_problem(email)) is not None:
        raise PydanticCustomError("email", problem)
    return email.strip()


def _checked_days(days: str) -> str:
    if not is_days(days):
        raise PydanticCustomError("days", "This is no date and no range of dates.")
    return days


class Person(Record):
    """Somebody in a team, or its sponsor.

    `share` is how much of the working time is spent in this team, in percent; `off` are days
    away, each a date or `DATE..DATE`.
    """

    name: Annotated[str, AfterValidator(_checked_name)]
    roles: Annotated[tuple[Role, ...], Field(strict=False, min_length=1, max_length=4)]
    share: Annotated[StrictInt, Field(ge=1, le=100)] = 100
    off: Annotated[
        tuple[Annotated[str, AfterValidator(_checked_days)], ...],
        Field(strict=False, max_length=50),
    ] = ()
    email: Annotated[str, Field(max_length=254), AfterValidator(_checked_email)] | None = None

    @property
    def is_member(self) -> bool:
        """Whether this is somebody of the team; who is the sponsor alone is none of it."""
        return set(self.roles) != {"sponsor"}


def find_person(people: Iterable[Person], name: str) -> Person | None:
    return next((one for one in people if PersonName(one.name) == name), None)


def require_person(people: Sequence[Person], name: str, where: str) -> Person:
    """Return the person of that name.

    Raises:
        AssessError: There is none.
    """
    found = find_person(people, name)
    if found is None:
        fix = nearest(name, (one.name for one in people))
        raise AssessError(f"There is nobody called {name!r} in the team.", where, fix)
    return found


def who_leads(role: Role, people: Sequence[Person]) -> tuple[Person, ...]:
    """Return the people of a role; where nobody is named for it, who takes it up instead."""
    for one in (role, *_FALLBACKS.get(role, ())):
        if found := tuple(person for person in people if one in person.roles):
            return found
    return ()


def read_owner(text: str) -> str:
    """Return the owner that a text names: the id of a role, or a name as it is written."""
    said = PersonName(text)
    spoken = ((role, form) for role, name in ROLES.items() for form in (role, name))
    return next((role for role, form in spoken if said == form), str(said))


def name_owner(owner: str) -> str:
    """Return how a task names its owner, as in `the manager` or `Ana`."""
    return next((name for role, name in ROLES.items() if role == owner), owner)


def spell_owner(name: str, people: Iterable[Person]) -> str:
    """Return a name as it was first given, or a role as tasks name it, for what somebody typed."""
    person = find_person(people, name)
    return person.name if person else name_owner(read_owner(name))
