"""Texts of others as ours: one line, without tags nor signs that nobody sees, within a limit."""

from __future__ import annotations

import html
import re

from lxml import etree
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from portail.imports.table import correspondances, expression

LONG = 200_000
"""Signs of a text that are read."""
_HEAD = 3_000
_SUMMARY = 300
_ENOUGH = 120

_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_SENTENCES = re.compile(r"[\s\S]*[.!?…](?=\s)")
_ENDS = re.compile(r"[.!?…»]$")
_MARKS = re.compile(r"^[#>*\s-]+")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"[*_`]{1,3}")
_DROPPED = ("script", "style", "noscript", "template", "svg", "iframe", "object", "head", "title")
_BLOCKS = frozenset(
    "address article aside blockquote br dd div dt figcaption footer h1 h2 h3 h4 h5 h6 header hr li"
    " main nav p pre section table tr".split()
)
_PARSER = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True)


def clean(text: str) -> str:
    """``text`` without controls nor marks of direction; its lines end as ours."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str) -> str:
    """The same on one line."""
    return " ".join(clean(text).split())


def clear(text: str) -> str:
    """A short text in which signs may be written « &#8217; », or between tags.

    >>> clear("<b>L&#8217;eau</b> &amp; le sel")
    'L’eau & le sel'
    """
    if "<" in text:
        return line(text_of(text))
    return line(html.unescape(text)) if "&" in text else line(text)


def text_of(source: str) -> str:
    """What HTML says, a line for each of its blocks; nothing runs, nothing is fetched."""
    try:
        root = lxml_html.document_fromstring(
            f"<body>{clean(source)}".encode("utf-8", "replace"), parser=_PARSER
        )
    except (etree.LxmlError, ValueError):
        return ""
    etree.strip_elements(root, *_DROPPED, with_tail=False)
    for one in root.iter(*_BLOCKS):
        one.text = f"\n{one.text or ''}"
        one.tail = f"\n{one.tail or ''}"
    told = "\n".join(line(one) for one in "".join(map(str, root.itertext())).split("\n"))
    return re.sub(r"\n{2,}", "\n\n", told).strip()


def cut(text: str, limit: int) -> str:
    """``text`` within ``limit`` signs, cut at the end of a sentence, else of a word.

    >>> cut("Une sortie. Elle dure longtemps.", 20), cut("Observation de la Lune", 15)
    ('Une sortie.', 'Observation…')
    """
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    whole = _SENTENCES.match(f"{head} ")
    if whole and len(whole[0]) > limit / 5:
        return whole[0].strip()
    return re.sub(r"[\s,;:–-]+$", "", re.sub(r"\s+\S*$", "", head)) + "…"


def summary_of(text: str) -> str:
    """The first sentences of ``text`` that are no list of dates, prices or addresses."""
    practical = expression(correspondances().pratique)
    chosen: list[str] = []
    for one in text[:_HEAD].split("\n"):
        said = line(_EMPHASIS.sub("", _LINK.sub(r"\1", _MARKS.sub("", one))))
        if not said or practical.search(said):
            continue
        if chosen and (len(" ".join(chosen)) > _ENOUGH or not _ENDS.search(said)):
            break
        chosen.append(said)
    return cut(" ".join(chosen) or line(text[:_HEAD]), _SUMMARY)


# A text in Markdown.

_MARK = re.compile(r"<(?=[a-zA-Z/!?])|\[(?=\^)|\](?=[(\[:])")
_SIGN = re.compile(r"^([#>])", re.MULTILINE)
_BULLET = re.compile(r"^[•·▪●–]\s+")
_BREAK = re.compile(r"([^\n])\n(?!\n|- |\d+\. )(?=\S)", re.ASCII)
_OTHERS = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def html_of(markdown: str) -> str:
    """Markdown of others as HTML, in which no tag is one."""
    return str(_OTHERS.render(markdown))


def from_plain(text: str) -> str:
    """A plain text as Markdown: its lines are paragraphs, what would be a mark stays a sign."""
    safe = _SIGN.sub(r"\\\1", _MARK.sub(r"\\\g<0>", text.strip().replace("\\", "\\\\")))
    rows = [_BULLET.sub("- ", one.strip()) for one in safe.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", _BREAK.sub("\\1\n\n", "\n".join(rows))).strip()
