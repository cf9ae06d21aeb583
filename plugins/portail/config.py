"""Settings of an instance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

from .clock import TIMEZONE, set_portal_zone
from .diagnostics import ConfigError
from .identity import Menu, Porteur, menu_of, porteur_of
from .settings import BASEMAP, MENU, PORTEUR, Setting, Text, only, read
from .text.addresses import is_address, web_parts
from .text.suggest import nearest
from .text.typography import then_in_region

_IN_PATHS = str.maketrans("", "", "._~-/")


def is_siteurl(text: str) -> bool:
    """Whether ``text`` may be the public address of a site, without final slash.

    >>> is_siteurl("https://exemple.org/portail"), is_siteurl("exemple.org"), is_siteurl("")
    (True, False, False)
    """
    parts = web_parts(text)
    if parts is None or text != f"{parts.scheme}://{parts.netloc}{parts.path}":
        return False
    path = parts.path
    if "//" in path or path.endswith("/"):
        return False
    return not path or path.translate(_IN_PATHS).isalnum()


def is_mailbox(text: str) -> bool:
    """Whether ``text`` is one e-mail address and nothing else.

    >>> is_mailbox("contact@exemple.org"), is_mailbox("a@b.fr, c@d.fr")
    (True, False)
    """
    name, _, host = text.partition("@")
    if not text.isprintable() or not set(' @,;<>"').isdisjoint(name + host):
        return False
    return bool(name) and "." in host[1:-1]


def _is_tiles(text: str) -> bool:
    parts = web_parts(text, ("https",))
    named = all(place in text for place in ("{z}", "{x}", "{y}"))
    if not named or parts is None or not set("'\\").isdisjoint(text):
        return False
    return parts.netloc.isascii() and "." in parts.netloc


_Tiles = only(_is_tiles, "« {key} » attend une adresse https qui contient {{z}}, {{x}}, {{y}}.")


@dataclass(frozen=True, slots=True)
class Basemap:
    """Pictures of a map cut into squares of 256 pixels (« Web Mercator », EPSG:3857)."""

    # Address of a square, where ``{z}``, ``{x}`` and ``{y}`` stand for zoom, column and row.
    adresse: Annotated[Text, _Tiles]
    # Credit that is written on the map.
    mention: Text
    # Who receives the requests, as it reads after « de ».
    organisme: Text

    @property
    def hote(self) -> str:
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


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """Settings of one instance."""

    nom: str = "Portail des sciences"
    # Its official name; empty for a portal of no region.
    region: str = ""
    # Name of its time zone, which ``portail.clock`` keeps.
    fuseau: str = "Europe/Paris"
    # Public address without final slash; empty in a relative preview.
    siteurl: str = ""
    depot: str = ""
    branche: str = "main"
    courriel: str = ""
    etiquette: str = ""
    # A secret that the addresses of shared drafts are made with.
    brouillons: str = ""
    # Map of another site that a reader may ask for.
    fond_de_carte: Basemap | None = IGN
    taille_page: int = 24
    # Number of contents that a value of a facet needs for a list, a feed, a calendar…
    seuil_listes: int = 3
    # Kinds of content that it has not, by their folder.
    sans: tuple[str, ...] = ()
    menu: Menu = field(default_factory=Menu)
    promesse: str = ""
    # Who is behind it.
    porteur: Porteur | None = None
    # Whether contents that are openly fictional are there.
    exemples: bool = True
    # Modules that add to the portal, or names that installed packages give them.
    greffons: tuple[str, ...] = ()
    apercu: bool = False
    contenu: str = "content"
    # Names, at the root of the contents, that the host publishes as they are.
    statiques: tuple[str, ...] = ()
    # Settings that features read, by their name in lower case without ``PORTAIL_``.
    added: Mapping[str, Any] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """Path prefix of every link: ``/portail`` for ``https://exemple.org/portail``."""
        return urlsplit(self.siteurl).path.rstrip("/")

    @property
    def ensemble(self) -> str:
        return self.region or self.nom

    @property
    def en_region(self) -> str:
        """The region inside a sentence, « en Normandie » or « à La Réunion », with the blank before
        it; nothing without a region."""
        return then_in_region(self.region)

    @property
    def nom_complet(self) -> str:
        """The name, then the region unless the name says it: « Les sciences en Bretagne »."""
        return f"{self.nom}{then_in_region(self.region, self.nom)}"

    def absolute(self, url: str) -> str:
        """Public address of a site path; the path with its prefix when there is no SITEURL."""
        if self.siteurl:
            return self.siteurl + url
        return url

    def typed(self, url: str) -> str:
        """A site path as one types it, without protocol nor last slash; ``""`` without SITEURL."""
        if not self.siteurl:
            return ""
        return unquote(self.absolute(url).partition("://")[2].rstrip("/"))


