"""What a page may load, and what a server says with each file: the one source of both.

The policy (Content Security Policy level 3, https://www.w3.org/TR/CSP3/) stands in the head of
every page, so that it holds on any server, and again in ``_headers`` for those that read it.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256

__all__ = ["HEADERS", "content_policy", "headers_file", "inline_scripts"]

HEADERS = "_headers"
"""Name of the file, at the root of the site, that Netlify and Cloudflare Pages read."""

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "frame-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "SAMEORIGIN",
}
_SHORT, _DAY, _EVER = (f"public, max-age={age}" for age in (300, 86_400, 31_536_000))
_KEPT = {
    "/theme/*": f"{_EVER}, immutable",  # every address there has a mark of its bytes
    "/medias/*": _DAY,
    "/empreintes/*": _DAY,
    "/fonds/*": _DAY,
    "/communes.json": _DAY,
    "/ruban.css": _SHORT,
}
_CALENDARS = {"Content-Type": "text/calendar; charset=utf-8"}
"""RFC 5545 § 8.1; nothing more, since folders have rules of their own that apply too."""
_ORIGIN = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?")
_INLINE = re.compile(rb"<script\b(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)


def inline_scripts(templates: Iterable[bytes]) -> tuple[bytes, ...]:
    """The scripts written whole in the sources of templates, each once, in a stable order; those
    with a variable inside are data (JSON-LD), which no policy concerns."""
    found = {match[1] for source in templates for match in _INLINE.finditer(source)}
    return tuple(sorted(one for one in found if one and b"{{" not in one and b"{%" not in one))


def content_policy(scripts: Iterable[bytes], frames: Iterable[str] = ()) -> str:
    """The policy of a page whose inline scripts are ``scripts`` (exact bytes between their tags)
    and which may frame the origins ``frames``. Raises ``ValueError`` for what is no origin."""
    wrong = [origin for origin in frames if not _ORIGIN.fullmatch(origin)]
    if wrong:
        raise ValueError(f"not an origin: {wrong[0]}")
    digests = (b64encode(sha256(one).digest()).decode() for one in scripts)
    policy = dict(_POLICY)
    policy["script-src"] = " ".join(["'self'", *(f"'sha256-{one}'" for one in digests)])
    policy["frame-src"] = " ".join(frames) or "'none'"
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


def headers_file(
    base: str, pages: Iterable[str], others: Iterable[str], scripts: Iterable[bytes]
) -> Iterator[str]:
    """Lines of ``_headers``, every path of which has one rule besides those of the whole site.

    ``pages`` and ``others`` are paths of files, relative to the site's folder, which is served
    below ``base``. The policy goes to the folders of pages only: Firefox applies that of a
    picture to its own colours (SVG). There, any https frame is allowed, since one folder has
    pages with and without videos: what the page itself says narrows it.
    """
    policy = content_policy(scripts).replace("frame-src 'none'", "frame-src https:")
    page = {
        "Content-Security-Policy": f"{policy}; frame-ancestors 'self'",
        "Cache-Control": _SHORT,
    }
    rules = {"/*": _EVERYWHERE} | dict.fromkeys(sorted(set(map(_rule, pages))), page)
    others = tuple(others)
    kept = sorted(set(map(_rule, others)) & set(_KEPT))
    rules |= {rule: {"Cache-Control": _KEPT[rule]} for rule in kept if rule not in rules}
    if any(path.endswith(".ics") for path in others):
        rules["/*.ics"] = _CALENDARS
    for rule, headers in rules.items():
        yield f"{base}{rule}\n"
        yield from (f"  {name}: {value}\n" for name, value in headers.items())


def _rule(path: str) -> str:
    """The rule that a file falls under: that of its first folder, or its own."""
    folder, below, _ = path.partition("/")
    return f"/{folder}/*" if below else "/" if path == "index.html" else f"/{path}"
