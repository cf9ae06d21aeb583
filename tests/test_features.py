"""Features: each may be taken out whole, with what says to need it."""

import os
import subprocess
import sys
import tomllib
from importlib.metadata import distribution

import pytest

from checkout import ROOT
from plans import write
from portail.features import FEATURES, GROUP, PLACES, missing_needs
from portail.model.kinds import Kind
from projects import SETTINGS
from without import run_apart, shown, taken_out, with_dependents, written

BY_NAME = {feature.name: feature for feature in FEATURES}
HOME = "accueil"
"""The feature that draws the page to which every other leads: a portal has one."""


def test_each_folder_is_a_feature_of_its_name():
    folder = ROOT / "plugins/portail/features"
    folders = {path.parent.name for path in folder.glob("*/*/__init__.py")}
    assert folders == {name for name, place in PLACES.items() if place.startswith("portail.")}
    assert all(place.endswith((f".{name}", f"_{name}")) for name, place in PLACES.items())


def test_the_installation_declares_what_the_project_does():
    """« make » installs again what a checkout has declared since."""
    wanted = {}
    for file in (ROOT / "pyproject.toml", *(ROOT / "plugins").glob("*/pyproject.toml")):
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        points = told.get("tool", {}).get("portail", told["project"])["entry-points"]
        wanted |= points.get(GROUP, {})
    ours = {one.name: one.value for one in distribution("portail").entry_points.select(group=GROUP)}
    assert ours == wanted


def test_what_needs_a_feature_that_is_gone_says_so():
    left = [feature for feature in FEATURES if feature.name not in ("facettes", "bilans")]
    sentences = [*missing_needs(left)]
    needing = {feature.name for feature in left if {"facettes", "bilans"} & {*feature.needs}}
    assert len(sentences) >= len(needing)
    agenda = (
        "« agenda » a besoin de « facettes », qui n’est plus parmi les fonctions "
        "(plugins/portail/features/__init__.py) : remettez « facettes », ou retirez aussi "
        "« agenda »."
    )
    assert agenda in sentences
    assert [*missing_needs(FEATURES)] == []


def test_a_command_without_what_a_feature_needs_is_one_sentence_for_each(tmp_path):
    done = run_apart({"bilans"}, tmp_path / "copie", "-m", "portail", "check")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    lines = done.stderr.splitlines()
    assert {line.partition(" a besoin de ")[0] for line in lines} == {
        f"« {feature.name} »" for feature in FEATURES if "bilans" in feature.needs
    }


OF_PACKAGES = {name for name, place in PLACES.items() if not place.startswith("portail.")}
"""Those of packages of their own."""


def test_the_core_stands_without_the_packages_that_bring_features(tmp_path):
    assert with_dependents(OF_PACKAGES, FEATURES) == OF_PACKAGES, "nothing of the core needs them"
    done = run_apart(OF_PACKAGES, tmp_path / "copie")
    assert done.returncode == 0, done.stderr
    assert "/index.html" in done.stdout.splitlines()


@pytest.mark.parametrize("declared", ["absents:feature", "json:fonction"])
def test_a_package_of_ours_that_is_not_there_is_one_sentence(declared, tmp_path):
    facts = tmp_path / "portail_compteur-9.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Name: portail-compteur\nVersion: 9\n", encoding="utf-8")
    (facts / "entry_points.txt").write_text(f"[{GROUP}]\ncompteur = {declared}\n")
    (tmp_path / "absents.py").write_text("import compteur\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "portail", "check"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("La fonction « compteur » ne se charge pas")
    assert "réinstallez portail-compteur" in done.stderr and "Traceback" not in done.stderr


BRINGING = {feature.name for feature in FEATURES if feature.kinds}
APART = [name for name in BY_NAME if with_dependents({name}, FEATURES) & BRINGING and name != HOME]
"""Features whose going takes a kind of contents away."""
SAMPLE = {"evenements", "lieux"}
"""Those without which most is gone: a process for each costs as much as ten of the others."""
HERE = [name for name in BY_NAME if name not in APART and name != HOME]


def together():
    """Few groups of features, each with those that need them, such that every feature is gone from
    one where any other is left, unless that one says to need it: whatever uses another without
    saying so, the kernel or a feature, is there once without it."""
    goes = {name: with_dependents({name}, FEATURES) for name in HERE}
    left = {(name, other) for name in HERE for other in BY_NAME if other not in goes[name]}

    def seen(gone):
        return {(name, other) for name, other in left if name in gone and other not in gone}

    while left:
        gone = frozenset[str]()
        for one in goes.values():
            gone = max(gone, gone | one, key=lambda some: len(seen(some)))
        yield gone
        left -= seen(gone)


def test_a_portal_is_shown_without_them(tmp_path):
    for number, gone in enumerate(together()):
        try:
            with taken_out(gone):
                plan = shown(tmp_path / str(number))
            paths = {f"/{artifact.path}" for artifact in plan}
            pages = {f"{address}index.html" for name in gone for address in BY_NAME[name].pages}
            assert not pages & paths
        except Exception as error:
            error.add_note(f"without {', '.join(sorted(gone))}")
            raise


@pytest.mark.parametrize(
    "name",
    [name if name in SAMPLE else pytest.param(name, marks=pytest.mark.long) for name in APART],
)
def test_a_portal_is_shown_without_the_kinds_it_brings(name, tmp_path):
    done = run_apart(with_dependents({name}, FEATURES), tmp_path / "copie")
    assert done.returncode == 0, done.stderr
    paths = {*done.stdout.splitlines()}
    assert "/index.html" in paths
    assert not {f"{address}index.html" for address in BY_NAME[name].pages} & paths


def built(gone, checkout):
    """The site that a copy of the code publishes, without some features: a small portal of the
    kinds that are left, whose build refuses links to pages that are not there."""
    kinds = {one.folder for name in gone for one in BY_NAME[name].kinds}
    write(checkout / "portail", written({kind.value for kind in Kind} - kinds))
    (checkout / "portail/pelicanconf.py").write_text(SETTINGS, encoding="utf-8")
    command = ["-m", "portail", "build", "--site-url", "https://a.example"]
    done = run_apart(gone, checkout, *command, folder="portail")
    assert done.returncode == 0, done.stderr
    output = checkout / "portail/output"
    assert (output / "index.html").exists()
    pages = [address for name in gone for address in BY_NAME[name].pages]
    assert [one for one in pages if (output / one[1:] / "index.html").exists()] == []
    return output


@pytest.mark.site
def test_the_kernel_builds_a_portal_alone(tmp_path):
    output = built({*BY_NAME} - {HOME}, tmp_path)
    assert not (output / "agenda").exists(), "no feature brings events"


@pytest.mark.long
@pytest.mark.site
@pytest.mark.parametrize("name", [name for name in BY_NAME if name != HOME])
def test_a_portal_builds_without_it(name, tmp_path):
    built(with_dependents({name}, FEATURES), tmp_path)
