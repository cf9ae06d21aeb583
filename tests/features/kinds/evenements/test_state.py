"""What the state of an event changes on its page: labels, buttons, the band that says it."""

from datetime import date

import pytest

from doses import rows_of
from plans import entry
from portail.outputs.pages.views.shared import Lien, Message

NB = "\u00a0"
URL = "https://example.org/reserver"
BOOKING = {"regime": "obligatoire", "url": URL}
DAY = f"Samedi 9{NB}octobre 2021, à 14{NB}h"
LIVE = "https://example.org/direct"


def event(tree, **fields):
    files = {
        "lieux/musee": entry("lieux", titre="Musée"),
        "events/essai": entry("events", inscription=BOOKING, **fields),
    }
    return tree.view("/evenements/essai/", files)


@pytest.mark.parametrize(
    ("fields", "labels", "button"), rows_of("features/kinds/evenements/state.yml")
)
def test_labels_and_button(tree, fields, labels, button):
    view = event(tree, **fields)
    assert [one.texte for one in view.etiquettes] == labels
    booking = [(one.texte, one.url) for one in view.boutons if one.url != view.ics]
    assert booking == ([(button, URL)] if button else [])


def test_without_address_to_book_there_is_no_button(tree):
    files = {"events/essai": entry("events", inscription={"regime": "conseillee"})}
    view = tree.view("/evenements/essai/", files)
    assert [one.url for one in view.boutons] == [view.ics]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, None),
        (
            {"etat": "annule"},
            Message("Annulé", "Ce rendez-vous n’aura pas lieu.", ton="erreur"),
        ),
        (
            {"etat": "annule", "debut": "2021-09-01"},
            Message("Annulé", "Ce rendez-vous n’a pas eu lieu.", ton="erreur"),
        ),
        (
            {"etat": "annule", "seances": [{"debut": "2021-10-01"}, {"debut": "2021-10-02"}]},
            Message("Annulé", "Aucune des 2 dates annoncées n’est maintenue.", ton="erreur"),
        ),
        (
            {"etat": "reporte", "ancien_debut": "2021-10-09 14:00"},
            Message("Reporté", "", DAY, "nouvelle date à venir", ton="alerte"),
        ),
        (
            {"etat": "reporte", "ancien_debut": "2021-09-09 14:00", "debut": "2021-09-09 14:00"},
            Message("Reporté", "", f"Jeudi 9{NB}septembre 2021, à 14{NB}h",
                    "nouvelle date à venir", ton="alerte"),
        ),
        (
            {"etat": "reprogramme", "ancien_debut": "2021-10-01 09:30"},
            Message("Reprogrammé", "", f"Vendredi 1er{NB}octobre 2021, à 9{NB}h{NB}30",
                    f"samedi 9{NB}octobre 2021, à 14{NB}h", ton="alerte"),
        ),
        (
            {"etat": "reprogramme"},
            Message("Reprogrammé", "", "", f"samedi 9{NB}octobre 2021, à 14{NB}h", ton="alerte"),
        ),
        (
            {"etat": "deplace-en-ligne", "en_ligne": LIVE, "lieu": "musee"},
            Message("Déplacé en ligne", "", "Musée", ton="alerte"),
        ),
        (
            {"etat": "deplace-en-ligne"},
            Message("Déplacé en ligne", "", "Wizernes (62)", ton="alerte"),
        ),
        (
            {"etat": "complet"},
            Message("Complet", "Toutes les places sont prises.",
                    liens=(Lien("Liste d’attente", URL, fin=date(2021, 10, 9)),), ton="alerte"),
        ),
        (
            {"debut": "2021-09-25", "fin": "2021-09-26"},
            Message("Cet événement est passé",
                    f"Il a eu lieu du 25 au 26{NB}septembre 2021."),
        ),
        (
            {"debut": "2021-09-26 14:00"},
            Message("Cet événement est passé",
                    f"Il a eu lieu le dimanche 26{NB}septembre 2021, à 14{NB}h."),
        ),
        (
            {"seances": [
                {"debut": "2021-09-01", "fin": "2021-09-26"}, {"debut": "2021-09-12 14:00"},
            ]},
            Message("Cet événement est passé",
                    f"Il a eu lieu deux fois, du 1er au 26{NB}septembre 2021."),
        ),
        (
            {"seances": [{"debut": "2021-09-26 10:00"}, {"debut": "2021-09-26 11:00"}]},
            Message("Cet événement est passé",
                    f"Il a eu lieu le 26{NB}septembre 2021, à 10{NB}h et 11{NB}h."),
        ),
    ],
)  # fmt: skip
def test_the_band(tree, fields, expected):
    assert event(tree, **fields).message == expected


@pytest.mark.parametrize("etat", ["annule", "complet"])
def test_the_reason_is_said_where_the_state_is(tree, etat):
    view = event(tree, etat=etat, motif="La salle est inondée.")
    assert view.message.texte.endswith("La salle est inondée.")
    assert event(tree, etat="programme", motif="La salle est inondée.").message is None


def test_what_its_source_says_no_more_is_to_be_confirmed(tree):
    view = event(tree, a_confirmer="le Musée Exemple")
    assert view.message.titre == "À confirmer" and "le Musée Exemple" in view.message.texte
    assert "confirmer" not in str(event(tree, etat="annule", a_confirmer="le Musée").message)
