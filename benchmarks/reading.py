"""How the time to read a plan's file grows with its length, also for files made to be slow.

python -m benchmarks.reading [--rounds N]

Each row doubles the file; the columns are its time over that of the row above. Time in line
with the length doubles (2.0), and time in its square grows fourfold.
"""

import argparse
import time
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Final

from assess.document.reading import read_document

HEAD: Final = "---\nteam: Lyon\nassessment: 2026-11-22\nstart: 2026-11-23\nformat: 1\n---\n\n"
UNIT: Final = 250
"""The tasks of the smallest plan, or as much of anything else as these take."""
DOUBLINGS: Final = 4


def plan_of(count: int, tail: str = "— *the manager*, by Fri 4 Dec", *, known: bool = True) -> str:
    """Return a plan with so many tasks, each with an action of its own."""
    comment = " <!-- assess:action-{0}/1 -->" if known else ""
    line = f"- [ ] Do what has to be done as number {{0}}. {tail}{comment}\n"
    return HEAD + "".join(line.format(number) for number in range(count))


def _lines(text: str, count: int) -> str:
    return f"{text}\n" * count


FILES: Final[Mapping[str, Callable[[int], str]]] = {
    "a plan": plan_of,
    "dates elsewhere": lambda n: plan_of(n, "(until 15 January) — *Ana* ✅ 2026-12-04"),
    "comments lost": lambda n: plan_of(n, known=False),
    "spaces in the head": lambda n: f"---\n{_lines('start: ' + ' ' * 90 + 'x', n)}---\n",
    "one word again and again": lambda n: f"{HEAD}- [ ] {_lines('x by ' * 18, n)}",
    "dashes": lambda n: f"{HEAD}- [ ] {_lines('a — *b* ' * 11, n)}  <!-- assess:a/1 -->\n",
    "dates": lambda n: f"{HEAD}- [ ] {_lines('by 4 Dec — ' * 8, n)}  <!-- assess:a/1 -->\n",
    "HTML without an end": lambda n: HEAD + _lines(f"<style {'x' * 37}\n<!-- {'x' * 37}", n),
}


def main() -> None:
    """Print a table with a row for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    print("| file | ms | " + " | ".join(f"x {2**n}" for n in range(1, DOUBLINGS + 1)) + " |")
    print("| --- |" + " ---: |" * (DOUBLINGS + 1))
    for name, make in FILES.items():
        seconds = [measure(make(UNIT * 2**n), UNIT * 2**n, rounds) for n in range(DOUBLINGS + 1)]
        growth = [later / before for before, later in pairwise(seconds)]
        cells = [f"{seconds[0] * 1000:.0f}", *(f"{ratio:.1f}" for ratio in growth)]
        print(f"| {name} | {' | '.join(cells)} |")


def measure(text: str, count: int, rounds: int) -> float:
    """Return the least processor seconds to read a file; earlier readings are forgotten."""
    last = plan_of(count) if "as number" in text else None
    taken = []
    for _ in range(rounds):
        read_document.cache_clear()
        if last is not None:
            read_document(last)
        started = time.process_time()
        read_document(text, last)
        taken.append(time.process_time() - started)
    return min(taken)


if __name__ == "__main__":
    main()
