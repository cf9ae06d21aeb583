"""What a source brings: its format recognised, its items completed and compared with contents."""

from __future__ import annotations

import hmac
import os
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from secrets import token_bytes
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from portail.codes import diagnostic, shown
from portail.diagnostics import ConfigError, Diagnostic, Position, Refused, Report
from portail.features.services.schemas.fields import fields_of, group_of, is_list
from portail.files import atomic_write
from portail.installed import entry_points
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.source.medias import PICTURE_BYTES
from portail.terminal.text import counted, safe
from portail.text.addresses import address_parts, shown_address
from portail.text.normalise import is_slug, slugify
from portail.text.suggest import meant, sure
from portail.text.typography import capital
from portail_importer.tableurs.columns import BODY, Sheet, forms, sheet_of
from portail_importer.tableurs.grid import FILE_BYTES, Grid, read_source
from portail_importer.tableurs.models import NAMESPACE
from portail_importer.tableurs.reading import workbook_of

from .base import Base, keys_of, mark, source_of
from .engine import harvest
from .ground import Ground
from .held import Held, held
from .lists import (
    ANY,
    OpenList,
    days_in,
    fitted,
    is_published,
    list_of,
    places_in,
    sourced,
    unsigned,
)
from .loans import import_loans
from .rows import faults_of_heads, requests_of, switches_of
from .sources.compose import compose
from .sources.formats import SAVED, Reader, as_table, reader_of, refuse_documents
from .sources.items import Loss, Picture, SourceItem
from .sources.leftovers import publishable
from .sources.openagenda import total_of
from .sources.saved import picture_bytes
from .values import UNNAMED, Change, Harvest, Origin, Request, flat, part_of

# Of what is no content: the list pages of a site, a draft of an agenda, what is not public.
_NO_CONTENT = "E142"
_SILENT = "Rien ne s’y lit\u00a0: ni titre, ni jour, ni texte."
_WHOSE = "d_apres"
_UNITS = {"ligne": "la ligne", "élément": "l’élément", "page": "la page"}


def request_of(found: SourceItem, unit: str, base: Base) -> Request:
    """The request of an item, which does not wait for the others: all of it is at one place of its
    source."""
    said = (found.titre, found.quand, found.html, found.texte, found.markdown, found.resume)
    if not (found.refused or any(said)):
        found = SourceItem(row=found.row, refused=_SILENT, cut=found.cut)
    item = publishable(found, base.portal.day)
    record = compose(item, base.portal)
    place = base.at(item.row)
    titre = UNNAMED if item.hidden else item.titre or "sans titre"
    values = flat(record.values) | ({BODY: record.body} if record.body else {})
    refusal = diagnostic("E142", place, titre=titre, raison=item.refused)
    return Request(
        number=item.row,
        kind=item.kind,
        values=values,
        place=lambda fault, path: replace(fault, position=place, paste="", label=""),
        namespace=item.namespace,
        identifier=record.identifier,
        unit=_UNITS.get(unit, unit),
        alone=True,
        address=item.url,
        by=next(filter(None, (*item.organisateurs, item.par, values.get("adresse.nom"))), ""),
        cut=item.cut,
        hidden=item.hidden,
        diagnostics=(refusal,) if item.refused else (),
        losses=() if item.hidden else record.losses,
        doubts=tuple(_doubt(doubt, place) for doubt in record.doubts),
        picture=record.picture,
    )


def _doubt(doubt: Loss, place: Position) -> Diagnostic:
    text = doubt.name
    if doubt.value:
        text += f" « {shown(doubt.value, 60)} »"
    return diagnostic("E174", place, valeur=text, raison=doubt.reason)


# Values that the source never gives, given once for all items: ``--avec format=conference``.


def in_town(base: Base, options: Iterable[str]) -> Base:
    """``base``, with the commune that ``options`` give for what names a place and no commune."""
    said = dict(option.partition("=")[::2] for option in options)
    town = said.get("adresse.commune", "")
    return replace(base, answers={**base.answers, ("commune", ""): town})


