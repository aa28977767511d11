"""Goals: numbers as people type them, the check, progress against the straight line."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from assess.errors import DataFileError, Problem
from assess.goals.amounts import Misread, read_amount
from assess.goals.course import (
    expected_progress,
    figure_progress,
    find_grade,
    find_state,
    judge_by_figures,
    latest_value,
    turns_missed,
)
from assess.goals.families import read_figures
from assess.goals.goal import (
    Closing,
    FigureValue,
    Goal,
    KeyFigure,
    find_oddities,
    name_twice,
    read_goals,
)
from assess.goals.smart import check_goals, names_counted_thing
from assess.library.files import read_toml
from assess.pages.goals import describe_figure
from tests.goals import FIGURES, START, make_figure, make_goal

END = date(2027, 2, 28)


@pytest.mark.parametrize(
    ("text", "unit", "former", "amount"),
    [
        ("1,5", "", (), "1.5"),
        ("1 234", "leads", (), "1234"),
        ("1\u202f234,5", "€", (), "1234.5"),
        ("1'234.50", "CHF", (), "1234.5"),
        ("12 %", "%", (), "12"),
        ("120 leads", "leads", (), "120"),
        ("€ 1.200,-", "€", (1000,), "1200"),
        ("1.234", "", (1100,), "1234"),
        ("1.234", "", (2,), "1.234"),
        ("1.234.567", "", (), "1234567"),
        ("1.234,5", "", (), "1234.5"),
        ("−5", "", (), "-5"),
        ("**12**", "", (), "12"),
        ("0.125", "", (), "0.125"),
    ],
)
def test_numbers_are_read_as_people_type_them(
    text: str, unit: str, former: tuple[int, ...], amount: str
) -> None:
    assert read_amount(text, unit, tuple(map(Decimal, former))) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "unit", "what"),
    [
        ("1.234", "", "“1.234” can be 1234 or 1.234."),
        ("22.05.", "", "“22.05.” is a date, not a number."),
        ("12 %", "leads", "“12 %” says “%”, and the figure counts leads."),
        ("about ten", "leads", "“about ten” is not a number."),
        ("NaN", "", "“NaN” is not a number."),
        ("1_000", "", "“1_000” says “_”, and the figure has no unit."),
        ("1,23,4", "", "“1,23,4” is not a number."),
        ("1.12345678", "", "“1.12345678” has too many digits."),
        ("", "", "There is no number."),
    ],
)
def test_what_is_no_number_or_two_is_refused(text: str, unit: str, what: str) -> None:
    found = read_amount(text, unit)
    assert isinstance(found, Misread)
    assert found.what == what


def test_of_one_day_the_value_that_was_recorded_last_counts() -> None:
    figure = make_figure(values=[(START, 11), (START + timedelta(7), 13), (START, 12)])
    assert latest_value(figure, START) == FigureValue(on=START, value=Decimal(12))


def test_values_of_days_to_come_do_not_count_yet() -> None:
    figure = make_figure(values=[(START + timedelta(7), 11)])
    assert figure_progress(figure, START) is None


def test_progress_and_what_is_expected_stay_between_nothing_and_all() -> None:
    goal = make_goal(figures=[make_figure(values=[(START, 30)])])
    assert figure_progress(goal.figures[0], END) == 1
    assert expected_progress(goal, goal.figures[0], END + timedelta(90)) == 1
    assert expected_progress(goal, goal.figures[0], START) == 0


def test_the_straight_line_goes_from_start_to_the_day_of_the_figure() -> None:
    figure = make_figure(by=START + timedelta(10), values=[(START, 11)])
    goal = make_goal(figures=[figure])
    assert expected_progress(goal, figure, START + timedelta(4)) == Fraction(2, 5)


def test_where_less_is_better_progress_counts_downwards() -> None:
    figure = make_figure(baseline=24, target=4, values=[(START, 19)])
    assert figure_progress(figure, START) == Fraction(1, 4)


@pytest.mark.parametrize("figure", [make_figure(target=10), make_figure(values=[])])
def test_without_a_way_or_a_value_there_is_no_progress(figure: KeyFigure) -> None:
    assert figure_progress(figure, END) is None
    assert expected_progress(make_goal(figures=[figure]), figure, END) is None


def test_a_goal_is_reached_when_every_figure_is_at_its_target() -> None:
    there, short = make_figure(values=[(START, 12)]), make_figure(id="b", values=[(START, 11)])
    closing = Closing(on=END)
    assert find_state(make_goal(figures=[there], closed=closing)) == "reached"
    assert find_state(make_goal(figures=[there, short], closed=closing)) == "missed"
    assert find_state(make_goal(figures=[there])) == "open"


def test_grades_come_with_the_end_of_a_goal() -> None:
    figure = make_figure(values=[(START, 11)])
    goal = make_goal(figures=[figure])
    assert find_grade(goal, figure) is None
    assert find_grade(goal.model_copy(update={"closed": Closing(on=END)}), figure) == Fraction(1, 2)


def test_where_less_is_better_a_figure_is_behind_the_line_and_not_below_it() -> None:
    figure = make_figure(unit="%", baseline=4, target=3, values=[(START, Decimal("3.8"))])
    goal = make_goal(figures=[figure])
    assert "behind the straight line" in describe_figure(goal, figure, START + timedelta(60))


def test_what_is_behind_its_baseline_is_not_on_the_line_as_it_begins() -> None:
    figure = make_figure(values=[(START, -5)])
    goal = make_goal(figures=[figure])
    assert "below the straight line" in describe_figure(goal, figure, START)


def test_turns_are_counted_from_the_last_value_or_the_start() -> None:
    measured = make_figure(every="week", values=[(START + timedelta(7), 11)])
    goal = make_goal(figures=[make_figure(every="week")])
    assert turns_missed(goal, goal.figures[0], START + timedelta(15)) == 2
    assert turns_missed(goal, measured, START + timedelta(15)) == 1


# --- The check: thirty good goals, and thirty of each fault ---

_GOOD_TITLES = [
    "20 % more qualified leads from each blog article within three months",
    "40 new customers from referrals by 28 February",
    "Raise the conversion rate of the pricing page from 2 % to 3 %",
    "Cut the response time to enquiries from 24 to 4 hours",
    "1,500 newsletter subscribers, 1,000 today",
    "Publish 12 case studies with named customers",
    "Revenue from the web shop from 40,000 to 50,000 € a month",
    "Churn down from 4 % to 3 % a month",
    "Three more reviews a week on the two portals that buyers read",
    "Win back 15 customers who have not ordered for a year",
    "Improve retention after the first order from 60 % to 70 %",
    "Cost per lead from 80 to 60 €",
    "More qualified leads from each article",
    "Twelve webinars with at least 40 attendees each",
    "25 % fewer complaints about late answers",
    "Net promoter score from 31 to 40",
    "200 visits a week from search on the new product page",
    "Book 10 first meetings a month with hospitals",
    "Increase the share of voice in the trade press from 10 % to 15 %",
    "5 partners who bring in leads every month",
    "Average order value from 75 to 85 €",
    "30 % more demos booked from the landing pages",
    "Bounce rate of the home page below 45 %",
    "600 registrations for the spring event",
    "Reach 3,000 followers among nurses by the end of March",
    "Two thirds of offers answered, 100 offers in the quarter",
    "Grow organic traffic from 8,000 to 10,000 visits",
    "Win rate of tenders from 20 % to 26 %",
    "Halve the no-show rate of trials from 30 % to 15 %",
    "90 donors who give every month",
]
_UNSPECIFIC = [
    "Improve content by 20 %",
    "Be more visible",
    "Strengthen the brand",
    "Optimise our processes",
    "Improve communication",
    "Better marketing",
    "Support the sales team",
    "Become the leading voice of the industry",
    "Raise brand awareness",
    "Do more on social media",
    "Modernise the website",
    "Boost engagement by 30 %",
    "Make customers happier",
    "Focus on quality",
    "Work on our positioning in the next 3 months",
    "Enhance the user experience by 2027",
    "Foster innovation",
    "Professional appearance everywhere",
    "Increase our reach",
    "Drive growth",
    "Get better at storytelling within 12 weeks",
    "Develop the team",
    "Improve quality by 15 percent",
    "Push digital",
    "Leverage synergies with sales",
    "Ensure a consistent look in Q1 2027",
    "Help customers more",
    "Elevate our content",
    "Promote the new product",
    "Advance our culture of learning",
]


def _good(number: int, **changes: Any) -> Goal:
    lower = number % 3 == 1
    figure = {"baseline": 30 if lower else 10 + number, "target": 20 if lower else 14 + number}
    days = 30 + 2 * number
    return make_goal(
        **{
            "id": f"goal-{number}",
            "title": _GOOD_TITLES[number],
            "end": START + timedelta(days),
            "figures": [make_figure(**figure)],
            **changes,
        }
    )


def _found(*goals: Goal) -> list[str]:
    return [f.check for f in check_goals(goals, FIGURES.words, START)]


THIRTY = range(30)


@pytest.mark.parametrize("number", THIRTY)
def test_no_good_goal_is_blamed(number: int) -> None:
    assert check_goals([_good(number)], FIGURES.words, START) == ()


@pytest.mark.parametrize("number", THIRTY)
def test_a_goal_that_counts_nothing_or_has_no_owner_is_not_specific(number: int) -> None:
    assert _found(_good(number, title=_UNSPECIFIC[number])) == ["specific"]
    assert _found(_good(number, owner=" ")) == ["specific"]


@pytest.mark.parametrize("number", THIRTY)
def test_a_goal_without_number_or_unit_is_not_measurable(number: int) -> None:
    faults: list[dict[str, Any]] = [{"unit": ""}, {"baseline": None}, {"target": None}]
    assert _found(_good(number, figures=[make_figure(**faults[number % 3])])) == ["measurable"]


def test_each_thing_that_a_figure_lacks_is_told_with_a_no() -> None:
    bare = make_figure(unit="", baseline=None, target=None)
    [found] = check_goals([_good(1, figures=[bare])], FIGURES.words, START)
    assert found.what.endswith("has no unit, no baseline and no target.")


@pytest.mark.parametrize("number", THIRTY)
def test_a_target_far_beyond_what_was_measured_is_asked_about(number: int) -> None:
    far = make_figure(baseline=10 + number, target=3 * (10 + number) + 1)
    assert _found(_good(number, figures=[far])) == ["achievable"]
    measured = [(START, 11 + number)]
    near = make_figure(baseline=10 + number, target=3 * (10 + number) + 1, values=measured)
    assert _found(_good(number, figures=[near])) == []


@pytest.mark.parametrize("number", THIRTY)
def test_from_nothing_and_downwards_no_target_is_too_far(number: int) -> None:
    assert _found(_good(number, figures=[make_figure(baseline=0, target=5 + number)])) == []
    assert _found(_good(number, figures=[make_figure(baseline=50 + number, target=1)])) == []


@pytest.mark.parametrize("number", THIRTY)
def test_a_goal_without_a_reason_is_not_relevant(number: int) -> None:
    assert _found(_good(number, why="" if number % 2 else "  ")) == ["relevant"]


@pytest.mark.parametrize("number", THIRTY)
def test_a_goal_without_an_end_in_reach_is_not_time_bound(number: int) -> None:
    ends = [None, START - timedelta(1 + number), START + timedelta(367 + number)]
    assert _found(_good(number, end=ends[number % 3])) == ["time-bound"]


@pytest.mark.parametrize("number", THIRTY)
def test_more_than_five_goals_are_too_many(number: int) -> None:
    goals = [_good((number + more) % 30) for more in range(6)]
    assert _found(*goals) == ["few"]
    assert _found(*goals[1:]) == []


def test_a_finding_says_what_is_missing_and_how_it_would_be_better() -> None:
    goal = make_goal(title="Improve content by 20 %", owner="")
    (found,) = check_goals([goal], FIGURES.words, START)
    assert found.what == "“Improve content by 20 %” has nothing that can be counted and no owner."
    assert found.fix == (
        "Say what changes, as in “Qualified leads from each article from 10 to 12 leads by "
        "28 February 2027”; name who answers for it, a role or a person."
    )


def test_a_check_can_be_switched_off_for_a_goal() -> None:
    assert _found(make_goal(title="Be more visible", ignore=["specific"])) == []


# --- Files ---


def _problems(*goals: dict[str, Any]) -> list[Problem]:
    problems: list[Problem] = []
    read_goals({"goal": list(goals)}, problems)
    return problems


def test_only_id_and_title_are_required() -> None:
    problems: list[Problem] = []
    (goal,) = read_goals({"goal": [{"id": "leads", "title": "More leads"}]}, problems)
    assert (problems, goal.figures, goal.end) == ([], (), None)


def test_two_goals_with_one_name_are_refused() -> None:
    two = ({"id": "a", "title": "More leads"}, {"id": "b", "title": " more  LEADS. "})
    goals = read_goals({"goal": list(two)}, [])
    assert [problem.where for problem in name_twice(goals)] == ["goal[id=b].title"]


def test_a_value_that_is_no_number_is_told_with_its_place() -> None:
    figure = {"id": "x", "baseline": "ten", "target": "1,5"}
    (problem,) = _problems({"id": "a", "title": "More leads", "figure": [figure]})
    assert problem.what == "“ten” is not a number. It is 'ten'."
    assert problem.where == "goal[id=a].figure.0.baseline"


@pytest.mark.parametrize(
    ("figure", "goal", "what"),
    [
        ({"target": 10}, {}, "Baseline and target are both 10."),
        ({"by": END + timedelta(9)}, {}, "The day 2027-03-09 lies outside the goal."),
        (
            {"name": "Churn a month", "unit": "%", "baseline": 3, "target": 4},
            {},
            "The target 4 lies on the wrong side of the baseline 3: less is better here.",
        ),
    ],
)
def test_what_was_perhaps_not_meant_is_said(
    figure: dict[str, Any], goal: dict[str, Any], what: str
) -> None:
    odd = find_oddities(make_goal(figures=[make_figure(**figure)], **goal), dict(FIGURES.better))
    assert [problem.what for problem in odd] == [what]


def test_unknown_families_and_figures_of_a_catalogue_are_told() -> None:
    path = Path("plans/marketing-team/figures.toml")
    table = read_toml(path)
    table["figure"][0] |= {"family": "lead", "beside": ["open-offer"]}
    with pytest.raises(DataFileError) as raised:
        read_figures(table)
    assert [p.what for p in raised.value.problems] == [
        "Unknown family 'lead'.",
        "Unknown figure 'open-offer'.",
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Newsletter unsubscribes down to 1 % by 28 February",
        "Cut unsubscribes from 3 % to 1 %",
        "Share of articles with a date to at least 90 percent",
        "Bounces under 2 per cent",
    ],
)
def test_a_percentage_of_something_named_counts(title: str) -> None:
    assert names_counted_thing(title, (), FIGURES.words)


@pytest.mark.parametrize("title", ["Get better to 90 %", "Improve content by 20 %", "Up to 5 %"])
def test_a_percentage_of_nothing_named_does_not(title: str) -> None:
    assert not names_counted_thing(title, (), FIGURES.words)


def test_figures_that_nobody_measured_do_not_tell_how_a_goal_ended() -> None:
    there, never = make_figure(values=[(START, 12)]), make_figure(id="b")
    short = make_figure(id="c", values=[(START, 11)])
    judged = [
        judge_by_figures(make_goal(figures=figures), END)
        for figures in ([never], [there, never], [short, never], [there], [])
    ]
    assert judged == [None, None, False, True, None]
    closing = Closing(on=END, reached=True)
    assert find_state(make_goal(figures=[never], closed=closing)) == "reached"
