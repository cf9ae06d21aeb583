"""The word of an editor in a letter: the little HTML that any mail reader shows."""

from __future__ import annotations

from lxml import etree

from portail.body.simple import SIMPLE_TAGS, simple_html

__all__ = ["letter_html"]

_PARSER = etree.HTMLParser(no_network=True)
_PARAGRAPHS = frozenset({"dt", "dd", "pre", "tr", "figcaption"})
_BLOCKS = frozenset({"p", "ul", "ol"})


def letter_html(html: str) -> str:
    """``html`` with paragraphs, lists, links, emphasis and nothing else: headings become
    paragraphs in bold, rows of tables paragraphs; done twice, it changes nothing.

    >>> letter_html('<h2 id="a">Un</h2><p class="b">Deux <code>trois</code></p>quatre')
    '<p><strong>Un</strong></p>\\n<p>Deux trois</p>\\n<p>quatre</p>'
    """
    if not html.strip():
        return ""
    root = etree.fromstring(f"<div>{html}</div>", _PARSER)[0][0]
    for element in list(root.iter(etree.Element)):
        _simplified(element)
    etree.strip_tags(root, *{str(one.tag) for one in root.iter(etree.Element)} - SIMPLE_TAGS)
    return simple_html(_blocks(root))


def _simplified(element: etree._Element) -> None:
    tag = str(element.tag)
    if tag in ("td", "th"):
        element.tail = f" {element.tail or ''}"
    elif tag in _PARAGRAPHS:
        element.tag = "p"
    elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
        element.tag = "p"
        inner = etree.Element("strong")
        inner.text, element.text = element.text, None
        inner.extend(list(element))
        element.append(inner)


def _blocks(root: etree._Element) -> str:
    """What ``root`` holds, a block a line; text between blocks becomes a paragraph."""
    found: list[str] = []
    loose: list[str] = [_escaped(root.text)]

    def gather() -> None:
        text = "".join(loose).strip()
        if text:
            found.append(f"<p>{text}</p>")
        loose.clear()

    for element in root:
        tail, element.tail = element.tail, None
        shown = etree.tostring(element, encoding=str, method="html")
        if element.tag in _BLOCKS:
            gather()
            found.extend([] if shown == "<p></p>" else [shown.strip()])
        else:
            loose.append(shown)
        loose.append(_escaped(tail))
    gather()
    return "\n".join(found)


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
