"""What is inside a line: escapes, code, tags, addresses, breaks.

Few patterns, since Python-Markdown tries each of them on every piece of text. The signs that bind
tighter than links share the first one, which takes them from left to right as GitHub does.
Links, pictures and notes are in ``brackets``.
"""

from __future__ import annotations

import re
from typing import TypeAlias, cast
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_RE, AtomicString

from portail.body.addresses import Nature, decoded, link_address
from portail.body.document import Rendering
from portail.body.positions import protected, unmarked
from portail.body.tags import end_of_comment, end_of_tag, is_comment

__all__ = ["BareLinks", "Breaks", "Literals", "Match", "OurInline"]

Match: TypeAlias = tuple[Element | str | None, int | None, int | None]
"""What a pattern answers: the result, and what it replaces; three ``None`` for « not this »."""

_NOT_THIS: Match = (None, None, None)
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ENTITY = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>")
_AUTOMAIL = re.compile(r"<([\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+)>")
_ATTRIBUTES = re.compile(r"\{:?[ ]*[#.][A-Za-z][^{}\n]*\}|\{:[^{}\n]*\}")
_TICKS = re.compile(r"`+")


class OurInline(InlineProcessor):
    """A pattern of ours: it knows the document being read."""

    md: Rendering

    def __init__(self, pattern: str, md: Rendering) -> None:
        super().__init__(pattern, md)

    def written(self, text: str) -> str:
        """``text`` with what earlier patterns took out of it put back, as plain text."""
        return unmarked(self.unescape(text) if "\x02" in text else text)


class Literals(OurInline):
    r"""Escapes, code, ``<https://…>``, raw HTML, character references, attribute lists."""

    def __init__(self, md: Rendering) -> None:
        super().__init__("[\\\\`&\U00100000-\U0010fffc]", md)

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override]
        """Answer for the sign that was found; see ``Match``."""
        start, sign = m.start(), m[0]
        if sign == "\\":
            return _escape(data, start)
        if sign == "`":
            return _code(data, start)
        if sign == "&":
            return _reference(data, start)
        opening = data[start + 1 : start + 2]
        if opening == "<":
            return self._angle(data, start)
        if opening == "{":
            return self._attributes(data, start)
        return _NOT_THIS

    def _angle(self, data: str, start: int) -> Match:
        document = self.md.document
        address = _AUTOLINK.match(data, start + 1) or _AUTOMAIL.match(data, start + 1)
        if address:
            link = Element("a", {"@": data[start]})
            place = document.places.at(data[start])
            link.set("@address", document.places.put(place.line, place.column + 1))
            written = self.written(address[1])
            link.set("@length", str(len(written)))
            link.set("href", written if ":" in written else f"mailto:{written}")
            link.text = AtomicString(written)
            return link, start, address.end()
        if is_comment(data, start + 1):
            end = end_of_comment(data, start + 1)
            document.report("E312", document.places.at(data[start]), 4)
            return protected(self.written(data[start:end])), start, end
        closing = end_of_tag(data, start + 1)
        if closing is None:
            return _NOT_THIS
        tag = self.written(data[start:closing])
        document.tags.append((document.places.at(data[start]), tag))
        return protected(tag), start, closing

    def _attributes(self, data: str, start: int) -> Match:
        found = _ATTRIBUTES.match(data, start + 1)
        if found is None:
            return _NOT_THIS
        text = self.written(found[0])
        document = self.md.document
        document.report("A327", document.places.at(data[start]), len(text), valeur=text)
        return protected(text), start, found.end()


def _escape(data: str, start: int) -> Match:
    escaped = data[start + 1 : start + 2]
    if escaped == "\n":
        return Element("br"), start, start + 1
    if escaped and escaped in _PUNCTUATION:
        return protected(escaped), start, start + 2
    return _NOT_THIS


def _code(data: str, start: int) -> Match:
    ticks = _TICKS.match(data, start)
    assert ticks is not None
    for closing in _TICKS.finditer(data, ticks.end()):
        if len(closing[0]) == len(ticks[0]):
            text = unmarked(data[ticks.end() : closing.start()]).replace("\n", " ")
            if len(text) > 2 and text[0] == text[-1] == " " and text.strip():
                text = text[1:-1]
            code = Element("code")
            code.text = AtomicString(text)
            return code, start, closing.end()
    return None, start, ticks.end()


def _reference(data: str, start: int) -> Match:
    found = _ENTITY.match(data, start)
    if found is None:
        return _NOT_THIS
    character = decoded(found[0])
    if character == found[0]:
        return _NOT_THIS
    return protected(character), start, found.end()


_URL = re.compile(r"(?:[^\s<>\x02\x03\"«»“”]|\x02klzzwxh:\d+\x03)+")
_TRAILING = "?!.,:;*_~'’…"
_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-")
_MAIL_HOST = re.compile(r"@[A-Za-z0-9](?:[\w-]*)(?:\.[\w-]+)+")


class BareLinks(OurInline):
    """Addresses of the web and of mail without any mark around them."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Rendering) -> None:
        super().__init__(r"@|https?://|www\.", md)

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override]
        """Answer for the sign that was found; see ``Match``."""
        if m[0] == "@":
            return self._mail(data, m.start())
        start = m.start()
        if start and (data[start - 1].isalnum() or data[start - 1] in "/@.-_"):
            return _NOT_THIS
        found = _URL.match(data, start)
        assert found is not None
        raw = _without_trailing(self._until_markup(found[0]))
        written = self.written(raw)
        address = link_address(written if m[0] != "www." else f"http://{written}")
        if address.nature is not Nature.EXTERNAL or "." not in written:
            return _NOT_THIS
        link = Element("a", {"href": address.value})
        link.text = AtomicString(written)
        return link, start, start + len(raw)

    def _mail(self, data: str, at: int) -> Match:
        host = _MAIL_HOST.match(data, at)
        start = at
        while start and data[start - 1] in _LOCAL:
            start -= 1
        if host is None or start == at or (start and data[start - 1] in "/:"):
            return _NOT_THIS
        written = data[start:at] + host[0].rstrip("-_")
        link = Element("a", {"href": f"mailto:{written}"})
        link.text = AtomicString(written)
        return link, start, start + len(written)

    def _until_markup(self, url: str) -> str:
        """``url`` cut where a link, some code or a picture was recognised."""
        if "\x02" not in url:
            return url
        stash = cast("dict[str, Element | str]", self.md.treeprocessors["inline"].stashed_nodes)  # type: ignore[attr-defined]
        for found in INLINE_PLACEHOLDER_RE.finditer(url):
            if not isinstance(stash.get(found[1]), str):
                return url[: found.start()]
        return url


class Breaks(OurInline):
    """Line breaks: two spaces at the end of a line."""

    def __init__(self, md: Rendering) -> None:
        super().__init__(r"\n", md)

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override]
        """Answer for the line end that was found; see ``Match``."""
        start = end = m.start()
        while start and data[start - 1] == " ":
            start -= 1
        return (Element("br"), start, end) if end - start >= 2 else _NOT_THIS


def _without_trailing(url: str) -> str:
    """``url`` without the punctuation of the sentence that it ends."""
    while url:
        last = url[-1]
        unbalanced = last == ")" and url.count(")") > url.count("(")
        if last not in _TRAILING and not unbalanced:
            break
        url = url[:-1]
    return url
