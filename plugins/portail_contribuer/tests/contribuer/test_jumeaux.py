"""What a browser and Python compose of the same thing found is the same.

They differ in one way: the form keeps what its reader is then asked to mend, an import says it as
a loss. HTML goes to Markdown by two libraries (``tests/data/collages``).
"""

import re
from datetime import date
from functools import cache

import pytest
from collages import LIEUX, fiches_of, reading, region_rows
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from doses import dose
from etats import CRIED, FORMS, INSIDE, MOVED, NIGHT, TITLES, WORDS
from portail.geo.territories import Geography
from portail.model.kinds import Kind
from portail.model.scalars import Reading
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir, rows
from portail.text.hints import correspondances, expression
from portail.text.normalise import name_key

pytest.importorskip("portail_importer")  # the twin that is not there is compared with nothing
from portail_importer.importer.sources.compose import compose
from portail_importer.importer.sources.fitting import Fitting
from portail_importer.importer.sources.items import SourceItem
from portail_importer.importer.sources.places import Landmark, Portal

pytestmark = pytest.mark.chromium


@cache
def known():
    """The directory of the browser, with the communes of its region."""
    geography = Geography.load(data_dir(), "Hauts-de-France")
    reading = Reading(Vocabularies.load(data_dir()), geography)
    lieux = tuple(
        Landmark(slug, titre, name_key(where.rpartition(", ")[2].partition(" (")[0]))
        for slug, titre, where in LIEUX
    )
    refs = frozenset(f"lieux/{one.slug}" for one in lieux)
    return Portal(date(2021, 9, 27), reading, geography, lieux, refs)


@pytest.fixture(scope="module")
def browser_makes(browser, racine):
    """A page where modules of the form read and compose."""
    with reading(browser, racine) as (_, page):
        yield fiches_of(page, racine, region_rows(known().geography))


def both(fiche, made):
    """Front matter and text of both, but for the way in which they differ."""
    record = compose(SourceItem(row=1, **{key: one for key, one in fiche.items() if one}), known())
    values = {key: one for key, one in record.values.items() if key != "publie_le"}
    # What a reader of the form would be asked to mend is left aside here.
    entete = Fitting(Kind.EVENT, known()).fitted(made["entete"])
    if not made["entete"].get("adresse", {}).get("commune"):
        entete.pop("adresse", None)
    return (values, record.body), (entete, made["corps"])


# Things found, made by hand or by chance.

HANDMADE = [
    {"titre": title, "texte": text, "quand": {"debut": "2021-10-09 14:00"}, "adresse": where}
    for title, text, where in (
        ("Conférence : l’eau", "Entrée libre.", "La Coupole, 62570 Wizernes"),
        ("Une visite de l’exposition", "Tarif : 5€50.", "Salle, Lille"),
        ("Débat", "6,50 euros, gratuit moins de 12 ans, 4 € réduit", "12, rue du Bac, 59000 Lille"),
        ("Café des sciences", "Sur réservation au +33 3 21 00 00 00.", "Amiens"),
        ("Jeu", "Un atelier pour les 6-12 ans.\nRéservation conseillée : https://a.test/x.", ""),
        ("La mine", "Une grande exposition, dès 8 ans.", "Musée de l'Exemple, Lille Cedex 9"),
        ("St-Omer", "# Pas un titre\n• un\n• deux\n> trois", "Halle, 62500 SAINT OMER (62)"),
        ("A" * 300, "Un [mot](ailleurs) <b>gras</b>.", "2 place de la Mairie, 75011 Paris"),
        ("Sortie. " * 30, "Sans réservation.\n\n\n\nVenez.", "Nulle part, 99999 Ailleurs"),
        ("Chimie", "Gratuit.", "Musée, 1er étage, 3 place du Marché, 59000 Lille (entrée nord)"),
        ("Optique", "Gratuit.", "Amphi A3 (bât. P1) - Cité scientifique - Amiens"),
        ("Ondes", "Gratuit.", "Université, bâtiment P1, Cité scientifique, 59655 Lille Cedex"),
        ("Sons", "Gratuit.", "Salle des fêtes, 2 rue Haute, Laon"),
        ("Volcans", "Gratuit.", "La Coupole, espace Nord, salle 2, Wizernes"),
        ("Bourse", "Tarif : 10 500 €, 500 € réduit, 2.500 €", "La Coupole, Wizernes"),
        ("Lien", "Tarif : 3,50€ réduit, 12€50, € 4 : https://a.test/x?utm_source=b", "Laon"),
        ("Salut", "Bonjour à toutes et à tous,\n\nMadame, Monsieur,\n\nVenez.\n\nBien.", "Laon"),
        ("Salut", "Bonjour,", "Laon"),
        ("Bus", "Gratuit.", "12 rue de Lille, Amiens"),
        ("Roches", "Gratuit.", "Muséum, CS 91704, 59033 Lille CEDEX 1, Hauts-de-France"),
        ("Salle", "Gratuit.", "Amiens, salle 2"),
        ("Rien", "Gratuit.", "Muséum de Lille"),
        ("Prix", "Le goûter coûte 4 €, l’atelier est gratuit.", "Laon"),
        ("Prix", "Entrée payante, gratuite pour les moins de 12 ans.\nCaution de 8 €.", "Laon"),
        ("Prix", "Tarif : 10 euros, caution 50 euros ; 0,15 €/min.", "Laon"),
        ("Prix", "5 € par personne, 15 € par famille", "Laon"),
        ("Conférence et atelier", "Gratuit.", "Laon"),
        ("Marche", "ANNULÉ ! On ne marche pas.", "Laon"),
        ("Complet : la marche", "Séance reportée au 12 mars. On marche.", "Laon"),
        ("Marche", "En ligne : le lien suit.", "Laon"),
        ("Salon 😀", "à 5  €\u00a0! Plus de 12 ans", "59491 Villeneuve-d’Ascq, France"),
    )
]


