"""What the template set declares; the gate refuses the rest, links are read by it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property

from portail.files import digest_of

__all__ = ["GatePolicy", "inline_digest", "inline_digests"]


@dataclass(frozen=True)
class GatePolicy:
    """What the template set declares.

    ``site_url`` is SITEURL (``https://exemple.org/portail``, or empty); ``scripts`` the folders of
    the site that scripts may come from; ``inline`` the digests (``inline_digest``) of the scripts
    and style sheets written in our templates; ``schemes`` the admitted schemes of addresses
    (``webcal`` is for the calendars of the site itself);
    ``redirects`` the templates that may carry a refresh; ``styled`` those that may carry style
    attributes and sheets (letters); ``style`` a pattern that a style attribute may match on any
    page; ``letter`` the template whose rules the HTML of a message follows, ``letters`` the name of
    the files that it draws: their links stay as they were sent; ``forms`` the addresses, besides
    those of the site, that forms may be sent to; ``trusted`` prefixes of paths that come with the
    theme and are not checked; ``scan`` whether what templates draw is read too, or only what comes
    as it is (files of the site, mails).
    """

    site_url: str = ""
    scripts: tuple[str, ...] = ("/theme/js/",)
    inline: frozenset[str] = frozenset()
    schemes: frozenset[str] = frozenset({"http", "https", "mailto", "tel", "geo"})
    redirects: frozenset[str] = frozenset({"redirect.html"})
    styled: frozenset[str] = frozenset()
    style: str = ""
    letter: str = ""
    letters: str = ""
    forms: frozenset[str] = frozenset()
    trusted: tuple[str, ...] = ("theme/",)
    scan: bool = True

    @cached_property
    def digest(self) -> str:
        """Digest of all it declares, whatever the order of its sets."""
        values = (getattr(self, one.name) for one in fields(self))
        return digest_of(
            *(sorted(value) if isinstance(value, frozenset) else value for value in values)
        )

    @cached_property
    def prefix(self) -> str:
        """Path of the site on its host, without a slash at the end (``/portail``)."""
        host = self.site_url.partition("://")[2]
        return f"/{host.partition('/')[2]}".rstrip("/")

    @cached_property
    def webcal(self) -> str:
        """How the address of a calendar of the site begins; ``""`` when it has no address."""
        host = self.site_url.partition("://")[2].rstrip("/")
        return f"webcal://{host}/" if host else ""

    def owns(self, address: str, folder: str = "/") -> bool:
        """Whether ``address`` is below ``folder`` of the site itself."""
        if ".." in address or "\\" in address or "%2e" in address.lower():
            return False
        starts = [self.prefix + folder]
        if self.site_url:
            starts.append(self.site_url.rstrip("/") + folder)
        return address.startswith(tuple(starts)) and not address.startswith("//")


def inline_digest(content: bytes) -> str:
    """Digest of the content of an inline script or style sheet: SHA-256, hexadecimal."""
    return hashlib.sha256(content.strip()).hexdigest()


def inline_digests(templates: Iterable[bytes]) -> frozenset[str]:
    """Digests of the scripts and sheets that are written whole in the sources of templates.

    Those with a variable or a block inside are left out: they are not literals.
    """
    found = re.compile(rb"<(script|style)\b[^>]*>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
    contents = (match[2] for source in templates for match in found.finditer(source))
    return frozenset(inline_digest(c) for c in contents if b"{{" not in c and b"{%" not in c)
