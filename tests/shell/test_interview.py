"""The order of an interview from a script, and the real prompts from a key-press pipe."""

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TextIO

import pyte
import pytest
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from assess.answers import ANSWERING_RULE, Answer
from assess.errors import NotInteractiveError
from assess.interview.asker import Blank, Card, Marked, MarkSheet, Option
from assess.interview.looking_back import ask_cause
from assess.interview.order import InterviewResult, interview
from assess.interview.plain import PlainAsker
from assess.interview.prompts import (
    Claim,
    ask_choice,
    ask_hours,
    ask_same_person,
    ask_team,
    ask_team_size,
    ask_time_off,
    ask_where_seen,
    ask_yes_no,
)
from assess.interview.sheet import SheetState
from assess.interview.terminal import TerminalAsker, open_asker
from assess.questionnaire import Questionnaire, read_questionnaire
from tests.asking import ScriptedAsker
from tests.builders import make_questionnaire, questionnaire_table

QUESTIONNAIRE = make_questionnaire(goals=2, roles=2)
ALL_ONES = {q.id: Answer(1) for q in QUESTIONNAIRE.questions}

PROOF = "OKR sheet, reviewed 3 November"

Kept = list[tuple[str, Answer]]


def run(
    *script: str | BaseException,
    given: dict[str, Answer] | None = None,
    last: dict[str, Answer] | None = None,
    questionnaire: Questionnaire = QUESTIONNAIRE,
    clock: Callable[[], float] | None = None,
) -> tuple[InterviewResult, ScriptedAsker, Kept]:
    asker = ScriptedAsker(*script)
    kept: Kept = []
    result = interview(
        questionnaire,
        asker,
        given or {},
        lambda q, a: kept.append((q, a)),
        last=last,
        clock=clock or SlowClock(),
    )
    assert asker.is_used_up
    return result, asker, kept


class SlowClock:
    """Takes so many seconds from one look to the next."""

    def __init__(self, seconds: float = 10.0) -> None:
        self._seconds = seconds
        self._now = 0.0

    def __call__(self) -> float:
        self._now += self._seconds
        return self._now


# --- The order of the questions ---


def test_questions_come_one_at_a_time_in_the_order_of_the_file() -> None:
    result, asker, _ = run("0", "1", "1", "0", "finish")
    assert asker.asked[:4] == [q.ask for q in QUESTIONNAIRE.questions]
    assert [a.level for a in result.answers.values()] == [0, 1, 1, 0]


def test_card_shows_progress_and_dimension_and_the_four_levels() -> None:
    _, asker, _ = run("0", "1", "1", "0", "finish")
    assert asker.cards[0].progress == "Question 1 of 4 · Goals"
    assert asker.cards[0].about == "What about goals?"
    assert [o.text for o in asker.cards[0].options] == list(QUESTIONNAIRE.questions[0].levels)


def test_what_a_dimension_is_about_stands_at_its_first_question_only() -> None:
    _, asker, _ = run("0", "1", "1", "0", "finish")
    abouts = [card.about for card in asker.cards[:4]]
    assert abouts == ["What about goals?", "", "What about roles?", ""]


