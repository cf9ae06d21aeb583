"""Builds killed at random: the published folder is always one whole version."""

import os
import signal
import time

import pytest
from essai import Essai

PAGES = 70  # enough for the workers to be forked


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
