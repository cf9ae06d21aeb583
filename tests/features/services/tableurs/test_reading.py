"""Spreadsheets as programs write them, and as no program should."""

from pathlib import Path

import pytest

import tableurs
from doses import cases
from portail.diagnostics import Refused
from portail.features.services.tableurs import grid
from portail.features.services.tableurs.grid import read_source
from portail.features.services.tableurs.reading import workbook_of

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


@cases("name", ["openpyxl.xlsx", "xlsxwriter.xlsx", "odfpy.ods"])
def test_files_of_other_programs(name):
    sheet = next(iter(read_workbook(PROGRAMS / name)))
    assert sheet.name == "Outils"
    heads, row, *others = sheet.rows
    assert [cell.text for cell in heads.cells] == ["Titre", "Du", "Surface", "Tarif", "Calcul"]
    title, day, surface, price, computed = row.cells
    assert title.text == "L’été\n& co"
    assert (day.text, day.typed) == ("2021-10-01", True)
    assert surface.text == "0.3"
    assert price.shown.replace("\u00a0", " ").replace(",00", "") == "600 €"
    assert computed.formula
    if name == "openpyxl.xlsx":  # it computes nothing
        assert computed.fault
    else:
        assert computed.text == "7"
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


def test_formulas_give_their_value_or_their_fault():
    formula = '<table:table-cell table:formula="of:=1+1" '
    value = 'office:value-type="float" office:value="2"><text:p>2</text:p></table:table-cell>'
    wrong = 'office:value-type="string"><text:p>#REF!</text:p></table:table-cell>'
    cells = '<c><f>1+1</f><v>2</v></c><c t="e"><f>A1</f><v>#REF!</v></c><c><f>1</f></c>'
    for data in (
        tableurs.ods([[f"{formula}{value}", f"{formula}{wrong}", f"{formula}/>"]]),
        tableurs.xlsx([], sheet=f"<row>{cells}</row>"),
    ):
        two, broken, empty = workbook_of(data, "essai")[0].rows[0].cells
        assert (two.text, two.formula, two.fault) == ("2", True, "")
        assert "#REF!" in broken.fault
        assert empty.fault == grid.NO_VALUE


def test_comments_of_a_cell_are_not_its_text():
    note = "<office:annotation><text:p>À revoir</text:p></office:annotation>"
    cell = f'<table:table-cell office:value-type="string">{note}<text:p>a</text:p>'
    assert read(tableurs.ods([[f"{cell}</table:table-cell>"]])) == [["a"]]


REPEATED = '<table:table-cell table:number-columns-repeated="{}" {}/>'


def test_a_million_empty_cells_are_none():
    empty = REPEATED.format(1_000_000, "")
    rows = '<table:table-row table:number-rows-repeated="99999999">{}</table:table-row>'
    assert read(tableurs.ods([["a", empty]])) == [["a"]]
    with_rows = tableurs.ods([[f"</table:table-row>{rows.format(empty)}<table:table-row>"], ["b"]])
    assert read(with_rows) == [["b"]]


def refused(data, name="essai.ods"):
    with pytest.raises(Refused) as raised:
        read(data, name)
    return str(raised.value)


def test_repeated_cells_do_not_fill_the_memory():
    full = REPEATED.format(9_999_999, 'office:value-type="float" office:value="1"')
    row = f'<table:table-row table:number-rows-repeated="9999999">{full}</table:table-row>' * 200
    data = tableurs.ods([[f"</table:table-row>{row}<table:table-row>"]])
    assert str(grid.MOST_ROWS) in refused(data)


@pytest.mark.parametrize("form", tableurs.FORMATS)
def test_cells_are_counted(form, monkeypatch):
    data = tableurs.FORMATS[form]([["a"] * 10] * 10)
    monkeypatch.setattr(grid, "MOST_CELLS", 100)
    assert len(read(data, f"essai.{form}")) == 10
    monkeypatch.setattr(grid, "MOST_CELLS", 99)
    assert "99 cellules" in refused(data, f"essai.{form}")


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(grid, "PART_BYTES", 1_000_000)
    assert "lourd" in refused(tableurs.ods([["a" * 1000] for _ in range(5_000)]))
    # What the archive says of its size is not believed.
    honest = tableurs.archive({"content.xml": b"<a>" + b" " * 3_000_000 + b"</a>"})
    lying = honest.replace((3_000_007).to_bytes(4, "little"), (7).to_bytes(4, "little"))
    assert lying != honest
    assert refused(lying)


@cases(
    "entities",
    [
        '<!DOCTYPE a [<!ENTITY x "lol">]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE a [<!ENTITY y "lollollol"><!ENTITY x "&y;&y;&y;&y;&y;&y;&y;&y;">]>',
    ],
)
def test_entities_are_refused(entities):
    cell = '<table:table-cell office:value-type="string"><text:p>&x;</text:p></table:table-cell>'
    assert "type de document" in refused(tableurs.ods([[cell]], head=entities))


