"""What every view may use besides its inputs: settings and tables that change every page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from portail.agenda.programme import RendezVous
from portail.config import SiteConfig
from portail.facts.base import Fact, Value, unlinked
from portail.facts.when import STATES
from portail.geo.territories import Geography
from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.registry import references_of
from portail.model.vocabulary import Vocabularies
from portail.outputs.pages.maps import Atlas
from portail.outputs.pages.views.shared import Etiquette, Fait, Lien
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import CONTRIBUTE, form_of
from portail.text.dates import jour


@dataclass(frozen=True, slots=True)
class Kit:
    """Settings, day, controlled lists, geography and the maps made of it: part of every page's
    fingerprint."""

    config: SiteConfig
    vocabularies: Vocabularies
    geography: Geography
    atlas: Atlas

    def label(self, liste: str, code: str | None, *, plural: bool = False) -> str:
        """French label of a code, or the code itself when the list lacks it."""
        return self.vocabularies.label(liste, code, plural=plural)

    def labels(self, liste: str, codes: Iterable[str]) -> str:
        """Labels of several codes, separated by commas, with a capital."""
        return self.vocabularies.labels(liste, codes)


@per_site
def kit_of(site: Site) -> Kit:
    """The kit of a site."""
    atlas = Atlas(site.geography, site.vocabularies)
    return Kit(site.config, site.vocabularies, site.geography, atlas)


def contribution(text: str, kind: Kind | None = None) -> tuple[Lien, ...]:
    """The link to where contents are proposed, or those of a kind."""
    return (Lien(text, form_of(kind) if kind else CONTRIBUTE),)


def state_labels(etat: str) -> tuple[Etiquette, ...]:
    """The label of an event's or a séance's state; none when it goes as planned."""
    return (Etiquette(STATES[etat], etat, True),) if etat in STATES else ()


def resolved_values(entry: Entry, key: str, links: Mapping[str, Lien]) -> tuple[Value, ...]:
    """The same, as values of a fact."""
    return tuple(Value(one.texte, one.url) for one in resolve_names(entry, key, links))


def faits(facts: Iterable[Fact], *, empty: bool = False) -> tuple[Fait, ...]:
    """Rows of a box or of a table; a fact without value is left out, but where ``empty`` rows are
    shown."""
    return tuple(
        Fait(one.label, tuple(Lien(*value) for value in one.values))
        for one in facts
        if one.values or empty
    )


def day_labels(one: RendezVous, day: date) -> tuple[Etiquette, ...]:
    """The label of what is on one day: its state, its new date where it was first announced."""
    if not one.reporte_au:
        return state_labels(one.etat)
    new = jour(one.reporte_au, semaine=False, annee=one.reporte_au.year != day.year)
    return (Etiquette(f"Reporté au {new}", "reporte", True),)


def resolve_names(entry: Entry, key: str, links: Mapping[str, Lien]) -> tuple[Lien, ...]:
    """Links to what a reference field of ``entry`` names; a plain name stays text."""
    mentions = (one for one in references_of(entry) if one.loc[0] == key and len(one.loc) <= 2)
    found = ((one, one.named(links)) for one in mentions)
    return tuple(links[ref] if ref else Lien(unlinked(one)) for one, ref in found)
