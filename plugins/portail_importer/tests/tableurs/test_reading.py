"""Spreadsheets as programs write them, and as no program should."""

from pathlib import Path

import pytest

import tableurs
from doses import cases
from portail.diagnostics import Refused
from portail_importer.tableurs import grid, reading
from portail_importer.tableurs.grid import read_source
from portail_importer.tableurs.reading import workbook_of

PROGRAMS = Path(__file__).parent / "tableurs"
"""Files of openpyxl, XlsxWriter and odfpy: see ``tableurs/LISEZMOI.md``."""
ROWS = [["Titre", "Du", "Poids"], ["L’été  <i> & co\nà deux", tableurs.date(2021, 10, 1), 12.5]]


def read_workbook(file):
    return workbook_of(read_source(file), file.name)


def read(data, name="essai.ods"):
    (sheet,) = workbook_of(data, name)
    return [[cell.text for cell in row.cells] for row in sheet.rows]


@cases("form", tableurs.FORMATS)
def test_the_three_forms_say_the_same(form):
    _, found = read(tableurs.FORMATS[form](ROWS), f"essai.{form}")
    typed = ["01/10/2021", "12,5"] if form == "csv" else ["2021-10-01", "12.5"]
    assert found == ["L’été  <i> & co\nà deux", *typed]


@cases("name", ["xlsxwriter.xlsx", "odfpy.ods"])
def test_files_of_other_programs(name):
    sheet = next(iter(read_workbook(PROGRAMS / name)))
    assert sheet.name == "Outils"
    heads, row, *others = sheet.rows
    assert [cell.text for cell in heads.cells] == ["Titre", "Du", "Surface", "Tarif", "Calcul"]
    assert [cell.text for cell in row.cells] == ["L’été\n& co", "2021-10-01", "0.3", "600", "7"]
    assert row.cells[1].typed
    assert [(one.number, one.cells[0].text) for one in others] == [(5, "Deux")]


@cases(
    ("data", "notes"),
    [
        ("Titre;Du\nÉté;x\n".encode(), "encodage UTF-8, séparateur point-virgule"),
        ("\ufeffTitre,Du\nÉté,x\n".encode(), "encodage UTF-8, séparateur virgule"),
        ("Titre\tDu\nÉté\tx\n".encode("cp1252"), "encodage Windows-1252, séparateur tabulation"),
        ("Titre\tDu\nÉté\tx\n".encode("utf-16"), "encodage UTF-16, séparateur tabulation"),
        ("Titre|Du\nÉté|x\n".encode(), "encodage UTF-8, séparateur barre"),
        ("Programme | 2027 | Lens\nÉté;x\n".encode(), "encodage UTF-8, séparateur point-virgule"),
    ],
)
def test_separated_values_say_how_they_are_read(data, notes):
    (sheet,) = workbook_of(data, "essai.csv")
    assert sheet.notes == (notes,)
    assert [cell.text for cell in sheet.rows[1].cells] == ["Été", "x"]


def test_rows_keep_their_numbers():
    data = tableurs.separated([["Titre", "Du"], [], ["a\nb", "c"], ["d", "e"]])
    (sheet,) = workbook_of(data, "essai.csv")
    assert [row.number for row in sheet.rows] == [1, 3, 4]


REPEATED = (
    '<table:table-row table:number-rows-repeated="{}"><table:table-cell '
    'table:number-columns-repeated="{}" {}/></table:table-row>'
)
FULL = 'office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell><a'
CELL = '<table:table-cell office:value-type="string" {}><text:p>{}</text:p></table:table-cell>'
STYLE = (
    '<style:style style:name="{}"><style:text-properties style:text-line-through-style="{}"/>'
    "</style:style>"
)
STRUCK = STYLE.format("ce1", "solid") + STYLE.format("ce2", "none")
FONTS = '<fonts><font/><font><b/><strike/></font><font><strike val="0"/></font></fonts>'
MONEY = '<numFmts><numFmt numFmtId="170" formatCode="{}"/></numFmts>'
XFS = '<cellXfs><xf numFmtId="0"/><xf fontId="{}" numFmtId="{}"/></cellXfs>'
RICH = "<c t='inlineStr'><is><r><rPr>{}</rPr><t>Oui</t></r></is></c>"


