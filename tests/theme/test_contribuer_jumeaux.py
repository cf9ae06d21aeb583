"""What a browser and Python compose of the same thing found is the same.

They differ in named ways: a source is a link at the end of the text in the form, a row of
« references » in an import; the form keeps what its reader is then asked to mend, an import says
it as a loss; HTML goes to Markdown by two libraries (``tests/data/collages``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from collages import LIEUX, Composing, bytes_of, fiches_of, reading
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from doses import dose
from portail.geo.territories import Geography
from portail.imports import pages
from portail.imports.compose import compose
from portail.imports.fitting import Fitting
from portail.imports.formats import reader_of
from portail.imports.found import Found
from portail.imports.moments import between, of_iso
from portail.imports.places import Known, Landmark
from portail.model.kinds import Kind
from portail.model.scalars import Reading
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir, rows
from portail.text.hints import correspondances, expression
from portail.text.normalise import name_key

pytestmark = pytest.mark.chromium


@cache
def known() -> Known:
    """The directory of the browser, with the communes of its region."""
    geography = Geography.load(data_dir(), "Hauts-de-France")
    reading = Reading(Vocabularies.load(data_dir()), geography)
    lieux = tuple(
        Landmark(slug, titre, name_key(where.rpartition(", ")[2].partition(" (")[0]))
        for slug, titre, where in LIEUX
    )
    refs = frozenset(f"lieux/{one.slug}" for one in lieux)
    return Known(date(2021, 9, 27), reading, geography, lieux, refs)


@pytest.fixture(scope="module")
def browser_makes(browser: Browser, racine: Path) -> Iterator[Composing]:
    """A page where modules of the form read and compose."""
    region = [
        [" ".join(one.codes_postaux), one.nom, one.departement]
        for towns in known().towns.values()
        for one in towns
    ]
    with reading(browser, racine) as (_, page):
        yield fiches_of(page, racine, region)


def found_of(fiche: dict[str, Any]) -> Found:
    """A « fiche » of the scripts as Python says it."""
    text = {key: fiche[key] for key in ("html", "texte", "markdown") if fiche.get(key)}
    booking = {**(fiche.get("inscription") or {})}
    if fiche.get("reserver"):
        booking["url"] = fiche["reserver"]
    ids = fiche.get("ids") or {}
    given: dict[str, Any] = {
        key: fiche[key]
        for key in (
            "titre",
            "resume",
            "quand",
            "adresse",
            "en_ligne",
            "conditions",
            "etat",
            "jauge",
        )
        if fiche.get(key)
    }
    for key, name in (
        ("types", "formats"),
        ("mots", "mots"),
        ("organisateurs", "organisateurs"),
        ("connus", "connus"),
    ):
        given[name] = tuple(one or "" for one in fiche.get(key) or ())
    for key in ("tarif", "age", "accessibilite"):
        given[key] = {name: one for name, one in (fiche.get(key) or {}).items() if one}
    for namespace, identifier in ids.items():
        given |= {"namespace": namespace, "identifier": identifier}
    return Found(row=1, inscription=booking, url=fiche.get("url") or "", **given, **text)


_LINK = re.compile(r"\n*\[Page de l’événement\]\([^)]*\)$")


def both(fiche: dict[str, Any], made: dict[str, Any]) -> tuple[Any, Any]:
    """Front matter and text of both, but for the ways in which they differ."""
    found = found_of(fiche)
    record = compose(found, known())
    values = {key: one for key, one in record.values.items() if key not in OURS}
    # What a reader of the form would be asked to mend is left aside here.
    entete = Fitting(Kind.EVENT, known()).fitted(made["entete"])
    if not made["entete"].get("adresse", {}).get("commune"):
        entete.pop("adresse", None)
    booking = entete.get("inscription")
    if booking and len(booking) == 1 and values["inscription"].get("url") == found.url:
        del values["inscription"]["url"]
    body = _LINK.sub("", made["corps"])
    if found.html:
        return (values, words(record.body)), (entete, words(body))
    return (values, record.body), (entete, body)


OURS = ("publie_le", "references")


def words(markdown: str) -> list[str]:
    """The words of a text, whatever its marks."""
    return re.findall(r"[^\W_]+", re.sub(r"\]\([^)]*\)|\\", " ", markdown))


SAMPLES = sorted(path.name for path in (Path(__file__).parents[1] / "contribuer").iterdir())


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_composed_alike(browser_makes: Composing, racine: Path, name: str) -> None:
    pairs = browser_makes.read(bytes_of(racine, name), name)
    assert pairs
    for fiche, made in pairs:
        ours, theirs = both(fiche, made)
        assert ours == theirs


@pytest.mark.parametrize("name", [one for one in SAMPLES if not one.endswith(".txt")])
def test_samples_are_read_alike(browser_makes: Composing, racine: Path, name: str) -> None:
    data = bytes_of(racine, name)
    reader = reader_of(data, name)
    assert reader
    found = [one for one in reader.read(data, name, known().day) if not one.refused]
    theirs = {made["entete"]["titre"]: made for _, made in browser_makes.read(data, name)}
    assert len(found) == len(theirs)
    for one in found:
        record = compose(one, known())
        made = theirs[record.values["titre"]]
        entete = Fitting(Kind.EVENT, known()).fitted(made["entete"])
        more = record.values.keys() - entete.keys()
        assert more <= {*OURS, "modifie", "ids_externes"}
        assert {key: record.values.get(key) for key in entete} == entete
        assert words(record.body) == words(_LINK.sub("", made["corps"]))


@pytest.mark.parametrize("name", [one for one in SAMPLES if one.endswith(".html")])
def test_pages_are_read_alike(browser_makes: Composing, racine: Path, name: str) -> None:
    data = bytes_of(racine, name)
    theirs = {made["entete"]["titre"]: made for _, made in browser_makes.read(data, name)}
    found = [compose(one, known()) for one in pages.read(data, name, known().day)]
    assert len(found) == len(theirs)
    for record in found:
        entete = Fitting(Kind.EVENT, known()).fitted(theirs[record.values["titre"]]["entete"])
        assert record.values.keys() - entete.keys() <= {*OURS, "modifie", "ids_externes"}
        assert {key: record.values.get(key) for key in entete} == entete


# Things found, made by hand or by chance.

HANDMADE: list[dict[str, Any]] = [
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
        ("Salon 😀", "à 5  €\u00a0! Plus de 12 ans", "59491 Villeneuve-d’Ascq, France"),
    )
]


def test_things_made_by_hand(browser_makes: Composing) -> None:
    made = browser_makes.compose(HANDMADE)
    for fiche, one in zip(HANDMADE, made, strict=True):
        ours, theirs = both(fiche, one)
        assert ours == theirs, fiche


PIECES = st.sampled_from(
    "Tarif : |5 €|3,50€ réduit|gratuit|entrée libre|non gratuit|réservation|obligatoire|conseillée|"
    "sur inscription|a@b.test|03 21 00 00 00|https://a.test/x?utm_source=b|dès 8 ans|de 6 à 12 ans|"
    "plus de 3 ans|\n|\n\n|. |, |atelier|Conférence|café des sciences|\u00a0|é|# |> |• |](|<b>|"
    "Lieu : ici|œuf|ﬁn|İ|€ 4|10 euros|12€50|-12 ans".split("|")
)
# Readers leave controls out.
SIGNS = st.characters(exclude_categories=["Cc", "Cf", "Cs"])
TEXTS = st.lists(PIECES | st.text(SIGNS, max_size=6), max_size=14).map(" ".join)
PLACES = st.sampled_from(
    ["", "La Coupole, Wizernes", "Salle X, 3 bis rue Haute, 80000 Amiens", "Laon", "62999 Rien",
     {"nom": "La Coupole", "commune": "Wizernes"}, {"commune": "Saint-Martin"},
     {"nom": "Écomusée imaginaire", "commune": "Doullens", "code_postal": "80600"},
     {"nom": "Le Lieu", "rue": "4 rue A", "code_postal": "76600", "commune": "Le Havre"}]
)  # fmt: skip
FICHES = st.fixed_dictionaries(
    {"titre": TEXTS, "texte": TEXTS, "adresse": PLACES},
    optional={
        "resume": TEXTS,
        "mots": st.lists(st.sampled_from(
            ["familles", "#craie", "Astronomie et espace", "tous publics", "ateliers", "x" * 70, "",
             "St Omer", "chimie & matière"]), max_size=5),
        "organisateurs": st.lists(st.sampled_from(
            ["La Coupole, Centre d’essai", "Ville de Lille", "a@b.test", "ombelli", "2021"]),
            max_size=3, unique=True),
        "connus": st.lists(st.sampled_from(["Julie Exemple", "Écomusée imaginaire"]), max_size=2),
        "types": st.lists(st.sampled_from(["atelier", "jeu", "visite", "rien"]), max_size=4),
        "jauge": st.sampled_from(["40", "0", "beaucoup", "1e3", ""]),
        "etat": st.sampled_from(["complet", "annule", "rien", ""]),
        "age": st.sampled_from([{"min": "8", "max": "12"}, {"min": "12", "max": "8"}, {"min": ""}]),
        "inscription": st.sampled_from([{"url": "https://a.test/r"}, {"telephone": "12"}, {}]),
        "quand": st.sampled_from([
            {"debut": "2021-10-09 14:00", "fin": "2021-10-09 16:00"},
            {"seances": [{"debut": "2021-10-09"}, {"debut": "2021-10-10 14:00", "etat": "annule"}]},
            {"debut": "2021-02-31"},
            {"horaires": {"du": "2021-10-01", "au": "2021-12-01", "tous_les": ["mercredi"]}},
        ]),
        "url": st.sampled_from(["https://exemple.test/a", ""]),
    },
)  # fmt: skip


@settings(
    max_examples=dose(3, 12),
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(FICHES, min_size=15, max_size=15))
def test_things_made_by_chance(browser_makes: Composing, fiches: list[dict[str, Any]]) -> None:
    told = []
    for fiche, one in zip(fiches, browser_makes.compose(fiches), strict=True):
        (ours, our_body), (theirs, their_body) = both(fiche, one)
        pairs = {key: (ours.get(key), theirs.get(key)) for key in {**ours, **theirs}}
        pairs["corps"] = our_body, their_body
        told += [(key, *pair, fiche) for key, pair in pairs.items() if pair[0] != pair[1]]
    assert told[:1] == []


# Clocks are read alike.

ISO = st.builds(
    "{}{}{}{}".format,
    st.dates(date(1899, 1, 1), date(2101, 12, 31)).map(str)
    | st.sampled_from(["2021-02-30", "2021-13-01", "2021-1-5", "2021-10-31", "2021-03-28", "x"]),
    st.sampled_from(["", "T", " ", "  "]),
    st.times().map(lambda one: f"{one:%H:%M}")
    | st.sampled_from(["", "00:00", "23:59", "24:00", "2:30", "14:00:59.5", "12:60"]),
    st.sampled_from(["", "Z", "z", "+02:00", "-0930", "+13:45", "+1"]),
)


@settings(max_examples=dose(5, 10), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(ISO, ISO), min_size=60, max_size=60))
def test_moments_are_read_alike(browser_makes: Composing, pairs: list[tuple[str, str]]) -> None:
    for (one, two), found in zip(pairs, browser_makes.moments(pairs), strict=True):
        first, last = of_iso(one), of_iso(two)
        assert [first, last, between(first, last) or None] == found, (one, two)


# The table is read alike.


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, str):
        yield value


def test_expressions_mean_the_same_to_both(browser_makes: Composing) -> None:
    table = rows("correspondances")
    whole = [table["suivi"], table["pratique"], table["articles"]]
    found = [*whole, *texts(table["indices"]), *texts(table["adresses"])]
    assert len(found) > 25 and correspondances()
    for one in found:
        expression(one)
        assert not re.search(r"(?<!\\)\\[bBdDsSwW]", one), one
    assert browser_makes.valid(found) == [True] * len(found)
