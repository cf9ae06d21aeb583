"""What readers of a page see: its text among what surrounds it, its title, its days, pictures."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Set
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from bs4.element import Tag
from msgspec import Struct

from portail.text.normalise import fold
from portail.text.public import Said, said_in, said_under, says

from .addresses import clean_address, personal
from .cleaning import is_widget
from .items import Loss, Picture, SourceItem
from .moments import between, of_iso
from .pictures import picture_of, resolved, with_legend
from .prose import STRUCK, line, once, one_line
from .record import Record
from .schema_org import Graph, Tags, types, words
from .schema_things import day_of, is_article, language
from .unseen import REVIEWED, unseen

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
# What is repeated on every page is kept when it is so short: « Gratuit, sur inscription ».
_SHORT = 40
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

    # Its address, when the page does not say it.
    url: str = ""
    # Its path in the folder of its site.
    name: str = ""
    # Keys of the blocks (``keys_of``) and the marks (``marks_of``) that its site repeats.
    repeated: frozenset[int] = frozenset()
    # From an address as the page writes it to that of the page saved with it, if there is one.
    link: Callable[[str], str] | None = None
    # From an address as the page writes it to the path of the picture saved with it.
    file: Callable[[str], str] | None = None


def main_of(page: Tags) -> Tag | None:
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
    rest = by_rank.get(_MAIN) or by_rank.get(_ARTICLE)
    return next(iter([*(rest or ()), *page["body"], *page["*"]]), None)


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
    return 4 if "id" in attributes and words(attributes["id"]) in _MAINS else None


def _leaves(main: Tag) -> Iterator[tuple[Tag, int]]:
    for tag in main.find_all(_LEAVES):
        whole = not tag.decomposed and tag.find(_BLOCKS) is None
        if text := " ".join(tag.get_text(" ").split()) if whole else "":
            yield tag, _key(text)


def _key(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def keys_of(page: Tags, main: Tag) -> frozenset[int]:
    """A key for each block of a text, and for what sums it up."""
    return frozenset({_key(_described(_metas(page))), *(key for _, key in _leaves(main))})


def _described(metas: Record) -> str:
    return line(one_line(metas.first("resume")))


def marks_of(page: Tags) -> frozenset[int]:
    """A key for each class of the body of a page, and for each of its titles: what all pages have
    says nothing of one."""
    body = _first(page, "body", "class")
    classes = {f"body.{name}" for name in (body if isinstance(body, list) else ())}
    return frozenset(map(_key, classes | {line(tag.get_text(" ")) for tag in page["h1"][:5]}))


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


def _drop_unseen(page: Tags, main: Tag) -> list[Loss]:
    # Take out what is not for readers: neither its pictures nor its days are of the page.
    _strike(page, main)
    tags = main.find_all(True)
    hidden = unseen(tags, lambda tag: (tag.name, tag.attrs), lambda tag: tag.parent)
    for tag in tags:
        if id(tag) in hidden:
            tag.extract()
    return [REVIEWED] if any(hidden.values()) else []


def _strike(page: Tags, main: Tag) -> None:
    # Give the words that a class of the style sheet of ``page`` strikes that style.
    rules = (rule for sheet in page["style"] for rule in sheet.get_text().split("}"))
    struck = (rule.rpartition("{")[0] for rule in rules if "line-through" in rule)
    names = {word for selectors in struck for word in selectors.replace(",", " ").split()}
    for tag in main.find_all(class_=True) if names else ():
        if any(f".{name}" in names for name in tag.get_attribute_list("class")):
            tag["style"] = f"{tag.get('style') or ''};text-decoration:line-through"


def _is_aside(tag: Tag, titre: str) -> bool:
    if tag.name in _ASIDE or (tag.name in ("h1", "p") and fold(tag.get_text(" ")) == fold(titre)):
        return True
    classes = tag.get_attribute_list("class")
    named = is_widget(words(tag.get("class")), words(tag.get("id")))
    return named or not _SIGNED.isdisjoint(classes)


def _drop_section(heading: Tag) -> None:
    # Take out a heading and what it leads, up to the next of its level.
    for tag in list(heading.find_next_siblings()):
        if tag.name in _HEADINGS and tag.name <= heading.name:
            break
        tag.extract()
    heading.extract()


def _heads(main: Tag) -> list[Loss]:
    # Take out what stands beside a title: who signs, when, how long one reads.
    losses = []
    for tag in main.find_all("header", limit=5):
        text = line(tag.get_text(" "))
        if len(text.split()) < _ENOUGH and tag.find(_HEADINGS) is None:
            tag.extract()
            losses += [Loss("en-tête", text, "il accompagne le titre")] * bool(text)
    return losses


def _settle(main: Tag, url: str, around: Around) -> list[Loss]:
    # Make addresses whole, since a text is read without its page; those that cannot be, or that say
    # who reads.
    losses: list[Loss] = []
    for tag in main.find_all("a"):
        written = words(tag.get("href"))
        losses += personal(written)
        tag["href"] = (around.link and around.link(written)) or clean_address(written, url)
        if not tag["href"]:
            del tag["href"]
            losses += [Loss("lien", written, _NOWHERE)] * _is_beside(written)
    return losses


def _is_beside(written: str) -> bool:
    return written[:1] not in ("", "#", " ") and ":" not in written.partition("/")[0]


_NOWHERE = "rien ne dit à quelle adresse était ce site"
_AUTHORS = frozenset("author p-author auteur author-name byline".split())
_BY = ("par ", "publié par ", "by ")
_LISTS = frozenset("CollectionPage SearchResultsPage ProfilePage".split())
_LISTED = re.compile(
    r"/(?:page/\d+|tags?|categor(?:y|ie|ies)|mots?-cles?|etiquettes?|auteurs?|authors?|search|recherche"
    r"|archives?|feed|rubriques?)(?:[/?]|\.html?$|$)|rubrique\d+|^/$",
    re.IGNORECASE,
)
_HOME = re.compile(r"/index\d*\.(?:html?|php)", re.IGNORECASE)
_TAG = re.compile(r"(?:^|/)(?:tags?|mots?-cles?|etiquettes?)/[^/]", re.IGNORECASE)
_CLASSES = frozenset(
    "home archive search blog tag category author path-frontpage page-recherche page-rubrique "
    "page-sommaire page-mot search-results tax".split()
)
_ASKED = frozenset("s q recherche page paged debut_articles id_rubrique id_mot replytocom".split())


class Shown(SourceItem, frozen=True, kw_only=True):
    """What a page shows."""

    # How long its text is.
    words: int
    auteurs: tuple[str, ...]
    pictures: tuple[Picture, ...]
    # Why its text is a list of links; empty when it is none.
    listing: str


def content_shown(page: Tags, around: Around) -> Shown:
    """What ``page`` shows; its tree is changed."""
    metas = _metas(page)
    described = _described(metas)
    url = address_of(page, around.url)
    main = main_of(page) or Tag(name="main")
    reviewed = _drop_unseen(page, main)
    titre = _title(page, main, metas, around.repeated)
    every = main.find_all("time", attrs={"datetime": True}, limit=40)
    times = [time for time in every if not time.find_parent(STRUCK)]
    fields: dict[str, Any] = {
        "titre": titre,
        "resume": "" if _key(described) in around.repeated else described,
        "langue": language(str(_first(page, "html", "lang") or metas.first("langue") or "")),
        "publie_le": metas.moment("publie_le")[:10] or _published(page),
        "modifie": metas.moment("modifie")[:10],
        "listing": _listing(main),
        "mots": _words(page, metas),
        "auteurs": _authors(page, metas),
        "quand": _dates(times),
        "said": (*said_in("page", dict(metas.rest())), *_badges(page)),
    }
    losses = [*reviewed, *_rest(metas, main)]
    pictures = _pictures(main, url, around)
    picture = _main_picture(metas, pictures, url)
    reduced(main, titre, around.repeated)
    losses += [*_heads(main), *_settle(main, url, around)]
    return Shown(
        row=1,
        url=url,
        html=main.decode_contents(),
        words=len(main.get_text(" ").split()),
        identifier=around.name,
        pictures=tuple(pictures),
        picture=picture,
        losses=tuple(losses),
        **fields,
    )


def _badges(page: Tags) -> Iterator[Said]:
    # States that a page shows to those who write it: « Non publié ».
    for tag in page["span"][:500]:
        if "badge" not in tag.get_attribute_list("class"):
            continue
        if said := said_under("statut", line(tag.get_text(" ")), date.max):
            yield said


def is_list(main: Tag, url: str, name: str) -> bool:
    """Whether a page shows others: its blocks are theirs."""
    return bool(_list_address(url, name) or _listing(main))


def _list_address(url: str, name: str) -> str:
    # The address of a page, else its path in the folder of its site, when lists have such ones.
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}".rstrip("?") or f"/{name}" * bool(name)
    home = _HOME.fullmatch(path) or _HOME.fullmatch(f"/{name}")
    return path if home or _LISTED.search(path) else ""


def list_page(page: Tags, content: Shown, graph: Graph, around: Around) -> str:
    """Why a page is no content but a list of others; empty when it is a content."""
    if any(is_article(node) for node in graph.tops):
        return ""
    sorts = {name for node in graph.tops for name in types(node)}
    if lists := sorts & _LISTS:
        return f"ses données disent « {min(lists)} »"
    parts = urlsplit(content.url)
    parameters = {name for name, _ in parse_qsl(parts.query)} & _ASKED
    body = _first(page, "body", "class")
    classes = set(body if isinstance(body, list) else ()) & _CLASSES
    classes -= {name for name in classes if _key(f"body.{name}") in around.repeated}
    if classes and not {"single", "single-post"} & set(body or ()):
        return f"le site dit « {min(classes)} »"
    if parameters:
        return f"son adresse demande « {min(parameters)} »"
    if path := _list_address(content.url, around.name):
        return f"son adresse est « {path} »"
    return content.listing


def address_of(page: Tags, url: str = "") -> str:
    """The address that a page says is its own, else ``url``."""
    links = [tag for tag in page["link"] if "canonical" in words(tag.get("rel")).lower().split()]
    for tag in links[:3]:
        if address := clean_address(str(tag.get("href") or ""), url):
            return address
    named = (tag for tag in page["meta"] if tag.get("property") == "og:url")
    return next((clean_address(words(tag.get("content")), url) for tag in named), "") or url


def _first(page: Tags, name: str, attribute: str) -> Any:
    return next((tag.get(attribute) for tag in page[name]), None)


def _metas(page: Tags) -> Record:
    named = (
        (tag.get("property") or tag.get("name"), tag.get("content")) for tag in page["meta"][:500]
    )
    pairs = ((str(name or ""), line(str(content or ""))[:2_000]) for name, content in named)
    return Record("page", (pair for pair in pairs if all(pair)))


def _title(page: Tags, main: Tag, metas: Record, repeated: Set[int]) -> str:
    site = one_line(metas.first("site"))
    heads = [line(tag.get_text(" ")) for tag in (*main.find_all("h1", limit=3), *page["h1"][:5])]
    own = (it for it in heads if it and fold(it) != fold(site) and _key(it) not in repeated)
    head = next(own, "")
    title = one_line(metas.first("titre")) or line(
        " ".join(tag.get_text(" ") for tag in page["title"][:1])
    )
    return head or _without_site(title, site) or next(filter(None, heads), "")


def _without_site(titre: str, site: str) -> str:
    # A title without the name of its site: « La Lune – Écomusée ».
    parts = re.split(r"\s+[|–—·»-]\s+", titre)
    if len(parts) > 1 and (not site or fold(parts[-1]) == fold(site)):
        return titre[: titre.rindex(parts[-1])].rstrip(" |–—·»-")
    return titre


def _day(time: Tag) -> str:
    return day_of(str(time.get("datetime") or time.get("title")))


def _published(page: Tags) -> str:
    names = {"published", "dt-published", "entry-date", "datePublished"}
    marked = [
        tag
        for tag in (*page["time"][:60], *page["abbr"][:60])
        if "pubdate" in tag.attrs
        or not names.isdisjoint((*tag.get_attribute_list("class"), words(tag.get("itemprop"))))
    ]
    return next(filter(None, map(_day, marked)), "")


def _dates(times: list[Tag]) -> dict[str, str]:
    # What the first two times of a text say, when it is an event.
    read = [moment for tag in times if (moment := of_iso(str(tag.get("datetime"))))]
    return between(read[0], read[1] if len(read) > 1 else None) if read else {}


def _words(page: Tags, metas: Record) -> tuple[str, ...]:
    listed = ",".join(metas.all("mots"))
    tags = [tag.get_text(" ") for tag in _tagged(page)[:40]]
    return once(map(line, (*listed.split(","), *tags)))


def _related(page: Tags, relation: str) -> list[Tag]:
    return [tag for tag in page["a"] if relation in words(tag.get("rel")).split()]


def _tagged(page: Tags) -> list[Tag]:
    led = (tag for tag in page["a"] if _TAG.search(words(tag.get("href"))))
    return _related(page, "tag") or [*filter(_is_within, led)]


def _is_within(tag: Tag) -> bool:
    # Whether an element is of the text of its page, not of what its site repeats around it.
    return tag.find_parent(("article", "main")) is not None


def _signatures(page: Tags) -> Iterator[Tag]:
    heads = filter(_is_within, page["header"][:5])
    parts = (tag for head in heads for tag in head.find_all(("p", "span", "div"), limit=20))
    signed = ((tag, line(tag.get_text(" "))) for tag in parts)
    return (
        tag
        for tag, text in signed
        if text.lower().startswith(_BY) and not any(map(str.isdigit, text))
    )


def _unsigned(text: str) -> str:
    sign = next(filter(text.lower().startswith, _BY), "")
    return text[len(sign) :]


def _authors(page: Tags, metas: Record) -> tuple[str, ...]:
    related = _related(page, "author")
    named = (tag for tag in page["*"] if not _AUTHORS.isdisjoint(words(tag.get("class")).split()))
    parts = (tag.find_all("a", limit=5) or [tag] for tag in islice(named, 5))
    signed = [*filter(_is_within, related)] or [tag for part in parts for tag in part]
    signed = signed or [*_signatures(page)] or related
    signatures = [*metas.all("auteurs"), *(tag.get_text(" ") for tag in signed[:5])]
    names = map(_unsigned, map(line, signatures))
    return once(name for name in names if len(name) <= 80 and "://" not in name)


def _listing(main: Tag) -> str:
    if len(main.find_all("article", limit=3)) > 2:
        return "elle montre plusieurs articles"
    links = main.find_all("a", limit=200)
    length = len(main.get_text(" ").split())
    linked = sum(len(tag.get_text(" ").split()) for tag in links)
    return "presque tout y est lien" if len(links) > 9 and linked * 10 > length * 6 else ""


def _rest(metas: Record, main: Tag) -> Iterator[Loss]:
    for name, value in metas.rest():
        if not says("page", name):
            metas.lose(name, value[:100])
    yield from metas.losses
    for tag in main.find_all("form", limit=5):
        yield Loss("formulaire", line(tag.get_text(" "))[:80], "un texte n’en a pas")


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
    own = Picture(source, one_line(metas.first("alt"))) if source else None
    return with_legend(own, pictures)
