"""The nearest station and stop, on the pages of places and of events that can be attended."""

import pytest

from doses import rows_of
from plans import box, entry
from portail.diagnostics import DataError

HEAD = "nom;lat;lon;genre;source;licence;verifie_le"
# Lens has its town hall at 50.4292, 2.8320.
LENS = "Lens - Gare;50.42687;2.8283;gare;SNCF (TER);ODbL-1.0;2022-10-13"
FAR = "Arras;50.28697;2.78131;gare;SNCF (TER);ODbL-1.0;2022-10-13"
BOLLAERT = "Stade Bollaert;50.4330;2.8150;arret;Tadao;etalab-2.0;2022-09-01"
THERE = {"lat": 50.4310, "lon": 2.8190}
STATION = {"Gare la plus proche": ["Lens – Gare, à 800\u00a0m à vol d’oiseau"]}
NEAR = {"Arrêt le plus proche": ["Stade Bollaert, à 350\u00a0m à vol d’oiseau"]}
MUSEUM = {"lieux/musee": entry("lieux", commune="Lens", coordonnees=THERE)}


def keep(tree, *rows):
    folder = tree.root / "data"
    folder.mkdir(exist_ok=True)
    (folder / "arrets.csv").write_text("\n".join([HEAD, *rows, ""]), encoding="utf-8")
    return tree


def told(tree, url, files, **options):
    rows = box(tree.view(url, files, **options))
    return {label: values for label, values in rows.items() if "plus proche" in label}


def visit(**fields):
    return MUSEUM | {"events/visite": entry("events", **fields)}


def test_a_place_and_what_takes_place_there_tell_the_same(tree):
    keep(tree, LENS, FAR, BOLLAERT)
    assert told(tree, "/lieux/musee/", MUSEUM) == STATION | NEAR
    assert told(tree, "/evenements/visite/", visit(lieu="musee")) == STATION | NEAR


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"adresse": {"rue": "99 rue Paul-Bert", "commune": "Lens"}},
    ],
)
def test_the_centre_of_a_commune_is_nobody_s_address(tree, fields):
    files = {"lieux/musee": entry("lieux", commune="Lens", **fields)}
    assert told(keep(tree, LENS, BOLLAERT), "/lieux/musee/", files) == {}


@pytest.mark.parametrize(
    ("acces", "computed"),
    [
        ("Parking rue Paul-Bert.", STATION | NEAR),
        ("Depuis la gare de Lens, vingt minutes à pied.", NEAR),
        ("Gare SNCF la plus proche à 8 km.", NEAR),
        ("Bus 2, arrêt Musée.", STATION),
        ("Métro République, puis dix minutes depuis la gare.", {}),
    ],
)
def test_what_a_person_wrote_is_shown_first_and_not_said_again(tree, acces, computed):
    place = entry("lieux", commune="Lens", coordonnees=THERE, acces=acces)
    view = keep(tree, LENS, BOLLAERT).view("/lieux/musee/", {"lieux/musee": place})
    rows = box(view)
    assert {label: values for label, values in rows.items() if "plus proche" in label} == computed
    shown = [fact.libelle for fact in view.faits]
    assert [label for label in shown if label in ("Accès", *computed)] == ["Accès", *computed]
    there = box(tree.view("/evenements/visite/", visit(lieu="musee") | {"lieux/musee": place}))
    labels = ("Accès", *STATION, *NEAR)
    assert {label: there.get(label) for label in labels} == {
        label: rows.get(label) for label in labels
    }


@pytest.mark.parametrize("fields", rows_of("features/services/arrets/near.yml"))
def test_nothing_where_who_organises_says_it_or_nobody_comes(tree, fields):
    files = visit(**fields)
    assert not told(keep(tree, LENS, BOLLAERT), "/evenements/visite/", files)
    files["lieux/musee"] = entry("lieux", commune="Lens", coordonnees=THERE, acces="Parking.")
    come = "sans_voiture" in fields
    assert ("Accès" in box(tree.view("/evenements/visite/", files))) is come


def test_nothing_without_a_table_nor_far_from_any_station(tree):
    assert not told(tree, "/lieux/musee/", MUSEUM)
    assert not told(keep(tree, FAR), "/lieux/musee/", MUSEUM)


def test_who_reuses_the_data_knows_whose_the_table_is(tree):
    view = keep(tree, LENS, FAR, BOLLAERT).view("/donnees/", MUSEUM)
    (told,) = view.emprunts
    assert told == (
        "Les gares et les arrêts les plus proches sont d’après SNCF (TER) (ODbL-1.0), relevés le "
        "13\u00a0octobre 2022\u00a0; Tadao (etalab-2.0), relevés le 1er\u00a0septembre 2022."
    )


def test_a_wrong_table_stops_the_build_and_says_where(tree):
    with pytest.raises(DataError, match=r"data/arrets\.csv, ligne 2 "):
        keep(tree, LENS.replace("gare", "tram")).run(MUSEUM)


def test_a_stop_that_changes_changes_the_pages_that_tell_it(tree):
    files = visit(lieu="musee") | {"articles/vent": entry("articles")}
    before = keep(tree, LENS).pages(files)
    after = keep(tree, LENS.replace("Lens - Gare", "Lens")).pages(files)
    changed = {url for url, page in before.items() if page.key != after[url].key}
    assert changed == {"/lieux/musee/", "/evenements/visite/"}
