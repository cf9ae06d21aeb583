"""Pictures of a page: where they are, what they show, whose they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import unquote

from portail.text.addresses import address_parts, joined_address
from portail.text.normalise import number_of

from .items import Picture
from .runs import tidied

_NAMED = r"[^\n;|]{2,160}?"
_CREDIT = re.compile(
    r"(?:©|\(c\)\s|(?:copyright|cr[ée]dits?(?:\s+(?:photos?|images?|visuels?|photographiques?))?"
    r"|(?:photo|clich[ée]|illustration|dessin|image|visuel)(?:graphie)?s?(?:\s+(?:et|/)\s+\w+)?)"
    rf"\s*:)\s*(?:©\s*)?({_NAMED})\s*(?=$|[\n;|)\]]|\.\s|\.$)",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"\bCC0\b|\bCC[ -]?BY(?:[ -](?:NC|SA|ND))*(?:[ -]\d\.\d)?|domaine public|licence ouverte",
    re.IGNORECASE,
)
_COMMONS = re.compile(r"creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)")
_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".gif")
_EMPTY = re.compile(
    r"(?i)(?:image|photo|img|dsc|picture|visuel)?[\W_\d]*(?:\.(?:jpe?g|png|webp|gif))?"
)


def credited(text: str) -> str:
    """Whose picture it is, as a legend says it; empty when it does not.

    >>> credited("Un atelier. © Camille Fictive / Musée"), credited("Crédit photo : L’Atelier")
    ('Camille Fictive / Musée', 'L’Atelier')
    """
    match = _CREDIT.search(_line(text))
    if match:
        return match[1].strip(" .,-–()")
    return ""


def is_credit(text: str) -> bool:
    """Whether a legend says nothing but whose picture it is."""
    line = _line(text).strip("()[] ")
    match = _CREDIT.match(line)
    return match is not None and len(line) - match.end() <= 1


def licence_of(*texts: str) -> str:
    """The licence that texts name or that addresses lead to, as it is written: « CC BY-SA 4.0 ».

    >>> licence_of("https://creativecommons.org/licenses/by-sa/4.0/deed.fr")
    'CC BY-SA 4.0'
    """
    for text in texts:
        if match := _COMMONS.search(text):
            name = "CC0" if match[2] == "zero" else f"CC {match[2].upper()}"
            if match[2] == "mark":
                return "Domaine public"
            return f"{name} {match[3]}"
        if licence := _LICENCE.search(text):
            return licence[0]
    return ""


def picture_of(attributes: Mapping[str, str], caption: str, base: str) -> Picture | None:
    """The picture of an ``img`` with its legend; ``None`` without a source, or a tiny one."""
    source = ""
    for name in ("data-src", "data-lazy-src", "src"):
        source = source or resolved(attributes.get(name, ""), base)
    if not source or (number_of(attributes.get("width", ""), 40) or 40) < 40:
        return None
    alt = _line(attributes.get("alt", ""))
    words = " ".join(filter(None, (caption, attributes.get("title", ""), alt)))
    return Picture(
        source,
        "" if _EMPTY.fullmatch(alt) else alt[:500],
        credited(caption) or credited(attributes.get("title", "")) or credited(alt),
        licence_of(words),
    )


def with_legend(own: Picture | None, shown: Sequence[Picture]) -> Picture | None:
    """The picture of a source, with what its text says of it, which may have ``shown`` it too; else
    one of the text with a credit, else the first."""
    twin = next((picture for picture in shown if own and is_same(picture, own)), None)
    credited = next((picture for picture in shown if picture.credit), None)
    if own is None or twin is None:
        if own and own.credit:
            return own
        return credited or own or next(iter(shown), None)
    return Picture(
        twin.source if "://" in own.source and "://" not in twin.source else own.source,
        own.alt or twin.alt,
        own.credit or twin.credit,
        own.licence or twin.licence,
    )


def is_same(first: Picture, second: Picture) -> bool:
    """Whether two addresses of pictures end by the name of one file."""
    names = (it.source.rpartition("/")[2].partition("?")[0] for it in (first, second))
    return len({*names}) == 1


def is_picture(address: str) -> bool:
    """Whether an address is that of a picture, by its name."""
    return address.partition("?")[0].lower().endswith(_SUFFIXES)


def resolved(source: str, base: str) -> str:
    """The address of a picture on the web, or its path from a folder; "" for neither."""
    source = source.strip()
    if not source:
        return ""
    url = joined_address(base, source) if base else source
    parts = address_parts(url)
    if parts.scheme.lower() in ("http", "https") and parts.netloc:
        return url[:2000].replace(" ", "%20")
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    return unquote(parts.path)[:500]


def _line(text: str) -> str:
    return " ".join(tidied(text).split())[:2000]
