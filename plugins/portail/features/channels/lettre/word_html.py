"""The editor’s word as the little HTML that every mail reader shows well."""

from __future__ import annotations

import re
from html import escape

import nh3
from lxml import etree, html
from lxml.html import HtmlElement, fragment_fromstring

from portail.body.portable import PARSER, embolden, is_heard, keep_source
from portail.text.typography import SafeHtml

# Elements that the word may hold; ``a`` has an address and nothing else has an attribute.
SIMPLE_TAGS = frozenset({"p", "ul", "ol", "li", "a", "em", "strong", "br", "sub", "sup"})

_SITE_PATH = re.compile(r"/(?![/\\])[^\s\\]*")
_CLEANER = nh3.Cleaner(
    tags=set(SIMPLE_TAGS),
    attributes={"a": {"href"}, "*": set()},
    clean_content_tags={"script", "style"},
    url_schemes={"http", "https", "mailto"},
    url_relative=lambda url: url if _SITE_PATH.fullmatch(url) else None,
    link_rel=None,
)


def simple_html(text: str) -> str:
    """``text``, HTML, with nothing but ``SIMPLE_TAGS``, links to the web, to a mailbox and to the
    site.

    What it gives is left alone when it is given again.

    >>> simple_html('<p onclick="x">Bonjour <b>à</b> tous</p><a href="javascript:x">ici</a>')
    '<p>Bonjour à tous</p><a>ici</a>'
    """
    return _CLEANER.clean(text).replace("&nbsp;", "\u00a0")


def word_tree(word: str) -> HtmlElement:
    """The paragraphs and lists of the word of a letter; what leads to a place of the site, and not
    to a whole address, is no link in a mail."""
    root = fragment_fromstring(letter_html(simple_html(word)), create_parent="div")
    for link in list(root.iter("a")):
        if link.get("href", "/").startswith("/"):
            link.drop_tag()
    return root


def mail_word(word: str) -> SafeHtml:
    """The word as mails draw it: what has a colour says so, for dark screens."""
    root = word_tree(word)
    for element in root.iter("p", "li", "a"):
        element.set("class", "e")
    return SafeHtml("".join(html.tostring(child, encoding="unicode") for child in root))


_PARAGRAPHS = frozenset({"dt", "dd", "pre", "tr", "figcaption", "caption"})
_BLOCKS = frozenset({"p", "ul", "ol"})


def letter_html(text: str) -> str:
    """``text``, HTML, with paragraphs, lists, links, emphasis and nothing else: headings become
    paragraphs in bold, rows of tables paragraphs; done twice, it changes nothing.

    >>> letter_html('<h2 id="a">Un</h2><p class="b">Deux <code>trois</code></p>quatre')
    '<p><strong>Un</strong></p>\\n<p>Deux trois</p>\\n<p>quatre</p>'
    """
    if not text.strip():
        return ""
    root = etree.fromstring(f"<div>{text}</div>", PARSER)[0][0]
    for element in list(root.iter(etree.Element)):
        _simplified(element)
    etree.strip_tags(root, *{str(node.tag) for node in root.iter(etree.Element)} - SIMPLE_TAGS)
    return simple_html(_blocks(root))


def _simplified(element: etree._Element) -> None:
    tag = str(element.tag)
    if tag == "math":
        keep_source(element)
    elif is_heard(element):
        element.text = None
    if tag in ("td", "th"):
        element.tail = f" {element.tail or ''}"
    elif tag in _PARAGRAPHS:
        element.tag = "p"
    elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
        element.tag = "p"
        embolden(element)


def _blocks(root: etree._Element) -> str:
    blocks: list[str] = []
    loose: list[str] = [_escaped(root.text)]

    def gather() -> None:
        text = "".join(loose).strip()
        if text:
            blocks.append(f"<p>{text}</p>")
        loose.clear()

    for element in root:
        tail = element.tail
        element.tail = None
        shown = etree.tostring(element, encoding=str, method="html")
        if element.tag in _BLOCKS:
            gather()
            blocks.extend([] if shown == "<p></p>" else [shown.strip()])
        else:
            loose.append(shown)
        loose.append(_escaped(tail))
    gather()
    return "\n".join(blocks)


def _escaped(text: str | None) -> str:
    return escape(text or "", quote=False)
