"""Gives Pelican's own generators the final counts, so that its last line is true."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pelican.generators import ArticlesGenerator, PagesGenerator

from portail.model.kinds import Kind
from portail_pelican.generator import PortailGenerator

__all__ = ["give_counts", "tell_counts"]


def give_counts(generators: Sequence[Any]) -> None:
    """Remember, on our generator, those whose counts Pelican prints."""
    ours = next(one for one in generators if isinstance(one, PortailGenerator))
    ours.counted = [
        one for one in generators if isinstance(one, (ArticlesGenerator, PagesGenerator))
    ]


def tell_counts(ours: PortailGenerator) -> None:
    """Once everything is written, let Pelican count our contents: pages, and all the others."""
    site = ours.result.site if ours.result else None
    if site is None:
        return
    for generator in ours.counted:
        if isinstance(generator, ArticlesGenerator):
            generator.articles = [
                one
                for one in site.items.values()
                if one.entry.kind is not Kind.PAGE and not one.entry.sans_fichier
            ]
        else:
            generator.pages = list(site.of_kind(Kind.PAGE))
