"""Teams: found by name without case, shown as first typed."""

from unicodedata import normalize

from assess.answers import MOST_TEAM_LETTERS, team_name_problem
from assess.errors import nearest
from assess.misfit import show_value
from assess.store.database import Database
from assess.store.records import Team


def team_key(name: str) -> str:
    """Return what makes two names the same team."""
    return normalize("NFC", normalize("NFC", name.strip()).casefold())


def find_team(db: Database, name: str) -> int | None:
    row = db.row("SELECT id FROM team WHERE key = ?", team_key(name))
    return row[0] if row else None


def require_team(db: Database, name: str) -> int:
    team = find_team(db, name)
    if team is None:
        raise db.problem(
            f"There is no team {show_value(name.strip())}.",
            "teams",
            nearest(name.strip(), (t.name for t in list_teams(db))),
        )
    return team


def ensure_team(db: Database, name: str, *, added: bool = False) -> int:
    """Return the team's id; it is made if there is none. `added` by name, it stays when empty."""
    _refuse_unusable(db, name)
    team = find_team(db, name)
    if team is None:
        return db.run(
            "INSERT INTO team (key, name, added) VALUES (?, ?, ?)",
            team_key(name),
            name.strip(),
            added,
        )
    if added:
        db.run("UPDATE team SET added = 1 WHERE id = ?", team)
    return team


def rename_team(db: Database, name: str, new_name: str) -> None:
    team = require_team(db, name)
    _refuse_unusable(db, new_name)
    if find_team(db, new_name) not in (None, team):
        raise db.problem(
            f"There is already a team '{new_name.strip()}'.", "teams", "Choose another name."
        )
    db.run(
        "UPDATE team SET key = ?, name = ? WHERE id = ?", team_key(new_name), new_name.strip(), team
    )


def archive_team(db: Database, name: str, *, archived: bool) -> None:
    db.run("UPDATE team SET archived = ? WHERE id = ?", archived, require_team(db, name))


def list_teams(db: Database) -> tuple[Team, ...]:
    """Return every team, by name."""
    rows = db.rows(
        """
        SELECT name, archived, (SELECT count(*) FROM assessment WHERE team = team.id)
        FROM team ORDER BY key
        """
    )
    return tuple(Team(name, bool(archived), count) for name, archived, count in rows)


def show_team(db: Database, name: str) -> Team | None:
    """Return the team of that name, or None."""
    key = team_key(name)
    return next((team for team in list_teams(db) if team_key(team.name) == key), None)


def forget_empty_team(db: Database, team: int) -> None:
    """Drop a team that only came with what is gone now, such as a misspelt draft."""
    db.run(
        """
        DELETE FROM team WHERE id = ? AND NOT added
        AND NOT EXISTS (SELECT 1 FROM assessment WHERE team = team.id)
        AND NOT EXISTS (SELECT 1 FROM draft WHERE team = team.id)
        """,
        team,
    )


def _refuse_unusable(db: Database, name: str) -> None:
    if what := team_name_problem(name):
        fix = f"Use a name of 1 to {MOST_TEAM_LETTERS} printable characters."
        raise db.problem(what, "teams", fix)
