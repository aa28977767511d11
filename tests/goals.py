"""Goals of a team in Lyon, good unless said otherwise."""

from datetime import date
from pathlib import Path
from typing import Any

from assess.goals.families import read_figures
from assess.goals.goal import Goal, KeyFigure
from assess.library.files import read_toml

FIGURES = read_figures(read_toml(Path("plans/marketing-team/figures.toml")))
START = date(2026, 12, 1)

GOALS_FILE = """
[[goal]]
id = "leads"
title = "20 % more qualified leads from each blog article by the end of February"
why = "A third of the revenue that the business plan adds begins with such a lead."
owner = "the manager"
start = 2026-12-01
end = 2027-02-28
activities = ["Rewrite the ten most read articles"]

[[goal.figure]]
id = "leads-per-article"
name = "Qualified leads from each article"
unit = "leads"
baseline = 10
target = 12
by = 2027-02-28
every = "week"
"""

HOURS_FILE = """
[[recurring]]
id = "weekly-report"
title = "Weekly report"
hours = 3
if_stopped = "nothing"
decision = "stop"
from = 2026-12-07
done = false
"""


def make_figure(values: Any = (), **changes: Any) -> KeyFigure:
    """Return a figure; its values are pairs of day and number."""
    return KeyFigure.model_validate(
        {
            "id": "leads-per-article",
            "name": "Qualified leads from each article",
            "unit": "leads",
            "baseline": 10,
            "target": 12,
            "values": [{"on": on, "value": value} for on, value in values],
            **changes,
        }
    )


def make_goal(**changes: Any) -> Goal:
    """Return a goal with one figure."""
    return Goal.model_validate(
        {
            "id": "leads",
            "title": "20 % more qualified leads from each blog article by the end of February",
            "why": "A third of the revenue that the business plan adds begins with such a lead.",
            "owner": "the manager",
            "start": START,
            "end": date(2027, 2, 28),
            "figures": [make_figure()],
            **changes,
        }
    )
