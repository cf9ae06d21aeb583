"""Pieces of a preview: fragments of pages, its summary, what was removed.

It was drawn by our templates from a checked content; it goes without its scripts, frames, forms
and files all the same. Its links lead to the published site or nowhere, its pictures are inside,
its identifiers are its own, its headings stand below those that hold it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lxml import etree

from portail.cli.apercu.changes import Change, Differing, compare, differing
from portail.cli.apercu.comment import advice_line, error_piece, fitted, verdict
from portail.cli.apercu.faults import told_of
from portail.cli.apercu.story import Asked, Fiche, Sources, Story, story_of
from portail.cli.apercu.words import change_of, code, counts, inline, state_of
from portail.cli.reporting import source_lines
from portail.cli.terminal import counted
from portail.codes import diagnostic
from portail.config import SiteConfig
from portail.diagnostics import Diagnostic, Position, Report
from portail.geo.territories import Geography
from portail.model.scalars import Reading
from portail.model.vocabulary import Vocabularies
from portail.pipeline import Result
from portail.schemas.examples import written
from portail.site.item import Item
from portail.site.redirections import redirections
from portail.site.site import Site
from portail.source.envois import check_frozen
from portail.source.loader import list_content
from portail.text.dates import jour

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
_HEADING = re.compile(r"h([1-6])")
_NAME = re.compile(r"[\w.:-]+")
_STYLE = re.compile(r"[\w\s:;.,%#()+*/-]*")


TITLE = "h1"
"""The class of what was the title of a page; style sheets must know it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece is put: ``nom`` is what its identifiers begin with, ``sous`` the level of the
    heading above it. ``adresse`` gives where a link leads, and ``image`` the ``data:`` address of a
    picture: each is given an address of the page, and gives ``""`` for none."""

    nom: str
    sous: int
    adresse: Callable[[str], str]
    image: Callable[[str], str]


def sheets_of(html: str) -> tuple[str, ...]:
    """Names of the style sheets that a page asks for: ``css/fiche.css``."""
    return tuple(re.findall(r'<link rel="stylesheet" href="[^"]*?/theme/(css/[\w-]+\.css)', html))


def shown(html: str, place: Place) -> str:
    """What ``html``, a whole page or a fragment, shows between its head and its foot."""
    root = _body(html)
    for element in list(root.iter()):
        if element is not root:
            _clean(element, place)
    root.tag = "div"
    root.attrib.clear()
    text = etree.tostring(root, method="html", encoding="unicode", with_tail=False)
    return text.replace("</wbr>", "").removeprefix("<div>").removesuffix("</div>")


def blocks_of(html: str) -> list[str]:
    """The words of the content of a page, a text for each block: what a reader sees change."""
    root = _body(html)
    article = root.find(".//article")
    lines: list[str] = []
    _walk(root if article is None else article, lines)
    found = (re.sub(r"\s+", " ", line).strip(" :") for line in "".join(lines).split(_END))
    return [line for line in found if line]


def _body(html: str) -> etree._Element:
    """What holds the content of a page, the way to it left out; a fragment, whole."""
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
        kept = _attribute(name, str(key).lower(), value, place)
        if kept is not None:
            element.set(str(key).lower(), kept)
    _name(element, name, place)


def _drop(element: etree._Element) -> None:
    """Take an element out with all it holds; the text that follows stays."""
    parent, tail = element.getparent(), element.tail
    assert parent is not None
    before = element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _attribute(name: str, key: str, value: str, place: Place) -> str | None:
    """What an attribute is worth in the file; ``None``: it goes."""
    if key == "id":
        return f"{place.nom}-{value}" if _NAME.fullmatch(value) else None
    if key in _NAMING:
        return " ".join(f"{place.nom}-{one}" for one in value.split() if _NAME.fullmatch(one))
    if key in ("src", "href") and name in ("img", "image"):
        return value if value.startswith("data:image/") else None
    if key == "href" and name == "a":
        if value.startswith("#"):
            return f"#{place.nom}-{value[1:]}" if _NAME.fullmatch(value[1:]) else None
        return place.adresse(value) or None
    if key == "tabindex":
        return value if value == "0" else None
    if key == "style":
        return value if _STYLE.fullmatch(value) and "url(" not in value.lower() else None
    return value if key in _KEPT or key in _ARIA else None


def _picture(element: etree._Element, place: Place) -> None:
    """Put the picture itself in the place of its address; without it, its text."""
    inside = ""
    for address in (element.get("src"), element.get("href")):
        if address and not address.startswith("data:"):
            inside = inside or place.image(address)
    for key in ("src", "href"):
        element.attrib.pop(key, "")
    if inside:
        element.set("href" if element.tag == "image" else "src", inside)
    elif element.tag == "img":
        told = element.get("alt", "")
        element.tag = "span"
        element.attrib.clear()
        element.text = f"[Image : {told}]" if told else None


def _name(element: etree._Element, name: str, place: Place) -> None:
    """Headings below those that hold the piece; no landmark: the file has its own."""
    heading = _HEADING.fullmatch(name)
    if heading:
        element.set("aria-level", str(int(heading[1]) + place.sous))
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
    """Texts of ``element``, ``_END`` around each block; a name is parted from its value."""
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


# What a proposal changes, for the page of the job that checked it: read without any download.

LONGEST = 400_000
"""Characters of a summary: GitHub takes a megabyte."""

_ADVICE = 10


def summary(story: Story) -> str:
    """Each content with its title, dates, place and corrections, in Markdown."""
    parts = [f"## {verdict(story)}", f"{counts(story)} · {story.jour}"]
    if not story.fiches:
        parts.append("Rien ne change sous `content/`.")
    kept, left = fitted(story.fiches, lambda one: _piece(one, story), LONGEST - 1_000)
    if left:
        kept.append(f"… et {counted(left, ('autre contenu', 'autres contenus'))}.")
    return "\n\n".join([*parts, *kept]) + "\n"


def _piece(fiche: Fiche, story: Story) -> str:
    rows = [f"- {name}\u00a0: {value}" for name, value in _rows(fiche) if value]
    parts = [f"### {inline(fiche.titre, 200) or '–'}", "\n".join(rows)]
    if fiche.erreurs:
        parts.append(error_piece(fiche, story))
    advice = [advice_line(fiche, one, story) for one in fiche.conseils[:_ADVICE]]
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


# Addresses that die with a proposal: of what it renames or takes out, and leads nowhere then.


def vanished(changes: Iterable[Change], before: Site, after: Site) -> Iterator[Diagnostic]:
    """One advice (C519) for each content that readers could open and whose address is lost, with
    the line to add."""
    former = {item.entry.source: item for item in before.items.values()}
    now = {item.entry.source: item for item in after.items.values()}
    kept = {item.url for item in after.items.values()} | {one.de for one in redirections(after)}
    kept |= {one.url for one in after.retraits}
    for change in changes:
        was = former.get(change.avant.path) if change.avant else None
        if was is None or was.url in kept or not was.entry.paru(before.day.date):
            continue
        item = now.get(change.path) if change.sorte == "renomme" else None
        if item is not None or change.sorte == "retire":
            yield _told(change, was, item, after)


def _told(change: Change, was: Item, item: Item | None, site: Site) -> Diagnostic:
    if item is not None:
        remedy = "Pour que ses liens mènent encore ici, écrivez dans l’en-tête :"
        line = f"anciennes_urls: {written([*item.entry.anciennes_urls, was.url], flow=True)}"
    else:
        remedy = "S’il ne doit pas finir en page introuvable, ajoutez à content/retraits.yml :"
        line = f"  - {{ref: {was.ref}, le: {site.day.date.isoformat()}}}"
    place = Position(change.path)
    return diagnostic("C519", place, paste=line, url=was.url, remede=remedy)


# From two readings, of the base and of the proposal, to the story of what changes.


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of the base and of the proposal, which have the same name: the one that is
    ``apres``, and what differs, listed and read once, as a preview of them is; ``figees`` what is
    wrong with it whatever it says: files of letters that were sent."""

    apres: Path
    found: Differing
    figees: tuple[Diagnostic, ...] = ()

    @classmethod
    def of(cls, avant: Path, apres: Path, config: SiteConfig) -> Folders:
        """List and read both."""
        left = config.statiques
        before, after = list_content(avant, left), list_content(apres, left)
        return cls(apres, differing(before, after), (*check_frozen(before, after, apres.name),))

    def changed_texts(self) -> list[PurePosixPath]:
        """The texts of the base that the proposal changes, renames or takes out."""
        found = compare(self.found, {})
        return [one.avant.path for one in found if one.avant and one.document]


