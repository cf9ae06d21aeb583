"""Addresses that lead elsewhere: a page for each, and their list for servers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from portail.feature import Around, Feature, Output, Source
from portail.settings import RECORD

if TYPE_CHECKING:
    from portail.config import SiteConfig
    from portail.diagnostics import Diagnostic
    from portail.outputs.base import Artifact
    from portail.site.site import Site


def _load(around: Around) -> tuple[str, Iterable[Diagnostic]]:
    from portail.features.redirections.record import first_version

    return first_version(around.folder), ()


def _record(config: SiteConfig) -> str:
    return RECORD


def _plan(site: Site) -> Iterable[Artifact]:
    from portail.features.redirections.output import plan_redirects

    return plan_redirects(site)


feature = Feature(
    name="redirections",
    title="Redirections",
    reads=(Source("origine", _load, _record),),
    outputs=(Output("redirects", _plan),),
)
