"""Service pages: site plan, 404, contents taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portail.model.kinds import Kind, offered
from portail.outputs.pages.views.shared import PageView, page_view
from portail.site import urls
from portail.site.memo import answer
from portail.site.redirections import withdrawn
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.typography import capital, this

from ..base import SitemapHint, TemplatePage, drawn
from .frame import besides, frame_of, page_of, words_of
from .slots import AGENDA_LINKS, AGENDA_VIEWS, PLAN_OF, PROPOSE, SUBJECTS
from .views.shared import Lien, NavGroup
from .words import WORDS

_PLAN_LIMIT = 200


def plan_service(site: Site) -> Iterator[TemplatePage]:
    yield drawn(site, urls.PLAN, "plan.html", _plan, sitemap=SitemapHint())
    yield drawn(site, urls.NOT_FOUND, "404.html", _lost)
    yield drawn(site, urls.MANIFEST, "manifest.webmanifest", _manifest)


def _lost(site: Site) -> PageView:
    return page_view(
        **words_of(site, "404"),
        noindex=True,
        url=urls.NOT_FOUND,
        issues=ways_out(site),
        plan=urls.PLAN,
    )


_WEEK_END = Lien("Ce week-end", urls.WEEK_END)


def ways_out(site: Site, *first: Lien) -> tuple[Lien, ...]:
    search = frame_of(site).recherche
    links = [*first, Lien("Accueil", urls.HOME)]
    links += [_WEEK_END] * site.has_dates + [Lien("Recherche", search)] * bool(search)
    return tuple(dict.fromkeys((*links, Lien("Plan du site", urls.PLAN))))


def _manifest(site: Site) -> PageView:
    frame = frame_of(site)
    description = f"Agenda, articles et annuaire des sciences{frame.en_region}."
    return PageView(cadre=frame, titre=frame.nom, description=description, url=urls.MANIFEST)


def _plan(site: Site) -> PageView:
    groups = (*_plan_groups(site), *besides(site))
    return page_view(**page_of(site, "plan", urls.PLAN), groupes=groups)


def _plan_groups(site: Site) -> Iterator[NavGroup]:
    yield from PLAN_OF.ask(site, None)
    terms = [
        term for term in site.vocabularies["themes"].values() if term.code in site.indexes.by_theme
    ]
    subjects = tuple(SUBJECTS.ask(site))
    themes = [Lien(capital(term.label), urls.theme_of(term.code)) for term in terms]
    if themes:
        subjects = (Lien(WORDS["listes"]["themes"], urls.THEMES), *subjects)
    if subjects:
        yield NavGroup("Thèmes", (*subjects, *themes))
    if site.has_dates:
        yield NavGroup("Agenda", (*AGENDA_LINKS.ask(site), *AGENDA_VIEWS.ask(site)))
    for kind in Kind:
        info = kind.info
        links = _contents(site, kind.value)
        if links is not None and kind.info.has_page:
            all_of = []
            if info.listing:
                all_of = [Lien(f"Tout voir : {info.rubrique}", info.listing)]
            yield NavGroup(info.plusieurs, (*all_of, *links))
        yield from PLAN_OF.ask(site, kind)
    if forms := PROPOSE.ask(site, None):
        kinds = offered(site.config.sans)
        proposals = (Lien(f"Proposer {kind.info.un}", PROPOSE.ask(site, kind)) for kind in kinds)
        yield NavGroup("Contribuer", (Lien("Que proposer", forms), *proposals))


@answer
def _contents(site: Site, name: str) -> tuple[Lien, ...] | None:
    # The first contents of a kind; ``None`` when it has none, not even over.
    items = site.for_all(Kind(name))
    first = (item for item in items[:_PLAN_LIMIT] if not item.is_over)
    return tuple(Lien(item.name, item.url) for item in first) if items else None


def plan_withdrawn(site: Site) -> Iterator[TemplatePage]:
    """One page for each, that engines leave aside and no list holds."""
    for entry in withdrawn(site):
        arguments = (entry.url, entry.kind.value, entry.le.toordinal(), entry.motif or "")
        yield drawn(site, entry.url, "retire.html", _show_withdrawn, *arguments)


def _show_withdrawn(site: Site, url: str, name: str, le: int, motif: str) -> PageView:
    kind = Kind(name)
    on = kind.info.dated and site.has(kind)
    return page_view(
        **page_of(site, "retire", url),
        titre=_title(kind),
        noindex=True,
        jour=jour(date.fromordinal(le), semaine=False),
        motif=motif,
        issues=ways_out(site, *((_WEEK_END,) if on else ())),
    )


def _title(kind: Kind) -> str:
    info = kind.info
    noun = "rendez-vous" if kind.info.dated else info.nom
    e = "e" * (info.article == "une")
    return WORDS["etats"]["retire"].format(nom=capital(this(noun, info.article)), e=e)
