"""Spreadsheets written for tests, without the code that reads them: OpenDocument, Office Open XML;
the tables of the portal, read once for many imports."""

import csv
import io
import re
import zipfile
from datetime import date
from functools import cache, partial
from html import escape
from types import MappingProxyType

import pytest

from portail.geo.territories import Geography
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def unguarded(cell):
    """What the page of open data tells readers to do."""
    signs = "=+@＝＋－＠-"
    return re.sub(rf"""(^|[,;\t\r\n])'(?=["']*[{signs}])|^'(?=["']*[\t\r\n])""", r"\1", cell)


def archive(parts):
    """A zip of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return stream.getvalue()


def ods(
    rows,
    name="Feuille1",
    head="",
    styles="",
    hidden=0,
    before="",
    own="",
):
    """An OpenDocument spreadsheet of one sheet; a ``str`` that begins with ``<`` is a cell as it
    is, ``head`` stands before the document, ``styles`` inside it, ``before`` before the rows; the
    row ``hidden`` is; ``own`` is the style of the sheet."""
    shown = {hidden: " table:visibility='collapse'"}
    body = "".join(
        f"<table:table-row{shown.get(number, '')}>{''.join(map(_ods, row))}</table:table-row>"
        for number, row in enumerate(rows, 1)
    )
    parts = ("office", "table", "text", "style")
    spaces = " ".join(f'xmlns:{one}="{_OFFICE}:{one}:1.0"' for one in parts)
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    content = (
        f'<?xml version="1.0"?>{head}<office:document-content {spaces}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="{name}" table:style-name="{own}">'
        f"{before}{body}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return document(content)


def document(content):
    """The archive of an OpenDocument spreadsheet."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entry = f'<m:file-entry m:full-path="/" m:media-type="{kind}"/>'
    manifest = f'<m:manifest xmlns:m="{_OFFICE}:manifest:1.0">{entry}</m:manifest>'
    return archive({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods(cell):
    if isinstance(cell, str) and cell.startswith("<"):
        return cell
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, bool):
        value = f'office:value-type="boolean" office:boolean-value="{str(cell).lower()}"'
        return f"<table:table-cell {value}/>"
    if isinstance(cell, date):
        value = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
        return f"<table:table-cell {value}><text:p>{cell:%d/%m/%y}</text:p></table:table-cell>"
    if isinstance(cell, int | float):
        value = f'office:value-type="float" office:value="{cell}"'
        return f"<table:table-cell {value}><text:p>{cell}</text:p></table:table-cell>"
    lines = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in cell.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def _spaced(line):
    return escape(line, quote=False).replace("  ", ' <text:s text:c="1"/>')


def xlsx(
    rows,
    name="Feuil1",
    sheet="",
    styles='<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
    links=MappingProxyType({}),
    hidden=0,
    before="",
    state="visible",
    texts="",
):
    """An Office Open XML workbook of one sheet, in a ``state``; ``sheet`` replaces the rows as XML,
    ``before`` stands before them; cells of ``links`` lead to an address; the row ``hidden`` is;
    ``texts`` are shared."""
    out = {hidden: ' hidden="1"'}
    inside = sheet or "".join(
        f'<row r="{number}"{out.get(number, "")}>{"".join(map(_xlsx, row))}</row>'
        for number, row in enumerate(rows, 1)
    )
    led = "".join(f'<hyperlink ref="{ref}" r:id="l{ref}"/>' for ref in links)
    outside = "".join(
        f'<Relationship Id="l{ref}" Type="{_RELATED}/hyperlink" Target="{url}"'
        ' TargetMode="External"/>'
        for ref, url in links.items()
    )
    related = f'<Relationship Id="r7" Type="{_RELATED}/worksheet" Target="worksheets/un.xml"/>'
    related += f'<Relationship Id="r8" Type="{_RELATED}/sharedStrings" Target="sharedStrings.xml"/>'
    book = f'<Relationship Id="r1" Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/>'
    spaces = f'xmlns="{_PACKAGE}/relationships"'
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default '
            'Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/></Types>',
            "_rels/.rels": f"<Relationships {spaces}>{book}</Relationships>",
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>'
            f'<sheet name="{name}" sheetId="1" state="{state}" r:id="r7"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships {spaces}>{related}</Relationships>",
            "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{texts}</sst>',
            "xl/worksheets/_rels/un.xml.rels": f"<Relationships {spaces}>{outside}</Relationships>",
            "xl/worksheets/un.xml": f'<worksheet xmlns="{_MAIN}" xmlns:r="{_RELATED}">{before}'
            f"<sheetData>{inside}</sheetData><hyperlinks>{led}</hyperlinks></worksheet>",
        }
    )


def _xlsx(cell):
    if isinstance(cell, str) and cell.startswith("<"):
        return cell
    if cell is None or cell == "":
        return "<c/>"
    if isinstance(cell, bool):
        return f'<c t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, date):
        return f'<c s="1"><v>{(cell - date(1899, 12, 30)).days}</v></c>'
    if isinstance(cell, int | float):
        return f"<c><v>{cell!r}</v></c>"
    text = escape(cell, quote=False)
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def separated(rows, separator=";", encoding="utf-8-sig"):
    """Separated values, as a French spreadsheet writes them."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator).writerows([_shown(one) for one in row] for row in rows)
    return stream.getvalue().encode(encoding)


def _shown(cell):
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    text = "" if cell is None else str(cell)
    return text.replace(".", ",") if isinstance(cell, float) else text


FORMATS = {"ods": ods, "xlsx": xlsx, "csv": separated}


@pytest.fixture(autouse=True)
def tables_read_once(monkeypatch):
    """The reference data do not change from one import to the next."""
    monkeypatch.setattr(Vocabularies, "load", lambda *folders: _lists())
    monkeypatch.setattr(Geography, "load", lambda data, region="": _places(region))


_lists = cache(partial(Vocabularies.load, data_dir()))
_places = cache(partial(Geography.load, data_dir()))
