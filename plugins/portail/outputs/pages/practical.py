"""The practical box of each kind: rows of a label and its values, as one asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from portail.model.article import Article
from portail.model.auteur import Auteur
from portail.model.communaute import Communaute
from portail.model.kinds import Kind
from portail.model.projet import Projet
from portail.model.temps_fort import TempsFort
from portail.model.territoire import Territoire
from portail.outputs.pages.annonce import annonce_rows
from portail.outputs.pages.event_box import event_rows
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.kit import (
    Kit,
    capital,
    resolve_names,
)
from portail.outputs.pages.lieux import lieu_rows
from portail.outputs.pages.ressources import ressource_rows
from portail.outputs.pages.rows import (
    contact_rows,
    site_link,
    texts,
)
from portail.outputs.pages.views import Fait, Lien

__all__ = ["practical_facts"]

Rows = Iterator[tuple[str, list[Lien]]]


def practical_facts(inputs: EntryInputs, kit: Kit) -> tuple[Fait, ...]:
    """Rows of the practical box of a content; a row without value is not there."""
    handler = _HANDLERS.get(inputs.item.entry.kind)
    rows = handler(inputs, kit) if handler else iter(())
    return tuple(Fait(label, tuple(values)) for label, values in rows if values)


def _article(inputs: EntryInputs, kit: Kit) -> Rows:
    entry = inputs.item.entry
    assert isinstance(entry, Article)
    place = kit.place(inputs.item.commune)
    yield "Où", [*resolve_names(entry, "lieu", inputs.links), *texts(place)]
    yield "Relu par", list(resolve_names(entry, "relu_par", inputs.links))


def _territoire(inputs: EntryInputs, kit: Kit) -> Rows:
    entry = inputs.item.entry
    assert isinstance(entry, Territoire)
    yield (
        ("Code INSEE" if entry.type in ("region", "departement") else "Numéro SIREN"),
        texts(entry.code),
    )
    seat = kit.geography.by_code(entry.siege) if entry.siege else None
    yield "Siège", texts(kit.place(seat))
    yield from ((capital(one.libelle), texts(one.valeur or "oui")) for one in entry.services)


def _temps_fort(inputs: EntryInputs, kit: Kit) -> Rows:
    entry = inputs.item.entry
    assert isinstance(entry, TempsFort)
    yield "Quand", texts(capital(entry.periode or ""))
    yield "Organisé par", list(resolve_names(entry, "organisateur", inputs.links))
    yield "Participer", texts(entry.participer)
    yield "Site", site_link(entry.site)


def _projet(inputs: EntryInputs, kit: Kit) -> Rows:
    entry = inputs.item.entry
    assert isinstance(entry, Projet)
    yield "Avancement", texts(capital(kit.label("avancements", entry.avancement)))
    yield "Porté par", list(resolve_names(entry, "porteurs", inputs.links))
    yield "Avec", list(resolve_names(entry, "partenaires", inputs.links))
    yield "Où", texts(kit.place(inputs.item.commune))
    yield "Besoins", texts(*entry.besoins)
    yield "Contact", contact_rows(entry.contact)


def _communaute(inputs: EntryInputs, kit: Kit) -> Rows:
    entry = inputs.item.entry
    assert isinstance(entry, Communaute)
    yield "Animée par", list(resolve_names(entry, "animateurs", inputs.links))
    yield "Membres", list(resolve_names(entry, "membres", inputs.links))
    yield "Contact", contact_rows(entry.contact)


def _auteur(inputs: EntryInputs, kit: Kit) -> Rows:
    entry = inputs.item.entry
    assert isinstance(entry, Auteur)
    yield "Structure", list(resolve_names(entry, "affiliation", inputs.links))
    yield "ORCID", [Lien(entry.orcid, f"https://orcid.org/{entry.orcid}")] if entry.orcid else []
    yield "Site", site_link(entry.site)


_HANDLERS: Mapping[Kind, Callable[[EntryInputs, Kit], Rows]] = {
    Kind.ARTICLE: _article,
    Kind.EVENT: event_rows,
    Kind.ANNONCE: annonce_rows,
    Kind.RESSOURCE: ressource_rows,
    Kind.LIEU: lieu_rows,
    Kind.TERRITOIRE: _territoire,
    Kind.TEMPS_FORT: _temps_fort,
    Kind.PROJET: _projet,
    Kind.COMMUNAUTE: _communaute,
    Kind.AUTEUR: _auteur,
}
