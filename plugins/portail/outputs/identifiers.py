"""Names of contents for those who keep a copy of them: calendars, feeds, open data."""

from __future__ import annotations

from functools import cache

from portail.config import SiteConfig
from portail.model.kinds import Kind
from portail.site.item import Item
from portail.site.redirections import first_address
from portail.text.addresses import address_parts
from portail.text.normalise import slugify


def identifier(config: SiteConfig, path: str) -> str:
    """The ``tag:`` URI (RFC 4151) of a site path, which survives a change of domain; without
    ``etiquette``, the path at the host of SITEURL (RFC 7986 § 5.3).
    """
    name = path.strip("/")
    if config.etiquette:
        return f"tag:{config.etiquette}:{name}"
    host = address_parts(config.siteurl).hostname
    if host:
        return f"{name}@{host}"
    return name


def uri(config: SiteConfig, path: str) -> str:
    """The same where a URI is asked (RFC 4287 § 4.2.6): without ``etiquette``, the address.

    >>> uri(SiteConfig(etiquette="exemple.org,2021"), "/articles/nuit/")
    'tag:exemple.org,2021:articles/nuit'
    """
    if config.etiquette:
        return identifier(config, path)
    return config.absolute(path)


def name_of(config: SiteConfig, item: Item) -> str:
    """The URI of a content, which a rename that declares ``anciennes_urls`` leaves as it was."""
    return uri(config, first_address(item.entry, item.url))


@cache
def nature_of(kind: Kind) -> str:
    """What a record calls its kind.

    >>> nature_of(Kind.DOSSIER)
    'dossier'
    """
    return slugify(kind.info.nom)
