"""Guides for contributors: documents of the project, as pages of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, Output, Source
from portail.outputs.pages.slots import FORMER_PAGES, GUIDES

if TYPE_CHECKING:
    from portail.config import SiteConfig
    from portail.diagnostics import Diagnostic
    from portail.feature import Around
    from portail.outputs.base import Artifact
    from portail.site.site import Site


def _load(around: Around) -> tuple[str, Iterable[Diagnostic]]:
    from portail.features.intake.guides.documents import state_of
    from portail.files import digest_of
    from portail.resources import docs_dir

    state = state_of(docs_dir())
    return digest_of(*state) if state else "", ()


def _folder(config: SiteConfig) -> str:
    from portail.features.intake.guides.documents import ROOM
    from portail.resources import docs_dir

    return str(docs_dir() / ROOM)


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.intake.guides.page import plan_guides

    return plan_guides(site)


def _plan_pictures(site: Site) -> Iterator[Artifact]:
    from portail.features.intake.guides.documents import plan_pictures

    return plan_pictures(site)


def _guides(site: Site) -> str:
    return "/contribuer/guides/" if site.part("guides") else ""


def _former_pages(site: Site) -> Iterator[tuple[str, str]]:
    from portail.features.intake.guides.documents import former_pages

    return former_pages(site)


feature = Feature(
    name="guides",
    title="Guides pour qui contribue",
    needs=("contribuer",),
    reads=(Source("guides", _load, _folder),),
    outputs=(Output("pages des guides", _plan), Output("guides", _plan_pictures)),
    slots={GUIDES: _guides, FORMER_PAGES: _former_pages},
)
