"""The practical box of each kind: rows of a label and its values, as one asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from portail.model.article import Article
from portail.model.kinds import Kind
from portail.model.territoire import Territoire
from portail.outputs.pages.annonce import annonce_rows
from portail.outputs.pages.collectifs import auteur_rows, communaute_rows, projet_rows
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
    texts,
)
from portail.outputs.pages.temps_fort import temps_fort_rows
from portail.outputs.pages.views.shared import Fait, Lien

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


_HANDLERS: Mapping[Kind, Callable[[EntryInputs, Kit], Rows]] = {
    Kind.ARTICLE: _article,
    Kind.EVENT: event_rows,
    Kind.ANNONCE: annonce_rows,
    Kind.RESSOURCE: ressource_rows,
    Kind.LIEU: lieu_rows,
    Kind.TERRITOIRE: _territoire,
    Kind.TEMPS_FORT: temps_fort_rows,
    Kind.PROJET: projet_rows,
    Kind.COMMUNAUTE: communaute_rows,
    Kind.AUTEUR: auteur_rows,
}
