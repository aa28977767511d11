"""What is asked at a check-in: few screens, each of which Enter passes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from assess.catalogue.action import CAUSES, Cause
from assess.documents.said import NoTickReason
from assess.figures import count, short_day
from assess.interview.asker import Asker, Blank, Card, Marked, MarkSheet, Option, numbered

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
_REASONS: Final[Mapping[NoTickReason, str]] = {
    "no-time": "No time",
    "other-work": "Other work came first",
    "not-useful": "It is not useful",
}
NO_TICK: Final = "Two check-ins without a tick: what was it?"
AWAY: Final = {
    "this": "This week",
    "next": "The next week",
    "both": "This and the next week",
    "other": "Other days",
}
DAYS_AWAY: Final = Blank("Which days?", "As in 2026-12-21..2027-01-03. Enter: none.")
WHERE: Final = Blank("Where can one see it? A link, a number or a date.", "Enter leaves it open.")
MISSING: Final = Blank(
    "Which one step is missing?", "It stands in the plan, due next week. Enter: none."
)
WIN: Final = Blank("What went well since last time?", "One line. Enter: nothing.")
BLOCKER: Final = Blank("What is in the way?", "One line. Enter: nothing.")
_DONE: Final = (Option("done", "done", "x"),)
_TRUE: Final = (Option("true", "true", "x"),)


def done_sheet(tasks: Sequence[Option], given: Iterable[str], *, is_over: bool) -> MarkSheet:
    which = "All that is still open" if is_over else "This week's steps, and what is late"
    ticked = dict.fromkeys(given, "done")
    return MarkSheet(f"What is done? {which}:", tuple(tasks), _DONE, "goes on", ticked)


def late_sheet(tasks: Sequence[Option], given: Marked, *, is_friday: bool) -> MarkSheet:
    """Ask what is to be done about late tasks; those without a mark are planned anew.

    On a Friday the week has no room: its key means the next one, and so does Enter.
    """
    ends, week = (", from Monday on", "next week") if is_friday else ("", "this week")
    marks = (
        Option("done", "done", "d"),
        Option("week", week, "w"),
        Option("date", "date", "t"),
        Option("person", "person", "p"),
        Option("drop", "drop", "x"),
    )
    ask = (
        f"Late: {len(tasks)}. What happens with each? Those without a mark are planned anew{ends}."
    )
    return MarkSheet(ask, tuple(tasks), marks, "plans the others anew", given)


def true_sheet(day: int, actions: Sequence[Option], given: Iterable[str]) -> MarkSheet:
    """Ask of which actions the "done when" is true at the review of a day."""
    ask = f"Review of day {day}: which of these is true today?"
    return MarkSheet(ask, tuple(actions), _TRUE, "leaves them so", dict.fromkeys(given, "true"))


def done_when_card(title: str, done_when: Sequence[str]) -> Card:
    """Ask whether what an action was for is true now: yes, no, or nothing."""
    options = (
        Option("yes", "Yes, it is true today", "y"),
        Option("no", "No: one step is missing", "n"),
        Option(_NONE, "Hard to say yet", "l"),
    )
    about = f"All steps of “{title}” are done. Done when:"
    return Card(" ".join(done_when), options, default=_NONE, about=about)


def date_blank(what: str, default: date) -> Blank:
    hint = f"A date, as in {short_day(default)} or {default}. Enter: {short_day(default)}."
    return Blank(f"Until when? {what}", hint)


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


_REVIEW: Final = ("Note answers to the review", "The review: say what is true today, note answers")


def more_card(
    news: Iterable[str] | None,
    *,
    asks_why: bool,
    pace: int | None,
    away: bool,
    review: bool,
    is_whole: bool,
    set_up: str,
) -> Card:
    """Ask what somebody has to say still, beside wins and what is in the way; or nothing.

    `news` stands before the question the first time; after that it is None. `pace` are the hours
    a week of the real pace, where they may be planned with; `is_whole` says that the review has no
    screen of its own.
    """
    asks = ("Anything else?",) if news is None else (*news, "What went well, what is in the way?")
    weekly = count(pace or 0, "hour")
    options = (
        Option(_NONE, "Go on", "g"),
        Option("win", "Something went well", "w"),
        Option("blocker", "Something is in the way", "b"),
        *(numbered(Option(why, text) for why, text in _REASONS.items()) if asks_why else ()),
    )
    others = (
        (pace, Option("pace", f"Plan the rest at the real pace, {weekly} a week", "h")),
        (away, Option("away", "This or the next weeks nobody is here", "a")),
        (review, Option("review", _REVIEW[is_whole], "r")),
        (set_up, Option("set-up", set_up, "s")),
        (set_up, Option("not-for-us", "The one above is not for us", "n")),
    )
    fitting = tuple(option for is_there, option in others if is_there)
    return Card(" ".join(asks), options, fitting, default=_NONE)


def ask_figures(
    asker: Asker, figures: Sequence[tuple[str, str]], measure: int | None, *, with_sure: bool
) -> str:
    """Return what figures are by now, as `1=120; 2=8`; empty where nobody says.

    Each has words, and where it is on its way drawn as a line, which may be empty. `measure` is
    the number of one that can be dropped; `with_sure` says that somebody told how sure they are.
    """
    asker.say("KPIs that are due:")
    for words, drawn in figures:
        asker.say(words)
        if drawn:
            asker.draw(drawn)
    if any(drawn for _, drawn in figures):
        asker.draw("   │ is where the straight line would be today.")
    is_one = len(figures) == 1
    drop = DROP_SIGN if is_one else f"{measure}={DROP_SIGN}"
    drop = f" {drop}: never ask for it again." if measure else ""
    sure = f" 1=120{SURE_SIGN}7 says how sure you are, 0 to 10, too." if with_sure else ""
    they, are, example = ("it", "is", "120") if is_one else ("they", "are", "1=120; 2=8")
    hint = f"As in {example}.{sure}{drop} Enter leaves it open."
    return asker.write(Blank(f"What {are} {they} today?", hint))


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
