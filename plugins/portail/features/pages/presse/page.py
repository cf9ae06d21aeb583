"""The page for journalists: who answers them, figures that are true, with their source, and
pictures to publish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from msgspec import Struct

from portail.features.services.fiches.records import Answer, asked
from portail.model.collections import PlaceEntry
from portail.model.kinds import where
from portail.outputs.base import Artifact, SitemapHint, drawn, text_file
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.views.shared import Fait, Lien, PageView, Picture
from portail.outputs.pictures import picture_of
from portail.outputs.spreadsheets import written
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.site import Site
from portail.text.typography import capital

PRESS = "/presse/"
PRESS_FIGURES = f"{PRESS}chiffres.csv"

WORDS: Mapping[str, str] = rows_of("pages.presse", "mots")


class Figure(NamedTuple):
    """A figure of a content; its year, its source when they are known."""

    sujet: str
    chiffre: str
    valeur: str
    annee: str
    source: str
    page: str


def figures(site: Site) -> list[Figure]:
    return [Figure(*row) for row in asked(site, __name__, "chiffres")]


def called(site: Site) -> list[Answer]:
    """References of those to call, each with whether it answers journalists."""
    return asked(site, __name__, "paroles")


def press_link(site: Site) -> tuple[Lien, ...]:
    if figures(site) or any(answers for _, answers in called(site)):
        return (Lien(WORDS["titre"], PRESS),)
    return ()


_FIGURES = 5
_PICTURES = 6
# Licences of the pictures that anyone may publish with their credit.
_FREE = ("CC-BY-SA-4.0", "CC-BY-4.0", "CC0-1.0")


class Parole(Struct, frozen=True):
    """Whom to call (``note``: their structure), on what (``sujets``); where to reach the structure,
    never the person."""

    lien: Lien
    sujets: tuple[str, ...] = ()
    telephone: str = ""
    courriel: str = ""


class ImageLibre(Struct, frozen=True):
    """A picture that may be published: itself, and the content that it heads."""

    image: Picture
    lien: Lien
    licence: str


class PresseView(PageView, frozen=True, kw_only=True):
    """``chiffres`` are a few figures, ``fichier`` all; ``paroles`` those to call, a row each: heads
    of networks, those who answer, then what is invented."""

    chapo: str
    chiffres: tuple[Fait, ...]
    fichier: str
    paroles: tuple[Parole, ...]
    images: tuple[ImageLibre, ...]


def plan_press(site: Site) -> Iterator[Artifact]:
    """``/presse/`` and the figures in a table, where there is something to tell."""
    if press_link(site):
        yield drawn(site, PRESS, "presse.html", _show, sitemap=SitemapHint())
        if figures(site):
            yield text_file(site, PRESS_FIGURES, _table)


def _show(site: Site) -> PresseView:
    rows = figures(site)
    return PresseView(
        **page_of(site, WORDS, PRESS),
        chiffres=tuple(_fact(row) for row in rows[:_FIGURES]),
        fichier=PRESS_FIGURES if rows else "",
        paroles=tuple(_voice(site.items[ref], site) for ref, _ in called(site)),
        images=tuple(islice(_pictures(site), _PICTURES)),
    )


def _fact(row: Figure) -> Fait:
    year = f" ({row.annee})" if row.annee else ""
    return Fait(f"{row.chiffre}{year}", (Lien(row.valeur, row.page, row.sujet),))


def _table(site: Site) -> Iterable[str]:
    rows = (row._replace(page=site.config.absolute(row.page)) for row in figures(site))
    return written(Figure._fields, rows)


def _affiliation(item: Item) -> str:
    return vars(item.entry).get("affiliation") or ""


def _voice(item: Item, site: Site) -> Parole:
    structure = site.lieu(_affiliation(item))
    note = structure.name if structure else _affiliation(item)
    contact = (structure or item).entry
    topics = tuple(
        capital(site.vocabularies.label("themes", code))
        for code in dict.fromkeys((*item.entry.themes, *contact.themes))
    )
    who = Lien(item.name, item.url, note)
    if not isinstance(contact, PlaceEntry):
        return Parole(who, topics)
    return Parole(who, topics, telephone=contact.telephone or "", courriel=contact.courriel or "")


def _pictures(site: Site) -> Iterator[ImageLibre]:
    for kind in where(lambda info: info.cited):
        for item in site.of_kind(kind):
            image = item.entry.image
            picture = picture_of(item, site)
            if image and picture and image.licence in _FREE and not item.entry.exemple:
                yield ImageLibre(picture, Lien(item.name, item.url), picture.licence)
