"""Open lists in their published form: what they say fills what nobody wrote, with its source."""

from pathlib import Path

import pytest
import yaml

import arrivages
from doses import rows_of
from plans import entry, write
from portail.cli import main

CASES = rows_of("portail_importer/tests/importer/listes.yml")
DAY = "2026-11-29"
# As the ministry publishes it (POP), then as its portal of data exports it.
MUSEOFILE = """\
Identifiant|Nom_officiel|Adresse|Lieu|Code_postal|Ville|Telephone|URL|Domaine_thematique|Coordonnees
M1|musée des nuages|2 rue du Ciel|hôtel de ville|80000|AMIENS Cedex 1|\
03 21 00 00 00 ; 03 21 00 00 01|musee-nuages.fr|Technique et industrie;Beaux-arts|49.8943, 2.2958
M2|musée breton|1 rue du Roi||29000|Quimper|||Ethnologie|48.1, -4.1
M3|musée sans place|||62000|Arras||||0, 0
"""
EXPORT = """\
Région administrative;Département;Identifiant Muséofile;Commune;Nom officiel du musée;Adresse;Lieu;\
Code Postal;Téléphone;URL;Latitude;Longitude;REF_Deps;geolocalisation
Hauts-de-France;Somme;M1;Amiens;musée des nuages;2 rue du Ciel;;80000;03 21 00 00 00;\
www.musee-nuages.fr;49.8943;2.2958;;49.8943,2.2958
"""
LIBRARIES = """\
Code_bib;Nom de l'établissement;Type adresse;Adresse;CP;Ville;Téléphone;site_internet;Surface
77;Médiathèque des pluies;Bâtiment ouvert;3 rue de l'Eau;80000;Amiens;;mediatheque-pluies.fr;900
78;Bibliobus;Bibliobus;;80000;Amiens;;;
79;Bibliothèque d'ailleurs;Bâtiment ouvert;;29000;Quimper;;;50
"""
ACCESS = """\
"id","name","postal_code","commune","numero","voie","code_insee","longitude","latitude",\
"stationnement_ext_pmr","entree_plain_pied","accueil_equipements_malentendants",\
"sanitaires_adaptes","labels","labels_familles_handicap"
"a1","Le Musée des vents",80000,"AMIENS","1","Rue DU VENT",80021,"2.2960","49.8950","True","True",\
"[""bim"", ""sts""]","False","[""th""]","[""moteur"", ""auditif""]"
"a2","Boulangerie",80000,"AMIENS","2","Rue DU VENT",80021,"2.2961","49.8951",,"True",,,,
"""
STOPS = """\
stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station
1,Hôtel de ville,49.8941,2.2957,,
2,Pôle,49.9000,2.3000,1,
2a,Pôle quai A,49.9001,2.3001,0,2
2b,Pôle porte,49.9002,2.3002,2,2
3,Loin,48.1,-4.1,0,
"""


@pytest.fixture
def site(site):
    (site / "pelicanconf.py").write_text('PORTAIL_REGION = "Hauts-de-France"\n', "utf-8")
    return site


def bring(text, *options, name="liste.csv"):
    Path(name).write_text(text, "utf-8")
    return main(["importer", name, "--date", DAY, "--liste", "ouverte", *options])


def sheet(site, slug):
    return arrivages.front(site, f"lieux/{slug}", loader=yaml.BaseLoader)


def test_museums_of_the_region_are_sheets_with_their_source(site, output):
    assert bring(MUSEOFILE) == 0
    assert sheet(site, "musee-des-nuages") == CASES["musee"]
    assert "coordonnees" not in sheet(site, "musee-sans-place")
    heading = output().partition("\n")[0]
    for told in ("Muséofile", "1 ligne d’une autre région"):
        assert told in heading
    assert not (site / "content/lieux/musee-breton.md").exists()


def test_the_same_museum_in_another_published_form_is_the_same_sheet(site, output):
    assert bring(MUSEOFILE) == 0
    before = arrivages.contents(site)
    assert bring(EXPORT) == 0
    assert arrivages.contents(site) == before


