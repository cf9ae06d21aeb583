"""One content as a line of the letter: what it is, its summary, when and where, its state."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from portail.agenda.weeks import Week
from portail.facts.base import sort
from portail.facts.channels import added
from portail.facts.price import booking_deadline
from portail.model.articles import ArticleEntry
from portail.model.entry import REDACTION
from portail.model.event import Event
from portail.outputs.pages.cards import below_title
from portail.outputs.pages.slots import EASY_TEXT, WEEKLY_DETAILS
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.excerpts import excerpt, sentences
from portail.text.typography import capital, nombre, plain, typeset

from .days import leaves
from .issue import Line, SectionKey
from .picks import Pick
from .words import WORDS

# Characters of what leads, at most.
_LEAD = 180
# Characters of what « À savoir » says of a content, at most.
_SUMMARY = 120
# Genres that say what an article is, rather than what it is about.
_FORMS = frozenset({"entretien", "portrait", "temoignage", "video", "podcast", "carnet-de-bord"})


@per_site
def lines_of(site: Site, week: Week) -> Lines:
    return Lines(site, week)


class Lines:
    """Makes lines for the letter of ``week``: hours are counted from its sending."""

    def __init__(self, site: Site, week: Week) -> None:
        self.site = site
        self.week = week
        self.day: date = week.thursday
        self.since: datetime = leaves(self.day)

    def line(self, pick: Pick, *, leads: bool = False) -> Line:
        """The line of a content: what leads is told at length, what is new is summed up, what is
        on says when first."""
        item = self.site.items[pick.ref]
        entry = item.entry
        every = self._details(item, pick.section)
        parts = [part for part in every if part and part != f"Par {REDACTION}"]
        until = booking_deadline(entry, self.day) if isinstance(entry, Event) else ""
        label = until if pick.motive == "reservation" else ""
        if pick.section == "savoir":
            parts.insert(0, typeset(self._nature(item)))
        elif pick.section != "encore" and not label and parts:
            label = parts.pop(0)
        if until and not label.startswith("Inscription"):
            parts.append(until)
        if pick.rendez_vous:
            parts.append(WORDS["rendez_vous"].format(nombre=nombre(pick.rendez_vous)))
        room = _LEAD if leads else _SUMMARY if pick.section == "savoir" else 0
        on = (pick.start.date(),)
        facts = (
            ()
            if pick.section == "encore"
            else (
                fact.on(on) if pick.section == "faire" else fact.brief
                for fact in added(self.site, "lettre", item)
            )
        )
        return Line(
            ref=item.ref,
            url=item.url,
            titre=entry.titre,
            texte=_whole(summary(item), room) if room else "",
            details=typeset(" · ".join(filter(None, below_title(entry, (*parts, *facts))))),
            etiquette=typeset(label),
            facile=EASY_TEXT.ask(self.site, item),
            raison=pick.reason,
        )

    def _details(self, item: Item, section: SectionKey) -> Iterable[str]:
        details = WEEKLY_DETAILS.of(self.site.features, item.entry.kind)
        if section == "encore":
            return (item.town,)
        if details:
            return details(item, self, section)
        return ()

    def _nature(self, item: Item) -> str:
        # What a content is: « Spectacle », « Malle pédagogique », « Entretien », « Dossier ».
        entry = item.entry
        silent = not entry.kind.info.sort_says or (
            isinstance(entry, ArticleEntry) and entry.genre not in _FORMS
        )
        genre = "" if silent else sort(item, self.site).short
        return capital(genre or entry.kind.info.nom)


def _whole(text: str, room: int) -> str:
    # As many sentences as there is room for, one at least.
    told, *others = sentences(text) or [""]
    for sentence in others:
        if len(told) + len(sentence) >= room:
            break
        told = f"{told} {sentence}"
    return told


def summary(item: Item) -> str:
    """The summary of a content, else the beginning of its text; plain text with the signs of
    French."""
    resume = typeset(plain(item.entry.resume or ""))
    return resume or excerpt(typeset(item.facts.excerpt), _LEAD)
