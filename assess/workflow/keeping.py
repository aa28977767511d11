"""What is kept: listed, taken out for good, and what of it a command is about."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from assess.answers import Assessment, KeptAssessment
from assess.documents.listed import describe_kept, describe_scored
from assess.errors import AnswersError, AssessError
from assess.figures import count, name_some
from assess.pages.blocks import Page
from assess.pages.kept import join_histories, make_history_page
from assess.record import record
from assess.scoring.assessment import Result, score_assessment
from assess.scoring.profile import Profile
from assess.store import Store
from assess.workflow.finding import Errand, one_of
from assess.workflow.outcome import Outcome

_FEW: Final = 25
_ROOM: Final = 20
"""So many lines of a screen are for what is kept."""


@record
class ScoredKept:
    """A kept assessment with its result; None where there is none that may be shown."""

    kept: KeptAssessment
    result: Result | None

    @property
    def profile(self) -> Profile | None:
        return self.result.profile if self.result else None


def list_kept(errand: Errand) -> tuple[KeptAssessment, ...]:
    """Return what is kept of one team or of all, and with one questionnaire or with any."""
    history = errand.store.history(errand.team if errand.named else None)
    return tuple(kept for kept in history if errand.asked in (None, kept.questionnaire))


def score_each(store: Store, every: Sequence[KeptAssessment]) -> Iterator[ScoredKept]:
    """Return with their results some of what is kept, in its order: team, questionnaire, date."""
    if len(every) <= _FEW:
        yield from (ScoredKept(kept, score_kept(store, kept)) for kept in every)
        return
    # Looking for thousands one by one takes longer than a pass over all that there are.
    wanted = {kept.key: kept for kept in every}
    for assessment in store.each_assessment(archived=True):
        if kept := wanted.get(assessment.key):
            yield ScoredKept(kept, _score(assessment))


def score_kept(store: Store, kept: KeptAssessment) -> Result | None:
    """Return the result of a kept assessment, or None where none may be shown."""
    return _score(store.load_assessment(kept.key))


def _score(assessment: Assessment) -> Result | None:
    try:
        return score_assessment(assessment)
    except AnswersError:
        return None


def find_kept_on(errand: Errand, day: date) -> KeptAssessment:
    """Return the one assessment of a day."""
    there = list_kept(errand)
    if found := [kept for kept in there if kept.date == day]:
        return choose_one(found)
    days = [kept.date for kept in there[-6:]]
    fix = one_of(days) if days else "See what is kept: assess history"
    raise AssessError(f"There is no assessment on {day}.", str(errand.store.path), fix)


def choose_one(found: Sequence[KeptAssessment]) -> KeptAssessment:
    """Return the only one of them."""
    if len(found) == 1:
        return found[0]
    teams = dict.fromkeys(kept.team for kept in found)
    option, names = "--team", list[str](teams)
    if len(teams) == 1:
        option, names = "--questionnaire", [kept.questionnaire for kept in found]
    what = f"There are {len(found)} such assessments."
    fix = f"Say which with {option}: {name_some(names)}."
    raise AssessError(what, option, fix)


# --- The list ---


def show_history(errand: Errand | None, *, whole: bool) -> Outcome:
    """List the assessments that are kept, by team; without a store there are none.

    Without `whole` those that one screen has room for.
    """
    every = list_kept(errand) if errand else ()
    shown = every if whole else tuple(_that_fit(every))
    entries = tuple(score_each(errand.store, shown)) if errand else ()
    pages = tuple(
        make_history_page(name, [(entry.kept, entry.profile) for entry in of_team])
        for name, of_team in groupby(entries, lambda entry: entry.kept.team)
    )
    nothing = () if entries else ("No assessment is kept. Begin with: assess run",)
    opened = (
        f"Open to members: {name_kept(entry.kept)}."
        for entry in entries
        if entry.kept.state == "open"
    )
    return Outcome(
        pages,
        lambda: {"assessments": [describe_scored(e.kept, e.profile) for e in entries]},
        after=(*nothing, *opened),
        screen=join_histories(pages, len(every) - len(shown)) if pages else None,
    )


def _that_fit(every: Sequence[KeptAssessment]) -> Iterator[KeptAssessment]:
    """Return the first that fill a screen, where each team has three lines of its own."""
    lines, team = 0, None
    for kept in every:
        lines += 1 if kept.team == team else 4
        if lines > _ROOM:
            return
        team = kept.team
        yield kept


def delete_kept(store: Store, kept: KeptAssessment) -> Outcome:
    """Delete an assessment with all that belongs to it, for good."""
    gone = store.delete_assessment(kept.key)
    stays = ("The plan's file stays where it is.",) if gone.plan else ()
    page = Page(f"Deleted: {name_kept(gone)}.", ())
    return Outcome((page,), lambda: {"deleted": describe_kept(gone)}, after=stays)


def name_kept(kept: KeptAssessment) -> str:
    """Name an assessment, and what belongs to it."""
    parts = [
        *(["a plan"] if kept.plan else []),
        *([count(kept.checkins, "check-in")] if kept.checkins else []),
        *([f"answers of {count(kept.members, 'member')}"] if kept.members else []),
        *([count(kept.replaced, "earlier version")] if kept.replaced else []),
    ]
    belongings = f", with {', '.join(parts)}" if parts else ""
    return f"the assessment of {kept.team}, {kept.date} ({kept.questionnaire}){belongings}"
