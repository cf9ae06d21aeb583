"""Formulas of TeX as MathML Core, which browsers draw without a script.

The library writes the elements; ours is the list of what may be published: no style (the pages
allow none), no colour, no width that would push the page aside.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markdown.util import AtomicString
from math_core import LatexError, LatexToMathML

from portail.text.notation import FORMULA_SIGNS

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
_LENGTH = re.compile(r"-?(?:\d|[1-4]\d)?(?:\.\d+)?(?:em|ex|px|pt|%)?")
_ALIGN = re.compile(r"text-align: ?(left|right|center)")
_SIDES = {"left": "gauche", "right": "droite", "center": "centre"}
_LAYOUT = frozenset({"text-align", "justify-items", "padding-left", "padding-right", "width"})
_NAMED = re.compile(r"&(?!(?:lt|gt|amp|quot|apos);)\w+;")
_UNKNOWN = re.compile(r"Unknown (?:command|environment) \"([^\"]*)\"")
_OPEN = re.compile(r"losing token|reached end of input")


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
