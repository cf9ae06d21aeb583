"""What a sentence may ask besides its words: tables that the browser reads it by, and what each
content answers: for which age, for whom, on which days, where."""

# `phrase`: how a sentence is read: what `phrases.yml` says, and `vacances`, `[name, in words,
# first day, last day]`; `fetes`, `[words, day in words, day]`; `departements`, `[number, value of
# the facet, name, in it]`; `services`, `[title, address, summary, words that ask for it]`

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import Any, TypeAlias

from portail.facts.when import to_come
from portail.features.kinds.lieux.model import Lieu
from portail.features.services.horaires.rules import easter
from portail.geo.coordinates import LatLon
from portail.geo.names import in_territory
from portail.model.collections import PlaceEntry
from portail.model.event import Event
from portail.outputs.pages.frame import besides, contribution, frame_of
from portail.outputs.pages.slots import ASKED_FOR
from portail.resources import rows_of
from portail.site.facet_readers import ValueReader
from portail.site.facets import OUI, is_tool, territory_pair
from portail.site.item import Item
from portail.site.lists import lasting_of
from portail.site.memo import kept_answer
from portail.site.showings import is_visited
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.normalise import fold
from portail.text.typography import capital, plain, typeset

Ages: TypeAlias = tuple[int, int] | None
# What ``days_of`` gives.
Days: TypeAlias = tuple[bool, tuple[tuple[date, date], ...]]

_SENTENCES: Mapping[str, Any] = rows_of("portail_recherche", "phrases")
# Bits of the column « pour », by the ranks of phrases.yml: whom it is for, what one does with it;
# what is invented, what begins in the evening.
CHILDREN, CLASSES, FREE, LENT, VISITED, EXAMPLE = (1 << rank for rank in range(6))
EVENING = 1 << 10
_LEVELS = {
    name: 1 << rank for rank, name in enumerate(("maternelle", "primaire", "college", "lycee"), 6)
}
# Whom one calls a child has so many years at most.
_CHILD = 11
_FOR_CHILDREN = frozenset({"familles", "maternelle", "primaire"})
_FOR_CLASSES = frozenset({*_LEVELS, "enseignants"})
_HOSTS = "accueil-de-groupes"
# Days of one event that are told one by one; beyond, it is there from the first to the last.
_MOST_DAYS = 60
# Words of feasts, days from Easter or from Christmas.
_CHRISTMAS = "(?:a|pour|le jour de) noel"
_FEASTS = {
    _CHRISTMAS: 0,
    "(?:le )?lundi de paques": 1,
    "(?:le )?(?:jeudi de )?l ascension": 39,
    "(?:le )?lundi de (?:la )?pentecote": 50,
}
# The hour from which what begins is for the evening.
_LATE = 17
# School holidays that one may name: those to come within about a year.
_HOLIDAYS = 4


def sentences(site: Site) -> dict[str, Any]:
    """The tables by which a sentence is read."""
    home = site.geography.home
    return {
        **{name: rows for name, rows in _SENTENCES.items() if name != "services"},
        "contrees": _SENTENCES["contrees"].get(home.code if home else None, []),
        "vacances": list(_holidays(site)),
        "fetes": list(_feasts(site.day.date)),
        "departements": list(_departements(site)),
        "services": _services(site),
    }


def _holidays(site: Site) -> Iterator[tuple[str, str, str, str]]:
    # The name of holidays as a folded word (« toussaint »), as it is said, their days.
    coming = [holiday for holiday in site.holidays.own if holiday.au >= site.day.date]
    for holiday in coming[:_HOLIDAYS]:
        name = fold(holiday.nom).replace("'", " ").rpartition(" ")[2]
        yield name, plain(holiday.nom), holiday.du.isoformat(), holiday.au.isoformat()


def _feasts(today: date) -> Iterator[tuple[str, str, str]]:
    # Days that people call by their names: Christmas, and what Easter moves.
    for motif, after in _FEASTS.items():
        years = (
            (easter(year) if motif != _CHRISTMAS else date(year, 12, 25)) + timedelta(days=after)
            for year in (today.year, today.year + 1)
        )
        day = next(day for day in years if day >= today)
        yield motif, plain(f"le {jour(day)}"), day.isoformat()


