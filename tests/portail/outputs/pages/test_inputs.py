"""What the page of a content is related to: blocks of cards, in their order."""

from typing import ClassVar

from plans import entry


def blocs(tree, url, files, **options):
    """Blocks of a page: title → references, in order."""
    view = tree.view(url, files, **options)
    return {bloc.titre: [card.ref for card in bloc.cartes] for bloc in view.blocs}


def test_at_most_twenty_four_of_each(tree):
    files = {f"articles/a{rank:02}": entry("articles", communautes=["c"]) for rank in range(30)}
    found = blocs(tree, "/communautes/c/", {"communautes/c": entry("communautes"), **files})
    assert found == {"Articles": [f"articles/a{rank:02}" for rank in range(24)]}


def test_a_content_leads_to_the_dossiers_and_communities_that_gather_it(tree):
    files = {
        "articles/a": entry(
            "articles", themes=["numerique"], dossiers=["nomme"], communautes=["club"]
        ),
        "articles/b": entry("articles"),
        "dossiers/nomme": entry("dossiers", elements=["articles/b"]),
        "dossiers/regle": entry("dossiers", regle={"theme": "numerique"}),
        "communautes/club": entry("communautes"),
    }
    view = tree.view("/articles/a/", files)
    assert [(one.url, one.note) for one in view.lecture.recueils] == [
        ("/dossiers/nomme/", "dossier"),
        ("/dossiers/regle/", "dossier"),
        ("/communautes/club/", "communauté"),
    ]
    assert blocs(tree, "/articles/a/", files) == {"À lire ensuite": ["articles/b"]}
    assert blocs(tree, "/dossiers/nomme/", files) == {
        "À lire et à voir": ["articles/b", "articles/a"]
    }
    assert blocs(tree, "/communautes/club/", files) == {"À lire et à faire": ["articles/a"]}


class TestDossier:
    def test_elements_with_their_notes(self, tree):
        elements = [{"ref": "b", "note": "D’abord."}, "articles/a", {"ref": "articles/c"}]
        files = {f"articles/{one}": entry("articles") for one in "abc"}
        files["articles/e"] = entry("articles", dossiers=["d"])
        files["dossiers/d"] = entry("dossiers", elements=elements)
        bloc = tree.view("/dossiers/d/", files).blocs[0]
        assert [card.ref for card in bloc.cartes] == [
            "articles/b", "articles/a", "articles/c", "articles/e",
        ]  # fmt: skip
        assert (bloc.notes, bloc.forme, bloc.url) == (("D’abord.", "", "", ""), "dossier", "")

    def test_a_rule_that_finds_much_leads_to_its_theme(self, tree):
        files = {f"articles/a{rank:02}": entry("articles", themes=["numerique"])
                 for rank in range(60)}  # fmt: skip
        files["articles/seul"] = entry("articles", titre="Seul")
        fields = {"elements": ["articles/seul"], "regle": {"theme": "numerique"}}
        files["dossiers/d"] = entry("dossiers", **fields)
        bloc = tree.view("/dossiers/d/", files).blocs[0]
        assert bloc.cartes[0].titre == "Seul"
        assert (len(bloc.cartes), len(bloc.notes), bloc.url) == (49, 49, "/themes/numerique/")


class TestTerritory:
    FILES: ClassVar = {
        "territoires/region": entry("territoires", type="region", code="32", titre="Région"),
        "territoires/somme": entry("territoires"),
        "lieux/musee": entry("lieux", commune="Amiens"),
        "events/a": entry("events", lieu="musee"),
        "articles/b": entry("articles", territoires=["somme"]),
        "lieux/ailleurs": entry("lieux", commune="Lille"),
    }

    def test_all_that_it_holds(self, tree):
        for name in ("somme", "region"):
            assert blocs(tree, f"/territoires/{name}/", self.FILES) == {
                "À l’agenda": ["events/a"],
                "Articles": ["articles/b"],
            }

    def test_a_dossier_about_a_territory(self, tree):
        dossier = entry("dossiers", regle={"territoire": "somme"})
        found = blocs(tree, "/dossiers/d/", {**self.FILES, "dossiers/d": dossier})
        assert found["À lire et à voir"] == ["articles/b", "events/a", "lieux/musee"]

    def test_links_to_pages_else_names(self, tree):
        view = tree.view("/evenements/a/", self.FILES)
        assert [(one.texte, one.url) for one in view.territoires] == [
            ("Amiens Métropole", "/territoires/ca-amiens-metropole/"),
            ("Titre territoires", "/territoires/somme/"),
        ]  # everything is in the region
