"""What the page of one content is made of, gathered from the site: its view sees nothing else.

These are the content itself, the contents that its own fields name or that name it, what is near
it, how one follows it and mends it. A feature that brings a kind adds rows for it: fields of the
page, blocks of other contents, facts. Facts become rows of tables and of the practical box, which
shows those that one decides by and folds the others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import asdict

from portail.config import SiteConfig
from portail.facts.base import Fact, origin, unlinked
from portail.facts.channels import box_of
from portail.forge import edit_url, new_url
from portail.model.collections import PlaceEntry
from portail.model.entry import Entry
from portail.model.kinds import FORMS, PEOPLE, Kind, info_of, where
from portail.model.parts import Chiffre
from portail.model.registry import references_of
from portail.resources import rows
from portail.site.item import Item, MediaRecord
from portail.site.kind_tables import OfKind
from portail.site.memo import own_answer
from portail.site.positions import Position, position_of
from portail.site.site import Site
from portail.site.territories import territory_code
from portail.text.typography import capital, plain, typeset

from ..cards import card_of
from ..frame import linked_feeds
from ..messages import mailto
from ..names import resolve_names, signatures
from ..slots import PLACE_MAP, PROPOSE, RELATED, RETURN
from ..views.lists import Bloc, Card
from ..views.shared import Fait, FluxLie, Lien, MapView
from ..words import WORDS


def acteurs_of(item: Item, site: Site) -> tuple[Lien, ...]:
    """Who takes part in a content: its members, its partners, those whom its kind finds."""
    if taking_part := TAKING_PART.of(site.features, item.entry.kind):
        return tuple(taking_part(item, site))
    field = item.entry.kind.info.members
    if field:
        return tuple(named_in(item.entry, field, site))
    return ()


def named_in(entry: Entry, field: str, site: Site) -> Iterator[Lien]:
    """Those whom a field names: a link to their page, else their name alone."""
    for mention in references_of(entry, field):
        ref = mention.named(site.items)
        yield described(site.items[ref], site) if ref else Lien(unlinked(mention))


def described(who: Item, site: Site) -> Lien:
    """A structure by its sort and town, a person by their structure."""
    entry = who.entry
    note = ""
    if affiliation := vars(entry).get("affiliation"):
        home = site.lieu(affiliation)
        note = home.name if home else affiliation
    elif isinstance(entry, PlaceEntry):
        sort = site.vocabularies["types-lieux"].get(entry.type or "")
        note = ", ".join(filter(None, (capital(sort.label) if sort else "", who.town)))
    return Lien(plain(entry.titre), who.url, note)


class OwnBlocs(NamedTuple):
    """Blocks of cards that a page shows of other contents in the way of its kind."""

    first: Iterable[Bloc] = ()
    # References of what is shown between the two, a block for each kind.
    rest: Sequence[str] = ()
    last: Iterable[Bloc] = ()


BlocsFunction: TypeAlias = "Callable[[Item, tuple[str, ...], Site], OwnBlocs]"

# How a page shows the contents that name its own, gather it or are gathered by it (references, in
# order); a block for each kind without it.
BLOCS: OfKind[BlocsFunction] = OfKind("BLOCS")


class Autour(Struct, frozen=True):
    """What is near a content: ``suites`` stand in for an event that is over or off, ``lien`` is
    what they share."""

    bloc: Bloc | None = None
    lien: str = ""
    suites: tuple[Lien, ...] = ()


# What is near a content, in place or in time.
AROUND: OfKind[Callable[[Item, Site], Autour]] = OfKind("AROUND")

# Who takes part in a content whose kind has no field for it (``KindInfo.members``).
TAKING_PART: OfKind[Callable[[Item, Site], Iterable[Lien]]] = OfKind("TAKING_PART")


def mending_of(site: Site, item: Item) -> dict[str, str]:
    """Where one mends a content: the form of its kind, filled; else a message to the editors, the
    forge."""
    entry = item.entry
    url = item.url
    config = site.config
    form = ""
    if entry.kind in FORMS:
        form = PROPOSE.ask(site, entry.kind)
    if form and not entry.brouillon:
        event = entry.kind.info.dated
        over = event and item.is_over
        return {
            "corriger": f"{form}?modifier={entry.slug}",
            "annuler": f"{form}?modifier={entry.slug}&quoi=etat" if event and not over else "",
            "reconduire": f"{form}?reconduire={entry.slug}" if over else "",
            "retour": RETURN.ask(site, item) if event else "",
        }
    file = _file(entry, config)
    mail = _mistake_address(entry, url, config)
    first, second = (file, mail) if entry.sans_fichier or entry.brouillon else (mail, file)
    return {"corriger": first or second}


def _file(entry: Entry, config: SiteConfig) -> str:
    depot = config.depot
    if not entry.sans_fichier:
        if depot:
            return edit_url(depot, config.branche, str(entry.source))
        return ""
    path = PurePosixPath(config.contenu, entry.kind.value, f"{entry.slug}.md")
    # A value in double quotes, as JSON and YAML write it.
    fields = ((key, getattr(entry, key)) for key in entry.obligatoires)
    rows = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields)
    text = f"---\n{''.join(rows)}---\n\n"
    address = new_url(depot, config.branche)
    return address.replace("{chemin}", quote(str(path))).replace("{contenu}", quote(text, safe=""))


def _mistake_address(entry: Entry, url: str, config: SiteConfig) -> str:
    # A mail to the editors about a mistake in ``entry``, begun; ``""`` without their address.
    title = typeset(plain(entry.titre))
    subject = WORDS["fiches"]["erreur"].format(titre=title)
    body = f"Page : {config.absolute(url)}\n\nCe qui ne va pas :\n"
    if address := config.boite or config.courriel:
        return mailto(address, subject, body)
    return ""


_PEOPLE = info_of(PEOPLE).listing


class Related(Struct, frozen=True):
    """Other contents that the page shows: blocks of cards, what gathers it, what it gathers."""

    blocs: tuple[Bloc, ...]
    recueils: tuple[Lien, ...]
    autour: Autour


class Ties(Struct, frozen=True):
    """What the fields of a content say with what others say."""

    # Links to what it names, by reference.
    links: Mapping[str, Lien]
    position: Position | None
    # Title and site path of the territories that hold it, from near to far.
    territoires: tuple[tuple[str, str], ...]
    auteurs: tuple[Lien, ...]
    signature: tuple[Lien, ...]
    acteurs: tuple[Lien, ...]


class EntryInputs(Ties, frozen=True):
    """One content, what is around it, how one follows it."""

    item: Item
    card: Card
    # Its files, by the name that it gives them.
    medias: Mapping[str, MediaRecord]
    related: Related
    carte: MapView | None
    # Where one mends it, by field of ``Lecture``.
    mending: Mapping[str, str]
    calendrier: str
    embarquer: str
    langues: tuple[tuple[str, str, str], ...]
    flux: tuple[FluxLie, ...]


def entry_inputs(item: Item, site: Site) -> EntryInputs:
    """Gather the inputs of ``item``'s page."""
    ref = item.ref
    ways = site.ways(item.url)
    ties = ties_of(site, ref)
    card = card_of(site, ref)
    return EntryInputs(
        **asdict(ties),
        item=item,
        card=card,
        medias=site.medias_of(item),
        related=related_of(site, ref),
        carte=next(PLACE_MAP.ask(site, ties.position, item.short, card.theme), None),
        mending=mending_of(site, item),
        calendrier=ways.calendar,
        embarquer=ways.frame,
        langues=ways.langues,
        flux=linked_feeds(site, item.url, item.entry.kind.info.listing),
    )


