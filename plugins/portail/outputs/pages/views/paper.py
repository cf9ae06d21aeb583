"""What the template of a page made to be printed receives."""

from __future__ import annotations

from portail.qr import Qr

from .shared import Lien, PageView


class PapierView(PageView, frozen=True, kw_only=True):
    """A sheet A4."""

    # The page that it comes from.
    retour: Lien
    # The day of the build in words.
    arret: str
    # Where it is up to date, without protocol; ``""`` when the site has no address.
    adresse: str
    # The same address.
    qr: Qr | None
    # Size of letters: ``""`` or ``serre``.
    taille: str = ""