def with_options(requests: Iterable[Request], options: Sequence[str]) -> Iterator[Request]:
    """``requests`` completed by ``options`` where their source does not say the field. Raises
    ``ConfigError``.
    """
    rows = [(name.strip(), text) for name, _, text in (option.partition("=") for option in options)]
    for request in requests:
        values = {
            name: _value(request.kind, name, text)
            for name, text in rows
            if _has(request.kind, name) or not any(_has(kind, name) for kind in MODELS)
        }
        said = {part_of(request.kind, name) for name in request.values}
        added = {name: it for name, it in values.items() if part_of(request.kind, name) not in said}
        parts = frozenset(part_of(request.kind, name) for name in added)
        defaults = request.defaults | parts
        yield replace(request, values={**request.values, **added}, defaults=defaults)


def whole_or_cut(requests: Iterable[Request], total: int) -> list[Request]:
    """``requests``; what is not among the first of a ``total`` proves nothing."""
    read = [*requests]
    return [replace(it, cut=it.cut or total > len(read)) for it in read]


def _has(kind: Kind, name: str) -> bool:
    return name.partition(".")[0] in dict(fields_of(MODELS[kind]))


def _value(kind: Kind, name: str, text: str) -> Any:
    # ``text`` for the field ``name``: a list where the model has one. Raises ``ConfigError``.
    key, _, inner = name.partition(".")
    fields = dict(fields_of(MODELS[kind]))
    if inner and key in fields:
        group = group_of(fields[key])
        fields = dict(fields_of(group)) if group else {}
        key = inner
    if key not in fields or not text.strip():
        raise ConfigError(
            f"« --avec {name}={text} » : écrivez CHAMP=VALEUR, avec un champ de ces fiches "
            f"({kind.info.nom}).{meant(key, fields.keys() - {key})}"
        )
    if is_list(key, fields[key]):
        return [part.strip() for part in text.split(";") if part.strip()]
    return text.strip()


_LISTED = (
    "Ses colonnes sont celles de « {1} » : si elle en vient, dites « --liste {0} », et chaque "
    "fiche dira sa source."
)
_GUESSED = "elle est lue comme « {} », sans que son nom le dise"
_UNKNOWN = "elle n’est pas reconnue"
# What only we ask of an event: a row that lacks it was not written for the portal.
_OURS = frozenset({"resume", "format"})
# Signs that part two senders, two addresses of one site.
_SHORT = 6
# Where programs build a site.
BUILT = ("output", "_site", "public", "site", "dist")
_WEB = ("http://", "https://")
# Group of the entry point ``default``: a callable ``(url, most) -> (bytes, name, final url)``.
_DOWNLOADS = "portail.telecharger"


class Import(Struct, frozen=True, kw_only=True):
    base: Base
    # What was read, in French lines.
    heading: Sequence[str]
    subject: str
    # What an item is called: « ligne », « élément ».
    unit: str
    harvest: Harvest
    # Whether the faults of an item are told with it, not at the cells of a table.
    alone: bool = False
    # Whether one error is enough for nothing to be written.
    whole: bool = False
    # Faults of the source itself.
    diagnostics: Sequence[Diagnostic] = ()
    # How many rows have an error, and no change; are other dates of an event; are empty, or still
    # the example of the template.
    faulty: int = 0
    joined: int = 0
    blank: int = 0

    def beside(self, change: Change) -> Sequence[Diagnostic]:
        """The faults that are told with an item, and not at the cells of a table."""
        return [fault for fault in change.faults if self.alone or fault.code == _NO_CONTENT]

    @property
    def report(self) -> Report:
        """What is wrong, or advised, where the source says it."""
        changes = () if self.alone else self.harvest.changes
        faults = chain.from_iterable((*change.faults, *change.advice) for change in changes)
        return Report(
            [*self.diagnostics, *(fault for fault in faults if fault.code != _NO_CONTENT)]
        )

    @property
    def is_blocked(self) -> bool:
        errors = self.report if self.whole else Report(self.diagnostics)
        return errors.has_errors

    @property
    def is_partial(self) -> bool:
        """Whether an item is not ready."""
        faults = chain.from_iterable(change.faults for change in self.harvest.changes)
        return any(fault.code != _NO_CONTENT for fault in faults)