_TEXTS = "nom region promesse depot branche courriel etiquette brouillons".split()
_TYPES: Mapping[str, tuple[Any, str]] = {
    **dict.fromkeys(_TEXTS, (str, "un texte entre guillemets")),
    "seuil_listes": (int, "un nombre entier, 1 ou plus"),
    "exemples": (bool, "True ou False"),
    "sans": (list, 'une liste de genres, par exemple ["annonces", "projets"]'),
    "greffons": (list, 'une liste de textes, par exemple ["greffons.podcasts"]'),
}
_OTHERS = ("PORTAIL_DATE", BASEMAP, MENU, PORTEUR)

# Settings that were, and what does it now.
_GONE = {
    "PORTAIL_BILANS": "« portail chiffres »",
    "PORTAIL_CMS": "PORTAIL_CONTRIBUER",
}

# Every setting of an instance, as ``pelicanconf.py`` names it.
SETTINGS = (*(f"PORTAIL_{name.upper()}" for name in _TYPES), *_OTHERS)


def site_config(
    settings: Mapping[str, Any], added: Sequence[Setting] = (), **known: Any
) -> SiteConfig:
    """Read the ``PORTAIL_*`` settings, those ``added`` by features too, and set the clock.

    Raises ``ConfigError`` for an unknown name or key, and for a wrong value.
    """
    values: dict[str, Any] = {}
    names = (*SETTINGS, *(setting.name for setting in added))
    for name, value in settings.items():
        if not name.startswith("PORTAIL_") or name in _OTHERS or name in names[len(SETTINGS) :]:
            continue
        if name not in SETTINGS:
            if name in _GONE:
                raise ConfigError(
                    f"Le réglage {name} n’existe plus, retirez-le : voyez {_GONE[name]}."
                )
            near = nearest(name, names, limit=1)
            hint = f" Vouliez-vous dire {near[0]} ?" if near else ""
            raise ConfigError(f"Le réglage {name} n’existe pas.{hint}")
        kind, expected = _TYPES[key := name.removeprefix("PORTAIL_").lower()]
        several = kind is list and isinstance(value, list | tuple)
        right = type(value) is kind and not (kind is int and value < 1)
        if not (all(isinstance(text, str) for text in value) if several else right):
            raise ConfigError(f"Le réglage {name} attend {expected}.")
        values[key] = tuple(value) if several else value
    config = SiteConfig(**{**values, "fuseau": set_portal_zone(settings.get(TIMEZONE)), **known})
    siteurl = config.siteurl.rstrip("/")
    for name, whole, value in (
        ("SITEURL", is_siteurl(siteurl), config.siteurl),
        ("PORTAIL_DEPOT", is_address(config.depot), config.depot),
    ):
        if value and not whole:
            raise ConfigError(f"{name} « {value} » n’est pas une adresse http(s) complète.")
    ground = settings.get(BASEMAP, IGN)
    return replace(
        config,
        siteurl=siteurl,
        added={setting.key: _added(setting, settings) for setting in added},
        fond_de_carte=read(Basemap, ground, BASEMAP) if ground else None,
        menu=menu_of(settings.get(MENU) or {}),
        porteur=porteur_of(settings.get(PORTEUR) or None),
    )


def _added(setting: Setting, settings: Mapping[str, Any]) -> object:
    if setting.name in settings:
        return setting.read(settings[setting.name])
    return setting.default
