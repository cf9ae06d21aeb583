"""Pieces of a preview: fragments of pages, summary, URLs that go.

A fragment was drawn by our templates from a checked content; its scripts, frames and forms are
taken out all the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from lxml import etree
from msgspec import Struct

from portail.codes import diagnostic
from portail.config import SiteConfig
from portail.diagnostics import Diagnostic, Position, Report
from portail.feature import Feature, proposal_faults, reading_with
from portail.features.services.schemas.examples import written
from portail.geo.territories import Geography
from portail.model.vocabulary import Vocabularies
from portail.outputs.pages.slots import PROPOSE
from portail.resources import Folder
from portail.site.item import Item
from portail.site.redirections import redirections
from portail.site.site import Site
from portail.source.loader import list_content
from portail.terminal.readable import source_lines
from portail.terminal.text import counted
from portail.text.dates import jour

from .comment import advice_line, error_piece, fitted, verdict
from .faults import Change, Differing, compare, diagnostics_of, differing
from .remarks import remarks
from .story import Asked, Fiche, Sources, Story, story_of
from .words import change_of, code, counts, inline, state_of

_PARSER = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
_DROPPED = frozenset(
    "script style link meta base iframe frame frameset object embed applet video audio track "
    "source template form input select textarea button dialog noscript map area canvas "
    "animate animatetransform animatemotion set foreignobject use portal math slot".split()
)
_KEPT = frozenset(
    "class lang dir title alt width height datetime colspan rowspan scope role open start reversed "
    "value type viewbox d cx cy r rx ry x y x1 y1 x2 y2 dx dy points transform fill stroke "
    "preserveaspectratio text-anchor".split()
)
_NAMING = ("aria-labelledby", "aria-describedby", "aria-controls", "headers")
_ARIA = ("aria-hidden", "aria-current", "aria-label", "aria-level")
_LANDMARKS = frozenset(
    "region search navigation main banner contentinfo complementary form".split()
)
_NAMELESS = frozenset({"nav", "aside", "section", "header", "footer", "div", "p", "span"})
_IN_NAMES = str.maketrans("", "", "_.:-")
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_STYLE = re.compile(r"[\w\s:;.,%#()+*/-]*")


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
    for element in list(root.iter()):
        if element is not root:
            _clean(element, place)
    root.tag = "div"
    root.attrib.clear()
    text = etree.tostring(root, method="html", encoding="unicode", with_tail=False)
    return text.replace("</wbr>", "").removeprefix("<div>").removesuffix("</div>")


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


def _clean(element: etree._Element, place: Place) -> None:
    parent = element.getparent()
    if parent is None:
        return
    name = element.tag if isinstance(element.tag, str) else ""
    if not name or not name.isalnum() or name in _DROPPED or "hidden" in element.attrib:
        _drop(element)
        return
    if name == "picture":  # its files were dropped: only its own picture is left
        element.tag = name = "span"
    if name in ("img", "image"):
        _picture(element, place)
    for key in list(element.attrib):
        value = str(element.attrib.pop(key))
        allowed = _attribute(name, str(key).lower(), value, place)
        if allowed is not None:
            element.set(str(key).lower(), allowed)
    _name(element, name, place)


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    tail = element.tail
    assert parent is not None
    before = element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _is_name(value: str) -> bool:
    return value.translate(_IN_NAMES).isalnum()


def _attribute(name: str, key: str, value: str, place: Place) -> str | None:
    if key == "id":
        if _is_name(value):
            return f"{place.nom}-{value}"
        return None
    if key in _NAMING:
        return " ".join(f"{place.nom}-{name}" for name in value.split() if _is_name(name))
    if key in ("src", "href") and name in ("img", "image"):
        if value.startswith("data:image/"):
            return value
        return None
    if key == "href" and name == "a":
        if value.startswith("#"):
            if _is_name(value[1:]):
                return f"#{place.nom}-{value[1:]}"
            return None
        return place.adresse(value) or None
    if key == "tabindex":
        if value == "0":
            return value
        return None
    if key == "style":
        if _STYLE.fullmatch(value) and "url(" not in value.lower():
            return value
        return None
    if key in _KEPT or key in _ARIA:
        return value
    return None


def _picture(element: etree._Element, place: Place) -> None:
    # Put the picture itself in the place of its address; without it, its text.
    urls = [str(element.attrib.pop(key, "")) for key in ("src", "href")]
    images = (place.image(url) for url in urls if url and not url.startswith("data:"))
    inside = next(filter(None, images), "")
    if inside:
        element.set("href" if element.tag == "image" else "src", inside)
    elif element.tag == "img":
        alt = element.get("alt", "")
        element.tag = "span"
        element.attrib.clear()
        element.text = f"[Image : {alt}]" if alt else None


def _name(element: etree._Element, name: str, place: Place) -> None:
    # Headings below those that hold the piece; no landmark: the file has its own.
    if name in _HEADINGS:
        element.set("aria-level", str(int(name[1]) + place.sous))
    if name == "h1":  # a document has one: this one only looks like it
        element.tag = f"h{1 + place.sous}"
        element.attrib.pop("aria-level", "")
        element.set("class", f"{TITLE} {element.get('class', '')}".strip())
    if name in ("nav", "aside"):
        element.set("role", "presentation")
    elif element.get("role") in _LANDMARKS:
        del element.attrib["role"]
    if name in _NAMELESS and element.get("role") in (None, "presentation"):
        for key in ("aria-label", "aria-labelledby"):
            element.attrib.pop(key, "")


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


# Characters of a summary: GitHub takes a megabyte.
LONGEST = 400_000

_ADVICE = 10


def summary(story: Story) -> str:
    """Contents with their titles, dates, places and corrections, for the page of the job."""
    parts = [f"## {verdict(story)}", f"{counts(story)} · {story.jour}"]
    if not story.fiches:
        parts.append("Rien ne change sous `content/`.")
    pieces, dropped = fitted(story.fiches, lambda fiche: _piece(fiche, story), LONGEST - 1_000)
    if dropped:
        pieces.append(f"… et {counted(dropped, ('autre contenu', 'autres contenus'))}.")
    return "\n\n".join([*parts, *pieces]) + "\n"


def _piece(fiche: Fiche, story: Story) -> str:
    rows = [f"- {name}\u00a0: {value}" for name, value in _rows(fiche) if value]
    parts = [f"### {inline(fiche.titre, 200) or '–'}", "\n".join(rows)]
    if fiche.erreurs:
        parts.append(error_piece(fiche, story))
    advice = [advice_line(fiche, fault, 1) for fault in fiche.conseils[:_ADVICE]]
    if advice:
        parts.append("\n".join(["Libre à vous :", "", *advice]))
    return "\n\n".join(parts)


def _rows(fiche: Fiche) -> Iterator[tuple[str, str]]:
    yield "Changement", change_of(fiche)
    yield "Ce qui change", inline(", ".join(fiche.champs))
    yield "Quand", inline(fiche.quand)
    yield "Où", inline(fiche.ou)
    yield "Pages touchées", inline(fiche.touche)
    yield "Fichier", code(str(fiche.path))
    yield "Auparavant", code(str(fiche.ancien)) if fiche.ancien else ""
    yield "État", state_of(fiche)


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


def whole_story(
    folders: Folders, before: Version, after: Version, data: Folder, options: Asked
) -> Story:
    """The story of ``folders``; ``data`` are the tables. Raises ``DataError``."""
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
    geography = Geography.load(data, config.region)
    reading = reading_with(after.site.features, Vocabularies.load(data), geography)
    lines = source_lines(folders.apres.parent)
    sources = Sources(before.site, after.site, lines, reading)
    day = jour(after.site.day.date, semaine=False)
    contribute = PROPOSE.ask(after.site, None)
    return Story(story_of(changes, diagnostics, sources), day, options, config, contribute)
