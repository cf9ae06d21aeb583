"""The page of one content: from its inputs to its view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from portail.body.players import frame_origins
from portail.config import SiteConfig
from portail.facts.base import terms_of
from portail.feature import EDITORS, Keeping
from portail.forge import file_url
from portail.model.collections import PlaceEntry
from portail.model.kinds import DATED, Kind
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import TRADE, listing_of, theme_of
from portail.text.typography import plain

from ...base import SitemapHint, TemplatePage, drawn
from ..cards import card_of, minutes_of
from ..frame import ACCUEIL, frame_of, title_of
from ..slots import DESCRIBED, FACADE
from ..views.entry import EntryView
from ..views.shared import Facade, Fait, Lien
from ..words import WORDS
from .inputs import ENTRY_FIELDS, EntryInputs, Table, entry_inputs, practical_box
from .reading import body_of, reading_of

# Reference of the page of the instance that the register ends.
PRIVACY = f"{Kind.PAGE.value}/confidentialite"
_MOTS = WORDS["garde"]
KEPT = (
    Keeping(_MOTS["affichage"], _MOTS["affichage_jusque"], keys=("affichage",)),
    Keeping(
        _MOTS["textes"],
        _MOTS["textes_jusque"],
        EDITORS,
        basis=_MOTS["textes_fondement"],
        readers=_MOTS["textes_destinataires"],
    ),
)


def register_of(site: Site) -> tuple[Table, ...]:
    """What a portal with these settings keeps: a table for each who keeps it."""
    every = (*KEPT, *chain.from_iterable(feature.keeps for feature in site.features))
    tables: dict[str, list[Fait]] = {}
    for one in every:
        if one.is_used(site.config):
            ground = Lien(_MOTS["rgpd"].format(one.basis, one.readers))
            tables.setdefault(one.who, []).append(Fait(one.what, (Lien(one.until), ground)))
    return tuple((who, tuple(rows)) for who, rows in tables.items())


def entry_view(inputs: EntryInputs, site: Site) -> EntryView:
    """The view of one content, from nothing but its inputs and what every page shares."""
    item = inputs.item
    entry = item.entry
    body = body_of(inputs, site.config.base, site.bodies)
    return EntryView(
        cadre=frame_of(site),
        titre=plain(entry.titre),
        description=plain(entry.resume or item.facts.excerpt),
        nom_court=item.short if item.short != item.name else "",
        rubrique="" if item.reseau else listing_of(entry.kind),
        noindex=not entry.indexable,
        entry=entry,
        kind=entry.kind.value,
        themes=tuple(_themes(item, site)),
        signature=inputs.signature,
        publie=entry.publie_le,
        modifie=entry.modifie,
        minutes=minutes_of(item.facts.words),
        corps=body,
        origines=frame_origins(body),
        sommaire=item.facts.toc,
        licence=Lien(*terms_of(item, site)[:2]),
        fichier_url=_forge(inputs, site.config),
        machine=next(DESCRIBED.ask(site, inputs), None),
        lecture=reading_of(inputs, site.config),
        **{**_around(inputs, site), **_own(inputs, site)},
    )


def _themes(item: Item, site: Site) -> Iterator[Lien]:
    for code in item.entry.themes:
        if not item.apart or code in site.indexes.by_theme:
            yield Lien(site.vocabularies.label("themes", code), theme_of(code))


# What a page says of a content as its card does.
_OF_CARD = (
    "url surtitre theme image empreinte profonde chiffre feuille fin suite etiquettes".split()
)


def _around(inputs: EntryInputs, site: Site) -> dict[str, Any]:
    card = inputs.card
    related = inputs.related
    return {
        **{name: getattr(card, name) for name in _OF_CARD},
        "territoires": tuple(Lien(name, url) for name, url in inputs.territoires),
        "blocs": related.blocs,
        "autour": related.autour.bloc,
        "acteurs": inputs.acteurs,
        "calendrier": inputs.calendrier,
        "embarquer": inputs.embarquer,
        "langues": inputs.langues,
        "flux": inputs.flux,
        "fil": _trail(inputs.item),
        "facade": facade_of(inputs.item, site),
        "message": None,
        "boutons": (),
        "tableaux": register_of(site) if inputs.item.ref == PRIVACY else (),
        "carte": inputs.carte,
    }


def facade_of(item: Item, site: Site) -> tuple[Facade, Lien] | None:
    """The place that it is, or where it takes place, drawn; the page of that place."""
    place = None
    if isinstance(item.entry, PlaceEntry):
        place = item
    elif item.entry.kind in DATED:
        place = site.lieu_of(item.entry)
    if place and (drawing := next(FACADE.ask(site, place), None)):
        return drawing, Lien(place.short, place.url)
    return None


def _own(inputs: EntryInputs, site: Site) -> Mapping[str, Any]:
    item = inputs.item
    fields_of = ENTRY_FIELDS.of(site.features, item.entry.kind)
    fields = fields_of(inputs, site) if fields_of else {}
    if "faits" in fields:
        return fields
    return {"faits": practical_box(site, item.ref), **fields}


def _trail(item: Item) -> tuple[Lien, ...]:
    info = item.entry.kind.info
    if item.reseau and not item.apart:
        return ACCUEIL, Lien(title_of("vie-du-reseau"), TRADE)
    if info.listing and not item.apart:
        return ACCUEIL, Lien(info.rubrique, info.listing)
    return (ACCUEIL,)


def _forge(inputs: EntryInputs, config: SiteConfig) -> str:
    entry = inputs.item.entry
    if not config.depot or entry.sans_fichier:
        return ""
    return file_url(config.depot, config.branche, str(entry.source))


def _page(item: Item, site: Site) -> TemplatePage:
    entry = item.entry
    template = entry.kind.info.template
    source = None if entry.sans_fichier else entry.source
    hint = _hint(item, site)
    return drawn(site, item.url, template, _show, item.ref, source=source, sitemap=hint)


def _show(site: Site, ref: str) -> EntryView:
    return entry_view(entry_inputs(site.items[ref], site), site)


def _hint(item: Item, site: Site) -> SitemapHint | None:
    if not item.entry.indexable:
        return None
    picture = card_of(site, item.ref).image
    return SitemapHint(item.entry.jour, (picture.url,) if picture else ())


def content_pages(site: Site, *refs: str) -> Iterator[TemplatePage]:
    """The pages of these contents. What is not published, or is part of another page, has none."""
    items = (site.items.get(ref) for ref in refs)
    return (_page(item, site) for item in items if item and item.entry.kind.info.has_page)
