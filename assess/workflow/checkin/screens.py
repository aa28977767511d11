"""The screens of a check-in in their order, and what is kept of each answer."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

from assess.checkin.pace import Pace
from assess.checkin.status import ActionStatus, CheckIn, StepStatus, find_due
from assess.document.dates import read_day
from assess.documents.said import AgreedState, Blocker, Confirmation, Said, StepAgreement
from assess.errors import AssessError
from assess.figures import short_day
from assess.interview.asker import Asker, Card, Marked, Option
from assess.interview.looking_back import (
    AWAY,
    BLOCKER,
    DAYS_AWAY,
    EACH,
    MISSING,
    NO_TICK,
    WHERE,
    WIN,
    ask_cause,
    ask_person,
    date_blank,
    done_sheet,
    done_when_card,
    late_sheet,
    more_card,
    true_sheet,
)
from assess.interview.prompts import ask_choice, ask_line
from assess.pages.checkin import (
    advise_without_tick,
    describe_terms,
    offer_lever,
    say_no_day,
    tell_beginning,
    tell_own_late,
    tell_pace,
)
from assess.pages.checkin_end import end_of_week, next_deadline
from assess.planning.calendar import is_away, monday_of, weeks_off_problem
from assess.workflow.aims.desk import followed_in, open_desk
from assess.workflow.checkin.figures import ask_figures_of, list_due_figures
from assess.workflow.checkin.reading import Reading, join_said
from assess.workflow.checkin.setting_up import SetUp, list_set_ups
from assess.workflow.checkin.stepping import is_known, take_owner, tell_stranger
from assess.workflow.finding import Errand

_WEEK: Final = timedelta(days=7)


class Talk:
    """A check-in under way: what was said is in the store before the next thing is asked."""

    def __init__(self, errand: Errand, asker: Asker, reading: Reading) -> None:
        self.errand, self.store = errand.about(reading.assessment), errand.store
        self.asker, self.reading = asker, reading
        self.said = reading.kept.said
        self.agreed = join_said(reading.kept)
        self.before = self.agreed.by_step
        self.next_set_up: SetUp | None = None
        self.asked_late = self.asked_figures = False
        self.kept: tuple[str, ...] = ()
        """What was kept at once, and stays where the rest is forgotten."""

    @property
    def today(self) -> date:
        return self.reading.today

    @property
    def is_full(self) -> bool:
        """Whether the review comes only when it is wanted: a quiet week takes four Enters."""
        return self.asked_late and self.asked_figures

    @property
    def after(self) -> CheckIn:
        return self.reading.after(self.said)

    @property
    def pace(self) -> Pace | None:
        return self.reading.find_pace(self.after)

    @property
    def has_spoken(self) -> bool:
        """Whether there is more to write than what is planned anew."""
        said = self.said
        new = [one for one in said.by_step.values() if not one.written]
        return bool(new or said.off or said.hours or any(c.missing for c in said.confirmed))

    @cached_property
    def set_up(self) -> SetUp | None:
        """At most one task of set-up is offered, with the team's own plan."""
        assessment = self.reading.assessment
        of_team = assessment.questionnaire.subject == "team"
        return next(iter(list_set_ups(self.store, assessment.team)), None) if of_team else None

    def keep(self, said: Said | None = None, **changes: Any) -> None:
        self.said = (said or self.said).model_copy(update=changes)
        self.store.keep_said(self.reading.assessment.key, self.said)

    def open(self) -> None:
        """Say where the plan stands, and what an absence or a beginning means."""
        checkin, past = self.reading.checkin, self.reading.kept.checkins
        last = past[-1].date if past else None
        for text in tell_beginning(checkin, last, is_resumed=bool(self.said.asked)):
            self.asker.say(text)

    @property
    def handed_over(self) -> frozenset[str]:
        """The steps for which somebody was named in this check-in."""
        agreed = self.said.by_step.items()
        return frozenset(step for step, one in agreed if one.owner and not one.written)

    def agree(self, status: StepStatus, **terms: Any) -> None:
        self.keep(self.said.agree(self.agreement(status, **terms)))

    def agreement(self, status: StepStatus, **terms: Any) -> StepAgreement:
        return StepAgreement(step=status.id, wording=status.wording, on=self.today, **terms)

    def row(self, status: StepStatus, *, late: bool = True) -> Option:
        """Return a task as a row to mark, with what was agreed on it before."""
        terms = self.agreed.terms_of(status.id)
        note = describe_terms(terms) if terms else ""
        return Option(status.id, status.short, "", _facts(status, late), note)


def _facts(status: StepStatus, late: bool) -> str:
    """Return who and until when, and whether a task is late where not all of them are."""
    due = short_day(status.due) if status.due else ""
    state = "late" if late and status.state == "late" else ""
    return " · ".join(part for part in (due, state, status.owner) if part)


