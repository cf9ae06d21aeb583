"""What the page of a place shows of other contents, by what they are to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from portail.agenda.loans import free_copies
from portail.geo.nearby import Near
from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.registry import references_of
from portail.model.ressource import Ressource
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.views.cards import Bloc
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import CATALOGUE
from portail.text.dates import jour

__all__ = ["lieu_blocs"]

_SHAPES = {
    "agenda": ("Prochains événements", "lignes", 4),
    "passage": ("De passage ici", "lignes", 4),
    "passes": ("Événements passés", "lignes", 2),
    "prets": ("À emprunter", "cartes", 5),
    "parle": ("On en parle", "cartes", 6),
    "contributions": ("Ses contributions", "cartes", 3),
    "membres": ("Membres", "puces", 3),
    "ressources": ("Ressources", "simples", 3),
    "annonces": ("Annonces", "lignes", 4),
    "projets": ("Projets et communautés", "simples", 3),
    "auteurs": ("Auteurs et autrices", "simples", 12),
    "voisins": ("Lieux voisins", "voisins", 4),
}
"""Title, form and length of each block, in the order of the page."""

_ALL = {
    "agenda": ("Tout l’agenda", Kind.EVENT),
    "prets": ("Tout le catalogue", Kind.RESSOURCE),
    "parle": ("Tous les articles", Kind.ARTICLE),
    "contributions": ("Tous les articles", Kind.ARTICLE),
    "membres": ("Tout l’annuaire", Kind.LIEU),
    "ressources": ("Toutes les ressources", Kind.RESSOURCE),
    "annonces": ("Toutes les annonces", Kind.ANNONCE),
    "projets": ("Tous les projets", Kind.PROJET),
}
"""Where there are more of a block that is cut, and how this is said."""

_CODES = {
    Kind.ARTICLE: "parle",
    Kind.DOSSIER: "parle",
    Kind.LIEU: "membres",
    Kind.RESSOURCE: "ressources",
    Kind.ANNONCE: "annonces",
    Kind.PROJET: "projets",
    Kind.COMMUNAUTE: "projets",
    Kind.TEMPS_FORT: "projets",
    Kind.AUTEUR: "auteurs",
}


def lieu_blocs(
    lieu: Item, related: Sequence[str], site: Site, near: Sequence[Near]
) -> Iterator[Bloc]:
    """Blocks of the page of ``lieu``: ``related`` is what names or gathers it, in the order of
    lists; ``near`` the places around, the nearest first, their kilometres being notes."""
    found: dict[str, list[str]] = defaultdict(list)
    for ref in related:
        code = _code(site.items[ref], lieu) if ref in site.items and ref != lieu.ref else ""
        if code:
            found[code].append(ref)
    found["passage"] = [ref for ref, showing in site.showings.items() if showing.lieu == lieu.ref]
    here = {ref.partition("#")[0] for ref in found["passage"]}
    found["ressources"] = [ref for ref in found["ressources"] if ref not in here]
    found["voisins"] = [ref for ref, _ in near]
    notes = tuple(str(km) for _, km in near)
    for code, (title, form, most) in _SHAPES.items():
        shown = tuple(card_of(site, ref) for ref in found[code][:most])
        said, kind = _ALL.get(code, ("", None))
        url = _listing(code, kind) if kind and len(found[code]) > most else ""
        if shown:
            told = notes if code == "voisins" else ()
            if code == "prets":
                told = tuple(_loan(site.items[ref].entry, site.day.date) for ref in found[code])
            poster = site.posters.proposed(lieu.url) if code == "agenda" else ""
            name = said if url else "Tout voir"
            yield Bloc(
                title, shown, url, form, told, name, code=code, affiche=poster,
                avenir=code in ("agenda", "passage"),
            )  # fmt: skip


def _listing(code: str, kind: Kind) -> str:
    return CATALOGUE if code == "prets" else kind.info.listing


def _loan(entry: Entry, day: date) -> str:
    """Whether a tool is free on ``day``, as far as its loans are told; dated, for a page may be
    read later."""
    if not isinstance(entry, Ressource) or not entry.itinerance:
        return ""
    number = entry.exemplaires
    free = free_copies(entry.itinerance, number, day, day)
    on = jour(day, semaine=False)
    if free:
        return f"{free} exemplaires libres le {on}" if number > 1 else f"Libre le {on}"
    back = min(one.au for one in entry.itinerance if one.du <= day <= one.au)
    return f"En prêt jusqu’au {jour(back, semaine=False)}"


def _code(item: Item, lieu: Item) -> str:
    """What a content is to the place; nothing for a kind that lists do not show."""
    entry = item.entry
    named = (one for one in references_of(entry) if one.named((lieu.ref,)))
    fields = {str(one.loc[0]) for one in named}
    if fields == {"auteurs"} or (entry.kind is Kind.ARTICLE and "auteurs" in fields):
        return "contributions"
    if entry.kind is Kind.EVENT:
        return "passes" if item.passe else "agenda"
    if isinstance(entry, Ressource) and entry.itinerante and "proprietaire" in fields:
        return "prets"
    return _CODES.get(entry.kind, "")
