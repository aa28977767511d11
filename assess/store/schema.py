"""The tables of a store, version by version.

A step is the statements that lead from one schema version to the next; the version of a
file is the number of steps that it has taken. A step that was released is never changed.

Columns hold what is searched for; what belongs to one thing is kept as one JSON document,
in the form in which `export` writes it. Nothing here tells when, or in which order, the
members of a team answered: their rows have random keys and no row id.
"""

from typing import Final

Migration = tuple[str, ...]

APPLICATION_ID: Final = 0x41535353
"""Marks an SQLite file as a store of this program: "ASSS"."""

_FIRST: Final[Migration] = (
    """
    CREATE TABLE team (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,        -- the same in every spelling of the name
        name TEXT NOT NULL,              -- as first typed
        archived INTEGER NOT NULL DEFAULT 0,
        added INTEGER NOT NULL           -- by name: stays when it holds nothing
    )
    """,
    """
    CREATE TABLE team_facts (
        team INTEGER NOT NULL REFERENCES team ON DELETE CASCADE,
        kind TEXT NOT NULL,              -- people, goals and so on: one document of each
        document TEXT NOT NULL,
        PRIMARY KEY (team, kind)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE questionnaire (
        hash TEXT PRIMARY KEY,
        version INTEGER NOT NULL,
        subject TEXT NOT NULL,           -- of the document, for whoever only counts
        document TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE assessment (
        id INTEGER PRIMARY KEY,
        team INTEGER NOT NULL REFERENCES team,
        questionnaire TEXT NOT NULL,
        date TEXT NOT NULL,
        hash TEXT NOT NULL REFERENCES questionnaire,
        state TEXT NOT NULL CHECK (state IN ('alone', 'open', 'closed')),
        minimum INTEGER NOT NULL,
        same_manager INTEGER NOT NULL,
        same_members INTEGER NOT NULL,
        invited INTEGER NOT NULL DEFAULT 0,
        closed TEXT,                     -- the day
        salt BLOB NOT NULL DEFAULT (randomblob(16)),
        manager BLOB,                    -- what was answered; as bytes, so that damage in
        consensus BLOB,                  -- one of them leaves the other and the plan whole
        UNIQUE (team, questionnaire, date)
    )
    """,
    """
    CREATE TABLE member (
        key BLOB PRIMARY KEY,            -- random
        assessment INTEGER NOT NULL REFERENCES assessment ON DELETE CASCADE,
        document TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE invitation (
        hash TEXT PRIMARY KEY,           -- of the code, with the salt of the assessment
        assessment INTEGER NOT NULL REFERENCES assessment ON DELETE CASCADE,
        used INTEGER NOT NULL            -- nothing says by which answers
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE seal (
        assessment INTEGER NOT NULL REFERENCES assessment ON DELETE CASCADE,
        respondent TEXT NOT NULL CHECK (respondent IN ('manager', 'member', 'consensus')),
        private BLOB NOT NULL,
        code TEXT,                       -- the hash of the form's code; members have their own
        PRIMARY KEY (assessment, respondent)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE taken (
        hash TEXT PRIMARY KEY,           -- of the number of a sealed file that was taken in
        assessment INTEGER NOT NULL REFERENCES assessment ON DELETE CASCADE
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE sealed_draft (
        id TEXT PRIMARY KEY,             -- follows from a member's code
        assessment INTEGER NOT NULL REFERENCES assessment ON DELETE CASCADE,
        box BLOB NOT NULL                -- can be opened with the code only
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE replaced (
        id INTEGER PRIMARY KEY,
        assessment INTEGER NOT NULL REFERENCES assessment ON DELETE CASCADE,
        document TEXT NOT NULL           -- the assessment as it was, members left out
    )
    """,
    """
    CREATE TABLE plan (
        assessment INTEGER PRIMARY KEY REFERENCES assessment ON DELETE CASCADE,
        first TEXT,                      -- none while it is what was written last
        written TEXT NOT NULL,
        marks TEXT NOT NULL,
        said TEXT NOT NULL               -- since the last check-in
    )
    """,
    """
    CREATE TABLE checkin (
        id INTEGER PRIMARY KEY,
        assessment INTEGER NOT NULL REFERENCES assessment ON DELETE CASCADE,
        document TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE draft (
        id TEXT PRIMARY KEY,             -- random
        team INTEGER NOT NULL REFERENCES team,
        questionnaire TEXT NOT NULL,
        date TEXT NOT NULL,
        respondent TEXT NOT NULL CHECK (respondent IN ('manager', 'consensus')),
        hash TEXT NOT NULL REFERENCES questionnaire,
        document TEXT NOT NULL           -- the answers so far, and what is said of the team
    ) WITHOUT ROWID
    """,
    "CREATE TABLE scrub_owed (once INTEGER PRIMARY KEY CHECK (once = 1))",
)

STEPS: Final[tuple[Migration, ...]] = (_FIRST,)
