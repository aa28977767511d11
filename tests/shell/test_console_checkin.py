"""How a check-in is shown, and those that were kept."""

from datetime import date, timedelta

from assess.checkin import ActionStatus, CheckIn, PastCheckIn, StepState, StepStatus, describe_past
from assess.console.checkin import checkin_lines, checkins_lines
from assess.console.lines import Look, plain_text
from assess.document.reviews import Review
from assess.document.tasks import Note
from assess.planning.plan import PlannedStep
from tests.conftest import MatchExpected

MONDAY = date(2026, 11, 23)


def step(name: str, week: int, state: StepState) -> StepStatus:
    due = MONDAY + timedelta(weeks=week - 1, days=4)
    planned = PlannedStep(name, f"Do {name}.", week, due, 3)
    return StepStatus(planned, state, f"Do {name}.", "the manager", due)


def example() -> CheckIn:
    states: tuple[StepState, ...] = ("done", "late", "dropped", "open", "open", "open", "open")
    steps = tuple(step(f"goals/{n}", n, state) for n, state in enumerate(states, start=1))
    action = ActionStatus("goals", "Write down goals", "started", steps, ("Cut to one goal",))
    return CheckIn(
        team="Lyon",
        date=date(2026, 12, 22),
        week=5,
        is_over=False,
        team_week=2,
        hours_planned=18,
        hours_due=9,
        hours_done=3,
        actions=(action,),
        own=(),
        review=Review(30, date(2026, 12, 22), ("What is done?",)),
        notes=(Note(12, "The mark [~] is not known."),),
    )


def test_checkin_as_a_picture(match_expected: MatchExpected) -> None:
    match_expected("console-checkin.txt", plain_text(checkin_lines(example(), Look())))


def test_checkin_for_those_who_hear_the_screen_has_no_bar() -> None:
    shown = plain_text(checkin_lines(example(), Look(linear=True)))
    assert "█" not in shown
    assert "3 hours done, 9 due by now" in shown


def test_earlier_checkins_are_listed_with_what_people_said() -> None:
    rows = [
        PastCheckIn(date(2026, 12, 4), 3, 6, 1, ("Goals agreed",), ("Two ill", "No budget")),
        PastCheckIn(date(2026, 12, 11), 9, 9, 0),
    ]
    assert plain_text(checkins_lines(rows, Look())) == (
        "\n"
        "Check-ins\n"
        "  4 December 2026: 3 of 6 hours due done, 1 step late. Wins: Goals agreed. Held\n"
        "  up by: Two ill; No budget.\n"
        "  11 December 2026: 9 of 9 hours due done.\n"
    )
    assert checkins_lines([], Look()) == []


def test_sentences_of_people_are_joined_without_doubled_marks() -> None:
    past = PastCheckIn(
        date(2026, 12, 4),
        3,
        3,
        0,
        ("At its goal.", "Shipped."),
        ("Two left (talent);",),
        ("Go on.",),
    )
    assert describe_past(past).endswith(
        "Wins: At its goal; Shipped. Held up by: Two left (talent). Agreed: Go on."
    )
