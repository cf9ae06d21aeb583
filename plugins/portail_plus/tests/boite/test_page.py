"""The toolbox: who can help, what to borrow, who funds."""

from plans import entry
from portail.outputs.pages.views.shared import Lien

URL = "/boite-a-outils/"


def named(links):
    return [one.texte for one in links]


def test_actors_stand_under_each_role_that_they_play(tree):
    view = tree.view(
        URL,
        {
            "lieux/a": entry("lieux", titre="Alpha", roles=["acteur-ressource", "acteur-relais"]),
            "lieux/b": entry("lieux", titre="Bêta", roles=["acteur-ressource"], offre=["pret"]),
            "lieux/c": entry("lieux", titre="Gamma"),
            "lieux/r": entry("lieux", titre="Réseau", roles=["reseau"]),
            "lieux/m": entry("lieux", titre="Membre", membre_de=["r"]),
        },
    )
    assert {one.titre: named(one.acteurs) for one in view.roles} == {
        "Qui peut conseiller ou prêter": ["Bêta", "Alpha"],  # who says what it offers comes first
        "Qui peut accueillir": ["Alpha"],
    }
    assert [(one.texte, one.note) for one in view.reseaux.liens] == [
        ("Réseau", "1 membre dans l’annuaire")
    ]
    assert view.emprunter is None and view.financements == ()


def test_fundings_that_close_soon_come_first_and_closed_ones_last(tree):
    def fund(title, **fields):
        return entry("ressources", titre=title, **({"type": "financement"} | fields))

    view = tree.view(
        URL,
        {
            "lieux/a": entry("lieux", titre="Alpha"),
            "ressources/a": fund("Sans date", porteur="Région Exemple"),
            "ressources/b": fund("Plus tard", echeance="2021-12-15"),
            "ressources/c": fund("Clos", echeance="2021-09-26"),
            "ressources/d": fund("Bientôt", echeance="2021-09-27", porteur="a"),
            "ressources/e": fund(
                "Toujours",
                echeance="au fil de l’eau",
                montant="5 000 €",
                eligibles=["communes", "associations"],
                acces={"url": "https://example.org/aide"},
            ),
        },
    )
    assert [one.lien.texte for one in view.financements] == [
        "Bientôt", "Plus tard", "Sans date", "Toujours", "Clos",
    ]  # fmt: skip
    assert [one.clos for one in view.financements] == [False, False, False, False, True]
    told = view.financements[3]
    assert (told.pour, told.montant, told.delai) == (
        "Communes, associations", "5 000 €", "Au fil de l’eau",
    )  # fmt: skip
    assert told.ou.url == "https://example.org/aide"
    assert view.financements[4].delai == "Échéance passée le 26\u00a0septembre 2021"
    assert view.financements[0].qui.url == "/lieux/a/"
    assert not view.financements[2].qui.url


def test_tools_and_what_one_reads_are_counted_by_type(tree):
    lent = {"pret": {"panneaux": 3}}
    view = tree.view(
        URL,
        {
            "ressources/a": entry("ressources", type="exposition", **lent),
            "ressources/b": entry("ressources", type="exposition", **lent),
            "ressources/c": entry("ressources", type="livre"),
        },
    )
    assert [(one.texte, one.note) for one in view.emprunter.liens] == [("Expositions", "2")]
    assert [(one.texte, one.note) for one in view.lire.liens] == [("Livre", "1")]


def test_one_may_choose_a_territory_where_there_are_some(tree):
    assert tree.view(URL, {"lieux/a": entry("lieux")}).pres is None
    view = tree.view(URL, {"territoires/somme": entry("territoires")})
    assert view.pres == Lien("Choisir un territoire", "/territoires/")
