"""Words that outlive an address: identifiers and names of kinds, in calendars, feeds, open data."""

from __future__ import annotations

from urllib.parse import urlsplit

from portail.config import SiteConfig
from portail.model.kinds import Kind
from portail.text.slugs import slugify

__all__ = ["identifier", "nature_of", "uri"]


def identifier(config: SiteConfig, path: str) -> str:
    """The identifier of what is at a site path: a ``tag:`` URI (RFC 4151), which survives a change
    of domain; without ``etiquette``, the path at the host of SITEURL (RFC 7986 § 5.3)."""
    name = path.strip("/")
    if config.etiquette:
        return f"tag:{config.etiquette}:{name}"
    host = urlsplit(config.siteurl).hostname
    return f"{name}@{host}" if host else name


def uri(config: SiteConfig, path: str) -> str:
    """The same where a URI is asked (RFC 4287 § 4.2.6): without ``etiquette``, the address.

    >>> uri(SiteConfig(etiquette="exemple.org,2021"), "/articles/nuit/")
    'tag:exemple.org,2021:articles/nuit'
    """
    return identifier(config, path) if config.etiquette else config.absolute(path)


def nature_of(kind: Kind) -> str:
    """What a record calls its kind.

    >>> nature_of(Kind.EVENT), nature_of(Kind.TEMPS_FORT)
    ('evenement', 'temps-fort')
    """
    return slugify(kind.info.nom)
