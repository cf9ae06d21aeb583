"""The showcase on three forges: jobs run as their runners do, Pages being a folder."""

import shutil
import sys

import pytest

from checkout import ROOT
from forge_runs import FORGE, Caches, Run, git, read
from plans import entry, write
from portail.cli.contents import literal_settings
from portail_bureau.vitrine.settings import NAME, read_showcase

SHOWCASE = read_showcase(literal_settings(ROOT)[NAME])
REGIONS = ["Normandie", "Corse"]
MODEL = "Ce qu’écrit « portail init »"
GITHUB = ".github/workflows/vitrine.yml"
FORGEJO = ".forgejo/workflows/vitrine.yml"
# The program of these tests, for what make would install; it asks no source (a bound of 0 minutes).
MAKE = """#!/bin/sh
mkdir -p .venv/bin
cat > .venv/bin/portail << FIN
#!{python}
import sys
from portail.cli import main
from portail_bureau.vitrine import command
command._HARVEST = ["moissonner", "--duree", "0"]
sys.exit(main(sys.argv[1:]))
FIN
chmod +x .venv/bin/portail
"""
GH = """#!/bin/sh
cp -r "{pieces}"/. recus
"""


def test_each_file_names_the_regions_of_the_setting():
    assert len(SHOWCASE.regions) == 18
    (row,) = read(ROOT / ".gitlab-ci.yml")["region"]["parallel"]["matrix"]
    assert row["REGION"] == [*SHOWCASE.regions]


def test_the_readme_says_the_address_that_the_setting_names():
    text = (ROOT / "README.md").read_text("utf-8")
    assert ("Aucune adresse publique" in text) is (SHOWCASE.adresse == "")
    assert SHOWCASE.adresse in text


@pytest.fixture
def machine(tmp_path):
    """Gives a machine for one run of a job of a small demonstration."""
    portal = tmp_path / "portail"
    write(portal, {"lieux/musee": entry("lieux", titre="Le Musée des vents", commune="Amiens")})
    (portal / "pelicanconf.py").write_text(
        f"from portail_pelican.defaults import *\n{NAME} = {{'regions': {REGIONS}}}\n", "utf-8"
    )
    for path in (GITHUB, FORGEJO, ".gitlab-ci.yml"):
        (portal / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, portal / path)
    git(portal, "init", "-qb", "main")
    git(portal, "add", "-A")
    git(portal, "commit", "-qm", "x")
    depot = tmp_path / "depot.git"
    git(tmp_path, "clone", "-q", "--bare", str(portal), str(depot))
    caches, pieces = Caches(tmp_path / "caches"), tmp_path / "pieces"

    def made(**words):
        folder = tmp_path / f"execution-{len([*tmp_path.glob('execution-*')])}"
        run = Run(folder, tmp_path, depot, caches, words)
        run.tool("make", MAKE.format(python=sys.executable))
        run.tool("apt-get", "#!/bin/sh\n")
        run.tool("gh", GH.format(pieces=pieces))
        run.pieces = pieces
        return run

    return made


@pytest.mark.long
@pytest.mark.site
def test_nothing_is_typed_from_a_push_to_the_first_address_on_github(machine):
    night(machine, "1", REGIONS)
    public = night(machine, "2", REGIONS[:1])
    assert (public / "index.html").exists()
    for region in ("normandie", "corse"):
        home = (public / f"regions/{region}/index.html").read_text("utf-8")
        assert "Personne ne tient encore ce portail" in home
        assert f"https://o.github.io/r/regions/{region}/" in home
        assert (public / f"regions/{region}/portail.bundle").exists()


def night(machine, number, regions):
    """One night, of which only the jobs of some regions end; what goes to Pages."""
    words = {"github.run_id": number, "github.server_url": FORGE,
             "github.repository": "o/r", "github.token": "x", "steps.pages.outputs.base_url":
             "https://o.github.io/r", "hashFiles('requirements*.txt', 'bibliotheques.txt')": "h",
             "needs.regions.outputs.adresse": "https://o.github.io/r"}  # fmt: skip
    environ = {"GITHUB_RUN_ID": number, "GITHUB_REPOSITORY": "o/r"}
    listing = machine(**words)
    assert listing.actions(GITHUB, "regions", environ) == 0, listing.told
    assert listing.words["steps.lire.outputs.regions"] == '["Normandie","Corse"]'
    shutil.rmtree(listing.pieces, ignore_errors=True)
    for region in regions:
        one = machine(**words, **{"matrix.region": region})
        assert one.actions(GITHUB, "region", environ) == 0, one.told
        assert "::warning::" in one.told, "sources are not read, which is told"
        shutil.copytree(one.work / "vitrine/sites", one.pieces / f"region {region}")
    last = machine(**words)
    assert last.actions(GITHUB, "assembler", environ) == 0, last.told
    assert last.uploaded == ["public"]
    missing = {*REGIONS} - {*regions}
    assert [one for one in REGIONS if f"::warning::{one} : pas de site" in last.told] == [*missing]
    return last.work / "public"


@pytest.mark.long
@pytest.mark.site
def test_forgejo_keeps_the_night_in_a_branch(machine):
    words = {"github.server_url": FORGE, "github.repository": "o/r", "github.token": "x",
             "vars.SITEURL": "https://o.codeberg.page/r"}  # fmt: skip
    for _ in range(2):
        one = machine(**words)
        words["github.sha"] = one.words["github.sha"] = git(one.depot, "rev-parse", "main")
        assert one.actions(FORGEJO, "vitrine") == 0, one.told
    assert "regions/corse/index.html" in git(one.depot, "ls-tree", "-r", "--name-only", "pages")
    assert git(one.depot, "ls-tree", "--name-only", "vitrine") == "nuit.tar"
    told = git(one.work / "vitrine/depots/corse", "log", "--format=%s").splitlines()
    assert len(told) == 2 and told[-1] == MODEL, "that of the night before, which nothing changed"


@pytest.mark.long
@pytest.mark.site
def test_gitlab_lays_what_each_job_made(machine):
    known = {"CI_PAGES_URL": "https://o.gitlab.io/r", "CI_PROJECT_URL": f"{FORGE}/o/r",
             "REGION": "Corse", "CI_JOB_NAME_SLUG": "region-corse"}  # fmt: skip
    region = machine()
    region.clone()
    assert region.gitlab("region", known) == 0, region.told
    assert region.uploaded == ["vitrine/sites", "vitrine/dits"]
    last = machine()
    last.clone()
    shutil.copytree(region.work / "vitrine/sites", last.work / "vitrine/sites")
    assert last.gitlab("pages", known) == 0, last.told
    assert "Normandie : pas de site cette nuit" in last.told
    assert (last.work / "public/regions/corse/index.html").exists()
