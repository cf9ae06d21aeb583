"""The pages of open data, judged from the files: each is told, each of its keys is explained."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from plans import Tree, entry, pages_of
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.outputs import OUTPUTS
from portail.outputs.base import Artifact, Plan, TextFile
from portail.outputs.opendata.catalogue import KINDS, LICENCE
from portail.outputs.pages.output import plan_pages
from portail.outputs.pages.views.services import DictionnaireView, DonneesView
from portail.site.site import Site
from portail.site.urls import API, DATA, DICTIONARY, api_of, dictionary_of

_FREE = ("editions", "ids_externes", "reseaux_sociaux")
"""Mappings whose keys are years or names that a file chooses."""
_HIDDEN = {"statut"}
"""What every published content has: open data does not say it."""


@pytest.fixture(scope="module")
def views(whole_site: Site) -> dict[str, Any]:
    """Views of the pages of open data, by address."""
    pages = pages_of(Plan(plan_pages(whole_site)))
    return {url: page.view() for url, page in pages.items() if url.startswith(DATA)}


@pytest.fixture(scope="module")
def files(whole_site: Site) -> dict[str, TextFile]:
    """Every file below ``API``, by address."""
    planned: Iterator[Artifact] = (one for output in OUTPUTS for one in output.plan(whole_site))
    found = (one for one in planned if isinstance(one, TextFile) and one.url.startswith(API))
    return {one.url: one for one in found}


def told(view: DictionnaireView) -> dict[str, set[str]]:
    """Fields of a page, by the path of their group; ``""`` for the record itself."""
    found: dict[str, set[str]] = {}
    apart = ("Colonnes", "Points", "OpenAgenda")
    for section in (one for one in view.sections if one.ancre not in apart):
        above = "calcule" if section.ancre == "Calcule" else ""
        for table in section.tables:
            known = found.setdefault(table.chemin or above, set())
            known |= {field.cle for field in table.champs}
    return found


def paths(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each key of a record, with the path of its group."""
    if isinstance(value, list):
        for one in value:
            yield from paths(one, path)
    elif isinstance(value, Mapping):
        for key, one in value.items():
            if path in _FREE:
                yield from paths(one, path)
            else:
                yield path, key
                yield from paths(one, f"{path}.{key}" if path else key)


def test_the_page_tells_every_file_and_no_other(
    views: dict[str, Any], files: dict[str, TextFile]
) -> None:
    page = views[DATA]
    assert isinstance(page, DonneesView)
    told = {one.url for known in page.jeux for one in known.fichiers}
    schemas = {one.schema for known in page.jeux for one in known.fichiers if one.schema}
    lists = {url for url in told if url.endswith("/index.json")}
    data = {url for url in files if "/schemas/" not in url}
    whole = {url for url in data if url.count("/") == page.index.count("/")}
    assert {page.index, *told} - lists == whole
    assert {url.rpartition("/")[0] for url in data - whole} == {
        url.rpartition("/")[0] for url in lists
    }
    assert schemas <= files.keys()
    assert {one.format for known in page.jeux for one in known.fichiers} >= {"JSON", "CSV"}
    assert {known.dictionnaire for known in page.jeux if known.dictionnaire} <= views.keys()
    anchors = [known.ancre for known in page.jeux]
    assert len(anchors) == len(set(anchors))


def test_counts_are_those_of_the_files(views: dict[str, Any], files: dict[str, TextFile]) -> None:
    for known in views[DATA].jeux:
        text = "".join(files[known.fichiers[0].url].produce())
        assert known.nombre.split()[0].replace("\u00a0", "") == str(json.loads(text)["total"])


def test_every_key_of_every_record_is_explained(
    whole_site: Site, views: dict[str, Any], files: dict[str, TextFile]
) -> None:
    common = told(views[DICTIONARY])
    for kind in KINDS:
        file = files.get(api_of(kind))
        if file is None:
            assert not whole_site.of_kind(kind), kind
            continue
        page = views.get(dictionary_of(kind))
        own = told(page) if page else {}
        document = json.loads("".join(file.produce()))
        found = {place for record in document["donnees"] for place in paths(record)}
        unknown = {(p, k) for p, k in found if k not in common.get(p, set()) | own.get(p, set())}
        assert {("", "titre"), ("", "id")} <= found and unknown <= {("", "calcule")}, kind
        heads = set(document) - common[""]
        assert heads == set(), kind


def test_every_field_of_every_model_is_explained(whole_site: Site, views: dict[str, Any]) -> None:
    common = told(views[DICTIONARY])[""]
    for kind in (one for one in KINDS if whole_site.of_kind(one)):
        fields = set(MODELS[kind].model_fields) - {"slug", "source"} - _HIDDEN
        page = views.get(dictionary_of(kind))
        assert fields <= common | (told(page)[""] if page else set()), kind


