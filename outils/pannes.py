"""Faults of machines, at the system calls of ``portail build`` that change the disk (``strace``).

A small portal is built again and again, from one version of its contents to the other and back. One
run writes down its calls; then a run is killed at one of them, or one of them fails as on a full
disk, in turn. After each: the published folder is the old version or the new one, whole; nobody was
shown a traceback; a failure is one French sentence and the exit code 2. The next run succeeds,
gives the bytes of the new version, and leaves no file that a sound one does not.

``make pannes`` tries one call out of sixty of a thousand (``--pas 1``: all, some hours); the suite
does the same at each call of the publication itself that Python announces (``test_every_call.py``).
Exit codes: 0 nothing to say, 1 a fault that was not met as it should be, 2 no ``strace`` here.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests/helpers"))

from faults import SOUND
from projects import Project, tree

CALLS = (
    "openat,creat,write,pwrite64,writev,pwritev,rename,renameat,renameat2,link,linkat,symlink,"
    "symlinkat,unlink,unlinkat,mkdir,mkdirat,rmdir,fsync,fdatasync,ftruncate,truncate,fallocate,"
    "copy_file_range,sendfile,chmod,fchmod,fchmodat,utimensat,flock"
)
FAULTS = ("KILL", "ENOSPC", "EIO", "EROFS", "EACCES", "EDQUOT", "EMFILE")
_HARMLESS = re.compile(r"O_RDONLY|^(?:write|writev)\([012],|/dev/|^fchmod\([012],")
_VOLATILE = re.compile(r"\d{3,}|[0-9a-f]{16,}")
_PLACE = re.compile(r" \([^)]*/[^)]*\)")


class Ended(NamedTuple):
    """How a build ended: ``code`` is that of ``os.waitstatus_to_exitcode``."""

    code: int
    said: str
    calls: tuple[str, ...]
    """The calls that were seen, each as strace writes it."""


class Portal:
    """A portal of two versions."""

    def __init__(self, root: Path) -> None:
        self.project = Project(root / "portail")
        self.project.write(SOUND)
        self.output = self.project.output
        self.log = root / "appels"
        self.versions = []
        for version in (0, 1):
            self.turn(version)
            assert self.build().code == 0
            self.versions.append(tree(self.output))
        self.turn(0)
        assert self.build().code == 0
        self.beside = self.files()

    def turn(self, version: int) -> None:
        """Write the contents of ``version``: a text and a title change, a page comes or goes."""
        article = SOUND["content/articles/sans-faute.md"]
        title = f"titre: Un article sans faute, version {version}"
        article = article.replace("titre: Un article sans faute", title)
        self.project.write({"content/articles/sans-faute.md": article})
        changed = {"content/lieux/autre.md": SOUND["content/lieux/la-coupole.md"]}
        if version:
            self.project.write(changed)
        else:
            (self.project.root / next(iter(changed))).unlink(missing_ok=True)

    def files(self) -> set[str]:
        """Every file of the portal but the published ones, without what changes from one to the
        next in their names."""
        root = self.output.parent
        folders = (root / name for name in (".cache", ".output.suivant"))
        paths = (path.relative_to(root) for folder in folders for path in folder.rglob("*"))
        # SQLite takes its journal away when it opens the file again, which a later build does.
        mine = (path for path in paths if not path.name.endswith("-journal"))
        names = (path.as_posix() for path in mine if "arbre" not in path.parts)
        return {_VOLATILE.sub("N", name) for name in names}

    def build(self, *options: str) -> Ended:
        """Build in one process, which strace watches when it has ``options``."""
        watch = ["strace", "-q", "-s", "0", "-o", str(self.log), *options] if options else []
        env = {**os.environ, "PORTAIL_PROCESSUS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [*watch, sys.executable, "-m", "portail", "build"],
            cwd=self.project.root,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        calls = self.log.read_text("utf-8", "replace").splitlines() if options else ()
        return Ended(done.returncode, done.stdout, tuple(calls))


def changing(calls: tuple[str, ...]) -> list[tuple[str, int]]:
    """The calls that may change the disk: the name of each, and its rank from 1 among those of its
    name, which is how strace counts."""
    ranks: Counter[str] = Counter()
    faults = []
    for call in calls:
        name, _, arguments = call.partition("(")
        if not arguments or not name.isidentifier():
            continue  # a signal, the end
        ranks[name] += 1
        if not _HARMLESS.search(call):
            faults.append((name, ranks[name]))
    return faults


def wrong(portal: Portal, ended: Ended, fault: str, old: int) -> Iterator[str]:
    """What is not as it should be after a fault of a build from ``old`` to the other version, and
    after the next build."""
    published = tree(portal.output)
    if published not in portal.versions:
        differs = [
            name
            for name in sorted({*published, *portal.versions[0], *portal.versions[1]})
            if published.get(name) != portal.versions[old].get(name)
        ]
        yield f"ni l’ancien ni le nouveau : {', '.join(differs[:3])}…"
    if fault == "KILL":
        if ended.code not in (0, -signal.SIGKILL):
            yield f"sortie {ended.code}"
    elif ended.code not in (0, 2):
        yield f"sortie {ended.code}"
    else:
        wanted = 1 - old if ended.code == 0 else old
        if published in portal.versions and published != portal.versions[wanted]:
            yield f"sortie {ended.code}, mais l’autre version est publiée"
    if "Traceback" in ended.said or re.search(r"\[Errno|Error", ended.said):
        yield f"dit : {ended.said.strip()[-300:]}"
    after = portal.build()
    if after.code != 0:
        yield f"la construction suivante sort {after.code} : {after.said[-300:]}"
    elif tree(portal.output) != portal.versions[1 - old]:
        yield "la construction suivante ne donne pas la nouvelle version"
    if left := portal.files() - portal.beside:
        yield f"reste : {', '.join(sorted(left)[:3])}"


def trial(portal: Portal, step: int) -> int:
    """Try each fault at each call; how many were not met as they should be."""
    version, bad = 0, 0
    for fault in FAULTS:
        began, points = time.monotonic(), []
        for _ in range(2):  # there and back
            version = 1 - version
            portal.turn(version)
            points.append(changing(portal.build("-e", f"trace={CALLS}").calls))
        how = "signal=KILL" if fault == "KILL" else f"error={fault}"
        sentences: dict[str, int] = {}
        tried = hits = 0
        for rank in range(0, max(map(len, points)), step):
            old, version = version, 1 - version
            portal.turn(version)
            numbers = points[old]
            name, number = numbers[min(rank, len(numbers) - 1)]
            inject = f"inject={name}:{how}:when={number}"
            ended = portal.build("-e", f"trace={CALLS}", "-e", inject)
            hit = [call for call in ended.calls if "INJECTED" in call or call.endswith("= ?")]
            tried, hits = tried + 1, hits + bool(hit)
            if ended.code == 2:
                sentence = _PLACE.sub("", ended.said.strip().splitlines()[-1])
                sentences[sentence] = sentences.get(sentence, 0) + 1
            for fault_text in wrong(portal, ended, fault, old):
                bad += 1
                print(f"{fault} {name} {number} {(hit or ['?'])[0][:160]}\n    {fault_text}")
        seconds = time.monotonic() - began
        print(
            f"{fault} : {tried} points de {len(points[0])}, {hits} atteints, {seconds:.0f} s",
            flush=True,
        )
        for sentence, count in sorted(sentences.items()):
            print(f"    {count} × {sentence}")
    return bad


def main() -> int:
    """Run the command; see the module."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--pas", type=int, default=60, help="un appel sur N")
    options = parser.parse_args()
    if not shutil.which("strace"):
        sys.stderr.write("strace manque : apt-get install strace\n")
        return 2
    with TemporaryDirectory() as folder:
        bad = trial(Portal(Path(folder)), options.pas)
    print(f"{bad} pannes mal rencontrées.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
