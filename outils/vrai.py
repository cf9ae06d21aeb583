"""What the import makes of sources that nobody here wrote (``vrai.yml``): a repository, a commit, a
file of each, or a folder. Nothing of them is kept.

For each, and in all: how many are read, and ready; those of which a day is nowhere in the source
(wrong); those that speak of being called off or put off and are announced as going on; what the
rule of science keeps, and leaves, by title, for a person to judge.

    python outils/vrai.py [--miroir FOLDER]

``FOLDER`` holds git directories (``owner+name/repo``); without it, each commit is asked of GitHub.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import yaml

from portail.cli import main as portail
from portail.model.kinds import Kind
from portail.text.dates import MOIS
from portail_importer.importer.base import Base
from portail_importer.importer.values import Request, flat
from portail_importer.moissonner.sorting import speaks_of_science
from portail_importer.tableurs.columns import BODY

HERE = Path(__file__).parent
_OFF = re.compile(r"\b(?:annulée?s?|reportée?s?|cancell?ed|postponed)\b", re.IGNORECASE)


class Found(NamedTuple):
    """A content that an import wrote: its front matter, its whole text."""

    front: dict[str, Any]
    text: str

    @property
    def is_ready(self) -> bool:
        return self.front.get("statut") != "brouillon"

    @property
    def days(self) -> set[str]:
        rows = [self.front, *self.front.get("seances", ()), self.front.get("horaires") or {}]
        told = (f"{row.get(key, '')}"[:10] for row in rows for key in ("debut", "du"))
        return {*filter(None, told)}


def source_of(row: dict[str, Any], mirror: Path | None) -> bytes:
    """The bytes of a source. Raises ``CalledProcessError``."""
    name = row["depot"]
    how = ["archive", "--format=zip"] if row["fichier"].endswith("/") else ["show"]
    shown = (*how, f"{row['commit']}:{row['fichier']}")

    def git(*words: str) -> bytes:
        return subprocess.run(["git", *words], check=True, capture_output=True).stdout

    if mirror:
        return git("--git-dir", f"{mirror / name.replace('/', '+')}/repo", *shown)
    with tempfile.TemporaryDirectory() as folder:
        git("init", "-q", folder)
        git("-C", folder, "fetch", "-q", "--depth=1", f"https://github.com/{name}", row["commit"])
        return git("-C", folder, *shown)


def text_of(data: bytes) -> str:
    """All that a source says, of an archive too."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "replace").lower()
    with ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(it).decode("utf-8", "replace") for it in archive.namelist())


def written(day: str) -> Iterator[str]:
    """How sources write a day."""
    its = date.fromisoformat(day)
    yield from (f"{its:%Y%m%d}", f"{its.day}er {MOIS[its.month - 1]}")
    yield f"{its - timedelta(1):%Y%m%d}t2"  # in the zone of Greenwich, at night


def judge(row: dict[str, Any], data: bytes) -> dict[str, Any]:
    """What an import of ``data`` into a new portal comes to."""
    # what is printed is to be read by a program
    with tempfile.TemporaryDirectory() as folder, chdir(folder), redirect_stdout(sys.stderr):
        given = ("--date", f"{row['jour']}")
        portail(["init", "p", "--region", row["region"], *given])
        os.chdir("p")
        file = Path("..", Path(row["fichier"]).name)
        if row["fichier"].endswith("/"):
            file = file.with_suffix(".zip")
        file.write_bytes(data)
        answers = (f"--avec={it}" for it in row.get("avec", ()))
        code = portail(["importer", f"{file}", *given, *answers])
        found = [_read(path) for path in sorted(Path("content/events").rglob("*.md"))]
    text = text_of(data)
    ready = [it for it in found if it.is_ready]
    lost = [it for it in ready if not any(_is_said(day, text) for day in it.days)]
    sorted_out = {True: list[str](), False: list[str]()}
    for it in found:
        sorted_out[_is_kept(it)].append(it.front["titre"])
    going = [it for it in ready if _OFF.search(it.text) and not it.front.get("etat")]
    return {
        "sortie": code,
        "lus": len(found),
        "prêts": len(ready),
        "jours que la source ne dit pas": [it.front["titre"] for it in lost],
        "annulés ou reportés, annoncés": [it.front["titre"] for it in going],
        "gardés par « sciences »": sorted_out[True],
        "laissés": sorted_out[False],
    }


def _is_kept(found: Found) -> bool:
    values = flat(found.front) | {BODY: found.text.split("---\n", 2)[2]}
    base: Any = Base(Path(), "", {}, None)  # type: ignore[arg-type]
    return speaks_of_science(
        Request(
            number=1, kind=Kind.EVENT, namespace="", place=lambda fault, _: fault, values=values
        ),
        base,
    )


def _is_said(day: str, text: str) -> bool:
    # In one word, or by its day and its month in a row.
    its = date.fromisoformat(day)
    month = rf"{MOIS[its.month - 1][:3]}|\b0?{its.month}\b"
    pieces = re.compile(rf"\b0?{its.day}\b.*\n?.*(?:{month})|(?:{month}).*\b0?{its.day}\b")
    return any(form in text for form in written(day)) or pieces.search(text) is not None


def _read(path: Path) -> Found:
    text = path.read_text("utf-8")
    return Found(yaml.safe_load(text.split("---\n")[1]), text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--miroir", type=Path)
    mirror = parser.parse_args().miroir
    rows = yaml.safe_load((HERE / "vrai.yml").read_text("utf-8"))
    told: dict[str, Any] = {}
    for row in rows:
        name = f"{row['depot']}:{row['fichier']}"
        try:
            data = source_of(row, mirror)
        except subprocess.CalledProcessError as error:
            told[name] = error.stderr.decode().strip()
            continue
        told[name] = judge(row, data)
    every = [it for it in told.values() if isinstance(it, dict)]
    told["en tout"] = {count: sum(it[count] for it in every) for count in ("lus", "prêts")}
    json.dump(told, sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
