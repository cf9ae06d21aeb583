"""Territories that no file tells: which have a page, and what stays as if they were not there."""

from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from plans import Tree, entry
from portail.features.channels.flux.feeds import feeds_of
from portail.features.kinds.territoires.model import Territoire
from portail.features.services.redirections.output import plan_redirects
from portail.model.kinds import Kind
from portail.site.urls import REDIRECTS

changes_of = pytest.importorskip("portail_donnees.donnees.changes").changes_of

SOMME = {"territoires/somme": entry("territoires", titre="Somme")}
VIMEU = entry("territoires", titre="Le Vimeu", type="cc", code="200070944")


def derived(site):
    entries = (one.entry for one in site.of_kind(Kind.TERRITOIRE) if one.entry.sans_fichier)
    return {one.slug: one for one in entries if isinstance(one, Territoire)}


def rules(tree, files):
    """The lines that servers are given."""
    made = plan_redirects(tree.site(files))
    (found,) = (one for one in made if str(one.path) == REDIRECTS)
    return [*found.produce()]


def test_once_a_file_tells_one_each_in_which_something_is_has_a_page(tree):
    assert set(Tree(tree.root / "x").site({"lieux/a": entry("lieux")}).items) == {"lieux/a"}
    assert derived(tree.site(SOMME)).keys() == {"hauts-de-france"}
    files = {**SOMME, "lieux/a": entry("lieux", commune="Wizernes")}
    found = derived(tree.site(files))
    assert found.keys() == {"hauts-de-france", "pas-de-calais", "ca-pays-de-saint-omer"}
    omer = found["ca-pays-de-saint-omer"]
    assert (omer.titre, omer.type, omer.code) == ("Pays de Saint-Omer", "ca", "200069037")
    assert omer.resume == "Communauté d’agglomération du Pays de Saint-Omer, dans le Pas-de-Calais."
    assert (omer.auteurs, omer.licence) == ((), "etalab-2.0")


def test_so_has_one_where_a_tool_is_lent_or_that_a_text_names(tree):
    loans = [
        {"emprunteur": "Collège", "commune": "Beauvais", "du": "2021-11-01", "au": "2021-11-05"},
        {"emprunteur": "Collège", "commune": "Laon", "du": "2021-01-01", "au": "2021-01-05"},
    ]
    tool = entry("ressources", type="exposition", pret={"tarif": "gratuit"}, itinerance=loans)
    files = {
        **SOMME,
        "ressources/r": tool,
        "articles/a": entry("articles", "[x](territoires/nord)"),
    }
    found = derived(tree.site(files)).keys()
    assert found == {"hauts-de-france", "oise", "ca-beauvaisis", "nord", "aisne", "ca-pays-de-laon"}


def test_where_nothing_is_the_address_leads_to_the_list(tree):
    gone = "retraits:\n  - {ref: territoires/aisne, le: 2021-09-01}\n"
    files = {**SOMME, "retraits.yml": gone}
    former = {one.split()[0]: one.split()[1] for one in rules(tree, files)}
    assert former["/territoires/oise/"] == former["/territoires/ca-beauvaisis/"] == "/territoires/"
    named = ("somme", "hauts-de-france", "aisne")
    assert not former.keys() & {f"/territoires/{one}/" for one in named}
    lieu = {"lieux/a": entry("lieux")}
    assert not [
        one
        for one in rules(Tree(tree.root / "x"), lieu)
        if one.startswith("/territoires/") and ":" not in one
    ]


def test_a_file_takes_the_place_of_what_is_derived_whatever_its_name(tree):
    lieu = {"lieux/a": entry("lieux", commune="Friville-Escarbotin")}
    held = derived(tree.site({**SOMME, **lieu}))
    assert "200070944" in {one.code for one in held.values()}
    found = derived(tree.site({**SOMME, **lieu, "territoires/vimeu": VIMEU}))
    assert found.keys() == {"hauts-de-france"}