def import_source(base: Base, ground: Ground, options: Namespace) -> Import:
    """Read the source and import it. Raises ``Refused``, ``ConfigError``."""
    base = in_town(base, options.avec)
    if base.source.lower().startswith(_WEB):
        data, name, found = _downloaded(base.source, FILE_BYTES)
        base = replace(base, host=address_parts(found).hostname or "")
        return import_bytes(data, base, ground, options, name)
    file = Path(base.source)
    if file.is_dir():
        ground.fetch = partial(_from_the_copy, file)
        items = SAVED.read(b"", str(file), base.portal.day)
        return _of_items(items, SAVED, base, ground, options)
    return import_bytes(read_source(file), base, ground, options, file.name)


def of_others(request: Request, base: Base) -> Request:
    """``request`` with whose it is, as its source calls itself, else where it is; what was once on
    this portal is its own."""
    if not {_WHOSE, "anciennes_urls"}.isdisjoint(request.values):
        return request
    called = "" if "@" in base.called else base.called
    host = address_parts(request.address).hostname or ""
    name = shown(called, 80) or host.removeprefix("www.") or Path(base.name).stem
    whose = capital(name.replace("-", " ")) if is_slug(name) else base.named(name)
    if is_slug(whose) and whose[:1].isdigit():  # « 2027 »: no name of a sheet, for sure
        whose = f"Tableau {whose}"
    values = {**request.values, _WHOSE: whose}
    return replace(request, values=values, defaults=request.defaults | {_WHOSE})


def _from_the_copy(folder: Path, picture: Picture) -> bytes:
    if picture.source.lower().startswith(_WEB):
        return from_the_web(picture)
    return picture_bytes(folder, picture)


def _downloaded(url: str, most: int) -> tuple[bytes, str, str]:
    # The file at ``url``, its name, where it was in the end. Raises ``Refused``.
    entry_point = next(iter(entry_points(group=_DOWNLOADS, name="default")), None)
    if entry_point is None:
        why = "ce portail est installé sans de quoi télécharger"
        raise Refused(f"« {shown_address(url)} » n’est pas lu : {why}.")
    file: tuple[bytes, str, str] = entry_point.load()(url, most=most)
    return file


def from_the_web(picture: Picture) -> bytes:
    """The bytes of a picture whose address is whole. Raises ``Refused``."""
    if not picture.source.lower().startswith(_WEB):
        raise Refused("elle n’est pas avec la source")
    return _downloaded(picture.source, PICTURE_BYTES)[0]


def import_bytes(
    data: bytes, base: Base, ground: Ground, options: Namespace, name: str = ""
) -> Import:
    """``import_source`` for bytes, which someone sent, or that have a ``name`` of their own."""
    name = name or base.name
    refuse_documents(data, name)
    reader = None if options.type else reader_of(data, name)
    if reader is None:
        return _of_sheet(workbook_of(as_table(data, name), name), base, ground, options)
    base = replace(base, called=reader.called(data))
    items = reader.items(data, name, base.portal.day, address=base.source)
    return _of_items(items, reader, base, ground=ground, options=options, total=total_of(data))


def _of_items(
    items: Iterable[SourceItem],
    reader: Reader,
    base: Base,
    ground: Ground,
    options: Namespace,
    total: int = 0,
) -> Import:
    requests = (request_of(item, reader.unit, base) for item in items)
    told = (of_others(it, base) for it in with_options(requests, options.avec))
    read = whole_or_cut(told, total)
    count = counted(len(read), ("contenu lu", "contenus lus"))
    if total > len(read):
        count += f" sur {total} : donnez l’adresse qui les donne tous"
    return Import(
        base=base,
        heading=[safe(f"{base.name} ({reader.name}) : {count}.")],
        subject=base.name,
        unit=reader.unit,
        harvest=_harvested(read, base, ground, options),
        alone=True,
    )


class _Rows(NamedTuple):
    """A table: its sheet, what its rows ask; the open list that it is like, where it is not said to
    be that of its publisher; whether each value says its source."""

    sheet: Sheet
    requests: Iterable[Request]
    like: tuple[str, OpenList] | None = None
    is_sourced: bool = False