def alike(browser_makes, fiches):
    for fiche, made in zip(fiches, browser_makes.compose(fiches), strict=True):
        ours, theirs = both(fiche, made)
        assert ours == theirs, fiche


def test_states_of_titles_and_things_made_by_hand(browser_makes):
    said = [form.format(mot=word, titre=NIGHT) for _, word in WORDS for form in FORMS[::4]]
    said += [form.format(titre=NIGHT) for form in (*CRIED, *MOVED)]
    known = {"texte": "Entrée libre.", "quand": {"debut": "2021-10-09"}, "adresse": ""}
    alike(
        browser_makes,
        [*({"titre": title, **known} for title in [*said, *INSIDE, *TITLES]), *HANDMADE],
    )


PIECES = st.sampled_from(
    "Tarif : |5 €|3,50€ réduit|gratuit|entrée libre|non gratuit|réservation|obligatoire|conseillée|"
    "sur inscription|a@b.test|03 21 00 00 00|https://a.test/x?utm_source=b|dès 8 ans|de 6 à 12 ans|"
    "plus de 3 ans|\n|\n\n|. |, |atelier|Conférence|café des sciences|\u00a0|é|# |> |• |](|<b>|"
    "Lieu : ici|œuf|ﬁn|İ|€ 4|10 euros|12€50|-12 ans|Annulé :|[COMPLET]|– reporté".split("|")
)
# Readers leave controls out; « &amp; » is HTML, which what is pasted is not.
SIGNS = st.characters(exclude_categories=["Cc", "Cf", "Cs"], exclude_characters="&")
TEXTS = st.lists(PIECES | st.text(SIGNS, max_size=6), max_size=14).map(" ".join)
PLACES = st.sampled_from(
    ["", "La Coupole, Wizernes", "La Coupole, hall B, Wizernes", "Parc, entrée nord, 02000 Laon",
     "59655 Lille Cedex 9, 99999 Ailleurs", "Salle X, 3 bis rue Haute, 80000 Amiens",
     "Laon", "62999 Rien", "Rue de Paris, Lille", "BP 12, 02000 Laon, Normandie, salle 3",
     "Écomusée imaginaire, 80600 Doullens", "Le Lieu, 4 rue A, 76600 Le Havre"]
)  # fmt: skip
FICHES = st.fixed_dictionaries(
    {"titre": TEXTS, "texte": TEXTS, "adresse": PLACES},
    optional={
        "quand": st.sampled_from([
            {"debut": "2021-10-09 14:00", "fin": "2021-10-09 16:00"},
            {"seances": [{"debut": "2021-10-09"}, {"debut": "2021-10-10 14:00"}]},
            {"debut": "2021-10-09", "fin": "2021-10-30"},
        ]),
    },
)  # fmt: skip


@settings(
    max_examples=dose(3, 12),
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(FICHES, min_size=15, max_size=15))
def test_things_made_by_chance(browser_makes, fiches):
    alike(browser_makes, fiches)


# The table is read alike.


def texts(value):
    if isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, str):
        yield value


def test_expressions_mean_the_same_to_both(browser_makes):
    table = rows("correspondances")
    whole = [table["suivi"], table["pratique"], table["articles"]]
    found = [*whole, *texts(table["indices"]), *texts(table["adresses"])]
    found += texts(table["caches"])
    assert len(found) > 25 and correspondances()
    for one in found:
        expression(one)
        assert not re.search(r"(?<!\\)\\[bBdDsSwW]", one), one
    assert browser_makes.valid(found) == [True] * len(found)
