"""The spreadsheets to fill in, as another reader of the format sees them."""

import io
import re
import zipfile

from doses import cases
from plans import entry
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir
from portail_importer.tableurs.columns import NAMES, forms
from portail_importer.tableurs.models import template
from portail_importer.tableurs.output import plan
from portail_importer.tableurs.reading import workbook_of

FORMS = forms(Vocabularies.load(data_dir()))


def texts(name):
    """The cells of each sheet."""
    grids = workbook_of(template(FORMS[name]), "modele.xlsx")
    return [[[cell.text for cell in row.cells] for row in grid.rows] for grid in grids]


@cases("name", NAMES)
def test_the_same_bytes_every_time(name):
    assert template(FORMS[name]) == template(forms(Vocabularies.load(data_dir()))[name])


def test_it_says_the_labels_and_the_choices_of_the_model():
    (heads, example), guide, lists = texts("outils")
    assert heads[:3] == ["Titre", "Résumé", "Type"]
    assert len(example) == len(heads)
    said = {row[0]: row for row in guide}
    assert set(heads) < set(said)
    labels = [term.label for term in Vocabularies.load(data_dir())["types-ressources"].values()]
    assert all(label in said["Type"][-1] for label in labels)
    assert [row[0] for row in lists if row[0]] == ["Type", *labels]


def test_a_single_choice_is_a_list_of_the_workbook():
    archive = zipfile.ZipFile(io.BytesIO(template(FORMS["outils"])))
    sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    found = re.search(r'sqref="C2:C\d+"><formula1>Listes!\$A\$2:\$A\$(\d+)<', sheet)
    types = Vocabularies.load(data_dir())["types-ressources"]
    assert int(found[1]) == len(types) + 1


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
    made = {one.url: one for one in plan(site)}
    assert set(made) == {f"/contribuer/modeles/{name}.xlsx" for name in NAMES}
    for name in NAMES:
        assert made[f"/contribuer/modeles/{name}.xlsx"].make(()) == template(
            FORMS[name], site.geography.place
        )
