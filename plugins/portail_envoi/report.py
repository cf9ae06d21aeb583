"""Sentences of a sending, before and after, without its secrets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pydantic import SecretStr

from portail.cli.terminal import safe
from portail_envoi.journal import Journal, Stage

_SHOWN = 50
"""Faulty lines that are shown; the others are counted."""


def counted(count: int, singular: str, plural: str = "") -> str:
    """A number and its noun: « 1 message », « 3 messages »."""
    return f"{count} {singular if count < 2 else plural or f'{singular}s'}"


def listing(title: str, lines: Sequence[str]) -> str:
    """A title, then the first lines."""
    more = [f"  … et {len(lines) - _SHOWN} autres"] if len(lines) > _SHOWN else []
    return "\n".join([title, *(f"  {line}" for line in lines[:_SHOWN]), *more, ""])


_PERHAPS = "le serveur les a peut-être envoyés ; --renvoyer-incertains les renvoie"
_UNSERVED: Mapping[Stage, tuple[str, str, str]] = {
    "refuse": ("refusé", "refusés", "le serveur n’en veut pas"),
    "differe": ("remis à plus tard", "remis à plus tard", "relancez la même commande"),
    "incertain": ("incertain", "incertains", _PERHAPS),
}


def outcome(journal: Journal, accepted: int) -> tuple[str, bool]:
    """The result for everyone, and whether everyone has been served."""
    before = len(journal.entries("envoye")) - accepted
    already = f"{counted(before, 'message')} déjà"
    if accepted or not before:
        rows = [f"{counted(accepted, 'message')} remis au serveur{f', {already}' * (before > 0)}."]
    else:
        rows = [f"Rien à envoyer : {already} remis."]
    for stage, (noun, nouns, why) in _UNSERVED.items():
        if entries := journal.entries(stage):
            rows.append(f"{counted(len(entries), noun, nouns)} ({why}) :")
            rows += [
                f"  {entry.address}, {entry.edition}{entry.reply and f' : {safe(entry.reply)}'}"
                for entry in entries
            ]
    return "\n".join([*rows, f"Journal : {journal.path}", ""]), len(rows) == 1


def scrubbed(text: str, secrets: Iterable[SecretStr]) -> str:
    """``text`` without any of the secrets, whoever wrote them there.

    >>> scrubbed("535 wrong password: s3cret", [SecretStr("s3cret")])
    '535 wrong password: ***'
    """
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret.get_secret_value(), "***")
    return text
