"""The settings of an identity: the colours of a team, the logo of its portal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portail.config import SiteConfig
from portail.identity import Picture
from portail.resources import TOKENS
from portail.settings import read

from .palette import Colours

COLOURS = "PORTAIL_COULEURS"
LOGO = "PORTAIL_LOGO"
_COLOURS_EXAMPLE = '{"accent": "#0A5C7A", "sombre": {"accent": "#7CC4E0"}}'
_LOGO_EXAMPLE = '{"fichier": "identite/logo.svg"}'


@dataclass(frozen=True, slots=True)
class Logo:
    """The mark of an instance; paths are below its folder."""

    fichier: Picture
    # The same on a dark ground; empty for ``fichier`` itself.
    sombre: Picture = ""
    # A square that is read at 16 pixels; empty for ``fichier`` itself.
    icone: Picture = ""
    # Whether the name of the portal is written beside; ``False`` when the logo says it.
    nom: bool = True


def read_colours(value: object) -> Colours | None:
    if value:
        return read(Colours, value, COLOURS, _COLOURS_EXAMPLE)
    return None


def read_logo(value: object) -> Logo | None:
    if not value:
        return None
    return read(Logo, {"fichier": value} if isinstance(value, str) else value, LOGO, _LOGO_EXAMPLE)


def colours_of(config: SiteConfig) -> Colours:
    """The colours of a team; those of the theme where it sets none."""
    return config.added.get("couleurs") or Colours()


def logo_of(config: SiteConfig) -> Logo | None:
    logo: Logo | None = config.added.get("logo")
    return logo


def files_of(config: SiteConfig, root: Path) -> Iterator[Path]:
    """What the instance in ``root`` shows of its own: its sheet of tokens, the files of its logo,
    that of the mark of who is behind it."""
    yield root / "theme/static" / TOKENS
    logo = logo_of(config)
    names = []
    if logo:
        names = [logo.fichier, logo.sombre, logo.icone]
    if config.porteur:
        names.append(config.porteur.logo)
    yield from (root / name for name in names if name)
