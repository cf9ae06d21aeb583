"""Spreadsheets read in the browser: the same cells, values and days as in Python."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from collages import LIEUX, reading
from playwright.sync_api import Browser, Page
from propositions import vocabularies

import tableurs
from portail.imports.sheets import Around, composed, together
from portail.model.faults import Fault
from portail.model.kinds import SERVED, Kind
from portail.resources import rows
from portail.schemas.kind_schema import kind_schema
from portail.text.normalise import name_key
from portail.workbooks.columns import forms, sheet_of, value_of
from portail.workbooks.models import columns_table
from portail.workbooks.reading import workbook_of
from portail.workbooks.when import read_when

pytestmark = pytest.mark.chromium

TODAY = date(2021, 9, 27)
PROGRAMS = Path(__file__).parents[1] / "portail/workbooks/tableurs"
CELLS = """async ({ octets, texte }) => {
  const { Refus, lire, separe } = await import('/theme/js/contribuer-tableur.js');
  const boite = { charger: () => import('/theme/js/tiers/fflate-0.8.3.js') };
  try {
    if (texte === null) return await lire(Uint8Array.from(atob(octets), (un) => un.charCodeAt(0)), boite);
    return separe(texte).filter(({ lignes }) => lignes.length);
  } catch (raison) {
    if (raison instanceof Refus) return raison.message;
    throw raison;
  }
}"""  # noqa: E501
BROUGHT = """async ({ octets, texte, nom, genre, schema, table, lieux, correspondances }) => {
  const fichiers = { correspondances, schema, colonnes: table, reperes: { lignes: lieux }, region: { lignes: [] } };
  const outils = {
    genre, jour: '2021-09-27', form: { dataset: { adresses: '{"colonnes":"/"}', modules: '{}' } },
    charger: (quoi) => import(`/theme/js/${quoi === 'zip' ? 'tiers/fflate-0.8.3' : `contribuer-${quoi}`}.js`),
    donnees: async (quoi, suite) => (quoi === 'reperes' && suite !== 'lieux.json' ? { lignes: [] } : fichiers[quoi]),
  };
  const { lire } = await import('/theme/js/contribuer-coller.js');
  const lu = await lire(texte ?? new File([Uint8Array.from(atob(octets), (un) => un.charCodeAt(0))], nom), outils);
  return lu.choix ? { ...lu, choix: await Promise.all(lu.choix.map(async (un) => ({ ...un, ...await un.lire() }))) } : lu;
}"""  # noqa: E501


@pytest.fixture(scope="module")
def page(browser: Browser, racine: Path) -> Iterator[Page]:
    """A page that has the scripts of the form; what fails by itself there fails the tests."""
    with reading(browser, racine) as (_, page):
        yield page


def in_browser(page: Page, data: bytes) -> Any:
    """Sheets as the browser reads them: name, then number and cells of each row; or why not."""
    zipped = data.startswith(b"PK")
    given = {
        "octets": base64.b64encode(data).decode() if zipped else None,
        "texte": None if zipped else data.decode("utf-8-sig").replace("\r\n", "\n"),
    }
    return page.evaluate(CELLS, given)


def in_python(data: bytes, name: str) -> list[dict[str, Any]]:
    """The same, as ``portail importer`` reads them."""
    return [
        {
            "nom": grid.name if name[-3:] != "csv" else "",
            "lignes": [
                {
                    "numero": row.number,
                    "cellules": [
                        {"texte": c.text, "montre": c.shown, "type": c.typed, "faute": c.fault}
                        for c in row.cells
                    ],
                }
                for row in grid.rows
            ],
        }
        for grid in workbook_of(data, name)
    ]


MADE = [
    ["Titre", "Jour", "Poids", "Prêté", "Note"],
    ["L’été  <i> & co\nà deux", date(2021, 10, 1), 12.5, True, '"guillemets"; et , virgules'],
    [],
    ["", "", 0.1 + 0.2, False, "=1+1"],
    ["1e400", "9" * 20, -3, "", "_x0041_ &amp;"],
]


def nul(text: str) -> str:
    """A text as both write it: no-break spaces are spaces."""
    return json.dumps(text, ensure_ascii=False).replace("\u00a0", " ")


@pytest.mark.parametrize("name", ["openpyxl.xlsx", "xlsxwriter.xlsx", "odfpy.ods"])
def test_files_of_programs(page: Page, name: str) -> None:
    data = (PROGRAMS / name).read_bytes()
    assert nul(in_browser(page, data)) == nul(in_python(data, name))


@pytest.mark.parametrize("form", tableurs.FORMATS)
def test_the_three_forms_say_the_same(page: Page, form: str) -> None:
    data = tableurs.FORMATS[form](MADE)
    assert nul(in_browser(page, data)) == nul(in_python(data, f"a.{form}"))


@pytest.mark.parametrize("separator", ",;\t")
def test_separated_values(page: Page, separator: str) -> None:
    data = tableurs.separated(MADE, separator, "utf-8")
    assert nul(in_browser(page, data)) == nul(in_python(data, "a.csv"))


def test_hours_of_a_cell(page: Page) -> None:
    cells = '<c s="1"><v>0.583333333333333</v></c><c s="2"><v>44478.5833333333</v></c>'
    formats = '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy hh:mm"/></numFmts>'
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="20"/><xf numFmtId="164"/></cellXfs>'
    data = tableurs.xlsx([], sheet=f"<row>{cells}</row>")
    with_styles = b"<styleSheet>" + (formats + styles).encode() + b"</styleSheet>"
    data = rewritten(data, "xl/styles.xml", with_styles)
    (row,) = in_python(data, "a.xlsx")[0]["lignes"]
    assert [cell["texte"] for cell in row["cellules"]] == ["14:00", "2021-10-09 14:00"]
    assert nul(in_browser(page, data)) == nul(in_python(data, "a.xlsx"))


def rewritten(data: bytes, part: str, text: bytes) -> bytes:
    """An archive, one of its parts replaced."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as held:
        parts: dict[str, str | bytes] = {name: held.read(name) for name in held.namelist()}
    return tableurs.archive(parts | {part: text})


