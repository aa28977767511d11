"""What is wrong with the files themselves, found without any search."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from assess.catalogue.action import Action
from assess.catalogue.work import find_work
from assess.questionnaire import STAGES, Question, say_profile
from assess.rulecheck.issue import Issue, impossible, make_usual_team
from assess.rulecheck.setting import Setting
from assess.rules.condition import Condition, Within, parts_of
from assess.rules.model import Example, Rule
from assess.rules.situation import Subject

SIZES: Final = range(2, 26)
MOST_WEEKS: Final = 8
"""An action is done in so many weeks, whatever the size of the team."""
STEPS: Final = range(3, 6)


def check_plainly(setting: Setting) -> Iterator[Issue]:
    """Yield all that can be seen of questions, actions, rules and examples one at a time."""
    for question in setting.questionnaire.by_id.values():
        yield from _check_levels(question)
        yield from _check_rungs(setting, question)
    for dimension in setting.questionnaire.by_dimension:
        fewest, said = setting.questionnaire.fewest_asked(dimension)
        if fewest == 1:
            what = (
                f"'{dimension}' has one question{say_profile(said)}, so its share would tell "
                "members' answers."
            )
            fix = "Add a question; until then few members get no figures for it."
            yield Issue("warning", "tells-answers", what, f"dimension[id={dimension}]", fix)
    for action in setting.catalogue.actions:
        yield from _check_weeks(setting, action)
        yield from _check_order(action)
    for rule in setting.rules.rules:
        yield from _check_conditions(setting, rule)
    for example in setting.rules.examples:
        yield from _check_example(setting, example)


def _check_levels(question: Question) -> Iterator[Issue]:
    yield from _check_texts(question, f"question[id={question.id}].levels")
    for entry, by_choice in question.wordings.items():
        for choice in (choice for choice, words in by_choice.items() if words.levels):
            where = f"question[id={question.id}].for.{entry}.{choice}.levels"
            yield from _check_texts(question.in_words_for({entry: choice}), where)


def _check_texts(question: Question, where: str) -> Iterator[Issue]:
    texts = [_bare(text) for text in question.levels]
    for level, text in enumerate(texts):
        first = texts.index(text)
        if not text:
            what = f"Level {level} of '{question.id}' says nothing."
            yield Issue("error", "empty-level", what, where, "Describe what an outsider sees.")
        elif first != level:
            what = f"Levels {first} and {level} of '{question.id}' have the same text."
            fix = "Describe another act at each level."
            yield Issue("error", "equal-levels", what, where, fix)


def _bare(text: str) -> str:
    """Return the words of a text alone: two texts that differ in a full stop say the same."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _check_rungs(setting: Setting, question: Question) -> Iterator[Issue]:
    """Yield an error for each rung that no action offers, with a team that stands before it."""
    for level, stage in enumerate(STAGES, start=1):
        if not setting.offering((question.id, level)):
            levels = dict.fromkeys(setting.questionnaire.by_id, level - 1)
            team = make_usual_team(setting.questionnaire, levels, setting.rules.limits)
            what = f"No action lifts '{question.id}' to level {level}, which is work of {stage}."
            where = f"question[id={question.id}]"
            fix = f"Add an action with lifts = {{ {question.id} = {level} }}."
            yield Issue("error", "uncovered-rung", what, where, fix, (team,))


def _check_weeks(setting: Setting, action: Action) -> Iterator[Issue]:
    where = f"action[id={action.id}].steps"
    limits = setting.rules.limits
    weeks = {n: find_work(action, n, limits.default_hours(n)).duration for n in SIZES}
    size = max(weeks, key=weeks.__getitem__)
    shortest = max(step.week for step in action.steps)
    if shortest > limits.weeks:
        what = f"'{action.id}' takes {shortest} weeks, more than a plan has."
        place, fix = f"action[id={action.id}]", "Shorten or divide it."
        yield Issue("warning", "unselectable-action", what, place, fix)
    elif weeks[size] > MOST_WEEKS:
        what = f"'{action.id}' takes a team of {size} {weeks[size]} weeks at its usual hours."
        fix = f"Take hours out of it, so that no team needs more than {MOST_WEEKS} weeks."
        yield Issue("error", "too-long", what, where, fix)
    if len(action.steps) not in STEPS:
        count = "1 step" if len(action.steps) == 1 else f"{len(action.steps)} steps"
        fix = "Describe it in three to five steps."
        yield Issue("warning", "step-count", f"'{action.id}' has {count}.", where, fix)


def _check_order(action: Action) -> Iterator[Issue]:
    """Yield a warning where a rung waits for the one below, and no need says so."""
    for question, level in action.rungs:
        if level > 1 and action.needs.get(question, 0) < level - 1:
            what = f"'{action.id}' lifts '{question}' to level {level}, and needs no level below."
            fix = f"Write needs = {{ {question} = {level - 1} }}: the plan waits for it anyway."
            yield Issue("warning", "unsaid-need", what, f"action[id={action.id}].needs", fix)


def _check_conditions(setting: Setting, rule: Rule) -> Iterator[Issue]:
    """Yield an error for a rule with a condition that no value can meet, for any dimension."""
    by_dimension = setting.questionnaire.by_dimension

    def is_dead(part: Condition) -> bool:
        return isinstance(part, Within) and not _can_hold(part, lambda d: len(by_dimension[d]))

    dead = [next(filter(is_dead, parts_of(case.condition)), None) for case in rule.cases]
    if dead[0] is not None and None not in dead:
        yield impossible(rule, dead[0])


def _can_hold(condition: Within, size_of: Callable[[str], int]) -> bool:
    """Tell whether a value lies in the interval, given how many questions a dimension has."""
    subject, interval = condition.subject, condition.interval
    match subject:
        case Subject("level"):
            return any(level in interval for level in range(4))
        case Subject("share" | "index", dimension):
            parts = 1 if subject.kind == "share" else len(STAGES)
            wholes = [parts * answered for answered in range(1, size_of(dimension) + 1)]
            return any(Fraction(n, whole) in interval for whole in wholes for n in range(whole + 1))
        case _:
            return interval.meets(0, 100 if subject.is_share else None)


def _check_example(setting: Setting, example: Example) -> Iterator[Issue]:
    """Yield an error for each thing that does not come out as an example says."""
    team = setting.make_example(example)
    wrong, stage = [], team.situation.profile.stage
    if example.stage not in (None, stage):
        wrong.append(("stage", f"The team is in {stage or 'no stage'}, not in {example.stage}."))
    if example.plan_has or example.plan_lacks:
        there = setting.plan_actions(team)
        has = (("plan_has", f"The plan lacks '{a}'.") for a in example.plan_has if a not in there)
        lacks = (("plan_lacks", f"The plan has '{a}'.") for a in example.plan_lacks if a in there)
        wrong += [*has, *lacks]
    for key, what in wrong:
        where = f"example[number {example.number}].{key}"
        fix = "Correct the rules, or what the example expects."
        yield Issue("error", "failing-example", what, where, fix, (team,))
