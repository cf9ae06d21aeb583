"""Posters: one sheet A4 of what is on, and the page that lists them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from portail.agenda.programme import Lasting, RendezVous, maintained
from portail.agenda.weeks import Month, Week
from portail.facts.audience import audience
from portail.facts.base import below_title, sort
from portail.facts.channels import added
from portail.facts.place import online, venue
from portail.facts.price import price
from portail.facts.when import TO_CONFIRM, day_hours, period_from
from portail.feature import ON_POSTER
from portail.features.services.agenda.views import day_labels, state_labels
from portail.model.event import Event
from portail.model.kinds import DATED, info_of
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import page_of, words_of
from portail.outputs.pages.views.shared import Lien, PageView, page_view
from portail.qr import qr
from portail.resources import rows_of
from portail.site.memo import answer, own_answer, per_site
from portail.site.site import Site
from portail.site.urls import AGENDA
from portail.text.dates import JOURS, MOIS, periode
from portail.text.normalise import sort_key
from portail.text.typography import capital

from . import layout as paper
from .posters import POSTERS, Poster, Scope, posters_of

if TYPE_CHECKING:
    from portail.outputs.base import Artifact

_WORDS: Mapping[str, Any] = rows_of(__package__, "mots")
_AGENDAS: Mapping[str, str] = _WORDS["agendas"]


def plan_posters(site: Site) -> Iterator[TemplatePage]:
    for posters in posters_of(site).by_scope.values():
        for poster in posters:
            yield drawn(site, poster.url, "affiche.html", show_poster, poster.url)


class _Sheet(NamedTuple):
    """The contents of the page of a poster."""

    scope: Scope
    fin: date
    head: paper.Head
    layout: paper.Layout
    autres: tuple[Lien, ...]
    plutot: Lien | None


@per_site
def _posters(site: Site) -> Mapping[str, Poster]:
    every = chain.from_iterable(posters_of(site).by_scope.values())
    return {poster.url: poster for poster in every}


@own_answer
def _poster(site: Site, url: str) -> tuple[Poster, tuple[Lien, ...], Lien | None]:
    # A poster, links to those of the same scope, and the one to print instead, if any.
    poster = _posters(site)[url]
    posters = posters_of(site)
    better = posters.instead(poster)
    siblings = tuple(
        Lien(period_name(sibling.period), "" if sibling is poster else sibling.url)
        for sibling in posters.by_scope[poster.scope.url]
    )
    return poster, siblings, Lien(period_name(better.period), better.url) if better else None


@answer
def _sheet(site: Site, url: str) -> _Sheet:
    poster, siblings, instead = _poster(site, url)
    last = poster.period.last
    scope = poster.scope
    weekly = isinstance(poster.period, Week)
    when = "Cette semaine" if weekly else f"En {MOIS[last.month - 1]}"
    days = periode(poster.du, last, semaine=True)
    address = site.config.typed(scope.url)
    hook = "les sciences sont ici" if poster.nombre else _WORDS["rien"]
    head = paper.Head(f"{when}, {hook}", _name(site, scope), days, address)
    layout = _layout(site, poster, head)
    return _Sheet(
        poster.scope, poster.period.last, head, layout=layout, autres=siblings, plutot=instead
    )


def show_poster(site: Site, url: str) -> PageView:
    scope, last, head, layout, siblings, instead = _sheet(site, url)
    config = site.config
    return page_view(
        **words_of(site, _WORDS["page"], ou=head.ou, quand=head.quand),
        url=url,
        noindex=True,
        retour=Lien(_AGENDAS[scope.sorte].format(scope.nom), scope.url),
        adresse=head.adresse,
        qr=qr(config.absolute(scope.url)) if config.siteurl else None,
        taille=layout.taille,
        accroche=head.accroche,
        ou=head.ou,
        quand=head.quand,
        fin=last,
        jours=tuple(
            paper.JourAffiche(day, capital(JOURS[day.weekday()]), lines)
            for day, lines in layout.jours
        ),
        durees=layout.durees,
        reste=layout.reste,
        autres=siblings,
        plutot=instead,
    )


class _Content(NamedTuple):
    """What posters say of an event: ``nature`` is its format, ``dans`` the event that it is part
    of, ``autres`` what features add to its line."""

    titre: str
    url: str
    lieu: str = ""
    commune: str = ""
    public: str = ""
    prix: str = ""
    nature: str = ""
    dans: str = ""
    autres: tuple[str, ...] = ()


def _name(site: Site, scope: Scope) -> str:
    if scope.sorte == "region":
        return site.config.ensemble
    return scope.nom


def _layout(site: Site, poster: Poster, head: paper.Head) -> paper.Layout:
    days: dict[date, list[RendezVous]] = defaultdict(list)
    for day, rendezvous in poster.rows:
        days[day].append(rendezvous)
    shown = {rendezvous.ref for _, rendezvous in poster.rows}
    bars = tuple(_bar(site, lasting, poster.du) for lasting in poster.lasting)

    def line(day: date, rendezvous: RendezVous) -> paper.LigneAffiche:
        return _line(site, day, rendezvous)

    def last(rendezvous: RendezVous) -> bool:
        return not rendezvous.maintained or _content(site, rendezvous.ref).dans in shown

    return paper.lay_out(head, days, bars, line, last)


def _line(site: Site, day: date, rendezvous: RendezVous) -> paper.LigneAffiche:
    content = _content(site, rendezvous.ref)
    hours = day_hours(rendezvous.occurrences, day)
    labels = day_labels(rendezvous, day)
    details = (_where(content), content.public, content.prix, *content.autres)
    return paper.LigneAffiche(
        content.titre,
        content.url,
        "Horaires en ligne" if hours == TO_CONFIRM else hours,
        details=tuple(filter(None, details)) if rendezvous.maintained else details[:1],
        etiquettes=labels,
        annule=not rendezvous.maintained,
    )


def _bar(site: Site, lasting: Lasting, since: date) -> paper.DureeAffiche:
    content = _content(site, lasting.ref)
    tomorrow = since + timedelta(days=1)
    when = period_from(lasting.du, lasting.au, tomorrow, year=lasting.au.year != since.year)
    details = (content.nature, when, _where(content), content.prix.lower())
    gone = not maintained(lasting)
    return paper.DureeAffiche(
        content.titre, content.url, tuple(filter(None, details)), state_labels(lasting.etat), gone
    )


@answer
def _content(site: Site, ref: str) -> _Content:
    item = site.on(ref)
    entry = item.entry
    if showing := site.showings.get(ref):
        town = item.town
        format = site.vocabularies.label("formats", showing.format)
        (host,) = below_title(entry, (showing.hote,))
        return _Content(entry.titre, item.url, host, town, nature=format)
    if not isinstance(entry, Event):
        return _Content(entry.titre, item.url)
    link = online(item, site).values
    parent = site.find(entry.evenement_parent or "", entry.kind)
    (place,) = below_title(entry, (venue(item, site).short,))
    return _Content(
        entry.titre,
        item.url,
        place or ("En ligne" if link and not item.commune else ""),
        commune=item.town,
        public=audience(item, site).short,
        prix=price(item, site).short,
        nature=sort(item, site).short,
        dans=parent.ref if parent else "",
        autres=tuple(fact.brief for fact in added(site, ON_POSTER, item)),
    )


def _where(content: _Content) -> str:
    if content.commune in content.lieu:
        return content.lieu
    return ", ".join(filter(None, (content.lieu, content.commune)))


def period_name(period: Week | Month) -> str:
    if isinstance(period, Month):
        return capital(period.libelle)
    return f"Semaine {periode(period.first, period.last, annee=False)}"


# With more posters than this, each place shows only the one to print today.
_MOST = 300


def plan_posters_index(site: Site) -> Iterator[TemplatePage]:
    if site.has_dates:
        yield drawn(site, POSTERS, "affiches.html", _show_posters_index, sitemap=SitemapHint())


def follow_links(site: Site) -> Sequence[Lien]:
    if site.has_dates:
        return (Lien(_WORDS["liste"]["titre"], POSTERS),)
    return ()


def _show_posters_index(site: Site) -> PageView:
    agenda = info_of(DATED)
    return page_view(
        **page_of(site, _WORDS["liste"], POSTERS, Lien(agenda.rubrique, agenda.listing)),
        rubrique=AGENDA,
        groupes=tuple(_groups(site)),
    )


def _groups(site: Site) -> Iterator[tuple[str, tuple[paper.RangAffiches, ...]]]:
    posters = posters_of(site)
    by_scope = posters.by_scope
    every = sum(map(len, by_scope.values())) <= _MOST
    for sorte, title in _WORDS["groupes"].items():
        places = [
            posters_of
            for url, posters_of in by_scope.items()
            if posters_of[0].scope.sorte == sorte and posters.proposed(url)
        ]
        places.sort(key=lambda some: (sort_key(some[0].scope.nom), some[0].scope.url))
        rows = tuple(_row(place, site, every=every) for place in places)
        if rows:
            yield title, rows


def _row(posters: tuple[Poster, ...], site: Site, *, every: bool) -> paper.RangAffiches:
    scope = posters[0].scope
    shown = ((poster.period, poster.url) for poster in posters if every)
    links = tuple(
        Lien(period.short_dates if isinstance(period, Week) else period.libelle, url)
        for period, url in shown
    )
    return paper.RangAffiches(Lien(_name(site, scope), posters_of(site).proposed(scope.url)), links)


def plan(site: Site) -> Iterator[Artifact]:
    yield from plan_posters(site)
    yield from plan_posters_index(site)
