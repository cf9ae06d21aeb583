"""One page of a site: what it says for machines first, else what its readers see."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from msgspec.structs import replace

from portail.features.importer.sources.extract import Around, Seen, list_page, seen
from portail.features.importer.sources.found import Found, Loss, Picture
from portail.features.importer.sources.moments import Unclear, when_of
from portail.features.importer.sources.pictures import same_words
from portail.features.importer.sources.prose import clear, derived, text_of
from portail.features.importer.sources.schema_org import (
    Graph,
    Node,
    Tags,
    blocks_of,
    is_event,
    name_of,
    tags_of,
)
from portail.features.importer.sources.schema_things import article_of, event_of, is_article
from portail.features.tableurs.grid import Refused
from portail.model.kinds import FORMS, Kind

PAGE_BYTES = 5_000_000
MOST_TAGS = 60_000
"""Most tags of a page: beyond, it is a list, or made to harm."""
_MOST_EVENTS = 2_000
_MOST_TWINS = 50
_SUMMARY = 600
"""A description of a page for machines that is no longer sums up the text that it shows."""
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|main|article|div|p|h1|meta)[\s>]", re.IGNORECASE
)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]")
_HEAD = 4_096
_TEXT = 20_000
_LABEL = re.compile(r"^(?:dates?|quand|horaires?)\s*:\s*", re.IGNORECASE)
_YEAR = re.compile(r"\b20\d\d\b")


def recognised(text: str) -> bool:
    """Whether ``text`` is a page; its beginning is looked at."""
    head = text[:_HEAD].lstrip("\ufeff \n\t\r")
    return head[:1] == "<" and _HTML.search(head) is not None and not _FEED.search(head)


def read(data: bytes, name: str, day: date) -> Iterator[Found]:
    """The contents of a page: its events, else its article. Raises ``Refused``."""
    yield from of_page(data, name, Around(), 1, day)


def parsed(data: bytes, name: str) -> Tags:
    """The elements of a page. Raises ``Refused``."""
    if len(data) > PAGE_BYTES:
        raise Refused(
            f"« {name} » pèse plus de {PAGE_BYTES // 1_000_000} Mo : ce n’est pas une page."
        )
    if data.count(b"<") > MOST_TAGS * 2:
        raise Refused(f"« {name} » compte plus de {MOST_TAGS} balises : ce n’est pas une page.")
    settled: bytes | str = data
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:  # UTF-8 when it is, whatever the page says; else what it says of itself
            text = data.decode("utf-8-sig").replace("\0", "")
            settled = _without(_without(text, "nav"), "svg")
        except UnicodeDecodeError:
            settled = data.replace(b"\0", b"")
    return tags_of(BeautifulSoup(settled, "lxml"))


def _without(text: str, name: str) -> str:
    """A page without these elements: reading menus takes most of the time of a page."""
    low = text.lower()
    closing = f"</{name}>"
    if len(low) != len(text):  # « İ » is two signs in lower case
        return text
    pieces = []
    done = 0
    while (start := low.find(f"<{name}", done)) >= 0:
        end = low.find(closing, start)
        after = low[start + len(name) + 1 : start + len(name) + 2]
        if end < 0 or not (after.isspace() or after == ">"):
            break
        pieces.append(text[done:start])
        done = end + len(closing)
    return "".join([*pieces, text[done:]])


def of_page(data: bytes, name: str, around: Around, row: int, day: date) -> Iterator[Found]:
    """The contents of a page, numbered from ``row``. Raises ``Refused``."""
    page = parsed(data, name)
    values, broken = blocks_of(page)
    graph = Graph(values)
    told = seen(page, around)
    if reason := list_page(page, told, graph):
        yield Found(row=row, titre=told.titre, url=told.url, refused=f"Page de liste : {reason}.")
        return
    events = _events(graph)
    alone = len(events) == 1
    own = told.url if alone else ""
    nodes = (event_of(event, graph, rank, own, told.url) for rank, event in enumerate(events, row))
    founds = [_joined(found, told, alone=alone) for found in nodes]
    shared = Counter(found.identifier for found in founds)
    for found in founds:
        if shared[found.identifier] > 1:  # the address of all of them names none
            found = replace(found, identifier=derived(found.titre, found.quand))
        yield found
    if not events:
        found = _content(graph, told, row, day)
        yield replace(found, losses=(*broken, *found.losses))


def _events(graph: Graph) -> list[Node]:
    """The events of a page, each once; parts of another are told by it."""
    kin = [one.get(key) for one in graph.nodes for key in ("subEvent", "subEvents", "superEvent")]
    inner = {id(part) for value in kin for part in graph.inside(value)}
    found: dict[tuple[str, str], list[Node]] = defaultdict(list)
    for one in graph.nodes:
        if is_event(one) and id(one) not in inner:
            twins = found[str(one.get("name")).casefold(), str(one.get("startDate"))]
            twins += [one] if all(_are_two(one, other) for other in twins[:_MOST_TWINS]) else []
    return [one for twins in found.values() for one in twins][:_MOST_EVENTS]


def _are_two(one: Node, other: Node) -> bool:
    """Whether events of one title and beginning have each its page, its place or its text."""
    told = (
        (it.get("url"), name_of(it.get("location")), it.get("description")) for it in (one, other)
    )
    return any(mine and theirs and mine != theirs for mine, theirs in zip(*told, strict=True))


def _content(graph: Graph, told: Seen, row: int, day: date) -> Found:
    article = next(filter(is_article, graph.nodes), None)
    if article is not None:
        return _joined(article_of(article, graph, row, told.url), told, alone=True)
    kind = _kind_of(told)
    found = Found(row=row, kind=kind, namespace="page", titre=told.titre)
    if kind.info.dated:
        found = replace(found, quand=told.quand) if told.quand else _dated(found, told, day)
    return _joined(found, told, alone=True)


def _dated(found: Found, told: Seen, day: date) -> Found:
    """``found`` at the first line of its page that is a date and nothing else, its year said."""
    for line in text_of(told.html[:_TEXT]).split("\n"):
        said = _LABEL.sub("", line)
        with suppress(Unclear):
            dated = len(said) <= 120 and _YEAR.search(said)
            if quand := when_of({"debut": said}, day) if dated else {}:
                loss = Loss("date", said, "lue dans le texte : vérifiez-la")
                return replace(found, quand=quand, losses=(*found.losses, loss))
    return found


def _kind_of(told: Seen) -> Kind:
    *folders, _ = ["", *filter(None, urlsplit(told.url).path.lower().split("/"))]
    kinds = (kind for kind in FORMS if not set(kind.info.elsewhere).isdisjoint(folders))
    return next(kinds, Kind.ARTICLE)


def _joined(found: Found, told: Seen, *, alone: bool) -> Found:
    """``found`` with what readers of its page see, where it is ``alone`` and says nothing."""
    own_url = told.url if alone else ""
    url = found.url or own_url
    titre = found.titre or told.titre
    identifier = own_url or found.identifier or derived(titre, found.quand)
    if not alone:
        return replace(found, identifier=identifier, url=url)
    others = dict(found.others)
    if told.auteurs and "auteurs" not in others and found.kind is Kind.ARTICLE:
        others["auteurs"] = [*told.auteurs]
    own = found.html or found.texte
    longer = told.words > len(own.split())
    summary = clear(own) if longer and len(own) <= _SUMMARY else ""
    return replace(
        found,
        titre=titre,
        identifier=identifier,
        url=url,
        resume=found.resume or summary or ("" if same_words(told.resume, titre) else told.resume),
        mots=found.mots or told.mots,
        langue=found.langue or told.langue,
        publie_le=found.publie_le or told.publie_le,
        modifie=found.modifie or told.modifie,
        picture=_picture(found.picture, told),
        others=others,
        losses=(*found.losses, *told.losses),
        html=told.html if longer else found.html,
        texte="" if longer else found.texte,
    )


def _picture(own: Picture | None, told: Seen) -> Picture | None:
    """The picture of the data of a page, with what the page shows of it."""
    if own is None:
        return told.picture
    twin = next((one for one in told.pictures if _file(one.source) == _file(own.source)), None)
    if twin is None:
        return told.picture if told.picture and told.picture.credit and not own.credit else own
    return Picture(
        twin.source if "://" not in twin.source else own.source,
        own.alt or twin.alt,
        own.credit or twin.credit,
        own.licence or twin.licence,
    )


def _file(source: str) -> str:
    return source.rpartition("/")[2].partition("?")[0]
