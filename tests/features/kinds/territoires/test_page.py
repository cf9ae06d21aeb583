"""The page of a territory: who is there by role, its map, what is around and inside."""

from datetime import date

import pytest

from plans import entry
from portail.features.services.fondsdecarte.drawing import REGION
from portail.outputs.pages.views.shared import Lien

OMER = "/territoires/saint-omer/"
CA = {"type": "ca", "code": "200069037"}


def omer(tree, files=None, **fields):
    page = {"territoires/saint-omer": entry("territoires", titre="Saint-Omer", **CA, **fields)}
    return tree.view(OMER, {**page, **(files or {})})


def lieu(titre, commune="Wizernes", **fields):
    where = {"commune": commune} if commune else {"commune": None, "territoires": ["saint-omer"]}
    return entry("lieux", titre=titre, **where, **fields)


FILES = {
    "lieux/a": lieu("Atelier", None, roles=["acteur-relais"]),
    "lieux/b": lieu("Bibliothèque", "Saint-Omer", roles=["acteur-relais", "reseau"]),
    "lieux/c": lieu("La *Coupole*", roles=["acteur-ressource"]),
    "lieux/d": lieu("Divers"),
    "lieux/e": lieu("Ailleurs", "Arras"),
}


def test_places_by_role_numbered_as_on_the_map(tree):
    view = omer(tree, FILES)
    found = [
        (role.titre, [(one.lien.texte, one.numero) for one in role.acteurs])
        for role in view.territoire.roles
    ]
    assert found == [
        ("Qui peut conseiller ou prêter", [("La Coupole", 1)]),
        ("Qui peut accueillir", [("Atelier", 0), ("Bibliothèque", 2)]),
        ("Qui met en relation", [("Bibliothèque", 2)]),
        ("Aussi sur le territoire", [("Divers", 3)]),
    ]
    assert view.territoire.roles[0].definition.startswith("Conseille")
    assert view.territoire.roles[1].acteurs[1].lien.note == "Musée · Saint-Omer"
    points = {one.numero: one.lien for one in view.carte.points}
    assert points[1] == Lien("La Coupole", "/lieux/c/", "Musée · Wizernes")
    assert sorted(points) == [1, 2, 3]


def test_without_roles_the_list_has_one_name(tree):
    (role,) = omer(tree, {"lieux/d": FILES["lieux/d"]}).territoire.roles
    assert (role.titre, role.definition) == ("Lieux et structures", "")


def test_neighbours_are_linked_when_they_have_a_page(tree):
    files = {"territoires/lumbres": entry("territoires", titre="Lumbres", type="cc",
                                          code="246201016")}  # fmt: skip
    view = omer(tree, {**FILES, **files}, siege="Longuenesse")
    carte, around = view.carte, view.territoire.voisins
    assert (carte.forme, carte.fond) == ("territoire", "/fonds/territoires/saint-omer.svg")
    names = {" ".join(label.lignes): label for label in carte.etiquettes}
    assert {"Saint-Omer", "Longuenesse"} & names.keys()
    assert names["Lumbres"].url == "/territoires/lumbres/"
    assert names["Hauts de Flandre"].url == "", "nothing is there"
    assert "Arras" not in names
    assert Lien("Lumbres", "/territoires/lumbres/") in around
    assert Lien("Région d’Audruicq") in around, "nothing is there"
    assert len(around) == 8


def test_an_epci_is_made_of_communes_wider_ones_of_epci(tree):
    inside = omer(tree).territoire
    assert inside.titre_membres == "Les 53 communes"
    assert [one.texte for one in inside.membres[:2]] == ["Aire-sur-la-Lys", "Arques"]
    assert not any(one.url for one in inside.membres)
    files = {"territoires/62": entry("territoires", type="departement", code="62")}
    wider = tree.view("/territoires/62/", files).territoire
    assert wider.titre_membres == "Les 19 intercommunalités"
    assert Lien("Saint-Omer", OMER) in wider.membres


def test_what_the_page_holds_is_counted_and_led_to(tree):
    files = {
        **FILES,
        "events/a": entry("events", adresse={"commune": "Arques"}),
        "events/b": entry("events", adresse={"commune": "Arques"}, debut="2021-09-01"),
        "ressources/r": entry("ressources", type="exposition", proprietaire="c",
                              pret={"tarif": "gratuit"}),
        "articles/x": entry("articles", territoires=["saint-omer"]),
        "events/faux": entry("events", adresse={"commune": "Arques"}, exemple=True),
        "lieux/faux": entry("lieux", commune="Arques", exemple=True),
    }  # fmt: skip
    view = omer(tree, files)
    codes = [bloc.code for bloc in view.blocs]
    assert codes[0] == "agenda" and "passes" in codes and "articles" in codes
    counted = {one.url: f"{one.note} {one.texte}" for one in view.territoire.comptes}
    assert counted["#Roles"] == "5 lieux et structures"
    agenda = "/agenda/epci/ca-pays-de-saint-omer/"
    assert counted.pop(agenda) == "2 événements", "examples are there too"
    assert all(url == "#Roles" or url.removeprefix("#Bloc-") in codes for url in counted)


def region(tree, count):
    towns = ("Lille", "Amiens", "Arras", "Laon", "Beauvais")
    files = {
        f"lieux/l{n:03}": entry("lieux", titre=f"Lieu {n:03}", commune=towns[n % 5])
        for n in range(count)
    }
    files["territoires/hdf"] = entry("territoires", type="region", code="32")
    return tree.view("/territoires/hdf/", files)


