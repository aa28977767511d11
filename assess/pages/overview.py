"""Several teams side by side, for who looks after them: where each stands, and what helps many.

It is no league table: teams keep the order of their names, whatever their scores.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from string import ascii_lowercase
from typing import Final

from assess.cells import cut
from assess.commands import join_command
from assess.comparison.noise import Word
from assess.figures import count, join_words, long_day, name_some
from assess.overview import Lack, TeamInView, TeamsInView, count_lacking
from assess.pages.blocks import (
    Cell,
    Column,
    Items,
    Page,
    Section,
    Sentence,
    Table,
    listed,
    more_with_all,
    next_section,
    table,
)
from assess.pages.standing import ALL_FINISHED, STAGE_NAMES, name_stage, own_stage
from assess.questionnaire import STAGES, Questionnaire
from assess.scoring.records import DimensionScore

SCREENFUL: Final = 5
_MOST_LACKING: Final = 2
_QUESTION: Final = 60
"""So that a capability is one line, where there is only one screen."""
_SIGNS: Final = {name: str(number) for number, name in enumerate(STAGE_NAMES.values(), start=1)}
_ARROWS: Final[Mapping[Word | None, str]] = {"clear rise": "↑", "clear fall": "↓"}
_PLACES: Final = ("the first of three stages", "the second", "the third")
_LEGEND: Final = (
    "1 to 3: the stage that a dimension is in by itself, ✓ past all; ↑ ↓ more than noise since "
    "last time. Firm: how many answers have to be one level other before the stage changes."
)


def make_overview_page(view: TeamsInView, most: int | None = None) -> Page:
    """Return where the teams stand, with a row for each of them or for so many at most."""
    teams, today = count(len(view.teams), "team"), long_day(view.today)
    lacking = [lack for lack in count_lacking(view) if 2 * lack.teams > lack.of]
    asks = ((lack, view.questionnaire.by_id[lack.question].ask) for lack in lacking)
    missing = (
        f"{lack.teams} of {count(lack.of, 'team')}: {cut(ask, _QUESTION) if most else ask}"
        for lack, ask in asks
    )
    return Page(
        f"{teams}, {today} · {view.questionnaire.title}",
        (
            Section("", (Sentence(_stages(view)), Items(tuple(_due(view))), *_grid(view, most))),
            listed("Missing in most teams", missing, most=_MOST_LACKING),
            next_section((), _next(lacking)),
        ),
    )


def _stages(view: TeamsInView) -> str:
    counts = Counter(ALL_FINISHED if team.complete else team.stage for team in view.teams)
    names = zip(STAGES, STAGE_NAMES.values(), _PLACES, strict=True)
    parts = [f"{counts[s]} in {name}, {place}" for s, name, place in names if counts[s]]
    if counts[ALL_FINISHED]:
        parts.append(f"{counts[ALL_FINISHED]} with all three finished")
    return f"{'; '.join(parts)}." if parts else "No team has a stage yet."


def _due(view: TeamsInView) -> Iterator[str]:
    """Say what is late and due and how the goals are, all teams together."""
    late = [team.late for team in view.teams if team.late]
    if late:
        steps, teams = count(sum(late), "step"), count(len(late), "team")
        yield f"{steps} late in {teams}, as their plans were last read."
    if over := [team.name for team in view.teams if team.is_over]:
        yield f"Their weeks are over, assess again: {name_some(over)}."
    if nothing := [team.name for team in view.teams if team.view is None]:
        yield f"Without a result yet: {name_some(nothing)}."
    if of := sum(team.goals[1] for team in view.teams):
        on_course = sum(team.goals[0] for team in view.teams)
        yield f"{on_course} of {count(of, 'goal')} with a KPI on course."
    if view.left_out:
        yield f"Left out: {name_some(view.left_out)}."
    if view.others:
        yield f"Teams answer {join_words(view.others, 'and')} too: say which with --questionnaire."


def _grid(view: TeamsInView, most: int | None) -> tuple[Sentence | Table, ...]:
    """Return a row for each team, with the stage in which each dimension is by itself."""
    shown = view.teams[:most]
    letters = dict(zip(view.questionnaire.titles, ascii_lowercase, strict=False))
    dimensions = (
        Column(title, number=True, short=letters.get(d, d))
        for d, title in view.questionnaire.titles.items()
    )
    titles: tuple[str | Column, ...] = ("*Team", "stage", "#firm", *dimensions, "#late", "#goals")
    return (
        table(titles, (_row(view.questionnaire, team) for team in shown)),
        *more_with_all(len(view.teams) - len(shown), "team"),
        Sentence(_LEGEND, "quiet"),
    )


def _row(questionnaire: Questionnaire, team: TeamInView) -> tuple[Cell, ...]:
    on_course, goals = team.goals
    return (
        team.name,
        name_stage(team.stage, complete=team.complete),
        _or_dash(team.hangs_on),
        *(
            _sign(questionnaire, team.dimensions.get(d)) + _ARROWS.get(team.changes.get(d), "")
            for d in questionnaire.titles
        ),
        _or_dash(team.late),
        f"{on_course}/{goals}" if goals else "–",
    )


def _sign(questionnaire: Questionnaire, dimension: DimensionScore | None) -> str:
    if dimension is None:
        return "–"
    name = own_stage(questionnaire, dimension)
    return "✓" if name == ALL_FINISHED else _SIGNS.get(name, name)


def _or_dash(number: int | None) -> Cell:
    return "–" if number is None else number


def _next(lacking: Sequence[Lack]) -> tuple[str, str]:
    if not lacking:
        return "To hand it on:", "assess overview --out teams.html"
    command = join_command("actions", "--question", lacking[0].question)
    return "What lifts the first of them, in all these teams:", command