def tell(folders: Folders, before: Result, after: Result, data: Path, asked: Asked) -> Story:
    """What ``folders`` differ by, once both are read; ``data`` is the folder of the tables.

    Raises ``DataError`` when a table is broken.
    """
    assert before.site is not None
    assert after.site is not None  # a preview leaves out what is faulty
    config = after.site.config
    changes: Sequence[Change] = compare(folders.found, _owners(before.site, after.site))
    lost = vanished(changes, before.site, after.site)
    changes, told = told_of(changes, before.report, Report((*after.report, *folders.figees, *lost)))
    reading = Reading(Vocabularies.load(data), Geography.load(data, config.region))
    refs = frozenset(f"{one.kind.value}/{one.slug}" for one in folders.found.connus)
    lines = source_lines(folders.apres.parent)
    sources = Sources(before.site, after.site, lines, refs, reading)
    day = jour(after.site.day.date, semaine=False)
    return Story(story_of(changes, told, sources), day, asked, config)


def _owners(*sites: Site) -> Mapping[PurePosixPath, set[PurePosixPath]]:
    """The texts that show each picture or document, on either side."""
    found: dict[PurePosixPath, set[PurePosixPath]] = {}
    for site in sites:
        for item in site.items.values():
            for path in item.medias.values():
                found.setdefault(path, set()).add(item.entry.source)
    return found
