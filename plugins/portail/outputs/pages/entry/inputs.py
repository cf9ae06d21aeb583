"""What the page of one content is made of: its view sees nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import asdict

from portail.config import SiteConfig
from portail.facts.base import origin
from portail.forge import edit_url, new_url
from portail.model.entry import Entry
from portail.model.kinds import FORMS, PEOPLE, info_of, where
from portail.site.item import Item, MediaRecord
from portail.site.memo import own_answer
from portail.site.positions import Position, position_of
from portail.site.site import Site
from portail.site.territories import territory_code
from portail.text.typography import plain, typeset

from ..cards import card_of
from ..links import linked_feeds
from ..messages import mailto
from ..names import resolve_names, signatures
from ..slots import CITATION, PLACE_MAP, PROPOSE, RELATED, RETURN
from ..views.entry import Citation
from ..views.lists import Bloc, Card
from ..views.shared import FluxLie, Lien, MapView
from ..words import WORDS
from .actors import acteurs_of, named_in
from .around import AROUND, Autour


def mending_of(site: Site, item: Item) -> dict[str, str]:
    """Where one mends a content: the form of its kind, filled; else a message to the editors, the
    forge."""
    entry, url, config = item.entry, item.url, site.config
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
    file, mail = _file(entry, config), _mistake_address(entry, url, config)
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
    if config.courriel:
        return mailto(config.courriel, subject, body)
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
    citation: Citation | None
    # Where one mends it, by field of ``Lecture``.
    mending: Mapping[str, str]
    calendrier: str
    embarquer: str
    langues: tuple[tuple[str, str, str], ...]
    flux: tuple[FluxLie, ...]


def entry_inputs(item: Item, site: Site) -> EntryInputs:
    """Gather the inputs of ``item``'s page."""
    ref = item.ref
    ways, ties, card = site.ways(item.url), ties_of(site, ref), card_of(site, ref)
    return EntryInputs(
        **asdict(ties),
        item=item,
        card=card,
        medias=site.medias_of(item),
        related=related_of(site, ref),
        carte=next(PLACE_MAP.ask(site, ties.position, item.short, card.theme), None),
        citation=next(CITATION.ask(site, item, ties.signature), None),
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
