"""What a source does to each content, and the fields by which two versions of a file differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from msgspec import Struct

from portail.codes import shown
from portail.diagnostics import Diagnostic
from portail.features.services.schemas import examples
from portail.model.faults import FieldPath

from .requests import Request
from .sources.items import Loss
from .values import FOLLOWED

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
    SHOWN = ("montré avec son origine", "montrés avec leur origine")


# Fates that nobody has to read.
QUIET = (Fate.SAME, Fate.SHOWN)
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


class Harvest(Struct, frozen=True):
    """What a source comes to."""

    origin: Origin
    changes: Sequence[Change] = ()
    # The digest of when and where each new item takes place, by that of its identity.
    proposed: Mapping[str, str] = {}
    # Why it could not be read, a French sentence.
    trouble: str = ""
    # What it changes in bulk, French sentences.
    alarms: tuple[str, ...] = ()
    # Whether nothing of it is written for that.
    is_held: bool = False
    # How many items it says that it has, when it gave some of them; 0 when it does not say.
    total: int = 0

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


def alarm(coming: int, words: str, many: int) -> Iterator[str]:
    """What a source does in bulk, which nobody does on purpose."""
    if many > _FEW and 2 * many > coming:
        yield f"De {coming} événements à venir, {many} {words}."


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    """What two front matters say otherwise of state, day and place."""
    for name in FOLLOWED:
        if before.get(name) != after.get(name):
            yield Difference(name, _shown(before.get(name)), _shown(after.get(name)))


def _shown(value: Any) -> str:
    if value in (None, ""):
        return ""
    return examples.written(value)


def reasons(faults: Iterable[Diagnostic]) -> str:
    """What a file lacks, in French."""
    return " ; ".join(shown(f"{fault.message} {fault.hint}".strip(), 200) for fault in faults)


def gaps(faults: Iterable[Diagnostic]) -> str:
    """The same in short, where the file itself says the rest."""
    return " ; ".join(shown(fault.message, 200).rstrip(".") for fault in faults)
