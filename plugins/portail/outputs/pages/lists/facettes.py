"""Facets of lists as pages show them: words, values, addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import NamedTuple

from portail.geo.names import of_territory
from portail.geo.places import short_name
from portail.geo.territories import Geography
from portail.model.kinds import Kind
from portail.outputs.pages.views.lists import FacettesView, FacetteView, ValeurView
from portail.outputs.pages.views.shared import Lien
from portail.site.coming import agenda_of
from portail.site.facets import OUI, Facet, Pair, Value
from portail.site.indexes import NarrowedList
from portail.site.memo import per_site
from portail.site.narrowed import Narrowed
from portail.site.site import Site
from portail.site.urls import CATALOGUE, COMMUNES, WEEK_END, data_of, listing_of
from portail.text.normalise import sort_key
from portail.text.typography import capital, in_region, small

# What lists are called once narrowed, and how their facets name values.


class Words(NamedTuple):
    """A title and a description."""

    titre: str
    description: str


_ARTICLES = {
    "theme": Words(
        "{nom} : les articles",
        "Les articles du portail sur le thème « {nom} », du plus récent au plus ancien.",
    ),
    "genre": Words(
        "Articles : {bas}",
        "Les articles du portail par leur forme : {bas}, du plus récent au plus ancien.",
    ),
    "departement": Words("Articles {de}", "Ce que le portail raconte des sciences {de}."),
    "epci": Words("Articles {de}", "Ce que le portail raconte des sciences {de}."),
    "annee": Words("Articles de {nom}", "Les articles que le portail a publiés en {nom}."),
}
_ANNONCES = {
    "categorie": Words(
        "Annonces : {bas}", "Les annonces en cours {en_region} : {bas}, jusqu’à leur échéance."
    ),
    "theme": Words(
        "{nom} : les annonces", "Les annonces en cours {en_region} sur le thème « {nom} »."
    ),
    "departement": Words("Annonces {de}", "Emplois, appels, offres et recherches {de}."),
    "epci": Words("Annonces {de}", "Emplois, appels, offres et recherches {de}."),
}
_RESSOURCES = {
    "type": Words(
        "Ressources : {bas}", "Les ressources des sciences {en_region} : {bas}, et qui les propose."
    ),
    "theme": Words(
        "{nom} : les ressources",
        "Expositions, malles, documents et financements sur le thème « {nom} » {en_region}.",
    ),
    "public": Words(
        "Ressources pour les {bas}", "Expositions, malles et documents de sciences pour les {bas}."
    ),
    "departement": Words(
        "Ressources {de}",
        "Expositions, malles et documents que prêtent ou publient les structures {de}.",
    ),
    "a-emprunter": Words(
        "Ressources à emprunter",
        "Expositions, malles et planétariums itinérants à emprunter {en_region}.",
    ),
    "gratuit": Words("Ressources gratuites", "Les ressources de sciences gratuites {en_region}."),
}
_TOOLS = {
    "type": Words(
        "Outils à emprunter : {bas}", "À emprunter {en_region} : {bas}, qui les prête et quand."
    ),
    "theme": Words(
        "{nom} : les outils à emprunter",
        "Expositions, malles et maquettes à emprunter {en_region} sur le thème « {nom} ».",
    ),
    "public": Words(
        "Outils à emprunter pour les {bas}",
        "Ce que l’on peut emprunter {en_region} pour les {bas}.",
    ),
    "proprietaire": Words(
        "Outils que prête : {nom}", "Expositions, malles et maquettes à emprunter : {nom}."
    ),
    "departement": Words(
        "Outils à emprunter {de}", "Les outils que prêtent les structures {de}, et quand."
    ),
    "epci": Words("Outils à emprunter {de}", "Les outils que prêtent les structures {de}."),
    "transport": Words(
        "Outils qui voyagent {bas}",
        "Classés d’après le poids et le nombre de caisses que dit leur fiche : {bas}.",
    ),
    "surface": Words(
        "Outils à emprunter : {bas}", "Classés d’après la place au sol que dit leur fiche : {bas}."
    ),
    "gratuit": Words(
        "Outils à emprunter gratuitement", "Les outils dont le prêt est gratuit {en_region}."
    ),
}
_LIEUX = {
    "pour": Words("{nom}", "Les lieux et structures des sciences {en_region} : {bas}."),
    "type": Words("Annuaire : {bas}", "Les lieux et structures {en_region} : {bas}."),
    "role": Words("Annuaire : {bas}", "Les {bas} de la culture scientifique {en_region}."),
    "offre": Words(
        "Annuaire : {bas}",
        "Les lieux et structures qui proposent aux autres, {en_region} : {bas}.",
    ),
    "theme": Words(
        "{nom} : l’annuaire", "Les lieux et structures {en_region} sur le thème « {nom} »."
    ),
    "public": Words(
        "Annuaire : pour les {bas}", "Les lieux et structures {en_region} pour les {bas}."
    ),
    "equipement": Words(
        "Annuaire : {bas}", "Les lieux et structures qui ont cet équipement {en_region} : {bas}."
    ),
    "departement": Words(
        "Annuaire {de}", "Les lieux à visiter et les structures {de} avec qui monter un projet."
    ),
    "epci": Words(
        "Annuaire {de}", "Les lieux à visiter et les structures {de} avec qui monter un projet."
    ),
    "accessible": Words(
        "Annuaire : accessible, {bas}",
        "Les lieux {en_region} accessibles en tout ou partie en cas de {bas}.",
    ),
}
_WORDS: Mapping[str, Mapping[str, Words]] = {
    listing_of(Kind.ARTICLE): _ARTICLES,
    listing_of(Kind.ANNONCE): _ANNONCES,
    listing_of(Kind.RESSOURCE): _RESSOURCES,
    CATALOGUE: _TOOLS,
    listing_of(Kind.LIEU): _LIEUX,
    listing_of(Kind.DOSSIER): {
        "theme": Words("{nom} : les dossiers", "Les dossiers du portail sur le thème « {nom} ».")
    },
}
"""What the page of a value is called, by list and facet."""

_OWN: Mapping[tuple[str, Pair], Words] = {
    (listing_of(Kind.RESSOURCE), ("public", "tout-public")): Words(
        "Ressources tout public", "Expositions, malles et documents de sciences pour tous."
    ),
    (CATALOGUE, ("public", "tout-public")): Words(
        "Outils à emprunter tout public", "Ce que l’on peut emprunter {en_region} pour tous."
    ),
    (CATALOGUE, ("transport", "non-precise")): Words(
        "Outils à emprunter : transport non précisé",
        "Leur fiche ne dit ni leur poids ni leur nombre de caisses : c’est à demander au prêteur.",
    ),
    (CATALOGUE, ("surface", "non-precise")): Words(
        "Outils à emprunter : place non précisée",
        "Leur fiche ne dit pas la place au sol qu’il leur faut : c’est à demander au prêteur.",
    ),
    (listing_of(Kind.LIEU), ("pour", "visiter")): Words(
        "Où aller", "Les lieux de sciences qui accueillent le public {en_region}."
    ),
    (listing_of(Kind.LIEU), ("pour", "projet")): Words(
        "Avec qui monter un projet",
        "Les structures avec qui monter un projet de culture scientifique {en_region}.",
    ),
    (listing_of(Kind.LIEU), ("public", "tout-public")): Words(
        "Annuaire : tous publics", "Les lieux et structures {en_region} ouverts à tous les publics."
    ),
}


def list_words(
    liste: NarrowedList, facet: Facet, value: Value, geography: Geography, region: str
) -> Words:
    """The title and the description of the page of a value."""
    words = _OWN.get((liste.url, (facet.cle, value.code)), _WORDS[liste.url][facet.cle])
    return filled(words, facet, value, geography, region)


def filled(words: Words, facet: Facet, value: Value, geography: Geography, region: str) -> Words:
    """``words`` said of a value: ``nom`` is its label, ``bas`` the same inside a sentence, ``de``
    the territory after « de »."""
    known = geography.territoire(value.code) if facet.cle in ("departement", "epci") else None
    said = {
        "nom": value.label,
        "bas": small(value.label),
        "de": of_territory(known) if known else f": {value.label}",
        "en_region": in_region(region),
    }
    return Words(*(text.format(**said) for text in words))


def named_values(facet: Facet, values: Iterable[Value], geography: Geography) -> list[Value]:
    """Values as a narrow column names them: an EPCI has its short name."""
    if facet.cle != "epci":
        return [*values]
    known = ((one, geography.territoire(one.code)) for one in values)
    named = ((code, short_name(found) if found else name) for (code, name), found in known)
    return sorted(
        (Value(code, capital(name)) for code, name in named),
        key=lambda value: (sort_key(value.label), value.code),
    )


def offered(found: Narrowed, geography: Geography) -> Iterator[tuple[Facet, list[Value]]]:
    """The facets that a list offers, with their values as they are named."""
    for facet, values in found.shown:
        yield facet, named_values(facet, values, geography)


_OPEN = {"theme", "departement", "genre", "categorie", "type"}
_WHEN = {
    "aujourdhui": "Aujourd’hui",
    "week-end": "Ce week-end",
    "semaine": "Cette semaine",
    "mois": "Ce mois-ci",
    "vacances": "Vacances scolaires",
}
"""What a script reckons at the reader's date."""
_PAGES = {"week-end": WEEK_END}

