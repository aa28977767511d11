"""How things are called on the screen."""

from datetime import date
from typing import Final

from assess.console.lines import Look, Style

STAGE_NAMES: Final = {"momentum": "Momentum", "maturity": "Maturity", "mastery": "Mastery"}
STAGE_STYLES: Final[dict[str, Style]] = {
    "momentum": "momentum",
    "maturity": "maturity",
    "mastery": "mastery",
}

OWNERS: Final = {
    "manager": "the manager",
    "team": "the team",
    "specialist": "a specialist",
    "sponsor": "the sponsor",
}


def day_text(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def short_day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def counted(count: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 answer", "3 answers"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def moved(before: str, after: str, look: Look) -> str:
    """Return from where to where something moves; an arrow is no word to hear."""
    return f"from {before} to {after}" if look.linear else f"{before} → {after}"
