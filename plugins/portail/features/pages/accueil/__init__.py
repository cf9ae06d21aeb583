"""The home page: what is put forward, what is near, what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.late import late

if TYPE_CHECKING:
    from portail.features.pages.accueil import page
else:
    page = late(__name__, "page")


feature = Feature(
    name="accueil", title="Page d’accueil", outputs=(Output("accueil", page.plan_home),)
)
