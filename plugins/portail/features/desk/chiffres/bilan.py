"""The year of a structure: what it proposed, published, who cites it, beside its like; the bilan of
a structure or of a territory, whichever a reference names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean

from msgspec.structs import replace

from portail.diagnostics import ConfigError
from portail.facts.base import in_words
from portail.features.desk.chiffres.activity import (
    LIKE,
    ROLES,
    WORDS,
    Activity,
    activity_of,
    cited,
    lent_by,
    like_of,
)
from portail.features.desk.chiffres.held import (
    OFFERS,
    Pair,
    YearEvent,
    called_off,
    listed,
    sessions,
)
from portail.features.desk.chiffres.loans import LoanYear
from portail.features.desk.chiffres.territory import territory, territory_of
from portail.features.services.bilans.counting import Cut, count, part, table_of
from portail.features.services.bilans.table import Bilan, Column, Key, Row, Table, Value, counted
from portail.model.kinds import Kind, is_place
from portail.model.place import PlaceEntry
from portail.site.item import Item
from portail.site.site import Site
from portail.site.territories import territory_code
from portail.text.dates import jour
from portail.text.suggest import meant
from portail.text.typography import capital, nombre


def structure(site: Site, ref: str, year: int) -> Bilan:
    """The bilan of a structure for a year. Raises ``KeyError`` when there is no such structure."""
    item = site.items[ref]
    name = item.short
    activity = activity_of(site, item, year)
    citing = cited(site, item, activity, year)
    titre = f"{name} en {year}"
    declared = tuple(_declared_figures(item, year))
    lent = lent_by(site, item, year)
    phrases = (_INVENTED,) if item.entry.exemple else ()
    if not (activity or declared or lent.rows):
        empty = f"Pour {name}, le portail n’a de {year} ni rendez-vous ni parution."
        return Bilan(titre, year, (*phrases, empty, *_naming(activity, citing)))
    return Bilan(
        titre,
        year,
        (*phrases, *_phrases(site, name, activity, citing, year)),
        _keys(activity, citing, lent),
        tuple(filter(None, _tables(site, item, activity, citing, declared, lent))),
        tuple(_methode(site, item, year)),
    )


_INVENTED = "Cette structure est un exemple\u00a0: tout y est inventé, ces chiffres aussi."


def _phrases(
    site: Site, name: str, activity: Activity, citing: Sequence[Item], year: int
) -> Iterator[str]:
    events = activity.events
    count = len(events.now)
    times = sessions(events.now)
    have = "ont" if name.startswith("Les ") else "a"
    verb = "proposé" if year < site.day.date.year else "annoncé"
    if count:
        shown = f"{nombre(count)} rendez-vous"
        detail = f", en {nombre(times)} séances" if times > count else ""
        before = events.became(count, len(events.before))
        before = f"\u00a0: {before}" if before else ""
        yield f"En {year}, {name} {have} {verb} {shown}{detail}{before}."
        yield events.terms()
        yield from events.most()
    else:
        yield f"Le portail ne connaît aucun rendez-vous proposé par {name} en {year}."
    out = [
        counted(number, *words) for model, words in WORDS if (number := activity.count(model)[0])
    ]
    if out:
        yield f"Le portail a publié {in_words(out)} de sa part ou à son sujet."
    yield from _naming(activity, citing)


def _naming(activity: Activity, citing: Sequence[Item]) -> Iterator[str]:
    if citing:
        words = ("autre contenu", "autres contenus") if activity else ("contenu", "contenus")
        shown = counted(len(citing), *words)
        verb = "nomment" if len(citing) > 1 else "nomme"
        yield f"{shown} de l’année {verb} cette structure."


def _keys(activity: Activity, citing: Sequence[Item], lent: LoanYear) -> tuple[Key, ...]:
    events = activity.events
    out = len(activity.parutions)
    before = len(activity.avant)
    return (
        events.key(),
        Key("Séances", sessions(events.now)),
        *(events.offer_key(offer) for offer in OFFERS if events.now),
        Key("Articles, annonces et ressources", out, note=events.became(out, before)),
        *((Key("Jours de prêt", lent.jours),) if lent.rows else ()),
        Key("Contenus qui la nomment", len(citing)),
    )


def _tables(
    site: Site,
    item: Item,
    activity: Activity,
    citing: Sequence[Item],
    declared: Sequence[Table],
    lent: LoanYear,
) -> Iterator[Table]:
    events = activity.events
    lists = site.vocabularies
    year = activity.events.annee
    yield _beside(site, item, activity, year)
    yield events.months()
    yield _roles(activity)
    yield events.by("themes", "Par thème", "Thème", "themes", lists)
    yield events.by("publics", "Par public", "Public", "publics", lists)
    yield events.by("format", "Par format", "Format", "formats", lists)
    yield events.offered()
    yield _towns(events)
    yield events.unsaid()
    yield listed((*events.now, *activity.partner.now))
    yield _lent(lent)
    yield _contents("parutions", "Parutions", activity.parutions)
    yield _contents("citations", "Ce qui cite la structure", citing)
    yield _networks(site, item)
    yield from declared


def _beside(site: Site, item: Item, activity: Activity, year: int) -> Table:
    """The year, the one before, the mean of structures of the same type."""
    columns = [*activity.events.columns(Column(str(year)))]
    like = like_of(site, item)
    kind = item.of(PlaceEntry).type
    activities = [activity if peer is item else activity_of(site, peer, year) for peer in like]
    note = ""
    if len(activities) >= LIKE:
        label = site.vocabularies.label("types-lieux", kind, plural=True)
        columns.append(Column(f"Moyenne des {label}"))
        note = (
            f"Moyenne, pour {year}, des {nombre(len(activities))} structures de ce type dans "
            "l’annuaire, celles qui n’ont rien annoncé comprises."
        )

    def row(label: str, now: int, before: int, count: Sequence[int]) -> Row:
        mean: tuple[Value, ...] = (round(fmean(count), 1),) if len(count) >= LIKE else ()
        row = events.row(label, now, before=before)
        return row._replace(values=(*row.values, *mean))

    events = activity.events
    peer_events = [peer.events.now for peer in activities]
    times = sessions(events.now), sessions(events.before), [*map(sessions, peer_events)]
    rows = [
        row("Rendez-vous", len(events.now), len(events.before), [*map(len, peer_events)]),
        row("Séances", *times),
        *(
            row(
                capital(words[1]),
                *activity.count(model),
                [peer.count(model)[0] for peer in activities],
            )
            for model, words in WORDS
        ),
    ]
    title = f"L’année {year}"
    first = "Ce qui est compté"
    return Table("annee", title, first, tuple(columns), tuple(rows), note=note)


def _roles(activity: Activity) -> Table:
    """What it is to the events of the year; it may be several things."""
    pair = activity.events
    partner = activity.partner
    every = replace(pair, now=(*pair.now, *partner.now), before=(*pair.before, *partner.before))
    cut = Cut[YearEvent](
        "roles",
        "Son rôle",
        "Rendez-vous",
        lambda event: activity.fields[event.item.ref],
        ROLES,
        dessin="",
        every=True,
    )
    note = (
        "Un rendez-vous peut être organisé et accueilli\u00a0; en partenariat seulement, il n’est "
        "compté qu’ici."
    )
    table = every.table(cut, count(str(pair.annee)), note=note)
    off = called_off(activity.own, pair.annee)
    last = pair.row("Annulés ou reportés sans date", off, before=None)
    return replace(table, lignes=(*table.lignes, last))


def _towns(events: Pair) -> Table:
    """Communes where events took place, when there are several."""
    names = sorted({event.item.town or _NOWHERE for event in events.now})
    cut = Cut[YearEvent](
        "communes",
        "Par commune",
        "Commune",
        lambda event: (event.item.town or _NOWHERE,),
        {town: town for town in names} if len(names) > 1 else {},
    )
    return table_of(cut, (count("Rendez-vous"), part(len(events.now))), events.now)


_NOWHERE = "Sans commune"


def _declared_figures(item: Item, year: int) -> Iterator[Table]:
    """Figures that its sheet gives of the year, source by source."""
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


def _lent(lent: LoanYear) -> Table:
    """Its tools that somebody had: how often they left, how many days, how many borrowed them."""
    rows = []
    for tool in lent.outils:
        out = [loan for loan in lent.rows if loan.outil is tool]
        if out:
            who = {loan.pret.qui for loan in out if loan.pret.qui}
            days = sum(loan.jours for loan in out)
            rows.append(
                Row(tool.titre, (sum(loan.debut for loan in out), days, len(who)), tool.url)
            )
    columns = (Column("Départs"), Column("Jours"), Column("Emprunteurs"))
    note = "Un départ compte l’année de son premier jour ; les jours, l’année où ils tombent."
    return Table("prets", "Outils prêtés", "Outil", columns, tuple(rows), note=note)


def _contents(code: str, titre: str, items: Sequence[Item]) -> Table:
    rows = []
    for item in items:
        day = item.entry.publie_le
        out = jour(day, semaine=False, annee=False) if day else None
        rows.append(Row(item.name, (capital(item.entry.kind.info.nom), out), item.url))
    return Table(code, titre, "Contenu", (Column("Nature"), Column("Paru le")), tuple(rows))


def _networks(site: Site, item: Item) -> Table:
    """Networks that it belongs to, its own members, communities that count it."""
    networks = (site.lieu(slug) for slug in item.of(PlaceEntry).membre_de)
    rows = [
        Row(network.name, ("réseau dont elle est membre",), network.url)
        for network in networks
        if network
    ]
    for ref in site.indexes.by_target.get(item.ref, ()):
        content = site.items[ref]
        fields = vars(content.entry)
        if item.entry.slug in fields.get("membre_de", ()):
            rows.append(Row(content.name, ("membre de son réseau",), content.url))
        elif item.entry.slug in (*fields.get("membres", ()), *fields.get("animateurs", ())):
            rows.append(Row(content.name, (content.entry.kind.info.nom,), content.url))
    return Table("reseaux", "Ses réseaux", "Nom", (Column("Ce qu’il est"),), tuple(rows))


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


def find(site: Site, kinds: Sequence[Kind], name: str) -> Item:
    """The structure (``PLACES``) or territory (``TERRITORIES``) of a slug or a reference; a
    territory also of its official name or SIREN. Raises ``ConfigError`` with the nearest slug."""
    kind = kinds[0]
    slug = name.strip("/").removeprefix(f"{kind.value}/")
    item = site.items.get(f"{kind.value}/{slug}")
    if kind.info.territory:
        area = None if item else site.geography.territoire(slug)
        page = area and site.indexes.territory_pages.get(territory_code(area))
        item = site.items[page] if page else item
        if area and not page:
            raise ConfigError(f"« {area.nom} » : le portail n’y connaît rien encore.")
        if item and territory_of(site, item.ref) is None:
            raise ConfigError(f"Les tables de data/ ne connaissent pas le territoire « {slug} ».")
    if item is None:
        slugs = (candidate.entry.slug for candidate in site.of_kind(kind))
        raise ConfigError(f"« {slug} » : ce {kind.info.nom} n’existe pas.{meant(slug, slugs)}")
    return item


def bilan_for(site: Site, ref: str, year: int) -> Bilan:
    """The bilan of a structure or of a territory for a year. Raises ``KeyError`` for no content."""
    bilan_of = structure if is_place(ref) else territory
    return bilan_of(site, ref, year)
