"""The first day of a region: its addresses, and what they would answer, recorded of our own making
in the columns of the open data (``tests/sources/sorties.txt``: none of it is true)."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from plans import result_of
from portail.cli import main
from portail.cli.contents import literal_settings
from portail.day import Day
from portail.features import configured
from portail.features.pages.accueil.page import plan_home
from portail.model.kinds import Kind
from portail.resources import data_dir, over, shared
from premier_jour import PLACES, ROWS, served

sources_of = pytest.importorskip("portail_init.skeleton").sources_of

DAY = date(2026, 11, 29)
CANCELLED = {title for rank, (_, title, *_) in enumerate(ROWS) if rank % 9 == 8}
SCIENCE = {title for sign, title, *_ in ROWS if sign == "+"} - CANCELLED


@pytest.fixture(params=PLACES)
def region(request, tmp_path, monkeypatch, liar):
    """A new portal of a region, whose open data are on this machine."""
    folder = tmp_path / "portail"
    assert main(["init", str(folder), "--region", request.param, "--date", f"{DAY}"]) == 0
    monkeypatch.chdir(folder)
    text = Path("sources.yml").read_text("utf-8")
    Path("sources.yml").write_text(served(text, request.param, liar), "utf-8")
    return folder


def harvest(*more):
    run = ["moissonner", "--reseaux-prives", "--delai", "0", "--site-url", "https://p.example"]
    assert main([*run, "--date", f"{DAY}", "--rapport", "r.md", *more]) == 0


def outings():
    found = Path("content/events/openagenda-donnees-ouvertes").glob("*.md")
    return [yaml.safe_load(one.read_text("utf-8").split("---")[1]) for one in found]


def of_list(outing):
    return outing["titre"].rpartition(" (")[0]


def test_a_region_has_a_true_week_on_its_first_day(region):
    assert main(["check", "--date", f"{DAY}"]) == 0
    harvest()
    found = outings()
    assert len([one for one in found if one.get("statut") != "brouillon"]) >= 100
    strange = [of_list(one) for one in found if of_list(one) not in SCIENCE]
    assert len(strange) <= len(found) * 0.05, strange
    assert len({*map(of_list, found)} & SCIENCE) >= 0.9 * len(SCIENCE)
    assert not [one for one in found if of_list(one) in CANCELLED and one.get("etat") != "annule"]
    assert all(one.get("licence") == "etalab-2.0" for one in found)
    assert main(["check", "--date", f"{DAY}"]) == 0


def test_its_home_says_which_places_are_open_that_sunday(region):
    harvest()
    settings = literal_settings(region).items()
    ours = {name: value for name, value in settings if name.startswith("PORTAIL_")}
    config = configured(ours, contenu="content")
    data = over(data_dir(), Path("data"))
    result = result_of(Path("content"), config, Day(DAY, pinned=True), data=data, plans=False)
    (home,) = plan_home(result.site)
    (opened,) = home.view().ouverts
    assert opened.lien.texte in ("Bibliothèque inventée", "Médiathèque inventée")
    assert opened.lien.note == "14\u00a0h –\u00a018\u00a0h"
    towns = {item.entry.titre: item.town for item in result.site.of_kind(Kind.LIEU)}
    assert towns[opened.lien.texte] in ("Rouen", "Toulouse") and "Musée d'hier" not in towns
    assert sum(name.startswith("Musée inventé de ") for name in towns) == 1


def test_it_is_read_by_who_organises_and_left_by_a_line(region):
    harvest("--simuler")
    text = Path("r.md").read_text("utf-8")
    rows = re.findall(r"^        - (.*) # \d+ : .+$", text, re.MULTILINE)
    assert len(rows) == 11
    table = Path("sources.yml")
    kept = f"garder: {{sciences: true, sauf: [{rows[0]}]}}"
    listed = table.read_text("utf-8").replace("garder: {sciences: true}", kept, 1)
    table.write_text(listed, "utf-8")
    harvest("--simuler")
    again = Path("r.md").read_text("utf-8")
    assert f"- {rows[0]} #" not in again
    assert "de qui le portail ne garde rien" in again


def test_who_has_not_agreed_is_asked(region, capsys):
    harvest("--demander")
    out = capsys.readouterr().out
    assert "Objet : annoncer vos sorties" in out
    assert "OpenAgenda, données" not in out
    table = Path("sources.yml")
    table.write_text(table.read_text("utf-8").replace("    dort: true\n", ""), "utf-8")
    assert main(["check", "--date", f"{DAY}"]) == 1
    assert "E201 Le champ « accord » manque" in capsys.readouterr().out


def test_each_address_names_where_it_was_read():
    """Those of structures sleep until they agree; none is without a document and its day."""
    for path in sorted((data_dir() / "sources").glob("*.yml")):
        if path.stem == "sciences":
            continue
        text = path.read_text("utf-8")
        for block in re.split(r"\n\n", text)[1:]:
            assert re.search(r"(?:Lus? le|cité le)[\s#]+\d+\S* \w+ \d{4}", block), block
            assert "vérifier" in block or "dort: true" in block, block
    own = yaml.safe_load(sources_of("Occitanie"))["sources"]
    assert all(one.get("licence") or one.get("dort") for one in own)
    table = shared("sources/sciences")
    assert table.keys() == {"types", "acteurs", "programmes", "mots", "sauf"}
    assert len(table["mots"]) + len(table["sauf"]) <= 60
    assert {*table["types"]} <= {one["code"] for one in shared("types-lieux")["valeurs"]}
