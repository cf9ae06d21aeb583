"""What open data tells of one content."""

import json

from plans import entry
from portail.features.services.fiches.records import record_of
from portail.features.services.schemas.fields import fields_of
from portail.model.registry import MODELS

SETTINGS = {"siteurl": "https://portail.example.org", "etiquette": "exemple.org,2021"}
OURS = ("id", "ref", "url", "nature", "texte", "calcule")

MUSEUM = entry(
    "lieux",
    titre="Musée *fictif*",
    adresse={"rue": "2 place de la Mairie", "code_postal": "62570", "commune": "Wizernes"},
    commune=None,
)


def test_an_event(tree):
    site = tree.site(
        {
            "lieux/musee": MUSEUM,
            "events/nuit": entry(
                "events",
                "Un *texte*.",
                lieu="musee",
                debut="2021-10-09 20:00",
                fin="2021-10-10 1:00",
                organisateurs=["musee", "Club Exemple"],
                tarif={"prix": "5,50"},
            ),
            "territoires/pas-de-calais": entry("territoires", code="62", type="departement"),
        },
        **SETTINGS,
    )
    address = "https://portail.example.org/lieux/musee/"
    lieu = {"ref": "lieux/musee", "titre": "Musée fictif", "url": address}
    record = record_of(site, "events/nuit")
    commune = record["calcule"].pop("commune")
    assert record == {
        "id": "tag:exemple.org,2021:evenements/nuit",
        "ref": "events/nuit",
        "url": "https://portail.example.org/evenements/nuit/",
        "nature": "evenement",
        "titre": "Titre events",
        "resume": "Un résumé.",
        "publie_le": "2021-09-01",
        "auteurs": ["La rédaction"],
        "licence": "CC-BY-SA-4.0",
        "langue": "fr",
        "debut": "2021-10-09 20:00",
        "fin": "2021-10-10 01:00",
        "lieu": "musee",
        "format": ["atelier"],
        "tarif": {"prix": 5.5},
        "organisateurs": ["musee", "Club Exemple"],
        "etat": "programme",
        "texte": "Un texte.",
        "calcule": {
            "adresse": {
                "nom": "Musée fictif",
                "rue": "2 place de la Mairie",
                "code_postal": "62570",
                "commune": "Wizernes",
            },
            "position": {
                "latitude": commune["latitude"],
                "longitude": commune["longitude"],
                "exacte": False,
            },
            "lieu": lieu,
            "territoires": [
                "territoires/ca-pays-de-saint-omer",
                "territoires/pas-de-calais",
                "territoires/hauts-de-france",
            ],
            "cites": [lieu],
            "mode": "presentiel",
            "premier_jour": "2021-10-09",
            "dernier_jour": "2021-10-09",
            "occurrences": [
                {
                    "debut": "2021-10-09T20:00:00+02:00",
                    "fin": "2021-10-10T01:00:00+02:00",
                    "journee": False,
                    "etat": "programme",
                }
            ],
        },
    }
    assert (commune["nom"], commune["departement"], commune["region"]) == ("Wizernes", "62", "32")
    assert commune["nom_epci"].startswith("Communauté d")


def test_whole_days_end_when_they_are_over(tree):
    days = entry("events", debut="2021-10-30", fin="2021-10-31", seances=None)
    site = tree.site({"events/jours": days})
    (one,) = record_of(site, "events/jours")["calcule"]["occurrences"]
    assert (one["debut"], one["fin"]) == ("2021-10-30T00:00:00+02:00", "2021-11-01T00:00:00+01:00")
    assert one["journee"] is True


def test_who_took_back_a_sheet_is_not_named(tree):
    result = tree.run({"articles/un": entry("articles", auteurs=["ada-exemple", "Bo Exemple"])})
    record = record_of(result.site, "articles/un")
    assert record["auteurs"] == ["Contributeur retiré", "Bo Exemple"]
    assert "ada" not in json.dumps(record)


def test_a_gathered_content_is_named_in_full(tree):
    gathers = entry("dossiers", elements=["un"])
    site = tree.site({"articles/un": entry("articles"), "dossiers/deux": gathers})
    record = record_of(site, "dossiers/deux")
    assert record["elements"] == [{"ref": "articles/un"}]


def test_no_field_has_a_name_of_ours():
    names = {name for model in MODELS.values() for name, _ in fields_of(model)}
    assert not names.intersection(OURS)
