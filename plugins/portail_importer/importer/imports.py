"""What a source brings: its format recognised, its items completed and compared with contents."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from portail.codes import diagnostic, shown
from portail.diagnostics import ConfigError, Diagnostic, Position, Refused
from portail.features.intake.corriger.sheet import Sheet as Text
from portail.features.intake.corriger.sheet import set_field
from portail.features.services.schemas.fields import fields_of, group_of, is_list
from portail.features.services.tableurs.columns import BODY, NAMES, Form, Sheet, forms, sheet_of
from portail.features.services.tableurs.grid import FILE_BYTES, Grid, read_source
from portail.features.services.tableurs.reading import is_workbook, workbook_of
from portail.installed import entry_points
from portail.model.faults import FieldPath
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.source.medias import PICTURE_BYTES, PICTURES, check_media
from portail.source.signatures import FORMATS, format_of
from portail.terminal.text import counted, safe
from portail.terminal.voice import Told, stage
from portail.text.addresses import shown_address
from portail.text.suggest import nearest

from .base import Base, Outcome, State, Step
from .engine import import_all
from .lists import list_of, places_in, sourced
from .loans import import_loans
from .requests import UNNAMED, Request
from .rows import (
    faults_of_heads,
    formulas,
    placed,
    requests_of,
    row_at,
)
from .sources.compose import compose
from .sources.formats import (
    SAVED,
    Reader,
    reader_of,
)
from .sources.items import Loss, Picture, SourceItem
from .sources.leftovers import publishable
from .sources.saved import picture_bytes
from .sources.unread import refuse_documents
from .values import flat, part_of

NAME = "image"
# From a picture to its bytes; raises ``Refused``.
Fetch: TypeAlias = Callable[[Picture], bytes]
_UNITS = {"ligne": "la ligne", "élément": "l’élément", "page": "la page"}


def request_of(found: SourceItem, unit: str, base: Base) -> Request:
    """The request of an item, which does not wait for the others: all of it is at one place of its
    source."""
    item = publishable(found, base.portal.day)
    record = compose(item, base.portal)
    place = base.at(item.row)
    titre = UNNAMED if item.hidden else item.titre or "sans titre"
    refusal = diagnostic("E142", place, titre=titre, raison=item.refused)
    return Request(
        number=item.row,
        kind=item.kind,
        values=flat(record.values) | ({BODY: record.body} if record.body else {}),
        place=lambda fault, path: replace(fault, position=place, paste="", label=""),
        at=lambda name: place,
        namespace=item.namespace,
        identifier=record.identifier,
        unit=_UNITS.get(unit, unit),
        alone=True,
        address=item.url,
        cut=item.cut,
        hidden=item.hidden,
        diagnostics=(refusal,) if item.refused else (),
        losses=() if item.hidden else record.losses,
        doubts=tuple(_doubt(doubt, place) for doubt in item.doubts),
        picture=record.picture,
    )


def _doubt(doubt: Loss, place: Position) -> Diagnostic:
    text = f"{doubt.name} « {shown(doubt.value, 60)} »" if doubt.value else doubt.name
    return diagnostic("E174", place, valeur=text, raison=doubt.reason)


# Values that the source never gives, given once for all items: ``--avec format=conference``.


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
        near = nearest(key, fields, limit=1)
        meant = f" Le plus proche : « {near[0]} »." if near and key not in fields else ""
        raise ConfigError(
            f"« --avec {name}={text} » : écrivez CHAMP=VALEUR, avec un champ de ces fiches "
            f"({kind.info.nom}).{meant}"
        )
    if is_list(key, fields[key]):
        return [part.strip() for part in text.split(";") if part.strip()]
    return text.strip()


# Pictures are fetched only with ``--images``; each goes in the folder of its text.


def with_pictures(
    outcome: Outcome,
    requests: Mapping[int, Request],
    base: Base,
    fetch: Fetch | None,
    progress: Told,
) -> Outcome:
    """``outcome`` with the pictures of its new contents; one that is not taken becomes a loss."""
    steps: list[Step] = []
    beside: dict[PurePosixPath, bytes] = {}
    for done, step in enumerate(outcome.steps, 1):
        progress(done)
        request = requests.get(step.row)
        picture = request.picture if request and step.state is State.NEW else None
        if request is None or picture is None:
            steps.append(step)
            continue
        data, reason = picture_in(picture, fetch)
        if reason:
            loss = Loss(NAME, picture.source, reason)
            steps.append(replace(step, losses=(*step.losses, loss)))
        else:
            step, path = _beside(step, request.kind, picture, data, base)
            beside[path] = data
            steps.append(step)
    return replace(outcome, steps=steps, beside=beside)


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


def _beside(
    step: Step, kind: Kind, picture: Picture, data: bytes, base: Base
) -> tuple[Step, PurePosixPath]:
    # The content in a folder of its own, with its picture, and the path of the picture.
    slug = step.path.stem
    folder = step.path.parent / slug
    image = image_of(picture, slug, data, base)
    text = Text(base.file(kind, slug, folder / "index.md"), step.after.decode("utf-8"))
    edit = set_field(text, NAME, image)
    after = text.mended([edit]).raw.encode() if edit else step.after
    return replace(step, path=folder / "index.md", after=after), folder / image["fichier"]


def image_of(picture: Picture, slug: str, data: bytes, base: Base) -> dict[str, str]:
    """The field of a content that has a picture beside it."""
    name = f"{slug[:60].rstrip('-')}{_suffix(data)}"
    image = {"fichier": name, "alt": picture.alt[:300], "credit": picture.credit[:140]}
    if base.vocabularies["licences"].find(picture.licence):
        image["licence"] = picture.licence
    return image


_WEB = ("http://", "https://")
# Group of the entry point ``default``: a callable ``(url, most) -> (bytes, name, final url)``.
_DOWNLOADS = "portail.telecharger"


class Import(Struct, frozen=True, kw_only=True):
    base: Base
    # What was read, in French lines.
    heading: Sequence[str]
    subject: str
    # What its reader left of it, in French sentences.
    notes: Sequence[str] = ()
    # What an item is called: « ligne », « élément ».
    unit: str
    outcome: Outcome
    # From the number of an item and a fault of its file, at a field, to where the item says it.
    place: Callable[[int, Diagnostic, FieldPath], Diagnostic]
    # Whether each item stands by itself, its faults told with it.
    alone: bool = False
    # The same of the rows of a table, whose faults are told at their cells.
    partial: bool = False
    diagnostics: Sequence[Diagnostic] = ()


def import_source(base: Base, options: Namespace) -> Import:
    """Read the source and import it. Raises ``Refused``, ``ConfigError``."""
    if base.source.lower().startswith(_WEB):
        data, name, _ = _downloaded(base.source, FILE_BYTES)
        return import_bytes(data, base, options, name)
    file = Path(base.source)
    if file.is_dir():
        items = SAVED.read(b"", str(file), base.portal.day)
        return _of_items(items, SAVED, base, options, partial(_from_the_copy, file))
    return import_bytes(read_source(file), base, options, file.name)


def import_form(grid: Grid, notes: Sequence[str], base: Base, options: Namespace) -> Import:
    filled = _of_sheet([grid], base, options)
    heading = [safe(f"Formulaire « {grid.name} » de « {base.name} »."), *notes]
    return replace(filled, heading=heading, subject=base.name, notes=notes)


def _from_the_copy(folder: Path, picture: Picture) -> bytes:
    return (
        from_the_web(picture)
        if picture.source.lower().startswith(_WEB)
        else picture_bytes(folder, picture)
    )


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
    data: bytes, base: Base, options: Namespace, name: str = "", fetch: Fetch | None = None
) -> Import:
    """``import_source`` for bytes, which someone sent, or that have a ``name`` of their own."""
    name = name or base.name
    refuse_documents(data, name)
    reader = None if options.type or is_workbook(data, name) else reader_of(data, name)
    if reader is None:
        return _of_sheet(workbook_of(data, name), base, options)
    base = replace(base, called=reader.called(data))
    items = reader.read(data, name, base.portal.day)
    return _of_items(items, reader, base, options, fetch or from_the_web)


def _of_items(
    items: Iterable[SourceItem], reader: Reader, base: Base, options: Namespace, fetch: Fetch
) -> Import:
    requests = with_options((request_of(item, reader.unit, base) for item in items), options.avec)
    outcome, by_number = import_all(requests, base, accept=options.accepter)
    with stage("Images", len(outcome.steps) if options.images else None) as progress:
        outcome = with_pictures(
            outcome, by_number, base, fetch if options.images else None, progress
        )
    count = counted(len(by_number), ("contenu lu", "contenus lus"))

    def place(number: int, fault: Diagnostic, path: FieldPath) -> Diagnostic:
        return by_number[number].place(fault, path) if number in by_number else fault

    return Import(
        base=base,
        heading=[safe(f"{base.name} ({reader.name}) : {count}.")],
        subject=base.name,
        unit=reader.unit,
        outcome=outcome,
        place=place,
        alone=True,
    )


def _of_sheet(grids: list[Grid], base: Base, options: Namespace) -> Import:
    known = None if options.type else next(filter(None, map(list_of, grids)), None)
    if known:
        grids = [places_in(grid, *known, base) for grid in grids if list_of(grid) == known]
    by_name = forms(base.vocabularies)
    by_name = {"lieux": by_name["lieux"]} if known else by_name
    sheet = _sheet(grids, by_name, base.name, options)
    by_number: Mapping[int, Request] = {}
    if sheet.form.row.liste:
        outcome = import_loans(sheet, base)
    else:
        rows = requests_of(sheet, base)
        rows = sourced(rows, known[1], base) if known else rows
        requests = with_options(rows, options.avec)
        outcome, by_number = import_all(requests, base, accept=options.accepter)
    read_rows = (
        sum(request.rows for request in by_number.values()) or len(outcome.steps) + outcome.faulty
    )
    outcome = replace(outcome, blank=len(sheet.rows) - read_rows)

    def place(row: int, fault: Diagnostic, path: FieldPath) -> Diagnostic:
        if row in by_number:
            return by_number[row].place(fault, path)
        listed = outcome.listed.get(fault.position.path, ())
        return placed(fault, sheet, base, row_at(path, listed, row) or row, path)

    return Import(
        base=base,
        heading=[*_heading(sheet, grids)],
        subject=f"{base.name}, feuille « {shown(sheet.grid.name)} »",
        unit="ligne",
        outcome=outcome,
        place=place,
        partial=not sheet.form.row.liste,
        diagnostics=[*faults_of_heads(sheet, base.name)],
    )


def _sheet(
    grids: list[Grid], by_name: Mapping[str, Form], source: str, options: Namespace
) -> Sheet:
    # The sheet, read as the form, that gives the most known columns. Raises ``Refused``.
    wanted = [by_name[options.type]] if options.type else [*by_name.values()]
    names = [grid.name for grid in grids]
    if options.feuille and options.feuille not in names:
        raise Refused(f"Il n’y a pas de feuille « {options.feuille} » : {', '.join(names)}.")
    sheets = [
        sheet
        for grid in grids
        for form in wanted
        if (options.feuille == grid.name if options.feuille else not grid.hidden)
        and (sheet := sheet_of(grid, form))
        and form.fits({column.name for column in sheet.columns.values()})
    ]
    sheet = max(
        sheets, key=lambda candidate: len(candidate.columns) - len(candidate.unknown), default=None
    )
    if sheet is None:
        hidden = "".join(f" « {grid.name} » est masquée." for grid in grids if grid.hidden)
        raise Refused(
            f"« {source} » : aucune ligne ne porte les noms de colonnes attendus.{hidden} "
            f"Partez du modèle : portail importer --modele {NAMES[0]} (ou {', '.join(NAMES[1:])})."
        )
    return sheet


def _heading(sheet: Sheet, grids: list[Grid]) -> Iterator[str]:
    rows = counted(len(sheet.rows), ("ligne", "lignes"))
    columns = counted(len(sheet.columns), ("colonne reconnue", "colonnes reconnues"))
    notes = "".join(f", {note}" for note in sheet.grid.notes)
    yield safe(f"Feuille « {sheet.grid.name} » ({sheet.form.name}) : {rows}, {columns}{notes}.")
    unread = [
        f"« {grid.name} »{' (masquée)' * grid.hidden}" for grid in grids if grid is not sheet.grid
    ]
    if unread:
        yield safe(f"Ce qui n’est pas lu : {', '.join(unread)}.")
    if computed := formulas(sheet):
        cells = counted(computed, ("cellule vient", "cellules viennent"))
        yield f"{cells} d’une formule : sa valeur enregistrée est lue."
