"""Packages that stand alone: one of somebody else brings all that ours do; ours are built alone."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections import defaultdict

import pytest

import installation
from checkout import ROOT
from doses import rows_of
from portail.features import FEATURES, PLACES
from projects import SETTINGS
from without import with_dependents

PACKAGES = {path.parent.name: path.parent for path in (ROOT / "plugins").glob("*/pyproject.toml")}
"""Those that can be built alone, by the name of their folder."""


def test_our_packages_have_the_version_of_the_core_and_ask_for_it():
    (version,) = versions(ROOT)
    minor = version.rpartition(".")[0]
    for folder in PACKAGES.values():
        assert versions(folder) == [version], folder.name
        assert f'"portail=={minor}.*"' in (folder / "pyproject.toml").read_text("utf-8"), (
            folder.name
        )


def versions(folder):
    return re.findall(r'^version = "(.+)"$', (folder / "pyproject.toml").read_text("utf-8"), re.M)


def run(folder, path, *arguments):
    """What ``portail`` says, with a ``path`` of packages before those of this environment."""
    done = subprocess.run(
        [sys.executable, "-m", "portail", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, path))},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_package_of_others_brings_all_that_ours_do(arbre):
    """A setting, a command, a kind with its form, a page, its template and sheet, a code, words."""
    told = rows_of("paquet.yml")
    path = [arbre({f"paquets/{name}": text for name, text in told["paquet"].items()}) / "paquets"]
    named = f'{SETTINGS}PORTAIL_GREFFONS = ["herbier"]\nPORTAIL_HERBIER = "Rue des Jacobins"\n'
    portal = arbre(
        {"portail/pelicanconf.py": named, "portail/content/carnets/flore.md": told["carnet"]}
    )
    portal /= "portail"
    assert run(portal, path, "herbier") == (0, "Rue des Jacobins\n")
    assert "dit où est l’herbier" in run(portal, path, "--help")[1]
    code, said = run(portal, path, "build", "--site-url", "https://a.example")
    assert code == 0 and "A590" in said and "« Flore » tient en un mot" in said, said
    output = portal / "output"
    page = (output / "herbier/index.html").read_text("utf-8").replace("\xa0", " ")
    assert "Rue des Jacobins" in page and "1 carnet" in page
    sheet = re.search(r"/theme/(css/herbier\.css)\?v=", page)[1]
    assert "verdure" in (output / "theme" / sheet).read_text("utf-8")
    carnet = (output / "carnets/flore/index.html").read_text("utf-8")
    assert "Feuillets" in carnet and "Un carnet d’herbier." in carnet
    form = (output / "contribuer/carnet/index.html").read_text("utf-8")
    assert "Combien de feuillets." in form
    assert "Pourquoi" in run(portal, path, "check", "--expliquer", "A590")[1]
    (portal / "pelicanconf.py").write_text(SETTINGS, encoding="utf-8")
    assert run(portal, path, "herbier")[0] == 2, "what is not named is not there"
    named = named.replace('["herbier"]', '["herbier"][:]')
    (portal / "pelicanconf.py").write_text(named, encoding="utf-8")
    code, said = run(portal, path, "build")
    assert code == 2 and "PORTAIL_HERBIER" in said


OWN = {feature.name: PLACES[feature.name].partition(".")[0] for feature in FEATURES}


def alone():
    """Packages that no feature of another needs, the sky first; a run tries that one."""
    for package in sorted(PACKAGES, key=lambda name: name != "portail_ciel"):
        names = {name for name, owner in OWN.items() if owner == package}
        if with_dependents(names, FEATURES) == names:
            yield pytest.param(package, marks=[pytest.mark.long] * (package != "portail_ciel"))


EVENT = """
    ---
    titre: Une nuit
    resume: On regarde.
    publie_le: 2021-09-01
    format: observation
    debut: 2021-10-02 20:00
    fin: 2021-10-02 23:00
    adresse: {commune: Amiens}
    organisateurs: [Le club]
    ---
    Dehors.
