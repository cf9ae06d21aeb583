"""The practical box of an event, its place, and the tables below its text."""

from datetime import date

import pytest

from doses import rows_of
from plans import box, box_rows, entry, rows_said
from portail.outputs.pages.views.shared import Lien

NB = "\u00a0"
SEARCH = "https://www.openstreetmap.org/search?query="
AVANT_LE = {"regime": "obligatoire", "courriel": "a@example.org", "avant_le": "2021-10-07 12:00"}


def view_of(tree, day=date(2021, 9, 27), **fields):
    files = {
        "lieux/musee": entry("lieux", titre="Musée des *étoiles*", commune="Wizernes"),
        "lieux/club": entry("lieux", titre="Club"),
        "temps-forts/fete": entry("temps-forts", titre="Fête", editions={"2021": {}}),
        "events/avant": entry("events", titre="L’an dernier", debut="2020-10-09"),
        "events/essai": entry("events", **fields),
    }
    return tree.view("/evenements/essai/", files, day=day)


def facts(tree, **fields):
    return box(view_of(tree, **fields))


def tables(tree, **fields):
    return {title: rows_said(rows) for title, rows in view_of(tree, **fields).tableaux}


def test_all(tree):
    found = facts(
        tree,
        lieu="musee",
        en_ligne="https://example.org/direct",
        publics=["familles", "primaire"],
        age={"min": 8, "max": 12},
        tarif={"prix": "6,50", "reduit": 4, "conditions": "gratuit le dimanche"},
        inscription=AVANT_LE,
        langue="nl",
        jauge=1200,
        accessibilite={"moteur": "oui"},
    )
    assert found == {
        "Où": [
            "Musée des étoiles </lieux/musee/>", "Wizernes (62)",
            f"Itinéraire <{SEARCH}Mus%C3%A9e%20des%20%C3%A9toiles%2C%20Wizernes>",
        ],
        "En ligne": ["Suivre en ligne <https://example.org/direct>"],
        "Tarif": [f"6,50{NB}€, réduit 4{NB}€ (Gratuit le dimanche)"],
        "Public": ["Familles, école primaire", "De 8 à 12 ans"],
        "Langue": ["Néerlandais"],
        "Accessibilité": [
            "Moteur : accessible",
        ],
        "Jauge": ["1\u00a0200 places"],
        "Réserver": ["a@example.org <mailto:a@example.org>"],
    }  # fmt: skip


@pytest.mark.parametrize(("terms", "told"), [
    ("8 € le nichoir, un par famille.", "8 € le nichoir, un par famille"),
    ("Robot compris. 24 € à deux.", "Robot compris. 24 € à deux."),
    ("gratuit pour les élèves, etc.", "Gratuit pour les élèves, etc."),
])  # fmt: skip
def test_a_price_that_is_a_sentence_has_no_full_stop(tree, terms, told):
    assert facts(tree, tarif={"conditions": terms})["Tarif"] == [told]
    beside = facts(tree, tarif={"prix": 5, "conditions": terms})["Tarif"]
    assert beside == [f"5{NB}€ ({told})"]


def test_what_is_not_known_is_said_while_it_can_be_used(tree):
    view = view_of(tree, tarif={"gratuit": "true"}, publics=["familles"])
    assert box(view)["Pas encore renseigné"] == ["Accessibilité, inscription"]
    little = view_of(tree)
    assert box(little) == {"Où": ["Wizernes (62)"]}, "more is unknown than known"
    assert "Pas encore renseigné" not in facts(tree, etat="annule")
    assert "Pas encore renseigné" not in facts(tree, debut="2021-09-01")


def test_the_address_of_the_place_and_the_way_there(tree):
    tree.site({"lieux/planetarium": entry(
        "lieux", commune=None, coordonnees={"lat": "50.7", "lon": "2.24"},
        adresse={"rue": "1 rue X", "code_postal": "62570", "commune": "Wizernes"},
    )})  # fmt: skip
    where = ["1 rue X", "62570 Wizernes"]
    way = [
        "Itinéraire <https://www.openstreetmap.org/directions?to=50.7%2C2.24>",
        "Ouvrir dans une application <geo:50.7,2.24>",
    ]
    assert facts(tree, lieu="planetarium")["Où"][1:] == where + way
    for over in ({"etat": "annule"}, {"debut": "2021-09-01"}):
        assert facts(tree, lieu="planetarium", **over)["Où"][1:] == ["Wizernes (62)"]


def test_an_address_without_lieu(tree):
    address = {
        "nom": "Salle", "rue": "2 place de la Mairie", "code_postal": "80000",
        "commune": "Amiens",
    }  # fmt: skip
    assert facts(tree, adresse=address)["Où"] == [
        "Salle", "2 place de la Mairie", "80000 Amiens",
        f"Itinéraire <{SEARCH}2%20place%20de%20la%20Mairie%2C%2080000%20Amiens>",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tarif", "expected"),
    [
        ({"gratuit": True}, "Gratuit"),
        ({"gratuit": True, "conditions": "sur réservation"}, "Gratuit (Sur réservation)"),
        ({"prix": 0}, "Gratuit"),
        ({"prix": 5}, f"5{NB}€"),
        ({"gratuit": False}, "Payant"),
        ({"conditions": "prix libre"}, "Prix libre"),
    ],
)
def test_prices(tree, tarif, expected):
    assert facts(tree, tarif=tarif)["Tarif"] == [expected]


