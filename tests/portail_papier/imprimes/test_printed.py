"""What the catalogue for paper tells, how it is asked for: without what makes a PDF."""

import subprocess
import sys
from base64 import b64decode
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from plans import Tree, entry
from portail.diagnostics import ConfigError
from portail.features import configured
from portail_papier.imprimes.printed import catalogue, document

PRET = {"panneaux": "12", "caisses": "3", "poids_kg": "80", "tarif": "gratuit", "delai_jours": "30"}


def tool(title, **fields):
    base = {"titre": title, "type": "exposition", "pret": PRET, "proprietaire": "musee"}
    return entry("ressources", **base | fields)


FILES = {
    "lieux/musee": entry("lieux", titre="Musée", courriel="prets@example.org"),
    "ressources/zeste": tool("Zeste", themes=["astronomie-espace"]),
    "ressources/abeille": tool("Abeille", themes=["astronomie-espace", "vivant-sante"]),
    "ressources/seul": tool("Seul", proprietaire="Club", exemple=True),
    "ressources/livre": entry("ressources", titre="Un livre"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    root = tmp_path_factory.mktemp("imprimes")
    return Tree(root).site(FILES, siteurl="https://portail.example.org", courriel="e@example.org")


def test_each_tool_has_one_sheet_under_its_first_theme_and_is_in_each_index(site):
    view = catalogue(site)
    sheets = {part.theme: [one.titre for one in part.fiches] for part in view.parties}
    assert sheets.pop("astronomie-espace") == ["Abeille", "Zeste"]
    assert [len(some) for some in sheets.values()] == [1] and [*sheets] == [""]
    assert view.exemples and view.nombre == "3 outils", "what is invented counts"
    anchors = {one.ancre for part in view.parties for one in part.fiches}
    for index in (view.par_theme, view.par_proprietaire):
        assert {one.ancre for _, some in index for one in some} == anchors
    themes = {title: [one.titre for one in some] for title, some in view.par_theme}
    assert [title for title, some in themes.items() if "Abeille" in some] == list(themes)[:2]
    assert [title for title, _ in view.par_proprietaire] == ["Club", "Musée"]


def test_a_sheet_says_what_a_borrower_asks(site):
    sheets = {one.titre: one for part in catalogue(site).parties for one in part.fiches}
    sheet = sheets.pop("Zeste")
    (alone,) = (one for title, one in sheets.items() if "Seul" in title)
    assert alone.demander == ("e@example.org",), "no lender to be reached: editors hand on"
    told = {one.libelle: [value.texte for value in one.valeurs] for one in sheet.faits}
    assert told["Prêté par"] == ["Musée", "Amiens (80)"]
    assert told["Contenu"] == ["12\u00a0panneaux", "3\u00a0caisses"]
    assert told["À demander"] == ["30 jours à l’avance"]
    assert sheet.demander == ("prets@example.org",)
    assert sheet.adresse == "portail.example.org/ressources/zeste"
    assert not sheet.photo
    picture = Image.open(BytesIO(b64decode(sheet.code.partition(",")[2])))
    (read,) = zxingcpp.read_barcodes(picture.convert("L"))
    assert read.text == "https://portail.example.org/ressources/zeste/"


def test_an_empty_catalogue_is_not_printed(tree):
    site = tree.site({"lieux/musee": entry("lieux")})
    with pytest.raises(ConfigError, match="vide"):
        document(site)


def test_the_catalogue_is_made_once_and_offered_by_its_page_where_a_setting_asks(tree):
    without = tree.pages(FILES)
    assert "/catalogue/catalogue.pdf" not in without
    assert without["/catalogue/"].view().imprimes == ()
    asked = tree.run(FILES, imprimes=("catalogue", "catalogue")).plan
    assert [one.path for one in asked if one.path.endswith(".pdf")] == ["catalogue/catalogue.pdf"]
    (offered,) = tree.pages(FILES, imprimes=("catalogue",))["/catalogue/"].view().imprimes
    assert offered.url == "/catalogue/catalogue.pdf"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("catalogue", "liste"),
        (["programme/fete/2021"], "PORTAIL_IMPRIMES : « programme/fete/2021 ».*navigateur"),
        (["catalogue", "affiche/agenda"], "« affiche/agenda ».*navigateur"),
    ],
)
def test_what_the_setting_cannot_ask_for_is_refused(value, told):
    assert configured({"PORTAIL_IMPRIMES": ["catalogue"]}).added["imprimes"] == ("catalogue",)
    with pytest.raises(ConfigError, match=told):
        configured({"PORTAIL_IMPRIMES": value})


def test_a_site_without_documents_imports_nothing_of_them(tmp_path):
    code = (
        "import sys; from pathlib import Path; from plans import Tree, entry;"
        "Tree(Path(sys.argv[1])).pages({'lieux/musee': entry('lieux')});"
        "print([one for one in sys.modules if 'weasyprint' in one or 'imprimes.pdf' in one])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=Path(__file__).parents[2] / "helpers",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "[]\n", done.stderr