def test_what_a_person_wrote_stays_and_what_is_empty_is_filled(site):
    mine = entry(
        "lieux",
        titre="Musée des nuages",
        commune="Amiens",
        telephone="03 22 99 99 99",
        references=[{"titre": "Notre visite"}],
    )
    write(site, {"lieux/nuages": mine})
    assert bring(MUSEOFILE) == 0
    filled = sheet(site, "nuages")
    assert filled["telephone"] == "03 22 99 99 99"
    assert filled["resume"] == "Un résumé."
    assert filled["site"] == "https://musee-nuages.fr"
    assert filled["references"] == [{"titre": "Notre visite"}, *CASES["musee"]["references"]]
    assert "verifie_le" not in filled


def test_a_sheet_that_lacks_nothing_of_the_list_does_not_change(site):
    assert bring(EXPORT) == 0
    before = arrivages.contents(site)
    assert bring(EXPORT, "--date", "2027-03-01") == 0
    assert arrivages.contents(site) == before


def test_libraries_that_have_a_door_are_sheets(site, output):
    assert bring(LIBRARIES) == 0
    library = sheet(site, "mediatheque-des-pluies")
    assert (library["type"], library["resume"]) == (
        "mediatheque", "Bibliothèque publique à Amiens."
    )  # fmt: skip
    assert library["site"] == "https://mediatheque-pluies.fr"
    heading = output().partition("\n")[0]
    assert "1 ligne de ce qui n’est pas ouvert à tous" in heading
    assert "1 ligne d’une autre région" in heading


def test_access_completes_sheets_and_makes_none(site, output):
    assert bring(ACCESS) == 0
    assert "1 ligne sans fiche ici" in output()
    place = sheet(site, "musee")
    assert CASES["acces"].items() <= place.items()
    assert len([*(site / "content/lieux").iterdir()]) == 1


@pytest.mark.parametrize("row", CASES["plain_pied"])
def test_a_place_is_step_free_when_all_of_the_way_is(site, row):
    heads = (
        "id,name,postal_code,commune,code_insee,cheminement_ext_plain_pied,"
        "cheminement_ext_nombre_marches,entree_plain_pied,entree_marches,entree_largeur_mini,"
        "accueil_cheminement_plain_pied,accueil_cheminement_nombre_marches,stationnement_pmr"
    )
    *cells, free = row
    text = f"{heads}\n1,Le Musée des vents,80000,Amiens,80021,{','.join(cells)},True\n"
    assert bring(text) == 0
    said = sheet(site, "musee")["accessibilite"]["equipements"]
    assert said == ["plain-pied"] * free + ["stationnement-pmr"]


def test_access_completes_a_sheet_that_another_list_made(site):
    assert bring(MUSEOFILE) == 0
    assert bring(ACCESS.replace("Le Musée des vents", "Musée des nuages")) == 0
    assert len(sheet(site, "musee-des-nuages")["references"]) == 2


def test_a_list_that_lost_its_towns_is_told_by_its_name(site, capsys):
    assert bring("Identifiant;Nom_officiel;Telephone\nM1;musée;03\n") == 2
    assert "Muséofile, ministère de la Culture », sans « ville" in capsys.readouterr().err


POP = """\
ref;latitude;longitude;adrl1_m;cp_m;dmaj;lieu_m;nomoff;tel_m;url_m;ville_m
M8;49.89;2.29;2 rue du Ciel;80000;2026-01-12;;musée des nuages;03 21 00 00 00 (mairie);non;Amien
"""


def test_a_row_keeps_what_is_right_and_says_its_own_day(site, output):
    """A cell that cannot be read is told; the town is that of the postcode."""
    assert bring(POP) == 0
    kept = sheet(site, "musee-des-nuages")
    assert kept["adresse"] == {"rue": "2 rue du Ciel", "code_postal": "80000", "commune": "Amiens"}
    assert {"site", "telephone"}.isdisjoint(kept)
    assert kept["references"][0]["titre"].endswith("(Licence Ouverte 2.0), 12 janvier 2026")
    said = output()
    assert "https://non" in said and "(mairie)" in said


def test_a_table_that_looks_like_a_list_is_not_signed_by_its_publisher(site, output):
    Path("liste.csv").write_text(EXPORT, "utf-8")
    assert main(["importer", "liste.csv", "--date", DAY]) == 0
    (file,) = site.glob("content/lieux/liste/*.md")
    own = yaml.safe_load(file.read_text("utf-8").split("---\n")[1])
    assert "references" not in own and own["resume"] == "Musée à Amiens."
    assert "dites « --liste museofile »" in output()


