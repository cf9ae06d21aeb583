"""The settings of an instance, as ``pelicanconf.py`` gives them: ``site_config`` checks them and
makes a ``SiteConfig``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any
from urllib.parse import unquote

from .clock import TIMEZONE, set_portal_zone
from .contributions import ContributionConfig, contributions_of
from .diagnostics import ConfigError
from .identity import Menu, Porteur, menu_of, porteur_of
from .settings import BASEMAP, CONTRIBUTIONS, MENU, PORTEUR, Setting, Text, only, read
from .text.addresses import address_parts, is_address, web_parts
from .text.suggest import nearest
from .text.typography import then_in_region

# What a path of SITEURL may hold beside letters and digits.
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
    # Credit that the map shows.
    mention: Text
    # Who receives the requests, as after « de »: « l’IGN ».
    organisme: Text

    @property
    def hote(self) -> str:
        return address_parts(self.adresse).netloc

    @property
    def origine(self) -> str:
        """What the security policy of a page allows: ``https://data.geopf.fr``."""
        return f"https://{self.hote}"


# From https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetCapabilities. It takes no key nor account;
# its Licence Ouverte 2.0 asks for the credit.
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
    # Official name of its region; empty for a portal of no region.
    region: str = ""
    # Name of its time zone, which ``portail.clock`` keeps.
    fuseau: str = "Europe/Paris"
    # Public address without final slash; empty in a relative preview.
    siteurl: str = ""
    depot: str = ""
    branche: str = "main"
    courriel: str = ""
    # Address that a program reads, where proposals are sent; that of the editors without it.
    boite: str = ""
    etiquette: str = ""
    # Secret from which the addresses of shared drafts are made.
    brouillons: str = ""
    # Map of another site, loaded if the reader asks for it.
    fond_de_carte: Basemap | None = IGN
    taille_page: int = 24
    # Number of contents from which a value of a facet has a list, a feed, a calendar…
    seuil_listes: int = 3
    # Kinds of content that it does without, by their folder.
    sans: tuple[str, ...] = ()
    menu: Menu = field(default_factory=Menu)
    promesse: str = ""
    # Who is behind it.
    porteur: Porteur | None = None
    # Whether contents that say that they are fictional are published.
    exemples: bool = True
    # Whether somebody reads what comes in: else nobody is asked for anything.
    tenu: bool = True
    contribuer: ContributionConfig = field(default_factory=ContributionConfig)
    # Plug-ins: modules, or the names that installed packages give them.
    greffons: tuple[str, ...] = ()
    apercu: bool = False
    contenu: str = "content"
    # Names, at the root of the contents, that the host publishes as they are.
    statiques: tuple[str, ...] = ()
    # Settings of features, by their name in lower case without ``PORTAIL_``.
    added: Mapping[str, Any] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """Path prefix of every link: ``/portail`` for ``https://exemple.org/portail``."""
        return address_parts(self.siteurl).path.rstrip("/")

    @property
    def ensemble(self) -> str:
        """What all its contents are about: the region, else the portal."""
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
        """The public address of a site path as people type it, without protocol nor final slash;
        ``""`` without SITEURL."""
        if not self.siteurl:
            return ""
        return unquote(self.absolute(url).partition("://")[2].rstrip("/"))


# Settings that are plain values, by their field of ``SiteConfig``: type, how a fault names it.
_TEXTS = "nom region promesse depot branche courriel boite etiquette brouillons".split()
_TYPES: Mapping[str, tuple[Any, str]] = {
    **dict.fromkeys(_TEXTS, (str, "un texte entre guillemets")),
    "seuil_listes": (int, "un nombre entier, 1 ou plus"),
    **dict.fromkeys(("exemples", "tenu"), (bool, "True ou False")),
    "sans": (list, 'une liste de genres, par exemple ["annonces", "projets"]'),
    "greffons": (list, 'une liste de textes, par exemple ["greffons.podcasts"]'),
}
# Settings that have a reader of their own.
_OTHERS = ("PORTAIL_DATE", BASEMAP, CONTRIBUTIONS, MENU, PORTEUR)

# Settings of former versions, and what replaces them.
_GONE = {
    "PORTAIL_BILANS": "« portail chiffres »",
    "PORTAIL_CMS": "PORTAIL_CONTRIBUER",
    "PORTAIL_COULEURS": "PORTAIL_COULEUR, d’une seule couleur",
}

# Every setting of an instance, as ``pelicanconf.py`` names it.
SETTINGS = (*(f"PORTAIL_{name.upper()}" for name in _TYPES), *_OTHERS)


def site_config(
    settings: Mapping[str, Any], added: Sequence[Setting] = (), **known: Any
) -> SiteConfig:
    """Read the ``PORTAIL_*`` settings, those ``added`` by features too, and set the time zone.

    ``known`` are fields whose value does not come from a setting of ours. Raises ``ConfigError``
    for an unknown name or key, and for a wrong value.
    """
    names = [setting.name for setting in added]
    values = {}
    for name, value in settings.items():
        if name.startswith("PORTAIL_") and name not in (*_OTHERS, *names):
            _refuse_unknown(name, (*SETTINGS, *names))
            values[name.removeprefix("PORTAIL_").lower()] = _plain_value(name, value)
    config = SiteConfig(**{**values, "fuseau": set_portal_zone(settings.get(TIMEZONE)), **known})
    siteurl = config.siteurl.rstrip("/")
    for name, valid, value in (
        ("SITEURL", is_siteurl(siteurl), config.siteurl),
        ("PORTAIL_DEPOT", is_address(config.depot), config.depot),
    ):
        if value and not valid:
            raise ConfigError(f"{name} « {value} » n’est pas une adresse http(s) complète.")
    basemap = settings.get(BASEMAP, IGN)
    return replace(
        config,
        siteurl=siteurl,
        added={setting.key: _added(setting, settings) for setting in added},
        fond_de_carte=read(Basemap, basemap, BASEMAP) if basemap else None,
        contribuer=contributions_of(settings.get(CONTRIBUTIONS)),
        menu=menu_of(settings.get(MENU) or {}),
        porteur=porteur_of(settings.get(PORTEUR) or None),
    )


def _refuse_unknown(name: str, names: Sequence[str]) -> None:
    if name in SETTINGS:
        return
    if name in _GONE:
        raise ConfigError(f"Le réglage {name} n’existe plus, retirez-le : voyez {_GONE[name]}.")
    near = nearest(name, names, limit=1)
    hint = f" Vouliez-vous dire {near[0]} ?" if near else ""
    raise ConfigError(f"Le réglage {name} n’existe pas.{hint}")


def _plain_value(name: str, value: Any) -> object:
    kind, expected = _TYPES[name.removeprefix("PORTAIL_").lower()]
    if kind is list and isinstance(value, list | tuple):
        right = all(isinstance(text, str) for text in value)
        value = tuple(value)
    else:
        # Exact types: ``True`` is no number.
        right = type(value) is kind and not (kind is int and value < 1)
    if not right:
        raise ConfigError(f"Le réglage {name} attend {expected}.")
    return value


def _added(setting: Setting, settings: Mapping[str, Any]) -> object:
    if setting.name in settings:
        return setting.read(settings[setting.name])
    return setting.default
