"""The body of a content as its page shows it: addresses of the site, pictures in their sizes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from itertools import groupby

from portail.body.portable import ImageTarget, resolve
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.outputs.picture_sizes import shown_size, tailles
from portail.site.item import Item, MediaRecord
from portail.source.store import Store
from portail.text.typography import SafeHtml, poids

_SIZES = "(max-width: 40em) 94vw, 38rem"
"""How wide a picture of a body is shown: the reading column (``--colonne``), else the screen."""


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
    """The same for an item and its files by the name it gives them; ``target`` says how a picture
    is shown, from its file, ``prefix`` and its credit."""
    image = item.entry.image
    head = medias.get(image.fichier) if image else None
    links = {name: url if url[:1] == "#" else prefix + url for name, url in item.links.items()}
    images: dict[str, ImageTarget] = {}
    for name, media in medias.items():
        links[name] = prefix + media.url
        if media.pixels:
            images[name] = target(media, prefix, image.credit if image and media is head else "")
    html = resolve(bodies.body(item.stored).html, links, images)
    for media in {one.url: one for one in medias.values() if not one.pixels}.values():
        html = _weighed(html, media, prefix)
    return SafeHtml(html)


def _weighed(html: str, media: MediaRecord, prefix: str) -> str:
    """``html`` where links to a document say its format and its weight (RGAA 13.3)."""
    said = f"{media.path.suffix[1:].upper()}, {poids(media.file.stat().st_size)}"
    link = re.compile(
        rf'(<a href="{re.escape(escape(prefix + media.url))}"[^>]*>.*?)</a>', re.DOTALL
    )
    return link.sub(lambda found: f"{found[1]} ({said})</a>", html)


def _target(media: MediaRecord, prefix: str, credit: str) -> ImageTarget:
    files = tailles(media)
    *better, (_, last) = [
        (kind, ", ".join(f"{prefix}{one.url} {one.largeur}w" for one in group))
        for kind, group in groupby(files, lambda one: one.type)
    ]
    return ImageTarget(
        prefix + files[-1].url,
        *shown_size(media, files[-1].largeur),
        credit,
        last,
        _SIZES,
        tuple(better),
        prefix + media.url if media.animated else "",
    )
