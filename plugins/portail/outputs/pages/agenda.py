"""The agenda as a list: what lasts, then day after day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple, TypeAlias

from portail.agenda.occurrences import Occurrence
from portail.agenda.programme import Lasting, RendezVous
from portail.agenda.weeks import Week
from portail.files import digest_bytes
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.pages.kit import capital, day_labels, state_labels
from portail.outputs.pages.paging import Listing, page_urls
from portail.outputs.pages.redirection import redirect_page
from portail.outputs.pages.views import (
    AgendaView,
    Bloc,
    Card,
    Duree,
    Frame,
    JourAgenda,
    LigneAgenda,
    Pagination,
)
from portail.site.site import Site
from portail.site.urls import file_of
from portail.text.calendar_names import JOURS, MOIS
from portail.text.dates import heure, jour_court, periode
from portail.text.numbers import nombre

__all__ = ["lasting", "maintained", "plan_agenda", "upcoming"]

_DAY = timedelta(days=1)
_WINDOW = 13 * _DAY
"""The first page goes as far: two weeks."""
_DENSE, _MOST = 4, 200
"""Lines of a page: so many times the cards of a page, whole days if it can; at most so many."""
_BARS = 3


Dated: TypeAlias = tuple[date, RendezVous | Lasting]
"""What is on, with the day on which it is told."""


class Line(NamedTuple):
    """A line of the list, on its day."""

    day: date
    ligne: LigneAgenda


def upcoming(site: Site, after: date) -> list[Dated]:
    """Rendez-vous from the day of the build on, each told once, on the first of its days; what
    lasts and begins later than ``after``, on the day when it begins. In the order of time."""
    rows: list[Dated] = [(one.du, one) for one in lasting(site, date.max) if one.du > after]
    rows += _rendez_vous(site)
    return sorted(rows, key=lambda row: row[0])


def _rendez_vous(site: Site) -> Iterator[tuple[date, RendezVous]]:
    today, programme = site.day.date, site.indexes.programme
    for week in programme.weeks:
        if week.last < today:
            continue
        for day in programme.week(week).jours:
            for one in day.rendez_vous if day.jour >= today else ():
                if any(day.jour == max(each.premier_jour, today) for each in one.occurrences):
                    yield day.jour, one


def lasting(site: Site, until: date) -> list[Lasting]:
    """What lasts and is on, or begins by ``until``: what is on first, the soonest end first; what
    is called off last."""
    today, programme = site.day.date, site.indexes.programme
    weeks = {Week.of(today), *(week for week in programme.weeks if week.first <= until)}
    found = {
        one
        for week in weeks
        for one in programme.week(week).durables
        if one.du <= until and one.au >= today
    }
    return sorted(found, key=lambda one: (not maintained(one), one.du > today, one.au, one.ref))


def maintained(one: RendezVous | Lasting) -> bool:
    """Whether it takes place: it is neither cancelled nor postponed."""
    return one.etat not in ("annule", "reporte")


def plan_agenda(
    listing: Listing, site: Site, frame: Frame, cards: Mapping[str, Card]
) -> Iterator[TemplatePage]:
    """The pages of the agenda; ``listing`` says what they share with other lists."""
    window = site.day.date + _WINDOW
    lines = (Line(day, _line(one, day, cards[one.ref])) for day, one in upcoming(site, window))
    pages = _cut(lines, window, _DENSE * site.config.taille_page)
    bars = [_bar(one, site.day.date, cards) for one in lasting(site, window)]
    urls = page_urls(listing.url, len(pages))
    for number, url in enumerate(urls, start=1):
        page = pages[number - 1] if pages else []
        shown = bars if number == 1 else []
        seen = (
            listing.voisins,
            listing.presentations,
            listing.vide,
            len(urls),
            [(line.day, line.ligne.shown) for line in page],
            [bar.shown for bar in shown],
        )
        yield TemplatePage(
            file_of(url),
            url,
            "agenda.html",
            (frame.digest, digest_bytes(repr(seen).encode())),
            _viewer(listing, frame, site, page, shown, Pagination(number, len(urls), urls)),
            sitemap=SitemapHint(),
        )
    if len(urls) > 1:  # the folder of its pages: an address cut at any slash gives a page
        yield redirect_page(f"{listing.url}page/", listing.url, listing.titre, frame)


def _line(one: RendezVous | Lasting, day: date, card: Card) -> LigneAgenda:
    if isinstance(one, Lasting):
        hour, rest, iso = "Jusqu’au", _short(one.au, day), day.isoformat()
    else:
        first = one.occurrences[0]
        hour, rest = _hours(one.occurrences, day)
        iso = day.isoformat() if first.journee else first.debut.isoformat()
    informing = [label for label in card.etiquettes if label.code in ("en-ligne", "brouillon")]
    states = state_labels(one.etat) if isinstance(one, Lasting) else day_labels(one, day)
    return LigneAgenda(card, hour, rest, iso, (*states, *informing))


def _hours(occurrences: Sequence[Occurrence], day: date) -> tuple[str, str]:
    """« 14 h », « – 16 h »; « Horaire », « à confirmer »; « 10 h », « 14 h, 16 h »."""
    one, others = occurrences[0], occurrences[1:]
    if one.nombre_de_jours > 1:
        return "Jusqu’au", _short(one.dernier_jour, day)
    if one.journee:
        return "Horaire", "à confirmer"
    starts = dict.fromkeys(heure(each.debut.time()) for each in others)
    end = f"– {heure(one.fin.time())}" if one.fin and one.fin != one.debut else ""
    return heure(one.debut.time()), ", ".join(starts) or end


def _short(day: date, seen: date) -> str:
    return jour_court(day, semaine=False, annee=day.year != seen.year)


def _cut(lines: Iterable[Line], window: date, size: int) -> list[list[Line]]:
    """Pages of whole days, unless a day is very full."""
    pages: list[list[Line]] = []
    for line in lines:
        page = pages[-1] if pages else []
        new_day = bool(page) and page[-1].day != line.day
        wide = len(pages) == 1 and line.day <= window
        if not page or len(page) >= _MOST or (new_day and len(page) >= size and not wide):
            pages.append([])
        pages[-1].append(line)
    return pages


def _bar(one: Lasting, today: date, cards: Mapping[str, Card]) -> Duree:
    year = one.du.year != one.au.year or one.au.year != today.year
    first, last = (jour_court(day, semaine=False, annee=year) for day in (one.du, one.au))
    length = (one.au - one.du).days + 1
    done = 100 * (today - one.du).days // length if one.du <= today else None
    return Duree(cards[one.ref], f"{first} – {last}", done)


def _days(lines: Sequence[Line], today: date) -> Iterator[JourAgenda]:
    for day, some in groupby(lines, key=lambda line: line.day):
        year = f" {day.year}" if day.year != today.year else ""
        rows = tuple(line.ligne for line in some)
        name = capital(JOURS[day.weekday()])
        yield JourAgenda(day, name, f"{MOIS[day.month - 1]}{year}", rows)


def _count(lines: Sequence[Line]) -> str:
    """« 21 rendez-vous du 27 septembre au 10 octobre 2021 »."""
    if not lines:
        return ""
    return f"{nombre(len(lines))} rendez-vous {periode(lines[0].day, lines[-1].day)}"


def _viewer(
    listing: Listing,
    frame: Frame,
    site: Site,
    lines: Sequence[Line],
    bars: Sequence[Duree],
    pagination: Pagination,
) -> Callable[[], AgendaView]:
    def view() -> AgendaView:
        number, others = pagination.numero, bars[_BARS:]
        return AgendaView(
            cadre=frame,
            titre=listing.titre if number == 1 else f"{listing.titre}, page {number}",
            description=listing.chapo,
            url=pagination.pages[number - 1],
            fil=listing.fil,
            rubrique=listing.rubrique,
            chapo=_count(lines),
            kind=listing.kind,
            blocs=(),
            nombre="",
            pagination=pagination,
            voisins=listing.voisins,
            presentations=listing.presentations,
            vide=listing.vide,
            jours=tuple(_days(lines, site.day.date)),
            durees=tuple(bars[:_BARS]),
            aussi=Bloc(
                "Aussi en ce moment",
                tuple(bar.carte for bar in others),
                forme="simples",
                notes=tuple(bar.dates for bar in others),
            ),
        )

    return view
