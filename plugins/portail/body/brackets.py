"""What brackets make: links, pictures, calls of notes."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from portail.body.addresses import decoded
from portail.body.document import Reference, Rendering, label_key
from portail.body.inline import Match, OurInline
from portail.body.positions import MARK, Place, protected, unmarked

__all__ = ["Images", "Links"]

_NOT_THIS: Match = (None, None, None)
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
