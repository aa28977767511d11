"""Every ratio and every run at scale that docs/performance.md gives, in one command.

python -m benchmarks
python -m benchmarks --quick     (the same with small numbers, to see that all of it runs)
"""

import argparse
import subprocess
import sys

RUNS = (
    ("commands", "", "--rounds 1"),
    ("scale", "", "--teams 30 --members 20"),
    ("scale", "--teams 1000 --quarters 4 --members 0", "--teams 30 --quarters 4 --members 0"),
    ("crowds", "", "--teams 30 --respondents 1000"),
    ("pipeline", "", "--plans 2"),
    ("reading", "", "--rounds 1"),
    ("transfer", "", "--teams 20"),
    ("rules", "--thorough", "--rounds 1"),
    ("planner", "--teams 20 --instances 4", "--teams 2 --instances 4 --growth 1 --seconds 1"),
)
"""Of each benchmark what it is given, as a rule and for a quick look."""


def main() -> None:
    """Run one after the other; one that fails ends all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    is_quick = parser.parse_args().quick
    for name, usual, quick in RUNS:
        options = quick if is_quick else usual
        print(f"\nbenchmarks.{name} {options}\n", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *options.split()], check=True)


if __name__ == "__main__":
    main()
