"""What documents for paper tell, how they are asked for: without what makes a PDF."""

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
from portail.features.channels.imprimes.documents import document, programme
from portail.features.channels.imprimes.views import catalogue

PRET = {"panneaux": "12", "caisses": "3", "poids_kg": "80", "tarif": "gratuit", "delai_jours": "30"}


def tool(title, **fields):
    base = {"titre": title, "type": "exposition", "pret": PRET, "proprietaire": "musee"}
    return entry("ressources", **base | fields)


def event(day, commune, **fields):
    base = {"debut": f"2021-10-{day} 10:00", "adresse": {"commune": commune}, "temps_fort": "fete"}
    return entry("events", titre=f"Le {day} à {commune}", **base | fields)


FILES = {
    "lieux/musee": entry("lieux", titre="Musée", courriel="prets@example.org"),
    "ressources/zeste": tool("Zeste", themes=["astronomie-espace"]),
    "ressources/abeille": tool("Abeille", themes=["astronomie-espace", "vivant-sante"]),
    "ressources/seul": tool("Seul", proprietaire="Club", exemple=True),
    "ressources/livre": entry("ressources", titre="Un livre"),
    "temps-forts/fete": entry(
        "temps-forts", titre="Fête", editions={"2021": {"du": "2021-10-01", "au": "2021-10-11"}}
    ),
    "events/a": event("09", "Amiens", tarif={"gratuit": True}),
    "events/b": event("02", "Amiens"),
    "events/c": event("03", "Abbeville", etat="annule", tarif={"gratuit": True}),
    "events/d": event("03", "Lille"),
    "events/e": event("04", "Lille", publics=["college"], groupes={"niveaux": ["6e"]}),
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
    assert told["Contenu"] == ["12 panneaux", "3 caisses"]
    assert told["À demander"] == ["30 jours à l’avance"]
    assert sheet.demander == ("prets@example.org",)
    assert sheet.adresse == "portail.example.org/ressources/zeste"
    assert not sheet.photo
    picture = Image.open(BytesIO(b64decode(sheet.code.partition(",")[2])))
    (read,) = zxingcpp.read_barcodes(picture.convert("L"))
    assert read.text == "https://portail.example.org/ressources/zeste/"


def towns(view):
    return {
        one.nom: {town: [line.titre for line in lines] for town, lines in one.communes}
        for one in view.lieux
    }


def test_a_programme_goes_by_departement_commune_then_day(site):
    view = programme(site, "temps-forts/fete", 2021, "grand-public", "")
    assert towns(view) == {
        "Nord": {"Lille": ["Le 03 à Lille"]},
        "Somme": {
            "Abbeville": ["Le 03 à Abbeville"],
            "Amiens": ["Le 02 à Amiens", "Le 09 à Amiens"],
        },
    }
    lines = {
        line.titre: line for place in view.lieux for _, some in place.communes for line in some
    }
    assert lines["Le 03 à Abbeville"].annule and not lines["Le 03 à Abbeville"].pratique
    assert "Gratuit" in lines["Le 09 à Amiens"].pratique
    assert view.sans == ("Aisne", "Oise", "Pas-de-Calais")
    assert view.nombre == "4 événements"


def test_a_programme_may_be_of_one_departement_and_for_schools(site):
    view = programme(site, "temps-forts/fete", 2021, "scolaires", "Nord")
    assert towns(view) == {"Nord": {"Lille": ["Le 04 à Lille"]}}
    assert "Nord" in view.titre and view.sans == ()


@pytest.mark.parametrize(
    ("words", "url"),
    [
        ("catalogue", "/catalogue/catalogue.pdf"),
        ("programme/fete/2021", "/temps-forts/fete/2021/programme-grand-public.pdf"),
        (
            "programme/temps-forts/fete/2021/Somme/scolaires",
            "/temps-forts/fete/2021/programme-scolaires-somme.pdf",
        ),
        ("affiche/agenda", "/agenda/affiche/2021-10/affiche.pdf"),
    ],
)
def test_a_document_is_asked_for_in_words(site, words, url):
    assert document(site, words.split("/")).url == url


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("catalog", "« catalogue »"),
        ("catalogue/somme", "« somme »"),
        ("programme/fetes/2021", "« fete »"),
        ("programme/fete/2020", "2021"),
        ("programme/fete", "2021"),
        ("programme/fete/2021/some", "« somme »"),
        ("affiche/lieux/rien", "agenda"),
        ("bilan/lieux/musee/2021", "catalogue"),
        ("", "catalogue"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_does(site, words, told):
    with pytest.raises(ConfigError, match=told):
        document(site, words.split("/"))


def test_an_empty_catalogue_is_not_printed(tree):
    site = tree.site({"lieux/musee": entry("lieux")})
    with pytest.raises(ConfigError, match="vide"):
        document(site, ["catalogue"])


def test_documents_are_planned_once_and_only_on_demand(tree):
    def printed(*asked):
        plan = tree.run(FILES, imprimes=asked).plan
        return [one.path for one in plan or () if one.path.endswith(".pdf")]

    assert printed() == []
    assert len(printed("catalogue", "catalogue", "programme/fete/2021")) == 2


def test_pages_offer_the_documents_of_their_folder(tree):
    pages = tree.pages(FILES, imprimes=("catalogue", "programme/fete/2021"))
    (catalogue_page, rendezvous) = (
        pages[url].view() for url in ("/catalogue/", "/temps-forts/fete/")
    )
    assert [document.url for document in catalogue_page.imprimes] == ["/catalogue/catalogue.pdf"]
    assert [document.url for document in rendezvous.edition.imprimes] == [
        "/temps-forts/fete/2021/programme-grand-public.pdf"
    ]


def test_the_setting_is_a_list():
    assert configured({"PORTAIL_IMPRIMES": ["catalogue"]}).added["imprimes"] == ("catalogue",)
    with pytest.raises(ConfigError, match="liste"):
        configured({"PORTAIL_IMPRIMES": "catalogue"})


def test_a_site_without_documents_imports_nothing_of_them(tmp_path):
    code = (
        "import sys; from pathlib import Path; from plans import Tree, entry;"
        "Tree(Path(sys.argv[1])).pages({'lieux/musee': entry('lieux')});"
        "print([one for one in sys.modules if 'weasyprint' in one or 'portail_impression' in one])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=Path(__file__).parents[3] / "helpers",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "[]\n", done.stderr
