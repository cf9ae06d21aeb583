"""The table of the files of open data."""

from plans import entry
from portail.features.channels.donnees.catalogue import attribution, catalogue
from portail.model.kinds import Kind
from portail.site.published import published

FILES = {
    "lieux/musee": entry("lieux"),
    "lieux/cave": entry("lieux", statut="brouillon"),
    "lieux/tour": entry("lieux", publie_le="2022-01-01"),
    "articles/nuit": entry("articles", statut="brouillon"),
    "newsletters/2021-s39": entry("newsletters"),
}


def test_only_what_holds_something_has_a_file(tree):
    for preview in (False, True):
        site = tree.site(FILES, preview=preview)
        found = {one.nom: one for one in catalogue(site)}
        assert [one.ref for one in published(site, Kind.LIEU)] == ["lieux/musee"]
        assert {nom.partition(".")[0] for nom in found} == {"lieux", "changements"}, (
            "neither drafts nor letters are open data"
        )
        lieux = found["lieux.json"]
        assert (lieux.total, lieux.kind, lieux.titre) == (1, Kind.LIEU, "Lieux")
        assert lieux.url == "/api/v1/lieux.json" and lieux.type == "application/json"
        assert lieux.schema == "/api/v1/schemas/lieux.schema.json"


def test_the_attribution_names_the_portal_its_address_and_the_licence(tree):
    site = tree.site(FILES, siteurl="https://exemple.org")
    said = attribution(site.config, site.vocabularies)
    assert said == (
        "Source\u00a0: Portail des sciences en Hauts-de-France (https://exemple.org/), "
        "licence CC BY-SA 4.0."
    )
