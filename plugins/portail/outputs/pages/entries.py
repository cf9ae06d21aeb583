"""The page of one content: from its inputs to its view."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from portail.body.players import frame_origins
from portail.config import SiteConfig
from portail.facts.base import licence
from portail.forge import file_url
from portail.model.annonce import Annonce
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.ressource import Ressource
from portail.model.temps_fort import TempsFort
from portail.model.territoire import Territoire
from portail.outputs.pages.annonce import annonce_after, annonce_buttons, annonce_message
from portail.outputs.pages.bodies import body_of
from portail.outputs.pages.collectifs import collectif_buttons, nothing_yet
from portail.outputs.pages.event_box import event_context, event_programmes, event_rank
from portail.outputs.pages.event_dates import event_dates, event_period, shown_date
from portail.outputs.pages.event_state import (
    calendar_buttons,
    event_after,
    event_buttons,
    event_labels,
    event_message,
)
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.kit import (
    Kit,
    kit_of,
    resolve_names,
)
from portail.outputs.pages.layout import layout_of
from portail.outputs.pages.lieux import lieu_buttons, lieu_view
from portail.outputs.pages.machine import entry_machine
from portail.outputs.pages.practical import practical_facts
from portail.outputs.pages.reading import minutes_of, reading_of
from portail.outputs.pages.ressources import (
    ressource_buttons,
    ressource_message,
    ressource_view,
)
from portail.outputs.pages.tables import entry_tables
from portail.outputs.pages.temps_fort import (
    editions_grid,
    no_programme,
    temps_fort_buttons,
    years_list,
)
from portail.outputs.pages.territoires import territoire_view
from portail.outputs.pages.views.entry import EntryView
from portail.outputs.pages.views.shared import Lien, Message
from portail.site.calendars import single_of
from portail.site.site import Site
from portail.site.urls import CATALOGUE, HOME, listing_of, theme_of
from portail.text.inline import plain

__all__ = ["entry_view"]

_PEOPLE = Kind.AUTEUR.info.listing


def entry_view(inputs: EntryInputs, site: Site) -> EntryView:
    """The view of one content, from nothing but its inputs and what every page shares."""
    item, card, kit = inputs.item, inputs.card, kit_of(site)
    entry, signature = item.entry, _signature(item.entry, inputs)
    body = body_of(inputs, kit.config.base, site.bodies)
    view = EntryView(
        cadre=frame_of(site),
        titre=plain(entry.titre),
        description=plain(entry.resume or item.facts.excerpt),
        url=card.url,
        fil=_trail(entry),
        rubrique=listing_of(entry.kind),
        noindex=entry.brouillon,
        entry=entry,
        kind=entry.kind.value,
        surtitre=card.surtitre,
        theme=card.theme,
        themes=tuple(Lien(kit.label("themes", code), theme_of(code)) for code in entry.themes),
        territoires=tuple(Lien(name, url) for name, url in inputs.where.territoires),
        signature=signature,
        publie=entry.publie_le,
        modifie=entry.modifie,
        minutes=minutes_of(item.facts.words),
        image=card.image,
        empreinte=card.empreinte,
        corps=body,
        origines=frame_origins(body),
        sommaire=item.facts.toc,
        faits=practical_facts(inputs, site),
        feuille=card.feuille,
        vide=no_programme(inputs) or nothing_yet(inputs),
        tableaux=entry_tables(inputs, site),
        blocs=inputs.related.blocs,
        licence=Lien(*licence(entry.licence, site.vocabularies)),
        fichier_url=_forge(inputs, kit.config),
        machine=entry_machine(inputs, site),
        lecture=reading_of(inputs, signature, kit.config),
        **_state(inputs, site),
    )
    return _own(view, inputs, site)


def _own(view: EntryView, inputs: EntryInputs, site: Site) -> EntryView:
    """The view with what only its kind shows."""
    kit = kit_of(site)
    match inputs.item.entry:
        case Lieu():
            lieu = lieu_view(inputs, site)
            return replace(view, lieu=lieu, disposition=layout_of(inputs, view))
        case Ressource():
            outil = ressource_view(inputs, kit)
            return replace(view, outil=outil, disposition=layout_of(inputs, view))
        case Territoire() as entry if inputs.territoire:
            territoire, carte = territoire_view(entry, inputs.territoire, kit)
            return replace(view, territoire=territoire, carte=carte)
        case TempsFort() as entry:
            return replace(view, grille=editions_grid(entry), editions=years_list(inputs))
    return view


def _state(inputs: EntryInputs, site: Site) -> dict[str, Any]:
    """The fields that say when and where it takes place, who takes part, how it stands."""
    item, card, kit = inputs.item, inputs.card, kit_of(site)
    event = isinstance(item.entry, Event)
    return {
        "carte": kit.atlas.place_map(inputs.where.position, plain(item.entry.titre), card.theme),
        "acteurs": inputs.who.acteurs,
        "etiquettes": event_labels(inputs) if event else card.etiquettes,
        "message": _message(inputs, kit),
        "calendrier": inputs.calendrier,
        "embarquer": inputs.embarquer,
        "flux": inputs.flux,
        "apres": _after(inputs),
        "fin": card.fin,
        "suite": card.suite,
        "boutons": _buttons(inputs, site),
        "dates": event_dates(inputs),
        "ics": single_of(item) if event else "",
        "quand": shown_date(inputs),
        "periode": event_period(inputs),
        "contexte": event_context(inputs),
        "programmes": event_programmes(inputs, kit),
        "fratrie": event_rank(inputs),
        "autour": inputs.related.autour.bloc,
    }


def _buttons(inputs: EntryInputs, site: Site) -> tuple[Lien, ...]:
    """What one does first: book an event, answer a call, reach a place, borrow a tool."""
    entry = inputs.item.entry
    if isinstance(entry, Event):
        return (*event_buttons(inputs), *calendar_buttons(inputs))
    if isinstance(entry, Annonce):
        return annonce_buttons(inputs, site)
    if isinstance(entry, Ressource):
        return ressource_buttons(inputs)
    if isinstance(entry, TempsFort):
        return temps_fort_buttons(inputs)
    return lieu_buttons(entry) if isinstance(entry, Lieu) else collectif_buttons(entry)


def _trail(entry: Entry) -> tuple[Lien, ...]:
    """What it stands in: its list; of a tool, the catalogue."""
    home, info = Lien("Accueil", HOME), entry.kind.info
    if isinstance(entry, Ressource) and entry.itinerante:
        return home, Lien("Catalogue", CATALOGUE)
    return (home, Lien(info.rubrique, info.listing)) if info.listing else (home,)


def _signature(entry: Entry, inputs: EntryInputs) -> tuple[Lien, ...]:
    if entry.kind in (Kind.LIEU, Kind.TERRITOIRE, Kind.AUTEUR, Kind.PAGE, Kind.TEMPS_FORT):
        return ()
    people = {one.url: one for one in inputs.who.auteurs if one.url.startswith(_PEOPLE)}
    found = resolve_names(entry, "auteurs", inputs.links)
    return tuple(people.get(one.url, one) for one in found)


def _forge(inputs: EntryInputs, config: SiteConfig) -> str:
    entry = inputs.item.entry
    if not config.depot or entry.sans_fichier:
        return ""
    return file_url(config.depot, config.branche, str(entry.source))


def _message(inputs: EntryInputs, kit: Kit) -> Message | None:
    """What changes everything, or nothing."""
    entry = inputs.item.entry
    if isinstance(entry, Event):
        return event_message(inputs, kit)
    if isinstance(entry, Annonce):
        return annonce_message(inputs)
    return ressource_message(inputs)


def _after(inputs: EntryInputs) -> Message | None:
    """What is said from the day after its end, which is not come yet."""
    entry = inputs.item.entry
    if isinstance(entry, Event):
        return event_after(inputs)
    return annonce_after(inputs) if isinstance(entry, Annonce) else None
