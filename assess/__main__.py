"""`python -m assess`, and the command `assess`."""

import sys

from assess.cli import main

if __name__ == "__main__":
    sys.exit(main())
