"""``imports.json``, where versions before 0.3.0 kept what they had imported: ``portail migrer``
puts into each file the source that gave it, and a seal if nobody corrected it since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from portail.cli.contents import content_folder, read_contents
from portail.diagnostics import ConfigError, Refused
from portail.features.intake.corriger.sheet import Sheet as Text
from portail.features.services.tableurs.columns import BODY
from portail.files import bytes_in
from portail.model.entry import Entry

from .base import Base, mark
from .changes import OF_THE_DAY
from .identity import SOURCE, borne, sealed
from .sources.places import Portal
from .values import TOGETHER, edited, flat, part_of, path_of

_FILE = "imports.json"
_COMMAND = "portail migrer"
_WHY = "une fiche importée porte le nom de sa source, et l’empreinte de ce qui en vient"
_NO_MORE = "le journal des imports n’est plus lu"
_SOURCE = "@source"
_OURS = (*OF_THE_DAY, "image")


class _Journal(Struct):
    # By reference, the sources of a content and the digest of each value that they gave.
    contenus: dict[str, dict[str, Any]]


def migrated() -> Iterator[tuple[str, str, str | None, str]]:
    """Each file that changes, what it holds, what it is to hold (``None``: it goes), and why, in
    French. Raises ``ConfigError``."""
    content = content_folder(None, _COMMAND)
    data = bytes_in(content.parent / _FILE)
    if data is None:
        return
    journal = _read(data)
    read = read_contents(None, None, _COMMAND, drafts=True)
    site = read.result.site
    if read.result.report.has_errors or site is None:
        raise ConfigError("Les contenus ont des erreurs : « portail check » les dit.")
    base = Base(content, "", site.items, Portal.of(site, read.day.date))
    for ref in sorted(journal.keys() & site.items.keys()):
        entry = site.items[ref].entry
        text = base.text(entry)
        after = _borne(text, entry, journal[ref], base)
        if after != text.raw:
            yield str(text.file.path), text.raw, after, _WHY
    yield _FILE, data.decode(), None, _NO_MORE


def _read(data: bytes) -> Mapping[str, Mapping[str, Any]]:
    try:
        return msgspec.json.decode(data, type=_Journal).contenus
    except (msgspec.MsgspecError, ValueError, RecursionError):
        why = "reprenez-en la version précédente (git), ou supprimez-le."
        raise ConfigError(f"{_FILE} n’est plus lisible : {why}") from None


def _borne(text: Text, entry: Entry, memory: Mapping[str, Any], base: Base) -> str:
    # A file with its source; sealed, if it is as its source said.
    claims = memory.get(_SOURCE) or [""]
    slug = f"import-{str(claims[0] if isinstance(claims, list) else claims)[:6]}".rstrip("-")
    untouched = _is_untouched(text, entry, memory, base)
    told = borne({}, slug) if untouched else {f"ids_externes.{SOURCE}": slug}
    try:
        return sealed(edited(text, told).decode(), text.file.path).decode()
    except Refused:  # its head has not a field by line: it stays ours
        return text.raw


def _is_untouched(text: Text, entry: Entry, memory: Mapping[str, Any], base: Base) -> bool:
    # Whether a file says what was imported, and nothing more.
    front = base.front(entry)
    body = text.parts.body.strip() if text.parts else ""
    told = {name: digest for name, digest in memory.items() if name[:1] != "@"}
    known = {".".join(path_of(name)) for name in told} | set(_OURS)
    more = {part_of(entry.kind, name) for name in flat(front)}
    if any(name not in known and name.split(".")[0] not in known for name in more):
        return False
    now = {name: body if name == BODY else _value(front, entry, name) for name in told}
    return all(mark(now[name]) == told[name] for name in told) and bool(body) <= (BODY in told)


def _value(front: Mapping[str, Any], entry: Entry, name: str) -> Any:
    # The value of a part as a file writes it; one that is left out means its default.
    if name in TOGETHER:
        return {key: front[key] for key in TOGETHER[name] if key in front}
    value: Any = front
    default: Any = entry
    for key in path_of(name):
        value = value.get(key) if isinstance(value, Mapping) else None
        default = getattr(default, key, None)
    return value if value is not None else (default or None)
