"""The printed catalogue: a sheet for each tool that can be borrowed, and its indexes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from urllib.parse import quote

from portail.facts.audience import audience
from portail.facts.base import Fact, Value, mail_and_phone, names, sort, text_of, texts, web_site
from portail.facts.price import town
from portail.model.kinds import Kind
from portail.model.ressource import Pret, Ressource
from portail.outputs.empreintes import drawing_on_paper, shown_picture
from portail.outputs.imprimes.views import (
    CatalogueImprime,
    Entree,
    FicheOutil,
    Index,
    Partie,
    Photo,
    code_of,
    told_of,
)
from portail.outputs.pages.cards import said_once
from portail.outputs.pages.entry.ressources import carrying
from portail.outputs.pages.entry.state import count_of
from portail.outputs.pages.kit import WORDS, Kit, faits, kit_of
from portail.outputs.pages.posters import short_address
from portail.outputs.pages.states import RessourceState, state_of
from portail.outputs.pages.views.shared import Fait, Lien
from portail.outputs.picture_sizes import shown_size
from portail.site.editions import shares
from portail.site.indexes import TOOLS
from portail.site.item import Item
from portail.site.site import Site
from portail.site.tools import is_tool
from portail.site.urls import CATALOGUE
from portail.text.normalise import sort_key
from portail.text.typography import capital, plain

_WIDE = 700
"""Pixels of a picture 56 mm wide, at 300 dpi and a little more."""
_WORDS = WORDS["catalogue"]
_OTHERS = "Autres outils"
_NOBODY = _WORDS["preteur"]


def catalogue(site: Site) -> CatalogueImprime:
    """The catalogue of the whole site. Tools are under the first of their themes."""
    kit = kit_of(site)
    items = sorted(
        (one for one in site.of_kind(Kind.RESSOURCE) if is_tool(one)),
        key=lambda one: (sort_key(plain(one.entry.titre)), one.ref),
    )
    return CatalogueImprime(
        **told_of(site, f"{_WORDS['titre']}{site.config.en_region}", _WORDS["sujet"], CATALOGUE),
        nombre=count_of(*shares(items), TOOLS.counted),
        exemples=any(one.entry.exemple for one in items),
        parties=tuple(_parts(items, site, kit)),
        par_theme=_by_theme(items, kit),
        par_proprietaire=_by_owner(items, site),
    )


def _themed(
    items: Iterable[Item], kit: Kit, themes: Callable[[Item], Sequence[str]]
) -> Iterator[tuple[str, str, list[Item]]]:
    """Tools under their themes, in the order of the vocabulary: code, title, tools."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        for code in themes(item) or ("",):
            found[code].append(item)
    for code in (*kit.vocabularies["themes"], ""):
        if some := found.get(code):
            yield code, capital(kit.label("themes", code)) if code else _OTHERS, some


def _parts(items: Iterable[Item], site: Site, kit: Kit) -> Iterator[Partie]:
    for code, title, some in _themed(items, kit, lambda item: item.entry.themes[:1]):
        anchor = f"theme-{code or 'autres'}"
        yield Partie(title, anchor, code, tuple(_sheet(one, site, kit) for one in some))


def _sheet(item: Item, site: Site, kit: Kit) -> FicheOutil:
    entry = item.of(Ressource)
    return FicheOutil(
        ancre=_anchor(item),
        titre=entry.titre,
        sorte=text_of(sort(item, site).values),
        theme="".join(entry.themes[:1]),
        resume=entry.resume or "",
        texte=item.facts.excerpt,
        photo=_photo(item, site),
        dessin=drawing_on_paper(item, site),
        faits=tuple(_once(one, entry) for one in faits(_facts(item, entry, site))),
        demander=tuple(one.text for one in _ways(item, site)),
        adresse=short_address(item.url, kit),
        code=code_of(site, item.url),
    )


def _once(fact: Fait, entry: Ressource) -> Fait:
    """A fact of a tool whose title says already that it is an example."""
    said = said_once(entry, (one.texte for one in fact.valeurs))
    return Fait(fact.libelle, tuple(map(Lien, said)))


def _anchor(item: Item) -> str:
    return f"outil-{item.entry.slug}"


def _photo(item: Item, site: Site) -> Photo | None:
    image, record = item.entry.image, shown_picture(item, site)
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
    wait = f"{loan.delai_jours} jours à l’avance" if loan.delai_jours else None
    yield Fact("À demander", texts(wait))
    yield Fact("Conception", names(item, site, "auteurs_ressource"))


def _ways(item: Item, site: Site) -> Sequence[Value]:
    """How to reach who lends a tool; the editors, when nobody says it."""
    state = state_of(site, item.ref)
    one = state.preteur if isinstance(state, RessourceState) else None
    if one is None:
        return mail_and_phone(site.config.courriel, None)
    return (*mail_and_phone(one.courriel, one.telephone), *web_site(one.site))


def _by_theme(items: Iterable[Item], kit: Kit) -> Index:
    return tuple(
        (title, tuple(_entry(one) for one in some))
        for _, title, some in _themed(items, kit, lambda item: item.entry.themes)
    )


def _by_owner(items: Iterable[Item], site: Site) -> Index:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[text_of(names(item, site, "proprietaire")) or _NOBODY].append(item)
    ordered = sorted(found, key=lambda name: (name == _NOBODY, sort_key(plain(name))))
    return tuple((name, tuple(_entry(one) for one in found[name])) for name in ordered)


def _entry(item: Item) -> Entree:
    return Entree(item.entry.titre, _anchor(item))