"""


@pytest.mark.site
@pytest.mark.parametrize("package", [*alone()])
def test_a_portal_is_whole_once_the_folder_of_a_package_is_deleted(package, arbre, tmp_path):
    """What the installation still declares is not looked for."""
    left = shutil.ignore_patterns("__pycache__", "tests", package)
    shutil.copytree(ROOT / "plugins", tmp_path / "plugins", ignore=left)
    for name in ("theme", "data", "docs", "modele", "pyproject.toml"):
        (tmp_path / name).symlink_to(ROOT / name)
    portal = arbre({"ici/pelicanconf.py": SETTINGS, "ici/content/events/nuit.md": EVENT}) / "ici"
    path = [tmp_path / "plugins"]
    for command in (["--help"], ["check"], ["docs"], ["build", "--site-url", "https://a.example"]):
        code, said = run(portal, path, *command)
        assert code == 0, said
    assert (portal / "output/index.html").is_file()
    assert (portal / "output/ciel").exists() == (package != "portail_ciel")


CORE = ("portail", "portail_pelican", "portail_plume", "portail_poste", "portail_publication")
READ = {".css", ".html", ".js", ".py", ".svg", ".txt", ".xml"}
"""Files that name others of the theme, and codes."""


def named():
    """Files of the core, ``""``, and of each package, that name others, each with its text."""
    found = defaultdict(list)
    for top in (ROOT / "theme", *(ROOT / "plugins").glob("portail*")):
        owner = "" if top.name in ("theme", *CORE) else top.name
        for path in top.rglob("*"):
            if path.suffix in READ and {"tests", "node_modules", "tiers"}.isdisjoint(path.parts):
                found[owner].append((path, path.read_text(encoding="utf-8")))
    return found


def words_of_the_core():
    """What the core brings: how its users name it, and the file that does not count as one."""
    theme = ROOT / "theme"
    for path in (theme / "templates").rglob("*.*"):
        yield path.relative_to(theme / "templates").as_posix(), path
    for path in (theme / "static/js").glob("*.js"):
        yield path.name, path
    order = theme / "static/css/ordre.txt"
    for sheet in re.findall(r"^\[([a-z-]+)\]$", order.read_text("utf-8"), re.MULTILINE):
        yield f"css/{sheet}.css", order
    codes = ROOT / "plugins/portail/data/codes.yml"
    for code in re.findall(r"^- code: (\w+)$", codes.read_text("utf-8"), re.MULTILINE):
        yield f'"{code}"', codes


def test_what_one_package_alone_names_is_not_left_in_the_core():
    texts = named()
    left = defaultdict(list)
    for word, own in words_of_the_core():
        owners = {
            owner
            for owner, files in texts.items()
            if any(word in text for path, text in files if path != own)
        }
        if len(owners) == 1 and "" not in owners:
            left[owners.pop()].append(word)
    assert not left


@pytest.mark.long
@pytest.mark.site
@pytest.mark.xdist_group("packaging")
def test_the_sky_is_built_alone_and_stands_beside_a_core_without_it(
    wheel, installed, lent, arbre, tmp_path
):
    core = installation.build_wheel(tmp_path / "noyau", ROOT, "portail_ciel")
    folder = tmp_path / "portail_ciel"
    shutil.copytree(ROOT / "plugins/portail_ciel", folder)
    sky = installation.wheel_of(folder)
    parts = {*zipfile.ZipFile(core).namelist()}, {*zipfile.ZipFile(sky).namelist()}
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    both = {name for part in parts for name in part if ".dist-info/" not in name}
    compiled = {name for name in held - both if "/gabarits/" in name}
    assert both <= held and held - both == compiled, "a release is one file that holds the rest"
    assert not [name for name in held if "/tests/" in name]
    apart = installation.bare_environment(tmp_path / "deux", lent)
    installation.install(apart, core, sky)
    sites = []
    for place, scripts in (("un", installed), ("autre", apart)):
        files = {f"{place}/pelicanconf.py": SETTINGS, f"{place}/content/events/nuit.md": EVENT}
        portal = arbre(files) / place
        command = ["portail", "build", "--site-url", "https://a.example"]
        done = installation.run(scripts, portal, *command)
        assert done.returncode == 0, done.stderr
        output = portal / "output"
        files = (file for file in output.rglob("*") if file.is_file())
        sites.append({file.relative_to(output): file.read_bytes() for file in files})
    assert [name for name in sites[0] if sites[0][name] != sites[1].get(name)] == []
    assert sites[0].keys() == sites[1].keys() and any("ciel" in name.parts for name in sites[0])
