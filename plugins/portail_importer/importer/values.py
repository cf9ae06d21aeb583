"""What passes between the steps of an import: the values that an item of a source asks to write
(``Request``), what becomes of it (``Fate``, ``Change``), what a whole source comes to
(``Harvest``).

Beside these: how values asked for are merged into those of a file, by part (« when », « where »),
and how two versions of a file differ.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from itertools import chain
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from msgspec import Struct

from portail.codes import shown
from portail.diagnostics import Diagnostic, Refused
from portail.model.entry import Entry
from portail.model.faults import FieldPath
from portail.model.kinds import Kind
from portail.source.yaml_text import written
from portail_importer.tableurs.columns import BODY
from portail_plume.sheet import Edit, drop_field, set_inner
from portail_plume.sheet import Sheet as Text

from .base import FIELD
from .sources.items import Loss, Picture

PUBLISHED = "publie_le"
CHANGED = "modifie"
_IN_CALENDARS = frozenset({"quand", "ou", "etat", "en_ligne"})
# Fields of an event that say one thing in several ways: compared and written as one part.
TOGETHER = {
    "quand": ("debut", "fin", "seances", "horaires", "rrule"),
    "ou": ("lieu", "adresse", "coordonnees"),
    "prix": ("tarif",),
}


# What every source of an event is asked at each run, by part.
PARTS = {
    "etat": ("etat", "ancien_debut"),
    "quand": TOGETHER["quand"],
    "ou": (*TOGETHER["ou"], "en_ligne"),
}
FOLLOWED = ("statut", *chain.from_iterable(PARTS.values()))


_TO_VERIFY = frozenset({"etat", "statut", "quand", *TOGETHER["quand"]})


def doubt(changes: Iterable[str], sender: str) -> str:
    """What to do before ``changes`` that a mail of ``sender`` asks for are believed, in French; ""
    for none that would send people to a closed door."""
    if not sender or _TO_VERIFY.isdisjoint(changes):
        return ""
    return (
        f"demandé par {sender}, et un expéditeur s’imite : vérifiez auprès de qui l’organise, à "
        "une adresse que vous connaissez déjà"
    )


def flat(values: Mapping[str, Any]) -> dict[str, Any]:
    by_field: dict[str, Any] = {}
    for name, value in values.items():
        inner = value.items() if isinstance(value, Mapping) else ()
        by_field |= (
            {f"{name}.{key}": inner_value for key, inner_value in inner} if inner else {name: value}
        )
    return by_field


def front_of(values: Mapping[str, Any]) -> dict[str, Any]:
    front: dict[str, Any] = {}
    for name, value in values.items():
        if name == BODY:
            continue
        *groups, key = path_of(name)
        inside = front
        for group in groups:
            inside = inside.setdefault(group, {})
        inside[key] = value
    return front


def path_of(name: str) -> tuple[str, ...]:
    """Where a front matter says a field, or a column."""
    return FIELD.get(name, tuple(name.split(".")))


def part_of(kind: Kind, name: str) -> str:
    """The part that a field says: ``debut`` and ``horaires`` both say when, and share theirs."""
    key = path_of(name)[0]
    together = TOGETHER if kind.info.dated else {}
    return next((part for part, keys in together.items() if key in keys), name)


def filled(
    kind: Kind, values: Mapping[str, Any], defaults: Collection[str], there: Mapping[str, Any]
) -> dict[str, Any]:
    """``values`` with those of ``there`` whose part they do not say, or only by ``defaults``."""
    said = {part_of(kind, name) for name in values} - set(defaults)
    kept = {name: value for name, value in there.items() if part_of(kind, name) not in said}
    parts = {part_of(kind, name) for name in kept}
    return {name: it for name, it in values.items() if part_of(kind, name) not in parts} | kept


def dated(changes: Mapping[str, Any], entry: Entry, today: date) -> dict[str, Any]:
    """``changes`` with their day, which calendars show, when they say when, where or a state."""
    days = [day for day in (entry.publie_le, entry.modifie) if day]
    if (
        not _IN_CALENDARS & changes.keys()
        or CHANGED in changes
        or any(day >= today for day in days)
    ):
        return {**changes}
    return {**changes, CHANGED: today.isoformat()}


def edited(text: Text, changes: Mapping[str, Any]) -> bytes:
    """The file with its changes; the rest stays byte for byte."""
    for path, value in _written(changes):
        edit = drop_field(text, path[0]) if value is None else set_inner(text, path, value)
        if edit is None:
            raise Refused(
                f"« {text.file.path} » : son en-tête n’a pas un champ par ligne, il faut le mettre "
                "à jour à la main."
            )
        text = text.mended([edit])
    if BODY in changes:
        text = text.mended([Edit(text.body_start, len(text.text), f"\n{changes[BODY]}\n")])
    return text.raw.encode()


def _written(changes: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in changes.items():
        if name in TOGETHER:
            yield from (((key,), value.get(key)) for key in TOGETHER[name])
        elif name != BODY:
            yield path_of(name), value


# The title under which what is not public is told.
UNNAMED = "…"


class Valued(Struct, frozen=True, kw_only=True):
    """What has values by field, or by column."""

    values: Mapping[str, Any]

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        if isinstance(value, str):
            return value
        return ""


class Request(Valued, frozen=True, kw_only=True):
    """What one item asks to write."""

    number: int
    kind: Kind
    place: Callable[[Diagnostic, FieldPath], Diagnostic]
    namespace: str
    # What ``number`` counts, with its article.
    unit: str = "la ligne"
    # The parts that its source does not say, given for all: they replace nothing.
    defaults: frozenset[str] = frozenset()
    # Those that say where the others come from: they are added with them, or not at all.
    origin: frozenset[str] = frozenset()
    identifier: str = ""
    # Whether its faults are told with it, and not at the cells of a table.
    alone: bool = False
    # URL of its page in the source.
    address: str = ""
    # Who organises it, else who publishes it there, else where it takes place.
    by: str = ""
    # Whether the source was truncated, so that what it lacks proves nothing.
    cut: bool = False
    # Whether its source says that it is not public: it writes no content, and takes back the one
    # that it was.
    hidden: bool = False
    # How many rows of the spreadsheet make up this item.
    rows: int = 1
    diagnostics: tuple[Diagnostic, ...] = ()
    losses: tuple[Loss, ...] = ()
    # What a person must check before publication: the item becomes a draft.
    doubts: tuple[Diagnostic, ...] = ()
    picture: Picture | None = None

    @property
    def days(self) -> set[str]:
        """The days that say when, as ``2027-10-09``."""
        parts = {
            name: it for name, it in self.values.items() if part_of(self.kind, name) == "quand"
        }
        sessions = parts.pop("seances", ())
        told = [*parts.values(), *chain.from_iterable(session.values() for session in sessions)]
        return {text[:10] for text in map(str, told) if text[:4].isdecimal()}


# What is told of a picture that is not taken.
PICTURE = "image"


class Origin(Struct, frozen=True):
    """A source, and how it is read."""

    # By which its contents know it for ever: their folder; "" for what is of the portal at once.
    slug: str = ""
    # Of a source of ``sources.yml``, which is read by itself, and whole.
    name: str = ""
    address: str = ""
    # Its place in the directory, a slug.
    lieu: str = ""
    images: bool = False
    # Whether it is read at each run.
    is_awake: bool = True
    # Why a new item is left out, in French; "" when it is taken.
    reason: Callable[[Request], str] = lambda request: ""

    @property
    def is_harvested(self) -> bool:
        return bool(self.name)


class Fate(Enum):
    """What becomes of an item; the value is what the report prints for one, for several."""

    NEW = ("nouveau", "nouveaux")
    CHANGED = ("changé", "changés")
    CANCELLED = ("annulé ou retiré", "annulés ou retirés")
    DISPUTED = ("dit autrement ailleurs, à vérifier", "dits autrement ailleurs, à vérifier")
    GONE = ("disparu de la source, à vérifier", "disparus de la source, à vérifier")
    INCOMPLETE = ("à compléter", "à compléter")
    OURS = ("corrigé ici", "corrigés ici")
    REFUSED = ("déjà refusé", "déjà refusés")
    LEFT = ("laissé", "laissés")
    SAME = ("inchangé", "inchangés")


# So few changes are no alarm, whatever their share of what is to come.
_FEW = 2


class Difference(NamedTuple):
    """A field, as a file writes it before and after; "" where it is not there."""

    field: str
    before: str
    after: str


class Change(Struct, frozen=True, kw_only=True):
    """What one item does: nothing is written without ``after``."""

    fate: Fate
    title: str = ""
    # Of the item in its source; 0 for a content that the source has no more.
    row: int = 0
    path: PurePosixPath = PurePosixPath()
    before: bytes = b""
    after: bytes = b""
    # Pictures, beside its file.
    beside: Mapping[PurePosixPath, bytes] = {}
    differences: tuple[Difference, ...] = ()
    # The first of its days.
    day: date | None = None
    # Who organises it, or publishes it.
    by: str = ""
    # French, no full stop.
    note: str = ""
    # Errors, where its source says the item, then those that advise.
    faults: tuple[Diagnostic, ...] = ()
    advice: tuple[Diagnostic, ...] = ()
    losses: tuple[Loss, ...] = ()
    # From a fault of its file, at a field, to where its source says it.
    place: Callable[[Diagnostic, FieldPath], Diagnostic] = lambda fault, path: fault
    # The digest of its identity, when it is new or followed.
    identity: str = ""
    # Whether the dates of an event to come change.
    moves: bool = False

    @property
    def is_written(self) -> bool:
        return self.after not in (b"", self.before)

    @property
    def told(self) -> Sequence[Loss]:
        """What of it was cut or guessed."""
        return [loss for loss in self.losses if loss.reason]

    @property
    def why(self) -> str:
        """Its note, and what is missing: French, no full stop."""
        told = gaps if self.fate is Fate.INCOMPLETE else reasons
        return " ; ".join(filter(None, (self.note, told(self.faults))))


class Question(NamedTuple):
    """What a source is asked once: what it says, under the key of ``sources.yml`` that answers."""

    where: str
    said: str
    # The answer that is proposed; "" where nothing tells it.
    meant: str = ""
    # How many of its items ask it.
    many: int = 1


class Harvest(Struct, frozen=True):
    """What a source comes to."""

    origin: Origin
    changes: Sequence[Change] = ()
    # The digest of when and where each new item takes place, by that of its identity.
    proposed: Mapping[str, str] = {}
    # Why it could not be read, a French sentence.
    trouble: str = ""
    # What to write to who keeps it, where its site is closed to programs.
    letter: str = ""
    # What it changes in bulk, French sentences.
    alarms: tuple[str, ...] = ()
    # Whether nothing of it is written for that.
    is_held: bool = False
    # How many items it says that it has, when it gave some of them; 0 when it does not say.
    total: int = 0
    questions: Sequence[Question] = ()

    @property
    def answers(self) -> list[Question]:
        """The questions whose answer is proposed."""
        return [it for it in self.questions if it.meant]

    @property
    def written(self) -> list[Change]:
        """The changes that a run writes."""
        if self.is_held:
            return []
        return [change for change in self.changes if change.is_written]

    @property
    def files(self) -> dict[PurePosixPath, bytes]:
        files = {change.path: change.after for change in self.written}
        for change in self.written:
            files |= change.beside
        return files


def alarm(there: int, what: str, words: str, many: int) -> Iterator[str]:
    """What a source does in bulk, which nobody does on purpose."""
    if many > _FEW and 2 * many > there:
        yield f"De {there} {what}, {many} {words}."


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    """What two front matters say otherwise of state, day and place."""
    for name in FOLLOWED:
        if before.get(name) != after.get(name):
            yield Difference(name, _shown(before.get(name)), _shown(after.get(name)))


def _shown(value: Any) -> str:
    if value in (None, ""):
        return ""
    return written(value)


def reasons(faults: Iterable[Diagnostic]) -> str:
    """What a file lacks, in French."""
    return " ; ".join(shown(f"{fault.message} {fault.hint}".strip(), 200) for fault in faults)


def gaps(faults: Iterable[Diagnostic]) -> str:
    """The same in short, where the file itself says the rest."""
    return " ; ".join(shown(fault.message, 200).rstrip(".") for fault in faults)
