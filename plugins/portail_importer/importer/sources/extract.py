"""What readers of a page see: its text among what surrounds it, its title, its days, pictures.

A person reads it again before it is published: what a site adds to its texts may stay in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain, islice
from typing import Any
from urllib.parse import urlsplit

from bs4.element import Tag
from msgspec import Struct

from portail.text.normalise import fold

from .addresses import clean_address
from .cleaning import is_widget
from .items import Picture, SourceItem
from .moments import between, of_iso
from .pictures import picture_of, resolved, with_legend
from .prose import line, once, one_line
from .record import Record
from .runs import STRUCK
from .schema_org import Tags, words
from .schema_things import day_of, language

_BODIES = frozenset(
    "entry-content post-content article-content article-body texte-article field--name-body "
    "field-name-body node__content article-texte contenu-article".split()
)
_MAINS = frozenset("content contenu main main-content".split())
_ENOUGH = 25
_ARTICLE = 2
_MAIN = 3
_ASIDE = frozenset("script style noscript template nav aside footer form button svg dialog".split())
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


def main_of(page: Tags) -> Tag:
    """The element that most surely holds the text of a page, as CMS name it, else as HTML does."""
    by_rank: dict[int, list[Tag]] = {}
    for tag in page["*"]:
        if (rank := _rank(tag)) is not None:
            by_rank.setdefault(rank, []).append(tag)
    for rank in sorted(by_rank):
        if rank == _ARTICLE and len(by_rank[rank]) > 1:  # a list of them
            continue
        longest = max(by_rank[rank], key=lambda tag: len(tag.get_text()))
        if len(longest.get_text().split()) >= _ENOUGH:
            return longest
    rest = by_rank.get(_MAIN) or by_rank.get(_ARTICLE) or ()
    return next(iter([*rest, *page["body"], *page["*"]]), Tag(name="main"))


def _rank(tag: Tag) -> int | None:
    # How surely an element holds the text of its page, from 0; ``None`` for what does not.
    attributes = tag.attrs
    if "articleBody" in words(attributes.get("itemprop")).split():
        return 0
    if "class" in attributes and not _BODIES.isdisjoint(tag.get_attribute_list("class")):
        return 1
    if tag.name == "article":
        return _ARTICLE
    if tag.name == "main" or attributes.get("role") == "main":
        return _MAIN
    if "id" in attributes and words(attributes["id"]) in _MAINS:
        return 4
    return None


def _reduce(main: Tag, titre: str) -> None:
    # Leave in ``main`` its text alone.
    gone: set[int] = set()
    for tag in main.find_all(True):  # asking a tag whether it is decomposed is a search in it
        if id(tag.parent) in gone:
            gone.add(id(tag))
        elif _is_aside(tag, titre):
            gone.add(id(tag))
            tag.extract()
    for tag in main.find_all(_HEADINGS):
        if _ALSO.fullmatch(fold(tag.get_text(" ")).strip(" :.!")):
            _drop_section(tag)


def _is_aside(tag: Tag, titre: str) -> bool:
    if tag.name in _ASIDE or (
        tag.name in ("h1", "h2", "h3", "p") and fold(tag.get_text(" ")) == fold(titre)
    ):
        return True
    if tag.name == "header":  # who signs, when, how long one reads
        return len(tag.get_text(" ").split()) < _ENOUGH and tag.find(_HEADINGS) is None
    named = is_widget(words(tag.get("class")), words(tag.get("id")))
    return named or not _SIGNED.isdisjoint(tag.get_attribute_list("class"))


def _drop_section(heading: Tag) -> None:
    # Take out a heading and what it leads, up to the next of its level.
    for tag in list(heading.find_next_siblings()):
        if tag.name in _HEADINGS and tag.name <= heading.name:
            break
        tag.extract()
    heading.extract()


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


def content_shown(page: Tags, around: Around) -> Shown:
    """What ``page`` shows; its tree is changed."""
    metas = _metas(page)
    url = address_of(page, around.url)
    main = main_of(page)
    titre = _title(page, main, metas)
    every = main.find_all("time", attrs={"datetime": True}, limit=40)
    fields: dict[str, Any] = {
        "resume": line(one_line(metas.first("resume"))),
        "langue": language(str(_first(page, "html", "lang") or metas.first("langue") or "")),
        "publie_le": metas.moment("publie_le")[:10] or _published(page),
        "modifie": metas.moment("modifie")[:10],
        "listing": _listing(main, url, around.name),
        "mots": _words(page, metas),
        "auteurs": _authors(page, metas),
        "quand": _dates([time for time in every if not time.find_parent(STRUCK)]),
    }
    pictures = _pictures(main, url, around)
    picture = _main_picture(metas, pictures, url)
    _reduce(main, titre)
    for tag in main.find_all("a", href=True) if around.link else ():
        tag["href"] = (around.link and around.link(str(tag["href"]))) or tag["href"]
    return Shown(
        row=1,
        titre=titre,
        url=url,
        html=main.decode_contents(),
        identifier=around.name,
        pictures=tuple(pictures),
        picture=picture,
        **fields,
    )


def address_of(page: Tags, url: str = "") -> str:
    """The address that a page says is its own, else ``url``."""
    links = [tag for tag in page["link"] if "canonical" in words(tag.get("rel")).lower().split()]
    named = [tag for tag in page["meta"] if tag.get("property") == "og:url"]
    said = [*(tag.get("href") for tag in links[:3]), *(tag.get("content") for tag in named[:1])]
    return next(filter(None, (clean_address(words(it), url) for it in said)), "") or url


def _first(page: Tags, name: str, attribute: str) -> Any:
    return next((tag.get(attribute) for tag in page[name]), None)


def _metas(page: Tags) -> Record:
    named = (
        (tag.get("property") or tag.get("name"), tag.get("content")) for tag in page["meta"][:500]
    )
    pairs = ((str(name or ""), line(str(content or ""))[:2_000]) for name, content in named)
    return Record("page", (pair for pair in pairs if all(pair)))


def _title(page: Tags, main: Tag, metas: Record) -> str:
    # The heading that the page is called by, that of its text first; else any, or its name.
    site = one_line(metas.first("site"))
    called = line(" ".join(tag.get_text(" ") for tag in page["title"][:1]))
    title = one_line(metas.first("titre")) or called
    parts = {fold(part) for part in chain.from_iterable(map(_SIGNS.split, (title, called)))} - {
        fold(site)
    }
    named = (*main.find_all(("h1", "h2", "h3"), limit=3), *page["h1"][:5])
    heads = [it for it in (line(tag.get_text(" ")) for tag in named) if fold(it) in parts]
    first = (line(tag.get_text(" ")) for tag in (*main.find_all("h1", limit=3), *page["h1"][:5]))
    heads += [it for it in first if it and fold(it) != fold(site)]
    return next(iter(heads), "") or _without_site(title, site) or site


def _without_site(titre: str, site: str) -> str:
    # A title without the name of its site: « La Lune – Écomusée ».
    parts = _SIGNS.split(titre)
    if len(parts) > 1 and (not site or fold(parts[-1]) == fold(site)):
        return titre[: titre.rindex(parts[-1])].rstrip(" |–—·»-")
    return titre


def _published(page: Tags) -> str:
    marked = (
        day_of(str(tag.get("datetime") or tag.get("title")))
        for tag in (*page["time"][:60], *page["abbr"][:60])
        if "pubdate" in tag.attrs
        or not _PUBLISHED.isdisjoint((*tag.get_attribute_list("class"), words(tag.get("itemprop"))))
    )
    return next(filter(None, marked), "")


def _dates(times: list[Tag]) -> dict[str, str]:
    # What the first two times of a text say, when it is an event.
    read = [moment for tag in times if (moment := of_iso(str(tag.get("datetime"))))]
    if read:
        return between(read[0], read[1] if len(read) > 1 else None)
    return {}


def _words(page: Tags, metas: Record) -> tuple[str, ...]:
    led = (tag for tag in page["a"] if _TAG.search(words(tag.get("href"))))
    tagged = _related(page, "tag") or [*filter(_is_within, led)]
    listed = ",".join(metas.all("mots"))
    return once(map(line, (*listed.split(","), *(tag.get_text(" ") for tag in tagged[:40]))))


def _related(page: Tags, relation: str) -> list[Tag]:
    return [tag for tag in page["a"] if relation in words(tag.get("rel")).split()]


def _is_within(tag: Tag) -> bool:
    # Whether an element is of the text of its page, not of what its site repeats around it.
    return tag.find_parent(("article", "main")) is not None


def _authors(page: Tags, metas: Record) -> tuple[str, ...]:
    related = filter(_is_within, _related(page, "author"))
    named = (tag for tag in page["*"] if not _AUTHORS.isdisjoint(words(tag.get("class")).split()))
    parts = (tag.find_all("a", limit=5) or [tag] for tag in islice(named, 5))
    signed = [*related] or list(chain.from_iterable(parts))
    signatures = [*metas.all("auteurs"), *(tag.get_text(" ") for tag in signed[:5])]
    names = (line(text).removeprefix("Par ").removeprefix("par ") for text in signatures)
    return once(name for name in names if len(name) <= 80 and "://" not in name)


def _listing(main: Tag, url: str, name: str) -> str:
    # Why a page shows others: its address, or its path in its folder; else its blocks are theirs.
    parts = urlsplit(url)
    paths = (f"{parts.path}?{parts.query}".rstrip("?") * bool(url), f"/{name}" * bool(name))
    if listed := next(filter(_LISTED.search, filter(None, paths)), ""):
        return f"son adresse est « {listed} »"
    if len(main.find_all("article", limit=3)) > 2:
        return "elle montre plusieurs articles"
    links = main.find_all("a", limit=200)
    length = len(main.get_text(" ").split())
    linked = sum(len(tag.get_text(" ").split()) for tag in links)
    if len(links) > 9 and linked * 10 > length * 6:
        return "presque tout y est lien"
    return ""


def _pictures(main: Tag, url: str, around: Around) -> list[Picture]:
    by_source: dict[str, Picture] = {}
    for tag in main.find_all("img", limit=100):
        figure = tag.find_parent("figure")
        caption = figure.find("figcaption") if figure else None
        attributes = {name: str(value) for name, value in tag.attrs.items()}
        legend = line(caption.get_text(" ")) if caption else ""
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
