"""Why an action is in the plan, or why not, in sentences for people."""

from collections.abc import Iterable, Sequence

from assess.catalogue import Action, Catalogue
from assess.figures import hours_text
from assess.planning.candidates import YOUR_CHOICE
from assess.planning.plan import Candidate, Capacity, LeftOut, OfferedRung
from assess.scoring import Level, Profile


def why(
    candidate: Candidate,
    wins: Iterable[OfferedRung],
    needed_by: Sequence[Action],
    profile: Profile,
) -> tuple[str, ...]:
    """Return why an action was chosen: rules that ask for it, what it lifts, what it opens."""
    musts = [f.because for f in candidate.findings if candidate.action.id in f.must]
    lifted = [_lift_text(rung, profile) for rung in wins]
    boosts = [f.because for f in candidate.findings if f.boosts]
    opened = [f"“{action.title}” can only begin after it." for action in needed_by]
    return tuple(dict.fromkeys((*musts, *lifted, *boosts, *opened)))


def why_not(
    candidate: Candidate,
    missing: Sequence[str],
    catalogue: Catalogue,
    profile: Profile,
    capacity: Capacity,
) -> LeftOut:
    """Return the first reason that holds for leaving an action out."""
    action = candidate.action
    if candidate.avoid:
        return LeftOut(action, "avoided", _avoided_text(candidate))
    if candidate.rungs and not any(rung.weight for rung in candidate.rungs):
        return LeftOut(action, "too-early", _too_early_text(profile))
    if missing:
        there = catalogue.by_id
        titles = " and ".join(
            f"“{there[need].title if need in there else need}”" for need in missing
        )
        return LeftOut(action, "waits-for", f"It waits for {titles}.")
    return LeftOut(action, "no-room", _no_room_text(candidate, capacity))


def level_text(level: Level) -> str:
    """Say at which level a question stands."""
    return "unknown" if level == "dont-know" else f"at level {level}"


def _lift_text(rung: OfferedRung, profile: Profile) -> str:
    question = profile.questionnaire.by_id[rung.question]
    stands = profile.levels[rung.question]
    if not isinstance(stands, int):
        return (
            f"{question.ask} Nobody could say; if it proves to be in place, take something "
            f"else, and if not, this leads to level {rung.level}."
        )
    today = f"{question.ask} So far: “{question.levels[stands]}”"
    if rung.level == stands + 1:
        return f"{today} This leads from level {stands} to level {rung.level}."
    return f"{today} Once level {rung.level - 1} is reached, this leads to level {rung.level}."


def _avoided_text(candidate: Candidate) -> str:
    avoiding = [f for f in candidate.findings if candidate.action.id in f.avoid]
    texts = dict.fromkeys(f.because for f in avoiding)
    asked = candidate.must and not any(f.rule == YOUR_CHOICE for f in avoiding)
    also = ("Another rule asks for it; leaving it out comes first.",) if asked else ()
    return " ".join((*texts, *also))


def _too_early_text(profile: Profile) -> str:
    return f"It is work of a later stage than {(profile.stage or '').capitalize()}."


def _no_room_text(candidate: Candidate, capacity: Capacity) -> str:
    work = candidate.work
    most = max(work.hours_by_week)
    if most > 0 == capacity.hours_per_week:
        return "It takes time, and the team has no hours."
    if most > capacity.hours_per_week:
        return (
            f"It takes {hours_text(most)} hours in one week; "
            f"the team has {hours_text(capacity.hours_per_week)}."
        )
    if candidate.must:
        return (
            f"It is asked for, but its {hours_text(work.effort)} hours over {work.duration} "
            "weeks do not fit beside the rest."
        )
    return "What was chosen is asked for by a rule, or wins more for the effort."
