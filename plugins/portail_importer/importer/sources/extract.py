"""What readers of a page see: its text among what surrounds it, its title, its days, pictures.

A person reads it again before it is published: what a site adds to its texts may stay in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain, islice
from typing import Any

from lxml import etree
from msgspec import Struct

from portail.text.addresses import address_parts
from portail.text.normalise import fold

from .addresses import clean_address
from .cleaning import is_widget, markup_of, words_of
from .items import Picture, SourceItem
from .moments import between, of_iso
from .pictures import picture_of, resolved, with_legend
from .prose import line, once, one_line
from .record import Record
from .runs import STRUCK
from .schema_things import day_of, language

_BODIES = frozenset(
    "entry-content post-content article-content article-body texte-article field--name-body "
    "field-name-body node__content article-texte contenu-article".split()
)
_MAINS = frozenset("content contenu main main-content".split())
_ENOUGH = 25
_ARTICLE = 2
_MAIN = 3
# What is dropped where a text is written, and what is no text of its page.
_UNREAD = ("script", "style", "template")
_ASIDE = frozenset("noscript nav aside footer form button svg dialog".split())
_GONE = "portail-gone"
_SIGNED = frozenset("byline entry-meta post-meta submitted info-publi article-meta".split())
_ALSO = re.compile(
    r"a (?:lire|voir|decouvrir) aussi|(?:articles?|contenus?|actualites?|evenements?) "
    r"(?:lies?|similaires?|recents?|associes?)|sur le meme (?:sujet|theme)|voir aussi|partager.*"
    r"|(?:laisser un |\d+ )?commentaires?|dans la meme rubrique|vous aimerez.*|navigation.*"
)
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")


class Around(Struct, frozen=True):
    """What is known of a page from outside it."""

    # Its address, when the page does not say it.
    url: str = ""
    # Its path in the folder of its site.
    name: str = ""
    # From an address as the page writes it to that of the page saved with it, if there is one.
    link: Callable[[str], str] | None = None
    # From an address as the page writes it to the path of the picture saved with it.
    file: Callable[[str], str] | None = None


def main_of(page: etree._Element) -> etree._Element:
    """The element that most surely holds the text of a page, as CMS name it, else as HTML does."""
    by_rank: dict[int, list[etree._Element]] = {}
    for tag in page.iter():
        if (rank := _rank(tag)) is not None:
            by_rank.setdefault(rank, []).append(tag)
    for rank in sorted(by_rank):
        if rank == _ARTICLE and len(by_rank[rank]) > 1:  # a list of them
            continue
        longest = max(by_rank[rank], key=lambda tag: len(words_of(tag)))
        if len(words_of(longest).split()) >= _ENOUGH:
            return longest
    rest = by_rank.get(_MAIN) or by_rank.get(_ARTICLE) or ()
    return next(iter([*rest, *page.iter("body")]), page)


def _rank(tag: etree._Element) -> int | None:
    # How surely an element holds the text of its page, from 0; ``None`` for what does not.
    if "articleBody" in tag.get("itemprop", "").split():
        return 0
    if not _BODIES.isdisjoint(_classes(tag)):
        return 1
    if tag.tag == "article":
        return _ARTICLE
    if tag.tag == "main" or tag.get("role") == "main":
        return _MAIN
    if tag.get("id") in _MAINS:
        return 4
    return None


def _classes(tag: etree._Element) -> list[str]:
    return tag.get("class", "").split()


def _words(tag: etree._Element) -> str:
    # What an element shows, on one line.
    return line(words_of(tag, " "))


def _reduce(main: etree._Element, titre: str) -> None:
    # Leave in ``main`` its text alone.
    for tag in main.iterdescendants():
        if _is_aside(tag, titre):
            tag.tag = _GONE
    for heading in main.iter(*_HEADINGS):
        level = heading.tag
        if _ALSO.fullmatch(fold(_words(heading)).strip(" :.!")):
            heading.tag = _GONE
            for tag in heading.itersiblings():  # what it leads, up to the next of its level
                if tag.tag in _HEADINGS and tag.tag <= level:
                    break
                tag.tag = _GONE
    etree.strip_elements(main, _GONE, with_tail=False)


def _is_aside(tag: etree._Element, titre: str) -> bool:
    if tag.tag in _ASIDE or (
        tag.tag in ("h1", "h2", "h3", "p") and fold(_words(tag)) == fold(titre)
    ):
        return True
    if tag.tag == "header":  # who signs, when, how long one reads
        return len(_words(tag).split()) < _ENOUGH and next(tag.iter(*_HEADINGS), None) is None
    return is_widget(tag.get("class"), tag.get("id")) or not _SIGNED.isdisjoint(_classes(tag))


_AUTHORS = frozenset("author p-author auteur author-name byline".split())
_PUBLISHED = frozenset("published dt-published entry-date datePublished".split())
# Paths of lists, and of pages of errors.
_LISTED = re.compile(
    r"/(?:page/\d+|tags?|categor(?:y|ie|ies)|mots?-cles?|etiquettes?|auteurs?|authors?|search|recherche"
    r"|archives?|feed|rubriques?|4\d\d|5\d\d)(?:[/?]|\.html?$|$)|rubrique\d+"
    r"|^/(?:index\d*\.(?:html?|php))?$",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"\s+[|–—·»-]\s+")
_TAG = re.compile(r"(?:^|/)(?:tags?|mots?-cles?|etiquettes?)/[^/]", re.IGNORECASE)


class Shown(SourceItem, frozen=True, kw_only=True):
    """What a page shows."""

    auteurs: tuple[str, ...]
    pictures: tuple[Picture, ...]
    # Why it is a list of others; empty when it is none.
    listing: str


def content_shown(page: etree._Element, around: Around) -> Shown:
    """What ``page`` shows; its tree is changed."""
    etree.strip_elements(page, *_UNREAD, with_tail=False)
    metas = _metas(page)
    url = address_of(page, around.url)
    main = main_of(page)
    titre = _title(page, main, metas)
    fields: dict[str, Any] = {
        "resume": line(one_line(metas.first("resume"))),
        "langue": language(page.get("lang") or metas.first("langue")),
        "publie_le": metas.moment("publie_le")[:10] or _published(page),
        "modifie": metas.moment("modifie")[:10],
        "listing": _listing(main, url, around.name),
        "mots": _key_words(page, metas),
        "droits": _rights(page, metas),
        "auteurs": _authors(page, metas),
        "quand": _dates(main),
    }
    pictures = _pictures(main, url, around)
    picture = _main_picture(metas, pictures, url)
    _reduce(main, titre)
    for tag in main.iterfind(".//a[@href]"):
        written = tag.get("href", "")
        tag.set("href", (around.link and around.link(written)) or written)
    return Shown(
        row=1,
        titre=titre,
        url=url,
        html=markup_of(main),
        identifier=around.name,
        pictures=tuple(pictures),
        picture=picture,
        **fields,
    )


def address_of(page: etree._Element, url: str = "") -> str:
    """The address that a page says is its own, else ``url``."""
    links = [it for it in page.iter("link") if "canonical" in it.get("rel", "").lower().split()]
    named = page.iterfind(".//meta[@property='og:url']")
    said = [*(tag.get("href") for tag in links[:3]), *(tag.get("content") for tag in named)]
    return next(filter(None, (clean_address(it or "", url) for it in said)), "") or url


def _metas(page: etree._Element) -> Record:
    named = (
        (tag.get("property") or tag.get("name") or "", line(tag.get("content", ""))[:2_000])
        for tag in islice(page.iter("meta"), 500)
    )
    return Record("page", filter(all, named))


def _title(page: etree._Element, main: etree._Element, metas: Record) -> str:
    # The heading that the page is called by, that of its text first; else any, or its name.
    site = one_line(metas.first("site"))
    called = "".join(map(_words, islice(page.iter("title"), 1)))
    title = one_line(metas.first("titre")) or called
    parts = {fold(part) for part in chain.from_iterable(map(_SIGNS.split, (title, called)))} - {
        fold(site)
    }
    first = [*islice(main.iter("h1"), 3), *islice(page.iter("h1"), 5)]
    named = map(_words, (*islice(main.iter("h1", "h2", "h3"), 3), *first))
    heads = [it for it in named if fold(it) in parts]
    heads += [it for it in map(_words, first) if it and fold(it) != fold(site)]
    return next(iter(heads), "") or _without_site(title, site) or site


def _without_site(titre: str, site: str) -> str:
    # A title without the name of its site: « La Lune – Écomusée ».
    parts = _SIGNS.split(titre)
    if len(parts) > 1 and (not site or fold(parts[-1]) == fold(site)):
        return titre[: titre.rindex(parts[-1])].rstrip(" |–—·»-")
    return titre


def _published(page: etree._Element) -> str:
    marked = (
        day_of(tag.get("datetime") or tag.get("title"))
        for tag in islice(page.iter("time", "abbr"), 60)
        if "pubdate" in tag.attrib
        or not _PUBLISHED.isdisjoint((*_classes(tag), tag.get("itemprop")))
    )
    return next(filter(None, marked), "")


def _dates(main: etree._Element) -> dict[str, str]:
    # What the first two times of a text say, when it is an event.
    times = (
        of_iso(tag.get("datetime", ""))
        for tag in islice(main.iter("time"), 40)
        if next(tag.iterancestors(*STRUCK), None) is None
    )
    read = [*filter(None, times)]
    if read:
        return between(read[0], read[1] if len(read) > 1 else None)
    return {}


def _key_words(page: etree._Element, metas: Record) -> tuple[str, ...]:
    led = (tag for tag in page.iter("a") if _TAG.search(tag.get("href", "")))
    tagged = _related(page, "tag") or [*filter(_is_within, led)]
    listed = ",".join(metas.all("mots"))
    return once((*map(line, listed.split(",")), *map(_words, tagged[:40])))


def _rights(page: etree._Element, metas: Record) -> tuple[str, ...]:
    linked = (it for it in page.iter("a", "link") if "license" in it.get("rel", "").split())
    return once((*metas.all("droits"), *(it.get("href", "") for it in linked)))


def _related(page: etree._Element, relation: str) -> list[etree._Element]:
    return [tag for tag in page.iter("a") if relation in tag.get("rel", "").split()]


def _is_within(tag: etree._Element) -> bool:
    # Whether an element is of the text of its page, not of what its site repeats around it.
    return next(tag.iterancestors("article", "main"), None) is not None


def _authors(page: etree._Element, metas: Record) -> tuple[str, ...]:
    related = filter(_is_within, _related(page, "author"))
    named = (tag for tag in page.iter() if not _AUTHORS.isdisjoint(_classes(tag)))
    parts = ([*islice(tag.iter("a"), 5)] or [tag] for tag in islice(named, 5))
    signed = [*related] or list(chain.from_iterable(parts))
    signatures = (*map(line, metas.all("auteurs")), *map(_words, signed[:5]))
    names = (text.removeprefix("Par ").removeprefix("par ") for text in signatures)
    return once(name for name in names if len(name) <= 80 and "://" not in name)


def _listing(main: etree._Element, url: str, name: str) -> str:
    # Why a page shows others: its address, or its path in its folder; else its blocks are theirs.
    parts = address_parts(url)
    paths = (f"{parts.path}?{parts.query}".rstrip("?") * bool(url), f"/{name}" * bool(name))
    if listed := next(filter(_LISTED.search, filter(None, paths)), ""):
        return f"son adresse est « {listed} »"
    if len([*main.iterfind(".//article")]) > 2:
        return "elle montre plusieurs articles"
    links = [*islice(main.iter("a"), 200)]
    length = len(_words(main).split())
    linked = sum(len(_words(tag).split()) for tag in links)
    if len(links) > 9 and linked * 10 > length * 6:
        return "presque tout y est lien"
    return ""


def _pictures(main: etree._Element, url: str, around: Around) -> list[Picture]:
    by_source: dict[str, Picture] = {}
    for tag in islice(main.iter("img"), 100):
        captions = (it.find(".//figcaption") for it in tag.iterancestors("figure"))
        legend = "".join(_words(it) for it in captions if it is not None)
        attributes = {str(name): str(value) for name, value in tag.items()}
        for name in ("data-src", "src"):
            if around.file and (saved := around.file(attributes.get(name, ""))):
                attributes = {**attributes, "data-src": "", "data-lazy-src": "", "src": saved}
        local = around.file is not None and "://" not in attributes.get("src", "")
        picture = picture_of(attributes, legend, "" if local else url)
        if picture is not None:
            by_source[picture.source] = picture
    return [*by_source.values()]


def _main_picture(metas: Record, pictures: list[Picture], url: str) -> Picture | None:
    # That of the page, with what the text says of it; else one with a credit, else the first.
    source = resolved(one_line(metas.first("image")), url)
    own = None
    if source:
        own = Picture(source, one_line(metas.first("alt")))
    return with_legend(own, pictures)
