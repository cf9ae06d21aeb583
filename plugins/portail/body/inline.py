"""Constructs inside a line: those of GitHub, without raw HTML, and formulas of TeX.

Each knows its offset in the text of the line. markdown-it may read a piece twice, so rules write
tokens and report nothing: a token ``raw`` is shown as text, and its diagnostic is given once the
tree is made.

Formulas become MathML Core, which browsers draw without a script. A library writes the elements; we
list those that may be published: no style (the pages allow none), no colour, and no width that
would push the page aside.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markdown.util import AtomicString
from markdown_it.common.utils import normalizeReference, unescapeAll
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from math_core import LatexError, LatexToMathML

from portail.late import expression
from portail.text.notation import (
    EXPONENT_MARK,
    FORMULA,
    FORMULA_SIGNS,
    SUBSCRIPT_MARK,
    shown,
    spoken,
)

from .addresses import ENTITY, Nature, decoded, link_address
from .document import label_key, of
from .tags import end_of_comment, end_of_tag, is_comment

# Elements of a published formula.
ELEMENTS = frozenset(
    "math mrow mi mn mo mtext mspace msup msub msubsup mfrac msqrt mroot munder mover munderover "
    "mmultiscripts mprescripts mtable mtr mtd mphantom mpadded mstyle".split()
)
# Their attributes whose value depends on the formula, all of them lengths but ``alttext``.
MATHML: dict[str, set[str]] = {
    "math": {"alttext"},
    "mo": {"lspace", "rspace", "minsize", "maxsize"},
    "mspace": {"width", "height"},
    "mpadded": {"width", "height", "depth", "lspace", "voffset"},
    "mfrac": {"linethickness"},
    "mtable": {"columnspacing", "rowspacing"},
}
_WORDS = {"true", "false"}
# Their other attributes, each with all its values.
MATHML_VALUES: dict[str, dict[str, set[str]]] = {
    "math": {"display": {"block"}},
    "mi": {"mathvariant": {"normal"}},
    "mo": {
        **dict.fromkeys(("stretchy", "largeop", "symmetric", "movablelimits", "accent"), _WORDS),
        "fence": _WORDS,
        "separator": _WORDS,
        "form": {"prefix", "infix", "postfix"},
    },
    "mover": {"accent": _WORDS},
    "munder": {"accentunder": _WORDS},
    "munderover": {"accent": _WORDS, "accentunder": _WORDS},
    "mstyle": {"displaystyle": _WORDS, "scriptlevel": {"0", "1", "2", "+1", "-1"}},
    "mrow": {"displaystyle": _WORDS, "scriptlevel": {"0", "1", "2", "+1", "-1"}},
    "mtable": {"displaystyle": _WORDS, "scriptlevel": {"0", "1", "2"}},
    "mtd": {"class": {"centre", "droite", "gauche"}},
}

_NESTED = 60
_LENGTH = expression(r"-?(?:\d|[1-4]\d)?(?:\.\d+)?(?:em|ex|px|pt|%)?")
_ALIGN = expression(r"text-align: ?(left|right|center)")
_SIDES = {"left": "gauche", "right": "droite", "center": "centre"}
_LAYOUT = frozenset({"text-align", "justify-items", "padding-left", "padding-right", "width"})
_NAMED = expression(r"&(?!(?:lt|gt|amp|quot|apos);)\w+;")
_UNKNOWN = expression(r"Unknown (?:command|environment) \"([^\"]*)\"")
_OPEN = expression(r"losing token|reached end of input")


class Misread(Exception):
    """A formula that is not drawn: ``reason`` says why, in French."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@cache
def _library() -> LatexToMathML:
    return LatexToMathML(fancy_error=False, max_expansions=100)


