"""What pages say for programs in the words of schema.org: JSON-LD; microdata, RDFa, h-event."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeAlias

from lxml import etree

from .cleaning import markup_of, words_of
from .datatourisme import event_in
from .items import Loss
from .prose import line, listed, one_line
from .record import Record

Node: TypeAlias = Mapping[str, Any]
_PARSER = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)

_DEEPEST = 12
_MOST_NODES = 5_000
_MOST_UNTAKEN = 40
_SIGNS = 5_000_000
_ORNAMENT = re.compile(r"^\s*(?:<!--|/\*.*?\*/|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>)\s*$")
_LINKED = "application/ld"
_EVENTS = ("Event", "Festival", "EventSeries")
_PREFIX = re.compile(r"^(?:schema:|https?://schema\.org/)")
# Of h-event (microformats).
_CLASSES = {
    "p-name": "name",
    "dt-start": "startDate",
    "dt-end": "endDate",
    "p-location": "location",
    "p-organizer": "organizer",
    "p-street-address": "streetAddress",
    "p-postal-code": "postalCode",
    "p-locality": "addressLocality",
    "p-summary": "description",
    "u-url": "url",
}
_ITEMS = {"h-event": "Event", "h-card": "Place", "h-adr": "Place"}
# Of hCalendar, which came before it: names that anything may bear, but in a « vevent ».
_OLD = "vevent"
_OLD_CLASSES = {
    "summary": "name",
    "fn": "name",
    "org": "name",
    "dtstart": "startDate",
    "dtend": "endDate",
    "location": "location",
    "organizer": "organizer",
    "street-address": "streetAddress",
    "postal-code": "postalCode",
    "locality": "addressLocality",
    "adr": "address",
    "description": "description",
    "category": "keywords",
    "url": "url",
}
_OLD_ITEMS = {_OLD: "Event", "vcard": "Place", "adr": "Place"}
_TEXTS = ("description", "articleBody")
# Most names of one value, most signs of all that a page marks.
_MOST_NAMES = 5
_SHOWN = 500_000
_SILENT = frozenset({"@type", "@context", "@id", "@graph", "@language"})


def page_of(text: str) -> etree._Element:
    """The tree of a page: libxml2 leaves what is nested too deep."""
    root = etree.fromstring(text.encode("utf-8", "ignore"), _PARSER)
    return etree.Element("html") if root is None else root


def blocks_of(page: etree._Element) -> tuple[list[Any], list[Loss]]:
    """The values of the JSON-LD blocks of a page, and those that are broken."""
    values: list[Any] = []
    losses: list[Loss] = []
    for script in page.iter("script"):
        if not script.get("type", "").lower().startswith(_LINKED):
            continue
        text = words_of(script)
        try:
            if len(text) > _SIGNS:
                raise ValueError
            value = json.loads(_ORNAMENT.sub("", text), strict=False)
            values.append(in_plain_words(value))
        except (ValueError, RecursionError):
            unread = "ces données sont illisibles"
            losses.append(Loss("JSON-LD", text.strip()[:60], unread))
    return values, losses


def _named_otherwise(value: Any) -> dict[str, str]:
    # The names that a context gives to words: ``{"type": "@type", "titre": "schema:name"}``.
    names: dict[str, str] = {}
    for top in listed(value)[:1]:
        contexts = listed(top.get("@context")) if isinstance(top, dict) else []
        for context in filter(lambda it: isinstance(it, dict), contexts):
            for name, meant in context.items():
                said = meant.get("@id") if isinstance(meant, dict) else meant
                if isinstance(said, str) and not name.startswith("@"):
                    names[name] = said
    return names


def in_plain_words(value: Any) -> Any:
    """Data whose words are those of schema.org, whatever stands before them or names them."""
    return _plain(value, _named_otherwise(value))


def _plain(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_plain(it, names) for it in value]
    if not isinstance(value, dict):
        return value
    given = {
        _PREFIX.sub("", names.get(key, key)): _plain(it, names)
        for key, it in value.items()
        if key != "@context"
    }
    if "@value" in given:
        return given["@value"]
    if "takesPlaceAt" in given:
        return event_in(given)
    return given


def items_of(page: etree._Element) -> list[Node]:
    """The items that a page marks in what it shows, each inside that which holds it."""
    tops: list[Node] = []
    holders: dict[etree._Element | None, dict[str, Any]] = {}
    room = _SHOWN
    for tag in page.iter():
        holder = holders.get(tag.getparent(), {})
        names, item = _marked(tag, holder)
        if names and holder and room > 0:
            value = item or _shown(tag, names[0])
            room -= len(value) + 1
            for name in names:
                holder.setdefault(name, []).append(value)
        elif item:
            tops.append(item)
        holders[tag] = item or holder
    return tops


def _marked(tag: etree._Element, holder: Node) -> tuple[list[str], dict[str, Any]]:
    # What an element says of the item around it, and the item that it is itself.
    classes = tag.get("class", "").split()
    is_old = _OLD in (holder.get("@context"), *classes)
    own_names, own_items = (_OLD_CLASSES, _OLD_ITEMS) if is_old else (_CLASSES, _ITEMS)
    names = (tag.get("itemprop") or tag.get("property") or "").split()
    names += [own_names[name] for name in classes if name in own_names]
    sorts = (tag.get("itemtype") or tag.get("typeof") or "").split()
    sorts = sorts or [own_items[name] for name in classes if name in own_items]
    item: dict[str, Any] = {}
    if sorts:
        item = {"@type": sorts, "@id": tag.get("itemid") or tag.get("resource")}
        item |= {"@context": _OLD} if is_old else {}
    return [*map(tail, names[:_MOST_NAMES])], item


def _shown(tag: etree._Element, name: str) -> str:
    keys = ("content", "datetime", "href", "src", "title" if tag.tag == "abbr" else "")
    given = (tag.get(key) for key in keys if key)
    shown = markup_of(tag) if name in _TEXTS else line(words_of(tag, " "))
    return next((value for value in given if value is not None), shown)


def node(value: Any) -> Node:
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, dict):
        return value
    return {}


def word(value: Any) -> str:
    """A text or a number, on one line; the first of several."""
    if isinstance(value, list):
        return next(filter(None, map(word, value[:50])), "")
    return one_line(value)


def name_of(value: Any) -> str:
    return word(node(value).get("name")) or word(value)


def tail(value: Any) -> str:
    """The last part of an address of schema.org: « EventCancelled »."""
    return word(value).replace("#", "/").replace(":", "/").rpartition("/")[2]


def types(value: Any) -> list[str]:
    return [tail(address) for address in listed(node(value).get("@type"))[:20]]


def is_event(value: Any) -> bool:
    return any(name.endswith(_EVENTS) for name in types(value))


class Graph:
    """The nodes of a page; a node that is only named (``{"@id": …}``) is looked up."""

    def __init__(self, values: Iterable[Any]) -> None:
        # Those that stand by themselves, or in a ``@graph``.
        self.tops: list[Node] = []
        self.nodes: list[Node] = []
        self._named: dict[str, Node] = {}
        stack = [(value, 0, True) for value in reversed(list(values))]
        while stack and len(self.nodes) < _MOST_NODES:
            value, depth, top = stack.pop()
            if depth > _DEEPEST:
                continue
            if isinstance(value, list):
                stack += [(inner, depth + 1, top) for inner in reversed(value[:_MOST_NODES])]
            elif isinstance(value, dict):
                self._take(value, top)
                stack += [
                    (inner, depth + 1, top and key == "@graph")
                    for key, inner in reversed(value.items())
                    if isinstance(inner, list | dict)
                ]

    def _take(self, value: Node, top: bool) -> None:
        if value.get("@type"):
            self.nodes.append(value)
            if top:
                self.tops.append(value)
        named = word(value.get("@id"))
        if named and len(value) > len(self._named.get(named, ())):
            self._named[named] = value

    def whole(self, value: Any) -> Any:
        """``value``, or the node that it only names."""
        if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
            return self._named.get(word(value.get("@id")), value)
        return value

    def inside(self, value: Any) -> list[Any]:
        """Several values, those that are only named looked up."""
        return [self.whole(inner) for inner in listed(value)[:500]]


def untaken(value: Node, source: str) -> tuple[tuple[str, str], ...]:
    """What a node says of itself, each once, but what is read: what it holds (an offer, the hours
    of a place) speaks of itself."""
    leaves: dict[str, str] = {}
    for path, text in _leaves(value, "", 0):
        if "." not in path:
            leaves.setdefault(path, text)
    return tuple(islice(Record(source, leaves.items()).rest(), _MOST_UNTAKEN))


def _leaves(value: Any, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for inner in value[:200]:
            yield from _leaves(inner, path, depth + 1)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in _SILENT:
                yield from _leaves(inner, f"{path}.{tail(key)}".lstrip("."), depth + 1)
    elif isinstance(value, bool):
        yield path, str(value).lower()
    elif text := word(value):
        yield path, text
