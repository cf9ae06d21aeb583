"""Judgement of the addresses written in a body, before any of them becomes an attribute."""

from __future__ import annotations

import html
import re
from enum import Enum
from html.entities import html5
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

import nh3

from portail.late import expression
from portail.text.addresses import address_parts
from portail.text.visible import deceives

# Formats of pictures, by the end of the file's name in lower case.
IMAGE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"})

_LONGEST = 2000
_INVISIBLE = expression(
    "[\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)
# A character reference.
ENTITY = expression(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")

_CONTROL = expression("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SCHEME = expression(r"([A-Za-z][A-Za-z0-9+.-]*):")
_MAIL = expression(r"[^\s@:/?#]+@[^\s@:/?#]+\.[^\s@:/?#.]+")
# Fields that a ``mailto:`` may fill (RFC 6068): ``bcc``, say, would add hidden recipients.
_WORDS = {"subject", "body"}
_USER = expression(r"(https?://)[^/?#]*@(.*)", re.IGNORECASE)
_PHONE = expression(r"\+?[0-9().\- ]{3,}")
_HOST = expression(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)*[^\W_](?:[\w-]*[^\W_])?\.?")
_DOMAINS = "fr|org|com|net|eu|info|io|edu|gouv|museum|science|be|ch|uk|de|paris|bzh"
_BARE_HOST = expression(rf"(?:www\.)?(?:[\w-]+\.)+(?:{_DOMAINS})(?=[/:?#]|$)", re.IGNORECASE)
_WRITTEN_OUT = {ord(sign): f"%{ord(sign):02X}" for sign in " \"<>`{|}^'"}

_PARSER = nh3.Cleaner(
    tags={"a"},
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto", "tel"},
    url_relative="deny",
    link_rel=None,
)


class Nature(Enum):
    """What an address leads to."""

    EXTERNAL = "externe"
    INTERNAL = "interne"
    ANCHOR = "ancre"
    REFUSED = "refusée"


class Address(NamedTuple):
    """An address that has been judged.

    ``value`` is what may be published (external), the target as written (internal) or the
    fragment without ``#`` (anchor). ``code`` is the diagnostic of a refused one, ``expected``
    what should have been written instead, if that can be told.
    """

    nature: Nature
    value: str
    code: str = ""
    expected: str = ""


def decoded(text: str) -> str:
    """``text`` with its character references replaced, but for those of control characters."""
    if "&" not in text:
        return text
    return ENTITY.sub(_character, text)


def _character(entity: re.Match[str]) -> str:
    name = entity[0][1:]
    character = html.unescape(entity[0]) if name[0] == "#" else html5.get(name, "")
    if _CONTROL.search(character) or not character:
        return entity[0]
    return character


def link_address(written: str) -> Address:
    """Judge the address of a link, ``written`` as in the source, escapes and references undone."""
    target = written.strip()
    bare = _INVISIBLE.sub("", ENTITY.sub(lambda match: html.unescape(match[0]), target))
    scheme = _SCHEME.match(bare)
    if scheme:
        return _with_scheme(target, bare, scheme[1].lower())
    if bare.startswith(("//", "\\\\", "/\\", "\\/")):
        return _refused("E316", target, f"https://{bare.lstrip('/' + chr(92))}")
    if (
        not bare
        or len(target) > _LONGEST
        or "\\" in target
        or _INVISIBLE.search(target.replace(" ", ""))
    ):
        return _refused("E323", target)
    if target[0] == "#":
        return Address(Nature.ANCHOR, unquote(target[1:]))
    if _MAIL.fullmatch(target):
        return _refused("E316", target, f"mailto:{target}")
    host = _BARE_HOST.match(target)
    if host and not target.endswith(".md"):
        return _refused("E316", target, f"https://{target}")
    if target[0] == "?" or ":" in target.partition("/")[0]:
        return _refused("E323", target)
    return Address(Nature.INTERNAL, target)


def image_address(written: str) -> Address:
    """Judge the address of a picture: a file of ours, of an admitted format."""
    address = link_address(written)
    target = address.value
    bare = _INVISIBLE.sub("", target)
    remote = address.nature is Nature.EXTERNAL and bare[:4].lower() == "http"
    if remote or bare.startswith(("//", "\\\\")) or address.code == "E316":
        return _refused("E317", target)
    if address.nature is Nature.REFUSED:
        return address
    if address.nature is Nature.EXTERNAL:
        return _refused("E315", target)
    if address.nature is Nature.ANCHOR or not is_picture(target):
        return _refused("E324", target or written)
    return Address(Nature.INTERNAL, target)


def is_picture(target: str) -> bool:
    """Whether the address of a file of ours is that of a picture of an admitted format."""
    return PurePosixPath(target).suffix.lower() in IMAGE_SUFFIXES


def _refused(code: str, value: str, expected: str = "") -> Address:
    return Address(Nature.REFUSED, value, code, expected)


def _with_scheme(target: str, bare: str, scheme: str) -> Address:
    if scheme not in {"http", "https", "mailto", "tel"}:
        return _refused("E315", target)
    # Browsers drop invisible characters from an address, so that it leads elsewhere than it shows.
    if bare != target.replace(" ", "") or len(target) > _LONGEST or "\\" in target:
        return _refused("E323", target)
    remainder = target[len(scheme) + 1 :]
    if scheme == "mailto":
        names, _, fields = remainder.partition("?")
        good = all(_MAIL.fullmatch(name) for name in unquote(names).split(","))
        if not _only_words(fields):
            return _refused("E329", target)
        hosts = [name.rpartition("@")[2] for name in names.split(",")]
    elif scheme == "tel":
        good = _PHONE.fullmatch(unquote(remainder)) is not None
        hosts = []
    else:
        good = " " not in target and _has_host(target)
        hosts = []
        if good:
            hosts = [address_parts(target).hostname or ""]
        if good and (user := _USER.fullmatch(target)):
            return _refused("E330", target, f"{user[1]}{user[2]}")
    if false := next((host for host in hosts if deceives(host)), ""):
        return _refused("E258", false)
    url = f"{scheme}:{remainder.translate(_WRITTEN_OUT)}"
    # nh3 parses addresses by the same standard as browsers (WHATWG URL): what it drops is invalid.
    if not good or " href=" not in _PARSER.clean(f'<a href="{html.escape(url)}">'):
        return _refused("E323", target)
    return Address(Nature.EXTERNAL, url)


def _only_words(fields: str) -> bool:
    rows = [row.partition("=") for row in fields.split("&") if row]
    names = [unquote(name).lower() for name, _, _ in rows]
    return _WORDS.issuperset(names) and not any(
        name == "subject" and not {*"\r\n"}.isdisjoint(unquote(value))
        for name, (_, _, value) in zip(names, rows, strict=True)
    )


def _has_host(url: str) -> bool:
    parts = address_parts(url)
    host = parts.hostname or ""
    named = ":" in host or _HOST.fullmatch(host) is not None
    return named and parts.port != 0 and url[url.index(":") + 1 :][:2] == "//"
