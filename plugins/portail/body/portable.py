"""The HTML of a body made fit for another site: nothing that needs ours."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

__all__ = ["portable"]

_PARSER = etree.HTMLParser(no_network=True)
_DROPPED = {"figure", "picture", "img"}
_OF_PICTURES = {"figures", "animation"}
_UNWRAPPED = {"div", "section", "span"}
_KEPT = {
    "a": ("href",),
    "abbr": ("title",),
    "img": ("src", "alt", "title", "width", "height"),
    "ol": ("start",),
    "th": ("scope",),
}


def portable(html: str, absolute: Callable[[str], str], *, pictures: bool = False) -> str:
    """``html`` of a resolved body without classes, ids nor links of notes.

    Pictures, each of which has a licence of its own, are left out unless ``pictures``: they then
    keep their size and their credit. A video or a sound is a link. ``absolute`` gives the whole
    address of a link; notes keep their numbers and their list.
    """
    if not html.strip():
        return ""
    root = etree.fromstring(f"<div>{html}</div>", _PARSER)[0][0]
    for element in list(root.iter()):
        if element is not root:
            _clean(element, absolute, pictures)
    inside = (etree.tostring(one, encoding=str, method="html").strip() for one in root)
    return "\n".join(one for one in inside if one)


def _clean(element: etree._Element, absolute: Callable[[str], str], pictures: bool) -> None:
    tag, sort = str(element.tag), element.get("class", "")
    if sort in ("video", "audio"):
        _keep_link(element)
        return
    if sort == "retour" or (not pictures and (tag in _DROPPED or sort in _OF_PICTURES)):
        _replace(element, keep=False)
        return
    if sort == "credit":  # the sign that a style sheet of ours draws
        element.text = f"© {element.text or ''}"
    if tag in _UNWRAPPED or element.get("role") == "doc-noteref":
        _replace(element, keep=True)
        return
    if sort == "encadre-titre":
        _wrap(element, "strong")
    kept = {name: value for name in _KEPT.get(tag, ()) if (value := element.get(name))}
    element.attrib.clear()
    for name, value in kept.items():
        element.set(name, absolute(value) if name == "href" else value)


def _keep_link(figure: etree._Element) -> None:
    """Make of a player a paragraph with the link that it holds."""
    link = figure.find(".//a")
    for inner in list(figure):
        figure.remove(inner)
    figure.attrib.clear()
    figure.tag, figure.text = "p", None
    if link is not None:
        link.tail = None
        figure.append(link)


def _replace(element: etree._Element, *, keep: bool) -> None:
    """Remove the tag of ``element``, with what it holds unless ``keep``; what follows stays."""
    parent = element.getparent()
    if parent is None:  # inside what was removed already
        return
    if not keep:
        for inner in list(element):
            element.remove(inner)
        element.text = None
    place = parent.index(element)
    _append(parent, place, element.text)
    for inner in list(element):
        parent.insert(parent.index(element), inner)
    _append(parent, parent.index(element), element.tail)
    element.tail = None
    parent.remove(element)


def _append(parent: etree._Element, place: int, text: str | None) -> None:
    """Add ``text`` in ``parent`` before its child number ``place``."""
    if not text:
        return
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _wrap(element: etree._Element, tag: str) -> None:
    """Put all that ``element`` holds in a new ``tag``."""
    inner = etree.Element(tag)
    inner.text, element.text = element.text, None
    inner.extend(list(element))
    element.append(inner)
