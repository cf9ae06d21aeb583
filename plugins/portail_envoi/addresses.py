"""Addresses of recipients: which are taken, and why the others are not.

The form is the ``addr-spec`` of RFC 5322 § 3.4.1 without what nobody has and forgers use: no quoted
local part, no comment, no address in brackets, no display name. Lengths are those of RFC 5321
§ 4.5.3.1. A domain may be written in any script (RFC 5890): it is kept in its ASCII form, made by
Python's own codec (IDNA 2003), hence the few signs that later versions read otherwise are refused.
A local part may be in any script (RFC 6531): its server must then offer SMTPUTF8.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["AddressFault", "Mailbox", "mailbox"]

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
