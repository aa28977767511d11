"""What is wrong with the files themselves, found without any search."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from assess.catalogue import Action, find_work
from assess.questionnaire import STAGES, Question
from assess.rulecheck.issue import Issue, impossible
from assess.rulecheck.setting import Setting
from assess.rulecheck.witness import make_usual_team
from assess.rules import Rule
from assess.rules.condition import All, Condition, Within
from assess.rules.situation import DimensionIndex, LevelSubject, ShareSubject, is_share

SIZES: Final = range(2, 26)
MOST_WEEKS: Final = 8
"""An action is done in so many weeks, whatever the size of the team."""
STEPS: Final = range(3, 6)


def check_plainly(setting: Setting) -> Iterator[Issue]:
    """Yield all that can be seen of questions, actions and rules one at a time."""
    for question in setting.questionnaire.by_id.values():
        yield from _check_levels(question)
        yield from _check_rungs(setting, question)
    yield from _check_dimensions(setting)
    for action in setting.catalogue.actions:
        yield from _check_weeks(setting, action)
        yield from _check_order(setting, action)
    questions = {d: len(there) for d, there in setting.questionnaire.by_dimension.items()}
    for rule in setting.rules.rules:
        yield from _check_conditions(rule, questions)


def _check_levels(question: Question) -> Iterator[Issue]:
    texts = [" ".join(text.split()).casefold() for text in question.levels]
    for level, text in enumerate(texts):
        first = texts.index(text)
        if first != level:
            what = f"Levels {first} and {level} of '{question.id}' have the same text."
            where = f"question[id={question.id}].levels"
            fix = "Describe another act at each level."
            yield Issue("error", "equal-levels", what, where, fix)


def _check_rungs(setting: Setting, question: Question) -> Iterator[Issue]:
    """Yield an error for each rung that no action offers, with a team that stands before it."""
    for level, stage in enumerate(STAGES, start=1):
        if not setting.offering((question.id, level)):
            levels = dict.fromkeys(setting.questionnaire.by_id, level - 1)
            yield Issue(
                "error",
                "uncovered-rung",
                f"No action lifts '{question.id}' to level {level}, which is work of {stage}.",
                f"question[id={question.id}]",
                f"Add an action with lifts = {{ {question.id} = {level} }}.",
                (make_usual_team(setting.questionnaire, levels, setting.rules.limits),),
            )


def _check_dimensions(setting: Setting) -> Iterator[Issue]:
    """Yield a warning for each dimension that is not shown to members, to keep them unknown."""
    for dimension, questions in setting.questionnaire.by_dimension.items():
        if len(questions) == 1:
            what = f"'{dimension}' has one question, so its share would tell members' answers."
            where = f"dimension[id={dimension}]"
            fix = "Add a question; until then few members get no figures for it."
            yield Issue("warning", "tells-answers", what, where, fix)


def _check_weeks(setting: Setting, action: Action) -> Iterator[Issue]:
    where = f"action[id={action.id}].steps"
    limits = setting.rules.limits
    weeks = {n: find_work(action, n, limits.default_hours(n)).duration for n in SIZES}
    size = max(weeks, key=weeks.__getitem__)
    shortest = max(step.week for step in action.steps)
    if shortest > limits.weeks:
        what = f"'{action.id}' takes {shortest} weeks, more than a plan has."
        where, fix = f"action[id={action.id}]", "Shorten or divide it."
        yield Issue("warning", "unselectable-action", what, where, fix)
    elif weeks[size] > MOST_WEEKS:
        what = f"'{action.id}' takes a team of {size} {weeks[size]} weeks at its usual hours."
        fix = f"Take hours out of it, so that no team needs more than {MOST_WEEKS} weeks."
        yield Issue("error", "too-long", what, where, fix)
    if len(action.steps) not in STEPS:
        count = "1 step" if len(action.steps) == 1 else f"{len(action.steps)} steps"
        fix = "Describe it in three to five steps."
        yield Issue("warning", "step-count", f"'{action.id}' has {count}.", where, fix)


def _check_order(setting: Setting, action: Action) -> Iterator[Issue]:
    """Yield a warning where a rung waits for the one below, and no need says so."""
    for question, level in action.rungs:
        if level > 1 and action.needs.get(question, 0) < level - 1:
            what = f"'{action.id}' lifts '{question}' to level {level}, and needs no level below."
            fix = f"Write needs = {{ {question} = {level - 1} }}: the plan waits for it anyway."
            yield Issue("warning", "unsaid-need", what, f"action[id={action.id}].needs", fix)


def _check_conditions(rule: Rule, questions: Mapping[str, int]) -> Iterator[Issue]:
    """Yield an error for a rule with a condition that no value can meet, for any dimension."""
    dead = [_find_impossible(case.condition, questions) for case in rule.cases]
    if dead[0] is not None and None not in dead:
        yield impossible(rule, dead[0])


def _find_impossible(condition: Condition, questions: Mapping[str, int]) -> Condition | None:
    parts = condition.parts if isinstance(condition, All) else (condition,)
    numbers = (part for part in parts if isinstance(part, Within))
    return next((part for part in numbers if not _can_lie_within(part, questions)), None)


def _can_lie_within(condition: Within, questions: Mapping[str, int]) -> bool:
    """Tell whether a value lies in the interval, given how many questions a dimension has."""
    subject, interval = condition.subject, condition.interval
    match subject:
        case LevelSubject():
            values = [Fraction(level) for level in range(4)]
        case ShareSubject(dimension) | DimensionIndex(dimension):
            parts = 1 if isinstance(subject, ShareSubject) else len(STAGES)
            values = [
                Fraction(count, parts * of)
                for of in range(1, questions[dimension] + 1)
                for count in range(parts * of + 1)
            ]
        case _:
            low = Fraction(interval.low or 0, 100)
            high = low + 1 if interval.high is None else Fraction(interval.high, 100)
            most = min(high, Fraction(1)) if is_share(subject) else high
            values = [Fraction(0), low, (low + most) / 2, most] if low <= most else []
    return any(value in interval for value in values)