def formula(tex: str, *, block: bool = False) -> Element:
    """``tex`` as an element ``math`` which keeps its source in ``alttext``; set apart if ``block``.
    Raises ``Misread``."""
    if len(tex) > FORMULA_SIGNS:
        raise Misread(f"elle a plus de {FORMULA_SIGNS} signes")
    if tex.count("{") > _NESTED or tex.count(r"\left") > _NESTED:
        raise Misread("elle a trop d’accolades")
    try:
        written = _library().convert_with_local_state(tex, displaystyle=block)
    except LatexError as error:
        raise Misread(_reason(str(error))) from None
    try:
        math = ElementTree.fromstring(_NAMED.sub(_sign, written))  # noqa: S314  (written by the library, no entity)
    except ElementTree.ParseError:
        raise Misread("elle ne se dessine pas") from None
    for element in math.iter():
        _settle(element)
    math.set("alttext", " ".join(tex.split()))
    return math


def _sign(name: re.Match[str]) -> str:
    return unescape(name[0])


def _reason(message: str) -> str:
    if unknown := _UNKNOWN.search(message):
        return f"« {unknown[1]} » n’y est pas connu"
    if _OPEN.search(message):
        return "une accolade, une parenthèse ou un argument y manque"
    place = message.partition(":")[0]
    if place.isdigit():
        return f"une faute s’y trouve vers le signe {int(place) + 1}"
    return "mal écrite"


def _settle(element: Element) -> None:
    tag = element.tag
    if tag not in ELEMENTS:
        raise Misread("une de ses commandes ne se dessine pas dans tous les navigateurs")
    style = element.attrib.pop("style", "")
    names = {part.partition(":")[0].strip() for part in style.split(";") if part.strip()}
    if names - _LAYOUT:
        raise Misread("elle n’a ni couleur ni mise en forme")
    if side := _ALIGN.search(style):
        element.set("class", _SIDES[side[1]])
    words = MATHML_VALUES.get(tag, {})
    for name, value in list(element.items()):
        if name in words and value in words[name]:
            continue
        if name not in MATHML.get(tag, ()):
            del element.attrib[name]
        elif not _LENGTH.fullmatch(value):
            raise Misread("une de ses longueurs est démesurée")
    for name in ("text", "tail"):
        if text := getattr(element, name):
            setattr(element, name, AtomicString(text))


