"""What is asked at a check-in: few screens, each of which Enter passes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, Literal

from assess.catalogue import CAUSES, Cause
from assess.figures import short_day
from assess.interview.asker import Asker, Blank, Card, Marked, MarkSheet, Option, numbered

LateMark = Literal["done", "week", "date", "person", "drop"]
_NONE: Final = ""
_OTHER: Final = "\n"
DROP_SIGN: Final = "drop"
SURE_SIGN: Final = "@"
EACH: Final = "\n\n"
"""No name can be so."""

CAUSE_TEXTS: Final[Mapping[Cause, str]] = {
    "resources": "Resources: too little time or money, or judged wrongly",
    "talent": "Talent: expertise that is missing, help that does not come",
    "training": "Training: people do not know how to take part",
    "culture": "Culture: habits resist, or the reason is not understood",
    "alignment": "Alignment: no sponsor, politics, daily work against the goal",
}
_DONE: Final = (Option("done", "done", "x"),)
_TRUE: Final = (Option("true", "true", "x"),)
_LATE: Final = (
    Option("done", "done", "d"),
    Option("week", "this week", "w"),
    Option("date", "date", "t"),
    Option("person", "person", "p"),
    Option("drop", "drop", "x"),
)


def ask_done(
    asker: Asker,
    which: str,
    tasks: Sequence[Option],
    notes: Mapping[str, str],
    given: Iterable[str],
    keep: Callable[[Marked], None],
) -> frozenset[str]:
    """Return which tasks are done, by their values."""
    ticked = dict.fromkeys(given, "done")
    sheet = MarkSheet(f"What is done? {which}:", tuple(tasks), _DONE, "goes on", notes, ticked)
    return frozenset(asker.mark(sheet, keep))


def ask_late(
    asker: Asker,
    tasks: Sequence[Option],
    notes: Mapping[str, str],
    given: Marked,
    keep: Callable[[Marked], None],
) -> Marked:
    """Return what is to be done about late tasks; those without a mark are planned anew."""
    ask = f"Late: {len(tasks)}. What happens with each? Those without a mark are planned anew."
    rows = tuple(tasks)
    return asker.mark(MarkSheet(ask, rows, _LATE, "plans the others anew", notes, given), keep)


def ask_true(
    asker: Asker,
    ask: str,
    actions: Sequence[Option],
    notes: Mapping[str, str],
    given: Iterable[str],
    keep: Callable[[Marked], None],
) -> frozenset[str]:
    """Return of which actions the "done when" is true today."""
    held = dict.fromkeys(given, "true")
    sheet = MarkSheet(ask, tuple(actions), _TRUE, "leaves them so", notes, held)
    return frozenset(asker.mark(sheet, keep))


def ask_done_when(asker: Asker, title: str, done_when: Sequence[str]) -> Literal["yes", "no", ""]:
    """Return whether what an action was for is true now; empty where nobody can tell yet."""
    options = (
        Option("yes", "Yes, it is true today", "y"),
        Option("no", "No: one step is missing", "n"),
        Option(_NONE, "Hard to say yet", "l"),
    )
    about = f"All steps of “{title}” are done. Done when:"
    chosen = asker.choose(Card(" ".join(done_when), options, default=_NONE, about=about))
    return "yes" if chosen == "yes" else "no" if chosen == "no" else ""


def ask_where(asker: Asker) -> str:
    """Return where it can be seen that something is true."""
    return asker.write(
        Blank("Where can one see it? A link, a number or a date.", "Enter leaves it open.")
    )


def ask_missing(asker: Asker) -> str:
    """Return the one step that is missing."""
    return asker.write(
        Blank("Which one step is missing?", "It stands in the plan, due next week. Enter: none.")
    )


def ask_date(asker: Asker, what: str, read: Callable[[str], date | str], default: date) -> date:
    """Return until when something is to be done."""
    hint = f"A date, as in {short_day(default)} or {default}. Enter: {short_day(default)}."
    while typed := asker.write(Blank(f"Until when? {what}", hint)):
        found = read(typed)
        if isinstance(found, date):
            return found
        asker.say(found)
    return default


def ask_person(asker: Asker, what: str, known: Sequence[str], *, several: bool) -> str:
    """Return who takes something: one of those known, or another; empty where it keeps its owner.

    With `several` it may be `EACH` somebody else.
    """
    each = (Option(EACH, "Each somebody else", "e"),) if several else ()
    if known or several:
        options = numbered(Option(name, name) for name in known)
        others = (
            *each,
            Option(_OTHER, "Another name", "n"),
            Option(_NONE, "It keeps its owner", "o"),
        )
        chosen = asker.choose(Card(f"Who takes it? {what}", options, others))
        if chosen != _OTHER:
            return chosen
    return asker.write(
        Blank(f"Who takes it? {what}", "A name or a role. Enter: it keeps its owner.")
    )


def ask_more(
    asker: Asker, ask: str, options: Sequence[Option], others: Sequence[Option], go_on: str
) -> str:
    """Return what somebody has to say still; empty where it is nothing."""
    first = Option(_NONE, go_on, "g")
    return asker.choose(Card(ask, (first, *options), tuple(others), default=_NONE))


def ask_figures(
    asker: Asker, figures: Sequence[tuple[str, str]], measure: int | None, *, with_sure: bool
) -> str:
    """Return what figures are by now, as `1=120; 2=8`; empty where nobody says.

    Each has words, and where it is on its way drawn as a line, which may be empty. `measure` is
    the number of one that can be dropped; `with_sure` says that somebody told how sure they are.
    """
    asker.say("Key figures that are due:")
    for words, drawn in figures:
        asker.say(words)
        if drawn:
            asker.draw(drawn)
    if any(drawn for _, drawn in figures):
        asker.draw("   │ is where the straight line would be today.")
    drop = f" {measure}={DROP_SIGN} never asks for a measure again." if measure else ""
    sure = f" 1=120{SURE_SIGN}7 says how sure you are, 0 to 10, too." if with_sure else ""
    hint = f"As in 1=120; 2=8.{sure}{drop} Enter leaves them as they are."
    return asker.write(Blank("What are they today?", hint))


def ask_win(asker: Asker) -> str:
    """Return what went well."""
    return asker.write(Blank("What went well since last time?", "One line. Enter: nothing."))


def ask_blocker(asker: Asker) -> str:
    """Return what is in the way."""
    return asker.write(Blank("What is in the way?", "One line. Enter: nothing."))


def ask_cause(asker: Asker, text: str) -> Cause | None:
    """Return the cause behind what held the team up, where that is known."""
    options = numbered(Option(cause, CAUSE_TEXTS[cause]) for cause in CAUSES)
    others = (Option(_NONE, "None of these, or not known", "n"),)
    chosen = asker.choose(Card(f"What is behind “{text}”?", options, others))
    return next((cause for cause in CAUSES if cause == chosen), None)


def ask_to_write(asker: Asker, changes: Sequence[str]) -> bool:
    """Return whether what was said is to be written; else all of it is forgotten."""
    asker.say(*changes)
    options = (Option("yes", "Write it", "w"), Option("no", "Forget all that was said", "f"))
    return asker.choose(Card("This changes. Write it?", options, default="yes")) == "yes"
