"""``portail chiffres``: a year of the portal, of a structure, of a territory, in each format."""

import csv
import io
import re

import pytest
from lxml import html

from doses import rows_of
from plans import contents, entry, write
from portail.cli import main

CASES = rows_of("portail_bureau/tests/chiffres/commande.yml")


@pytest.fixture(autouse=True)
def portal(tmp_path, monkeypatch):
    write(tmp_path, contents(CASES["contenus"]))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys, *arguments, code=0):
    assert main(["chiffres", *arguments, "--date", "2022-06-01"]) == code
    out, err = capsys.readouterr()
    assert bool(err) is bool(code)
    return err if code else out


def test_a_structure_is_ready_to_paste(capsys):
    text = said(capsys, "2021", "--lieu", "la-coupole")
    assert text.startswith("# La Coupole en 2021\n\n- Rendez-vous : **2**")
    assert "| Nuit \\| jour |" in text
    assert "| Articles | 1 |" in text


@pytest.mark.parametrize("name", ["saint-omer", "territoires/saint-omer", "200069037"])
def test_a_territory_has_several_names(capsys, name):
    text = said(capsys, "2021", "--territoire", name)
    assert text.startswith("# Saint-Omer en 2021\n")
    assert "\n- Rendez-vous : **3**" in text  # all three are in Wizernes


@pytest.mark.parametrize("who", [("--lieu", "la-coupole"), ("--territoire", "somme"), ()])
def test_a_year_without_content_is_a_sentence(capsys, who):
    text = said(capsys, "2011", *who)
    assert "2011" in text
    assert "|" not in text and "**" not in text, "neither tables nor figures of nothing"


@pytest.mark.parametrize(("arguments", "words"), CASES["refus"])
def test_a_mistake_is_said(capsys, portal, arguments, words):
    (portal / "articles.md").write_text("", encoding="utf-8")
    assert words in said(capsys, *arguments, code=2)


def test_contents_with_an_error_are_not_counted(capsys, portal):
    write(portal, {"events/d": entry("events", debut="2021-02-30")})
    assert "portail check" in said(capsys, "2021", code=1)


def test_every_figure_is_a_line_of_the_csv(capsys, portal):
    said(capsys, "2021", "--territoire", "saint-omer", "--sortie", "a.csv")
    text = (portal / "a.csv").read_text("utf-8")
    assert text.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(text[1:]), delimiter=";")
    assert head == ["tableau", "ligne", "colonne", "valeur"]
    assert ["Chiffres clés", "Rendez-vous", "Valeur", "3"] in rows
    assert {len(row) for row in rows} == {4}
    assert ["Mois par mois", "avr.", "2021", "1"] in rows


def test_no_cell_of_the_csv_runs(capsys, portal):
    said(capsys, "2021", "--lieu", "les-amis", "--sortie", "a.csv")
    text = (portal / "a.csv").read_text("utf-8")
    assert "'=1+1" in text
    assert ";=1" not in text


def test_a_page_stands_alone(capsys, portal):
    said(capsys, "2021", "--lieu", "la-coupole", "--sortie", "rapport/bilan.html")
    page = html.fromstring((portal / "rapport/bilan.html").read_bytes())
    assert page.findtext(".//h1") == "La Coupole en 2021"
    assert page.xpath("//@src | //link | //script | //@href") == []  # no address is set
    assert "@import" not in "".join(page.xpath("//style/text()"))
    assert len(page.xpath("//table")) > 3
    assert len(page.xpath("//svg[@aria-label]")) == 1


def test_links_of_a_page_are_whole_and_it_has_the_same_bytes_twice(portal, capsys):
    (portal / "pelicanconf.py").write_text('SITEURL = "https://exemple.org/p"', encoding="utf-8")
    for name in ("a", "b"):
        said(capsys, "2021", "--lieu", "la-coupole", "--sortie", f"{name}.html")
    assert (portal / "a.html").read_bytes() == (portal / "b.html").read_bytes()
    links = html.fromstring((portal / "a.html").read_bytes()).xpath("//@href")
    assert links
    assert all(one.startswith("https://exemple.org/p/") for one in links)


@pytest.mark.chromium
def test_a_browser_prints_few_sheets(capsys, portal, browser):
    said(capsys, "2021", "--lieu", "la-coupole", "--sortie", "a.html")
    page = browser.new_page()
    page.set_content((portal / "a.html").read_text("utf-8"))
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 2
