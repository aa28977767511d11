"""Rungs that no action offers, actions that nobody can select, and work of an odd shape."""

from collections.abc import Iterator
from typing import Final

from assess.catalogue import Action, Rung, find_work
from assess.questionnaire import STAGES
from assess.rulecheck.circumstance import usual_circumstances
from assess.rulecheck.issue import Issue
from assess.rulecheck.prover import Verdict
from assess.rulecheck.setting import Setting, Ways, below, needed_rungs, together
from assess.rulecheck.team import Team, make_team

MOST_WEEKS: Final = 13
SIZES: Final = range(2, 26)
"""Teams for which an action has to be short enough."""
STEPS: Final = range(3, 6)


def check_shapes(setting: Setting) -> Iterator[Issue]:
    """Yield actions that take too long, or have too few or too many steps."""
    for action in setting.catalogue.actions:
        where = f"action[id={action.id}].steps"
        weeks = {size: _weeks(setting, action, size) for size in SIZES}
        size = max(SIZES, key=weeks.__getitem__)
        if weeks[size] > MOST_WEEKS:
            what = f"'{action.id}' takes a team of {size} {weeks[size]} weeks at its usual hours."
            fix = f"Take hours out of it, so that no team needs more than {MOST_WEEKS} weeks."
            yield Issue("error", "too-long", what, where, fix)
        if len(action.steps) not in STEPS:
            what = f"'{action.id}' has {_count(len(action.steps), 'step')}."
            yield Issue("warning", "step-count", what, where, "Describe it in three to five steps.")


def _weeks(setting: Setting, action: Action, team_size: int) -> int:
    return find_work(action, team_size, setting.rules.limits.default_hours(team_size)).duration


def check_rungs(setting: Setting) -> Iterator[Issue]:
    """Yield an error for each rung that no action offers, with a team that stands before it."""
    offered = {rung for action in setting.catalogue.actions for rung in action.rungs}
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
                (
                    make_team(
                        setting.questionnaire, levels, usual_circumstances(setting.rules.limits)
                    ),
                ),
            )


def check_selectable(setting: Setting) -> Iterator[Issue]:
    """Yield a warning for each action that can be in nobody's plan."""
    for action in setting.catalogue.actions:
        where = f"action[id={action.id}]"
        weeks = max(step.week for step in action.steps)
        if weeks > setting.rules.limits.weeks:
            what = f"'{action.id}' takes {weeks} weeks, more than a plan has."
            yield Issue("warning", "unselectable-action", what, where, "Shorten or divide it.")
            continue
        wanted = _wanted_ways(setting, action)
        needs = [_need_ways(setting, rung) for rung in needed_rungs(action)]
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
    serving = set(action.rungs)
    needed = any(serving & {*needed_rungs(other)} for other in setting.catalogue.actions)
    return (
        *setting.open_ways(action, worthwhile=not needed),
        *setting.demanded_ways(action.id),
    )


def _need_ways(setting: Setting, rung: Rung) -> Ways:
    """Return the ways in which a needed level is reached, or can be worked on."""
    return (
        *setting.met_ways(rung),
        *(
            way
            for action in setting.offering(rung)
            for way in together((below(*rung),), *setting.allowed_ways(action.id))
        ),
    )


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
