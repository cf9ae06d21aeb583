"""Settings of an instance, and the day of a build."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from portail.basemap import IGN, Basemap, basemap
from portail.contributions import ContributionConfig, contribution_config
from portail.errors import ConfigError
from portail.letters import LetterConfig, letter_config
from portail.text.regions import in_region
from portail.text.suggest import nearest

__all__ = ["PARIS", "SETTINGS", "Day", "SiteConfig", "build_day", "is_siteurl", "site_config"]

PARIS = ZoneInfo("Europe/Paris")
_SITEURL = re.compile(r"https?://(\[[0-9a-f:]+\]|[\w.-]+)(:\d{1,5})?(/[\w.~-]+)*")
_ADDRESS = re.compile(r"https?://[^\s/\"<>]+(/[^\s\"<>]*)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """Settings of one instance.

    ``siteurl`` is the public address without final slash, empty in a relative preview; ``depot``
    the address of the forge's repository, ``branche`` its branch; ``courriel`` the editors'
    address; ``etiquette`` the authority and date of tag: URIs (RFC 4151); ``lettre`` what
    concerns the letter, ``contributions`` what contributors are offered, ``fond_de_carte`` what
    maps may show of another site (``None``: nothing);
    ``taille_page`` how many cards a page of a list holds; ``seuil_listes`` how many contents a
    value (theme, territory, public…) needs for a list, a feed, a calendar… of its own;
    ``statiques`` the names, at the root of the contents, that the host publishes as they are;
    ``liens`` the file of checked addresses, from the folder that holds the contents.
    """

    nom: str = "Portail des sciences"
    region: str = "Hauts-de-France"
    siteurl: str = ""
    depot: str = ""
    branche: str = "main"
    courriel: str = ""
    etiquette: str = ""
    lettre: LetterConfig = field(default_factory=LetterConfig)
    contributions: ContributionConfig = field(default_factory=ContributionConfig)
    fond_de_carte: Basemap | None = IGN
    taille_page: int = 24
    seuil_listes: int = 3
    apercu: bool = False
    contenu: str = "content"
    statiques: tuple[str, ...] = ()
    liens: str = ".cache/liens.json"

    @property
    def base(self) -> str:
        """Path prefix of every link: ``/portail`` for ``https://exemple.org/portail``."""
        return urlsplit(self.siteurl).path.rstrip("/")

    @property
    def en_region(self) -> str:
        """The region inside a sentence: « en Normandie », « à La Réunion »."""
        return in_region(self.region)

    def absolute(self, url: str) -> str:
        """Public address of a site path; the path with its prefix when there is no SITEURL."""
        return self.siteurl + url if self.siteurl else url


@dataclass(frozen=True, slots=True)
class Day:
    """The day of a build; ``pinned`` tells the scripts to use it instead of the reader's clock."""

    date: date
    pinned: bool = False


_SETTINGS = {
    "PORTAIL_NOM": "nom",
    "PORTAIL_REGION": "region",
    "PORTAIL_DEPOT": "depot",
    "PORTAIL_BRANCHE": "branche",
    "PORTAIL_COURRIEL": "courriel",
    "PORTAIL_ETIQUETTE": "etiquette",
    "PORTAIL_LIENS": "liens",
}
_LETTER, _CONTRIBUTIONS = "PORTAIL_LETTRE", "PORTAIL_CONTRIBUER"
_BASEMAP, _LEAST = "PORTAIL_FOND_DE_CARTE", "PORTAIL_SEUIL_LISTES"
_OTHERS = ("PORTAIL_DATE", _LETTER, _CONTRIBUTIONS, _BASEMAP, _LEAST)

SETTINGS = (*_SETTINGS, *_OTHERS)
"""Every setting of an instance, as ``pelicanconf.py`` names it."""


def is_siteurl(text: str) -> bool:
    """Whether ``text`` may be the public address of a site, without final slash.

    >>> is_siteurl("https://exemple.org/portail"), is_siteurl("exemple.org"), is_siteurl("")
    (True, False, False)
    """
    return _SITEURL.fullmatch(text) is not None


def site_config(settings: Mapping[str, Any], **known: Any) -> SiteConfig:
    """Read the ``PORTAIL_*`` settings; ``known`` gives the fields that the host decides.

    Raises ``ConfigError`` for an unknown ``PORTAIL_*`` (with the nearest name), a value that is
    not text, a threshold that is no whole number from 1, and what ``letter_config``,
    ``contribution_config`` and ``basemap`` refuse.
    """
    values: dict[str, Any] = {}
    for name, value in settings.items():
        if not name.startswith("PORTAIL_") or name in _OTHERS:
            continue
        if name not in _SETTINGS:
            near = nearest(name, SETTINGS, limit=1)
            hint = f" Vouliez-vous dire {near[0]} ?" if near else ""
            raise ConfigError(f"Le réglage {name} n’existe pas.{hint}")
        if not isinstance(value, str):
            raise ConfigError(f"Le réglage {name} attend un texte entre guillemets.")
        values[_SETTINGS[name]] = value
    if _LEAST in settings:
        values["seuil_listes"] = _whole(_LEAST, settings[_LEAST])
    config = SiteConfig(**{**values, **known})
    siteurl = config.siteurl.rstrip("/")
    if config.siteurl and not is_siteurl(siteurl):
        raise ConfigError(f"SITEURL « {config.siteurl} » n’est pas une adresse http(s) complète.")
    if config.depot and not _ADDRESS.fullmatch(config.depot):
        raise ConfigError(
            f"PORTAIL_DEPOT « {config.depot} » n’est pas une adresse http(s) complète."
        )
    letter = letter_config(settings.get(_LETTER) or {}, config.region)
    offered = contribution_config(settings.get(_CONTRIBUTIONS) or {})
    ground = basemap(settings[_BASEMAP]) if _BASEMAP in settings else IGN
    return replace(
        config, siteurl=siteurl, lettre=letter, contributions=offered, fond_de_carte=ground
    )


def _whole(name: str, value: object) -> int:
    if type(value) is not int or value < 1:
        raise ConfigError(f"Le réglage {name} attend un nombre entier, 1 ou plus.")
    return value


def build_day(
    argument: str | None, environ: Mapping[str, str], setting: str | None, today: date
) -> Day:
    """The day of the build: argument, PORTAIL_DATE (environment then setting), the standard
    SOURCE_DATE_EPOCH (reproducible-builds.org), else ``today``. Raises ``ConfigError``.
    """
    for text in (argument, environ.get("PORTAIL_DATE"), setting):
        if text:
            return Day(_read_day(str(text)), pinned=True)
    epoch = environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        if not epoch.isdecimal() or len(epoch) > 10:
            raise ConfigError(f"SOURCE_DATE_EPOCH « {epoch} » n’est pas un nombre de secondes.")
        return Day(datetime.fromtimestamp(int(epoch), tz=UTC).astimezone(PARIS).date())
    return Day(today)


def _read_day(text: str) -> date:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ConfigError(f"« {text} » n’est pas un jour : écrivez AAAA-MM-JJ, par exemple 2021-09-27.")


assert {one.name for one in fields(SiteConfig)} >= set(_SETTINGS.values())
