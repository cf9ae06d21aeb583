"""Constructs inside a line: GitHub's, without raw HTML, each with its offset in the line's text.

Rules write tokens and report nothing: markdown-it reads some pieces twice. What cannot be published
as written is a token ``raw``, whose text is shown and whose diagnostic is told once the tree is
made.
"""

from __future__ import annotations

import re
from typing import Any

from markdown_it.common.utils import unescapeAll
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline, image, link

from portail.body.addresses import Nature, decoded, link_address
from portail.body.document import label_key, of
from portail.body.tags import end_of_comment, end_of_tag, is_comment

_ENTITY = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>")
_AUTOMAIL = re.compile(r"<([\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+)>")
_ATTRIBUTES = re.compile(r"\{:?[ ]*[#.][A-Za-z][^{}\n]*\}|\{:[^{}\n]*\}")
_URL = re.compile(r"(?:https?://|www\.)\[?[^\s<>`\"«»“”\[]*")
_TRAILING = "?!.,:;*_~'’…"
_NOTE = re.compile(r"\[\^([^\]\s]+)\]")
# « (mon fichier.pdf) »: GitHub sees no address there, but whoever wrote it meant one.
_SPACED = re.compile(r"\(([^()\n<>\"]+ [^()\n<>\"]*\.[A-Za-z0-9]{2,4})\)")
_ADDRESS = re.compile(r"[ \t\n]*(?:<((?:[^<>\n\\]|\\.)*)>|([^ \t\n]*))")
_TERMINATORS = re.compile(r"[\n!&*<\[\\\]_`{~]|https?://|www\.")


class Inlines(ParserInline):
    """What is inside the lines of a body."""

    def __init__(self) -> None:
        super().__init__()
        self.terminator_re = _TERMINATORS
        rules = self.ruler
        rules.disable(["linkify", "html_inline"])
        rules.at("link", _link)
        rules.at("image", _image)
        rules.at("autolink", _angle)
        rules.at("entity", _reference)
        rules.push("attributes", _attributes)
        rules.push("bare_link", _bare_link)


def _raw(state: StateInline, silent: bool, end: int, code: str, **meta: Any) -> bool:
    """Take the text up to ``end`` as it is, for the diagnostic ``code``."""
    if not silent:
        token = state.push("raw", "", 0)
        token.content = state.src[state.pos : end]
        token.meta = {"at": state.pos, "code": code, "length": end - state.pos, **meta}
    state.pos = end
    return True


def _angle(state: StateInline, silent: bool) -> bool:
    """``<https://…>``, ``<nom@…>``, comments and tags of HTML."""
    text, start = state.src, state.pos
    if text[start] != "<":
        return False
    address = _AUTOLINK.match(text, start) or _AUTOMAIL.match(text, start)
    if address:
        if not silent:
            written = address[1]
            _add_link(state, written if ":" in written else f"mailto:{written}", written, start)
        state.pos = address.end()
        return True
    if is_comment(text, start):
        return _raw(state, silent, end_of_comment(text, start), "E312", length=4)
    end = end_of_tag(text, start)
    return end is not None and _raw(state, silent, end, "E311")


def _add_link(state: StateInline, address: str, text: str, at: int | None = None) -> None:
    """Add a link called by its own address; ``at`` is the offset of its « < », if it has one."""
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": address}
    if at is not None:
        opening.meta = {"at": at, "width": 0, "address": at + 1, "length": len(text)}
    state.push("literal", "", 0).content = text
    state.push("link_close", "a", -1)


def _reference(state: StateInline, silent: bool) -> bool:
    """Character references, but for those of control characters."""
    found = _ENTITY.match(state.src, state.pos)
    character = decoded(found[0]) if found else ""
    if found is None or character == found[0]:
        return False
    if not silent:
        state.push("text_special", "", 0).content = character
    state.pos = found.end()
    return True


def _attributes(state: StateInline, silent: bool) -> bool:
    """Attribute lists, which are text here."""
    found = _ATTRIBUTES.match(state.src, state.pos)
    return found is not None and _raw(state, silent, found.end(), "A327", valeur=found[0])


def _bare_link(state: StateInline, silent: bool) -> bool:
    """Addresses of the web without any mark around them; those of mail wait for the whole text."""
    text, start = state.src, state.pos
    if silent or state.linkLevel or text[start] not in "hw":
        return False
    if start and (text[start - 1].isalnum() or text[start - 1] in "/@.-_"):
        return False
    found = _URL.match(text, start, state.posMax)
    raw = _without_trailing(found[0]) if found else ""
    written = unescapeAll(raw)
    address = link_address(written if raw[:1] == "h" else f"http://{written}")
    if address.nature is not Nature.EXTERNAL or "." not in written:
        return False
    _add_link(state, address.value, written)
    state.pos += len(raw)
    return True


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


def _link(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    found = _NOTE.match(state.src, state.pos, state.posMax)
    if found is None:
        return _bracketed(state, silent, state.pos, link)
    key = label_key(found[1])
    if key not in of(state).notes:
        return _raw(state, silent, found.end(), "E321", valeur=found[1])
    if not silent:
        state.push("note_call", "sup", 0).meta = {"key": key}
    state.pos = found.end()
    return True


def _image(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("![", state.pos):
        return False
    return _bracketed(state, silent, state.pos + 1, image)


def _bracketed(state: StateInline, silent: bool, opening: int, rule: Any) -> bool:
    """A link or a picture by the ``rule`` of markdown-it, with the offsets that it forgets."""
    start, count = state.pos, len(state.tokens)
    if not rule(state, silent):
        return _spaced(state, silent, opening)
    if not silent:
        token = state.tokens[count]
        token = state.tokens[count + 1] if token.type == "text" else token
        closing = state.md.helpers.parseLinkLabel(state, opening, rule is link)
        token.meta |= {"at": start, "width": closing + 1 - start}
        if "label" not in token.meta:
            token.meta |= _address(state, closing + 2)
    return True


def _address(state: StateInline, at: int) -> dict[str, int]:
    """Offset and length of the address of the link that ends here; ``at`` follows its « ( »."""
    found = _ADDRESS.match(state.src, at, state.pos - 1)
    assert found is not None
    group = 2 if found[1] is None else 1
    return {"address": found.start(group), "length": len(found[group])}


def _spaced(state: StateInline, silent: bool, opening: int) -> bool:
    if "](" not in state.src:
        return False
    closing = state.md.helpers.parseLinkLabel(state, opening)
    found = _SPACED.match(state.src, closing + 1, state.posMax) if closing > 0 else None
    if found is None:
        return False
    where = {"at": found.start(1), "length": len(found[1])}
    return _raw(state, silent, found.end(), "E323", valeur=found[1], **where)