def test_links_inside_a_page_lead_somewhere(views: dict[str, Any]) -> None:
    for url, page in views.items():
        if isinstance(page, DictionnaireView):
            tables = [table for section in page.sections for table in section.tables]
            anchors = [table.ancre for table in tables] + [one.ancre for one in page.listes]
            assert len(anchors) == len(set(anchors)), url
            links = {field.lien.url for table in tables for field in table.champs if field.lien}
            assert links <= set(anchors), url


def test_every_column_of_every_table_is_explained(
    views: dict[str, Any], files: dict[str, TextFile]
) -> None:
    tables = [url for url in files if url.endswith(".csv")]
    assert tables
    for page in (one for one in views.values() if isinstance(one, DictionnaireView) and one.jeu):
        for one in page.jeu.fichiers:
            if one.url in tables:
                head = next(files[one.url].produce()) + "".join(files[one.url].produce())
                names = next(csv.reader(io.StringIO(head.lstrip("\ufeff")), delimiter=";"))
                explained = {
                    field.cle
                    for section in page.sections
                    if section.ancre == "Colonnes"
                    for table in section.tables
                    for field in table.champs
                }
                assert explained == set(names)


def test_every_property_of_every_point_is_explained(
    views: dict[str, Any], files: dict[str, TextFile]
) -> None:
    maps = {url: file for url, file in files.items() if url.endswith(".geojson")}
    assert maps
    for page in (one for one in views.values() if isinstance(one, DictionnaireView) and one.jeu):
        for url in maps.keys() & {one.url for one in page.jeu.fichiers}:
            points = json.loads("".join(maps[url].produce()))["features"]
            said = {key for point in points for key in point["properties"]}
            told = [section for section in page.sections if section.ancre == "Points"]
            keys = {field.cle for section in told for field in section.tables[0].champs}
            assert said and said <= keys, url


def test_every_key_for_openagenda_is_explained(
    views: dict[str, Any], files: dict[str, TextFile]
) -> None:
    text = "".join(files[f"{API}openagenda.json"].produce())
    said = {place for event in json.loads(text)["events"] for place in paths(event)}
    (section,) = (
        one for one in views[dictionary_of(Kind.EVENT)].sections if one.ancre == "OpenAgenda"
    )
    told = {
        (table.chemin.removeprefix("events").removeprefix("."), field.cle)
        for table in section.tables
        for field in table.champs
    }
    told |= {("", key.removesuffix(".fr")) for _, key in told if key.endswith(".fr")}
    told |= {(key.removesuffix(".fr"), "fr") for _, key in told if key.endswith(".fr")}
    assert said and said <= told


def test_without_content_there_is_no_page_and_no_link(tmp_path: Path) -> None:
    pages = Tree(tmp_path).pages({"newsletters/2021-s39": entry("newsletters")})
    assert not [url for url in pages if url.startswith(DATA)]
    assert DATA not in pages["/"].view().cadre.urls


def test_an_edit_changes_no_page_of_data_but_a_new_content_does(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    before = tree.pages({"lieux/musee": entry("lieux")})
    edited = tree.pages({"lieux/musee": entry("lieux", titre="Un autre titre")})
    added = tree.pages({"lieux/cave": entry("lieux")})
    of_data = [url for url in before if url.startswith(DATA)]
    assert {*of_data} == {DATA, DICTIONARY, f"{DICTIONARY}lieux/"}
    assert [url for url in of_data if before[url].key != edited[url].key] == []
    assert [url for url in of_data if before[url].key != added[url].key] == [DATA]


def test_machines_are_told_of_each_set(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    files = {"lieux/musee": entry("lieux")}
    view = tree.view(DATA, files, siteurl="https://exemple.org")
    (node,) = view.machine.donnees
    assert node["@type"] == "DataCatalog" and node["license"].startswith("https://creativecommons")
    known, changes = node["dataset"]
    assert changes["name"].startswith("Changements")
    assert known["@type"] == "Dataset" and len(known["description"]) >= 50
    urls = [one["contentUrl"] for one in known["distribution"]]
    assert urls == [f"https://exemple.org{one.url}" for one in view.jeux[0].fichiers]
    assert view.exemple == "https://exemple.org/api/v1/lieux.json"
    assert LICENCE.startswith("CC-BY-SA") and view.licence.texte in view.attribution
    assert tree.view(DATA, files).exemple == "", "without an address, no command to copy"