HOSTILE = {
    "doctype": tableurs.ods([["a"]], head='<!DOCTYPE a [<!ENTITY x "lol">]>'),
    "bombe": tableurs.archive({"content.xml": b"<a>" + b" " * 31_000_000 + b"</a>"}),
    "lignes": tableurs.xlsx([["a", "b"]] * 2_001),
    "abime": tableurs.ods([["a", "b"]])[:-30],
    "autre": tableurs.archive({"word/document.xml": "<a/>"}),
    "cellule": tableurs.ods([["a" * 50_000]]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_told(page: Page, name: str) -> None:
    told = in_browser(page, HOSTILE[name])
    assert isinstance(told, str)
    assert told.endswith((".", "»."))


def test_a_hundred_thousand_rows(page: Page) -> None:
    told = in_browser(page, b"Titre;Date\n" + b"a;b\n" * 100_000)
    assert "2000 lignes" in told


def test_repeated_cells_do_not_fill_the_memory(page: Page) -> None:
    full = '<table:table-cell table:number-columns-repeated="9999999" office:value-type="float" office:value="1"/>'  # noqa: E501
    row = f'<table:table-row table:number-rows-repeated="9999999">{full}</table:table-row>' * 200
    assert "2000 lignes" in in_browser(
        page, tableurs.ods([[f"</table:table-row>{row}<table:table-row>"]])
    )


WHEN = """09/10/2021|9 octobre 2021|samedi 9 octobre 2021|03/04/21|samedi 09/10/21|9 et 10 octobre
du 9 au 12 octobre 2021|du 28 décembre au 3 janvier 2022|9 octobre|samedi 9 octobre|14h-16h|14 h 30
de 14h à 16h|14h/16h|10-12h|2021-10-09 14:00|2021-10-09T14:00|09/10/2021 14h30-16h|9, 10 et 11 oct.
samedi 9 et dimanche 10 octobre 2021, 14h-16h|le 09/10/2021 de 14h à 16h et de 17h à 18h|bientôt|25h
31/02/2021|vendredi 9 octobre 2021|toute la journée|9/10/2021 (toute la journée)|midi|minuit|9/10
du 12 au 9 octobre 2021|1er novembre 2021|9 octobre 2021 14h, 10 octobre 2021 16h|32/10/2021|5|lundi
9.10.2021|9-10-2021|2021|octobre 2021|9 octobre 2021 à partir de 20h|20h00 - 22h00|samedi 9 octobre
jeudi 14 octobre 2021 18:30|14h30min|24h|9 octobre 2021 et|du 9 octobre 2021 14h au 10 octobre"""


@pytest.mark.parametrize("text", WHEN.replace("\n", "|").split("|"))
def test_days_and_hours(page: Page, text: str) -> None:
    found = read_when(text, TODAY)
    script = """async ([texte, jour]) => {
      const { Obscur, lire } = await import('/theme/js/contribuer-quand.js');
      try { return lire(texte, jour); } catch (raison) {
        if (raison instanceof Obscur) return raison.code;
        throw raison;
      }
    }"""
    told = page.evaluate(script, [text, TODAY.isoformat()])
    if isinstance(found, Fault):
        assert told == found.code
        return
    assert told == {
        "seances": [
            {
                "du": one.first.isoformat(),
                "au": one.last.isoformat() if one.last else None,
                "de": clock(one.start),
                "a": clock(one.end),
            }
            for one in found.sessions
        ],
        "heures": [[clock(start), clock(end)] for start, end in found.hours],
    }


def clock(moment: time | None) -> str | None:
    return f"{moment:%H:%M}" if moment else None


def brought(page: Page, kind: Kind, source: bytes | str, name: str = "a.csv") -> dict[str, Any]:
    """What the form of ``kind`` takes of a spreadsheet, or of cells that are pasted."""
    given: dict[str, Any] = {
        "octets": base64.b64encode(source).decode() if isinstance(source, bytes) else None,
        "texte": source if isinstance(source, str) else None,
        "nom": name,
        "genre": {Kind.EVENT: "evenement", Kind.LIEU: "lieu"}.get(kind, "ressource"),
        "schema": kind_schema(kind, vocabularies()),
        "table": columns_table(forms(vocabularies())[SERVED[kind]]),
        "lieux": LIEUX,
        "correspondances": rows("correspondances"),
    }
    found: dict[str, Any] = page.evaluate(BROUGHT, given)
    return found


TOOLS = [
    ["Nos outils"],
    [],
    ["Nom", "Description", "Type d’outil", "Prêteur", "Thématiques", "Publics visés", "Poids (kg)",
     "Prêt : tarif", "Prêt : panneaux", "Auteurs", "N° d’inventaire", "Texte", "Lien"],
    ["La valise lumière", "Dix expériences.", "Malle pédagogique", "Musée de l’exemple",
     "Mathématiques, physique, chimie ; numérique", "collégiens, lycéens", 12.5, "50 €", 8,
     "Un club ; une école, deux maîtres", "0012", "Un **texte**.\n\nÀ deux.",
     "https://exemple.test/"],
    ["Deuxième", "", "exposition", "Une école", "numérique", "familles", "1.250", *[""] * 6],
]  # fmt: skip


@pytest.mark.parametrize("form", tableurs.FORMATS)
def test_cells_become_the_same_values(page: Page, form: str) -> None:
    data = tableurs.FORMATS[form](TOOLS)
    titles = {name_key(title): slug for slug, title, _ in LIEUX}

    def named(text: str, folders: Any) -> str:
        return titles.get(name_key(text), text) if "lieux" in folders else text

    known = forms(vocabularies())["outils"]
    sheet = sheet_of(workbook_of(data, f"a.{form}")[0], known)
    assert sheet
    expected = []
    for row in sheet.rows:
        cells = {one.name: (row.at(rank), one) for rank, one in sheet.columns.items()}
        told = {
            name: value_of(cell, one, vocabularies(), named)
            for name, (cell, one) in cells.items()
            if cell.text
        }
        expected.append(
            {name: value for name, value in told.items() if isinstance(value, str | list)}
        )
    found = brought(page, Kind.RESSOURCE, data, f"a.{form}")["choix"]
    assert [flat(one) for one in found] == expected
    faults = [fault["code"] for one in found for fault in one["fautes"]]
    assert faults == ["E209"]


def flat(one: dict[str, Any]) -> dict[str, Any]:
    """A front matter by column, with its text."""
    found = {"corps": one["corps"]} if one["corps"] else {}
    for name, value in one["entete"].items():
        if name == "ids_externes":
            found["identifiant"] = value["tableur"]
        elif isinstance(value, dict):
            found |= {f"{name}.{key}": inner for key, inner in value.items()}
        else:
            found[name] = value
    return found


FIRST: dict[str, tableurs.Cell] = {
    "Intitulé": "Un",
    "Description": "R.",
    "Type d’animation": "Atelier scientifique",
    "Date": date(2021, 10, 9),
    "Horaires": "14h-16h",
    "Lieu": "La Coupole, Centre d’essai",
    "Salle": "auditorium",
    "Tarif": "gratuit",
    "Réservation": "obligatoire au 03 21 00 00 00",
    "Public": "familles, dès 7 ans",
    "PMR": "x",
    "Site web": "exemple.test/a",
    "Organisateur": "Un club ; une école",
    "Places": 30,
}
HERE: dict[str, tableurs.Cell] = {"Description": "R.", "Lieu": "Ici", "Ville": "Lille"}
DRAWN: list[dict[str, tableurs.Cell]] = [
    FIRST,
    {"Intitulé": "Deux", "Description": "R.", "Date": "du 9 au 12 octobre 2021",
     "Lieu": "Salle des fêtes", "Salle": "étage", "Ville": "Wizernes", "PMR": "oui",
     "Tarif": "5 € / réduit 3 €", "Réservation": "sans", "Âge minimum": "dès 8 ans"},
    {"Intitulé": "Conférence : l’eau", "Description": "On observe la pluie. " * 20,
     "Horaires": "18h30", "Date": "samedi 16 octobre 2021", "Heure de fin": "20h", "Tarif": "8,50",
     "Âge minimum": 12,
     "Adresse": "Salle fictive, 4 rue des Alouettes, 62500 Saint-Omer", "Public": "adultes",
     "Réservation": "https://exemple.test/r"},
    HERE | {"Intitulé": "Trois", "Type d’animation": "Visite / atelier",
            "Date": "9 et 10 octobre 2021", "Horaires": "10h-11h et 14h-15h",
            "Public": "Seniors / adultes et familles",
            "Réservation": "conseillée",
            "Tarif": "Plein tarif 8 euros, gratuit pour les enfants"},
    HERE | {"Intitulé": "Quatre", "Type d’animation": "Atelier", "Date": "03/04/21",
            "Tarif": "3 - 8 €"},
    HERE | {"Intitulé": "Cinq", "Date": "30/10/2021", "Horaires": "20h", "Heure de fin": "1h",
            "Tarif": "0", "Réservation": "écrire à a@exemple.test"},
    {"Intitulé": "Six", "Description": "R.", "Date": "30/10/2021", "Date de fin": "2/11/2021",
     "Lieu": "Nulle part"},
    FIRST | {"Date": date(2021, 10, 16)},
]  # fmt: skip
"""Events as structures write them: in their own words, several things in one cell."""
EVENTS_HEADS = [*FIRST, "Date de fin", "Heure de fin", "Adresse", "CP", "Ville", "Âge minimum"]
EVENTS = [EVENTS_HEADS, *([row.get(head) for head in EVENTS_HEADS] for row in DRAWN)]


def composed_in_python(data: bytes, name: str) -> dict[str, tuple[dict[str, Any], list[str]]]:
    """Values and codes of faults by title, as imports compose them."""
    sheet = sheet_of(workbook_of(data, name)[0], forms(vocabularies())["evenements"])
    assert sheet
    titles = {name_key(title): slug for slug, title, _ in LIEUX}
    items = {
        f"lieux/{slug}": SimpleNamespace(entry=SimpleNamespace(titre=title, code_commune=""))
        for slug, title, _ in LIEUX
    }
    around = Around(TODAY, vocabularies(), items, lambda text: "", str, titles)

    def named(text: str, folders: Any) -> str:
        return titles.get(name_key(text), text) if "lieux" in folders else text

    found: dict[str, list[Any]] = {}
    for row in sheet.rows:
        cells = {one.name: (row.at(rank), one) for rank, one in sheet.columns.items()}
        values = {
            key: value_of(cell, one, vocabularies(), named)
            for key, (cell, one) in cells.items()
            if cell.text
        }
        told = composed(Kind.EVENT, values, around)
        found.setdefault(told.values["titre"], []).append(told)
    return {
        title: (
            together([one.values for one in rows])[0],
            [fault.code for one in rows for fault, _ in one.found if fault.code[0] == "E"],
        )
        for title, rows in found.items()
    }


@pytest.mark.parametrize("form", tableurs.FORMATS)
def test_rows_become_the_same_events(page: Page, form: str) -> None:
    data = tableurs.FORMATS[form](EVENTS)
    expected = composed_in_python(data, f"a.{form}")
    found = brought(page, Kind.EVENT, data, f"a.{form}")["choix"]
    told = {one["titre"]: (flat(one), [fault["code"] for fault in one["fautes"]]) for one in found}
    town = told["Conférence : l’eau"][0].pop("adresse.commune")
    assert town == "Saint-Omer (62500)"  # Python looks it up, in tables that stay there
    assert expected["Conférence : l’eau"][0].pop("adresse.commune") == "Saint-Omer"
    assert {title: one[1] for title, one in told.items()} == {
        title: one[1] for title, one in expected.items()
    }
    for title, (values, _) in expected.items():
        assert told[title][0] == values


OWN = [
    ["Titre", "Jour", "Thèmes", "Tarif : gratuit", "Tarif", "Lieu", "Commune"],
    ["Un", "09/10/2021", "numerique|vivant-sante", "oui", "Sur place", "Ici", "Lille"],
    ["Total", "10/10/2021", "numerique", "non", "5 €", "Ici", "Lille"],
    ["Total", "", "", "", "12", "", ""],
]


def test_rows_of_our_own_tables(page: Page) -> None:
    """Bars between values, « oui » and « non », a title that is « Total »."""
    data = tableurs.separated(OWN)
    expected = composed_in_python(data, "a.csv")
    found = brought(page, Kind.EVENT, data)["choix"]
    assert {one["titre"]: flat(one) for one in found} == {
        title: values for title, (values, _) in expected.items()
    }
    assert found[0]["entete"]["themes"] == ["numerique", "vivant-sante"]