def test_each_answer_is_kept_before_the_next_question_is_asked() -> None:
    kept: Kept = []
    asker = ScriptedAsker("0", "1", KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        interview(QUESTIONNAIRE, asker, {}, lambda q, a: kept.append((q, a)))
    assert kept == [("goals-1", Answer(0)), ("goals-2", Answer(1))]


def test_level_of_a_strong_claim_is_kept_before_its_evidence_is_asked() -> None:
    kept: Kept = []
    asker = ScriptedAsker("3", KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        interview(QUESTIONNAIRE, asker, {}, lambda q, a: kept.append((q, a)))
    assert kept == [("goals-1", Answer(3))]


def test_evidence_is_asked_for_strong_claims_only_and_may_be_skipped() -> None:
    result, asker, _ = run("2", PROOF, "1", "3", "", "0", "finish")
    assert len(asker.blanks) == 2
    assert result.answers["goals-1"] == Answer(2, PROOF)
    assert result.answers["roles-1"] == Answer(3)


def test_back_from_what_shows_a_claim_leads_to_its_levels_and_is_never_evidence() -> None:
    result, asker, _ = run("2", "<", "3", "OKR sheet", "OKR sheet<", PROOF, *"101", "finish")
    assert result.answers["goals-1"] == Answer(3, PROOF)
    assert asker.cards[1].ask == asker.cards[0].ask
    assert asker.cards[1].default == "2"


def test_evidence_in_words_only_is_asked_once_where_an_outsider_could_see_it() -> None:
    result, asker, kept = run("2", "OKR sheet", PROOF, *"101", "finish")
    assert asker.blanks[1].ask.startswith("Where could an outsider see it?")
    assert asker.blanks[1].default == "OKR sheet"
    assert [answer.evidence for _, answer in kept[:3]] == ["", "OKR sheet", PROOF]
    assert result.answers["goals-1"] == Answer(2, PROOF)


def test_text_that_three_questions_share_is_asked_where_it_can_be_seen() -> None:
    given = {q: Answer(2, PROOF) for q in ("goals-1", "goals-2")}
    _, asker, _ = run("3", PROOF, PROOF, "1", "finish", given=given)
    assert asker.blanks[1].default == PROOF


def test_it_is_asked_once_in_a_sitting_where_evidence_can_be_seen() -> None:
    script = ("2", "OKR sheet", "OKR sheet", *"101", "goals", "goals-1", "2", "OKR sheet", "finish")
    _, asker, _ = run(*script)
    assert len(asker.blanks) == 3


def test_last_quarters_evidence_is_offered_marked_and_asked_again_where_it_stays() -> None:
    last = {"goals-1": Answer(3, PROOF), "goals-2": Answer(2)}
    result, asker, _ = run("2", PROOF, "Review of 9 November, minutes", *"101", "finish", last=last)
    offered, again = asker.blanks
    assert (offered.default, again.default) == (PROOF, PROOF)
    assert offered.hint.startswith("This is what was said last time; is it still so?")
    assert again.ask.startswith("That was said last time too.")
    assert result.answers["goals-1"].evidence == "Review of 9 November, minutes"


def test_last_quarters_evidence_is_offered_at_level_1_too() -> None:
    last = {q: Answer(1, PROOF) for q in ("goals-1", "goals-2")}
    result, asker, _ = run("1", PROOF, PROOF, "0", "1", "0", "finish", last=last)
    assert result.answers["goals-1"] == Answer(1, PROOF)
    assert result.answers["goals-2"] == Answer(0)
    assert [blank.default for blank in asker.blanks] == [PROOF, PROOF]


def test_last_quarters_level_is_not_seen_before_the_answer() -> None:
    last = {q: Answer(2, "old") for q in ALL_ONES}
    _, asker, _ = run("0", "dont-know", "0", "0", "finish", last=last)
    assert {card.default for card in asker.cards[:4]} == {None}
    assert "old" not in repr(asker.cards[:4]) + repr(asker.said)


def test_answering_rule_stands_first_and_in_short_beside_each_question() -> None:
    _, asker, _ = run(*"0110", "finish")
    assert asker.said[0] == ANSWERING_RULE
    rule = "The last sentence that is true; begin at the second."
    assert [card.rule for card in asker.cards] == [rule] * 4 + [""]


def test_answer_that_does_not_apply_needs_a_reason() -> None:
    result, asker, _ = run("not-applicable", "", "not-applicable", "no team", *"010", "finish")
    assert result.answers["goals-1"] == Answer(not_applicable="no team")
    assert asker.said[1:] == ["Without a reason the question stays open."]


def test_dont_know_is_an_answer_of_its_own() -> None:
    result, _, _ = run("dont-know", "0", "1", "0", "finish")
    assert result.answers["goals-1"].is_dont_know


def test_back_shows_the_question_before_with_its_answer() -> None:
    result, asker, _ = run("1", "back", "0", "1", "0", "1", "finish")
    assert asker.cards[2].ask == QUESTIONNAIRE.questions[0].ask
    assert asker.cards[2].default == "1"
    assert result.answers["goals-1"] == Answer(0)


def test_first_question_offers_no_way_back() -> None:
    _, asker, _ = run("0", "1", "1", "0", "finish")
    assert "back" not in [option.value for option in asker.cards[0].others]


def test_resumed_interview_goes_on_at_the_first_open_question() -> None:
    _, asker, kept = run("0", "0", "finish", given={"goals-1": Answer(1), "roles-1": Answer(1)})
    assert asker.said[1:] == ["2 of 4 questions are answered already."]
    assert [question for question, _ in kept] == ["goals-2", "roles-2"]


def test_answers_to_questions_that_are_gone_are_left_alone() -> None:
    result, _, _ = run("finish", given={**ALL_ONES, "old-question": Answer(2)})
    assert list(result.answers) == list(QUESTIONNAIRE.by_id)


# --- The review ---


def test_complete_answers_go_straight_to_the_review() -> None:
    result, asker, kept = run("finish", given=ALL_ONES)
    assert (len(asker.cards), kept) == (1, [])
    assert result.answers == ALL_ONES


def test_review_lists_every_dimension_with_its_answers() -> None:
    _, asker, _ = run("finish", given={**ALL_ONES, "goals-2": Answer()})
    rows = [(option.text, option.detail) for option in asker.cards[0].options]
    assert rows == [("Finish", ""), ("Goals", "level 1; don't know"), ("Roles", "level 1; level 1")]


def test_review_marks_strong_claims_without_evidence() -> None:
    given = {**ALL_ONES, "goals-1": Answer(3), "goals-2": Answer(2, PROOF)}
    _, asker, _ = run("finish", given={**given, "roles-1": Answer(2, "OKR sheet")})
    assert [option.detail for option in asker.cards[0].options[1:]] == [
        "level 3, no evidence yet; level 2",
        "level 2, in words only; level 1",
    ]


def test_member_is_told_that_sent_answers_stay_as_they_are() -> None:
    asker = ScriptedAsker("finish")
    interview(QUESTIONNAIRE, asker, ALL_ONES, lambda q, a: None, is_member=True)
    assert asker.cards[0].options[0].text == ("Send the answers; they cannot be changed afterwards")


def test_answer_chosen_in_the_review_is_asked_again_and_kept() -> None:
    result, asker, kept = run("roles", "roles-2", "0", "finish", given=ALL_ONES)
    assert asker.cards[2].default == "1"
    assert kept == [("roles-2", Answer(0))]
    assert result.answers["roles-2"] == Answer(0)


def test_evidence_given_before_is_offered_again() -> None:
    given = {**ALL_ONES, "goals-1": Answer(2, PROOF)}
    _, asker, kept = run("goals", "goals-1", "3", PROOF, "finish", given=given)
    assert asker.blanks[0].default == PROOF
    assert kept == [("goals-1", Answer(3, PROOF))]


def test_leaving_a_dimension_of_the_review_changes_nothing() -> None:
    _, _, kept = run("roles", "back", "finish", given=ALL_ONES)
    assert kept == []


def test_seconds_are_measured_from_showing_a_question_to_its_answer() -> None:
    ticks = iter([0.0, 4.0, 10.0, 13.5, 20.0, 25.0, 30.0, 36.0])
    asker = ScriptedAsker("0", "1", "1", "0", "finish")
    result = interview(QUESTIONNAIRE, asker, {}, lambda q, a: None, clock=lambda: next(ticks))
    assert list(result.seconds.values()) == [4.0, 3.5, 5.0, 6.0]


# --- Second looks ---


def building_on() -> Questionnaire:
    """Return a questionnaire whose second question builds on the first."""
    table = questionnaire_table(goals=2, roles=2)
    table["question"][1]["builds_on"] = ["goals-1"]
    return read_questionnaire(table)


def test_contradiction_is_asked_again_on_the_spot() -> None:
    script = ("0", "3", "", "goals-1", "1", "0", "0", "finish")
    result, asker, kept = run(*script, questionnaire=building_on())
    assert asker.cards[2].progress == "A second look"
    assert [(o.text, o.detail) for o in asker.cards[2].options] == [
        ("How is goals 2?", "level 3, no evidence yet"),
        ("How is goals 1?", "level 0"),
    ]
    assert kept[2] == ("goals-1", Answer(1))
    assert result.care.contradictions == ()


def test_contradiction_that_is_meant_stands_and_is_counted() -> None:
    script = ("0", "3", "", "both", "0", "1", "finish")
    result, _, _ = run(*script, questionnaire=building_on())
    assert result.answers["goals-2"] == Answer(3)
    assert len(result.care.contradictions) == 1


def test_contradiction_of_an_earlier_sitting_is_not_brought_up() -> None:
    given = {"goals-1": Answer(0), "goals-2": Answer(3)}
    _, asker, _ = run("1", "2", "", "finish", given=given, questionnaire=building_on())
    assert "A second look" not in [card.progress for card in asker.cards]


def test_straight_run_leads_to_one_gentle_question() -> None:
    _, asker, _ = run("1", "1", "1", "0", "finish", "finish")
    assert asker.asked[4] == (
        "3 answers in a row are level 1. Few teams are as even as that. Is that how it is?"
    )


def test_answers_that_look_hurried_can_be_gone_through_once_more() -> None:
    result, asker, _ = run("1", "1", "1", "0", "again", "1", "0", "1", "finish")
    assert asker.asked[5:8] == [q.ask for q in QUESTIONNAIRE.questions[:3]]
    assert [a.level for a in result.answers.values()] == [1, 0, 1, 0]


def test_answers_faster_than_reading_are_asked_about_once() -> None:
    _, asker, _ = run("0", "1", "1", "0", "finish", "finish", clock=SlowClock(0.5))
    assert asker.asked[4].startswith("4 of 4 answers came faster than their text can be read.")
    _, asker, _ = run(*"0110", "again", *"0110", "finish", clock=SlowClock(0.5))
    assert asker.is_used_up


def test_answers_of_an_earlier_sitting_are_not_called_hurried() -> None:
    _, asker, _ = run("finish", given=ALL_ONES)
    assert len(asker.cards) == 1


# --- The small questions ---


def test_team_is_one_of_those_known_or_a_new_one() -> None:
    assert ask_team(ScriptedAsker("Lyon"), ["Lyon", "Oslo"]) == "Lyon"
    assert ask_team(ScriptedAsker("\n", "Bern"), ["Lyon", "Oslo"]) == "Bern"
    assert ask_team(ScriptedAsker("Bern"), []) == "Bern"


def test_unusable_team_name_is_explained_and_asked_again() -> None:
    asker = ScriptedAsker("", "x" * 101, "Lyon")
    assert ask_team(asker, ()) == "Lyon"
    assert asker.said == [
        "The team has no name.",
        "The team's name has 101 characters; 100 are allowed.",
    ]


@pytest.mark.parametrize("typed", ["-1", "2.5", "six", "1_0", "٣", "99999", "9" * 5000])
def test_hours_are_whole_and_not_negative(typed: str) -> None:
    asker = ScriptedAsker(typed, "0")
    assert ask_hours(asker, 6) == 0
    assert "is not a whole number from 0 to 10000." in asker.said[0]


def test_empty_line_takes_the_hours_of_last_time() -> None:
    asker = ScriptedAsker("")
    assert ask_hours(asker, 6) == 6
    assert asker.blanks[0].hint.endswith("Enter takes 6.")
    assert asker.blanks[0].default == ""


def test_team_size_may_be_left_out() -> None:
    assert ask_team_size(ScriptedAsker("")) is None
    assert ask_team_size(ScriptedAsker("0", "5")) == 5


def test_hours_that_are_one_for_each_person_are_told_in_all() -> None:
    asker = ScriptedAsker("", "")
    assert (ask_hours(asker, 5, 5), ask_hours(asker, 1, 1)) == (5, 1)
    hints = [blank.hint.split(". ", 1)[1] for blank in asker.blanks]
    assert hints == ["Enter takes 5, one for each of 5 people.", "Enter takes 1."]


def test_where_claims_can_be_seen_is_asked_in_one_list_and_changes_no_level() -> None:
    given = {**ALL_ONES, "roles-1": Answer(), "roles-2": Answer(0, "Nothing yet")}
    claims = (Claim("goals-1"), Claim("goals-2", 2, "The wall, since 3 May"), Claim("roles-2", 1))
    asker, kept = ScriptedAsker("", "The wall, since 3 May", "Nothing yet"), Kept()
    after = ask_where_seen(asker, QUESTIONNAIRE, claims, given, lambda q, a: kept.append((q, a)))
    assert kept == [("goals-2", Answer(1, "The wall, since 3 May"))]
    assert after == {**given, "goals-2": Answer(1, "The wall, since 3 May")}
    assert [blank.default for blank in asker.blanks] == ["", *[kept[0][1].evidence], "Nothing yet"]
    assert asker.blanks[1].ask == "2 of 3: How is goals 2? You said: “goals 2 at level 1.”"
    assert asker.blanks[1].hint.startswith("The plan was to make true: “goals 2 at level 2.”")


def test_one_can_go_back_among_claims() -> None:
    asker, claims = ScriptedAsker("<", "A", "<", PROOF, "B"), (Claim("goals-1"), Claim("goals-2"))
    after = ask_where_seen(asker, QUESTIONNAIRE, claims, ALL_ONES, lambda *_: None)
    assert (after["goals-1"].evidence, after["goals-2"].evidence) == (PROOF, "B")


def test_choices_return_what_they_stand_for() -> None:
    causes = {"talent": "Missing expertise", "none": "Nothing"}
    assert ask_choice(ScriptedAsker("talent"), "What is in the way?", causes) == "talent"
    assert ask_yes_no(ScriptedAsker("no"), "Go on?", default=True) is False
    assert ask_same_person(ScriptedAsker("yes"), date(2026, 8, 22)) is True


def test_blocker_has_a_cause_where_it_is_known() -> None:
    assert ask_cause(ScriptedAsker("resources"), "No budget") == "resources"
    assert ask_cause(ScriptedAsker(""), "Two ill") is None


# --- A real terminal, with keys from a pipe ---

LEVELS = Card(
    "How is it?",
    tuple(Option(str(n), f"level {n} " + "of a capability " * 8, str(n)) for n in range(4)),
    others=(Option("dont-know", "I don't know", "d"),),
)
UP, DOWN, ENTER, CTRL_C, CTRL_D = "\x1b[A", "\x1b[B", "\r", "\x03", "\x04"


@contextmanager
def terminal(keys: str, *, escapes: bool = False) -> Iterator[tuple[TerminalAsker, io.StringIO]]:
    screen = io.StringIO()
    with create_pipe_input() as pipe:
        _press(pipe, keys)
        asker = TerminalAsker(screen, escapes=escapes, source=pipe, screen=DummyOutput())
        yield asker, screen


def _press(pipe: PipeInput, keys: str) -> None:
    pipe.send_text(keys)


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (ENTER, "0"),
        (DOWN + DOWN + ENTER, "2"),
        (UP + ENTER, "dont-know"),
        ("3" + ENTER, "3"),
        ("d" + ENTER, "dont-know"),
        ("x7" + DOWN + ENTER, "1"),
    ],
)
def test_arrows_and_keys_point_and_enter_answers(keys: str, value: str) -> None:
    with terminal(keys) as (asker, _):
        assert asker.choose(LEVELS) == value


