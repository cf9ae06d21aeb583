"""``python -m portail``: the same as the command ``portail``."""

import sys

from portail.cli import main

if __name__ == "__main__":
    sys.exit(main())
