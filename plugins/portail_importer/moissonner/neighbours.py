"""Neighbours: other portals of this generator, whose events are shown with their origin, and never
taken among the contents.

What one says is kept as it came, in a file of its own, and judged whenever it is read, as what
strangers write: what does not hold is left and counted.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import PurePosixPath
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, Struct, field
from msgspec.structs import replace

from portail.agenda.occurrences import Occurrence
from portail.clock import portal_zone
from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position, Refused
from portail.feature import Around
from portail.geo.territories import Geography
from portail.model.vocabulary import Vocabularies
from portail.site.site import Site
from portail.text.addresses import web_parts
from portail.text.dates import jour
from portail.text.visible import piles

from ..importer.changes import Change, Fate, Harvest, alarm
from .sources import Source, load_sources

FOLDER: Final = ".cache/voisins"
# Days after which a copy is said to be old: it is still shown, with its day.
OLD_DAYS: Final = 14
MOST: Final = 5_000
# How far from the day of the build what is on may be.
_YEARS = timedelta(days=3 * 366)
_DAY = timedelta(days=1)
_OTHER = (
    "Ce n’est pas l’agenda d’un portail comme celui-ci : « voisin » attend l’adresse de son "
    "accueil."
)

_Text = Annotated[str, Meta(max_length=500)]
_Moment = Annotated[datetime, Meta(tz=True)]


class Session(Struct, frozen=True, kw_only=True):
    """When something is on, as open data tell it."""

    debut: _Moment
    fin: _Moment | None = None
    journee: bool
    etat: str


class FarEvent(Session, frozen=True, kw_only=True):
    """An event of another portal, open to all, as open data tell it: its next session, and all that
    come when there are several."""

    # Its page there, which no other event of that portal has.
    url: _Text
    titre: Annotated[str, Meta(max_length=200)]
    mode: Literal["presentiel", "en-ligne", "hybride"]
    commune: str = field(name="code_commune", default="")
    lieu: _Text = field(name="nom_du_lieu", default="")
    # Codes of our lists, once judged; those that we do not know are left out.
    formats: tuple[str, ...] = field(name="format", default=())
    publics: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    # ``None`` when nothing is said.
    gratuit: bool | None = None
    # Whether it is openly invented.
    exemple: bool = False
    seances: Annotated[tuple[Session, ...], Meta(max_length=400)] = ()
    # Those that are not over on the day of the build, in the order of time, one at least.
    occurrences: tuple[Occurrence, ...] = ()


class _Feature(Struct):
    properties: FarEvent


class _Collection(Struct):
    version: Literal["1"]
    features: list[msgspec.Raw]


class _Head(Struct):
    # The first line of a copy; what came follows.
    jour: date
    adresse: str


class Neighbour(Struct, frozen=True):
    """Another portal as its last good copy says it; ``trouble``: why there is none."""

    slug: str
    nom: str
    # Its home page, with a final slash.
    url: str
    # The day when it last said so.
    fetched: date | None = None
    # Whether that was more than ``OLD_DAYS`` before the day of the build.
    old: bool = False
    events: tuple[FarEvent, ...] = ()
    trouble: str = ""


class Unfit(Exception):
    """An event that does not hold; the text says why (French, a small letter first, no stop)."""


class Judge(Struct):
    """Judges what one neighbour said."""

    source: Source
    geography: Geography
    vocabularies: Vocabularies
    day: date
    examples: bool
    dropped: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, source: Source, around: Around | Site) -> Judge:
        day = around.day if isinstance(around, Around) else around.day.date
        examples = around.config.exemples
        return cls(source, around.geography, around.vocabularies, day, examples)

    def events(self, data: bytes) -> tuple[FarEvent, ...]:
        """Those that hold, are open to all and not over. Raises ``Refused`` for what is no agenda
        of a portal."""
        try:
            rows = msgspec.json.decode(data, type=_Collection).features
        except (msgspec.MsgspecError, ValueError, RecursionError):
            raise Refused(_OTHER) from None
        found: dict[str, FarEvent] = {}
        for rank, row in enumerate(rows):
            try:
                if rank >= MOST:
                    raise Unfit(f"au-delà de {MOST}")
                event = self._event(row)
                if event and event.url in found:
                    raise Unfit("une adresse sert deux fois")
            except Unfit as unfit:
                self.dropped[str(unfit)] += 1
                continue
            if event:
                found[event.url] = event
        return tuple(sorted(found.values(), key=lambda one: (one.occurrences[0].debut, one.url)))

    def _event(self, row: msgspec.Raw) -> FarEvent | None:
        try:
            told = msgspec.json.decode(row, type=_Feature).properties
        except (msgspec.MsgspecError, ValueError, RecursionError):
            raise Unfit("un contenu n’a pas la forme prévue") from None
        if (told.exemple and not self.examples) or told.mode == "en-ligne":
            return None
        if not _is_below(told.url, self.source.accueil):
            raise Unfit("une adresse mène ailleurs que chez lui")
        if self.geography.by_code(told.commune) is None:
            raise Unfit("une commune n’est pas connue")
        titre = _line(told.titre)
        if not any(sign.isalnum() for sign in titre):
            raise Unfit("un titre est vide")
        occurrences = self._occurrences(told.seances or (told,))
        if not occurrences:
            return None
        return replace(
            told,
            titre=titre,
            lieu=_line(told.lieu),
            formats=self._codes(told.formats, "formats"),
            publics=self._codes(told.publics, "publics"),
            themes=self._codes(told.themes, "themes"),
            occurrences=occurrences,
        )

    def _codes(self, codes: Iterable[str], name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for code in codes if code in self.vocabularies[name]))

    def _occurrences(self, sessions: Iterable[Session]) -> tuple[Occurrence, ...]:
        # Those to come, in order. Raises ``Unfit`` if one does not hold: all may be wrong.
        read = sorted(map(self._occurrence, sessions), key=lambda one: one.debut)
        coming = [one for one in read if one.is_to_come(self.day)]
        return tuple(replace(one, rang=rank) for rank, one in enumerate(coming))

    def _occurrence(self, told: Session) -> Occurrence:
        ends = (told.debut, told.fin or told.debut)
        if any(abs(end.date() - self.day) > _YEARS for end in ends):
            raise Unfit("une date est à plus de trois ans")
        start, end = (moment.astimezone(portal_zone()) for moment in ends)
        # From midnight to that of the day after the last, which ours is told by.
        whole = start < end and {start.time(), end.time()} == {time.min}
        if end < start or (told.journee and not whole):
            raise Unfit("une date n’en est pas une")
        if told.etat not in self.vocabularies["etats"]:
            raise Unfit("un état n’est pas connu")
        last = end - _DAY if told.journee else end if told.fin else None
        return Occurrence(start, last, told.journee, told.etat, 0)


def _line(text: str) -> str:
    # One line, where nothing is hidden, and nothing drives what shows it.
    line = " ".join(unicodedata.normalize("NFC", text).split())
    if any(piles(line)):
        raise Unfit("un signe porte trop d’accents")
    return "".join(sign for sign in line if unicodedata.category(sign)[0] != "C").strip()


def _is_below(url: str, home: str) -> bool:
    there, here = web_parts(url), urlsplit(home)
    return (
        there is not None
        and url.isascii()
        and "\\" not in url
        and there.netloc.lower() == here.netloc.lower()
        and there.path.startswith(here.path)
        and "/.." not in there.path
    )


# Copies.


def copy_path(source: Source) -> PurePosixPath:
    """Where what a neighbour said is kept, from the folder of the portal."""
    return PurePosixPath(FOLDER, f"{source.slug}.json")


def copy_text(source: Source, day: date, data: bytes) -> bytes:
    return msgspec.json.encode(_Head(day, source.adresse)) + b"\n" + data


def harvested(judge: Judge, data: bytes, before: Sequence[FarEvent], *, confirmed: bool) -> Harvest:
    """What a neighbour comes to, of which ``before`` is shown. Raises ``Refused``."""
    events = judge.events(data)
    source = judge.source
    for reason, _ in judge.dropped.most_common(0 if events else 1):
        raise Refused(f"Rien de ce qu’il dit ne tient : {reason}.")
    changes = [Change(fate=Fate.SHOWN, title=event.titre) for event in events]
    changes += [Change(fate=Fate.LEFT, note=reason) for reason in judge.dropped.elements()]
    gone = {event.url for event in before} - {event.url for event in events}
    alarms = () if confirmed else tuple(alarm(len(before), "n’y sont plus", len(gone)))
    files = {} if alarms else {copy_path(source): copy_text(source, judge.day, data)}
    return Harvest(source.origin, changes, alarms=alarms, copies=files)


def load_neighbours(around: Around) -> tuple[tuple[Neighbour, ...], Iterable[Diagnostic]]:
    """The neighbours of ``sources.yml``, in order, as their copies say them; what editors are told
    of these."""
    sources, _ = load_sources(around)
    rows = [_neighbour(source, around) for source in sources if source.voisin and not source.dort]
    return tuple(neighbour for neighbour, _ in rows), [
        fault for _, faults in rows for fault in faults
    ]


def _neighbour(source: Source, around: Around) -> tuple[Neighbour, Sequence[Diagnostic]]:
    place = Position(copy_path(source))
    name = Neighbour(source.slug, source.nom, source.accueil)
    try:
        text = (around.folder / place.path).read_bytes()
        line, _, data = text.partition(b"\n")
        head = msgspec.json.decode(line, type=_Head)
        events = Judge.of(source, around).events(data)
    except FileNotFoundError:
        head = None
    except (OSError, ValueError, msgspec.MsgspecError, Refused):
        trouble = replace(name, trouble="la copie gardée est abîmée")
        return trouble, [diagnostic("A151", place, nom=source.nom)]
    if head is None or head.adresse != source.adresse:
        trouble = replace(name, trouble="aucune copie n’en est gardée")
        return trouble, [diagnostic("A150", place, nom=source.nom)]
    old = (around.day - head.jour).days > OLD_DAYS
    since = jour(head.jour, semaine=False)
    faults = [diagnostic("A152", place, nom=source.nom, jour=since)] if old else []
    return replace(name, fetched=head.jour, old=old, events=events), faults


def neighbours(site: Site) -> tuple[Neighbour, ...]:
    copies: tuple[Neighbour, ...] = site.part("voisins") or ()
    return copies
