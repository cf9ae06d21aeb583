"""``/hors-ligne/``, what a device keeps, and the script that keeps it: in pages, and as the worker
of the site (https://www.w3.org/TR/service-workers/)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from portail.agenda.weeks import Month
from portail.features.services.agenda.links import periods_of
from portail.model.event import Event
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import ACCUEIL, frame_of, words_of
from portail.outputs.pages.views.shared import Lien, PageView, page_view
from portail.resources import rows_of
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import AGENDA, month_of

_WORDS: Mapping[str, Any] = rows_of("portail_plus.horsligne", "mots")
PAGE = Lien(_WORDS["page"]["titre"], "/hors-ligne/")
SCRIPT = "/hors-ligne.js"


def plan_offline(site: Site) -> Iterator[TemplatePage]:
    yield drawn(site, PAGE.url, "hors-ligne.html", _show, sitemap=SitemapHint())
    yield drawn(site, SCRIPT, "hors-ligne.js", _show)


@answer
def kept_pages(site: Site) -> tuple[str, ...]:
    """The page itself; when there is an agenda, its list, the present month and the next one."""
    if not site.has(Event.kind):
        return (PAGE.url,)
    month = Month.of(site.day.date)
    shown = periods_of(site).months
    months = [month_of(shown_month) for shown_month in (month, month.next) if shown_month in shown]
    return (PAGE.url, AGENDA, *months)


def _show(site: Site) -> PageView:
    words = words_of(site, _WORDS["page"])
    return page_view(
        cadre=frame_of(site),
        titre=words["titre"],
        description=words["description"],
        url=PAGE.url,
        fil=(ACCUEIL,),
        chapo=words["chapo"],
        pages=kept_pages(site),
    )


def links(site: Site) -> Sequence[Lien]:
    return (PAGE,)


def script(site: Site) -> str:
    return SCRIPT
