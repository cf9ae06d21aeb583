"""What pages share: settings, periods of the agenda, links to feeds, how to subscribe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from portail.agenda.programme import RendezVous
from portail.config import SiteConfig
from portail.facts.base import Fact, Value, unlinked
from portail.facts.when import STATES
from portail.geo.territories import Geography
from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.registry import SIGNING, references_of
from portail.model.vocabulary import Vocabularies
from portail.outputs.pages.maps.atlas import Atlas
from portail.outputs.pages.slots import PROPOSE
from portail.outputs.pages.views.shared import Etiquette, Fait, Lien
from portail.resources import rows
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.typography import signed, unmarked

_WORDS_A_MINUTE = 220
PARTS: Mapping[str, Any] = rows("parties")
"""Parts of pages: their titles, and what each holds."""
WORDS: Mapping[str, Mapping[str, str]] = rows("mots")
"""Sentences of pages, by what they tell of."""


class PageContext(Struct, frozen=True):
    """Settings, controlled lists, geography and its maps: in every page's fingerprint."""

    config: SiteConfig
    vocabularies: Vocabularies
    geography: Geography
    atlas: Atlas

    def label(self, liste: str, code: str | None) -> str:
        """French label of a code, or the code itself when the list lacks it."""
        return self.vocabularies.label(liste, code)


@per_site
def context_of(site: Site) -> PageContext:
    """The context of a site."""
    return PageContext(site.config, site.vocabularies, site.geography, Atlas(site.geography))


def contribution(site: Site, kind: Kind | None = None, text: str = "") -> tuple[Lien, ...]:
    """The link to where contents, or those of a kind that the portal has, are proposed."""
    if kind and kind.value in site.config.sans:
        return ()
    noun = kind.info.un if kind else "un contenu"
    address = PROPOSE.ask(site, kind)
    return (Lien(text or f"Proposer {noun}", address),) if address else ()


def state_labels(etat: str) -> tuple[Etiquette, ...]:
    """The label of an event's or a séance's state; none when it goes as planned."""
    return (Etiquette(STATES[etat], etat, True),) if etat in STATES else ()


def resolved_values(entry: Entry, key: str, links: Mapping[str, Lien]) -> tuple[Value, ...]:
    """The same, as values of a fact."""
    return tuple(Value(link.texte, link.url) for link in resolve_names(entry, key, links))


def faits(facts: Iterable[Fact]) -> tuple[Fait, ...]:
    """Rows of a box or of a table, without those that have no value."""
    stated = (fact for fact in facts if fact.values)
    return tuple(Fait(fact.label, tuple(Lien(*value) for value in fact.values)) for fact in stated)


def day_labels(meeting: RendezVous, day: date) -> tuple[Etiquette, ...]:
    """The label of what is on one day: its state, its new date where it was first announced."""
    if not meeting.reporte_au:
        return state_labels(meeting.etat)
    new = jour(meeting.reporte_au, semaine=False, annee=meeting.reporte_au.year != day.year)
    return (Etiquette(f"Reporté au {new}", "reporte", True),)


def resolve_names(entry: Entry, key: str, links: Mapping[str, Lien]) -> tuple[Lien, ...]:
    """Links to what a reference field of ``entry`` names; a plain name stays text."""
    mentions = (mention for mention in references_of(entry, key) if len(mention.loc) <= 2)
    pairs = ((mention, mention.named(links)) for mention in mentions)
    shown = (links[ref] if ref else Lien(unlinked(mention)) for mention, ref in pairs)
    return tuple(signatures(shown)) if key in SIGNING else tuple(shown)


def signatures(links: Iterable[Lien]) -> Iterator[Lien]:
    """Links to who signs, whose examples say it after their names; so does, in the note, the
    structure of an author who is none."""
    for link in links:
        name = signed(link.texte)
        note = signed(link.note) if name == link.texte else unmarked(link.note)
        yield replace(link, texte=name, note=note)


def minutes_of(words: int) -> int:
    """Minutes that reading so many words takes, one at least."""
    return max(1, round(words / _WORDS_A_MINUTE))


def reading_time(item: Item) -> str:
    """« 4 min »: how long reading a content takes."""
    return f"{minutes_of(item.facts.words)}\u00a0min"
