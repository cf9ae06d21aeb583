"""What is known of another portal: facts of its events and places, and the file that keeps them.

Texts are plain and bounded; addresses are whole, and lead to pages of that portal alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from msgspec import Struct
from msgspec.structs import asdict

from portail.agenda.occurrences import Occurrence
from portail.clock import portal_zone
from portail.files import digest_of

# Days after which a copy is said to be old: it is still shown, with its day.
OLD_DAYS = 14


class FarPlace(Struct, frozen=True):
    """Where something is: ``exacte`` is false for a commune's centre; degrees are WGS 84, both or
    none.
    """

    nom: str = ""
    commune: str = ""
    code: str = ""
    departement: str = ""
    lat: float | None = None
    lon: float | None = None
    exacte: bool = False


class FarEvent(Struct, frozen=True):
    """An event of another portal that is open to all, and not over."""

    # A URI that survives a change of domain; no two events of a neighbour share one.
    id: str
    url: str
    titre: str
    # Those that are not over on the day of the build, in the order of time, one at least.
    occurrences: tuple[Occurrence, ...]
    # A code of ``etats``: of the event; each occurrence has its own.
    etat: str
    # ``presentiel``, ``en-ligne`` or ``hybride``.
    mode: str
    place: FarPlace
    # Codes of our lists, as are ``publics`` and ``themes``; those we do not know are left out.
    formats: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    # ``None`` when nothing is said.
    gratuit: bool | None = None
    # Whether it is openly invented.
    exemple: bool = False

    @property
    def on_another_clock(self) -> bool:
        """Whether hours are told on another clock than that of the portal."""
        return any(
            occurrence.debut.utcoffset() != occurrence.debut.astimezone(portal_zone()).utcoffset()
            for occurrence in self.occurrences
        )


class FarLieu(Struct, frozen=True):
    """A place or a structure of the directory of another portal, that a map can show."""

    id: str
    url: str
    titre: str
    # A code of ``types-lieux``; ``""`` for one we do not know.
    type: str
    place: FarPlace
    themes: tuple[str, ...] = ()
    exemple: bool = False


class Dropped(Struct, frozen=True):
    """What did not hold: how many, and why (French, a small letter first, no stop)."""

    reason: str
    count: int


class Neighbour(Struct, frozen=True):
    """Another portal as its last good copy says it; ``trouble``: the sentence why there is none."""

    slug: str
    nom: str
    url: str
    # As the settings say it; ``""`` when they do not.
    region: str = ""
    # The day when it last said so.
    fetched: date | None = None
    # Whether that was more than ``OLD_DAYS`` before the day of the build.
    old: bool = False
    events: tuple[FarEvent, ...] = ()
    lieux: tuple[FarLieu, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    trouble: str = ""


# The file of a neighbour, ``<slug>.json``: facts as they came, before they are judged.

# Of the format: a copy in another one is not read.
VERSION = 1
# The periods of the events of a neighbour.
EVENT_LIST = "evenements.json"
LIEUX = "lieux.geojson"
# Those of a copy that is read: more than a neighbour may send.
COPY_BYTES = 40_000_000

Shape: TypeAlias = Mapping[str, Any]

EVENT: Shape = {
    **dict.fromkeys(
        ("id", "url", "titre", "etat", "format", "publics", "themes", "reserve_a", "exemple"), None
    ),
    "tarif": {"gratuit": None},
    "calcule": {
        "mode": None,
        "occurrences": None,
        "commune": {"code": None, "nom": None},
        "adresse": {"nom": None, "commune": None},
        "position": {"latitude": None, "longitude": None, "exacte": None},
    },
}
FEATURE: Shape = {
    "id": None,
    "geometry": {"coordinates": None},
    "properties": dict.fromkeys(
        ("url", "titre", "type", "themes", "exacte", "commune", "code_commune", "exemple"), None
    ),
}


# A neighbour's file is not ours: what it nests, or writes at length, is cut.
# Levels of nesting that are read.
_DEEP = 2
# Characters of a text that are read.
_LONG = 2_500


def shaped(value: object, shape: Shape | None) -> Any:
    """The part of ``value`` that ``shape`` names; all of it where ``shape`` is ``None``."""
    if shape is None or not isinstance(value, dict):
        return _bounded(value, _DEEP)
    return {key: shaped(value[key], inside) for key, inside in shape.items() if key in value}


def _bounded(value: object, deep: int) -> Any:
    match value:
        case str():
            return value[:_LONG]
        case float():
            return value if isfinite(value) else None
        case dict() | list() if not deep:
            return None
        case dict():
            return {key[:_LONG]: _bounded(item, deep - 1) for key, item in value.items()}
        case list():
            return [_bounded(item, deep - 1) for item in value]
    return value


class Part(Struct, frozen=True):
    """A file of a neighbour: what its server and its list said of it, what is kept of its rows."""

    donnees: Sequence[Any]
    etag: str = ""
    modifie: str = ""
    sha256: str = ""


class Copy(Struct, frozen=True):
    """What a neighbour last said, by the name of each file below its ``api``."""

    api: str
    jour: date
    parts: Mapping[str, Part]

    @property
    def events(self) -> list[Any]:
        return [
            row
            for name, part in self.parts.items()
            if name.startswith("evenements/")
            for row in part.donnees
        ]

    @property
    def lieux(self) -> Sequence[Any]:
        return self.parts[LIEUX].donnees if LIEUX in self.parts else ()


class Asked(Struct, frozen=True):
    """The result of asking a neighbour: a whole copy, or the French sentence that says why there is
    none."""

    copy: Copy | None = None
    trouble: str = ""
    # Bytes of the files that came, without compression.
    octets: int = 0
    # Periods of events that were beyond the limits.
    left: int = 0


def loaded(data: bytes) -> Any:
    """The value of a JSON text in UTF-8. Raises ``ValueError``."""
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_refused)
    except RecursionError:
        raise ValueError("nested without end") from None


def _refused(name: str) -> NoReturn:
    raise ValueError(name)


def copy_text(copy: Copy) -> bytes:
    """The file of a copy, whose digest tells whether it was damaged since."""
    files = {name: asdict(part) for name, part in copy.parts.items()}
    # A lone half of a sign, which JSON may write, is none that a file holds.
    parts = json.dumps(files, ensure_ascii=False).encode("utf-8", "replace").decode()
    head = {"version": VERSION, "api": copy.api, "jour": copy.jour.isoformat()}
    head["empreinte"] = digest_of(copy.api, copy.jour, parts)
    text = json.dumps(head, ensure_ascii=False)
    return f'{text[:-1]},\n"fichiers": {parts}}}\n'.encode()


def read_copy(file: Path, api: str) -> Copy | None:
    """The copy in ``file`` if it is one of ``api``. Raises ``ValueError`` when it is damaged."""
    try:
        if file.stat().st_size > COPY_BYTES:
            raise ValueError("too large")
        data = file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ValueError(str(error)) from error
    document = loaded(data)
    try:
        parts = {name: Part(**part) for name, part in document["fichiers"].items()}
        copy = Copy(document["api"], date.fromisoformat(document["jour"]), parts)
        text = json.dumps(document["fichiers"], ensure_ascii=False)
        if (document["version"], document["empreinte"]) != (
            VERSION,
            digest_of(copy.api, copy.jour, text),
        ):
            raise ValueError("another version, or damaged")
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(str(error)) from error
    return copy if copy.api == api else None