# --- The screens, in their order ---


def _ask_ticks(talk: Talk) -> None:
    checkin = talk.reading.checkin
    tasks = (
        checkin.in_state("open") if checkin.is_over else find_due(checkin, end_of_week(talk.today))
    )
    # Own tasks without a date would else never come up.
    undated = (s for s in checkin.own if s.state == "open" and s.due is None)
    by_id = {status.id: status for status in (*tasks, *undated)}
    if not by_id:
        return
    before = talk.said.without_ticks(frozenset(by_id))
    given = [s for s in by_id if (one := talk.said.by_step.get(s)) and one.state == "done"]

    def keep(marked: Marked) -> None:
        ticked = [talk.agreement(by_id[s], state="done") for s in by_id if s in marked]
        talk.keep(before.agree(*ticked))

    rows = tuple(map(talk.row, by_id.values()))
    talk.asker.mark(done_sheet(rows, given, is_over=checkin.is_over), keep)


def _ask_late(talk: Talk) -> None:
    late = {
        status.id: status for status in find_due(talk.after, talk.today) if status.state == "late"
    }
    # On its last day a plan has no week left for anything.
    if not late or talk.reading.is_last_day:
        return
    talk.asked_late = True
    rows = [talk.row(status, late=False) for status in late.values()]
    given = {step: mark for step, mark in talk.said.marked.items() if step in late}
    sheet = late_sheet(rows, given, is_friday=talk.today == end_of_week(talk.today))
    marked = talk.asker.mark(sheet, lambda now: talk.keep(marked=dict(now)))
    is_left = len(marked) < len(late)
    _settle(talk, [late[step] for step in late if step in marked], marked)
    talk.keep(marked={}, replans=talk.said.replans or is_left)
    own = {s.id for s in talk.reading.checkin.own}
    still = [s.id for s in find_due(talk.after, talk.today) if s.state == "late" and s.id in own]
    if still:
        talk.asker.say(tell_own_late(still, next_deadline(talk.today)))


def _settle(talk: Talk, late: Sequence[StepStatus], marked: Marked) -> None:
    """Agree on late steps as they were marked; steps for another person are asked for at once."""
    states: Mapping[str, AgreedState] = {"done": "done", "drop": "dropped"}
    for status in late:
        if (state := states.get(marked[status.id])) is not None:
            talk.agree(status, state=state)
        elif marked[status.id] == "week":
            talk.agree(status, due=next_deadline(talk.today))
    _ask_why_dropped(talk)
    _hand_over(talk, [status for status in late if marked[status.id] == "person"])
    for status in (status for status in late if marked[status.id] == "date"):
        talk.agree(status, due=_ask_due(talk, status.wording))


def _ask_why_dropped(talk: Talk) -> None:
    """Ask for the cause where a whole action is dropped: what it promised is put aside then."""
    before = {action.id for action in talk.reading.checkin.actions if action.state == "dropped"}
    for action in talk.after.actions:
        text = f"Dropped: {action.title}"
        told = {blocker.text for blocker in talk.said.blockers}
        if action.state == "dropped" and action.id not in before and text not in told:
            _keep_blocker(talk, text)


def _hand_over(talk: Talk, steps: Sequence[StepStatus]) -> None:
    """Ask who takes steps and until when: all of them, or each on its own."""
    left = [s for s in steps if s.id not in talk.handed_over]
    if not left:
        return
    several = len(left) > 1
    what = f"{len(left)} steps." if several else left[0].wording
    people = talk.store.load_people(talk.reading.assessment.team).people
    named = [person.name for person in people if person.is_member]
    told = sorted({s.owner for s in talk.after.tasks if s.owner and is_known(s.owner, people)})
    have = {s.owner for s in left}
    known = [name for name in dict.fromkeys((*named, *told)) if name not in have]
    owner = ""
    while (typed := ask_person(talk.asker, what, known[:8], several=several)) not in ("", EACH):
        try:
            owner = take_owner(typed, people)
        except AssessError as error:
            talk.asker.say(f"{error.what} {error.fix}")
            continue
        talk.asker.say(*tell_stranger(owner, people))
        break
    if typed == EACH:
        for status in left:
            _hand_over(talk, [status])
        return
    due = _ask_due(talk, what)
    talk.keep(talk.said.agree(*(talk.agreement(s, owner=owner, due=due) for s in left)))


def _ask_due(talk: Talk, what: str) -> date:
    written = talk.reading.kept.written
    friday = next_deadline(talk.today)
    while is_away(written.start, written, friday):
        friday += _WEEK

    while typed := talk.asker.write(date_blank(what, friday)):
        day = read_day(typed, written.start)
        if day and day >= talk.today:
            return day
        talk.asker.say(say_no_day(typed, day, next_deadline(talk.today)))
    return friday


