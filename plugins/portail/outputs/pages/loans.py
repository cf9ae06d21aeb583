"""Loans of a tool as its page shows them: where it is, when it is free, its stops."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import quote

from msgspec.structs import replace

from portail.agenda.loans import Span, Track, copies_of, tracks
from portail.facts.base import mail_and_phone
from portail.facts.price import town
from portail.model.kinds import Kind
from portail.model.ressource import Ressource
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.outputs.pages.maps.route import Stop, tour_map
from portail.outputs.pages.messages import forwarded
from portail.outputs.pages.page_context import WORDS, context_of
from portail.outputs.pages.states import BEFORE, WEEKS, CopyState, Preteur, RessourceState
from portail.outputs.pages.views.entry import Case, DemandeView, EtapeView, Frise, OutilView, Piste
from portail.outputs.pages.views.shared import Lien, MapView
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import MOIS_COURTS, jour, jour_court, periode
from portail.text.typography import capital, plain, signed, subject_of

_WORDS = WORDS["prets"]
"""``demande.js`` completes « Du … au … » in the mail."""


def asking(item: Item, lender: Preteur | None, owner: Lien | None, site: Site) -> Iterator[Lien]:
    """Every way to ask for a tool, the easiest first; through the editors without one."""
    title = item.name
    if lender is None:
        yield from _forwarded(item, owner, site)
        return
    for link in mail_and_phone(lender.courriel, lender.telephone):
        if link.url.startswith("mailto:"):
            text = _WORDS["creneau" if item.of(Ressource).itinerance else "demander"]
            yield Lien(text, f"{link.url}?{_mail(title)}", link.text)
        else:
            yield Lien(f"Appeler le {link.text}", link.url)
    if lender.site:
        yield Lien(_WORDS["site"], lender.site)


def _forwarded(item: Item, owner: Lien | None, site: Site, slot: str = "") -> Iterator[Lien]:
    to = owner.texte if owner else _WORDS["qui"]
    subject, text = _request(item.name, slot)
    yield from forwarded(site, item.url, subject, to, text)


def asking_slot(known: _Loans, slot: str) -> Lien | None:
    """The easiest way to ask for a slot (« du 16 octobre au 1er novembre 2021 »), or ``None``."""
    title = known.title
    lender = known.state.preteur
    if lender and lender.courriel:
        (link,) = mail_and_phone(lender.courriel, "")
        return Lien(_WORDS["creneau"], f"{link.url}?{_mail(title, slot)}")
    if lender:
        for link in mail_and_phone("", lender.telephone):
            return Lien(_WORDS["creneau_appel"], link.url)
        if lender.site:
            return Lien(_WORDS["creneau_site"], lender.site)
    through = _forwarded(known.item, known.owner, known.site, slot)
    return next((replace(one, note="") for one in through), None)


def _request(title: str, slot: str = "") -> tuple[str, str]:
    free = _WORDS["libre"].format(creneau=slot) if slot else ""
    subject = subject_of(_WORDS["sujet"].format(titre=title))
    return subject, _WORDS["texte"].format(titre=signed(title), libre=free)


def _mail(title: str, slot: str = "") -> str:
    subject, text = _request(title, slot)
    body = f"Bonjour,\n\n{text}".replace("\n", "\r\n")
    return f"subject={quote(subject)}&body={quote(body)}"


_DAY = timedelta(days=1)
_DONE = 6
"""Stops that are over and still shown."""
_NEXT = 2
"""Stops to come that are told beside where it is."""


def with_loans(view: OutilView, inputs: EntryInputs, site: Site) -> OutilView:
    """The view of a tool with all that its loans say."""
    entry = inputs.item.entry
    state = inputs.etat
    if not isinstance(entry, Ressource) or not isinstance(state, RessourceState):
        return view
    if not entry.itinerance:
        return view
    known = _Loans(entry, state, inputs, site, view.preteur)
    return replace(
        view,
        demande=_asked(known),
        ou=_whereabouts(known, view.preteur),
        ensuite=_next(known),
        frise=_strip(known),
        etapes=tuple(_stop(rank, known) for rank in known.numbers),
        avant=known.before,
        carte=_map(known),
    )


class _Loans:
    """Loans of one tool, and what the day makes of each."""

    def __init__(
        self,
        entry: Ressource,
        state: RessourceState,
        inputs: EntryInputs,
        site: Site,
        owner: Lien | None,
    ) -> None:
        self.item = inputs.item
        self.site = site
        self.owner = owner
        self.title = plain(entry.titre)
        self.loans = entry.itinerance
        self.state = state
        self.copies = entry.exemplaires
        self.wait = (entry.pret.delai_jours if entry.pret else None) or 0
        self.copy = copies_of(self.loans, self.copies)
        self.links = inputs.links
        self.context = context_of(site)
        ends = sorted(range(len(self.loans)), key=lambda rank: (self.loans[rank].au, rank))
        self.over = frozenset(ends[: state.finies])
        self.running = frozenset(one.rang for one in state.exemplaires if one.rang is not None)
        self.before = max(0, state.finies - _DONE)
        kept = sorted(ends[self.before :], key=lambda rank: (self.loans[rank].du, rank))
        self.numbers = {rank: number for number, rank in enumerate(kept, start=1)}

    def state_of(self, rank: int) -> str:
        """« fait », « ici » or « avenir »."""
        if rank in self.over:
            return "fait"
        return "ici" if rank in self.running else "avenir"

    def town(self, rank: int) -> str:
        """Where a loan takes the tool, or nothing."""
        host = self.state.hotes[rank]
        code = self.loans[rank].commune
        if host and host.commune:
            return town(host.commune)
        return town(self.context.geography.by_code(code) if code else None)

    def who(self, rank: int) -> Lien:
        """The borrower, with its commune beside it."""
        loan = self.loans[rank]
        town = self.town(rank)
        lieu = self.links.get(f"{Kind.LIEU.value}/{loan.lieu}")
        if lieu:
            return Lien(lieu.texte, lieu.url, town)
        if loan.emprunteur:
            return Lien(loan.emprunteur, note=town)
        return Lien(town or _WORDS["emprunteur"])

    def told_copy(self, rank: int) -> str:
        """« exemplaire 2 », where the sheet says it and there are several."""
        number = self.loans[rank].exemplaire
        return f"exemplaire {number}" if number and self.copies > 1 else ""


def _asked(known: _Loans) -> DemandeView:
    loans = (
        f"{known.copy[rank]} {one.du} {one.au}"
        for rank, one in enumerate(known.loans)
        if rank not in known.over
    )
    return DemandeView(known.copies, known.wait, tuple(loans))


def _whereabouts(known: _Loans, owner: Lien | None) -> tuple[Lien, ...]:
    """Where each copy is today, until when; copies that nobody has come last, as one."""
    out = [one for one in known.state.exemplaires if one.rang is not None]
    free = [one for one in known.state.exemplaires if one.rang is None]
    rows = [_out(one, known) for one in out]
    if free:
        rows.append(_free(free, known, owner or Lien(_WORDS["chez"])))
    return tuple(rows)


def _next(known: _Loans) -> tuple[Lien, ...]:
    coming = [rank for rank in known.numbers if known.state_of(rank) == "avenir"]
    return tuple(
        Lien(who.texte, who.url, ", ".join(filter(None, (known.told_copy(rank), who.note, days))))
        for rank in coming[:_NEXT]
        for who in (known.who(rank),)
        for days in (periode(known.loans[rank].du, known.loans[rank].au),)
    )


def _map(known: _Loans) -> MapView | None:
    stops = [
        Stop(
            number,
            Lien(f"{number}. {known.who(rank).texte}", f"#Etape-{number}", known.town(rank)),
            known.state.hotes[rank],
            known.state_of(rank),
            known.copy[rank],
        )
        for rank, number in known.numbers.items()
    ]
    return tour_map(stops, known.context.atlas, known.title)


def _out(one: CopyState, known: _Loans) -> Lien:
    assert one.rang is not None
    loan = known.loans[one.rang]
    who = known.who(one.rang)
    copy = f"exemplaire {one.exemplaire}" if one.exemplaire and known.copies > 1 else ""
    until = f"jusqu’au {jour(loan.au)}"
    return Lien(who.texte, who.url, capital(", ".join(filter(None, (copy, who.note, until)))))


def _free(free: list[CopyState], known: _Loans, owner: Lien) -> Lien:
    """Copies that nobody has: with their owner, as far as one knows."""
    ends = [one.au for one in free if one.au]
    until = f"jusqu’au {jour(max(ends))}" if len(ends) == len(free) else _WORDS["aucun"]
    count = f"{len(free)} exemplaires libres" if len(free) > 1 else "libre"
    if known.copies > 1 and len(free) == 1:
        count = "un exemplaire libre"
    return Lien(owner.texte, owner.url, capital(f"{count}, {until}"))


def _strip(known: _Loans) -> Frise | None:
    """Six months of loans and of free weeks; ``None`` when no loan would show."""
    first = known.state.debut
    if first is None:
        return None
    last = first + timedelta(weeks=WEEKS) - _DAY
    found = tracks(known.loans, known.copies, first, last)
    rows = tuple(_track(one, known, first) for one in found)
    return Frise(tuple(_months(first, last)), rows)


def _months(first: date, last: date) -> Iterator[Case]:
    """The months of the strip; the year is said with the first and with January."""
    day = first
    said = False
    while day <= last:
        after = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        start = _column(day, first)
        end = _column(min(after, last + _DAY), first)
        name = capital(MOIS_COURTS[day.month - 1])
        if end > start:
            year = f" {day.year}" if day.month == 1 or not said else ""
            yield Case(f"{name}{year if end - start > 2 else ''}", "", start, end - start)
            said = True
        day = after


def _column(day: date, first: date) -> int:
    """The column that begins nearest to ``day``, from 1."""
    return ((day - first).days + 3) // 7 + 1


def _track(track: Track, known: _Loans, first: date) -> Piste:
    named = known.copies > 1 or not track.exemplaire
    title = f"Exemplaire {track.exemplaire}" if track.exemplaire else _WORDS["exemplaire"]
    taken = {
        column
        for span in track.spans
        if span.rang is not None
        for column in range(*_columns(span, first))
    }
    cells = (_cell(span, known, first, taken) for span in track.spans)
    return Piste(title if named else "", tuple(one for one in cells if one))


def _columns(span: Span, first: date) -> tuple[int, int]:
    """First column of a span and the one after its last. Loans have at least one."""
    start = min(_column(span.du, first), WEEKS)
    return start, max(_column(span.au + _DAY, first), start + (span.rang is not None))


def _cell(span: Span, known: _Loans, first: date, taken: set[int]) -> Case | None:
    start, end = _columns(span, first)
    if span.rang is not None:
        loan = known.loans[span.rang]
        one_day = loan.du == loan.au
        days = periode(loan.du, loan.au, annee=False) if one_day else _days(loan.du, loan.au)
        place = known.town(span.rang) or known.who(span.rang).texte
        number = known.numbers.get(span.rang, 0)
        return Case(place, days, start, end - start, known.state_of(span.rang), number)
    present = first + timedelta(weeks=BEFORE)
    weeks = [one for one in range(start, end) if one not in taken]
    if span.au < present or not weeks:
        return None
    slot = _free_days(span, first, present, year=True) or _WORDS["bientot"]
    asked = asking_slot(known, slot)
    days = _free_days(span, first, present)
    return Case("Libre", days, weeks[0], len(weeks), "libre", demande=asked)


def _days(first: date, last: date, *, year: bool = False) -> str:
    return f"du {_short(first, year=year)} au {_short(last, year=year)}"


def _free_days(span: Span, first: date, present: date, *, year: bool = False) -> str:
    """Without the beginning of what began already, nor the end of what the strip cuts."""
    cut = span.au == first + timedelta(weeks=WEEKS) - _DAY
    if span.du < present:
        return "" if cut else f"jusqu’au {_short(span.au, year=year)}"
    if cut:
        return _WORDS["depuis"].format(jour=_short(span.du, year=year))
    return _days(span.du, span.au, year=year)


def _short(day: date, *, year: bool = False) -> str:
    return jour(day, semaine=False) if year else jour_court(day, semaine=False, annee=False)


def _stop(rank: int, known: _Loans) -> EtapeView:
    loan = known.loans[rank]
    who = known.who(rank)
    note = capital(", ".join(filter(None, (who.note, known.told_copy(rank)))))
    days = capital(periode(loan.du, loan.au))
    return EtapeView(
        Lien(who.texte, who.url, note), days, known.state_of(rank), known.numbers[rank]
    )