@own_answer
def ties_of(site: Site, ref: str) -> Ties:
    item = site.items[ref]
    entry = item.entry
    named = (site.items[cited] for cited in item.cited)
    links = {target.ref: Lien(target.short, target.url) for target in named}
    signed = named_in(entry, "auteurs", site) if entry.kind.info.cited else ()
    auteurs = tuple(author for author in signed if author.url)
    return Ties(
        links=links,
        position=position_of(item, site),
        territoires=tuple(_territories(item, site)),
        auteurs=auteurs,
        signature=_signature(entry, links, auteurs)
        if entry.d_apres is None
        else tuple(Lien(it.text, it.url) for it in origin(item, site)),
        acteurs=acteurs_of(item, site),
    )


def _signature(
    entry: Entry, links: Mapping[str, Lien], authors: Iterable[Lien]
) -> tuple[Lien, ...]:
    if not entry.kind.info.signed:
        return ()
    people = {author.url: author for author in authors if author.url.startswith(_PEOPLE)}
    named = resolve_names(entry, "auteurs", links)
    return tuple(signatures(people.get(link.url, link) for link in named))


@own_answer
def related_of(site: Site, ref: str) -> Related:
    item = site.items[ref]
    around = AROUND.of(site.features, item.entry.kind)
    return Related(
        tuple(RELATED.ask(site, item)),
        tuple(_recueils(item, site)),
        around(item, site) if around else Autour(),
    )


