"""Why an action is in the plan, or why not, in sentences for people."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from assess.catalogue.action import Action, Rung
from assess.figures import Hours
from assess.planning.barrier import Barrier
from assess.planning.candidates import YOUR_CHOICE, present_level
from assess.planning.plan import Candidate, Capacity, LeftOut, OfferedRung, Reason
from assess.record import record
from assess.scoring.profile import Profile


def why(
    candidate: Candidate, wins: Iterable[OfferedRung], needed_by: Sequence[Action], profile: Profile
) -> tuple[str, ...]:
    """Return why an action was chosen: rules that ask for it, what it lifts, what it opens."""
    musts = [f.because for f in candidate.findings if candidate.action.id in f.must]
    lifted = [_lift_text(rung, profile) for rung in wins]
    boosts = [f.because for f in candidate.findings if f.boosts]
    opened = [f"“{action.title}” can only begin after it." for action in needed_by]
    return tuple(dict.fromkeys((*musts, *lifted, *boosts, *opened)))


@record
class WhyNot:
    """Says of actions why a plan does without them: the first reason that holds.

    `won` has the level to which each question gets; `most` hours may be planned; `find_barrier`
    tells the limit that keeps out what would make the plan better.
    """

    won: Mapping[str, int]
    candidates: Sequence[Candidate]
    profile: Profile
    capacity: Capacity
    most: Hours
    find_barrier: Callable[[Candidate], Barrier]

    def of(self, candidate: Candidate) -> LeftOut:
        """Return why an action is left out."""
        reason, text = self._find(candidate)
        return LeftOut(candidate.action, reason, text)

    def _find(self, candidate: Candidate) -> tuple[Reason, str]:
        if candidate.avoid:
            return "avoided", _avoided_text(candidate)
        worth = [rung for rung in candidate.rungs if rung.weight]
        if candidate.rungs and not worth:
            return "too-early", _too_early_text(self.profile)
        open_ = [rung for rung in worth if not self._has(rung.question, rung.level)]
        if worth and not open_:
            return "covered", "What it would bring comes with what is in the plan anyway."
        if missing := self._missing(candidate, open_):
            return "waits-for", self._waits_text(missing)
        return self._limit(candidate)

    def _has(self, question: str, level: int) -> bool:
        """Tell whether a question is at a level when the plan is carried out."""
        stands = present_level(self.profile.level(question))
        return stands is None or max(stands, self.won.get(question, 0)) >= level

    def _missing(self, candidate: Candidate, open_: Sequence[OfferedRung]) -> list[Rung]:
        """Return the levels that have to hold first and do not; without needs, of all rungs."""
        needs = [need for need in candidate.needs if not self._has(*need)]
        below = [(rung.question, rung.level - 1) for rung in open_]
        gaps = [rung for rung in below if not self._has(*rung)]
        return needs or (gaps if len(gaps) == len(open_) else [])

    def _waits_text(self, missing: Sequence[Rung]) -> str:
        titles = dict.fromkeys(map(self._name_of, missing))
        return f"It waits for {' and '.join(titles)}."

    def _name_of(self, rung: Rung) -> str:
        """Name what leads to a level: an action, or the question where there is none."""
        question, level = rung
        for candidate in self.candidates:
            if rung in candidate.action.rungs and not candidate.avoid:
                return f"“{candidate.work.title}”"
        return f"level {level} of “{self.profile.questionnaire.by_id[question].ask}”"

    def _limit(self, candidate: Candidate) -> tuple[Reason, str]:
        barrier = self.find_barrier(candidate)
        if barrier == "places":
            noun = "priorities" if candidate.kind == "priority" else "decisions"
            text = f"every place for {noun} is taken."
        elif barrier == "weeks":
            text = "the weeks are taken, as only few things run at once."
        elif not self.capacity.hours_per_week:
            text = "it takes time, and the team has no hours."
        elif candidate.work.effort > self.most:
            text = "it takes more hours than may be planned in all."
        else:
            text = "the rest of the plan takes the hours that there are."
        asked = "It is asked for, but " if candidate.must else ""
        return barrier, asked + (text if asked else text[0].upper() + text[1:])


def _lift_text(rung: OfferedRung, profile: Profile) -> str:
    question = profile.questionnaire.by_id[rung.question]
    stands = profile.levels[rung.question]
    if not isinstance(stands, int):
        return f"Nobody could answer “{question.ask}”, so look first whether it is there already."
    return f"So far{' only' if stands else ''}: “{question.levels[stands]}”"


def _avoided_text(candidate: Candidate) -> str:
    avoiding = [f for f in candidate.findings if candidate.action.id in f.avoid]
    texts = dict.fromkeys(f.because for f in avoiding)
    asked = candidate.must and not any(f.rule == YOUR_CHOICE for f in avoiding)
    also = ("Another rule asks for it; leaving it out comes first.",) if asked else ()
    return " ".join((*texts, *also))


def _too_early_text(profile: Profile) -> str:
    return f"It is work of a later stage than {(profile.stage or '').capitalize()}."
