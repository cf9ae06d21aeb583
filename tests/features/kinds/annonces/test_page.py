"""The page of an announcement: its terms, how to answer, what to do when it is over."""

from datetime import date

import pytest

from doses import rows_of
from plans import entry, rows_said
from portail.outputs.pages.views.shared import Lien, Message
from remake import replace

NB = "\u00a0"
OVER = {"publie_le": "2021-01-01", "echeance": "2021-09-26"}
MAIL = {"courriel": "a@example.org"}


def view_of(tree, **fields):
    files = {
        "lieux/musee": entry("lieux", titre="Musée des *étoiles*", commune="Wizernes"),
        "lieux/club": entry("lieux", titre="Club"),
        "annonces/essai": entry("annonces", **fields),
    }
    return tree.view("/annonces/essai/", files)


def facts(tree, **fields):
    return rows_said(view_of(tree, **fields).faits)


def test_its_terms(tree):
    found = facts(
        tree,
        organisme="club",
        lieu="musee",
        contrat="cdd",
        duree="6 mois",
        remuneration="selon grille",
        contact={
            "url": "https://www.example.org/emploi/", "courriel": "a@example.org",
            "telephone": "+33 (0)3 21 00 00 00",
        },
    )  # fmt: skip
    assert found == {
        "Jusqu’au": [f"Mercredi 15{NB}décembre 2021"],
        "Proposé par": ["Club </lieux/club/>"],
        "Où": ["Musée des étoiles </lieux/musee/>", "Wizernes (62)"],
        "Contrat": ["Contrat à durée déterminée"],
        "Durée": ["6 mois"],
        "Rémunération": ["selon grille"],
        "Contact": [
            "www.example.org/emploi <https://www.example.org/emploi/>",
            "a@example.org <mailto:a@example.org>",
            "+33 (0)3 21 00 00 00 <tel:+33321000000>",
        ],
    }


@pytest.mark.parametrize(("fields", "expected"), rows_of("features/kinds/annonces/page.yml"))
def test_what_is_not_known_is_said_while_it_can_be_used(tree, fields, expected):
    assert facts(tree, **fields).get("Pas encore renseigné") == expected


@pytest.mark.parametrize(
    ("categorie", "contact", "expected"),
    [
        ("stage", {"url": "https://a.org/"}, Lien("Postuler", "https://a.org/")),
        ("emploi", MAIL, Lien("Postuler par courriel", "mailto:a@example.org")),
        ("appel-a-projets", {"url": "https://a.org/"},
         Lien("Répondre à l’appel", "https://a.org/")),
        ("divers", {"telephone": "03 21 00 00 00"},
         Lien("Contacter par téléphone", "tel:0321000000")),
    ],
)  # fmt: skip
def test_how_to_answer(tree, categorie, contact, expected):
    until = replace(expected, fin=date(2021, 12, 15))
    assert view_of(tree, categorie=categorie, contact=contact).boutons == (until,)
    assert view_of(tree, categorie=categorie, contact=contact, **OVER).boutons == ()
    assert view_of(tree, categorie=categorie).boutons == ()


def test_when_it_is_over(tree):
    view = view_of(tree, **OVER)
    assert view.message == Message(
        "Cette annonce est terminée",
        f"Il n’est plus possible d’y répondre depuis le dimanche 26{NB}septembre 2021.",
        liens=(Lien("Les annonces en cours", "/annonces/"),),
    )
    assert [one.texte for one in view.etiquettes] == ["Terminée"]
    assert view_of(tree).message is None
