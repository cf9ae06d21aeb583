"""The description of the search for browsers."""

from doses import cases
from plans import Tree, entry
from portail.site.urls import OPENSEARCH
from portail_recherche.page import plan_opensearch, short_name
from remake import replace


@cases(("name", "short"), [
    ("Portail", "Portail"),
    ("Portail des sciences", "Portail sciences"),
    ("L’écho des sciences", "écho sciences"),
    ("Sciences en partage à Lille", "Sciences partage"),
    ("Anticonstitutionnellement", "Anticonstitution"),
    ("Les Sciences ici", "Les Sciences ici"),
])  # fmt: skip
def test_a_name_holds_in_sixteen_signs(name, short):
    assert short_name(name) == short
    assert len(short) <= 16


def test_it_is_there_with_an_address_and_a_search(tmp_path):
    site = Tree(tmp_path).site({"articles/a": entry("articles")})
    assert [*plan_opensearch(site)] == [], "no address"
    config = replace(site.config, siteurl="https://exemple.org")
    (page,) = plan_opensearch(replace(site, config=config))
    assert page.url == OPENSEARCH
    (tmp_path / "vide/content").mkdir(parents=True)
    assert [*plan_opensearch(Tree(tmp_path / "vide").site(siteurl="https://exemple.org"))] == []