def test_the_sign_for_back_works_in_a_list_that_one_can_go_back_from() -> None:
    card = replace(LEVELS, others=(Option("back", "Back to the question before", "b"),))
    with terminal("3<") as (asker, _):
        assert asker.choose(card) == "back"
    assert plain("<")[0].choose(card) == "back"
    with terminal("<2" + ENTER) as (asker, _):
        assert asker.choose(LEVELS) == "2"


SHEET = MarkSheet(
    "What is done?",
    tuple(
        Option(f"s/{n}", f"Step {n} " + "of the work " * 9, "", "Fri 4 Dec", note)
        for n, note in enumerate(["agreed with sales", *[""] * 39])
    ),
    (Option("done", "done", "d"), Option("drop", "drop", "x")),
    "goes on",
    {"s/1": "done"},
)


def test_rows_are_marked_by_keys_and_each_mark_is_kept_at_once() -> None:
    kept: list[Marked] = []
    # A mark goes on to the next row; given once more it is taken off.
    with terminal("d" + "d" + "x" + UP + "x" + ENTER) as (asker, screen):
        assert asker.mark(SHEET, kept.append) == {"s/0": "done"}
    assert [len(marked) for marked in kept] == [2, 1, 2, 1]
    assert "done: 1" in screen.getvalue()


