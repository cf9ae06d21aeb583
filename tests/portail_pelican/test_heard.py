"""Pages of the two sites, heard from beginning to end: nothing twice, unnamed or out of order.
Every page is heard by ``make audit``."""

import re

import pytest

from audit_voix import findings
from pages import site_url
from serving import served
from voix import listen

pytestmark = [pytest.mark.site, pytest.mark.chromium, pytest.mark.xdist_group("voix")]

PAGES = (
    "/", "/agenda/", "/articles/toutes-les-formes-du-texte/", "/lieux/musee-exemple-des-sciences/",
    "/catalogue/", "/contribuer/evenement/", "/newsletter/2021-s38/", "/carte/",
)  # fmt: skip
OTHERS = (
    "/agenda/2021-s40/", "/evenements/atelier-reprogramme/", "/recherche/",
    "/affiches/", "/donnees/", "/classes/",
)  # fmt: skip


class Heard:
    """The showcase, in one tab."""

    def __init__(self, tab, host):
        self.tab, self.host = tab, host

    def __call__(self, path):
        self.tab.goto(self.host + path, wait_until="load")
        return listen(self.tab)


@pytest.fixture(scope="module")
def heard(built, browser):
    """What a page of the showcase says."""
    site = built("vitrine")
    with served(site, site_url(site)) as host:
        tab = browser.new_page(locale="fr-FR", viewport={"width": 1280, "height": 900})
        yield Heard(tab, host)
        tab.close()


@pytest.mark.parametrize(
    "path", [*PAGES, *(pytest.param(one, marks=pytest.mark.long) for one in OTHERS)]
)
def test_nothing_is_heard_that_must_not_be(heard, path):
    assert findings(heard(path)) == []


def test_an_event_says_all_that_one_asks_in_its_order(heard):
    voice = heard("/evenements/atelier-fusees-exemple/")
    assert findings(voice) == []
    said = voice.words
    told = (
        "titre niveau 1, Atelier fusées", "titre niveau 2, Infos pratiques", "Quand",
        "Mercredi 6 octobre 2021, de 14 h à 16 h", "Où", "lien, Musée-Exemple des sciences",
        "1 rue de l’Exemple", "Tarif", "5,50 €, réduit 3 €", "lien, Réserver",
        "Inscription obligatoire, jusqu’au 4 octobre 2021", "lien, Ajouter à mon agenda",
        "Accessibilité", "Moteur : accessible",
        "image, Carte : Atelier fusées, Amiens (80).",
    )  # fmt: skip
    ranks = [said.index(one) for one in told]
    assert ranks == sorted(ranks)


def test_who_lends_an_exhibition_and_when_it_is_free(heard):
    voice = heard("/ressources/etoiles-d-exemple/")
    assert findings(voice) == []
    said = voice.words
    told = (
        "titre niveau 1, Étoiles d’Exemple", "Prêteur",
        "lien, Musée-Exemple des sciences", "Tarif du prêt", "lien, Demander ce créneau",
        "titre niveau 2, Où est cet outil en ce moment ?",
        "titre niveau 2, Quand cet outil est-il libre ?", "titre niveau 3, Exemplaire 1",
    )  # fmt: skip
    ranks = [said.index(one) for one in told]
    assert ranks == sorted(ranks)
    ways = [one for one in said if one.startswith("lien, Demander ce créneau")]
    assert len(ways) == len(set(ways)) > 1, "each way says which copy and when"


def test_a_month_is_moved_through_by_days(heard):
    voice = heard("/agenda/2021/10/")
    assert findings(voice) == []
    others = voice.inside("navigation", "Autres mois")
    assert [one.name for one in others if one.role == "link"] == ["Septembre", "Novembre"]
    table = voice.inside("table", "Octobre 2021, jour par jour")
    heads = [one.name for one in table if one.role == "columnheader"]
    assert (heads[0], heads[-1], len(heads)) == ("lundi", "dimanche", 7)
    cells = [one.name for one in table if one.role == "cell"]
    assert len(cells) == 35
    assert all(re.match(r"(1er|\d+) (septembre|octobre)", name) for name in cells)
