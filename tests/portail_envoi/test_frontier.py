"""No build opens a connection: nothing of a build imports what sends, or follows addresses."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROBE = """
import pkgutil, sys
import portail, portail_pelican, portail_publication

for package in (portail, portail_pelican, portail_publication):
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not found.name.endswith("__main__"):
            __import__(found.name)
ours = ("portail_envoi", "portail_liens", "smtplib")
print(sorted(name for name in sys.modules if name.startswith(ours)))
"""


def test_no_build_imports_what_opens_connections() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, check=False, env=os.environ
    )
    assert done.stdout == "[]\n", done.stderr


def test_the_sending_imports_no_host() -> None:
    import portail_envoi

    folder = Path(portail_envoi.__file__).parent
    for path in folder.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "pelican" not in text.lower() and "portail_publication" not in text, path.name
