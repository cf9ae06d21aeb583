"""What the page of a territory shows of other contents, by what they are to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from portail.geo.articles import of_territory
from portail.model.kinds import Kind
from portail.model.ressource import Ressource
from portail.model.territoire import Territoire
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.views.cards import Bloc
from portail.site.facets import territory_pair
from portail.site.item import Item
from portail.site.site import Site
from portail.site.stays import Stay, stays
from portail.site.territories import code_of
from portail.text.dates import periode
from portail.text.typography import capital

__all__ = ["content_code", "territoire_blocs", "territoire_refs"]

_SHAPES = {
    "agenda": ("À l’agenda", "lignes", 6),
    "prets": ("À emprunter ici", "simples", 8),
    "articles": ("Articles", "cartes", 6),
    "dossiers": ("Dossiers", "cartes", 6),
    "projets": ("Projets", "cartes", 6),
    "annonces": ("Annonces", "lignes", 6),
    "ressources": ("À lire, à voir", "cartes", 5),
    "communautes": ("Communautés", "cartes", 6),
    "passes": ("Événements passés", "finies", 4),
}
"""Title, form and length of each block, in the order of the page."""

_CODES = {
    Kind.ARTICLE: "articles",
    Kind.DOSSIER: "dossiers",
    Kind.PROJET: "projets",
    Kind.ANNONCE: "annonces",
    Kind.RESSOURCE: "ressources",
    Kind.COMMUNAUTE: "communautes",
}
_ALL = {
    "agenda": ("Tout l’agenda", Kind.EVENT),
    "prets": ("Toutes les ressources", Kind.RESSOURCE),
    "articles": ("Tous les articles", Kind.ARTICLE),
}
_STAYS = 6
_LINES = 2
"""Lines of a short list that stand beside one line of the agenda."""


def territoire_refs(item: Item, site: Site) -> tuple[str, ...]:
    """What is in a territory, in the order of lists, then what else names or gathers its page."""
    entry, indexes = item.entry, site.indexes
    assert isinstance(entry, Territoire)
    found = (
        *indexes.by_territoire.get(code_of(entry), ()),
        *indexes.by_target.get(item.ref, ()),
        *indexes.gatherers.get(item.ref, ()),
    )
    return tuple(ref for ref in dict.fromkeys(found) if ref != item.ref)


def content_code(item: Item) -> str:
    """What a content is to the territory where it is; nothing for what its page tells otherwise."""
    entry = item.entry
    if entry.kind is Kind.EVENT:
        return "passes" if item.passe else "agenda"
    if isinstance(entry, Ressource) and entry.itinerante:
        return "prets"
    return "" if item.passe else _CODES.get(entry.kind, "")


def territoire_blocs(item: Item, site: Site) -> Iterator[Bloc]:
    """Blocks of the page of a territory. Places are told by their roles, not in a block."""
    found: dict[str, list[str]] = defaultdict(list)
    for ref in territoire_refs(item, site):
        if code := content_code(site.items[ref]):
            found[code].append(ref)
    for code, (title, form, most) in _SHAPES.items():
        if code == "prets" and found["agenda"]:  # they stand side by side
            most = max(4, _LINES * min(len(found["agenda"]), _SHAPES["agenda"][2]))
        shown = tuple(card_of(site, ref) for ref in found[code][:most])
        if shown:
            name, kind = _ALL.get(code, ("", None))
            url = kind.info.listing if kind else ""
            if code == "agenda":
                name, url = _agenda(item, site) or (name, url)
            poster = site.posters.proposed(url) if code == "agenda" else ""
            yield Bloc(
                title, shown, url, form, lien=name, code=code, affiche=poster,
                avenir=code in ("agenda", "annonces"),
            )  # fmt: skip
        if code == "prets":
            yield from _staying(item, found["prets"], site)


def _staying(item: Item, own: Collection[str], site: Site) -> Iterator[Bloc]:
    """Tools of elsewhere that someone of the territory has or will have: the next stay of each."""
    entry = item.entry
    assert isinstance(entry, Territoire)
    found: dict[str, Stay] = {}
    for one in stays(site).get(code_of(entry), ()):
        if one.ref not in own:
            found.setdefault(one.ref, one)
    shown = tuple(found.values())[:_STAYS]
    if shown:
        yield Bloc(
            "De passage ici",
            tuple(card_of(site, one.ref) for one in shown),
            forme="simples",
            notes=tuple(f"{capital(periode(one.du, one.au))}, {one.commune.nom}" for one in shown),
            code="passage",
            avenir=True,
            fins=tuple(one.au for one in shown),
        )


def _agenda(item: Item, site: Site) -> tuple[str, str] | None:
    """« Tout l’agenda de la Somme », and where it is, if it is apart."""
    entry, geography = item.entry, site.geography
    assert isinstance(entry, Territoire)
    code = entry.code or ""
    known = None if entry.type == "region" else geography.epci(code) or geography.departement(code)
    page = site.ahead.page_of(territory_pair(known, geography)) if known else ""
    return (f"Tout l’agenda {of_territory(known)}", page) if known and page else None
