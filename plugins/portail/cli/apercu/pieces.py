"""A piece of a page of the site, made fit for a file that is opened alone.

It was drawn by our templates from a checked content; it goes without its scripts, frames, forms
and files all the same. Its links lead to the published site or nowhere, its pictures are inside,
its identifiers are its own, its headings stand below those that hold it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

__all__ = ["TITLE", "Place", "blocks_of", "sheets_of", "shown"]

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
