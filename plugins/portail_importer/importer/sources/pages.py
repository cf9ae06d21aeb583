"""One page of a site: what it says for machines first, else what its readers see."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import chain, product

from lxml import etree
from msgspec.structs import replace

from portail.diagnostics import Refused
from portail.model.kinds import FORMS, Kind
from portail.text.addresses import address_parts
from portail.text.normalise import fold

from ..kinds import TEXT
from .extract import Around, Shown, content_shown
from .items import Loss, SourceItem
from .pictures import with_legend
from .prose import decoded, derived, differ, text_of
from .schema_org import (
    Graph,
    Node,
    blocks_of,
    is_event,
    items_of,
    name_of,
    page_of,
)
from .schema_things import article_of, event_of, is_article

PAGE_BYTES = 5_000_000
# Most tags of a page: beyond, it is a list, or made to harm.
MOST_TAGS = 60_000
_MOST_EVENTS = 2_000
_MOST_TWINS = 50
# Words of a page that says something.
_ENOUGH = 25
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|main|article|div|p|h1|meta)[\s>]", re.IGNORECASE
)
_FEEDS = ("<rss", "<feed", "<rdf:RDF")
_HEAD = 4_096
_TO_READ = Loss("texte", reason="il vient de ce que la page montre\u00a0: relisez-le")


def recognised(text: str) -> bool:
    head = text[:_HEAD].lstrip("\ufeff \n\t\r")
    return (
        head[:1] == "<"
        and _HTML.search(head) is not None
        and not any(name in head for name in _FEEDS)
    )


def read(data: bytes, name: str, day: date, address: str = "") -> Iterator[SourceItem]:
    """The contents of a page, which was at ``address``: its events, else its text. Raises
    ``Refused``."""
    yield from of_page(data, name, Around(address), 1)


def parsed(data: bytes, name: str) -> etree._Element:
    if len(data) > PAGE_BYTES:
        raise Refused(
            f"« {name} » pèse plus de {PAGE_BYTES // 1_000_000} Mo : ce n’est pas une page."
        )
    if data.count(b"<") > MOST_TAGS * 2:
        raise Refused(f"« {name} » compte plus de {MOST_TAGS} balises : ce n’est pas une page.")
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = decoded(data if is_wide else data.replace(b"\0", b""), name)
    return page_of(text)


def of_page(data: bytes, name: str, around: Around, row: int) -> Iterator[SourceItem]:
    """The contents of a page, numbered from ``row``. Raises ``Refused``."""
    page = parsed(data, name)
    values, broken = blocks_of(page)
    graph = Graph(values)
    if not any(map(is_event, graph.nodes)):
        marked = Graph(items_of(page))
        if any(map(is_event, marked.nodes)):
            graph = marked
    content = content_shown(page, around)
    events = _events(graph)
    alone = len(events) == 1
    nodes = (event_of(event, graph, rank, content.url) for rank, event in enumerate(events, row))
    items = [_told(item, content, alone=alone) for item in nodes]
    items = items or [_content(page, graph, content, row)]
    items[0] = replace(items[0], losses=(*broken, *items[0].losses))
    shared = Counter(item.identifier for item in items)
    for item in items:
        if shared[item.identifier] > 1:  # the address of all of them names none
            item = replace(item, identifier=derived(item.titre, item.quand))
        yield item


def _events(graph: Graph) -> list[Node]:
    # The events of a page, each once; parts of another are told by it.
    kin = [
        node.get(key) for node, key in product(graph.nodes, ("subEvent", "subEvents", "superEvent"))
    ]
    inner: set[int] = set()
    for value in kin:
        inner.update(id(part) for part in graph.inside(value))
    by_key: dict[tuple[str, str], list[Node]] = defaultdict(list)
    for node in graph.nodes:
        if is_event(node) and id(node) not in inner:
            twins = by_key[str(node.get("name")).casefold(), str(node.get("startDate"))]
            twins += [node] if all(_are_two(node, twin) for twin in twins[:_MOST_TWINS]) else []
    return list(chain.from_iterable(by_key.values()))[:_MOST_EVENTS]


def _are_two(first: Node, second: Node) -> bool:
    # Whether events of one title and beginning have each its page, its place or its text.
    return differ(
        *(
            (it.get("url"), name_of(it.get("location")), it.get("description"))
            for it in (first, second)
        )
    )


def _content(page: etree._Element, graph: Graph, content: Shown, row: int) -> SourceItem:
    # The text of a page, to be read again; why it is none, when it shows others or leads away.
    article = next(filter(is_article, graph.nodes), None)
    if content.listing and article not in graph.tops:
        reason = f"Page de liste\u00a0: {content.listing}."
        return SourceItem(row=row, titre=content.titre, url=content.url, refused=reason)
    leads = any(tag.get("http-equiv", "").lower() == "refresh" for tag in page.iter("meta"))
    if leads and len(text_of(content.html).split()) < _ENOUGH:
        reason = "Elle ne fait que mener à une autre page."
        return SourceItem(row=row, titre=content.titre, url=content.url, refused=reason)
    item = SourceItem(row=row, kind=_kind_of(content), namespace="page", titre=content.titre)
    if article is not None:
        item = article_of(article, graph, row, content.url)
    elif item.kind.info.dated:
        item = replace(item, quand=content.quand)
    if content.auteurs and item.kind is TEXT:
        item = replace(item, extra={"auteurs": [*content.auteurs], **item.extra})
    if text_of(content.html):
        item = replace(item, html=content.html, texte="")
    return replace(_told(item, content, alone=True), doubts=(_TO_READ,))


def _kind_of(content: Shown) -> Kind:
    *folders, _ = ["", *filter(None, address_parts(content.url).path.lower().split("/"))]
    kinds = (kind for kind in FORMS if not set(kind.info.elsewhere).isdisjoint(folders))
    return next(kinds, TEXT)


def _told(item: SourceItem, content: Shown, *, alone: bool) -> SourceItem:
    # What programs are told, with what readers of its page see where it is ``alone`` and silent.
    own_url = content.url if alone else ""
    titre = item.titre or content.titre
    named = f"{content.identifier}\n{titre}" if alone and content.identifier else titre
    identifier = own_url or item.identifier or derived(named, item.quand)
    item = replace(item, identifier=identifier, url=item.url or own_url)
    if not alone:
        return item
    return replace(
        item,
        titre=titre,
        resume=item.resume or ("" if fold(content.resume) == fold(titre) else content.resume),
        mots=item.mots or content.mots,
        langue=item.langue or content.langue,
        droits=item.droits or content.droits,
        publie_le=item.publie_le or content.publie_le,
        modifie=item.modifie or content.modifie,
        picture=with_legend(item.picture or content.picture, content.pictures),
    )
