"""Systems that lack what Linux has, and folders whose names need care: the same site."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from urllib.request import urlopen

import pytest
from PIL import Image

from checkout import ROOT
from portail.model.kinds import Kind
from projects import Project, tree

ODD = "Le « portail » d'été & de l’île (n° 2) #1 100%"
EVENT = """---
titre: Soirée des étoiles
resume: On regarde le ciel.
publie_le: 2021-09-20
debut: 2021-10-09 18:00
adresse: {commune: Lille}
format: atelier
---

On regarde le ciel.
"""
PLAIN = {"content/events/2021-10-09-soiree.md": EVENT}

WINDOWS = '''
"""Leaves Python what it has on Windows, as far as a module can tell."""
import os, signal, sys

for name in ("fork", "forkpty", "sched_getaffinity", "pread", "pwrite", "O_CLOEXEC", "geteuid",
             "getuid", "killpg", "setpgid", "O_NOFOLLOW", "O_NONBLOCK", "mkfifo", "fchmod"):
    if hasattr(os, name):
        delattr(os, name)
# No function takes the descriptor of a folder, as the removal of a tree asks when it is imported.
os.supports_dir_fd.clear()
assert "shutil" not in sys.modules
for name in ("setitimer", "pthread_sigmask", "SIGPROF", "ITIMER_PROF"):
    delattr(signal, name)
for name in ("fcntl", "pwd", "grp", "resource", "termios"):
    sys.modules[name] = None


def refused(*arguments, **named):
    raise OSError(1314, "A required privilege is not held by the client")


def unavailable(*arguments, **named):
    raise NotImplementedError("link: follow_symlinks unavailable on this platform")


os.symlink, os.link = refused, unavailable
'''


@pytest.fixture
def windows(tmp_path):
    """Variables of a process that has no more than Windows has."""
    folder = tmp_path / "systeme"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(WINDOWS, "utf-8")
    return {"PYTHONPATH": f"{folder}:{ROOT / 'plugins'}"}


def plain(root):
    project = Project(root)
    project.write(PLAIN)
    return project


COMMANDS = """
import sys
from portail.cli import main

for command in (
    ["check"],
    ["deposer", sys.argv[1], "--genre", "event"],
    ["build"],
    ["new", "article", "--titre", "Une idée"],
):
    if code := main(command):
        sys.exit(f"{command}: {code}")
"""


def test_commands_need_nothing_of_linux(tmp_path, windows):
    """One after another in one process, which takes longer to start than they to end."""
    sans = [kind.value for kind in Kind if kind not in (Kind.ARTICLE, Kind.EVENT)]
    project = Project(tmp_path / "portail", f"PORTAIL_SANS = {sans!r}\n")
    project.write(PLAIN)
    received = tmp_path / "recu.md"
    received.write_text(EVENT.replace("Soirée", "Matinée"), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", COMMANDS, received],
        cwd=project.root, env={**os.environ, **windows}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(list(project.content.glob("events/*.md"))) == 2
    assert len(list(project.content.glob("articles/*.md"))) == 1
    assert len(list(project.output.glob("evenements/*/index.html"))) == 2


@pytest.mark.long
@pytest.mark.parametrize("lacking", [False, True])
def test_the_preview_follows_in_any_folder(tmp_path, windows, *, lacking):
    project = plain(tmp_path / ODD)
    served = project.start("portail", "serve", "--port", "0", **(windows if lacking else {}))
    lines = []
    found, again = threading.Event(), threading.Event()

    def listen():
        assert served.stdout
        for line in served.stdout:
            lines.append(line)
            if "http://" in line:
                found.set()

    threading.Thread(target=listen, daemon=True).start()
    try:
        assert found.wait(120), lines
        (address,) = re.findall(r"http://[\w.:]+", "".join(lines))
        url = f"{address}/evenements/soiree/"
        assert "Soirée des étoiles" in _shown(url, "Soirée", again)
        project.write({name: text.replace("Soirée", "Veillée") for name, text in PLAIN.items()})
        assert "Veillée des étoiles" in _shown(url, "Veillée", again), lines
    finally:
        served.send_signal(signal.SIGINT)
        served.wait(60)


def _shown(url, word, pause):
    text = ""
    for _ in range(240):
        try:
            with urlopen(url, timeout=10) as answer:
                text = answer.read().decode()
        except OSError:
            text = ""
        if word in text:
            break
        pause.wait(0.5)
    return text


def test_any_name_of_the_folder_gives_the_same_site(tmp_path):
    """Nor does the site say whether a Mac decomposed the names of its files."""
    odd, other = plain(tmp_path / ODD), plain(tmp_path / "simple")
    image = "image: {fichier: été.jpg, alt: Un soir d’été., credit: Camille Exemple}"
    pictured = EVENT.replace("\n---\n\n", f"\n{image}\n---\n\n", 1)
    odd.write({"content/events/2021-10-08-ete/index.md": pictured})
    photograph = odd.content / "events/2021-10-08-ete" / "e\u0301te\u0301.jpg"
    Image.new("RGB", (40, 30), (20, 60, 90)).save(photograph)
    received = odd.root / "reçu & relu.md"
    received.write_text(EVENT.replace("Soirée", "Matinée"), "utf-8")
    odd.does("deposer", received.name, "--genre", "event")
    received.unlink()
    sheet = odd.root / "événements d'ici.csv"
    sheet.write_text(
        "Titre;Résumé;Début;Commune;Format\nLa nuit;Une nuit.;2021-10-16 20:00;Lille;atelier\n",
        "utf-8",
    )
    odd.does("importer", sheet.name)
    sheet.unlink()
    odd.does("build")
    shutil.copytree(odd.content, other.content, dirs_exist_ok=True)
    (found,) = other.content.rglob("*.jpg")
    found.rename(found.with_name("\u00e9t\u00e9.jpg"))
    other.build()
    assert tree(odd.output) == tree(other.output)
    assert len(list(odd.content.glob("events/**/*.md"))) == 4
    assert 'alt="Un soir d’été."' in (odd.output / "evenements/ete/index.html").read_text("utf-8")
