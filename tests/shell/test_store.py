"""Teams and assessments: what is kept comes back as it was, and nothing is lost."""

from dataclasses import replace
from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess.answers import Answer, Answers, Assessment
from assess.errors import AnswersError, StoreError
from assess.identity import AssessmentKey, TeamName
from assess.questionnaire import read_questionnaire
from assess.store import KeptTeam, Store
from tests.builders import DAY, LYON, make_answers, make_assessment, questionnaire_table
from tests.shell.keeping import (
    NAME,
    Q,
    give_answers,
    keep_closed,
    replaced_levels,
    stored_bytes,
    written_plan,
)

ANY_TEXT = st.text(max_size=30)
ANY_ANSWER = (
    st.just(Answer())
    | st.builds(Answer, st.integers(0, 3), ANY_TEXT.map(str.strip))
    | ANY_TEXT.filter(str.strip).map(lambda reason: Answer(not_applicable=reason))
)
ANY_ANSWERS = st.builds(
    Answers,
    questionnaire=st.just(Q.id),
    version=st.just(Q.version),
    team=st.just("Lyon"),
    date=st.dates(date(2000, 1, 1), date(2199, 12, 31)),
    respondent=st.just("manager"),
    by_question=st.fixed_dictionaries(dict.fromkeys(Q.by_id, ANY_ANSWER)),
    hours_per_week=st.none() | st.integers(0, 10_000),
    team_size=st.none() | st.integers(1, 500),
)


# Teams


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("Lyon", " lYON "),
        ("Straße", "STRASSE"),
        ("Équipe Été", normalize("NFD", "équipe été")),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("İzmir", normalize("NFD", "i̇zmir")),
        ("../../x", "../../X"),
        ("A | B # C", "a | b # c"),
    ],
)
def test_a_team_is_found_without_case_and_shown_as_first_typed(
    store: Store, first: str, again: str
) -> None:
    store.keep_assessment(replace(make_assessment(Q, 1), team=TeamName(first)))
    assert store.keep_assessment(replace(make_assessment(Q, 1), team=TeamName(again))) == "same"
    assert store.teams() == (KeptTeam(TeamName(first), archived=False, assessments=1),)
    assert store.find_team(TeamName(again)) == KeptTeam(
        TeamName(first), archived=False, assessments=1
    )


def test_teams_are_listed_by_name_in_any_case(store: Store) -> None:
    for name in ("oslo", "Berlin", "Lyon"):
        store.add_team(TeamName(name))
    assert [team.name for team in store.teams()] == ["Berlin", "Lyon", "oslo"]


def test_a_renamed_team_keeps_all_that_it_has(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 2))
    store.rename_team(TeamName("LYON"), TeamName("Grand Lyon"))
    loaded = store.load_assessment(AssessmentKey(TeamName("grand lyon"), Q.id, DAY))
    assert (loaded.team, loaded.manager and loaded.manager.team) == ("Grand Lyon", "Grand Lyon")
    assert store.find_team(LYON) is None


def test_a_team_can_be_renamed_to_another_case_of_its_name(store: Store) -> None:
    store.add_team(TeamName("lyon"))
    store.rename_team(TeamName("lyon"), TeamName("LYON"))
    assert [team.name for team in store.teams()] == ["LYON"]


def test_a_team_cannot_take_the_name_of_another(store: Store) -> None:
    store.add_team(LYON)
    store.add_team(TeamName("Oslo"))
    with pytest.raises(StoreError) as caught:
        store.rename_team(LYON, TeamName("OSLO"))
    assert caught.value.what == "There is already a team 'OSLO'."
    assert [team.name for team in store.teams()] == ["Lyon", "Oslo"]


def test_an_archived_team_keeps_its_assessments_and_comes_back(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 2))
    store.archive_team(TeamName("lyon"))
    assert store.find_team(LYON) == KeptTeam(LYON, archived=True, assessments=1)
    store.archive_team(TeamName("lyon"), archived=False)
    assert store.find_team(LYON) == KeptTeam(LYON, archived=False, assessments=1)


def test_an_unknown_team_is_answered_with_the_nearest(store: Store) -> None:
    store.add_team(TeamName("Marseille"))
    with pytest.raises(StoreError) as caught:
        store.archive_team(TeamName("Marsaille"))
    assert caught.value.what == "There is no team 'Marsaille'."
    assert caught.value.fix == "Did you mean 'Marseille'? Use one of: Marseille."


@pytest.mark.parametrize("name", ["", "   ", "a\nb", "x" * 10_000, "\udc80"])
def test_an_unusable_name_is_refused(store: Store, name: str) -> None:
    with pytest.raises(StoreError):
        store.add_team(TeamName(name))
    assert store.teams() == ()


def test_a_name_that_is_not_unicode_can_be_looked_for(store: Store) -> None:
    with pytest.raises(StoreError) as caught:
        store.history(TeamName("Lyon\udcff" * 1000))
    assert caught.value.what.endswith("... cannot be kept: it is not valid Unicode.")


