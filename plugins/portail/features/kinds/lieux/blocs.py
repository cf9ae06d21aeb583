"""What the page of a place shows of the contents that name it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from portail.features.services.prets.loans import first_free
from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.registry import references_of
from portail.model.resource import ResourceEntry
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.entry.around import OwnBlocs
from portail.outputs.pages.slots import LENT
from portail.outputs.pages.views.lists import Bloc, Card
from portail.outputs.pages.words import PARTS
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.typography import nombre

from .near import Near, nearby

_LENT = frozenset({"pret"})


def lieu_blocs(lieu: Item, related: tuple[str, ...], site: Site) -> OwnBlocs:
    """What is on there, lent from there, what names the place, the places around."""
    return OwnBlocs(_blocs(lieu, [*dict.fromkeys(related)], site))


@per_site
def _near(site: Site) -> Mapping[str, tuple[Near, ...]]:
    return nearby((place.ref, place.commune) for place in site.places if place.commune)


def _blocs(lieu: Item, related: Sequence[str], site: Site) -> Iterator[Bloc]:
    near = _near(site).get(lieu.ref, ())
    by_code: dict[str, list[str]] = defaultdict(list)
    for ref in related:
        code = _code(site.items[ref], lieu) if ref in site.items and ref != lieu.ref else ""
        if code:
            by_code[code].append(ref)
    by_code["passage"] = [ref for ref, showing in site.showings.items() if showing.lieu == lieu.ref]
    here = {ref.partition("#")[0] for ref in by_code["passage"]}
    by_code["aussi"] = [ref for ref in by_code["aussi"] if ref not in here]
    by_code["voisins"] = [ref for ref, _ in near]
    notes = {
        "voisins": tuple(
            f"{site.items[ref].town}, à {nombre(km)}\u00a0km" if km else site.items[ref].town
            for ref, km in near
        ),
        "prets": tuple(_loan(site.items[ref].entry, site.day.date) for ref in by_code["prets"]),
    }
    for code, (title, form, most, *more) in PARTS["lieu"].items():
        shown = tuple(_there(card_of(site, ref), lieu) for ref in by_code[code][:most])
        label, kind = more or ("", "")
        listing = Kind(kind).info.listing if kind else ""
        url = listing if len(by_code[code]) > most else ""
        if code == "prets":
            url = LENT.ask(site)
        if shown:
            name = label if url else "Tout voir"
            captions = notes.get(code, ())
            ahead = code in ("agenda", "passage")
            yield Bloc(title, shown, url, form, captions, name, code=code, avenir=ahead)


def _there(card: Card, lieu: Item) -> Card:
    # A card on the page of ``lieu``, whose name and town go without saying, as does a loan.
    parts = (_unnamed(detail, lieu) for detail in card.details)
    details = tuple(filter(None, parts))
    labels = tuple(label for label in card.etiquettes if label.code not in _LENT)
    return card.retold(details=details, etiquettes=labels)


def _unnamed(detail: str, lieu: Item) -> str:
    if detail in (lieu.short, f"{lieu.short}, {lieu.town}"):
        return ""
    return detail.removeprefix(f"{lieu.short}, ").removesuffix(f", {lieu.short}")


def _loan(entry: Entry, day: date) -> str:
    """When a tool is free, as far as its loans are told on ``day``; dated, for later readers."""
    if not isinstance(entry, ResourceEntry) or not entry.itinerance:
        return ""
    first = first_free(entry.itinerance, entry.exemplaires, entry.had_from(day))
    return f"Libre {'au plus tôt ' * (first > day)}le {jour(first, semaine=False)}"


def _code(item: Item, lieu: Item) -> str:
    # What a content is to the place; nothing for a kind that lists do not show.
    entry = item.entry
    named = (mention for mention in references_of(entry) if mention.named((lieu.ref,)))
    fields = {str(mention.loc[0]) for mention in named}
    if fields == {"auteurs"} and not entry.kind.info.to_read:
        return "aussi"
    if entry.kind.info.dated:
        return "passes" if item.is_over else "agenda"
    if isinstance(entry, ResourceEntry) and entry.itinerante and "proprietaire" in fields:
        return "prets"
    return "" if item.is_over else entry.kind.info.at_place
