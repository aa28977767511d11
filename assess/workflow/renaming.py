"""A team's other name, and an assessment's other team, in all that names it."""

from pathlib import Path

from assess.document.rename import rename_head
from assess.errors import AssessError
from assess.identity import AssessmentKey, TeamName
from assess.library.files import at, read_text, write_text
from assess.store import KeptAssessment, Store


def rename_team(store: Store, old: TeamName, new: TeamName) -> tuple[Path, ...]:
    """Give a team another name, and return the plan files that carry it now."""
    with store.together():
        store.rename_team(old, new)
        return _rename_plans(store, [kept for kept in store.history(new) if kept.plan], new)


def move_assessment(
    store: Store, kept: KeptAssessment, team: TeamName
) -> tuple[KeptAssessment, tuple[Path, ...]]:
    """Give an assessment, with all that belongs to it, to another team.

    Returns:
        What is kept of it now, and the plan files that carry the other team's name.

    Raises:
        StoreError: It is open, there is no such team, or the team has one of that day.
    """
    with store.together():
        store.move_assessment(kept.key, team)
        key = AssessmentKey(team, kept.questionnaire, kept.date)
        (moved,) = (one for one in store.history(team) if one.key == key)
        return moved, _rename_plans(store, [moved] if moved.plan else [], moved.team)


def _rename_plans(store: Store, planned: list[KeptAssessment], team: TeamName) -> tuple[Path, ...]:
    """Write the name into what is kept of plans, and into the heads of their files."""
    written = []
    for kept in planned:
        if (plan := store.load_plan(kept.key)) is not None:
            document = plan.written.document.model_copy(update={"team": str(team)})
            text = rename_head(plan.written.text, team)
            renamed = plan.written.model_copy(update={"document": document, "text": text})
            store.keep_plan(kept.key, renamed)
            written.append(Path(renamed.path))
    return tuple(path for path in written if path.is_file() and _rename_file(path, team))


def _rename_file(path: Path, team: TeamName) -> bool:
    """Write the name into the head of a file, and tell whether it was another one."""
    current = read_text(path, AssessError)
    changed = at(path, lambda: rename_head(current, team))
    if changed != current:
        write_text(path, changed)
    return changed != current
