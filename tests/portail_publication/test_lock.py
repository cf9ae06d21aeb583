"""The lock of an output, between processes."""

from __future__ import annotations

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


def held(path: Path, orphan_seconds: float = 0) -> int:
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


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def test_the_lock_names_who_has_it_and_dies_with_them(tmp_path: Path) -> None:
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


def test_the_workers_of_a_killed_build_are_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "verrou"
    began = time.monotonic()
    kill(held(path, orphan_seconds=0.3))
    lock = BuildLock(path)
    lock.acquire("output")
    lock.release()
    assert time.monotonic() - began > 0.3


def test_who_has_it_is_told_in_one_line_of_printable_signs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "verrou"
    monkeypatch.setattr("sys.argv", ["/x/portail/__main__.py", "build", "\x1b[2J\né" * 999])
    pid = held(path)
    with pytest.raises(PlanError) as caught:
        BuildLock(path).acquire("output")
    kill(pid)
    told = str(caught.value)
    assert "« portail build ?[2J?é" in told and told.isprintable() and len(told) < 400


def test_an_unknown_holder(tmp_path: Path) -> None:
    path = tmp_path / "verrou"
    pid = held(path)
    path.write_text("")
    with pytest.raises(PlanError, match="processus inconnu"):
        BuildLock(path).acquire("output")
    kill(pid)


def test_threads_of_one_process_exclude_each_other(tmp_path: Path) -> None:
    path = tmp_path / "verrou"
    lock = BuildLock(path)
    lock.acquire("output")
    refused: list[str] = []

    def second() -> None:
        try:
            BuildLock(path).acquire("output")
        except PlanError as error:
            refused.append(str(error))

    thread = threading.Thread(target=second)
    thread.start()
    thread.join()
    assert len(refused) == 1
    lock.release()


def test_a_disk_without_locks_keeps_no_build_from_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NFS: nobody has the lock, and nobody can have it."""

    def unknown(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", unknown)
    lock = BuildLock(tmp_path / "verrou")
    lock.acquire("output")
    lock.release()


def test_a_lock_whose_file_cannot_be_written_is_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "verrou"
    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space"):
        patch.setattr(os, "write", full)
        BuildLock(path).acquire("output")
    lock = BuildLock(path)
    lock.acquire("output")
    lock.release()
