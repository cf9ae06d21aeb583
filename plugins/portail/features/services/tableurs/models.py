"""The spreadsheet to fill in (Office Open XML, ECMA-376): the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from portail.features.services.schemas.front_matter import type_words
from portail.text.place import PLACE, Place, filled
from portail.text.visible import shows

from .columns import Column, Form
from .grid import column_letters

_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DATE = (1980, 1, 1, 0, 0, 0)
# Rows that offer the lists to choose from.
_LAST = 2_000
# Ranks of styles in ``_STYLES``.
# Heads are bold.
_HEAD = 1
# Cells are text, so that « 03/04 » and « 0012 » stay as typed.
_TEXT = 2
_SEVERAL = " ; plusieurs se séparent par des points-virgules"
_GUIDE = "Mode d’emploi"
_LISTS = "Listes"
_GUIDE_HEADS = ("Colonne", "Obligatoire", "Ce qu’on y écrit", "Forme", "Valeurs possibles")
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill>'
    '<patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>'
    '<xf fontId="1" applyFont="1"/><xf numFmtId="49" applyNumberFormat="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
# Signs of XML, and the blanks that it does not keep.
_ESCAPED = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)


def example_cell(form: Form, column: Column, place: Place = PLACE) -> str:
    """The cell of a column in the example row, of the form, else of the model."""
    if column.name in form.row.exemple:
        text = str(filled(form.row.exemple[column.name], place.words))
    else:
        example = (column.schema.get("examples") or [""])[0]
        example = filled(example, place.words)
        text = " ; ".join(map(str, example)) if isinstance(example, list) else str(example)
    if column.daily:
        text = "/".join(reversed(text.split("-")))
    labels = dict(zip(column.leaf.get("enum", ()), column.choices, strict=False))
    return str(labels.get(text, text))


def template(form: Form, place: Place = PLACE) -> bytes:
    """The spreadsheet of ``form``, as ``.xlsx``, its example at ``place``."""
    columns = form.template
    chosen = [column for column in columns if column.choices]
    heads = [column.label for column in columns]
    example = [example_cell(form, column, place) for column in columns]
    choices = zip_longest(*(column.choices for column in chosen), fillvalue="")
    lists = [[column.label for column in chosen], *choices]
    sheets = {
        form.row.feuille: _sheet([heads, example], 24, _validations(columns, chosen)),
        _GUIDE: _sheet([_GUIDE_HEADS, *map(_explained, columns)], 36),
    } | ({_LISTS: _sheet(lists, 30)} if chosen else {})
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _parts(sheets):
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            archive.writestr(info, f"{_HEADER}{text}".encode())
    return stream.getvalue()


def _explained(column: Column) -> list[str]:
    leaf = column.leaf
    form = "date : 01/10/2027" if column.daily else type_words(leaf, "liste ci-contre")
    if "x-references" in leaf:
        form = "titre d’une fiche du portail" + (", ou nom" if "maxLength" in leaf else "")
    words = form.replace("`", "") + (_SEVERAL if column.listed else "")
    choices = " ; ".join(column.choices)
    return [column.label, "oui" if column.required else "", column.help, words, choices]


def _validations(columns: Sequence[Column], chosen: Sequence[Column]) -> str:
    # Lists to choose from, for the columns that hold one value; another may still be typed.
    rows = []
    for rank, column in enumerate(columns):
        if column not in chosen or column.listed:
            continue
        letters = column_letters(rank)
        there = column_letters(chosen.index(column))
        source = f"{_LISTS}!${there}$2:${there}${len(column.choices) + 1}"
        rows.append(
            '<dataValidation type="list" allowBlank="1" showErrorMessage="0" '
            f'sqref="{letters}2:{letters}{_LAST}"><formula1>{source}</formula1></dataValidation>'
        )
    if rows:
        return f'<dataValidations count="{len(rows)}">{"".join(rows)}</dataValidations>'
    return ""


def _sheet(rows: Iterable[Sequence[str]], width: int, after: str = "") -> str:
    written = [*rows]
    columns = len(written[0])
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}</sheetView>'
        f'</sheetViews><cols><col min="1" max="{max(columns, 1)}" width="{width}" customWidth="1" '
        f'style="{_TEXT}"/></cols><sheetData>{"".join(_rows(written))}</sheetData>{after}'
        "</worksheet>"
    )


def _rows(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for number, row in enumerate(rows, 1):
        style = _HEAD if number == 1 else _TEXT
        cells = (
            f'<c r="{column_letters(rank)}{number}" s="{style}" t="inlineStr"><is>'
            f'<t xml:space="preserve">{text.translate(_ESCAPED)}</t></is></c>'
            for rank, text in enumerate(row)
            if shows(text)
        )
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _parts(sheets: dict[str, str]) -> Iterator[tuple[str, str]]:
    names = [f"worksheets/sheet{rank}.xml" for rank in range(1, len(sheets) + 1)]
    kinds = [("workbook.xml", "sheet.main"), ("styles.xml", "styles")]
    overrides = "".join(
        f'<Override PartName="/xl/{name}" ContentType="{_SHEETML}.{kind}+xml"/>'
        for name, kind in [*kinds, *((name, "worksheet") for name in names)]
    )
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    yield "[Content_Types].xml", types
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    tags = "".join(
        f'<sheet name="{name.translate(_ESCAPED)}" sheetId="{rank}" r:id="rId{rank}"/>'
        for rank, name in enumerate(sheets, 1)
    )
    book = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{tags}</sheets></workbook>'
    yield "xl/workbook.xml", book
    related = [("worksheet", name) for name in names]
    yield "xl/_rels/workbook.xml.rels", _relations([*related, ("styles", "styles.xml")])
    yield "xl/styles.xml", _STYLES
    yield from zip((f"xl/{name}" for name in names), sheets.values(), strict=True)


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    rows = (
        f'<Relationship Id="rId{rank}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for rank, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}</Relationships>'


# The key of ``ids_externes`` that holds the identifier of a row.
NAMESPACE = "tableur"
