"""What the search shows of each content: its words, where it leads, keys that follow them."""

import json

import pytest

from doses import rows_of
from pictures import drawing, picture
from plans import entry
from portail_recherche import cards
from portail_recherche.terms import plan_search

HOME = {"region": "Hauts-de-France"}


def planned(site):
    return {one.url: one for one in plan_search(site) if "/fiches/" in one.url}


def read(file):
    return json.loads("".join(file.produce()))


def card(tree, name, text, **options):
    """The card of one content, added to the tree."""
    site = tree.site({name: text}, **(HOME | options))
    found = [one for file in planned(site).values() for one in read(file)["fiches"]]
    return next(one for one in found if one["url"] == site.config.base + site.items[name].url)


class TestWords:
    def test_of_a_lieu(self, tree):
        coming = entry("events", lieu="musee")
        called_off = entry("events", lieu="musee", etat="annule")
        over = entry("events", lieu="musee", debut="2021-09-01")
        tree.site({"events/a": coming, "events/b": called_off, "events/c": over,
                   "lieux/musee": entry("lieux")})  # fmt: skip
        text = entry(
            "lieux", "## Titre\n\nUn texte.", titre="Musée d'*Astacus*", type="musee",
            commune="Wizernes", coordonnees={"lat": 50.7, "lon": 2.2}, themes=["vivant-sante"],
        )  # fmt: skip
        assert card(tree, "lieux/musee", text) == {
            "url": "/lieux/musee/",
            "titre": ["Musée d’", "Astacus", ""],
            "theme": "vivant-sante",
            "sorte": "Lieu",
            "petit": "Wizernes",
            "sur": "Lieu · Musée",
            "resume": "Un résumé.",
            "meta": "Wizernes · Pays de Saint-Omer",
            "actions": [
                ["Voir la fiche", "/lieux/musee/"],
                ["Itinéraire", "https://www.openstreetmap.org/directions?to=50.7%2C2.2"],
                ["Agenda du lieu", "/lieux/musee/#Bloc-agenda"],
            ],
            "agenda": ["2021-10-09"],
            "texte": "Titre\nUn texte.",
        }

    def test_when_an_event_is(self, tree):
        for fields, petit in (
            ({}, "9\u00a0octobre"),
            ({"debut": "2020-10-09"}, "9\u00a0octobre 2020"),
            ({"debut": "2022-01-09"}, "9\u00a0janvier"),
            ({"debut": "2022-09-09"}, "9\u00a0septembre 2022"),
            ({"debut": "2021-10-09", "fin": "2021-10-10"}, "du 9 au 10\u00a0octobre"),
            ({"debut": "2021-09-01", "fin": "2022-01-03"}, "jusqu’au 3\u00a0janvier"),
            ({"debut": "2021-09-01", "fin": "2022-08-31"}, "toute l’année"),
            ({"debut": "2020-11-01", "fin": "2021-10-31"}, "jusqu’au 31\u00a0octobre"),
            ({"etat": "reporte", "ancien_debut": "2021-10-09 14:00"}, "nouvelle date à venir"),
        ):
            assert card(tree, "events/nuit", entry("events", **fields))["petit"] == petit

    def test_of_an_event(self, tree):
        text = entry("events", etat="complet", tarif={"gratuit": True})
        found = card(tree, "events/nuit", text, siteurl="https://exemple.org/sciences")
        assert found["sur"] == "Événement · Atelier"
        assert found["fin"] == ["2021-10-09", "Passé"]
        assert found["meta"] == "Samedi 9\u00a0octobre 2021, à 14\u00a0h · Wizernes"
        assert found["etiquettes"] == [["Complet", "complet", 1], ["Gratuit", "gratuit", 0]]
        assert found["actions"] == [["Voir les dates", "/sciences/evenements/nuit/"]]

    def test_what_is_over_says_so(self, tree):
        found = card(tree, "events/nuit", entry("events", debut="2021-09-01"))
        assert found["etiquettes"] == [["Passé", "passe", 0]] and "fin" not in found
        found = card(tree, "annonces/stage", entry("annonces", echeance="2021-09-25"))
        assert (found["petit"], found["etiquettes"]) == (
            "terminée", [["Terminée", "passe", 0]],
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("name", "fields", "petit", "meta"), rows_of("portail_recherche/tests/cards.yml")
    )
    def test_of_each_kind(self, tree, name, fields, petit, meta):
        tree.site({"lieux/musee": entry("lieux")})
        folder = name.partition("/")[0]
        found = card(tree, name, entry(folder, titre="Si a < b & c > d", **fields))
        assert (found.get("petit", ""), found.get("meta", "")) == (petit, meta)
        assert found["titre"] == "Si a < b & c > d", "what is typed stays text"

    def test_the_narrowest_picture(self, tree):
        tree.root.joinpath("content/articles").mkdir(parents=True)
        (tree.root / "content/articles/photo.jpg").write_bytes(picture(image=drawing(900, 600)))
        image = {"fichier": "photo.jpg", "alt": "Une photo", "credit": "Ada"}
        found = card(tree, "articles/a", entry("articles", image=image))
        assert found["image"] == "/medias/articles/photo.jpg.480.avif"


def test_neighbours_may_share_a_file(tree, monkeypatch):
    monkeypatch.setattr(cards, "BLOCK", 2)
    site = tree.site({f"lieux/l{rank}": entry("lieux") for rank in range(3)}, **HOME)
    held = {url: len(read(file)["fiches"]) for url, file in planned(site).items()}
    assert held == {"/recherche/fiches/0.deflate": 2, "/recherche/fiches/1.deflate": 1}
