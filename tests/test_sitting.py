"""Whole runs at the terminal, quarter after quarter: in which order what is asked and shown."""

from datetime import date
from pathlib import Path

import pytest

from assess.answers import Answer, Respondent
from assess.documents.goals import KeptGoals, KeptHours
from assess.documents.people import PeopleDocument
from assess.documents.said import Confirmation, Said
from assess.goals.recurring import RecurringWork
from assess.library import Library
from assess.store import Store
from assess.workflow.assessing.answering import Sitting, sit_down
from assess.workflow.assessing.finishing import RunEnd
from assess.workflow.assessing.sitting import finish_sitting
from assess.workflow.finding import Errand
from assess.workflow.outcome import Outcome
from tests.asking import PatientAsker
from tests.builders import LYON
from tests.goals import make_goal
from tests.typing_in import CommandLine

SPRING, SUMMER = date(2026, 5, 18), date(2026, 8, 24)
SPOT, PROMISE = "A spot check", "Now that all is answered"
HOURS, AWAY, SIZE = "How many hours a week", "When is the team away", "How many people"
SEEN = "Where could an outsider see it?"


@pytest.fixture(autouse=True)
def small_data(assess: CommandLine) -> None:
    """Work in a folder of its own, with the small questionnaire of four questions."""
    assess.use_small_data()


def run(
    store: Store,
    asker: PatientAsker,
    today: date,
    *,
    same_person: bool | None = None,
    respondent: Respondent = "manager",
) -> tuple[Outcome, list[Outcome]]:
    """Return what a run ends with, and what it shows before."""
    library = Library(Path("data"))
    errand = Errand(library, store, today, LYON, "small")
    answered = sit_down(errand, asker, Sitting(respondent, same_person=same_person))
    shown: list[Outcome] = []

    def show(outcome: Outcome) -> None:
        asker.say(f"shown: {outcome.pages[0].title if outcome.pages else ''}")
        shown.append(outcome)

    return finish_sitting(errand, asker, answered, RunEnd(), show), shown


def first_quarter(store: Store, **said: str) -> PatientAsker:
    """Run a first quarter, with a plan that promises something."""
    asker = PatientAsker("0", {SIZE: "5", **said})
    run(store, asker, SPRING)
    return asker


def evidence(store: Store, day: date) -> dict[str, Answer]:
    [kept] = [one for one in store.load_assessments(LYON, "small") if one.date == day]
    assert kept.manager is not None
    return {q: answer for q, answer in kept.manager.by_question.items() if answer.evidence}


# --- The first day ---


def test_the_first_day_asks_questions_spot_check_hours_and_weeks_away(store: Store) -> None:
    asker = PatientAsker("1", {SIZE: "5", "goals 1": "0"})
    _, shown = run(store, asker, SPRING)
    places = asker.places(SIZE, "How is roles 2?", SPOT, HOURS, AWAY)
    assert places == sorted(places)
    assert asker.asked[-1].startswith(AWAY)
    assert asker.blanks[-2].hint.endswith("Enter takes 5, one for each of 5 people.")
    assert shown == []


def test_who_stops_at_the_first_question_leaves_no_team_behind(store: Store) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(store, PatientAsker("1", {SIZE: KeyboardInterrupt()}), SPRING)
    assert store.teams() == ()


def test_who_stops_after_the_first_question_goes_on_with_what_was_said(store: Store) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(store, PatientAsker("1", {SIZE: "5", "goals 1": KeyboardInterrupt()}), SPRING)
    [draft] = store.drafts()
    assert draft.team_size == 5


def test_the_spot_check_asks_answers_of_the_stage_and_keeps_what_is_said(store: Store) -> None:
    asker = PatientAsker("1", {SIZE: "5", SEEN: "The wall, since 3 May", "goals 1": "0"})
    end, _ = run(store, asker, SPRING)
    assert [blank.ask[:6] for blank in asker.blanks if SEEN in blank.hint] == [
        f"{n} of 3" for n in (1, 2, 3)
    ]
    assert {a.level for a in evidence(store, SPRING).values()} == {1}
    # One text for three answers is in words only.
    assert end.describe()["score"]["evidence"]["spot"] == {"of": 3, "shown": 0}


def test_the_spot_check_says_why_a_text_shows_nothing(store: Store) -> None:
    said = {"1 of 3": "We talk a lot", "2 of 3": "Sheet of 3 August, goals", "3 of 3": ""}
    asker = PatientAsker("1", {SIZE: "5", **said, "goals 1": "0"})
    run(store, asker, SPRING)
    [words, *_] = asker.places("Kept in words only")
    assert asker.asked[words - 1].startswith("1 of 3")
    assert len([told for told in asker.asked if told.startswith("Kept")]) == 1


