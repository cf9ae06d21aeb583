"""Find a Chromium for the browser tests, fetch one if possible, print its path.

``chromium.py jq unzip firefox-esr`` asks for these programs too, each in Debian's package of its
name; another Firefox does as well, and a library may be asked for by its package.

In this order: ``CHROME_BIN``; a browser of the system; the one Playwright has already
downloaded; Playwright's download; Debian's package when run as root. With ``--find`` it
looks and fetches nothing. The path goes to standard output, the rest to standard error.
Playwright, which drives it, must start too: its own Node needs a library that a bare Debian
lacks.
Exit codes: 0 found, 2 something cannot be had (the exact commands are printed).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from ctypes.util import find_library
from pathlib import Path

NAMES = (
    "chromium-headless-shell",  # half the time of those that can show windows
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "microsoft-edge-stable",
)
MAC = "/Applications/{0}.app/Contents/MacOS/{0}"
APT = ["apt-get", "install", "-y", "--no-install-recommends"]
DRIVER_LIBRARY = "libatomic1"
SAME = {
    "dovecot-imapd": "dovecot",
    "firefox-esr": "firefox",
    "nginx-light": "nginx",
    "poppler-utils": "pdftotext",
    "webkit2gtk-driver": "WebKitWebDriver",
    "xvfb": "xvfb-run",
}
"""Other names of programs."""
OF_LINUX = frozenset({"webkit2gtk-driver", "xvfb"})
"""What no other system has: tests that need it are left out there."""
LIBRARIES = {
    "gir1.2-webkit2-4.1": "webkit2gtk-4.1",
    "python3-gi": "girepository-1.0",
}
"""Names by which a system finds the libraries of these packages."""
BROWSER = ["chromium", DRIVER_LIBRARY]


def main() -> int:
    """Print the path of a browser that starts."""
    fetching = "--find" not in sys.argv
    absent = missing(
        [argument for argument in sys.argv[1:] if not argument.startswith("--")], fetching
    )
    reasons = [f"{' and '.join(absent)} cannot be found."] if absent else []
    try:
        path = find() or (fetch() if fetching else None)
        if path is None:
            raise OSError("no Chromium was found or could be fetched.")
        if not driver_starts() and not (fetching and fetch_library()):
            raise OSError("Playwright does not start.")
    except OSError as error:
        return refuse(" ".join([*reasons, str(error)]), [*BROWSER, *absent])
    if reasons:
        return refuse(reasons[0], absent)
    print(path)
    return 0


def missing(programs: list[str], fetching: bool) -> list[str]:
    """Those of these programs and libraries that are not here, nor can be installed."""

    def here(name: str) -> bool:
        if name in OF_LINUX and sys.platform != "linux":
            return True
        if name in LIBRARIES:
            return find_library(LIBRARIES[name]) is not None
        return any(map(shutil.which, (name, SAME.get(name, name))))

    def absent() -> list[str]:
        return [program for program in programs if not here(program)]

    if absent() and fetching and may_install():
        from_debian(*absent())
    return absent()


def find() -> Path | None:
    """A Chromium already on this machine, or None.

    Raises `OSError` when CHROME_BIN is set and does not start: what was asked for
    explicitly is never silently replaced.
    """
    setting = os.environ.get("CHROME_BIN")
    if setting:
        if not starts(Path(setting)):
            raise OSError(f"CHROME_BIN={setting} does not start.")
        return Path(setting)
    return next((path for path in candidates() if starts(path)), None)


def candidates() -> Iterator[Path]:
    """Where a browser may be: the system's, then Playwright's."""
    yield from map(Path, filter(None, map(shutil.which, NAMES)))
    for name in ("Chromium", "Google Chrome"):
        yield Path(MAC.format(name))
    playwright = playwright_path()
    if playwright:
        yield playwright


def playwright_path() -> Path | None:
    """Where Playwright keeps its Chromium, present or not; None without Playwright."""
    code = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p: print(p.chromium.executable_path)"
    )
    done = run([sys.executable, "-c", code], seconds=60)
    path = done.stdout.strip() if done and done.returncode == 0 else ""
    return Path(path) if path else None


def starts(path: Path) -> bool:
    """Whether the program is there and answers ``--version`` (its libraries are present)."""
    if not path.is_file():
        return False
    done = run([str(path), "--version"], seconds=60)
    return done is not None and done.returncode == 0 and bool(done.stdout.strip())


def driver_starts() -> bool:
    """Whether Playwright's driver runs on this machine."""
    done = run([sys.executable, "-m", "playwright", "--version"], seconds=60)
    return done is not None and done.returncode == 0


def fetch() -> Path | None:
    """Try each way of getting a browser until one starts."""
    ways: list[Callable[[], object]] = [from_playwright]
    if may_install():
        ways.append(lambda: from_debian("chromium-headless-shell"))
        ways.append(lambda: from_debian("chromium"))
    for way in ways:
        way()
        path = find()
        if path:
            return path
    return None


def fetch_library() -> bool:
    """Install what Playwright's driver lacks, if allowed; whether it starts then."""
    if may_install():
        from_debian(DRIVER_LIBRARY)
    return driver_starts()


def may_install() -> bool:
    """Whether Debian's packages can be installed here: root, with apt."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return root and shutil.which("apt-get") is not None


def from_playwright() -> None:
    """Let Playwright download its Chromium (about 180 MB, kept in the user's cache)."""
    print("Downloading Chromium with Playwright…", file=sys.stderr)
    command = [sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"]
    done = run(command, seconds=400)
    if done is None or done.returncode:
        print("  it did not work here.", file=sys.stderr)


def from_debian(*packages: str) -> None:
    """Install Debian's packages (root only)."""
    command = [*APT, *packages]
    print(f"Installing from Debian: {' '.join(command)}", file=sys.stderr)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = run(command, seconds=600, environment=environment)
    if done is None or done.returncode:
        run(["apt-get", "update"], seconds=300, environment=environment)
        run(command, seconds=600, environment=environment)


def run(
    command: list[str], seconds: int, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str] | None:
    """Run a command quietly; None when it is absent or takes longer than `seconds`."""
    try:
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=seconds,
            stdin=subprocess.DEVNULL,
            env=environment,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None


def refuse(reason: str, packages: list[str]) -> int:
    """Say what to type, and return the exit code for a missing tool."""
    commands = []
    if shutil.which("apt-get"):
        sudo = "" if may_install() else "sudo "
        names = " ".join(packages)
        commands.append(f"{sudo}apt-get update && {sudo}apt-get install -y {names}")
    else:
        if BROWSER[0] in packages:
            commands.append(f"{sys.executable} -m playwright install --with-deps chromium")
        others = " ".join(package for package in packages if package not in BROWSER)
        if others:
            commands.append(f"# and, with your system's package manager: {others}")
    print(f"portail: {reason}", *commands, sep="\n  ", file=sys.stderr)
    if BROWSER[0] in packages and "Playwright" not in reason:
        print(
            "or name an installed one:\n  CHROME_BIN=/path/to/chromium make test", file=sys.stderr
        )
    return 2


if __name__ == "__main__":
    sys.exit(main())
