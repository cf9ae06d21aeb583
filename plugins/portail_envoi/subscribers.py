"""The file of subscribers: ``courriel[,edition][,desabonnement]``, in UTF-8, with commas or
semicolons; a first line of titles, empty lines and those in ``#`` are passed over. Every fault is
reported; with one, nothing is sent.
"""

from __future__ import annotations

import csv
from collections.abc import Collection
from typing import NamedTuple

from msgspec import Struct

from portail.terminal.text import safe
from portail.text.addresses import is_address
from portail.text.hosts import is_host
from portail.text.suggest import meant
from portail_lettre.output import ascii_address
from portail_lettre.settings import REGION

_COLUMNS = ("courriel", "edition", "desabonnement")
# Signs of a cell that are shown.
_SHOWN = 60
_LINK_LENGTH = 500
# Those of an address before « @ » and in all (RFC 5321 § 4.5.3.1).
_LOCAL_LENGTH = 64
_ADDRESS_LENGTH = 254


def mailbox(text: str) -> str:
    """The email address that ``text`` is, its domain as mail carries it; ``""`` for anything else,
    and for an address with accents before « @ », which is nearly always a slip.

    >>> mailbox(" Chouette@Médiathèque.EXAMPLE.org "), mailbox("a@b.fr, c@d.fr")
    ('Chouette@xn--mdiathque-53af.example.org', '')
    """
    address = ascii_address(text.strip())
    local, _, domain = address.rpartition("@")
    short = len(local) <= _LOCAL_LENGTH and len(address) <= _ADDRESS_LENGTH
    if short and is_host(domain):
        return address
    return ""


class Subscriber(Struct, frozen=True):
    """A recipient of an edition."""

    address: str
    edition: str
    # The URL to unsubscribe, ``""`` for a message to the editors.
    leave: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Who it is, without case: no server distinguishes ``A@`` from ``a@``."""
        return self.edition, self.address.lower()


class Roll(NamedTuple):
    """The content of a file of subscribers, its faulty lines in French."""

    subscribers: tuple[Subscriber, ...]
    faults: tuple[str, ...]


def read_roll(data: bytes, editions: Collection[str]) -> Roll:
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        return Roll((), ("ce n’est pas de l’UTF-8, enregistrez-le ainsi",))
    people: dict[tuple[str, str], Subscriber] = {}
    faults = []
    titles: tuple[str, ...] = ()
    comma = ","
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        if not titles:
            comma = ";" if ";" in line else ","
            titles = _COLUMNS
            if "@" not in line:
                titles = tuple(title.strip().lower() for title in _cells(line, comma))
                continue
        cells = [cell.strip() for cell in _cells(line, comma)]
        row = dict(zip(titles, cells, strict=False))
        person = Subscriber(
            mailbox(row.get("courriel", "")),
            row.get("edition") or REGION,
            row.get("desabonnement", ""),
        )
        if any(cells[len(titles) :]):
            fault = " : la ligne compte trop de cases"
        else:
            fault = _fault(person, editions)
        if fault:
            faults.append(f"ligne {number} : « {safe(cells[0][:_SHOWN])} »{fault}")
        else:
            people.setdefault(person.key, person)
    return Roll(tuple(people.values()), tuple(faults))


def _cells(line: str, comma: str) -> list[str]:
    # One line at a time: a quote that is not closed would swallow those that follow.
    try:
        return next(csv.reader([line], delimiter=comma, strict=True))
    except csv.Error:
        return [line]


def _fault(person: Subscriber, editions: Collection[str]) -> str:
    if not person.address:
        return " n’est pas une adresse de courriel"
    if person.edition not in editions:
        hint = meant(person.edition, editions)
        return f" : l’édition « {safe(person.edition[:_SHOWN])} » n’existe pas.{hint}"
    link = person.leave
    if link and not (len(link) <= _LINK_LENGTH and link.isascii() and is_address(link, ("https",))):
        return " : son lien de désabonnement n’est pas une adresse https"
    return ""
