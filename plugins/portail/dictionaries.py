"""Settings that are dictionaries: their keys, and those of their values that are texts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from portail.errors import ConfigError
from portail.text.suggest import nearest

__all__ = ["dictionary", "text"]


def dictionary(
    value: object, place: str, keys: Collection[str] | None, example: str
) -> Mapping[str, Any]:
    """``value``, of which every key is one of ``keys`` (any name for ``None``); ``place`` is what
    a message calls it, ``example`` what may be written there.

    Raises ``ConfigError`` for what is no dictionary, and an unknown key, with the nearest.
    """
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise ConfigError(f"{place} attend un dictionnaire, par exemple {example}.")
    if keys is not None:
        for key in value:
            if key not in keys:
                near = nearest(key, keys, limit=1)
                hint = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
                raise ConfigError(f"{place} : la clé « {key} » n’existe pas.{hint}")
    return value


def text(told: Mapping[str, Any], key: str, place: str) -> str:
    """The text at ``key``, on one line; empty without it. Raises ``ConfigError`` for what is none.

    >>> text({"nom": "Somme"}, "nom", "PORTAIL_LETTRE")
    'Somme'
    """
    value = told.get(key, "")
    if not isinstance(value, str) or any(ord(sign) < 32 for sign in value):
        raise ConfigError(f"{place} : « {key} » attend un texte entre guillemets.")
    return value
