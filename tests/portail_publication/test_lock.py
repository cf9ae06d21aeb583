"""The lock of an output, between processes."""

import errno
import os
import re
import signal
import threading
import time
from pathlib import Path

import pytest

from portail.diagnostics import PlanError
from portail_publication.trees import BuildLock


def held(path, orphan_seconds=0):
    """A process that holds the lock, with a child that outlives it by ``orphan_seconds``."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            BuildLock(path).acquire("output")
            if orphan_seconds and os.fork() == 0:
                os.close(writer)
                time.sleep(orphan_seconds)
                os._exit(0)
            os.write(writer, b"x")
            time.sleep(60)
        finally:
            os._exit(1)
    os.close(writer)
    assert os.read(reader, 1) == b"x"
    os.close(reader)
    return pid


def kill(pid):
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def test_the_lock_names_who_has_it_and_dies_with_them(tmp_path):
    path = tmp_path / "verrou"
    pid = held(path)
    lock = BuildLock(path)
    with pytest.raises(PlanError) as caught:
        lock.acquire("output")
    assert re.fullmatch(
        rf"Une autre construction de « output » est en cours \(processus {pid}, depuis le "
        r"\d\d/\d\d/\d{4} à \d\d:\d\d, « .+ »\) : attendez sa fin, ou arrêtez-la\.",
        str(caught.value),
    )
    kill(pid)
    lock.acquire("output")
    lock.acquire("output")
    assert path.read_text().startswith(f"{os.getpid()}\n")
    lock.release()
    lock.release()
    BuildLock(path).acquire("output")


def test_the_workers_of_a_killed_build_are_waited_for(tmp_path):
    path = tmp_path / "verrou"
    began = time.monotonic()
    kill(held(path, orphan_seconds=0.3))
    lock = BuildLock(path)
    lock.acquire("output")
    lock.release()
    assert time.monotonic() - began > 0.3


def test_who_has_it_is_told_in_one_line_of_printable_signs(tmp_path, monkeypatch):
    path = tmp_path / "verrou"
    monkeypatch.setattr("sys.argv", ["/x/portail/__main__.py", "build", "\x1b[2J\né" * 999])
    pid = held(path)
    with pytest.raises(PlanError) as caught:
        BuildLock(path).acquire("output")
    kill(pid)
    told = str(caught.value)
    assert "« portail build ?[2J?é" in told and told.isprintable() and len(told) < 400


def test_threads_of_one_process_exclude_each_other(tmp_path):
    path = tmp_path / "verrou"
    lock = BuildLock(path)
    lock.acquire("output")
    refused = []

    def second():
        try:
            BuildLock(path).acquire("output")
        except PlanError as error:
            refused.append(str(error))

    thread = threading.Thread(target=second)
    thread.start()
    thread.join()
    assert len(refused) == 1
    lock.release()


def test_a_disk_without_locks_keeps_no_build_from_running(tmp_path, monkeypatch):
    """NFS: nobody has the lock, and nobody can have it."""

    def unknown(descriptor, operation):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", unknown)
    lock = BuildLock(tmp_path / "verrou")
    lock.acquire("output")
    lock.release()


def test_a_lock_whose_file_cannot_be_written_is_let_go(tmp_path, monkeypatch):
    def full(descriptor, data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "verrou"
    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space"):
        patch.setattr(os, "write", full)
        BuildLock(path).acquire("output")
    lock = BuildLock(path)
    lock.acquire("output")
    lock.release()


def test_who_is_alive_is_not_waited_for(tmp_path, monkeypatch):
    """Nor who has not said its name yet, nor another user's process: none of them is ours."""
    path = tmp_path / "verrou"
    holder = BuildLock(path)
    holder.acquire("output")
    waited = []
    monkeypatch.setattr(time, "sleep", waited.append)
    opened = len([*Path("/proc/self/fd").iterdir()])
    for content in (f"{os.getpid()}\nx", "1\nx", "", "abc"):
        path.write_text(content)
        who = content.split("\n")[0] or "inconnu"
        with pytest.raises(PlanError, match=f"processus {who}"):
            BuildLock(path).acquire("output")
    assert waited == []
    assert len([*Path("/proc/self/fd").iterdir()]) == opened, "nothing stays open"
    holder.release()


def test_workers_of_a_killed_build_are_not_waited_for_ever(tmp_path, monkeypatch):
    path = tmp_path / "verrou"
    gone = os.fork()
    if gone == 0:
        os._exit(0)
    os.waitpid(gone, 0)
    holder = BuildLock(path)
    holder.acquire("output")
    path.write_text(f"{gone}\nx")
    waited = []
    monkeypatch.setattr(time, "sleep", waited.append)
    with pytest.raises(PlanError):
        BuildLock(path).acquire("output")
    assert sum(waited) == pytest.approx(2.0)
    holder.release()


def test_the_file_says_one_printable_line(tmp_path, monkeypatch):
    path = tmp_path / "verrou"
    path.write_text("a line of before, which is longer than the next" * 9)
    before = os.umask(0)
    path.unlink()
    for program, told in (
        ("/x/portail/__main__.py", "portail"), ("/x/portail", "portail"), ("", "python"),
    ):  # fmt: skip
        monkeypatch.setattr("sys.argv", [program, "build", "\x1b[2J\né"])
        lock = BuildLock(path)
        lock.acquire("output")
        lock.release()
        assert path.read_text() == f"{os.getpid()}\n{told} build ?[2J?é"
    assert path.stat().st_mode & 0o777 == 0o644
    os.umask(before)
