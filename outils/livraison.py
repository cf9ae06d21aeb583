"""Make a release into ``dist/``: all that is given with a version, the same bytes each time.

``make release`` writes the wheel, the source archive, the list of parts (CycloneDX), the notes
taken from CHANGELOG.md, the recipe of the image for forges, the digest of the demonstration that
this version builds, and the digests of all of them. ``DEPOT=https://…`` is the address of the
repository on its forge, which the metadata then names; a forge gives its own.

Only files that Git knows are read, from a copy of the commit: what lies about in the work tree is
in no release. Exit codes: 0; 1, the version is not ready, and why.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

import npm

ROOT = Path(__file__).resolve().parent.parent
SUMS = "SHA256SUMS"
ADDRESS = "https://portail.example.org"
"""Of the demonstration whose digest is given."""
_EPOCH = 1577836800
"""The date of everything in an archive, as in the wheel (setup.py)."""


class NotReady(Exception):
    """Why no release can be made."""


def version_of(root: Path) -> str:
    """The version of the project at ``root``."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def told_of(changelog: str, version: str) -> tuple[str, str]:
    """The day of ``version`` (AAAA-MM-JJ) and its notes, by CHANGELOG.md. Raises ``NotReady``."""
    section = rf"(?ms)^## \[{re.escape(version)}\] - (\S+)$(.*?)(?=^## \[|\Z)"
    told = re.search(section, changelog)
    if told is None:
        raise NotReady(f"CHANGELOG.md tells nothing of {version}: make version POUR={version}")
    return told[1], told[2].strip() + "\n"


def check_ready(root: Path, tag: str) -> str:
    """What is not told yet of what is built; for a ``tag``, raises ``NotReady`` when a fragment
    waits, or when it is not that of the version."""
    waiting = {*(root / "changelog.d").glob("*.md")} - {root / "changelog.d/README.md"}
    version = version_of(root)
    fault = f"changelog.d/ holds {len(waiting)} fragments: make version" if waiting else ""
    if tag and fault:
        raise NotReady(fault)
    if tag and tag != f"v{version}":
        raise NotReady(f"The tag is {tag}, pyproject.toml says {version}.")
    return fault


def committed(root: Path, target: Path) -> None:
    """Copy the files of the commit of ``root`` into ``target``."""
    command = ["git", "-C", str(root), "archive", "--format=tar", "HEAD"]
    done = subprocess.run(command, capture_output=True, check=True)
    target.mkdir()
    subprocess.run(["tar", "-x", "-C", str(target)], input=done.stdout, check=True)


def build(tree: Path, target: Path, environ: dict[str, str]) -> list[Path]:
    """The wheel and the source archive of ``tree``, by the setuptools that is installed."""
    for step in ("build_wheel", "build_sdist"):
        code = f"import setuptools.build_meta as b, sys; b.{step}(sys.argv[1])"
        command = [sys.executable, "-c", code, str(target)]
        done = subprocess.run(
            command, cwd=tree, env=environ, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise NotReady(done.stderr[-2000:])
    (archive,) = target.glob("*.tar.gz")
    repack(archive)
    return sorted(target.iterdir())


def repack(archive: Path) -> None:
    """Write a ``.tar.gz`` again so that its bytes follow from the files in it alone: their order,
    date, owner and mode are those of all."""
    with TemporaryDirectory() as folder:
        name = archive.name.removesuffix(".tar.gz")
        subprocess.run(["tar", "-xzf", archive, "-C", folder], check=True)
        plain = (
            "--sort=name --owner=:0 --group=:0 --numeric-owner --mode=u=rwX,go=rX --format=ustar"
        )
        command = ["tar", *plain.split(), f"--mtime=@{_EPOCH}", "-C", folder, "-c", name]
        packed = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    archive.write_bytes(gzip.compress(packed, mtime=_EPOCH))


def demonstration(tree: Path, day: str) -> str:
    """The digest of the demonstration built from ``tree`` as of ``day``."""
    environ = {**os.environ, "PYTHONPATH": str(tree / "plugins"), "PORTAIL_CACHE": str(tree / ".c")}
    portail = [sys.executable, "-m", "portail"]
    for command in (["build", "--site-url", ADDRESS, "--date", day], ["empreinte"]):
        done = subprocess.run(
            [*portail, *command], cwd=tree, env=environ, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise NotReady(done.stderr[-2000:])
    return done.stdout.strip()


def sums(folder: Path) -> str:
    """What ``sha256sum`` says of the files of ``folder``, by their names."""
    command = ["sha256sum", *sorted(path.name for path in folder.iterdir())]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def release(root: Path, target: Path, depot: str, *, tag: str = "", whole: bool = True) -> None:
    """Write the release of the commit of ``root`` into ``target``, which is emptied.

    ``whole`` builds the demonstration too. Raises ``NotReady``.
    """
    with TemporaryDirectory() as folder:
        tree = Path(folder) / "portail"
        committed(root, tree)
        if waiting := check_ready(tree, tag):
            print(f"A release to try, before its tag: {waiting}.", file=sys.stderr)
        version = version_of(tree)
        changelog = (tree / "CHANGELOG.md").read_text(encoding="utf-8")
        day, text = told_of(changelog, version)
        dist = Path(folder) / "dist"
        dist.mkdir()
        for lock in sorted(tree.glob("plugins/*/package-lock.json")):
            npm.modules(lock)
        environ = {**os.environ, "DEPOT": depot.rstrip("/")}
        build(tree, dist, environ)
        (dist / "notes.md").write_text(text, encoding="utf-8")
        shutil.copy(tree / "composants/composants.cdx.json", dist / f"portail-{version}.cdx.json")
        for name in ("Containerfile", "modele/commun/bibliotheques.txt"):
            shutil.copy(tree / name, dist / Path(name).name)
        if whole:
            line = demonstration(tree, day)
            how = f"portail build --site-url {ADDRESS} --date {day} && portail empreinte"
            (dist / "empreinte.txt").write_text(f"# {how}\n{line}\n", encoding="utf-8")
        (dist / SUMS).write_text(sums(dist), encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(dist, target)


def main(argv: list[str] | None = None, root: Path = ROOT) -> int:
    """Write ``dist/`` and print its digests; 1, with the reason, when the version is not ready."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--depot", metavar="ADDRESS", default=os.environ.get("DEPOT", ""))
    parser.add_argument("--etiquette", metavar="TAG", default="")
    parser.add_argument("--dossier", type=Path, default=root / "dist")
    parser.add_argument("--sans-demonstration", action="store_true")
    options = parser.parse_args(argv)
    try:
        release(
            root,
            options.dossier,
            options.depot,
            tag=options.etiquette,
            whole=not options.sans_demonstration,
        )
    except (NotReady, npm.ToolMissing) as error:
        print(error, file=sys.stderr)
        return 1
    print((options.dossier / SUMS).read_text(encoding="utf-8"), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
