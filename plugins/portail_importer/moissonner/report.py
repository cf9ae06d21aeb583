"""What a harvest did, by source: for a person, in Markdown, and for programs, in JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from portail.terminal.text import counted

from .changes import QUIET, Change, Difference, Fate, Harvest

# What a person has to read, in order; the rest is counted.
_READ = tuple(fate for fate in Fate if fate not in (*QUIET, Fate.LEFT))
# A value of a report on a phone.
_WIDE = 120
# Contents of one fate that a source lists: beyond, they are in the changes of the proposal.
_LISTED = 40
# Those that are seen at once.
_SEEN = 5
_LINE = str.maketrans({"\n": " ", "\r": " ", "`": "’", "<": "‹", ">": "›", "|": "¦"})


def markdown_of(harvests: Sequence[Harvest]) -> str:
    """The text of a proposal."""
    lines = [f"**{summary_of(harvests)}**", ""]
    for harvest in harvests:
        lines += [*_section(harvest), ""]
    return "\n".join(lines)


def summary_of(harvests: Sequence[Harvest]) -> str:
    """One line on all sources."""
    written = [change for harvest in harvests for change in harvest.written]
    broken = sum(bool(harvest.trouble) for harvest in harvests)
    held = sum(bool(harvest.alarms) for harvest in harvests)
    parts = [
        counted(len(harvests), ("source", "sources")),
        counted(len(written), ("fichier proposé", "fichiers proposés")),
    ]
    parts += [f"{counted(broken, ('source illisible', 'sources illisibles'))}"] if broken else []
    parts += [f"{counted(held, ('source retenue', 'sources retenues'))}"] if held else []
    return " · ".join(parts)


def lines_of(harvests: Sequence[Harvest]) -> Iterator[str]:
    """What is said in a terminal: a line for each source."""
    for harvest in harvests:
        name = harvest.source.nom
        if harvest.trouble:
            yield f"{name} : {harvest.trouble}"
            continue
        yield f"{name} : {_tally(harvest)}."
        yield from (f"  {alarm} {_HELD}" for alarm in harvest.alarms)


_HELD = (
    "Rien n’en est écrit : voyez avec elle, puis « portail moissonner --source NOM --confirmer »."
)


def _tally(harvest: Harvest) -> str:
    fates = Counter(change.fate for change in harvest.changes)
    parts = [counted(fates[fate], fate.value) for fate in Fate if fates[fate]]
    return ", ".join(parts) or "ne donne rien"


def _section(harvest: Harvest) -> Iterator[str]:
    yield f"### {_line(harvest.source.nom)}"
    yield ""
    if harvest.trouble:
        yield f"**Illisible.** {_line(harvest.trouble)}"
        return
    yield f"{_tally(harvest)}."
    for alarm in harvest.alarms:
        yield ""
        yield f"**{alarm}** {_HELD}"
    for fate in _READ:
        rows = [change for change in harvest.changes if change.fate is fate]
        yield from _rows(fate.value[1].capitalize(), rows)
    left = Counter(change.note for change in harvest.changes if change.fate is Fate.LEFT)
    if left:
        yield from ("", f"**Laissés** ({left.total()})", "")
        yield from (f"- {_line(why)} : {number}" for why, number in left.most_common())


def _rows(head: str, rows: Sequence[Change]) -> Iterator[str]:
    # What is long is folded: each source is to fit on the screen of a phone.
    if not rows:
        return
    if len(rows) > _SEEN:
        yield from ("", f"<details><summary>{head} ({len(rows)})</summary>", "")
    else:
        yield from ("", f"**{head}** ({len(rows)})", "")
    for change in rows[:_LISTED]:
        note = f" : {_line(change.note)}" if change.note else ""
        yield f"- {_line(change.title)}{note}"
        if change.before:
            yield from (f"  - {_difference(row)}" for row in change.differences)
    if len(rows) > _LISTED:
        yield f"- et {len(rows) - _LISTED} de plus, dans les fichiers de la proposition"
    if len(rows) > _SEEN:
        yield from ("", "</details>")


def _difference(row: Difference) -> str:
    before, after = (_line(value) or "(absent)" for value in (row.before, row.after))
    return f"{row.field} : {before} → {after}"


def _line(text: str) -> str:
    # On one line, with nothing that a forge would read as markup, and nobody it would notify.
    flat = text.translate(_LINE).replace("@", "@\u200b").replace("](", "] (")
    return flat if len(flat) <= _WIDE else f"{flat[:_WIDE]}…"


def json_of(harvests: Iterable[Harvest]) -> str:
    """The same for programs, nothing cut."""
    sources = [_told(harvest) for harvest in harvests]
    return json.dumps({"version": 1, "sources": sources}, ensure_ascii=False, indent=1) + "\n"


def _told(harvest: Harvest) -> dict[str, Any]:
    fates = [
        {
            "sort": change.fate.name.lower(),
            "titre": change.title,
            "fichier": str(change.path) if change.path.name else "",
            "ecrit": not harvest.alarms and change.is_written,
            "champs": [row._asdict() for row in change.differences if change.before],
            "raison": change.note,
        }
        for change in harvest.changes
        if change.fate not in QUIET
    ]
    return {
        "nom": harvest.source.nom,
        "adresse": harvest.source.adresse,
        "illisible": harvest.trouble,
        "alarmes": [*harvest.alarms],
        "comptes": dict(Counter(change.fate.name.lower() for change in harvest.changes)),
        "contenus": fates,
    }
