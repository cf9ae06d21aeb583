"""The front of two portals that share a border, with its script and without."""

import json
import re
import shutil
from datetime import date
from html import unescape

import pytest

from open_data import made, written
from plans import Tree, entry
from portail.cli import main
from portail_donnees.donnees.documents import plan_exports
from portail_pays.front import bucket
from serving import served

DAY = date(2026, 12, 1)
BOTH = {"ids_externes": {"openagenda": "901"}}
TOUR = {"ids_externes": {"openagenda": "902"}}


def event(commune, day, **more):
    where = {"commune": commune}
    return entry("events", adresse=where, debut=f"{day} 14:00", publie_le="2026-11-20", **more)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Mers-les-Bains (Somme) and Eu (Seine-Maritime) are neighbours in two regions."""
    folder = tmp_path_factory.mktemp("pays")
    contents = {
        "hauts-de-france": {
            "events/falaise": event("Mers-les-Bains", "2026-12-05", titre="La falaise"),
            "events/nuit": event("Mers-les-Bains", "2026-12-06", titre="La nuit", **BOTH),
            "events/annule": event("Amiens", "2026-12-06", titre="Annulé", etat="annule"),
            "events/expo": event("Lille", "2026-12-07", titre="L’expo", **TOUR),
            "events/passe": event("Amiens", "2026-11-06", titre="Passé"),
            "events/fiction": event("Amiens", "2026-12-06", titre="Fiction", exemple=True),
        },
        "normandie": {
            "events/nuit": event("Mers-les-Bains", "2026-12-06", titre="La nuit", **BOTH),
            "events/loin": event("Caen", "2026-12-06", titre="Loin"),
            "events/expo": event("Caen", "2026-12-08", titre="L’expo", **TOUR),
        },
    }
    names = {"hauts-de-france": "Hauts-de-France", "normandie": "Normandie"}
    for slug, files in contents.items():
        tree = Tree(folder / f"sources-{slug}")
        url = f"https://v.example.org/regions/{slug}"
        here = tree.site(files, day=DAY, region=names[slug], nom=names[slug], siteurl=url)
        for path, data in (written(here) | made(plan_exports(here))).items():
            file = folder / f"public/regions/{slug}{path}"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    assert main(["pays", str(folder / "public"), "--date", f"{DAY}"]) == 0
    return folder / "public/regions"


def near(site, name):
    """What the script shows, of the two files that it asks for."""
    rows = json.loads((site / f"pays/c/{bucket(name)}.json").read_bytes())
    (_, _, lat, lon), *_ = [row for row in rows if row[0] == name]
    cell = site / f"pays/s/{lat // 0.5 * 0.5:g}_{lon // 0.5 * 0.5:g}.json"
    return json.loads(cell.read_bytes()) if cell.exists() else []


def test_a_commune_sees_what_is_near_whatever_the_border(site):
    told = {row[0]: row[7:] for row in near(site, "Eu")}
    assert told == {"La falaise": ["Hauts-de-France"], "La nuit": ["Hauts-de-France", "Normandie"]}
    assert "La falaise" not in {row[0] for row in near(site, "Caen")}
    assert near(site, "Gap") == []
    stops = [near(site, town)[-1][7:] for town in ("Caen", "Lille")]
    assert stops == [["Normandie", "aussi à Lille"], ["Hauts-de-France", "aussi à Caen"]]


@pytest.mark.chromium
def test_a_reader_types_a_commune(site, browser):
    with served(site.parent) as address:
        page = browser.new_page()
        asked, faults = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: faults.append(message.text))
        page.clock.set_fixed_time("2026-12-06T09:00:00Z")
        page.goto(f"{address}/regions/")
        page.get_by_label("Votre commune").fill("EU")
        page.get_by_role("button", name="Chercher").click()
        page.get_by_text("Eu (76) : une sortie à moins de").wait_for()
        (line,) = page.locator("#sorties li").all_inner_texts()
        assert line.startswith("La nuit\ndimanche 6\xa0décembre 2026, 14\xa0h, Mers-les-Bains, à ")
        assert line.endswith(" km (Hauts-de-France, Normandie)")
        assert len(asked) == 3 and not faults, (asked, faults)
        page.get_by_label("Votre commune").fill("saint martin de b")
        page.get_by_role("button", name="Chercher").click()
        page.get_by_text("Laquelle ?").wait_for()
        page.close()


def test_without_a_script_a_departement_says_the_same(site):
    page = unescape((site / "departements/76/index.html").read_text("utf-8"))
    links = re.findall(r'href="(https[^"]+)"', page)
    assert [link.split("/")[4:7:2] for link in links] == [
        ["hauts-de-france", "falaise"], ["hauts-de-france", "nuit"], ["normandie", "nuit"],
    ]  # fmt: skip
    assert "samedi 5\xa0décembre 2026, 14\xa0h" in page
    far = (site / "departements/05/index.html").read_text("utf-8")
    assert "<tr><th>" in far and "0 sortie à venir" in far


def test_each_portal_says_what_it_holds_today(site):
    page = (site / "index.html").read_text("utf-8")
    row = '<tr><th><a href="normandie/">Normandie</a><td>3<td>0<td>0<td>0<td>1er\xa0décembre 2026'
    assert row in page
    assert page.count('<li><a href="departements/') == 109


def test_every_commune_is_found_in_three_requests_of_a_hundred_kilobytes(site):
    files = {path: path.stat().st_size for path in site.glob("pays/*/*.json")}
    weights = [max(size for path, size in files.items() if path.parent.name == it) for it in "cs"]
    most = max(weights[1], 60_000)  # what a file of outings may weigh
    assert (site / "index.html").stat().st_size + weights[0] + most <= 120_000
    assert sum(len(json.loads(path.read_bytes())) for path in site.glob("pays/c/*")) > 34_000


def test_what_cannot_be_read_is_told_and_the_others_go_on(site, tmp_path, capsys):
    assert main(["pays", str(tmp_path)]) == 2
    shutil.copytree(site, tmp_path / "regions")
    (tmp_path / "regions/normandie/api/v1/index.json").write_text("<html>")
    assert main(["pays", str(tmp_path), "--date", f"{DAY}"]) == 1
    assert "normandie : index.json ne se lit pas" in capsys.readouterr().err
    assert {row[0] for row in near(tmp_path / "regions", "Eu")} == {"La falaise", "La nuit"}