def _ask_done_when(talk: Talk) -> None:
    put_off = {name for one in talk.reading.kept.checkins for name in one.said.put_off}
    for action in talk.after.actions:
        if not action.is_to_be_confirmed or not action.done_when:
            continue
        if action.id in put_off or action.id in talk.said.put_off:
            continue
        holds = talk.asker.choose(done_when_card(action.title, action.done_when))
        if not holds:
            talk.keep(put_off=(*talk.said.put_off, action.id))
            continue
        _confirm(talk, action.id, holds=holds == "yes")
        if holds == "yes" and (where := talk.asker.write(WHERE)):
            _confirm(talk, action.id, holds=True, where=where)
        elif holds == "no" and (missing := talk.asker.write(MISSING)):
            _confirm(talk, action.id, holds=False, missing=missing)


def _confirm(talk: Talk, action: str, *, holds: bool, **more: str) -> None:
    one = Confirmation(action=action, on=talk.today, holds=holds, **more)
    others = (c for c in talk.said.confirmed if c.action != action)
    talk.keep(confirmed=(*others, one))


def _ask_figures(talk: Talk) -> None:
    assessment = talk.reading.assessment
    desk = open_desk(talk.errand)
    is_milestone = talk.reading.checkin.review is not None
    followed = followed_in(desk.aims.goals, assessment.questionnaire, talk.reading.actions)
    due = list_due_figures(followed, talk.today, is_milestone=is_milestone)
    talk.asked_figures = bool(due)
    talk.kept = ask_figures_of(desk, due, talk.asker) if due else ()


def _ask_more(talk: Talk) -> None:
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
        _keep_blocker(talk, text)


def _keep_blocker(talk: Talk, text: str) -> None:
    """Keep what is in the way before its cause is asked for, and with it."""
    before = talk.said.blockers
    talk.keep(blockers=(*before, Blocker(text=text)))
    talk.keep(blockers=(*before, Blocker(text=text, cause=ask_cause(talk.asker, text))))


def _take_pace(talk: Talk) -> None:
    pace = talk.pace
    if pace is not None:
        talk.keep(hours=pace.weekly, replans=True)


def _say_away(talk: Talk) -> None:
    start, today = talk.reading.kept.written.start, talk.today
    monday = today - timedelta(days=today.weekday())
    weeks = {
        "this": (monday, monday),
        "next": (monday + _WEEK, monday + _WEEK),
        "both": (monday, monday + _WEEK),
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
        _ask_what_is_true(talk)
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


def _ask_pulse(talk: Talk) -> None:
    if not talk.is_full:
        _ask_what_is_true(talk)


def _ask_what_is_true(talk: Talk) -> None:
    """Ask at a review of every running or finished action whether its "done when" is true.

    What was asked a moment ago, when the last step was ticked, is not asked again.
    """
    review = talk.reading.checkin.review
    asked = {*talk.said.put_off, *(c.action for c in talk.said.confirmed)}
    actions = {
        a.id: a
        for a in talk.after.actions
        if a.done_when and (a.state == "started" or (a.state == "done" and a.id not in asked))
    }
    if review is None or not actions:
        return
    held = {name for name, action in actions.items() if action.holds}
    rows = [Option(a.id, a.title, note=" ".join(a.done_when)) for a in actions.values()]
    before = talk.said.confirmed

    def keep(marked: Marked) -> None:
        changed = [name for name in actions if (name in marked) != (name in held)]
        new = (Confirmation(action=name, on=talk.today, holds=name in marked) for name in changed)
        kept = tuple(c for c in before if c.action not in changed)
        talk.keep(confirmed=(*kept, *new))

    given = held | {c.action for c in talk.said.confirmed if c.holds}
    true = frozenset(talk.asker.mark(true_sheet(review.day, rows, given), keep))
    for name in true - held:
        for status in actions[name].steps:
            if status.state in ("open", "late"):
                talk.agree(status, state="done")
    still = [action for name, action in actions.items() if name not in true]
    if levers := tuple(_offer_levers(talk, still)):
        talk.asker.say(*levers)


def _offer_levers(talk: Talk, actions: Sequence[ActionStatus]) -> Iterator[str]:
    """Offer another lever for each action that stands still: nothing more is done for weeks."""
    then = [one for one in talk.reading.kept.checkins if talk.today - one.date > 3 * _WEEK]
    done_then = {a.action: a.done for a in then[-1].found.actions} if then else {}
    for action in actions:
        levers = talk.reading.actions[action.id].levers
        stands = action.state == "started" and done_then.get(action.id) == action.done_of[0]
        if levers and stands:
            yield offer_lever(action.title, levers[-1])


SCREENS: Final[Mapping[str, Callable[[Talk], None]]] = {
    "ticks": _ask_ticks,
    "late": _ask_late,
    "done-when": _ask_done_when,
    "figures": _ask_figures,
    "more": _ask_more,
    "pulse": _ask_pulse,
}
