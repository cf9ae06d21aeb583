"""The settings ``PORTAIL_VOISINS`` and ``PORTAIL_VOISINS_DOSSIER``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from portail.config import SiteConfig, is_siteurl
from portail.diagnostics import ConfigError
from portail.settings import Text, Url, only, read
from portail.text.normalise import slugify

_SETTING = "PORTAIL_VOISINS"
_EXAMPLE = '{"nom": "Écho-Normandie", "api": "https://…/api/v1/"}'


def _is_api(text: str) -> bool:
    return text.endswith("/api/v1/") and is_siteurl(text.removesuffix("/"))


_Api = only(_is_api, "« {key} » attend une adresse comme https://…/api/v1/.")


@dataclass(frozen=True, slots=True)
class Voisin:
    """Another portal, whose open data are like ours."""

    nom: Text
    # Where its open data are, with a final slash: ``https://exemple.org/api/v1/``.
    api: Annotated[Text, _Api]
    region: Text = ""
    # Where its pages are, when that is not above its open data.
    site: Url = ""

    @property
    def slug(self) -> str:
        return slugify(self.nom)

    @property
    def accueil(self) -> str:
        """Its home page, with a final slash; all its pages are below."""
        return f"{(self.site or self.api.removesuffix('/api/v1/')).rstrip('/')}/"


def read_neighbours(value: object) -> tuple[Voisin, ...]:
    """The neighbours that the setting lists, if any. Raises ``ConfigError``."""
    value = value or ()
    if not isinstance(value, list | tuple):
        raise ConfigError(f"{_SETTING} attend une liste, par exemple [{_EXAMPLE}].")
    voisins = [
        read(Voisin, row, f"{_SETTING}, voisin {rank}", _EXAMPLE)
        for rank, row in enumerate(value, 1)
    ]
    for rank, voisin in enumerate(voisins, 1):
        if not voisin.slug:
            raise ConfigError(f"{_SETTING}, voisin {rank} : écrivez un « nom » en lettres.")
        for key, attribute in (("nom", "slug"), ("api", "api")):
            value = getattr(voisin, attribute)
            if value in [getattr(earlier, attribute) for earlier in voisins[: rank - 1]]:
                same = f"« {key} » {getattr(voisin, key)}"
                raise ConfigError(f"{_SETTING} : deux voisins ont le même {same}.")
    return tuple(voisins)


def voisins_of(config: SiteConfig) -> tuple[Voisin, ...]:
    neighbours: tuple[Voisin, ...] = config.added.get("voisins", ())
    return neighbours


def folder_of(config: SiteConfig) -> str:
    """Cache folder for the neighbours' last responses, relative to the project root."""
    return str(config.added["voisins_dossier"])
