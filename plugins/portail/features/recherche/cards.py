"""Cards of the search (``/recherche/fiches/<n>.json``): what it shows of each content. The format
is told in ``docs/technique/recherche.md``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from portail.agenda.programme import undated
from portail.facts.funding import deadline_today
from portail.facts.price import directions
from portail.facts.when import TO_SET, day_of, period_from
from portail.features.recherche.records import BLOCK, SEGMENT, segments
from portail.geo.places import short_name
from portail.model.articles import Annonce
from portail.model.entry import REDACTION
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.ressource import Ressource
from portail.outputs.base import TextFile, text_file
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.page_context import WORDS, reading_time
from portail.outputs.pages.states import last_day
from portail.outputs.pages.views.lists import Card
from portail.outputs.spreadsheets import compact
from portail.site.item import Item
from portail.site.narrowed import lasting_of
from portail.site.site import Site
from portail.site.urls import search_cards
from portail.text.dates import jour, jour_court
from portail.text.typography import capital, inline_parts, nombre, small, typographie

Action: TypeAlias = tuple[str, str]

_YEAR_ROUND = 300
_STILL = 90
"""What lasts so many days, and has so many left, is there « toute l’année »."""
_FAR = 300
"""Days ahead from which a day says its year."""


class CardText(NamedTuple):
    """The line beside the title, that above it, that below it; what one may do; last days of the
    events to come there, in order. Addresses are site paths, or whole ones."""

    petit: str
    sur: str
    meta: str
    actions: tuple[Action, ...]
    agenda: tuple[date, ...] = ()


def card_text(item: Item, site: Site) -> CardText:
    """What a result says of ``item``: plain values, typography aside."""
    card = card_of(site, item.ref)
    kind = item.entry.kind
    short = _SHORT.get(kind)
    below = _BELOW.get(kind)
    coming = tuple(sorted(_coming(item, site))) if kind is Kind.LIEU else ()
    return CardText(
        short(item, card, site) if short else "",
        _joined(capital(kind.info.nom), card.sorte),
        below(item, card, site) if below else _joined(*card.details),
        tuple(_actions(item, site, bool(coming))),
        coming,
    )


def _joined(*texts: str) -> str:
    return " · ".join(filter(None, texts))


def _actions(item: Item, site: Site, coming: bool) -> Iterator[Action]:
    """Its page; then what its page offers at once."""
    yield item.entry.kind.info.action, item.url
    for link in directions(item, site)[:1]:
        yield link.text, link.url
    if coming:
        yield "Agenda du lieu", f"{item.url}#Bloc-agenda"
    if isinstance(item.entry, Ressource) and item.entry.itinerante:
        yield "Emprunter", f"{item.url}#Infos"


def _coming(lieu: Item, site: Site) -> Iterator[date]:
    """The last day of each event that a lieu's page announces."""
    for ref in site.indexes.by_target.get(lieu.ref, ()):
        one = site.items[ref]
        if isinstance(one.entry, Event) and not one.passe and site.lieu_of(one.entry) is lieu:
            last = last_day(one)
            if last and one.montree and one.montree.maintenue:
                yield last


def _event(item: Item, card: Card, site: Site) -> str:
    """« 8 octobre », « 8 octobre, réservé »."""
    only = "réservé" if item.reserve and not item.passe else ""
    return ", ".join(filter(None, (_when(item, site), only)))


def _when(item: Item, site: Site) -> str:
    """« 8 octobre », « du 2 au 3 octobre », « jusqu’au 3 janvier », « toute l’année »."""
    entry = item.of(Event)
    shown = item.montree
    today = site.day.date
    if shown is None:
        return small(TO_SET)
    if undated(entry, shown):
        return WORDS["etats"]["nouvelle_date"]
    lasting = lasting_of(item, site)
    first, last = (lasting.du, lasting.au) if lasting else (shown.premier_jour, shown.dernier_jour)
    dated = _shows_year(last, today)
    if first == last:
        return jour(first, semaine=False, annee=dated)
    on = first <= today <= last
    if on and (last - first).days >= _YEAR_ROUND and (last - today).days >= _STILL:
        return "toute l’année"
    return period_from(first, last, date.max if on else first, year=dated)


def _shows_year(day: date, today: date) -> bool:
    return day.year < today.year or (day - today).days > _FAR


def _annonce(item: Item, card: Card, site: Site) -> str:
    entry = item.of(Annonce)
    today = site.day.date
    if item.passe:
        return "terminée"
    end = entry.echeance
    if end is None:
        return ""
    return f"jusqu’au {jour_court(end, semaine=False, annee=_shows_year(end, today))}"


def _ressource(item: Item, card: Card, site: Site) -> str:
    entry = item.of(Ressource)
    if entry.echeance:
        return _small(deadline_today(item, site))
    return "à emprunter" if entry.itinerante else _small(card.sorte)


def _lieu(item: Item, card: Card, site: Site) -> str:
    """Its commune, else the nearest territory that it names."""
    if item.commune:
        return item.commune.nom
    return item.territoires[0][1] if item.territoires else ""


