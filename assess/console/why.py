"""Why an action is in the plan, or why not."""

import re
from typing import Final

from assess.console.lines import EMPTY, Lines, Look, heading, items, paragraph
from assess.console.screen import Console
from assess.figures import count
from assess.planning.explanation import Explanation, Instead
from assess.planning.reasons import level_text
from assess.questionnaire import Questionnaire
from assess.scoring import Level

_MOST_MISSES = 5
_KEY: Final = re.compile("`([^`]+)`")


def show_explanation(console: Console, explanation: Explanation) -> None:
    """Print all that is to be said of one action for one team."""
    console.show(explanation_lines(explanation, console.look))


def explanation_lines(explanation: Explanation, look: Look) -> Lines:
    """Return the answer first, then what speaks for the action and what would have to change."""
    return [
        *paragraph(f"{explanation.action.title} ({explanation.action.id})", look, style="strong"),
        *paragraph(_answer(explanation), look),
        *_reasons(explanation, look),
        *_lifts(explanation, look),
        *_rules(explanation, look),
        *_near_misses(explanation, look),
        *_instead(explanation, look),
    ]


def _answer(explanation: Explanation) -> str:
    priority, left_out = explanation.priority, explanation.left_out
    if priority is not None:
        return (
            f"It is in the plan of {explanation.plan.team}, weeks {priority.first_week} to "
            f"{priority.last_week}, {count(priority.hours, 'hour')}."
        )
    if left_out is not None:
        return f"It is not in the plan of {explanation.plan.team}. {left_out.text}"
    return (
        f"It is not in the plan of {explanation.plan.team}: all that it brings is in place or "
        "does not apply, and no rule asks for it."
    )


def _reasons(explanation: Explanation, look: Look) -> Lines:
    if explanation.priority is None:
        return []
    return [*heading("Because", look), *items(explanation.priority.because, look)]


def _lifts(explanation: Explanation, look: Look) -> Lines:
    profile = explanation.plan.profile
    texts = [
        f"“{profile.questionnaire.by_id[question].ask}” ({question}) to level {level}; it is "
        f"{_stands(profile.levels[question])}."
        for question, level in explanation.action.rungs
    ]
    return [*heading("What it lifts", look), *items(texts, look)] if texts else []


def _stands(level: Level) -> str:
    return "not applicable" if level == "not-applicable" else level_text(level)


def _rules(explanation: Explanation, look: Look) -> Lines:
    texts = [f"{f.because} ({f.rule})" for f in explanation.bearing.findings]
    return [*heading("Rules that speak of it", look), *items(texts, look)] if texts else []


def _near_misses(explanation: Explanation, look: Look) -> Lines:
    misses = explanation.bearing.near_misses[:_MOST_MISSES]
    if not misses:
        return []
    questionnaire = explanation.plan.profile.questionnaire
    texts = [f"It {_with_names(miss.text, questionnaire)}. ({miss.rule})" for miss in misses]
    return [*heading("What would speak for it", look), *items(texts, look)]


def _with_names(text: str, questionnaire: Questionnaire) -> str:
    """Put the question or the title of the dimension before each key of a rule."""
    names = {f"question.{q.id}": q.ask for q in questionnaire.questions}
    names |= questionnaire.titles

    def named(key: re.Match[str]) -> str:
        return f"“{names[key[1]]}” ({key[0]})" if key[1] in names else key[0]

    return _KEY.sub(named, text)


def _instead(explanation: Explanation, look: Look) -> Lines:
    instead = explanation.instead
    if instead is None:
        return []
    return [
        *heading("If you want it all the same", look),
        *items([_consequence(explanation, instead)], look),
        *(_command(explanation, look) if instead.fits else ()),
    ]


def _command(explanation: Explanation, look: Look) -> Lines:
    return [EMPTY, *paragraph(f"To have it: assess plan --want {explanation.action.id}", look)]


def _consequence(explanation: Explanation, instead: Instead) -> str:
    if not instead.fits:
        return "It cannot be had in these 13 weeks, whatever else is left out."
    lost = explanation.plan.value - instead.value
    if not instead.dropped:
        return "Nothing has to go for it."
    titles = " and ".join(f"“{action.title}”" for action in instead.dropped)
    verb = "goes" if len(instead.dropped) == 1 else "go"
    less = f", and the plan wins {lost} of its {explanation.plan.value} points less" if lost else ""
    return f"{titles} {verb} for it{less}."