@pytest.mark.parametrize("name", CASES["fermes"])
def test_what_is_not_open_to_all_is_left_and_told(name, site, output):
    assert bring(LIBRARIES.replace("Médiathèque des pluies", name)) == 0
    assert "2 lignes de ce qui n’est pas ouvert à tous" in output()
    assert len([*site.glob("content/lieux/*.md")]) == 1


@pytest.mark.parametrize(("told", "kept"), [("2019", 0), ("non", 1), ("", 1)])
def test_a_museum_that_is_closed_is_left(told, kept, site):
    rows = EXPORT.splitlines()
    assert bring(f"{rows[0]};Musée fermé\n{rows[1]};{told}\n") == 0
    assert len([*site.glob("content/lieux/musee-des-nuages.md")]) == kept


def table(site):
    return (site / "data/arrets.csv").read_text("utf-8-sig").splitlines()[1:]


def test_stops_around_the_portal_are_kept_with_their_source(site, output):
    said = ("--avec", "source=Ametis", "--avec", "licence=etalab-2.0")
    assert bring(STOPS, *said, name="stops.txt") == 0
    assert table(site) == [
        f"Hôtel de ville;49.8941;2.2957;arret;Ametis;etalab-2.0;{DAY}",
        f"Pôle;49.9;2.3;arret;Ametis;etalab-2.0;{DAY}",
    ]
    assert "5 lignes, 2 arrêts retenus" in output()
    assert bring(STOPS.partition("2,Pôle")[0], *said, name="stops.txt") == 0
    assert bring(STOPS, "--avec", "source=Autre", name="stops.txt") == 0
    assert [row.split(";")[4] for row in table(site)] == ["Ametis", "Autre", "Autre"]


def test_of_sncf_what_a_train_serves_is_a_station(site):
    rows = [
        "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station",
        "StopArea:OCE1,Amiens,49.8906,2.3083,1,",
        "StopPoint:OCETrain TER-1,Amiens,49.8906,2.3083,0,StopArea:OCE1",
        "StopArea:OCE2,Amiens Mairie,49.8941,2.2957,1,",
        "StopPoint:OCECar TER-2,Amiens Mairie,49.8941,2.2957,0,StopArea:OCE2",
    ]
    assert bring("\n".join(rows), name="stops.txt") == 0
    assert [row.split(";")[:4] for row in table(site)] == [["Amiens", "49.8906", "2.3083", "gare"]]


@pytest.mark.parametrize(("row", "told"), CASES["arrets"].items())
def test_a_wrong_stop_is_told_and_the_others_are_kept(site, output, row, told):
    assert bring(f"{STOPS}{row}\n", name="stops.txt") == 1
    (line,) = (line for line in output().splitlines() if line.startswith("ligne 7 : "))
    assert told in line
    assert len(table(site)) == 2


@pytest.mark.parametrize(
    ("text", "options", "told"),
    [
        ("stop_id,stop_name,stop_lat\n1,Lens,50\n", (), "stop_lon"),
        ("stop_id,stop_name,stop_lat,stop_lon\n1,Brest,48.4,-4.5\n", (), "aucun arrêt autour"),
        (STOPS, ("--avec", "licens=x"), "mais genre, source, licence, verifie_le"),
        (STOPS, ("--avec", "genre=tram"), "« gare » ou « arret »"),
        (STOPS, ("--avec", "verifie_le=hier"), "un jour"),
    ],
)
def test_a_list_of_stops_that_is_none_writes_nothing(site, capsys, text, options, told):
    assert bring(text, *options, name="stops.txt") == 2
    assert told in capsys.readouterr().err
    assert not (site / "data").exists()


def test_a_column_of_another_that_forbids_hides_the_row(site):
    head, *rows = MUSEOFILE.splitlines()
    rows = zip(rows, ("Refus", "Validé", "Validé"), strict=True)
    assert bring("\n".join([f"{head}|Validation interne", *map("|".join, rows)])) == 0
    assert sheet(site, "musee-des-nuages")["statut"] == "brouillon"
    assert "statut" not in sheet(site, "musee-sans-place")
