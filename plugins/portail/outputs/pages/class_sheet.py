"""The sheet of an event that a teacher prints: what a class must know, on one page A4.

Only what the contents say, « non précisé » where they do not: nothing is made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from portail.agenda.occurrences import Occurrence
from portail.drawing.qr import qr
from portail.files import digest_bytes
from portail.model.event import Event, Groupes
from portail.model.lieu import Lieu
from portail.model.parts import Accessibilite
from portail.outputs.base import TemplatePage
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.kit import (
    Kit,
    capital,
    day_of,
    moment_text,
    occurrence_phrase,
    resolve_names,
    state_labels,
    undated,
)
from portail.outputs.pages.posters import short_address
from portail.outputs.pages.rows import address_rows, handicap, missing, site_link, texts
from portail.outputs.pages.sheet_layout import ROOM, Texts, sheet_height
from portail.outputs.pages.sheets import sheet_url
from portail.outputs.pages.views import DateFiche, Fait, FicheClasseView, Frame, Lien
from portail.site.site import Site
from portail.site.urls import file_of
from portail.text.excerpts import excerpt
from portail.text.inline import plain
from portail.text.numbers import nombre

__all__ = ["plan_sheet"]

_UNSAID = "non précisé"
_KEY = 50
"""Letters of a key in large."""
_WHOLE = frozenset({"Par", "Contact"})
_FITS = (
    ("", 170, 6), ("serre", 170, 6), ("serre", 90, 4), ("serre", 60, 3), ("serre", 40, 2),
    ("serre", 25, 2),
)  # fmt: skip
"""Sizes of letters, each with the most of a value and the dates that it shows."""

Row: TypeAlias = tuple[str, Sequence[Lien]]
Rows: TypeAlias = Iterator[Row]


def plan_sheet(inputs: EntryInputs, site: Site, frame: Frame, kit: Kit) -> Iterator[TemplatePage]:
    """The sheet, of an event that a class can still come to."""
    item = inputs.item
    url = sheet_url(item)
    if not url:
        return
    shown = _shown(inputs, site, kit)
    key = (frame.digest, digest_bytes(repr(shown).encode()))

    def view() -> FicheClasseView:
        code = qr(kit.config.absolute(item.url)) if kit.config.siteurl else None
        return FicheClasseView(cadre=frame, url=url, qr=code, noindex=True, **shown)

    yield TemplatePage(file_of(url), url, "fiche_classe.html", key, view, item.entry.source)


def _shown(inputs: EntryInputs, site: Site, kit: Kit) -> dict[str, Any]:
    """The fields of the view, but its frame and what follows from the settings."""
    item, entry = inputs.item, inputs.item.entry
    assert isinstance(entry, Event)
    found = site.lieu_of(entry)
    lieu = found.entry if found and isinstance(found.entry, Lieu) else None
    titre = plain(entry.titre)
    formats = (kit.label("formats", code) for code in entry.format)
    return {
        "titre": f"Fiche pour la classe : {titre}",
        "description": f"À imprimer : ce qu’il faut savoir pour venir en groupe à « {titre} ».",
        "retour": Lien(titre, item.url),
        "arret": day_of(entry.modifie or entry.publie_le),
        "adresse": short_address(item.url, kit),
        "surtitre": capital(" · ".join(formats)),
        "licence": kit.short("licences", entry.licence),
        **_fitted(entry, lieu, inputs, kit),
    }


def _fitted(entry: Event, lieu: Lieu | None, inputs: EntryInputs, kit: Kit) -> dict[str, Any]:
    """What the sheet says, in the largest letters with which all fits; else with its long values
    cut."""
    left = {
        "Venir": tuple(_coming(entry, lieu, inputs, kit)),
        "Réserver": tuple(_booking(entry, lieu, inputs, kit)),
    }
    right = {
        "Avec les programmes": tuple(_teaching(entry, kit)),
        "Accessibilité": tuple(_access(entry, lieu, kit)),
    }
    coming = [_date(one, entry) for one in inputs.item.occurrences[inputs.item.passees :]]
    chapo, keys = entry.resume or "", tuple(_keys(entry, kit))
    for taille, most, dates in _FITS:
        texts = Texts(
            entry.titre,
            excerpt(chapo, 2 * most) if chapo else "",
            keys,
            tuple(coming[:dates]),
            tuple((title, _facts(rows, most)) for title, rows in left.items()),
            tuple((title, _facts(rows, most)) for title, rows in right.items()),
        )
        if sheet_height(taille, texts) <= ROOM:
            break
    return {**texts._asdict(), "taille": taille, "autres": max(0, len(coming) - dates)}


def _facts(rows: Iterable[Row], most: int) -> tuple[Fait, ...]:
    return tuple(
        Fait(label, tuple(Lien(_cut(one.texte, label, most)) for one in values))
        for label, values in rows
        if values
    )


def _cut(text: str, label: str, most: int) -> str:
    """A value in at most so many letters; an address or a number cut would be of no use."""
    return text if label in _WHOLE else excerpt(text, most)


def _date(one: Occurrence, entry: Event) -> DateFiche:
    struck = one.etat == "annule" or undated(entry, one)
    return DateFiche(occurrence_phrase(one), state_labels(one.etat), struck)


def _keys(entry: Event, kit: Kit) -> Iterator[Fait]:
    group = entry.groupes or Groupes()
    levels = ", ".join(group.niveaux) or kit.labels("publics", entry.publics)
    size = f"{nombre(group.effectif_max)} au plus" if group.effectif_max else ""
    free = entry.tarif is not None and entry.tarif.nul
    price = group.tarif or ("Gratuit" if free else "")
    rows = (
        ("Niveaux", levels), ("Durée", group.duree), ("Effectif", size), ("Prix du groupe", price),
    )  # fmt: skip
    for label, text in rows:
        known = texts(capital(excerpt(text, _KEY))) if text else missing(capital(_UNSAID))
        yield Fait(label, tuple(known))


def _coming(entry: Event, lieu: Lieu | None, inputs: EntryInputs, kit: Kit) -> Rows:
    place = kit.place(inputs.item.commune)
    if lieu:
        address = inputs.where.place
        yield "Où", texts(plain(lieu.titre), address.rue, f"{address.code_postal} {place}".strip())
        yield "Accès", texts(lieu.acces)
    elif entry.adresse:
        yield "Où", address_rows(entry.adresse, place)
    yield "En ligne", site_link(entry.en_ligne)
    if lieu or entry.adresse:
        yield "Transport", texts((entry.groupes and entry.groupes.transport) or _UNSAID)
    yield "Accueillis par", list(resolve_names(entry, "organisateurs", inputs.links))


def _booking(entry: Event, lieu: Lieu | None, inputs: EntryInputs, kit: Kit) -> Rows:
    booking = entry.inscription
    yield "Inscription", texts(kit.label("regimes", booking.regime) if booking else _UNSAID)
    if booking and booking.avant_le:
        end = moment_text(booking.avant_le)
        yield "Avant le", texts(f"{end} (closes)" if inputs.event.clos else end)
    ways = [booking.telephone, booking.courriel] if booking else []
    there = texts(*ways) + (site_link(booking.url) if booking else [])
    if there:
        yield "Par", there
    else:
        known = texts(lieu.telephone, lieu.courriel) if lieu else []
        yield "Contact", known or texts(_UNSAID)
    told = entry.groupes.pass_culture if entry.groupes else None
    yield "pass Culture", texts({True: "accepté", False: "non accepté", None: _UNSAID}[told])


def _teaching(entry: Event, kit: Kit) -> Rows:
    disciplines = ", ".join(entry.groupes.disciplines) if entry.groupes else ""
    yield "Disciplines", texts(disciplines or _UNSAID)
    yield "Thèmes", texts(", ".join(kit.label("themes", code) for code in entry.themes))
    yield "Mots", texts(", ".join(entry.mots_cles))


def _access(entry: Event, lieu: Lieu | None, kit: Kit) -> Rows:
    """Of the event, else of its lieu; what is not known is said so."""
    own = entry.accessibilite or (lieu.accessibilite if lieu else None)
    told = own or Accessibilite()
    for code in ("moteur", "auditif", "visuel", "mental", "psychique"):
        value = getattr(told, code)
        text = kit.label("valeurs-accessibilite", value)
        yield handicap(code, kit), texts("inconnu : appelez" if value == "inconnu" else text)
    facilities = kit.labels("equipements-accessibilite", told.equipements)
    yield "Précisions", texts(facilities, told.precisions)
