"""The home page: what is put forward, what is near, what is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, zip_longest

from portail.agenda.occurrences import Occurrence
from portail.files import digest_bytes
from portail.model.annonce import Annonce
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.pages.kit import day_of
from portail.outputs.pages.maps import week_map
from portail.outputs.pages.views import Bloc, Card, Frame, HomeView, Lien, Vide
from portail.site.site import Item, Site
from portail.site.urls import HOME, file_of
from portail.text.numbers import nombre

__all__ = ["plan_home"]

_LEAD = "Agenda, articles, annonces, ressources et annuaire des sciences"
_FEATURED, _NEXT, _LONG, _DOSSIERS, _ENDING = 5, 6, 3, 2, 4
_ARTICLES = (6, 3)
_SIDE = 7
"""Lines of the column beside a dossier: what ends soon, then what is new."""
_SOON = timedelta(days=21)
_FIRST = (Kind.ARTICLE, Kind.EVENT, Kind.DOSSIER, Kind.RESSOURCE, Kind.ANNONCE)
_THEN = (Kind.PROJET, Kind.TEMPS_FORT, Kind.COMMUNAUTE, Kind.LIEU)
"""Kinds that complete what editors put forward, each in its turn; the second when short."""


def plan_home(site: Site, frame: Frame, cards: Mapping[str, Card]) -> TemplatePage:
    """The home page, with the exact key of what it shows."""
    view = _view(site, frame, cards)
    seen = (
        [card.digest for card in view.une],
        [bloc.shown for bloc in view.blocs],
        view.raccourcis,
        view.carte,
        view.chiffres,
        view.vide,
    )
    key = (frame.digest, digest_bytes(repr(seen).encode()))
    return TemplatePage(file_of(HOME), HOME, "index.html", key, lambda: view, sitemap=SitemapHint())


def _view(site: Site, frame: Frame, cards: Mapping[str, Card]) -> HomeView:
    featured = _featured(site)
    shown = {item.ref for item in featured}

    def bloc(title: str, kind: Kind, items: Iterable[Item], link: str, form: str) -> Bloc:
        found = tuple(cards[item.ref] for item in items)
        return Bloc(title, found, kind.info.listing, form, lien=link)

    def left(kind: Kind) -> list[Item]:
        return [item for item in _live(site, kind) if item.ref not in shown]

    coming, running = _agenda(site, shown)
    articles = left(Kind.ARTICLE)
    room = next((count for count in _ARTICLES if len(articles) >= count), len(articles))
    ending = [item for item in _ending(site) if item.ref not in shown][:_ENDING]
    new = [item for item in _new(site) if item.ref not in shown][: _SIDE - len(ending)]
    return HomeView(
        cadre=frame,
        titre=frame.nom,
        description=f"{_LEAD} en {frame.region}.",
        url=HOME,
        une=tuple(cards[item.ref] for item in featured),
        agenda=bloc("L’agenda", Kind.EVENT, coming, "Tout l’agenda", "lignes"),
        en_ce_moment=Bloc(
            "En ce moment",
            tuple(cards[item.ref] for item, _ in running),
            forme="simples",
            notes=tuple(f"Jusqu’au {day_of(one.dernier_jour)}" for _, one in running),
        ),
        carte=week_map(site),
        articles=bloc(
            "Derniers articles", Kind.ARTICLE, articles[:room], "Tous les articles", "cartes"
        ),
        dossiers=bloc(
            "Dossiers", Kind.DOSSIER, left(Kind.DOSSIER)[:_DOSSIERS], "Tous les dossiers", "cartes"
        ),
        annonces=bloc(
            "Annonces qui se terminent", Kind.ANNONCE, ending, "Toutes les annonces", "simples"
        ),
        nouveautes=Bloc(
            "Nouveaux lieux et ressources",
            tuple(cards[item.ref] for item in new),
            forme="simples",
        ),
        chiffres=tuple(_figures(site)),
        vide=None if featured else _beginning(frame),
    )


def _live(site: Site, kind: Kind) -> list[Item]:
    """Contents of a kind that are not over nor called off, in the order of their list."""
    return [item for item in site.of_kind(kind) if not item.passe and _goes_ahead(item)]


def _goes_ahead(item: Item) -> bool:
    """Whether it is not an event that is cancelled or postponed."""
    shown = item.montree
    return shown is None or shown.etat not in ("annule", "reporte")


def _featured(site: Site) -> list[Item]:
    """What editors put forward, the soonest end first, completed by one kind after another."""
    chosen: list[tuple[date, str]] = []
    for item in site.items.values():
        until = item.entry.a_ne_pas_manquer
        if until and until >= site.day.date and not item.passe and _goes_ahead(item):
            chosen.append((until, item.ref))
    pool = chain(_in_turn(site, _FIRST), _in_turn(site, _THEN))
    refs = [*(ref for _, ref in sorted(chosen)), *(item.ref for item in pool)]
    return [site.items[ref] for ref in dict.fromkeys(refs)][:_FEATURED]


def _in_turn(site: Site, kinds: Sequence[Kind]) -> Iterator[Item]:
    """The first of each kind, then the second of each…"""
    rows = zip_longest(*(_live(site, kind)[:_FEATURED] for kind in kinds))
    return (item for row in rows for item in row if item)


def _agenda(site: Site, shown: set[str]) -> tuple[list[Item], list[tuple[Item, Occurrence]]]:
    """The next events, and the long ones that are on; neither when all is put forward."""
    coming: list[Item] = []
    running: list[tuple[Item, Occurrence]] = []
    for item in _live(site, Kind.EVENT):
        one = item.montree
        if one and one.longue and one.en_cours(site.day.date):
            running.append((item, one))
        else:
            coming.append(item)
    coming = coming[:_NEXT]
    if shown.issuperset(item.ref for item in coming):
        coming = []
    running = [(item, one) for item, one in running if item.ref not in shown]
    running.sort(key=lambda row: (row[1].dernier_jour, row[0].ref))
    return coming, running[:_LONG]


def _ending(site: Site) -> Iterator[Item]:
    """Annonces whose deadline is near, the nearest first."""
    for item in _live(site, Kind.ANNONCE):
        entry = item.entry
        assert isinstance(entry, Annonce)
        if entry.echeance and entry.echeance <= site.day.date + _SOON:
            yield item


def _new(site: Site) -> Iterator[Item]:
    """Lieux and ressources, in turn, the last published first; what has no day is not new."""

    def last(kind: Kind) -> list[Item]:
        dated = [item for item in _live(site, kind) if item.entry.publie_le]
        return sorted(dated, key=lambda item: item.entry.publie_le or date.min, reverse=True)

    rows = zip_longest(last(Kind.LIEU), last(Kind.RESSOURCE))
    return (item for row in rows for item in row if item)


def _figures(site: Site) -> Iterator[Lien]:
    """How much the portal holds; what there is none of is not said."""
    for kind in (Kind.ARTICLE, Kind.LIEU, Kind.RESSOURCE):
        if count := len(site.of_kind(kind)):
            yield Lien(kind.info.counted(count), kind.info.listing, nombre(count))
    year = site.day.date.year
    count = sum(
        any(one.premier_jour.year <= year <= one.dernier_jour.year for one in item.occurrences)
        for item in site.of_kind(Kind.EVENT)
    )
    if count:
        info = Kind.EVENT.info
        yield Lien(f"{info.counted(count)} en {year}", info.listing, nombre(count))
    count = len({item.commune.code for item in site.items.values() if item.commune})
    if count:
        plural = "s" * (count > 1)
        listing = Kind.TERRITOIRE.info.listing if site.of_kind(Kind.TERRITOIRE) else ""
        yield Lien(f"commune{plural} citée{plural}", listing, nombre(count))


def _beginning(frame: Frame) -> Vide:
    """What to do when the portal holds nothing yet."""
    outs = []
    if frame.depot:
        outs.append(Lien("Déposer un premier contenu", frame.depot))
    if frame.courriel:
        outs.append(Lien("Écrire à la rédaction", f"mailto:{frame.courriel}"))
    return Vide(
        "Ce portail attend son premier contenu.",
        "Un contenu est un fichier : « portail new event » l’écrit à sa place, "
        "« portail check » le vérifie.",
        tuple(outs),
    )
