"""Is what is kept whole, private, and without leftovers?"""

import os
from collections.abc import Mapping
from pathlib import Path

from assess.errors import Problem
from assess.library.files import remove_leftovers
from assess.record import record
from assess.store import Store


@record
class StoreReport:
    """What a check of a store found: what is damaged, exposed, was left over, and is whole."""

    path: Path
    damaged: tuple[Problem, ...]
    exposed: tuple[Problem, ...]
    removed: tuple[Path, ...]
    whole: Mapping[str, int]


def check_store(store: Store) -> StoreReport:
    """Read everything that is kept, and remove what interrupted writes left."""
    removed = store.remove_leftovers()
    checkup = store.check()
    beside = [left for file in sorted(checkup.files) for left in remove_leftovers(Path(file))]
    copies = sorted(store.path.parent.glob(f"{store.path.name}.v*.bak"))
    return StoreReport(
        path=store.path,
        damaged=checkup.problems,
        exposed=tuple(
            Problem(
                "Others on this machine can read this file.",
                str(path),
                f"Keep it to yourself: chmod 600 {path}",
            )
            for path in (store.path, *copies)
            if os.name == "posix" and path.stat().st_mode & 0o077
        ),
        removed=(*removed, *beside),
        whole=checkup.whole,
    )
