"""``/demandes/``: what is asked for, by département, then what was answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from portail.features.demandes.facts import answers, is_demande
from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage
from portail.outputs.pages.cards import asked
from portail.outputs.pages.frame import words_of
from portail.outputs.pages.lists.paging import Group, Listing, Pages
from portail.outputs.pages.page_context import contribution
from portail.outputs.pages.views.shared import Lien, NavGroup, Vide
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.memo import answer, per_site
from portail.site.site import Site
from portail.site.urls import HOME
from portail.text.normalise import slugify, sort_key
from portail.text.typography import nombre

DEMANDES = "/demandes/"
_WORDS: Mapping[str, Any] = rows_of("demandes", "mots")
TITLE: str = _WORDS["page"]["titre"]


@answer
def open_refs(site: Site) -> tuple[str, ...]:
    """References of what waits for an answer, the soonest deadline first."""
    return tuple(one.ref for one in site.of_kind(Kind.ANNONCE) if is_demande(one) and not one.passe)


@answer
def answered_refs(site: Site) -> tuple[str, ...]:
    """References of what was answered, the latest deadline first."""
    found = (one for one in site.of_kind(Kind.ANNONCE) if is_demande(one) and one.repondu)
    return tuple(one.ref for one in found)


def page_links(site: Site) -> tuple[Lien, ...]:
    """The link to the page, when something is or was asked for."""
    return (Lien(TITLE, DEMANDES),) if open_refs(site) or answered_refs(site) else ()


def list_links(site: Site, kind: Kind) -> tuple[Lien, ...]:
    """The same, above the lists of announcements, and of tools for who lends."""
    return page_links(site) if kind in (Kind.ANNONCE, Kind.RESSOURCE) else ()


def plan_groups(site: Site, kind: Kind | None) -> Iterator[NavGroup]:
    """The same, in the site plan, after announcements."""
    if kind is Kind.ANNONCE and (links := page_links(site)):
        yield NavGroup(TITLE, links)


def plan_demandes(site: Site) -> Iterator[TemplatePage]:
    """The page, when something is or was asked for."""
    if page_links(site):
        for pages in _lists(site).values():
            yield from pages.plan(_lists)


@per_site
def _lists(site: Site) -> Mapping[str, Pages]:
    opened = [site.items[ref] for ref in open_refs(site)]
    words = words_of(site, _WORDS["page"])
    many = _WORDS["ouvertes"]["plusieurs" if len(opened) > 1 else "une"]
    listing = Listing(
        url=DEMANDES,
        titre=TITLE,
        chapo=words["chapo"],
        kind=Kind.ANNONCE.value,
        nombre=f"{nombre(len(opened))} {many}" if opened else "",
        groups=(*_by_departement(opened, site), *_answered(site)),
        fil=(Lien("Accueil", HOME), Lien(Kind.ANNONCE.info.rubrique, Kind.ANNONCE.info.listing)),
        rubrique=Kind.ANNONCE.info.listing,
        taille=site.config.taille_page,
        vide=None if opened else Vide(_WORDS["rien"]),
        boutons=contribution(site, Kind.ANNONCE, _WORDS["demander"]),
        template="demandes.html",
    )
    return {DEMANDES: Pages(site, listing)}


def _by_departement(items: Sequence[Item], site: Site) -> Iterator[Group]:
    """Where it is asked for, in the order of names."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[_departement(item, site)].append(item)
    for name in sorted(found, key=lambda one: (not one, sort_key(one))):
        title = name or _WORDS["ailleurs"]
        anchor = f"Dans-{slugify(title)}"
        yield Group(title, asked(found[name]), "lignes", anchor, avenir=True)


def _departement(item: Item, site: Site) -> str:
    """The name of the one where it is asked for; ``""`` for a region, or for elsewhere."""
    code = item.commune.departement if item.commune else ""
    known = site.geography.departement(code) if code else None
    if known is None:
        codes = (code for code, _ in item.territoires)
        known = next(filter(None, map(site.geography.departement, codes)), None)
    return known.nom if known else ""


def _answered(site: Site) -> Iterator[Group]:
    found = [site.items[ref] for ref in answered_refs(site)]
    if found:
        notes = [", ".join(one.texte for one in answers(item, site)) for item in found]
        yield Group(_WORDS["repondues"], asked(found), "simples", "Repondues", notes)
