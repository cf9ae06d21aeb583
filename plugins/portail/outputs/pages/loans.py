"""Loans of a tool as its page shows them: where it is, when it is free, its stops."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from portail.agenda.loans import Span, Track, tracks
from portail.model.kinds import Kind
from portail.model.ressource import Etape, Ressource
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.kit import Kit, capital, resolve_names
from portail.outputs.pages.states import BEFORE, WEEKS, CopyState, RessourceState
from portail.outputs.pages.views import Case, EtapeView, Frise, Lien, Piste
from portail.text.calendar_names import MOIS_COURTS
from portail.text.dates import jour, jour_court, periode

__all__ = ["stops_of", "strip_of", "whereabouts"]

_DAY = timedelta(days=1)
_DONE = 6
"""Stops that are over and still shown."""


class _Loans:
    """Loans of one tool, and what the day makes of each."""

    def __init__(self, entry: Ressource, state: RessourceState, inputs: EntryInputs, kit: Kit):
        self.loans, self.state = entry.itinerance, state
        self.copies = entry.pret.exemplaires if entry.pret else 1
        self.links, self.kit = inputs.links, kit
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

    def town(self, loan: Etape) -> str:
        """Where a loan takes the tool, or nothing."""
        commune = self.kit.geography.by_code(loan.commune) if loan.commune else None
        return self.kit.place(commune)

    def who(self, loan: Etape) -> Lien:
        """The borrower, with its commune beside it."""
        town = self.town(loan)
        lieu = self.links.get(f"{Kind.LIEU.value}/{loan.lieu}")
        if lieu:
            return Lien(lieu.texte, lieu.url, town)
        if loan.emprunteur:
            return Lien(loan.emprunteur, note=town)
        return Lien(town or "Emprunteur non précisé")


def _loans(inputs: EntryInputs, kit: Kit) -> _Loans | None:
    entry, state = inputs.item.entry, inputs.etat
    if not isinstance(entry, Ressource) or not isinstance(state, RessourceState):
        return None
    return _Loans(entry, state, inputs, kit) if entry.itinerance else None


def whereabouts(inputs: EntryInputs, kit: Kit) -> tuple[Lien, ...]:
    """Where each copy is today, until when; copies that nobody has come last, as one."""
    known = _loans(inputs, kit)
    if known is None:
        return ()
    out = [one for one in known.state.exemplaires if one.rang is not None]
    free = [one for one in known.state.exemplaires if one.rang is None]
    rows = [_out(one, known) for one in out]
    if free:
        owner = resolve_names(inputs.item.entry, "proprietaire", inputs.links)
        rows.append(_free(free, known, owner[0] if owner else Lien("Chez qui le prête")))
    return tuple(rows)


def _out(one: CopyState, known: _Loans) -> Lien:
    assert one.rang is not None
    loan = known.loans[one.rang]
    who = known.who(loan)
    copy = f"exemplaire {one.exemplaire}" if one.exemplaire and known.copies > 1 else ""
    until = f"jusqu’au {jour(loan.au)}"
    return Lien(who.texte, who.url, capital(", ".join(filter(None, (copy, who.note, until)))))


def _free(free: list[CopyState], known: _Loans, owner: Lien) -> Lien:
    """Copies that nobody has: with their owner, as far as one knows."""
    ends = [one.au for one in free if one.au]
    until = f"jusqu’au {jour(max(ends))}" if len(ends) == len(free) else "aucun prêt annoncé"
    count = f"{len(free)} exemplaires libres" if len(free) > 1 else "libre"
    if known.copies > 1 and len(free) == 1:
        count = "un exemplaire libre"
    return Lien(owner.texte, owner.url, capital(f"{count}, {until}"))


def strip_of(inputs: EntryInputs, kit: Kit) -> Frise | None:
    """Six months of loans and of free weeks; ``None`` when no loan would show."""
    known = _loans(inputs, kit)
    first = known.state.debut if known else None
    if known is None or first is None:
        return None
    last = first + timedelta(weeks=WEEKS) - _DAY
    found = tracks(known.loans, known.copies, first, last)
    return Frise(tuple(_months(first, last)), tuple(_track(one, known, first) for one in found))


def _months(first: date, last: date) -> Iterator[Case]:
    """The months of the strip; the year is said with the first and with January."""
    day, said = first, False
    while day <= last:
        after = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        start, end = _column(day, first), _column(min(after, last + _DAY), first)
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
    title = f"Exemplaire {track.exemplaire}" if track.exemplaire else "Exemplaire non précisé"
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
        days = periode(loan.du, loan.au, annee=False) if loan.du == loan.au else _days(loan)
        place = known.town(loan) or known.who(loan).texte
        number = known.numbers.get(span.rang, 0)
        return Case(place, days, start, end - start, known.state_of(span.rang), number)
    present = first + timedelta(weeks=BEFORE)
    weeks = [one for one in range(start, end) if one not in taken]
    if span.au < present or not weeks:
        return None
    return Case("Libre", _free_days(span, first, present), weeks[0], len(weeks), "libre")


def _days(loan: Etape) -> str:
    return f"du {_short(loan.du)} au {_short(loan.au)}"


def _free_days(span: Span, first: date, present: date) -> str:
    """Without the beginning of what began already, nor the end of what the strip cuts."""
    cut = span.au == first + timedelta(weeks=WEEKS) - _DAY
    if span.du < present:
        return "" if cut else f"jusqu’au {_short(span.au)}"
    return f"à partir du {_short(span.du)}" if cut else f"du {_short(span.du)} au {_short(span.au)}"


def _short(day: date) -> str:
    return jour_court(day, semaine=False, annee=False)


def stops_of(inputs: EntryInputs, kit: Kit) -> tuple[tuple[EtapeView, ...], int]:
    """The stops of a tool, in order, and how many more there were before them."""
    known = _loans(inputs, kit)
    if known is None:
        return (), 0
    return tuple(_stop(rank, known) for rank in known.numbers), known.before


def _stop(rank: int, known: _Loans) -> EtapeView:
    loan, who = known.loans[rank], known.who(known.loans[rank])
    copy = f"exemplaire {loan.exemplaire}" if loan.exemplaire and known.copies > 1 else ""
    note = capital(", ".join(filter(None, (who.note, copy))))
    days = capital(periode(loan.du, loan.au))
    return EtapeView(Lien(who.texte, who.url, note), days, known.state_of(rank))
