"""The page for journalists: whom to call, figures with their source, pictures to publish."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.outputs.pages.slots import ABOUT

if TYPE_CHECKING:
    from portail.outputs.base import Artifact
    from portail.outputs.pages.views.shared import Lien
    from portail.site.site import Site


def _plan(site: Site) -> Iterable[Artifact]:
    from portail.features.pages.presse.page import plan_press

    return plan_press(site)


def _about(site: Site) -> Sequence[Lien]:
    from portail.features.pages.presse.press import press_link

    return press_link(site)


feature = Feature(
    name="presse",
    title="Page pour les journalistes",
    outputs=(Output("presse", _plan),),
    slots={ABOUT: _about},
    pages=frozenset({"/presse/"}),
)