def test_a_team_that_was_added_stays_without_assessments(store: Store) -> None:
    store.add_team(LYON)
    store.keep_assessment(make_assessment(Q, 2))
    store.delete_assessment(NAME)
    assert [team.name for team in store.teams()] == ["Lyon"]


def test_a_team_that_came_with_an_assessment_goes_with_it(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 2))
    store.delete_assessment(NAME)
    assert store.teams() == ()


# Assessments


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(answers=ANY_ANSWERS)
def test_any_answers_come_back_as_they_were_given(store: Store, answers: Answers) -> None:
    kept = Assessment(Q, LYON, answers.date, manager=answers)
    store.keep_assessment(kept, replace=True)
    assert store.load_assessment(AssessmentKey(LYON, Q.id, answers.date)) == kept


def test_a_whole_assessment_comes_back_as_it_was(store: Store) -> None:
    evidence = {"level": 3, "evidence": "OKR sheet, 3 November"}
    absent = {"not-applicable": "no budget of our own"}
    kept = make_assessment(
        Q,
        *(evidence, absent, "dont-know", 0),
        members=[(0,), (1,), (2,), (3,)],
        consensus=(1, 1, 2, 2),
        minimum=4,
        same_manager=False,
        same_members=True,
    )
    keep_closed(store, kept)
    assert store.load_assessment(NAME) == kept


def test_what_is_kept_is_there_for_the_next_command(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 2))
    store.close()
    with Store(store.path) as again:
        assert again.load_assessment(NAME) == make_assessment(Q, 2)


def test_the_questionnaire_is_kept_as_it_was(store: Store) -> None:
    table = questionnaire_table(goals=3)
    table["stage_rule"] = {"overall": 0.85, "each": 0.1}
    table["question"][2] |= {"retired": 1, "replaced_by": "goals-1", "builds_on": ["goals-2"]}
    questionnaire = read_questionnaire(table)
    store.keep_assessment(make_assessment(questionnaire, 1, 2))
    loaded = store.load_assessment(NAME).questionnaire
    assert loaded == questionnaire
    assert (loaded.overall, loaded.each) == (questionnaire.overall, questionnaire.each)


def test_two_dates_keep_the_questionnaire_once(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 2))
    store.keep_assessment(make_assessment(Q, 3, day=date(2027, 2, 21)))
    assert stored_bytes(store).count(b"How is goals 1?") == 1


def test_the_same_answers_again_change_nothing(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 2))
    before = stored_bytes(store)
    assert store.keep_assessment(make_assessment(Q, 2)) == "same"
    assert stored_bytes(store) == before


def test_other_answers_are_refused_and_change_nothing(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 2))
    with pytest.raises(StoreError) as caught:
        store.keep_assessment(make_assessment(Q, 3))
    assert caught.value.what == "Other answers of the manager are kept for this date."
    assert caught.value.where == f"{store.path}, Lyon, small, 2026-11-22"
    assert caught.value.fix.startswith("Use --replace ")
    assert store.load_assessment(NAME) == make_assessment(Q, 2)


def test_what_was_replaced_is_kept(store: Store) -> None:
    versions = [make_assessment(Q, level) for level in (1, 2, 3)]
    outcomes = [store.keep_assessment(version, replace=True) for version in versions]
    assert outcomes == ["new", "replaced", "replaced"]
    assert store.load_assessment(NAME) == versions[2]
    assert replaced_levels(store) == [1, 2]


def test_another_word_on_who_answered_needs_replace_too(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 2))
    other = make_assessment(Q, 2, same_manager=False)
    with pytest.raises(StoreError):
        store.keep_assessment(other)
    assert store.keep_assessment(other, replace=True) == "replaced"
    assert store.load_assessment(NAME) == other


def test_a_shared_answer_joins_what_the_manager_answered(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 2))
    assert store.keep_assessment(make_assessment(Q, consensus=(1,))) == "new"
    assert store.load_assessment(NAME) == make_assessment(Q, 2, consensus=(1,))


def test_a_new_version_of_the_questionnaire_can_replace_the_only_answers(store: Store) -> None:
    newer = read_questionnaire(questionnaire_table(goals=3) | {"version": 2})
    store.keep_assessment(make_assessment(Q, 2))
    store.keep_assessment(make_assessment(newer, 3), replace=True)
    assert store.load_assessment(NAME) == make_assessment(newer, 3)
    assert replaced_levels(store) == [2]


def test_answers_to_two_versions_never_mix(store: Store) -> None:
    newer = read_questionnaire(questionnaire_table(goals=2, roles=2) | {"version": 2})
    store.keep_assessment(make_assessment(Q, 2))
    with pytest.raises(StoreError) as caught:
        store.keep_assessment(make_assessment(newer, consensus=(1,)), replace=True)
    assert "version 1" in caught.value.what
    assert "version 2" in caught.value.what
    assert store.load_assessment(NAME) == make_assessment(Q, 2)


