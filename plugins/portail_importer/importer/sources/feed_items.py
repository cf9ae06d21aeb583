"""One item of a feed, whatever its words: RSS, Dublin Core, Media RSS, Atom, events of RSS 1.0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeAlias

from lxml import etree
from msgspec.structs import replace

from portail.features.services.oublis.leftovers import is_account
from portail.text.addresses import joined_address
from portail_importer.importer.public import said_in, says

from ..kinds import MEETING, TEXT
from .cleaning import markup_of
from .items import Picture, SourceItem
from .moments import (
    between,
    doubtful_end,
    moment_of,
)
from .pictures import (
    credited,
    is_picture,
    licence_of,
    resolved,
)
from .prose import (
    clear,
    derived,
    is_html,
    link,
    many_lines,
    once,
    one_line,
)
from .record import Record
from .schema_org import Graph, blocks_of, is_event, page_of
from .schema_things import event_of, language

_XML = "http://www.w3.org/XML/1998/namespace"
# Attributes that any element may have.
NAMES = {"lang": f"{{{_XML}}}lang", "base": f"{{{_XML}}}base"}
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/event/": "ev",
    "urn:ietf:params:xml:ns:xcal": "ev",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.georss.org/georss": "georss",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://wellformedweb.org/CommentAPI/": "wfw",
    "http://www.w3.org/2007/app": "app",
    "http://purl.org/atom/app#": "app",
    "http://schemas.google.com/blogger/2018": "blogger",
    "http://backend.userland.com/creativeCommonsRssModule": "creativecommons",
    "http://web.resource.org/cc/": "cc",
    "http://creativecommons.org/ns#": "cc",
    "http://prismstandard.org/namespaces/basic/2.0/": "prism",
}
_THREADS = "http://purl.org/syndication/thread/1.0"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
# How XML of others is parsed: nothing is fetched, no sign grows, no tree fills memory.
SAFE: Mapping[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
}
_CHILDREN = 5_000
# What is no field: comments, the next item of a feed that closes none.
_ITEMS = ("", "item", "entry")
_GROUPS = ("media:group", "app:control")

# The elements of an item by their names after the prefix that their namespaces usually have.
Pairs: TypeAlias = Iterable[tuple[str, etree._Element]]


def local(element: etree._Element) -> str:
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.rpartition("}")[2].rpartition(":")[2]


def atom_base(element: etree._Element, base: str) -> str:
    """The address from which those of an element are read: each ``xml:base`` inside the others."""
    for node in reversed([element, *element.iterancestors()]):
        base = joined_address(base, node.get(NAMES["base"], ""))
    return link(base)


def pairs_of(item: etree._Element) -> Pairs:
    """The elements of an item, those of groups one by one."""
    for child in islice(item, _CHILDREN):
        if local(child) in _ITEMS:
            continue
        space, _, own = str(child.tag).rpartition("}")
        prefix = _PREFIXES.get(space[1:], "")
        name = f"{prefix}:{own}" if prefix else own
        yield from pairs_of(child) if name in _GROUPS else ((name, child),)


def xml_item(item: etree._Element, base: str, spoken: str) -> SourceItem:
    about = ""
    if _RDF in item.nsmap.values():
        about = item.get(f"{{{_RDF}}}about", "")
    places = (it.get("href") or it.text or "" for it in item if local(it) in ("link", "guid", "id"))
    answers = item.find(f"{{{_THREADS}}}in-reply-to") is not None
    ends = (place.strip().partition("#comment")[2].lstrip("-") for place in places)
    answers = answers or any(map(str.isdecimal, ends))
    found = item_of(
        pairs_of(item), base, spoken, link(joined_address(base, about)) if about else ""
    )
    comment = said_in("flux", {"kind": "comment"}) if answers else ()
    return replace(found, said=(*comment, *found.said))


def item_of(pairs: Pairs, base: str, spoken: str, about: str = "") -> SourceItem:
    """The content of an item; ``base`` is the address from which its own are read."""
    record = Record("flux", pairs)
    titre = clear(_first(record, "titre"))
    resume = _first(record, "resume")
    html = _html(record)
    if not html:
        html, resume = resume, ""
    begins = record.moment("debut", _text)
    ends = record.moment("fin", _text)
    quand = between(begins, ends)
    changed = record.moment("modifie", _text)[:10]
    published = record.moment("publie_le", _text)[:10]
    url = _url(record, base) or about
    identifier = next(filter(None, map(_line, record.all("identifiant"))), "")
    names = _authors(record)
    places = (clear(_text(element) or element.get("href", "")) for element in record.all("lieu"))
    organisers = [_unmailed(_text(element)) for element in record.all("organisateur")][-1:]
    picture = _picture(record, base)
    words, said = _words(record)
    rest = [*_rest(record)]
    written = is_html(html) or "&" in html
    item = SourceItem(
        row=1,
        kind=MEETING if quand else TEXT,
        namespace="flux",
        identifier=identifier or url or derived(titre, {"debut": published}),
        titre=titre,
        resume=clear(_without_path(resume)),
        quand=quand,
        adresse=next(filter(None, places), ""),
        mots=words,
        organisateurs=once(organisers),
        langue=language(next(map(_line, record.all("langue")), spoken)),
        droits=rights_in(record),
        publie_le=published or changed,  # Atom may say its last change alone
        modifie=changed,
        said=said_in("flux", said | dict(rest), moment_of),
        url=url,
        picture=picture,
        extra={"auteurs": names} if names and not quand else {},
        losses=tuple(dict.fromkeys(record.losses)),
        untaken=tuple((name, text) for name, text in rest if not says("flux", name)),
        doubts=doubtful_end("fin", begins, ends),
        html=html if written else "",
        texte="" if written else html,
    )
    return _with_twin(item)


def _rest(record: Record) -> Iterator[tuple[str, str]]:
    for name, element in record.rest():
        yield name, _line(element) or one_line(" ".join(map(str, element.values())))


def _without_path(html: str) -> str:
    head, mark, _ = html.partition('rel="directory"')
    if mark:
        return head[: head.rfind("<a")].rstrip("- \n")
    return html


def _with_twin(item: SourceItem) -> SourceItem:
    # ``item`` with what the data for machines of its text say of an event.
    if "ld+json" not in item.html:
        return item
    graph = Graph(blocks_of(page_of(item.html))[0])
    event = next(filter(is_event, graph.nodes), None)
    if event is None:
        return item
    twin = event_of(event, graph, 1, item.url)
    return replace(
        twin,
        namespace=item.namespace,
        identifier=item.identifier,
        html=item.html,
        texte="",
        url=item.url or twin.url,
        titre=twin.titre or item.titre,
        picture=item.picture or twin.picture,
        publie_le=item.publie_le,
        droits=twin.droits or item.droits,
        said=(*item.said, *twin.said),
        losses=(*item.losses, *twin.losses),
        untaken=(*item.untaken, *twin.untaken),
    )


def _text(element: etree._Element) -> str:
    return many_lines("".join(map(str, element.itertext())))


def _line(element: etree._Element) -> str:
    return one_line(_text(element))


def _unmailed(text: str) -> str:
    # A name without the address of mail beside it: « a@example.org (Camille Fictive) ».
    return " ".join(word for word in clear(text).split() if "@" not in word).strip("() ")


def _markup(element: etree._Element) -> str:
    if len(element) == 0:
        text = _text(element)
        plain = element.get("type") in ("text", "text/plain")
        if plain:
            return text.replace("&", "&amp;").replace("<", "&lt;")
        return text
    return markup_of(element)


def _first(record: Record, key: str) -> str:
    return next(filter(None, map(_markup, record.all(key))), "")


def _html(record: Record) -> str:
    texts: list[str] = []
    for element in record.all("texte"):
        kind = element.get("type", "").lower()
        if "/" not in kind or kind.startswith(("text/", "application/xhtml")):
            texts.append(_markup(element))
    return max(texts, key=len, default="")


def _url(record: Record, base: str) -> str:
    # The page of an item: its link, else its identifier when it is an address.
    urls: list[str] = []
    for element in record.all("lien"):
        rel = element.get("rel", "alternate")
        written = element.get("href") or _text(element)
        if rel == "alternate" and written:
            urls.append(link(joined_address(base, written)))
    named = [it for name, it in record.rows("identifiant") if name == "guid"]
    urls += [link(_text(it)) for it in named if it.get("isPermaLink", "true") == "true"]
    return next(filter(None, urls), "")


def rights_in(record: Record) -> tuple[str, ...]:
    """What an item, or a feed, says of its rights: in words, or by the address of a licence."""
    told = [*record.all("droits")]
    told += [it for it in record.all("lien") if it.get("rel") == "license"]
    named = (it.get(f"{{{_RDF}}}resource") or it.get("href") or _text(it) for it in told)
    return once(map(one_line, named))


def _words(record: Record) -> tuple[tuple[str, ...], dict[str, str]]:
    # Key words, and what Blogger says among them of the sort of the item.
    words: list[str] = []
    said: dict[str, str] = {}
    for element in record.all("mots"):
        word = element.get("label") or element.get("term") or _text(element)
        if element.get("scheme", "").endswith("#kind"):
            said.setdefault("kind", word.rpartition("#")[2])
        else:
            words.append(word)
    for element in record.all("sujets"):
        words += _text(element).replace(";", ",").split(",")
    return once(map(clear, words)), said


def _authors(record: Record) -> list[str]:
    names: list[str] = []
    for element in record.all("auteurs"):
        own = next((child for child in element if local(child) == "name"), element)
        name = _unmailed(_text(own))
        if not is_account(name):
            names.append(name)
    return [*once(names)]


def _picture(record: Record, base: str) -> Picture | None:
    enclosed = [it for it in record.rows("lien") if it[1].get("rel") == "enclosure"]
    files = (_enclosed(it, base) for _, it in (*record.rows("fichiers"), *enclosed))
    own = next(filter(None, files), None)
    alt, credit, licence = (
        next((clear(_text(it) or it.get("href", "")) for it in record.all(key)), "")
        for key in ("alt", "credit", "licence")
    )
    return own and Picture(own.source, own.alt or alt, own.credit or credit, own.licence or licence)


def _enclosed(element: etree._Element, base: str) -> Picture | None:
    source = resolved(element.get("url") or element.get("href") or "", base)
    sort = f"{element.get('type', '')} {element.get('medium', '')}"
    if source and ("image" in sort or is_picture(source)):
        inner = {local(child): clear(_text(child)) for child in element}
        described = inner.get("description", "")
        credit = inner.get("credit", "") or credited(described)
        addresses = (child.get("href", "") for child in element)
        licence = licence_of(*addresses, inner.get("license", ""))
        return Picture(source, described or inner.get("title", ""), credit, licence)
    return None
