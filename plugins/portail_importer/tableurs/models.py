"""The spreadsheet to fill in (Office Open XML): the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs

from portail.features.services.schemas.front_matter import type_words
from portail.text.place import PLACE, Place, filled

from .columns import Column, Form

_SINCE = datetime(1980, 1, 1)  # noqa: DTZ001
# Rows that offer the lists to choose from.
_LAST = 2_000
_SEVERAL = " ; plusieurs se séparent par des points-virgules"
_GUIDE = "Mode d’emploi"
_LISTS = "Listes"
_GUIDE_HEADS = ["Colonne", "Obligatoire", "Ce qu’on y écrit", "Forme", "Valeurs possibles"]


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
    example = [example_cell(form, column, place) for column in columns]
    sheets: dict[str, list[Sequence[str]]] = {
        form.row.feuille: [[column.label for column in columns], example],
        _GUIDE: [_GUIDE_HEADS, *map(_explained, columns)],
        _LISTS: [*zip_longest(*([it.label, *it.choices] for it in chosen), fillvalue="")],
    }
    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"created": _SINCE})
        # Cells are text, so that « 03/04 » and « 0012 » stay as typed.
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True})
        written = {name: book.add_worksheet(name) for name, rows in sheets.items() if rows}
        for name, sheet in written.items():
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(sheets[name][0]) - 1, 30, text)
            for number, row in enumerate(sheets[name]):
                for rank, cell in enumerate(row):
                    sheet.write_string(number, rank, cell, text if number else bold)
        # Lists to choose from, for the columns that hold one value; another may still be typed.
        for there, column in enumerate(chosen):
            if not column.listed:
                cells = xl_range_abs(1, there, len(column.choices), there)
                source = {"validate": "list", "source": f"={_LISTS}!{cells}"}
                rank = columns.index(column)
                written[form.row.feuille].data_validation(
                    1, rank, _LAST, rank, source | {"show_error": False}
                )
    return stream.getvalue()


def _explained(column: Column) -> list[str]:
    leaf = column.leaf
    form = "date : 01/10/2027" if column.daily else type_words(leaf, "liste ci-contre")
    if "x-references" in leaf:
        form = "titre d’une fiche du portail" + (", ou nom" if "maxLength" in leaf else "")
    words = form.replace("`", "") + (_SEVERAL if column.listed else "")
    choices = " ; ".join(column.choices)
    return [column.label, "oui" if column.required else "", column.help, words, choices]


# The key of ``ids_externes`` that holds the identifier of a row.
NAMESPACE = "tableur"