_SHORTCUTS: Mapping[Pair, str] = {
    ("gratuit", OUI): "Gratuit",
    ("public", "familles"): "En famille",
    ("en-ligne", OUI): "En ligne",
}


def facettes_view(site: Site, counted: bool, chosen: Pair | None = None) -> FacettesView:
    """The facets of the agenda: values that hold something, each with its page if it has one; the
    others are chosen in place.

    ``chosen`` is the value whose page it is; ``counted`` tells how many events are on for each,
    which changes with every edit: for the one page where it must.
    """
    view = _unchosen(site, counted)
    return choosing(view, chosen) if chosen else view


def choosing(view: FacettesView, chosen: Pair) -> FacettesView:
    """The same facets on the page of a value: pages of values only differ by that."""
    facettes = tuple(
        _chosen(one, chosen) if one.cle in ("quand", chosen[0]) else one for one in view.facettes
    )
    return replace(view, facettes=facettes, etat="=".join(chosen))


def _chosen(facette: FacetteView, chosen: Pair) -> FacetteView:
    valeurs = (replace(one, choisie=(facette.cle, one.code) == chosen) for one in facette.valeurs)
    return replace(facette, valeurs=tuple(valeurs), ouverte=True)


def facette_of(
    facet: Facet,
    values: Iterable[Value],
    page: Callable[[Pair], str],
    count: Callable[[Pair], int] | None,
) -> FacetteView:
    """A facet whose values have each the page that ``page`` tells, and, where ``count`` is given,
    how many contents have it."""
    shown = (
        ValeurView(
            value.code,
            value.label,
            page((facet.cle, value.code)),
            count((facet.cle, value.code)) if count else None,
            value.code if facet.cle == "theme" else "",
        )
        for value in values
    )
    opened = facet.cle in _OPEN
    return FacetteView(facet.cle, facet.titre, tuple(shown), facet.bascule, opened)