def _recueils(item: Item, site: Site) -> Iterable[Lien]:
    if not item.entry.kind.info.names_gatherers:
        return
    for kind in where(lambda info: info.gathers):
        for ref in site.indexes.gatherers.get(item.ref, ()):
            if site.items[ref].entry.kind is kind:
                card = card_of(site, ref)
                yield Lien(plain(card.titre), card.url, kind.info.nom)


def _territories(item: Item, site: Site) -> Iterable[tuple[str, str]]:
    home = site.geography.home
    whole = ""
    if home and not item.entry.kind.info.territory:
        whole = territory_code(home)
    shown: dict[str, str] = {}
    for code, name in item.territoires:
        if code != whole:
            page = site.territory_page(code)
            # Overseas, a region has the name of its département: said once.
            shown.setdefault(*((page.name, page.url) if page else (name, "")))
    return shown.items()


Table = tuple[str, tuple[Fait, ...]]


def faits(facts: Iterable[Fact]) -> tuple[Fait, ...]:
    """Rows of a box or of a table, without those that have no value."""
    return tuple(
        Fait(fact.label, tuple(Lien(*value) for value in fact.values))
        for fact in facts
        if fact.values
    )


def titled(title: str, rows: tuple[Fait, ...]) -> tuple[Table, ...]:
    if rows:
        return ((title, rows),)
    return ()


def figures(chiffres: Iterable[Chiffre]) -> tuple[Fait, ...]:
    """Key figures, each with its year and its source."""
    rows = []
    for figure in chiffres:
        year = str(figure.annee or "")
        is_dated = year in (figure.source or "")
        origin = ", ".join(filter(None, ("" if is_dated else year, figure.source)))
        rows.append(Fait(capital(figure.libelle), (Lien(figure.valeur, note=origin),)))
    return tuple(rows)


def key_figures(chiffres: Iterable[Chiffre]) -> tuple[Table, ...]:
    return titled(WORDS["fiches"]["chiffres"], figures(chiffres))


# Labels of what one reads before one decides, by kind, beside when an event is and when a place is
# open.
_DECIDING: Mapping[str, Sequence[str]] = rows("decisifs")
# Values that a line holds: where a place is takes four.
_FEW = 5


# Facts that are not folded, at most.
_SHOWN = 5


@own_answer
def practical_box(site: Site, ref: str) -> tuple[Fait, ...]:
    return faits(box_of(site.items[ref], site))


def parted(
    kind: Kind, facts: tuple[Fait, ...], *, without: str = "", deciding: Iterable[str] = ()
) -> dict[str, Any]:
    """The facts of a box: ``faits``, five at most, and ``replis``; ``without`` is shown
    elsewhere; ``deciding`` are labels that the table does not say.
    """
    facts = tuple(fact for fact in facts if fact.libelle != without)
    deciding = {*_DECIDING.get(kind.value, ()), *deciding}
    short = (fact for fact in facts if len(fact.valeurs) <= _FEW)
    shown = [fact for fact in short if fact.libelle in deciding][:_SHOWN] or facts[:_SHOWN]
    folded = (fact for fact in facts if fact not in shown)
    return {"faits": tuple(shown), "replis": tuple(folded)}


FieldsFunction: TypeAlias = "Callable[[EntryInputs, Site], Mapping[str, Any]]"

# Fields of the view of a page (``EntryView``) that only its kind has, or has in its own way. A row
# that gives ``faits`` gives the whole practical box.
ENTRY_FIELDS: OfKind[FieldsFunction] = OfKind("ENTRY_FIELDS")
