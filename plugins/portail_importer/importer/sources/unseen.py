"""What an author hid in a page: neither its words nor its pictures are of it.

The twin of ``contribuer-copie.js``; both read ``caches`` of ``data/correspondances.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from portail.text.hints import correspondances, expression

from .items import Loss

# What is told of what reviewers wrote in a text.
REVIEWED = Loss("relecture", "", "une remarque ou une correction de relecteur n’est pas du texte")
_WHOLE = frozenset({"body", "main", "article"})
_LONGEST = 2_000
_BLANKS = re.compile(r"/\*.*?\*/|\s+")

Node = TypeVar("Node")


def unseen(
    nodes: Sequence[Node],
    attributes: Callable[[Node], tuple[str, Any]],
    parent: Callable[[Node], object],
) -> Mapping[int, bool]:
    """The identities of the ``nodes`` that are not for readers, each with whether reviewers wrote
    it.
    """
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
    return {
        **dict.fromkeys(hidden, False),
        **dict.fromkeys(_reviewed(nodes, attributes, parent), True),
    }


def _reviewed(
    nodes: Sequence[Node],
    attributes: Callable[[Node], tuple[str, Any]],
    parent: Callable[[Node], object],
) -> Iterator[int]:
    # Remarks in a margin, which Google Docs and Word write at the foot, with a link back to where
    # they stand, and the words that a text with insertions has struck.
    told = [attributes(node) for node in nodes]
    revised = any(tag == "ins" for tag, _ in told)
    for rank, (tag, given) in enumerate(told):
        mark = _remark(str(given.get("href") or "")) if tag == "a" else None
        first = rank
        if mark and mark[1]:  # the remark itself, which its link begins
            while (
                first
                and parent(nodes[first]) is nodes[first - 1]
                and told[first - 1][0] not in _WHOLE
            ):
                first -= 1
        named = any(
            name in correspondances().caches.relecteurs for name in _words(given.get("class"))
        )
        if mark or named or (revised and tag == "del"):
            yield id(nodes[first])


def _remark(href: str) -> re.Match[str] | None:
    return expression(correspondances().caches.remarques).match(href[href.find("#") :])


def is_heard(classes: str) -> bool:
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
