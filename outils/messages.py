"""Messages of commits: a subject of 72 signs at most, and why, where much was changed.

    python outils/messages.py FILE     the one that Git is about to keep (.pre-commit-config.yaml)
    python outils/messages.py          those of commits that the base branch has not (make check)

Exit codes: 0; 1, a message is to be written again.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from ceilings import ROOT, base

SUBJECT = 72
MUCH = 50
"""Lines added and taken away, renames apart, from which a diff no longer says why by itself."""


def faults(message: str, lines: int) -> Iterator[str]:
    """What is wrong with the message of a commit that changes so many lines."""
    subject, *rest = message.strip().split("\n")
    if len(subject) > SUBJECT:
        yield f"a subject has {SUBJECT} signs at most, not {len(subject)}"
    if rest and rest[0].strip():
        yield "a line is left empty below the subject"
    if lines >= MUCH and not "".join(rest).strip():
        yield f"{lines} lines are changed, and no body says why"


def _git(root: Path, *words: str) -> str:
    return subprocess.run(
        ["git", "-C", root, *words], capture_output=True, text=True, check=True
    ).stdout


def _lines(shortstat: str) -> int:
    return sum(map(int, re.findall(r"(\d+) (?:insertion|deletion)", shortstat)))


def about_to_be_kept(file: Path, root: Path = ROOT) -> Iterator[str]:
    """What is wrong with the message in ``file``, of what is in the index."""
    text = re.split(r"^# -+ >8 -+$", file.read_text(encoding="utf-8"), maxsplit=1, flags=re.M)[0]
    said = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    yield from faults(said, _lines(_git(root, "diff", "--cached", "--shortstat", "-M")))


def kept(root: Path = ROOT) -> Iterator[str]:
    """What is wrong with the messages of the commits since the base branch, merges apart."""
    left = base(root)
    asked = ("rev-list", "--no-merges", f"{left}..HEAD")
    for commit in _git(root, *asked).split() if left else ():
        message = _git(root, "log", "-1", "--format=%B", commit)
        lines = _lines(_git(root, "show", "--format=", "--shortstat", "-M", commit))
        for fault in faults(message, lines):
            yield f"{commit[:9]} {message.splitlines()[0][:SUBJECT]}: {fault}"


def main(files: list[str]) -> int:
    """Judge; the exit code."""
    found = [*(about_to_be_kept(Path(files[0])) if files else kept())]
    for fault in found:
        print(fault)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
