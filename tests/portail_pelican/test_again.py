"""A command asked again of what did not change answers at once, with the same words; whatever may
change them is seen.

Judged from outside: a run with nothing to do does not read the settings, and imports neither
Pelican nor what reads a content.
"""

import compileall
import json
import os
import shutil
import signal
import time
from typing import NamedTuple

import pytest

import warm
from checkout import ROOT
from commits import commit, git
from faults import SOUND
from portail.cli.again import Again, Source
from portail.memory import FILE, Memory
from portail.resources import theme_dir
from projects import Project

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("again")]

EXTRA = """
import sys
from pathlib import Path
sys.path.insert(0, str(Path(__file__).parent))
import regles
if (Path(__file__).parent / "theme").is_dir():
    THEME = str(Path(__file__).parent / "theme")
SITENAME = PORTAIL_NOM = Path("nom.txt").read_text(encoding="utf-8") + regles.SUITE
"""
ARTICLE = "content/articles/sans-faute.md"
OTHER = SOUND[ARTICLE].replace("Un article sans faute", "La chouette au printemps")
OLD = 1_600_000_000
PLUGINS = ROOT / "plugins"


YOUNG = 0.03
"""Seconds: nothing is kept of a file that changed as the run began (``portail.cli.again``)."""
QUIET = {"PYTEST_CURRENT_TEST": "", "CI": ""}


class Asked(NamedTuple):
    """How a run ended, what it said, and whether it did all its work."""

    code: int
    worked: bool
    said: list[str]
    """Its words, but for numbers: times are among them."""
    out: str


def asked(project, command="build", *more, **environment):
    """Run a command, which works once it reads the settings."""
    time.sleep(YOUNG)
    opened = project.root.with_suffix(".ouverts")
    given = {**QUIET, warm.OPENED: str(opened), **environment}
    done = project.portail(command, *more, **given)
    text = f"{done.out} {done.err}".split()
    said = [word for word in text if not word.replace(",", ".").replace(".", "").isdigit()]
    worked = "pelicanconf.py" in opened.read_text("utf-8")
    return Asked(done.code, worked, said, done.out)


def answers(project):
    return Memory(project.root / ".cache" / FILE)


def imports(project):
    """Whether a build, in a process of its own, imports what reads a content."""
    done = project.does("build", **QUIET, PYTHONPROFILEIMPORTTIME="1")
    modules = {line.rpartition("|")[2].strip() for line in done.err.splitlines()}
    return bool(modules & {"pelican", "portail.pipeline", "pydantic"})


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A portal that was built, with a module and a file of its own."""
    # Else the first who imports a module makes a folder beside it: the code is not as it was.
    compileall.compile_dir(PLUGINS, quiet=2)
    root = tmp_path_factory.mktemp("encore")
    project = Project(root, EXTRA)
    project.write(SOUND)
    project.write({"nom.txt": "Portail", "regles.py": 'SUITE = " d’essai"\n'})
    advised = SOUND[ARTICLE] + "\nUn numéro : 06 12 34 56 78.\n"
    project.write({ARTICLE: advised})
    first = asked(project)
    assert (first.code, first.worked) == (0, True), first.said
    return project


def put(project, name, text):
    """A change: a file holds ``text`` more, as old and, where it can be, as long as before."""

    def change():
        path = project.root / name
        before = path.read_text(encoding="utf-8")
        path.write_text(before + text, encoding="utf-8")
        os.utime(path, (OLD, OLD))

    return change


SOURCE = (
    "sources: [{nom: Ailleurs, adresse: https://a.example/, accord: {le: 2021-09-01, de: lui}}]\n"
)


def changes(project):
    """What may change an answer."""
    root, output = project.root, project.output

    def swapped():
        path = root / ARTICLE
        path.write_text(path.read_text("utf-8").replace("numéro", "nombre"), encoding="utf-8")
        os.utime(path, (OLD, OLD))

    def tampered():
        path = output / "index.html"
        status = path.stat()
        path.write_bytes(path.read_bytes().replace(b"Portail", b"Portial"))
        # One that keeps its date too is for --verifier: a walk of the site takes as long as it.
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))

    def tomorrow():
        ((key, kept),) = answers(project).recall("redites").items()  # the cache was just removed
        known = json.loads(kept)
        known["days"] = [known["days"][1], known["days"][1] + 86_400]
        answers(project).keep("redites", {key: json.dumps(known).encode()})

    return {
        "content, same size and time": swapped,
        "content added": lambda: project.write({"content/articles/autre.md": OTHER}),
        "content removed": lambda: (root / "content/articles/autre.md").unlink(),
        "template": put(project, "theme/templates/article.html", "{# remarque #}"),
        "settings": put(project, "pelicanconf.py", "# remarque\n"),
        "module of the settings": put(project, "regles.py", 'SUITE += "."\n'),
        "file that the settings read": put(project, "nom.txt", "e"),
        "module that hides another": lambda: (root / "rcssmin_.py").write_text(""),
        "file of checked links": lambda: (root / ".cache/liens.json").write_text("{}"),
        "sources": lambda: project.write({"sources.yml": SOURCE}),
        "output file, same size": tampered,
        "file of others in the output": lambda: (output / "a-moi.txt").touch(),
        "output file removed": lambda: (output / "404.html").unlink(),
        "output removed": lambda: shutil.rmtree(output),
        "cache removed": lambda: shutil.rmtree(root / ".cache"),
        "another day": tomorrow,
    }


def test_a_run_with_nothing_to_do_imports_nothing(project):
    assert [imports(project) for _ in range(2)] == [True, False]


def test_what_changes_while_it_is_read_is_seen(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file, other = tmp_path / "content/a.md", tmp_path / "content/b.md"
    file.parent.mkdir()

    def swapped():
        status = file.stat()
        file.write_text("deux", encoding="utf-8")
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))

    def kept(change, rest=YOUNG):
        file.write_text("cinq", encoding="utf-8")
        time.sleep(rest)
        # Without rest, as if it began at once, however slow the machine is.
        started = time.time_ns() if rest else file.stat().st_mtime_ns
        monkeypatch.setattr("portail.cli.again.STARTED", started)
        run = Again("build", [])
        assert run.answer() is None
        run.watch([Source("tree", str(file.parent))])
        change()
        run.keep({}, ())
        return Again("build", []).answer() is not None

    assert [kept(one) for one in (swapped, other.touch, other.unlink, file.unlink)] == [False] * 4
    assert not kept(lambda: None, rest=0), "a change of that moment might have the same time"
    assert kept(lambda: None)


@pytest.mark.long
def test_every_change_is_seen(project):
    shutil.copytree(theme_dir(), project.root / "theme")
    asked(project)
    assert asked(project)[:2] == (0, False)
    for name, change in changes(project).items():
        change()
        done = asked(project)
        assert done[:2] == (0, True), name
        again = asked(project)
        assert again[:2] == (0, False), name
    assert "C331" in again.said, "what was told is told again"
    assert again.said == done.said


@pytest.mark.long
def test_other_questions_have_other_answers(project):
    for command in ("build", "check"):
        asked(project, command)
        assert not asked(project, command).worked
    for environment in ({"SLOGAN": "x"}, {"PORTAIL_VERIFIER": "1"}, {"CI": "true"}):
        assert asked(project, "check", **environment).worked
    assert asked(project, "build", "--date", "2021-09-28").worked
    for more in ("--clean", "--verifier"):
        assert [asked(project, "build", more).worked for _ in range(2)] == [True] * 2, (
            "never spared"
        )


def test_killed_or_refused(project):
    shutil.rmtree(project.root / ".cache")  # those to other questions
    asked(project)
    assert not asked(project).worked
    assert len(answers(project).keys("redites")) == 1
    process = project.start("portail", "build", PORTAIL_NEUF="", **QUIET, SLOGAN="autre")
    while answers(project).keys("redites") and process.poll() is None:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert asked(project).worked, "the answer went before the work began"
    faulty = project.root / "content/articles/faux.md"
    faulty.write_text("---\ntitre: [\n---\n", encoding="utf-8")
    assert [asked(project)[:2] for _ in range(2)] == [(1, True)] * 2
    faulty.unlink()


DOUBTS = {
    "program": 'import subprocess\nsubprocess.run(["true"], check=True)\n',
    "plugin": """\
