"""How stages and moves are called and coloured on the screen."""

from typing import Final

from assess.console.lines import Look, Style

STAGE_NAMES: Final = {"momentum": "Momentum", "maturity": "Maturity", "mastery": "Mastery"}
STAGE_STYLES: Final[dict[str, Style]] = {
    "momentum": "momentum",
    "maturity": "maturity",
    "mastery": "mastery",
}


def moved(before: str, after: str, look: Look) -> str:
    """Return from where to where something moves; an arrow is no word to hear."""
    return f"from {before} to {after}" if look.linear else f"{before} → {after}"
