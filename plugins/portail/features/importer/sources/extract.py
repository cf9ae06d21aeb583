"""What readers of a page see: its text among what surrounds it, its title, its days, pictures."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from bs4.element import Tag
from msgspec import Struct

from portail.features.importer.sources.addresses import clean_address, watched
from portail.features.importer.sources.cleaning import is_widget
from portail.features.importer.sources.found import Loss, Picture
from portail.features.importer.sources.moments import between, of_iso
from portail.features.importer.sources.pictures import picture_of, resolved, same_words
from portail.features.importer.sources.prose import line
from portail.features.importer.sources.schema_org import Graph, Tags, types, words
from portail.features.importer.sources.schema_things import day_of, is_article, language
from portail.text.normalise import fold

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
_SHORT = 40
"""What is repeated on every page is kept when it is so short: « Gratuit, sur inscription »."""
_LEAVES = ("p", "li", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "figcaption", "td", "div", "span")
_BLOCKS = "p ul ol div table section article h2 h3 figure dl blockquote".split()
_ALSO = re.compile(
    r"a (?:lire|voir|decouvrir) aussi|(?:articles?|contenus?|actualites?|evenements?) "
    r"(?:lies?|similaires?|recents?|associes?)|sur le meme (?:sujet|theme)|voir aussi|partager.*"
    r"|(?:laisser un |\d+ )?commentaires?|dans la meme rubrique|vous aimerez.*|navigation.*"
)
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")


class Around(Struct, frozen=True):
    """What is known of a page from outside it."""

    url: str = ""
    """Its address, when the page does not say it."""
    repeated: frozenset[int] = frozenset()
    """Keys of the blocks that other pages of its site have too (``keys_of``)."""
    link: Callable[[str], str] | None = None
    """From an address as the page writes it to that of the page saved with it, if there is one."""
    file: Callable[[str], str] | None = None
    """From an address as the page writes it to the path of the picture saved with it."""


def main_of(page: Tags) -> Tag | None:
    """The element that most surely holds the text of a page, as CMS name it, else as HTML does."""
    found: dict[int, list[Tag]] = {}
    for tag in page["*"]:
        if (rank := _rank(tag)) is not None:
            found.setdefault(rank, []).append(tag)
    for rank in sorted(found):
        if rank == _ARTICLE and len(found[rank]) > 1:  # a list of them
            continue
        longest = max(found[rank], key=lambda tag: len(tag.get_text()))
        if len(longest.get_text().split()) >= _ENOUGH:
            return longest
    rest = found.get(_MAIN) or found.get(_ARTICLE)
    return next(iter([*(rest or ()), *page["body"], *page["*"]]), None)


def _rank(tag: Tag) -> int | None:
    """How surely an element holds the text of its page, from 0; ``None`` for what does not."""
    attributes = tag.attrs
    if "articleBody" in words(attributes.get("itemprop")).split():
        return 0
    if "class" in attributes and not _BODIES.isdisjoint(tag.get_attribute_list("class")):
        return 1
    if tag.name == "article":
        return _ARTICLE
    if tag.name == "main" or attributes.get("role") == "main":
        return _MAIN
    return 4 if "id" in attributes and words(attributes["id"]) in _MAINS else None


def keys_of(main: Tag) -> frozenset[int]:
    """A key for each block of a text."""
    return frozenset(key for _, key in _leaves(main))


def _leaves(main: Tag) -> Iterator[tuple[Tag, int]]:
    for tag in main.find_all(_LEAVES):
        whole = not tag.decomposed and tag.find(_BLOCKS) is None
        if text := " ".join(tag.get_text(" ").split()) if whole else "":
            yield tag, int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def reduced(main: Tag, titre: str, repeated: frozenset[int]) -> None:
    """Leave in ``main`` its text alone."""
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
    for tag, key in list(_leaves(main)) if repeated else ():
        if key in repeated and len(tag.get_text()) > _SHORT:
            tag.extract()


def _is_aside(tag: Tag, titre: str) -> bool:
    if tag.name in _ASIDE or (tag.name == "h1" and same_words(tag.get_text(" "), titre)):
        return True
    classes = tag.get_attribute_list("class")
    named = " ".join(filter(None, classes)), words(tag.get("id"))
    return not _SIGNED.isdisjoint(classes) or is_widget(*named)


def _drop_section(heading: Tag) -> None:
    """Take out a heading and what it leads, up to the next of its level."""
    for tag in list(heading.find_next_siblings()):
        if tag.name in _HEADINGS and tag.name <= heading.name:
            break
        tag.extract()
    heading.extract()


def _settle(main: Tag, url: str, around: Around) -> None:
    """Make addresses whole: a text is read without its page."""
    for tag in main.find_all("a"):
        written = words(tag.get("href"))
        tag["href"] = (around.link and around.link(written)) or clean_address(written, url)
        if not tag["href"]:
            del tag["href"]


_PUBLISHED = (
    "article:published_time datePublished date dc.date dcterms.date dcterms.created dc.date.issued "
    "dcterms.issued"
).split()
_AUTHORS = frozenset("author auteur author-name byline".split())
_MODIFIED = "article:modified_time og:updated_time dateModified dcterms.modified".split()
_TOLD_ELSEWHERE = re.compile(
    r"(?:og:(?:title|description|type|url|image.*|locale.*|site_name|updated_time)|article:(?:tag|section"
    r"|author|publisher|published_time|modified_time)|twitter:.*|fb:.*|description|keywords|author|date"
    r"|viewport|generator|robots|googlebot|theme-color|referrer|format-detection|msapplication-.*"
    r"|apple-.*|application-name|csrf-.*|google-.*|msvalidate.*|color-scheme|dc\..*|dcterms\..*"
    r"|datePublished|dateModified|progid|changed|originator|handheldfriendly|mobileoptimized)",
    re.IGNORECASE,
)
_LISTS = frozenset("CollectionPage SearchResultsPage ProfilePage".split())
_LISTED = re.compile(
    r"/(?:page/\d+|tags?|categor(?:y|ie|ies)|mots?-cles?|etiquettes?|auteurs?|authors?|search|recherche"
    r"|archives?|feed|rubriques?)(?:/|$)|rubrique\d+|^/(?:index\.(?:html?|php))?$",
    re.IGNORECASE,
)
_CLASSES = frozenset(
    "home archive search blog tag category author path-frontpage page-recherche page-rubrique "
    "page-sommaire page-mot search-results tax".split()
)
_ASKED = frozenset("s q recherche page paged debut_articles id_rubrique id_mot".split())


class Seen(Struct, frozen=True, kw_only=True):
    """What a page shows; ``words`` is how long its text is."""

    url: str
    titre: str
    resume: str
    html: str
    words: int
    mots: tuple[str, ...]
    langue: str
    publie_le: str
    modifie: str
    auteurs: tuple[str, ...]
    quand: dict[str, str]
    pictures: tuple[Picture, ...]
    picture: Picture | None
    listing: str
    """Why its text is a list of links; empty when it is none."""
    losses: tuple[Loss, ...]


def seen(page: Tags, around: Around) -> Seen:
    """What ``page`` shows; its tree is changed."""
    metas = _metas(page)
    url = address_of(page, around.url)
    main = main_of(page) or Tag(name="main")
    titre = _title(page, main, metas)
    times = list(main.find_all("time", attrs={"datetime": True}, limit=40))
    known: dict[str, Any] = {
        "titre": titre,
        "resume": line(metas.get("og:description") or metas.get("description", "")),
        "langue": language(str(_first(page, "html", "lang") or metas.get("og:locale", ""))),
        "publie_le": _first_day(metas, _PUBLISHED) or _published(page, times),
        "modifie": _first_day(metas, _MODIFIED),
        "listing": _listing(main),
        "mots": _words(page, metas),
        "auteurs": _authors(page, metas),
        "quand": _dates(times),
    }
    losses = [*_frames(main), *_unknown(metas)]
    shown = _pictures(main, url, around)
    pictures = [one for one, _ in shown]
    picture = _main_picture(metas, pictures, url)
    losses += _legend(picture, shown)
    reduced(main, titre, around.repeated)
    _settle(main, url, around)
    losses += [
        Loss("image", one.source, "une fiche n’a qu’une image")
        for one in pictures
        if one is not picture and (picture is None or one.source != picture.source)
    ]
    return Seen(
        url=url,
        html=main.decode_contents(),
        words=len(main.get_text(" ").split()),
        pictures=tuple(pictures),
        picture=picture,
        losses=tuple(losses),
        **known,
    )


def list_page(page: Tags, told: Seen, graph: Graph) -> str:
    """Why a page is no content but a list of others; empty when it is a content."""
    if any(is_article(one) for one in graph.tops):
        return ""
    known = {name for one in graph.tops for name in types(one)}
    if found := known & _LISTS:
        return f"ses données disent « {min(found)} »"
    parts = urlsplit(told.url)
    asked = {name for name, _ in parse_qsl(parts.query)} & _ASKED
    body = _first(page, "body", "class")
    classes = set(body if isinstance(body, list) else ()) & _CLASSES
    if classes and not {"single", "single-post"} & set(body or ()):
        return f"le site dit « {min(classes)} »"
    if asked:
        return f"son adresse demande « {min(asked)} »"
    if told.url and _LISTED.search(parts.path):
        return f"son adresse est « {parts.path} »"
    return told.listing


def address_of(page: Tags, url: str = "") -> str:
    """The address that a page says is its own, else ``url``."""
    told = [tag for tag in page["link"] if "canonical" in words(tag.get("rel")).lower().split()]
    for tag in told[:3]:
        if found := clean_address(str(tag.get("href") or ""), url):
            return found
    named = (tag for tag in page["meta"] if tag.get("property") == "og:url")
    return next((clean_address(words(tag.get("content")), url) for tag in named), "") or url


def _first(page: Tags, name: str, attribute: str) -> Any:
    return next((tag.get(attribute) for tag in page[name]), None)


def _metas(page: Tags) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in page["meta"][:500]:
        name = str(tag.get("property") or tag.get("name") or "")
        content = line(str(tag.get("content") or ""))[:2_000]
        if name == "article:tag" and name in found:
            found[name] += f", {content}"
        elif name and content:
            found.setdefault(name, content)
            found.setdefault(name.lower(), content)
    return found


def _title(page: Tags, main: Tag, metas: dict[str, str]) -> str:
    site = metas.get("og:site_name", "")
    heads = [line(tag.get_text(" ")) for tag in (*main.find_all("h1", limit=3), *page["h1"][:5])]
    head = next((one for one in heads if one and not same_words(one, site)), "")
    told = metas.get("og:title") or line(" ".join(tag.get_text(" ") for tag in page["title"][:1]))
    return head or _without_site(told, site)


def _without_site(titre: str, site: str) -> str:
    """A title without the name of its site: « La Lune – Écomusée »."""
    parts = re.split(r"\s+[|–—·»-]\s+", titre)
    if len(parts) > 1 and (not site or fold(parts[-1]) == fold(site)):
        return titre[: titre.rindex(parts[-1])].rstrip(" |–—·»-")
    return titre


def _first_day(metas: dict[str, str], names: list[str]) -> str:
    return next(filter(None, (day_of(metas.get(name)) for name in names)), "")


def _published(page: Tags, times: list[Tag]) -> str:
    names = {"published", "entry-date", "datePublished"}
    known = [
        tag
        for tag in page["time"][:60]
        if "pubdate" in tag.attrs
        or not names.isdisjoint((*tag.get_attribute_list("class"), words(tag.get("itemprop"))))
    ]
    days = (day_of(str(tag.get("datetime"))) for tag in (*known, *times[:1]))
    return next(filter(None, days), "")


def _dates(times: list[Tag]) -> dict[str, str]:
    """What the first two times of a text say, when it is an event."""
    read = [found for tag in times if (found := of_iso(str(tag.get("datetime"))))]
    return between(read[0], read[1] if len(read) > 1 else None) if read else {}


def _words(page: Tags, metas: dict[str, str]) -> tuple[str, ...]:
    told = ",".join(metas.get(name, "") for name in ("keywords", "article:tag", "article:section"))
    tags = [tag.get_text(" ") for tag in _related(page, "tag")[:40]]
    return tuple(dict.fromkeys(filter(None, map(line, (*told.split(","), *tags)))))


def _related(page: Tags, relation: str) -> list[Tag]:
    return [tag for tag in page["a"] if relation in words(tag.get("rel")).split()]


def _authors(page: Tags, metas: dict[str, str]) -> tuple[str, ...]:
    named = (tag for tag in page["*"] if not _AUTHORS.isdisjoint(words(tag.get("class")).split()))
    signed = _related(page, "author")[:5] or [*islice(named, 5)]
    told = [metas.get("author", ""), *(tag.get_text(" ") for tag in signed)]
    names = (re.sub(r"^(?:par|publié par)\s+", "", line(one), flags=re.IGNORECASE) for one in told)
    return tuple(dict.fromkeys(one for one in names if one and len(one) <= 80 and "://" not in one))


def _listing(main: Tag) -> str:
    if len(main.find_all("article", limit=3)) > 2:
        return "elle montre plusieurs articles"
    links = main.find_all("a", limit=200)
    told = len(main.get_text(" ").split())
    linked = sum(len(tag.get_text(" ").split()) for tag in links)
    return "presque tout y est lien" if len(links) > 9 and linked * 10 > told * 6 else ""


def _frames(main: Tag) -> Iterator[Loss]:
    for tag in main.find_all("form", limit=5):
        yield Loss("formulaire", line(tag.get_text(" "))[:80], "un texte n’en a pas")
    for tag in main.find_all("iframe", limit=20):
        source = str(tag.get("data-src") or tag.get("src") or "")
        if source and watched(source) == source:
            yield Loss("cadre d’un autre site", source[:200], "un texte n’en a pas")


def _unknown(metas: dict[str, str]) -> Iterator[Loss]:
    for name, value in metas.items():
        again = name.lower() != name and name.lower() in metas
        if not again and not _TOLD_ELSEWHERE.fullmatch(name):
            yield Loss(name, value[:100], "aucun champ ne le dit")


def _pictures(main: Tag, url: str, around: Around) -> list[tuple[Picture, Tag | None]]:
    """Pictures of a text, each with its figure if it has one."""
    found: dict[str, tuple[Picture, Tag | None]] = {}
    for tag in main.find_all("img", limit=100):
        figure = tag.find_parent("figure")
        caption = figure.find("figcaption") if figure else None
        attributes = {name: str(value) for name, value in tag.attrs.items()}
        told = line(caption.get_text(" ")) if caption else ""
        for name in ("data-src", "src"):
            if around.file and (saved := around.file(attributes.get(name, ""))):
                attributes = {**attributes, "data-src": "", "data-lazy-src": "", "src": saved}
        local = around.file is not None and "://" not in attributes.get("src", "")
        picture = picture_of(attributes, told, "" if local else url)
        if picture is not None:
            found.setdefault(picture.source, (picture, figure))
    return list(found.values())


def _legend(picture: Picture | None, shown: list[tuple[Picture, Tag | None]]) -> list[Loss]:
    """What the legend of the main picture says, which goes with it out of the text."""
    figure = next((figure for one, figure in shown if one is picture), None)
    if figure is None or len(figure.find_all("img", limit=2)) > 1:
        return []
    told = line(figure.get_text(" "))
    figure.extract()
    return [Loss("légende", told[:200], "elle accompagne son image")] if told else []


def _main_picture(metas: dict[str, str], pictures: list[Picture], url: str) -> Picture | None:
    """That of the page, with what the text says of it; else one with a credit, else the first."""
    source = resolved(metas.get("og:image", ""), url)
    name = source.rpartition("/")[2]
    if source and (twin := next((one for one in pictures if one.source.endswith(name)), None)):
        return twin
    credited = next((one for one in pictures if one.credit), None)
    own = Picture(source, metas.get("og:image:alt", "")) if source else None
    return credited or own or next(iter(pictures), None)
