"""A release: whole, the same bytes each time, and only of what is ready."""

import email
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile

import pytest

import livraison
from checkout import ROOT
from forge_runs import git

DEPOT = "https://forge.example.org/asso/portail"
CHANGELOG = """\
# Journal

## [9.1.0] - 2026-11-26

### Ajouté

- Un essai.

## [0.1.0] - 2026-01-01
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """This project, ready for a version 9.1.0."""
    folder = tmp_path_factory.mktemp("projet")
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    left = ("content/", "tests/", "changelog.d/", "docs/technique/", "docs/decisions/")
    for name in listed.split("\0"):
        source = ROOT / name
        if name and not name.startswith(left) and source.is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(source.read_bytes())
    (folder / "changelog.d").mkdir()
    (folder / "tests").mkdir()
    (folder / "tests/test_nothing.py").write_text("")
    (folder / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    told = (folder / "pyproject.toml").read_text(encoding="utf-8")
    told = re.sub(r'(?m)^version = ".*"', 'version = "9.1.0"', told)
    (folder / "pyproject.toml").write_text(told, encoding="utf-8")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "x")
    return folder


@pytest.fixture(scope="module")
def dist(project, tmp_path_factory):
    """A release of it."""
    target = tmp_path_factory.mktemp("livraison") / "dist"
    call = ["--depot", DEPOT, "--etiquette", "v9.1.0", "--sans-demonstration"]
    assert livraison.main([*call, "--dossier", str(target)], project) == 0
    return target


@pytest.mark.long  # at each change, what the wheel holds: tests/test_packaging.py
def test_a_release_is_whole_and_says_its_digests(dist):
    assert sorted(path.name for path in dist.iterdir()) == [
        "Containerfile",
        "SHA256SUMS",
        "bibliotheques.txt",
        "notes.md",
        "portail-9.1.0-py3-none-any.whl",
        "portail-9.1.0.cdx.json",
        "portail-9.1.0.tar.gz",
    ]
    check = ["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=dist).returncode == 0
    assert (dist / "notes.md").read_text(encoding="utf-8") == "### Ajouté\n\n- Un essai.\n"


@pytest.mark.long  # at each change, two wheels are compared: tests/test_packaging.py
def test_two_releases_of_one_commit_are_the_same_bytes(project, dist, tmp_path):
    """What lies about is in none of them; the zone, the language and the mask change nothing."""
    (project / "theme/reste.txt").write_text("not committed")
    odd = {**os.environ, "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    code = (
        "import os, sys; os.umask(0o077); sys.path.insert(0, sys.argv.pop(1)); import livraison; "
        "from pathlib import Path; sys.exit(livraison.main(sys.argv[2:], Path(sys.argv[1])))"
    )
    call = ["--depot", f"{DEPOT}/", "--dossier", str(tmp_path / "dist"), "--sans-demonstration"]
    tool = [sys.executable, "-c", code, str(ROOT / "outils"), str(project)]
    done = subprocess.run([*tool, *call], env=odd, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "dist/SHA256SUMS").read_bytes() == (dist / "SHA256SUMS").read_bytes()


@pytest.mark.long  # at each change, two wheels are compared: tests/test_packaging.py
def test_the_source_archive_has_no_half_of_the_tests_and_makes_the_same_wheel(dist, tmp_path):
    with tarfile.open(dist / "portail-9.1.0.tar.gz") as archive:
        names = archive.getnames()
        assert not [name for name in names if re.match(r"[^/]+/(tests|outils|content)/", name)]
        assert {one.mtime for one in archive.getmembers()} == {livraison._EPOCH}
        assert {(one.uid, one.uname) for one in archive.getmembers()} == {(0, "")}
        archive.extractall(tmp_path)
    folder, wheel = tmp_path / "portail-9.1.0", "portail-9.1.0-py3-none-any.whl"
    # The archive has nothing of npm: the lock says what to fetch before the wheel is made.
    assert not [name for name in names if "node_modules" in name]
    with zipfile.ZipFile(dist / wheel) as released:
        brought = [name for name in released.namelist() if "/node_modules/" in name]
        released.extractall(folder / "plugins", brought)
    code = "import setuptools.build_meta as b; b.build_wheel('dist')"
    clean = {key: value for key, value in os.environ.items() if key != "DEPOT"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=clean, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert (folder / "dist" / wheel).read_bytes() == (dist / wheel).read_bytes()


@pytest.mark.long
def test_an_index_is_told_the_pages_of_the_forge(dist):
    with zipfile.ZipFile(dist / "portail-9.1.0-py3-none-any.whl") as wheel:
        told = email.message_from_bytes(wheel.read("portail-9.1.0.dist-info/METADATA"))
    pages = dict(one.split(", ") for one in told.get_all("Project-URL", []))
    assert pages["Source"] == DEPOT
    assert pages["Issues"] == f"{DEPOT}/issues"
    text = told.get_payload()
    assert f'src="{DEPOT}/raw/v9.1.0/docs/images/accueil.webp"' in text
    assert f"]({DEPOT}/blob/v9.1.0/SECURITY.md)" in text
    links = re.findall(r'(?:\]\(|src=")([^)"]+)', text)
    assert links and all(one.startswith(("https://", "http://", "#")) for one in links)


def test_what_is_not_ready_is_refused(project, tmp_path, capsys):
    call = ["--dossier", str(tmp_path / "dist"), "--sans-demonstration"]
    assert livraison.main([*call, "--etiquette", "v9.0.0"], project) == 1
    assert "The tag is v9.0.0, pyproject.toml says 9.1.0." in capsys.readouterr().err
    waiting = tmp_path / "changelog.d"
    waiting.mkdir()
    (waiting / "carte.ajout.md").write_text("Une carte.\n")
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "9.1.0"\n')
    waits = "changelog.d/ holds 1 fragments: make version"
    assert livraison.check_ready(tmp_path, "") == waits
    with pytest.raises(livraison.NotReady, match=waits):
        livraison.check_ready(tmp_path, "v9.1.0")
    with pytest.raises(livraison.NotReady, match=r"tells nothing of 9\.2\.0"):
        livraison.told_of(CHANGELOG, "9.2.0")
    assert livraison.told_of(CHANGELOG, "9.1.0")[0] == "2026-11-26"
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize(("word", "written"), [("", "0.1.0"), ("POUR=9.9.9", "9.9.9")])
def test_the_version_that_is_asked_for_is_written(tmp_path, word, written):
    """By the recipe of ``make version``, whose programs do nothing here."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\nversion = "0.1.0"\n')
    package = tmp_path / "plugins/portail_a/pyproject.toml"
    package.parent.mkdir(parents=True)
    package.write_text('version = "0.1.0"\ndependencies = ["portail==0.1.*", "a>=0.1"]\n')
    (tmp_path / "modele/commun").mkdir(parents=True)
    (tmp_path / "towncrier").symlink_to("/bin/true")
    made = ["-o", ".cache/outils/release/.installed", f"RELEASE={tmp_path}", "UV=true"]
    subprocess.run(["make", "-s", "version", *made, *word.split()], cwd=tmp_path, check=True)
    assert livraison.version_of(tmp_path) == written
    minor = written.rpartition(".")[0]
    needs = f'dependencies = ["portail=={minor}.*", "a>=0.1"]'
    assert package.read_text() == f'version = "{written}"\n{needs}\n'
