"""Where contents are proposed and mended: a form for each kind, and what its scripts read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.features.intake.contribuer.settings import CONTRIBUTIONS
from portail.outputs.pages.slots import MOVED, PROPOSE

if TYPE_CHECKING:
    from portail.model.kinds import Kind
    from portail.outputs.base import Artifact
    from portail.site.site import Site


def _plan_forms(site: Site) -> Iterator[Artifact]:
    from portail.features.intake.contribuer.page import plan_contribute

    return plan_contribute(site)


def _plan_files(site: Site) -> Iterator[Artifact]:
    from portail.features.intake.contribuer.files import plan_contribuer

    return plan_contribuer(site)


def _propose(site: Site, kind: Kind | None) -> str:
    from portail.features.intake.contribuer.addresses import CONTRIBUTE, form_of

    return form_of(kind) if kind else CONTRIBUTE


def _moved(site: Site) -> Iterator[tuple[str, str, str]]:
    from portail.features.intake.contribuer.addresses import CONTRIBUTE

    for url in ("/admin/", f"{CONTRIBUTE}guides/editeur/"):
        yield url, CONTRIBUTE, "Contribuer"


feature = Feature(
    name="contribuer",
    title="Formulaires où l’on propose et corrige",
    needs=("horaires", "schemas", "tableurs"),
    settings=(CONTRIBUTIONS,),
    outputs=(Output("formulaires", _plan_forms), Output("contribuer", _plan_files)),
    slots={PROPOSE: _propose, MOVED: _moved},
    pages=frozenset({"/contribuer/"}),
)
