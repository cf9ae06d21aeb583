"""What feeds tell of a content, whatever their format: said once, then written as each asks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from portail.agenda.occurrences import Occurrence, local
from portail.config import SiteConfig
from portail.facts.base import Value, licence, names
from portail.facts.when import STATES
from portail.model.kinds import Kind
from portail.outputs.flux.contents import content_of, facts_of
from portail.outputs.flux.pieces import Piece, picture_of, sounds_of
from portail.outputs.identity import nature_of, uri
from portail.outputs.pages.kit import Kit
from portail.outputs.pages.views.shared import Lien
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import THEMES
from portail.text.dates import jour_court
from portail.text.inline import plain
from portail.text.typography import capital, typographie

__all__ = ["Label", "Told", "legal", "told_of"]

_EPOCH = date(1990, 1, 1)
"""No content is older."""
# What XML 1.0 cannot write (§ 2.2): one such sign would make a whole feed unreadable.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Label(NamedTuple):
    """A word under which a reader files a content; ``code`` and ``liste`` (an address) for a theme,
    empty for a word of its author."""

    texte: str
    code: str = ""
    liste: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One content: plain texts with the signs of French, whole addresses, instants of Paris.

    ``contenu`` is HTML fit for another site: the whole text, or what is worth knowing and the
    summary when it is not ``entier``. ``rendez_vous`` is what the extension of JSON Feed says.
    """

    id: str
    titre: str
    url: str
    langue: str
    resume: str
    contenu: str
    entier: bool
    publie: datetime
    modifie: datetime
    auteurs: tuple[Lien, ...]
    mots: tuple[Label, ...]
    licence: Lien
    image: Piece | None
    sons: tuple[Piece, ...]
    rendez_vous: Mapping[str, str]


def told_of(item: Item, site: Site, kit: Kit, *, whole: bool, coming: bool = False) -> Told:
    """What feeds tell of an item: its whole text or its summary; with ``coming``, its next day
    first, which is all that depends on the day of the build."""
    entry, config = item.entry, site.config
    published = entry.publie_le or _EPOCH
    next_one = item.prochaine if coming else None
    facts = facts_of(item, site, next_one)
    return Told(
        id=uri(config, item.url),
        titre=_title(item, next_one),
        url=config.absolute(item.url),
        langue=entry.langue,
        resume=_shown(entry.resume or ""),
        contenu=legal(content_of(item, site, kit, facts, whole=whole)),
        entier=whole,
        publie=local(published),
        modifie=local(max(entry.modifie or published, published)),
        auteurs=tuple(_signed(one, config) for one in names(item, site, "auteurs")),
        mots=tuple(_words(item, site, kit)),
        licence=Lien(*licence(entry.licence, site.vocabularies)),
        image=picture_of(item, site),
        sons=sounds_of(item, site),
        rendez_vous=_appointment(item, site),
    )


def legal(text: str) -> str:
    """``text`` without what no XML can say."""
    return _ILLEGAL.sub("", text)


def _shown(text: str) -> str:
    return legal(typographie(plain(text)))


def _signed(one: Value, config: SiteConfig) -> Lien:
    return Lien(legal(typographie(one.text)), config.absolute(one.url) if one.url else "")


def _title(item: Item, next_one: Occurrence | None) -> str:
    """« Annulé : La nuit »; « Sam. 9 oct. · La nuit » where days are followed."""
    off = next_one is not None and next_one.etat == "annule"  # each of its sessions, maybe
    state = STATES.get("annule" if off else getattr(item.entry, "etat", ""), "")
    title = _shown(" : ".join(filter(None, (state, item.entry.titre))))
    if next_one is None:
        return title
    return f"{capital(jour_court(next_one.premier_jour, annee=False))} · {title}"


def _words(item: Item, site: Site, kit: Kit) -> list[Label]:
    themes = site.config.absolute(THEMES)
    found = [Label(capital(kit.label("themes", one)), one, themes) for one in item.entry.themes]
    return found + [Label(_shown(one)) for one in item.entry.mots_cles]


def _appointment(item: Item, site: Site) -> dict[str, str]:
    """What a machine asks of an event: its state, from when to when (ISO 8601), where."""
    said = {"nature": nature_of(item.entry.kind)}
    if item.entry.kind is Kind.EVENT and item.occurrences:
        first, last = item.occurrences[0], item.occurrences[-1]
        said["etat"] = getattr(item.entry, "etat", "")
        said["debut"] = _iso(first.debut, first)
        said["fin"] = _iso(last.fin, last) if last.fin else ""
    lieu = site.lieu_of(item.entry)
    said["lieu"] = uri(site.config, lieu.url) if lieu else ""
    said["commune"] = item.commune.nom if item.commune else ""
    return {name: value for name, value in said.items() if value}


def _iso(moment: datetime, one: Occurrence) -> str:
    return moment.date().isoformat() if one.journee else moment.isoformat()
