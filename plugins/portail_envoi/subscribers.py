"""The file of subscribers: one address a line, perhaps an edition and an address to leave at.

``courriel[,edition][,desabonnement]``, in UTF-8, with commas or semicolons; a first line of titles,
empty lines and those that begin with ``#`` are passed over. Every fault is told at once, and one is
enough for nothing to be sent.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from portail.cli.terminal import safe
from portail.config import REGION
from portail.text.suggest import nearest

# Addresses of recipients: which are taken, and why the others are not.
#
# The form is the ``addr-spec`` of RFC 5322 § 3.4.1 without what nobody has and forgers use: no
# quoted local part, no comment, no address in brackets, no display name. Lengths are those of RFC
# 5321 § 4.5.3.1. A domain may be written in any script (RFC 5890): it is kept in its ASCII form,
# made by Python's own codec (IDNA 2003), hence the few signs that later versions read otherwise
# are refused. A local part may be in any script (RFC 6531): its server must then offer SMTPUTF8.

_LOCAL_OCTETS, _ADDRESS_OCTETS = 64, 254
_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", re.ASCII)
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.ASCII)
_SEVERAL = {",": "une virgule", ";": "un point-virgule"}
_SIGNS = '"<>()[]\\:'
_AMBIGUOUS = "ßς"
"""Letters that IDNA 2003 and IDNA 2008 write otherwise: two domains, one of which is not meant."""


class AddressFault(ValueError):
    """Why a text is not taken for an address, in French, without the text."""


@dataclass(frozen=True, slots=True, order=True)
class Mailbox:
    """An address: ``local`` as written, ``domain`` in ASCII and small letters."""

    local: str
    domain: str

    def __str__(self) -> str:
        return f"{self.local}@{self.domain}"

    @property
    def key(self) -> str:
        """What two writings of one mailbox have in common: no server tells ``A@`` from ``a@``."""
        return f"{unicodedata.normalize('NFC', self.local).casefold()}@{self.domain}"

    @property
    def is_ascii(self) -> bool:
        """Whether any server takes it: without SMTPUTF8."""
        return self.local.isascii()


def mailbox(text: str) -> Mailbox:
    """Read an address; blanks around it do not count. Raises ``AddressFault``.

    >>> str(mailbox(" Chouette@Médiathèque.EXAMPLE.org "))
    'Chouette@xn--mdiathque-53af.example.org'
    """
    text = unicodedata.normalize("NFC", text.strip())
    _check_signs(text)
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


def _check_signs(text: str) -> None:
    if not text:
        raise AddressFault("elle est vide")
    for sign in text:
        if sign.isspace():
            raise AddressFault("elle contient une espace")
        if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn"):
            raise AddressFault(f"elle contient un caractère invisible (U+{ord(sign):04X})")
        if sign in _SEVERAL:
            raise AddressFault(f"elle contient {_SEVERAL[sign]} : une seule adresse par ligne")
        if sign in _SIGNS:
            raise AddressFault(f"elle contient le signe « {sign} » : écrivez l’adresse seule")


def _check_local(local: str) -> None:
    if not local:
        raise AddressFault("il n’y a rien avant « @ »")
    if len(local.encode()) > _LOCAL_OCTETS:
        raise AddressFault(f"elle compte plus de {_LOCAL_OCTETS} signes avant « @ »")
    if local[0] == "." or local[-1] == "." or ".." in local:
        raise AddressFault("un point est mal placé avant « @ »")
    for sign in local.replace(".", ""):
        if sign.isascii() and not _ATOM.fullmatch(sign):
            raise AddressFault(f"elle contient le signe « {sign} »")


def _domain(domain: str) -> str:
    if not domain:
        raise AddressFault("il n’y a rien après « @ »")
    if any(sign in _AMBIGUOUS for sign in domain):
        raise AddressFault("son domaine s’écrit de deux façons : donnez sa forme « xn--… »")
    try:
        name = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise AddressFault(f"« {domain} » n’est pas un nom de domaine") from None
    labels = name.split(".")
    fine = len(labels) > 1 and all(map(_LABEL.fullmatch, labels)) and not labels[-1].isdigit()
    if not fine or len(name) > _ADDRESS_OCTETS:
        raise AddressFault(f"« {domain} » n’est pas un nom de domaine")
    return name


_COLUMNS = ("courriel", "edition", "desabonnement")
_LINK = re.compile(r"https://[^\s<>\"]+", re.ASCII)
_LONGEST = 60
_LINK_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Who receives which edition; ``leave`` is the address where they leave, ``""`` for ours."""

    mailbox: Mailbox
    edition: str = REGION
    leave: str = ""


