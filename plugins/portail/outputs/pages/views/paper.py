"""What the template of a page made to be printed receives."""

from __future__ import annotations

from portail.qr import Qr

from .shared import Lien, PageView


class PapierView(PageView, frozen=True, kw_only=True):
    """A sheet A4."""

    retour: Lien
    """The page that it comes from."""
    arret: str
    """The day of the build in words."""
    adresse: str
    """Where it is up to date, without protocol; ``""`` when the site has no address."""
    qr: Qr | None
    """The same address."""
    taille: str = ""
    """Size of letters: ``""`` or ``serre``."""
