"""The home page: what is put forward, what is near, what is new."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, Output

if TYPE_CHECKING:
    from portail.outputs.base import Artifact
    from portail.site.site import Site


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.pages.accueil.page import plan_home

    return plan_home(site)


feature = Feature(name="accueil", title="Page d’accueil", outputs=(Output("accueil", _plan),))
