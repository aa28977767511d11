"""Answers files: what is read, and what is said of mistakes."""

import tomllib
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.answers import Answer
from assess.answers_file import format_answers, format_template, read_answers
from assess.errors import AnswersError
from tests.builders import answers_table, make_answers, make_questionnaire

QUESTIONNAIRE = make_questionnaire(goals=2, roles=1)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)
ANSWERS = st.one_of(
    st.integers(0, 3),
    st.just("dont-know"),
    st.builds(lambda level, text: {"level": level, "evidence": text}, st.integers(0, 3), TEXTS),
    st.builds(lambda text: {"not-applicable": text}, TEXTS),
)


def problems_of(table: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(AnswersError) as caught:
        read_answers(table, QUESTIONNAIRE)
    return [(problem.what, problem.where) for problem in caught.value.problems]


@given(st.lists(ANSWERS, min_size=3, max_size=3), st.none() | st.integers(0, 60))
def test_answers_written_are_the_answers_read(values: list[object], hours: int | None) -> None:
    answers = replace(
        make_answers(QUESTIONNAIRE, *values),
        hours_per_week=hours,
        off=("2026-12-21..2027-01-03", "2026-11-27"),
    )
    assert read_answers(tomllib.loads(format_answers(answers)), QUESTIONNAIRE) == answers


def test_three_kinds_of_answer_are_told_apart() -> None:
    answers = make_answers(QUESTIONNAIRE, 0, "dont-know", {"not-applicable": "no roles yet"})
    assert answers.by_question == {
        "goals-1": Answer(0),
        "goals-2": Answer(),
        "roles-1": Answer(not_applicable="no roles yet"),
    }


def test_every_problem_of_a_file_is_told_at_once() -> None:
    table = answers_table(QUESTIONNAIRE, 7, True, "", team=" ", colour="red")
    table["answers"]["gaols-1"] = 2
    assert problems_of(table) == [
        ("Unknown key 'colour'.", "colour"),
        ("The team has no name.", "team"),
        ("Unknown question 'gaols-1'.", "answers.gaols-1"),
        ("7 is not a level.", "answers.goals-1"),
        ("true is not a level.", "answers.goals-2"),
        ("This question is not answered yet.", "answers.roles-1"),
    ]


def test_table_without_a_level_is_told_as_such() -> None:
    table = answers_table(QUESTIONNAIRE, 1)
    table["answers"]["goals-1"] = {"evidence": "the list"}
    assert problems_of(table) == [("There is no level.", "answers.goals-1")]


def test_misspelt_question_gets_the_nearest_right_one() -> None:
    table = answers_table(QUESTIONNAIRE, 1)
    table["answers"]["gaols-1"] = table["answers"].pop("goals-1")
    with pytest.raises(AnswersError) as caught:
        read_answers(table, QUESTIONNAIRE)
    assert caught.value.fix == ("Did you mean 'goals-1'? Use one of: goals-1, goals-2, roles-1.")


@pytest.mark.parametrize(
    ("head", "what"),
    [
        ({"version": 2}, "The answers are for version 2 of 'small'; this is version 1."),
        ({"questionnaire": "other"}, "The answers belong to the questionnaire 'other'."),
        ({"team": "x" * 101}, "The team's name has 101 characters; 100 are allowed."),
        ({"team": "a\nb"}, "The team's name 'a\\nb' holds characters that cannot be printed."),
        ({"date": date(1, 1, 1)}, "The date 0001-01-01 does not lie between"),
        ({"date": datetime(2026, 1, 1, 12)}, "'2026-01-01 12:00:00' is not a date."),  # noqa: DTZ001
        ({"hours_per_week": -1}, "This is too low. It is -1."),
        ({"hours_per_week": True}, "This is not a whole number. It is true."),
        ({"off": ["2027-01-03..2026-12-21"]}, "'2027-01-03..2026-12-21' is no date and no range"),
        ({"off": ["at Christmas"]}, "'at Christmas' is no date and no range"),
        ({"respondent": "boss"}, "This word is not known here. It is 'boss'."),
    ],
)
def test_unusable_head_is_told(head: dict[str, object], what: str) -> None:
    [(said, _)] = problems_of({**answers_table(QUESTIONNAIRE, 1), **head})
    assert said.startswith(what)


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"not-applicable": " "}, "answers.goals-1.not-applicable"),
        ({"level": 2, "proof": "x"}, "answers.goals-1.proof"),
        ({"level": 2, "evidence": 3}, "answers.goals-1.evidence"),
        ({"evidence": "x"}, "answers.goals-1"),
        (1.0, "answers.goals-1"),
        ("unsure", "answers.goals-1"),
    ],
)
def test_malformed_answer_names_its_place(value: object, where: str) -> None:
    table = answers_table(QUESTIONNAIRE, 1, answers={"goals-1": value})
    assert [place for _, place in problems_of(table)] == [where]


def test_template_of_a_member_has_a_place_for_the_code_and_none_for_hours() -> None:
    text = format_template(QUESTIONNAIRE, "Lyon", date(2026, 11, 22), "member")
    template = tomllib.loads(text)
    assert (template["respondent"], template["code"]) == ("member", "")
    assert "hours_per_week" not in text


def test_template_reads_as_not_answered_yet() -> None:
    template = tomllib.loads(format_template(QUESTIONNAIRE, "Lyon", date(2026, 11, 22)))
    assert [what for what, _ in problems_of(template)] == ["This question is not answered yet."] * 3


def test_many_open_questions_are_told_at_once_each_by_its_id() -> None:
    questionnaire = make_questionnaire(goals=4, roles=3)
    template = tomllib.loads(format_template(questionnaire, "Lyon", date(2026, 11, 22)))
    del template["answers"]["roles-3"]
    with pytest.raises(AnswersError) as caught:
        read_answers(template, questionnaire)
    [problem] = caught.value.problems
    assert problem.what.startswith("7 questions are not answered yet: goals-1, ")
    assert all(question in problem.what for question in questionnaire.by_id)


def test_template_of_a_manager_asks_for_the_hours_of_the_manager() -> None:
    for subject, who in (("team", "the whole team"), ("manager", "the manager")):
        asked = QUESTIONNAIRE.model_copy(update={"subject": subject})
        assert f"# what {who} can invest" in format_template(asked, "Lyon", date(2026, 11, 22))
