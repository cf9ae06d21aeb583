"""Cards of touring tools: what each is made of, who lends it and how one reaches them, and how it
stands today: where its copies are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from portail.agenda.weeks import Month, Week
from portail.facts.audience import audience
from portail.facts.base import below_title, names, text_of
from portail.facts.place import host_of
from portail.features.services.prets.loans import (
    Availability,
    Span,
    availability,
    free_from,
    out_spans,
    tracks,
)
from portail.geo.names import at_town
from portail.model.collections import Etape, PlaceEntry, Pret
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.views.lists import Card, LoanStrip
from portail.outputs.pages.views.shared import Etiquette
from portail.site.item import Item
from portail.site.memo import answer, borrowable, per_site
from portail.site.positions import Position, centre_of, position_of
from portail.site.site import Site
from portail.text.dates import MOIS_COURTS, jour
from portail.text.typography import capital, nombre

from .model import Ressource

_MONTHS = 6
# Units of a month, whatever its days: the names below are as wide.
_WIDTH = 20
_HEIGHT = 8


def loan_strip(entry: Ressource, day: date, today: Etiquette | None) -> LoanStrip | None:
    """The strip of a tool from the month of ``day`` on; ``None`` for a sheet that tells no loan."""
    if today is None:
        return None
    months = [Month.of(day)]
    while len(months) < _MONTHS:
        months.append(months[-1].next)
    spans = out_spans(entry.itinerance, entry.exemplaires, months[0].first, months[-1].last)
    path = "".join(_drawn(span, months[0]) for span in spans)
    names = tuple(MOIS_COURTS[month.month - 1] for month in months)
    return LoanStrip(names, path, today.texte, today.fin)


def _drawn(span: Span, first: Month) -> str:
    # A rectangle; of a few days, one unit wide, that it is seen.
    start = _place(span.du, first, 0)
    width = max(_place(span.au, first, 1) - start, 1)
    return f"M{start} 0h{width}v{_HEIGHT}h-{width}z"


def _place(day: date, first: Month, after: int) -> int:
    # Units from the left of the strip to the beginning of a day, or to its end (``after`` 1).
    month = Month.of(day)
    rank = (month.year - first.year) * 12 + month.month - first.month
    return rank * _WIDTH + round((day.day - 1 + after) * _WIDTH / month.last.day)


# Labels that the catalogue says too: what a preview tells, what is closed.
_KEPT = frozenset({"brouillon", "programme", "passe"})


@per_site
def tool_cards(site: Site) -> Mapping[str, Card]:
    """The card of every tool as the catalogue shows it, by reference."""
    return {
        ref: card.retold(prets=months_of(site, ref) or LoanStrip())
        for ref, card in undated_cards(site).items()
    }


@answer
def months_of(site: Site, ref: str) -> LoanStrip | None:
    entry = site.items[ref].of(Ressource)
    return loan_strip(entry, site.day.date, today_label(entry, site))


@per_site
def undated_cards(site: Site) -> Mapping[str, Card]:
    """The same cards without when tools are free: pages of months say it otherwise."""
    return {
        item.ref: _card(card_of(site, item.ref), item, entry, site)
        for item in borrowable(site)
        if isinstance(entry := item.entry, Ressource)
    }


def labelled(card: Card, label: Etiquette | None) -> Card:
    if label:
        return card.retold(etiquettes=(*card.etiquettes, label))
    return card


def _card(card: Card, item: Item, entry: Ressource, site: Site) -> Card:
    precision = " · ".join(filter(None, (card.sorte, next(pieces(entry.pret), ""))))
    details = tuple(filter(None, below_title(entry, _details(item, entry, site))))
    labels = tuple(label for label in card.etiquettes if label.code in _KEPT)
    return card.retold(precision=precision, details=details, etiquettes=labels)


def pieces(pret: Pret | None) -> Iterator[str]:
    """What a tool is made of, panels first."""
    if pret and pret.panneaux:
        yield f"{nombre(pret.panneaux)}\u00a0panneau{'x' * (pret.panneaux > 1)}"
    if pret and pret.caisses:
        yield f"{nombre(pret.caisses)}\u00a0caisse{'s' * (pret.caisses > 1)}"


def _details(item: Item, entry: Ressource, site: Site) -> Iterator[str]:
    # Who lends it and where from, for how much, for whom.
    owner = text_of(names(item, site, "proprietaire"))
    yield ", ".join(filter(None, (owner, item.town)))
    yield capital((entry.pret and entry.pret.tarif) or "")
    yield text_of(audience(item, site).values)


def free_label(when: str, copies: str = "", until: date | None = None) -> Etiquette:
    """That one may have a tool ``when`` (« tout le mois »); it holds ``until`` a day."""
    text = " ".join(filter(None, ("Libre", when)))
    return Etiquette(text + copies, "libre", fin=until)


def out_label(when: str, until: date | None = None) -> Etiquette:
    return Etiquette(" ".join(filter(None, ("En prêt", when))), "en-pret", fin=until)


def today_label(entry: Ressource, site: Site) -> Etiquette | None:
    """« Libre jusqu’au 9 octobre », « En prêt jusqu’au 8 octobre à Saint-Omer »; ``None`` without
    loans told.
    """
    if not entry.itinerance:
        return None  # nobody knows: never « free »
    copies = entry.exemplaires
    day = site.day.date
    today = availability(entry.itinerance, copies, day)
    if not today.libres:
        loan = None
        if today.rang is not None:
            loan = entry.itinerance[today.rang]
        commune = None
        if loan:
            commune = host_of(loan, site)[1]
        place = at_town(commune.nom) if commune else ""
        return out_label(" ".join(filter(None, (_until(today, day), place))), today.tant)
    if entry.delai:
        first = free_from(entry, day)
        return free_label(soonest(first, day), until=first - timedelta(days=entry.delai))
    count = f", {today.libres} exemplaire{'s' * (today.libres > 1)} sur {copies}"
    return free_label(_until(today, day), count if copies > 1 else "", today.tant)


def soonest(first: date, day: date) -> str:
    """« au plus tôt le 10 novembre », said on ``day``."""
    return f"au plus tôt le {jour(first, semaine=False, annee=first.year != day.year)}"


def _until(standing: Availability, day: date) -> str:
    last = standing.au
    if last is None:
        return ""
    return f"jusqu’au {jour(last, semaine=False, annee=last.year != day.year)}"


# Weeks that the strip of loans shows.
WEEKS = 26

# How many of them are before the present one.
BEFORE = 4


class Preteur(Struct, frozen=True):
    """How to reach the place that lends a tool."""

    courriel: str
    telephone: str
    # Its site, when it says neither of the two.
    site: str


class CopyState(Struct, frozen=True):
    """Where a copy is (as in ``Track``)."""

    exemplaire: int
    rang: int | None
    au: date | None


class ToolState(Struct, frozen=True):
    """The state of a tool on the day of the build."""

    exemplaires: tuple[CopyState, ...]
    finies: int
    # The Monday on which its strip begins; ``None`` for no strip.
    debut: date | None
    preteur: Preteur | None
    # The first day that one may still ask for; ``None`` for a tool that can be had at once.
    des: date | None = None
    # Where each loan takes it.
    hotes: tuple[Position | None, ...] = ()


@answer
def tool_state(site: Site, ref: str) -> ToolState:
    entry = site.items[ref].of(Ressource)
    day = site.day.date
    return ToolState(
        tuple(_copies(entry, day)) if entry.itinerance else (),
        sum(loan.au < day for loan in entry.itinerance),
        _strip(entry, day),
        preteur=_lender(entry, site) if entry.itinerante else None,
        des=entry.had_from(day) if entry.delai else None,
        hotes=tuple(_host(loan, site) for loan in entry.itinerance),
    )


def _host(loan: Etape, site: Site) -> Position | None:
    place = site.lieu(loan.lieu)
    position = position_of(place, site) if place else None
    if position or not loan.commune:
        return position
    return centre_of(site.geography.by_code(loan.commune))


def _copies(entry: Ressource, day: date) -> list[CopyState]:
    number = entry.exemplaires
    end = max(day, *(loan.au for loan in entry.itinerance))
    copies = []
    for track in tracks(entry.itinerance, number, day, end):
        span = track.spans[0]
        if track.exemplaire or span.du == day:
            planned = span.rang is not None or len(track.spans) > 1
            copies.append(CopyState(track.exemplaire, span.rang, span.au if planned else None))
    return copies


def _strip(entry: Ressource, day: date) -> date | None:
    first = Week.of(day).first - timedelta(weeks=BEFORE)
    last = first + timedelta(weeks=WEEKS)
    shown = any(loan.du < last and loan.au >= first for loan in entry.itinerance)
    if shown:
        return first
    return None


def _lender(entry: Ressource, site: Site) -> Preteur | None:
    owner = site.lieu(entry.proprietaire)
    place = owner.entry if owner else None
    if not isinstance(place, PlaceEntry):
        return None
    mail = place.courriel or ""
    phone = place.telephone or ""
    ways = (mail, phone, "" if mail or phone else place.site or "")
    if any(ways):
        return Preteur(*ways)
    return None
