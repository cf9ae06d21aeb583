"""HTML of a body as Markdown: what has a plain equivalent; the rest raises ``Kept``."""

from __future__ import annotations

import html
import re
import warnings
from collections.abc import Iterable

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning
from bs4.element import Comment, PageElement, Tag

from portail.body.addresses import Nature, image_address, link_address
from portail.body.tags import advice

_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_MERGED = frozenset({"colspan", "rowspan"})


AMPERSAND = "\ue000"  # BeautifulSoup replaces references, which are to stay as written
_BREAK = "\ue001"  # a line break, until its place is known
_WRAPPERS = {
    **dict.fromkeys(("b", "strong"), "**"),
    **dict.fromkeys("i em cite dfn var mark".split(), "*"),
    **dict.fromkeys(("s", "del", "strike"), "~~"),
}
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_PLAIN = frozenset("span font u ins small big label bdi nobr wbr time data".split())
BLOCKS = frozenset(
    "p div center section article header footer main body html h1 h2 h3 h4 h5 h6 ul ol blockquote "
    "hr table pre".split()
)
_MADE = "data-mso"
_BOXES = frozenset("div center section article header footer main body html".split())
_DROPPED = frozenset({"script", "style", "meta", "link", "base"})
_EMBEDDED = frozenset({"iframe", "video", "audio", "embed"})
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_PARTED = re.compile(rf"\n[ \t]*(?:\n[ \t]*)+|[ \t\n]*{_BREAK}(?:[ \t\n]*{_BREAK})+[ \t\n]*")
_BROKEN = re.compile(rf"[ \t]*{_BREAK}[ \t]*\n?[ \t]*")


class Kept(Exception):
    """A fragment that has no plain equivalent in Markdown."""


def as_markdown(fragment: str) -> tuple[str, bool]:
    """``fragment`` in Markdown, and whether it is made of blocks. Raises ``Kept``."""
    name = fragment[1:].replace(">", " ").replace("/", " ").partition(" ")[0].lower()
    # lxml closes the cells and items that were left open, and makes a paragraph of bare text.
    parser = "lxml" if fragment[:1] == "<" and name in BLOCKS else "html.parser"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        root = BeautifulSoup(fragment.replace("&", AMPERSAND), parser)
    _make_lists(root)
    blocks = _holds_blocks(root)
    text = "\n\n".join(_blocks(root.children)) if blocks else _inline(root.children)
    return _BROKEN.sub("\\\\\n", text).replace(AMPERSAND, "&"), blocks


def _make_lists(root: BeautifulSoup) -> None:
    # Make lists of the paragraphs by which Word writes them, whose marker is a text.
    for row in root.find_all("p"):
        signs = [
            node for node in row.find_all("span") if "ignore" in str(node.get("style")).lower()
        ]
        if not signs:
            continue
        name = "ol" if any(map(str.isdecimal, signs[0].get_text())) else "ul"
        signs[0].decompose()
        row.name = "li"
        before = row.find_previous_sibling()
        if before is None or before.name != name or not before.has_attr(_MADE):
            before = root.new_tag(name, attrs={_MADE: ""})
            row.insert_before(before)
        before.append(row.extract())


def _blocks(nodes: Iterable[PageElement]) -> list[str]:
    texts: list[str] = []
    running: list[PageElement] = []
    for node in nodes:
        if isinstance(node, Tag) and (node.name in BLOCKS or _holds_blocks(node)):
            texts += [*_paragraphs(running), *_block(node)]
            running = []
        else:
            running.append(node)
    return [text for text in texts + _paragraphs(running) if text]


def _holds_blocks(tag: Tag) -> bool:
    return any(inside.name in BLOCKS for inside in tag.find_all(True))


def _paragraphs(nodes: list[PageElement]) -> list[str]:
    text = _inline(nodes).strip(f" \t\n{_BREAK}")
    parts = _PARTED.split(text) if text else []
    return ["\n".join(map(str.strip, _BROKEN.sub("\\\\\n", part).split("\n"))) for part in parts]


def _block(tag: Tag) -> list[str]:
    name = tag.name
    if name in _BOXES or name in _PLAIN:
        return _blocks(tag.children)
    if name == "p":
        return _blocks(tag.children) if _holds_blocks(tag) else _paragraphs(list(tag.children))
    if name in _HEADINGS:
        title = " ".join(_inline(tag.children).replace(_BREAK, " ").split()).strip("*")
        return [f"{'#' * max(int(name[1]), 2)} {title}"] if title else []
    if name in ("ul", "ol"):
        return ["\n".join(_items(tag, ordered=name == "ol"))]
    if name == "blockquote":
        rows = "\n\n".join(_blocks(tag.children)).split("\n")
        return ["\n".join(f"> {row}".rstrip() for row in rows)]
    if name == "hr":
        return ["---"]
    if name == "pre":
        return [_fenced(tag)]
    if name == "table":
        return [_table(tag)]
    raise Kept


