"""The solver is an extra: the plain check does without it, the thorough one says what to do."""

import subprocess
import sys
from pathlib import Path

from tests.typing_in import CommandLine

ROOT = Path(__file__).parent.parent
WITHOUT = """
import sys
sys.modules["ortools"] = None
from assess.__main__ import main
sys.exit(main())
"""


def run_without_solver(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT, "check", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_plain_check_needs_no_solver(assess: CommandLine) -> None:
    assess.use_small_data()
    result = run_without_solver()
    assert (result.returncode, result.stderr) == (0, "")


def test_the_thorough_check_says_what_is_missing_and_how_to_install_it() -> None:
    result = run_without_solver("--thorough")
    assert result.returncode == 1
    assert " ".join(result.stderr.split()) == (
        "error: The thorough check needs the solver OR-Tools, which is not installed. "
        "where: assess check --thorough "
        "fix: Install it with: pip install 'team-assess[check]'; "
        "without --thorough the check needs no solver."
    )
