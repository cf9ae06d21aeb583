"""Time and memory of one command, all of its processes included."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import IO

INTERVAL = 0.05
LIMIT = 1800
"""Seconds after which a build is given up."""


class BuildFailed(Exception):
    """A command of the bench ended badly; the text is the end of what it said."""


def seconds(command: list[str], folder: Path) -> float:
    """Wall time of a command run in `folder`. Raises `BuildFailed`."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as log:
        code = subprocess.run(
            command, cwd=folder, stdout=log, stderr=log, timeout=LIMIT, check=False
        ).returncode
        elapsed = time.perf_counter() - start
        refuse(code, said(log))
    return elapsed


def peak_memory(command: list[str], folder: Path) -> float:
    """Highest memory, in megabytes, of a command and the processes it starts, taken together.

    Shared pages are counted once (PSS), so that forked workers are not billed for what they
    share. A run of its own: sampling would disturb the clock. Linux only; elsewhere, the
    resident size of the largest process. Raises `BuildFailed`.
    """
    if not Path("/proc/self/smaps_rollup").is_file():
        return resident(command, folder)
    peak = 0
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=log, start_new_session=True
        )
        while process.poll() is None:
            peak = max(peak, sum(map(pss, members(process.pid))))
            time.sleep(INTERVAL)
        refuse(process.returncode, said(log))
    return peak / 1024


def members(session: int) -> list[int]:
    """Processes of a session, which a child cannot leave without asking for it."""
    found = []
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                stat = Path(entry.path, "stat").read_text()
            except OSError:
                continue
            # The name, in parentheses, may hold spaces; the session is the fourth field after.
            if int(stat.rpartition(")")[2].split()[3]) == session:
                found.append(int(entry.name))
    return found


def pss(pid: int) -> int:
    """Proportional size of a process, in kilobytes; 0 when it has just ended."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def resident(command: list[str], folder: Path) -> float:
    """Largest resident size of a command's processes, in megabytes."""
    import resource

    seconds(command, folder)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def said(log: IO[str]) -> str:
    """The end of what a command wrote."""
    log.seek(0)
    return log.read().strip()[-1500:]


def refuse(code: int, text: str) -> None:
    """Raise `BuildFailed` unless the exit code is 0."""
    if code:
        raise BuildFailed(f"exit {code}: {text}")
