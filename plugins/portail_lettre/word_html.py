"""The editor’s word as the little HTML that every mail reader shows well."""

from __future__ import annotations

from html import escape

from lxml import etree

from portail.body.portable import PARSER, embolden, is_heard, keep_source

# Elements that the word may hold; ``a`` has an address and nothing else has an attribute.
SIMPLE_TAGS = frozenset({"p", "ul", "ol", "li", "a", "em", "strong", "br", "sub", "sup"})

_PARAGRAPHS = frozenset({"dt", "dd", "pre", "tr", "figcaption", "caption"})
_BLOCKS = frozenset({"p", "ul", "ol"})


def letter_html(text: str) -> str:
    """``text``, HTML, with paragraphs, lists, links, emphasis and nothing else: headings become
    paragraphs in bold, rows of tables paragraphs; done twice, it changes nothing.

    >>> letter_html('<h2>Un</h2><p>Deux <code>trois</code></p>quatre')
    '<p><strong>Un</strong></p>\\n<p>Deux trois</p>\\n<p>quatre</p>'
    """
    if not text.strip():
        return ""
    root = etree.fromstring(f"<div>{text}</div>", PARSER)[0][0]
    for element in list(root.iter(etree.Element)):
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
    etree.strip_tags(root, *{str(node.tag) for node in root.iter(etree.Element)} - SIMPLE_TAGS)
    return _blocks(root)


def _blocks(root: etree._Element) -> str:
    blocks = []
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
