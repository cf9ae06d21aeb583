"""What a machine refuses is said in French, with what to do where that is known."""

import errno
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from portail import machine
from portail.cli import CRASHED, main
from portail.diagnostics import ConfigError
from portail.machine import needed, room
from portail.terminal.text import error_sentence
from portail_publication.workers import stream_forked

SYSTEM = {os.strerror(number) for number in errno.errorcode}


def test_no_refusal_is_told_in_the_words_of_the_system():
    for number in machine._REFUSALS:
        error = OSError(number, os.strerror(number), "/x/y")
        assert machine.reason_of(error) not in SYSTEM
        told = machine.refused(error)
        assert not told or ("(/x/y). → " in told and told.endswith(", puis recommencez."))


def test_a_refusal_is_told_for_what_it_is():
    assert machine.reason_of(OSError(errno.EROFS, "")) == "le disque est en lecture seule"


def test_a_rare_refusal_keeps_the_words_of_the_system():
    error = OSError(errno.ENOTTY, os.strerror(errno.ENOTTY))
    assert machine.reason_of(error) == f"le système répond « {os.strerror(errno.ENOTTY)} »"
    assert machine.refused(error) == machine.refused(ValueError("x")) == ""


FULL = "Le disque est plein (/x/y). → Libérez de la place, puis recommencez.\n"
SHORT = "La mémoire manque. → Fermez d’autres programmes, puis recommencez.\n"


@pytest.mark.parametrize(
    ("fault", "code", "end"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/x/y"), 2, FULL),
        (MemoryError(), 2, SHORT),
        (ValueError("ours"), 70, f"ValueError: ours\n{CRASHED}"),
    ],
)
def test_what_stops_a_command_is_said_and_is_no_fault_of_contents(
    fault, code, end, monkeypatch, capsys
):
    def stopped(name):
        raise fault

    monkeypatch.setattr("portail.cli.command_named", stopped)
    assert main(["check"]) == code
    said = capsys.readouterr().err
    assert said.endswith(end) and (said == end) is (code == 2)
    monkeypatch.setattr("sys.stderr", SimpleNamespace(write=lambda text: 1 / 0))
    assert main(["check"]) == code, "where nothing can be said either"


def lacking(item):
    raise MemoryError


@pytest.mark.parametrize("workers", [1, 2])
def test_a_lack_of_memory_is_no_fault_of_what_is_made(workers):
    with pytest.raises(MemoryError):
        list(stream_forked(lacking, range(4), workers, 2))


@pytest.mark.parametrize("stream", ["1", "2"])
def test_a_stream_that_is_closed_or_full_is_no_crash(stream, tmp_path):
    (tmp_path / "content").mkdir()
    for there, code in (("&-", 0), ("/dev/full", 2 if stream == "1" else 0)):
        line = f"{sys.executable} -m portail check {stream}>{there}"
        done = subprocess.run(line, shell=True, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == code and "Traceback" not in done.stderr, there


def test_a_lock_is_taken_held_or_unknown(tmp_path, monkeypatch):
    """One reading of what systems answer, for all that lock."""
    with (tmp_path / "verrou").open("w") as mine, (tmp_path / "verrou").open() as other:
        assert machine.try_lock(mine.fileno()) is True
        assert machine.try_lock(other.fileno()) is False
        machine.unlock(mine.fileno())
        assert machine.try_lock(other.fileno()) is True
        answers = {errno.EAGAIN: False, errno.EACCES: False, errno.ENOLCK: None, errno.EBADF: None}
        for number, found in answers.items():

            def refusing(descriptor, operation, number=number):
                raise OSError(number, os.strerror(number))

            monkeypatch.setattr("fcntl.flock", refusing)
            assert machine.try_lock(mine.fileno()) is found
            machine.unlock(mine.fileno())
        monkeypatch.setattr(machine, "fcntl", None)
        assert machine.try_lock(mine.fileno()) is None


def test_one_place_says_whether_an_error_has_a_sentence():
    assert error_sentence(ConfigError("Écrivez\x1b[2J ceci.")) == "Écrivez\\u001b[2J ceci."
    assert "le disque est plein" in error_sentence(OSError(errno.ENOSPC, "x")).lower()
    assert error_sentence(ValueError("ours")) == ""


def test_a_greffon_is_blamed_where_one_is_loaded(monkeypatch):
    name = "portail.site.greffons"
    monkeypatch.setitem(sys.modules, name, SimpleNamespace(blamed=lambda error: f"à toi : {error}"))
    assert error_sentence(ValueError("x")) == "à toi : x"
    monkeypatch.delitem(sys.modules, name)
    assert error_sentence(ValueError("x")) == ""


V2 = {"proc/self/cgroup": "0::/site/build\n"}
V1 = {"proc/self/cgroup": "?\n8:pids:/x\n4:cpu,memory:/docker/ab\n0::/\n"}
MACHINE = {"proc/meminfo": "MemTotal: 8000 kB\nMemAvailable:    2000 kB\n"}
FREE = 1_000_000
HELD = 100 * os.sysconf("SC_PAGE_SIZE")
GROUPS = {
    "nothing": ({}, None),
    "the machine": (MACHINE, 2000 * 1024),
    "no limit": (MACHINE | V2 | {"sys/fs/cgroup/site/build/memory.max": "max"}, 2000 * 1024),
    "a group": (
        MACHINE | V2 | {
            "sys/fs/cgroup/site/build/memory.max": "1500000",
            "sys/fs/cgroup/site/build/memory.current": "900000",
            "sys/fs/cgroup/site/build/memory.stat": "anon 1\ninactive_file 400000\n",
        },
        FREE,
    ),
    "what is held": (MACHINE | {"proc/self/statm": "900 150 50 1 0 1 0\n"}, 2000 * 1024 + HELD),
    "a group above": (
        MACHINE | V2 | {
            "sys/fs/cgroup/site/memory.max": "1000000",
            "sys/fs/cgroup/site/memory.current": "0",
            "sys/fs/cgroup/site/memory.stat": "",
        },
        FREE,
    ),
    "version 1, in a container": (
        MACHINE | V1 | {
            "sys/fs/cgroup/memory/memory.limit_in_bytes": "1200000",
            "sys/fs/cgroup/memory/memory.usage_in_bytes": "700000",
            "sys/fs/cgroup/memory/memory.stat": "total_inactive_file 500000\n",
        },
        FREE,
    ),
    "used up": (
        V2 | {
            "sys/fs/cgroup/site/build/memory.max": "100",
            "sys/fs/cgroup/site/build/memory.current": "900",
            "sys/fs/cgroup/site/build/memory.stat": "",
        },
        0,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", GROUPS)
def test_memory_that_is_left(name, tmp_path):
    files, left = GROUPS[name]
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert room(tmp_path) == left


def test_a_build_of_more_takes_more():
    sizes = [needed(files) for files in (0, 10, 800, 801, 5_000, 20_000, 100_000)]
    assert sizes == sorted({*sizes})