_AUTOLINK = expression(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>")
_AUTOMAIL = expression(r"<([\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+)>")
_ATTRIBUTES = expression(r"\{:?[ ]*[#.][A-Za-z][^{}\n]*\}|\{:[^{}\n]*\}")
_URL = expression(r"(?:https?://|www\.)\[?[^\s<>`\"«»“”\[]*")
_FIGURES = expression(r"[\d+−–-]+")
_TRAILING = "?!.,:;*_~'’…"
_NOTE = expression(r"\[\^([^\]\s]+)\]")
# « (mon fichier.pdf) »: GitHub sees no address there, but whoever wrote it meant one.
_SPACED = expression(r"\(([^()\n<>\"]+ [^()\n<>\"]*\.[A-Za-z0-9]{2,4})\)")
_SIGN = r"(?:[^\s()\\]|\\.)*+"
_TITLE = r"\"(?:[^\"\\]|\\[\s\S])*+\"|'(?:[^'\\]|\\[\s\S])*+'|\((?:[^()\\]|\\[\s\S])*+\)"
_TARGET = expression(
    rf"\([ \t\n]*+(?:<((?:[^<>\n\\]|\\.)*+)>"
    rf"|((?!<){_SIGN}(?:\({_SIGN}(?:\({_SIGN}\){_SIGN})*+\){_SIGN})*+))"
    rf"(?:[ \t\n]++({_TITLE}))?[ \t\n]*\)"
)
_LABEL = expression(r"\[(?!\^)((?:[^\[\]\\]|\\[\s\S])*+)\]")
# One class comes first, so that the engine leaps to what is in it.
_TERMINATORS = expression(
    r"[\n&*\[\\\]_`~^$!<{hw](?:(?<=[^!<{hw])|(?<=!)\[|(?<=<)(?=[A-Za-z/!?])|(?<=\{)(?=[:#. ])"
    r"|(?<=h)ttps?://|(?<=w)ww\.)"
)


class Inlines(ParserInline):
    def __init__(self) -> None:
        super().__init__()
        self.terminator_re = _TERMINATORS
        rules = self.ruler
        rules.disable(["linkify", "html_inline"])
        rules.at("link", _link)
        rules.at("image", _image)
        rules.at("autolink", _angle)
        rules.at("entity", _reference)
        rules.before("strikethrough", "scripts", _scripts)
        rules.before("escape", "formula", _formula)
        rules.push("attributes", _attributes)
        rules.push("bare_link", _bare_link)


def _raw(state: StateInline, silent: bool, end: int, code: str, **meta: Any) -> bool:
    if not silent:
        token = state.push("raw", "", 0)
        token.content = state.src[state.pos : end]
        token.meta = {"at": state.pos, "code": code, "length": end - state.pos, **meta}
    state.pos = end
    return True


def _angle(state: StateInline, silent: bool) -> bool:
    text = state.src
    start = state.pos
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
    # Add a link called by its own address; ``at`` is the offset of its « < », if it has one.
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": address}
    if at is not None:
        opening.meta = {"at": at, "width": 0, "address": at + 1, "length": len(text)}
    state.push("literal", "", 0).content = text
    state.push("link_close", "a", -1)


def _reference(state: StateInline, silent: bool) -> bool:
    # Character references, but for those of control characters.
    match = ENTITY.match(state.src, state.pos)
    character = decoded(match[0]) if match else ""
    if match is None or character == match[0]:
        return False
    if not silent:
        state.push("text_special", "", 0).content = character
    state.pos = match.end()
    return True


def _attributes(state: StateInline, silent: bool) -> bool:
    match = _ATTRIBUTES.match(state.src, state.pos)
    return match is not None and _raw(state, silent, match.end(), "A327", valeur=match[0])


def _bare_link(state: StateInline, silent: bool) -> bool:
    # Addresses of the web without any mark around them; those of mail wait for the whole text.
    text = state.src
    start = state.pos
    if silent or state.linkLevel or text[start] not in "hw":
        return False
    if start and (text[start - 1].isalnum() or text[start - 1] in "/@.-_"):
        return False
    match = _URL.match(text, start, state.posMax)
    raw = _without_trailing(match[0]) if match else ""
    written = unescapeAll(raw)
    address = link_address(written if raw[:1] == "h" else f"http://{written}")
    if address.code == "E330":
        values = {"valeur": address.value, "attendu": address.expected}
        return _raw(state, silent, start + len(raw), "E330", **values)
    if address.nature is not Nature.EXTERNAL or "." not in written:
        return False
    _add_link(state, address.value, written)
    state.pos += len(raw)
    return True


def _without_trailing(url: str) -> str:
    # ``url`` without the punctuation of the sentence that it ends.
    while url:
        last = url[-1]
        unbalanced = last == ")" and url.count(")") > url.count("(")
        if last not in _TRAILING and not unbalanced:
            break
        url = url[:-1]
    return url


# Notation of science (``text.notation``).


def _scripts(state: StateInline, silent: bool) -> bool:
    sign = state.src[state.pos]
    if sign not in "~^":
        return False
    pattern = SUBSCRIPT_MARK if sign == "~" else EXPONENT_MARK
    match = pattern.match(state.src, state.pos, state.posMax)
    if match is None:
        return _single(state, silent, sign)
    if not silent:
        outer = state.posMax
        tag = "sub" if sign == "~" else "sup"
        opened = state.push(f"{tag}_open", tag, 1)
        content = match[match.lastindex or 0]
        opened.meta = {"said": spoken(content, state.src[: state.pos][-1:])} if sign == "^" else {}
        if _FIGURES.fullmatch(content):
            state.push("text", "", 0).content = shown(content)
        else:
            state.pos, state.posMax = match.start(match.lastindex or 0), match.end() - 1
            state.md.inline.tokenize(state)
            state.posMax = outer
        state.push(f"{tag}_close", tag, -1)
    state.pos = match.end()
    return True


def _single(state: StateInline, silent: bool, sign: str) -> bool:
    around = state.src[max(state.pos - 1, 0) : state.pos + 2]
    if sign != "~" or "~~" in around:
        return False
    if not silent:
        state.push("text", "", 0).content = sign
    state.pos += 1
    return True


def _formula(state: StateInline, silent: bool) -> bool:
    match = None
    if state.src[state.pos] == "$":
        match = FORMULA.match(state.src, state.pos)
    if match is None or match.end() > state.posMax:
        return False
    if silent:
        state.pos = match.end()
        return True
    try:
        math = formula(match[1] or match[2], block=match[1] is not None)
    except Misread as error:
        values = {"valeur": match[0], "raison": error.reason}
        return _raw(state, silent, match.end(), "E332", **values)
    state.push("formula", "math", 0).meta = {"element": math}
    state.pos = match.end()
    return True


# What brackets make: links, pictures, calls of notes.


def _link(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    match = _NOTE.match(state.src, state.pos, state.posMax)
    if match is None:
        return _bracketed(state, silent, state.pos, "a")
    key = label_key(match[1])
    if key not in of(state).notes:
        return _raw(state, silent, match.end(), "E321", valeur=match[1])
    if not silent:
        state.push("note_call", "sup", 0).meta = {"key": key}
    state.pos = match.end()
    return True


def _image(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("![", state.pos):
        return False
    return _bracketed(state, silent, state.pos + 1, "img")


def _bracketed(state: StateInline, silent: bool, opening: int, tag: str) -> bool:
    # A link or a picture, by its address or by a label that is defined; with its offsets, which the
    # rules of markdown-it forget.
    closing = state.md.helpers.parseLinkLabel(state, opening, tag == "a")
    if closing < 0:
        return False
    match = _TARGET.match(state.src, closing + 1, state.posMax)
    meta: dict[str, Any] = {"at": state.pos, "width": closing + 1 - state.pos}
    if match:
        group = 1
        if match[1] is None:
            group = 2
        address = unescapeAll(match[group])
        title = unescapeAll((match[3] or "")[1:-1])
        end = match.end()
        meta |= {"address": match.start(group), "length": len(match[group])}
    elif spaced := _SPACED.match(state.src, closing + 1, state.posMax):
        where = {"at": spaced.start(1), "length": len(spaced[1])}
        return _raw(state, silent, spaced.end(), "E323", valeur=spaced[1], **where)
    else:
        label = _LABEL.match(state.src, closing + 1, state.posMax)
        name = label[1] if label and label[1].strip() else state.src[opening + 1 : closing]
        reference = state.env.get("references", {}).get(normalizeReference(name))
        if reference is None:
            return False
        address = reference["href"]
        title = reference["title"]
        end = label.end() if label else closing + 1
        meta["map"] = reference["map"]
    if not silent:
        _push(state, tag, (opening + 1, closing), {"href": address, "title": title}, meta)
    state.pos = end
    return True


def _push(
    state: StateInline, tag: str, inside: tuple[int, int], attrs: Any, meta: dict[str, Any]
) -> None:
    inline = state.md.inline
    outer = state.posMax
    if tag == "img":
        image = state.push("image", "img", 0)
        image.attrs = attrs
        image.meta = meta
        image.children = inline.parse(state.src[slice(*inside)], state.md, state.env, [])
        return
    opened = state.push("link_open", "a", 1)
    opened.attrs = attrs
    opened.meta = meta
    state.pos, state.posMax = inside
    state.linkLevel += 1
    inline.tokenize(state)
    state.linkLevel -= 1
    state.posMax = outer
    state.push("link_close", "a", -1)
