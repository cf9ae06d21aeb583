"""A portal of one's own with the wheel alone: written, checked, built, served, then updated."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import time
import tomllib
import urllib.request
import zipfile
from pathlib import Path

import pytest

from installation import run

pytestmark = [pytest.mark.xdist_group("packaging"), pytest.mark.site]

NEXT = "9.1.0"
MEANT = {"C521", "A153"}
"""The advices of a new portal: its examples, its pages to fill in."""
GIT = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]


@pytest.fixture(scope="module")
def version(racine: Path) -> str:
    """The version that ``pyproject.toml`` says."""
    told = tomllib.loads((racine / "pyproject.toml").read_text(encoding="utf-8"))
    return str(told["project"]["version"])


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def next_wheel(wheel: Path, version: str, folder: Path) -> Path:
    """The same wheel under another version, whose skeleton has another .gitignore and README, and
    one more file."""
    target = folder / wheel.name.replace(version, NEXT)
    model = "portail/_ressources/modele/commun"
    with zipfile.ZipFile(wheel) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name.endswith(("dist-info/METADATA", "dist-info/RECORD")):
                data = data.replace(version.encode(), NEXT.encode())
            if name in (f"{model}/_gitignore", f"{model}/README.md"):
                data += b"nouveau-de-la-version\n"
            after.writestr(name.replace(f"portail-{version}.", f"portail-{NEXT}."), data)
        after.writestr(f"{model}/NOUVEAU.md", "Un fichier de plus.\n")
    return target


def test_the_version_is_said_once(installed: Path, version: str, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "portail", "--version")
    assert (done.returncode, done.stdout) == (0, f"portail {version}\n")


@pytest.mark.parametrize(
    "region",
    ["La Réunion", *(pytest.param(one, marks=pytest.mark.long) for one in ("Normandie", "aucune"))],
)
def test_a_new_portal_is_whole_with_the_wheel_alone(
    region: str, installed: Path, tmp_path: Path
) -> None:
    done = run(installed, tmp_path, "portail", "init", "mon portail", "--region", region)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "mon portail"
    done = run(installed, folder, "portail", "check", "--format", "json")
    told = json.loads(done.stdout)
    assert done.returncode == 0, done.stdout
    assert set(re.findall(r'"code": ?"([ACE]\d+)"', json.dumps(told))) <= MEANT
    address = "https://sciences.example.org"
    done = run(installed, folder, "portail", "build", "--site-url", address)
    assert done.returncode == 0, done.stderr
    for page in ("index.html", "agenda/index.html", "mentions-legales/index.html", "404.html"):
        assert (folder / "output" / page).is_file(), page
    done = run(installed, folder, "portail", "newsletter")
    assert done.returncode == 0, done.stderr
    assert "Hauts-de-France" not in done.stdout
    done = run(installed, folder, "portail", "migrer")
    assert (done.returncode, done.stdout.startswith("Rien à migrer")) == (0, True), done.stdout


@pytest.mark.long
def test_a_new_portal_is_served(installed: Path, tmp_path: Path) -> None:
    run(installed, tmp_path, "portail", "init", "p", "--region", "Normandie")
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [str(installed / "portail"), "serve", "--port", str(port)]
    with subprocess.Popen(
        command,
        cwd=tmp_path / "p",
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            page = _asked(f"http://127.0.0.1:{port}/", 120)
        finally:
            process.terminate()
            process.wait(30)
    assert "Sciences en Normandie" in page


def _asked(address: str, seconds: float) -> str:
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.3)


def test_updating_changes_no_content(
    installed: Path, wheel: Path, version: str, tmp_path: Path
) -> None:
    """Same contents, two versions of the wheel: what nobody changed follows, the rest is told."""
    run(installed, tmp_path, "portail", "init", "p", "--region", "04", "--forge", "github")
    folder = tmp_path / "p"
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "Le portail"]):
        subprocess.run([*GIT, *command], cwd=folder, check=True)
    with (folder / "README.md").open("a", encoding="utf-8") as readme:
        readme.write("Une ligne de l’équipe.\n")
    (folder / "CONTRIBUER.md").unlink()
    before = bytes_of(folder / "content")
    pip = [str(installed / "python"), "-m", "pip", "install", "--no-index", "--no-deps", "-q"]
    newer = next_wheel(wheel, version, tmp_path)
    try:
        subprocess.run([*pip, str(newer)], check=True, capture_output=True)
        _judge_update(installed, folder, version)
        assert bytes_of(folder / "content") == before
        done = run(installed, folder, "portail", "check")
        assert done.returncode == 0, done.stdout
    finally:
        subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    done = run(installed, folder, "portail", "migrer")
    assert done.returncode == 2, "an older version does not touch a newer repository"
    assert NEXT in done.stderr and version in done.stderr


def _judge_update(installed: Path, folder: Path, version: str) -> None:
    def files() -> dict[str, bytes]:
        return {name: data for name, data in bytes_of(folder).items() if ".git/" not in name}

    untouched = files()
    shown = run(installed, folder, "portail", "migrer")
    assert shown.returncode == 0, shown.stderr
    assert files() == untouched, "nothing is written before it is asked for"
    done = run(installed, folder, "portail", "migrer", "--appliquer")
    assert done.returncode == 0, done.stderr
    after = files()
    changed = {name for name in after if after[name] != untouched.get(name)}
    assert changed == {".gitignore", ".portail.json", "requirements.txt", "NOUVEAU.md"}
    assert after[".gitignore"].endswith(b"nouveau-de-la-version\n")
    assert f"portail-{NEXT}" in after["requirements.txt"].decode()
    assert "CONTRIBUER.md" not in after, "what the team removed stays away"
    # The README is the team's: the change of the skeleton alone is shown, not the team's own line.
    told = shown.stdout.partition("README.md  ")[2]
    assert "+nouveau-de-la-version" in told and "ligne de l’équipe" not in told
    assert json.loads(after[".portail.json"])["version"] == NEXT
    again = run(installed, folder, "portail", "migrer", "--appliquer")
    assert again.stdout.startswith("Rien à migrer") and files() == after
    assert version not in again.stdout
