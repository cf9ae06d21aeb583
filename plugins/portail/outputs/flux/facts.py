"""What one must know of a content before reading it, by kind; nothing here depends on the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from portail.agenda.occurrences import Occurrence
from portail.model.annonce import Annonce
from portail.model.event import Event, Inscription
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.projet import Projet
from portail.model.ressource import Ressource
from portail.outputs.calendars.told import where_of
from portail.outputs.pages.kit import (
    Kit,
    capital,
    day_of,
    moment_text,
    occurrence_phrase,
    resolve_names,
    state_labels,
    undated,
)
from portail.outputs.pages.rows import (
    address_rows,
    age_phrase,
    contact_links,
    contact_rows,
    price_rows,
    site_link,
    texts,
)
from portail.outputs.pages.views.shared import Lien
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import periode

__all__ = ["rows_of"]

Rows = Iterator[tuple[str, Iterable[Lien]]]
Links = Mapping[str, Lien]

_FEW = 6
"""Dates that are said one by one."""


def rows_of(
    item: Item, site: Site, kit: Kit, links: Links, next_one: Occurrence | None = None
) -> Rows:
    """Rows of a label and its values, some empty; ``links`` leads to what the fields name.

    ``next_one`` is said first: the day for which the reader follows the event.
    """
    if next_one is not None and len(item.occurrences) > 1:
        yield "Prochaine date", texts(_small(occurrence_phrase(next_one)))
    handler = _HANDLERS.get(item.entry.kind)
    if handler:
        yield from handler(item, site, kit, links)


def _event(item: Item, site: Site, kit: Kit, links: Links) -> Rows:
    entry = item.entry
    assert isinstance(entry, Event)
    yield "État", texts(*(one.texte for one in state_labels(entry.etat)))
    yield "Quand", texts(*_dates(entry, item.occurrences))
    lieu = next((one.url for one in resolve_names(entry, "lieu", links)), "")
    where = where_of(item, site)
    yield "Où", [Lien(where, lieu)] if where else []
    yield "En ligne", [Lien("suivre en ligne", entry.en_ligne)] if entry.en_ligne else []
    yield "Tarif", price_rows(entry.tarif)
    yield "Public", texts(kit.labels("publics", entry.publics), age_phrase(entry.age))
    yield "Inscription", _booking(entry.inscription, kit) if entry.inscription else []


def _dates(entry: Event, occurrences: tuple[Occurrence, ...]) -> Iterator[str]:
    """Each date, with its state where it has its own; of many, from when to when."""
    if len(occurrences) > _FEW:
        days = periode(occurrences[0].premier_jour, occurrences[-1].dernier_jour)
        yield f"{len(occurrences)} dates, {days}"
        return
    for one in occurrences:
        new = undated(entry, one)
        state = [one.texte for one in state_labels(one.etat if one.etat != entry.etat else "")]
        phrase = "nouvelle date à venir" if new else _small(occurrence_phrase(one))
        yield f"{phrase} ({state[0].lower()})" if state else phrase


def _small(phrase: str) -> str:
    return phrase[:1].lower() + phrase[1:]


def _booking(booking: Inscription, kit: Kit) -> list[Lien]:
    text = capital(kit.label("regimes", booking.regime))
    if booking.avant_le:
        text += f", avant le {moment_text(booking.avant_le)}"
    way = [Lien("réserver", booking.url)] if booking.url else []
    return [Lien(text), *way, *contact_links(booking.courriel, booking.telephone)]


def _annonce(item: Item, site: Site, kit: Kit, links: Links) -> Rows:
    entry = item.entry
    assert isinstance(entry, Annonce)
    yield "Jusqu’au", texts(day_of(entry.echeance))
    yield "Catégorie", texts(capital(kit.label("categories", entry.categorie)))
    yield "Proposé par", resolve_names(entry, "organisme", links)
    yield "Où", [*resolve_names(entry, "lieu", links), *texts(kit.place(item.commune))]
    yield "Contrat", texts(capital(kit.label("contrats", entry.contrat)))
    yield "Durée", texts(entry.duree)
    yield "Rémunération", texts(entry.remuneration)
    yield "Contact", contact_rows(entry.contact)


def _lieu(item: Item, site: Site, kit: Kit, links: Links) -> Rows:
    entry = item.entry
    assert isinstance(entry, Lieu)
    yield "Type", texts(capital(kit.label("types-lieux", entry.type)))
    place = kit.place(item.commune)
    yield "Où", address_rows(entry.adresse, place) if entry.adresse else texts(place)
    yield "Site", site_link(entry.site)
    yield "Contact", contact_links(entry.courriel, entry.telephone)


def _ressource(item: Item, site: Site, kit: Kit, links: Links) -> Rows:
    entry = item.entry
    assert isinstance(entry, Ressource)
    yield "Type", texts(capital(kit.label("types-ressources", entry.type)))
    yield (
        "Proposé par",
        [
            *resolve_names(entry, "proprietaire", links),
            *resolve_names(entry, "porteur", links),
        ],
    )
    yield "Pour qui", texts(entry.pour_qui)
    yield "Jusqu’au", texts(day_of(entry.echeance))
    yield "Montant", texts(entry.montant)
    yield "Public", texts(kit.labels("publics", entry.publics), age_phrase(entry.age))
    yield "Durée", texts(entry.duree)
    if entry.acces:
        yield "Accès", [*site_link(entry.acces.url), *texts(entry.acces.tarif)]
    if entry.itinerante:
        yield "Prêt", texts("à emprunter", entry.pret.tarif if entry.pret else None)


def _projet(item: Item, site: Site, kit: Kit, links: Links) -> Rows:
    entry = item.entry
    assert isinstance(entry, Projet)
    yield "Avancement", texts(capital(kit.label("avancements", entry.avancement)))
    yield "Porté par", resolve_names(entry, "porteurs", links)
    yield "Il manque", texts(*entry.besoins)
    yield "Contact", contact_rows(entry.contact)


_HANDLERS: Mapping[Kind, Callable[[Item, Site, Kit, Links], Rows]] = {
    Kind.EVENT: _event,
    Kind.ANNONCE: _annonce,
    Kind.LIEU: _lieu,
    Kind.RESSOURCE: _ressource,
    Kind.PROJET: _projet,
}