def test_one_mark_is_given_and_taken_with_space() -> None:
    sheet = replace(SHEET, marks=SHEET.marks[:1], given={})
    with terminal(" " + DOWN + "  " + DOWN + "d" + ENTER) as (asker, _):
        assert asker.mark(sheet, lambda _: None) == {"s/0": "done", "s/2": "done"}


def test_a_long_sheet_shows_where_one_is_and_cuts_no_date() -> None:
    state = SheetState(SHEET, lambda _: None)
    state.move(20)
    lines = "".join(token[1] for token in state.draw(60, 20)).split("\n")
    assert all(len(line) <= 60 for line in lines)
    assert "   14-21 of 40" in lines
    assert next(line for line in lines if "Step 20" in line).startswith(" › [    ] Step 20")
    assert all("Fri 4 Dec" in line for line in lines if "] Step" in line)
    below = lines[lines.index("   14-21 of 40") + 2 :]
    assert "Step 20 " + "of the work " * 7 in f"{' '.join(''.join(below[:2]).split())} "


def test_plain_marks_are_typed_with_their_numbers() -> None:
    screen = io.StringIO()
    asker = PlainAsker(io.StringIO("99d\n1x 3-4d\n"), screen)
    marked = asker.mark(SHEET, lambda _: None)
    assert marked == {"s/1": "done", "s/0": "drop", "s/2": "done", "s/3": "done"}
    assert "'99d' is not like 1d 2-4x." in screen.getvalue()


