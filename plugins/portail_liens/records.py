"""What checking an external address found, and what it makes of the address from day to day; the
file that keeps it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

# How the check presents itself to sites, and the name by which a ``robots.txt`` may speak of it.
AGENT = "Portail-liens"

# Days after which an address that answered is asked again.
FRESH_DAYS = 30
# The same for one that failed: a second day tells what is broken from what was.
FAILING_DAYS = 1


class Constat(StrEnum):
    """What one check found."""

    BON = "bon"
    # It answers, after permanent redirections (301, 308) only: there is a new address to write.
    DEPLACE = "deplace"
    # The site answers, and refuses programs (401, 403, 429…): only a reader can tell.
    REFUS = "refus"
    # Its ``robots.txt`` asks programs not to come.
    ROBOTS = "robots"
    INTROUVABLE = "introuvable"
    ERREUR = "erreur"
    # Nothing came within the time allowed.
    MUET = "muet"
    INJOIGNABLE = "injoignable"
    CERTIFICAT = "certificat"
    BOUCLE = "boucle"
    # It leads to a private network: nothing was opened, no reader can follow it.
    PRIVE = "prive"


_FAILURES = frozenset(Constat) - {Constat.BON, Constat.DEPLACE, Constat.REFUS, Constat.ROBOTS}


class Etat(StrEnum):
    """What an editor has to do about an address, gravest first."""

    MORTE = "morte"
    PRIVEE = "privee"
    A_REVOIR = "a-revoir"
    DEPLACEE = "deplacee"
    A_OUVRIR = "a-ouvrir"
    BONNE = "bonne"


_STATES = {
    Constat.BON: Etat.BONNE,
    Constat.DEPLACE: Etat.DEPLACEE,
    Constat.REFUS: Etat.A_OUVRIR,
    Constat.ROBOTS: Etat.A_OUVRIR,
    Constat.PRIVE: Etat.PRIVEE,
    # A reader may get through: browsers fetch missing intermediate certificates, programs do not.
    Constat.CERTIFICAT: Etat.A_REVOIR,
}


class Releve(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The last check of an address: its day, finding, HTTP status (0: none), new address.

    ``premier_echec`` is the first day of the failures that end with this check, seen on ``echecs``
    days.
    """

    jour: date
    constat: Constat
    code: int = 0
    vers: str = ""
    detail: str = ""
    premier_echec: date | None = None
    echecs: int = 0

    @property
    def etat(self) -> Etat:
        state = _STATES.get(self.constat)
        return state or (Etat.MORTE if self.echecs >= 2 else Etat.A_REVOIR)

    def due(self, day: date) -> bool:
        wait = FAILING_DAYS if self.constat in _FAILURES else FRESH_DAYS
        return (day - self.jour).days >= wait or day < self.jour


def followed(
    before: Releve | None,
    day: date,
    constat: Constat,
    *,
    code: int = 0,
    vers: str = "",
    detail: str = "",
) -> Releve:
    """The record of an address checked on ``day``, after the one of the check before."""
    if constat not in _FAILURES:
        return Releve(day, constat, code, vers, detail)
    first = day
    count = 1
    if before and before.premier_echec and before.jour <= day:
        first = before.premier_echec
        count = before.echecs + (before.jour < day)
    return Releve(day, constat, code, vers=vers, detail=detail, premier_echec=first, echecs=count)


def due(urls: Iterable[str], records: Mapping[str, Releve], day: date) -> list[str]:
    """The addresses to ask on ``day``: those never asked, then the longest ago."""
    late = [url for url in urls if url not in records or records[url].due(day)]
    return sorted(late, key=lambda url: (records[url].jour if url in records else date.min, url))


# The file of checked addresses, that ``portail liens`` writes and previews read.

# Of the format: another one is not read.
VERSION: Literal[1] = 1


class _Checked(Struct):
    version: Literal[1]
    adresses: dict[str, Releve]


def read_liens(path: Path) -> Mapping[str, Releve] | None:
    """Records by address; ``None`` without a readable file: it is a cache."""
    try:
        checked = msgspec.json.decode(path.read_bytes(), type=_Checked)
    except (OSError, ValueError):
        return None
    return dict(sorted(checked.adresses.items()))


def liens_text(records: Mapping[str, Releve]) -> str:
    """The text of the file: addresses in order, only what each record says."""
    document = {"version": VERSION, "adresses": dict(sorted(records.items()))}
    return json.dumps(msgspec.to_builtins(document), ensure_ascii=False, indent=1) + "\n"
