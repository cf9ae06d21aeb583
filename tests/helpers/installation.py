"""The wheel, and a fresh environment that holds it: made once for all the tests that need them.

These are of one group, ``packaging``: one process of the suite runs them.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

PROJECT = ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "CONTRIBUER.md", "LICENSE")
FOLDERS = (
    "LICENSES",
    "composants",
    "plugins",
    "theme",
    "data",
    "docs/contribuer",
    "docs/redaction",
    "modele",
)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory, racine):
    """The wheel, built with the backend of this environment, away from the work tree."""
    return build_wheel(tmp_path_factory.mktemp("source"), racine)


def build_wheel(source, racine, package="", **how):
    """The wheel of a copy of the project, without ``package`` if it is named, made in ``source``;
    ``how`` is for its process."""
    source.mkdir(exist_ok=True)
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", package)
    for name in PROJECT:
        shutil.copy(racine / name, source / name)
    for name in filter(lambda name: (racine / name).is_dir(), FOLDERS):
        shutil.copytree(racine / name, source / name, ignore=ignored)
    return wheel_of(source, **how)


def wheel_of(source, **how):
    """The wheel of the project in ``source``, by the backend of this environment."""
    code = "import setuptools.build_meta as b, sys; b.build_wheel(sys.argv[1])"
    done = subprocess.run(
        [sys.executable, "-c", code, str(source / "dist")],
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
        **how,
    )
    assert done.returncode == 0, done.stderr
    (built,) = (source / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="session")
def lent(tmp_path_factory):
    """A folder of links to the packages of this environment, pip's too, but for our own."""
    folder = tmp_path_factory.mktemp("paquets")
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if not path.name.startswith(("portail-", "__editable__")):
            (folder / path.name).symlink_to(path)
    return folder


def bare_environment(home, lent):
    """The `bin` folder of an environment made in ``home``, which finds the packages of ``lent`` by
    path: no network. The source packages are not reached, since a .pth file inside an added folder
    is not read."""
    bare = [sys.executable, "-m", "venv", "--without-pip", str(home)]
    subprocess.run(bare, check=True, capture_output=True)
    (site,) = home.glob("[Ll]ib/**/site-packages")
    (site / "dependances.pth").write_text(f"{lent}\n", encoding="utf-8")
    return home / ("Scripts" if os.name == "nt" else "bin")


@pytest.fixture(scope="session")
def installed(tmp_path_factory, wheel, lent):
    """The `bin` folder of a fresh environment that holds the wheel, and finds what it needs."""
    scripts = bare_environment(tmp_path_factory.mktemp("environnement"), lent)
    install(scripts, wheel)
    return scripts


def install(scripts, *wheels):
    """Install wheels in a bare environment, and nothing that they need."""
    pip = [str(scripts / "python"), "-m", "pip", "install"]
    command = [*pip, "--no-index", "--no-deps", "--no-compile", *map(str, wheels)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def run(scripts, folder, *command, env=None):
    """Run a program of the fresh environment in `folder`, without our PYTHONPATH."""
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    program, *arguments = command
    return subprocess.run(
        [str(scripts / program), *arguments],
        cwd=folder,
        env={**clean, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
