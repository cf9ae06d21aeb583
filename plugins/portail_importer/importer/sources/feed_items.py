"""One item of a feed, whatever its words: RSS, Dublin Core, Media RSS, Atom, events of RSS 1.0."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, TypeAlias
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from lxml import etree
from msgspec.structs import replace

from portail.features.services.restes.leftovers import is_account
from portail.text.dates import iso_moment, month_number
from portail.text.figures import instant_of
from portail.text.normalise import fold
from portail.text.public import public_table, said_in, says
from portail_importer.importer.kinds import MEETING, TEXT
from portail_importer.importer.sources.items import Loss, Picture, SourceItem
from portail_importer.importer.sources.markdown import markdown_of
from portail_importer.importer.sources.moments import (
    between,
    doubtful_end,
    from_zone,
    here,
    moment,
    of_iso,
)
from portail_importer.importer.sources.pictures import credited, licence_of, resolved
from portail_importer.importer.sources.prose import (
    clear,
    derived,
    is_html,
    link,
    many_lines,
    once,
    one_line,
)
from portail_importer.importer.sources.schema_org import Graph, blocks_of, is_event, tags_of
from portail_importer.importer.sources.schema_things import event_of, language
from portail_importer.importer.sources.zones import abbreviated, zone_named

_XML = "http://www.w3.org/XML/1998/namespace"
NAMES = {"lang": f"{{{_XML}}}lang", "base": f"{{{_XML}}}base"}
"""Attributes that any element may have."""
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
    "http://prismstandard.org/namespaces/basic/2.0/": "prism",
}
_NAMED = re.compile(
    r"(?:[^\W\d_]{2,10}\.?,?\s+)?(\d{1,2})(?:er|st|nd|rd|th)?[\s-]+([^\W\d_]{3,10}\.?)[\s,-]+(\d{4}|\d\d)"
    r"(?:,?\s+(?:[à-]\s+)?(\d{1,2})\s?[:h]\s?(\d{1,2})(?::\d{1,2})?(?:\s*\(?([A-Za-z]{1,5}|[+-]\d\d:?\d\d)\)?)?)?"
)
"""RFC 822, and as French sites write it: « mar., 3 nov. 2026 10:00:00 +0100 », « Vendredi,
13 Novembre, 2026 - 12:22 »."""
_LETTERS = re.compile(r"\b[A-Z]{2,5}$")
_THREADS = "http://purl.org/syndication/thread/1.0"
_COMMENT = re.compile(r"#comment-?\d+$")
_MAIL = re.compile(r"\S*@\S*")
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SAFE: Mapping[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
}
"""How XML of others is parsed: nothing is fetched, no sign grows, no tree fills memory."""
_CHILDREN = 5_000
_ITEMS = ("", "item", "entry")
"""What is no field: comments, the next item of a feed that closes none."""
LOST = "aucun champ ne le dit"

Gathered: TypeAlias = dict[str, Any]
"""What is gathered of an item, by the names of ``_READERS``."""


def local(element: etree._Element) -> str:
    """The name of an element without its namespace, nor the prefix of one that is not declared."""
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.rpartition("}")[2].rpartition(":")[2]


def atom_base(element: etree._Element, base: str) -> str:
    """The address from which those of an element are read: each ``xml:base`` inside the others."""
    for node in reversed([element, *element.iterancestors()]):
        base = urljoin(base, node.get(NAMES["base"], ""))
    return link(base)


def item_of(item: etree._Element, base: str, language_: str) -> SourceItem:
    """The content of an item; ``base`` is the address from which its own are read."""
    gathered: Gathered = {"losses": [], "base": base, "words": [], "names": [], "pictures": []}
    gathered["said"] = {}
    for child in islice(item, _CHILDREN):
        name = _name(child) if local(child) not in _ITEMS else ""
        reader = _READERS.get(name)
        if reader is not None:
            reader(gathered, child)
        elif name:
            _unread(gathered, child)
    if _is_comment(item):
        gathered["said"]["kind"] = "comment"
    about = item.get(f"{{{_RDF}}}about", "") if _RDF in item.nsmap.values() else None
    gathered.setdefault("url", "" if about is None else link(urljoin(base, about)))
    gathered.setdefault("language", language_)
    return content_of(gathered)


def _unread(gathered: Gathered, element: etree._Element) -> None:
    """What no field takes says whether the item is public, or is told."""
    name = _name(element)
    text = one_line(_text(element)) or one_line(" ".join(map(str, element.values())))
    if says("flux", name):
        gathered["said"].setdefault(name, text)
    elif text:
        gathered["losses"].append(Loss(name, text[:100], LOST))


def _is_comment(item: etree._Element) -> bool:
    """Whether an item is what a reader answered to a text: its address says so, or RFC 4685."""
    if item.find(f"{{{_THREADS}}}in-reply-to") is not None:
        return True
    places = (it.get("href") or it.text or "" for it in item if local(it) in ("link", "guid", "id"))
    return any(_COMMENT.search(place.strip()) for place in places)


def _name(element: etree._Element) -> str:
    """Its name after the prefix that its namespace usually has, « dc:creator », else as written."""
    space, _, name = str(element.tag).rpartition("}")
    prefix = _PREFIXES.get(space[1:], "")
    return f"{prefix}:{name}" if prefix else name


def content_of(gathered: Gathered) -> SourceItem:
    """The content of what was gathered of an item."""
    html = gathered.get("html", "")
    resume = gathered.get("resume", "")
    if not html:
        html = resume
        resume = ""
    titre = clear(gathered.get("titre", ""))
    url = gathered.get("url", "")
    begins = gathered.get("debut")
    ends = gathered.get("fin")
    quand = between(begins, ends)
    published = gathered.get("publie_le", "")
    item = SourceItem(
        row=1,
        kind=MEETING if quand else TEXT,
        namespace="flux",
        identifier=gathered.get("id") or url or derived(titre, {"debut": published}),
        titre=titre,
        resume=clear(_without_path(resume)),
        quand=quand,
        adresse=gathered.get("adresse", ""),
        mots=once(map(clear, gathered["words"])),
        organisateurs=tuple(gathered.get("organisers", ())),
        langue=language(gathered.get("language", "")),
        publie_le=published or gathered.get("modifie", ""),  # Atom may say its last change alone
        modifie=gathered.get("modifie", ""),
        said=said_in("flux", gathered["said"], moment_of),
        url=url,
        picture=_picture(gathered, html, url),
        extra={"auteurs": gathered["names"]} if gathered["names"] and not quand else {},
        losses=tuple(dict.fromkeys(gathered["losses"])),
        doubts=doubtful_end("fin", begins, ends),
        **{"html" if is_html(html) or "&" in html else "texte": html},
    )
    return _with_twin(item)


def _without_path(html: str) -> str:
    """A summary of SPIP without the rubric and the words that end it."""
    head, mark, _ = html.partition('rel="directory"')
    return head[: head.rfind("<a")].rstrip("- \n") if mark else html


def _with_twin(item: SourceItem) -> SourceItem:
    """``item`` with what the data for machines of its text say of an event."""
    if "ld+json" not in item.html:
        return item
    graph = Graph(blocks_of(tags_of(BeautifulSoup(item.html, "lxml")))[0])
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
        said=(*item.said, *twin.said),
        losses=(*item.losses, *twin.losses),
    )


def _picture(gathered: Gathered, html: str, url: str) -> Picture | None:
    """The picture that an item says, else the first of its text."""
    pictures: list[Picture] = gathered["pictures"]
    shown = markdown_of(html, url or gathered["base"]).pictures if "<img" in html else ()
    if not pictures:
        return next(iter(shown), None)
    own = pictures[0]
    twin = next((picture for picture in shown if picture.source == own.source), None)
    alt = gathered.get("picture_alt", "")
    credit = gathered.get("picture_credit", "")
    return Picture(
        own.source,
        own.alt or alt or (twin.alt if twin else ""),
        own.credit or credit or (twin.credit if twin else ""),
        own.licence or gathered.get("picture_licence", ""),
    )


def moment_of(value: object) -> str:
    """A date of ISO 8601, of RFC 822, « 09/10/2021 », on the clock of the portal; "" for none.

    >>> moment_of("Sat, 09 Oct 2021 12:00:00 GMT"), moment_of("9/10/2021"), moment_of("31 février")
    ('2021-10-09 14:00', '2021-10-09', '')
    """
    text = one_line(value)[:80]
    if iso := of_iso(text):
        return iso
    if named := _NAMED.fullmatch(text):
        return _of_names(named)
    if (letters := _LETTERS.search(text)) and abbreviated(letters[0]) is None:
        return ""
    told = instant_of(text)
    return (here(told) if told else of_iso(iso_moment(text) or "")) or ""


def _of_names(match: re.Match[str]) -> str:
    """A day whose month has its name, in English or in French; an hour in an unknown zone is
    none."""
    day, name, year, hour, minute, zone = match.groups()
    number = month_number(fold(name).rstrip("."))
    whole = int(year) if len(year) > 2 else 2000 + int(year)
    if not number or hour is None:
        return moment(whole, number, int(day)) or ""
    there = abbreviated(zone) or zone_named(zone) if zone else None
    clock = moment(whole, number, int(day), int(hour), int(minute))
    if clock is None or (zone and there is None):
        return ""
    return from_zone(datetime.fromisoformat(clock), there)


def _text(element: etree._Element) -> str:
    return many_lines("".join(map(str, element.itertext())))


def _markup(element: etree._Element) -> str:
    """The HTML of an element: escaped (RSS, ``type="html"``) or its own tags (``xhtml``)."""
    if len(element) == 0:
        text = _text(element)
        plain = element.get("type") in ("text", "text/plain")
        return text.replace("&", "&amp;").replace("<", "&lt;") if plain else text
    inner = [etree.tostring(child, encoding=str, method="html") for child in element]
    return (element.text or "") + "".join(inner)


def _put(key: str) -> Reader:
    def read(gathered: Gathered, element: etree._Element) -> None:
        if text := _markup(element):
            gathered.setdefault(key, text)

    return read


def _html(gathered: Gathered, element: etree._Element) -> None:
    """The longest of the texts: some feeds give a beginning twice."""
    kind = element.get("type", "").lower()
    if "/" in kind and not kind.startswith(("text/", "application/xhtml")):
        gathered["losses"].append(Loss("content", kind[:100], "ce n’est pas un texte"))
        return
    text = _markup(element)
    if source := element.get("src"):
        gathered["losses"].append(Loss("content", source[:200], "ce texte est ailleurs"))
    if len(text) > len(gathered.get("html", "")):
        gathered["html"] = text


def _dated(key: str) -> Reader:
    def read(gathered: Gathered, element: etree._Element) -> None:
        text = _text(element)
        if iso := moment_of(text):
            gathered.setdefault(key, iso[:10] if key in ("publie_le", "modifie") else iso)
        elif text:
            gathered["losses"].append(Loss(_name(element), text[:100], "cette date ne se lit pas"))

    return read


def _link(gathered: Gathered, element: etree._Element) -> None:
    rel = element.get("rel", "alternate")
    written = element.get("href") or _text(element)
    url = link(urljoin(gathered["base"], written)) if written else ""
    if rel == "alternate" and url:
        gathered.setdefault("url", url)
    elif rel == "enclosure":
        _enclosure(gathered, element)
    elif rel != "self" and written:
        gathered["losses"].append(Loss(f"link {rel}", written[:200], LOST))


def _guid(gathered: Gathered, element: etree._Element) -> None:
    text = one_line(_text(element))
    gathered.setdefault("id", text)
    if element.get("isPermaLink", "true") == "true" and (url := link(text)):
        gathered.setdefault("url", url)


def _category(gathered: Gathered, element: etree._Element) -> None:
    word = element.get("label") or element.get("term") or _text(element)
    if element.get("scheme", "").endswith("#kind"):  # Blogger
        gathered["said"].setdefault("kind", word.rpartition("#")[2])
    else:
        gathered["words"].append(word)


def _subjects(gathered: Gathered, element: etree._Element) -> None:
    gathered["words"] += re.split("[,;]", _text(element))


def _author(gathered: Gathered, element: etree._Element) -> None:
    """A name; « a@example.org (Camille Fictive) » loses its address."""
    names = [child for child in element if local(child) == "name"]
    text = clear(_text(names[0] if names else element))
    name = re.sub(r"^[\s(]+|[\s)]+$", "", _MAIL.sub("", text))
    if is_account(name):
        gathered["losses"].append(Loss("auteur", name, "c’est un compte, pas une personne"))
    elif name and name not in gathered["names"]:
        gathered["names"].append(name)


def _enclosure(gathered: Gathered, element: etree._Element) -> None:
    written = element.get("url") or element.get("href") or ""
    source = resolved(written, gathered["base"])
    sort = f"{element.get('type', '')} {element.get('medium', '')}"
    named = re.search(r"\.(?:jpe?g|png|webp|gif)$", source, re.IGNORECASE)
    if source and ("image" in sort or named):
        inner = {local(child): clear(_text(child)) for child in element}
        credit = inner.get("credit", "") or credited(inner.get("description", ""))
        licence = licence_of(
            *(child.get("href", "") for child in element), inner.get("license", "")
        )
        alt = inner.get("description", "") or inner.get("title", "")
        gathered["pictures"].append(Picture(source, alt, credit, licence))
    elif written:
        lost = Loss(_name(element), written[:200], "seules les images se reprennent")
        gathered["losses"].append(lost)


def _group(gathered: Gathered, element: etree._Element) -> None:
    for child in element:
        name = _name(child) if isinstance(child.tag, str) else ""
        if reader := _READERS.get(name):
            reader(gathered, child)
        elif name:
            _unread(gathered, child)


def _plain(key: str) -> Reader:
    def read(gathered: Gathered, element: etree._Element) -> None:
        gathered.setdefault(key, clear(_text(element) or element.get("href", "")))

    return read


def _organiser(gathered: Gathered, element: etree._Element) -> None:
    gathered["organisers"] = [name for name in [clear(_MAIL.sub("", _text(element)))] if name]


Reader: TypeAlias = Callable[[Gathered, etree._Element], None]
_READERS: Mapping[str, Reader] = {
    **dict.fromkeys(("title", "dc:title"), _put("titre")),
    **dict.fromkeys(("id", "dc:identifier"), _put("id")),
    **dict.fromkeys(("description", "summary", "dc:description"), _put("resume")),
    **dict.fromkeys(("content", "content:encoded"), _html),
    **dict.fromkeys(public_table().sources["flux"].des, _dated("publie_le")),
    **dict.fromkeys(("updated", "modified", "dcterms:modified"), _dated("modifie")),
    **dict.fromkeys(("author", "dc:creator"), _author),
    **dict.fromkeys(("category", "ev:type"), _category),
    **dict.fromkeys(("dc:subject", "media:keywords"), _subjects),
    **dict.fromkeys(("enclosure", "media:content", "media:thumbnail"), _enclosure),
    **dict.fromkeys(("media:title", "media:description"), _plain("picture_alt")),
    **dict.fromkeys(("ev:startdate", "ev:dtstart"), _dated("debut")),
    **dict.fromkeys(("ev:enddate", "ev:dtend"), _dated("fin")),
    "link": _link,
    "guid": _guid,
    "dc:language": _plain("language"),
    **dict.fromkeys(("media:group", "app:control"), _group),
    "media:credit": _plain("picture_credit"),
    "media:license": _plain("picture_licence"),
    "ev:location": _plain("adresse"),
    "ev:organizer": _organiser,
}
