"""The npm packages of ``package.json``, fetched once, each checked with the sum of the lock.

``dependencies`` travel in the theme, tools are ``devDependencies``; ``npm install
--package-lock-only`` renews the lock, and bots read it. Nothing of a package is run when it is
fetched.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LOCK = HERE / "package-lock.json"
CACHE = HERE.parent / ".cache" / "outils"
COMMAND = ("ci", "--silent", "--no-audit", "--no-fund", "--os=linux", "--cpu=x64")
"""Whatever this system is: one package is of that one alone (esbuild)."""


class ToolMissing(Exception):
    """A tool cannot be had; the text says why and which command brings it."""


@dataclass(frozen=True)
class Package:
    """One npm package, pinned."""

    name: str
    version: str
    sha512: str


def pinned(name: str) -> Package:
    """The package of that name, as the lock pins it."""
    row = _locked()[f"node_modules/{name}"]
    return Package(name, row["version"], row["integrity"].removeprefix("sha512-"))


def listed(kind: str) -> list[Package]:
    """The packages of ``package.json``: those of its ``dependencies``, or ``devDependencies``."""
    return [pinned(name) for name in _locked()[""][kind]]


@cache
def _locked() -> dict[str, dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    return rows


def install(package: Package) -> Path:
    """Folder with the files of ``package``. Raises `ToolMissing` as `modules` does."""
    return modules() / package.name


def modules() -> Path:
    """Folder of the packages, which are all fetched the first time. Raises `ToolMissing` when they
    cannot be had or are not those of the lock."""
    target = CACHE / f"npm-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]}"
    if not target.is_dir():
        npm = shutil.which("npm")
        if npm is None:
            raise ToolMissing(f"npm is missing.\n  {apt('npm')}")
        CACHE.mkdir(parents=True, exist_ok=True)
        # Renamed when complete: an interrupted run leaves no half package.
        with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
            folder = Path(scratch, "npm")
            folder.mkdir()
            for name in ("package.json", "package-lock.json", ".npmrc"):
                shutil.copy(LOCK.with_name(name), folder)
            done = subprocess.run([npm, *COMMAND], cwd=folder, capture_output=True, text=True)
            if done.returncode:
                raise ToolMissing(f"npm ci failed:\n{done.stderr.strip()}")
            try:
                folder.rename(target)
            except OSError:  # two audits run at once: the other one was first
                if not target.is_dir():
                    raise
    return target / "node_modules"


def apt(package: str) -> str:
    """The command that installs a Debian package, or its plain name elsewhere."""
    if not shutil.which("apt-get"):
        return f"install {package} with your system's package manager"
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get update && {sudo}apt-get install -y {package}"