def test_the_region_has_its_own_map(tree):
    view = region(tree, 20)
    assert (view.carte.forme, view.carte.fond) == ("region", REGION)
    assert {one.numero for one in view.carte.points} == set(range(1, 21))
    wide = [(one.texte, one.url) for one in view.territoire.departements]
    assert [name for name, _ in wide[:-1]] == ["Aisne", "Nord", "Oise", "Pas-de-Calais", "Somme"]
    assert wide[-1] == ("Tous les territoires", "/territoires/")
    assert view.territoire.membres == ()


def test_when_they_are_many_the_map_counts_them_by_commune(tree):
    view = region(tree, 70)
    assert sorted(one.lien.texte for one in view.carte.points) == [
        "Amiens", "Arras", "Beauvais", "Laon", "Lille",
    ]  # fmt: skip
    assert {one.numero for one in view.carte.points} == {14}
    assert not any(one.lien.url for one in view.carte.points)
    assert view.territoire.autres == Lien("38 autres dans l’annuaire", "/lieux/")
    (role,) = view.territoire.roles
    assert len(role.acteurs) == 32 and not any(one.numero for one in role.acteurs)


@pytest.mark.parametrize(
    ("kind", "code"), [("departement", "33"), ("region", "75"), ("cc", "999999999")]
)
def test_elsewhere_there_is_no_map(tree, kind, code):
    files = {"territoires/x": entry("territoires", type=kind, code=code)}
    view = tree.view("/territoires/x/", files)
    assert view.carte is None and view.territoire.voisins == ()
    assert bool(facts(view)) is (kind != "cc"), "no table knows it"


def test_all_its_agenda_is_a_link_away(tree):
    (agenda,) = [bloc for bloc in omer(tree, {"events/a": entry("events")}).blocs if bloc.code]
    assert (agenda.lien, agenda.url) == (
        "Tout l’agenda du Pays de Saint-Omer",
        "/agenda/epci/ca-pays-de-saint-omer/",
    )
    region = entry("territoires", titre="Région", type="region", code="32")
    bloc, *_ = tree.view("/territoires/region/", {"territoires/region": region}).blocs
    assert (bloc.lien, bloc.url) == ("Tout l’agenda", "/agenda/")


LUMBRES = "/territoires/cc-pays-de-lumbres/"


def facts(view):
    rows = ((one.libelle, one.valeurs[0]) for one in view.territoire.identite)
    return {label: (value.texte, value.note) for label, value in rows}


def test_its_figures_come_from_the_tables_with_their_year(tree):
    assert facts(omer(tree)) == {
        "Communes": ("53", "INSEE et DGCL, 2026"),
        "Habitants": ("104\xa0207", "INSEE, 2023"),
        "Superficie": ("544 km²", "IGN"),
        "Densité": ("192 hab./km²", "contre 218 dans le Pas-de-Calais"),
    }
    oise = tree.view("/territoires/oise/", {"lieux/z": lieu("Z", "Beauvais")})
    assert facts(oise)["Densité"] == ("141 hab./km²", "INSEE, 2023")


def test_a_figure_of_the_file_is_not_said_twice(tree):
    figures = [
        {"libelle": "Habitants", "valeur": "105 743", "annee": 2018, "source": "enquête"},
        {"libelle": "Densité de population", "valeur": "195"},
        {"libelle": "Habitants d’Arques", "valeur": "9 931"},
    ]
    assert [*facts(omer(tree, chiffres=figures))] == ["Communes", "Superficie"]


HELP = {
    **FILES,
    "articles/l": entry("articles", territoires=["cc-pays-de-lumbres"]),
    "lieux/e": lieu("Club", "Lille", offre=["animation"]),
    "lieux/f": lieu("Loin", "Nantes", offre=["conseil"]),
    "ressources/r": entry("ressources", titre="Malle", type="malle", proprietaire="c", itinerance=[
        {"commune": "Lille", "du": "2021-09-20", "au": "2021-10-03"},
    ]),
    "ressources/s": entry("ressources", titre="Autre malle", type="malle", proprietaire="c",
                          pret={"tarif": "gratuit"}),
    "events/e": entry("events", titre="Nuit", adresse={"commune": "Wizernes"}),
}  # fmt: skip


def test_without_a_rendez_vous_the_nearest_one_is_told(tree):
    assert omer(tree, HELP).territoire.vide is None
    vide = tree.view(LUMBRES).territoire.vide
    assert vide.phrase == "Aucun rendez-vous annoncé ici pour l’instant."
    assert vide.proche.url == "/evenements/e/" and vide.fin == date(2021, 10, 9)
    assert vide.proche.note.startswith("9\xa0octobre 2021, Wizernes, à ")
    assert vide.proche.note.endswith("à vol d’oiseau")


def test_tools_of_elsewhere_stay_with_their_days(tree):
    omer(tree, HELP)
    view = tree.view("/territoires/metropole-europeenne-de-lille/")
    (bloc,) = [one for one in view.blocs if one.code == "passage"]
    assert [one.titre for one in bloc.cartes] == ["Malle"]
    assert bloc.notes == ("Du 20\xa0septembre au 3\xa0octobre 2021, Lille",)
    assert bloc.fins == (date(2021, 10, 3),) and bloc.avenir
    later = tree.view("/territoires/metropole-europeenne-de-lille/", day=date(2021, 10, 4))
    assert not any(one.code == "passage" for one in later.blocs)


def test_networks_of_elsewhere_to_which_its_places_belong(tree):
    files = {**FILES, "lieux/n": lieu("Réseau", "Amiens", roles=["reseau"]),
             "lieux/m": lieu("Membre", "Arques", membre_de=["n", "c"]),
             "lieux/o": lieu("Autre membre", "Arques", membre_de=["n"])}  # fmt: skip
    assert omer(tree, files).territoire.reseaux == (Lien("Réseau", "/lieux/n/", "2 membres ici"),)
