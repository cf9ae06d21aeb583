"""Addresses of pages of others: as a body may hold them, below that of a site."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlunsplit

from portail.body.addresses import Nature, link_address
from portail.features.services.oublis.leftovers import knows_its_reader
from portail.text.addresses import address_parts, joined_address
from portail.text.hints import correspondances, expression

_WRITTEN_OUT = str.maketrans({"(": "%28", ")": "%29", " ": "%20", "\n": "", "\t": "", "\r": ""})


# Most signs of an address that is looked at: cleaned, a fifth of it is too long for a body.
_LONGEST = 10_000


def clean_address(written: str, base: str = "", *, led: bool = False) -> str:
    """An address as a body may hold it, without what follows readers; "" for none."""
    written = written.strip()
    if not written or written[0] == "#" or len(written) > _LONGEST:
        return ""
    url = joined_address(base, written) if base else written
    parts = address_parts(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    name, _, country = parts.netloc.removeprefix("www.").partition(".")
    if not led and name == "google" and country.isalpha() and parts.path == "/url":
        for key, value in query:
            if key in ("q", "url") and value.startswith("http"):
                return clean_address(value, led=True)
    follows = expression(correspondances().suivi)
    remaining = [(name, value) for name, value in query if not follows.match(name)]
    if len(remaining) < len(query):
        url = urlunsplit(parts._replace(query=urlencode(remaining)))
    if parts.scheme not in ("http", "https", "mailto") or "@" in parts.netloc:
        return ""
    if parts.scheme != "mailto" and knows_its_reader(url):
        return ""
    address = link_address(url.translate(_WRITTEN_OUT))
    if address.nature is Nature.EXTERNAL:
        return address.value
    return ""


def subscribed(address: str) -> str:
    """An address by which programs follow a calendar as one of the Web; any other as it is.

    >>> subscribed("webcal://exemple.org/agenda.ics")
    'https://exemple.org/agenda.ics'
    """
    scheme, _, rest = address.partition("://")
    if scheme.lower() in ("webcal", "webcals"):
        return f"https://{rest}"
    return address


# What frames of videos load, and the page of the same video.
_EMBEDS = tuple(
    (re.compile(pattern), template)
    for pattern, template in (
        (
            r"(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{6,24}).*",
            r"https://www.youtube.com/watch?v=\1",
        ),
        (r"(?:https?:)?//player\.vimeo\.com/video/(\d+).*", r"https://vimeo.com/\1"),
        (
            r"(?:https?:)?//(?:www\.)?dailymotion\.com/embed/video/(\w+).*",
            r"https://www.dailymotion.com/video/\1",
        ),
        (
            r"(?:https?:)?//geo\.dailymotion\.com/.*[?&]video=(\w+).*",
            r"https://www.dailymotion.com/video/\1",
        ),
        (r"(?:https?:)?//([\w.-]+)/videos/embed/([0-9a-f-]{36}).*", r"https://\1/videos/watch/\2"),
        (r"(?:https?:)?//([\w.-]+)/videos/embed/(\w{20,22}).*", r"https://\1/w/\2"),
    )
)


def watched(frame: str) -> str:
    """The page of the video that a frame loads; any other address as it is."""
    for pattern, template in _EMBEDS:
        if pattern.fullmatch(frame.strip()):
            return pattern.sub(template, frame.strip())
    return frame


def below(url: str, site: str) -> str | None:
    """The path of ``url`` under the address of a site (scheme and « www. » apart), from « / »;
    ``None`` for another site's.

    >>> below("http://www.exemple.org/blog/a.html", "https://exemple.org/blog")
    '/a.html'
    """
    own = address_parts(site)
    target = address_parts(url if "://" in url else f"https:{url}")
    hosts = [(address.netloc or "").lower().removeprefix("www.") for address in (own, target)]
    root = own.path.rstrip("/")
    inside = target.path == root or target.path.startswith(f"{root}/")
    if not hosts[0] or hosts[0] != hosts[1] or not inside:
        return None
    return target.path[len(root) :] or "/"
