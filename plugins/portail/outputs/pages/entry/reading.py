"""What a reader may do with a page: send it on, publish its text again; its body."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from itertools import groupby
from operator import attrgetter

from portail.body.portable import ImageTarget, resolve
from portail.config import SiteConfig
from portail.model.entry import Entry
from portail.site.item import Item, MediaRecord
from portail.site.urls import DRAFTS, text_url
from portail.source.store import Store
from portail.text.typography import SafeHtml, named, plain, poids, typeset

from ...pictures import fallback, shown_size, tailles
from ..messages import mailto
from ..views.entry import Lecture
from ..words import WORDS
from .inputs import EntryInputs

_FREE = frozenset({"CC0-1.0", "LicenseRef-domaine-public", "etalab-2.0", "LAL-1.3"})
_TERMS = WORDS["licences"]


def conditions(licence: str | None) -> str:
    """How anyone may publish a text again, in plain French; empty when one may not.

    >>> conditions("CC-BY-NC-4.0"), conditions("MIT")
    ('avec la signature et le lien vers cette page, sans usage commercial', '')
    """
    if licence and licence.startswith("CC-BY"):
        parts = licence.split("-")
        return ", ".join(text for code, text in _TERMS.items() if code in parts)
    if licence in _FREE:
        return _TERMS["BY"]
    return ""


def reading_of(inputs: EntryInputs, config: SiteConfig) -> Lecture:
    """What a reader may do with the page of a content."""
    entry = inputs.item.entry
    url = inputs.card.url
    title = named(typeset(plain(entry.titre)))
    address = config.absolute(url)
    courriel = ""
    if config.siteurl:
        courriel = mailto("", title, f"{title}\n{address}\n")
    return Lecture(
        auteurs=inputs.auteurs,
        recueils=inputs.related.recueils,
        courriel=courriel,
        texte=text_of(entry, url, config),
        reprise=conditions(entry.licence) if entry.kind.info.republished else "",
        **inputs.mending,
    )


def text_of(entry: Entry, url: str, config: SiteConfig) -> str:
    """Site path of the Markdown of the article at ``url``; ``""`` if nobody may publish it."""
    free = config.siteurl and conditions(entry.licence) and not url.startswith(DRAFTS)
    if free and entry.kind.info.republished:
        return text_url(url)
    return ""


# How wide a picture of a body is shown: the reading column (``--colonne``), else the screen.
_SIZES = "(max-width: 40em) 94vw, 38rem"


def body_of(inputs: EntryInputs, prefix: str, bodies: Store) -> SafeHtml:
    """The checked body of a content, every address of the site beginning with ``prefix``."""
    return resolved(inputs.item, inputs.medias, prefix, bodies, _target)


def resolved(
    item: Item,
    medias: Mapping[str, MediaRecord],
    prefix: str,
    bodies: Store,
    target: Callable[[MediaRecord, str, str], ImageTarget],
) -> SafeHtml:
    """The same for an item and its files by name; ``target`` says how a picture is shown."""
    image = item.entry.image
    head = medias.get(image.fichier) if image else None
    links = {name: url if url[:1] == "#" else prefix + url for name, url in item.links.items()}
    images: dict[str, ImageTarget] = {}
    for name, media in medias.items():
        links[name] = prefix + media.url
        if media.pixels:
            images[name] = target(media, prefix, image.credit if image and media is head else "")
    html = resolve(bodies.body(item.stored).html, links, images)
    for media in {
        document.url: document for document in medias.values() if not document.pixels
    }.values():
        html = _weighed(html, media, prefix)
    return SafeHtml(html)


def _weighed(html: str, media: MediaRecord, prefix: str) -> str:
    # ``html`` where links to a document say its format and its weight (RGAA 13.3).
    weight = f"{media.path.suffix[1:].upper()}, {poids(media.weight)}"
    link = re.compile(
        rf'(<a href="{re.escape(escape(prefix + media.url))}"[^>]*>.*?)</a>', re.DOTALL
    )
    return link.sub(lambda match: f"{match[1]} ({weight})</a>", html)


def _target(media: MediaRecord, prefix: str, credit: str) -> ImageTarget:
    *better, (_, last) = [
        (kind, ", ".join(f"{prefix}{size.url} {size.largeur}w" for size in group))
        for kind, group in groupby(tailles(media), lambda size: size.type)
    ]
    file = fallback(media)
    return ImageTarget(
        prefix + file.url,
        *shown_size(media, file.largeur),
        credit=credit,
        srcset=last,
        sizes=_SIZES,
        sources=tuple(better),
        animation=prefix + media.url if media.animated else "",
        whole=prefix + max(tailles(media), key=attrgetter("largeur")).url,
    )
