"""The description by which a browser adds the search of the site to its own (OpenSearch 1.1,
https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portail.outputs.base import TemplatePage
from portail.outputs.drawn import drawn
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.views.frame import PageView
from portail.site.site import Site
from portail.site.urls import OPENSEARCH
from portail.text.inline import plain

__all__ = ["plan_opensearch", "short_name"]

_SHORT = 16
"""Signs of the name of a search (§ « The ShortName element »)."""
_LITTLE = re.compile(r"\b(?:(?:de|des|du|en|et|la|le|les)\s+|[dl][’'])", re.IGNORECASE)


def plan_opensearch(site: Site) -> Iterator[TemplatePage]:
    """The description, where there is a search; its addresses are whole, so that a site without
    one has none."""
    if frame_of(site).recherche and site.config.siteurl:
        yield drawn(site, OPENSEARCH, "opensearch.xml", _show)


def _show(site: Site) -> PageView:
    frame = frame_of(site)
    return PageView(
        cadre=frame,
        titre=short_name(plain(frame.nom)),
        description=f"Articles, agenda, lieux et ressources des sciences {frame.en_region}.",
        url=OPENSEARCH,
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
