"""The sheet for a class: which events have one, what it says, what it does not make up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plans import Tree, entry
from portail.outputs.pages.views import FicheClasseView

SHEET = "/evenements/essai/fiche-classe/"
GROUP = {
    "niveaux": ["CM1", "CM2"], "disciplines": ["SVT"], "effectif_max": 28, "duree": "1 h 30",
    "tarif": "3 € par élève", "transport": "Parking pour un car", "pass_culture": True,
}  # fmt: skip


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def sheet(tree: Tree, files: dict[str, str] | None = None, **fields: Any) -> FicheClasseView:
    event = entry("events", **{"titre": "Un atelier", "groupes": GROUP, **fields})
    view: FicheClasseView = tree.view(SHEET, {**(files or {}), "events/essai": event})
    return view


def rows(view: FicheClasseView) -> dict[str, list[str]]:
    both = (*view.gauche, *view.droite)
    return {row.libelle: [one.texte for one in row.valeurs] for _, some in both for row in some}


@pytest.mark.parametrize(
    ("fields", "there"),
    [
        ({"groupes": GROUP}, True),
        ({"publics": ["college"]}, True),
        ({"publics": ["familles", "enseignants"]}, False),
        ({}, False),
        ({"groupes": GROUP, "etat": "annule"}, False),
        ({"groupes": GROUP, "debut": "2021-09-20"}, False),
    ],
)
def test_which_events_have_one(tree: Tree, fields: dict[str, Any], there: bool) -> None:
    pages = tree.pages({"events/essai": entry("events", **fields)})
    view: Any = pages["/evenements/essai/"].view()
    links = [one.url for _, facts in view.tableaux for fact in facts for one in fact.valeurs]
    assert (SHEET in pages) is (SHEET in links) is there


def test_the_four_keys(tree: Tree) -> None:
    keys = {row.libelle: row.valeurs[0].texte for row in sheet(tree).cles}
    assert keys == {
        "Niveaux": "CM1, CM2", "Durée": "1 h 30", "Effectif": "28 au plus",
        "Prix du groupe": "3 € par élève",
    }  # fmt: skip


def test_what_is_not_said_is_not_made_up(tree: Tree) -> None:
    view = sheet(tree, groupes=None, publics=["college"], tarif={"gratuit": True})
    assert [(row.valeurs[0].texte, row.valeurs[0].signe) for row in view.cles] == [
        ("Collège", ""), ("Non précisé", "manque"), ("Non précisé", "manque"), ("Gratuit", ""),
    ]  # fmt: skip
    found = rows(view)
    unsaid = {label for label, values in found.items() if values == ["non précisé"]}
    assert unsaid == {"Transport", "Inscription", "Contact", "pass Culture", "Disciplines"}
    assert found["Moteur"] == ["inconnu : appelez"]
    assert (view.qr, view.adresse) == (None, "")


def test_what_the_event_says(tree: Tree) -> None:
    booking = {"regime": "obligatoire", "telephone": "03 20 00 00 00", "avant_le": "2021-10-01"}
    found = rows(
        sheet(tree, inscription=booking, themes=["numerique"], mots_cles=["fusée", "papier"],
              accessibilite={"moteur": "oui", "precisions": "Plain-pied."})
    )  # fmt: skip
    assert found["Où"] == ["Wizernes (62)"]
    assert found["Transport"] == ["Parking pour un car"]
    assert found["Avant le"] == ["1er\u00a0octobre 2021"]
    assert found["Par"] == ["03 20 00 00 00"]
    assert found["pass Culture"] == ["accepté"]
    assert found["Disciplines"] == ["SVT"]
    assert found["Mots"] == ["fusée, papier"]
    assert found["Moteur"] == ["accessible"]
    assert found["Précisions"] == ["Plain-pied."]
    assert "Contact" not in found


def test_what_the_lieu_says_for_it(tree: Tree) -> None:
    address = {"rue": "1 rue de la Paix", "code_postal": "62570", "commune": "Wizernes"}
    lieu = entry("lieux", titre="Le musée", adresse=address, commune=None, acces="Bus 2",
                 telephone="03 21 00 00 00", accessibilite={"moteur": "partiel"})  # fmt: skip
    found = rows(sheet(tree, {"lieux/musee": lieu}, lieu="musee"))
    assert found["Où"] == ["Le musée", "1 rue de la Paix", "62570 Wizernes (62)"]
    assert found["Accès"] == ["Bus 2"]
    assert found["Contact"] == ["03 21 00 00 00"]
    assert found["Moteur"] == ["en partie accessible"]


def test_dates_to_come_with_their_state(tree: Tree) -> None:
    days = [("2021-09-20", "programme"), ("2021-10-01", "annule"), ("2021-10-02", "complet")]
    days += [(f"2021-11-{day:02}", "programme") for day in range(1, 20)]
    view = sheet(tree, seances=[{"debut": f"{day} 14:00", "etat": etat} for day, etat in days])
    first, second, *others = view.dates
    assert (first.annule, [one.texte for one in first.etiquettes]) == (True, ["Annulé"])
    assert (second.annule, [one.texte for one in second.etiquettes]) == (False, ["Complet"])
    assert first.texte == "Vendredi 1er\u00a0octobre 2021, à 14\u00a0h"
    assert 2 + len(others) + view.autres == 21


def test_long_values_are_cut_but_addresses(tree: Tree) -> None:
    long = "Un mot de plus, " * 12
    mail = f"{'x' * 60}@example.org"
    lieu = entry("lieux", commune="Amiens", acces=long * 3, titre=long[:140])
    view = sheet(
        tree, {"lieux/l": lieu}, titre=long[:140], resume=long, lieu="l",
        groupes={"transport": long, "disciplines": [f"{n} {long[:50]}" for n in range(20)]},
        organisateurs=[f"{n} {long[:120]}" for n in range(10)],
        mots_cles=[f"{n} {long[:50]}" for n in range(20)],
        inscription={"regime": "obligatoire", "courriel": mail},
    )  # fmt: skip
    assert view.taille == "serre"
    assert rows(view)["Par"] == [mail]
    assert rows(view)["Transport"][0].endswith("…")


def test_the_code_leads_to_the_event(tree: Tree) -> None:
    files = {"events/essai": entry("events", groupes=GROUP)}
    view: Any = tree.view(SHEET, files, siteurl="https://exemple.org")
    assert view.qr is not None
    assert view.adresse == "exemple.org/evenements/essai"
