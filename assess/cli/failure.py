"""What a person reads when something went wrong, and the exit code it means."""

import sys
import tempfile
import traceback

from assess.errors import AssessError


def report_failure(error: Exception) -> int:
    """Say on stderr what went wrong; a mistake of ours keeps its traceback in a file."""
    from assess.media.terminal import Console

    console = Console(sys.stdout, sys.stderr)
    if isinstance(error, OSError) and error.filename is None:
        # Files are named by whoever opens them; what has no name is the output itself.
        error = _output_error(error)
    if isinstance(error, AssessError):
        console.show_error(error)
        return 1
    console.show_bug(error, _keep("".join(traceback.format_exception(error))))
    return 3


def _output_error(error: OSError) -> AssessError:
    return AssessError(
        f"The output cannot be written: {error.strerror}.",
        "standard output",
        "Make room, or send it to another place.",
    )


def _keep(trace: str) -> str:
    """Return the file that the traceback was written to, or its last line on a full disk."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="assess-error-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write(trace)
    except OSError:
        return trace.strip().splitlines()[-1]
    return file.name
