"""The file of subscribers: ``courriel[,edition][,desabonnement]``, in UTF-8, with commas or
semicolons; a first line of titles, empty lines and those in ``#`` are passed over. Every fault is
reported; with one, nothing is sent.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Collection, Iterator
from typing import NamedTuple

from msgspec import Struct

from portail.features.channels.lettre.settings import REGION
from portail.terminal.text import safe
from portail.text.addresses import is_address
from portail.text.hosts import ascii_host, is_host
from portail.text.shapes import with_newlines
from portail.text.suggest import nearest

# The form is the ``addr-spec`` of RFC 5322 § 3.4.1 without what nobody has and forgers use: no
# quoted local part, no comment, no address in brackets, no display name. Lengths are those of RFC
# 5321 § 4.5.3.1. A domain may be written in any script (RFC 5890): it is kept in its ASCII form
# (IDNA 2008). A local part may be in any script (RFC 6531): its server must then offer SMTPUTF8.

_LOCAL_OCTETS = 64
_ADDRESS_OCTETS = 254
_ATOM_SIGNS = "!#$%&'*+/=?^_`{|}~-"
_SEVERAL = {",": "une virgule", ";": "un point-virgule"}
_REFUSED = '"<>()[]\\:'


class AddressFault(ValueError):
    """The reason why a text is no email address, in French, without the text."""


class Mailbox(Struct, frozen=True, order=True):
    """An email address."""

    local: str
    # In ASCII and lower case.
    domain: str

    def __str__(self) -> str:
        return f"{self.local}@{self.domain}"

    @property
    def key(self) -> str:
        """The address without case: no server distinguishes ``A@`` from ``a@``."""
        return f"{unicodedata.normalize('NFC', self.local).casefold()}@{self.domain}"

    @property
    def is_ascii(self) -> bool:
        return self.local.isascii()


def mailbox(text: str) -> Mailbox:
    """Read an email address; blanks around it do not count. Raises ``AddressFault``.

    >>> str(mailbox(" Chouette@Médiathèque.EXAMPLE.org "))
    'Chouette@xn--mdiathque-53af.example.org'
    """
    text = unicodedata.normalize("NFC", text.strip())
    _check_characters(text)
    local, at, domain = text.rpartition("@")
    if not at:
        raise AddressFault("il y manque « @ »")
    if "@" in local:
        raise AddressFault("elle contient plusieurs « @ »")
    _check_local(local)
    ascii_domain = _domain(domain)
    if len(local.encode()) + 1 + len(ascii_domain) > _ADDRESS_OCTETS:
        raise AddressFault(f"elle compte plus de {_ADDRESS_OCTETS} signes")
    return Mailbox(local, ascii_domain)


def _check_characters(text: str) -> None:
    if not text:
        raise AddressFault("elle est vide")
    for char in text:
        if char.isspace():
            raise AddressFault("elle contient une espace")
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn"):
            raise AddressFault(f"elle contient un caractère invisible (U+{ord(char):04X})")
        if char in _SEVERAL:
            raise AddressFault(f"elle contient {_SEVERAL[char]} : une seule adresse par ligne")
        if char in _REFUSED:
            raise AddressFault(f"elle contient le signe « {char} » : écrivez l’adresse seule")


def _check_local(local: str) -> None:
    if not local:
        raise AddressFault("il n’y a rien avant « @ »")
    if len(local.encode()) > _LOCAL_OCTETS:
        raise AddressFault(f"elle compte plus de {_LOCAL_OCTETS} signes avant « @ »")
    if local[0] == "." or local[-1] == "." or ".." in local:
        raise AddressFault("un point est mal placé avant « @ »")
    for char in local.replace(".", ""):
        if char.isascii() and not char.isalnum() and char not in _ATOM_SIGNS:
            raise AddressFault(f"elle contient le signe « {char} »")


def _domain(domain: str) -> str:
    if not domain:
        raise AddressFault("il n’y a rien après « @ »")
    try:
        name = ascii_host(domain)
    except ValueError:
        raise AddressFault(f"« {domain} » n’est pas un nom de domaine") from None
    if not is_host(name) or len(name) > _ADDRESS_OCTETS:
        raise AddressFault(f"« {domain} » n’est pas un nom de domaine")
    return name


_COLUMNS = ("courriel", "edition", "desabonnement")
_LONGEST = 60
_LINK_LENGTH = 500


class Subscriber(Struct, frozen=True):
    """A recipient of an edition."""

    mailbox: Mailbox
    edition: str
    # The URL to unsubscribe, ``""`` for ours.
    leave: str = ""


class Roll(NamedTuple):
    """The content of a file of subscribers."""

    subscribers: tuple[Subscriber, ...]
    # Faulty lines, in French, with their number.
    faults: tuple[str, ...]
    # Lines that repeat another, as ``faults``.
    doubles: tuple[str, ...]

    def of(self, edition: str) -> tuple[Subscriber, ...]:
        return tuple(person for person in self.subscribers if person.edition == edition)

    def editions(self) -> list[str]:
        return [*dict.fromkeys(person.edition for person in self.subscribers)]


def read_roll(data: bytes, editions: Collection[str]) -> Roll:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Roll((), (f"ligne {line} : ce n’est pas de l’UTF-8, enregistrez-le ainsi",), ())
    lines: dict[tuple[str, str], tuple[int, Subscriber]] = {}
    faults = []
    doubles = []
    for number, cells in _rows(text):
        place = f"ligne {number} : {_shown(cells[0])}"
        try:
            person = _subscriber(cells, editions)
        except AddressFault as fault:
            faults.append(f"{place}, {fault}")
            continue
        key = (person.edition, person.mailbox.key)
        first, former = lines.setdefault(key, (number, person))
        if first == number:
            continue
        if former.leave == person.leave:
            doubles.append(f"{place} est déjà à la ligne {first}")
        else:
            faults.append(
                f"{place} est déjà à la ligne {first}, avec un autre lien de désabonnement"
            )
    return Roll(tuple(person for _, person in lines.values()), tuple(faults), tuple(doubles))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    lines = [
        (number, line)
        for number, line in enumerate(with_newlines(text).split("\n"), 1)
        if line.strip() and line.lstrip()[0] != "#"
    ]
    head = lines[0][1] if lines else ""
    comma = ";" if ";" in head and "," not in head else ","
    titles = [cell.strip().lower() for cell in _cells(head, comma)]
    columns: tuple[str, ...] = _COLUMNS
    if lines and titles[0].lstrip("\ufeff") in ("courriel", "email", "e-mail", "adresse"):
        lines = lines[1:]
        columns = ("courriel", *titles[1:])
    for number, line in lines:
        values = _cells(line, comma)
        cells = dict(zip(columns, values, strict=False))
        yield number, [*(cells.get(name, "").strip() for name in _COLUMNS), *values[len(columns) :]]


def _cells(line: str, comma: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=comma, strict=True), [""])
    except csv.Error:
        return [line]


def _subscriber(cells: list[str], editions: Collection[str]) -> Subscriber:
    address, edition, leave, *extra = cells
    if any(cell.strip() for cell in extra):
        raise AddressFault("la ligne compte trop de cases")
    box = mailbox(address)
    if "@" in edition:
        raise AddressFault("elle est suivie d’une autre : une seule adresse par ligne")
    edition = edition or REGION
    if edition not in editions:
        near = nearest(edition, editions, limit=1)
        hint = f", vouliez-vous dire « {near[0]} » ?" if near else ""
        raise AddressFault(f"l’édition « {safe(edition[:_LONGEST])} » n’existe pas{hint}")
    if leave and (len(leave) > _LINK_LENGTH or not is_address(leave, ("https",))):
        raise AddressFault("son lien de désabonnement n’est pas une adresse https")
    return Subscriber(box, edition, leave)


def _shown(cell: str) -> str:
    cut = cell if len(cell) <= _LONGEST else f"{cell[:_LONGEST]}…"
    return f"« {safe(cut)} »"
