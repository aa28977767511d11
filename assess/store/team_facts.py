"""What is kept of a team beside its assessments: one document of each kind."""

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from assess.documents.values import to_json
from assess.identity import TeamName
from assess.store.database import Database
from assess.store.records import Intake
from assess.store.rows import NeverWrittenError
from assess.store.teams import ensure_team, find_team

if TYPE_CHECKING:
    from assess.documents.goals import TeamFacts

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
        return model.model_validate(json.loads(row[0]))


def each_facts(db: Database, model: type[F]) -> Iterator[tuple[TeamName, F]]:
    """Return what is kept of one kind, of every team that has some."""
    every = db.each(
        "SELECT name, document FROM team_facts JOIN team ON team.id = team WHERE kind = ?",
        model.kind,
    )
    for name, text in every:
        with db.undamaged(f"teams, {name}, {model.kind}"):
            yield TeamName(name), model.model_validate(json.loads(text))


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


def all_facts(db: Database, team: int) -> "Mapping[str, TeamFacts]":
    """Return every document that is kept of a team, by its kind."""
    from assess.documents.goals import TEAM_FACTS

    rows = db.rows("SELECT kind, document FROM team_facts WHERE team = ? ORDER BY kind", team)
    if any(kind not in TEAM_FACTS for kind, _ in rows):
        raise NeverWrittenError
    return {kind: TEAM_FACTS[kind].model_validate(json.loads(text)) for kind, text in rows}
