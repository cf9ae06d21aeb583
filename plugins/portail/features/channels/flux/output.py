"""Files of feeds: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.ext.dc import DcEntryExtension, DcExtension
from feedgen.feed import FeedGenerator
from lxml import etree
from msgspec import Struct

from portail.agenda.occurrences import local
from portail.model.kinds import DATED
from portail.outputs.base import TextFile, text_file
from portail.outputs.identifiers import uri
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.subscriptions import Address
from portail.site.urls import shared_of
from portail.text.dates import jour
from portail.text.typography import escape, typeset

from .entries import (
    FeedContent,
    feed_content,
    legal,
    own_content,
    own_text,
)
from .feeds import FEED_SHEET, FEEDS, WORDS, Feed, feeds_of

_ICON = "/theme/icons/icone-512.png"
_SMALL = "/theme/icons/icone-192.png"
_BANNER = shared_of("")
_RIGHTS = "Chaque texte a sa licence, dite avec lui."


class Head(Struct, frozen=True):
    """A feed itself: whole addresses, plain texts; ``modifie`` is when the last of its contents
    changed, so that an old one that is edited is noticed. ``feuille`` is its style sheet, from the
    root of its host, ``aide`` the page that explains feeds."""

    id: str
    titre: str
    description: str
    page: str
    url: str
    type: str
    portail: str
    droits: str
    icone: str
    petite: str
    bandeau: str
    feuille: str
    aide: str
    modifie: datetime


def head_of(feed: Feed, address: Address, site: Site) -> Head:
    """How ``feed`` presents itself at ``address``."""
    config = site.config
    name = typeset(feed.nom)
    place = config.nom_complet
    texts = WORDS["descriptions"]
    text = texts.get(feed.groupe, texts["autre"])
    return Head(
        id=uri(config, address.url),
        titre=legal(place if feed.groupe == "tout" else f"{name} · {config.nom}"),
        description=legal(typeset(text.format(nom=feed.nom, place=place))),
        page=config.absolute(feed.page),
        url=config.absolute(address.url),
        type=address.type,
        portail=legal(place),
        droits=_RIGHTS,
        icone=config.absolute(_ICON),
        petite=config.absolute(_SMALL),
        bandeau=config.absolute(_BANNER),
        feuille=config.base + FEED_SHEET,
        aide=f"{config.absolute(FEEDS)}#Comment",
        modifie=last_change(feed, site),
    )


def last_change(feed: Feed, site: Site) -> datetime:
    if feed.propre:
        return max(own_text(ref, site).publie for ref in feed.refs)
    dated = chain.from_iterable(site.indexes.by_kind.get(kind, ()) for kind in DATED)
    entries = [site.items[ref].entry for ref in feed.refs or dated]
    return local(
        max(
            day
            for day in chain.from_iterable((entry.publie_le, entry.modifie) for entry in entries)
            if day
        )
    )


# How a feed ends.
FOOT = "\n]}\n"


def json_head(head: Head, about: str) -> str:
    """The beginning of a feed, up to its first content; ``about`` is the address that explains
    our own extension (§ Extensions)."""
    fields = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": head.titre,
        "home_page_url": head.page,
        "feed_url": head.url,
        "description": head.description,
        "icon": head.icone,
        "favicon": head.petite,
        "authors": [{"name": head.portail}],
        "language": "fr",
        "_portail": {"about": about, "id": head.id},
    }
    return f'{_dumped(fields)[:-1]}, "items": [\n'


def json_item(content: FeedContent) -> str:
    item = {
        "id": content.id,
        "url": content.url,
        "title": content.titre,
        "content_html": content.contenu,
        "summary": content.resume,
        "image": content.image.url if content.image else "",
        "date_published": content.publie.isoformat(),
        "date_modified": content.modifie.isoformat(),
        "authors": [
            {"name": author.texte, "url": author.url} if author.url else {"name": author.texte}
            for author in content.auteurs
        ],
        "tags": [word.texte for word in content.mots],
        "language": content.langue,
        "attachments": [
            {
                "url": sound.url,
                "mime_type": sound.type,
                **({"size_in_bytes": sound.octets} if sound.octets else {}),
            }
            for sound in content.sons
        ],
        "_portail": {
            **content.rendez_vous,
            "licence": content.licence.url or content.licence.texte,
        },
    }
    return _dumped({name: value for name, value in item.items() if value})


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


# Groups of feeds whose entries are not written as those of the others.
_COMING = "a-venir"
_OWN = "propre"


def plan_feeds(site: Site) -> Iterator[TextFile]:
    """One file for each form of each feed; a new day rewrites only that of the events to come."""
    for feed in feeds_of(site).every:
        for address in feed.adresses:
            write = _json if address.format == "json" else _xml
            yield text_file(site, address.url, write, feed, address)


@per_site
def _text(site: Site, ref: str, format: str, groupe: str, whole: bool) -> bytes:
    # What feeds of a group say of a content, which takes less room as bytes.
    if groupe == _OWN:
        content = own_content(ref, site)
    else:
        item = site.items[ref]
        has_text = whole and not item.entry.sans_fichier
        content = feed_content(item, site, whole=has_text, coming=groupe == _COMING)
    if format == "json":
        return json_item(content).encode()
    return xml_item(content, format).encode()


def _texts(site: Site, feed: Feed, format: str) -> Iterator[str]:
    groupe = ""
    if feed.propre:
        groupe = _OWN
    elif feed.groupe == _COMING:
        groupe = _COMING
    return (_text(site, ref, format, groupe, feed.entier).decode() for ref in feed.refs)


def _json(site: Site, feed: Feed, address: Address) -> Iterator[str]:
    yield json_head(head_of(feed, address, site), site.config.absolute(FEEDS))
    for rank, text in enumerate(_texts(site, feed, address.format)):
        yield (",\n" if rank else "") + text
    yield FOOT


def _xml(site: Site, feed: Feed, address: Address) -> Iterator[str]:
    yield xml_head(head_of(feed, address, site), address.format)
    yield from _texts(site, feed, address.format)
    yield f"{FOOTS[address.format]}\n"


# What a browser shows of a feed that someone opens.
# Browsers read feeds no more, nor turn XML into pages (XSLT), but they give XML a style sheet,
# and elements of XHTML in it are real headings and links. Readers of feeds leave out what comes
# from a namespace that is not theirs (RSS 2.0, « Extending RSS »; RFC 4287 § 6.3).

_DIV = '<div xmlns="http://www.w3.org/1999/xhtml" lang="{}">'
_WAY = "Cette page est un flux\u00a0: pour la suivre, copiez cette adresse dans un lecteur de flux."


def head_block(head: Head) -> str:
    """What stands above the contents: what this is, what to do with it."""
    page = f'<a href="{escape(head.page)}">La page de ce flux</a>'
    way = f'<a href="{escape(head.aide)}">Comment suivre un flux\u00a0?</a>'
    return (
        f"{_DIV.format('fr')}<title>{escape(head.titre)}</title>"
        '<meta name="viewport" content="width=device-width"/>'
        f"<h1>{escape(head.titre)}</h1><p>{escape(head.description)}</p><p>{_WAY}</p><p><code>{escape(head.url)}</code></p>"
        f"<p>{way} {page}</p></div>"
    )


def item_block(content: FeedContent) -> str:
    day = jour(content.publie.date(), semaine=False)
    summary = ""
    if content.resume:
        summary = f"<p>{escape(content.resume)}</p>"
    return (
        f'{_DIV.format(escape(content.langue))}<h2><a href="{escape(content.url)}">'
        f"{escape(content.titre)}</a></h2><p>Publié le {day}</p>{summary}</div>"
    )


# RSS 2.0 and Atom (RFC 4287) as feedgen writes them.
# A feed is its head, the text of each of its contents, its end: the text of a content is written
# once for all the feeds that hold it.

# How a feed ends, by format.
FOOTS = {"rss": "</channel></rss>", "atom": "</feed>"}

_STARTS = {"rss": "<item>", "atom": "<entry>"}
_ENDS = {"rss": "</item>", "atom": "</entry>"}
# Minutes before a reader of RSS comes back.
_TTL = 12 * 60
# Side in pixels of the picture of an RSS feed: the usual one, of 144 at most.
_SIDE = "88"


class _Links(BaseEntryExtension):  # type: ignore[misc]
    """Links of an Atom entry besides its page: feedgen 1.0 writes those without their ``rel``."""

    def __init__(self) -> None:
        self.links: list[dict[str, str]] = []

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        for link in self.links:
            etree.SubElement(feed, "link", link)
        return feed


def xml_head(head: Head, format: str) -> str:
    """The beginning of a feed in ``format`` (``rss``, ``atom``), up to its first content."""
    rss = format == "rss"  # where a description is HTML
    description = head.description
    if rss:
        description = escape(description)
    feed = _generator(head.id, head.titre, description, head.modifie)
    feed.link(href=head.url, rel="self", type=head.type)
    feed.link(href=head.page, rel="alternate", type="text/html")  # RSS keeps the last one
    feed.language("fr")
    feed.rights(head.droits)
    feed.ttl(_TTL)
    if rss:
        feed.image(head.petite, head.titre, head.page, _SIDE, _SIDE)
    else:
        feed.author(name=head.portail)
        feed.icon(head.petite)
        feed.logo(head.bandeau)
    text = _written(feed, format).removesuffix(FOOTS[format])
    # Its style sheet (https://www.w3.org/TR/xml-stylesheet/).
    sheet = f'<?xml-stylesheet type="text/css" href="{escape(head.feuille)}"?>'
    return f'<?xml version="1.0" encoding="utf-8"?>\n{sheet}\n{text}{head_block(head)}\n'


def xml_item(content: FeedContent, format: str) -> str:
    """A content in ``format``, written in a feed which gives it the namespaces of all."""
    feed = _generator("-", "-", "-", content.modifie)
    feed.link(href="-")
    _ENTRIES[format](feed.add_entry(), content)
    text = _written(feed, format)
    item = text[text.index(_STARTS[format]) : -len(_ENDS[format] + FOOTS[format])]
    return f"{item}{item_block(content)}{_ENDS[format]}\n"


def _generator(id: str, title: str, description: str, updated: datetime) -> FeedGenerator:
    feed = FeedGenerator()
    feed.register_extension("dc", DcExtension, DcEntryExtension, atom=False)
    feed.register_extension("liens", BaseExtension, _Links, rss=False)
    feed.id(id)
    feed.title(title)
    feed.description(description)
    feed.updated(updated)  # else feedgen reads the clock
    feed.generator("Portail")
    return feed


def _written(feed: FeedGenerator, format: str) -> str:
    write = feed.rss_str if format == "rss" else feed.atom_str
    return str(write(encoding="unicode", xml_declaration=False))


def _common(entry: FeedEntry, content: FeedContent) -> None:
    entry.guid(content.id, permalink=content.id == content.url)
    entry.title(content.titre)
    entry.link(href=content.url)
    entry.published(content.publie)
    entry.updated(content.modifie)
    for word in content.mots:
        label = {}
        if word.code:
            label = {"scheme": word.liste, "label": word.texte}
        entry.category(term=word.code or word.texte, **label)


def _rss(entry: FeedEntry, content: FeedContent) -> None:
    # A description is HTML in RSS; authors without an address are Dublin Core's creators.
    _common(entry, content)
    if content.entier:
        entry.description(escape(content.resume), isSummary=True)
    entry.content(content.contenu)
    entry.dc.dc_creator([author.texte for author in content.auteurs])
    entry.dc.dc_rights(content.licence.url or content.licence.texte)
    if content.langue != "fr":
        entry.dc.dc_language(content.langue)
    for piece in (content.image, *reversed(content.sons)):  # RSS keeps the last one
        if piece:
            entry.enclosure(piece.url, piece.octets, piece.type)


def _atom(entry: FeedEntry, content: FeedContent) -> None:
    _common(entry, content)
    if content.resume:
        entry.summary(content.resume, type="text")
    entry.content(content.contenu, type="html")
    entry.rights(content.licence.texte)
    for who in content.auteurs:
        entry.author({"name": who.texte, **({"uri": who.url} if who.url else {})})
    for piece in (*content.sons, content.image):
        if piece:
            length = {}
            if piece.octets:
                length = {"length": str(piece.octets)}
            entry.liens.links.append(
                {"rel": "enclosure", "href": piece.url, "type": piece.type, **length}
            )
    if content.licence.url:
        entry.liens.links.append({"rel": "license", "href": content.licence.url})


_ENTRIES: dict[str, Callable[[FeedEntry, FeedContent], None]] = {"rss": _rss, "atom": _atom}
