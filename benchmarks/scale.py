"""How commands do with many teams, and with many members.

A store is filled with one team, whose rows are copied for all others: keeping each of them would
take longer than all that is measured. Each command is a process of its own.

    python -m benchmarks.scale
    python -m benchmarks.scale --teams 1000 --quarters 4 --members 0
"""

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from assess.answers import Answer, Answers, Assessment
from assess.identity import TeamName
from assess.library import Library
from assess.store import Store
from benchmarks.transfer import keep_team

TODAY = date(2026, 11, 2)
COMMANDS: tuple[tuple[str, ...], ...] = (
    (),
    ("teams",),
    ("history",),
    ("overview",),
    ("plan",),
    ("result", "--team", "Team 7"),
    ("checkin", "--no-input", "--team", "Team 7"),
    ("teams", "--all"),
    ("history", "--all"),
    ("history", "--json"),
    ("overview", "--json"),
    ("--json",),
)
COPIES = (
    """
    WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
    INSERT INTO team (key, name, added) SELECT 'team ' || n, 'Team ' || n, 1 FROM number
    """,
    """
    INSERT INTO assessment (team, questionnaire, date, hash, state, minimum, same_manager,
        same_members, invited, manager)
    SELECT team.id, questionnaire, date, hash, state, minimum, same_manager, same_members, invited,
        manager
    FROM team, assessment WHERE assessment.team = 1 AND team.id > 1 ORDER BY team.id, date
    """,
    """
    INSERT INTO plan SELECT copy.id, first, written, marks, said
    FROM assessment copy JOIN assessment one ON one.team = 1 AND one.date = copy.date
    JOIN plan ON plan.assessment = one.id WHERE copy.team > 1
    """,
)


def main() -> None:
    """Print a row for each command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teams", type=int, default=10_000)
    parser.add_argument("--quarters", type=int, default=1)
    parser.add_argument("--members", type=int, default=500)
    given = parser.parse_args()
    print("| store | command | seconds | peak memory, MB | lines | bytes |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.teams:
            fill_teams(folder / "teams.sqlite", given.teams, given.quarters)
            what = f"{given.teams} teams x {given.quarters}"
            for command in COMMANDS:
                print(measure(what, folder / "teams.sqlite", command))
        if given.members:
            fill_members(folder / "members.sqlite", given.members)
            what = f"{given.members} members"
            for command in (("result",), ("plan", "--out", str(folder / "plan.md"))):
                print(measure(what, folder / "members.sqlite", command))


def measure(what: str, store: Path, command: Sequence[str]) -> str:
    """Return the row of a command, run once."""
    arguments = [sys.executable, "-m", "assess", *command, "--store", str(store)]
    with tempfile.TemporaryFile() as out:
        began = time.perf_counter()
        process = subprocess.Popen(
            [*arguments, "--today", str(TODAY)], stdout=out, stderr=subprocess.STDOUT
        )
        _, _, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        out.seek(0)
        printed = out.read()
    lines, size = printed.count(b"\n"), len(printed)
    row = f"{seconds:.2f} | {used.ru_maxrss / 1024:.0f} | {lines} | {size}"
    return f"| {what} | assess {' '.join(command)} | {row} |"


def fill_teams(path: Path, teams: int, quarters: int) -> None:
    """Keep so many teams, each with plans of the usual size."""
    library = Library()
    with Store(path) as store:
        questionnaire = library.questionnaire("marketing-team")
        keep_team(store, library, questionnaire, "Team 0", quarters)
    with closing(sqlite3.connect(path)) as db, db:
        for statement in COPIES:
            db.execute(statement, (teams - 1,) if "?" in statement else ())


def fill_members(path: Path, members: int) -> None:
    """Keep a team in which so many have answered."""
    questionnaire = Library().questionnaire("marketing-team")
    team = TeamName("Team 7")

    def answers(number: int) -> Answers:
        return Answers(
            questionnaire=questionnaire.id,
            version=questionnaire.version,
            team=team,
            date=TODAY,
            respondent="member" if number else "manager",
            by_question={q: Answer((n + number) % 3) for n, q in enumerate(questionnaire.by_id)},
        )

    given = Assessment(questionnaire, team, TODAY, manager=answers(0))
    with Store(path) as store, store.together():
        store.keep_assessment(given)
        codes = store.open_assessment(questionnaire, team, TODAY, invite=members)
        for number, code in enumerate(codes, start=1):
            store.add_member(questionnaire, answers(number), code)
        store.close_assessment(given.key, TODAY)


if __name__ == "__main__":
    main()
