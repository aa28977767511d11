"""Goals and measures as they are kept: found by what people call them, changed, told."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import starmap
from typing import TypeVar

from assess.documents.goals import KeptGoals, describe_goals
from assess.errors import AssessError, nearest
from assess.figures import long_day, name_some
from assess.goals.goal import KeyFigure, Measured, fold_title
from assess.goals.measures import MeasuredWork
from assess.goals.smart import GoalFinding, check_goals
from assess.workflow.aims.desk import Desk
from assess.workflow.history import list_done_actions
from assess.workflow.outcome import Outcome

M = TypeVar("M", bound=Measured)


def find_findings(desk: Desk) -> tuple[GoalFinding, ...]:
    """Return what the check asks about the goals that are under way."""
    return check_goals(desk.open_goals, desk.figures.words, desk.today)


def change_goals(desk: Desk, changing: Callable[[KeptGoals], KeptGoals]) -> Desk:
    """Keep what a change makes of the goals and measures as they are now."""
    return desk.change(lambda aims: replace(aims, goals=changing(aims.goals)))


def change_one(desk: Desk, one: M, changing: Callable[[M], M]) -> tuple[Desk, M]:
    """Keep what a change makes of one thing that is followed, as it is now."""
    after = change_goals(desk, lambda kept: kept.put(changing(find_again(kept.followed, one))))
    return after, find_again(after.followed, one)


def find_again(followed: Iterable[Measured], one: M) -> M:
    """Return what has the address of another."""
    return next(
        known for known in followed if known.address == one.address and isinstance(known, type(one))
    )


def tell_goals(
    desk: Desk, followed: Iterable[Measured], *after: str, warnings: Iterable[str] = ()
) -> Outcome:
    """Return what is said in a few sentences, with goals and measures as the document."""
    shown = tuple(followed)
    return Outcome(
        (),
        lambda: describe_goals(desk.team, shown, desk.today),
        warnings=tuple(warnings),
        after=after,
    )


def find_priorities(desk: Desk, *, with_done: bool = False) -> Mapping[str, str]:
    """Return the titles of what the latest plan has and nobody has done, by action."""
    priorities = desk.plan.written.document.priorities if desk.plan else ()
    done = () if with_done or desk.plan is None else list_done_actions(desk.plan)
    work = (p for p in priorities if p.kind != "decision" and p.action not in done)
    return {priority.action: priority.title for priority in work}


def find_goal(goals: Iterable[M], name: str) -> M:
    """Return the goal of an id or a title, open ones first, and goals before measures."""
    in_turn = sorted(goals, key=lambda goal: not goal.is_open)
    for goal in in_turn:
        if name in (goal.id, goal.address) or fold_title(name) == fold_title(goal.title):
            return goal
    fix = nearest(name, (g.id for g in in_turn)) if in_turn else "Set one with: assess goals add"
    raise AssessError(f"There is no goal '{name}'.", "ID", fix)


def require_open(goal: M) -> M:
    """Return a goal that has not ended."""
    if goal.closed is not None:
        what = f"“{goal.title}” ended on {long_day(goal.closed.on)} already."
        raise AssessError(what, goal.id, "See all with: assess goals")
    return goal


def find_figure(followed: Iterable[Measured], name: str) -> tuple[Measured, KeyFigure]:
    """Return the figure of an id, of `goal/figure`, of a name, or the only one of a goal."""
    pairs = [(held, figure) for held in followed for figure in held.figures]
    open_first = [p for p in pairs if p[0].is_open] or pairs
    wanted, ranks = fold_title(name), zip(*starmap(_called, open_first), strict=True)
    matches = (
        [pair for pair, known in zip(open_first, names, strict=True) if known == wanted]
        for names in ranks
    )
    found = next(filter(None, matches), [])
    if len(found) == 1:
        return found[0]
    what = f"There is no figure '{name}'."
    fix = nearest(name, (_known_by(held, figure.id) for held, figure in pairs))
    if found:
        ids = name_some([_known_by(held, f"{held.id}/{figure.id}") for held, figure in found])
        what, fix = f"'{name}' names {len(found)} figures.", f"Say which: {ids}."
    elif not pairs:
        fix = "Set a goal with a figure first: assess goals add"
    raise AssessError(what, "ID", fix)


def _called(held: Measured, figure: KeyFigure) -> tuple[str, ...]:
    """Return what a figure may be called, the clearest first."""
    whole = (f"{held.address}/{figure.id}", f"{held.id}/{figure.id}")
    return (*whole, figure.id, fold_title(figure.label), held.id)


def _known_by(held: Measured, figure: str) -> str:
    """Return what to call a figure by: the measure of work goes by the id of its action."""
    return held.id if isinstance(held, MeasuredWork) else figure
