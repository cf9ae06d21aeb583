"""Loans of a tool as its page shows them: where it is, when it is free, its stops."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from types import SimpleNamespace
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from portail.facts.base import mail_and_phone
from portail.facts.place import town
from portail.features.services.fondsdecarte.atlas import atlas_of
from portail.features.services.prets.loans import Span, Track, copies_of, first_free, tracks
from portail.model.kinds import place_ref
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.outputs.pages.messages import forwarded
from portail.outputs.pages.views import shared
from portail.outputs.pages.views.shared import Lien, MapView
from portail.outputs.pages.words import WORDS
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import MOIS_COURTS, jour, jour_court, periode
from portail.text.typography import capital, signed, subject_of

from .model import Ressource
from .tool_cards import (
    BEFORE,
    WEEKS,
    CopyState,
    Preteur,
    tool_state,
)
from .tour_map import Stop, tour_map


class Case(Struct, frozen=True):
    """``largeur`` weeks of the strip from ``debut`` (1: the first shown); ``sorte`` is ``libre``,
    ``fait``, ``ici``, ``avenir``, or ``""`` for a month; ``numero`` the stop.
    """

    titre: str
    dates: str
    debut: int
    largeur: int
    sorte: str = ""
    numero: int = 0
    demande: shared.Lien | None = None


class Piste(Struct, frozen=True):
    """A copy of the tool, named when it has several."""

    titre: str
    cases: tuple[Case, ...]


# ``demande.js`` completes « Du … au … » in the mail.
_WORDS = WORDS["prets"]


def asking(
    item: Item, lender: Preteur | None, owner: Lien | None, site: Site, slot: str = ""
) -> Iterator[Lien]:
    """Every way to ask for a tool, or for a ``slot`` of it (« du 16 au 31 octobre 2021 »), the
    easiest first; through the editors without one."""
    subject = subject_of(_WORDS["sujet"].format(titre=item.name))
    free = ""
    if slot:
        free = _WORDS["libre"].format(creneau=slot)
    text = _WORDS["texte"].format(titre=signed(item.name), libre=free)
    if lender is None:
        to = owner.texte if owner else _WORDS["qui"]
        yield from forwarded(site, item.url, subject, to, text)
        return
    for link in mail_and_phone(lender.courriel, lender.telephone):
        if link.url.startswith("mailto:"):
            ask = _WORDS["creneau" if item.of(Ressource).itinerance else "demander"]
            body = f"Bonjour,\n\n{text}".replace("\n", "\r\n")
            mail = f"{link.url}?subject={quote(subject)}&body={quote(body)}"
            yield Lien(ask, mail, link.text)
        else:
            yield Lien(_WORDS["creneau_appel"] if slot else f"Appeler le {link.text}", link.url)
    if lender.site:
        yield Lien(_WORDS["creneau_site" if slot else "site"], lender.site)


_DAY = timedelta(days=1)
# Stops that are over and still shown.
_DONE = 6
_NEXT = 2


def with_loans(view: SimpleNamespace, inputs: EntryInputs, site: Site) -> SimpleNamespace:
    entry = inputs.item.of(Ressource)
    if not entry.itinerance:
        return view
    loans = _Loans(entry, inputs, site, view.preteur)
    lent = {
        "demande": _asked(loans),
        "ou": _whereabouts(loans),
        "ensuite": _next(loans),
        "frise": _strip(loans),
        "etapes": tuple(_stop(rank, loans) for rank in loans.numbers),
        "avant": loans.before,
        "carte": _map(loans),
    }
    return SimpleNamespace(**vars(view) | lent)


class _Loans:
    """Loans of one tool, and what the day makes of each."""

    def __init__(
        self, entry: Ressource, inputs: EntryInputs, site: Site, owner: Lien | None
    ) -> None:
        self.item = inputs.item
        self.site = site
        self.owner = owner

        self.stops = entry.itinerance
        self.state = state = tool_state(site, inputs.item.ref)
        self.copies = entry.exemplaires
        self.wait = entry.delai
        self.copy = copies_of(self.stops, self.copies)
        self.links = inputs.links
        ends = sorted(range(len(self.stops)), key=lambda rank: (self.stops[rank].au, rank))
        self.over = frozenset(ends[: state.finies])
        ranks = (copy.rang for copy in state.exemplaires)
        self.running = frozenset(rank for rank in ranks if rank is not None)
        self.before = max(0, state.finies - _DONE)
        shown = sorted(ends[self.before :], key=lambda rank: (self.stops[rank].du, rank))
        self.numbers = {rank: number for number, rank in enumerate(shown, start=1)}

    def state_of(self, rank: int) -> str:
        if rank in self.over:
            return "fait"
        if rank in self.running:
            return "ici"
        return "avenir"

    def town(self, rank: int) -> str:
        host = self.state.hotes[rank]
        code = self.stops[rank].commune
        if host and host.commune:
            return town(host.commune)
        return town(self.site.geography.by_code(code) if code else None)

    def who(self, rank: int) -> Lien:
        loan = self.stops[rank]
        town = self.town(rank)
        lieu = None
        if loan.lieu:
            lieu = self.links.get(place_ref(loan.lieu))
        if lieu:
            return Lien(lieu.texte, lieu.url, town)
        if loan.emprunteur:
            return Lien(loan.emprunteur, note=town)
        return Lien(town or _WORDS["emprunteur"])

    def copy_name(self, number: int | None) -> str:
        # « exemplaire 2 », where it is known and there are several.
        if number and self.copies > 1:
            return f"exemplaire {number}"
        return ""


def _asked(loans: _Loans) -> SimpleNamespace:
    stops = (
        f"{loans.copy[rank]} {stop.du} {stop.au}"
        for rank, stop in enumerate(loans.stops)
        if rank not in loans.over
    )
    return SimpleNamespace(exemplaires=loans.copies, delai=loans.wait, prets=tuple(stops))


def _whereabouts(loans: _Loans) -> tuple[Lien, ...]:
    # Where each copy is today, until when; copies that nobody has come last, as one.
    out = [copy for copy in loans.state.exemplaires if copy.rang is not None]
    free = [copy for copy in loans.state.exemplaires if copy.rang is None]
    rows = [_out(copy, loans) for copy in out]
    if free:
        rows.append(_free(free, loans))
    return tuple(rows)


def _next(loans: _Loans) -> tuple[Lien, ...]:
    coming = [rank for rank in loans.numbers if loans.state_of(rank) == "avenir"]
    links = []
    for rank in coming[:_NEXT]:
        who = loans.who(rank)
        stop = loans.stops[rank]
        notes = (loans.copy_name(stop.exemplaire), who.note, periode(stop.du, stop.au))
        links.append(Lien(who.texte, who.url, ", ".join(filter(None, notes))))
    return tuple(links)


def _map(loans: _Loans) -> MapView | None:
    stops = [
        Stop(
            number,
            Lien(f"{number}. {loans.who(rank).texte}", f"#Etape-{number}", loans.town(rank)),
            loans.state.hotes[rank],
            loans.state_of(rank),
            loans.copy[rank],
        )
        for rank, number in loans.numbers.items()
    ]
    return tour_map(stops, atlas_of(loans.site), loans.item.name)


def _out(copy: CopyState, loans: _Loans) -> Lien:
    assert copy.rang is not None
    who = loans.who(copy.rang)
    until = f"jusqu’au {jour(loans.stops[copy.rang].au)}"
    notes = (loans.copy_name(copy.exemplaire), who.note, until)
    return Lien(who.texte, who.url, capital(", ".join(filter(None, notes))))


def _free(free: list[CopyState], loans: _Loans) -> Lien:
    owner = loans.owner or Lien(_WORDS["chez"])
    ends = [copy.au for copy in free if copy.au]
    until = f"jusqu’au {jour(max(ends))}" if len(ends) == len(free) else _WORDS["aucun"]
    if had := loans.state.des:
        until = f"au plus tôt le {jour(first_free(loans.stops, loans.copies, had))}"
    count = f"{len(free)} exemplaires libres" if len(free) > 1 else "libre"
    if loans.copies > 1 and len(free) == 1:
        count = "un exemplaire libre"
    return Lien(owner.texte, owner.url, capital(f"{count}, {until}"))


def _strip(loans: _Loans) -> SimpleNamespace | None:
    # Six months of loans and of free weeks; ``None`` when no loan would show.
    first = loans.state.debut
    if first is None:
        return None
    last = first + timedelta(weeks=WEEKS) - _DAY
    copies = tracks(loans.stops, loans.copies, first, last)
    rows = tuple(_track(copy, loans, first) for copy in copies)
    return SimpleNamespace(mois=tuple(_months(first, last)), pistes=rows)


def _months(first: date, last: date) -> Iterator[Case]:
    # The months of the strip; the year is said with the first and with January.
    day = first
    year_said = False
    while day <= last:
        after = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        start = _column(day, first)
        end = _column(min(after, last + _DAY), first)
        name = capital(MOIS_COURTS[day.month - 1])
        if end > start:
            year = ""
            if day.month == 1 or not year_said:
                year = f" {day.year}"
            yield Case(f"{name}{year if end - start > 2 else ''}", "", start, end - start)
            year_said = True
        day = after


def _column(day: date, first: date) -> int:
    # The column that begins nearest to ``day``, from 1.
    return ((day - first).days + 3) // 7 + 1


def _track(track: Track, loans: _Loans, first: date) -> Piste:
    named = loans.copies > 1 or not track.exemplaire
    title = f"Exemplaire {track.exemplaire}" if track.exemplaire else _WORDS["exemplaire"]
    taken = set(
        chain.from_iterable(
            range(*_columns(span, first)) for span in track.spans if span.rang is not None
        )
    )
    cells = (_cell(span, loans, first, taken) for span in track.spans)
    return Piste(title if named else "", tuple(filter(None, cells)))


def _columns(span: Span, first: date) -> tuple[int, int]:
    # First column of a span and the one after its last. Loans have at least one.
    start = min(_column(span.du, first), WEEKS)
    return start, max(_column(span.au + _DAY, first), start + (span.rang is not None))


def _cell(span: Span, loans: _Loans, first: date, taken: set[int]) -> Case | None:
    if span.rang is None and loans.state.des:
        span = replace(span, du=max(span.du, loans.state.des))
    start, end = _columns(span, first)
    if span.rang is not None:
        loan = loans.stops[span.rang]
        one_day = loan.du == loan.au
        days = periode(loan.du, loan.au, annee=False) if one_day else _days(loan.du, loan.au)
        place = loans.town(span.rang) or loans.who(span.rang).texte
        number = loans.numbers.get(span.rang, 0)
        return Case(
            place, days, start, largeur=end - start, sorte=loans.state_of(span.rang), numero=number
        )
    present = first + timedelta(weeks=BEFORE)
    weeks = [week for week in range(start, end) if week not in taken]
    if span.au < max(present, span.du) or not weeks:
        return None
    slot = _free_days(span, first, present, year=True) or _WORDS["bientot"]
    ways = asking(loans.item, loans.state.preteur, loans.owner, loans.site, slot)
    way = next((replace(link, note="") for link in ways), None)
    days = _free_days(span, first, present)
    return Case("Libre", days, weeks[0], len(weeks), "libre", demande=way)


def _days(first: date, last: date, *, year: bool = False) -> str:
    return f"du {_short(first, year=year)} au {_short(last, year=year)}"


def _free_days(span: Span, first: date, present: date, *, year: bool = False) -> str:
    # Without the beginning of what began already, nor the end of what the strip cuts.
    cut = span.au == first + timedelta(weeks=WEEKS) - _DAY
    if span.du < present:
        if cut:
            return ""
        return f"jusqu’au {_short(span.au, year=year)}"
    if cut:
        return _WORDS["depuis"].format(jour=_short(span.du, year=year))
    return _days(span.du, span.au, year=year)


def _short(day: date, *, year: bool = False) -> str:
    if year:
        return jour(day, semaine=False)
    return jour_court(day, semaine=False, annee=False)


def _stop(rank: int, loans: _Loans) -> SimpleNamespace:
    loan = loans.stops[rank]
    who = loans.who(rank)
    note = capital(", ".join(filter(None, (who.note, loans.copy_name(loan.exemplaire)))))
    days = capital(periode(loan.du, loan.au))
    return SimpleNamespace(
        qui=Lien(who.texte, who.url, note),
        dates=days,
        etat=loans.state_of(rank),
        numero=loans.numbers[rank],
    )
