"""The year of a structure: what it proposed, published, lent, who cites it, beside its like."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from portail.features.services.bilans.table import Bilan, Column, Key, Row, Table, table
from portail.model.collections import PlaceEntry
from portail.model.kinds import Kind
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.typography import capital, nombre

from .counts import Figures

# A mean is shown from this many structures of the type on: of fewer, it would say nothing.
LIKE = 5

# What comes out, and how it is counted in words.
_OUT = (Kind.ARTICLE, Kind.ANNONCE, Kind.RESSOURCE)


class Activity(Figures, frozen=True, dict=True, kw_only=True):
    """What has to do with a structure in a year, and the year before."""

    item: Item

    @cached_property
    def lines(self) -> list[tuple[str, int, int, int]]:
        """What is counted of it: in the year, the year before, and of all its like."""
        rows = self.asked("structure.annee")
        return [(label, now, before, whole) for label, _, now, before, whole in rows]

    @cached_property
    def lent(self) -> list[Row]:
        """Its tools that somebody had: how often they left, how many days, how many borrowers."""
        return self.rows("structure.prets")

    @cached_property
    def citing(self) -> tuple[Item, ...]:
        """Contents that came out in the year and name it, in a field or by a link of their text,
        but for those that are its own."""
        rows = self.asked("structure.citations")
        items = ((self.site.items[ref], named) for ref, named in rows)
        return tuple(item for item, named in items if named or self._leads(item))

    def _leads(self, item: Item) -> bool:
        return any(link.partition("#")[0] == self.item.url for link in item.links.values())

    def __bool__(self) -> bool:
        ((active,),) = self.asked("actif")
        return bool(active)


def structure(site: Site, ref: str, year: int) -> Bilan:
    """The bilan of a structure for a year. Raises ``KeyError`` when there is no such structure."""
    item = site.items[ref]
    activity = Activity.of(site, ref, year, item=item)
    name = item.short
    titre = f"{name} en {year}"
    declared = tuple(_declared_figures(item, year))
    phrases = (_INVENTED,) if item.entry.exemple else ()
    if not (activity or declared or activity.lent):
        empty = f"Pour {name}, le portail n’a de {year} ni rendez-vous ni parution."
        return Bilan(titre, year, (*phrases, empty), cles=_naming(activity))
    tables = (*_tables(activity), *_lists(activity), *declared)
    return Bilan(
        titre,
        year,
        phrases,
        cles=_keys(activity),
        tables=tuple(filter(None, tables)),
        methode=tuple(_methode(site, item, year)),
    )


_INVENTED = "Cette structure est un exemple\u00a0: tout y est inventé, ces chiffres aussi."


def _keys(activity: Activity) -> tuple[Key, ...]:
    _, now, before, _ = zip(*activity.lines[-len(_OUT) :], strict=True)
    days = sum(row.values[1] for row in activity.lent if isinstance(row.values[1], int))
    return (
        activity.events_key(),
        Key("Séances", activity.totals[0].seances),
        *activity.offer_keys(),
        activity.key("Articles, annonces et ressources", sum(now), sum(before)),
        *((Key("Jours de prêt", days),) if activity.lent else ()),
        *_naming(activity),
    )


def _naming(activity: Activity) -> tuple[Key, ...]:
    number = len(activity.citing)
    return (Key("Contenus qui la nomment", number),) if number else ()


def _tables(activity: Activity) -> Iterator[Table]:
    yield _beside(activity)
    yield from map(activity.told, ("evenements.mois", "structure.roles"))
    yield from map(activity.by_field, ("themes", "publics", "format"))
    yield activity.offered()
    yield from map(activity.told, ("structure.communes", "evenements.manques"))


def _beside(activity: Activity) -> Table:
    ((like,),) = activity.asked("semblables")
    more = []
    note = ""
    if like >= LIKE:
        kind = activity.item.of(PlaceEntry).type
        label = activity.site.vocabularies.label("types-lieux", kind, plural=True)
        more.append(Column(f"Moyenne des {label}"))
        note = (
            f"Moyenne, pour {activity.annee}, des {nombre(like)} structures de ce type dans "
            "l’annuaire, celles qui n’ont rien annoncé comprises."
        )
    rows = [
        Row(label, (now, before, *(round(whole / like, 1) for _ in more)))
        for label, now, before, whole in activity.lines
    ]
    return activity.table("structure.annee", rows, *more, note=note)


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


def _lists(activity: Activity) -> Iterator[Table]:
    site = activity.site
    events = (
        Row(name, (_day(date.fromisoformat(day)), times, town), url)
        for name, url, day, times, town in activity.asked("structure.rendez-vous")
    )
    yield table("structure.rendez-vous", events)
    yield table("structure.prets", activity.lent)
    out = [site.items[ref] for (ref,) in activity.asked("structure.parutions")]
    for name, contents in (("parutions", out), ("citations", activity.citing)):
        yield table(f"structure.{name}", map(_published, contents))
    yield activity.told("structure.reseaux")


def _published(content: Item) -> Row:
    nature = capital(content.entry.kind.info.nom)
    return Row(content.name, (nature, _day(content.entry.publie_le)), content.url)


def _day(day: date | None) -> str | None:
    if day:
        return jour(day, semaine=False, annee=False)
    return None


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