def _read_rows(grids: list[Grid], base: Base, source: str, options: Namespace) -> _Rows:
    known = None if options.type else next(filter(None, map(list_of, grids)), None)
    if known is None:
        sheet, table = _sheet(grids, base, source, options)
        return _Rows(sheet, _asked(requests_of(sheet, base), table))
    listed = [grid for grid in grids if list_of(grid) == known]
    days = days_in(listed, known[1])
    places = [places_in(grid, *known, base) for grid in listed]
    told = Namespace(type="lieux", feuille=options.feuille)
    sheet, _ = _sheet(places, base, source, told)
    requests = fitted(requests_of(sheet, base), base)
    if is_published(*known, options.liste, base.host):
        return _Rows(sheet, sourced(requests, known[1], days), is_sourced=True)
    return _Rows(sheet, unsigned(requests, known[1], base), known)


def _of_sheet(grids: list[Grid], base: Base, ground: Ground, options: Namespace) -> Import:
    table = _read_rows(grids, base, base.name, options)
    sheet = table.sheet
    heading = [*_heading(sheet, grids)]
    filled = Import(
        base=base,
        heading=heading,
        subject=f"{base.name}, feuille « {shown(sheet.grid.name)} »",
        unit="ligne",
        harvest=Harvest(Origin()),
        diagnostics=[*faults_of_heads(sheet, base.name)],
    )
    if sheet.form.row.liste:
        loans = import_loans(sheet, base)
        return replace(
            filled,
            harvest=replace(filled.harvest, changes=loans.changes),
            whole=True,
            diagnostics=[*filled.diagnostics, *loans.faults],
            faulty=loans.faulty,
            blank=len(sheet.rows) - len(loans.changes) - loans.faulty,
        )
    if table.is_sourced:  # it is of the portal at once
        options = Namespace(**{**vars(options), "nom": ""})
    elif table.like and not base.sender:
        heading.append(_LISTED.format(table.like[0], table.like[1].nom))
    theirs = replace(base, called=options.nom or base.called)
    read = [
        it if it.values.keys() >= _OURS or not it.kind.info.dated else of_others(it, theirs)
        for it in with_options(table.requests, options.avec)
    ]
    rows = sum(request.rows for request in read)
    harvested = _harvested(read, base, ground, options)
    blank = len(sheet.rows) - rows
    return replace(filled, harvest=harvested, joined=rows - len(read), blank=blank)


def rows_of(data: bytes, name: str, base: Base) -> list[Request]:
    """The requests of the rows of a spreadsheet, at the address that somebody gives for it. Raises
    ``Refused``."""
    options = Namespace(type=None, feuille=None, liste=ANY)
    table = _read_rows(workbook_of(as_table(data, name), name), base, source=name, options=options)
    sheet = table.sheet
    if sheet.form.row.liste:
        raise Refused("Ce tableau dit des prêts\u00a0: reprenez-le par « portail importer ».")
    requests = [*table.requests]
    # What another column says already is no likely answer: « titre_en » beside « titre ».
    taken = {column.name for column in sheet.columns.values()}
    taken |= {"lieu"} if "adresse_dite" in taken else set()
    by_head = {head: it for head, it in sheet.form.by_head.items() if it.name not in taken}
    read = switches_of(sheet)
    unknown = (head for rank, head in sheet.unknown.items() if rank not in read)
    heads = {head: sure(head, by_head) for head in unknown}
    asked = (
        Loss("colonne", head, _UNKNOWN, asked="colonnes", meant=near and by_head[near].name)
        for head, near in heads.items()
        if not (sheet.form.column(head) or table.is_sourced)
    )
    if requests:
        requests[0] = replace(requests[0], losses=(*requests[0].losses, *asked))
    return requests


def _asked(requests: Iterable[Request], table: Held) -> Iterator[Request]:
    # With what its source is asked once: columns found by their place, days whose year nothing
    # says.
    told = tuple(
        Loss("colonne", head, _GUESSED.format(name or "…"), asked="colonnes", meant=name)
        for head, name in table.guessed.items()
    )
    for request in requests:
        yield replace(request, losses=(*request.losses, *told))
        told = ()


def _harvested(
    requests: Sequence[Request], base: Base, ground: Ground, options: Namespace
) -> Harvest:
    ground.base = base
    slug = _slug(requests, base, ground) if options.nom is None else slugify(options.nom)
    if base.sender:  # what a mail does not say may be in another
        requests = [replace(request, cut=True) for request in requests]
    origin = Origin(slug=slug, images=options.images)
    return harvest(origin, requests, ground, confirmed=options.confirmer)


