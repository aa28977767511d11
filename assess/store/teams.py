"""Teams, found in every spelling of their name, and what is kept of them beside assessments."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

from assess.documents.encoding import to_json
from assess.errors import nearest
from assess.identity import USABLE_NAME, TeamName, name_problem
from assess.misfit import show_value
from assess.store.database import Database
from assess.store.records import Intake, KeptTeam

if TYPE_CHECKING:
    from assess.documents.people import PeopleDocument
    from assess.documents.record import TeamFacts

F = TypeVar("F", bound="TeamFacts")


def find_team(db: Database, name: TeamName) -> int | None:
    row = db.row("SELECT id FROM team WHERE key = ?", name.key)
    return row[0] if row else None


def require_team(db: Database, name: TeamName) -> int:
    team = find_team(db, name)
    if team is None:
        what = f"There is no team {show_value(name)}."
        raise db.problem(what, "teams", nearest(name, (t.name for t in list_teams(db))))
    return team


def ensure_team(db: Database, name: TeamName, *, added: bool = False) -> int:
    """Return the team's id; it is made if there is none. `added` by name, it stays when empty."""
    _refuse_unusable(db, name)
    team = find_team(db, name)
    if team is None:
        return db.run("INSERT INTO team (key, name, added) VALUES (?, ?, ?)", name.key, name, added)
    if added:
        db.run("UPDATE team SET added = 1 WHERE id = ?", team)
    return team


def add_team(db: Database, name: TeamName) -> None:
    ensure_team(db, name, added=True)


def rename_team(db: Database, name: TeamName, new_name: TeamName) -> None:
    team = require_team(db, name)
    _refuse_unusable(db, new_name)
    if find_team(db, new_name) not in (None, team):
        raise db.problem(f"There is already a team '{new_name}'.", "teams", "Choose another name.")
    db.run("UPDATE team SET key = ?, name = ? WHERE id = ?", new_name.key, new_name, team)


def archive_team(db: Database, name: TeamName, *, archived: bool = True) -> None:
    """Put a team aside, or take it up again; what is kept of it stays."""
    db.run("UPDATE team SET archived = ? WHERE id = ?", archived, require_team(db, name))


def list_teams(db: Database, name: TeamName | None = None) -> tuple[KeptTeam, ...]:
    """Return every team by name, archived ones too, or the one that is named."""
    rows = db.rows(
        """
        SELECT name, archived, (SELECT count(*) FROM assessment WHERE team = team.id)
        FROM team WHERE key = ? OR ? IS NULL ORDER BY key
        """,
        name and name.key,
        name and name.key,
    )
    with db.undamaged("teams"):
        return tuple(
            KeptTeam(TeamName(name), bool(archived), count) for name, archived, count in rows
        )


def show_team(db: Database, name: TeamName) -> KeptTeam | None:
    return next(iter(list_teams(db, name)), None)


def forget_empty_team(db: Database, team: int) -> None:
    """Drop a team that only came with what is gone now, such as a misspelt draft."""
    db.run(
        """
        DELETE FROM team WHERE id = ? AND NOT added
        AND NOT EXISTS (SELECT 1 FROM assessment WHERE team = team.id)
        AND NOT EXISTS (SELECT 1 FROM draft WHERE team = team.id)
        AND NOT EXISTS (SELECT 1 FROM team_facts WHERE team = team.id AND kind != 'people')
        """,
        team,
    )


def _refuse_unusable(db: Database, name: TeamName) -> None:
    if what := name_problem(name):
        raise db.problem(what, "teams", USABLE_NAME)


# --- One document of each kind ---


def load_facts(db: Database, team: TeamName, model: type[F]) -> F:
    """Return what is kept of one kind; an empty document where there is nothing, or no team."""
    row = db.row(
        "SELECT document FROM team_facts WHERE team = ? AND kind = ?",
        find_team(db, team),
        model.kind,
    )
    if row is None:
        return model.empty()
    with db.undamaged(f"teams, {team}, {model.kind}"):
        return model.model_validate_json(row[0])


def load_people(db: Database, team: TeamName) -> "PeopleDocument":
    """Return the people of a team; of a team that is not there there are none."""
    from assess.documents.people import PeopleDocument

    return load_facts(db, team, PeopleDocument)


def each_facts(db: Database, model: type[F]) -> Iterator[tuple[TeamName, F]]:
    """Return what is kept of one kind, of every team that has some."""
    every = db.each(
        "SELECT name, document FROM team_facts JOIN team ON team.id = team WHERE kind = ?",
        model.kind,
    )
    for name, text in every:
        with db.undamaged(f"teams, {name}, {model.kind}"):
            yield TeamName(name), model.model_validate_json(text)


def put_facts(db: Database, team: TeamName, facts: "TeamFacts") -> Intake:
    """Keep a document in the place of the one of its kind; an empty one leaves nothing."""
    before = load_facts(db, team, type(facts))
    if before == facts:
        return "same"
    number, kind = ensure_team(db, team), facts.kind
    db.delete("team_facts", team=number, kind=kind)
    if facts != facts.empty():
        db.insert("team_facts", number, kind, to_json(facts))
    return "new" if before == facts.empty() else "replaced"
