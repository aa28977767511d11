"""What is kept of a team beside its assessments: one document of each kind."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from assess.documents.values import to_json
from assess.identity import TeamName
from assess.store.database import Database
from assess.store.records import Intake
from assess.store.teams import ensure_team, find_team

if TYPE_CHECKING:
    from assess.documents.people import PeopleDocument
    from assess.documents.record import TeamFacts

F = TypeVar("F", bound="TeamFacts")


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
    db.run("DELETE FROM team_facts WHERE team = ? AND kind = ?", number, kind)
    if facts != facts.empty():
        db.run("INSERT INTO team_facts VALUES (?, ?, ?)", number, kind, to_json(facts.as_json()))
    return "new" if before == facts.empty() else "replaced"


def all_facts(db: Database, team: int) -> Mapping[str, str]:
    """Return every document that is kept of a team, by its kind, as it is kept."""
    return dict(db.rows("SELECT kind, document FROM team_facts WHERE team = ?", team))
