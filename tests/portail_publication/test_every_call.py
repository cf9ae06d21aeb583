"""A publication killed, or refused by the machine, at each of its calls that change the disk.

Python announces these calls (PEP 578): a hook ends the process before the n-th, or fails it, for
each n.
"""

import errno
import os
import re
import signal
import sys
from pathlib import Path

import pytest
from essai import Essai, files

from doses import dose
from portail.diagnostics import PlanError
from portail_publication import trees

CALLS = frozenset({
    "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.chmod", "os.utime",
    "os.truncate", "sqlite3.connect", "ctypes.dlsym", "fcntl.flock",
})  # fmt: skip
WRITING = os.O_WRONLY | os.O_RDWR
FULL = frozenset({"open", "os.mkdir", "os.link"})
"""What a disk that is full refuses from then on; it renames and removes."""
ENGLISH = {os.strerror(number) for number in errno.errorcode}


class Ground:
    """A site of two versions, which share files, and each has some of its own."""

    def __init__(self, root, **options):
        self.essai = Essai(root)
        self.options = options
        self.gone = 0  # times when nothing was published
        self.said = root.with_name(f"{root.name}-dit")
        self.whole = []
        for version in (0, 1):
            self.turn(version)
            self.publish()
            self.whole.append(files(self.essai.out))
            assert self.whole[-1] == self.essai.clean()
        self.turn(0)
        self.publish()
        self.beside = self.names()

    def turn(self, version):
        """Have the contents of ``version``."""
        self.essai.fiches.clear()
        self.essai.fill(2).fill(1 + version, f"version {version}")
        self.essai.images = {"a.png": b"A", f"{version}/b.png": b"B"}
        self.essai.fichiers = {"robots.txt": b"User-agent: *\n", "theme.css": b"%d" % version}

    def names(self):
        """Every file and folder beside the published ones."""
        root = self.essai.root
        found = (path.relative_to(root) for path in root.rglob("*"))
        left = (one.as_posix() for one in found if one.parts[0] in ("cache", ".output.suivant"))
        return {re.sub(r"\d{3,}", "N", name) for name in left if "/arbre/" not in name}

    def publish(self):
        self.essai.publish(**self.options)

    def broken(self, number, fault):
        """Publish in a process that ``fault`` meets at each call from the ``number``-th on; how it
        ended, and the calls that it made if it did by itself."""
        self.said.write_text("\n")  # before the fork: the other process may end at once
        pid = os.fork()
        if pid == 0:
            code, made, told = 3, [], ""

            def hear(event, details):
                if event == "open":
                    changes = isinstance(details[2], int) and details[2] & WRITING
                else:
                    changes = event in CALLS
                if changes and not {"origines", self.said.name} & {*Path(str(details[0])).parts}:
                    made.append(event)
                    if len(made) >= number:
                        fault(event, str(details[0]))

            try:
                sys.addaudithook(hear)
                self.publish()
                code = 0
            except PlanError as error:
                code, told = 2, str(error)
            except BaseException as error:
                told = repr(error)
            finally:
                self.said.write_text(f"{' '.join(made)}\n{told}", encoding="utf-8")
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        return code, self.said.read_text("utf-8").split("\n", 1)[0].split()


def killed(event, path):
    os.kill(os.getpid(), signal.SIGKILL)


def refused(number, *, once):
    """A fault that the next call meets, or all those that make something."""
    left = [1]

    def refuse(event, path):
        if (left and once) or (not once and event in FULL):
            left.clear()
            raise OSError(number, os.strerror(number), path)

    return refuse


def tried(ground, fault):
    """The exit code of a publication that meets the fault at its first call, its second…, until
    none is left (each rename, one in four of a site that is changed in place, and one in twelve of
    the others, but in the long run); what is published is checked each time, and what the next
    publication makes."""
    in_place, version = bool(ground.options), 1
    renames = dose(4, 1) if in_place else 1
    ground.turn(version)
    _, calls = ground.broken(sys.maxsize, killed)
    assert len(calls) > 25
    for number, call in enumerate(calls, 1):
        if number % (renames if call == "os.rename" else dose(12, 1)):
            continue
        old, version = version, 1 - version
        ground.turn(version)
        code, _ = ground.broken(number, fault())
        found, told = files(ground.essai.out), ground.said.read_text("utf-8")
        if in_place:
            for name, data in found.items():
                drafts = name.endswith((".nouveau", "/"))
                assert drafts or data in [one.get(name) for one in ground.whole], (number, name)
        else:
            assert found in ground.whole or not found, f"a mixture at call {number}"
            ground.gone += not found
            if code in (0, 2):
                assert found == ground.whole[old if code else version], (number, code, told)
        if code == 2:
            assert not [word for word in ENGLISH if word in told], told
        ground.publish()
        assert files(ground.essai.out) == ground.whole[version], number
        assert ground.names() == ground.beside, number
        assert not (ground.essai.root / ".output.retire").exists(), "nothing was another's"
        yield code
    assert ground.gone == (trees._swapped.__name__ == "<lambda>"), "but between two renames"


@pytest.mark.parametrize("way", ["exchange", "renames", "in place"])
def test_killed_before_each_call(tmp_path, monkeypatch, way):
    if way == "renames":
        monkeypatch.setattr(trees, "_swapped", lambda one, other: False)
    ground = Ground(tmp_path / "site", **({"in_place": True} if way == "in place" else {}))
    codes = [*tried(ground, lambda: killed)]
    assert {*codes} == {-signal.SIGKILL}


@pytest.mark.parametrize(
    "number",
    [
        errno.ENOSPC,
        *(pytest.param(one, marks=pytest.mark.long) for one in (errno.EIO, errno.EACCES)),
    ],
    ids=errno.errorcode.get,
)
def test_refused_at_each_call(tmp_path, number):
    codes = [*tried(Ground(tmp_path / "site"), lambda: refused(number, once=True))]
    assert {*codes} == {0, 2}


def test_a_disk_that_is_full_from_each_call_on(tmp_path):
    codes = [*tried(Ground(tmp_path / "site"), lambda: refused(errno.ENOSPC, once=False))]
    assert {*codes} == {0, 2}
