"""What makes a questionnaire valid, and what is said of one that is not."""

from typing import Any

import pytest

from assess.errors import DataFileError
from assess.questionnaire import read_questionnaire
from tests.builders import questionnaire_table


def problems_of(table: dict[str, Any]) -> list[tuple[str, str, str]]:
    with pytest.raises(DataFileError) as caught:
        read_questionnaire(table)
    return [(p.what, p.where, p.fix) for p in caught.value.problems]


def test_questions_and_dimensions_keep_the_order_of_the_file() -> None:
    questionnaire = read_questionnaire(questionnaire_table(goals=2, roles=1))
    assert list(questionnaire.by_dimension) == ["goals", "roles"]
    assert list(questionnaire.by_id) == ["goals-1", "goals-2", "roles-1"]


def test_retired_questions_are_not_asked() -> None:
    table = questionnaire_table(goals=3)
    table["question"][1] |= {"retired": 1, "replaced_by": "goals-3"}
    assert list(read_questionnaire(table).by_id) == ["goals-1", "goals-3"]


def test_every_problem_is_told_at_once_with_the_nearest_right_spelling() -> None:
    table = questionnaire_table(goals=2, roles=1)
    table["version"] = True
    table["question"][0] |= {"dimension": "gaols", "colour": "red"}
    table["question"][1] |= {"dimension": "gaols", "builds_on": ["roles-2"]}
    table["question"][2]["levels"] = ["one", "two"]
    assert problems_of(table) == [
        (
            "This is not a whole number. It is true.",
            "version",
            "Write digits without quotes, as in 6.",
        ),
        (
            "Unknown key 'colour'.",
            "question[id=goals-1].colour",
            "Use one of: applies, ask, builds_on, dimension, evidence, for, id, levels, members, "
            "replaced_by, retired, since.",
        ),
        ("This entry is missing.", "question[id=roles-1].levels.2", "Add it to the list."),
        ("This entry is missing.", "question[id=roles-1].levels.3", "Add it to the list."),
        (
            "Unknown dimension 'gaols'.",
            "question[id=goals-2].dimension",
            "Did you mean 'goals'? Use one of: goals, roles.",
        ),
        (
            "Unknown question 'roles-2'.",
            "question[id=goals-2].builds_on",
            "Did you mean 'roles-1'? Use one of: goals-1, roles-1.",
        ),
    ]


def test_ids_are_unique() -> None:
    table = questionnaire_table(goals=2)
    table["question"][1]["id"] = "goals-1"
    assert problems_of(table) == [
        (
            "The id 'goals-1' is used twice.",
            "question[id=goals-1]",
            "Give each entry an id of its own.",
        )
    ]


@pytest.mark.parametrize("threshold", ["0.8", 1.5, -1, None])
def test_thresholds_are_shares(threshold: object) -> None:
    table = questionnaire_table(goals=2)
    table["stage_rule"]["overall"] = threshold
    assert [where for _, where, _ in problems_of(table)] == ["stage_rule.overall"]


def test_dimension_without_questions_is_refused() -> None:
    table = questionnaire_table(goals=2)
    table["dimension"].append({"id": "roles", "title": "Roles", "about": "Who?"})
    assert [what for what, _, _ in problems_of(table)] == ["The dimension 'roles' has no question."]


@pytest.mark.parametrize("nothing", [None, 5, "goals-1", {}, []])
def test_what_is_no_list_of_questions_is_told_once(nothing: object) -> None:
    """An import can hold anything."""
    told = problems_of({**questionnaire_table(goals=2), "question": nothing})
    assert [what for what, _, _ in told] == ["There is no [[question]] entry."]


def test_question_cannot_come_from_a_later_version() -> None:
    table = questionnaire_table(goals=2)
    table["question"][0]["since"] = 2
    assert [where for _, where, _ in problems_of(table)] == ["question[id=goals-1].since"]


def test_mistake_in_an_entry_does_not_hide_that_its_id_is_used_twice() -> None:
    table = questionnaire_table(goals=2)
    table["question"][1] |= {"id": "goals-1", "colour": "red"}
    assert [what for what, _, _ in problems_of(table)] == [
        "Unknown key 'colour'.",
        "The id 'goals-1' is used twice.",
    ]


def test_stages_that_a_file_says_nothing_about_have_words_of_their_own() -> None:
    table = questionnaire_table(goals=2)
    del table["stage"]["mastery"]
    assert read_questionnaire(table).stage["mastery"].where == "The systems stand."
    assert read_questionnaire(table).stage["maturity"].work == "The work of maturity."
    del table["stage"]
    assert read_questionnaire(table).stage["maturity"].where == "The foundation stands."


def test_words_for_a_stage_come_from_the_file_and_are_whole() -> None:
    table = questionnaire_table(goals=2)
    assert read_questionnaire(table).stage["maturity"].work == "The work of maturity."
    del table["stage"]["maturity"]["where"]
    assert [(what, where) for what, where, _ in problems_of(table)] == [
        ("The key 'where' is missing.", "stage.maturity.where")
    ]


def test_a_language_that_the_program_does_not_speak_is_refused() -> None:
    [(what, where, fix)] = problems_of(questionnaire_table(goals=2) | {"language": "de"})
    assert what.startswith("The language 'de' is not spoken here")
    assert (where, fix[:34]) == ("language", "Write the texts in English, and la")
