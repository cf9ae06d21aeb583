"""What the pages of the agenda are called, and how engines and shared links tell them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portail.agenda.programme import Lasting
from portail.geo.territories import Geography
from portail.model.event import Event
from portail.outputs.pages.facet_words import Words, filled
from portail.outputs.pages.periods import past_years
from portail.outputs.pages.views.shared import Lien
from portail.site.facets import Facet, Pair, Value
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import NOW, WEEK_END
from portail.text.numbers import nombre

__all__ = ["agenda_links", "running_text", "words_of"]


_NAMED = 2
"""How many formats are named together."""


_TERRITORY = Words(
    "Agenda {de}",
    "Conférences, ateliers, expositions, sorties : l’agenda des sciences {de}, jour après jour.",
)
_WORDS = {
    "theme": Words(
        "{nom} : l’agenda",
        "Les rendez-vous à venir sur le thème « {nom} » {en_region} : où, quand et pour qui.",
    ),
    "departement": _TERRITORY,
    "epci": _TERRITORY,
    "public": Words(
        "Agenda des {bas}", "Les rendez-vous des sciences à venir pour les {bas} {en_region}."
    ),
    "format": Words(
        "{nom} à venir", "{nom} de sciences {en_region}, jour après jour : où, quand et pour qui."
    ),
    "accessible": Words(
        "Rendez-vous accessibles : {bas}",
        "Les rendez-vous des sciences à venir {en_region}, accessibles en tout ou partie : {bas}.",
    ),
    "gratuit": Words(
        "Rendez-vous gratuits", "Les rendez-vous des sciences gratuits à venir {en_region}."
    ),
    "en-ligne": Words(
        "Rendez-vous en ligne", "Les rendez-vous des sciences à suivre en ligne, jour après jour."
    ),
    "groupes": Words(
        "Rendez-vous pour les groupes",
        "Les rendez-vous des sciences qui accueillent des groupes et des classes {en_region}.",
    ),
}

_OWN: dict[Pair, Words] = {
    ("public", "tout-public"): Words(
        "Agenda tout public", "Les rendez-vous des sciences à venir pour tous {en_region}."
    ),
}


def words_of(facet: Facet, value: Value, geography: Geography, region: str) -> Words:
    """The title and the description of the page of a value."""
    words = _OWN.get((facet.cle, value.code), _WORDS[facet.cle])
    return filled(words, facet, value, geography, region)


def agenda_links(site: Site) -> Iterator[Lien]:
    """The views of the agenda that stand by themselves: not its weeks, its months."""
    region = site.config.region
    yield Lien("Ce week-end", WEEK_END)
    yield Lien("En ce moment", NOW)
    for facet, value in site.ahead.pairs():
        if url := site.ahead.page_of((facet.cle, value.code)):
            yield Lien(words_of(facet, value, site.geography, region).titre, url)
    for year in past_years(site):
        yield Lien(f"Agenda {year.texte}", year.url)


def running_text(lasting: Sequence[Lasting], site: Site) -> str:
    """How much lasts, called by its formats: « 7 expositions et festivals »; ``""`` when they are
    more than two."""
    count = len(lasting)
    names = tuple(dict.fromkeys(_sort(site.on(one.ref), site, count) for one in lasting))
    if not names or len(names) > _NAMED or "" in names:
        return ""
    return f"{nombre(count)} {' et '.join(names)}"


def _sort(item: Item, site: Site, count: int) -> str:
    """What a content is, « exposition », said of ``count``; ``""`` when it does not say."""
    entry, showing = item.entry, site.showings.get(item.ref)
    if not showing and not isinstance(entry, Event):
        return entry.kind.info.counted(count)
    formats = (showing.format,) if showing else getattr(entry, "format", ())
    term = site.vocabularies["formats"].get(formats[0]) if formats else None
    if term is None:
        return ""
    return term.pluriel if count > 1 else term.label
