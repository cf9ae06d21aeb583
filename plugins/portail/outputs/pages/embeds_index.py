"""Where a structure takes the code of a frame: its agenda on its own site."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.drawn import drawn
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.kit import contribution
from portail.outputs.pages.views.embarquer import CodeEmbarque, EmbarquerView, GroupeCodes
from portail.outputs.pages.views.shared import Lien
from portail.site.calendars import Calendar
from portail.site.embeds import anchor_of, embedded
from portail.site.site import Site
from portail.site.urls import EMBEDS, HOME, embed_of, listing_of
from portail.text.typography import typographie

__all__ = ["code_html", "plan_embeds_index"]

_GROUPS = (
    ("Lieux et structures", "lieu"),
    ("Départements", "departement"),
    ("Intercommunalités", "epci"),
    ("Thèmes", "theme"),
    ("Temps forts", "temps-fort"),
)
"""Title of each part, and the group of calendars that it lists: whoever comes looks for a place."""
_MOST = 300
"""With more frames than this, each is only named: its code is that of the region, with its own
address. The page would weigh more than what it gives."""
_HEIGHT = 600
"""Pixels: four or five rendez-vous; the rest is scrolled to."""


def plan_embeds_index(site: Site) -> Iterator[TemplatePage]:
    """``/embarquer/``, when some frame holds something."""
    if _known(site):
        yield drawn(site, EMBEDS, "embarquer.html", _show, sitemap=SitemapHint())


def _known(site: Site) -> list[Calendar]:
    return [calendar for calendar in embedded(site) if calendar.refs]


def _show(site: Site) -> EmbarquerView:
    known, info = _known(site), Kind.EVENT.info
    return EmbarquerView(
        cadre=frame_of(site),
        titre="L’agenda sur votre site",
        description="Les prochains rendez-vous de votre lieu, de votre territoire ou d’un "
        "thème, dans une page de votre site, à jour sans rien faire.",
        url=EMBEDS,
        fil=(Lien("Accueil", HOME), Lien(info.rubrique, info.listing)),
        rubrique=listing_of(Kind.EVENT),
        tout=next(_code(one, site, True) for one in known if one.groupe == "tout"),
        groupes=tuple(_groups(known, site)),
        proposer=contribution("Proposer un événement", Kind.EVENT),
        hauteur=_HEIGHT,
    )


def _groups(known: list[Calendar], site: Site) -> Iterator[GroupeCodes]:
    few = len(known) <= _MOST
    for number, (title, groupe) in enumerate(_GROUPS, start=1):
        codes = tuple(_code(one, site, few) for one in known if one.groupe == groupe)
        if codes:
            yield GroupeCodes(title, f"Groupe-{number}", codes)


def _code(calendar: Calendar, site: Site, given: bool) -> CodeEmbarque:
    nom, url = typographie(calendar.nom), embed_of(calendar.page)
    if calendar.groupe == "tout":
        nom = site.config.region
    code = code_html(site.config.absolute(url), nom) if given else ""
    return CodeEmbarque(nom, url, anchor_of(calendar), code)


def code_html(address: str, name: str) -> str:
    """What one pastes in a page to show the frame at ``address``: an ``<iframe>`` alone.

    It has a title (RGAA 2.1), waits until it is near the screen, and takes the width of its place.
    """
    title = escape(f"Agenda\u00a0: {name}")
    return (
        f'<iframe src="{escape(address)}" title="{title}" width="100%" height="{_HEIGHT}" '
        'loading="lazy" style="border:0"></iframe>'
    )
