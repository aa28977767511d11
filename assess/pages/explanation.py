"""Why an action is in the plan, or why not: the answer first, then what would have to change."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from assess.figures import count, describe_weeks, percent
from assess.pages.blocks import Block, Command, Page, Section, Sentence, listed
from assess.pages.standing import STAGE_NAMES, level_text
from assess.patterns import pattern
from assess.planning.explanation import Explanation, Instead
from assess.questionnaire import STAGES

_MOST_MISSES: Final = 5
_NUMBER: Final = pattern(r"(?<!\.)\b\d")
_NUMBERS: Final = {
    **{stage: f"what is in place of {name}" for stage, name in STAGE_NAMES.items()},
    "index": "what is in place of all three stages",
    "evidence": "the part of the claims of level 2 or 3 that can be checked",
    "margin.down": "the number of steps down to the stage before",
    "margin.up": "the number of steps up to the next stage",
    "distance": "the number of questions to go",
    "members": "the number of members who answered",
    "hours_per_week": "the number of hours a week",
    "hours_per_head": "the number of hours a week for each person",
    "hours.freed": "the number of hours a week that are freed",
    "goals.count": "the number of goals",
    "goals.open_findings": "the number of findings in the goals",
    "team_size": "the number of people in the team",
}


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
    names = _name_keys(explanation)
    entries = {f"about.{a.id}": a.choices for a in explanation.plan.profile.questionnaire.about}

    def in_words(missing: str) -> str:
        if "`" not in missing:
            return missing
        _, key, said = missing.split("`")
        if key.startswith("question."):
            said = _NUMBER.sub(r"level \g<0>", said)
        for choice, words in entries.get(key, {}).items():
            said = re.sub(rf"(?<![\w-]){choice}(?![\w-])", f"“{words.rstrip('.')}”", said)
        return names[key] + said

    return tuple(
        f"It {miss.brings} if {'; and if '.join(map(in_words, miss.missing))}. ({miss.rule})"
        for miss in explanation.bearing.near_misses[:_MOST_MISSES]
    )


def _name_keys(explanation: Explanation) -> Mapping[str, str]:
    """Return what people call that which rules ask about, by the keys of `when`."""
    asked, actions = explanation.plan.profile.questionnaire, explanation.plan.candidates
    titles = asked.titles.items()
    return {
        **_NUMBERS,
        **{d: f"“{title}”" for d, title in titles},
        **{f"{d}.{s}": f"“{title}” in {STAGE_NAMES[s]}" for d, title in titles for s in STAGES},
        **{f"{d}.index": f"“{title}” in all three stages" for d, title in titles},
        **{f"question.{q.id}": f"“{q.ask}” ({q.id})" for q in asked.questions},
        **{f"about.{entry.id}": f"“{entry.ask}”" for entry in asked.about},
        **{
            f"carried.{action.id}": f"how often “{action.title}” was put off"
            for action in (*(c.action for c in actions), explanation.action)
        },
    }


def _instead(explanation: Explanation) -> tuple[Block, ...]:
    instead = explanation.instead
    if instead is None:
        return ()
    wish = (Command(f"assess plan --want {explanation.action.id}"),) if instead.fits else ()
    return (Sentence(_consequence(explanation, instead)), *wish)


def _consequence(explanation: Explanation, instead: Instead) -> str:
    if not instead.fits:
        return "It cannot be had in these 13 weeks, whatever else is left out."
    value, less = explanation.plan.value, ""
    if not instead.dropped:
        return "Nothing has to go for it."
    titles = " and ".join(f"“{action.title}”" for action in instead.dropped)
    verb = "goes" if len(instead.dropped) == 1 else "go"
    if instead.value > value:
        # A must takes no place, so more can be chosen than before.
        less = "; the plan then wins more, because what one asks for takes no other's place"
    elif instead.value < value:
        less = f"; the plan then wins {percent(Fraction(instead.value, value))} of what it wins now"
    return f"{titles} {verb} for it{less}."
