"""Faults of machines, at each system call of a publication that changes the disk (``strace``).

A small site is published again and again, from one version of its contents to the other and back.
One run writes down its calls; then a run is killed at each of them, or one of them fails as on a
full disk, in turn. After each: the published folder is the old version or the new one, whole;
nobody was shown a traceback; a failure is one French sentence and the exit code 2. The next run
succeeds, gives the bytes of the new version, and leaves no file that a sound one does not.

``make pannes`` runs it: at every call of the publication itself, on a site of a few files; at some
of the thousand calls of ``portail build`` on a portal (``--pas 1``: at all of them, some hours).
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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests/helpers"))

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests/portail_publication"))

from essai import Essai

from faults import SOUND
from portail.cli import main as command
from portail.diagnostics import PlanError
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


class Ground:
    """A site of two versions, of which a forked process publishes one."""

    def __init__(self, root: Path, output: Path) -> None:
        self.root, self.output = output.parent, output
        self.root.mkdir(exist_ok=True)
        self.log, self.said = root / "appels", root / "dit"
        self.versions = []
        for version in (0, 1):
            self.turn(version)
            assert self.build().code == 0
            self.versions.append(tree(self.output))
        self.turn(0)
        assert self.build().code == 0
        self.beside = self.files()

    def turn(self, version: int) -> None:
        """Write the contents of ``version``."""
        raise NotImplementedError

    def publish(self) -> int:
        """Publish, in the process that is watched; the exit code."""
        raise NotImplementedError

    def files(self) -> set[str]:
        """Every file of the portal but the published ones, without what changes from one to the
        next in their names."""
        folders = (self.root / name for name in (".cache", "cache", ".output.suivant"))
        paths = (path.relative_to(self.root) for folder in folders for path in folder.rglob("*"))
        # SQLite takes its journal away when it opens the file again, which a later build does.
        mine = (path for path in paths if not path.name.endswith("-journal"))
        names = (path.as_posix() for path in mine if "arbre" not in path.parts)
        return {_VOLATILE.sub("N", name) for name in names}

    def build(self, *inject: str) -> Ended:
        """Build in a process of its own, which strace watches; ``inject`` are options of it."""
        pid = os.fork()
        if pid == 0:
            self._work()
        os.waitpid(pid, os.WUNTRACED)
        with self._watched(pid, *inject) if inject else _nothing():
            os.kill(pid, signal.SIGCONT)
            _, status = os.waitpid(pid, 0)
        printed = self.said.read_text("utf-8", "replace")
        calls = self.log.read_text("utf-8", "replace").splitlines() if inject else ()
        return Ended(os.waitstatus_to_exitcode(status), printed, tuple(calls))

    @contextmanager
    def _watched(self, pid: int, *inject: str) -> Iterator[None]:
        watch = ["strace", "-q", "-s", "0", "-o", str(self.log), "-p", str(pid), *inject]
        with subprocess.Popen(watch, stderr=subprocess.DEVNULL) as process:
            status = Path(f"/proc/{pid}/status")
            while "TracerPid:\t0" in status.read_text():
                if process.poll() is not None:
                    raise RuntimeError(f"{' '.join(watch)} : sortie {process.returncode}")
                time.sleep(0.001)
            yield
            process.wait(60)

    def _work(self) -> None:
        """Be the process of a build, to its end; it stops until somebody watches."""
        code = 70
        try:
            os.chdir(self.root)
            os.setsid()
            where = os.open(self.said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(where, 1)
            os.dup2(where, 2)
            os.kill(os.getpid(), signal.SIGSTOP)
            code = self.publish()
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)


class Portal(Ground):
    """A portal, which ``portail build`` publishes."""

    def __init__(self, root: Path) -> None:
        self.project = Project(root / "portail")
        self.project.write(SOUND)
        super().__init__(root, self.project.output)

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

    def publish(self) -> int:
        """See ``Ground``."""
        return command(["build"])


class Protocol(Ground):
    """A site of a few files, of which nothing is run but the publication."""

    def __init__(self, root: Path) -> None:
        self.essai = Essai(root / "essai")
        super().__init__(root, self.essai.out)

    def turn(self, version: int) -> None:
        """Some files change, some come or go, a folder too."""
        self.essai.fiches.clear()
        self.essai.fill(2).fill(1 + version, f"version {version}")
        self.essai.images = {"a.png": b"A", f"{version}/b.png": b"B"}

    def publish(self) -> int:
        """See ``Ground``."""
        try:
            self.essai.publish()
        except PlanError as error:
            sys.stderr.write(f"{error}\n")
            return 2
        return 0


@contextmanager
def _nothing() -> Iterator[None]:
    yield


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


def wrong(ground: Ground, ended: Ended, fault: str, old: int) -> Iterator[str]:
    """What is not as it should be after a fault of a build from ``old`` to the other version, and
    after the next build."""
    published = tree(ground.output)
    if published not in ground.versions:
        differs = [
            name
            for name in sorted({*published, *ground.versions[0], *ground.versions[1]})
            if published.get(name) != ground.versions[old].get(name)
        ]
        yield f"ni l’ancien ni le nouveau : {', '.join(differs[:3])}…"
    if fault == "KILL":
        if ended.code not in (0, -signal.SIGKILL):
            yield f"sortie {ended.code}"
    elif ended.code not in (0, 2):
        yield f"sortie {ended.code}"
    else:
        wanted = 1 - old if ended.code == 0 else old
        if published in ground.versions and published != ground.versions[wanted]:
            yield f"sortie {ended.code}, mais l’autre version est publiée"
    if "Traceback" in ended.said or re.search(r"\[Errno|Error", ended.said):
        yield f"dit : {ended.said.strip()[-300:]}"
    after = ground.build()
    if after.code != 0:
        yield f"la construction suivante sort {after.code} : {after.said[-300:]}"
    elif tree(ground.output) != ground.versions[1 - old]:
        yield "la construction suivante ne donne pas la nouvelle version"
    if left := ground.files() - ground.beside:
        yield f"reste : {', '.join(sorted(left)[:3])}"


def trial(ground: Ground, faults: list[str], step: int, tell: Callable[[str], object]) -> int:
    """Try each fault at each call; how many were not met as they should be."""
    version, bad = 0, 0
    for fault in faults:
        began, points = time.monotonic(), []
        for _ in range(2):  # there and back
            version = 1 - version
            ground.turn(version)
            points.append(changing(ground.build(f"-etrace={CALLS}").calls))
        how = "signal=KILL" if fault == "KILL" else f"error={fault}"
        sentences: dict[str, int] = {}
        tried = hits = 0
        for rank in range(0, max(map(len, points)), step):
            old, version = version, 1 - version
            ground.turn(version)
            numbers = points[old]
            name, number = numbers[min(rank, len(numbers) - 1)]
            inject = f"-einject={name}:{how}:when={number}"
            ended = ground.build(f"-etrace={CALLS}", inject)
            hit = [call for call in ended.calls if "INJECTED" in call or call.endswith("= ?")]
            tried, hits = tried + 1, hits + bool(hit)
            if ended.code == 2:
                sentence = _PLACE.sub("", ended.said.strip().splitlines()[-1])
                sentences[sentence] = sentences.get(sentence, 0) + 1
            for fault_text in wrong(ground, ended, fault, old):
                bad += 1
                tell(f"{fault} {name} {number} {(hit or ['?'])[0][:160]}\n    {fault_text}")
        seconds, site = time.monotonic() - began, type(ground).__name__
        tell(
            f"{site} {fault} : {tried} points de {len(points[0])}, {hits} atteints, {seconds:.0f} s"
        )
        for sentence, count in sorted(sentences.items()):
            tell(f"    {count} × {sentence}")
    return bad


def main() -> int:
    """Run the command; see the module."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--pas", type=int, default=60, help="un appel sur N de « portail build »")
    parser.add_argument("--pannes", nargs="*", default=[*FAULTS], choices=FAULTS)
    options = parser.parse_args()
    if not shutil.which("strace"):
        sys.stderr.write("strace manque : apt-get install strace\n")
        return 2
    os.environ["PORTAIL_PROCESSUS"] = "1"
    with TemporaryDirectory() as folder:
        warm = Project(Path(folder) / "chaud")
        warm.write(SOUND)
        warm.build()
        tell = partial(print, flush=True)
        bad = trial(Protocol(Path(folder)), options.pannes, 1, tell)
        bad += trial(Portal(Path(folder)), options.pannes, options.pas, tell)
    print(f"{bad} pannes mal rencontrées.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