def styled(cell='<c s="1"><v>12</v></c>', font=0, code=""):
    styles = MONEY.format(code.replace('"', "&quot;")) * bool(code) + FONTS
    return tableurs.xlsx([["a", cell]], styles=styles + XFS.format(font, 170 if code else 0))


def columns(data, first, last):
    return tableurs.xlsx(data, before=f'<cols><col min="{first}" max="{last}" hidden="1"/></cols>')


SKIPPED = '<table:table-column/><table:table-column table:visibility="collapse" {}/>'
UNSEEN = (
    '<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>'
)
UNTOLD = {
    "masquées": [
        tableurs.ods([["a"], ["b"]], hidden=2),
        tableurs.xlsx([["a"], ["b"]], hidden=2),
        tableurs.ods([["a", "b"]], before=SKIPPED.format("")),
        columns([["a", "b"]], 2, 3),
        tableurs.ods([["a"]], styles=UNSEEN, own="ta1"),
        tableurs.xlsx([["a"]], state="veryHidden"),
    ],
    "barrés": [
        styled(font=1),
        tableurs.xlsx([["a", RICH.format("<strike/>")]]),
        tableurs.ods([[CELL.format('table:style-name="ce1"', "a")]], styles=STRUCK),
        tableurs.ods(
            [[CELL.format("", '<text:span text:style-name="ce1">a</text:span>')]], styles=STRUCK
        ),
    ],
    "monnaie": [
        *(styled(code=code) for code in ("$#,##0.00", "[$USD]\\ 0", '_-* 0 "CHF"', "[$kr-414] 0")),
        tableurs.ods([[CELL.replace("string", "currency").format('office:currency="USD"', "1")]]),
    ],
    "formules": [
        tableurs.xlsx([["a", "<c><f>1</f></c>"]]),
        tableurs.xlsx([["a", '<c t="e"><f>A1</f><v>#REF!</v></c>']]),
        b"a;b\n=1+1;c\n",
        tableurs.ods([["a", '<table:table-cell table:formula="of:=1+1"/>']]),
    ],
    "loin": [
        tableurs.xlsx([], sheet='<row><c r="A1"><v>1</v></c><c r="ZZ99999"><v>1</v></c></row>'),
        tableurs.ods(
            [["a"], [f"</table:table-row>{REPEATED.format(9999, 9999, FULL)}<table:table-row>"]]
        ),
    ],
}


@cases("why", UNTOLD)
def test_what_a_reader_would_have_to_interpret_is_refused_with_what_to_do(why):
    for rank, data in enumerate(UNTOLD[why]):
        assert why in refused(data, f"{rank}.xlsx"), rank


TOLD = [
    columns([["a", "b"]], 3, 16_384),
    tableurs.ods(
        [["a", "b"]],
        before='<table:table-column table:number-columns-repeated="2"/>'
        + SKIPPED[21:].format('table:number-columns-repeated="999"'),
    ),
    tableurs.xlsx([["a"], []], hidden=2),
    *(styled(code=code) for code in ("[$€-40C] 0", '0 "€"', "[$-40C]0", '0 "par personne"')),
    styled('<c s="1"/>', font=1),
    styled(font=2),
    tableurs.xlsx([["a", RICH.format("<strike val='0'/>")]]),
    tableurs.ods([[CELL.format('table:style-name="ce2"', "a")]], styles=STRUCK),
    tableurs.ods([["a", '<table:table-cell table:style-name="ce1"/>']], styles=STRUCK),
]


@cases("rank", range(len(TOLD)))
def test_a_style_that_nothing_has_and_the_rest_of_a_sheet_are_no_matter(rank):
    assert read(TOLD[rank], "a.xlsx")[0][0] == "a"


