"""What an author hid in a text, and what reviewers wrote in it: neither is of it.

The twin of ``contribuer-copie.js``; both read ``caches`` of ``data/correspondances.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from portail.text.hints import correspondances, expression

_WHOLE = frozenset({"body", "main", "article"})
_LONGEST = 2_000
_BLANKS = re.compile(r"/\*.*?\*/|\s+")


def hidden_in(nodes: Sequence[etree._Element]) -> Iterator[etree._Element]:
    """Those of the ``nodes``, in the order of the text, that are not for readers."""
    table = correspondances().caches
    sized = set[etree._Element | None]()  # what holds a picture, or words of a size of their own
    for node in reversed(nodes):
        style = _BLANKS.sub("", node.get("style", "")[:_LONGEST].lower())
        has_none = "font-size:" in style and expression(table.sans_taille).search(style)
        hides = "hidden" in node.attrib or _is_hidden(style, node.get("class", "").split())
        if hides or (has_none and node not in sized):
            yield node
        elif node.tag == "img" or node in sized or ("font-size:" in style and not has_none):
            sized.add(node.getparent())


def reviewed_in(nodes: Sequence[etree._Element]) -> Iterator[etree._Element]:
    """Remarks in a margin, which Google Docs and Word write at the foot, with a link back to where
    they stand, and the words that a text with insertions has struck."""
    table = correspondances().caches
    revised = any(node.tag == "ins" for node in nodes)
    for rank, node in enumerate(nodes):
        address = node.get("href", "") if node.tag == "a" else ""
        mark = expression(table.remarques).match(address[address.find("#") :])
        while mark and mark[1] and rank and node.getparent() is nodes[rank - 1]:
            if nodes[rank - 1].tag in _WHOLE:
                break
            rank -= 1  # the remark itself, which its link begins
            node = nodes[rank]
        named = any(name in table.relecteurs for name in node.get("class", "").split())
        if mark or named or (revised and node.tag == "del"):
            yield node


def is_heard(classes: str) -> bool:
    return any(name in correspondances().caches.entendues for name in classes.split())


def _is_hidden(style: str, classes: list[str]) -> bool:
    table = correspondances().caches
    if style and expression(table.styles).search(style):
        return True
    clear = "opacity:" in style and expression(table.transparent).search(style)
    if clear and not expression(table.parait).search(style):
        return True
    named = any(name in table.classes for name in classes)
    return named and not any(map(expression(table.montrees).search, classes))
