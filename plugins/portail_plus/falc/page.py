"""``/facile-a-lire/``: what has a text in easy French, kind by kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portail.model.kinds import Kind, where
from portail.outputs.base import TemplatePage
from portail.outputs.pages.cards import asked
from portail.outputs.pages.frame import linked_feeds, words_of
from portail.outputs.pages.lists.paging import Group, Grouped, Listing, listed, plan_lists
from portail.outputs.pages.views.shared import Lien
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.memo import answer
from portail.site.site import Site
from portail.text.normalise import slugify
from portail.text.typography import nombre

_WORDS: Mapping[str, Any] = rows_of("portail_plus.falc", "mots")
PAGE = Lien(_WORDS["page"]["titre"], "/facile-a-lire/")


def _easy_items(site: Site, kind: Kind) -> Iterator[Item]:
    for item in site.untitled_of([kind]):
        if item.entry.resume_falc and not (item.is_over or item.reserve or item.reseau):
            yield item


@answer
def easy_refs(site: Site) -> tuple[tuple[str, tuple[str, ...]], ...]:
    kinds = where(lambda info: bool(info.listing) and info.has_page)
    by_kind = ((kind.value, tuple(item.ref for item in _easy_items(site, kind))) for kind in kinds)
    return tuple((folder, refs) for folder, refs in by_kind if refs)


def page_links(site: Site) -> tuple[Lien, ...]:
    if easy_refs(site):
        return (PAGE,)
    return ()


def list_links(site: Site, kind: Kind) -> tuple[Lien, ...]:
    if kind.value in dict(easy_refs(site)):
        return page_links(site)
    return ()


def followed(site: Site) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    refs = tuple(ref for ref, item in site.items.items() if item.entry.resume_falc)
    yield PAGE.url, PAGE.texte, refs


def plan_easy(site: Site) -> Iterator[TemplatePage]:
    return plan_lists(_lists, site)


@listed
def _lists(site: Site) -> Iterator[Listing]:
    if not page_links(site):
        return
    page = words_of(site, _WORDS["page"])
    count = sum(len(refs) for _, refs in easy_refs(site))
    words = _WORDS["nombre"]
    yield Listing(
        url=PAGE.url,
        titre=page["titre"],
        chapo=page["chapo"],
        kind="falc",
        nombre=f"{nombre(count)} {words['plusieurs' if count > 1 else 'un']}",
        grouped=Grouped(tuple(_groups(site))),
        flux=linked_feeds(site, PAGE.url),
    )


def _groups(site: Site) -> Iterator[Group]:
    for folder, refs in easy_refs(site):
        info = Kind(folder).info
        items = [site.items[ref] for ref in refs]
        yield Group(info.rubrique, asked(items), "lignes", slugify(info.rubrique).capitalize())
