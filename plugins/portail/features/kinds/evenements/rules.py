"""Rules on events: temps forts, programmes of parents, returns, duplicates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cached_property, partial
from itertools import combinations

from portail.agenda.occurrences import Occurrence, span
from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.geo.names import at_town
from portail.model.collections import Edition, PlaceEntry, YearlyEntry
from portail.model.event import Event
from portail.model.kinds import Kind, place_ref, yearly_ref
from portail.site.draft import Draft
from portail.site.item import lineage, parent_of
from portail.site.rules.references import Words, near, tie, title_words, words_of
from portail.source.store import Loaded
from portail.text.dates import jour, periode
from portail.text.normalise import fold
from portail.text.typography import nombre, plain


def check_highlights(draft: Draft) -> Iterator[Diagnostic]:
    """An event takes place in the edition of its temps fort (A512): the one it names, else that of
    the year when it begins."""
    for loaded, entry in _events(draft):
        ref = yearly_ref(entry.temps_fort or "")
        highlight = None
        if entry.temps_fort:
            highlight = draft.entry(ref)
        if not isinstance(highlight, YearlyEntry) or ref in draft.faulty:
            continue
        year = entry.edition or loaded.occurrences[0].first_day.year
        edition = next(
            (candidate for candidate in highlight.editions if candidate.annee == year), None
        )
        if edition is None or _touches(loaded, edition) is not False:
            continue
        fitting = next(
            (candidate for candidate in highlight.editions if _touches(loaded, candidate)), None
        )
        fix = "l’édition"
        paste = ""
        if fitting:
            paste = f"edition: {fitting.annee}"
            fix = f"l’édition (« {paste} »)"
        yield diagnostic(
            "A512",
            draft.place(loaded, ("temps_fort",)),
            paste=paste,
            temps_fort=plain(highlight.titre),
            edition=edition.annee,
            dates=_dates(edition),
            remede=f"Corrigez la date, ou {fix}, ou retirez « temps_fort ».",
        )


def check_forgotten_highlights(draft: Draft) -> Iterator[Diagnostic]:
    """Advice (C516): an event whose every date falls in an edition that its words name."""
    dated: list[tuple[YearlyEntry, Edition, Words]] = []
    for ref, yearly in draft.items.items():
        highlight = yearly.entry
        if isinstance(highlight, YearlyEntry) and ref not in draft.faulty | draft.hidden:
            names = Words.of(highlight)
            dated += [
                (highlight, edition, names) for edition in highlight.editions if edition.jours
            ]
    if dated:
        for loaded, entry in _events(draft):
            if entry.etat == "annule" or _in_highlight(draft, entry):
                continue
            inside = [row for row in dated if _within(loaded, row[1])]
            words = Words.of(entry) if inside else None
            for highlight, edition, names in inside:
                why = tie(words, names) if words else ""
                if why:
                    slug = highlight.slug
                    yield diagnostic(
                        "C516",
                        draft.place(loaded, ("titre",)),
                        paste=f"temps_fort: {slug}\nedition: {edition.annee}",
                        temps_fort=plain(highlight.titre),
                        edition=edition.annee,
                        dates=_dates(edition),
                        mot=why,
                        slug=slug,
                    )
                    break


def check_steps(draft: Draft) -> Iterator[Diagnostic]:
    """Two events are not the same step of a parcours (A514)."""
    first: dict[tuple[str, int], Loaded] = {}
    for loaded, entry in _events(draft):
        if entry.evenement_parent and entry.etape:
            holder = first.setdefault((entry.evenement_parent, entry.etape), loaded)
            if holder is not loaded:
                place = draft.place(loaded, ("etape",))
                yield diagnostic("A514", place, etape=entry.etape, autre=holder.path)


def check_children(draft: Draft) -> Iterator[Diagnostic]:
    """An event takes place while the one that contains it does (A515)."""
    for loaded, entry in _events(draft):
        ref = parent_of(entry)
        parent = draft.items.get(ref)
        if parent is None or not parent.entry or not parent.occurrences or ref in draft.faulty:
            continue
        first, last = span(parent.occurrences)
        if not any(occurrence.touches(first, last) for occurrence in loaded.occurrences):
            yield diagnostic(
                "A515",
                draft.place(loaded, ("evenement_parent",)),
                parent=plain(parent.entry.titre),
                dates=periode(first, last),
            )


def check_parents(draft: Draft) -> Iterator[Diagnostic]:
    """No event is among its own parents or former editions (E414)."""
    for loaded, entry in draft.entries(Kind.EVENT):
        for key in ("evenement_parent", "edition_precedente"):
            slugs = {entry.slug}
            slug = getattr(entry, key)
            while slug and slug not in slugs:
                slugs.add(slug)
                parent = draft.entry(f"{entry.kind.value}/{slug}")
                slug = getattr(parent, key) if parent else None
            if slug == entry.slug:
                yield diagnostic("E414", draft.place(loaded, (key,)), valeur=entry.slug, cle=key)


def check_returns(draft: Draft) -> Iterator[Diagnostic]:
    """A return comes after the event (E262), not of a cancelled one (E264), within its places
    (A265).
    """
    for loaded, entry in draft.entries(Kind.EVENT):
        retour = entry.retour if isinstance(entry, Event) else None
        if retour is None or not isinstance(entry, Event) or entry.ref in draft.faulty:
            continue
        place = partial(draft.place, loaded)
        last = None
        if loaded.occurrences:
            last = span(loaded.occurrences)[1]
        if last is None or last > draft.day.date:
            when = f"le {jour(last, semaine=False)}" if last else "sa date reste à préciser"
            yield diagnostic("E262", place(("retour",)), quand=when)
        elif entry.etat == "annule" and (retour.visiteurs or retour.seances):
            yield diagnostic("E264", place(("retour",)))
        sessions = retour.seances or len(loaded.occurrences)
        places = (entry.jauge or 0) * sessions
        if places and (retour.visiteurs or 0) > places:
            detail = f"jauge de {nombre(entry.jauge or 0)}, {sessions} séance{'s' * (sessions > 1)}"
            counts = {"visiteurs": nombre(retour.visiteurs or 0), "places": nombre(places)}
            yield diagnostic("A265", place(("retour",)), detail=detail, **counts)


def _events(draft: Draft) -> Iterator[tuple[Loaded, Event]]:
    # Events whose dates can be read.
    for loaded, entry in draft.entries(Kind.EVENT):
        if isinstance(entry, Event) and loaded.occurrences:
            yield loaded, entry


def _dates(edition: Edition) -> str:
    if edition.jours:
        return periode(*edition.jours)
    return ""


def _touches(loaded: Loaded, edition: Edition) -> bool | None:
    bounds = edition.jours
    return bounds and any(occurrence.touches(*bounds) for occurrence in loaded.occurrences)


def _within(loaded: Loaded, edition: Edition) -> bool:
    bounds = edition.jours
    return bounds is not None and all(
        bounds[0] <= occurrence.first_day and occurrence.last_day <= bounds[1]
        for occurrence in loaded.occurrences
    )


def _in_highlight(draft: Draft, entry: Event) -> bool:
    # Whether an event, or one of those that contain it, is part of a temps fort.
    line = lineage(entry, draft.items).values()
    return any(isinstance(event, Event) and event.temps_fort for event in line)


# What is said, folded, of an event that has no place.
_ANYWHERE = frozenset({"partout", "chez vous", "chez soi"})


def check_everywhere(draft: Draft) -> Iterator[Diagnostic]:
    """An address that says « partout » or « chez vous » is no place: its commune lies (A268)."""
    for loaded, entry in _events(draft):
        where = entry.adresse
        words = f" {fold(where.nom or '')} " if where else ""
        if where is None or not any(f" {word} " in words for word in _ANYWHERE):
            continue
        commune = None
        if where.commune:
            commune = draft.geography.by_code(where.commune)
        if commune:
            yield diagnostic(
                "A268",
                draft.place(loaded, ("adresse", "nom")),
                paste="partout: true",
                valeur=where.nom,
                commune=at_town(commune.nom),
            )


# Events that two people may have entered each on their side.


class _Compared:
    """An event as it is compared; its words are read only when its place and hour are another's."""

    def __init__(self, loaded: Loaded, entry: Event, draft: Draft) -> None:
        self.loaded = loaded
        self.entry = entry
        self.lieu = entry.lieu or ""
        self._draft = draft
        lieu = None
        if entry.lieu:
            lieu = draft.entry(place_ref(entry.lieu))
        self._at = lieu if isinstance(lieu, PlaceEntry) else None
        self.commune = entry.adresse.commune if entry.adresse else entry.en_ligne or ""
        if self._at:
            self.commune = self._at.code_commune or self.lieu

    @cached_property
    def adresse(self) -> frozenset[str]:
        address = self.entry.adresse
        return frozenset(
            words_of(plain(self._at.titre) if self._at else (address and address.nom) or "")
        )

    @cached_property
    def mots(self) -> frozenset[str]:
        return title_words(self.entry.titre)

    @property
    def published(self) -> tuple[date, str]:
        return self.entry.publie_le or date.max, str(self.loaded.path)

    def is_like(self, event: _Compared) -> bool:
        # Whether the other is likely the same event, the commune and the day being the same.
        if self.lieu and event.lieu:
            here = self.lieu == event.lieu
        else:
            here = not self.adresse or not event.adresse or bool(self.adresse & event.adresse)
        return here and near(self.mots, event.mots) and not self._tied(event)

    def _tied(self, event: _Compared) -> bool:
        # Whether one contains the other, or both are steps of one parcours, or one translates.
        mine = self.entry
        its = event.entry
        steps = mine.etape and its.etape and mine.evenement_parent == its.evenement_parent
        items = self._draft.items
        contains = its.ref in lineage(mine, items) or mine.ref in lineage(its, items)
        return bool(steps or contains or mine.langue != its.langue)