@pytest.mark.parametrize(
    ("age", "expected"),
    [({"min": 8}, "Dès 8 ans"), ({"max": 12}, "Jusqu’à 12 ans"), ({"min": 0}, "Dès 0 ans")],
)
def test_ages(tree, age, expected):
    assert facts(tree, age=age)["Public"] == [expected]


def test_booking(tree):
    phone = {"telephone": "03 21 00 00 00"}
    found = facts(tree, inscription={"regime": "aucune", **phone})
    assert found["Inscription"] == ["Sans inscription"]
    assert found["Contact"] == ["03 21 00 00 00 <tel:0321000000>"]
    view = view_of(tree, inscription={"regime": "conseillee", **phone})
    assert view.boutons[0] == Lien(
        "Réserver", "tel:0321000000", "Inscription conseillée, 03 21 00 00 00",
        fin=date(2021, 10, 9),
    )  # fmt: skip
    found = box(view)
    assert "Inscription" not in found, "the act says it"
    assert found["Réserver"] == ["03 21 00 00 00 <tel:0321000000>"]


def test_booking_ends(tree):
    booking = {**AVANT_LE, "url": "https://example.org/"}
    before = view_of(tree, date(2021, 10, 7), inscription=booking)
    after = view_of(tree, date(2021, 10, 8), inscription=booking)
    assert (len(before.boutons), len(after.boutons)) == (2, 1)
    assert box(after)["Inscription"] == [
        f"Inscriptions closes : c’était jusqu’au 7{NB}octobre 2021 à 12{NB}h"
    ]
    assert "Contact" in box(after)
    off = view_of(tree, date(2021, 10, 7), inscription=booking, etat="annule")
    assert box(off)["Inscription"] == ["Inscriptions closes"]


def test_accessibility_tells_no_from_unknown(tree):
    access = {
        "moteur": "oui", "auditif": "partiel", "visuel": "non",
        "equipements": ["lsf"], "labels": ["tourisme-et-handicap"], "precisions": "Pavés.",
    }  # fmt: skip
    view = view_of(tree, accessibilite=access)
    row = next(one for one in box_rows(view) if one.libelle == "Accessibilité")
    assert [(one.signe, one.texte) for one in row.valeurs] == [
        ("oui", "Moteur : accessible"),
        ("partiel", "Auditif : en partie accessible"),
        ("non", "Visuel : non accessible"),
        ("", "Langue des signes française"),
        ("", "Tourisme & Handicap"),
        ("", "Pavés"),
    ]


def test_what_it_belongs_to(tree):
    view = view_of(tree, temps_fort="fete", edition=2021, evenement_parent="avant", etape=2)
    assert view.contexte == (
        Lien("L’an dernier", "/evenements/avant/", "étape 2"),
        Lien("Fête 2021", "/temps-forts/fete/"),
    )
    assert view_of(tree).contexte == ()


def test_who_organises(tree):
    found = tables(
        tree, organisateurs=["musee", "Ville d’Amiens"], partenaires=["club"],
        edition_precedente="avant",
    )  # fmt: skip
    assert found == {
        "Qui organise": {
            "Organisé par": ["Musée des étoiles </lieux/musee/>", "Ville d’Amiens"],
            "Avec": ["Club </lieux/club/>"],
            "Édition précédente": ["L’an dernier </evenements/avant/>"],
        }
    }


@pytest.mark.parametrize(
    ("formats", "envergure", "expected"), rows_of("features/kinds/evenements/box.yml")
)
def test_formats_that_the_line_above_the_title_does_not_say(tree, formats, envergure, expected):
    assert facts(tree, format=formats, envergure=envergure).get("Format") == expected


def test_what_a_group_must_know(tree):
    group = {
        "niveaux": ["cycle 3"], "disciplines": ["SVT"], "effectif_max": 30, "duree": "1 h 30",
        "tarif": "3 € par élève", "transport": "parking", "pass_culture": True,
    }  # fmt: skip
    assert tables(tree, groupes=group) == {
        "Pour les classes": {
            "Niveaux": ["Cycle 3"], "Disciplines": ["SVT"], "Durée": ["1 h 30"],
            "Effectif": ["30 personnes au plus"], "Prix du groupe": ["3 € par élève"],
            "Transport": ["parking"], "pass Culture": ["accepté"],
        }
    }  # fmt: skip


@pytest.mark.parametrize(
    ("horaires", "expected"),
    [
        (
            {"tous_les": ["mercredi"], "de": "14:00", "a": "18:00",
             "sauf": ["2021-10-27", "2021-11-01..2021-11-07"]},
            {"Mercredi": [f"de 14{NB}h à 18{NB}h"],
             "Sauf": [f"le 27{NB}octobre 2021", f"du 1er au 7{NB}novembre 2021"]},
        ),
        ({"tous_les": ["lundi"], "de": "14:00"}, {"Lundi": [f"à 14{NB}h"]}),
        ({}, {"Tous les jours": ["ouvert"]}),
    ],
)  # fmt: skip
def test_a_weekly_timetable(tree, horaires, expected):
    weekly = {"du": "2021-10-01", "au": "2021-11-30", **horaires}
    assert tables(tree, horaires=weekly) == {"Horaires": expected}
