"""What a plan is to make true, and what of it is true now."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from assess.comparison.promise import FollowedLevel, FollowedPromise, PromiseState, foresee
from assess.documents.plan import PlanDocument
from assess.figures import count, day_of_year, join_words, long_day
from assess.pages.blocks import Section, Sentence, Tone, listed
from assess.questionnaire import Questionnaire
from assess.scoring.profile import Profile
from assess.scoring.records import View

_STATES: Final[Mapping[PromiseState, str]] = {
    "reached": "reached",
    "part": "part of the way",
    "not-yet": "not yet",
    "fell": "fell back",
    "unknown": "not known now",
}
_ALONE: Final[Mapping[View, str]] = {
    "manager": "One person's answers",
    "consensus": "The team's joint answers",
}
_ENOUGH_MEMBERS: Final = 10
"""Twice the usual minimum: from so many on a plan can be made from the members' answers."""


def kept_section(followed: FollowedPromise | None) -> Section:
    """Return how much of a promise is true now, and whether chance alone could be behind it."""
    if followed is None or not followed.promised:
        return Section("", ())
    tone: Tone = "rise" if followed.word == "clear progress" else "strong"
    return Section("What the plan was to make true", (Sentence(describe_kept(followed), tone),))


def promised_section(followed: FollowedPromise | None, questionnaire: Questionnaire) -> Section:
    """Return what came of each promise: what is true now, the rest, put aside and added."""
    if followed is None:
        return Section("", ())
    missing = [one for one in followed.counted if one.state != "reached"]
    told = (
        ("", (*followed.reached, *missing)),
        ("put aside, ", followed.put_aside),
        ("added, ", followed.added),
    )
    texts = (
        f"{(label + _STATES[one.state]).capitalize()}: {text}"
        for label, some in told
        for one, text in zip(some, _in_words(some, questionnaire), strict=True)
    )
    return listed("What was promised, one by one", texts, detail=True)


def describe_kept(followed: FollowedPromise) -> str:
    """Say how much of a promise is reached, how much of that can be checked, and how sure it is.

    The counts come first: one person's quarter can stay below the line though all is done.
    """
    reached, counted, aside = len(followed.reached), len(followed.counted), followed.put_aside
    text = f"Reached: {reached} of {counted}"
    if aside:
        put_aside = f"put aside {_when_and_why(aside)}"
        promised = f"{len(followed.promised)} promised"
        text = f"{promised}, {len(aside)} {put_aside}, {reached} of the other {counted} reached"
        if not counted:
            return f"{promised}, all {put_aside}."
    is_unseen = any(one.shown is None for one in followed.reached)
    if followed.word == "clear progress":
        checked = "" if is_unseen else f", {followed.shown} of {reached} can be checked"
        return f"{text}. Clear progress{checked}."
    text += f", {followed.shown} can be checked." if reached and not is_unseen else "."
    alone = _ALONE.get(followed.made_from)
    if followed.word is None:
        return text
    if alone and followed.is_mostly_reached:
        return f"{text} {alone} alone cannot rule out chance; several people answering would."
    return f"{text} No clear progress yet."


def describe_last(followed: FollowedPromise) -> str:
    """Say what came of the plan before, in one line."""
    kept = describe_kept(followed).removeprefix("Reached: ")
    return f"What the last plan was to make true: {kept}"


def describe_so_far(true: int, promised: int, end: date) -> str:
    """Say on the way how much of a promise is true, as the people at work say it."""
    return f"{name_promise(end)}: {true} of {promised} so far." if promised else ""


def name_promise(end: date) -> str:
    """Say what a promise is, without a full stop."""
    return f"What this plan should make true by {day_of_year(end)}"


def describe_foresight(plan: PlanDocument, profile: Profile) -> str:
    """Say how much a plan promises, what the next comparison can see, and who makes it surer."""
    promised = [(one.question, one.end) for one in plan.promised]
    things = f"{count(len(promised), 'thing')}, each told under “Done when”"
    alone = _ALONE.get(profile.view)
    seen = foresee(promised, profile.levels, 1 if alone else profile.members)
    if not seen.testable:
        return f"{things}. The next comparison counts them; there is nothing to compare them with."
    untested = len(promised) - seen.testable
    others = "the other" if untested == 1 else f"the other {untested}"
    limit = f" Only {seen.testable} can be tested; for {others} there is nothing to compare with."
    whose = alone or f"The answers of {count(profile.members, 'member')}"
    more = _tenths(foresee(promised, profile.levels, _ENOUGH_MEMBERS).chance)
    chance = _tenths(seen.chance)
    is_surer = alone and plan.team_size > _ENOUGH_MEMBERS and more > chance
    better = f", those of {_ENOUGH_MEMBERS} members in {more}" if is_surer else ""
    return (
        f"{things}; the next comparison counts them.{limit if untested else ''} If all come true, "
        f"{whose[0].lower()}{whose[1:]} show clear progress in about {chance} of 10 cases{better}."
    )


def _tenths(chance: float) -> int:
    return min(max(round(chance * 10), 1), 9)


def _in_words(some: Iterable[FollowedLevel], questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return what each is to be like; the id where the question is not asked any more."""
    questions = questionnaire.by_id
    return tuple(
        questions[name].levels[one.promised.end] if name in questions else name
        for one in some
        for name in [one.promised.question]
    )


def _when_and_why(aside: Sequence[FollowedLevel]) -> str:
    days = {one.promised.put_aside for one in aside if one.promised.put_aside}
    told = sorted((aside.on, aside.cause) for aside in days)
    return join_words(
        (f"on {long_day(day)}{f' ({cause})' if cause else ''}" for day, cause in told), "and"
    )
