"""Feeds: RSS 2.0, RSS 1.0 (RDF), Atom 1.0, JSON Feed.

lxml reads XML, its entities off; feedparser, which is as tolerant, reads no JSON Feed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from html import unescape
from html.entities import html5
from typing import Any

from lxml import etree
from msgspec.structs import replace

from portail.diagnostics import Refused
from portail.text.addresses import joined_address
from portail_importer.importer.public import as_json

from . import feed_items
from .announced import announced
from .items import Loss, SourceItem
from .prose import (
    MOST_ITEMS,
    decoded,
    link,
    listed,
    many_lines,
    one_line,
    part_of,
)
from .record import Record

_HEAD = 4_096
_COMMENT = r"<!--(?>.*?(?:-->|\Z))"
_QUOTED = r"\"[^\"]*+\"|'[^']*+'"
_INNER = rf"(?:[^\[\]\"'<>]++|{_QUOTED}|{_COMMENT}|<"
_DOCTYPE = rf"<!DOCTYPE{_INNER}|\[{_INNER}|[\[>])*+\])*+>"
# The first element of a feed, behind declarations, comments and a document type, however long they
# are: no sign is read twice.
_ROOT = re.compile(
    rf"(?:\s++|<\?(?>.*?(?:\?>|\Z))|{_COMMENT}|{_DOCTYPE})*+<(?:\w+:)?(?:rss|feed|RDF)\b", re.DOTALL
)
# Most signs ``<`` and ``=`` of a feed: the tree of so many elements or attributes fills 400 MB.
_MOST = 2_500_000
_FIRST_ITEM = re.compile(r"<(?:\w+:)?(?:item|entry)\b|\"items\"")
_TITLED = re.compile(
    r"""(?:<title[^>]*>\s*(?:<!\[CDATA\[)?|^\s*\{[^{}\[]*?"title"\s*:\s*")([^<\]"]+)"""
)
_JSON = "jsonfeed.org/version/"
_SIGN = re.compile(r"&(?:([A-Za-z][A-Za-z0-9]{1,31});|(#\d{1,7};|#x[0-9a-fA-F]{1,6};))?")
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_XML = frozenset({"lt", "gt", "amp", "quot", "apos"})
_AGAIN = "enregistrez-le de nouveau depuis le site"


def recognised(text: str) -> bool:
    text = text.removeprefix("\ufeff")
    return _ROOT.match(text) is not None or (text.lstrip()[:1] == "{" and _JSON in text[:_HEAD])


def read(data: bytes, name: str, day: date, address: str = "") -> Iterator[SourceItem]:
    """The items of a feed, which was at ``address``. Raises ``Refused``."""
    text = decoded(data, name)
    reader = _of_xml
    if text.lstrip()[:1] == "{":
        reader = _of_json
    rows: dict[str, int] = {}
    for row, item in enumerate(reader(text, name, address), 1):
        first = rows.setdefault(item.identifier, row)
        if first != row:
            reason = f"Il a l’identifiant de l’élément {first} : « {item.identifier[:100]} »."
            item = SourceItem(row=row, titre=item.titre, said=item.said, refused=reason)
        elif not item.kind.info.dated:
            item = announced(item, day)
        yield replace(item, row=row)


def called(data: bytes) -> str:
    """The title of a feed; "" for none."""
    match = _TITLED.search(_FIRST_ITEM.split(decoded(data, "")[:_HEAD])[0])
    if match:
        return one_line(unescape(match[1]))
    return ""


def _of_xml(text: str, name: str, address: str) -> Iterator[SourceItem]:
    parser = etree.XMLParser(recover=True, **feed_items.SAFE)
    if text.count("<") + text.count("=") > _MOST:
        raise Refused(f"« {name} » compte trop de balises : coupez-le.")
    source = _signed(_undeclared(text.lstrip("\ufeff \n\t")))
    try:
        root = etree.fromstring(source.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or feed_items.local(root) not in ("rss", "feed", "RDF"):
        raise Refused(f"« {name} » n’est pas un flux RSS ou Atom qui se lise : {_AGAIN}.")
    items = list(root.iter("{*}item", "{*}entry"))
    _counted(items, name)
    channel = next((node for node in root.iter("{*}channel")), root)
    own = [tag for tag in channel.iterchildren("{*}link") if tag.get("rel") in (None, "alternate")]
    written = (joined_address(address, tag.get("href") or tag.text or "") for tag in own)
    site = next(filter(None, map(link, written)), address)
    own_language = one_line(channel.findtext("{*}language"))
    language = own_language or root.get(feed_items.NAMES["lang"], "")
    droits = feed_items.rights_in(Record("flux", feed_items.pairs_of(channel)))
    broken = _broken(parser)
    for item in items:
        content = feed_items.xml_item(item, feed_items.atom_base(item, site), language)
        losses = (*broken, *content.losses)
        yield replace(content, losses=losses, droits=content.droits or droits)
        broken = ()


def _undeclared(text: str) -> str:
    # ``text`` without its declaration: its encoding is no longer the one that this says.
    if text.startswith("<?xml"):
        return text.partition("?>")[2]
    return text


def _counted(items: list[Any], name: str) -> None:
    if not items:
        raise Refused(f"« {name} » est un flux sans élément : {_AGAIN}.")
    if len(items) > MOST_ITEMS:
        raise Refused(f"« {name} » compte plus de {MOST_ITEMS} éléments : coupez-le.")


def _signed(text: str) -> str:
    # ``text`` whose signs are those of XML: an « & » that begins none is written as one, but in
    # CDATA, where each is itself.
    pieces = _CDATA.split(text)
    return "".join(
        [_SIGN.sub(_sign, piece) if rank % 2 == 0 else piece for rank, piece in enumerate(pieces)]
    )


def _sign(entity: re.Match[str]) -> str:
    if entity[2] or entity[1] in _XML:
        return entity[0]
    return html5.get(f"{entity[1]};", "").replace("&", "&amp;") or f"&amp;{entity[0][1:]}"


def _broken(parser: etree.XMLParser) -> tuple[Loss, ...]:
    log = [error for error in parser.error_log if "namespace" not in str(error.message).lower()]
    if not log:
        return ()
    where = f"ligne {log[0].line} : {log[0].message}"
    reason = "ce flux est abîmé : des parties peuvent manquer"
    return (Loss("XML", where[:150], reason),)


def _of_json(text: str, name: str, address: str) -> Iterator[SourceItem]:
    try:
        feed: Any = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        feed = None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise Refused(f"« {name} » n’est pas un flux qui se lise : {_AGAIN}.")
    _counted(items, name)
    for item in items:
        yield _item_of_json(item, one_line(feed.get("language")), address)


# JSON Feed: https://www.jsonfeed.org/version/1.1/

# The elements of RSS that say the same.
_JSON_NAMES: Mapping[str, tuple[str, dict[str, str]]] = {
    "url": ("link", {}),
    "content_html": ("content", {}),
    "content_text": ("content", {"type": "text"}),
    "image": ("enclosure", {"medium": "image"}),
    "banner_image": ("enclosure", {"medium": "image"}),
    "authors": ("author", {}),
    "author": ("author", {}),
    "tags": ("category", {}),
    "language": ("dc:language", {}),
}


def _json_pairs(item: Mapping[str, Any]) -> feed_items.Pairs:
    for key, value in item.items():
        name, attributes = _JSON_NAMES.get(key, (key, dict[str, str]()))
        for one in listed(value) if key in _JSON_NAMES else [value] * (value not in ([], {}, None)):
            element = etree.Element("x", attributes)
            own = part_of(one, "name") if name == "author" else one
            text = many_lines(own) or one_line(own) or one_line(as_json(own))
            element.text = "" if "medium" in attributes else text
            if "medium" in attributes:
                element.set("url", text)
            yield name, element


def _item_of_json(item: Any, spoken: str, address: str) -> SourceItem:
    if not isinstance(item, dict):
        return SourceItem(row=1, refused="Ce n’est pas un élément de flux.")
    return feed_items.item_of(
        _json_pairs(item), link(joined_address(address, one_line(item.get("url")))), spoken
    )
