"""What every view may use besides its inputs: settings and tables that change every page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from portail.agenda.occurrences import Occurrence
from portail.agenda.programme import RendezVous
from portail.agenda.upcoming import undated
from portail.config import SiteConfig
from portail.geo.territories import Commune, Geography
from portail.model.entry import RETIRE, Entry
from portail.model.event import Event, Seance
from portail.model.kinds import Kind
from portail.model.moment import Moment
from portail.model.registry import Mention, references_of
from portail.model.vocabulary import Vocabularies
from portail.outputs.pages.maps import Atlas
from portail.outputs.pages.views.shared import Etiquette, Lien
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import CONTRIBUTE, form_of
from portail.text.dates import heure, jour, moment_phrase, periode
from portail.text.slugs import is_slug

__all__ = [
    "Kit",
    "capital",
    "contribution",
    "day_hours",
    "day_labels",
    "day_of",
    "former_start",
    "kit_of",
    "moment_text",
    "occurrence_phrase",
    "resolve_names",
    "state_labels",
    "undated",
    "unlinked",
]

_STATES = {
    "annule": "Annulé",
    "reporte": "Reporté",
    "reprogramme": "Reprogrammé",
    "deplace-en-ligne": "Déplacé en ligne",
    "complet": "Complet",
}


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
        term = self.vocabularies[liste].get(code or "")
        if term is None:
            return code or ""
        return term.pluriel if plural else term.label

    def short(self, liste: str, code: str | None) -> str:
        """Short name of a code, where its list has one: « CC BY 4.0 »."""
        term = self.vocabularies[liste].get(code or "")
        return str(term.extra.get("court", term.label)) if term else code or ""

    def labels(self, liste: str, codes: Iterable[str]) -> str:
        """Labels of several codes, separated by commas, with a capital."""
        return capital(", ".join(self.label(liste, code) for code in codes))

    def place(self, commune: Commune | None) -> str:
        """A commune with its département's number: « Wizernes (62) »."""
        return f"{commune.nom} ({commune.departement})" if commune else ""


@per_site
def kit_of(site: Site) -> Kit:
    """The kit of a site."""
    atlas = Atlas(site.geography, site.vocabularies)
    return Kit(site.config, site.vocabularies, site.geography, atlas)


def capital(text: str) -> str:
    """``text`` with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def contribution(text: str, kind: Kind | None = None) -> tuple[Lien, ...]:
    """The link to where contents are proposed, or those of a kind."""
    return (Lien(text, form_of(kind) if kind else CONTRIBUTE),)


def state_labels(etat: str) -> tuple[Etiquette, ...]:
    """The label of an event's or a séance's state; none when it goes as planned."""
    return (Etiquette(_STATES[etat], etat, True),) if etat in _STATES else ()


def day_labels(one: RendezVous, day: date) -> tuple[Etiquette, ...]:
    """The label of what is on one day: its state, its new date where it was first announced."""
    if not one.reporte_au:
        return state_labels(one.etat)
    new = jour(one.reporte_au, semaine=False, annee=one.reporte_au.year != day.year)
    return (Etiquette(f"Reporté au {new}", "reporte", True),)


def occurrence_phrase(one: Occurrence) -> str:
    """« Samedi 9 octobre 2021, de 14 h à 16 h », « Du 1er au 11 octobre 2021 »."""
    if not one.journee:
        return capital(moment_phrase(one.debut, one.fin))
    first, last = one.premier_jour, one.dernier_jour
    return capital(jour(first) if first == last else periode(first, last))


def day_hours(occurrences: tuple[Occurrence, ...], day: date) -> str:
    """When an event takes place on ``day``: « 14 h – 16 h », « 10 h, 14 h », « Du 1er au
    3 octobre », « Horaire à confirmer »."""
    one = occurrences[0]
    if len(occurrences) > 1 and not any(each.journee for each in occurrences):
        return ", ".join(dict.fromkeys(heure(each.debut.time()) for each in occurrences))
    if one.journee:
        if one.nombre_de_jours > 1:
            return capital(periode(one.premier_jour, one.dernier_jour, annee=False))
        return "Horaire à confirmer"
    if one.fin is None:
        return heure(one.debut.time())
    if one.premier_jour < day:
        return f"Jusqu’à {heure(one.fin.time())}"
    return f"{heure(one.debut.time())} – {heure(one.fin.time())}"


def former_start(one: Event | Seance, etat: str) -> Moment | None:
    """When it was first announced for, if it has moved and says a date of its own since."""
    moved = etat in ("reporte", "reprogramme") and one.ancien_debut != one.debut
    return one.ancien_debut if moved else None


def moment_text(moment: Moment) -> str:
    """« 7 octobre 2021 », « 7 octobre 2021 à 12 h »."""
    text = jour(moment.jour, semaine=False)
    return f"{text} à {heure(moment.heure)}" if moment.heure else text


def resolve_names(entry: Entry, key: str, links: Mapping[str, Lien]) -> tuple[Lien, ...]:
    """Links to what a reference field of ``entry`` names; a plain name stays text."""
    mentions = (one for one in references_of(entry) if one.loc[0] == key and len(one.loc) <= 2)
    found = ((one, one.named(links)) for one in mentions)
    return tuple(links[ref] if ref else Lien(unlinked(one)) for one, ref in found)


def unlinked(mention: Mention) -> str:
    """What a page says of a name that leads to nothing: the name, or that a person left."""
    gone = mention.reference.code == RETIRE and is_slug(mention.value)
    return "Contributeur retiré" if gone else mention.value


def day_of(value: date | None) -> str:
    """A day in French, without its week day; empty when there is none."""
    return jour(value, semaine=False) if value else ""
