"""The table of the files of open data, and the catalogue that others take."""

import json

from doses import rows_of
from open_data import written
from plans import contents, entry
from portail.model.kinds import Kind
from portail.site.memo import published
from portail_donnees.donnees.catalogue import attribution, catalogue

FILES = contents(rows_of("portail_donnees/tests/donnees/portails.yml")["catalogue"])


def test_only_what_holds_something_has_a_file(tree):
    for preview in (False, True):
        site = tree.site(FILES, preview=preview)
        found = {one.nom: one for one in catalogue(site)}
        assert [one.ref for one in published(site, Kind.LIEU)] == ["lieux/musee"]
        assert {nom.partition(".")[0] for nom in found} == {"lieux", "communes", "changements"}, (
            "neither drafts nor letters are open data"
        )
        lieux = found["lieux.json"]
        assert (lieux.total, lieux.kind, lieux.titre) == (1, Kind.LIEU, "Lieux")
        assert lieux.url == "/api/v1/lieux.json"


def test_the_attribution_names_the_portal_its_address_and_the_licence(tree):
    site = tree.site(FILES, siteurl="https://exemple.org")
    said = attribution(site.config, site.vocabularies)
    assert said == (
        "Source\u00a0: Portail des sciences en Hauts-de-France (https://exemple.org/), "
        "licence CC BY-SA 4.0."
    )


def test_the_catalogue_is_read_without_asking_anybody(tree):
    files = {**FILES, "events/nuit": entry("events", debut="2021-10-09", fin="2021-10-11")}
    site = tree.site(files, siteurl="https://exemple.org", courriel="a@exemple.org")
    node = json.loads(written(site)["/api/v1/catalogue.jsonld"])
    terms = {f"{prefix}:" for prefix, iri in node["@context"].items() if isinstance(iri, str)}
    assert all(name[0] == "@" or name[: name.index(":") + 1] in terms for name in names(node))
    assert node["@type"] == "dcat:Catalog" and node["dct:publisher"]["foaf:name"]
    sets = {one["dct:title"].partition("\u00a0")[0]: one for one in node["dcat:dataset"]}
    assert {*sets} >= {"Événements", "Lieux", "Changements"} and len(sets) == 4
    events = sets["Événements"]
    assert events["dct:temporal"] == {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": "2021-10-09",
        "dcat:endDate": "2021-10-11",
    }
    assert events["dct:spatial"]["skos:prefLabel"] == "Hauts-de-France"
    assert events["dcat:contactPoint"]["vcard:hasEmail"] == "mailto:a@exemple.org"
    found = {one["dcat:downloadURL"]: one for one in events["dcat:distribution"]}
    table = found["https://exemple.org/api/v1/evenements.csv"]
    assert table["dcat:accessURL"] == "https://exemple.org/donnees/#Evenements"
    assert table["dcat:mediaType"] == "https://www.iana.org/assignments/media-types/text/csv"
    assert table["dct:license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert events["dct:description"] and events["dct:license"] == table["dct:license"]


def names(value):
    """Every key of a document, but those of its context."""
    for key, inside in value.items():
        yield key
        for one in inside if isinstance(inside, list) else (inside,):
            if isinstance(one, dict) and key != "@context":
                yield from names(one)
