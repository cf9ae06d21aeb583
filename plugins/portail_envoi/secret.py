"""Secrets: held so that nothing prints them by accident, and taken out of what is printed."""

from __future__ import annotations

from collections.abc import Iterable

from portail.errors import ConfigError

__all__ = ["Secret", "scrubbed"]


class Secret:
    """A password, a token or a key, read from the environment variable ``name``.

    Its text is asked for by name (``reveal``); printed, it is « *** ». Raises ``ConfigError`` for
    a value with a control character or a blank around it, which would end in an error message of
    some library, whole.
    """

    __slots__ = ("_value", "name")

    def __init__(self, name: str, value: str) -> None:
        if value != value.strip() or any(ord(sign) < 32 or ord(sign) == 127 for sign in value):
            raise ConfigError(
                f"{name} contient une fin de ligne, une tabulation ou une espace au bord."
            )
        self.name = name
        self._value = value

    def reveal(self) -> str:
        """The secret itself."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "***"


def scrubbed(text: str, secrets: Iterable[Secret]) -> str:
    """``text`` without any of the secrets, whoever wrote them there.

    >>> scrubbed("535 wrong password: s3cret", [Secret("X", "s3cret")])
    '535 wrong password: ***'
    """
    for secret in sorted(secrets, key=lambda one: -len(one.reveal())):
        if secret:
            text = text.replace(secret.reveal(), "***")
    return text
