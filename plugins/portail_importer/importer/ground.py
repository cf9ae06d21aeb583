"""What the sources of a run share: the contents, those that the sources before have written, and
what one of them is found to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from portail.diagnostics import INCOMPLETE, Diagnostic, Refused, Report, Severity
from portail.features.intake.corriger.sheet import Sheet as Text
from portail.features.intake.nouveau.names import free_name
from portail.model.entry import Entry
from portail.model.kinds import BY_FOLDER
from portail.site.draft import read_document
from portail.text.normalise import slug_of_filename
from portail.text.visible import visible_text

from .base import Base, days_of, mark
from .changes import Change, Fate, Origin
from .files import file_of, path_of, rewritten, title_of, with_faults, without_own_url
from .identity import borne, is_sealed, keys_of, sealed, source_of
from .likeness import Told, told_of_content
from .pictures import Fetch
from .requests import UNNAMED, Request
from .values import edited

DRAFT = "brouillon"
IDS = "ids_externes"


class Ground(Struct):
    """What the sources of a run share."""

    base: Base
    # The contents that are there or new, by reference, drafts with gaps included.
    entries: dict[str, Entry]
    # References of those that are over.
    over: frozenset[str]
    # From a picture to its bytes; ``None`` takes none.
    fetch: Fetch | None = None
    # The sources that are read by themselves, by slug.
    origins: Mapping[str, Origin] = {}
    # What each said before, by its slug then by identity; its slug, by the digest of its address.
    memories: Mapping[str, Mapping[str, str]] = {}
    by_address: Mapping[str, str] = {}
    # The files that the sources before have written.
    files: dict[PurePosixPath, bytes] = field(default_factory=dict)
    # References of the contents that one of them says.
    heard: set[str] = field(default_factory=set)
    # Bytes of the new files.
    weight: int = 0
    # What is told of each content, once.
    _told: dict[str, tuple[Entry, Told]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.base.portal.day

    def text(self, entry: Entry) -> Text:
        data = self.files.get(entry.source)
        if data is None:
            return self.base.text(entry)
        return Text(self.base.file(entry.kind, entry.slug, entry.source), data.decode())

    def told(self, entry: Entry) -> Told:
        """What is told of a content, by the name that its own source gives it."""
        there, told = self._told.get(entry.ref, (None, None))
        if told is None or there is not entry:
            called = next((it for _, it in keys_of(entry, source_of(entry))), "")
            told = told_of_content(entry, called, self.base)
            self._told[entry.ref] = entry, told
        return told

    def put(self, ref: str, path: PurePosixPath, data: bytes) -> None:
        """A file that is written, for what is read next."""
        folder, _, slug = ref.partition("/")
        file = self.base.file(BY_FOLDER[folder], slug, path)
        entry = read_document(data, file, self.base.portal.reading)[0].entry
        self.files[path] = data
        self.entries |= {ref: entry} if entry else {}

    def change(self, entry: Entry, edits: Mapping[str, Any], **more: Any) -> Change:
        """Some lines of a file, written; one that its source alone wrote is still so."""
        text = self.text(entry)
        path = text.file.path
        told = {"fate": Fate.SAME, "title": entry.titre, "day": first_of(entry), **more}
        change = Change(path=path, before=text.raw.encode(), **told)
        try:
            if is_sealed(text.raw, path):
                data = sealed(rewritten(text, edits).decode(), path)
            else:
                data = edited(text, edits)
        except Refused as refused:
            return replace(change, note=" ; ".join(filter(None, (change.note, f"{refused}"))))
        self.put(entry.ref, path, data)
        return replace(change, after=data)


def ground_of(base: Base, report: Report, fetch: Fetch | None = None) -> Ground:
    """The contents of ``base``, with those that ``report`` says to lack something."""
    entries = {item.ref: item.entry for item in base.items.values()}
    for fault in report:
        path = fault.position.path
        if fault.code == INCOMPLETE:
            name = path.parent.name if path.name == "index.md" else path.name
            file = base.file(BY_FOLDER[path.parts[1]], slug_of_filename(name), path)
            entry = read_document(file.file.read_bytes(), file, base.portal.reading)[0].entry
            entries |= {entry.ref: entry} if entry else {}
    over = frozenset(item.ref for item in base.items.values() if item.is_over)
    return Ground(base, dict(sorted(entries.items())), over, fetch)


class Run(Struct):
    """What one source is found to say."""

    origin: Origin
    ground: Ground
    # What it said before, by identity.
    memory: Mapping[str, str]
    # The references of the contents that it tells, by namespace and identifier.
    by_key: Mapping[tuple[str, str], str]
    changes: list[Change]
    # Those that it told before; those that it still does.
    own: frozenset[str]
    there: set[str] = field(default_factory=set)
    # The item of each content and of each identity.
    numbers: dict[object, int] = field(default_factory=dict)
    # The contents of other sources, by namespace and identifier.
    called: dict[tuple[str, str], str] | None = None
    # What is to be remembered.
    said: dict[str, str] = field(default_factory=dict)

    def change(self, request: Request, fate: Fate, **more: Any) -> None:
        self.changes.append(change_of(request, fate, **more))

    def is_twice(self, request: Request, *keys: object) -> bool:
        """Whether another item is what one of ``keys`` identifies; it is then said."""
        first = next((self.numbers[key] for key in keys if key in self.numbers), request.number)
        self.numbers |= {key: self.numbers.get(key, first) for key in keys}
        if first == request.number:
            return False
        title = request.text("titre") or UNNAMED
        details = {"autre": f"{request.unit} {first}", "valeur": title}
        twice = self.ground.base.diagnose("E138", request.number, **details)
        self.change(request, Fate.LEFT, faults=(*_errors(request.diagnostics), twice))
        return True


def identity_of(request: Request) -> str:
    """The digest of what an item is known by: of no identifier of its own, its title."""
    return mark([request.namespace, request.identifier or request.text("titre")])


def change_of(request: Request, fate: Fate, **more: Any) -> Change:
    title = "" if request.hidden else request.text("titre")
    told = {"row": request.number, "losses": request.losses, "place": request.place, **more}
    return Change(fate=fate, by=request.by, title=title or UNNAMED, **told)


def first_of(entry: Entry) -> date | None:
    return min(days_of(entry), default=None)


class Read(Struct, frozen=True):
    """A file that an item makes, as a reader of contents takes it."""

    entry: Entry | None
    # Its seal open; "" for what no file can say.
    text: str
    faults: tuple[Diagnostic, ...] = ()
    advice: tuple[Diagnostic, ...] = ()

    @property
    def told(self) -> dict[str, tuple[Diagnostic, ...]]:
        return {"faults": self.faults, "advice": self.advice}


def read(request: Request, values: Mapping[str, Any], run: Run, there: str = "") -> Read:
    """The file of an item; a draft, its gaps told at its head, when something is missing."""
    base = run.ground.base
    name = there or title_of(request, base)
    draft = base.file(request.kind, free_name(request.kind, name, base.portal.day, ()))
    values = without_own_url(values, request.kind.info.url(draft.slug))
    text = text_of(request, values, run)
    loaded, _ = read_document(text.encode(), draft, base.portal.reading)
    told = [*request.diagnostics, *request.doubts]
    already = {it.position for it in request.diagnostics}
    for fault in loaded.diagnostics:
        placed = request.place(fault, path_of(text.encode(), fault, base))
        if request.alone or placed.position not in already:
            told.append(placed)
    faults = _errors(told)
    advice = tuple(it for it in told if it not in faults)
    if not faults:
        return Read(loaded.entry, text, advice=advice)
    text = with_faults(text_of(request, {**values, "statut": DRAFT}, run), faults, request.losses)
    loaded, _ = read_document(text.encode(), draft, base.portal.reading)
    text = "" if Report(loaded.diagnostics).has_errors else text
    return Read(loaded.entry, text, faults, advice)


def text_of(request: Request, values: Mapping[str, Any], run: Run) -> str:
    """The file of an item, its seal open."""
    whole = replace(request, values=borne(values, run.origin.slug))
    return visible_text(file_of(whole, run.ground.base))


def _errors(faults: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(fault for fault in faults if fault.severity is Severity.ERREUR)


def keys_elsewhere(ground: Ground, slug: str = "") -> Iterator[tuple[tuple[str, str], str]]:
    """Each namespace and identifier of the contents of other sources than ``slug``."""
    for ref, entry in ground.entries.items():
        owner = source_of(entry)
        if owner != slug:
            yield from ((key, ref) for key in keys_of(entry, owner))