def _items(tag: Tag, *, ordered: bool) -> list[str]:
    nodes = [node for node in tag.children if isinstance(node, Tag) or str(node).strip()]
    items = [node for node in nodes if isinstance(node, Tag) and node.name == "li"]
    if not items or len(items) < len(nodes):
        raise Kept
    rows: list[str] = []
    for rank, item in enumerate(items, 1):
        mark = f"{rank}. " if ordered else "- "
        inside = "\n".join(_blocks(item.children)).split("\n")
        rows.append(f"{mark}{inside[0]}".rstrip())
        rows += [f"{' ' * len(mark)}{row}".rstrip() for row in inside[1:]]
    return rows


def _fenced(tag: Tag) -> str:
    if any(inside.name not in _CODE for inside in tag.find_all(True)):
        raise Kept
    code = html.unescape(tag.get_text().replace(AMPERSAND, "&")).strip("\n")
    if "```" in code:
        raise Kept
    return f"```\n{code.replace('&', AMPERSAND)}\n```"


def _table(tag: Tag) -> str:
    inside = tag.find_all(True)
    if any(inner.name in ("table", "caption") or _MERGED & inner.attrs.keys() for inner in inside):
        raise Kept
    parents = [row.parent for row in tag.find_all("tr")]
    if any(
        parent is not tag and (parent is None or parent.name not in _GROUPS) for parent in parents
    ):
        raise Kept
    rows = [row.find_all(["td", "th"]) for row in tag.find_all("tr")]
    if len(rows) < 2 or not rows[0] or any(len(row) != len(rows[0]) for row in rows):
        raise Kept
    if any(cell.name != "th" for cell in rows[0]):
        raise Kept
    cells = [[" ".join(_inline(cell.children).split()) for cell in row] for row in rows]
    if any(_BREAK in cell or "|" in cell for row in cells for cell in row):
        raise Kept
    head, *rest = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join([head, f"|{'---|' * len(cells[0])}", *rest])


def _inline(nodes: Iterable[PageElement]) -> str:
    return "".join(_piece(node) for node in nodes)


def _piece(node: PageElement) -> str:
    if not isinstance(node, Tag):
        return "" if isinstance(node, Comment) else str(node)
    name = node.name
    if ":" in name:  # of Word alone: « o:p »
        text = _inline(node.children)
        return text if text.replace(f"{AMPERSAND}nbsp;", "").strip() else ""
    if name in _WRAPPERS:
        return _wrapped(_WRAPPERS[name], _inline(node.children))
    if name in _PLAIN:
        return _inline(node.children)
    if name in _DROPPED:
        return ""
    if name == "br":
        return _BREAK
    if name == "q":
        return f"«\u00a0{_inline(node.children).strip()}\u00a0»"
    if name == "a":
        return _link(node)
    if name == "img":
        return _image(node)
    if name in _CODE:
        return _code(node)
    if name in _EMBEDDED or name in ("sup", "sub"):
        return _advised(node)
    raise Kept


def _wrapped(mark: str, inner: str) -> str:
    # ``inner`` between marks, which hold no blank at their border: « <b>mot </b> ».
    text = inner.strip()
    if not text:
        return inner
    if "\n\n" in text or _BREAK in (text[0], text[-1]) or text[0] in "*~" or text[-1] in "*~\\":
        raise Kept
    start = inner.index(text)
    return f"{inner[:start]}{mark}{text}{mark}{inner[start + len(text) :]}"


def _link(node: Tag) -> str:
    inner = _inline(node.children)
    url = _attribute(node, "href")
    if not url:
        return inner
    text = inner.strip()
    if link_address(url).nature is Nature.REFUSED or not text or set(url) & set(" ()<>\\"):
        raise Kept
    if "\n\n" in text or set(text.replace("![", "").replace("](", "")) & set("[]"):
        raise Kept
    return f"[{text}]({url})"


def _image(node: Tag) -> str:
    source = _attribute(node, "src")
    alt = _attribute(node, "alt")
    refused = image_address(source).nature is Nature.REFUSED
    if not alt or refused or set(source) & set(" ()<>\\") or set(alt) & set("[]\n"):
        raise Kept
    return f"![{alt}]({source})"


def _code(node: Tag) -> str:
    code = html.unescape(node.get_text().replace(AMPERSAND, "&"))
    if node.find(True) or not code.strip() or "`" in code or "\n\n" in code:
        raise Kept
    return f"`{code.replace('&', AMPERSAND)}`"


def _advised(node: Tag) -> str:
    if node.find(True) and node.name not in _EMBEDDED:
        raise Kept
    written = str(node).replace(AMPERSAND, "&")
    paste = advice(written, written).paste
    if not paste or "`" in written:
        raise Kept
    return paste.replace("&", AMPERSAND)


def _attribute(node: Tag, name: str) -> str:
    return html.unescape(str(node.get(name) or "").replace(AMPERSAND, "&")).strip()
