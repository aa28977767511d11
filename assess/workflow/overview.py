"""Several teams side by side, in one pass over what is kept of them all."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Literal

from assess.documents.goals import KeptGoals
from assess.documents.overview import describe_overview, list_overview_rows
from assess.errors import AssessError, nearest
from assess.goals.course import count_on_course
from assess.identity import TeamName
from assess.overview import TeamInView, TeamsInView, judge_team
from assess.pages.overview import SCREENFUL, make_overview_page
from assess.questionnaire import Questionnaire
from assess.store import Store
from assess.workflow.finding import Errand
from assess.workflow.outcome import Outcome, write_rows

Extent = Literal["screen", "page", "data"]
"""How much is wanted: one screen, the page with every team, or figures for programs."""


def show_overview(errand: Errand, without: Collection[TeamName], extent: Extent) -> Outcome:
    """Return the teams that are neither put aside nor left out, by name.

    Where no questionnaire is asked for it is the one that most teams answered.
    """
    store, wanted, today = errand.store, errand.asked, errand.today
    names = [team.name for team in store.teams() if not team.archived]
    used = store.questionnaires_used()
    for name in without:
        _refuse_unknown("--without", name, names)
    if wanted is not None:
        _refuse_unknown("--questionnaire", wanted, used)
    shown = [name for name in names if name not in without]
    chosen = wanted or next(iter(used), "")
    firm = frozenset(shown[:SCREENFUL] if extent == "screen" else shown)
    judged, questionnaire = _judge(store, chosen, shown, firm)
    if questionnaire is None:
        fix = "Look which assessments are open: assess history"
        raise AssessError("None of the teams has a result yet.", str(store.path), fix)
    view = TeamsInView(
        questionnaire=questionnaire,
        today=today,
        teams=tuple(_look(store, questionnaire, judged, today)),
        left_out=tuple(str(name) for name in names if name in without),
        others=tuple(one for one in used if wanted is None and one != chosen),
    )
    return Outcome(
        (make_overview_page(view),) if extent == "page" else (),
        lambda: describe_overview(view),
        screen=make_overview_page(view, SCREENFUL),
        files={".csv": lambda out: write_rows(out, *list_overview_rows(view))},
    )


def _refuse_unknown(option: str, given: str, known: Sequence[str]) -> None:
    if given not in known:
        what = f"There is nothing of '{given}' to put side by side."
        raise AssessError(what, option, nearest(given, known))


def _judge(
    store: Store, questionnaire: str, names: Sequence[TeamName], firm: Collection[TeamName]
) -> tuple[Mapping[TeamName, TeamInView], Questionnaire | None]:
    """Return every team by its answers, and the newest questionnaire that has a result."""
    judged = {name: TeamInView(name=str(name)) for name in names}
    newest: Questionnaire | None = None
    for name, every in groupby(store.each_assessment(questionnaire), lambda one: one.team):
        if name in judged:
            judged[name], asked = judge_team(str(name), list(every), firm=name in firm)
            newest = max(filter(None, (newest, asked)), key=lambda q: q.version, default=None)
    return judged, newest


def _look(
    store: Store, asked: Questionnaire, judged: Mapping[TeamName, TeamInView], today: date
) -> Iterator[TeamInView]:
    """Return every team with how its plan and its goals are today."""
    late = {name: (end, n) for name, end, n in store.each_late(asked.id, today)}
    # Goals are a team's, not those of who manages it.
    facts = store.each_facts(KeptGoals) if asked.subject == "team" else ()
    goals = {name: kept.goals for name, kept in facts}
    for name, team in judged.items():
        if name not in late and name not in goals:
            yield team
            continue
        end, steps = late.get(name, (None, 0))
        yield replace(
            team,
            late=steps if end is not None and today <= end else None,
            is_over=end is not None and today > end,
            goals=count_on_course(goals.get(name, ()), today),
        )
