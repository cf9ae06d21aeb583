"""The npm packages of ``package.json``, each checked by ``npm ci`` with the sum of the lock; those
that a package of Portail takes, by its own.

``dependencies`` travel in the theme (``npm run tiers`` makes their modules), tools are
``devDependencies``; ``npm install --package-lock-only`` renews the lock, and bots read it. Nothing
of a package is run when it is fetched.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
LOCK = HERE / "package-lock.json"
THEIRS = sorted((HERE.parent / "plugins").glob("*/package-lock.json"))
"""Locks of packages of Portail."""
COMMAND = ("ci", "--silent", "--no-audit", "--no-fund", "--os=linux", "--cpu=x64")
"""Whatever this system is: one package is of that one alone (esbuild)."""


class ToolMissing(Exception):
    """A tool cannot be had; the text says why and which command brings it."""


class Package(NamedTuple):
    """One npm package, pinned."""

    name: str
    version: str
    sha512: str


def pinned(name: str, lock: Path | None = None) -> Package:
    """The package of that name, as the lock pins it."""
    row = _locked(lock or LOCK)[f"node_modules/{name}"]
    return Package(name, row["version"], row["integrity"].removeprefix("sha512-"))


def listed(kind: str) -> list[Package]:
    """The packages of ``package.json`` and of packages of Portail: those of ``dependencies``, or
    ``devDependencies``."""
    locks = [LOCK, *THEIRS]
    return [pinned(name, lock) for lock in locks for name in _locked(lock)[""].get(kind, ())]


@cache
def _locked(lock: Path) -> dict[str, dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return rows


def install(package: Package) -> Path:
    """Folder with the files of ``package``. Raises `ToolMissing` as `modules` does."""
    return modules() / package.name


def modules(lock: Path | None = None) -> Path:
    """Folder of the packages of the lock, ours or that of a package of Portail. Raises
    `ToolMissing` when they cannot be had."""
    lock = lock or LOCK
    folder = lock.with_name("node_modules")
    written = folder / ".package-lock.json"  # by npm, last
    with lock.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)  # two audits run at once
        if not written.is_file() or written.stat().st_mtime < lock.stat().st_mtime:
            npm = shutil.which("npm")
            if npm is None:
                raise ToolMissing(f"npm is missing.\n  {apt('npm')}")
            done = subprocess.run([npm, *COMMAND], cwd=lock.parent, capture_output=True, text=True)
            if done.returncode:
                raise ToolMissing(f"npm ci failed:\n{done.stderr.strip()}")
    return folder


def node(script: str, given: object, *options: str) -> Any:
    """What a script prints of ``given``, both JSON. Raises `ToolMissing` without Node, or if it
    fails."""
    program = shutil.which("node")
    if program is None:
        raise ToolMissing(f"Node is missing.\n  {apt('nodejs')}")
    command = [program, *options, "-e", script]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True)
    if done.returncode:
        raise ToolMissing(f"Node failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout)


def apt(package: str) -> str:
    """The command that installs a Debian package, or its plain name elsewhere."""
    if not shutil.which("apt-get"):
        return f"install {package} with your system's package manager"
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get update && {sudo}apt-get install -y {package}"
