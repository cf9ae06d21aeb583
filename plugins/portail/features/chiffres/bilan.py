"""The year of a structure: what it proposed, published, who cites it, beside its like; the bilan of
a structure or of a territory, whichever a reference names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean

from msgspec.structs import replace

from portail.diagnostics import ConfigError
from portail.facts.base import in_words
from portail.features.bilans.counting import Cut, count, part, table_of
from portail.features.bilans.table import Bilan, Column, Key, Row, Table, Value, counted
from portail.features.chiffres.activity import (
    LIKE,
    ROLES,
    WORDS,
    Activity,
    activity_of,
    cited,
    lent_by,
    like_of,
)
from portail.features.chiffres.held import OFFERS, Pair, YearEvent, called_off, listed, sessions
from portail.features.chiffres.loans import LoanYear
from portail.features.chiffres.territory import territory, territory_of
from portail.model.collections import Communaute
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
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
    found = activity_of(site, item, year)
    citing = cited(site, item, found, year)
    titre = f"{name} en {year}"
    told = tuple(_declared_figures(item, year))
    lent = lent_by(site, item, year)
    phrases = (_INVENTED,) if item.entry.exemple else ()
    if not (found or told or lent.rows):
        empty = f"Pour {name}, le portail n’a de {year} ni rendez-vous ni parution."
        return Bilan(titre, year, (*phrases, empty, *_naming(found, citing)))
    return Bilan(
        titre,
        year,
        (*phrases, *_phrases(site, name, found, citing, year)),
        _keys(found, citing, lent),
        tuple(filter(None, _tables(site, item, found, citing, told, lent))),
        tuple(_methode(site, item, year)),
    )


_INVENTED = "Cette structure est un exemple\u00a0: tout y est inventé, ces chiffres aussi."


def _phrases(
    site: Site, name: str, found: Activity, citing: Sequence[Item], year: int
) -> Iterator[str]:
    events = found.events
    count = len(events.now)
    times = sessions(events.now)
    have = "ont" if name.startswith("Les ") else "a"
    verb = "proposé" if year < site.day.date.year else "annoncé"
    if count:
        shown = f"{nombre(count)} rendez-vous"
        held = f", en {nombre(times)} séances" if times > count else ""
        before = events.became(count, len(events.before))
        before = f"\u00a0: {before}" if before else ""
        yield f"En {year}, {name} {have} {verb} {shown}{held}{before}."
        yield events.terms()
        yield from events.most()
    else:
        yield f"Le portail ne connaît aucun rendez-vous proposé par {name} en {year}."
    out = [counted(number, *words) for model, words in WORDS if (number := found.count(model)[0])]
    if out:
        yield f"Le portail a publié {in_words(out)} de sa part ou à son sujet."
    yield from _naming(found, citing)


def _naming(found: Activity, citing: Sequence[Item]) -> Iterator[str]:
    if citing:
        words = ("autre contenu", "autres contenus") if found else ("contenu", "contenus")
        shown = counted(len(citing), *words)
        verb = "nomment" if len(citing) > 1 else "nomme"
        yield f"{shown} de l’année {verb} cette structure."


def _keys(found: Activity, citing: Sequence[Item], lent: LoanYear) -> tuple[Key, ...]:
    events = found.events
    out = len(found.parutions)
    before = len(found.avant)
    return (
        events.key(),
        Key("Séances", sessions(events.now)),
        *(events.offer_key(one) for one in OFFERS if events.now),
        Key("Articles, annonces et ressources", out, note=events.became(out, before)),
        *((Key("Jours de prêt", lent.jours),) if lent.rows else ()),
        Key("Contenus qui la nomment", len(citing)),
    )


def _tables(
    site: Site,
    item: Item,
    found: Activity,
    citing: Sequence[Item],
    told: Sequence[Table],
    lent: LoanYear,
) -> Iterator[Table]:
    events = found.events
    lists = site.vocabularies
    year = found.events.annee
    yield _beside(site, item, found, year)
    yield events.months()
    yield _roles(found)
    yield events.by("themes", "Par thème", "Thème", "themes", lists)
    yield events.by("publics", "Par public", "Public", "publics", lists)
    yield events.by("format", "Par format", "Format", "formats", lists)
    yield events.offered()
    yield _towns(events)
    yield events.unsaid()
    yield listed((*events.now, *found.partner.now))
    yield _lent(lent)
    yield _contents("parutions", "Parutions", found.parutions)
    yield _contents("citations", "Ce qui cite la structure", citing)
    yield _networks(site, item)
    yield from told


def _beside(site: Site, item: Item, found: Activity, year: int) -> Table:
    """The year, the one before, the mean of structures of the same type."""
    columns = [*found.events.columns(Column(str(year)))]
    like = like_of(site, item)
    kind = item.of(Lieu).type
    others = [found if one is item else activity_of(site, one, year) for one in like]
    note = ""
    if len(others) >= LIKE:
        label = site.vocabularies.label("types-lieux", kind, plural=True)
        columns.append(Column(f"Moyenne des {label}"))
        note = (
            f"Moyenne, pour {year}, des {nombre(len(others))} structures de ce type dans "
            "l’annuaire, celles qui n’ont rien annoncé comprises."
        )

    def row(label: str, now: int, before: int, count: Sequence[int]) -> Row:
        mean: tuple[Value, ...] = (round(fmean(count), 1),) if len(count) >= LIKE else ()
        row = events.row(label, now, before=before)
        return row._replace(values=(*row.values, *mean))

    events = found.events
    held = [one.events.now for one in others]
    times = sessions(events.now), sessions(events.before), [*map(sessions, held)]
    rows = [
        row("Rendez-vous", len(events.now), len(events.before), [*map(len, held)]),
        row("Séances", *times),
        *(
            row(capital(words[1]), *found.count(model), [one.count(model)[0] for one in others])
            for model, words in WORDS
        ),
    ]
    title = f"L’année {year}"
    first = "Ce qui est compté"
    return Table("annee", title, first, tuple(columns), tuple(rows), note=note)


def _roles(found: Activity) -> Table:
    """What it is to the events of the year; it may be several things."""
    pair = found.events
    partner = found.partner
    every = replace(pair, now=(*pair.now, *partner.now), before=(*pair.before, *partner.before))
    cut = Cut[YearEvent](
        "roles",
        "Son rôle",
        "Rendez-vous",
        lambda one: found.fields[one.item.ref],
        ROLES,
        dessin="",
        every=True,
    )
    note = (
        "Un rendez-vous peut être organisé et accueilli\u00a0; en partenariat seulement, il n’est "
        "compté qu’ici."
    )
    table = every.table(cut, count(str(pair.annee)), note=note)
    off = called_off(found.own, pair.annee)
    last = pair.row("Annulés ou reportés sans date", off, before=None)
    return replace(table, lignes=(*table.lignes, last))


def _towns(events: Pair) -> Table:
    """Communes where events took place, when there are several."""
    names = sorted({one.item.town or _NOWHERE for one in events.now})
    cut = Cut[YearEvent](
        "communes",
        "Par commune",
        "Commune",
        lambda one: (one.item.town or _NOWHERE,),
        {one: one for one in names} if len(names) > 1 else {},
    )
    return table_of(cut, (count("Rendez-vous"), part(len(events.now))), events.now)


_NOWHERE = "Sans commune"


def _declared_figures(item: Item, year: int) -> Iterator[Table]:
    """Figures that its sheet gives of the year, source by source."""
    found: dict[str, list[Row]] = {}
    for one in item.of(Lieu).chiffres:
        if one.annee == year:
            rows = found.setdefault(one.source or "fiche de la structure", [])
            rows.append(Row(one.libelle, (one.valeur,)))
    for rank, (source, rows) in enumerate(found.items(), 1):
        code = f"declares-{rank}" if rank > 1 else "declares"
        title = f"Chiffres de {year}"
        columns = (Column("Valeur"),)
        yield Table(code, title, "Chiffre", columns, tuple(rows), source=source)


def _lent(lent: LoanYear) -> Table:
    """Its tools that somebody had: how often they left, how many days, how many borrowed them."""
    rows = []
    for tool in lent.outils:
        out = [one for one in lent.rows if one.outil is tool]
        if out:
            who = {one.pret.qui for one in out if one.pret.qui}
            days = sum(one.jours for one in out)
            rows.append(Row(tool.titre, (sum(one.debut for one in out), days, len(who)), tool.url))
    columns = (Column("Départs"), Column("Jours"), Column("Emprunteurs"))
    note = "Un départ compte l’année de son premier jour ; les jours, l’année où ils tombent."
    return Table("prets", "Outils prêtés", "Outil", columns, tuple(rows), note=note)


def _contents(code: str, titre: str, items: Sequence[Item]) -> Table:
    rows = []
    for one in items:
        day = one.entry.publie_le
        out = jour(day, semaine=False, annee=False) if day else None
        rows.append(Row(one.name, (capital(one.entry.kind.info.nom), out), one.url))
    return Table(code, titre, "Contenu", (Column("Nature"), Column("Paru le")), tuple(rows))


def _networks(site: Site, item: Item) -> Table:
    """Networks that it belongs to, its own members, communities that count it."""
    networks = (site.lieu(slug) for slug in item.of(Lieu).membre_de)
    rows = [Row(one.name, ("réseau dont elle est membre",), one.url) for one in networks if one]
    for ref in site.indexes.by_target.get(item.ref, ()):
        one = site.items[ref]
        match one.entry:
            case Lieu(membre_de=slugs) if item.entry.slug in slugs:
                rows.append(Row(one.name, ("membre de son réseau",), one.url))
            case Communaute(membres=members, animateurs=leaders) if item.entry.slug in (
                *members,
                *leaders,
            ):
                rows.append(Row(one.name, ("communauté",), one.url))
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


def find(site: Site, kind: Kind, name: str) -> Item:
    """The structure (``Kind.LIEU``) or territory of a slug or a reference; a territory also of its
    official name or SIREN. Raises ``ConfigError`` with the nearest slug."""
    slug = name.strip("/").removeprefix(f"{kind.value}/")
    item = site.items.get(f"{kind.value}/{slug}")
    if kind is Kind.TERRITOIRE:
        known = None if item else site.geography.territoire(slug)
        page = known and site.indexes.territory_pages.get(territory_code(known))
        item = site.items[page] if page else item
        if known and not page:
            raise ConfigError(f"« {known.nom} » : le portail n’y connaît rien encore.")
        if item and territory_of(site, item.ref) is None:
            raise ConfigError(f"Les tables de data/ ne connaissent pas le territoire « {slug} ».")
    if item is None:
        what = "ce lieu" if kind is Kind.LIEU else "ce territoire"
        slugs = (one.entry.slug for one in site.of_kind(kind))
        raise ConfigError(f"« {slug} » : {what} n’existe pas.{meant(slug, slugs)}")
    return item


def bilan_for(site: Site, ref: str, year: int) -> Bilan:
    """The bilan of a structure or of a territory for a year. Raises ``KeyError`` for no content."""
    made = structure if ref.startswith(f"{Kind.LIEU.value}/") else territory
    return made(site, ref, year)
