"""Time and memory of one command, all of its processes included; what others did meanwhile; what a
folder holds."""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import IO, NamedTuple

INTERVAL = 0.05
LOOKS = 3
"""Looks at a process, `INTERVAL` seconds apart, under which its peak may have been missed."""
LIMIT = 1800
"""Seconds after which a build is given up."""


class BuildFailed(Exception):
    """A command of the bench ended badly; the text is the end of what it said."""


class Cost(NamedTuple):
    """Seconds: on the wall, of processor (user and system, every process waited for); how many
    processors others kept busy meanwhile, None where the system does not tell."""

    wall: float
    cpu: float
    load: float | None


def cost(command: list[str], folder: Path, env: Mapping[str, str] | None = None) -> Cost:
    """What a command run in `folder` takes; ``env`` is its environment. Raises `BuildFailed`."""
    start, used, busy = time.perf_counter(), _used(), _busy()
    with tempfile.TemporaryFile("w+") as log:
        try:
            code = subprocess.run(
                command, cwd=folder, env=env, stdout=log, stderr=log, timeout=LIMIT, check=False
            ).returncode
        except subprocess.TimeoutExpired:
            raise BuildFailed(f"no end after {LIMIT} s") from None
        wall, cpu, worked = time.perf_counter() - start, _used() - used, _busy() - busy
        refuse(code, said(log))
    return Cost(wall, cpu, max(worked - cpu, 0) / wall if worked else None)


def _used() -> float:
    # The seconds of processor of this process and of those it waited for.
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def _busy() -> float:
    # The seconds that the processors of the machine have worked; 0 where it does not tell.
    try:
        _, user, nice, system, _, _, *others = Path("/proc/stat").read_text().split()[:9]
    except OSError:
        return 0
    return sum(map(int, (user, nice, system, *others))) / os.sysconf("SC_CLK_TCK")


def peak_memory(command: list[str], folder: Path, env: Mapping[str, str] | None = None) -> float:
    """Highest memory, in megabytes, of a command and the processes it starts, taken together.

    Shared pages are counted once (PSS), so that forked workers are not billed for what they
    share. A run of its own: sampling would disturb the clock. Linux only; elsewhere, the
    resident size of the largest process. Raises `BuildFailed`.
    """
    if not Path("/proc/self/smaps_rollup").is_file():
        return resident(command, folder, env)
    peak = looks = 0
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=env, stdout=log, stderr=log, start_new_session=True
        )
        while process.poll() is None:
            peak = max(peak, sum(map(pss, members(process.pid))))
            looks += 1
            time.sleep(INTERVAL)
        refuse(process.returncode, said(log))
    # One that ends before it was looked at but while it started: as where nothing can be looked at.
    return peak / 1024 if looks >= LOOKS else resident(command, folder, env)


def members(session: int) -> list[int]:
    """Processes of a session, which a child cannot leave without asking for it."""
    children = []
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                stat = Path(entry.path, "stat").read_text()
            except OSError:
                continue
            # The name, in parentheses, may hold spaces; the session is the fourth field after.
            if int(stat.rpartition(")")[2].split()[3]) == session:
                children.append(int(entry.name))
    return children


def ticks(session: int) -> int:
    """Processor time that the processes of a session, and those they waited for, have used, in
    ticks of the system."""
    used = 0
    for pid in members(session):
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            continue
        used += sum(map(int, stat.rpartition(")")[2].split()[11:15]))
    return used


def pss(pid: int) -> int:
    """Proportional size of a process, in kilobytes; 0 when it has just ended."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def resident(command: list[str], folder: Path, env: Mapping[str, str] | None) -> float:
    """Largest resident size of a command's processes, in megabytes."""
    cost(command, folder, env)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Size and digest of every file below a folder, by its path."""
    sizes = {}
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            sizes[str(path.relative_to(folder))] = (len(data), blake2b(data).digest())
    return sizes


def said(log: IO[str]) -> str:
    """The end of what a command wrote."""
    log.seek(0)
    return log.read().strip()[-1500:]


def refuse(code: int, text: str) -> None:
    """Raise `BuildFailed` unless the exit code is 0."""
    if code:
        raise BuildFailed(f"exit {code}: {text}")
