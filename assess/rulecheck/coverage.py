"""Rungs that no action offers, actions that nobody can select, and work of an odd shape."""

from collections.abc import Iterator
from typing import Final

from assess.catalogue import Action
from assess.questionnaire import STAGES
from assess.rulecheck.circumstance import Circumstances
from assess.rulecheck.issue import Issue
from assess.rulecheck.prover import Verdict
from assess.rulecheck.setting import Setting, Ways, together
from assess.rulecheck.team import Team, make_team

MOST_HOURS_A_WEEK: Final = 6
STEPS: Final = range(3, 6)


def check_shapes(setting: Setting) -> Iterator[Issue]:
    """Yield actions that ask too much of one week, or have too few or too many steps."""
    for action in setting.catalogue.actions:
        where = f"action[id={action.id}].steps"
        most = max(action.hours_by_week)
        if most > MOST_HOURS_A_WEEK:
            week = action.hours_by_week.index(most) + 1
            what = f"'{action.id}' takes {most} hours in its week {week}."
            fix = f"Spread them, so that no week takes more than {MOST_HOURS_A_WEEK}."
            yield Issue("error", "too-many-hours", what, where, fix)
        if len(action.steps) not in STEPS:
            what = f"'{action.id}' has {_count(len(action.steps), 'step')}."
            yield Issue("warning", "step-count", what, where, "Describe it in three to five steps.")


def check_rungs(setting: Setting) -> Iterator[Issue]:
    """Yield an error for each rung that no action offers, with a team that stands before it."""
    offered = {rung for action in setting.catalogue.actions for rung in action.rungs}
    hours = setting.rules.limits.default_hours
    for question in setting.questionnaire.by_id:
        for level, stage in enumerate(STAGES, start=1):
            if (question, level) in offered:
                continue
            levels = dict.fromkeys(setting.questionnaire.by_id, level - 1)
            yield Issue(
                "error",
                "uncovered-rung",
                f"No action lifts '{question}' to level {level}, which is work of {stage}.",
                f"question[id={question}]",
                f"Add an action with lifts = {{ {question} = {level} }}.",
                (make_team(setting.questionnaire, levels, Circumstances(hours)),),
            )


def check_selectable(setting: Setting) -> Iterator[Issue]:
    """Yield a warning for each action that can be in nobody's plan."""
    for action in setting.catalogue.actions:
        where = f"action[id={action.id}]"
        if action.duration > setting.rules.limits.weeks:
            what = f"'{action.id}' takes {action.duration} weeks, more than a plan has."
            yield Issue("warning", "unselectable-action", what, where, "Shorten or divide it.")
            continue
        wanted = _wanted_ways(setting, action)
        needs = [_need_ways(setting, need) for need in action.needs]
        found = setting.prover.find(together(wanted, *setting.allowed_ways(action.id), *needs))
        if isinstance(found, Team):
            continue
        if found is Verdict.UNDECIDED:
            what = f"Whether '{action.id}' can be in a plan is open."
            fix = "Make the rules that avoid it simpler."
            yield Issue("undecided", "unselectable-action", what, where, fix)
            continue
        yield _unselectable(setting, action, wanted)


def _wanted_ways(setting: Setting, action: Action) -> Ways:
    """Return the ways in which an action is a candidate that could be of use."""
    needed = any(action.id in other.needs for other in setting.catalogue.actions)
    return (
        *setting.open_ways(action, worthwhile=not needed),
        *setting.demanded_ways(action.id),
    )


def _need_ways(setting: Setting, need: str) -> Ways:
    """Return the ways in which a need is met, or can be worked on."""
    action = setting.catalogue.by_id[need]
    candidate = (*setting.open_ways(action), *setting.demanded_ways(need))
    return (*setting.met_ways(action), *together(candidate, *setting.allowed_ways(need)))


def _unselectable(setting: Setting, action: Action, wanted: Ways) -> Issue:
    shown = setting.prover.find(wanted)
    what = f"'{action.id}' can be in nobody's plan"
    if not wanted:
        reason, fix = "it lifts nothing, and no rule demands it", "Demand it, or remove it."
    elif isinstance(shown, Team):
        reason = "whenever it would be of use, it or what it needs is avoided"
        fix = "Narrow the rules that avoid it."
    else:
        reason, fix = "the rules that demand it cannot fire", "Correct these rules, or remove it."
    return Issue(
        "warning",
        "unselectable-action",
        f"{what}: {reason}.",
        f"action[id={action.id}]",
        fix,
        (shown,) if isinstance(shown, Team) else (),
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
