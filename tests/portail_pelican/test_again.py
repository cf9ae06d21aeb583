"""A command asked again of what did not change answers at once, with the same words; whatever may
change them is seen.

Judged from outside: a run with nothing to do does not import Pelican, nor what reads a content.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from faults import SOUND
from portail.resources import theme_dir
from projects import Done, Project

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("again")]

EXTRA = """
import sys
from pathlib import Path
sys.path.insert(0, str(Path(__file__).parent))
import regles
THEME = str(Path(__file__).parent / "theme")
SITENAME = PORTAIL_NOM = Path("nom.txt").read_text(encoding="utf-8") + regles.SUITE
"""
ARTICLE = "content/articles/sans-faute.md"
OTHER = SOUND[ARTICLE].replace("Un article sans faute", "La chouette au printemps")
OLD = 1_600_000_000


def asked(project: Project, command: str = "build", *more: str, **environment: str) -> Done:
    """Run a command; its imports are told on stderr."""
    given = {"PYTHONPROFILEIMPORTTIME": "1", "PYTEST_CURRENT_TEST": "", "CI": "", **environment}
    return project.portail(command, *more, **given)


def worked(done: Done) -> bool:
    """Whether a run did all its work."""
    modules = {line.rpartition("|")[2].strip() for line in done.err.splitlines()}
    return bool(modules & {"pelican", "portail.pipeline", "pydantic"})


def words(done: Done) -> list[str]:
    """What a run said, but for imports and times."""
    err = [line for line in done.err.splitlines() if not line.startswith("import time:")]
    text = " ".join([done.out, *err])
    return [word for word in text.split() if not word.replace(",", ".").replace(".", "").isdigit()]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A portal that was built, with a theme, a module and a file of its own."""
    root = tmp_path_factory.mktemp("encore")
    shutil.copytree(theme_dir(), root / "theme")
    project = Project(root, EXTRA)
    project.write(SOUND)
    project.write({"nom.txt": "Portail", "regles.py": 'SUITE = " d’essai"\n'})
    advised = SOUND[ARTICLE] + "\nUn numéro : 06 12 34 56 78.\n"
    project.write({ARTICLE: advised})
    first = asked(project)
    assert first.code == 0, first.err
    assert worked(first)
    return project


def put(project: Project, name: str, text: str) -> Callable[[], object]:
    """A change: a file holds ``text`` more, as old and, where it can be, as long as before."""

    def change() -> None:
        path = project.root / name
        before = path.read_text(encoding="utf-8")
        path.write_text(before + text, encoding="utf-8")
        os.utime(path, (OLD, OLD))

    return change


NEIGHBOUR = 'PORTAIL_VOISINS = [{"nom": "Ailleurs", "api": "https://a.example/api/v1/"}]\n'


def changes(project: Project) -> dict[str, Callable[[], object]]:
    """What may change an answer."""
    root, output = project.root, project.output
    side = root / ".output.suivant"

    def swapped() -> None:
        path = root / ARTICLE
        path.write_text(path.read_text("utf-8").replace("numéro", "nombre"), encoding="utf-8")
        os.utime(path, (OLD, OLD))

    def tampered() -> None:
        path = output / "index.html"
        status = path.stat()
        path.write_bytes(path.read_bytes().replace(b"Portail", b"Portial"))
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    def tomorrow() -> None:
        (kept,) = (root / ".cache/redites").iterdir()
        known = json.loads(kept.read_text("utf-8"))
        known["days"] = [known["days"][1], known["days"][1] + 86_400]
        kept.write_text(json.dumps(known), encoding="utf-8")

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
        "neighbours": put(project, "pelicanconf.py", NEIGHBOUR),
        "copy of a neighbour": lambda: project.write({".cache/voisins/ailleurs.json": "{}"}),
        "output file, same size and time": tampered,
        "output file removed": lambda: (output / "404.html").unlink(),
        "output removed": lambda: shutil.rmtree(output),
        "manifests removed": lambda: [one.unlink() for one in side.glob("manifeste-*")],
        "cache removed": lambda: shutil.rmtree(root / ".cache"),
        "another day": tomorrow,
    }


def test_every_change_is_seen(project: Project) -> None:
    said = asked(project)
    assert (said.code, worked(said)) == (0, False)
    for name, change in changes(project).items():
        change()
        done = asked(project)
        assert (done.code, worked(done)) == (0, True), name
        again = asked(project)
        assert (again.code, worked(again)) == (0, False), name
    assert "C331" in again.err, "what was told is told again"
    assert words(again) == words(asked(project, PYTHONDONTWRITEBYTECODE="1"))


def test_other_questions_have_other_answers(project: Project) -> None:
    asked(project)
    assert not worked(asked(project))
    for environment in ({"SLOGAN": "x"}, {"PORTAIL_VERIFIER": "1"}, {"CI": "true"}):
        assert worked(asked(project, **environment))
    for more in (["--clean"], ["--verifier"], ["--date", "2021-09-28"]):
        assert worked(asked(project, "build", *more))
    for more in (["--clean"], ["--verifier"]):
        assert worked(asked(project, "build", *more)), "never spared"


def test_killed_or_refused(project: Project) -> None:
    answers = project.root / ".cache/redites"
    shutil.rmtree(answers)  # those to other questions
    asked(project)
    assert not worked(asked(project))
    (kept,) = answers.iterdir()
    process = project.start("portail", "build", PORTAIL_NEUF="", CI="", SLOGAN="autre")
    while kept.exists() and process.poll() is None:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert worked(asked(project)), "the answer went before the work began"
    faulty = project.root / "content/articles/faux.md"
    faulty.write_text("---\ntitre: [\n---\n", encoding="utf-8")
    refused = [asked(project) for _ in range(2)]
    assert [(done.code, worked(done)) for done in refused] == [(1, True)] * 2
    faulty.unlink()
    assert worked(asked(project))


@pytest.mark.parametrize(
    "extra",
    [
        'import subprocess\nsubprocess.run(["true"], check=True)\n',
        """\
from types import SimpleNamespace
PLUGINS += [SimpleNamespace(__name__="autre", register=lambda: None)]
""",
    ],
    ids=["program", "plugin"],
)
def test_nothing_is_kept_in_doubt(tmp_path: Path, extra: str) -> None:
    project = Project(tmp_path, extra)
    project.write(SOUND)
    assert [(one.code, worked(one)) for one in (asked(project), asked(project))] == [(0, True)] * 2


def test_check(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write(SOUND)
    project.write({"content/articles/faux.md": "---\ntitre: [\n---\n"})
    first, second = asked(project, "check"), asked(project, "check")
    assert [(one.code, worked(one)) for one in (first, second)] == [(1, True), (1, False)]
    assert words(first) == words(second)
    assert worked(asked(project, "check", "--format", "json"))
    form = asked(project, "check", "--format", "json")
    assert not worked(form)
    assert json.loads(form.out)
    (tmp_path / "content/articles/faux.md").unlink()
    mended = asked(project, "check")
    assert (mended.code, worked(mended)) == (0, True)
    listed = "".join(f"personne{rank}@exemple.org\n" for rank in range(40))
    (tmp_path / "listes").mkdir()
    (tmp_path / "listes/lecteurs.csv").write_text(listed, encoding="utf-8")
    stray = asked(project, "check")
    assert (stray.code, "E132" in stray.out) == (1, True)
    assert worked(asked(project, "check", "--simuler"))
    assert worked(asked(project, "check", "--avant", "content"))
