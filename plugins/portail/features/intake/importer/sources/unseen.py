"""What an author hid in a page: neither its words nor its pictures are of it.

The twin of ``contribuer-copie.js``; both read ``caches`` of ``data/correspondances.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

from portail.text.hints import correspondances, expression

_LONGEST = 2_000
_BLANKS = re.compile(r"/\*.*?\*/|\s+")

Node = TypeVar("Node")


def unseen(
    nodes: Sequence[Node],
    attributes: Callable[[Node], tuple[str, Any]],
    parent: Callable[[Node], object],
) -> Collection[int]:
    """The identities of the ``nodes``, in the order of a page, that their author hid by an
    attribute, a style of their own or a class. ``attributes`` gives the tag of a node and its
    attributes."""
    table = correspondances().caches
    hidden: set[int] = set()
    sized: set[int] = set()  # what holds a picture, or words of a size of their own
    for node in reversed(nodes):
        tag, given = attributes(node)
        style = _BLANKS.sub("", str(given.get("style") or "")[:_LONGEST].lower())
        has_none = "font-size:" in style and expression(table.sans_taille).search(style)
        hides = "hidden" in given or _is_hidden(style, _words(given.get("class")))
        if hides or (has_none and id(node) not in sized):
            hidden.add(id(node))
        elif tag == "img" or id(node) in sized or ("font-size:" in style and not has_none):
            sized.add(id(parent(node)))
    return hidden


def is_heard(classes: str) -> bool:
    """Whether the classes of an element say that it is for those who hear a page."""
    return any(name in correspondances().caches.entendues for name in classes.split())


def _words(value: object) -> list[str]:
    return value if isinstance(value, list) else str(value or "").split()


def _is_hidden(style: str, classes: list[str]) -> bool:
    table = correspondances().caches
    if style and expression(table.styles).search(style):
        return True
    clear = "opacity:" in style and expression(table.transparent).search(style)
    if clear and not expression(table.parait).search(style):
        return True
    named = any(name in table.classes for name in classes)
    return named and not any(map(expression(table.montrees).search, classes))