def test_formulas_give_their_value():
    formula = '<table:table-cell table:formula="of:=1+1" office:value-type='
    two = f'{formula}"float" office:value="2"><text:p>2</text:p></table:table-cell>'
    assert read(tableurs.ods([[two]])) == [["2"]]
    assert read(tableurs.xlsx([["<c><f>1+1</f><v>2</v></c>"]]), "a.xlsx") == [["2"]]
    assert read(b'Tel;a\n="0321";b\n', "a.csv")[1] == ["0321", "b"]


def test_comments_of_a_cell_are_not_its_text():
    note = "<office:annotation><text:p>À revoir</text:p></office:annotation>"
    cell = f'<table:table-cell office:value-type="string">{note}<text:p>a</text:p>'
    assert read(tableurs.ods([[f"{cell}</table:table-cell>"]])) == [["a"]]


def test_a_million_empty_cells_are_none():
    rows = REPEATED.format(99_999_999, 1_000_000, "")
    data = tableurs.ods([["a"], [f"</table:table-row>{rows}<table:table-row>"]])
    assert read(data) == [["a"]]


def refused(data, name="essai.ods"):
    with pytest.raises(Refused) as raised:
        read(data, name)
    return str(raised.value)


@pytest.mark.parametrize("form", tableurs.FORMATS)
def test_cells_are_counted(form, monkeypatch):
    data = tableurs.FORMATS[form]([["a"] * 10] * 10)
    monkeypatch.setattr(reading, "MOST_CELLS", 100)
    assert len(read(data, f"essai.{form}")) == 10
    monkeypatch.setattr(reading, "MOST_CELLS", 99)
    assert "99 cellules" in refused(data, f"essai.{form}")


def test_a_bomb_is_not_unpacked():
    assert "lourd" in refused(tableurs.ods([["a" * 70_000] for _ in range(1_000)]))
    # What the archive says of its size is not believed.
    honest = tableurs.archive({"content.xml": b"<a>" + b" " * 3_000_000 + b"</a>"})
    lying = honest.replace((3_000_007).to_bytes(4, "little"), (7).to_bytes(4, "little"))
    assert lying != honest
    assert "abîmé" in refused(lying)


def test_entities_are_refused():
    head = '<!DOCTYPE a [<!ENTITY y "lollollol"><!ENTITY x "&y;&y;&y;&y;&y;&y;&y;&y;">]>'
    assert "abîmé" in refused(tableurs.ods([[CELL.format("", "&x;")]], head=head))


def test_what_is_no_spreadsheet_is_said(tmp_path):
    assert "mot de passe" in refused(b"\xd0\xcf\x11\xe0" + bytes(600), "a.xls")
    assert "tableur" in refused(tableurs.archive({"a.txt": "a"}), "a.zip")
    assert "abîmé" in refused(tableurs.ods(ROWS)[:-40])
    assert "abîmé" in refused(tableurs.archive({"content.xml": "<a><b></a>"}))
    assert "encodage" in refused(b"Titre;\x81\x8d\n", "a.csv")
    assert "guillemet" in refused(b'Titre;Du\n"a;b\n', "a.csv")
    assert "ne s’ouvre pas" in refused_file(tmp_path / "absent.ods")
    assert "ordinaire" in refused_file(tmp_path)


def refused_file(file):
    with pytest.raises(Refused) as raised:
        read_workbook(file)
    return str(raised.value)


def test_a_heavy_file_is_not_opened(tmp_path):
    file = tmp_path / "lourd.ods"
    with file.open("wb") as stream:
        stream.truncate(grid.FILE_BYTES + 1)
    assert "50 Mo" in refused_file(file)


def test_an_encrypted_part_is_said():
    data = bytearray(tableurs.ods(ROWS))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    assert "mot de passe" in refused(bytes(data))


@cases("form", ["ods", "xlsx"])
def test_addresses_under_words_are_told(form):
    led = CELL.format("", "<text:a xlink:href='https://a.test/x'>Ici</text:a>")
    data = tableurs.ods([[led]]) if form == "ods" else tableurs.xlsx([["Ici"]], links={"A1": "a:b"})
    (sheet,) = workbook_of(data, f"essai.{form}")
    assert sheet.rows[0].cells[0].text == "Ici" and "adresses" in sheet.notes[0]
