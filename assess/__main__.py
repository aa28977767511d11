"""`python -m assess`, and the command `assess`."""

import gc
import os
import sys


def main() -> int:
    """Run one command as a process of its own, and return its exit code."""
    # Nearly all that a command makes lives as long as it does: looking for what does not, at
    # each 700 new objects, takes a tenth of its time. What repeats for long is still found.
    gc.set_threshold(100_000)
    # Pydantic would look through all that is installed beside us for what may read along.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from assess.cli import main

    code = main()
    gc.freeze()  # At the end Python would look through all of it once more.
    return code


if __name__ == "__main__":
    sys.exit(main())
