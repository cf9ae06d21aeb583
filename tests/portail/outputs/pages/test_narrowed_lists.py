"""Lists with facets: their pages, those of values, their data."""

import json

from hosts import led, redirections_of
from plans import entry
from portail.features.services.facettes.lists import plan_facettes

ARTICLES = {
    f"articles/a{rank}": entry(
        "articles", titre=f"Article {rank}", genre=("portrait", "actualite", "selection")[rank % 3],
        themes=["numerique"] if rank % 2 else ["vivant-sante"],
        publie_le=f"2021-0{1 + rank % 9}-01",
        territoires=["ca-pays-de-saint-omer"] if rank == 1 else [],
    )
    for rank in range(10)
}  # fmt: skip
ANNONCES = {
    f"annonces/n{rank}": entry(
        "annonces", categorie=("stage", "emploi")[rank % 2], echeance=f"2021-10-{10 + rank}",
        organisme="Musée *vivant*",
    )
    for rank in range(9)
} | {
    "annonces/finie": entry(
        "annonces", categorie="formation", publie_le="2021-01-01", echeance="2021-09-01"
    )
}  # fmt: skip


def shown(pages, url):
    return pages[url].view()


def counts(view):
    return {one.cle: [value.nombre for value in one.valeurs] for one in view.facettes.facettes}


def data(site, url):
    (file,) = (one for one in plan_facettes(site) if one.url == url)
    return json.loads("".join(file.produce()))


class TestPages:
    def test_only_the_first_page_of_the_list_counts(self, tree):
        pages = tree.pages(ARTICLES, taille_page=6)
        assert counts(shown(pages, "/articles/"))["genre"] == [3, 4, 3]
        for url in ("/articles/page/2/", "/articles/theme/numerique/"):
            assert {count for some in counts(shown(pages, url)).values() for count in some} == {
                None
            }

    def test_the_page_of_a_value(self, tree):
        pages = tree.pages(ARTICLES)
        view = shown(pages, "/articles/theme/numerique/")
        assert (view.titre, view.nombre, view.theme) == (
            "Numérique : les articles", "5 articles", "numerique",
        )  # fmt: skip
        assert view.description
        (block,) = view.blocs
        titles = {card.titre for card in block.cartes}
        assert titles == {f"Article {rank}" for rank in (1, 3, 5, 7, 9)}
        assert [link.url for link in view.voisins] == ["/articles/", "/themes/numerique/"]
        assert [link.url for link in view.fil] == ["/", "/articles/"]
        chosen = [
            (one.cle, value.code)
            for one in view.facettes.facettes for value in one.valeurs if value.choisie
        ]  # fmt: skip
        assert (chosen, view.facettes.etat) == ([("theme", "numerique")], "theme=numerique")
        assert pages["/articles/theme/numerique/"].sitemap is not None

    def test_every_value_offered_has_its_page(self, tree):
        pages = tree.pages(ARTICLES | ANNONCES)
        for listing in ("/articles/", "/annonces/"):
            facettes = shown(pages, listing).facettes
            urls = [value.url for one in facettes.facettes for value in one.valeurs]
            assert len(urls) >= 2
            assert all(shown(pages, url).blocs for url in urls)
        rules = redirections_of(tree.run().plan)
        for folder in ("/articles/theme/", "/articles/epci/", "/annonces/categorie/"):
            assert led(rules, folder) == f"/{folder.split('/')[1]}/"

    def test_territories_are_said_in_french(self, tree):
        pages = tree.pages(ARTICLES)
        titles = [
            shown(pages, f"/articles/{end}/").titre
            for end in ("epci/ca-pays-de-saint-omer", "departement/pas-de-calais")
        ]
        assert titles == ["Articles du Pays de Saint-Omer", "Articles du Pas-de-Calais"]

    def test_what_is_over_leaves_an_empty_page_that_leads_on(self, tree):
        view = shown(tree.pages(ANNONCES), "/annonces/categorie/formation/")
        assert [link.url for link in view.vide.issues] == ["/annonces/", "/annonces/archives/"]
        assert not [card for block in view.blocs for card in block.cartes]


class TestData:
    def test_a_row_says_what_its_line_says(self, tree):
        found = data(tree.site(ANNONCES), "/annonces/facettes.json")
        assert found["noms"] == ["annonce", "annonces", "Aucune annonce"]
        assert "clos" not in found
        rows = {row[0]: row for row in found["lignes"]}
        assert "/annonces/finie/" not in rows
        row, texts = rows["/annonces/n1/"], found["textes"]
        assert [texts[rank] for rank in row[2:5]] == [
            "", "Offre d’emploi", "Musée *vivant*",  # the day is that of the leaf
        ]  # fmt: skip
        assert (row[6], found["etiquettes"][row[7]], row[8]) == (-1, [], "2021-10-11")
        values = [(cle, code) for cle, some in found["facettes"] for code, _ in some]
        assert [values[rank] for rank in row[5]] == [("categorie", "emploi")]

    def test_values_are_those_of_the_page(self, tree):
        site = tree.site(ARTICLES)
        found = data(site, "/articles/facettes.json")
        facettes = shown(tree.pages(), "/articles/").facettes
        assert [
            (one.cle, [[value.code, value.texte] for value in one.valeurs])
            for one in facettes.facettes
        ] == [(cle, values) for cle, values in found["facettes"]]
        assert len(found["lignes"]) == len(ARTICLES)

    def test_a_resource_that_is_closed_stays(self, tree):
        files = {
            f"ressources/r{rank}": entry(
                "ressources", type=("jeu", "livre")[rank % 2], echeance="2021-12-01",
                pret={"tarif": "gratuit"},
            )
            for rank in range(9)
        }  # fmt: skip
        found = data(tree.site(files), "/ressources/facettes.json")
        assert found["clos"] == "Clos"
        below = found["textes"][found["lignes"][0][4]]
        assert below.endswith("À emprunter"), "said with the details, as on the page"
        assert found["etiquettes"] == [[]]