@per_site
def _unchosen(site: Site, counted: bool) -> FacettesView:
    listing = listing_of(Kind.EVENT)
    count = partial(_count, site) if counted else None
    page = partial(_page, site)
    facettes = (facette_of(facet, values, page, count) for facet, values in _values(site))
    near = site.geography.home is not None
    return FacettesView(
        listing,
        data_of(listing),
        (_when(site, listing), *facettes),
        "",
        tuple(shortcuts(site)),
        COMMUNES if near else "",
        data_of(listing_of(Kind.LIEU)) if near and site.of_kind(Kind.LIEU) else "",
    )


def _values(site: Site) -> Iterator[tuple[Facet, list[Value]]]:
    """Values that hold something, by facet; an EPCI has its short name, in a column so narrow."""
    for facet, pairs in groupby(site.ahead.pairs(), key=lambda pair: pair[0]):
        yield facet, named_values(facet, (value for _, value in pairs), site.geography)


def _when(site: Site, listing: str) -> FacetteView:
    everything = ValeurView("", "Tout ce qui vient", listing, choisie=True)
    known = any(one.au >= site.day.date for one in site.holidays.own)
    others = (
        ValeurView(code, text, _PAGES.get(code, ""))
        for code, text in _WHEN.items()
        if known or code != "vacances"
    )
    return FacetteView("quand", "Quand", (everything, *others), ouverte=True, unique=True)


def _page(site: Site, pair: Pair) -> str:
    return agenda_of(pair) if site.facets.listed(pair) else ""


def _count(site: Site, pair: Pair) -> int:
    """How many events of a value are on."""
    on = site.ahead.of(pair)
    return len({row[1].ref for row in on.rows} | {one.ref for one in on.lasting})


def shortcuts(site: Site) -> Iterator[Lien]:
    """Ready-made choices: the week-end, then values that many ask for and that have a page."""
    yield Lien("Ce week-end", WEEK_END, "quand=week-end")
    for pair, text in _SHORTCUTS.items():
        if url := site.ahead.page_of(pair):
            yield Lien(text, url, "=".join(pair))
