"""What an instance offers to its contributors: the setting ``PORTAIL_CONTRIBUER``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from .settings import CONTRIBUTIONS, Text, among, only, read
from .text.addresses import is_address

_Way = among("la voie « {value} » n’est pas connue.", "forge", "courriel", "fichier")


def _opens_file(text: str) -> bool:
    return is_address(text) and "{chemin}" in text and "{contenu}" in text


_NewFile = only(
    _opens_file,
    "« {key} » attend une adresse http(s) qui contient {{chemin}} et {{contenu}}.",
)


_Path = only(
    lambda text: re.fullmatch(r"/[\w/-]+", text), "« {key} » est un chemin du site : /guichet."
)


@dataclass(frozen=True, slots=True)
class ContributionConfig:
    """Offers made to the contributors of an instance."""

    # How a content first leaves the form: a new file on the forge, a mail to the editors, a
    # download; empty for the mail, else the forge.
    voie: Annotated[Text, _Way] = ""
    # Time before someone reads, in words.
    delai: Text = "trois jours ouvrés"
    # Address where the forge opens a new file, already filled: ``{branche}``, ``{chemin}`` and
    # ``{contenu}`` stand for their values, percent-encoded; empty for what ``portail.forge`` knows
    # of the make of the forge.
    nouveau: Annotated[Text, _NewFile] = ""
    # Path of the host where the form sends by itself (``porte.guichet``): ``/guichet``.
    guichet: Annotated[Text, _Path] = ""


def contributions_of(value: object) -> ContributionConfig:
    """Read ``PORTAIL_CONTRIBUER``, a dictionary. Raises ``ConfigError``."""
    return read(ContributionConfig, value or {}, CONTRIBUTIONS)
