"""Reading a feed as its readers do: parsers that are not ours, and what formats demand."""

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from xml.etree import ElementTree

from jsonschema import Draft202012Validator
from lxml import etree, html

from doses import rows_of

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
_RFC_822 = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
_URI = re.compile(r"(?:tag:[^,\s]+,\d{4}(?:-\d\d){0,2}:|https?://)[!-~]+")
_WHOLE = re.compile(r"(?:https?://|mailto:|tel:|geo:)\S+")
_LENGTH = 20

JSON_FEED = Draft202012Validator(rows_of("features/channels/flux/json-feed.yml"))


class Entry(NamedTuple):
    """A content as a reader sees it; ``contenu`` is HTML, ``joints`` (address, type, length)."""

    id: str
    titre: str
    url: str
    resume: str
    contenu: str
    publie: datetime
    modifie: datetime | None
    mots: tuple
    auteurs: tuple
    joints: tuple


class Read(NamedTuple):
    """A feed as a reader sees it; ``adresse`` is where it says that it is."""

    titre: str
    page: str
    adresse: str
    modifie: datetime | None
    contenus: tuple


def read(text, format):
    """A feed in ``format``: ``rss``, ``atom`` or ``json``. XML is read by two parsers."""
    if format == "json":
        return _json(text)
    root = ElementTree.fromstring(text)
    strict = etree.XMLParser(resolve_entities=False, no_network=True, recover=False)
    again = etree.fromstring(text.encode(), strict)
    assert [one.text for one in root.iter()] == [
        one.text for one in again.iter() if isinstance(one.tag, str)
    ]
    return _rss(root) if format == "rss" else _atom(root)


def _text(element, path):
    return element.findtext(path) or ""


def _rss(root):
    channel = root[0]
    own = channel.find(f"{ATOM}link")
    entries = []
    for one in channel.iter("item"):
        assert all(len(one.findall(name)) == 1 for name in ("title", "link", "guid", "pubDate"))
        guid, joint = one.find("guid"), one.find("enclosure")
        assert guid.get("isPermaLink") == str(guid.text == _text(one, "link")).lower()
        entries.append(Entry(
            guid.text or "", _text(one, "title"), _text(one, "link"),
            html.fromstring(f"<p>{_text(one, 'description')}</p>").text_content(),
            _text(one, CONTENT) or _text(one, "description"),
            _822(_text(one, "pubDate")), None,
            tuple(word.text or "" for word in one.iter("category")),
            tuple(who.text or "" for who in one.iter(f"{DC}creator")),
            () if joint is None else ((joint.get("url"), joint.get("type"), joint.get("length")),),
        ))  # fmt: skip
    updated = _822(_text(channel, "lastBuildDate"))
    address = own.get("href") if own is not None and own.get("rel") == "self" else ""
    return Read(_text(channel, "title"), _text(channel, "link"), address, updated, tuple(entries))


def _822(text):
    assert _RFC_822.fullmatch(text), text
    return parsedate_to_datetime(text)


def _3339(text):
    assert _DATE.fullmatch(text), text
    return datetime.fromisoformat(text)


def _links(element, rel):
    return [one for one in element.findall(f"{ATOM}link") if one.get("rel", "alternate") == rel]


def _atom(root):
    entries = []
    for one in root.iter(f"{ATOM}entry"):
        names = ("id", "title", "updated", "published", "content")
        assert all(len(one.findall(ATOM + name)) == 1 for name in names)
        content = one.find(f"{ATOM}content")
        assert content.get("type") == "html"
        entries.append(Entry(
            _text(one, f"{ATOM}id"), _text(one, f"{ATOM}title"),
            _links(one, "alternate")[0].get("href"), _text(one, f"{ATOM}summary"),
            content.text or "", _3339(_text(one, f"{ATOM}published")),
            _3339(_text(one, f"{ATOM}updated")),
            tuple(word.get("label") or word.get("term") for word in one.iter(f"{ATOM}category")),
            tuple(_text(who, f"{ATOM}name") for who in one.findall(f"{ATOM}author")),
            tuple((link.get("href"), link.get("type"), link.get("length", "0"))
                  for link in _links(one, "enclosure")),
        ))  # fmt: skip
    page, own = (_links(root, rel)[0].get("href") for rel in ("alternate", "self"))
    updated = _3339(_text(root, f"{ATOM}updated"))
    return Read(_text(root, f"{ATOM}title"), page, own, updated, tuple(entries))


def _json(text):
    told = json.loads(text)
    JSON_FEED.validate(told)
    items = [_item(one) for one in told["items"]]
    return Read(told["title"], told["home_page_url"], told["feed_url"], None, tuple(items))


def _item(one):
    joints = [
        (each["url"], each["mime_type"], str(each.get("size_in_bytes", 0)))
        for each in one.get("attachments", ())
    ]
    return Entry(
        one["id"], one["title"], one["url"], one.get("summary", ""), one["content_html"],
        _3339(one["date_published"]), _3339(one["date_modified"]), tuple(one.get("tags", ())),
        tuple(who["name"] for who in one["authors"]), tuple(joints),
    )  # fmt: skip


def faults(feed, address, *, dated=True):
    """What is wrong with a feed published at ``address``; ``dated``: the last published first."""
    if feed.adresse != address:
        yield f"it says that it is at {feed.adresse}"
    entries = feed.contenus
    if not 1 <= len(entries) <= _LENGTH:
        yield f"{len(entries)} contents"
    for name in ("id", "url"):
        if len({getattr(one, name) for one in entries}) < len(entries):
            yield f"twice the same {name}"
    days = [one.publie for one in entries]
    if dated and days != sorted(days, reverse=True):
        yield "not in the order of publication"
    changed = [one.modifie or one.publie for one in entries]
    if feed.modifie and feed.modifie < max(changed):
        yield "a content changed since"
    for one in entries:
        yield from (f"{one.id}: {fault}" for fault in _entry_faults(one))


def _entry_faults(one):
    if not _URI.fullmatch(one.id):
        yield "its identifier is no URI"
    if not one.titre.strip() or not one.auteurs or not all(one.auteurs):
        yield "no title, or nobody signed it"
    if one.modifie and one.modifie < one.publie:
        yield "changed before it was published"
    body = html.fromstring(f"<div>{one.contenu}</div>")
    links = [(name, value) for _, name, value, _ in body.iterlinks()]
    links += [("url", one.url), *(("enclosure", each[0]) for each in one.joints)]
    yield from (f"{name}={value}" for name, value in links if not _WHOLE.fullmatch(value))
    for element in body.iter():
        if element.tag in ("script", "style", "iframe", "object", "embed", "form", "link", "svg"):
            yield f"<{element.tag}>"
        names = map(str, element.attrib)
        bad = {name for name in names if name in _STYLED or name.startswith("on")}
        yield from (f"<{element.tag} {name}>" for name in sorted(bad))
    yield from (f"{url}: {kind}, {size}" for url, kind, size in one.joints
                if "/" not in (kind or "") or not size.isdecimal())  # fmt: skip


_STYLED = {"class", "id", "style", "srcset", "loading", "hidden"}
