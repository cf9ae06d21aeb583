"""Since when each event is told as it is: what calendars give as the moment of its last change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path, PurePosixPath

from msgspec import json

from portail.clock import portal_zone
from portail.files import digest_of
from portail.history import Log, Revision, log_of, revisions
from portail.model.event import Event
from portail.model.kinds import DATED, PLACES, place_ref
from portail.source.store import Store, decoded
from portail.text.normalise import slug_of_filename

from .redirections import former_slugs

_LACK = (
    "L’histoire de Git ne se lit pas entière ({}) : les calendriers ne savent pas toujours quand "
    "un événement a changé, ni le site laquelle de deux fiches vint d’abord. → {}\n"
)
_PLACE = "titre|adresse|nom|rue|code_postal|commune|coordonnees|lat|lon"
_EVENT = (
    f"{_PLACE}|debut|fin|seances|horaires|du|au|tous_les|de|a|sauf|rrule|lieu|en_ligne|partout|"
    "etat|ancien_debut"
)
# How lines of a front matter begin that say what, when, where, or a state; where, of a place.
_SHOWN = (
    (DATED, f"({_EVENT}) *:|['\"]?[12][0-9]{{3}}-"),
    (PLACES, f"({_PLACE}) *:"),
)


class Revisions(Mapping[str, Revision]):
    """What Git remembers of the events and places of ``content`` up to ``day``, by reference; asked
    once, for the commits that ``store`` has not kept.
    """

    def __init__(self, content: Path, day: date, store: Store) -> None:
        self._content = content
        self._store = store
        self._until = datetime.combine(day, time.max, portal_zone()).timestamp()

    @cached_property
    def _table(self) -> Mapping[str, Revision]:
        found: dict[str, Revision] = {}
        known: dict[str, Revision] = {}
        for log in self._logs:
            known |= revisions(log, self._until)
        for name, revision in known.items():
            path = PurePosixPath(name)
            file = path.name
            if file == "index.md":
                file = path.parent.name
            ref = f"{path.parts[0]}/{slug_of_filename(file)}"
            pairs = zip(found.get(ref, Revision()), revision, strict=True)
            found[ref] = Revision(*(max(filter(None, pair), default=None) for pair in pairs))
        return found

    @cached_property
    def _logs(self) -> list[Log]:
        # What Git says of each group of kinds; the last whole answer is kept for later builds.
        logs = []
        whole: dict[str, str] = {}
        for kinds, rows in _SHOWN:
            folders = [kind.value for kind in kinds]
            lines = f"^[ -]*[{{]?({rows})"
            key = digest_of(str(self._content.resolve()), lines, *folders)
            text = self._store.recall("git", [key]).get(key)
            known = decoded(text, Log) or Log()
            logs.append(log_of(self._content, folders, lines, known))
            last = logs[-1]
            if not last.whole:
                last = known
            if last.whole:
                whole |= {key: json.encode(last).decode()}
        self._store.remember("git", whole)
        return logs

    @property
    def lack(self) -> str:
        """A sentence when the history cannot be read whole; empty otherwise."""
        return next((_LACK.format(*log.why) for log in self._logs if log.why), "")

    def __getitem__(self, ref: str) -> Revision:
        return self._table[ref]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


def lack_of(revisions: Mapping[str, Revision]) -> str:
    """A sentence on what revisions lack; empty when they are whole, or nobody keeps any."""
    if isinstance(revisions, Revisions):
        return revisions.lack
    return ""


def began(day: date) -> datetime:
    """The first instant of a day, in UTC: all that a file says of when it changed."""
    return datetime.combine(day, time(), UTC)


def revised(entry: Event, published: date, known: Mapping[str, Revision]) -> datetime:
    """When an event last changed: its ``modifie``, else the last commit on when, where or its
    state.
    """
    former = former_slugs(entry)
    refs = [f"{entry.kind.value}/{slug}" for slug in (entry.slug, *former)]
    moments = [began(day) for day in (published, entry.modifie) if day]
    if former and refs[0] in known:
        moments += filter(None, [known[refs[0]].came])
    if entry.lieu:
        refs += [place_ref(entry.lieu)]
    changes = (known[ref].changed for ref in refs if ref in known)
    return max([*moments, *filter(None, changes)])