def test_enter_takes_the_present_answer() -> None:
    card = Card("How is it?", LEVELS.options, default="2")
    with terminal(ENTER) as (asker, _):
        assert asker.choose(card) == "2"


def test_chosen_text_stays_on_the_screen_wrapped() -> None:
    with terminal("2" + ENTER) as (asker, screen):
        asker.choose(LEVELS)
    lines = screen.getvalue().splitlines()
    assert lines[1] == " How is it?"
    assert lines[2].startswith(" › 2  level 2 of a capability")
    assert lines[3].startswith("      ")
    assert max(map(len, lines)) <= 80


def test_first_question_shows_its_choices_before_the_prompt_is_loaded() -> None:
    with terminal("2" + ENTER, escapes=True) as (asker, screen):
        asker.choose(LEVELS)
    early, _, late = screen.getvalue().partition("\x1b[J")
    assert all(option.text.split()[0] in early for option in LEVELS.every_option)
    assert "level 3" not in late


def test_early_choices_are_taken_off_the_screen_again() -> None:
    with terminal("2" + ENTER, escapes=True) as (asker, screen):
        asker.choose(LEVELS)
    picture = pyte.Screen(80, 24)
    pyte.Stream(picture).feed(screen.getvalue().replace("\n", "\r\n"))
    shown = [row.rstrip() for row in picture.display if row.strip()]
    assert shown[:2] == [" How is it?", (" › 2  level 2 " + "of a capability " * 4).rstrip()]
    assert len(shown) == 3


