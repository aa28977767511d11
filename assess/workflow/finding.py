"""Which team, questionnaire and assessment a command is about."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Final

from assess.answers import Assessment, KeptAssessment
from assess.errors import AssessError, nearest
from assess.figures import name_some
from assess.identity import AssessmentKey, TeamName
from assess.library import Library
from assess.record import record
from assess.store import Store

WHEN_ANSWERED = "Take in what they sent (assess collect ./), and once all answered: assess close"
"""What helps where a plan waits for members."""

_BEGIN: Final = "Begin with: assess run"
_NOTHING_YET: Final = "There is no assessment yet."
_TAKE_UP: Final = "Name one with --team, or take it up again: assess teams unarchive NAME"


@record
class Errand:
    """What one command is about, and what it works with.

    `named` and `asked` are the team and the questionnaire that the command line names, if any.
    """

    library: Library
    store: Store
    today: date
    named: TeamName | None = None
    asked: str | None = None

    @cached_property
    def team(self) -> TeamName:
        """The team that is named, or the only one."""
        store, wanted = self.store, self.named
        if wanted is not None and (known := store.find_team(wanted)):
            return known.name
        teams = store.teams()
        if wanted is not None:
            fix = nearest(wanted, (t.name for t in teams)) if teams else _BEGIN
            raise AssessError(f"There is no team '{wanted}'.", "--team", fix)
        active = [team.name for team in teams if not team.archived]
        if not active:
            what, fix = ("Every team is put aside.", _TAKE_UP) if teams else (_NOTHING_YET, _BEGIN)
            raise AssessError(what, str(store.path), fix)
        if len(active) > 1:
            fix = f"Say which with --team: {name_some(active)}."
            raise AssessError(f"There are {len(active)} teams.", "--team", fix)
        return active[0]

    def about(self, assessment: Assessment) -> "Errand":
        return replace(self, named=assessment.team, asked=assessment.questionnaire.id)


def find_usual(history: Iterable[KeptAssessment]) -> str | None:
    """Return the questionnaire that is meant where none is named: the one that was used last.

    One about the team comes before one about its manager; None where nothing is kept.
    """
    every = sorted(history, key=lambda kept: (kept.subject == "team", kept.date))
    return every[-1].questionnaire if every else None


def find_planned(history: Iterable[KeptAssessment], questionnaire: str) -> KeptAssessment | None:
    """Return the latest assessment with one questionnaire that has a plan."""
    planned = (one for one in history if one.plan and one.questionnaire == questionnaire)
    return max(planned, key=lambda one: one.date, default=None)


def find_kept(store: Store, key: AssessmentKey) -> KeptAssessment | None:
    """Return what is kept of one assessment, without its answers."""
    return next((one for one in store.history(key.team) if one.key == key), None)


def find_questionnaire(errand: Errand, team: TeamName) -> str:
    """Return the id that is wanted, the one that is usual for the team, or for all."""
    known, wanted = errand.library.questionnaire_ids(), errand.asked
    history = errand.store.history(team)
    used = {kept.questionnaire for kept in history}
    if wanted is not None:
        if wanted not in known and wanted not in used:
            raise AssessError(
                f"Unknown questionnaire '{wanted}'.", "--questionnaire", nearest(wanted, known)
            )
        return wanted
    if (usual := find_usual(history)) is not None:
        return usual
    if (only := errand.library.usual_questionnaire()) is not None:
        return only
    what = f"There are {len(known)} questionnaires."
    fix = f"Say which with --questionnaire: {', '.join(known)}."
    raise AssessError(what, "--questionnaire", fix)


def nothing_on(team: TeamName, day: date) -> str:
    """Say that a team has no assessment of a day."""
    return f"There is no assessment of {team} on {day}."


def one_of(days: Iterable[date]) -> str:
    """Say which dates there are to choose from."""
    return f"Use one of these dates: {', '.join(dict.fromkeys(map(str, days))) or 'none yet'}."


def find_assessment(errand: Errand, day: date | None = None) -> Assessment:
    """Return a team's assessment of a day, or its latest that may be shown."""
    store, team = errand.store, errand.team
    history = store.history(team)
    used = find_questionnaire(errand, team) if history else errand.asked
    kept = [one for one in history if one.questionnaire == used]
    if used is None or not kept:
        raise AssessError(f"There is no assessment of {team} yet.", str(store.path), _BEGIN)
    days = [one.date for one in kept]
    if day is not None and day not in days:
        raise AssessError(nothing_on(team, day), str(store.path), one_of(days[-6:]))
    told = [one.date for one in kept if _has_answers(one)]
    return store.load_assessment(AssessmentKey(team, used, day or max(told or days)))


def _has_answers(kept: KeptAssessment) -> bool:
    """Tell whether an assessment has a view that may be shown."""
    enough = kept.state == "closed" and kept.members >= kept.minimum
    return kept.manager or kept.consensus or enough
