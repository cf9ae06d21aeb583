"""Pieces of a preview: fragments of pages, URLs that go.

A fragment was drawn by our templates from a checked content; its scripts, frames and forms are
taken out all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import nh3
from lxml import etree
from lxml.html import HtmlElement, HTMLParser
from msgspec import Struct

from portail.codes import diagnostic
from portail.config import SiteConfig
from portail.diagnostics import Diagnostic, Position, Report
from portail.feature import Feature, proposal_faults
from portail.outputs.pages.slots import PROPOSE
from portail.site.item import Item
from portail.site.redirections import redirections
from portail.site.site import Site
from portail.source.loader import list_content
from portail.source.yaml_text import written
from portail.terminal.readable import source_lines
from portail.text.dates import jour

from .faults import Change, Differing, compare, diagnostics_of, differing
from .remarks import remarks
from .story import Asked, Sources, Story, story_of

_PARSER = HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
# What may be in a preview; the rest of an element that may not is kept, but for these.
_TAGS = nh3.ALLOWED_TAGS - {"map", "area"} | {
    *(
        "section main svg path circle ellipse rect line polyline polygon g text tspan defs title "
        "image".split()
    )
}
_WITH_CONTENT = {"script", "style", "iframe", "template", "noscript", "object", "select"}
_ATTRIBUTES = frozenset(
    "class id lang dir title alt src href width height datetime colspan rowspan scope role open "
    "start reversed value type style tabindex aria-hidden aria-current aria-label aria-level "
    "aria-labelledby aria-describedby aria-controls headers "
    "viewBox d cx cy r rx ry x y x1 y1 x2 y2 dx dy points transform fill stroke "
    "preserveAspectRatio text-anchor".split()
)
# Attributes that name elements, which are named anew in the preview.
_NAMING = ("id", "aria-labelledby", "aria-describedby", "aria-controls", "headers")
_LANDMARKS = frozenset(
    "region search navigation main banner contentinfo complementary form".split()
)
_NAMELESS = frozenset({"nav", "aside", "section", "header", "footer", "div", "p", "span"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_STYLES = {"color", "background-color", "fill", "stroke", "width", "height"}


TITLE = "h1"


class Place(Struct, frozen=True):
    """Place of a piece in the preview."""

    nom: str
    # Level of the heading above it.
    sous: int
    # Gives the target of a link of the page, or ``""``.
    adresse: Callable[[str], str]
    # Gives the ``data:`` URL of a picture of the page, or ``""``.
    image: Callable[[str], str]


def sheets_of(html: str) -> tuple[str, ...]:
    _, *links = html.split('<link rel="stylesheet" href="')
    addresses = (link.partition('"')[0].partition("?")[0] for link in links)
    return tuple(
        address.partition("/theme/")[2] for address in addresses if "/theme/css/" in address
    )


def shown(html: str, place: Place) -> str:
    """The content of ``html``, a whole page or a fragment, as a fragment of the preview."""
    root = _body(html)
    for element in [*root.iter("*")]:
        assert isinstance(element, HtmlElement)
        _settle(element, place)
    root.tag = "div"
    text = etree.tostring(root, method="html", encoding="unicode", with_tail=False)
    cleaned = nh3.clean(
        text.partition(">")[2].removesuffix("</div>"),
        tags=_TAGS,
        clean_content_tags=_WITH_CONTENT,
        attributes={"*": {*_ATTRIBUTES}},
        url_schemes={"http", "https", "mailto", "data"},
        filter_style_properties=_STYLES,
        link_rel=None,
    )
    return cleaned.replace(' style=""', "")


def blocks_of(html: str) -> list[str]:
    root = _body(html)
    article = root.find(".//article")
    lines: list[str] = []
    _walk(root if article is None else article, lines)
    texts = (" ".join(line.split()).strip(" :") for line in "".join(lines).split(_END))
    return [text for text in texts if text]


def _body(html: str) -> etree._Element:
    # The element of the content of a page, without its breadcrumb; a fragment, whole.
    parsed = etree.fromstring(f"<div>{html}</div>" if "<main" not in html else html, _PARSER)
    main = parsed.find(".//main")
    if main is None:
        body = parsed.find("body")
        holder = parsed if body is None or not len(body) else body[0]
    else:
        inner = main.find("div[@class='in']")
        holder = main if inner is None else inner
    for way in holder.findall("nav[@class='fil']"):
        holder.remove(way)
    return holder


def _settle(element: HtmlElement, place: Place) -> None:
    # As the preview has it: below its headings, named apart, leading where one may go.
    name = str(element.tag)
    if "hidden" in element.attrib:
        element.drop_tree()
        return
    if name in ("img", "image"):
        _show(element, place)
    elif name == "a" and (address := str(element.attrib.pop("href", ""))):
        inside = f"#{place.nom}-{address[1:]}" if address[0] == "#" else place.adresse(address)
        if inside:
            element.set("href", inside)
    for key in _NAMING:
        if names := element.get(key):
            element.set(key, " ".join(f"{place.nom}-{one}" for one in names.split()))
    if name == "h1":  # a document has one: this one only looks like it
        element.tag = f"h{1 + place.sous}"
        element.set("class", f"{TITLE} {element.get('class', '')}".strip())
    elif name in _HEADINGS:
        element.set("aria-level", str(int(name[1]) + place.sous))
    # No landmark: the file has its own.
    if name in ("nav", "aside"):
        element.set("role", "presentation")
    elif element.get("role") in _LANDMARKS:
        del element.attrib["role"]
    if name in _NAMELESS and element.get("role") in (None, "presentation"):
        for key in ("aria-label", "aria-labelledby"):
            element.attrib.pop(key, "")


def _show(element: HtmlElement, place: Place) -> None:
    # Put the picture itself in the place of its address; without it, its text.
    addresses = [str(element.attrib.pop(key, "")) for key in ("src", "href")]
    address = next(filter(None, addresses), "")
    inside = address if address.startswith("data:image/") else place.image(address)
    if inside:
        element.set("href" if element.tag == "image" else "src", inside)
    elif element.tag == "img":
        alt = element.get("alt")
        element.tag = "span"
        element.attrib.clear()
        element.text = f"[Image : {alt}]" if alt else None


_BLOCKS = frozenset(
    "p li h1 h2 h3 h4 h5 h6 tr table figcaption caption summary blockquote ul ol dl section header "
    "footer aside article nav pre figure details".split()
)
_END = "\x1e"
_SILENT = frozenset("script style svg template picture source".split())


def _walk(element: etree._Element, lines: list[str]) -> None:
    # Texts of ``element``, ``_END`` around each block; a name is parted from its value.
    name = element.tag if isinstance(element.tag, str) else ""
    if name == "img" and element.get("alt"):
        lines.append(f"{_END}[Image : {element.get('alt')}]{_END}")
    if not name or name in _SILENT or "hidden" in element.attrib:
        return
    apart = name in _BLOCKS or (name == "div" and element.get("class") == "fait")
    lines.append(_END * apart + _read(element.text))
    for child in element:
        _walk(child, lines)
        lines.append(_read(child.tail))
    lines.append({"dt": " : ", "th": " : ", "dd": " ", "td": " ", "time": " "}.get(name, ""))
    lines.append(_END * apart)


def _read(text: str | bytes | None) -> str:
    return str(text or "").replace(_END, " ")


def _vanished(changes: Iterable[Change], before: Site, after: Site) -> Iterator[Diagnostic]:
    # Advice (C519), with the line to add, for each published content whose URL is lost.
    former = {item.entry.source: item for item in before.items.values()}
    now = {item.entry.source: item for item in after.items.values()}
    urls = {item.url for item in after.items.values()} | {
        redirection.de for redirection in redirections(after)
    }
    urls |= {removed.url for removed in after.retraits}
    for change in changes:
        was = None
        if change.avant:
            was = former.get(change.avant.path)
        if was is None or was.url in urls or not was.entry.paru(before.day.date):
            continue
        item = None
        if change.sorte == "renomme":
            item = now.get(change.path)
        if item is not None or change.sorte == "retire":
            yield _vanishing(change, was, item, after)


def _vanishing(change: Change, was: Item, item: Item | None, site: Site) -> Diagnostic:
    if item is not None:
        remedy = "Pour que ses liens mènent encore ici, écrivez dans l’en-tête :"
        line = f"anciennes_urls: {written([*item.entry.anciennes_urls, was.url], flow=True)}"
    else:
        remedy = "S’il ne doit pas finir en page introuvable, ajoutez à content/retraits.yml :"
        line = f"  - {{ref: {was.ref}, le: {site.day.date.isoformat()}}}"
    place = Position(change.path)
    return diagnostic("C519", place, paste=line, url=was.url, remede=remedy)


# From two readings, of the base and of the proposal, to the story of what changes.


class Folders(Struct, frozen=True):
    """The folders of the base and of the proposal, which have the same name, read once."""

    apres: Path
    differing: Differing
    # The texts of the base, by their paths.
    avant: frozenset[PurePosixPath] = frozenset()
    # What the proposal changes that it may not.
    refused: tuple[Diagnostic, ...] = ()

    @classmethod
    def of(
        cls, avant: Path, apres: Path, config: SiteConfig, features: Iterable[Feature]
    ) -> Folders:
        untouched = config.statiques
        before = list_content(avant, untouched)
        after = list_content(apres, untouched)
        known = frozenset(text.path for text in before.documents)
        refused = tuple(proposal_faults(features, before, after, apres.name))
        return cls(apres, differing(before, after), known, refused)

    def changed_texts(self) -> list[PurePosixPath]:
        changes = compare(self.differing, {})
        return [change.avant.path for change in changes if change.avant and change.document]


class Version(NamedTuple):
    """The contents without a proposal, or with it, and what is wrong with them."""

    site: Site
    report: Report


def whole_story(folders: Folders, before: Version, after: Version, options: Asked) -> Story:
    """The story of ``folders``."""
    config = after.site.config
    owners: dict[PurePosixPath, set[PurePosixPath]] = defaultdict(set)
    for item in (*before.site.items.values(), *after.site.items.values()):
        for path in item.medias.values():
            owners[path].add(item.entry.source)
    changes: Sequence[Change] = compare(folders.differing, owners)
    lost = _vanished(changes, before.site, after.site)
    odd = remarks(changes, before.site, after.site)
    changes, diagnostics = diagnostics_of(
        changes, before.report, Report((*after.report, *folders.refused, *lost, *odd))
    )
    lines = source_lines(folders.apres.parent)
    sources = Sources(before.site, after.site, lines)
    day = jour(after.site.day.date, semaine=False)
    contribute = PROPOSE.ask(after.site, None)
    return Story(story_of(changes, diagnostics, sources), day, options, config, contribute)
