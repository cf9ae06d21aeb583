"""Guides for contributors and editors: the project's own documents, as pages of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from portail.body.render import RenderedBody, render_body
from portail.body.resolve import ImageTarget, resolve
from portail.drawing.qr import qr
from portail.files import digest_bytes
from portail.outputs.base import Digest, SitemapHint, TemplatePage
from portail.outputs.guides.documents import (
    IMAGES,
    Guide,
    guides_of,
    has_guides,
    link_of,
    pictures_of,
    state_of,
    targets,
    unlinked,
)
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.kit import Kit, kit_of
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
    each picture by its name; ``digests`` of each guide, ``common`` of what each shows besides: the
    names of the others, the pictures."""

    guides: tuple[Guide, ...]
    urls: Mapping[PurePosixPath, str]
    images: Mapping[str, ImageTarget]
    digests: tuple[Digest, ...]
    common: Digest

    def links(self, guide: Guide) -> dict[str, str]:
        """Site path of all that a guide names, by its target as written."""
        return {target: link_of(target, guide, self.urls) for target in targets(guide.texte)}


def plan_guides(site: Site) -> Iterator[TemplatePage]:
    """A page for each guide, which leads to the others; a sheet to print."""
    frame, kit = frame_of(site), kit_of(site)
    docs = docs_dir()
    if not has_guides(docs):
        return
    yield _sheet(site, frame, kit)
    shelf = _shelf(docs, state_of(docs))
    for guide, digest in zip(shelf.guides, shelf.digests, strict=True):
        yield TemplatePage(
            file_of(guide.url),
            guide.url,
            "guide.html",
            (frame.digest, digest, shelf.common),
            _viewer(guide, shelf, frame, site.config.base),
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


@lru_cache(2)
def _shelf(docs: Path, state: object) -> _Shelf:
    """Read once for one ``state`` of the documents."""
    guides = guides_of(docs)
    images = {f"images/{path.name}": _target(path) for path in pictures_of(docs)}
    urls = {one.source: one.url for one in guides}
    common = (sorted(urls.items()), [one.titre for one in guides], sorted(images.items()))
    digests = tuple(_digest(one) for one in guides)
    return _Shelf(guides, urls, images, digests, _digest(common))


def _digest(told: object) -> Digest:
    return digest_bytes(repr(told).encode())


def _target(path: Path) -> ImageTarget:
    header = read_header(path.read_bytes(), "WebP")
    return ImageTarget(f"{IMAGES}{path.name}", header.width, header.height)


def _others(guides: Iterable[Guide]) -> Iterator[NavGroup]:
    """Every guide but the index, by what it is for."""
    rest = [one for one in guides if one.rank]
    for limit, titre in _GROUPS:
        group = [one for one in rest if one.rank < limit]
        rest = [one for one in rest if one.rank >= limit]
        if group:
            sheet = (_SHEET,) if limit == _GROUPS[0][0] else ()
            yield NavGroup(titre, (*(Lien(one.titre, one.url) for one in group), *sheet))
    if rest:
        yield NavGroup(_LAST, tuple(Lien(one.titre, one.url) for one in rest))


def _viewer(guide: Guide, shelf: _Shelf, frame: Frame, prefix: str) -> Callable[[], GuideView]:
    def view() -> GuideView:
        links = shelf.links(guide)
        body = _rendered(unlinked(guide.texte, links), guide.source)
        addresses = {
            target: url if url[:1] == "#" else prefix + url for target, url in links.items() if url
        }
        shown = {
            name: ImageTarget(prefix + one.src, one.width, one.height)
            for name, one in shelf.images.items()
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
            guides=tuple(_others(shelf.guides)),
            large=guide.source.parent.name == "champs",
        )

    return view


@lru_cache(256)
def _rendered(texte: str, source: PurePosixPath) -> RenderedBody:
    return render_body(texte, source)
