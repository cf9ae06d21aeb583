"""From the items of a source to files that the portal accepts.

``Ground`` is what the sources of a run share (the contents, and what earlier sources wrote),
``Run`` what one source says. The file of an item is named, written, and given its picture if that
is credited; it becomes a draft, with comments at its head, when something is missing. Then all
files are tried among the contents, as a build reads them: those that it would refuse are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import takewhile
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from portail.codes import shown
from portail.diagnostics import INCOMPLETE, Diagnostic, Refused, Report, Severity
from portail.features.intake.nouveau.names import free_name
from portail.features.services.schemas.fields import fields_of
from portail.files import Files
from portail.model.entry import Entry
from portail.model.faults import FieldPath
from portail.model.kinds import BY_FOLDER, Kind
from portail.model.registry import MODELS
from portail.site.draft import read_document
from portail.site.redirections import former_path
from portail.source.medias import PICTURES, check_media
from portail.source.signatures import FORMATS, format_of
from portail.text.normalise import slug_of_filename, slugify
from portail.text.visible import visible_text
from portail_importer.tableurs.columns import BODY
from portail_plume.sheet import Sheet as Text
from portail_plume.sheet import field_text, path_at

from .base import NOTE, Base, borne, days_of, is_sealed, keys_of, mark, sealed, source_of
from .kinds import LENT
from .likeness import Told, told_of_content
from .sources.items import POINT, Loss, Picture
from .values import PUBLISHED, UNNAMED, Change, Fate, Harvest, Origin, Request, edited, front_of

# From a picture to its bytes; raises ``Refused``.
Fetch: TypeAlias = Callable[[Picture], bytes]


def picture_in(picture: Picture, fetch: Fetch | None) -> tuple[bytes, str]:
    """The bytes of a picture, or why it is not taken."""
    if not (picture.credit and picture.alt):
        return b"", "sa description manque" if picture.credit else "son crédit manque"
    if fetch is None:
        return b"", "les images ne viennent qu’avec --images"
    try:
        data = fetch(picture)
    except Refused as refused:
        return b"", str(refused)
    suffix = _suffix(data)
    if suffix not in PICTURES:
        return b"", "ce n’est pas une image que le portail publie (.jpg, .png, .webp, .avif, .gif)"
    pixels, faults = check_media(PurePosixPath(f"x{suffix}"), data)
    return data, "" if pixels else faults[0].message


def _suffix(data: bytes) -> str:
    name = format_of(data)
    return next((suffix for suffix, image_format in FORMATS.items() if image_format == name), "")


def image_of(picture: Picture, slug: str, data: bytes, base: Base) -> dict[str, str]:
    """The field of a content that has a picture beside it."""
    name = f"{slug[:60].rstrip('-')}{_suffix(data)}"
    image = {"fichier": name, "alt": picture.alt[:300], "credit": picture.credit[:140]}
    if base.vocabularies["licences"].find(picture.licence):
        image["licence"] = picture.licence
    return image


# What begins the lines of what a source says of a place, and their names.
_SAID = "# La source dit : "
_WHERE = ("adresse", "code postal", "salle", POINT)
_FORMER = "anciennes_urls"


def title_of(request: Request, base: Base) -> str:
    """What names the file of an item: its title, else its place or its source, and its day."""
    title = request.text("titre")
    if slugify(title):
        return title
    sessions = request.values.get("seances") or [{}]
    days = (request.text("debut"), request.text("horaires.du"), str(sessions[0].get("debut", "")))
    places = (request.text(name) for name in ("lieu", "adresse.commune", "commune"))
    place = next(filter(None, places), PurePosixPath(base.name).stem)
    return f"{place} {next(filter(None, (*days, request.text(PUBLISHED))), '')[:10]}"


def file_of(request: Request, base: Base) -> str:
    """The file of an item: a line for each of its values, its text."""
    front = front_of(request.values)
    if not request.alone:
        front.setdefault(PUBLISHED, base.portal.day.isoformat())
    return _written(front, request.text(BODY), request.kind)


def rewritten(text: Text, changes: Mapping[str, Any]) -> bytes:
    """The file of an item that nobody but its source wrote, written anew with ``changes``; comments
    at its head stay."""
    there: Any = text.root.plain() if text.root else {}
    front = {name: it for name, it in {**there, **changes}.items() if it is not None}
    body = text.parts.body.strip() if text.parts else ""
    lines = text.text.split("\n")[1:]
    notes = [f"{line}\n" for line in takewhile(lambda line: line.startswith("#"), lines)]
    whole = _written(front, body, text.file.kind)
    return whole.replace("---\n", f"---\n{''.join(notes)}", 1).encode()


def _written(front: Mapping[str, Any], body: str, kind: Kind) -> str:
    order = [name for name, _ in fields_of(MODELS[kind])]
    fields = sorted(front.items(), key=lambda field: order.index(field[0]))
    head = "".join(field_text(key, value) for key, value in fields)
    return f"---\n{head}---\n" + (f"\n{body}\n" if body else "")


def without_own_url(values: Mapping[str, Any], url: str) -> Mapping[str, Any]:
    """``values`` without the address of their own file among the former ones."""
    former = values.get(_FORMER, [])
    kept = [path for path in former if former_path(path).casefold() != url.casefold()]
    if len(kept) == len(former):
        return values
    others = {name: value for name, value in values.items() if name != _FORMER}
    return {**others, **({_FORMER: kept} if kept else {})}


def path_of(data: bytes, fault: Diagnostic, base: Base) -> FieldPath:
    """The field of a file that a fault is in; ``BODY`` for its text, nothing when it is in no
    field."""
    text = Text(base.file(LENT, "x", fault.position.path), data.decode("utf-8"))
    line = fault.position.line
    if text.root is None or line == 1:
        return ()
    if text.parts and line >= text.parts.body_line:
        return (BODY,)
    return path_at(text.root, line, fault.position.column)


def with_faults(text: str, faults: Iterable[Diagnostic], losses: Iterable[Loss] = ()) -> str:
    """A draft, with comments at its head: its faults, and what its source says of the place that no
    field could take."""
    comments = "".join(
        f"{NOTE}{shown(f'{fault.message} {fault.hint}'.strip(), 400)}\n" for fault in faults
    )
    where = (loss for loss in losses if loss.name in _WHERE and loss.value)
    comments += "".join(f"{_SAID}{it.name} « {shown(it.value, 200)} »\n" for it in where)
    return text.replace("---\n", f"---\n{comments}", 1)


DRAFT = "brouillon"
IDS = "ids_externes"


class Ground(Struct):
    """What the sources of a run share."""

    base: Base
    # All contents by reference, new ones and drafts with gaps included.
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
    # The sources whose changes in bulk are left out.
    waiting: frozenset[str] = frozenset()
    # The files that earlier sources of the run have written.
    files: dict[PurePosixPath, bytes] = field(default_factory=dict)
    # References of the contents that one of these sources tells of.
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
        """Note a file as written: the items that follow find it among the contents."""
        folder, _, slug = ref.partition("/")
        file = self.base.file(BY_FOLDER[folder], slug, path)
        entry = read_document(data, file, self.base.portal.reading)[0].entry
        self.files[path] = data
        self.entries |= {ref: entry} if entry else {}

    def change(self, entry: Entry, edits: Mapping[str, Any], **more: Any) -> Change:
        """Edit a file; one that nobody but its source wrote is written anew, and sealed again."""
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
    already = {it.position for it in _errors(request.diagnostics)}
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
    if Report(loaded.diagnostics).has_errors:
        text = ""
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


# From proposed files to the diagnostics of the whole portal with them.
Trial = Callable[[Files], Iterable[Diagnostic]]

# Contacts that may be those of persons, meetings, secrets: told of what is written.
PRIVATE = frozenset({"C331", "A338", "A339"})
# Leaving a file out may break another that refers to it.
_TRIES = 4


def judged(
    harvests: Sequence[Harvest],
    trial: Trial,
    base: Base,
    among: Mapping[PurePosixPath, bytes] | None = None,
    refused: Collection[str] = (),
) -> Sequence[Harvest]:
    """``harvests`` without the files that have an error, or a fault of a code in ``refused``, among
    the contents and the proposed files ``among``."""
    for _ in range(_TRIES):
        files: dict[PurePosixPath, bytes] = {}
        for harvest in harvests:
            files.update(harvest.files)
        if not files:
            break
        bad: dict[PurePosixPath, list[Diagnostic]] = defaultdict(list)
        private: dict[PurePosixPath, list[Diagnostic]] = defaultdict(list)
        for fault in trial({**(among or {}), **files}):
            is_bad = fault.severity is Severity.ERREUR or fault.code in refused
            if is_bad and fault.position.path in files:
                bad[fault.position.path].append(fault)
            elif fault.code in PRIVATE:
                private[fault.position.path].append(fault)
        if not bad:
            return [_advised(harvest, private) for harvest in harvests]
        harvests = [_without(harvest, bad, base) for harvest in harvests]
    return harvests


def _advised(harvest: Harvest, told: Mapping[PurePosixPath, Sequence[Diagnostic]]) -> Harvest:
    changes = [
        replace(change, advice=(*change.advice, *told[change.path]))
        if change.path in told
        else change
        for change in harvest.changes
    ]
    return replace(harvest, changes=changes)


def _without(
    harvest: Harvest, bad: Mapping[PurePosixPath, Sequence[Diagnostic]], base: Base
) -> Harvest:
    changes = [
        _left(change, bad[change.path], base)
        if change.is_written and change.path in bad
        else change
        for change in harvest.changes
    ]
    identities = {change.identity for change in changes if change.fate is Fate.LEFT}
    proposed = {key: it for key, it in harvest.proposed.items() if key not in identities}
    return replace(harvest, changes=changes, proposed=proposed)


def _left(change: Change, faults: Sequence[Diagnostic], base: Base) -> Change:
    told = tuple(change.place(fault, path_of(change.after, fault, base)) for fault in faults)
    path = change.path if change.before else PurePosixPath()
    return replace(change, fate=Fate.LEFT, path=path, after=b"", beside={}, faults=told)
