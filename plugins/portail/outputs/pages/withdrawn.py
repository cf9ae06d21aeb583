"""The page of a content that was taken back: letters, feeds and bookmarks still lead to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage
from portail.outputs.drawn import drawn
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.service import ways_out
from portail.outputs.pages.views.lists import WithdrawnView
from portail.outputs.pages.views.shared import Lien
from portail.site.redirections import withdrawn
from portail.site.site import Site
from portail.site.urls import HOME, WEEK_END
from portail.text.dates import jour

__all__ = ["plan_withdrawn"]

_WEEK_END = Lien("Ce week-end", WEEK_END)


def plan_withdrawn(site: Site) -> Iterator[TemplatePage]:
    """One page for each, that engines leave aside and no list holds."""
    for one in withdrawn(site):
        said = (one.url, one.kind.value, one.le.toordinal(), one.motif or "")
        yield drawn(site, one.url, "retire.html", _show, *said)


def _show(site: Site, url: str, name: str, le: int, motif: str) -> WithdrawnView:
    kind = Kind(name)
    on = kind is Kind.EVENT and site.of_kind(kind)
    return WithdrawnView(
        cadre=frame_of(site),
        titre=_title(kind),
        description="Ce contenu n’est plus publié.",
        url=url,
        fil=(Lien("Accueil", HOME),),
        noindex=True,
        jour=jour(date.fromordinal(le), semaine=False),
        motif=motif,
        issues=(*((_WEEK_END,) if on else ()), *ways_out(frame_of(site))),
    )


def _title(kind: Kind) -> str:
    """« Ce rendez-vous a été retiré », « Cette annonce a été retirée »."""
    info = kind.info
    noun = "rendez-vous" if kind is Kind.EVENT else info.nom
    if info.article == "une":
        return f"Cette {noun} a été retirée"
    return f"{'Cet' if noun[0] in 'aeéèiou' else 'Ce'} {noun} a été retiré"
