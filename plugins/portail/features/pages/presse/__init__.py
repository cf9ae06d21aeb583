"""The page for journalists: whom to call, figures with their source, pictures to publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.late import late
from portail.outputs.pages.slots import ABOUT

if TYPE_CHECKING:
    from portail.features.pages.presse import page, press
else:
    page, press = late(__name__, "page", "press")


feature = Feature(
    name="presse",
    title="Page pour les journalistes",
    outputs=(Output("presse", page.plan_press),),
    slots={ABOUT: press.press_link},
    pages=frozenset({"/presse/"}),
)
