"""What there is to say beside the steps: wins, what is in the way, the pace, who is away."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Final

from assess.checkin.status import find_due
from assess.interview.asker import Card
from assess.interview.looking_back import AWAY, BLOCKER, DAYS_AWAY, NO_TICK, WIN, more_card
from assess.interview.prompts import ask_choice, ask_line
from assess.pages.checkin import advise_without_tick, tell_pace
from assess.planning.calendar import WEEK, monday_of, weeks_off_problem
from assess.workflow.checkin.late_steps import keep_blocker
from assess.workflow.checkin.reviewing import ask_what_is_true
from assess.workflow.checkin.talk import Talk


def ask_more(talk: Talk) -> None:
    """Ask what there is to say beside the steps, until there is nothing more."""
    news: Iterable[str] | None = tuple(_list_news(talk))
    while chosen := talk.asker.choose(_make_more_card(talk, news)):
        news = None
        if chosen in _MORE:
            _MORE[chosen](talk)
        else:
            talk.keep(no_tick=chosen)
            first = next((s for s in find_due(talk.after, talk.today) if s.action), None)
            hours = talk.reading.kept.written.hours_per_week
            talk.asker.say(advise_without_tick(chosen, hours, first))


def _list_news(talk: Talk) -> Iterator[str]:
    pace = talk.pace
    if pace is not None and talk.reading.is_pace_news(pace):
        hours = talk.reading.kept.written.hours_per_week
        talk.keep(pace_told=hours)
        yield tell_pace(pace)
    if _asks_why(talk):
        yield NO_TICK


def _asks_why(talk: Talk) -> bool:
    reading = talk.reading
    is_late_for_it = reading.checkin.is_over or talk.said.no_tick is not None
    return not is_late_for_it and reading.is_without_tick(talk.after)


def _make_more_card(talk: Talk, news: Iterable[str] | None) -> Card:
    said, pace, set_up = talk.said, talk.pace, talk.set_up
    is_slow = said.pace_told is not None and said.hours is None and pace is not None
    is_offered = talk.next_set_up is None and set_up and set_up.id not in said.not_for_us
    return more_card(
        news,
        asks_why=_asks_why(talk),
        pace=pace.weekly if pace and is_slow else None,
        away=not talk.reading.checkin.is_over and not said.off,
        review=talk.reading.checkin.review is not None,
        is_whole=talk.is_full,
        set_up=f"{set_up.text} ({set_up.minutes} minutes)" if set_up and is_offered else "",
    )


def _say_win(talk: Talk) -> None:
    if win := talk.asker.write(WIN):
        talk.keep(wins=(*talk.said.wins, win))


def _say_blocker(talk: Talk) -> None:
    if text := talk.asker.write(BLOCKER):
        keep_blocker(talk, text)


def _take_pace(talk: Talk) -> None:
    pace = talk.pace
    if pace is not None:
        talk.keep(hours=pace.weekly, replans=True)


def _say_away(talk: Talk) -> None:
    start, today = talk.reading.kept.written.start, talk.today
    monday = today - timedelta(days=today.weekday())
    weeks = {
        "this": (monday, monday),
        "next": (monday + WEEK, monday + WEEK),
        "both": (monday, monday + WEEK),
    }
    chosen = ask_choice(talk.asker, "When is nobody here?", AWAY, "next")
    if chosen == "other":
        typed = talk.asker.write(DAYS_AWAY)
        problems = [weeks_off_problem(part.strip()) for part in typed.split(",") if typed]
        if any(problems):
            talk.asker.say(next(p for p in problems if p))
        elif typed:
            talk.keep(off=(typed,), replans=True)
        return
    first, last = weeks[chosen]
    if last < monday_of(start, 14):
        talk.keep(off=(f"{max(first, start)}..{last + timedelta(days=4)}",), replans=True)


def _answer_review(talk: Talk) -> None:
    if talk.is_full:
        ask_what_is_true(talk)
    review = talk.reading.checkin.review
    for question in review.questions if review else ():
        if answer := ask_line(talk.asker, question):
            talk.keep(answers=(*talk.said.answers, f"{question} {answer}"))


def _take_set_up(talk: Talk) -> None:
    talk.next_set_up = talk.set_up


def _decline_set_up(talk: Talk) -> None:
    if talk.set_up is not None:
        talk.keep(not_for_us=(*talk.said.not_for_us, talk.set_up.id))


_MORE: Final[Mapping[str, Callable[[Talk], None]]] = {
    "win": _say_win,
    "blocker": _say_blocker,
    "pace": _take_pace,
    "away": _say_away,
    "review": _answer_review,
    "set-up": _take_set_up,
    "not-for-us": _decline_set_up,
}
