"""The page of one content: from its inputs to its view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portail.body.players import frame_origins
from portail.config import SiteConfig
from portail.facts.base import licence
from portail.facts.channels import BEFORE, added, box_of
from portail.forge import file_url
from portail.model.articles import Annonce
from portail.model.collections import Projet, TempsFort, Territoire
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.ressource import Ressource
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.entry import event, ressources, state
from portail.outputs.pages.entry.box import parted
from portail.outputs.pages.entry.inputs import EntryInputs, entry_inputs
from portail.outputs.pages.entry.lieux import lieu_buttons, lieu_hours, lieu_rows, lieu_view
from portail.outputs.pages.entry.reading import body_of, reading_of
from portail.outputs.pages.frame import frame_of, title_of
from portail.outputs.pages.machine.graph import entry_machine
from portail.outputs.pages.page_context import (
    WORDS,
    PageContext,
    context_of,
    faits,
    minutes_of,
    resolve_names,
    signatures,
)
from portail.outputs.pages.slots import EDITION_SHOWN, LENT, TERRITORY_FIELDS
from portail.outputs.pages.views.entry import EntryView, TerritoireView
from portail.outputs.pages.views.shared import Lien
from portail.site.item import Item
from portail.site.memo import own_answer
from portail.site.site import Site
from portail.site.urls import HOME, TRADE, listing_of, theme_of
from portail.text.typography import plain

_PEOPLE = Kind.AUTEUR.info.listing


def entry_view(inputs: EntryInputs, site: Site) -> EntryView:
    """The view of one content, from nothing but its inputs and what every page shares."""
    item = inputs.item
    context = context_of(site)
    entry = item.entry
    signature = _signature(item.entry, inputs)
    body = body_of(inputs, context.config.base, site.bodies)
    return EntryView(
        cadre=frame_of(site),
        titre=plain(entry.titre),
        description=plain(entry.resume or item.facts.excerpt),
        nom_court=item.short if item.short != item.name else "",
        fil=_trail(item, site),
        rubrique="" if item.reseau else listing_of(entry.kind),
        noindex=not entry.indexable,
        entry=entry,
        kind=entry.kind.value,
        themes=tuple(Lien(context.label("themes", code), theme_of(code)) for code in entry.themes),
        signature=signature,
        publie=entry.publie_le,
        modifie=entry.modifie,
        minutes=minutes_of(item.facts.words),
        corps=body,
        origines=frame_origins(body),
        sommaire=item.facts.toc,
        licence=Lien(*licence(entry.licence, site.vocabularies)),
        fichier_url=_forge(inputs, context.config),
        machine=entry_machine(inputs, site),
        lecture=reading_of(inputs, signature, site),
        **{**_around(inputs, context), **_own(inputs, site)},
    )


_OF_CARD = (
    "url surtitre theme image empreinte profonde chiffre feuille fin suite etiquettes".split()
)
"""What a page says of a content as its card does."""


def _around(inputs: EntryInputs, context: PageContext) -> dict[str, Any]:
    """What its card says of it, what is around it; what a kind may have in its own way."""
    card = inputs.card
    related = inputs.related
    return {
        **{name: getattr(card, name) for name in _OF_CARD},
        "territoires": tuple(Lien(name, url) for name, url in inputs.territoires),
        "blocs": related.blocs,
        "programmes": event.event_programmes(inputs, context),
        "autour": related.autour.bloc,
        "acteurs": inputs.acteurs,
        "calendrier": inputs.calendrier,
        "embarquer": inputs.embarquer,
        "flux": inputs.flux,
        "message": None,
        "boutons": (),
        "tableaux": (),
        "carte": context.atlas.place_map(inputs.position, inputs.item.short, card.theme),
    }


def _own(inputs: EntryInputs, site: Site) -> dict[str, Any]:
    """The fields that only its kind has, or has in its way."""
    match inputs.item.entry:
        case Event():
            return _event(inputs, site)
        case Lieu() as entry:
            return {
                "boutons": lieu_buttons(inputs.item, site),
                "premiers": faits((lieu_hours(inputs.item, site),)),
                **parted(entry.kind, faits(lieu_rows(inputs, site))),
                "lieu": lieu_view(inputs, site),
                "tableaux": event.titled(
                    WORDS["fiches"]["chiffres"], event.figures(entry.chiffres)
                ),
            }
        case Ressource():
            message, after = ressources.ressource_messages(inputs, site)
            told = (*ressources.ressource_rows(inputs, site), *added(site, "page", inputs.item))
            return {
                "apres": after,
                "boutons": ressources.ressource_buttons(inputs, site),
                **parted(inputs.item.entry.kind, faits(told)),
                "message": message,
                "outil": ressources.ressource_view(inputs, site),
            }
        case TempsFort():
            return _temps_fort(inputs, site)
        case Territoire() as entry:
            return {
                "faits": (),
                "territoire": TerritoireView(),
                "tableaux": event.titled(
                    WORDS["fiches"]["chiffres"], event.figures(entry.chiffres)
                ),
                **dict(TERRITORY_FIELDS.ask(site, inputs.item)),
            }
    return _other(inputs, site)


@own_answer
def _facts(site: Site, ref: str) -> Mapping[str, Any]:
    """The practical box; of an event, its tables too."""
    item = site.items[ref]
    tables = event.event_tables(item, site) if isinstance(item.entry, Event) else ()
    return {"faits": faits(box_of(item, site)), "tableaux": tables}


def _event(inputs: EntryInputs, site: Site) -> dict[str, Any]:
    facts = _facts(site, inputs.item.ref)
    booked = state.booking_buttons(inputs, site)
    return {
        **facts,
        **parted(inputs.item.entry.kind, facts["faits"], said="Inscription" if booked else ""),
        "apres": state.event_after(inputs),
        "premiers": faits(make(inputs.item, site) for make in BEFORE),
        "boutons": (*booked, *state.calendar_buttons(inputs)),
        "contexte": event.event_context(inputs, site),
        "dates": event.event_dates(inputs),
        "etiquettes": state.event_labels(inputs),
        "fratrie": event.event_rank(inputs),
        "ics": inputs.ics,
        "message": state.event_message(inputs),
        "periode": event.event_period(inputs),
        "quand": event.shown_date(inputs),
    }


def _temps_fort(inputs: EntryInputs, site: Site) -> dict[str, Any]:
    year = inputs.temps_fort.annee
    shown = EDITION_SHOWN.ask(site, inputs.item.ref, year.annee) if year else iter(())
    return {
        "boutons": state.temps_fort_buttons(inputs),
        "editions": state.years_list(inputs),
        "edition": next(shown, None),
        "faits": faits(state.temps_fort_rows(inputs)),
        "grille": state.editions_grid(inputs.item.of(TempsFort)),
        "vide": state.no_programme(inputs, site),
    }


def _other(inputs: EntryInputs, site: Site) -> dict[str, Any]:
    entry = inputs.item.entry
    box = dict(_facts(site, inputs.item.ref))
    if isinstance(entry, Annonce):
        message, after = state.annonce_messages(inputs, site)
        buttons = state.annonce_buttons(inputs, site)
        return box | {"apres": after, "boutons": buttons, "message": message}
    steps = event.titled("Étapes", event.project_steps(entry)) if isinstance(entry, Projet) else ()
    buttons = ressources.collectif_buttons(entry)
    nothing = ressources.nothing_yet(inputs, site)
    return box | {"boutons": buttons, "tableaux": steps, "vide": nothing}


def _trail(item: Item, site: Site) -> tuple[Lien, ...]:
    """What it stands in: its list; of a tool, the catalogue."""
    entry = item.entry
    home = Lien("Accueil", HOME)
    info = entry.kind.info
    if item.reseau:
        return home, Lien(title_of("vie-du-reseau"), TRADE)
    if isinstance(entry, Ressource) and entry.itinerante and (lent := LENT.ask(site)):
        return home, Lien("Catalogue", lent)
    return (home, Lien(info.rubrique, info.listing)) if info.listing else (home,)


def _signature(entry: Entry, inputs: EntryInputs) -> tuple[Lien, ...]:
    if not entry.kind.info.signed:
        return ()
    people = {one.url: one for one in inputs.auteurs if one.url.startswith(_PEOPLE)}
    found = resolve_names(entry, "auteurs", inputs.links)
    return tuple(signatures(people.get(one.url, one) for one in found))


def _forge(inputs: EntryInputs, config: SiteConfig) -> str:
    entry = inputs.item.entry
    if not config.depot or entry.sans_fichier:
        return ""
    return file_url(config.depot, config.branche, str(entry.source))


def _page(item: Item, site: Site) -> TemplatePage:
    entry = item.entry
    template = entry.kind.info.template
    source = None if entry.sans_fichier else entry.source
    hint = _hint(item, site)
    return drawn(site, item.url, template, _show, item.ref, source=source, sitemap=hint)


def _show(site: Site, ref: str) -> EntryView:
    return entry_view(entry_inputs(site.items[ref], site), site)


def _hint(item: Item, site: Site) -> SitemapHint | None:
    """Engines are shown neither drafts, which are for previews alone, nor examples."""
    if not item.entry.indexable:
        return None
    picture = card_of(site, item.ref).image
    return SitemapHint(item.entry.jour, (picture.url,) if picture else ())


def content_pages(site: Site, *refs: str) -> Iterator[TemplatePage]:
    """The pages of these contents. What is not published, and the letters, have none."""
    found = (site.items.get(ref) for ref in refs)
    return (_page(one, site) for one in found if one and one.entry.kind.info.has_page)