def _departements(site: Site) -> Iterator[tuple[str, str, str, str]]:
    # Number, value of the facet, name, the same after « dans ».
    home = site.geography.home
    if home:
        for departement in site.geography.departements_of(home.code):
            _, value = territory_pair(departement, site.geography)
            yield departement.code, value, departement.nom, in_territory(departement)


@kept_answer
def _services(site: Site) -> tuple[tuple[str, str, str, str], ...]:
    # Title, address, what it is for, words that ask for it: pages that this site has, then what is
    # to come and has none.
    return tuple(_served(site))


def _served(site: Site) -> Iterator[tuple[str, str, str, str]]:
    switches: list[str] = []
    for feature in site.features:
        switches.extend(facet.key for facet in feature.facets)
    linked = frame_of(site).urls | {link.url for link in contribution(site)}
    linked |= {link.url for link in chain.from_iterable(group.liens for group in besides(site))}
    linked |= {site.ahead.page_of((key, OUI)) for key in switches}
    base = site.config.base
    ours = (
        (one["titre"], one["url"], one["resume"], ", ".join(one["mots"]))
        for one in _SENTENCES["services"]
    )
    for title, url, summary, words in chain(ours, ASKED_FOR.ask(site)):
        if url in linked:
            yield title, base + url, summary, words
    for item in site.told.values():
        if not item.is_over:
            day = item.occurrences[0].first_day
            yield (
                item.entry.titre,
                base + item.url,
                typeset(f"{capital(jour(day))} : {item.entry.resume}"),
                ", ".join(item.entry.mots_cles),
            )


def audience_of(item: Item, reader: ValueReader, ages: Ages) -> int:
    """For whom it is, what one does with it: the bits above, added."""
    entry = item.entry
    publics = frozenset(vars(entry).get("publics", ()))
    hosts = isinstance(entry, PlaceEntry) and (entry.groupes or _HOSTS in entry.offre)
    groups = bool(isinstance(entry, Event) and entry.groupes)
    classes = not item.reserve and bool(publics & _FOR_CLASSES or hosts or groups)
    levels = publics & _LEVELS.keys() or _LEVELS.keys()  # who names none receives all
    said = {
        CHILDREN: bool(publics & _FOR_CHILDREN) if ages is None else ages[0] <= _CHILD,
        CLASSES: classes,
        FREE: ("gratuit", OUI) in reader.pairs(item),
        LENT: is_tool(item),
        VISITED: isinstance(entry, Lieu) and is_visited(entry, reader.vocabularies),
        EXAMPLE: entry.exemple,
        EVENING: any(one.debut.hour >= _LATE and not one.journee for one in item.coming),
        **{_LEVELS[level]: classes for level in levels},
    }
    return sum(bit for bit, is_so in said.items() if is_so)


def days_of(item: Item, site: Site) -> Days:
    """Whether an event lasts; first and last days of each time to come."""
    if not isinstance(item.entry, Event) or not item.listed:
        return False, ()
    lasting = lasting_of(item, site)
    coming = to_come(item, site.day.date)
    if lasting and len(coming) > _MOST_DAYS:
        return True, ((lasting.du, lasting.au),)
    days = dict.fromkeys((occurrence.first_day, occurrence.last_day) for occurrence in coming)
    return lasting is not None, tuple(days)[:_MOST_DAYS]


def day_numbers(every: Iterable[Days], before: int) -> Iterator[int]:
    """The days of all contents: places from the former one, twice the times plus 1 for what lasts,
    then for each time days from the former first day (``before`` at first) and days after it.
    """
    former = -1
    for place, (lasts, days) in enumerate(every):
        if not days:
            continue
        yield place - former
        yield 2 * len(days) + lasts
        last = before
        for first, end in sorted(days):
            begun = max(first.toordinal(), before)
            yield begun - last
            yield end.toordinal() - begun
            last = begun
        former = place


def communes_of(items: Sequence[Item]) -> tuple[list[tuple[int, int]], list[int]]:
    """Latitudes and longitudes of communes, in hundredths of degrees; the rank of that of each
    content from 1, 0 for none that is placed."""
    placed: dict[LatLon, int] = {}
    ranks = []
    for item in items:
        point = item.commune and item.commune.point
        ranks.append(placed.setdefault(point, len(placed)) + 1 if point else 0)
    return [(round(100 * lat), round(100 * lon)) for lat, lon in placed], ranks