def test_what_is_no_spreadsheet_is_said(tmp_path):
    assert "mot de passe" in refused(b"\xd0\xcf\x11\xe0" + bytes(600), "a.xls")
    assert "tableur" in refused(tableurs.archive({"a.txt": "a"}), "a.zip")
    assert "abîmé" in refused(tableurs.ods(ROWS)[:-40])
    assert "abîmé" in refused(tableurs.archive({"content.xml": "<a><b></a>"}))
    assert "encodage" in refused(b"Titre;\x81\x8d\n", "a.csv")
    assert "guillemet" in refused(b'Titre;Du\n"a;b\n', "a.csv")
    assert "ne s’ouvre pas" in refused_file(tmp_path / "absent.ods")
    assert "ordinaire" in refused_file(tmp_path)
    locked = {"content.xml": b"\x00\x01", "META-INF/manifest.xml": "<m:encryption-data/>"}
    assert "mot de passe" in refused(tableurs.archive(locked))


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


def _struck(title, mark="<strike/>"):
    return f"<c t='inlineStr'><is><r><rPr>{mark}</rPr><t>{title}</t></r></is></c>"


def test_rows_that_are_hidden_or_struck_say_so_in_a_workbook():
    rows = [f"<row>{tableurs._xlsx(name)}</row>" for name in ("Titre", "Seul")]
    rows.insert(1, f"<row hidden='1'>{tableurs._xlsx('Masqué')}</row>")
    rows += [f"<row>{_struck('Barré')}</row>", "<row><c s='2'><v>12</v></c></row>"]
    not_struck = _struck("Non", "<strike val='0'/>")
    rows.append(f"<row>{not_struck}</row>")
    partly = _struck("Oui").replace("</is>", "<r><t>Non</t></r></is>")
    rows.append(f"<row>{partly}</row>")
    styles = (
        "<fonts><font/><font><b/><strike/></font></fonts>"
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="0" fontId="1"/></cellXfs>'
    )
    data = tableurs.xlsx([], sheet="".join(rows), styles=styles)
    (sheet,) = workbook_of(data, "essai.xlsx")
    assert [(row.cells[0].text, row.withdrawn) for row in sheet.rows] == [
        ("Titre", ""), ("Masqué", grid.HIDDEN), ("Seul", ""), ("Barré", grid.STRUCK),
        ("12", grid.STRUCK), ("Non", ""), ("", ""),
    ]  # fmt: skip
    assert sheet.rows[-1].cells[0].fault == grid.PARTLY_STRUCK


def test_rows_that_are_hidden_or_struck_say_so_in_opendocument():
    cell = "<table:table-cell office:value-type='string' {}><text:p>{}</text:p></table:table-cell>"
    spanned = "<text:span text:style-name='T1'>Mot</text:span> libre"
    empty = "<table:table-cell table:style-name='ce1'/>"
    rows = [
        ["Titre"], [cell.format("table:style-name='ce1'", "Barré")], [cell.format("", spanned)],
        [cell.format("table:style-name='ce2'", "Gras")], [empty],
    ]  # fmt: skip
    styles = "".join(
        f"<style:style style:name='{name}'><style:text-properties {line}/></style:style>"
        for name, line in (
            ("ce1", "style:text-line-through-style='solid'"),
            ("T1", "style:text-line-through-style='solid'"),
            ("ce2", "style:text-line-through-style='none'"),
        )
    )
    data = tableurs.ods([*rows, ["Masqué"]], styles=styles, hidden=6)
    (sheet,) = workbook_of(data, "essai.ods")
    assert [(row.cells[0].text, row.withdrawn) for row in sheet.rows] == [
        ("Titre", ""), ("Barré", grid.STRUCK), ("", ""), ("Gras", ""),
        ("Masqué", grid.HIDDEN),
    ]  # fmt: skip
    assert sheet.rows[2].cells[0].fault == grid.PARTLY_STRUCK


@cases("form", ["ods", "xlsx"])
def test_the_address_of_a_cell_is_read(form):
    formula = 'HYPERLINK("https://a.test/f";"Là")'
    cell = "<table:table-cell office:value-type='string' {}><text:p>{}</text:p></table:table-cell>"
    if form == "ods":
        led = cell.format("", "<text:a xlink:href='https://a.test/x'>Ici</text:a>")
        data = tableurs.ods([[led, cell.format(f"table:formula='of:={formula}'", "Là")]])
    else:
        row = ["Ici", f"<c t='str'><f>{formula}</f><v>Là</v></c>"]
        data = tableurs.xlsx([row], links={"A1": "https://a.test/x"})
    (sheet,) = workbook_of(data, f"essai.{form}")
    assert [(cell.text, cell.link) for cell in sheet.rows[0].cells] == [
        ("Ici", "https://a.test/x"), ("Là", "https://a.test/f"),
    ]  # fmt: skip
