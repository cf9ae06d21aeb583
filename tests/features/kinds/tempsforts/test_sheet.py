"""The page of a yearly rendezvous: its edition, its figures year by year."""

from datetime import date

import pytest

from doses import rows_of
from plans import entry, rows_said
from portail.features.kinds.tempsforts.views import GrilleView
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.views.shared import Lien

NB = "\u00a0"
EDITIONS = rows_of("features/kinds/tempsforts/sheet.yml")


def view_of(tree, day=date(2021, 9, 27), **fields):
    files = {"lieux/musee": entry("lieux", titre="Musée")}
    text = entry("temps-forts", **fields)
    return tree.view("/temps-forts/essai/", {**files, "temps-forts/essai": text}, day=day)


def test_the_edition_that_comes(tree):
    view = view_of(tree, editions=EDITIONS, organisateur=["musee"], site="https://example.org/")
    assert rows_said(view.faits) == {
        "Quand": [f"Du 2 au 12{NB}octobre 2021"],
        "Thème 2021": ["Revoir le ciel"],
        "Chaque année": ["Octobre"],
        "Organisé par": ["Musée </lieux/musee/>"],
    }
    assert view.boutons == (Lien("Site officiel", "https://example.org/"),)
    assert view.vide.phrase == "Le programme 2021 n’est pas encore publié"
    assert [one.url for one in view.vide.issues] == ["/contribuer/evenement/"]


RULE = "premier vendredi d’octobre, 11 jours"
WRITTEN = {"regle": RULE, "editions": {"2023": {"du": "2023-10-07", "au": "2023-10-10"}}}


@pytest.mark.parametrize(
    ("day", "fields", "quand", "usual"),
    [
        ("2021-09-27", {}, "Octobre", None),
        ("2021-10-13", {"editions": EDITIONS}, "Du 2 au 12 octobre 2021", "Octobre"),
        ("2023-03-01", {"periode": None, "regle": RULE}, "Du 6 au 16 octobre 2023 (attendu)", RULE),
        ("2023-03-01", WRITTEN, "Du 7 au 10 octobre 2023", RULE),
        # Once it is over, the days of that year that the rule alone says are not told.
        ("2023-10-12", WRITTEN, "Du 4 au 14 octobre 2024 (attendu)", RULE),
    ],
)
def test_its_days_are_those_of_its_edition_else_of_its_rule(tree, day, fields, quand, usual):
    view = view_of(tree, date.fromisoformat(day), **fields)
    told = {label: text.replace(NB, " ") for label, (text,) in rows_said(view.faits).items()}
    assert told.get("Chaque année") == (usual and usual[0].upper() + usual[1:])
    assert told["Quand"] == quand
    assert bool(view.vide) is ((day, fields) == ("2023-03-01", WRITTEN))
    assert view.boutons == ()
    assert bool(view.grille) is (fields == {"editions": EDITIONS})


def test_a_card_says_the_days_that_are_expected(tree):
    text = entry("temps-forts", titre="Nuit", periode=None, regle="dernier vendredi de septembre")
    site = tree.site({"temps-forts/nuit": text}, day=date(2023, 10, 1))
    (line,) = card_of(site, "temps-forts/nuit").details
    assert line == f"Le 27{NB}septembre 2024 (attendu)"


def test_a_home_page_without_outings_has_the_next_rendezvous(tree):
    editions = {"2022": {"du": "2022-01-20"}}
    files = {
        "temps-forts/mars": entry("temps-forts", titre="Mars", periode=None, regle="14 mars"),
        "temps-forts/nuit": entry("temps-forts", titre="Nuit", editions=editions),
        "temps-forts/faux": entry("temps-forts", titre="Faux", exemple=True, regle="1er janvier"),
        "temps-forts/vague": entry("temps-forts", titre="Vague"),
    }
    (yearly,) = tree.view("/", files).appels
    assert [card.titre for card in yearly.cartes] == ["Nuit", "Mars"]
    assert tree.view("/", {"events/vrai": entry("events", debut="2021-10-09")}).appels == ()


def test_editions_side_by_side_latest_first(tree):
    assert view_of(tree, editions=EDITIONS).grille == GrilleView(
        "D’une édition à l’autre",
        ("2022", "2021", "2019"),
        (
            ("Dates", ("", f"Du 2 au 12{NB}octobre 2021", f"Du 5 au 13{NB}octobre 2019")),
            ("Thème", ("À annoncer", "Revoir le ciel", "Les planètes")),
            ("Animations", ("", "30", "12")),
            ("Publics", ("", "", "900")),
        ),
        ("Enquête", "Bilan 2019"),
    )


def test_one_edition_has_no_table(tree):
    assert view_of(tree, editions={"2019": EDITIONS["2019"]}).grille is None


def test_years_lead_to_their_pages(tree):
    assert view_of(tree, editions=EDITIONS).editions == (
        Lien("2022", "", "À annoncer"),  # its page tells 2021 itself
        Lien("2019", "/temps-forts/essai/2019/", f"Du 5 au 13{NB}octobre 2019 · Les planètes"),
    )
