"""What a person reads when something went wrong, and the exit code it means."""

import sys
import tempfile
import traceback

from assess.errors import AssessError


def report_failure(error: Exception) -> int:
    """Say on stderr what went wrong; a mistake of ours keeps its traceback in a file."""
    if isinstance(error, AssessError):
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    trace = "".join(traceback.format_exception(error))
    print(  # noqa: T201
        f"error: This is a mistake of ours: {type(error).__name__}: {error}\n"
        f"  where: {_keep(trace)}\n"
        "  fix:   Nothing that you kept is lost. Please report it with that file.",
        file=sys.stderr,
    )
    return 3


def _keep(trace: str) -> str:
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="assess-error-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write(trace)
        return file.name
    except OSError:
        return trace.strip().splitlines()[-1]
