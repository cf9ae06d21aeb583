"""The page where one composes a letter of one's own: what there is to choose."""

from __future__ import annotations

from collections.abc import Iterator

from portail.agenda.weeks import Week
from portail.config import REGION
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.newsletter.issues import has_letter
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.kit import LETTER, WORDS
from portail.outputs.pages.letter_choices import choices
from portail.outputs.pages.views.services import MaLettreView
from portail.outputs.pages.views.shared import Lien
from portail.site.site import Site
from portail.site.urls import LETTERS, MY_LETTER, WEEK_DATA, letters_of, listing_of
from portail.text.typography import typographie


def plan_my_letter(site: Site) -> Iterator[TemplatePage]:
    """``/ma-lettre/``, when there is something to choose."""
    if choices(site):
        yield drawn(site, MY_LETTER, "ma-lettre.html", _show, sitemap=SitemapHint())


def _show(site: Site) -> MaLettreView:
    week, editions = Week.of(site.day.date), tuple(_editions(site))
    return MaLettreView(
        **page_of(site, "ma-lettre", MY_LETTER, *(Lien(LETTER, LETTERS) for _ in editions[:1])),
        jour=week.thursday,
        semaine=week.libelle.lower(),
        donnees=WEEK_DATA,
        agenda=listing_of(Kind.EVENT) if site.of_kind(Kind.EVENT) else "",
        groupes=choices(site),
        editions=editions,
    )


def _editions(site: Site) -> Iterator[Lien]:
    """The archive of each edition."""
    for one in site.config.lettre.editions if has_letter(site) else ():
        name = WORDS["listes"]["region"] if one.code == REGION else one.nom
        yield Lien(typographie(name), letters_of(one.code))