def test_an_address_that_another_has_or_had_is_not_taken(tree):
    files = {
        **SOMME,
        "territoires/nord": entry("territoires", titre="Gers", code="32"),
        "territoires/a": entry("territoires", titre="A", code="33",
                               anciennes_urls=["/territoires/oise/"]),
        "retraits.yml": "retraits:\n  - {ref: territoires/aisne, le: 2021-09-01}\n",
        **{f"lieux/{one}": entry("lieux", commune=one.title())
           for one in ("lille", "beauvais", "laon", "arras")},
    }  # fmt: skip
    found = derived(tree.site(files))
    assert not {"nord", "oise", "aisne"} & found.keys() and "pas-de-calais" in found


def test_a_draft_leaves_its_place_to_what_is_derived(tree):
    draft = entry("territoires", titre="Secret", type="cc", code="200070944", statut="brouillon")
    lieu = entry("lieux", commune="Friville-Escarbotin")
    site = tree.site({**SOMME, "territoires/cc-du-vimeu": draft, "lieux/a": lieu})
    assert not any("Secret" in str(one.entry) for one in site.items.values())
    assert any(one.code == "200070944" for one in derived(site).values())


def test_they_are_neither_read_nor_judged_nor_new(tree):
    result = tree.run(SOMME, siteurl="https://exemple.org")
    site = result.site
    assert site and result.read == 1 and not list(result.report)
    assert not any(one.ref != "territoires/somme" for one in changes_of(site))
    told = {ref for feed in feeds_of(site).every for ref in feed.refs}
    assert not told & {f"territoires/{slug}" for slug in derived(site)}


def test_a_dossier_does_not_gather_them_and_a_field_that_names_one_leads_to_it(tree):
    dossier = entry("dossiers", regle={"territoire": "somme"})
    files = {**SOMME, "dossiers/d": dossier, "lieux/a": entry("lieux")}
    assert tree.site(files).indexes.gathered["dossiers/d"] == ("lieux/a",)
    article = {"articles/a": entry("articles", territoires=["ca-pays-de-saint-omer"])}
    view = tree.view("/articles/a/", article)
    assert view.territoires[0].url == "/territoires/ca-pays-de-saint-omer/"


def test_the_forge_is_asked_for_a_new_file(tree):
    depot = "https://github.com/exemple/portail"
    files = {**SOMME, "lieux/a": entry("lieux", commune="Beauvais")}
    view = tree.view("/territoires/oise/", files, depot=depot)
    assert view.fichier_url == ""
    asked = parse_qs(urlsplit(view.lecture.corriger).query)
    assert asked["filename"] == ["content/territoires/oise.md"]
    header = yaml.safe_load(asked["value"][0].split("---")[1])
    assert header == {
        "titre": "Oise", "type": "departement", "code": "60",
        "resume": "Un département de la région Hauts-de-France.",
    }  # fmt: skip
    for other in ("https://forge.exemple.org/x", ""):
        assert tree.view("/territoires/oise/", depot=other).lecture.corriger == ""


def test_a_body_may_lead_to_one(tree, reported):
    text = "[Nord](territoires/nord), [Oise](../territoires/oise.md), [Lens](/territoires/lens/)"
    (found,) = reported({**SOMME, "articles/a": entry("articles", text)})
    assert found.startswith("articles/a.md:") and "E401" in found and "lens" in found
    text = "[Nord](territoires/nord), [Oise](../territoires/oise.md#Autour)"
    site = tree.site({"articles/a": entry("articles", text)})
    assert [*site.items["articles/a"].links.values()] == [
        "/territoires/nord/", "/territoires/oise/#autour",
    ]  # fmt: skip
    vimeu = {"territoires/vimeu": VIMEU, "articles/b": entry("articles", "[x](cc-du-vimeu)")}
    assert "E401" in reported(vimeu)[0], "its page has another address"
