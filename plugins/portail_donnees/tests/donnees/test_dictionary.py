"""The pages of open data, judged from the files: each is told, each of its keys is explained."""

import csv
import io
import json

import pytest

from open_data import made
from plans import entry, pages_of
from portail.outputs.base import Derived, Plan, TextFile
from portail.outputs.kernel import OUTPUTS
from portail.site.urls import API
from portail_donnees.donnees.catalogue import DATA, LICENCE, catalogue

# Its columns are said in its sentence: it has no records.
COMMUNES = f"{API}communes.csv"


def planned_files(site):
    """All that the kernel and the features plan."""
    added = (output for feature in site.features for output in feature.outputs)
    for output in (*OUTPUTS, *(output for output in added if not output.is_survey)):
        yield from output.plan(site)


@pytest.fixture(scope="module")
def views(whole_site):
    """Views of the pages of open data, by address."""
    pages = pages_of(Plan(planned_files(whole_site)))
    return {url: page.view() for url, page in pages.items() if url.startswith(DATA)}


@pytest.fixture(scope="module")
def files(whole_site):
    """Every file below ``API``, by address."""
    planned = planned_files(whole_site)
    texts = (one for one in planned if isinstance(one, TextFile | Derived))
    return made(one for one in texts if one.url.startswith(API))


def test_the_page_tells_every_file_and_no_other(views, files, whole_site):
    page = views[DATA]
    told = {one.url for known in page.jeux for one in known.fichiers}
    whole = {url for url in files if url.count("/") == page.index.count("/")}
    assert {page.index, page.catalogue, *told} == whole
    lists = {one.url for one in catalogue(whole_site) if one.cut}
    folders = {url.rpartition("/")[0] for url in files.keys() - whole}
    assert folders == {url.removesuffix(".json") for url in lists}
    assert {one.format for known in page.jeux for one in known.fichiers} >= {"JSON", "CSV"}
    for known in page.jeux:
        totals = {
            json.loads(files[one.url])["total"] for one in known.fichiers if one.format == "JSON"
        }
        assert totals <= {int("".join(filter(str.isdigit, known.nombre)))}
        assert len(totals) == (known.ancre != "Communes")
    anchors = [known.ancre for known in page.jeux]
    assert len(anchors) == len(set(anchors))


def test_every_column_of_every_table_is_explained(views, files):
    shared, *own = views[DATA].tableaux
    by_title = {known.titre: known.colonnes for known in own}
    for known in views[DATA].jeux:
        for file in known.fichiers:
            if file.format == "CSV" and file.url != COMMUNES:
                text = files[file.url].decode("utf-8-sig")
                head = next(csv.reader(io.StringIO(text), delimiter=";"))
                told = {*shared.colonnes, *by_title.get(known.titre, ())}
                assert {column.nom for column in told} == {*head}, file.url


def test_machines_are_told_of_each_set(tree):
    files = {"lieux/musee": entry("lieux")}
    view = tree.view(DATA, files, siteurl="https://exemple.org")
    (node,) = view.machine.donnees
    assert node["@type"] == "DataCatalog" and node["license"].startswith("https://creativecommons")
    known, _, changes = node["dataset"]
    assert changes["name"].startswith("Changements")
    assert known["@type"] == "Dataset" and len(known["description"]) >= 50
    urls = [one["contentUrl"] for one in known["distribution"]]
    assert urls == [f"https://exemple.org{one.url}" for one in view.jeux[0].fichiers]
    assert view.exemple == "https://exemple.org/api/v1/lieux.json"
    assert LICENCE.startswith("CC-BY-SA") and view.licence.texte in view.attribution
    assert tree.view(DATA, files).exemple == "", "without an address, no command to copy"
