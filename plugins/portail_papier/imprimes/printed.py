"""The catalogue for paper: a sheet for each tool that can be borrowed, and its indexes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import quote

from msgspec import Struct

from portail.diagnostics import ConfigError
from portail.facts.audience import audience
from portail.facts.base import Fact, Value, mail_and_phone, names, sort, text_of, texts, web_site
from portail.facts.place import town
from portail.features.kinds.ressources.model import Ressource
from portail.features.kinds.ressources.page import asked_ahead, carrying
from portail.features.kinds.ressources.state import tool_state
from portail.features.kinds.tempsforts.counts import count_of
from portail.features.pages.catalogue.list import TOOLS, theme_titles
from portail.features.services.editions.editions import shares
from portail.model.resource import Pret
from portail.outputs.base import TemplatePage, drawn
from portail.outputs.pages.cards import below_title
from portail.outputs.pages.entry.tables import faits
from portail.outputs.pages.views.shared import Fait, Imprime, Lien
from portail.outputs.pages.words import WORDS
from portail.outputs.pictures import shown_picture, shown_size
from portail.qr import qr_picture
from portail.site.borrowed import borrowable
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import CATALOGUE
from portail.text.dates import jour
from portail.text.normalise import sort_key
from portail.text.typography import capital, plain


class Photo(NamedTuple):
    """A picture of a content: where the printer finds it (its file below the contents, the size in
    pixels that it is made, a mark of its bytes: other bytes, another document), what it shows, whom
    it is owed to."""

    adresse: str
    alt: str
    credit: str


class FicheOutil(Struct, frozen=True):
    """The sheet of a tool: its ``ancre`` is its slug; ``sorte`` what it is; ``demander`` are ways
    to reach who lends it."""

    ancre: str
    titre: str
    sorte: str
    resume: str
    texte: str
    photo: Photo | None
    faits: tuple[Fait, ...]
    demander: tuple[str, ...]
    adresse: str
    code: str


class Partie(NamedTuple):
    """Sheets under their first theme, whose code is ``theme`` (``""``: none)."""

    titre: str
    ancre: str
    theme: str
    fiches: tuple[FicheOutil, ...]


class Entree(NamedTuple):
    """A line of an index, and the sheet that it leads to."""

    titre: str
    ancre: str


# Titles of an index, and the lines below each.
Index = tuple[tuple[str, tuple[Entree, ...]], ...]


class CatalogueImprime(Struct, frozen=True, kw_only=True):
    """The catalogue. ``fait`` says when and from what it was made; ``adresse`` is where it is on
    line, as one types it, ``code`` the same as a picture; ``nombre`` is in words; ``exemples``,
    whether some tools are invented."""

    titre: str
    sujet: str
    portail: str
    region: str
    jour: date
    fait: str
    adresse: str
    code: str
    nombre: str
    exemples: bool
    parties: tuple[Partie, ...]
    par_theme: Index
    par_proprietaire: Index


# Pixels of a picture 56 mm wide, at 300 dpi and a little more.
_WIDE = 700
_WORDS = WORDS["catalogue"]
_NOBODY = _WORDS["preteur"]


def plan(site: Site) -> Iterator[TemplatePage]:
    if site.config.added["imprimes"]:
        yield document(site)


def offered(site: Site, url: str) -> Iterator[Imprime]:
    if url == CATALOGUE:
        for page in plan(site):
            view = catalogue(site)
            yield Imprime(view.titre, page.url, page.template, view)


def document(site: Site) -> TemplatePage:
    """The page of which a PDF is made. Raises ``ConfigError`` when no tool can be borrowed."""
    if not borrowable(site):
        raise ConfigError(WORDS["papier"]["vide"])
    return drawn(site, f"{CATALOGUE}catalogue.pdf", "imprimes/catalogue.html", catalogue)


def catalogue(site: Site) -> CatalogueImprime:
    """The catalogue of the whole site. Tools are under the first of their themes."""
    config = site.config
    day = site.day.date
    items = sorted(
        borrowable(site),
        key=lambda item: (sort_key(plain(item.entry.titre)), item.ref),
    )
    source = config.typed("/") or config.nom
    return CatalogueImprime(
        titre=f"{_WORDS['titre']}{config.en_region}",
        sujet=_WORDS["sujet"],
        portail=config.nom,
        region=config.region,
        jour=day,
        fait=WORDS["papier"]["fait"].format(jour=jour(day, semaine=False), source=source),
        adresse=config.typed(CATALOGUE),
        code=_code(site, CATALOGUE),
        nombre=count_of(*shares(items), TOOLS.counted),
        exemples=any(item.entry.exemple for item in items),
        parties=tuple(_parts(items, site)),
        par_theme=_by_theme(items, site),
        par_proprietaire=_by_owner(items, site),
    )


def _code(site: Site, url: str) -> str:
    return qr_picture(site.config.absolute(url)) if site.config.siteurl else ""


def _themed(
    items: Iterable[Item], site: Site, themes: Callable[[Item], Sequence[str]]
) -> Iterator[tuple[str, str, list[Item]]]:
    by_theme: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        for code in themes(item) or ("",):
            by_theme[code].append(item)
    for code, title in theme_titles(site):
        if some := by_theme.get(code):
            yield code, title, some


def _parts(items: Iterable[Item], site: Site) -> Iterator[Partie]:
    for code, title, some in _themed(items, site, lambda item: item.entry.themes[:1]):
        anchor = f"theme-{code or 'autres'}"
        yield Partie(title, anchor, code, tuple(_sheet(item, site) for item in some))


def _sheet(item: Item, site: Site) -> FicheOutil:
    entry = item.of(Ressource)
    return FicheOutil(
        ancre=_anchor(item),
        titre=entry.titre,
        sorte=text_of(sort(item, site).values),
        resume=entry.resume or "",
        texte=item.facts.excerpt,
        photo=_photo(item, site),
        faits=tuple(_once(fait, entry) for fait in faits(_facts(item, entry, site))),
        demander=tuple(way.text for way in _ways(item, site)),
        adresse=site.config.typed(item.url),
        code=_code(site, item.url),
    )


def _once(fact: Fait, entry: Ressource) -> Fait:
    # A fact of a tool whose title says already that it is an example.
    values = below_title(entry, (value.texte for value in fact.valeurs))
    return Fait(fact.libelle, tuple(map(Lien, values)))


def _anchor(item: Item) -> str:
    return f"outil-{item.entry.slug}"


def _photo(item: Item, site: Site) -> Photo | None:
    image = item.entry.image
    record = shown_picture(item, site)
    if image is None or record is None or record.pixels is None:
        return None
    width, height = shown_size(record, min(_WIDE, record.pixels[0]))
    file = f"{quote(str(record.path))}?{width}x{height}-{record.digest[:8]}"
    return Photo(f"file:///contenus/{file}", image.alt, image.credit)


def _facts(item: Item, entry: Ressource, site: Site) -> Iterator[Fact]:
    loan = entry.pret or Pret()
    yield Fact(
        WORDS["prets"]["prete"], (*names(item, site, "proprietaire"), *texts(town(item.commune)))
    )
    yield Fact("Pour qui", audience(item, site).values)
    yield from carrying(loan)
    yield Fact("Tarif", texts(capital(loan.tarif or "")))
    yield asked_ahead(loan)
    yield Fact("Conception", names(item, site, "auteurs_ressource"))


def _ways(item: Item, site: Site) -> Sequence[Value]:
    lender = tool_state(site, item.ref).preteur
    if lender is None:
        return mail_and_phone(site.config.courriel, None)
    return (*mail_and_phone(lender.courriel, lender.telephone), *web_site(lender.site))


def _by_theme(items: Iterable[Item], site: Site) -> Index:
    return tuple(
        (title, tuple(_entry(item) for item in some))
        for _, title, some in _themed(items, site, lambda item: item.entry.themes)
    )


def _by_owner(items: Iterable[Item], site: Site) -> Index:
    by_owner: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_owner[text_of(names(item, site, "proprietaire")) or _NOBODY].append(item)
    ordered = sorted(by_owner, key=lambda name: (name == _NOBODY, sort_key(plain(name))))
    return tuple((name, tuple(_entry(item) for item in by_owner[name])) for name in ordered)


def _entry(item: Item) -> Entree:
    return Entree(item.entry.titre, _anchor(item))
