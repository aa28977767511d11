"""What is taken from another file stands there once, and cannot be changed where it is taken."""

from pathlib import Path

import pytest

from assess.errors import AssessError
from assess.library import Library
from assess.library.plan_data import read_key_figures, read_plan_data
from tests.typing_in import CommandLine

BASE = """
[[about]]
id = "selling"
ask = "How do people buy?"
choices = { leads = "By leads", shop = "In shops" }
"""
HEAD = 'id = "other"\nversion = 1\ntitle = "Other"\nlanguage = "en"\nplan = "other"\n'
OWN = """
[[question]]
id = "{id}"
dimension = "{dimension}"
ask = "Own words?"
levels = ["None.", "Agreed.", "Reviewed.", "Shared."]
"""
EVERYTHING = """
[take]
from = "small"
said = { selling = "shop" }
stage_rule = "all"
stage = "all"
about = "all"
dimension = "all"
question = "all"
"""


@pytest.fixture(autouse=True)
def data(assess: CommandLine) -> Path:
    """Use `small`, whose second question is for leads and whose third has words for shops."""
    assess.use_small_data()
    folder = assess.folder / "data"
    path = folder / "questionnaires" / "small.toml"
    head, *questions = path.read_text().split("\n[[question]]")
    questions[1] = questions[1].rstrip() + '\nsince = 1\napplies = { selling = ["leads"] }\n'
    questions[2] += 'builds_on = ["goals-2"]\n[question.for.selling.shop]\nask = "In shops?"\n'
    path.write_text("\n[[question]]".join([head + BASE, *questions]))
    (folder / "plans" / "other").mkdir()
    return folder


def write(data: Path, text: str, file: str = "questionnaires/other.toml") -> Library:
    (data / file).write_text(text)
    return Library(data)


def refusals(data: Path, text: str) -> list[tuple[str, str]]:
    with pytest.raises(AssessError) as caught:
        write(data, HEAD + text).questionnaire("other")
    assert all("other.toml" in problem.where for problem in caught.value.problems)
    return [(p.what, p.where.partition(", ")[2]) for p in caught.value.problems]


def test_everything_can_be_taken_as_it_is_put_to_a_team_of_one_kind(data: Path) -> None:
    taken = write(data, HEAD + EVERYTHING).questionnaire("other")
    source = Library(data).questionnaire("small").fitted({"selling": "shop"})
    assert list(taken.by_id) == list(source.by_id) == ["goals-1", "roles-1", "roles-2"]
    assert [q.ask for q in taken.questions] == [q.ask for q in source.questions]
    assert taken.by_id["roles-1"].ask == "In shops?"
    assert taken.by_id["roles-1"].builds_on == ()
    assert (taken.about, taken.stage, taken.stage_rule) == ((), source.stage, source.stage_rule)


def test_what_changes_there_changes_here(data: Path) -> None:
    small = data / "questionnaires" / "small.toml"
    small.write_text(small.read_text().replace("How is goals 1?", "How are goals?"))
    assert (
        write(data, HEAD + EVERYTHING).questionnaire("other").by_id["goals-1"].ask
        == "How are goals?"
    )


def test_own_questions_are_asked_within_their_dimension(data: Path) -> None:
    own = EVERYTHING.replace('question = "all"', 'question = { but = ["goals-1"] }')
    own += OWN.format(id="goals-9", dimension="goals") + OWN.format(id="goals-1", dimension="goals")
    taken = write(data, HEAD + own).questionnaire("other")
    assert list(taken.by_id) == ["goals-9", "goals-1", "roles-1", "roles-2"]
    assert taken.by_id["goals-1"].ask == "Own words?"


def test_all_but_some_can_be_taken(data: Path) -> None:
    some = EVERYTHING.replace('question = "all"', 'question = { but = ["roles-1"] }')
    assert list(write(data, HEAD + some).questionnaire("other").by_id) == ["goals-1", "roles-2"]


