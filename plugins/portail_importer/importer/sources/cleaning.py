"""HTML of others as a tree without what is no content: scripts, menus, banners, leftovers of Word.

The twin of ``contribuer-copie.js``; nh3 reads what is broken as browsers do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

import nh3
from lxml import etree

from portail.text.hints import correspondances, expression

# What an author hid in a text, and what reviewers wrote in it: neither is of it. The twin of
# ``contribuer-copie.js``; both read ``caches`` of ``data/correspondances.yml``.

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


# What is read of one text; a body takes 200 kB of Markdown.
HTML_SIGNS = 3_000_000
MOST_TAGS = 150_000
# The attribute of a tree from which what reviewers wrote was taken.
_DEEPEST = 60
# Tags inside one another that are given to nh3, which looks at all those that are open for each
# that begins.
_READ_DEEP = 500
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^<>]*>")

INLINE = frozenset(
    "a abbr b bdi bdo big br cite code data del dfn em font i img ins kbd label mark nobr q s samp "
    "small span strike strong sub sup time tt u var wbr".split()
)
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html iframe li main nav ol p pre section "
    "summary table tbody td tfoot th thead tr ul video audio".split()
)
_SILENT = frozenset(
    "script style noscript template title svg math object select textarea button option datalist "
    "canvas map applet noembed noframes head xml".split()
)
# Tags that do not nest (HTML, 13.1.2: the next one closes the last), or whose text is left.
_UNNESTED = _SILENT | frozenset(
    "area base br col embed hr img input link meta source track wbr "  # empty
    "body colgroup dd dt html li optgroup p rp rt tbody td tfoot th thead tr".split()
)
_ADDRESSED = {
    "a": {"href"},
    "img": {"src", "data-src", "data-lazy-src", "srcset", "alt", "width", "title"},
    "iframe": {"src", "data-src", "title"},
    "video": {"src"},
    "audio": {"src"},
    "ol": {"start"},
    "td": {"colspan"},
    "th": {"colspan"},
    "*": {"style", "class", "id", "hidden", "role", "aria-hidden", "lang"},
}
_CLEANER = nh3.Cleaner(
    tags=set(INLINE | BLOCKS),
    attributes=_ADDRESSED,
    clean_content_tags=set(_SILENT),
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    strip_comments=True,
)
_PARSER = etree.HTMLParser(huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
_DROPPED = frozenset({"nav", "form", "dialog"})
_ROLES = frozenset("navigation search banner contentinfo dialog alertdialog menu toolbar".split())
_WIDGET = re.compile(
    r"(?:share|sharing|shared|sharedaddy|addtoany|addthis|social|partage|partager|reseaux-sociaux"
    r"|cookies?|consent|rgpd|gdpr|tarteaucitron\w*|axeptio\w*|didomi\w*|newsletter|breadcrumbs?|arbo"
    r"|fil-ariane|ariane|pagination|pager|comments?|respond|jp-relatedposts|related|skip-link"
    r"|a-lire-aussi|lire-aussi)"
    r"(?:[-_](?:\w|-)*)?",
    re.IGNORECASE,
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_WRAPPERS = frozenset({"body", "article", "main", "html"})


def tree_of(html: str) -> etree._Element | None:
    """The body of ``html``, cleaned, of ``HTML_SIGNS`` and ``MOST_TAGS`` at most, if any, without
    what its author hid."""
    clean = _CLEANER.clean(_bounded(html))
    if not clean.strip():
        return None
    root = etree.fromstring(f"<div>{clean}</div>", _PARSER)
    body = None if root is None else root.find("body")
    if body is None:
        return None
    depth = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start" and depth > _DEEPEST:
            element.tag = "portail-deep"
    etree.strip_tags(body, "portail-deep")
    _drop(body)
    word_marks(body)
    return body


def _bounded(html: str) -> str:
    html = html[:HTML_SIGNS].replace("\x00", "")
    *pieces, rest = html.split("<", MOST_TAGS)
    return _shallow("<".join(pieces) if "<" in rest else html)


def _shallow(html: str) -> str:
    pieces: list[str] = []
    done = depth = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() in _UNNESTED:
            continue
        depth += not tag[1]
        if depth > _READ_DEEP:
            pieces.append(html[done : tag.start()])
            done = tag.end()
        depth = max(depth - bool(tag[1]), 0)
    return "".join([*pieces, html[done:]])


def elements(root: etree._Element) -> Iterator[etree._Element]:
    return iter([node for node in root.iter(etree.Element) if node is not root])


def style(element: etree._Element) -> str:
    return (element.get("style") or "").lower()


def words_of(element: etree._Element, between: str = "") -> str:
    return between.join(map(str, element.itertext()))


def markup_of(element: etree._Element) -> str:
    """What an element holds, as HTML."""
    inner = [etree.tostring(child, encoding=str, method="html") for child in element]
    return "".join([escape(element.text or "", quote=False), *inner])


def _drop(body: etree._Element) -> None:
    # Take out what is hidden and what is no content, in one pass; blanks stand in its place.
    length = len(words_of(body))
    every = [*elements(body)]
    hidden = {*hidden_in(every), *reviewed_in(every)}
    gone: set[etree._Element] = set()
    for element in every:
        is_none = _is_aside(element) or _is_small_widget(element, length)
        if element.getparent() in gone or is_none or element in hidden:
            gone.add(element)
    for element in gone:
        element.text = None
        element.tag = "portail-removed"
        if element.getparent() in gone:
            element.tail = None
    etree.strip_tags(body, "portail-removed")


def _is_aside(element: etree._Element) -> bool:
    tag = element.tag
    drawn = tag in ("i", "span") and element.get("aria-hidden") == "true"
    return tag in _DROPPED or drawn or element.get("role") in _ROLES


def _is_small_widget(element: etree._Element, length: int) -> bool:
    # Whether it is a widget that holds less than half of a text of this length.
    named = element.tag not in _WRAPPERS and is_widget(element.get("class"), element.get("id"))
    return named and len(words_of(element)) * 2 < length


def is_widget(classes: str | None, name: str | None) -> bool:
    named = f"{classes or ''} {name or ''}".split()
    return is_heard(classes or "") or any(map(_WIDGET.fullmatch, named))


def word_marks(body: etree._Element) -> None:
    """Make a heading of the title of Word, and lists of those that it writes as paragraphs: their
    marker is text, their level a style."""
    for title in body.iter("p"):
        if "MsoTitle" in (title.get("class") or ""):
            title.tag = "h1"
    opened: list[tuple[etree._Element, int]] = []
    for line in [*body.iter("p", *_HEADINGS)]:
        sign = next((node for node in elements(line) if "ignore" in style(node)), None)
        level = ""
        if "mso-list" in style(line):
            level = style(line).partition(" level")[2][:1]
        level = level or "1" * (sign is not None)
        if not level.isdecimal() or line.getparent() is None:
            continue
        marker = "" if sign is None else words_of(sign).strip()
        ordered = marker.endswith((".", ")")) and marker[:-1].isalnum()
        if sign is not None:
            sign.tag = "portail-removed"
            etree.strip_elements(line, "portail-removed", with_tail=False)
        if line.tag in _HEADINGS:
            continue
        if not (opened and line.getprevious() is opened[0][0]):
            opened = []
        _into_list(line, "ol" if ordered else "ul", int(level), opened)


def _into_list(
    line: etree._Element, name: str, rank: int, opened: list[tuple[etree._Element, int]]
) -> None:
    while opened and opened[-1][1] > rank:
        opened.pop()
    if not opened or opened[-1][1] < rank:
        new = etree.Element(name)
        if opened:
            opened[-1][0][-1].append(new)
        else:
            line.addprevious(new)
        opened.append((new, rank))
    line.tag = "li"
    line.tail = None
    line.attrib.pop("style", "")
    opened[-1][0].append(line)
