"""Pages in other languages: events of a fortnight, of a month; places, and each of those that say
when one may come, or for how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import groupby
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from portail.agenda.weeks import Month, Week
from portail.model.place import PlaceEntry
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.views.shared import Frame, PageView
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import COMMUNES, HOME, month_of
from portail.text.typography import SafeHtml

from . import pairs
from .catalogues import LANGUAGES
from .facts import facts_of
from .lines import Line, ground, joined, line
from .visits import Row, brief, rows
from .words import MONTH, Words, french, words_of

_TEMPLATE = "langues.html"


class Group(Struct, frozen=True):
    titre: SafeHtml
    lignes: tuple[Line, ...]


class LanguageView(PageView, frozen=True, kw_only=True):
    """A page in another language.

    ``dits`` are its sentences, ``menu`` other pages of the language (words, address), ``francais``
    the page that it stands for; it has ``groupes`` of events or of places, or ``faits`` of a place,
    whose title is French.
    """

    dits: Mapping[str, SafeHtml]
    menu: tuple[tuple[SafeHtml, str], ...]
    francais: str
    entete: SafeHtml
    groupes: tuple[Group, ...] = ()
    # Where a list is narrowed around one: the communes of the region.
    communes: str = ""
    faits: tuple[Row, ...] = ()


def plan(site: Site) -> Iterator[TemplatePage]:
    hint = SitemapHint() if pairs.is_indexed(site) else None
    for code in site.config.added[LANGUAGES]:
        root = f"/{code}/"
        yield drawn(site, root, _TEMPLATE, _show_soon, code, sitemap=hint)
        for month in pairs.months(site):
            url = f"{root}{pairs.below(month)}"
            said = month.year, month.month
            yield drawn(site, url, _TEMPLATE, _show_month, code, *said, sitemap=hint)
        if pairs.places(site):
            url = f"{root}{pairs.PLACES}"
            yield drawn(site, url, _TEMPLATE, _show_places, code, sitemap=hint)
        for ref in pairs.places(site):
            item = site.items[ref]
            if pairs.has_page(item, site):
                own = hint if item.entry.indexable else None
                url = f"{root}{pairs.place_below(item)}"
                yield drawn(site, url, _TEMPLATE, _show_place, code, ref, sitemap=own)


@per_site
def _frame(site: Site) -> Frame:
    """What surrounds these pages: the name of the portal, where to write."""
    return replace(
        frame_of(site), region="", menu=(), pied=(), ailleurs=(), ruban=None, hors_ligne=""
    )


def _common(
    site: Site, words: Words, below: str, french_url: str, key: str, **values: str
) -> dict[str, Any]:
    code = words.langue
    url = f"/{code}/{below}"
    others = tuple(one for one in pairs.ways(site, french_url).langues if one[0] != code)
    menu = [(words.say("quatorze_jours"), f"/{code}/")]
    menu += [
        (words.moment(month.first, "yMMM"), f"/{code}/{pairs.below(month)}")
        for month in pairs.months(site)
    ]
    if pairs.places(site):
        menu.append((words.say("lieux"), f"/{code}/{pairs.PLACES}"))
    return {
        "cadre": _frame(site),
        "url": url,
        "langue": code,
        "langues": (("fr", "Français", french_url), *others),
        "francais": french_url,
        "titre": words.plain(key, **values),
        "entete": SafeHtml(words.say(key, **values)),
        "description": words.plain("description"),
        "noindex": not pairs.is_indexed(site),
        "dits": words.said,
        "communes": COMMUNES if site.geography.home else "",
        "menu": tuple((SafeHtml(text), url) for text, url in menu),
    }


def _events(site: Site, words: Words, told: pairs.Told) -> tuple[Group, ...]:
    last = Week.of(told.first).last
    days = told.first, told.last
    following = max(told.first, last - timedelta(days=1)), last
    parts = {
        "week_end": (told.week_end, following),
        "dates": (told.dated, days),
        "durables": (told.lasting, days),
    }
    groups = (
        Group(
            SafeHtml(words.say(key)),
            tuple(line(words, site.items[ref], facts_of(site, ref), *when) for ref in refs),
        )
        for key, (refs, when) in parts.items()
    )
    return tuple(group for group in groups if group.lignes)


def _show_soon(site: Site, code: str) -> LanguageView:
    words = words_of(site, code)
    return LanguageView(
        **_common(site, words, "", HOME, "accueil"),
        groupes=_events(site, words, pairs.fortnight(site)),
    )


def _show_month(site: Site, code: str, year: int, number: int) -> LanguageView:
    words = words_of(site, code)
    month = Month(year, number)
    name = words.moment(month.first, MONTH)
    return LanguageView(
        **_common(site, words, pairs.below(month), month_of(month), "mois", mois=name),
        groupes=_events(site, words, pairs.of_month(site, year, number)),
    )


def _show_places(site: Site, code: str) -> LanguageView:
    words = words_of(site, code)
    items = sorted(
        (site.items[ref] for ref in pairs.places(site)),
        key=lambda item: (_ground(site, item), not pairs.has_page(item, site)),
    )
    groups = tuple(
        Group(SafeHtml(french(name)), tuple(_place(site, words, item) for item in some))
        for name, some in groupby(items, key=lambda item: _ground(site, item))
    )
    return LanguageView(**_common(site, words, pairs.PLACES, pairs.LIST, "lieux"), groupes=groups)


def _ground(site: Site, item: Item) -> str:
    departement = site.departement_of(item)
    if departement:
        return departement.nom
    return ""


def _place(site: Site, words: Words, item: Item) -> Line:
    own = pairs.has_page(item, site)
    url = f"/{words.langue}/{pairs.place_below(item)}" if own else item.url
    rows = filter(None, (_sort(words, item), brief(words, item)))
    return Line(item.entry.titre, url, tuple(map(SafeHtml, rows)), lieu=ground(item))


def _sort(words: Words, item: Item) -> str:
    kind = item.of(PlaceEntry).type
    town = french(item.town) if item.town else ""
    return joined((words.label("types-lieux", kind) if kind else "", town))


def _show_place(site: Site, code: str, ref: str) -> LanguageView:
    words = words_of(site, code)
    item = site.items[ref]
    fields = _common(site, words, pairs.place_below(item), item.url, "lieux")
    fields |= {"titre": item.entry.titre, "entete": SafeHtml(_sort(words, item))}
    fields["noindex"] = not item.entry.indexable or fields["noindex"]
    return LanguageView(**fields, faits=rows(words, item, site))
