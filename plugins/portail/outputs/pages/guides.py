"""Guides for contributors and editors: the project's own documents, as pages of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from portail.body.render import RenderedBody, render_body
from portail.body.resolve import ImageTarget, resolve
from portail.drawing.qr import qr
from portail.files import digest_bytes
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.guides.documents import (
    IMAGES,
    Guide,
    guides_of,
    link_of,
    pictures_of,
    targets,
    unlinked,
)
from portail.outputs.pages.kit import Kit
from portail.outputs.pages.posters import short_address
from portail.outputs.pages.views import FicheStructureView, Frame, GuideView, Lien, NavGroup
from portail.resources import docs_dir
from portail.site.site import Site
from portail.site.urls import CONTRIBUTE, GUIDES, HOME, file_of
from portail.source.pictures import read_header
from portail.text.html import SafeHtml

__all__ = ["plan_guides"]

_SUMMED_UP = 160
_GROUPS = ((100, "Contribuer"), (300, "Ce que dit chaque fichier"), (400, "Pour la rédaction"))
_LAST = "Comprendre un message"
_SHEET = Lien("Une fiche à imprimer pour votre structure", f"{GUIDES}fiche-structure/")


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The guides of an installation: each guide, its address by its file, the address and size of
    each picture by its name."""

    guides: tuple[Guide, ...]
    urls: Mapping[PurePosixPath, str]
    images: Mapping[str, ImageTarget]

    def links(self, guide: Guide) -> dict[str, str]:
        """Site path of all that a guide names, by its target as written."""
        return {target: link_of(target, guide, self.urls) for target in targets(guide.texte)}


def plan_guides(site: Site, frame: Frame, kit: Kit) -> Iterator[TemplatePage]:
    """A page for each guide, which leads to the others; a sheet to print."""
    shelf = _shelf()
    if not shelf.guides:
        return
    yield _sheet(site, frame, kit)
    others = tuple(_others(shelf))
    seen = digest_bytes(repr((others, sorted(shelf.images.items()))).encode())
    for guide in shelf.guides:
        links = shelf.links(guide)
        key = (frame.digest, seen, digest_bytes(repr((guide, links)).encode()))
        yield TemplatePage(
            file_of(guide.url),
            guide.url,
            "guide.html",
            key,
            _viewer(guide, links, shelf.images, others, frame, site.config.base),
            sitemap=SitemapHint(),
        )


def _sheet(site: Site, frame: Frame, kit: Kit) -> TemplatePage:
    """What a structure prints, one page A4."""
    config, address = site.config, short_address(CONTRIBUTE, kit)

    def view() -> FicheStructureView:
        return FicheStructureView(
            cadre=frame,
            titre=_SHEET.texte,
            description="Comment annoncer un rendez-vous, sur une page à imprimer.",
            url=_SHEET.url,
            fil=(Lien("Accueil", HOME), Lien("Contribuer", CONTRIBUTE), Lien("Guides", GUIDES)),
            retour=Lien("Les guides", GUIDES),
            arret="",
            adresse=address,
            qr=qr(config.absolute(CONTRIBUTE)) if address else None,
            delai=config.contributions.delai,
            courriel=config.courriel,
        )

    return TemplatePage(
        file_of(_SHEET.url),
        _SHEET.url,
        "fiche_structure.html",
        (frame.digest,),
        view,
        sitemap=SitemapHint(),
    )


def _shelf() -> _Shelf:
    docs = docs_dir()
    guides = guides_of(docs)
    images = {f"images/{path.name}": _target(path) for path in pictures_of(docs)}
    return _Shelf(guides, {one.source: one.url for one in guides}, images)


def _target(path: Path) -> ImageTarget:
    header = read_header(path.read_bytes(), "WebP")
    return ImageTarget(f"{IMAGES}{path.name}", header.width, header.height)


def _others(shelf: _Shelf) -> Iterator[NavGroup]:
    """Every guide but the index, by what it is for."""
    rest = [one for one in shelf.guides if one.rank]
    for limit, titre in _GROUPS:
        group = [one for one in rest if one.rank < limit]
        rest = [one for one in rest if one.rank >= limit]
        if group:
            sheet = (_SHEET,) if limit == _GROUPS[0][0] else ()
            yield NavGroup(titre, (*(Lien(one.titre, one.url) for one in group), *sheet))
    if rest:
        yield NavGroup(_LAST, tuple(Lien(one.titre, one.url) for one in rest))


def _viewer(
    guide: Guide,
    links: Mapping[str, str],
    images: Mapping[str, ImageTarget],
    others: tuple[NavGroup, ...],
    frame: Frame,
    prefix: str,
) -> Callable[[], GuideView]:
    def view() -> GuideView:
        body = _rendered(unlinked(guide.texte, links), guide.source)
        addresses = {
            target: url if url[:1] == "#" else prefix + url for target, url in links.items() if url
        }
        shown = {
            name: ImageTarget(prefix + one.src, one.width, one.height)
            for name, one in images.items()
        }
        above = (Lien("Accueil", HOME), Lien("Contribuer", CONTRIBUTE))
        index = () if guide.url == GUIDES else (Lien("Guides", GUIDES),)
        return GuideView(
            cadre=frame,
            titre=guide.titre,
            description=body.facts.excerpt[:_SUMMED_UP],
            url=guide.url,
            fil=(*above, *index),
            corps=SafeHtml(resolve(body.html.html, addresses, shown)),
            sommaire=body.facts.toc,
            guides=others,
            large=guide.source.parent.name == "champs",
        )

    return view


@lru_cache(256)
def _rendered(texte: str, source: PurePosixPath) -> RenderedBody:
    return render_body(texte, source)
