"""Why an action is in the plan, or why not: the answer first, then what would have to change."""

import re
from typing import Final

from assess.figures import count, describe_weeks
from assess.pages.blocks import Block, Command, Page, Section, Sentence, listed
from assess.pages.standing import level_text
from assess.patterns import pattern
from assess.planning.explanation import Explanation, Instead
from assess.questionnaire import Questionnaire

_MOST_MISSES: Final = 5
_KEY: Final = pattern("`([^`]+)`")


def make_explanation_page(explanation: Explanation) -> Page:
    because = explanation.priority.because if explanation.priority else ()
    return Page(
        f"{explanation.action.title} ({explanation.action.id})",
        (
            Section("", (Sentence(_answer(explanation)),)),
            listed("Because", because),
            listed("What it lifts", _lifts(explanation)),
            listed(
                "Rules that speak of it",
                tuple(f"{f.because} ({f.rule})" for f in explanation.bearing.findings),
            ),
            listed("What would speak for it", _near_misses(explanation)),
            Section("If you want it all the same", _instead(explanation)),
        ),
    )


def _answer(explanation: Explanation) -> str:
    priority, left_out = explanation.priority, explanation.left_out
    if priority is not None:
        weeks = describe_weeks(range(priority.first_week, priority.last_week + 1))
        return (
            f"It is in the plan of {explanation.plan.whose}, {weeks}, "
            f"{count(priority.hours, 'hour')}."
        )
    if left_out is not None:
        return f"It is not in the plan of {explanation.plan.whose}. {left_out.text}"
    return (
        f"It is not in the plan of {explanation.plan.whose}: all that it brings is in place or "
        "does not apply, and no rule asks for it."
    )


def _lifts(explanation: Explanation) -> tuple[str, ...]:
    profile = explanation.plan.profile
    questions = {**profile.questionnaire.left_out, **profile.questionnaire.by_id}
    return tuple(
        f"“{questions[question].ask}” ({question}) to level {level}; it is "
        f"{level_text(profile.level(question))}."
        for question, level in explanation.action.rungs
    )


def _near_misses(explanation: Explanation) -> tuple[str, ...]:
    questionnaire = explanation.plan.profile.questionnaire
    return tuple(
        f"It {_with_names(miss.text, questionnaire)}. ({miss.rule})"
        for miss in explanation.bearing.near_misses[:_MOST_MISSES]
    )


def _with_names(text: str, questionnaire: Questionnaire) -> str:
    """Put the question or the title of the dimension before each key of a rule."""
    names = {f"question.{q.id}": q.ask for q in questionnaire.questions}
    names |= questionnaire.titles

    def named(key: re.Match[str]) -> str:
        return f"“{names[key[1]]}” ({key[0]})" if key[1] in names else key[0]

    return _KEY.sub(named, text)


def _instead(explanation: Explanation) -> tuple[Block, ...]:
    instead = explanation.instead
    if instead is None:
        return ()
    consequence = Sentence(_consequence(explanation, instead))
    if not instead.fits:
        return (consequence,)
    return (consequence, Command(f"assess plan --want {explanation.action.id}"))


def _consequence(explanation: Explanation, instead: Instead) -> str:
    if not instead.fits:
        return "It cannot be had in these 13 weeks, whatever else is left out."
    lost = explanation.plan.value - instead.value
    if not instead.dropped:
        return "Nothing has to go for it."
    titles = " and ".join(f"“{action.title}”" for action in instead.dropped)
    verb = "goes" if len(instead.dropped) == 1 else "go"
    if lost < 0:
        # What is wanted is a must, which takes no place: so more can be chosen than before.
        less = f", but as a must it takes no place, so the plan wins {-lost} points more"
    else:
        of = explanation.plan.value
        less = f", and the plan wins {lost} of its {of} points less" if lost else ""
    return f"{titles} {verb} for it{less}."
