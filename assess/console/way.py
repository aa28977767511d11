"""How many quarters it takes to the next stage, and what would save one."""

from assess.console.lines import Lines, Look, heading, items
from assess.console.screen import Console
from assess.console.words import STAGE_NAMES
from assess.figures import count
from assess.planning.way import MOST_QUARTERS, Way


def show_way(console: Console, way: Way, faster: Way | None) -> None:
    """Print the way to the next stage; nothing where there is none."""
    console.show(way_lines(way, faster, console.look))


def way_lines(way: Way, faster: Way | None, look: Look) -> Lines:
    """Return one sentence for each quarter, and one for the hours that would save one."""
    if way.plans[0].profile.complete:
        return []
    texts = [_summary(way), *_quarters(way)]
    if faster is not None:
        texts.append(f"{_at(faster)}: {count(len(faster.plans), 'quarter')}.")
    return [*heading(f"The way out of {_stage(way)}", look), *items(texts, look)]


def _summary(way: Way) -> str:
    if way.arrives:
        return f"{_at(way)}: {count(len(way.plans), 'quarter')}, if all goes as planned."
    if len(way.plans) == MOST_QUARTERS:
        return f"{_at(way)}: more than {count(MOST_QUARTERS, 'quarter')}."
    return f"{_at(way)} no number of quarters leads there; more hours would."


def _quarters(way: Way) -> list[str]:
    """Say what the quarters after this plan would hold."""
    return [
        f"Quarter {number}: {'; '.join(p.action.title for p in plan.priorities)}."
        for number, plan in enumerate(way.plans[1:], start=2)
        if plan.priorities
    ]


def _at(way: Way) -> str:
    return f"At {count(way.hours_per_week, 'hour')} a week"


def _stage(way: Way) -> str:
    return STAGE_NAMES[way.plans[0].profile.stage or ""]
