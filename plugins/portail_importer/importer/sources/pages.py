"""One page of a site: what it says for machines first, else what its readers see."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from msgspec.structs import replace

from portail.diagnostics import Refused
from portail.features.services.restes.leftovers import wall
from portail.model.kinds import FORMS, Kind
from portail.text.normalise import fold

from ..kinds import TEXT
from .addresses import ERROR_PAGE, is_error_page
from .extract import Around, Shown, content_shown, list_page
from .items import SourceItem
from .pictures import with_legend
from .prose import (
    clear,
    decoded,
    derived,
    differ,
    text_of,
)
from .schema_org import (
    Graph,
    Node,
    Tags,
    blocks_of,
    is_event,
    items_of,
    name_of,
    tags_of,
    words,
)
from .schema_things import (
    article_of,
    event_of,
    is_article,
    reserved,
)

PAGE_BYTES = 5_000_000
# Most tags of a page: beyond, it is a list, or made to harm.
MOST_TAGS = 60_000
_MOST_EVENTS = 2_000
_MOST_TWINS = 50
# Words of a page that says something.
_ENOUGH = 25
# A description of a page for machines that is no longer sums up the text that it shows.
_SUMMARY = 600
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|main|article|div|p|h1|meta)[\s>]", re.IGNORECASE
)
_FEEDS = ("<rss", "<feed", "<rdf:RDF")
_HEAD = 4_096
_TEXT = 20_000


def recognised(text: str) -> bool:
    head = text[:_HEAD].lstrip("\ufeff \n\t\r")
    return (
        head[:1] == "<"
        and _HTML.search(head) is not None
        and not any(name in head for name in _FEEDS)
    )


def read(data: bytes, name: str, day: date) -> Iterator[SourceItem]:
    """The contents of a page: its events, else its article. Raises ``Refused``."""
    yield from of_page(data, name, Around(), 1, day)


def parsed(data: bytes, name: str) -> Tags:
    if len(data) > PAGE_BYTES:
        raise Refused(
            f"« {name} » pèse plus de {PAGE_BYTES // 1_000_000} Mo : ce n’est pas une page."
        )
    if data.count(b"<") > MOST_TAGS * 2:
        raise Refused(f"« {name} » compte plus de {MOST_TAGS} balises : ce n’est pas une page.")
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = decoded(data if is_wide else data.replace(b"\0", b""), name)
    return tags_of(BeautifulSoup(text, "lxml"))


def of_page(data: bytes, name: str, around: Around, row: int, day: date) -> Iterator[SourceItem]:
    """The contents of a page, numbered from ``row``. Raises ``Refused``."""
    page = parsed(data, name)
    values, broken = blocks_of(page)
    graph = Graph(values)
    if not any(map(is_event, graph.nodes)):
        marked = Graph(items_of(page))
        graph = marked if any(map(is_event, marked.nodes)) else graph
    content = content_shown(page, around)
    if reason := _no_content(page, content, graph, around):
        yield SourceItem(row=row, titre=content.titre, url=content.url, refused=reason)
        return
    events = _events(graph)
    alone = len(events) == 1
    nodes = (event_of(event, graph, rank, content.url) for rank, event in enumerate(events, row))
    items = [_with_page(item, content, alone=alone) for item in nodes]
    if items:
        items[0] = replace(items[0], losses=(*broken, *items[0].losses))
    shared = Counter(item.identifier for item in items)
    for item in items:
        if shared[item.identifier] > 1:  # the address of all of them names none
            item = replace(item, identifier=derived(item.titre, item.quand))
        yield item
    if not events:
        item = _content(graph, content, row)
        said = (*item.said, *content.said, *reserved(graph))
        yield replace(item, said=said, losses=(*broken, *item.losses))


def _no_content(page: Tags, content: Shown, graph: Graph, around: Around) -> str:
    # Why a page is no content, a French sentence; empty when it is one.
    classes = {name for body in page["body"] for name in body.get_attribute_list("class")}
    if "error404" in classes or is_error_page(urlsplit(content.url).path):
        return ERROR_PAGE
    if (name := wall(content.titre, text_of(content.html[:_TEXT]))) and not graph.tops:
        return f"C’est {name}\u00a0: elle ne dit rien."
    if led := _target(page, around) if content.words < _ENOUGH else "":
        return f"Elle ne fait que mener à « {led} », à rediriger ici."
    reason = "" if any(map(is_event, graph.nodes)) else list_page(page, content, graph, around)
    return f"Page de liste : {reason}." if reason else ""


def _target(page: Tags, around: Around) -> str:
    # The page of the site where a page sends who opens it, as the alias of another does.
    for tag in page["meta"]:
        led = words(tag.get("content")).partition("=")[2].strip("\"' ")
        if around.link and led and words(tag.get("http-equiv")).lower() == "refresh":
            return around.link(led) or led
    return ""


def _events(graph: Graph) -> list[Node]:
    # The events of a page, each once; parts of another are told by it.
    kin = [node.get(key) for node in graph.nodes for key in ("subEvent", "subEvents", "superEvent")]
    inner = {id(part) for value in kin for part in graph.inside(value)}
    by_key: dict[tuple[str, str], list[Node]] = defaultdict(list)
    for node in graph.nodes:
        if is_event(node) and id(node) not in inner:
            twins = by_key[str(node.get("name")).casefold(), str(node.get("startDate"))]
            twins += [node] if all(_are_two(node, twin) for twin in twins[:_MOST_TWINS]) else []
    return [twin for twins in by_key.values() for twin in twins][:_MOST_EVENTS]


def _are_two(first: Node, second: Node) -> bool:
    # Whether events of one title and beginning have each its page, its place or its text.
    return differ(
        *(
            (it.get("url"), name_of(it.get("location")), it.get("description"))
            for it in (first, second)
        )
    )


def _content(graph: Graph, content: Shown, row: int) -> SourceItem:
    article = next(filter(is_article, graph.nodes), None)
    if article is not None:
        return _with_page(article_of(article, graph, row, content.url), content, alone=True)
    kind = _kind_of(content)
    item = SourceItem(row=row, kind=kind, namespace="page", titre=content.titre)
    if kind.info.dated:
        item = replace(item, quand=content.quand)
    return _with_page(item, content, alone=True)


def _kind_of(content: Shown) -> Kind:
    *folders, _ = ["", *filter(None, urlsplit(content.url).path.lower().split("/"))]
    kinds = (kind for kind in FORMS if not set(kind.info.elsewhere).isdisjoint(folders))
    return next(kinds, TEXT)


def _with_page(item: SourceItem, content: Shown, *, alone: bool) -> SourceItem:
    # ``item`` with what readers of its page see, where it is ``alone`` and says nothing.
    own_url = content.url if alone else ""
    url = item.url or own_url
    titre = item.titre or content.titre
    named = f"{content.identifier}\n{titre}" if alone and content.identifier else titre
    identifier = own_url or item.identifier or derived(named, item.quand)
    if not alone:
        return replace(item, identifier=identifier, url=url)
    extra = dict(item.extra)
    if content.auteurs and "auteurs" not in extra and item.kind is TEXT:
        extra["auteurs"] = [*content.auteurs]
    own = item.html or item.texte
    longer = content.words > len(own.split())
    summary = clear(own) if longer and len(own) <= _SUMMARY else ""
    return replace(
        item,
        titre=titre,
        identifier=identifier,
        url=url,
        resume=item.resume
        or summary
        or ("" if fold(content.resume) == fold(titre) else content.resume),
        mots=item.mots or content.mots,
        langue=item.langue or content.langue,
        publie_le=item.publie_le or content.publie_le,
        modifie=item.modifie or content.modifie,
        picture=with_legend(item.picture or content.picture, content.pictures),
        extra=extra,
        losses=(*item.losses, *content.losses),
        html=content.html if longer else item.html,
        texte="" if longer else item.texte,
    )
