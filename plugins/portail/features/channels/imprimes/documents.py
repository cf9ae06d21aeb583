"""The documents for paper that the setting ``PORTAIL_IMPRIMES`` asks for, and
those of ``portail imprimer``. A document is asked for in words:
« programme/fete-de-la-science/2021/somme/scolaires »."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from portail.diagnostics import ConfigError
from portail.facts.audience import audience
from portail.facts.price import booking, price
from portail.features.channels.affiches.page import show_poster
from portail.features.channels.affiches.posters import posters_of
from portail.features.channels.imprimes.views import (
    AfficheImprimee,
    ImprimeView,
    Lieux,
    LigneImprimee,
    ProgrammeImprime,
    catalogue,
    print_fields,
)
from portail.features.kinds.tempsforts.addresses import edition_of, programme_of
from portail.features.kinds.tempsforts.counts import count_of
from portail.features.kinds.tempsforts.programme import by_place, events_for, line_of
from portail.features.services.editions.editions import (
    YearOf,
    by_town,
    edition_days,
    shares,
    years_of,
)
from portail.model.kinds import YEARLY
from portail.outputs.base import TemplatePage, drawn
from portail.outputs.pages.views.shared import Imprime
from portail.resources import rows_of
from portail.site.borrowed import borrowable
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import AGENDA, CATALOGUE
from portail.text.normalise import slugify
from portail.text.suggest import meant

_WORDS: Mapping[str, Any] = rows_of("channels.imprimes", "mots")

PUBLICS = {"grand-public": "grand public", "scolaires": "des scolaires"}
"""Programmes of an edition, and how each is called."""


def year_of(site: Site, ref: str, year: int) -> YearOf | None:
    """One year of a rendezvous; ``None`` when it has no event."""
    years = (
        edition
        for edition in years_of(site.items[ref], site)
        if edition.annee == year and edition.events
    )
    return next(years, None)


def departements(site: Site) -> dict[str, str]:
    """Names of the départements of the region, by what they are called in addresses."""
    home = site.geography.home
    places = site.geography.departements_of(home.code) if home else ()
    return {slugify(place.nom): place.nom for place in places}


def programme(site: Site, ref: str, annee: int, public: str, departement: str) -> ProgrammeImprime:
    """The programme of a year of a rendezvous, for some public (a key of ``PUBLICS``), of one
    département (its name, ``""``: all)."""
    item = site.items[ref]
    year = year_of(site, ref, annee)
    assert year
    schools = public == "scolaires"
    by_name = by_place(events_for(year, public), site)
    places = {name: some for name, some in by_name.items() if departement in ("", name)}
    events = [event for some in places.values() for event in some]
    edition = f"{item.name} {annee}"
    where = f", {departement}" if departement else ""
    return ProgrammeImprime(
        **print_fields(
            site,
            f"{edition}, programme {PUBLICS[public]}{where}",
            _WORDS["programme"].format(public=PUBLICS[public]),
            programme_of(item.url, annee, public),
        ),
        edition=edition,
        public=f"Programme {PUBLICS[public]}{where}",
        theme=item.theme,
        jours=edition_days(year.edition),
        nombre=count_of(*shares(events)),
        exemples=any(event.entry.exemple for event in events),
        lieux=tuple(
            Lieux(
                name,
                slugify(name),
                count_of(*shares(some)),
                tuple(
                    (town, tuple(_line(event, site, schools) for event in rows))
                    for town, rows in by_town(some)
                ),
            )
            for name, some in places.items()
            if some
        ),
        sans=tuple(name for name, some in places.items() if not some),
    )


def _line(item: Item, site: Site, schools: bool) -> LigneImprimee:
    line = line_of(item, site, schools=schools)
    practical = () if line.annule else tuple(filter(None, _practical(item, site, schools)))
    head = (line.titre, line.theme, item.url, line.quand, line.details)
    return LigneImprimee(*head, (*line.niveaux, *practical), line.annule)


def _practical(item: Item, site: Site, schools: bool) -> Iterator[str]:
    """Price, public, how one books."""
    if not schools:
        yield audience(item, site).short
    yield price(item, site).short
    how, *ways = [
        value.text for value in booking(item, site).values if value.text != "réserver"
    ] or [""]
    yield f"{how} : {', '.join(ways)}" if ways else how


def plan_printed(site: Site) -> Iterator[TemplatePage]:
    """A page for each document for paper that a setting asks for, once: the package
    ``portail_impression`` makes a PDF of it from a template of ``imprimes/``."""
    pages = (document(site, words.strip("/").split("/")) for words in site.config.added["imprimes"])
    yield from {page.url: page for page in pages}.values()


def document(site: Site, words: Sequence[str]) -> TemplatePage:
    """The document that words ask for: its sort, then what it is about. Raises ``ConfigError`` when
    there is no such document, with the nearest."""
    sort, *rest = words or [""]
    if sort not in SORTS:
        raise _unknown(sort, _REFUSED["document"], SORTS)
    return SORTS[sort](site, rest)


_REFUSED: Mapping[str, str] = _WORDS["refus"]
_SHOWN = 12
"""Known words that a refusal gives, when none is near."""


def _unknown(word: str, noun: str, names: Iterable[str]) -> ConfigError:
    names = tuple(names)
    some = ", ".join((*names[:_SHOWN], *("…" for _ in names[_SHOWN : _SHOWN + 1])))
    hint = meant(word, names) or _REFUSED["connus"].format(mots=some or _REFUSED["rien"])
    return ConfigError(_REFUSED["inconnu"].format(mot=word, quoi=noun) + hint)


def _catalogue(site: Site, words: Sequence[str]) -> TemplatePage:
    if words:
        raise ConfigError(_REFUSED["entier"].format(mot=words[0]))
    if not borrowable(site):
        raise ConfigError(_REFUSED["vide"])
    return drawn(site, f"{CATALOGUE}catalogue.pdf", "imprimes/catalogue.html", catalogue)


def _programme(site: Site, words: Sequence[str]) -> TemplatePage:
    """« [temps-forts] SLUG ANNÉE [DÉPARTEMENT] [scolaires] », in this order or another."""
    folders = {kind.value for kind in YEARLY}
    slug, year, *rest = [word for word in words if word not in folders] + ["", ""]
    events = {item.entry.slug: item for item in site.of_kinds(YEARLY)}
    if slug not in events:
        raise _unknown(slug, _REFUSED["temps_fort"], events)
    item = events[slug]
    if not year.isdecimal() or not year_of(site, item.ref, int(year)):
        years = ", ".join(str(edition.annee) for edition in years_of(item, site) if edition.events)
        hint = _REFUSED["annees"].format(annees=years) if years else _REFUSED["aucune"]
        raise ConfigError(_REFUSED["annee"].format(nom=item.name, mot=year, connues=hint))
    public = "grand-public"
    places = departements(site)
    place = ""
    for word in filter(None, rest):
        if word in PUBLICS:
            public = word
        elif slugify(word) in places:
            place = slugify(word)
        else:
            raise _unknown(word, _REFUSED["public"], (*places, *PUBLICS))
    name = "-".join(filter(None, ("programme", public, place)))
    url = f"{edition_of(item.url, int(year))}{name}.pdf"
    arguments = (item.ref, int(year), public, places.get(place, ""))
    return drawn(site, url, "imprimes/programme.html", programme, *arguments)


def _poster(site: Site, words: Sequence[str]) -> TemplatePage:
    """The address of a poster, or of what has posters: that to print today; the agenda's, without
    any."""
    path = "/".join(words).strip("/") or AGENDA.strip("/")
    posters = posters_of(site)
    scopes = posters.by_scope
    every = {poster.url.strip("/"): poster.url for some in scopes.values() for poster in some}
    every |= {url.strip("/"): address for url in scopes if (address := posters.proposed(url))}
    if path not in every:
        raise _unknown(path, _REFUSED["affiche"], every)
    url = every[path]
    return drawn(site, f"{url}affiche.pdf", "imprimes/affiche.html", _show_poster, url)


def _show_poster(site: Site, url: str) -> AfficheImprimee:
    sheet = show_poster(site, url)
    title = f"{sheet.accroche}\u00a0: {sheet.ou}, {sheet.quand}"
    return AfficheImprimee(**print_fields(site, title, title, url), affiche=sheet)


SORTS: Mapping[str, Callable[[Site, Sequence[str]], TemplatePage]] = {
    "catalogue": _catalogue,
    "programme": _programme,
    "affiche": _poster,
}
"""What can be printed, and what finds it from the words after its name."""


def offered(site: Site, url: str) -> Iterator[Imprime]:
    """The documents that a build makes in the folder of a page."""
    for page in plan_printed(site):
        if page.url.rpartition("/")[0] == url.rstrip("/"):
            view = page.view()
            if isinstance(view, ImprimeView):
                yield Imprime(view.titre, page.url, page.template, view)
