"""Actions: what each lifts, needs and costs, and what of it is left for one team.

A rung is one (question, level) with a level of 1 to 3. An action offers the rungs of its
`lifts`. Weeks count from the action's first week, which is 1; hours are those of all people
together, exact to a quarter of an hour.
"""

from assess.catalogue.action import (
    CAUSES,
    PLACEHOLDERS,
    ROLES,
    Action,
    Catalogue,
    Cause,
    Kind,
    Lines,
    Measure,
    Only,
    Role,
    Rung,
    Step,
    Upkeep,
    find_action,
)
from assess.catalogue.reading import read_catalogue, unknown_placeholders
from assess.catalogue.work import Work, WorkStep, find_work, saving_weeks

__all__ = [
    "CAUSES",
    "PLACEHOLDERS",
    "ROLES",
    "Action",
    "Catalogue",
    "Cause",
    "Kind",
    "Lines",
    "Measure",
    "Only",
    "Role",
    "Rung",
    "Step",
    "Upkeep",
    "Work",
    "WorkStep",
    "find_action",
    "find_work",
    "read_catalogue",
    "saving_weeks",
    "unknown_placeholders",
]
