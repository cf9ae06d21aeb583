"""Mornings of a showcase: what it shows when sources, a region, a licence, a structure fail it."""

import json
import re
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from forge_runs import git
from portail.cli import main
from portail_bureau.vitrine import command
from premier_jour import served

pytestmark = [pytest.mark.site, pytest.mark.long]

FIRST = date(2026, 11, 29)
ADDRESS = "https://v.example.org/essai"
OPENAGENDA = "content/events/openagenda-donnees-ouvertes"


class Showcase:
    """A showcase of two regions, of which one is harvested."""

    def __init__(self, folder, liar, capfd):
        self.folder, self.liar, self.capfd = folder, liar, capfd
        self.depot, self.day = folder / "vitrine/depots/normandie", FIRST
        self.told = ""
        self.settings()
        command._renew(self.depot.resolve(), "Normandie", "")
        table = self.depot / "sources.yml"
        table.write_text(served(table.read_text("utf-8"), "Normandie", liar), "utf-8")
        self.rows = json.loads(liar.routes["/publics-openagenda"][2])[:24]
        self.serve(self.rows)
        git(self.depot, "commit", "-qam", "Les sources de cette machine")

    def settings(self, regions=("Normandie", "Mayotte"), **more):
        value = {"regions": [*regions], "courriel": "vitrine@example.org", **more}
        Path("pelicanconf.py").write_text(f"PORTAIL_VITRINE = {value!r}\n", "utf-8")

    def serve(self, rows):
        self.liar.routes["/publics-openagenda"] = (200, {}, json.dumps(rows).encode())

    def morning(self, code=0):
        """The night, then what it leaves below ``regions/``."""
        self.capfd.readouterr()
        arguments = ["vitrine", "Normandie", "--adresse", ADDRESS, "--date", f"{self.day}"]
        made = main(arguments)
        assembled = main(["vitrine", "--assembler", f"public-{self.day}"])
        self.told = "".join(self.capfd.readouterr())
        assert made == code and assembled == 1, self.told  # Mayotte has never had a night
        self.site = self.folder / f"public-{self.day}/regions/normandie"
        self.day += timedelta(days=1)
        return self

    @property
    def outings(self):
        return {path.parent.name for path in self.site.glob("evenements/*/index.html")
                if "noindex" not in path.read_text("utf-8")}  # fmt: skip


@pytest.fixture
def showcase(tmp_path, monkeypatch, liar, capfd):
    monkeypatch.chdir(tmp_path)
    harvest = ["moissonner", "--reseaux-prives", "--delai", "0"]
    monkeypatch.setattr(command, "_HARVEST", harvest)
    return Showcase(tmp_path, liar, capfd)


def test_five_mornings(showcase):
    """A source down, one that answers rubbish, a build that fails, a licence withdrawn, a structure
    that leaves: nothing false, nothing lost, told each time."""
    first = showcase.morning()
    there = first.outings
    assert len(there) > 15
    assert "Mayotte : pas de site cette nuit, elle n’en a encore aucun" in first.told
    home = (first.site / "index.html").read_text("utf-8")
    assert "Personne ne tient encore ce portail" in home and "Les sciences en Normandie" in home
    assert "Je contribue" not in home and "agenda commun" not in home
    assert not [*first.site.glob("contribuer/**/*.html")]
    page = (first.site / "prendre-ce-portail/index.html").read_text("utf-8")
    assert (
        "mailto:vitrine@example.org" in page
        and len(re.findall("<li>", page.split("huit lignes</h2>")[1].split("</ol>")[0])) == 8
    )
    museum = first.liar.routes.pop("/museofile")
    down = showcase.morning(code=1)
    assert "Muséofile" in down.told and down.outings == there
    assert (down.site / "lieux/musee-invente-de-rouen/index.html").exists()
    down.liar.routes["/museofile"] = museum
    down.serve([])
    rubbish = showcase.morning(code=1)
    assert rubbish.outings == there and "OpenAgenda" in rubbish.told
    assert not [
        one
        for one in there
        if "a_confirmer" in (rubbish.depot / OPENAGENDA / f"{one}.md").read_text("utf-8")
    ]
    assert git(rubbish.depot, "status", "--porcelain", "--", OPENAGENDA) == ""
    rubbish.serve(rubbish.rows)
    broken = showcase.depot / "content/lieux/faute.md"
    broken.write_text("---\ntitre: [\n---\n", "utf-8")
    git(showcase.depot, "add", "-A", "content/lieux")
    git(showcase.depot, "commit", "-qm", "Une faute")
    failing = showcase.morning(code=2)
    assert failing.outings == there
    assert "Normandie : pas de site cette nuit, celui d’avant reste" in failing.told
    git(showcase.depot, "reset", "-q", "--hard")
    git(showcase.depot, "rm", "-q", "content/lieux/faute.md")
    table = showcase.depot / "sources.yml"
    text = table.read_text("utf-8")
    table.write_text(re.sub("(licence: ODbL-1.0\n)", "\\1    dort: true\n", text, count=1), "utf-8")
    git(showcase.depot, "commit", "-qam", "Licence retirée")
    withdrawn = showcase.morning()
    assert withdrawn.outings == there
    assert "lieux/bibliotheque-inventee est retiré" in withdrawn.told
    left = (withdrawn.site / "lieux/bibliotheque-inventee/index.html").read_text("utf-8")
    assert "retiré" in left
    showcase.settings(partis=[showcase.rows[0]["title_fr"], "Musée inventé de Rouen"])
    leaving = showcase.morning()
    assert len(there - leaving.outings) >= 1, leaving.told
    changes = json.loads((leaving.site / "api/v1/changements.json").read_text("utf-8"))
    gone = {one["ref"] for one in changes["donnees"] if one["changement"] == "retrait"}
    assert {"lieux/bibliotheque-inventee", "lieux/musee-invente-de-rouen"} <= gone
    again = showcase.morning()
    assert again.outings == leaving.outings
    # What is to be taken is whole, and says nothing of the showcase.
    taken = showcase.folder / "pris"
    subprocess.run(["git", "clone", "-q", f"{again.site / 'portail.bundle'}", taken], check=True)
    assert (taken / "content/pages/a-propos.md").exists()
    assert not (taken / "content/pages/prendre-ce-portail.md").exists()
    assert "\nPORTAIL_TENU" not in (taken / "pelicanconf.py").read_text("utf-8")
    assert len(git(taken, "log", "--oneline").splitlines()) >= 5
    showcase.settings(regions=["Mayotte"])
    assert main(["vitrine", "--assembler", "public-prise"]) == 1
    assert not Path("public-prise/regions/normandie").exists()