def _slug(requests: Sequence[Request], base: Base, ground: Ground) -> str:
    # What a source is called: by who mailed it; by itself; as the one that gave most of what it
    # says, if that is most of what it gave; as where it is.
    if base.sender:
        return f"courriel-{_whose(base)[:_SHORT]}"
    given = {ref: it for ref, it in ground.entries.items() if ref not in ground.over}
    sources = Counter(source_of(entry) for entry in given.values())
    called = "" if "@" in base.called else slugify(base.called)
    if called and called in sources:
        return called
    said = {
        (request.namespace, request.identifier)
        for request in requests
        if request.namespace != NAMESPACE
    }
    met = Counter(
        source_of(it) for it in given.values() if not said.isdisjoint(keys_of(it, source_of(it)))
    )
    for slug, many in met.most_common(1):
        if slug and 2 * many > max(len(said), sources[slug]):
            return slug
    return called or slugify(_place(base.source)) or "import"


def _whose(base: Base) -> str:
    # What a sender is called in public: an address, by a key that this machine keeps: nobody
    # else can try the addresses of a list. A name that is no address is public already.
    if "@" not in base.sender:
        return mark(base.sender)
    cache = Path(os.environ.get("PORTAIL_CACHE") or base.content.parent / ".cache")
    key = cache / "courriels.cle"
    if not key.is_file():
        atomic_write(key, token_bytes(32), mode=0o600)
    return hmac.digest(key.read_bytes(), base.sender.encode(), "sha256").hex()


def _place(source: str) -> str:
    if "://" in source:
        # An address may hold a secret.
        return f"{address_parts(source).hostname} {mark(source)[:_SHORT]}"
    path = Path(source).resolve()
    if path.name in BUILT:
        return path.parent.name
    return path.stem


def _sheet(grids: list[Grid], base: Base, source: str, options: Namespace) -> tuple[Sheet, Held]:
    # The sheet that gives the most known columns, and what it holds. What has days is of events;
    # what a table is otherwise is said, by who brings it or by our own sheets. Raises ``Refused``.
    by_name = forms(base.vocabularies)
    chosen = grids
    if options.feuille:
        chosen = [grid for grid in grids if grid.name == options.feuille]
        if not chosen:
            names = ", ".join(grid.name for grid in grids)
            raise Refused(f"Il n’y a pas de feuille « {options.feuille} » : {names}.")
    sheets: list[tuple[Sheet, Held]] = []
    for grid in chosen:
        named = {form.row.genre: name for name, form in by_name.items() if not form.row.liste}
        own = (name for name, form in by_name.items() if form.row.feuille == grid.name)
        said = options.type or named.get(base.told("genre")) or next(own, "")
        form = by_name[said or "evenements"]
        table = held(grid, form, base)
        sheet = sheet_of(table.grid, form)
        days = ", ".join(f"« {head} »" for head, name in table.guessed.items() if not name)
        if days:
            raise Refused(
                f"« {source} » a plusieurs colonnes de jours ({days}) : nommez « Date » celle de "
                "l’événement, ou dites-la dans sources.yml (colonnes)."
            )
        if sheet and form.fits({column.name for column in sheet.columns.values()}):
            sheets.append((sheet, table))
    if not sheets:
        kinds = ", ".join(name for name in by_name if name != "evenements")
        raise Refused(
            f"« {source} » : aucune colonne n’y tient des jours. Si ce sont des événements, il y "
            f"faut une colonne « Date » ; sinon, dites ce que c’est (--type, ou genre : {kinds})."
        )
    return max(sheets, key=lambda row: len(row[0].columns) - len(row[0].unknown))


def _heading(sheet: Sheet, grids: list[Grid]) -> Iterator[str]:
    rows = counted(len(sheet.rows), ("ligne", "lignes"))
    columns = counted(len(sheet.columns), ("colonne reconnue", "colonnes reconnues"))
    notes = "".join(f", {note}" for note in sheet.grid.notes)
    yield safe(f"Feuille « {sheet.grid.name} » ({sheet.form.name}) : {rows}, {columns}{notes}.")
    unread = [f"« {grid.name} »" for grid in grids if grid.name != sheet.grid.name]
    if unread:
        yield safe(f"Ce qui n’est pas lu : {', '.join(unread)}.")
