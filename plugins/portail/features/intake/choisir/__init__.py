"""Choosing a date: in the form of an event, what is already on that day around its place; the
advice of what clashes at one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.outputs.pages.slots import FORM_FILES

if TYPE_CHECKING:
    from portail.diagnostics import Diagnostic
    from portail.model.kinds import Kind
    from portail.outputs.base import Artifact
    from portail.site.draft import Draft
    from portail.site.site import Site


def _check(draft: Draft) -> Iterable[Diagnostic]:
    from portail.features.intake.choisir.clashes import clashes

    return clashes(draft)


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.intake.choisir.dates import plan_dates

    return plan_dates(site)


def _files(site: Site, kind: Kind) -> Iterator[tuple[str, str]]:
    from portail.features.intake.choisir.dates import form_files

    return form_files(site, kind)


feature = Feature(
    name="choisir",
    title="Choisir sa date",
    needs=("alentours", "contribuer", "editions"),
    rules=(_check,),
    outputs=(Output("choisir", _plan),),
    slots={FORM_FILES: _files},
)
