"""The page of the search."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.facettes import ValeurView
from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.shared import Lien

__all__ = ["RechercheView"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RechercheView(PageView):
    """What stands there before anything is asked; all that there is without a script.

    ``idees`` are queries that find something, ``sortes`` the lists of each kind and ``themes`` the
    pages of themes, with how many contents each has; ``territoires`` pages of territories;
    ``index`` what lists everything by name; ``issues`` where to look when nothing answers;
    ``contribuer`` where contents are proposed.
    """

    idees: tuple[Lien, ...]
    sortes: tuple[Lien, ...]
    themes: tuple[ValeurView, ...]
    territoires: tuple[Lien, ...]
    index: tuple[Lien, ...]
    issues: tuple[Lien, ...]
    contribuer: tuple[Lien, ...]
