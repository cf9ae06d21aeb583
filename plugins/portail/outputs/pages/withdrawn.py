"""The page of a content that was taken back: letters, feeds and bookmarks still lead to it."""

from __future__ import annotations

from collections.abc import Iterator

from portail.files import digest_bytes
from portail.model.kinds import Kind
from portail.model.retrait import Retrait
from portail.outputs.base import TemplatePage
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.service import ways_out
from portail.outputs.pages.views import Frame, Lien, WithdrawnView
from portail.site.redirections import withdrawn
from portail.site.site import Site
from portail.site.urls import HOME, WEEK_END, file_of
from portail.text.dates import jour

__all__ = ["plan_withdrawn"]

_WEEK_END = Lien("Ce week-end", WEEK_END)


def plan_withdrawn(site: Site) -> Iterator[TemplatePage]:
    """One page for each, that engines leave aside and no list holds."""
    frame = frame_of(site)
    for one in withdrawn(site):
        yield _page(one, site, frame)


def _page(one: Retrait, site: Site, frame: Frame) -> TemplatePage:
    on = one.kind is Kind.EVENT and site.of_kind(Kind.EVENT)
    title, outs = _title(one.kind), (*((_WEEK_END,) if on else ()), *ways_out(frame))
    day, why = jour(one.le, semaine=False), one.motif or ""

    def view() -> WithdrawnView:
        return WithdrawnView(
            cadre=frame,
            titre=title,
            description="Ce contenu n’est plus publié.",
            url=one.url,
            fil=(Lien("Accueil", HOME),),
            noindex=True,
            jour=day,
            motif=why,
            issues=outs,
        )

    key = (frame.digest, digest_bytes(repr((title, day, why, outs)).encode()))
    return TemplatePage(file_of(one.url), one.url, "retire.html", key, view)


def _title(kind: Kind) -> str:
    """« Ce rendez-vous a été retiré », « Cette annonce a été retirée »."""
    info = kind.info
    noun = "rendez-vous" if kind is Kind.EVENT else info.nom
    if info.article == "une":
        return f"Cette {noun} a été retirée"
    return f"{'Cet' if noun[0] in 'aeéèiou' else 'Ce'} {noun} a été retiré"
