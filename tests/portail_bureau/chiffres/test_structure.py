"""The year of a structure: figures counted again from the files, and cases of the count."""

import pytest

from bilans import column, demonstration, key
from plans import Tree, entry
from portail_bureau.chiffres.structure import LIKE, structure
from relecture import files, named_by, times_of
from work import calls

pytestmark = pytest.mark.xdist_group("tests/faits/")  # they read the demonstration too


@pytest.fixture(scope="module")
def site():
    return demonstration()


def own(slug, year):
    """Events that a structure organises or hosts in a year."""
    return {
        name: one
        for name, one in files("events").items()
        if times_of(one, year) and slug in named_by(one, "organisateurs") | named_by(one, "lieu")
    }


def test_it_is_beside_its_like_and_what_it_declares(site):
    bilan = structure(site, "lieux/la-coupole", 2021)
    kind = files("lieux")["la-coupole"]["type"]
    like = [slug for slug, one in files("lieux").items() if one["type"] == kind]
    assert len(like) >= LIKE
    mean = sum(len(own(slug, 2021)) for slug in like) / len(like)
    (row,) = (one for one in bilan.table("annee").lignes
              if one.label == "Rendez-vous")  # fmt: skip
    assert row.values[-1] == round(mean, 1)
    declared = {
        one["libelle"]: str(one["valeur"])
        for one in files("lieux")["la-coupole"]["chiffres"]
        if one.get("annee") == 2021
    }
    assert column(bilan, "declares") == declared


# Cases of the count, on invented sites.


def event(debut="2021-03-09 14:00", **fields):
    return entry("events", debut=debut, **{"lieu": "a", **fields})


def bilan_of(tree, files, year=2021, **options):
    return structure(tree.site({"lieux/a": entry("lieux"), **files}, **options), "lieux/a", year)


@pytest.mark.parametrize(
    ("told", "count"),
    [
        (event(), 1),
        (event("2020-12-30 14:00"), 0),
        (event("2020-12-20", fin="2021-01-05"), 1),  # it runs since the year before
        (event(etat="annule"), 0),
        (event(etat="reporte", ancien_debut="2021-03-09 14:00"), 0),
        (event(exemple=True), 0),
        (event(statut="brouillon"), 0),
        (event(lieu=None, organisateurs=["a"], adresse={"commune": "Amiens"}), 1),
        (event(organisateurs=["a"]), 1),  # once, however it is named
        (event(lieu=None, partenaires=["a"], adresse={"commune": "Amiens"}), 0),
    ],
)
def test_what_counts(tree, told, count):
    bilan = bilan_of(tree, {"events/e": told, "articles/b": entry("articles", lieu="a")})
    assert key(bilan, "Rendez-vous") == count


def test_sessions_lacks_and_publications(tree):
    days = ("2021-03-09 14:00", "2021-05-09 14:00", "2022-05-09 14:00")
    away = {"lieu": None, "adresse": {"commune": "Arras"}}
    files = {
        "events/e": event(None, titre="Dit", seances=[{"debut": day} for day in days],
                          tarif={"gratuit": True}),
        "events/f": event(titre="Muet"),
        "events/g": event(titre="Ailleurs", partenaires=["a"], **away),
        "articles/b": entry("articles", titre="*Signé*", auteurs=["a"]),
        "articles/c": entry("articles", titre="Vieux", lieu="a", publie_le="2020-02-01"),
        "annonces/d": entry("annonces", titre="Emploi", organisme="a"),
        "articles/e": entry("articles", titre="Relu", relu_par=["a"]),
        "ressources/r": entry("ressources", titre="Outil", type="jeu", proprietaire="a"),
        "ressources/s": entry("ressources", titre="Conçu", auteurs_ressource=["a"]),
        "ressources/t": entry("ressources", titre="Aide", type="financement", porteur="a"),
    }  # fmt: skip
    bilan = bilan_of(tree, files)
    assert key(bilan, "Séances") == 3
    assert {*column(bilan, "rendez-vous")} == {"Dit", "Muet", "Ailleurs"}
    assert column(bilan, "manques")["Tarif"] == 1
    assert {*column(bilan, "parutions")} == {
        "Signé", "Relu", "Emploi", "Outil", "Conçu", "Aide",
    }  # fmt: skip


def test_an_example_counts_its_own_and_says_so(tree):
    files = {"lieux/a": entry("lieux", exemple=True), "events/e": event(exemple=True)}
    bilan = bilan_of(tree, files)
    assert key(bilan, "Rendez-vous") == 1
    assert "exemple" in bilan.phrases[0]


def test_a_mean_asks_for_five(tree):
    files = {f"lieux/{one}": entry("lieux") for one in "bcd"} | {"events/e": event()}
    assert all(len(row.values) == 1 for row in bilan_of(tree, files).table("annee").lignes)
    files["lieux/f"] = entry("lieux")
    table = bilan_of(tree, files).table("annee")
    assert table.lignes[0].values == (1, 0.2)


def test_a_year_is_compared_when_the_portal_knows_the_one_before(tree):
    files = {"events/e": event(), "events/f": event("2021-05-01")}
    assert not bilan_of(tree, files).cles[0].note
    files["events/g"] = event("2020-05-01", lieu=None, adresse={"commune": "Arras"})
    assert bilan_of(tree, files).cles[0].note == "2 de plus qu’en 2020"


def test_a_text_that_links_to_it_cites_it(tree):
    linked = entry("articles", "Allez [la voir](lieux/a).")
    bilan = bilan_of(tree, {"articles/b": linked, "articles/c": entry("articles", lieu="a")})
    assert len(column(bilan, "citations")) == 1
    assert len(column(bilan, "parutions")) == 1


def test_a_tool_that_it_borrows_is_not_its_own(tree):
    loan = {"lieu": "a", "du": "2021-03-01", "au": "2021-03-09"}
    files = {"ressources/r": entry("ressources", type="exposition", itinerance=[loan])}
    assert "parutions" not in {one.code for one in bilan_of(tree, files).tables}


def test_a_year_that_is_not_over_says_so(tree):
    bilan = bilan_of(tree, {"events/e": event()})
    assert "annoncé" in bilan.phrases[0]
    assert "n’est pas finie" in bilan.methode[-1]


def test_work_grows_as_contents_do(tmp_path):
    def work(count):
        files = {f"lieux/l{rank}": entry("lieux", type="association") for rank in range(count)}
        for rank in range(count):
            both = {"lieu": f"l{rank}", "organisateurs": [f"l{rank // 2}"]}
            files[f"events/e{rank}"] = event(**both)
        site = Tree(tmp_path / str(count)).site(files)
        return calls(lambda: structure(site, "lieux/l0", 2021))

    assert work(200) < 2.5 * work(100)
