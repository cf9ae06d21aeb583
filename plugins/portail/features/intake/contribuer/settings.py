"""What an instance offers to its contributors: the setting ``PORTAIL_CONTRIBUER``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from portail.config import SiteConfig
from portail.settings import Setting, Text, among, only, read
from portail.text.addresses import is_address

_NAME = "PORTAIL_CONTRIBUER"
_EXAMPLE = '{"voie": "courriel"}'
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


def _read(value: object) -> ContributionConfig:
    return read(ContributionConfig, value or {}, _NAME, _EXAMPLE)


CONTRIBUTIONS = Setting(_NAME, _read, ContributionConfig())


def contributions_of(config: SiteConfig) -> ContributionConfig:
    settings: ContributionConfig = config.added.get(CONTRIBUTIONS.key, CONTRIBUTIONS.default)
    return settings