def test_nothing_is_lost_by_stopping_in_the_spot_check(store: Store) -> None:
    said: dict[str, str | BaseException] = {SIZE: "5", "1 of 3": "The wall, since 3 May"}
    asker = PatientAsker("1", {**said, "2 of 3": KeyboardInterrupt(), "goals 1": "0"})
    with pytest.raises(KeyboardInterrupt):
        run(store, asker, SPRING)
    again = PatientAsker("3", {SIZE: "5"})
    end, _ = run(store, again, SPRING)
    assert "4 of 4 questions" in again.asked[0]
    # What is shown already is not asked again.
    assert [b.ask[:6] for b in again.blanks if SEEN in b.hint] == ["1 of 2", "2 of 2"]
    assert end.describe()["score"]["evidence"]["spot"] == {"of": 3, "shown": 1}


# --- From the second quarter on ---


def test_the_second_quarter_tells_what_moved_before_hours_and_plan(store: Store) -> None:
    first_quarter(store)
    asker = PatientAsker("1")
    end, [moved] = run(store, asker, SUMMER)
    places = asker.places(
        "Does the same person", PROMISE, "shown: Lyon", "How do you want to go on", HOURS, AWAY
    )
    assert places == sorted(places)
    assert moved.describe()["from"] == "2026-05-18"
    assert end.describe()["plan"] is not None


def test_the_promises_are_told_after_the_last_answer_each_asked_whatever_its_level(
    store: Store,
) -> None:
    first_quarter(store)
    [plan] = [store.load_plan(one.key) for one in store.history(LYON)]
    assert plan is not None
    promised = plan.written.document.promised
    asker = PatientAsker("0", {f"{len(promised)} of {len(promised)}": "Sheet of 3 August, goals"})
    run(store, asker, SUMMER)
    told = asker.places(PROMISE)[0]
    before, after = asker.asked[:told], asker.asked[told:]
    assert not [ask for ask in before if "to make true" in ask]
    assert sum("You said: “" in ask for ask in after) == len(promised)
    [(question, answer)] = evidence(store, SUMMER).items()
    assert (question, answer.level) == (promised[-1].question, 0)


def test_what_check_ins_heard_is_offered_where_the_promise_is_asked_about(store: Store) -> None:
    first_quarter(store)
    [kept] = store.history(LYON)
    plan = store.load_plan(kept.key)
    assert plan is not None
    [*_, action] = plan.written.document.priorities
    where = "The board in the hall, since 3 July"
    confirmed = Confirmation(action=action.action, on=SUMMER, holds=True, where=where)
    store.keep_said(kept.key, Said(confirmed=(confirmed,)))
    asker = PatientAsker("1")
    run(store, asker, SUMMER)
    assert [blank.default for blank in asker.blanks if "You said" in blank.ask].count(where) == 1
    [answer] = evidence(store, SUMMER).values()
    assert answer.evidence == where


def test_promises_are_asked_of_whoever_answers_as_the_plan_was_made(store: Store) -> None:
    run(store, PatientAsker("0", {SIZE: "5"}), SPRING, respondent="consensus")
    manager, together = PatientAsker("1"), PatientAsker("1")
    run(store, manager, date(2026, 8, 25))
    run(store, together, date(2026, 8, 26), respondent="consensus")
    assert not [ask for ask in manager.asked if ask.startswith(PROMISE)]
    assert [ask for ask in together.asked if ask.startswith(PROMISE)]
    assert not [ask for ask in together.asked if "Does the same person" in ask]


def test_nothing_is_lost_by_stopping_in_the_list_of_promises(store: Store) -> None:
    first_quarter(store)
    said: dict[str, str | BaseException] = {"1 of ": "Minutes of 3 August"}
    asker = PatientAsker("0", {**said, "2 of ": KeyboardInterrupt()})
    with pytest.raises(KeyboardInterrupt):
        run(store, asker, SUMMER)
    again = PatientAsker("3")
    run(store, again, SUMMER)
    assert len(evidence(store, SUMMER)) == 1
    [kept] = [blank.default for blank in again.blanks if blank.ask.startswith("1 of ")]
    assert kept == "Minutes of 3 August"


def test_a_run_may_stop_after_what_moved_and_writes_no_plan(
    store: Store, assess: CommandLine
) -> None:
    first_quarter(store)
    before = sorted(assess.folder.iterdir())
    asker = PatientAsker("1", {"How do you want to go on?": "stop"})
    end, shown = run(store, asker, SUMMER)
    assert (end.pages, end.after, len(shown)) == ((), ("Next: assess plan",), 1)
    assert sorted(assess.folder.iterdir()) == before
    assert [kept.plan for kept in store.history(LYON)] == [True, False]
    assert not [ask for ask in asker.asked if ask.startswith(HOURS)]


