"""Which part of a build's processor time is spent in one part of the code.

``python outils/sampling.py recherche [options of portail build]`` builds the portal in the current
folder and prints the share. Every few milliseconds of processor, in this process and in those that
it forks, the stack is read: it counts when one of its functions is in the folder of that feature.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType

import portail.features
from portail_pelican.commands import build

INTERVAL = 0.005
FEATURES = Path(portail.features.__file__).parent


def folder(name: str) -> str:
    """Start of the paths of a feature's code. Raises ``LookupError`` when no feature has that
    name."""
    path = next(FEATURES.glob(f"*/{name}/"), None)
    if path is None:
        raise LookupError(f"no folder {name} below {FEATURES}")
    return f"{path}{os.sep}"


def inside(frame: FrameType | None, wanted: str) -> bool:
    """Whether one of the functions of a stack is in a folder."""
    while frame is not None:
        if frame.f_code.co_filename.startswith(wanted):
            return True
        frame = frame.f_back
    return False


def sampled(arguments: list[str], wanted: str) -> tuple[int, float]:
    """Exit code of a build, and the share of its samples that are in the folder.

    Samples are bytes in one file: processes that are forked share its position.
    """
    with tempfile.TemporaryFile() as file:

        def sample(number: int, frame: FrameType | None) -> None:
            os.write(file.fileno(), b"x" if inside(frame, wanted) else b".")

        def start() -> None:
            # Not ITIMER_PROF: it bounds the time that a body may take.
            signal.setitimer(signal.ITIMER_VIRTUAL, INTERVAL, INTERVAL)

        signal.signal(signal.SIGVTALRM, sample)
        os.register_at_fork(after_in_child=start)
        start()
        code = build(arguments)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        file.seek(0)
        samples = file.read()
        return code, samples.count(b"x") / max(1, len(samples))


def main(arguments: list[str]) -> int:
    """Build, print the share, return the exit code of the build."""
    code, share = sampled(arguments[1:], folder(arguments[0]))
    print(f"{arguments[0]}: {share:.4f}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
