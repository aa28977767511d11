"""What fills a team's weeks, what of it may stop, and the hours that follow from it."""

from collections.abc import Mapping, Sequence
from typing import Final

from assess.commands import join_command
from assess.figures import Hours, count, hours_text, join_words, long_day
from assess.goals.recurring import (
    Decision,
    IfStopped,
    RecurringWork,
    find_candidates_to_stop,
    in_order,
    sum_freed,
)
from assess.pages.blocks import Items, Page, Section, Sentence, next_section, table

IF_STOPPED: Final[Mapping[IfStopped, str]] = {
    "nothing": "nothing",
    "grumbling": "some grumbling",
    "damage": "damage",
}
DECISIONS: Final[Mapping[Decision, str]] = {
    "open": "–",
    "keep": "kept",
    "stop": "stops",
    "halve": "halved",
    "hand-over": "handed over",
}


def make_hours_page(team: str, works: Sequence[RecurringWork], free: Hours | None) -> Page:
    """Return the recurring work, what is proposed of it, and the hours in all.

    `free` are the hours a week that there are anyway, None where nobody said.
    """
    candidates = find_candidates_to_stop(works)
    proposed = tuple(
        f"{work.title}: {count(work.hours, 'hour')} a week, {IF_STOPPED[work.if_stopped]} if it "
        f"stops for a month ({work.id})"
        for work in candidates
    )
    rows = (
        (w.title, hours_text(w.hours), IF_STOPPED[w.if_stopped], describe_decision(w))
        for w in in_order(works)
    )
    listing = table(("Recurring work", "#hours", "if it stopped", "decided"), rows)
    add = join_command("hours", "add")
    decide = join_command("hours", "decide", candidates[0].id, "stop") if candidates else ""
    step = ("Decide:", decide) if decide else ("Add what fills the weeks:", add)
    if not decide and free is not None and sum_freed(works):
        step = ("The plan takes these hours in when it is made anew:", join_command("plan"))
    return Page(
        f"What fills the weeks of {team}",
        (
            Section("", (Sentence(describe_hours_in_all(works, free)),)),
            Section("", (listing,) if works else ()),
            Section("May stop, halve or go to others", (Items(proposed),) if proposed else ()),
            next_section((), step),
        ),
    )


def describe_hours_in_all(works: Sequence[RecurringWork], free: Hours | None) -> str:
    """Say how many hours a week there are, and be honest where nothing can stop."""
    freed = sum_freed(works)
    if free is None:
        said = "Nobody has said yet how many hours a week there are for the plan."
        return f"{said} {count(freed, 'hour')} are freed." if freed else said
    if freed:
        held = sum_freed(work for work in works if work.done)
        parts = [f"{count(free, 'hour')} a week {'is' if free == 1 else 'are'} there"]
        parts += [f"{hours_text(held)} more are free by now"] if held else []
        later = freed - held
        parts += [f"{hours_text(later)} more once what was decided holds"] if later else []
        in_all = f"{hours_text(free + freed)} in all"
        return f"{join_words(parts, 'and')}: {in_all}. With that, the hours are found."
    if works and not find_candidates_to_stop(works):
        return f"{count(free, 'hour')} a week are what there is; the plan fits into them."
    return f"{count(free, 'hour')} a week there are for the plan."


def describe_found(freed: Hours) -> str:
    """Say that work which was to find hours is done."""
    return f"It is done: {count(freed, 'hour')} a week {'is' if freed == 1 else 'are'} freed."


def describe_decision(work: RecurringWork) -> str:
    """Say what was decided of one kind of work, and from when on it holds."""
    day = f" from {long_day(work.decided_from)} on" if work.decided_from else ""
    if work.back is not None:
        return f"came back on {long_day(work.back)}"
    return f"{DECISIONS[work.decision]}{day}{', done' if work.done else ''}"


def describe_task(work: RecurringWork) -> str:
    verb = {"stop": "Stop", "halve": "Halve", "hand-over": "Hand over"}[work.decision]
    return f"{verb} “{work.title}” ({count(work.frees, 'hour')} a week)"
