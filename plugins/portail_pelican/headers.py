"""What a page may load, and what a server says with each file: the one source of both.

The policy (CSP level 3, https://www.w3.org/TR/CSP3/) stands in the head of every page, and again in
``_headers`` for servers that read it.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import translate
from hashlib import sha256

from portail.late import expression
from portail.model.kinds import WEEKLY
from portail.site import urls
from portail.site.subscriptions import FORMATS as FEED_FORMATS
from portail.text.addresses import is_origin

# Name of the file, at the root of the site, that Netlify and Cloudflare Pages read.
HEADERS = "_headers"

_POLICY = {
    "default-src": "'none'",
    **dict.fromkeys(
        "script-src style-src img-src font-src media-src connect-src manifest-src".split(),
        "'self'",
    ),
    "frame-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
}
# How long a cache keeps a file, in seconds: five minutes, a day, a year.
_SHORT = {"Cache-Control": "public, max-age=300"}
_DAY = {"Cache-Control": "public, max-age=86400"}
_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
# What the scripts of any site may read (https://fetch.spec.whatwg.org/#http-cors-protocol).
_OPEN = {"Access-Control-Allow-Origin": "*"}
_KEPT: Mapping[str, Mapping[str, str]] = {
    # Every address there has a mark of its bytes.
    **dict.fromkeys(("/theme/*", f"{urls.SEARCH_LISTS}*"), _EVER),
    **dict.fromkeys(
        (
            *("/medias/*", "/empreintes/*", "/fonds/*", "/communes.json", "/flux.css"),
            *(urls.MANIFEST, urls.OPENSEARCH, f"{urls.SEARCH}communes/*"),
        ),
        _DAY,
    ),
    # Without a word, a cache keeps a file for a tenth of its age (RFC 9111 § 4.2.2).
    **dict.fromkeys(
        (
            *("/ruban.css", "/hors-ligne.js", "/sitemap*", urls.feed_of(urls.HOME, "json")),
            *(urls.SEARCH_INDEX, urls.SUGGESTIONS, f"{urls.SEARCH}fiches/*"),
        ),
        _SHORT,
    ),
    "/api/*": _SHORT | _OPEN,
}
# Endings of the files of each media type (IANA): those of a site, and those that a team adds. The
# tables of servers differ: Debian 12's nginx knows neither ``ics``, ``md`` nor ``webmanifest``, and
# ``nosniff`` forbids browsers to guess. A ``.csv`` of a contributor is in any encoding.
TYPES: Mapping[str, str] = dict(
    row.strip().split(": ")
    for row in """\
    application/geo+json: geojson
    application/json: json map
    application/ld+json: jsonld
    application/manifest+json: webmanifest
    application/pdf: pdf
    application/vnd.oasis.opendocument.spreadsheet: ods
    application/vnd.oasis.opendocument.text: odt
    application/vnd.openxmlformats-officedocument.spreadsheetml.sheet: xlsx
    application/vnd.openxmlformats-officedocument.wordprocessingml.document: docx
    application/xml; charset=utf-8: xml xsl
    application/zip: zip
    application/zlib: deflate
    audio/mpeg: mp3
    audio/ogg: oga ogg opus
    font/ttf: ttf
    font/woff: woff
    font/woff2: woff2
    image/avif: avif
    image/gif: gif
    image/jpeg: jpg jpeg
    image/png: png
    image/svg+xml: svg
    image/webp: webp
    image/x-icon: ico
    message/rfc822: eml
    text/calendar; charset=utf-8: ics
    text/css; charset=utf-8: css
    text/csv: csv
    text/html; charset=utf-8: html
    text/javascript; charset=utf-8: js mjs
    text/markdown; charset=utf-8: md
    text/plain; charset=utf-8: txt
    text/vtt; charset=utf-8: vtt
    video/mp4: mp4
    video/webm: webm""".splitlines()
)
_OF_ENDING = {end: kind for kind, ends in TYPES.items() for end in ends.split()}
# Media type of the files that a server may not know, or knows by their ending alone, by the pattern
# of their address: RFC 5545, RFC 7303 (a feed: browsers show no style sheet of a
# ``application/rss+xml``, or save it), JSON Feed, those of open data. ``*`` is anything, slashes
# too, as in ``_headers``.
_TYPES: Mapping[str, str] = {
    **{f"/*.{end}": _OF_ENDING[end] for end in ("ics", "xml")},
    "/*flux.json": FEED_FORMATS["json"],
    "/*tout.json": "application/json",
    f"{urls.API}*.csv": "text/csv; charset=utf-8",
    f"{urls.API}*.geojson": _OF_ENDING["geojson"],
    f"{urls.API}*.jsonld": _OF_ENDING["jsonld"],
}
_TYPED = expression("|".join(f"({translate(rule)})" for rule in _TYPES))
_KINDS = [*_TYPES.values()]
# Rules of the pages where one subscribes to what is of a week.
_SUBSCRIBING = frozenset({urls.HOME, *(f"{kind.info.listing}*" for kind in WEEKLY)})
# Files in no folder that a browser shows as it does a page.
_SHOWN = frozenset({urls.feed_of(urls.HOME, "rss")[1:], urls.feed_of(urls.HOME, "atom")[1:]})
_INLINE = expression(rb"<script\b(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)


def inline_scripts(templates: Iterable[bytes]) -> tuple[bytes, ...]:
    """The scripts written whole in the sources of templates, each once, in a stable order; those
    with a variable inside are data (JSON-LD), which no policy concerns."""
    scripts = {match[1] for source in templates for match in _INLINE.finditer(source)}
    return tuple(
        sorted(
            script for script in scripts if script and b"{{" not in script and b"{%" not in script
        )
    )


def content_policy(
    scripts: Iterable[bytes],
    frames: Iterable[str] = (),
    forms: Iterable[str] = (),
    images: Iterable[str] = (),
) -> str:
    """The policy of a page: ``scripts`` are the exact bytes of its inline ones; origins may be
    framed, posted to or show pictures. Raises ``ValueError`` for what is no origin.
    """
    wrong = [
        origin
        for origin in (*frames, *images)
        if not ("." in origin and is_origin(origin, ("https",)))
    ]
    wrong += [origin for origin in forms if not is_origin(origin)]
    if wrong:
        raise ValueError(f"not an origin: {wrong[0]}")
    digests = (b64encode(sha256(script).digest()).decode() for script in scripts)
    policy = dict(_POLICY)
    policy["script-src"] = " ".join(["'self'", *(f"'sha256-{digest}'" for digest in digests)])
    policy["frame-src"] = " ".join(frames) or "'none'"
    policy["form-action"] = " ".join(("'self'", *forms))
    policy["img-src"] = " ".join(("'self'", *images))
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


def type_of(url: str) -> str:
    """The media type of what is at a site path; ``""`` for what every server knows.

    >>> type_of("/api/v1/lieux.geojson"), type_of("/lieux/")
    ('application/geo+json', '')
    """
    typed = _TYPED.match(url)
    if typed:
        return _KINDS[(typed.lastindex or 0) - 1]
    return ""


def by_ending(url: str) -> str:
    """The media type of what is at a site path, by its ending; ``""`` for one that is not known.

    >>> by_ending("/theme/css/portail.css"), by_ending("/lieux/")
    ('text/css; charset=utf-8', '')
    """
    return _OF_ENDING.get(url.rpartition(".")[2], "")


def headers_file(
    base: str,
    pages: Iterable[str],
    files: Iterable[str],
    scripts: Iterable[bytes],
    forms: Iterable[str] = (),
    images: Iterable[str] = (),
) -> Iterator[str]:
    """Lines of ``_headers``, no two of its rules giving one file the same header, which hosts would
    join.

    ``pages`` and ``files`` are paths below the site's folder, itself served below ``base``. The
    policy goes to folders of pages only: Firefox applies that of a picture to its own colours
    (SVG).
    """
    pages = tuple(pages)
    files = tuple(files)
    frame, page = _shown_as(content_policy(scripts))
    styled = {_rule(path) for path in pages if path.endswith(f"/{urls.MAIL}")}
    shown = sorted({*map(_rule, pages), *map(_rule, _SHOWN.intersection(files))})
    rules: dict[str, Mapping[str, str]] = {"/*": _EVERYWHERE}
    for rule in shown:
        posted = forms if rule in _SUBSCRIBING else ()
        more = {"form-action": [*posted], "img-src": [*images]}
        if rule in styled:
            more["style-src"] = ["'unsafe-inline'"]
        framed = rule.startswith(urls.EMBEDS) and rule != urls.EMBEDS
        rules[rule] = frame if framed else _widened(page, more)
    rules |= {rule: _KEPT[rule] for rule in _kept(files) if rule not in rules}
    rules |= _typed(files)
    for rule, headers in rules.items():
        yield f"{base}{rule}\n"
        yield from (f"  {name}: {value}\n" for name, value in headers.items())


def _kept(files: Sequence[str]) -> list[str]:
    # Rules of what browsers keep, in order: those that some file needs.
    trees = tuple(f"/{path}" for path in files if path.endswith("/"))
    needed = {*map(_rule, files), *(rule for rule in _KEPT if rule.startswith(trees))}
    needed |= {"/sitemap*" for rule in needed if rule.startswith("/sitemap")}
    return sorted(needed & set(_KEPT))


def _shown_as(policy: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    # The headers of a frame, then of a page.
    frame = {"Content-Security-Policy": f"{policy}; frame-ancestors *", **_SHORT}
    policy = policy.replace("frame-src 'none'", "frame-src https:")
    page = {
        "Content-Security-Policy": f"{policy}; frame-ancestors 'self'",
        "X-Frame-Options": "SAMEORIGIN",
        **_SHORT,
    }
    return frame, page


def _widened(headers: Mapping[str, str], more: Mapping[str, list[str]]) -> Mapping[str, str]:
    policy = headers["Content-Security-Policy"]
    for name, sources in more.items():
        policy = policy.replace(f"{name} 'self'", " ".join((f"{name} 'self'", *sources)))
    return {**headers, "Content-Security-Policy": policy}


def _typed(files: Iterable[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    needed = {type_of(f"/{path}") for path in files}
    for rule, kind in _TYPES.items():
        if kind in needed:
            yield rule, {"Content-Type": kind} | ({} if rule.startswith(urls.API) else _OPEN)


def _rule(path: str) -> str:
    # The rule that a file falls under: that of its first folder, or its own. What other sites may
    # frame is below folders of ``EMBEDS``, and has the rule of these; so have the files of the
    # search, which are kept for other times than its page.
    folder, below, inner = path.partition("/")
    top = f"/{folder}/"
    if top not in (urls.EMBEDS, urls.SEARCH):
        if below:
            return f"{top}*"
        return "/" if path == "index.html" else f"/{path}"
    second, deeper, _ = inner.partition("/")
    if deeper:
        return f"{top}{second}/*"
    if top == urls.EMBEDS:
        return urls.EMBEDS
    return f"{top}{second.removesuffix('index.html')}"
