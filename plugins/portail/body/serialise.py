"""From the tree to HTML, written exactly as nh3 writes it.

The sanitiser's result can then be compared with its input by one equality: any difference is
something that it removed.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from portail.body.positions import unmarked

__all__ = ["to_html"]

_VOID = frozenset({"br", "hr", "img"})
# The line end after these also parts their texts from what follows, once tags are gone.
_ALONE = frozenset(
    "p h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre hr aside section div figure figcaption "
    "table thead tbody tr th td".split()
)
_INSIDE = frozenset("ul ol blockquote pre dl div aside figure".split())
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ATTRIBUTE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def to_html(root: Element) -> str:
    """The HTML of what is inside ``root``, one line for each block."""
    pieces: list[str] = []
    for child in root:
        _write(child, pieces)
    return "".join(pieces)


def _write(element: Element, pieces: list[str]) -> None:
    tag, text = element.tag, element.text
    if tag in _INSIDE and pieces and pieces[-1][-1] != "\n":
        pieces.append("\n")
    if element.attrib:
        attributes = "".join(
            [f' {name}="{value.translate(_ATTRIBUTE)}"' for name, value in element.items()]
        )
        pieces.append(f"<{tag}{attributes}>")
    else:
        pieces.append(f"<{tag}>")
    if tag not in _VOID:
        if text:
            pieces.append(_escaped(text))
        for child in element:
            _write(child, pieces)
        pieces.append(f"</{tag}>")
    if tag in _ALONE:
        pieces.append("\n")
    tail = element.tail
    if tail:
        pieces.append(_escaped(tail))


def _escaped(text: str) -> str:
    text = unmarked(text)
    if "&" in text or "<" in text or ">" in text:
        return text.translate(_TEXT)
    return text
