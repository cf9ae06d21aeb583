"""Gather the fragments of changelog.d/ into CHANGELOG.md, as a version.

``make version`` shows the version that they make, ``make version POUR=0.2.0`` writes it: its part
of CHANGELOG.md (Keep a Changelog, in French), the version of pyproject.toml and of uv.lock; the
fragments go. A version is semantic: before 1.0.0, what is added or changed is a minor one, what
only mends a patch.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADINGS = {
    "ajout": "Ajouté",
    "modification": "Modifié",
    "retrait": "Supprimé",
    "correction": "Corrigé",
    "securite": "Sécurité",
}
"""Type of a fragment → its heading, in their order (keepachangelog.com/fr/1.1.0)."""
MENDING = {"correction", "securite"}
NAME = re.compile(rf"[a-z0-9-]+\.({'|'.join(HEADINGS)})\.md")
HEADER = """\
# Journal des changements

Ce qui change pour qui lit, propose, relit ou publie ; la forme est celle de \
[Keep a Changelog](https://keepachangelog.com/fr/1.1.0/), les versions sont \
[sémantiques](https://semver.org/lang/fr/). Ce qui paraîtra est dans \
[changelog.d/](changelog.d/README.md).
"""
VERSION = re.compile(r"^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$", re.MULTILINE)
_PLACES = {
    "pyproject.toml": re.compile(r'(?<=^version = ")[^"]+', re.MULTILINE),
    "uv.lock": re.compile(r'(?<=^name = "portail"\nversion = ")[^"]+', re.MULTILINE),
}
_LINK = re.compile(r"\]\((?!https?:|/|#)([^)]+)\)")


def fragments(folder: Path) -> dict[Path, str]:
    """Fragments and their types, sorted. Raises ``SystemExit`` for a name that is not one's."""
    fragments = {}
    for path in sorted(folder.glob("*.md")):
        match = NAME.fullmatch(path.name)
        if match:
            fragments[path] = match[1]
        elif path.name != "README.md":
            raise SystemExit(f"{path.name}: not <words>.<{'|'.join(HEADINGS)}>.md")
    return fragments


def following(last: str, types: Iterable[str]) -> str:
    """The version that follows ``last`` with changes of these types.

    >>> following("0.1.4", ["correction", "ajout"]), following("1.2.3", ["securite"])
    ('0.2.0', '1.2.4')
    """
    major, minor, patch = map(int, last.split("."))
    if set(types) <= MENDING:
        return f"{major}.{minor}.{patch + 1}"
    return f"{major}.{minor + 1}.0"


def section(version: str, day: date, fragments: dict[Path, str]) -> str:
    """The part of CHANGELOG.md that tells a version."""
    rows = [f"## [{version}] - {day.isoformat()}", ""]
    for kind, heading in HEADINGS.items():
        texts = [path.read_text(encoding="utf-8") for path in fragments if fragments[path] == kind]
        items = [
            f"- {' '.join(_LINK.sub(_from_root, text).split(chr(10))).strip()}" for text in texts
        ]
        rows += [f"### {heading}", "", *items, ""] if items else []
    return "\n".join(rows)


def _from_root(link: re.Match[str]) -> str:
    """A link of a fragment, which stands one folder lower."""
    return f"]({link[1].removeprefix('../')})" if link[1].startswith("../") else link[0]


def release(root: Path, version: str, day: date, fragments: dict[Path, str]) -> None:
    """Write ``version`` everywhere it is said; the fragments go."""
    journal = root / "CHANGELOG.md"
    text = journal.read_text(encoding="utf-8") if journal.exists() else HEADER
    first = VERSION.search(text)
    at = first.start() if first else len(text)
    told = section(version, day, fragments)
    before = text[:at].rstrip("\n")
    after = f"\n{text[at:]}" if first else ""
    journal.write_text(f"{before}\n\n{told}{after}", encoding="utf-8")
    for name, place in _PLACES.items():
        file = root / name
        file.write_text(place.sub(version, file.read_text(encoding="utf-8"), count=1), "utf-8")
    for path in fragments:
        path.unlink()


def main(argv: list[str] | None = None, root: Path = ROOT) -> int:
    """Show or write the next version; 1 when there is nothing to tell or the version is taken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pour", metavar="VERSION", default="")
    parser.add_argument("--date", type=date.fromisoformat, default=datetime.now(UTC).date())
    options = parser.parse_args(argv)
    waiting = fragments(root / "changelog.d")
    if not waiting:
        print("changelog.d/ tells nothing new.")
        return 1
    journal = root / "CHANGELOG.md"
    versions = VERSION.findall(journal.read_text(encoding="utf-8")) if journal.exists() else []
    least = following(versions[0], waiting.values()) if versions else "0.1.0"
    version = options.pour or least
    if not re.fullmatch(r"\d+\.\d+\.\d+", version) or _order(version) < _order(least):
        print(f"{version} is too low: these changes make at least {least}.")
        return 1
    if not options.pour:
        print(section(version, options.date, waiting))
        return 0
    release(root, version, options.date, waiting)
    print(f"{version}: {len(waiting)} changes in CHANGELOG.md. Commit, then tag v{version}.")
    return 0


def _order(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


if __name__ == "__main__":
    sys.exit(main())
