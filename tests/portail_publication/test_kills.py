"""Builds killed at random: the published folder is always one whole version."""

import os
import random
import re
import signal
import time

import pytest
from essai import Essai, files

from doses import dose

PAGES = 70  # enough for the workers to be forked
VERSION = re.compile(rb"version-(\d+)")


def forked(work):
    """A process of its own that does ``work``; its pid."""
    pid = os.fork()
    if pid == 0:
        try:
            os.setpgid(0, 0)
            work()
        finally:
            os._exit(3)
    return pid


def awaited(there):
    """Wait for it, a minute at most."""
    end = time.monotonic() + 60
    while not there() and time.monotonic() < end:
        time.sleep(0.01)


def of_version(essai, version):
    """``essai`` as ``version`` has it: from one version to the next all pages change, some come
    and go."""
    essai.fiches.clear()
    essai.images = {f"{number}.png": b"version-%d" % version for number in range(version % 4)}
    return essai.fill(PAGES if version % 3 else PAGES - 5, f"version-{version}")


def versions_for_ever(essai, first):
    """Publish one version after another."""
    version = first
    while True:
        of_version(essai, version).publish(workers=2)
        version += 1


def version_of(root):
    """The one version that every file under ``root`` shows, all its files being there."""
    found = files(root)
    seen = {int(number) for data in found.values() for number in VERSION.findall(data)}
    assert len(seen) == 1, f"a mixture of {sorted(seen)}"
    version = seen.pop()
    pages = PAGES if version % 3 else PAGES - 5
    assert sum(name.startswith("lieux/") for name in found) == pages
    assert sum(name.startswith("images/") for name in found) == version % 4
    assert not [name for name in found if name.endswith("/")]
    assert found["poids.txt"] == b"%d %d" % (len(found["index.html"]), len(found["flux.xml"]))
    return version


def kill_builds(root, kills, seed=2021):
    """Kill ``kills`` builds, the tree being checked after each; then more, later and later, as long
    as nearly all were killed before they had published anything."""
    chance = random.Random(seed)
    essai = of_version(Essai(root), 1)
    began = time.monotonic()
    essai.publish()
    # Moments drawn over a few builds, however slow the machine is: one in each part of that time.
    span = max(0.25, 4 * (time.monotonic() - began))
    version, seen = 1, {1}
    parts = chance.sample(range(kills), kills)
    while parts or len(seen) <= 1 + kills // 10:
        part, first = parts.pop() if parts else kills, version + 1
        pid = forked(lambda first=first: versions_for_ever(essai, first))
        time.sleep(span * (part + chance.random()) / kills)
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        assert os.WIFSIGNALED(status), "the builder stopped before it was killed"
        version = version_of(essai.out)
        # A machine that has become slower is given more time.
        span = span * 0.98 if version >= first else span * 1.5
        seen.add(version)
        assert span < 300, "nothing is published"
    essai.fill(PAGES, "version-9998").publish()
    assert files(essai.out) == essai.clean()


def test_whichever_moment_a_build_is_killed_at(tmp_path):
    kill_builds(tmp_path, dose(5, 50))


def test_the_workers_of_a_killed_build_die_with_it(tmp_path):
    essai = Essai(tmp_path).fill(PAGES)
    beats = tmp_path / "battements"
    beats.mkdir()

    def slow(page):
        (beats / str(os.getpid())).touch()
        time.sleep(30)
        return b""

    pid = forked(lambda: essai.publish(render=slow, workers=2))
    awaited(lambda: len([*beats.iterdir()]) >= 2)
    workers = [int(path.name) for path in beats.iterdir()]
    assert len(workers) == 2
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    assert essai.publish().published, "the lock outlived the build and its workers"
    for worker in workers:
        with pytest.raises(ProcessLookupError):
            awaited(lambda worker=worker: os.kill(worker, 0))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_interrupted_build_stops_its_workers_and_cleans(tmp_path, number):
    essai = Essai(tmp_path).fill(PAGES)
    started = tmp_path / "commence"

    def slow(page):
        started.touch()
        time.sleep(60)
        (tmp_path / "fini").touch()
        return b""

    def work():
        signal.signal(signal.SIGINT, signal.default_int_handler)
        essai.publish(render=slow, workers=2)

    pid = forked(work)
    awaited(started.exists)
    os.kill(pid, number)
    os.waitpid(pid, 0)
    assert not (tmp_path / "fini").exists(), "its workers were waited for"
    assert not (tmp_path / ".output.suivant/neuf").exists()
    assert not essai.out.exists()
    assert essai.publish().published
