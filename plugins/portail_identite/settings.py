"""The settings of an identity: the colour of a team, the logo of its portal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portail.config import SiteConfig
from portail.diagnostics import ConfigError
from portail.identity import Picture
from portail.resources import TOKENS
from portail.settings import read
from portail.text.colours import is_colour, whole

COLOUR = "PORTAIL_COULEUR"
LOGO = "PORTAIL_LOGO"
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


def read_colour(value: object) -> str:
    """The colour of a team, as « #0A5C7A »; none, empty. Raises ``ConfigError``."""
    if not value:
        return ""
    if isinstance(value, str) and is_colour(value):
        return whole(value)
    raise ConfigError(f"Le réglage {COLOUR} attend une couleur : écrivez-la comme « #0A5C7A ».")


def read_logo(value: object) -> Logo | None:
    if not value:
        return None
    return read(Logo, {"fichier": value} if isinstance(value, str) else value, LOGO, _LOGO_EXAMPLE)


def colour_of(config: SiteConfig) -> str:
    """The colour of a team; empty, those of the theme."""
    colour: str = config.added.get("couleur", "")
    return colour


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
