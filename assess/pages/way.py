"""How many quarters it takes to the next stage, and what would save one."""

from assess.figures import count
from assess.pages.blocks import Section, listed
from assess.pages.standing import STAGE_NAMES
from assess.planning.way import MOST_QUARTERS, Way


def way_section(way: Way, faster: Way | None) -> Section:
    """Return one sentence for each quarter, and one for the hours that would save one."""
    if way.plans[0].profile.complete:
        return Section("", ())
    texts = [_summary(way), *_quarters(way)]
    if faster is not None:
        texts.append(f"{_at(faster)}: {count(len(faster.plans), 'quarter')}.")
    stage = STAGE_NAMES[way.plans[0].profile.stage or ""]
    return listed(f"The way out of {stage}", texts, detail=True)


def _summary(way: Way) -> str:
    if way.arrives:
        return f"{_at(way)}: {count(len(way.plans), 'quarter')}, if all goes as planned."
    if len(way.plans) == MOST_QUARTERS:
        return f"{_at(way)}: more than {count(MOST_QUARTERS, 'quarter')}."
    return f"{_at(way)} no number of quarters leads there; more hours would."


def _quarters(way: Way) -> list[str]:
    """Say what the quarters after this plan would hold."""
    return [
        f"Quarter {number}: {'; '.join(p.work.title for p in plan.priorities)}."
        for number, plan in enumerate(way.plans[1:], start=2)
        if plan.priorities
    ]


def _at(way: Way) -> str:
    return f"At {count(way.hours_per_week, 'hour')} a week"