def _gathering(item: Item, card: Card, site: Site) -> str:
    count = len(site.indexes.gathered.get(item.ref, ()))
    return f"{nombre(count)} contenu{'s' * (count > 1)}" if count else ""


def _small(text: str) -> str:
    """« livre », « octobre »: it stands in the middle of a line; « ANR » stays as it is."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


_SHORT: Mapping[Kind, Callable[[Item, Card, Site], str]] = {
    Kind.ARTICLE: lambda item, card, site: reading_time(item),
    Kind.EVENT: _event,
    Kind.ANNONCE: _annonce,
    Kind.RESSOURCE: _ressource,
    Kind.LIEU: _lieu,
    Kind.DOSSIER: _gathering,
    Kind.COMMUNAUTE: _gathering,
    Kind.PROJET: lambda item, card, site: _small(card.sorte),
    Kind.TERRITOIRE: lambda item, card, site: _small(card.sorte),
    Kind.TEMPS_FORT: lambda item, card, site: _small("".join(card.details[:1])),
}
"""What stands beside the title, by kind."""


def _signed(item: Item, card: Card, site: Site) -> str:
    """« La rédaction · 23 septembre 2021 »."""
    day = day_of(item.entry.publie_le)
    apart = {day, _SHORT[item.entry.kind](item, card, site)}
    names = [text for text in card.details if text not in apart]
    return _joined(*(names or (REDACTION,)), day)


def _around(item: Item, card: Card, site: Site) -> str:
    """« Wizernes · Pays de Saint-Omer », « Sud Avesnois · Nord »."""
    commune = item.commune
    if commune is None:
        near = [name for code, name in item.territoires if not code.startswith("R")]
        return _joined(*near[:2])
    epci = site.geography.epci(commune.epci or "")
    wide = epci or site.geography.departement(commune.departement)
    return _joined(commune.nom, short_name(wide) if wide else "")


def _owned(item: Item, card: Card, site: Site) -> str:
    """Whose it is, where that is."""
    end = item.of(Annonce, Ressource).echeance
    owner = card.details[1:] if end else card.details
    return _joined(*owner, item.commune.nom if item.commune else "")


_BELOW: Mapping[Kind, Callable[[Item, Card, Site], str]] = {
    Kind.ARTICLE: _signed,
    Kind.DOSSIER: _signed,
    Kind.LIEU: _around,
    Kind.ANNONCE: _owned,
    Kind.RESSOURCE: _owned,
    Kind.TEMPS_FORT: lambda item, card, site: "",
}
"""What stands below, where it is not all that lists say."""


VERSION = 2
"""Grows when a script for the former format could not read the new one."""

TEXT = 200
"""Longest text from which excerpts are taken, in characters."""


def card_files(site: Site) -> Iterator[TextFile]:
    """The files of cards, in the order of numbers; each is made when it is written."""
    for segment in segments(site):
        for start in range(0, len(segment.refs), BLOCK):
            refs = segment.refs[start : start + BLOCK]
            url = search_cards((segment.number * SEGMENT + start) // BLOCK)
            yield text_file(site, url, _text, segment.mark, refs)


def _text(site: Site, mark: str, refs: Sequence[str]) -> Iterator[str]:
    yield f'{{"version":{VERSION},"marque":"{mark}","fiches":[\n'
    yield ",\n".join(compact(_card(site.items[ref], site)) for ref in refs)
    yield "\n]}\n"


def _card(item: Item, site: Site) -> dict[str, Any]:
    """A card; what is empty is left out."""
    card = card_of(site, item.ref)
    told = card_text(item, site)
    base = site.config.base
    parts = inline_parts(card.titre)
    image = card.empreinte
    if card.image:  # the narrowest file of the picture
        image = card.image.variantes[0].url if card.image.variantes else card.image.url
    said = {
        "url": base + card.url,
        "titre": parts if len(parts) > 1 else parts[0],
        "theme": card.theme,
        "sorte": told.sur.partition(" · ")[0],
        "petit": typographie(told.petit),
        "sur": typographie(told.sur),
        "resume": "".join(inline_parts(card.resume)),
        "meta": typographie(told.meta),
        "etiquettes": [
            [typographie(one.texte), one.code, int(one.forte)] for one in card.etiquettes
        ],
        "image": image and base + image,
        "actions": [[text, base + url if url[:1] == "/" else url] for text, url in told.actions],
        "fin": [card.fin.isoformat(), item.entry.kind.info.over.capitalize()] if card.fin else [],
        "agenda": [day.isoformat() for day in told.agenda],
        "texte": cut(site.bodies.body(item.stored).text, TEXT),
    }
    return {name: value for name, value in said.items() if value}


def cut(text: str, limit: int) -> str:
    """The beginning of ``text`` in at most ``limit`` characters, cut after a word.

    >>> cut("La Lune se lève", 10), cut("La Lune", 10)
    ('La Lune se', 'La Lune')
    """
    if len(text) <= limit:
        return text
    kept = text[: limit + 1]
    words = kept.rstrip(" \n")
    if len(words) > limit:
        words = words[: max(words.rfind(" "), words.rfind("\n"))]
    return words[:limit].rstrip(" \n")
