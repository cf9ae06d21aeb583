"""The weeks of the letter that were sent, as their files say, and what is wrong with them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from pydantic import ValidationError

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.files import digest_bytes
from portail.model.issue import Frozen
from portail.site.envoi_checks import check_values
from portail.source.document import decode
from portail.source.envois import read_form
from portail.source.json_nodes import compose
from portail.source.loader import Listing, Media, reason_of
from portail.source.store import Loaded, Store
from portail.source.validation import locate

__all__ = ["MEGABYTES", "Envois", "check_envoi", "envois_of"]

MEGABYTES = 2
"""Most that the file of a week may weigh: a hundred editions or so."""


@dataclass(frozen=True, slots=True)
class Envois:
    """Sent weeks by their slug, in order, whatever the day; the file of each; the diagnostics."""

    weeks: Mapping[str, Frozen] = field(default_factory=dict)
    paths: Mapping[str, PurePosixPath] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()

    def seen(self, day: date, without: Iterable[PurePosixPath] = frozenset()) -> dict[str, Frozen]:
        """Weeks that were frozen by ``day``, those whose file is in ``without`` aside."""
        left = frozenset(without)
        return {
            slug: one
            for slug, one in self.weeks.items()
            if one.fige_le <= day and self.paths[slug] not in left
        }


def envois_of(listing: Listing, store: Store) -> Envois:
    """Read every file of a sent week.

    What it says is read at each build; the store remembers by its digest that it was checked.
    """
    weeks: dict[str, Frozen] = {}
    paths: dict[str, PurePosixPath] = {}
    found: list[Diagnostic] = []
    for file in listing.frozen:
        frozen, more = _read(file, store)
        found += more
        if frozen is not None and paths.setdefault(frozen.semaine, file.path) == file.path:
            weeks[frozen.semaine] = frozen
    return Envois(dict(sorted(weeks.items())), paths, tuple(found))


def _read(file: Media, store: Store) -> tuple[Frozen | None, tuple[Diagnostic, ...]]:
    place = Position(file.path)
    if file.stamp.size > MEGABYTES * 1_000_000:
        weight = math.ceil(file.stamp.size / 1_000_000)
        name = file.path.name
        return None, (diagnostic("E121", place, nom=name, poids=weight, limite=MEGABYTES),)
    try:
        data = file.file.read_bytes()
    except OSError as error:
        return None, (diagnostic("E118", place, raison=reason_of(error)),)
    digest = digest_bytes(data)
    known = store.find_digest(file.path, digest)
    if known is not None and not known.diagnostics:
        try:
            return Frozen.model_validate_json(data.removeprefix(b"\xef\xbb\xbf")), ()
        except ValidationError:
            pass  # the store is older than the form: it is told again
    frozen, found = check_envoi(data, file.path)
    store.put(Loaded(file.path, digest, None, None, (), found), file.stamp, None)
    return frozen, found


def check_envoi(data: bytes, path: PurePosixPath) -> tuple[Frozen | None, tuple[Diagnostic, ...]]:
    """Read the bytes of the file of a week, ``path`` being its place in the project.

    Returns what it says, ``None`` when anything is wrong, and every diagnostic (E101, E102, E106,
    E127–E131).
    """
    text = decode(data, path, "newsletter") if data.strip() else ""
    if not isinstance(text, str):
        return None, tuple(text)
    frozen, values, faults, found = read_form(text, path)
    if frozen is not None:
        faults = list(check_values(frozen, values, path))
    if faults:
        root = compose(text)
        found += [locate(fault, root, path) for fault in faults]
    return (None, tuple(found)) if found else (frozen, ())
