"""Type each line that README.md, CONTRIBUER.md and the README of a new portal give, as a newcomer.

``make readme`` does it in their order, in a fresh clone of the commit, with the home and the
environment of a new account: each line of a block « sh » must succeed, one that serves a site must
show its home page. ``LEFT`` says which are not typed here, and why.
Exit codes: 0; 1, a line failed, and which.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from taper import Typist

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "CONTRIBUER.md")
PORTAL = "mon-portail"
"""The folder of the new portal, beside the clone: README.md names it."""
NEW = ROOT / "modele" / "commun" / "README.md"
"""What the README of a new portal is made of."""
LEFT: Mapping[str, str] = {
    "make test": "« test » of .ci/run is this line",
}
"""Lines that are not typed here, and why."""
_OURS = ("MAKE", "MFLAGS", "PORTAIL_", "PYTEST", "PYTHON", "VIRTUAL_ENV", "XDG_")
"""Beginnings of the variables that a new account has not."""


def lines(page: str) -> Iterator[str]:
    """What a page gives to type, without the words after ``#``."""
    for block in re.findall(r"(?ms)^```sh\n(.*?)^```", page):
        for line in block.splitlines():
            if typed := re.sub(r"(^|\s+)#.*", "", line).strip():
                yield typed


def type_all(one: Typist, page: Path) -> None:
    """Type the lines of a page. Raises ``subprocess.SubprocessError`` or ``TimeoutError``."""
    for line in lines(page.read_text(encoding="utf-8")):
        if line in LEFT:
            print(f"  (not typed: {line}; {LEFT[line]})", flush=True)
            continue
        print(f"$ {line}", flush=True)
        begun = time.monotonic()
        if line.endswith(" serve"):
            with one.served(line):
                pass
        else:
            one.run(line)
        print(f"  {time.monotonic() - begun:.0f} s", flush=True)


def main() -> int:
    """Type everything; 1 when a line fails."""
    with TemporaryDirectory() as folder:
        home, clone = Path(folder, "compte"), Path(folder, "portail")
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        env = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        one = Typist(clone, env | {"HOME": str(home)})
        try:
            for name in PAGES:
                type_all(one, clone / name)
            one.folder = clone.with_name(PORTAL)
            type_all(one, one.folder / "README.md")
        except (subprocess.SubprocessError, TimeoutError) as error:
            print(error)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
