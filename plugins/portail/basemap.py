"""Setting of the ground of maps that comes from elsewhere, when a reader asks for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from portail.dictionaries import dictionary, text
from portail.errors import ConfigError

__all__ = ["IGN", "Basemap", "basemap"]

_PLACE = "PORTAIL_FOND_DE_CARTE"
_KEYS = ("adresse", "mention", "organisme")
_PARTS = ("{z}", "{x}", "{y}")
_ADDRESS = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?/[^\s\"'<>\\]+")


@dataclass(frozen=True, slots=True)
class Basemap:
    """Pictures of a map cut into squares of 256 pixels, of the grid that all know (« Web
    Mercator », EPSG:3857).

    ``adresse`` is that of one, https, where ``{z}``, ``{x}`` and ``{y}`` stand for its zoom, column
    and row; ``mention`` what is written on the map; ``organisme`` who receives the requests, as it
    reads after « de ».
    """

    adresse: str
    mention: str
    organisme: str

    @property
    def hote(self) -> str:
        """The server that is asked: ``data.geopf.fr``."""
        return urlsplit(self.adresse).netloc

    @property
    def origine(self) -> str:
        """What the policy of a page admits: ``https://data.geopf.fr``."""
        return f"https://{self.hote}"


# Pattern: https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetCapabilities. Neither key nor account;
# under Licence Ouverte 2.0, which asks for the source.
IGN = Basemap(
    "https://data.geopf.fr/wmts?SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetTile"
    "&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&STYLE=normal&FORMAT=image/png"
    "&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}",
    "Fond\u00a0: Plan IGN, © IGN",
    "l’IGN (Institut national de l’information géographique et forestière)",
)
"""What is offered when nothing is set."""


def basemap(value: object) -> Basemap | None:
    """Read the setting ``PORTAIL_FOND_DE_CARTE``; ``None`` when it is empty.

    Raises ``ConfigError`` for an unknown key (with the nearest), a key without text, an address
    that is not https or lacks one of its parts.
    """
    if not value:
        return None
    told = dictionary(value, _PLACE, _KEYS, '{"adresse": "https://…/{z}/{x}/{y}.png", …}')
    texts = {key: text(told, key, _PLACE) for key in _KEYS}
    empty = [f"« {key} »" for key, one in texts.items() if not one]
    if empty:
        raise ConfigError(f"{_PLACE} : il manque {', '.join(empty)}.")
    found = Basemap(**texts)
    if not _ADDRESS.fullmatch(found.adresse) or any(one not in found.adresse for one in _PARTS):
        raise ConfigError(
            f"{_PLACE} : « adresse » attend une adresse https qui contient {', '.join(_PARTS)}."
        )
    return found