def test_ctrl_c_is_passed_on_from_choices_and_from_lines() -> None:
    with terminal(CTRL_C) as (asker, _), pytest.raises(KeyboardInterrupt):
        asker.choose(LEVELS)
    with terminal("half a sent" + CTRL_C) as (asker, _), pytest.raises(KeyboardInterrupt):
        asker.write(Blank("Why?"))


def test_input_that_ends_is_not_taken_for_an_answer() -> None:
    with terminal(CTRL_D) as (asker, _), pytest.raises(NotInteractiveError):
        asker.write(Blank("Why?"))


def test_written_line_starts_from_what_was_there() -> None:
    with terminal(" of May" + ENTER) as (asker, _):
        assert asker.write(Blank("Evidence?", default="Sheet")) == "Sheet of May"


def test_pasted_control_characters_do_not_get_through() -> None:
    with terminal("\x1b[200~two\nlines\x07\x1b[201~" + ENTER) as (asker, _):
        assert asker.write(Blank("Evidence?")) == "two lines\ufffd"


def test_more_options_than_keys_can_still_be_chosen() -> None:
    options = tuple(Option(f"team {n}", f"Team {n}", str(n)) for n in range(1, 51))
    with terminal(UP + ENTER) as (asker, _):
        assert asker.choose(Card("Which team?", options)) == "team 50"


def test_whole_interview_with_real_keys() -> None:
    kept: Kept = []
    keys = "1" + ENTER + "b" + ENTER + "0" + ENTER + (DOWN + ENTER) * 2 + ENTER + "y" + ENTER
    keys += "f" + ENTER
    with terminal(keys) as (asker, _):
        result = interview(QUESTIONNAIRE, asker, {}, lambda q, a: kept.append((q, a)))
    assert [a.level for a in result.answers.values()] == [0, 1, 1, 0]


# --- In lines ---


def plain(*typed: str) -> tuple[PlainAsker, io.StringIO]:
    out = io.StringIO()
    return PlainAsker(io.StringIO("".join(f"{line}\n" for line in typed)), out), out


def test_plain_choices_are_typed_and_asked_again_until_they_fit() -> None:
    asker, out = plain("", "7", "D")
    assert asker.choose(LEVELS) == "dont-know"
    assert "'7' is not one of them." in out.getvalue()


def test_plain_screen_has_no_escape_sequence_and_fits() -> None:
    asker, out = plain("3")
    asker.choose(LEVELS)
    assert "\x1b" not in out.getvalue()
    assert max(map(len, out.getvalue().splitlines())) <= 80


