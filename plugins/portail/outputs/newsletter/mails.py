"""The files of an issue, besides its page, and what names its message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.files import digest_of

if TYPE_CHECKING:
    from portail.outputs.newsletter.releases import Release
    from portail.site.site import Site

__all__ = [
    "DATA",
    "DRAWING",
    "HTML",
    "MESSAGE",
    "PICTURE",
    "TEXT",
    "ascii_host",
    "has_mail",
    "mail_digest",
]

HTML, TEXT, MESSAGE = "courriel.html", "courriel.txt", "courriel.eml"
DATA, DRAWING, PICTURE = "selection.json", "une.svg", "une.png"
"""Names of the files, below ``Release.url``."""


def has_mail(release: Release, site: Site) -> bool:
    """Whether an issue has its files as a mail: these need whole addresses."""
    return bool(site.config.siteurl and release.enseigne.siteurl)


def mail_digest(release: Release) -> str:
    """Digest of all that a mail is made of: an issue sent is the issue that was in preparation."""
    return digest_of(release.issue.model_dump_json(), release.enseigne.model_dump_json())


def ascii_host(host: str) -> str:
    """A domain as mail carries it (RFC 5890): ``""`` for what is none.

    >>> ascii_host("sciences.exemple.fr"), ascii_host("forêt.exemple.fr"), ascii_host("a..b")
    ('sciences.exemple.fr', 'xn--fort-ipa.exemple.fr', '')
    """
    try:
        return host.encode("idna").decode().lower()
    except UnicodeError:
        return ""
