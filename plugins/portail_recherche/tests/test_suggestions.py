"""What completes the words of a search field: names, where they lead, their order."""

import json

from doses import rows_of
from plans import contents, entry
from portail_recherche import terms as module
from portail_recherche.terms import plan_search

SUGGESTIONS = "/recherche/suggestions.json"
HOME = {"region": "Hauts-de-France"}
FILES = contents(rows_of("portail_recherche/tests/suggestions.yml"))


def document(site):
    files = {one.url: one for one in plan_search(site)}
    return json.loads("".join(files[SUGGESTIONS].produce()))


def told(site):
    data = document(site)
    return [(data["sortes"][rank], nom, *rest) for nom, rank, *rest in data["suggestions"]]


def test_each_name_leads_somewhere(tree):
    rows = told(tree.site(FILES, **HOME))
    derived = [row for row in rows if row[0] == "Territoire" and row[1] != "Somme"]
    assert ("Territoire", "Nord", "/territoires/nord/", "département") in derived
    assert [row for row in rows if row not in derived] == [
        ("Thème", "Astronomie et espace", "/themes/astronomie-espace/", ""),
        ("Temps fort", "Fête", "/temps-forts/fete/", "octobre"),
        ("Territoire", "Somme", "/territoires/somme/", "département"),
        ("Commune", "Amiens", "/agenda/?pres=Amiens", "Somme"),
        ("Commune", "Bordeaux", "/recherche/?q=Bordeaux", "Gironde"),
        ("Commune", "Lille", "/recherche/?q=Lille", "Nord"),
        ("Commune", "Wizernes", "/recherche/?q=Wizernes", "Pas-de-Calais"),
        ("Dossier", "Le ciel", "/dossiers/ciel/", ""),
        ("Lieu", "Zoo", "/lieux/zoo/", "Amiens"),
        ("Lieu", "Ailleurs", "/lieux/ailleurs/", "Bordeaux"),
        ("Lieu", "L’abri ouvert", "/lieux/abri/", "Lille"),
    ]


def test_a_name_that_two_communes_share_is_written_with_its_departement(tree):
    files = {
        "lieux/un": entry("lieux", commune="Senlis (60)"),
        "events/un": entry("events", adresse={"commune": "Senlis (60)"}),
    }
    ((_, nom, url, precision),) = (
        row for row in told(tree.site(files, **HOME)) if row[0] == "Commune"
    )
    assert (nom, precision) == ("Senlis", "Oise")
    assert url == "/agenda/?pres=Senlis%20%2860%29"


def test_a_sort_stops_at_what_most_contents_name(tree, monkeypatch):
    monkeypatch.setattr(module, "MOST", 1)
    names = [nom for _, nom, _, _ in told(tree.site(FILES, **HOME))]
    assert names == ["Astronomie et espace", "Fête", "Amiens Métropole", "Amiens", "Le ciel", "Zoo"]


def test_addresses_have_the_prefix_of_the_site(tree):
    site = tree.site(FILES, siteurl="https://exemple.org/sciences", **HOME)
    assert all(url.startswith("/sciences/") for _, _, url, _ in told(site))
