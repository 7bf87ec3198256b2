"""`python -m coordnlp`."""

import sys

from coordnlp.cli import main

if __name__ == "__main__":
    sys.exit(main())
