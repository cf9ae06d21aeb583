"""Addresses that lead elsewhere: a page for each, and their list for servers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from portail.feature import Feature, Output

if TYPE_CHECKING:
    from portail.outputs.base import Artifact
    from portail.site.site import Site


def _plan(site: Site) -> Iterable[Artifact]:
    from portail.features.redirections.output import plan_redirects

    return plan_redirects(site)


feature = Feature(name="redirections", title="Redirections", outputs=(Output("redirects", _plan),))
