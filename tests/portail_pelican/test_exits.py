"""Every mistake of a run at once, at its line and column; what is published stays as it was.

Each way to build says the same of the same faulty portal, in one run and without a traceback:
``pelican content`` and ``portail build`` refuse it, a preview publishes the rest, ``pelican -r``
and ``portail serve`` say it and go on watching.
"""

import os
import re
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from faults import SOUND, Fault, plant
from projects import LIMIT, Project, stamps, tree

pytestmark = pytest.mark.site

FILES, FAULTS = plant()
LINE = re.compile(r"^(content/[^\s:]+):(\d+):(\d+) ([EAC]\d{3}) (.+) → (.+)$")


def reported(text):
    """The faults that a report names, in its order; each has a message and a remedy."""
    found = (LINE.match(line) for line in text.splitlines())
    return [Fault(one[1], int(one[2]), int(one[3]), one[4]) for one in found if one]


def refused(done):
    """Assert that a build reports every fault and says that nothing was published."""
    assert done.code == 1
    assert reported(done.err) == FAULTS
    assert "Traceback" not in done.err + done.out
    assert done.err.endswith("Rien n’a été publié : le site en ligne est inchangé.\n")
    assert "SITEURL" not in done.out, "first what is to be mended"
    assert f"{len(FAULTS)} erreurs dans {len({one.path for one in FAULTS})} fichiers" in done.err


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A portal without fault, published; nobody may change it."""
    project = Project(tmp_path_factory.mktemp("sans-faute"))
    project.write(SOUND)
    done = project.pelican()
    assert (done.code, reported(done.err)) == (0, [])
    return project


@pytest.fixture
def published(sound, tmp_path):
    """A copy of the sound portal, as old as it; then the faults are planted."""
    shutil.copytree(sound.root, tmp_path, symlinks=True, dirs_exist_ok=True)
    project = Project(tmp_path)
    project.write(FILES)
    return project


@pytest.mark.parametrize("command", ["pelican", "portail"])
def test_refused_as_a_whole(published, command):
    before = tree(published.output), stamps(published.output)
    done = published.pelican() if command == "pelican" else published.portail("build")
    refused(done)
    assert (tree(published.output), stamps(published.output)) == before


def test_preview_publishes_the_rest(published):
    done = published.pelican(PORTAIL_PREVIEW="1")
    assert done.code == 1
    assert reported(done.err) == FAULTS
    assert "Traceback" not in done.err + done.out
    pages = tree(published.output)
    assert {"lieux/la-coupole/index.html", "articles/sans-faute/index.html"} <= pages.keys()
    faulty = {Path(one.path).stem for one in FAULTS}
    contents = {path for path in pages if not path.startswith("contribuer/")}
    assert not {path for path in contents if Path(path).parent.name in faulty - {"agenda"}}
    page = (published.output / "lieux/la-coupole/index.html").read_text(encoding="utf-8")
    assert f"Aperçu avec {len(FAULTS)}\u00a0erreurs." in page
    for path, line, _, _ in FAULTS[:8]:
        assert f"<code>{path}</code>, ligne {line}" in page
    # Mended, the preview is whole again and says nothing.
    for path in FILES.keys() - SOUND.keys():
        (published.root / path).unlink()
    done = published.pelican(PORTAIL_PREVIEW="1")
    assert (done.code, reported(done.err)) == (0, [])
    assert "SITEURL" not in done.out, "a preview needs no address"
    page = (published.output / "lieux/la-coupole/index.html").read_text(encoding="utf-8")
    assert "Aperçu avec" not in page
    assert "Aperçu." in page


@contextmanager
def running(project, *arguments):
    """A command that watches, its output in a file; gives ``wait(words, change)``.

    It makes a change, waits for some words, and returns all that was said since it last returned.
    """
    log = project.root / "journal.txt"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            project.command(*arguments),
            cwd=project.root,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    read = 0

    def wait(words, change=lambda: None):
        nonlocal read
        for turn in range(10 * LIMIT):
            # Pelican looks away while it builds: what was changed then is changed again.
            if turn % 10 == 0:
                change()
            text = log.read_text(encoding="utf-8", errors="replace")[read:]
            if words in text and text.endswith("\n"):
                read += len(text)
                return text
            assert process.poll() is None, text
            time.sleep(0.1)
        pytest.fail(f"« {words} » not said in {LIMIT} s:\n{text}")

    try:
        yield wait
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def mend(project):
    """Put everything right: faulty files away, a new sentence in a sound one."""
    for path in FILES.keys() - SOUND.keys():
        (project.root / path).unlink(missing_ok=True)
    path = "content/articles/sans-faute.md"
    project.write({path: SOUND[path] + "\nUne phrase ajoutée.\n"})


def test_autoreload_goes_on(published):
    before = tree(published.output)
    with running(published, "pelican", "-r", "content", "-s", "pelicanconf.py") as wait:
        text = wait("Rien n’a été publié")
        assert reported(text) == FAULTS
        assert "Traceback" not in text
        assert tree(published.output) == before
        assert reported(wait("Site construit en ", lambda: mend(published))) == []
        page = published.output / "articles/sans-faute/index.html"
        assert "Une phrase ajoutée." in page.read_text(encoding="utf-8")
        # And a fault again: still there to say it.
        path = "content/articles/yaml.md"
        text = wait("E105", lambda: published.write({path: FILES[path]}))
        assert {one.path for one in reported(text)} == {path}
        assert "Traceback" not in text


def test_a_folder_of_something_else_is_taken_once_one_says_yes(sound, tmp_path):
    shutil.copytree(sound.root, tmp_path, symlinks=True, dirs_exist_ok=True)
    project = Project(tmp_path)
    project.write({"www/index.html": "chez moi", "www/photos/a.txt": "vue"})
    before = tree(tmp_path / "www")
    for folder in ("content/articles", "content/nouveau", "."):
        done = project.portail("build", "--output", folder, "--remplacer")
        assert done.code == 2 and "tient aux contenus" in done.err
    assert tree(tmp_path / "www") == before
    done = project.does("build", "--output", "www", "--remplacer")
    assert "ne reconnaît pas : index.html, photos/a.txt. " in done.err
    assert tree(tmp_path / ".www.retire/1") == before
