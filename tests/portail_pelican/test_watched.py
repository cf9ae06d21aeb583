"""Whatever a build reads is watched by what answers at once when nothing changed, and told apart by
what every page depends on.

Judged by the audit events of the interpreter (PEP 578): each file that the build of the showcase
opens and each folder that it lists, found or not, in one process that has read nothing before.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zoneinfo
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from portail.cli.again import Source
from projects import LIMIT, Project

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("watched")]

HEARD = """
import os, runpy, sys
heard = []
def hear(event, details):
    if event in ("open", "os.scandir", "os.listdir") and isinstance(details[0], str | bytes):
        mode, flags = (*details[1:], "", 0)[:2] if event == "open" else ("", 0)
        written = set(mode) & set("wax+") if mode else (flags or 0) & (os.O_WRONLY | os.O_RDWR)
        if not written:
            heard.append(os.path.abspath(os.fsdecode(details[0])))
sys.addaudithook(hear)
told = sys.argv.pop(1)
try:
    runpy.run_module("portail", run_name="__main__", alter_sys=True)
finally:
    with open(told, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write("\\n".join(heard))
"""
SYSTEM = (*map(Path, zoneinfo.TZPATH), *map(Path, ("/proc", "/sys", "/dev", "/etc", "/usr/share")))
PYTHON = tuple({Path(path) for path in sysconfig.get_paths().values()} | {Path(sys.base_prefix)})
"""Python and its libraries: each module of the process is watched, and where others would be."""


class Built(NamedTuple):
    """A build: what it read, and what the next one looks at before it does anything."""

    project: Project
    heard: tuple[Path, ...]
    watched: tuple[Source, ...]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, racine: Path) -> Built:
    """The showcase, built from nothing by a process of its own."""
    root = tmp_path_factory.mktemp("vitrine")
    project = Project(root)
    for name in ("content", "voisins", "pelicanconf.py"):
        source = racine / "tests/sites/vitrine" / name
        (shutil.copy if source.is_file() else shutil.copytree)(
            source, root / name, **({} if source.is_file() else {"dirs_exist_ok": True})
        )
    told = root / "lus.txt"
    environ = {**os.environ, "PORTAIL_PROCESSUS": "1", "CI": "", "PORTAIL_VERIFIER": ""}
    done = subprocess.run(
        [sys.executable, "-c", HEARD, str(told), "build"],
        cwd=root, env=environ, capture_output=True, text=True, timeout=LIMIT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (kept,) = (root / ".cache/redites").glob("*.json")
    sources = json.loads(kept.read_text("utf-8"))["sources"]
    heard = {Path(line) for line in told.read_text("utf-8", "surrogateescape").split("\n")}
    return Built(project, tuple(sorted(heard)), tuple(Source(*one) for *one, _ in sources))


def read(built: Built) -> Iterator[Path]:
    """What the build read of others: neither Python, nor what it made itself."""
    root = built.project.root
    made = (root / "output", root / ".output.suivant", root / ".cache")
    for path in built.heard:
        if not any(path.is_relative_to(one) for one in (*made, *SYSTEM, *PYTHON)):
            yield path.parent.parent if path.parent.name == "__pycache__" else path


def watches(source: Source, path: Path) -> bool:
    """Whether a change of what is at ``path`` changes the stamps of ``source``."""
    place = Path(source.path)
    if source.kind == "tree":
        return path.is_relative_to(place)
    if source.kind == "files":
        return path.is_relative_to(place) and len(path.relative_to(place).parts) <= 3
    return path == place


def test_all_that_a_build_reads_is_watched(built: Built) -> None:
    everything = {*read(built)}
    assert len(everything) > 300, "the build was heard"
    blind = {
        str(path) for path in everything if not any(watches(one, path) for one in built.watched)
    }
    assert not blind
