"""Files that come with a content: its picture in a format that anyone shows, its sounds."""

from __future__ import annotations

from typing import NamedTuple

from portail.body.players import SOUND_SUFFIX
from portail.body.portable import ImageTarget
from portail.model.ressource import Ressource
from portail.outputs.empreintes import shown_picture
from portail.outputs.picture_sizes import Taille, shown_size, tailles
from portail.site.item import Item, MediaRecord
from portail.site.site import Site

_WIDTH = 800
"""Widest picture of a text, in pixels: the column of most readers, twice as dense or not."""
_SOUND = "audio/mpeg"


class Piece(NamedTuple):
    """A file: its whole address, its media type, its length in bytes (0: unknown, as the RSS
    Advisory Board's profile has it), its name if it has one."""

    url: str
    type: str
    octets: int = 0
    titre: str = ""


def still(record: MediaRecord, width: int = _WIDTH) -> Taille:
    """The file that shows a picture in a format that anyone reads, at most ``width`` wide."""
    files = tailles(record)
    known = [one for one in files if one.format == files[-1].format]
    return max((one for one in known if one.largeur <= width), default=known[0], key=_largeur)


def _largeur(one: Taille) -> int:
    return one.largeur


def target_of(media: MediaRecord, prefix: str, credit: str) -> ImageTarget:
    """How a picture of a text is shown: one file, with its size."""
    file = still(media)
    return ImageTarget(prefix + file.url, *shown_size(media, file.largeur), credit)


def picture_of(item: Item, site: Site) -> Piece | None:
    """The picture that heads a content, if it has one; how long it is, nobody knows before it is
    made."""
    record = shown_picture(item, site)
    if record is None:
        return None
    file = tailles(record)[-1]
    return Piece(site.config.absolute(file.url), file.type)


def sounds_of(item: Item, site: Site) -> tuple[Piece, ...]:
    """The sounds of a content: those of its text, then the one that it gives access to."""
    found = {
        one.url: Piece(site.config.absolute(one.url), _SOUND, one.file.stat().st_size)
        for one in site.medias_of(item).values()
        if one.path.suffix.lower() == SOUND_SUFFIX
    }
    entry = item.entry
    away = entry.acces.url if isinstance(entry, Ressource) and entry.acces else None
    if away and away.partition("?")[0].lower().endswith(SOUND_SUFFIX):
        found.setdefault(away, Piece(away, _SOUND))
    return tuple(found.values())
