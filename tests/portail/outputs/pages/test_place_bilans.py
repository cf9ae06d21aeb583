"""Pages of the years of structures and territories, where a setting asks for them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from plans import Tree, entry
from portail.config import site_config
from portail.diagnostics import ConfigError
from portail.outputs.base import TemplatePage, TextFile

FILES = {
    "lieux/a": entry("lieux", titre="Le Musée", commune="Wizernes"),
    "lieux/b": entry("lieux", commune="Amiens"),
    "territoires/t": entry("territoires", titre="Saint-Omer", type="ca", code="200069037"),
    "events/e": entry("events", lieu="a", debut="2021-03-09 14:00"),
    "events/f": entry("events", lieu="a", debut="2019-03-09 14:00"),
}


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def below(tree: Tree, **settings: Any) -> dict[str, TemplatePage | TextFile]:
    plan = tree.run(FILES, **settings).plan
    assert plan is not None
    found = (one for one in plan if isinstance(one, TemplatePage | TextFile))
    return {one.url: one for one in found if "/bilan/" in one.url}


def test_nothing_is_planned_unless_it_is_asked(tree: Tree) -> None:
    assert below(tree) == {}


def test_a_year_has_a_page_when_it_has_something(tree: Tree) -> None:
    found = below(tree, bilans=("lieux/a",))
    pages = [url for url, one in found.items() if isinstance(one, TemplatePage)]
    assert sorted(pages) == ["/lieux/a/bilan/2019/", "/lieux/a/bilan/2021/"]
    page = found["/lieux/a/bilan/2021/"]
    assert isinstance(page, TemplatePage)
    view: Any = page.view()
    assert view.titre == "Le Musée en 2021"
    assert [one.texte for one in view.annees] == ["2021", "2019"]
    for table in view.mesures:
        file = found[table.fichier]
        assert isinstance(file, TextFile)
        text = "".join(file.produce()).removeprefix("\ufeff")
        head, *rows = csv.reader(io.StringIO(text), delimiter=";")
        assert len(rows) == len(table.lignes)
        assert len(head) == len(table.colonnes) + 1


def test_a_territory_too_and_its_page_leads_there(tree: Tree) -> None:
    found = below(tree, bilans=("territoires/t", "lieux/a"))
    assert "/territoires/t/bilan/2021/" in found
    for url in ("/territoires/t/", "/lieux/a/"):
        view = tree.view(url, bilans=("territoires/t", "lieux/a"))
        (fact,) = (one for one in view.faits if one.libelle == "Bilan")
        assert [one.url for one in fact.valeurs] == [f"{url}bilan/2021/"]
    years = tree.view("/lieux/a/bilan/2021/", bilans=("lieux/a",)).annees
    assert [one.url for one in years] == ["/lieux/a/bilan/2021/", "/lieux/a/bilan/2019/"]
    view = tree.view("/lieux/b/", bilans=("lieux/a",))
    assert "Bilan" not in {one.libelle for one in view.faits}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("lieux/aa", "Vouliez-vous dire « a » ?"),
        ("articles/a", "lieux/ ou territoires/"),
        ("territoires/tt", "PORTAIL_BILANS"),
    ],
)
def test_a_name_that_nothing_has_stops_the_build(tree: Tree, name: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words.replace("?", r"\?")):
        tree.run(FILES, bilans=(name,))


@pytest.mark.parametrize("value", ["lieux/a", ["lieux/a", 3], {"lieux/a": 1}, True])
def test_the_setting_is_a_list_of_texts(value: object) -> None:
    with pytest.raises(ConfigError, match="PORTAIL_BILANS attend une liste de textes"):
        site_config({"PORTAIL_BILANS": value})


@pytest.mark.parametrize("value", [["lieux/a"], ("lieux/a",)])
def test_the_setting_is_read(value: object) -> None:
    assert site_config({"PORTAIL_BILANS": value}).bilans == ("lieux/a",)


def test_a_long_table_is_cut_on_the_page_not_in_its_file(tree: Tree) -> None:
    many = {f"events/x{rank}": entry("events", titre=f"Titre {rank}", lieu="a",
                                     debut="2021-03-09 14:00") for rank in range(30)}  # fmt: skip
    plan = tree.run({**FILES, **many}, bilans=("lieux/a",)).plan
    assert plan is not None
    found = {one.url: one for one in plan if isinstance(one, TemplatePage | TextFile)}
    page, file = (found[f"/lieux/a/bilan/2021/{name}"] for name in ("", "rendez-vous.csv"))
    assert isinstance(page, TemplatePage)
    assert isinstance(file, TextFile)
    view: Any = page.view()
    (table,) = (one for one in view.mesures if one.code == "rendez-vous")
    assert len(table.lignes) < 20
    assert "CSV" in table.note
    assert len("".join(file.produce()).splitlines()) == 32