from types import SimpleNamespace
PLUGINS += [SimpleNamespace(__name__="autre", register=lambda: None)]
""",
}


def test_nothing_is_kept_in_doubt(tmp_path):
    for name, extra in DOUBTS.items():
        project = Project(tmp_path, extra)
        project.write(SOUND)
        assert [asked(project)[:2] for _ in range(2)] == [(0, True)] * 2, name


def test_what_git_remembers_since_is_seen(tmp_path):
    """A commit, that a branch is another one, an ordinary clone or a working tree of its own:
    calendars say when an event last changed."""
    first, second = Project(tmp_path / "p"), tmp_path / "q"
    first.write({**SOUND, ".gitignore": "/output\n.*\n"})
    asked(first)
    commit(first.root)

    def seen(root, *change, day="2021-09-02"):
        project = Project.at(root)
        assert [asked(project).worked for _ in range(2)] == [True, False]
        git(root, *change, day=day)

    seen(first.root, "commit", "-q", "--amend", "-m", "y")
    seen(first.root, "checkout", "-q", "--detach")
    seen(first.root, "worktree", "add", "-q", str(second), "main")
    seen(second, "commit", "-q", "--allow-empty", "-m", "z")
    assert asked(Project.at(second)).worked


def test_check(tmp_path):
    project = Project(tmp_path)
    project.write(SOUND)
    project.write({"content/articles/faux.md": "---\ntitre: [\n---\n"})
    first, second = asked(project, "check"), asked(project, "check")
    assert [one[:2] for one in (first, second)] == [(1, True), (1, False)]
    assert first.said == second.said
    assert asked(project, "check", "--format", "json").worked
    form = asked(project, "check", "--format", "json")
    assert not form.worked
    assert json.loads(form.out)
    (tmp_path / "content/articles/faux.md").unlink()
    assert asked(project, "check")[:2] == (0, True)
    listed = "".join(f"personne{rank}@exemple.org\n" for rank in range(40))
    (tmp_path / "listes").mkdir()
    (tmp_path / "listes/lecteurs.csv").write_text(listed, encoding="utf-8")
    stray = asked(project, "check")
    assert (stray.code, "E132" in stray.out) == (1, True)
    assert asked(project, "check", "--simuler").worked
    assert asked(project, "check", "--avant", "content").worked
