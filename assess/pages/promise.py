"""What a plan is to make true, and what of it is true now."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from assess.comparison import FollowedLevel, FollowedPromise, PromiseState
from assess.figures import join_words, long_day
from assess.pages.blocks import Items, Section, Sentence, Tone, listed
from assess.questionnaire import Questionnaire
from assess.scoring import View

_STATES: Final[Mapping[PromiseState, str]] = {
    "reached": "reached",
    "part": "part of the way",
    "not-yet": "not yet",
    "fell": "fell back",
    "unknown": "not known now",
}
_ALONE: Final[Mapping[View, str]] = {
    "manager": "One person's answers alone",
    "consensus": "One shared answer alone",
}
_MOST_ON_SCREEN: Final = 4


def kept_section(followed: FollowedPromise | None, questionnaire: Questionnaire) -> Section:
    """Return what of a promise is true now, and whether chance alone could be behind it."""
    if followed is None or not followed.promised:
        return Section("", ())
    tone: Tone = "rise" if followed.word == "clear progress" else "strong"
    sentence = Sentence(describe_kept(followed), tone)
    reached = _in_words(followed.reached, questionnaire)
    items = (Items(reached, most=_MOST_ON_SCREEN),) if reached else ()
    return Section("What the plan was to make true", (sentence, *items))


def missing_section(followed: FollowedPromise | None, questionnaire: Questionnaire) -> Section:
    """Return what of a promise is not true yet, what was put aside, and what was added."""
    if followed is None:
        return Section("", ())
    missing = [one for one in followed.counted if one.state != "reached"]
    told = (("", missing), ("put aside, ", followed.put_aside), ("added, ", followed.added))
    texts = (
        f"{(label + _STATES[one.state]).capitalize()}: {text}"
        for label, some in told
        for one, text in zip(some, _in_words(some, questionnaire), strict=True)
    )
    return listed("The rest of what was promised", texts, detail=True)


def describe_kept(followed: FollowedPromise) -> str:
    """Say how much of a promise is reached, how much of that can be checked, and how sure it is.

    The counts come first: one person's quarter can stay below the line though all is done.
    """
    reached, counted, aside = len(followed.reached), len(followed.counted), followed.put_aside
    text = f"Reached: {reached} of {counted}"
    if aside:
        text = (
            f"{len(followed.promised)} promised, {len(aside)} put aside {_when_and_why(aside)}, "
            f"{reached} of the other {counted} reached"
        )
    is_unseen = any(one.shown is None for one in followed.reached)
    if followed.word == "clear progress":
        checked = "" if is_unseen else f", {followed.shown} of {reached} can be checked"
        return f"{text}. Clear progress{checked}."
    text += f", {followed.shown} can be checked." if reached and not is_unseen else "."
    alone = _ALONE.get(followed.made_from)
    if followed.word is None:
        return text
    if alone and followed.is_mostly_reached:
        return f"{text} {alone} cannot rule out chance; several people answering would."
    return f"{text} No clear progress yet."


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
