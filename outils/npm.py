"""Fetch an npm package without its dependency tree: one archive, its SHA-512 checked.

``package.json`` beside this file says which (``dependencies`` travel in the theme, tools are
``devDependencies``), ``package-lock.json`` their versions and sums: `npm install
--package-lock-only` renews it, and bots read it.

Used by the tools that need a file of a package (the HTML checker, axe-core, the fonts).
Nothing of a package is run at installation: ``npm pack`` only downloads.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LOCK = Path(__file__).with_name("package-lock.json")
CACHE = Path(__file__).resolve().parent.parent / ".cache" / "outils"


class ToolMissing(Exception):
    """A tool cannot be had; the text says why and which command brings it."""


@dataclass(frozen=True)
class Package:
    """One npm package, pinned: a changed archive is refused."""

    name: str
    version: str
    sha512: str

    @property
    def folder(self) -> Path:
        """Where its files are kept once fetched."""
        return CACHE / f"{self.name.lstrip('@').replace('/', '-')}-{self.version}"


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
    """Folder with the files of `package`, fetched the first time.

    Raises `ToolMissing` when it cannot be downloaded or is not the pinned archive.
    """
    if not package.folder.is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        # Renamed when complete: an interrupted run leaves no half package.
        with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
            target = Path(scratch) / "package"
            for name, content in read(package).items():
                path = target / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            try:
                target.rename(package.folder)
            except OSError:  # two audits run at once: the other one was first
                if not package.folder.is_dir():
                    raise
    return package.folder


def read(package: Package) -> dict[str, bytes]:
    """Files of a package (path inside it → content), downloaded and checked.

    Raises `ToolMissing` as `install` does.
    """
    archive = download(package)
    checksum = base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if checksum != package.sha512:
        raise ToolMissing(
            f"{package.name} {package.version}: sha512 {checksum}, not the pinned one"
        )
    files: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar.getmembers():
            name = member.name.partition("/")[2]
            content = tar.extractfile(member) if member.isfile() else None
            if content is not None and name and ".." not in Path(name).parts:
                files[name] = content.read()
    return files


def download(package: Package) -> bytes:
    """The archive, as npm's registry serves it."""
    npm = shutil.which("npm")
    if npm is None:
        raise ToolMissing(f"npm is missing ({package.name} is fetched with it).\n  {apt('npm')}")
    wanted = f"{package.name}@{package.version}"
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", "--silent", wanted]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
        except subprocess.TimeoutExpired:
            raise ToolMissing(f"npm pack {wanted}: no answer in 300 s") from None
        archives = [*Path(folder).glob("*.tgz")]
        if done.returncode or len(archives) != 1:
            raise ToolMissing(f"npm pack {wanted} failed:\n{done.stderr.strip()}")
        return archives[0].read_bytes()


def apt(package: str) -> str:
    """The command that installs a Debian package, or its plain name elsewhere."""
    if not shutil.which("apt-get"):
        return f"install {package} with your system's package manager"
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get update && {sudo}apt-get install -y {package}"
