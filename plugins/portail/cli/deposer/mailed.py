"""The content in the body of a mail, as mail programs cut, double, quote and sign it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, starmap
from pathlib import PurePosixPath
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from portail.model.registry import MODELS
from portail.source.document import parse_front_matter

_FENCE = "---"
_NAMED = re.compile(r"^Fichier\s*:\s*(\S+)", re.MULTILINE)
_END = re.compile(
    r"Me répondre à\b|--\s*$|_{10,}\s*$|-{3,} ?(?:Message d|Original|Forwarded|Message transf)"
    r"|(?:Le|On) .{5,200}(?:a écrit|wrote)\s*:\s*$"
    r"|Envoyé (?:de mon|depuis mon|à partir d|depuis Outlook)|Sent from my |Get Outlook for "
    r"|Télécharger Outlook"
)
"""First words of additions of mail programs under a text."""
_QUOTE = re.compile(r"^(?:> ?)+")
_DOUBLED = re.compile(r"(?<![^\s<>])(?P<url>[^\s<>]{4,500}) ?<(?:mailto:|https?://)?(?P=url)/?>")
_CUT = 60
"""A line to which its next word could be added was ended by its author: no program cuts below."""
_KEYS = frozenset(name for model in MODELS.values() for name in model.model_fields)
_KEY = re.compile(r"([A-Za-z_]\w*):(?:\s|$)")
_BLOCKS = frozenset(
    "p div li ul ol table tr blockquote h1 h2 h3 h4 h5 h6 pre hr body section article".split()
)
_LEFT = frozenset({"script", "style", "head", "title", "template"})


class Written(NamedTuple):
    """A content: the name of its file if the mail says one, its text."""

    path: PurePosixPath
    text: str


def written_in(plain: Iterable[str], html: Iterable[str]) -> Written | None:
    """The content between two lines ``---`` in the first body whose front matter is whole."""
    texts = [found for body in plain if (found := _extracted(body))]
    twins = [found for body in html if (found := _extracted(text_of_html(body)))]
    contents = [*texts, *twins]
    whole = [content for content in contents if _is_whole(content.text)]
    if whole:
        return min(whole, key=lambda content: sum(bool(it.strip()) for it in _front(content.text)))
    joined = [Written(content.path, _joined(content.text)) for content in contents]
    return next(iter([*(it for it in joined if _is_whole(it.text)), *contents]), None)


def text_of_html(html: str) -> str:
    """The lines that a mail in HTML shows. Blanks count only where it keeps them."""
    try:
        # A comment, or Beautiful Soup takes a mail of one link for an address to fetch, and warns.
        shown = "".join(_shown(BeautifulSoup(f"{html}<!-- -->", "lxml"), kept=False))
    except RecursionError:  # nested to harm
        return ""
    return "\n".join(_indented(line) for line in shown.split("\n"))


def _shown(node: Tag, *, kept: bool) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, Tag):
            yield from _element(child, kept=kept)
        elif type(child) is NavigableString:
            text = str(child).replace("\r\n", "\n")
            if kept:  # as what HTML does not collapse
                yield re.sub(r"(?m)^[ \t]+", lambda blank: "\u00a0" * len(blank[0]), text)
            else:
                yield re.sub(r"[ \t\r\n]+", " ", text)


def _element(tag: Tag, *, kept: bool) -> Iterator[str]:
    if tag.name in _LEFT or tag.name in ("br", "hr"):
        yield {"br": "\n", "hr": f"\n{_FENCE}\n"}.get(tag.name, "")
        return
    style = str(tag.get("style") or "").replace(" ", "")
    kept = kept or tag.name == "pre" or "white-space:pre" in style
    inside = "".join(_shown(tag, kept=kept))
    if tag.name not in _BLOCKS:
        yield inside
        return
    # « <div><br></div> » is one line that is blank, as « <div>&nbsp;</div> ».
    text = inside.removesuffix("\n") if inside.strip(" \t\u00a0") else ""
    before = "" if _opens(tag) else "\n"
    yield f"{before}{text}\n" + ("\n" if tag.name == "p" and _spaced(tag) else "")


def _opens(tag: Tag) -> bool:
    """Whether nothing is on the line where a block begins."""
    before: PageElement | None = tag.previous_sibling
    while isinstance(before, NavigableString) and not before.strip():
        before = before.previous_sibling
    return before is None or (isinstance(before, Tag) and before.name in _BLOCKS | {"br"})


def _spaced(tag: Tag) -> bool:
    """Whether a paragraph has room under it: those of Outlook are lines."""
    named = " ".join(tag.get_attribute_list("class") or ())
    return "MsoNormal" not in named and "margin:0" not in str(tag.get("style") or "")


def _indented(line: str) -> str:
    """A line without its first blanks, that no reader sees; those that HTML keeps are spaces."""
    line = line.lstrip(" ")
    text = line.lstrip(" \u00a0")
    return " " * (len(line) - len(text)) + text.rstrip(" \u00a0")


def _extracted(body: str) -> Written | None:
    text = body.replace("\r\n", "\n").replace("\u2028", "\n")
    lines = [line.rstrip(" \u00a0") for line in text.split("\n")]
    if lines.count(_FENCE) < 2:
        lines = [_QUOTE.sub("", line) for line in lines]
    if lines.count(_FENCE) < 2:
        return None
    first = lines.index(_FENCE)
    named = _NAMED.findall("\n".join(lines[:first]).replace("\u00a0", " "))
    closing = lines.index(_FENCE, first + 1)
    ends = (at for at, line in enumerate(lines) if at > closing and _END.match(line))
    kept = "\n".join(lines[first : next(ends, len(lines))]).rstrip()
    path = PurePosixPath(named[-1] if named else "index.md")
    return Written(path, _DOUBLED.sub(r"\g<url>", kept) + "\n")


def _front(text: str) -> list[str]:
    lines = text.split("\n")
    return lines[1 : lines.index(_FENCE, 1)]


def _is_whole(text: str) -> bool:
    """Whether its front matter can be read, and none of its rows was cut."""
    rows = _front(text)
    root, found = parse_front_matter("\n".join(rows), PurePosixPath("courriel"), 2)
    return not found and root is not None and not any(starmap(_goes_on, pairwise(rows)))


def _goes_on(above: str, row: str) -> bool:
    """Whether a row of the front matter is the end of the one above it, that a program cut."""
    if not above.strip() or not row.strip() or row[0] in " \t-]}#":
        return False
    if len(above) + len(row.split()[0]) < _CUT:
        return False
    key = _KEY.match(row)
    return key is None or key[1].lower() not in _KEYS or _is_open(above)


def _is_open(row: str) -> bool:
    """Whether a group, a list or a quotation goes on after a row."""
    groups = sum((mark in "{[") - (mark in "}]") for mark in row)
    return groups > 0 or row.count('"') % 2 == 1


def _joined(text: str) -> str:
    """The same text, the rows of its front matter that were cut in one piece again."""
    rows: list[str] = []
    front = _front(text)
    for row in front:
        if rows and _goes_on(rows[-1], row):
            rows[-1] = f"{rows[-1]} {row}"
        else:
            rows.append(row)
    body = text.split("\n")[len(front) + 1 :]
    return "\n".join([_FENCE, *rows, *body])
