"""``python -m portail``: the same as the command ``portail``."""

from __future__ import annotations

import sys

from portail.cli import main

if __name__ == "__main__":
    sys.exit(main())
