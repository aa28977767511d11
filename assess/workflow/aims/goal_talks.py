"""Setting, changing and giving up a goal with somebody who answers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from assess.commands import join_command
from assess.documents.goals import GoalDraft, KeptGoalDrafts, KeptGoals
from assess.errors import AssessError
from assess.figures import count
from assess.goals.course import judge_by_figures, latest_value
from assess.goals.goal import Goal, fold_title
from assess.interview.asker import Asker
from assess.interview.goal_questions import GoalSetting, Typed, ask_changes, ask_goal, make_id
from assess.interview.prompts import ask_choice, ask_line, ask_yes_no
from assess.pages.blocks import Page, listed, next_section
from assess.pages.goals import describe_finding, make_goals_page
from assess.workflow.aims.desk import Desk
from assess.workflow.aims.followed import (
    change_goals,
    change_one,
    find_again,
    find_figure,
    find_findings,
    find_goal,
    find_priorities,
    require_open,
    tell_goals,
)
from assess.workflow.aims.goals import end_goal, give_up, show_goals
from assess.workflow.aims.importing import unit_changed
from assess.workflow.aims.recording import record_value
from assess.workflow.outcome import Outcome

_QUARTER = timedelta(days=90)
_ANOTHER = "another"


def add_goal(desk: Desk, asker: Asker) -> Outcome:
    """Ask for a goal, or go on with one that was begun, and keep it."""
    begun = _Begun(desk, *_choose_draft(desk, asker))
    goal = ask_goal(asker, _setting(desk), begun.typed, begun.keep)

    def add(kept: KeptGoals) -> KeptGoals:
        # Somebody else may have taken the id meanwhile.
        taken = {known.id for known in kept.goals}
        name = make_id(goal.title, taken) if goal.id in taken else goal.id
        return kept.put(goal.model_copy(update={"id": name}))

    with desk.store.together():
        after = change_goals(desk, add)
        begun.keep(())
    return _show_one(after, after.goals[-1])


def _choose_draft(desk: Desk, asker: Asker) -> tuple[int, Typed]:
    """Return the number of a draft to go on with, and what is typed of it; 0 is a new one."""
    kept = desk.store.load_facts(desk.team, KeptGoalDrafts).drafts
    if not kept:
        return 0, ()
    drafts = {str(draft.number): draft for draft in kept}
    titles = {n: f"Go on with “{dict(d.typed).get('title', '')}”" for n, d in drafts.items()}
    choices = {**titles, _ANOTHER: "Set another goal"}
    chosen = ask_choice(asker, "A goal was begun.", choices, default=next(iter(choices)))
    draft = drafts.get(chosen)
    return (draft.number, draft.typed) if draft else (0, ())


class _Begun:
    """A goal that is being set in one terminal, beside others that may be set in another."""

    def __init__(self, desk: Desk, number: int, typed: Typed) -> None:
        self._desk, self._number, self.typed = desk, number, typed

    def keep(self, typed: Typed) -> None:
        """Keep what was typed in the place of what was before; without anything it ends."""
        store, team = self._desk.store, self._desk.team
        with store.together():
            drafts = {d.number: d for d in store.load_facts(team, KeptGoalDrafts).drafts}
            known = drafts.get(self._number)
            if known is None or known.typed != self.typed:
                # A new one; or another terminal went on with the same, which is its own now.
                self._number = max(drafts, default=0) + 1
            drafts.pop(self._number, None)
            if typed:
                drafts[self._number] = GoalDraft(number=self._number, typed=typed)
            store.keep_facts(team, KeptGoalDrafts(drafts=tuple(drafts.values())))
        self.typed = typed


def edit_goal(desk: Desk, asker: Asker, name: str) -> Outcome:
    """Change what a goal says; every change is kept as it is made."""
    goal = find_goal(desk.goals, name)

    def keep(change: Callable[[Goal], Goal]) -> Goal:
        return change_one(desk, goal, lambda now: _change(now, change))[1]

    ask_changes(asker, _setting(desk, goal), goal, keep)
    after = desk.reload()
    return _show_one(after, find_again(after.goals, goal))


def _change(goal: Goal, change: Callable[[Goal], Goal]) -> Goal:
    """Return a changed goal, unless a unit would change under values."""
    changed = change(goal)
    pairs = zip(goal.figures, changed.figures, strict=False)
    problems = [p for old, new in pairs for p in unit_changed(old, new, goal.id)]
    if problems:
        raise AssessError(*problems)
    return changed


def close_goal(
    desk: Desk,
    asker: Asker | None,
    name: str,
    learned: str | None = None,
    *,
    reached: bool | None = None,
    okr: bool = False,
) -> Outcome:
    """End a goal, and ask for what nobody said: values, whether it is reached, what was learned."""
    if asker is None:
        return end_goal(desk, name, learned or "", reached=reached, okr=okr)
    goal = require_open(find_goal(desk.goals, name))
    if reached is None:
        for figure in goal.figures:
            # What nobody has ever measured; each value is kept at once.
            if latest_value(figure, desk.today) is None:
                ask_value(desk, asker, f"{goal.address}/{figure.id}", desk.today, None)
        desk = desk.reload()
        if judge_by_figures(find_again(desk.goals, goal), desk.today) is None:
            reached = ask_yes_no(asker, f"Was “{goal.title}” reached?", default=True)
    if learned is None:
        learned = ask_line(asker, f"What did you learn from “{goal.title}”?", "One sentence.")
    return end_goal(desk, goal.id, learned, reached=reached, okr=okr)


def ask_value(desk: Desk, asker: Asker, name: str, day: date, confidence: int | None) -> Outcome:
    """Ask what a figure is, and record it; where nobody says it stays as it is."""
    _, figure = find_figure(desk.followed, name)
    while typed := ask_line(asker, f"What is “{figure.label}” now?"):
        try:
            return record_value(desk, name, typed, day, confidence)
        except AssessError as error:
            asker.say(f"{error.what} {error.fix}")
    return show_goals(desk, okr=False)


def drop_goal(desk: Desk, asker: Asker | None, name: str, because: str | None) -> Outcome:
    """Give a goal up, and ask what becomes of the work that was to help it."""
    if asker is None:
        return give_up(desk, name, because or "")
    priorities = find_priorities(desk)
    goal = find_goal(desk.followed, name)
    why = because if because is not None else ask_line(asker, "Why is it given up?")
    helping = goal.helped_by if isinstance(goal, Goal) and goal.is_open else None
    helping = helping if helping in priorities else None
    outcome = give_up(desk, goal.id, why)
    if helping is None:
        return outcome
    others = {g.id: g for g in desk.open_goals if g.id != goal.id}
    helps = {name: f"It helps “{other.title}”" for name, other in others.items()}
    choices = {"keep": "Keep it in the plan", "put-aside": "Put it aside", **helps}
    question = f"What becomes of “{priorities[helping]}”, which was to help it most?"
    chosen = ask_choice(asker, question, choices, default="keep")
    if chosen in others:
        change_one(desk, others[chosen], lambda g: g.model_copy(update={"helped_by": helping}))
    if chosen == "put-aside":
        said = f"Put it aside with: {join_command('plan', '--skip', helping)}"
        return replace(outcome, after=(*outcome.after, said))
    return outcome


def _setting(desk: Desk, but: Goal | None = None) -> GoalSetting:
    others = [goal for goal in desk.goals if but is None or goal.id != but.id]
    return GoalSetting(
        catalogue=desk.figures,
        today=desk.today,
        end=desk.today + _QUARTER,
        taken={fold_title(goal.title) for goal in others if goal.is_open},
        ids={goal.id for goal in others},
        priorities=find_priorities(desk),
    )


def _show_one(desk: Desk, goal: Goal) -> Outcome:
    page = make_goals_page(desk.team, (goal,), desk.today, titles=find_priorities(desk))
    end = next_section((), ("Change it, or add a KPI:", join_command("goals", "edit", goal.id)))
    found = [f for f in find_findings(desk) if f.goal in (goal.id, None)]
    asked = tuple(map(describe_finding, found))
    said = f"Kept as {goal.id}. {count(len(found), 'thing')} to ask about."
    screen = Page(page.title, (*page.sections, listed("", (said, *asked)), end))
    return replace(tell_goals(desk, (goal,)), pages=(page,), screen=screen)