def test_who_stopped_goes_on_from_the_answers_and_is_asked_none_again(store: Store) -> None:
    first_quarter(store)
    run(store, PatientAsker("1", {"How do you want to go on?": "stop"}), SUMMER)
    asker = PatientAsker("3")
    end, _ = run(store, asker, SUMMER)
    assert "has no plan of it yet" in asker.asked[0]
    assert not [ask for ask in asker.asked if ask.startswith("How is goals")]
    assert end.describe()["plan"] is not None


def test_the_report_is_offered_once_and_leads_back_to_the_plan(
    store: Store, assess: CommandLine
) -> None:
    first_quarter(store)
    answers = iter(["report", "plan"])

    class Reader(PatientAsker):
        def _find(self, asked: str, usual: str) -> str:
            return next(answers) if "How do you want" in asked else super()._find(asked, usual)

    end, shown = run(store, Reader("1"), SUMMER)
    assert (len(shown), end.describe()["plan"] is None) == (2, False)
    assert list(assess.folder.glob("*-report.html"))


def test_hours_of_last_quarter_are_proposed_again(store: Store) -> None:
    first_quarter(store, **{HOURS: "9"})
    asker = PatientAsker("1")
    run(store, asker, SUMMER)
    [blank] = [blank for blank in asker.blanks if blank.ask.startswith(HOURS)]
    assert blank.hint.endswith("Enter takes 9.")


def test_the_size_that_was_said_last_is_proposed_wherever_it_was_said(store: Store) -> None:
    first_quarter(store)
    store.keep_facts(LYON, PeopleDocument(size=7, said_on=date(2026, 7, 1)))
    asker = PatientAsker("1")
    run(store, asker, SUMMER)
    [blank] = [blank for blank in asker.blanks if blank.ask.startswith(SIZE)]
    assert blank.hint == "Enter takes 7."


@pytest.mark.parametrize("same", [True, False])
def test_whether_the_same_person_answers_can_be_said_beforehand(
    store: Store, *, same: bool
) -> None:
    first_quarter(store)
    asker = PatientAsker("1")
    run(store, asker, SUMMER, same_person=same)
    assert not [ask for ask in asker.asked if "Does the same person" in ask]
    assert store.load_assessments(LYON, "small")[-1].same_manager is same


# --- The turn of a quarter ---


def with_goals_and_hours(store: Store) -> None:
    """Keep two goals, the second without a figure, and work that stops and halves."""
    first_quarter(store)
    goal = make_goal(start=SPRING, end=SUMMER)
    other = make_goal(id="brand", title="A brand that people know", figures=(), end=SUMMER)
    store.keep_facts(LYON, KeptGoals(goals=(goal, other)))
    works = tuple(
        RecurringWork.model_validate(
            {"id": name, "title": name.title(), "hours": 2, "if_stopped": "nothing"}
            | {"decision": decision, "from": None if decision == "keep" else SPRING}
        )
        for name, decision in (("report", "stop"), ("mailing", "halve"), ("fair", "keep"))
    )
    store.keep_facts(LYON, KeptHours(recurring=works))


def test_goals_are_settled_and_what_came_back_is_asked_before_the_hours(store: Store) -> None:
    with_goals_and_hours(store)
    came_back = iter(["report", ""])

    class Reader(PatientAsker):
        def _find(self, asked: str, usual: str) -> str:
            return next(came_back) if "what came back" in asked else super()._find(asked, usual)

    said = {"“A brand that people know”": "close", "Was it reached?": "no", "What did you": "Time"}
    asker = Reader("1", said)
    run(store, asker, SUMMER)
    told = ("How do you want", "What becomes of the goal", "what came back", HOURS)
    assert asker.places(*told) == sorted(asker.places(*told))
    goals = store.load_facts(LYON, KeptGoals).goals
    assert [goal.closed and goal.closed.reached for goal in goals] == [None, False]
    works = store.load_facts(LYON, KeptHours).recurring
    assert [work.back for work in works] == [SUMMER, None, None]


def test_who_stops_before_the_plan_is_asked_about_no_goal(store: Store) -> None:
    with_goals_and_hours(store)
    asker = PatientAsker("1", {"How do you want to go on?": "stop"})
    run(store, asker, SUMMER)
    assert not [ask for ask in asker.asked if "What becomes of the goal" in ask]
