"""The year of a structure: what it proposed, published, lent, who cites it, beside its like."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from statistics import fmean

from msgspec import Struct
from msgspec.structs import replace

from portail.facts.base import in_words
from portail.features.services.bilans.counting import Counts, table
from portail.features.services.bilans.table import Bilan, Column, Key, Row, Table, counted
from portail.model.articles import AnnouncementEntry, ArticleEntry
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.place import PlaceEntry
from portail.model.registry import references_of
from portail.model.resource import ResourceEntry
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.typography import capital, nombre

from .counts import (
    KINDS,
    Events,
    called_off,
    genuine,
    published,
    sessions,
)
from .loans import Out, beginnings, days, loans_in

# A mean is shown from this many structures of the type on: of fewer, it would say nothing.
LIKE = 5

# What a structure is to an event, by the field that names it.
ROLES = {"organisateurs": "Organisés", "lieu": "Accueillis", "partenaires": "En partenariat"}
# Fields that make an event that of a structure.
_OWN = frozenset(("organisateurs", "lieu"))
# A tool that a structure borrows is not one of its own.
_LENT = "itinerance"
# What comes out, and how it is counted in words.
_WORDS: Mapping[type[Entry], tuple[str, str]] = {
    ArticleEntry: ("article", "articles"),
    AnnouncementEntry: ("annonce", "annonces"),
    ResourceEntry: ("ressource", "ressources"),
}


class Activity(Struct, frozen=True):
    """What has to do with a structure in a year and the year before; ``own`` are its events of any
    year.
    """

    events: Events
    partner: Events
    fields: Mapping[str, frozenset[str]]
    parutions: Counts[Item]
    own: tuple[Item, ...]
    # Of all that is its own, in any year.
    refs: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.events.now or self.partner.now or self.parutions.now)


def activity_of(site: Site, item: Item, year: int) -> Activity:
    """What names a structure in its fields, in a year."""
    naming = (*site.indexes.by_target.get(item.ref, ()), *site.indexes.apart.get(item.ref, ()))
    contents = genuine((site.items[ref] for ref in naming), item.entry)
    fields = {content.ref: _fields(content.entry, item) for content in contents}
    dated = [content for content in contents if isinstance(content.entry, Event)]
    own = tuple(event for event in dated if fields[event.ref] & _OWN)
    beside = [event for event in dated if fields[event.ref] & ROLES.keys() == {"partenaires"}]
    others = [
        content
        for content in contents
        if isinstance(content.entry, tuple(_WORDS)) and fields[content.ref] != {_LENT}
    ]
    events = Events.of(site, own, year)
    now, before = (published(others, one) for one in (year, year - 1))
    parutions = Counts(site, year, now, before, events.compared)
    refs = frozenset(content.ref for content in (*own, *beside, *others))
    return Activity(events, Events.of(site, beside, year), fields, parutions, own, refs)


def _fields(entry: Entry, item: Item) -> frozenset[str]:
    names = (item.ref, item.entry.slug)
    mentions = (reference for reference in references_of(entry) if reference.value in names)
    return frozenset(str(mention.loc[0]) for mention in mentions)


def _cited(site: Site, item: Item, activity: Activity, year: int) -> tuple[Item, ...]:
    # Contents that came out in a year and name a structure, in a field or by a link of their text,
    # but for those that are its own.
    every = (content for kind in KINDS for content in genuine(site.of_kind(kind), item.entry))
    citing = (
        content
        for content in every
        if content.ref not in activity.refs
        and (
            item.ref in content.targets
            or any(link.partition("#")[0] == item.url for link in content.links.values())
        )
    )
    return published(citing, year)


def structure(site: Site, ref: str, year: int) -> Bilan:
    """The bilan of a structure for a year. Raises ``KeyError`` when there is no such structure."""
    item = site.items[ref]
    name = item.short
    activity = activity_of(site, item, year)
    citing = _cited(site, item, activity, year)
    titre = f"{name} en {year}"
    declared = tuple(_declared_figures(item, year))
    lent = [
        loan
        for loan in loans_in(site, year).now
        if loan.outil.preteur == item.entry.slug and (item.entry.exemple or not loan.outil.exemple)
    ]
    phrases = (_INVENTED,) if item.entry.exemple else ()
    if not (activity or declared or lent):
        empty = f"Pour {name}, le portail n’a de {year} ni rendez-vous ni parution."
        return Bilan(titre, year, (*phrases, empty, *_naming(activity, citing)))
    tables = (*_tables(item, activity), *_lists(site, item, activity, citing, lent), *declared)
    return Bilan(
        titre,
        year,
        (*phrases, *_phrases(name, activity), *_naming(activity, citing)),
        _keys(activity, citing, lent),
        tuple(filter(None, tables)),
        tuple(_methode(site, item, year)),
    )


_INVENTED = "Cette structure est un exemple\u00a0: tout y est inventé, ces chiffres aussi."


def _phrases(name: str, activity: Activity) -> Iterator[str]:
    events = activity.events
    year = events.annee
    have = "ont" if name.startswith("Les ") else "a"
    verb = "proposé" if year < events.site.day.date.year else "annoncé"
    if events.now:
        shown = f"{nombre(len(events.now))} rendez-vous{events.detail()}"
        yield f"En {year}, {name} {have} {verb} {shown}."
        yield from events.phrases()
    else:
        yield f"Le portail ne connaît aucun rendez-vous proposé par {name} en {year}."
    out = [
        counted(number, *words)
        for model, words in _WORDS.items()
        if (number := _of_model(model)(activity)[0])
    ]
    if out:
        yield f"Le portail a publié {in_words(out)} de sa part ou à son sujet."


def _naming(activity: Activity, citing: Sequence[Item]) -> Iterator[str]:
    if citing:
        words = ("autre contenu", "autres contenus") if activity else ("contenu", "contenus")
        verb = "nomment" if len(citing) > 1 else "nomme"
        yield f"{counted(len(citing), *words)} de l’année {verb} cette structure."


def _keys(activity: Activity, citing: Sequence[Item], lent: Sequence[Out]) -> tuple[Key, ...]:
    return (
        activity.events.key("Rendez-vous"),
        Key("Séances", sessions(activity.events.now)),
        *activity.events.offer_keys(),
        activity.parutions.key("Articles, annonces et ressources"),
        *((Key("Jours de prêt", days(lent)),) if lent else ()),
        Key("Contenus qui la nomment", len(citing)),
    )


def _tables(item: Item, activity: Activity) -> Iterator[Table]:
    events = activity.events
    yield _beside(item, activity)
    yield events.months()
    yield _roles(activity)
    for field in ("themes", "publics", "format"):
        yield events.by_field(field)
    yield events.offered()
    towns = sorted({event.item.town or _NOWHERE for event in events.now})
    yield events.by(
        "structure.communes",
        lambda event: (event.item.town or _NOWHERE,),
        {town: town for town in towns} if len(towns) > 1 else {},
    )
    yield events.unsaid()


_NOWHERE = "Sans commune"


def _of_model(model: type[Entry]) -> Callable[[Activity], tuple[int, int]]:
    # How many of a kind came out in the year, and in the year before.
    def count(items: Sequence[Item]) -> int:
        return sum(isinstance(item.entry, model) for item in items)

    return lambda activity: activity.parutions.both(count)


_MEASURES: Mapping[str, Callable[[Activity], tuple[int, int]]] = {
    "Rendez-vous": lambda activity: activity.events.both(len),
    "Séances": lambda activity: activity.events.both(sessions),
    **{capital(words[1]): _of_model(model) for model, words in _WORDS.items()},
}


def _beside(item: Item, activity: Activity) -> Table:
    events = activity.events
    site = events.site
    kind = item.of(PlaceEntry).type
    places = genuine(site.places, item.entry)
    like = [
        activity if place is item else activity_of(site, place, events.annee)
        for place in places
        if place.of(PlaceEntry).type == kind
    ]
    mean = []
    note = ""
    if len(like) >= LIKE:
        label = site.vocabularies.label("types-lieux", kind, plural=True)
        mean.append(Column(f"Moyenne des {label}"))
        note = (
            f"Moyenne, pour {events.annee}, des {nombre(len(like))} structures de ce type dans "
            "l’annuaire, celles qui n’ont rien annoncé comprises."
        )
    rows = []
    for label, measure in _MEASURES.items():
        now, before = measure(activity)
        row = events.row(label, now, before=before)
        means = (round(fmean(measure(peer)[0] for peer in like), 1) for _ in mean)
        rows.append(row._replace(values=(*row.values, *means)))
    return table("structure.annee", rows, *events.last, *mean, note=note, annee=events.annee)


def _roles(activity: Activity) -> Table:
    # What it is to the events of the year; it may be several things.
    events = activity.events
    partner = activity.partner
    every = replace(
        events, now=(*events.now, *partner.now), before=(*events.before, *partner.before)
    )
    roles = every.by("structure.roles", lambda event: activity.fields[event.item.ref], ROLES)
    off = called_off(activity.own, events.annee)
    last = events.row("Annulés ou reportés sans date", off, before=None)
    return replace(roles, lignes=(*roles.lignes, last))


def _declared_figures(item: Item, year: int) -> Iterator[Table]:
    by_source: dict[str, list[Row]] = {}
    for figure in item.of(PlaceEntry).chiffres:
        if figure.annee == year:
            rows = by_source.setdefault(figure.source or "fiche de la structure", [])
            rows.append(Row(figure.libelle, (figure.valeur,)))
    for rank, (source, rows) in enumerate(by_source.items(), 1):
        code = f"declares-{rank}" if rank > 1 else "declares"
        title = f"Chiffres de {year}"
        columns = (Column("Valeur"),)
        yield Table(code, title, "Chiffre", columns, tuple(rows), source=source)


def _lists(
    site: Site, item: Item, activity: Activity, citing: Sequence[Item], lent: Sequence[Out]
) -> Iterator[Table]:
    events = (
        Row(
            event.item.name,
            (_day(event.premier), len(event.times), event.item.town or None),
            event.item.url,
        )
        for event in (*activity.events.now, *activity.partner.now)
    )
    yield table("structure.rendez-vous", events)
    yield table("structure.prets", _lent(lent))
    for name, contents in (("parutions", activity.parutions.now), ("citations", citing)):
        rows = (
            Row(
                content.name,
                (capital(content.entry.kind.info.nom), _day(content.entry.publie_le)),
                content.url,
            )
            for content in contents
        )
        yield table(f"structure.{name}", rows)
    yield table("structure.reseaux", _networks(site, item))


def _day(day: date | None) -> str | None:
    return jour(day, semaine=False, annee=False) if day else None


def _lent(lent: Sequence[Out]) -> Iterator[Row]:
    # Its tools that somebody had: how often they left, how many days, how many borrowed them.
    for tool in {loan.outil.ref: loan.outil for loan in lent}.values():
        out = [loan for loan in lent if loan.outil.ref == tool.ref]
        who = {loan.pret.qui for loan in out if loan.pret.qui}
        yield Row(tool.titre, (beginnings(out), days(out), len(who)), tool.url)


def _networks(site: Site, item: Item) -> Iterator[Row]:
    for slug in item.of(PlaceEntry).membre_de:
        if network := site.lieu(slug):
            yield Row(network.name, ("réseau dont elle est membre",), network.url)
    for ref in site.indexes.by_target.get(item.ref, ()):
        content = site.items[ref]
        fields = vars(content.entry)
        if item.entry.slug in fields.get("membre_de", ()):
            yield Row(content.name, ("membre de son réseau",), content.url)
        elif item.entry.slug in (*fields.get("membres", ()), *fields.get("animateurs", ())):
            yield Row(content.name, (content.entry.kind.info.nom,), content.url)


def _methode(site: Site, item: Item, year: int) -> Iterator[str]:
    yield (
        "Un rendez-vous compte s’il a lieu au moins un jour de l’année, et si sa fiche nomme la "
        "structure comme organisatrice ou comme lieu ; annulé ou reporté, il ne compte pas. Un "
        "village et chacune de ses animations comptent chacun."
    )
    yield "Une parution compte l’année où elle est publiée, si sa fiche nomme la structure."
    if not item.entry.exemple:
        yield "Les contenus donnés en exemple ne comptent pas."
    if year >= site.day.date.year:
        yield f"Compté au {jour(site.day.date, semaine=False)}\u00a0: l’année n’est pas finie."
