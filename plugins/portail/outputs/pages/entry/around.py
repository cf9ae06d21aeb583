"""Cards around a content: the place, what is next there, what names it, what to read next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from portail.agenda.loans import free_copies
from portail.facts.base import unlinked
from portail.geo.coordinates import Near
from portail.model.articles import Annonce, Auteur
from portail.model.collections import Dossier, Territoire
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.registry import references_of
from portail.model.ressource import Ressource
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.page_context import PARTS, WORDS
from portail.outputs.pages.territoire_blocs import territoire_blocs
from portail.outputs.pages.views.lists import Bloc, Card
from portail.outputs.pages.views.shared import Lien
from portail.site.editions import children_of, years_of
from portail.site.facets import Pair
from portail.site.item import Item
from portail.site.relations import next_of, reading, relations_of, telling
from portail.site.site import Site
from portail.site.territories import territory_code
from portail.site.urls import CATALOGUE, theme_of
from portail.text.dates import jour
from portail.text.typography import capital, nombre, plain

_CARDS = 3
_NEAR = {"parent", "lieu", "territoire"}
_SUITES = 2


class Autour(Struct, frozen=True):
    """``suites`` stand in for an event that is over or off, ``lien`` is what they share."""

    bloc: Bloc | None = None
    lien: str = ""
    suites: tuple[Lien, ...] = ()


def autour_of(item: Item, site: Site) -> Autour:
    """What is around ``item``, without what its fields name nor what it contains."""
    known = (*item.targets, *(one.ref for one in children_of(item, site)))
    if isinstance(item.entry, Annonce):
        following = next_of(site, item.ref, _CARDS, known)
        shown = tuple(card_of(site, one.ref) for one in following)
        return Autour(Bloc(WORDS["blocs"]["annonces"], shown, avenir=True) if shown else None)
    if not isinstance(item.entry, Event):
        return Autour()
    place = site.lieu_of(item.entry)
    text = reading(site, item.ref)
    before = [place.ref] if place else []
    after = [text] if text else []
    following = next_of(site, item.ref, _CARDS - len(before) - len(after), known)
    refs = [*before, *(one.ref for one in following), *after]
    here = place or any(one.lien in _NEAR for one in following)
    title = "Sur place et autour" if here else "À voir aussi"
    bloc = Bloc(title, tuple(card_of(site, ref) for ref in refs), forme="lignes") if refs else None
    stopped = item.passe or item.entry.etat in ("annule", "complet")
    if not stopped or not following:
        return Autour(bloc)
    shared = following[0].lien
    nearest = [card_of(site, one.ref) for one in following if one.lien == shared][:_SUITES]
    links = (Lien(card.titre, card.url, card.details[0]) for card in nearest)
    return Autour(bloc, PARTS["ici"][shared], tuple(links))


def about(site: Site, pair: Pair) -> Iterator[Lien]:
    """Links to the page of a theme, or of a territory that has one."""
    cle, code = pair
    if cle == "theme":
        yield Lien(WORDS["listes"]["theme"], theme_of(code))
    known = site.geography.territoire(code) if cle in ("departement", "epci") else None
    page = site.territory_url(territory_code(known)) if known else ""
    if page:
        yield Lien("Tout sur ce territoire", page)


_FIELDS = {Kind.COMMUNAUTE: "membres", Kind.PROJET: "partenaires"}
_ACTEURS = (Kind.LIEU, Kind.AUTEUR)
_SHOWN = 24


def acteurs_of(item: Item, site: Site) -> tuple[Lien, ...]:
    """Who takes part, in the order of the page, each with what it is as a note."""
    if item.entry.kind is Kind.DOSSIER:
        return tuple(described(site.items[ref], site) for ref in _involved(item, site))
    field = _FIELDS.get(item.entry.kind)
    return tuple(named_in(item.entry, field, site)) if field else ()


def named_in(entry: Entry, field: str, site: Site) -> Iterator[Lien]:
    """What a field of names says: sheets described, plain names as they are."""
    for mention in references_of(entry, field):
        ref = mention.named(site.items)
        yield described(site.items[ref], site) if ref else Lien(unlinked(mention))


def described(who: Item, site: Site) -> Lien:
    """A structure by its sort and town, a person by their structure."""
    entry = who.entry
    what = ""
    if isinstance(entry, Auteur) and entry.affiliation:
        home = site.find(entry.affiliation, Kind.LIEU)
        what = home.name if home else entry.affiliation
    elif isinstance(entry, Lieu):
        sort = site.vocabularies["types-lieux"].get(entry.type or "")
        what = ", ".join(filter(None, (capital(sort.label) if sort else "", who.town)))
    return Lien(plain(entry.titre), who.url, what)


def _involved(item: Item, site: Site) -> Iterable[str]:
    """People and places that the contents of a dossier name, the most frequent first."""
    gathered = site.indexes.gathered.get(item.ref, ())
    count: dict[str, int] = {}
    for ref in gathered:
        for target in site.items[ref].targets:
            if target in site.items and site.items[target].entry.kind in _ACTEURS:
                count[target] = count.get(target, 0) + 1
    found = sorted(set(count) - set(gathered), key=lambda ref: (-count[ref], ref))
    return found[:_SHOWN]


_CODES = {
    Kind.ARTICLE: "parle",
    Kind.DOSSIER: "parle",
    Kind.LIEU: "membres",
    Kind.RESSOURCE: "aussi",
    Kind.ANNONCE: "annonces",
    Kind.PROJET: "aussi",
    Kind.COMMUNAUTE: "aussi",
    Kind.TEMPS_FORT: "aussi",
    Kind.AUTEUR: "auteurs",
}
_LENT = frozenset({"pret"})


def lieu_blocs(
    lieu: Item, related: Sequence[str], site: Site, near: Sequence[Near]
) -> Iterator[Bloc]:
    """Blocks of a place: ``related`` names or gathers it, in order; ``near`` is around."""
    found: dict[str, list[str]] = defaultdict(list)
    for ref in related:
        code = _code(site.items[ref], lieu) if ref in site.items and ref != lieu.ref else ""
        if code:
            found[code].append(ref)
    found["passage"] = [ref for ref, showing in site.showings.items() if showing.lieu == lieu.ref]
    here = {ref.partition("#")[0] for ref in found["passage"]}
    found["aussi"] = [ref for ref in found["aussi"] if ref not in here]
    found["voisins"] = [ref for ref, _ in near]
    notes = {
        "voisins": tuple(
            f"{site.items[ref].town}, à {nombre(km)}\u00a0km" if km else site.items[ref].town
            for ref, km in near
        ),
        "prets": tuple(_loan(site.items[ref].entry, site.day.date) for ref in found["prets"]),
    }
    for code, (title, form, most, *more) in PARTS["lieu"].items():
        shown = tuple(_there(card_of(site, ref), lieu) for ref in found[code][:most])
        said, kind = more or ("", "")
        listing = CATALOGUE if code == "prets" else Kind(kind).info.listing if kind else ""
        url = listing if len(found[code]) > most else ""
        if shown:
            name = said if url else "Tout voir"
            told = notes.get(code, ())
            ahead = code in ("agenda", "passage")
            yield Bloc(title, shown, url, form, told, name, code=code, avenir=ahead)


def _there(card: Card, lieu: Item) -> Card:
    """A card on the page of ``lieu``, whose name and town go without saying, as does a loan."""
    told = (_unnamed(one, lieu) for one in card.details)
    details = tuple(filter(None, told))
    labels = tuple(one for one in card.etiquettes if one.code not in _LENT)
    return card.retold(details=details, etiquettes=labels)


def _unnamed(detail: str, lieu: Item) -> str:
    if detail in (lieu.short, f"{lieu.short}, {lieu.town}"):
        return ""
    return detail.removeprefix(f"{lieu.short}, ").removesuffix(f", {lieu.short}")


def _loan(entry: Entry, day: date) -> str:
    """Whether a tool is free on ``day``, as far as its loans are told; dated, for later readers."""
    if not isinstance(entry, Ressource) or not entry.itinerance:
        return ""
    number = entry.exemplaires
    free = free_copies(entry.itinerance, number, day, day)
    on = jour(day, semaine=False)
    if free:
        plural = "s" * (free > 1)
        return (
            f"{free} exemplaire{plural} libre{plural} le {on}" if number > 1 else f"Libre le {on}"
        )
    back = min(one.au for one in entry.itinerance if one.du <= day <= one.au)
    return WORDS["prets"]["ailleurs"].format(jour=jour(back, semaine=False))


def _code(item: Item, lieu: Item) -> str:
    """What a content is to the place; nothing for a kind that lists do not show."""
    entry = item.entry
    named = (one for one in references_of(entry) if one.named((lieu.ref,)))
    fields = {str(one.loc[0]) for one in named}
    if fields == {"auteurs"} and entry.kind is not Kind.ARTICLE:
        return "aussi"
    if entry.kind is Kind.EVENT:
        return "passes" if item.passe else "agenda"
    if isinstance(entry, Ressource) and entry.itinerante and "proprietaire" in fields:
        return "prets"
    return _CODES.get(entry.kind, "")


_GATHERERS = {Kind.DOSSIER, Kind.COMMUNAUTE}
_NAMED = {Kind.ARTICLE, Kind.EVENT, Kind.ANNONCE}
_TITLES = WORDS["blocs"]
_NEXT = 3
_TOLD = {Kind.PROJET, Kind.TEMPS_FORT}
_TOGETHER = {Kind.AUTEUR, Kind.COMMUNAUTE, Kind.PROJET, Kind.TEMPS_FORT}
_FEW = 3
_MOST = 24
_GATHERED = 48
_RANKED = (
    Kind.EVENT,
    Kind.ARTICLE,
    Kind.RESSOURCE,
    Kind.LIEU,
    Kind.DOSSIER,
    Kind.ANNONCE,
    Kind.PROJET,
    Kind.COMMUNAUTE,
    Kind.AUTEUR,
    Kind.TERRITOIRE,
    Kind.TEMPS_FORT,
)


def related_blocs(item: Item, site: Site, near: Sequence[Near]) -> Iterable[Bloc]:
    """What a dossier gathers, what a territory holds, what names or gathers the content, what to
    read next; for a place, what is ``near``."""
    entry = item.entry
    indexes = site.indexes
    gathered = indexes.gathered.get(item.ref, ())
    related = (*indexes.by_target.get(item.ref, ()), *indexes.gatherers.get(item.ref, ()))
    if isinstance(entry, Dossier):
        yield _elements(entry, gathered, site)
        related = tuple(ref for ref in related if ref not in gathered)
    elif entry.kind in _NAMED:  # its page names what gathers it, without a card
        related = tuple(ref for ref in related if site.items[ref].entry.kind not in _GATHERERS)
    else:
        related = (*gathered, *related)
    if entry.kind in _TOLD:
        related += telling(site, item.ref)
    if isinstance(entry, Territoire):
        yield from territoire_blocs(item, site)
    elif isinstance(entry, Lieu):
        yield from lieu_blocs(item, tuple(dict.fromkeys(related)), site, near)
    elif related:
        told = {one.ref for one in children_of(item, site)}
        if entry.kind is Kind.TEMPS_FORT:  # its editions have their pages
            told |= {one.ref for year in years_of(item, site) for one in year.events}
        refs = [ref for ref in dict.fromkeys(related) if ref != item.ref and ref not in told]
        yield from _by_kind(refs, site, item)
    if entry.kind in (Kind.ARTICLE, Kind.RESSOURCE):
        listed = (*related, *item.targets, *indexes.gatherers.get(item.ref, ()))
        found = relations_of(site).near(item, _NEXT, listed)
        if found:
            title = "À lire aussi" if entry.kind is Kind.ARTICLE else "À voir aussi"
            yield Bloc(title, tuple(card_of(site, ref) for ref in found))


def _elements(entry: Dossier, gathered: Sequence[str], site: Site) -> Bloc:
    """What a dossier gathers, each with the word of its element."""
    notes = {
        mention.named(site.items): entry.elements[int(mention.loc[1])].note
        for mention in references_of(entry, "elements")
    }
    shown = gathered[: len(entry.elements) + _GATHERED]
    theme = entry.regle and entry.regle.theme
    return Bloc(
        _TITLES["dossiers"],
        tuple(card_of(site, ref) for ref in shown),
        theme_of(theme) if theme and len(shown) < len(gathered) else "",
        "dossier",
        tuple(notes.get(ref) or "" for ref in shown),
    )


def _by_kind(refs: list[str], site: Site, item: Item) -> Iterable[Bloc]:
    """A block for each kind; those of which there are few share the last one, if it has a title."""
    own = item.entry.kind
    few = list[str]()
    together = _TITLES[own.value] if own in _TOGETHER else ""
    for kind in _RANKED:
        found = [ref for ref in refs if ref in site.items and site.items[ref].entry.kind is kind]
        if kind is Kind.EVENT:
            yield from _event_blocs(found, site, item)
        elif together and len(found) < _FEW:
            few += found
        elif found:
            title = kind.info.ensemble or kind.info.plusieurs
            yield Bloc(title, tuple(card_of(site, ref) for ref in found[:_MOST]))
    if few:
        yield Bloc(together, tuple(card_of(site, ref) for ref in few))


def _event_blocs(refs: list[str], site: Site, item: Item) -> Iterable[Bloc]:
    following = item.entry.kind is Kind.EVENT  # those of other years
    for name, over in (("prochains", False), ("passes", True)):
        shown = [card_of(site, ref) for ref in refs if site.items[ref].passe is over][:_MOST]
        if shown:
            title = _TITLES["suivante" if following else name]
            yield Bloc(title, tuple(shown), forme="lignes", avenir=not over)