def test_what_stands_here_too_or_is_not_there_is_refused(data: Path) -> None:
    own = EVERYTHING.replace('dimension = "all"', 'dimension = { but = ["rolls"] }')
    own += OWN.format(id="goals-1", dimension="goals") + "[stage_rule]\noverall = 0.9\neach = 0.5\n"
    assert refusals(data, own) == [
        ("Unknown dimension 'rolls'.", "take.dimension"),
        ("The question 'goals-1' is taken and stands here too.", "take.question"),
        ("[stage_rule] is taken and stands here too.", "take.stage_rule"),
    ]


@pytest.mark.parametrize(
    "wanted", ["1", '"some"', '["goals-1"]', '{ without = ["goals-1"] }', '{ but = "goals-1" }']
)
def test_what_is_no_choice_of_entries_is_refused(data: Path, wanted: str) -> None:
    text = EVERYTHING.replace('question = "all"', f"question = {wanted}")
    [(what, where)] = refusals(data, text)
    assert (what[-20:], where) == ("is not what to take.", "take.question")


@pytest.mark.parametrize("source", ['"smal"', '"other"', "1", '"../small"'])
def test_nothing_is_taken_from_nowhere_or_in_a_circle(data: Path, source: str) -> None:
    [(what, where)] = refusals(data, EVERYTHING.replace('"small"', source))
    assert (what[:26], where) == ("Nothing can be taken from ", "take.from")


def test_an_unknown_key_of_take_is_refused(data: Path) -> None:
    assert refusals(data, f'{EVERYTHING}questions = "all"\n') == [
        ("Unknown key 'questions'.", "take.questions")
    ]


def test_words_for_an_entry_that_is_not_taken_are_found(data: Path) -> None:
    text = EVERYTHING.replace("said", "# said").replace('about = "all"\n', "")
    assert {what for what, _ in refusals(data, text)} == {
        "Unknown entry of the start profile 'selling'."
    }


def test_actions_rules_and_figures_are_taken_alike(data: Path, assess: CommandLine) -> None:
    write(data, HEAD + EVERYTHING)
    small, other = data / "plans" / "small", data / "plans" / "other"
    rule = (
        '[[rule]]\nid = "{}"\nwhen = {{ stage = "momentum" }}\nnote = "Look."\nbecause = "It is."\n'
    )
    (small / "rules.toml").write_text("[limits]\npriorities = 3\n" + rule.format("one"))
    figure = '[[family]]\nid = "f"\ntitle = "F"\n[[figure]]\nid = "n"\nfamily = "f"\nname = "N"\n'
    figure += 'unit = "n"\nbetter = "more"\nkind = "leading"\nhow = "Count."\n'
    (small / "figures.toml").write_text('[words]\nvague = ["help"]\n' + figure)
    names = [f"lift-goals-2-{level}" for level in (1, 2, 3)]
    (other / "actions.toml").write_text(f'[take]\nfrom = "small"\naction = {{ but = {names} }}\n')
    take = '[take]\nfrom = "small"\nlimits = "all"\nrule = "all"\n'
    (other / "rules.toml").write_text(take + rule.format("two"))
    words = '[take]\nfrom = "small"\nwords = "all"\nfamily = "all"\nfigure = "all"\n'
    (other / "figures.toml").write_text(words)
    library = Library(data)
    read = read_plan_data(library, library.questionnaire("other"))
    assert len(read.catalogue.actions) == 9
    assert [one.id for one in read.rules.rules] == ["one", "two"]
    assert read.rules.limits.priorities == 3
    figures = read_key_figures(library, library.questionnaire("other"))
    assert (figures.words.vague, [one.id for one in figures.figures]) == (("help",), ["n"])
    checked = assess("check", "data", "--json").document["questionnaires"]
    issues = [issue for one in checked for issue in one["issues"]]
    assert [issue for issue in issues if issue["severity"] == "error"] == []