def test_terminal_without_the_letters_gets_others_in_their_place() -> None:
    screen = io.TextIOWrapper(io.BytesIO(), encoding="ascii", newline="")
    with create_pipe_input() as pipe:
        pipe.send_text("1" + ENTER)
        TerminalAsker(screen, source=pipe, screen=DummyOutput()).choose(LEVELS)
    screen.seek(0)
    assert "> 1" in screen.read()


def test_plain_enter_takes_what_was_there_and_a_dash_removes_it() -> None:
    asker, _ = plain("", "-", "new")
    blank = Blank("Evidence?", default="old")
    assert [asker.write(blank) for _ in range(3)] == ["old", "", "new"]


def test_plain_input_that_ends_says_that_answers_are_kept() -> None:
    asker, _ = plain()
    with pytest.raises(NotInteractiveError, match="ended before the last question") as caught:
        asker.choose(LEVELS)
    assert "Everything answered so far is kept" in caught.value.fix


def test_whole_interview_in_lines() -> None:
    asker, out = plain("1", "0", "3", "a proof", "", "n", "alone", "y", "f")
    result = interview(QUESTIONNAIRE, asker, {}, lambda q, a: None)
    assert result.answers["roles-1"] == Answer(3, "a proof")
    assert "Question 4 of 4 · Roles" in out.getvalue()


# --- Whether there is anybody to ask ---


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_piped_input_is_refused() -> None:
    with pytest.raises(NotInteractiveError) as caught:
        open_asker(io.StringIO("1\n1\n"), Terminal())
    assert "--answers FILE" in caught.value.fix


def test_terminal_decides_the_way_of_asking() -> None:
    assert isinstance(open_asker(Terminal(), Terminal(), environ={}), TerminalAsker)
    assert isinstance(open_asker(Terminal(), Terminal(), environ={}, plain=True), PlainAsker)
    assert isinstance(open_asker(Terminal(), Terminal(), environ={"TERM": "dumb"}), PlainAsker)


@contextmanager
def narrow_terminal(width: int) -> Iterator[tuple[TextIO, Callable[[], str]]]:
    """Open a terminal of so many columns; the second value returns what was written on it."""
    if sys.platform == "win32":
        pytest.skip("there are no such terminals")
    import termios

    screen, terminal = os.openpty()
    termios.tcsetwinsize(terminal, (50, width))
    with os.fdopen(terminal, "w", encoding="utf-8") as stream:

        def written() -> str:
            stream.flush()
            return os.read(screen, 4096).decode()

        yield stream, written
    os.close(screen)


@pytest.mark.parametrize("width", [60, 40])
def test_lines_fit_the_terminal_and_no_word_is_cut(width: int) -> None:
    with narrow_terminal(width) as (stream, written):
        open_asker(stream, stream, plain=True).say("together " * 20)
        rows = written().splitlines()
    assert set(" ".join(rows).split()) == {"together"}
    assert width - 9 < max(map(len, rows)) <= width


@pytest.mark.parametrize("width", [60, 40])
def test_foot_of_a_question_is_whole_in_a_narrow_terminal(width: int) -> None:
    with narrow_terminal(width) as (stream, written), create_pipe_input() as pipe:
        pipe.send_text("1" + ENTER)
        TerminalAsker(stream, source=pipe, screen=DummyOutput()).choose(LEVELS)
        early, _, _ = written().partition("\x1b[J")
    assert "what is answered stays." in " ".join(early.split())


@pytest.mark.parametrize(
    ("typed", "offered", "taken"),
    [
        ("", "2026-12-21..2027-01-03", "2026-12-21..2027-01-03"),
        ("", None, "none"),
        ("none", "2026-12-21..2027-01-03", "none"),
        ("2026-12-24", None, "2026-12-24"),
    ],
)
def test_enter_takes_the_days_away_that_are_offered(
    typed: str, offered: str | None, taken: str
) -> None:
    assert ask_time_off(ScriptedAsker(typed), offered, lambda _: None) == taken


def test_days_away_that_the_plan_lacks_are_asked_again() -> None:
    asker = ScriptedAsker("soon", "none")
    problem = {"soon": "'soon' is neither a week nor a date."}.get
    assert ask_time_off(asker, None, problem) == "none"
    assert asker.said == ["'soon' is neither a week nor a date."]
