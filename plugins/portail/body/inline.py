"""Constructs inside a line: escapes, code, tags, addresses, breaks, links and pictures.

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
from portail.body.document import Reference, Rendering, label_key
from portail.body.positions import MARK, Place, protected, unmarked
from portail.body.tags import end_of_comment, end_of_tag, is_comment

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


# What brackets make: links, pictures, calls of notes.

_BRACKETS = re.compile(r"[\[\]]")
_BARE = r"[^\s()<]*(?:\([^\s()]*(?:\([^\s()]*\)[^\s()]*)*\)[^\s()]*)*"
_INLINE = re.compile(
    rf"\(\s*(?:<{MARK}([^<>\n]*)>|{MARK}({_BARE}))"
    r"(?:\s+(\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)
# « (mon fichier.pdf) »: GitHub sees no address there, but whoever wrote it meant one.
_SPACED = re.compile(rf"\({MARK}([^()\n<>\"]+ [^()\n<>\"]*\.[A-Za-z0-9]{{2,4}})\)")
_RAW_ADDRESS = re.compile(rf"<([^<>\n]*)>|{_BARE}")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_LABEL = re.compile(r"\[([^\[\]]*)\]")
_NOTE = re.compile(r"\^([^\]\s\x02]+)")


class _Bracketed(OurInline):
    """What links and pictures have in common: a text in brackets, then an address."""

    tag = "a"
    attribute = "href"

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override]
        """Answer for the bracket that was found; see ``Match``."""
        opening = m.end() - 1
        if not self._is_ours(data, opening):
            return _NOT_THIS
        closing = _closing(data, opening)
        if closing is None:
            return _NOT_THIS
        start = m.start()
        mark = ""
        if start and "\U00100000" <= data[start - 1] <= "\U0010fffc":
            mark, start = data[start - 1], start - 1
        text = data[opening + 1 : closing]
        special = self._special(text, mark)
        if special is not None:
            return special, start, closing + 1
        found = _INLINE.match(data, closing + 1)
        if found:
            bracketed = found[2] is not None
            raw = found[2] if bracketed else found[4]
            title = self.written(found[5])[1:-1] if found[5] else None
            element = self._element(text, mark, closing + 1 - start)
            self._address(element, raw, found[1] if bracketed else found[3], title)
            return element, start, found.end()
        return self._spaced(data, start, closing) or self._by_label(
            data, start, closing, mark, text
        )

    def _is_ours(self, data: str, opening: int) -> bool:
        return not opening or data[opening - 1] != "!"

    def _special(self, text: str, mark: str) -> Element | str | None:
        """What these brackets are, if no link."""
        del text, mark
        return None

    def _element(self, text: str, mark: str, width: int) -> Element:
        element = Element(self.tag, {"@": mark, "@width": str(width - len(mark))})
        element.text = text
        return element

    def _address(self, element: Element, raw: str, mark: str, title: str | None) -> None:
        written = self.written(raw)
        length = len(written)
        document = self.md.document
        if "\x02" in raw and mark:
            # Escapes and character references are shorter here than in the source.
            source = _RAW_ADDRESS.match(document.rest(document.places.at(mark)))
            length = len(source[0]) if source else length
        element.set(self.attribute, written)
        element.set("@address", mark)
        element.set("@length", str(length))
        if title:
            element.set("title", title)

    def _spaced(self, data: str, start: int, closing: int) -> Match | None:
        found = _SPACED.match(data, closing + 1)
        if found is None:
            return None
        document = self.md.document
        address = self.written(found[2])
        place = document.places.at(found[1])
        document.report("E323", place, len(address), valeur=address)
        return protected(self.written(data[start : found.end()])), start, found.end()

    def _by_label(self, data: str, start: int, closing: int, mark: str, text: str) -> Match:
        """``[text][label]``, ``[label][]`` or ``[label]``."""
        document = self.md.document
        if not document.references:
            return _NOT_THIS
        second = closing + 1
        while second < len(data) and "\U00100000" <= data[second] <= "\U0010fffc":
            second += 1
        found = _LABEL.match(data, second)
        label = label_key(self.written(found[1] if found and unmarked(found[1]) else text))
        reference = document.references.get(label)
        if reference is None:
            return _NOT_THIS
        element = self._element(text, mark, closing + 1 - start)
        self._from_reference(element, reference)
        return element, start, found.end() if found else closing + 1

    def _from_reference(self, element: Element, reference: Reference) -> None:
        place: Place = reference.place
        element.set(self.attribute, decoded(reference.address))
        element.set("@address", self.md.document.places.put(place.line, place.column))
        element.set("@length", str(reference.length))
        if reference.title:
            element.set("title", decoded(reference.title))


class Links(_Bracketed):
    """Links, and the calls of notes, which look like them."""

    def __init__(self, md: Rendering) -> None:
        super().__init__(r"\[", md)

    def _special(self, text: str, mark: str) -> Element | str | None:
        found = _NOTE.fullmatch(text)
        if found is None:
            return None
        document = self.md.document
        label = unmarked(found[1])
        if label_key(label) not in document.notes:
            document.report("E321", document.places.at(mark), len(label) + 3, valeur=label)
            return protected(f"[^{label}]")
        return Element("sup", {"@note": label_key(label)})


class Images(_Bracketed):
    """Pictures."""

    tag = "img"
    attribute = "src"

    def __init__(self, md: Rendering) -> None:
        super().__init__(r"!\[", md)

    def _is_ours(self, data: str, opening: int) -> bool:
        return True

    def _element(self, text: str, mark: str, width: int) -> Element:
        element = Element("img", {"@": mark, "@width": str(width - len(mark))})
        # Links come after pictures: a description with a link in it keeps its words only.
        element.set("alt", " ".join(_LINK.sub(r"\1", self.written(text)).split()))
        return element


def _closing(data: str, opening: int) -> int | None:
    """The bracket that closes the one at ``opening``."""
    depth = 0
    for found in _BRACKETS.finditer(data, opening):
        depth += 1 if found[0] == "[" else -1
        if depth == 0:
            return found.start()
    return None
