"""What a showcase is: the setting ``PORTAIL_VITRINE``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from portail.config import is_mailbox, is_siteurl
from portail.settings import Text, only, read

NAME = "PORTAIL_VITRINE"
_EXAMPLE = '{"regions": ["Bretagne", "Normandie"]}'
_Site = only(is_siteurl, "« {key} » attend une adresse http(s), sans barre finale.")
_Mailbox = only(is_mailbox, "« {key} » attend une adresse de courriel.")


@dataclass(frozen=True, slots=True)
class Showcase:
    """Portals that one forge makes each night."""

    # Names of their regions.
    regions: tuple[Text, ...]
    # Public address, where the forge does not say it.
    adresse: Annotated[Text, _Site] = ""
    # Where a structure writes to be corrected, or to leave.
    courriel: Annotated[Text, _Mailbox] = ""
    # Names, or domains, of the structures that left: nothing that names them is shown.
    partis: tuple[Text, ...] = ()


def read_showcase(value: object) -> Showcase | None:
    """The setting, ``None`` for a portal without. Raises ``ConfigError``."""
    if value is None:
        return None
    return read(Showcase, value, NAME, _EXAMPLE)
