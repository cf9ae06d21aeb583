"""What a harvest did, by source: for a person, in Markdown, and for programs, in JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import cache, partial
from typing import Any

from portail.features.intake.apercu.words import inline
from portail.features.services.schemas.fields import fields_of
from portail.features.services.tableurs.columns import BODY
from portail.model.registry import MODELS
from portail.terminal.text import counted
from portail.text.dates import heure, jour_court

from ..importer.changes import QUIET, Change, Difference, Fate, Harvest
from ..importer.following import CANCELLED

# What a person has to read: what may be wrong on the site comes first. The rest is counted.
_READ = (
    Fate.CANCELLED,
    Fate.DISPUTED,
    Fate.GONE,
    Fate.CHANGED,
    Fate.INCOMPLETE,
    Fate.NEW,
    Fate.OURS,
    Fate.REFUSED,
)
# A value of a report on a phone.
_WIDE = 120
# Contents of one fate that a source lists: beyond, they are in the changes of the proposal.
_LISTED = 40
# Lines of a source that are seen at once: they fit on the screen of a phone, the rest is folded.
_SEEN = 8
# Bytes of a proposal, which forges refuse beyond a little more.
_BYTES = 59_000
_WARNING = "Voyez avec elle avant d’accepter."
# What is listed whole, however long the report is.
_WORST = frozenset(_READ[:3])


def markdown_of(harvests: Sequence[Harvest]) -> str:
    """The text of a proposal, the worst first; of one that is too long, the rest is counted."""
    # What asks somebody to write to its source comes first.
    ordered = sorted(harvests, key=_severity)
    lines: list[str] = []
    for listed in (_LISTED, _SEEN, 0):
        lines = [f"**{summary_of(harvests)}**", ""]
        for harvest in ordered:
            lines += [*_section(harvest, listed), ""]
        if _weight(lines) <= _BYTES:
            return "\n".join(lines)
    while _weight(lines) > _BYTES:
        del lines[-max(1, len(lines) // 50) :]
    if lines.count("</details>") < "\n".join(lines).count("<details>"):
        lines += ["", "</details>"]
    return "\n".join(
        [*lines, "", "**Ce rapport est trop long : la suite est dans les fichiers.**", ""]
    )


def _severity(harvest: Harvest) -> tuple[bool, int]:
    ranks = (_READ.index(one.fate) for one in harvest.changes if one.fate in _READ)
    return not (harvest.trouble or harvest.alarms), min(ranks, default=len(_READ))


def _weight(lines: Sequence[str]) -> int:
    return len("\n".join(lines).encode())


def summary_of(harvests: Sequence[Harvest]) -> str:
    """One line on all sources."""
    written = {change.path for harvest in harvests for change in harvest.written}
    broken = sum(bool(harvest.trouble) for harvest in harvests)
    held = sum(bool(harvest.alarms) for harvest in harvests)
    parts = [
        counted(len(harvests), ("source", "sources")),
        counted(len(written), ("fichier proposé", "fichiers proposés")),
    ]
    parts += [f"{counted(broken, ('source illisible', 'sources illisibles'))}"] if broken else []
    parts += [f"{counted(held, ('source à vérifier', 'sources à vérifier'))}"] if held else []
    return " · ".join(parts)


def lines_of(harvests: Sequence[Harvest]) -> Iterator[str]:
    """What is said in a terminal: a line for each source."""
    for harvest in harvests:
        name = harvest.origin.name
        if harvest.trouble:
            yield f"{name} : {harvest.trouble}"
            continue
        yield f"{name} : {_tally(harvest)}."
        yield from (f"  {alarm} {_WARNING}" for alarm in harvest.alarms)


def _tally(harvest: Harvest) -> str:
    fates = Counter(change.fate for change in harvest.changes)
    parts = [counted(fates[fate], fate.value) for fate in Fate if fates[fate]]
    return ", ".join(parts) or "ne donne rien"


def _section(harvest: Harvest, listed: int) -> Iterator[str]:
    yield f"### {_line(harvest.origin.name)}"
    yield ""
    if harvest.trouble:
        yield f"**Illisible.** {_line(harvest.trouble)}"
        return
    yield f"{_tally(harvest)}."
    for alarm in harvest.alarms:
        yield ""
        yield f"**{alarm}** {_WARNING}"
    room = _SEEN
    for fate in _READ:
        mine = (change for change in harvest.changes if change.fate is fate)
        rows = sorted(mine, key=lambda change: change.day or date.max)
        shown = rows[: _LISTED if fate in _WORST else listed]
        lines = [line for change in shown for line in _lines_of(change)]
        if more := len(rows) - len(shown):
            lines.append(f"- et {more} de plus, dans les fichiers de la proposition")
        yield from _listed(f"{fate.value[1].capitalize()} ({len(rows)})", lines, room)
        room -= len(lines) if len(lines) <= room else 0
    left = Counter(change.why for change in harvest.changes if change.fate is Fate.LEFT)
    lines = [f"- {number} : {_line(why)}" for why, number in left.most_common()]
    yield from _listed(f"Laissés ({left.total()})", lines, 0)


def _listed(head: str, lines: Sequence[str], room: int) -> Iterator[str]:
    if len(lines) > room:
        yield from ("", f"<details><summary>{head}</summary>", "", *lines, "", "</details>")
    elif lines:
        yield from ("", f"**{head}**", "", *lines)


def _lines_of(change: Change) -> Iterator[str]:
    day = f"{jour_court(change.day)} · " if change.day else ""
    note = f" : {_line(change.why)}" if change.why else ""
    yield f"- {day}{_line(change.title)}{note}"
    if change.before:
        yield from (f"  - {_difference(row)}" for row in change.differences if row not in _TOLD)


# What the fate of a content says already.
_TOLD = (Difference("etat", "", CANCELLED),)


def _difference(row: Difference) -> str:
    same = row.before[:10] == row.after[:10]
    values = (_in_words(value, hour_alone=same) for value in (row.before, row.after))
    before, after = (_line(value) or "(absent)" for value in values)
    return f"{_titles().get(row.field, row.field)} : {before} → {after}"


@cache
def _titles() -> Mapping[str, str]:
    # What each field is called.
    return {
        name: info.title or name for model in MODELS.values() for name, info in fields_of(model)
    } | {BODY: "Texte"}


def _in_words(value: str, *, hour_alone: bool) -> str:
    # A moment as one says it, its ``hour_alone`` or its day too; any other value as it is.
    with suppress(ValueError):
        moment = datetime.fromisoformat(value)
        hour = heure(moment.time()) if " " in value else ""
        day = "" if hour and hour_alone else jour_court(moment.date(), annee=False)
        return ", ".join(filter(None, (day, hour)))
    return value


_line = partial(inline, limit=_WIDE)


def json_of(harvests: Iterable[Harvest]) -> str:
    """The same for programs, nothing cut."""
    sources = [_told(harvest) for harvest in harvests]
    return json.dumps({"version": 1, "sources": sources}, ensure_ascii=False, indent=1) + "\n"


def _told(harvest: Harvest) -> dict[str, Any]:
    fates = [
        {
            "sort": change.fate.name.lower(),
            "titre": change.title,
            "jour": f"{change.day or ''}",
            "fichier": str(change.path) if change.path.name else "",
            "ecrit": change.is_written,
            "champs": [row._asdict() for row in change.differences if change.before],
            "raison": change.why,
        }
        for change in harvest.changes
        if change.fate not in QUIET
    ]
    return {
        "nom": harvest.origin.name,
        "adresse": harvest.origin.address,
        "illisible": harvest.trouble,
        "alarmes": [*harvest.alarms],
        "comptes": dict(Counter(change.fate.name.lower() for change in harvest.changes)),
        "contenus": fates,
    }
