"""What the cells of a table say, whatever shows the table."""

from datetime import date

from assess.figures import percent, percent_or_dash, points
from assess.pages.blocks import Cell, Course, Points, Share


def cell_text(cell: Cell) -> str:
    """Return what a cell says, for people."""
    match cell:
        case Share():
            return percent_or_dash(cell.value)
        case Points():
            return "–" if cell.value is None else points(cell.value)
        case Course():
            known = [value for value in cell.values if value is not None]
            return f"from {percent(known[0])} to {percent(known[-1])}" if known else "not scored"
        case date():
            return cell.isoformat()
        case _:
            return str(cell)
