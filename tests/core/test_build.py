"""Plans around the optimum: candidates, needs, weights, credit, reasons, calendar."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from assess.answers import Answers
from assess.documents.encoding import as_json
from assess.documents.plan import describe_plan, read_plan_record
from assess.errors import AnswersError, AssessError
from assess.planning.build import Basis, Request, build_plan
from assess.planning.plan import Capacity, Plan
from assess.planning.progress import Progress
from assess.rules.situation import Situation
from assess.scoring.profile import score_answers
from tests.builders import (
    LYON,
    action_table,
    make_answers,
    make_catalogue,
    make_questionnaire,
    make_rules,
    rule_table,
)
from tests.plan_validator import find_plan_faults

QUESTIONNAIRE = make_questionnaire(goals=2, roles=2)
MONDAY = date(2026, 11, 23)
ALWAYS = {"hours_per_week": ">= 0"}
LONG = [{"week": week, "hours": 3, "do": f"Work through part {week}."} for week in (1, 2, 3)]


def plan_for(
    answers: Answers,
    *actions: Mapping[str, Any],
    rules: tuple[Mapping[str, Any], ...] = (),
    hours: int = 6,
    off: tuple[int, ...] = (),
    limits: Mapping[str, int] | None = None,
    weights: Mapping[str, int] | None = None,
    **wishes: Any,
) -> Plan:
    catalogue = make_catalogue(QUESTIONNAIRE, *actions)
    table = make_rules(QUESTIONNAIRE, catalogue, *rules, limits=limits or {}, weights=weights or {})
    profile = score_answers(QUESTIONNAIRE, answers)
    plan = build_plan(
        Basis(
            Request(LYON, answers.date, MONDAY, Capacity(hours, "asked", off), **wishes),
            Situation(profile, hours),
            catalogue,
            table,
            lambda levels: score_answers(QUESTIONNAIRE, answers.raised_to(levels)),
        )
    )
    if "progress" not in wishes:
        assert find_plan_faults(plan, table.limits, wishes.get("done", ())) == []
    return plan


def answer(*levels: object) -> Answers:
    return make_answers(QUESTIONNAIRE, *levels)


def chosen(plan: Plan) -> dict[str, int]:
    return {priority.action.id: priority.first_week for priority in plan.priorities}


def left_out(plan: Plan) -> dict[str, str]:
    return {out.action.id: out.reason for out in plan.not_now}


def test_action_is_a_candidate_when_it_offers_a_rung_that_is_not_reached() -> None:
    plan = plan_for(
        answer(1, 0, 0, 0),
        action_table("reached", {"goals-1": 1}),
        action_table("open", {"goals-2": 1}),
        action_table("empty"),
    )
    assert [candidate.action.id for candidate in plan.candidates] == ["open"]


def test_dont_know_counts_as_level_0_and_does_not_apply_offers_nothing() -> None:
    plan = plan_for(
        answer(1, "dont-know", 0, {"not-applicable": "one person"}),
        action_table("find-out", {"goals-2": 1}),
        action_table("nothing", {"roles-2": 1}),
    )
    assert list(chosen(plan)) == ["find-out"]


def test_rung_above_a_gap_wins_nothing() -> None:
    plan = plan_for(answer(0), action_table("system", {"goals-1": 2}))
    assert (chosen(plan), plan.value) == ({}, 0)


def test_rungs_weigh_by_stage_and_boosts_multiply() -> None:
    boosts = (
        rule_table("weak", ALWAYS, boost={"goals": 2}),
        rule_table("urgent", ALWAYS, boost={"question.goals-1": 3}),
    )
    plan = plan_for(answer(0), action_table("write", {"goals-1": 1, "roles-1": 3}), rules=boosts)
    rungs = [(rung.question, rung.weight) for rung in plan.candidates[0].rungs]
    assert rungs == [("goals-1", 4 * 2 * 3), ("roles-1", 0)]


def test_must_comes_before_value() -> None:
    plan = plan_for(
        answer(0),
        action_table("asked", steps=LONG),
        action_table("better", {"goals-1": 1}, steps=LONG),
        rules=(rule_table("ask", ALWAYS, must=["asked"]),),
        hours=3,
        off=tuple(range(6, 14)),
    )
    assert (chosen(plan), plan.musts) == ({"asked": 1}, 1)
    assert plan.priorities[0].because == ("Because of ask.",)
    assert left_out(plan) == {"better": "hours"}


def test_what_takes_more_weeks_only_to_save_up_its_hours_is_left_out_for_hours() -> None:
    """Nothing else is planned: it is not the weeks that are taken."""
    sitting = [{"week": 1, "hours": 20, "do": "Sit down."}]
    plan = plan_for(answer(0), action_table("write", {"goals-1": 1}, steps=sitting), hours=1)
    [out] = plan.not_now
    assert (out.reason, out.text) == ("hours", "It takes more hours than may be planned in all.")


def test_must_and_preparation_take_no_place() -> None:
    plan = plan_for(
        answer(0),
        action_table("asked"),
        action_table("wanted", {"goals-2": 1}),
        action_table("better", {"goals-1": 1}),
        rules=(rule_table("ask", ALWAYS, must=["asked"]),),
        limits={"priorities": 1},
        wants=("wanted",),
    )
    assert chosen(plan) == {"asked": 1, "wanted": 1, "better": 2}
    assert [p.kind for p in plan.priorities] == ["preparation", "priority", "priority"]


def test_avoid_wins_over_must_and_says_so() -> None:
    rules = (
        rule_table("ask", ALWAYS, must=["write"]),
        rule_table("refuse", ALWAYS, avoid=["write"]),
    )
    plan = plan_for(answer(0), action_table("write", {"goals-1": 1}), rules=rules)
    [out] = plan.not_now
    assert (out.reason, out.text) == (
        "avoided",
        "Because of refuse. Another rule asks for it; leaving it out comes first.",
    )


def test_what_a_person_wants_is_in_the_plan_whatever_rules_avoid() -> None:
    refuse = rule_table("refuse", ALWAYS, avoid=["write"])
    plan = plan_for(
        answer(0), action_table("write", {"goals-1": 2}), rules=(refuse,), wants=("write",)
    )
    assert chosen(plan) == {"write": 1}
    assert "Your choice." in plan.priorities[0].because


def test_what_a_person_skips_stays_out() -> None:
    ask = rule_table("ask", ALWAYS, must=["write"])
    plan = plan_for(
        answer(0), action_table("write", {"goals-1": 1}), rules=(ask,), skips=("write",)
    )
    assert left_out(plan) == {"write": "avoided"}


def test_needed_action_ends_before_the_other_begins() -> None:
    plan = plan_for(
        answer(0),
        action_table("measure", {"goals-2": 1}, needs={"goals-1": 1}),
        action_table("goal", {"goals-1": 1}),
    )
    assert chosen(plan) == {"goal": 1, "measure": 2}


@pytest.mark.parametrize(
    ("levels", "is_met"),
    [
        ((1, 0, 0, 0), True),
        (({"not-applicable": "set by the group"}, 0, 0, 0), True),
        (("dont-know", 0, 0, 0), False),
        ((0, 0, 0, 0), False),
    ],
)
def test_need_is_met_when_every_rung_of_it_holds(levels: tuple[object, ...], is_met: bool) -> None:
    plan = plan_for(
        answer(*levels),
        action_table("measure", {"goals-2": 1}, needs={"goals-1": 1}),
        action_table("goal", {"goals-1": 1}),
        skips=("goal",),
    )
    assert chosen(plan) == ({"measure": 1} if is_met else {})


def test_need_that_nobody_offers_is_waited_for() -> None:
    measure = action_table("measure", {"goals-2": 1}, needs={"goals-1": 1})
    assert left_out(plan_for(answer(0), measure)) == {"measure": "waits-for"}


def test_need_is_met_by_what_is_done() -> None:
    actions = (
        action_table("measure", {"goals-2": 1}, needs={"goals-1": 1}),
        action_table("goal", {"goals-1": 1}),
    )
    plan = plan_for(answer(0), *actions, done=frozenset({"goal"}), skips=("goal",))
    assert chosen(plan) == {"measure": 1}


def test_reasons_for_leaving_out_come_in_their_order() -> None:
    plan = plan_for(
        answer(0),
        action_table("chosen", {"goals-1": 1}),
        action_table("avoided", {"goals-2": 3}),
        action_table("too-early", {"goals-1": 3}, needs={"goals-2": 3}),
        action_table("waits", {"roles-2": 1}, needs={"goals-2": 3}),
        action_table("covered", {"goals-1": 1}, steps=LONG),
        action_table("places", {"roles-1": 1}),
        skips=("avoided",),
        limits={"priorities": 1},
    )
    assert left_out(plan) == {
        "avoided": "avoided",
        "too-early": "too-early",
        "waits": "waits-for",
        "covered": "covered",
        "places": "places",
    }


def test_rung_that_two_offer_counts_for_each_and_once_for_the_plan() -> None:
    ask = rule_table("ask", ALWAYS, must=["second", "first"])
    plan = plan_for(
        answer(0),
        action_table("second", {"goals-1": 1}, needs={"roles-1": 1}),
        action_table("first", {"goals-1": 1, "roles-1": 1}),
        rules=(ask,),
    )
    assert [(p.action.id, p.value) for p in plan.priorities] == [("first", 8), ("second", 4)]
    assert plan.value == 8


def test_projection_applies_what_is_won() -> None:
    plan = plan_for(
        answer(0, 1, 1, "dont-know"),
        action_table("goals", {"goals-1": 1}),
        action_table("roles", {"roles-2": 1}),
    )
    assert (plan.profile.stage, plan.projected.stage) == ("momentum", "maturity")
    assert [float(score) for score in plan.projected.scores] == [1, 0, 0]


def test_weeks_off_are_jumped_over() -> None:
    steps = [{"week": 1, "hours": 2, "do": "Begin."}, {"week": 2, "hours": 2, "do": "End."}]
    plan = plan_for(answer(0), action_table("write", {"goals-1": 1}, steps=steps), off=(1, 3))
    [priority] = plan.priorities
    assert (priority.first_week, priority.last_week) == (2, 4)
    assert [step.due for step in priority.steps] == [date(2026, 12, 4), date(2026, 12, 18)]
    assert plan.hours_by_week == (0, 2, 0, 2, *[0] * 9)
    assert [week.off for week in plan.weeks[:4]] == [True, False, True, False]


def test_objective_names_the_end_of_the_plan() -> None:
    action = action_table("write", {"goals-1": 1}, objective="{team} knows by {end_date}.")
    [priority] = plan_for(answer(0), action).priorities
    assert priority.objective == "Lyon knows by 19 February 2027."


def test_no_plan_without_a_stage_and_the_error_says_what_to_answer() -> None:
    with pytest.raises(AnswersError) as caught:
        plan_for(answer("dont-know"), action_table("write", {"goals-1": 1}))
    assert caught.value.fix == "Answer at least half of the questions on: Goals, Roles."


def test_wished_actions_have_to_exist() -> None:
    with pytest.raises(AssessError) as caught:
        plan_for(answer(0), action_table("write", {"goals-1": 1}), wants=("wriet",))
    assert (caught.value.where, caught.value.fix) == (
        "--want",
        "Did you mean 'write'? Use one of: write.",
    )


def test_document_of_a_plan_keeps_what_later_steps_read() -> None:
    plan = plan_for(answer(0), action_table("write", {"goals-1": 1}))
    record = read_plan_record(describe_plan(plan))
    assert (record.start, record.end) == (plan.start, plan.end)
    assert record.steps == plan.priorities[0].steps


def replan(week: int, *done: str, hours: int = 6, limits: Mapping[str, int] | None = None) -> Plan:
    """Plan anew in a week what a first plan left, with these steps done by then."""
    actions = (
        action_table("goals", {"goals-1": 1}, steps=LONG),
        action_table("roles", {"roles-1": 1}, steps=LONG, needs={"goals-1": 1}),
        action_table("more", {"goals-2": 1}, steps=LONG),
    )
    first = read_plan_record(describe_plan(plan_for(answer(0), *actions, limits=limits)))
    begun = tuple(a for a in first.actions if any(step.id in done for step in a.steps))
    progress = Progress(week, begun, frozenset(done))
    return plan_for(answer(0), *actions, hours=hours, limits=limits, progress=progress)


def test_started_actions_keep_their_place_and_the_rest_is_planned_from_now_on() -> None:
    plan = replan(2, "goals/1", "more/1")
    assert chosen(plan) == {"goals": 1, "more": 1, "roles": 4}


def test_done_actions_stay_in_the_plan_and_open_what_needs_them() -> None:
    plan = replan(5, "goals/1", "goals/2", "goals/3", "more/1", "more/2", "more/3")
    assert chosen(plan) == {"goals": 1, "more": 1, "roles": 5}
    assert [p.state for p in plan.priorities] == ["done", "done", "new"]


def test_levels_that_are_done_count_for_what_is_planned_and_not_for_the_promise() -> None:
    plan = replan(5, "goals/1", "goals/2", "goals/3", "more/1", "more/2", "more/3")
    assert plan.value == 4
    assert plan.distance == (2, 1)
    assert plan.profile.levels["goals-1"] == 0
    assert [(p.question, p.start, p.end) for p in plan.promised] == [
        ("goals-1", 0, 1),
        ("goals-2", 0, 1),
        ("roles-1", 0, 1),
    ]
    assert "goals" not in [candidate.action.id for candidate in plan.candidates]


def test_open_steps_go_on_from_this_week_in_their_spacing() -> None:
    # Two steps of three hours are late in week 5.
    plan = replan(5, "goals/1")
    assert [step.week for step in plan.priorities[0].steps] == [1, 5, 6]
    assert plan.hours_by_week[:4] == (0, 0, 0, 0)
    assert chosen(plan)["roles"] == 7


def test_what_is_begun_and_not_late_keeps_its_weeks() -> None:
    plan = replan(2, "goals/1")
    assert [step.week for step in plan.priorities[0].steps] == [1, 2, 3]


def test_late_work_of_more_than_a_week_is_saved_up_for_from_now_on() -> None:
    plan = replan(5, "goals/1", hours=2)
    assert [step.week for step in plan.priorities[0].steps] == [1, 6, 8]
    assert replan(5, "goals/1", hours=2) == plan


def test_what_does_not_end_in_time_stands_at_the_end_and_lets_nothing_begin_after_it() -> None:
    plan = replan(13, "goals/1")
    assert [step.week for step in plan.priorities[0].steps] == [1, 13, 13]
    assert plan.priorities[0].overruns
    assert left_out(plan)["roles"] == "weeks"


def test_what_was_announced_stays_before_what_is_worth_more() -> None:
    actions = (
        action_table("small", {"goals-1": 1}, steps=LONG),
        action_table("large", {"goals-2": 1, "roles-1": 1}, steps=LONG),
    )
    announced = Progress(10, (), frozenset(), announced=frozenset({"small"}))
    limits = {"priorities": 1}
    assert list(chosen(plan_for(answer(0), *actions, limits=limits))) == ["large"]
    kept = plan_for(answer(0), *actions, limits=limits, progress=announced)
    assert list(chosen(kept)) == ["small"]


def test_what_is_under_way_counts_among_the_priorities() -> None:
    plan = replan(5, "goals/1", limits={"priorities": 2})
    assert len(plan.priorities) == 2
    assert "goals" in chosen(plan)


def test_a_step_that_was_done_early_stands_in_this_week() -> None:
    plan = replan(2, "goals/3")
    assert [step.week for step in plan.priorities[0].steps] == [2, 3, 2]


def test_started_action_that_is_skipped_stops_and_a_done_one_stays() -> None:
    actions = (
        action_table("started", {"goals-1": 1}, steps=LONG),
        action_table("done", {"goals-2": 1}),
    )
    first = read_plan_record(describe_plan(plan_for(answer(0), *actions)))
    progress = Progress(2, first.actions, frozenset({"started/1", "done/1"}))
    plan = plan_for(answer(0), *actions, progress=progress, skips=("started", "done"))
    assert list(chosen(plan)) == ["done"]
    assert left_out(plan) == {"started": "avoided"}


def test_action_that_would_take_too_many_hours_says_so_and_one_without_weeks_too() -> None:
    heavy = [{"week": week, "hours": 6, "do": "Work."} for week in range(1, 7)]
    slow = [{"week": week, "hours": 1 if week == 13 else 0, "do": "Wait."} for week in range(1, 14)]
    plan = plan_for(
        answer(0),
        action_table("first", {"goals-1": 1}, steps=heavy),
        action_table("second", {"goals-2": 1}, steps=heavy),
        action_table("slow", {"roles-1": 1}, steps=slow, needs={"goals-1": 1}),
    )
    assert chosen(plan) == {"first": 1}
    assert left_out(plan) == {"second": "hours", "slow": "weeks"}


def test_level_below_its_own_that_the_plan_does_not_win_is_waited_for() -> None:
    plan = plan_for(answer(0, 1, 1, 1), action_table("system", {"goals-1": 2}))
    assert left_out(plan) == {"system": "waits-for"}


def test_action_begins_after_the_one_that_wins_the_level_below_its_own() -> None:
    plan = plan_for(
        answer(0, 1, 1, 1),
        action_table("system", {"goals-1": 2}),
        action_table("write", {"goals-1": 1}),
    )
    assert chosen(plan) == {"write": 1, "system": 2}


def test_no_more_than_the_part_of_the_hours_that_may_be_filled_is_planned() -> None:
    actions = [
        action_table(q, {q: 1}, steps=[{"week": 1, "hours": 4, "do": "Work."}])
        for q in ("goals-1", "goals-2", "roles-1")
    ]
    plan = plan_for(answer(0), *actions, hours=4, off=tuple(range(4, 14)))
    assert len(plan.priorities) == 2
    assert (plan.hours_room, sum(plan.hours_by_week)) == (12, 8)


def test_plan_says_what_it_promises_and_how_far_it_gets() -> None:
    plan = plan_for(
        answer(0, 1, 1, "dont-know"),
        action_table("goals", {"goals-1": 1}),
        action_table("roles", {"roles-2": 2}),
    )
    document = as_json(describe_plan(plan))
    assert document["promised"] == [{"question": "goals-1", "from": 0, "to": 1}]
    assert document["distance"] == {"before": 2, "after": 1}
