"""The description of the search for browsers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portail.outputs.base import TemplatePage, drawn
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.views.shared import PageView
from portail.site import urls
from portail.site.site import Site
from portail.text.typography import plain

# OpenSearch 1.1: https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md

_SHORT = 16
"""Signs of the name of a search (§ « The ShortName element »)."""
_LITTLE = re.compile(r"\b(?:(?:de|des|du|en|et|la|le|les)\s+|[dl][’'])", re.IGNORECASE)


def plan_opensearch(site: Site) -> Iterator[TemplatePage]:
    """The description, where there is a search, and SITEURL: its addresses are whole."""
    if frame_of(site).recherche and site.config.siteurl:
        yield drawn(site, urls.OPENSEARCH, "opensearch.xml", _show)


def _show(site: Site) -> PageView:
    frame = frame_of(site)
    return PageView(
        cadre=frame,
        titre=short_name(plain(frame.nom)),
        description=f"Articles, agenda, lieux et ressources des sciences{frame.en_region}.",
        url=urls.OPENSEARCH,
    )


def short_name(name: str) -> str:
    """The name of a site in 16 signs: without little words, then as many words as there is room
    for.

    >>> short_name("Portail des sciences"), short_name("Sciences en Hauts-de-France")
    ('Portail sciences', 'Sciences')
    """
    if len(name) > _SHORT:
        name = _LITTLE.sub("", name)
    whole, _, rest = name[: _SHORT + 1].rpartition(" ")
    return name if len(name) <= _SHORT else whole or rest[:_SHORT]
