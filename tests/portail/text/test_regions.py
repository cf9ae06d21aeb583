"""A region inside a sentence, and no sentence that says it by itself."""

import csv
import re

import pytest

from checkout import ROOT
from portail.outputs.base import TemplatePage, TextFile
from portail.resources import data_dir
from portail.text.typography import in_region

SAID = """
en Guadeloupe, en Martinique, en Guyane, à La Réunion, à Mayotte, en Île-de-France,
en Centre-Val de Loire, en Bourgogne-Franche-Comté, en Normandie, en Hauts-de-France,
dans le Grand Est, dans les Pays de la Loire, en Bretagne, en Nouvelle-Aquitaine, en Occitanie,
en Auvergne-Rhône-Alpes, en Provence-Alpes-Côte d'Azur, en Corse, à Saint-Pierre-et-Miquelon,
à Saint-Barthélemy, à Saint-Martin, dans les Terres australes et antarctiques françaises,
à Wallis et Futuna, en Polynésie française, en Nouvelle-Calédonie, à l’Île de Clipperton
"""
BY_ITSELF = re.compile(r"\b(?:en|de|à|dans les?) \{+ ?[\w.]*region\b", re.IGNORECASE)


def test_each_region_as_french_says_it():
    rows = csv.DictReader((data_dir() / "regions.csv").open(encoding="utf-8"))
    assert [in_region(row["nom"]) for row in rows] == " ".join(SAID.split()).split(", ")


def test_no_template_nor_sentence_says_it_by_itself():
    templates = (ROOT / "theme/templates").rglob("*.*")
    files = [*templates, *(ROOT / "plugins").rglob("*.py")]
    assert [path.name for path in files if BY_ITSELF.search(path.read_text("utf-8"))] == []
    assert BY_ITSELF.search("en {{ vue.cadre.region|typo }}") and BY_ITSELF.search("en {region} :")


@pytest.mark.parametrize(
    "region", ["La Réunion", pytest.param("Grand Est", marks=pytest.mark.long)]
)
def test_no_page_of_another_region_says_it_wrong(tmp_path, tree, region):
    vitrine = ROOT / "tests/sites/vitrine/content"
    (tmp_path / "content").symlink_to(vitrine)
    plan = tree.run(region=region, siteurl="https://exemple.org").plan
    right = 0
    for one in plan:
        told = repr(one.view()) if isinstance(one, TemplatePage) else ""
        told += "".join(one.produce()) if isinstance(one, TextFile) else ""
        assert f"en {region}" not in told, one.url
        right += in_region(region) in told
    assert right > 100
