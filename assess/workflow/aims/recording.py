"""What a figure was on a day: read as people type it, and kept."""

from datetime import date
from decimal import Decimal

from assess.documents.goals import KeptGoals
from assess.errors import AssessError
from assess.figures import long_day
from assess.goals.amounts import Misread, read_amount
from assess.goals.goal import ConfidenceNote, FigureValue, KeyFigure, Measured, value_outside
from assess.pages.goals import describe_figure
from assess.workflow.aims.desk import Desk
from assess.workflow.aims.followed import change_goals, find_figure, tell_goals
from assess.workflow.outcome import Outcome


def record_value(desk: Desk, name: str, typed: str, day: date, confidence: int | None) -> Outcome:
    """Keep what a figure was on a day, and say where that is beside the straight line."""

    def measure(kept: KeptGoals) -> KeptGoals:
        held, figure = find_figure(kept.followed, name)
        value = FigureValue(on=day, value=read_value(figure, typed, f"{held.id}/{figure.id}"))
        changed = with_value(held, figure, value)
        if confidence is not None:
            known = changed.figure(figure.id)
            notes = (*known.confidence, ConfidenceNote(on=day, points=confidence))
            changed = changed.with_figure(known.model_copy(update={"confidence": notes}))
        return kept.put(changed)

    held, figure = find_figure(change_goals(desk, measure).followed, name)
    said = describe_figure(held, figure, desk.today)
    if day > desk.today:
        said = f"{said} What was recorded counts from {long_day(day)} on."
    warned = value_outside(held, day, figure.label) if held.is_outside(day) else None
    warnings = (f"{warned.what} {warned.fix}",) if warned else ()
    return tell_goals(desk, (held,), said, warnings=warnings)


def with_value(held: Measured, figure: KeyFigure, value: FigureValue) -> Measured:
    """Return a goal or measure with one more value; the last one again changes nothing."""
    if held.closed is not None:
        what = f"“{held.title}” ended on {long_day(held.closed.on)}."
        fix = "Set a new goal for the next quarter: assess goals add"
        raise AssessError(what, f"{held.id}/{figure.id}", fix)
    same_day = [known for known in figure.values if known.on == value.on]
    return held if same_day and same_day[-1] == value else held.with_value(figure, value)


def read_value(figure: KeyFigure, typed: str, where: str) -> Decimal:
    found = read_amount(typed, figure.unit, figure.amounts)
    if isinstance(found, Misread):
        raise AssessError(found.what, where, found.fix)
    return found
