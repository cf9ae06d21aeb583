"""The spreadsheets to fill in, as another reader of the format sees them."""

import io
import re
import zipfile

from lxml import etree

from doses import cases
from plans import entry
from portail.features.intake.contribuer.files import plan_contribuer
from portail.features.services.tableurs.columns import NAMES, forms
from portail.features.services.tableurs.models import template
from portail.model.vocabulary import Vocabularies
from portail.outputs.base import Derived
from portail.resources import data_dir

FORMS = forms(Vocabularies.load(data_dir()))


def texts(data, part):
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(part))
    rows = root.iterfind(".//{*}row")
    return [["".join(cell.itertext()) for cell in row.iterfind("{*}c")] for row in rows]


@cases("name", NAMES)
def test_the_same_bytes_every_time(name):
    assert template(FORMS[name]) == template(forms(Vocabularies.load(data_dir()))[name])


def test_it_says_the_labels_and_the_choices_of_the_model():
    data = template(FORMS["outils"])
    heads, example = texts(data, "xl/worksheets/sheet1.xml")
    assert heads[:3] == ["Titre", "Résumé", "Type"]
    assert len(example) == len(heads)
    guide = {row[0]: row for row in texts(data, "xl/worksheets/sheet2.xml")}
    assert set(heads) < set(guide)
    types = Vocabularies.load(data_dir())["types-ressources"]
    assert all(term.label in guide["Type"][-1] for term in types.values())


def test_a_single_choice_is_a_list_of_the_workbook():
    data = template(FORMS["outils"])
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    found = re.search(r'sqref="C2:C\d+"><formula1>Listes!\$A\$2:\$A\$(\d+)<', sheet)
    chosen = [row[0] for row in texts(data, "xl/worksheets/sheet3.xml")][1 : int(found[1])]
    types = Vocabularies.load(data_dir())["types-ressources"]
    assert chosen == [term.label for term in types.values()]


@cases("name", NAMES)
def test_every_part_is_declared_and_whole(name):
    archive = zipfile.ZipFile(io.BytesIO(template(FORMS[name])))
    parts = set(archive.namelist())
    types = etree.fromstring(archive.read("[Content_Types].xml"))
    declared = {str(one.get("PartName"))[1:] for one in types.iterfind("{*}Override")}
    assert {part for part in parts if not part.endswith(".rels")} - declared == {
        "[Content_Types].xml"
    }
    assert declared <= parts
    for part in parts:
        etree.fromstring(archive.read(part))
    related = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    assert {f"xl/{one.get('Target')}" for one in related} <= parts


@cases("name", NAMES)
def test_words_name_fields_that_there_are(name):
    form = FORMS[name]
    known = {column.name for column in form.columns}
    assert {*form.row.mots, *form.row.modele, *form.row.exemple} <= known
    for field, words in form.row.mots.items():
        for word in words:
            column = form.column(word)
            assert column is not None
            assert column.name == field, f"« {word} » is said of {field} and of {column.name}"


def test_the_site_offers_them(tree):
    site = tree.site({"lieux/musee": entry("lieux")})
    made = {one.url: one for one in plan_contribuer(site) if isinstance(one, Derived)}
    assert set(made) == {f"/contribuer/modeles/{name}.xlsx" for name in NAMES}
    for name in NAMES:
        assert made[f"/contribuer/modeles/{name}.xlsx"].make(()) == template(
            FORMS[name], site.geography.place
        )
