"""Guides for contributors and editors: the project's own documents, as pages of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace

from portail.body.portable import ImageTarget, resolve
from portail.body.render import render_body
from portail.files import digest_bytes
from portail.model.kinds import DATED
from portail.outputs.base import Digest, SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import ACCUEIL, frame_of, page_of
from portail.outputs.pages.views.shared import Lien, PageView, page_view
from portail.qr import qr
from portail.resources import docs_dir, rows_of
from portail.site.memo import per_site
from portail.site.site import Site
from portail.source.medias import read_header
from portail.text.typography import SafeHtml

from ..contribuer.addresses import CONTRIBUTE
from . import documents
from .documents import GUIDES

_SUMMED_UP = 160
_WORDS: Mapping[str, str] = rows_of("portail_contribuer.guides", "mots")["fiche"]
_SHEET = Lien(_WORDS["titre"], f"{GUIDES}fiche-structure/")


def plan_guides(site: Site) -> Iterator[TemplatePage]:
    """A page for each guide, a sheet to print. What a page reads of the documents is among its
    arguments, as digests."""
    if not site.part("guides"):
        return
    hint = SitemapHint()
    shelf = _now(site)
    if _has_sheet(site):
        yield drawn(site, _SHEET.url, "fiche_structure.html", _sheet, sitemap=hint)
    for guide, digest in zip(shelf.guides, shelf.digests, strict=True):
        arguments = guide.url, digest, shelf.common
        yield drawn(site, guide.url, "guide.html", _show, *arguments, sitemap=hint)


def _sheet(site: Site) -> PageView:
    config = site.config
    address = config.typed(CONTRIBUTE)
    return page_view(
        **page_of(site, _WORDS, _SHEET.url, Lien("Contribuer", CONTRIBUTE), Lien("Guides", GUIDES)),
        taille="",
        retour=Lien("Les guides", GUIDES),
        adresse=address,
        qr=qr(config.absolute(CONTRIBUTE)) if address else None,
        delai=config.contribuer.delai,
        courriel=config.courriel,
    )


def _show(site: Site, url: str, digest: str, common: str) -> PageView:
    # The guide at ``url``: ``digest`` is its own, ``common`` that of what every guide shows.
    shelf = _now(site)
    prefix = site.config.base
    guide = next(candidate for candidate in shelf.guides if candidate.url == url)
    links = {
        target: documents.link_of(target, guide, shelf.urls)
        for target in documents.targets(guide.texte)
    }
    body = _body(documents.unlinked(guide.texte, links), guide.source)
    published = ((target, url) for target, url in links.items() if url)
    addresses = {target: url if url[:1] == "#" else prefix + url for target, url in published}
    shown = {
        name: ImageTarget(prefix + image.src, image.width, image.height)
        for name, image in shelf.images.items()
    }
    above = (ACCUEIL, Lien("Contribuer", CONTRIBUTE))
    index = () if url == GUIDES else (Lien("Guides", GUIDES),)
    return page_view(
        cadre=frame_of(site),
        titre=guide.titre,
        description=body.facts.excerpt[:_SUMMED_UP],
        url=url,
        fil=(*above, *index),
        corps=SafeHtml(resolve(body.html.html, addresses, shown)),
        sommaire=body.facts.toc,
        guides=tuple(_beside(url, shelf.guides, site)),
    )


@per_site
def _now(site: Site) -> SimpleNamespace:
    docs = docs_dir()
    return _shelf(docs, site.config.sans, documents.state_of(docs))


@lru_cache(2)
def _shelf(docs: Path, sans: tuple[str, ...], state: object) -> SimpleNamespace:
    guides = documents.guides_of(docs, sans)
    images = {f"images/{path.name}": _target(path) for path in documents.pictures_of(docs)}
    urls = {guide.source: guide.url for guide in guides}
    common = (sorted(urls.items()), [guide.titre for guide in guides], sorted(images.items()))
    digests = tuple(_digest(guide) for guide in guides)
    return SimpleNamespace(
        guides=guides, urls=urls, images=images, digests=digests, common=_digest(common)
    )


def _digest(content: object) -> Digest:
    return digest_bytes(repr(content).encode())


def _target(path: Path) -> ImageTarget:
    header = read_header(path.read_bytes(), "WebP")
    return ImageTarget(f"{documents.IMAGES}{path.name}", header.width, header.height)


def _beside(url: str, guides: Iterable[documents.Guide], site: Site) -> Iterator[Lien]:
    if url != GUIDES:
        yield from (Lien(guide.titre, guide.url) for guide in guides if guide.url != GUIDES)
    if _has_sheet(site):
        yield _SHEET


def _has_sheet(site: Site) -> bool:
    # Whether there is a sheet to print: it tells how to announce an event.
    return any(kind.value not in site.config.sans for kind in DATED)


# The same text of a guide is read once, whatever else portals of one process show.
_body = lru_cache(32)(render_body)
