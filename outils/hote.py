"""The tests of what is replaced in Pelican and Jinja, run with other versions of them.

``python outils/hote.py [REQUIREMENT…]`` installs these beside the packages of this environment, in
one of its own below ``.cache/``, without what they depend on: by default the next versions, as
their authors are writing them. The tests are those that decision 0002 names. A failure says what is
to be looked at before the bounds of ``pyproject.toml`` are raised, and is no fault of today: exit
code 1, which nobody waits for. 2: these versions could not be had.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from sysconfig import get_paths

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".cache/hote"
DECISION = ROOT / "docs/decisions/0002-pelican-hote.md"
TESTS = ROOT / "tests/portail_pelican"
NEXT = (
    "https://github.com/getpelican/pelican/archive/refs/heads/main.zip",
    "https://github.com/pallets/jinja/archive/refs/heads/main.zip",
)
"""What the authors are writing."""
_SAY = """
from importlib.metadata import version
print(", ".join(f"{name} {version(name)}" for name in ("pelican", "jinja2")), flush=True)
"""
_ROW = re.compile(r"^\|.*\|.*\| (.*) \|$", re.MULTILINE)
_NAME = re.compile(r"`(test_\w+\.py)`")


def named_tests(decision: str) -> list[str]:
    """The names of the test files in the table of the decision, in order.

    >>> named_tests("| a | b | `test_x.py`, `test_y.py` |")
    ['test_x.py', 'test_y.py']
    """
    rows = _ROW.findall(decision)
    return [*dict.fromkeys(name for row in rows for name in _NAME.findall(row))]


def installed(folder: Path, requirements: list[str]) -> Path | None:
    """The Python of a new environment in ``folder`` that has ``requirements``, and all else of this
    one; ``None`` when they cannot be had."""
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    python = folder / "bin/python"
    command = ["-m", "pip", "install", "--quiet", "--pre", "--no-deps", *requirements]
    if subprocess.run([str(python), *command], check=False).returncode:
        return None
    own = get_paths(vars={"base": str(folder), "platbase": str(folder)})["purelib"]
    shared = get_paths()["purelib"]
    line = f"import site; site.addsitedir({shared!r})\n"
    (Path(own) / "portail-hote.pth").write_text(line, encoding="utf-8")
    return python


def main(requirements: list[str]) -> int:
    """Install, say the versions, run the tests; the exit code of the command."""
    python = installed(FOLDER, requirements or [*NEXT])
    if python is None:
        print("These versions cannot be had here.", file=sys.stderr)
        return 2
    subprocess.run([str(python), "-c", _SAY], check=True)
    names = named_tests(DECISION.read_text(encoding="utf-8"))
    command = [
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        *(str(TESTS / name) for name in names),
    ]
    code = subprocess.run([str(python), *command], cwd=ROOT, check=False).returncode
    return min(code, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