@dataclass(frozen=True, slots=True)
class Roll:
    """What a file says: its subscribers, its faults and what it says twice, in French, each with
    the number of its line."""

    subscribers: tuple[Subscriber, ...]
    faults: tuple[str, ...]
    doubles: tuple[str, ...]


def read_roll(data: bytes, editions: Collection[str]) -> Roll:
    """Read a file; ``editions`` are the codes that exist."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Roll((), (f"ligne {line} : ce n’est pas de l’UTF-8, enregistrez-le ainsi",), ())
    found: dict[tuple[str, str], tuple[int, Subscriber]] = {}
    faults, doubles = [], []
    for number, cells in _rows(text):
        try:
            one = _subscriber(cells, editions)
        except AddressFault as fault:
            faults.append(f"ligne {number} : {_shown(cells[0])}, {fault}")
            continue
        key = (one.edition, one.mailbox.key)
        first, known = found.setdefault(key, (number, one))
        if first == number:
            continue
        told = f"ligne {number} : {_shown(cells[0])} est déjà à la ligne {first}"
        if known.leave == one.leave:
            doubles.append(told)
        else:
            faults.append(f"{told}, avec un autre lien de désabonnement")
    return Roll(tuple(one for _, one in found.values()), tuple(faults), tuple(doubles))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each line that tells something."""
    lines = [(number, line) for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1)]
    told = [(number, line) for number, line in lines if line.strip() and line.lstrip()[0] != "#"]
    head = told[0][1] if told else ""
    comma = ";" if ";" in head and "," not in head else ","
    titles = [cell.strip().lower() for cell in _cells(head, comma)]
    columns: tuple[str, ...] = _COLUMNS
    if told and titles[0].lstrip("\ufeff") in ("courriel", "email", "e-mail", "adresse"):
        told = told[1:]
        columns = ("courriel", *titles[1:])
    for number, line in told:
        cells = dict(zip(columns, _cells(line, comma), strict=False))
        extra = _cells(line, comma)[len(columns) :]
        yield number, [*(cells.get(name, "").strip() for name in _COLUMNS), *extra]


def _cells(line: str, comma: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=comma, strict=True), [""])
    except csv.Error:
        return [line]


def _subscriber(cells: list[str], editions: Collection[str]) -> Subscriber:
    """Read a line. Raises ``AddressFault``."""
    address, edition, leave, *extra = cells
    if any(cell.strip() for cell in extra):
        raise AddressFault("la ligne compte trop de cases")
    one = mailbox(address)
    if "@" in edition:
        raise AddressFault("elle est suivie d’une autre : une seule adresse par ligne")
    edition = edition or REGION
    if edition not in editions:
        near = nearest(edition, editions, limit=1)
        hint = f", vouliez-vous dire « {near[0]} » ?" if near else ""
        raise AddressFault(f"l’édition « {safe(edition[:_LONGEST])} » n’existe pas{hint}")
    if leave and (len(leave) > _LINK_LENGTH or not _LINK.fullmatch(leave)):
        raise AddressFault("son lien de désabonnement n’est pas une adresse https")
    return Subscriber(one, edition, leave)


def _shown(cell: str) -> str:
    cut = cell if len(cell) <= _LONGEST else f"{cell[:_LONGEST]}…"
    return f"« {safe(cut)} »"
