"""One content as a line of the letter: what it is, its summary, when and where, its state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from portail.agenda.occurrences import Occurrence
from portail.agenda.weeks import Week
from portail.facts.base import in_words, names, sort
from portail.facts.channels import added
from portail.facts.price import booking_deadline
from portail.facts.when import STATES, period_from, shown_from, shown_with_room, to_come
from portail.model.articles import AnnouncementEntry, ArticleEntry
from portail.model.event import Event
from portail.model.place import PlaceEntry
from portail.model.resource import ResourceEntry
from portail.outputs.pages.cards import below_title
from portail.outputs.pages.slots import EASY_TEXT, WEEKLY_DETAILS
from portail.outputs.pages.weekly_details import departement_too
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.dates import heure, jour
from portail.text.excerpts import excerpt
from portail.text.typography import capital, nombre, plain, small, typeset

from .issue import Line, SectionKey
from .picks import Pick
from .text import WORDS

_ROOM = 300
"""Characters of a text that stands for the summary of a content that has none, at most."""


def summary(item: Item) -> str:
    """The summary of a content, else the beginning of its text; plain text with the signs of
    French. A sentence of the text is never put after a summary: it was not written to follow it."""
    resume = typeset(plain(item.entry.resume or ""))
    return resume or excerpt(typeset(item.facts.excerpt), _ROOM)


_FORMS = frozenset({"entretien", "portrait", "temoignage", "video", "podcast", "carnet-de-bord"})
"""Genres that say what an article is, rather than what it is about."""
_SUMMARISED: frozenset[SectionKey] = frozenset({"une", "relire"})
"""Sections that tell the summary of their contents."""
_REASON = 160
"""Characters of what a line says of a place, of a tool or of a temps fort, at most."""
_COLOUR = "ardoise"
_OTHER = "autre"
"""The type of a lieu that says nothing of it."""


@per_site
def lines_of(site: Site, week: Week) -> Lines:
    """The lines of the letter of a week, each made once for all editions."""
    return Lines(site, week)


class Lines:
    """Makes lines for the letter of ``week``: days are counted from its Thursday."""

    def __init__(self, site: Site, week: Week) -> None:
        self.site = site
        self.week = week
        self.day = week.thursday
        self._known: dict[tuple[SectionKey, Pick], Line] = {}

    def line(self, section: SectionKey, pick: Pick) -> Line:
        """The line of a content in a section."""
        line = self._known.get((section, pick))
        if line is None:
            line = self._known[section, pick] = self._line(section, pick)
        return line

    def _line(self, section: SectionKey, pick: Pick) -> Line:
        item = self.site.items[pick.ref]
        entry = item.entry
        details = WEEKLY_DETAILS.of(self.site.features, entry.kind)
        theme = "".join(entry.themes[:1])
        parts = details(item, self, section) if details else ()
        if section == "nouveautes":
            parts = _catalogue(item, self)
        facts = tuple(added(self.site, "lettre", item))
        dated = item.occurrences if any(fact.days for fact in facts) else ()
        days = {day for session in dated for day in session.days()}
        day = pick.day if pick.day in days else None
        more = (fact.on((day,)) if day else fact.brief for fact in facts)
        at_length = section in _SUMMARISED and pick.motive != "temps-fort"
        return Line(
            ref=item.ref,
            url=item.url,
            titre=entry.titre,
            nature=typeset(self.nature(item)),
            couleur=self.site.vocabularies.detail("themes", theme, "teinte", _COLOUR),
            texte=self._text(item, section, at_length=at_length),
            details=typeset(" · ".join(filter(None, below_title(entry, (*parts, *more))))),
            jour=None if at_length else self._leaf(item, pick),
            etiquette=self._label(item, pick, section),
            facile=EASY_TEXT.ask(self.site, item),
            raison=pick.reason,
        )

    def reminder(self, pick: Pick) -> Line:
        """The line of a temps fort that goes on: its name, and until when."""
        item = self.site.items[pick.ref]
        until = period_from(date.min, pick.day, self.day, year=False) if pick.day else ""
        return Line(
            ref=item.ref,
            url=item.url,
            titre=item.entry.titre,
            details=until,
            facile=EASY_TEXT.ask(self.site, item),
            raison=pick.reason,
        )

    def _text(self, item: Item, section: SectionKey, *, at_length: bool) -> str:
        """What a line says of a content: its summary, or its first words where lines are short and
        its name alone gives no reason to go and see."""
        if at_length:
            return summary(item)
        short = section == "nouveautes" or section in _SUMMARISED
        return excerpt(summary(item), _REASON) if short else ""

    def nature(self, item: Item) -> str:
        """What a content is: « Spectacle », « Malle pédagogique », « Entretien », « Dossier »."""
        entry = item.entry
        silent = not entry.kind.info.sort_says or (
            isinstance(entry, ArticleEntry) and entry.genre not in _FORMS
        )
        genre = "" if silent else sort(item, self.site).short
        return capital(genre or entry.kind.info.nom)

    def names(self, item: Item, key: str) -> str:
        """« A, B et C »: what a field of references names."""
        return in_words([name.text for name in names(item, self.site, key)])

    def _leaf(self, item: Item, pick: Pick) -> date | None:
        entry = item.entry
        if pick.day or not isinstance(entry, Event | AnnouncementEntry | ResourceEntry):
            return pick.day
        if not isinstance(entry, Event):
            return entry.limite
        shown = shown_with_room(item, self.day)
        return max(shown.first_day, self.day) if shown and shown.is_to_come(self.day) else None

    def _label(self, item: Item, pick: Pick, section: SectionKey) -> str:
        entry = item.entry
        if isinstance(entry, AnnouncementEntry | ResourceEntry):
            return _left(entry.limite, self.day)
        if not isinstance(entry, Event):
            return ""
        first, last = self.week.week_end if section == "week-end" else (self.day, date.max)
        live = [occurrence for occurrence in to_come(item, first) if occurrence.first_day <= last]
        shown = live[0] if live else shown_from(item, self.day)
        state = STATES.get(shown.etat if shown else entry.etat, "")
        until = booking_deadline(entry, self.day) if pick.motive == "reservation" else ""
        there = _room_left(live, self.day)
        if there:  # the date that is full is not the one that the line tells
            return until or there
        return state or until or ("En ligne" if entry.mode == "en-ligne" else "")


def _room_left(live: Sequence[Occurrence], day: date) -> str:
    """« Des places le 9 octobre à 14 h », when the next of several dates is full and another one
    is not; « dès le » when several are not."""
    room = [occurrence for occurrence in live if occurrence.etat != "complet"]
    if not room or room[0] == live[0]:
        return ""
    first = room[0]
    when = jour(first.first_day, semaine=False, annee=first.first_day.year != day.year)
    hour = "" if first.journee or first.is_night else f" à {heure(first.debut.time())}"
    return f"Des places {'dès ' * (len(room) > 1)}le {when}{hour}"


def _left(end: date | None, day: date) -> str:
    """How long is left on the Thursday of the letter: « Plus que 3 jours »."""
    days = (end - day).days if end else -1
    if days < 0 or days > 10:
        return ""
    if days < 2:
        return "Dernier jour" if days == 0 else WORDS["numero"]["un_jour"]
    return f"Plus que {nombre(days)}\u00a0jours"


def _catalogue(item: Item, lines: Lines) -> Iterator[str]:
    """« Amiens (Somme) · musée », « Exposition, 11 panneaux · Musée d’exemple »."""
    entry = item.entry
    nature = lines.nature(item)
    if isinstance(entry, ResourceEntry):
        panels = entry.pret.panneaux if entry.pret else None
        yield f"{nature}, {panels}\u00a0panneau{'x' * (panels > 1)}" if panels else nature
        yield lines.names(item, "proprietaire")
    elif isinstance(entry, PlaceEntry):
        yield from departement_too(item, lines.site)
        if entry.type != _OTHER or not item.commune:
            yield small(nature) if item.commune else nature
    else:
        yield nature
