"""The geography tables are made from the package alone, in a fixed order."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "outils" / "communes.py"


@pytest.fixture(scope="module")
def outil() -> ModuleType:
    spec = importlib.util.spec_from_file_location("outils_communes", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def commune(code: str, nom: str, **more: object) -> dict[str, object]:
    base = {"code": code, "nom": nom, "type": "commune-actuelle", "departement": code[:2],
            "region": "32", "codesPostaux": [code]}  # fmt: skip
    return base | more


@pytest.fixture
def paquet(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    (folder / "data").mkdir(parents=True)
    files = {
        "communes": [
            commune("62002", "Bourg-Exemple", codesPostaux=["62900", "62010"]),
            commune("62001", "Ville-Exemple"),
            commune("76001", "Rive-Exemple", region="28"),
            commune("76002", "Loin-Exemple", region="28"),
            {"code": "98735", "nom": "Île-Exemple", "type": "commune-actuelle"},
            {"code": "62003", "nom": "Ancien-Exemple", "type": "commune-deleguee",
             "chefLieu": "62001"},
            {"code": "62001", "nom": "Ville-Exemple", "type": "commune-deleguee",
             "chefLieu": "62001"},
        ],
        "epci": [
            {"code": "200000002", "nom": "CA du Pays d'Exemple", "type": "CA",
             "membres": [{"code": "62001"}, {"code": "62002"}, {"code": "76001"}]},
            {"code": "200000001", "nom": "CC de Loin", "type": "CC",
             "membres": [{"code": "76002"}]},
        ],
        "departements": [{"code": "76", "nom": "Seine-Maritime", "region": "28"},
                         {"code": "62", "nom": "Pas-de-Calais", "region": "32"}],
        "regions": [{"code": "32", "nom": "Hauts-de-France"}],
    }  # fmt: skip
    for name, content in files.items():
        path = folder / "data" / f"{name}.json"
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "communes-usage.csv").write_text(
        "# commentaire\ncode,nom\n62001,Ville-sur-Mer\n76002,Ailleurs\n", encoding="utf-8"
    )
    (folder / "communes-geonames.csv").write_text(
        "code,nom,geonameid,lat,lon\n62001,Ville-Exemple,1,50.5,2.25\n", encoding="utf-8"
    )
    return folder


def run(outil: ModuleType, paquet: Path, sources: Path, out: Path) -> dict[str, str]:
    out.mkdir()
    arguments = ["--paquet", str(paquet), "--sources", str(sources), "--sortie", str(out)]
    assert outil.main(arguments) == 0
    return {path.name: path.read_text(encoding="utf-8") for path in out.iterdir()}


def test_tables(outil: ModuleType, paquet: Path, sources: Path, tmp_path: Path) -> None:
    """The region's communes, their EPCI whole names, former and usual names, in order of code."""
    assert run(outil, paquet, sources, tmp_path / "out") == {
        "communes.csv": "code,nom,codes_postaux,departement,epci,lat,lon\n"
        "62001,Ville-Exemple,62001,62,200000002,50.5,2.25\n"
        "62002,Bourg-Exemple,62010 62900,62,200000002,,\n",
        "communes-alias.csv": "nom,code,nature\n"
        "Ancien-Exemple,62001,deleguee\n"
        "Ville-sur-Mer,62001,usage\n",
        "epci.csv": "siren,nom,type,departement\n"
        "200000002,Communauté d'agglomération du Pays d'Exemple,ca,62\n",
        "departements.csv": "code,nom,region\n62,Pas-de-Calais,32\n76,Seine-Maritime,28\n",
        "regions.csv": "code,nom\n32,Hauts-de-France\n",
    }


def test_a_place_elsewhere_brings_its_own_epci(
    outil: ModuleType, paquet: Path, sources: Path, tmp_path: Path
) -> None:
    """A commune with coordinates is kept even outside the region."""
    with (sources / "communes-geonames.csv").open("a", encoding="utf-8") as file:
        file.write("76002,Loin-Exemple,2,49.5,1.0\n")
    written = run(outil, paquet, sources, tmp_path / "out")
    assert "76002,Loin-Exemple,76002,76,200000001,49.5,1.0\n" in written["communes.csv"]
    assert "200000001,Communauté de communes de Loin,cc,76\n" in written["epci.csv"]
    assert "Ailleurs,76002,usage\n" in written["communes-alias.csv"]


def test_unknown_coordinates_are_refused(
    outil: ModuleType, paquet: Path, sources: Path, tmp_path: Path
) -> None:
    """A code that no commune bears stops the script and is named."""
    with (sources / "communes-geonames.csv").open("a", encoding="utf-8") as file:
        file.write("62999,Nulle-Part,3,50.0,2.0\n")
    with pytest.raises(ValueError, match="62999"):
        run(outil, paquet, sources, tmp_path / "out")
