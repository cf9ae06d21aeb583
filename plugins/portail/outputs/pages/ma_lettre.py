"""The page where one composes a letter of one's own: what there is to choose."""

from __future__ import annotations

from collections.abc import Iterator

from portail.agenda.weeks import Week
from portail.files import digest_bytes
from portail.letters import REGION
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.newsletter.releases import has_letter
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.letter_choices import choices
from portail.outputs.pages.subscribing import LETTER
from portail.outputs.pages.views import Lien, MaLettreView
from portail.site.site import Site
from portail.site.urls import (
    HOME,
    LETTERS,
    MY_LETTER,
    WEEK_DATA,
    file_of,
    letters_of,
    listing_of,
)
from portail.text.typography import typographie

__all__ = ["plan_my_letter"]


def plan_my_letter(site: Site) -> Iterator[TemplatePage]:
    """``/ma-lettre/``, when there is something to choose."""
    frame = frame_of(site)
    groups = choices(site)
    if not groups:
        return
    week, editions = Week.of(site.day.date), tuple(_editions(site))
    archive = tuple(Lien(LETTER, LETTERS) for _ in editions[:1])

    def view() -> MaLettreView:
        return MaLettreView(
            cadre=frame,
            titre="Ma lettre",
            description=f"La lettre des sciences {site.config.en_region}, pour votre territoire et "
            "vos thèmes : sans adresse ni compte.",
            url=MY_LETTER,
            fil=(Lien("Accueil", HOME), *archive),
            jour=week.thursday,
            semaine=week.libelle.lower(),
            donnees=WEEK_DATA,
            agenda=listing_of(Kind.EVENT),
            groupes=groups,
            editions=editions,
        )

    key = (frame.digest, digest_bytes(repr((week, groups, editions)).encode()))
    yield TemplatePage(
        file_of(MY_LETTER), MY_LETTER, "ma-lettre.html", key, view, sitemap=SitemapHint()
    )


def _editions(site: Site) -> Iterator[Lien]:
    """The archive of each edition."""
    for one in site.config.lettre.editions if has_letter(site) else ():
        name = "Toute la région" if one.code == REGION else one.nom
        yield Lien(typographie(name), letters_of(one.code))