def test_wording_may_be_mended_between_two_respondents(store: Store) -> None:
    table = questionnaire_table(goals=2, roles=2)
    table["question"][0]["ask"] = "How is goals number one?"
    store.keep_assessment(make_assessment(Q, 2))
    store.keep_assessment(make_assessment(read_questionnaire(table), consensus=(1,)))
    assert store.load_assessment(NAME) == make_assessment(Q, 2, consensus=(1,))


def test_answers_that_miss_a_question_are_not_kept(store: Store) -> None:
    answers = make_answers(Q, 2)
    cut = replace(answers, by_question={"goals-1": Answer(2)})
    with pytest.raises(AnswersError) as caught:
        store.keep_assessment(Assessment(Q, LYON, DAY, manager=cut))
    assert len(caught.value.problems) == 3
    assert (store.teams(), store.history()) == ((), ())


def test_assessments_of_a_team_come_oldest_first(store: Store) -> None:
    days = [date(2027, 5, 2), date(2026, 11, 22), date(2027, 2, 21)]
    for day in days:
        store.keep_assessment(make_assessment(Q, 2, day=day))
    store.keep_assessment(replace(make_assessment(Q, 1), team=TeamName("Oslo")))
    assert [kept.date for kept in store.load_assessments(TeamName("lyon"), Q.id)] == sorted(days)


def test_history_says_what_is_kept_of_each_assessment(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 1))
    store.keep_assessment(make_assessment(Q, 2, consensus=(1,)), replace=True)
    store.keep_plan(NAME, written_plan())
    (kept,) = store.history(TeamName("LYON"))
    assert (kept.team, kept.questionnaire, kept.version, kept.date) == ("Lyon", "small", 1, DAY)
    assert (kept.manager, kept.consensus, kept.members, kept.plan) == (True, True, 0, True)
    assert (kept.state, kept.replaced, kept.checkins, kept.invited) == ("alone", 1, 0, 0)


def test_history_is_of_one_team_or_of_all(store: Store) -> None:
    store.keep_assessment(replace(make_assessment(Q, 1), team=TeamName("Oslo")))
    store.keep_assessment(make_assessment(Q, 1))
    assert [kept.team for kept in store.history()] == ["Lyon", "Oslo"]
    assert [kept.team for kept in store.history(TeamName("oslo"))] == ["Oslo"]


def test_an_assessment_that_is_not_there_is_answered_with_the_dates_there_are(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 1))
    with pytest.raises(StoreError) as caught:
        store.load_assessment(AssessmentKey(TeamName("lyon"), Q.id, date(2026, 11, 21)))
    assert caught.value.what == "There is no assessment of 'lyon' with 'small' on 2026-11-21."
    assert caught.value.fix == "Did you mean '2026-11-22'? Use one of: 2026-11-22."


def test_a_team_that_is_unknown_has_no_past(store: Store) -> None:
    assert store.load_assessments(TeamName("Nowhere"), Q.id) == ()
    assert store.last_hours(TeamName("Nowhere")) is None


# Deleting


def test_deleting_says_what_went(store: Store) -> None:
    store.keep_assessment(make_assessment(Q, 1))
    store.keep_assessment(make_assessment(Q, 2), replace=True)
    store.keep_plan(NAME, written_plan())
    kept = store.history()
    assert (store.delete_assessment(NAME),) == kept
    assert store.history() == ()


def test_deleting_leaves_other_assessments_alone(store: Store) -> None:
    later = make_assessment(Q, 3, day=date(2027, 2, 21))
    store.keep_assessment(make_assessment(Q, 1))
    store.keep_assessment(later)
    store.delete_assessment(NAME)
    assert store.load_assessments(LYON, Q.id) == (later,)


def test_what_was_deleted_cannot_be_read_from_the_file(store: Store) -> None:
    secret = {"level": 3, "evidence": "the-secret-of-lyon"}
    store.keep_assessment(make_assessment(Q, secret))
    store.keep_assessment(make_assessment(Q, 2), replace=True)
    store.keep_plan(NAME, written_plan("# the-secret-of-lyon\n" * 1000))
    store.keep_assessment(make_assessment(Q, 1, day=date(2027, 2, 21)))
    edit = store.start_draft(Q, LYON, DAY)
    give_answers(store, edit, 2, evidence="the-secret-of-lyon")
    store.delete_assessment(NAME)
    assert b"the-secret-of-lyon" not in stored_bytes(store)


def test_what_is_kept_together_is_kept_whole_or_not_at_all(store: Store) -> None:
    def keep_all_but_the_last() -> None:
        with store.together():
            store.keep_assessment(make_assessment(Q, 2))
            store.keep_plan(AssessmentKey(LYON, Q.id, date(2001, 1, 1)), written_plan())

    with pytest.raises(StoreError):
        keep_all_but_the_last()
    assert store.teams() == ()
    with store.together():
        store.keep_assessment(make_assessment(Q, 2))
        store.keep_plan(NAME, written_plan())
    assert store.history()[0].plan
