"""Sentences of a sending, before and after, without its secrets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from portail.cli.terminal import safe
from portail.diagnostics import ConfigError
from portail_envoi.journal import Entry, Journal

SHOWN = 50
"""Faulty lines that are told; the others are counted. People who are concerned are all named."""


def counted(count: int, one: str, many: str = "") -> str:
    """A number and its noun: « 1 message », « 3 messages »."""
    noun = one if count < 2 else many or f"{one}s"
    return f"{count} {noun}"


def told(title: str, lines: Sequence[str]) -> str:
    """A title, then lines, the first ``SHOWN`` of them."""
    more = [f"  … et {len(lines) - SHOWN} autres"] if len(lines) > SHOWN else []
    return "\n".join([title, *(f"  {line}" for line in lines[:SHOWN]), *more, ""])


def outcome(journal: Journal, accepted: int) -> tuple[str, bool]:
    """What became of everyone, and whether everyone has been served."""
    before = len(journal.entries("envoye")) - accepted
    already = f"{counted(before, 'message')} déjà"
    if accepted or not before:
        rows = [f"{counted(accepted, 'message')} remis au serveur{f', {already}' * (before > 0)}."]
    else:
        rows = [f"Rien à envoyer : {already} remis."]
    late = journal.entries("differe")
    rows += _named("refusé", "le serveur n’en veut pas", journal.entries("refuse"))
    rows += _named("remis à plus tard", "relancez la même commande", late, plural=False)
    rows += _named(
        "incertain",
        "le serveur les a peut-être envoyés ; --renvoyer-incertains les renvoie",
        journal.entries("incertain"),
    )
    return "\n".join([*rows, f"Journal : {journal.path}", ""]), len(rows) == 1


def _named(name: str, why: str, entries: Sequence[Entry], *, plural: bool = True) -> list[str]:
    if not entries:
        return []
    noun = f"{name}s" if plural and len(entries) > 1 else name
    head = f"{len(entries)} {noun} ({why}) :"
    return [
        head,
        *(
            f"  {one.address}, {one.edition}{f' : {safe(one.reply)}' if one.reply else ''}"
            for one in entries
        ),
    ]


# Secrets: held so that nothing prints them by accident, and taken out of what is printed.


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
