"""Whose outlines maps are drawn on."""

from __future__ import annotations

from collections.abc import Iterator

from portail.facts.base import licence
from portail.model.vocabulary import Vocabularies
from portail.outputs.pages.views.shared import Lien
from portail.site.site import Site

from .outlines import Outlines, outlines_of

# Slug of a page that an instance may have.
_LEGAL = "mentions-legales"


def credit_of(outlines: Outlines, vocabularies: Vocabularies) -> tuple[str, str]:
    """Source of the outlines with the name of their licence, and the address of the latter; empty
    without any."""
    source, code = outlines.credit
    terms = licence(code, vocabularies)
    return f"{source}, {terms.text}" if source else "", terms.url


def owners(site: Site) -> Iterator[Lien]:
    """« IGN »: whose outlines the maps are drawn on, and where their licence is told."""
    source, terms = credit_of(outlines_of(site.geography), site.vocabularies)
    page = site.page(_LEGAL)
    if source:
        yield Lien(source.partition(",")[0], page.url if page else terms)
