"""Fields that readers miss, content by content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.parts import Accessibilite
from portail.model.registry import MODELS
from portail.model.ressource import Ressource
from portail.model.vocabulary import Vocabularies
from portail.site.item import Item
from portail.site.site import Site
from portail.text.typography import small

__all__ = ["WANTED", "Lacking", "Wanted", "is_told", "label_of", "lacking", "lacks_of"]


class Wanted(NamedTuple):
    """A field that readers look for: ``champs`` (any of them will do), why they do; ``pour`` says
    of which contents it is wanted."""

    champs: tuple[str, ...]
    pourquoi: str
    pour: Callable[[Entry, Vocabularies], bool] = lambda entry, lists: True


class Lacking(NamedTuple):
    """A content, and the fields that it lacks."""

    item: Item
    champs: tuple[Wanted, ...]


def _visited(entry: Entry, lists: Vocabularies) -> bool:
    """Whether a place is of a type that one visits."""
    kind = entry.type if isinstance(entry, Lieu) else None
    return lists.detail("types-lieux", kind, "visitable") == "oui"


def _lent(entry: Entry, lists: Vocabularies) -> bool:
    return isinstance(entry, Ressource) and entry.itinerante


def _kept(entry: Entry, lists: Vocabularies) -> bool:
    return not _lent(entry, lists)


def _funding(entry: Entry, lists: Vocabularies) -> bool:
    return isinstance(entry, Ressource) and entry.type == "financement"


def _on_the_spot(entry: Entry, lists: Vocabularies) -> bool:
    return isinstance(entry, Event) and entry.mode != "en-ligne"


WANTED: Mapping[Kind, tuple[Wanted, ...]] = MappingProxyType(
    {
        Kind.LIEU: (
            Wanted(("adresse",), "on veut y aller", _visited),
            Wanted(("courriel", "telephone", "site"), "on veut joindre quelqu’un"),
            Wanted(("horaires_ouverture",), "on ne vient pas devant une porte close", _visited),
            Wanted(("tarifs",), "le prix décide souvent de la visite", _visited),
            Wanted(("accessibilite",), "« inconnu » empêche de venir autant que « non »", _visited),
            Wanted(("acces",), "tout le monde n’a pas de voiture", _visited),
            Wanted(("publics",), "les filtres de l’annuaire le demandent"),
            Wanted(("roles", "offre"), "un projet local y cherche ses partenaires"),
        ),
        Kind.EVENT: (
            Wanted(("tarif",), "« non précisé » se lit « payant »"),
            Wanted(("publics",), "les filtres de l’agenda le demandent"),
            Wanted(("accessibilite",), "« inconnu » empêche de venir autant que « non »",
                   _on_the_spot),
            Wanted(("inscription",), "on ne sait pas s’il faut réserver"),
            Wanted(("organisateurs", "lieu"), "on veut savoir qui invite"),
        ),
        Kind.ANNONCE: (
            Wanted(("contact",), "on ne sait pas à qui répondre"),
            Wanted(("organisme",), "on veut savoir qui propose"),
        ),
        Kind.RESSOURCE: (
            Wanted(("proprietaire", "porteur", "auteurs_ressource"),
                   "on ne sait pas à qui demander"),
            Wanted(("publics",), "les filtres du catalogue le demandent"),
            Wanted(("themes",), "on cherche par thème"),
            Wanted(("acces",), "on ne sait pas où la trouver", _kept),
            Wanted(("pret",), "l’emprunteur prévoit la place, le transport, le délai", _lent),
            Wanted(("echeance",), "un dossier ne s’improvise pas", _funding),
        ),
        Kind.ARTICLE: (Wanted(("themes",), "sans thème, il n’est lu que le jour où il paraît"),),
        Kind.TERRITOIRE: (Wanted(("chiffres",), "le portrait commence par là"),),
    }
)  # fmt: skip
"""By kind, the most useful first."""


def is_told(entry: Entry, champ: str) -> bool:
    """Whether a field says something: an accessibility that is unknown to all says nothing."""
    value = getattr(entry, champ)
    if isinstance(value, Accessibilite):
        known = any(level != "inconnu" for level in value.niveaux.values())
        return bool(known or value.equipements or value.labels or value.precisions)
    return bool(value)


def lacks_of(entry: Entry, lists: Vocabularies) -> tuple[Wanted, ...]:
    """The wanted fields that an entry does not tell."""
    return tuple(
        one
        for one in WANTED.get(entry.kind, ())
        if one.pour(entry, lists) and not any(is_told(entry, champ) for champ in one.champs)
    )


def lacking(site: Site, kind: Kind) -> tuple[Lacking, ...]:
    """Contents of a kind that are published, not over, written by somebody, and lack something:
    those that lack most first."""
    found = [
        Lacking(item, lacks)
        for item in site.of_kind(kind)
        if item.entry.paru(site.day.date)
        and not (item.passe or item.entry.sans_fichier)
        and (lacks := lacks_of(item.entry, site.vocabularies))
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.champs), one.item.ref)))


def label_of(kind: Kind, wanted: Wanted) -> str:
    """Names of its fields, as their documentation says them: « courriel, téléphone ou site »."""
    known = MODELS[kind].model_fields
    *first, last = [small(known[champ].title or champ) for champ in wanted.champs]
    return f"{', '.join(first)} ou {last}" if first else last
