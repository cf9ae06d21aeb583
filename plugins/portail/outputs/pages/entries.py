"""The page of one content: from its inputs to its view."""

from __future__ import annotations

from portail.agenda.occurrences import Occurrence
from portail.body.players import frame_origins
from portail.body.resolve import ImageTarget, resolve
from portail.config import SiteConfig
from portail.forge import file_url
from portail.model.annonce import Annonce
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.kit import (
    Kit,
    capital,
    former_start,
    moment_text,
    occurrence_phrase,
    resolve_names,
    state_labels,
)
from portail.outputs.pages.machine import entry_machine
from portail.outputs.pages.practical import practical_facts
from portail.outputs.pages.reading import reading_of
from portail.outputs.pages.tables import entry_tables
from portail.outputs.pages.views import (
    EntryView,
    Etiquette,
    Feuille,
    Frame,
    Lien,
    SeanceView,
)
from portail.site.urls import HOME, listing_of, theme_of
from portail.source.store import Store
from portail.text.html import SafeHtml
from portail.text.inline import plain

__all__ = ["entry_view"]

_WORDS_A_MINUTE = 220
_PEOPLE = Kind.AUTEUR.info.listing


def entry_view(inputs: EntryInputs, frame: Frame, kit: Kit, bodies: Store) -> EntryView:
    """The view of one content, from nothing but its inputs and what every page shares."""
    item, card = inputs.item, inputs.card
    entry, signature = item.entry, _signature(item.entry, inputs)
    body = _body(inputs, kit.config, bodies)
    return EntryView(
        cadre=frame,
        titre=plain(entry.titre),
        description=plain(entry.resume or item.facts.excerpt),
        url=card.url,
        fil=_trail(entry.kind),
        rubrique=listing_of(entry.kind),
        noindex=entry.brouillon,
        entry=entry,
        kind=entry.kind.value,
        surtitre=card.surtitre,
        theme=card.theme,
        themes=tuple(Lien(kit.label("themes", code), theme_of(code)) for code in entry.themes),
        territoires=tuple(Lien(name, url) for name, url in inputs.territoires),
        signature=signature,
        publie=entry.publie_le,
        modifie=entry.modifie,
        minutes=max(1, round(item.facts.words / _WORDS_A_MINUTE)),
        etiquettes=_labels(inputs),
        image=card.image,
        empreinte=card.empreinte,
        corps=body,
        origines=frame_origins(body),
        sommaire=item.facts.toc,
        faits=practical_facts(inputs, kit),
        boutons=_buttons(inputs),
        feuille=card.feuille,
        seances=_seances(inputs),
        tableaux=entry_tables(inputs, kit),
        blocs=inputs.blocs,
        licence=_licence(entry, kit),
        fichier_url=_forge(inputs, kit.config),
        message=_message(inputs),
        carte=inputs.carte,
        machine=entry_machine(inputs, kit),
        lecture=reading_of(inputs, signature, kit.config),
    )


def _trail(kind: Kind) -> tuple[Lien, ...]:
    home, info = Lien("Accueil", HOME), kind.info
    return (home, Lien(info.rubrique, info.listing)) if info.listing else (home,)


def _signature(entry: Entry, inputs: EntryInputs) -> tuple[Lien, ...]:
    if entry.kind in (Kind.LIEU, Kind.TERRITOIRE, Kind.AUTEUR, Kind.PAGE, Kind.TEMPS_FORT):
        return ()
    people = {one.url: one for one in inputs.auteurs if one.url.startswith(_PEOPLE)}
    found = resolve_names(entry, "auteurs", inputs.links)
    return tuple(people.get(one.url, one) for one in found)


def _labels(inputs: EntryInputs) -> tuple[Etiquette, ...]:
    """Those of the card; on the event's own page, the event's own state rather than a séance's."""
    entry = inputs.item.entry
    if not isinstance(entry, Event):
        return inputs.card.etiquettes
    informing = tuple(label for label in inputs.card.etiquettes if not label.forte)
    return (*state_labels(entry.etat), *informing)


def _body(inputs: EntryInputs, config: SiteConfig, bodies: Store) -> SafeHtml:
    item = inputs.item
    html = bodies.body(item.digest).html
    links: dict[str, str] = {
        name: url if url.startswith("#") else config.base + url for name, url in item.links.items()
    }
    images: dict[str, ImageTarget] = {}
    for name, media in inputs.medias.items():
        url = config.base + media.url
        links[name] = url
        if media.pixels:
            images[name] = ImageTarget(url, *media.pixels)
    return SafeHtml(resolve(html, links, images))


def _buttons(inputs: EntryInputs) -> tuple[Lien, ...]:
    """Booking, for an event that can still be attended; a full one has a waiting list."""
    item, entry = inputs.item, inputs.item.entry
    if not isinstance(entry, Event) or entry.inscription is None or not entry.inscription.url:
        return ()
    shown = item.montree
    if item.passe or shown is None or {entry.etat, shown.etat} & {"annule", "reporte"}:
        return ()
    full = "complet" in (entry.etat, shown.etat)
    return (Lien("Liste d’attente" if full else "Réserver", entry.inscription.url),)


def _seances(inputs: EntryInputs) -> tuple[SeanceView, ...]:
    entry, past = inputs.item.entry, inputs.item.passees
    if not isinstance(entry, Event):
        return ()
    return tuple(
        _seance(one, entry, rank < past) for rank, one in enumerate(inputs.item.occurrences)
    )


def _seance(one: Occurrence, entry: Event, over: bool) -> SeanceView:
    written = entry.seances[one.source] if one.source is not None else None
    leaf = Feuille(one.premier_jour, one.etat if one.etat in ("annule", "reporte") else "")
    end = one.fin or one.debut
    if one.journee:
        bounds = one.premier_jour.isoformat(), one.dernier_jour.isoformat()
    else:
        bounds = one.debut.isoformat(), end.isoformat() if one.fin else ""
    labels = state_labels(one.etat) if one.etat != entry.etat or len(entry.seances) > 1 else ()
    moved = former_start(written, one.etat) if written else None
    notes = (
        written.note if written else None,
        f"d’abord annoncée le {moment_text(moved)}" if moved else None,
    )
    note = capital(", ".join(filter(None, notes)))
    return SeanceView(leaf, occurrence_phrase(one), *bounds, labels, over, note)


def _licence(entry: Entry, kit: Kit) -> Lien:
    term = kit.vocabularies["licences"].get(entry.licence)
    if term is None:
        return Lien(entry.licence)
    return Lien(term.label, str(term.extra.get("uri", "")))


def _forge(inputs: EntryInputs, config: SiteConfig) -> str:
    if not config.depot:
        return ""
    return file_url(config.depot, config.branche, str(inputs.item.entry.source))


_STATES = {
    "annule": "Cet événement est annulé.",
    "reporte": "Cet événement est reporté.",
    "reprogramme": "Cet événement a changé de date.",
    "deplace-en-ligne": "Cet événement aura lieu en ligne.",
}


def _message(inputs: EntryInputs) -> str:
    """What changes everything, in one sentence; or nothing."""
    item, entry = inputs.item, inputs.item.entry
    if isinstance(entry, Annonce):
        return "Cette annonce est terminée." if item.passe else ""
    if not isinstance(entry, Event):
        return ""
    if item.passe and entry.etat != "annule":
        return "Cet événement est passé."
    return _STATES.get(entry.etat, "")
