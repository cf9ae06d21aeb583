"""The geography tables are made from the packages alone, in a fixed order."""

import json

import pytest

import communes as outil
from wheels import square, wkb_outline, wkb_point, write_wheel


def commune(code, nom, **more):
    base = {"code": code, "nom": nom, "type": "commune-actuelle", "departement": code[:2],
            "region": "32", "codesPostaux": [code]}  # fmt: skip
    return base | more


@pytest.fixture
def paquet(tmp_path):
    folder = tmp_path / "package"
    (folder / "data").mkdir(parents=True)
    files = {
        "communes": [
            commune("62002", "Bourg-Exemple", codesPostaux=["62900", "62010"],
                    population=19_999),
            commune("62001", "Ville-Exemple", population=20_000),
            commune("76001", "Rive-Exemple", region="28", population=800),
            {"code": "98735", "nom": "Île-Exemple", "type": "commune-actuelle",
             "collectiviteOutremer": {"code": "987", "nom": "Archipel"}},
            {"code": "62003", "nom": "Ancien-Exemple", "type": "commune-deleguee",
             "chefLieu": "62001"},
            {"code": "62004", "nom": "Voisin-Exemple", "type": "commune-associee",
             "chefLieu": "62001"},
            {"code": "62001", "nom": "Ville-Exemple", "type": "commune-deleguee",
             "chefLieu": "62001"},
            {"code": "76101", "nom": "Rive 1er Arrondissement", "type": "arrondissement-municipal",
             "commune": "76001"},
        ],
        "arrondissements": [{"code": "761", "nom": "Rive-Exemple", "chefLieu": "76001"}],
        "epci": [
            {"code": "200000002", "nom": "CA du Pays  d'Exemple", "type": "CA",
             "membres": [{"code": "62001"}, {"code": "62002"}, {"code": "76001"}]},
        ],
        "departements": [{"code": "76", "nom": "Seine-Maritime", "region": "28"},
                         {"code": "62", "nom": "Pas-de-Calais", "region": "32"}],
        "regions": [{"code": "32", "nom": "Hauts-de-France", "chefLieu": "62001"}],
    }  # fmt: skip
    for name, content in files.items():
        path = folder / "data" / f"{name}.json"
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.fixture
def sources(tmp_path):
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "communes-usage.csv").write_text(
        "# commentaire\ncode,nom\n62001,Ville-sur-Mer\n76001,Ailleurs\n", encoding="utf-8"
    )
    return folder


@pytest.fixture
def wheel(tmp_path):
    """A town hall in its commune, one far away, a commune without drawing."""
    return write_wheel(
        tmp_path / "recent.whl",
        {
            "62001": (wkb_outline([square(2, 50)]), wkb_point(2.123456, 50.5)),
            "62002": (wkb_outline([square(3, 50)]), wkb_point(50.5, 50.5)),
        },
    )


def run(paquet, sources, out, *wheels):
    out.mkdir()
    arguments = f"--paquet {paquet} --millesime 2021 --populations 2019 --sources {sources}"
    arguments += f" --sortie {out} --positions {' '.join(map(str, wheels))}"
    assert outil.main(arguments.split()) == 0
    return {path.name: path.read_text(encoding="utf-8") for path in out.iterdir()}


def test_tables(paquet, sources, wheel, tmp_path):
    """All communes, EPCI with whole names, former and usual names, in order of code."""
    assert run(paquet, sources, tmp_path / "out", wheel) == {
        "communes.csv": "code,nom,codes_postaux,departement,epci,lat,lon,population\n"
        "62001,Ville-Exemple,62001,62,200000002,50.5,2.1235,20000\n"
        "62002,Bourg-Exemple,62010 62900,62,200000002,50.5,3.5,19999\n"
        "76001,Rive-Exemple,76001,76,200000002,,,800\n"
        "98735,Île-Exemple,,987,,,,\n",
        "communes-alias.csv": "nom,code,nature\n"
        "Ancien-Exemple,62001,deleguee\n"
        "Ville-sur-Mer,62001,usage\n"
        "Voisin-Exemple,62001,associee\n"
        "Ailleurs,76001,usage\n"
        "Rive 1er Arrondissement,76001,arrondissement\n",
        "villes.csv": "code,population\n62001,20000\n76001,800\n",
        "epci.csv": "siren,nom,type,departement,population,annee\n"
        "200000002,Communauté d'agglomération du Pays d'Exemple,ca,62,40799,2019\n",
        "departements.csv": "code,nom,region,population,annee,feries\n"
        "62,Pas-de-Calais,32,39999,2019,\n"
        "76,Seine-Maritime,28,800,2019,\n987,Archipel,987,,,\n",
        "regions.csv": "code,nom,population,annee,chef_lieu\n"
        "32,Hauts-de-France,39999,2019,62001\n987,Archipel,,,98735\n",
        "decoupage.csv": "millesime\n2021\n",
    }


def test_a_usual_name_of_nowhere_is_refused(paquet, sources, wheel, tmp_path):
    """A code that no commune bears stops the script and is named."""
    with (sources / "communes-usage.csv").open("a", encoding="utf-8") as file:
        file.write("62999,Nulle-Part\n")
    with pytest.raises(ValueError, match="62999, Nulle-Part"):
        run(paquet, sources, tmp_path / "out", wheel)
