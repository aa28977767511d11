"""The work of a plan, followed by its measure as goals are by their figures."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Self

from pydantic import StrictBool

from assess.goals.amounts import read_amount
from assess.goals.goal import FigureValue, KeyFigure, Measured, ShortLine

if TYPE_CHECKING:  # Whoever only measures needs no planner.
    from assess.catalogue.action import Measure
    from assess.planning.plan import Plan, Priority

_FIRST_WEEK: Final = timedelta(weeks=1)


class MeasuredWork(Measured):
    """Work of a plan with the first of its measures; closed when nobody wants to hear of it.

    `before` and `after` are the catalogue's words for baseline and target. `asked` says that the
    count of its first week was asked for, which happens once.
    """

    kind = "measures"

    before: ShortLine = ""
    after: ShortLine = ""
    asked: StrictBool = False

    @property
    def words(self) -> tuple[str, str]:
        return self.before, self.after

    def with_value(self, figure: KeyFigure, value: FigureValue) -> Self:
        # What is counted as the work begins is where it begins, whatever the catalogue assumes.
        if not figure.values and self.start is not None and value.on < self.start + _FIRST_WEEK:
            figure = figure.model_copy(update={"baseline": value.value})
        return super().with_value(figure, value)


def follow_measures(plan: "Plan", known: Iterable[MeasuredWork]) -> tuple[MeasuredWork, ...]:
    """Return the work of a plan by its measures, with all that is known of them.

    What was followed once keeps the words of its measure, because its values mean that. Work
    that is no longer in the plan stays where somebody counted, or does not want to, and where
    it is of another plan.
    """
    before = {work.id: work for work in known}
    now = {
        p.action.id: _follow(plan, p, p.work.measures[0], before.get(p.action.id))
        for p in plan.priorities
        if p.kind != "decision" and p.work.measures
    }
    others = (work for work in before.values() if work.id not in now)
    gone = (w for w in others if w.closed or w.figures[0].values or w.id not in plan.actions)
    return (*gone, *now.values())


def _follow(
    plan: "Plan", priority: "Priority", measure: "Measure", known: MeasuredWork | None
) -> MeasuredWork:
    start = plan.weeks[priority.first_week - 1].monday
    when = {"title": priority.work.title, "start": start, "end": plan.end}
    if known is not None:
        return known.model_copy(update=when)
    unit = measure.unit or ("%" if "%" in measure.target else "")
    amounts = (read_amount(text, unit) for text in (measure.baseline, measure.target))
    baseline, target = (amount if isinstance(amount, Decimal) else None for amount in amounts)
    figure = KeyFigure(id="measure", name=measure.name, unit=unit, baseline=baseline, target=target)
    words = {"before": measure.baseline, "after": measure.target}
    facts = {"id": priority.action.id, "figures": (figure,), **when, **words}
    return MeasuredWork.model_validate(facts)
