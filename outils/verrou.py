"""Renew the lock and the four requirement files made from it.

``make lock``. Uses the uv on PATH, else installs one into ``.cache/outils/uv``. Only the
public index is read, whatever this machine's settings, and the result is refused if another
address is left in it: a lock must work for everyone.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".cache" / "outils"
PUBLIC = re.compile(r"https://[\w-]+(\.[\w-]+)*\.[a-z]{2,}/")
"""An address that anyone can reach: a name with a domain, no port, no credentials."""
EXPORTS = {
    "requirements-build.txt": ["--only-group", "build"],
    "requirements.txt": ["--no-default-groups", "--extra", "langues", "--extra", "soir"],
    "requirements-dev.txt": ["--no-group", "build"],
    "modele/commun/bibliotheques.txt": ["--no-default-groups", "--group", "build"],
}
HEADER = """\
# Made from uv.lock by `make lock`: do not edit.
# {purpose}
#   pip install --use-pep517 --no-build-isolation --require-hashes -r {name}
"""
PURPOSES = {
    "requirements-build.txt": "Install this first: what packages without a wheel are built with.",
    "requirements.txt": "What building the site needs.",
    "requirements-dev.txt": "What building, testing and checking need.",
}
LIBRARIES = """\
# Les bibliothèques essayées avec cette version de Portail, chacune avec ses empreintes, que
# installer.sh vérifie. elle renouvelle ce fichier : n’y écrivez rien.
"""


def main() -> int:
    """Write uv.lock and the files of `EXPORTS`; 0 when all are clean."""
    uv = find_uv()
    run_uv(uv, ["lock", "--upgrade"] if "--upgrade" in sys.argv else ["lock"])
    for name, options in EXPORTS.items():
        command = ["export", "--frozen", "--no-emit-project", "--no-header", "--no-annotate"]
        text = run_uv(uv, [*command, "--format", "requirements-txt", *options])
        renewed = name in PURPOSES
        header = HEADER.format(purpose=PURPOSES[name], name=name) if renewed else LIBRARIES
        (ROOT / name).write_text(header + text, encoding="utf-8")
    foreign = [(name, url) for name in ("uv.lock", *EXPORTS) for url in foreign_urls(name)]
    for name, url in foreign:
        print(f"{name}: {url} is not the public index", file=sys.stderr)
    return 1 if foreign else 0


def foreign_urls(name: str) -> list[str]:
    """Addresses and index options of a file that do not belong to one public index."""
    text = (ROOT / name).read_text(encoding="utf-8")
    indexes = sorted(set(re.findall(r'registry = "([^"]+)"', text)))
    urls = re.findall(r"(?:https?|file)://[^\s\"']+", text)
    options = re.findall(r"^--(?:extra-)?(?:index-url|find-links).*", text, re.MULTILINE)
    private = {url for url in urls if not PUBLIC.match(url)}
    return sorted(private | set(options) | set(indexes[1:]))


def find_uv() -> str:
    """Path of uv, installed into the tools' cache when the system has none."""
    path = shutil.which("uv")
    if path:
        return path
    folder = TOOLS / "uv"
    if not (folder / "bin" / "uv").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "uv"]
        subprocess.run(pip, check=True)
    return str(folder / "bin" / "uv")


def run_uv(uv: str, arguments: list[str]) -> str:
    """Run uv on the project with its own public index only; return its standard output."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("UV_")}
    command = [uv, "--no-config", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