_APART = timedelta(hours=2)


def check_duplicates(draft: Draft) -> Iterator[Diagnostic]:
    """Near titles within two hours at one place (A513), told once, on the last published."""
    by_place: dict[tuple[str, date], list[tuple[_Compared, Occurrence]]] = defaultdict(list)
    for ref, loaded in draft.items.items():
        if isinstance(loaded.entry, Event) and loaded.occurrences and ref not in draft.faulty:
            compared = _Compared(loaded, loaded.entry, draft)
            for start in loaded.occurrences:
                by_place[compared.commune, start.first_day].append((compared, start))
    pairs: dict[frozenset[str], tuple[_Compared, _Compared, date]] = {}
    for (_, day), together in by_place.items():
        for (left, start), (right, its) in combinations(together, 2):
            if not (start.journee or its.journee or abs(start.debut - its.debut) <= _APART):
                continue
            pair = frozenset((left.entry.slug, right.entry.slug))
            if len(pair) > 1 and pair not in pairs and left.is_like(right):
                pairs[pair] = (left, right, day)
    reported = set[str]()
    for both in pairs.values():
        first, last = sorted(both[:2], key=lambda compared: compared.published)
        if last.entry.slug in reported:  # ten copies are ten lines, not forty-five
            continue
        reported.add(last.entry.slug)
        yield diagnostic(
            "A513",
            draft.place(last.loaded, ("titre",)),
            titre=plain(first.entry.titre),
            autre=first.loaded.path,
            jour=jour(both[2]),
        )


RULES: tuple[Callable[[Draft], Iterator[Diagnostic]], ...] = (
    check_parents,
    check_highlights,
    check_returns,
    check_duplicates,
    check_everywhere,
    check_steps,
    check_children,
    check_forgotten_highlights,
)


def check(draft: Draft) -> Iterator[Diagnostic]:
    for rule in RULES:
        yield from rule(draft)
