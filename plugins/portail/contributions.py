"""Settings of what contributors are offered: the ways out of the form, how soon one is answered."""

from __future__ import annotations

from dataclasses import dataclass

from portail.dictionaries import dictionary, text
from portail.errors import ConfigError
from portail.letters import is_address

__all__ = ["WAYS", "ContributionConfig", "contribution_config"]

WAYS = ("forge", "courriel", "fichier")
"""How a content leaves the form: a new file on the forge, a mail to the editors, a download."""

_PLACE = "PORTAIL_CONTRIBUER"
_KEYS = ("voie", "delai", "nouveau")
_PARTS = ("{chemin}", "{contenu}")


@dataclass(frozen=True, slots=True)
class ContributionConfig:
    """What contributors of an instance are offered.

    ``voie`` is the way out that comes first, one of ``WAYS`` (empty: the forge, else the mail);
    ``delai`` how soon someone reads, in words; ``nouveau`` the address where the forge opens a new
    file, already filled: ``{branche}``, ``{chemin}`` and ``{contenu}`` stand for their values,
    percent-encoded (empty: what ``portail.forge`` knows of the make of the forge).
    """

    voie: str = ""
    delai: str = "trois jours ouvrés"
    nouveau: str = ""


def contribution_config(value: object) -> ContributionConfig:
    """Read the setting ``PORTAIL_CONTRIBUER``.

    Raises ``ConfigError`` for an unknown key (with the nearest), a value that is not text, a way
    out that does not exist, an address that is none or lacks one of its parts.
    """
    told = dictionary(value, _PLACE, _KEYS, '{"voie": "courriel"}')
    texts = {key: text(told, key, _PLACE) for key in told}
    config = ContributionConfig(**{key: one for key, one in texts.items() if one})
    if config.voie and config.voie not in WAYS:
        raise ConfigError(
            f"{_PLACE} : la voie « {config.voie} » n’est pas connue. "
            f"Choisissez : {', '.join(WAYS)}."
        )
    if config.nouveau:
        missing = [part for part in _PARTS if part not in config.nouveau]
        if missing or not is_address(config.nouveau.replace("{", "").replace("}", "")):
            raise ConfigError(
                f"{_PLACE} : « nouveau » attend une adresse http(s) qui contient "
                f"{' et '.join(_PARTS)}."
            )
    return config
