"""The two pictures of README.md: the home page of the demonstration, on a desk and on a telephone.

Usage: captures_readme.py OUTPUT, the folder of a built demonstration; pictures go to
``docs/images/``. Exit codes: 0, 2 (no browser).
"""

from __future__ import annotations

import sys
from pathlib import Path

from npm import ToolMissing
from pages import site_url
from serving import served
from tutoriel import capture

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"


def main(arguments: list[str]) -> int:
    """Take the pictures."""
    if len(arguments) != 1:
        sys.stderr.write(__doc__ or "")
        return 2
    output = Path(arguments[0]).resolve()
    try:
        with served(output, site_url(output)) as host:
            capture(host, FOLDER)
    except ToolMissing as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
