"""``python -m portail_pelican``: Pelican's command, in the interpreter that has our packages."""

import sys

from portail_pelican.commands import run_pelican

if __name__ == "__main__":
    raise SystemExit(run_pelican(sys.argv[1:]))
