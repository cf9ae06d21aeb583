"""What the page of a place shows of other contents: its events, what it lends, what is near."""

import re
from datetime import date

import pytest

from plans import entry

NB = "\u00a0"


class TestLoans:
    @pytest.mark.parametrize(
        ("day", "copies", "expected"),
        [
            (date(2021, 9, 30), 1, f"Libre le 30{NB}septembre 2021"),
            (date(2021, 10, 1), 1, f"Libre au plus tôt le 9{NB}octobre 2021"),
            (date(2021, 10, 8), 1, f"Libre au plus tôt le 9{NB}octobre 2021"),
            (date(2021, 10, 8), 2, f"Libre le 8{NB}octobre 2021"),
        ],
    )
    def test_whether_a_tool_is_there_is_dated(self, tree, day, copies, expected):
        loan = {"lieu": "club", "du": "2021-10-01", "au": "2021-10-08"}
        tool = {"proprietaire": "essai", "type": "exposition", "pret": {"exemplaires": copies}}
        files = {
            "lieux/club": entry("lieux", titre="Club", commune="Lille"),
            "lieux/essai": entry("lieux"),
            "ressources/malle": entry("ressources", **tool, itinerance=[loan]),
            "ressources/valise": entry("ressources", **tool),
        }
        (lent,) = tree.view("/lieux/essai/", files, day=day).blocs
        notes = dict(zip((card.url for card in lent.cartes), lent.notes, strict=True))
        assert notes == {"/ressources/malle/": expected, "/ressources/valise/": ""}


class TestBlocs:
    def test_all_that_names_it(self, tree):
        loan = {"proprietaire": "musee", "type": "exposition"}
        files = {
            "lieux/musee": entry("lieux"),
            "lieux/club": entry("lieux", membre_de=["musee"], commune="Lille"),
            "events/passe": entry("events", lieu="musee", debut="2021-09-01"),
            "events/demain": entry("events", lieu="musee", debut="2021-09-28"),
            "events/ailleurs": entry("events", partenaires=["musee"], debut="2021-09-27"),
            "events/signe": entry("events", auteurs=["musee"]),
            "articles/a": entry("articles", lieu="musee", auteurs=["musee"]),
            "articles/b": entry("articles", lieu="musee"),
            "ressources/malle": entry("ressources", **loan, pret={}),
            "ressources/livre": entry("ressources", **loan),
            "ressources/prise": entry(
                "ressources", pret={},
                itinerance=[{"lieu": "musee", "du": "2021-01-01", "au": "2021-02-01"}],
            ),
            "annonces/stage": entry("annonces", organisme="musee"),
            "projets/p": entry("projets", porteurs=["musee"]),
            "communautes/c": entry("communautes", membres=["musee"]),
            "dossiers/d": entry("dossiers", elements=["lieux/musee"]),
            "auteurs/camille": entry("auteurs", affiliation="musee"),
            "temps-forts/fete": entry("temps-forts", organisateur=["musee"]),
            "newsletters/2021-s39": entry("newsletters", epingles=["lieux/musee"]),
        }  # fmt: skip
        view = tree.view("/lieux/musee/", files)
        assert {bloc.code: [card.ref for card in bloc.cartes] for bloc in view.blocs} == {
            "agenda": ["events/ailleurs", "events/demain"],
            "passes": ["events/passe"],
            "prets": ["ressources/malle"],
            "parle": ["articles/a", "articles/b", "dossiers/d"],
            "aussi": ["events/signe", "ressources/livre", "ressources/prise", "communautes/c"],
            "membres": ["lieux/club"],
            "annonces": ["annonces/stage"],
            "auteurs": ["auteurs/camille"],
        }
        titles = [bloc.titre for bloc in view.blocs]
        assert titles[:3] == ["Prochains événements", "Événements passés", "À emprunter"]

    def test_what_is_too_many_is_cut_and_says_where_the_rest_is(self, tree):
        files = {f"articles/a{rank:02}": entry("articles", lieu="musee") for rank in range(7)}
        bloc = tree.view("/lieux/musee/", {"lieux/musee": entry("lieux"), **files}).blocs[0]
        assert [card.ref for card in bloc.cartes] == [f"articles/a{rank:02}" for rank in range(3)]
        assert (bloc.url, bloc.lien) == ("/articles/", "Tous les articles")

    def test_places_around(self, tree):
        names = {"a": "Amiens", "b": "Amiens", "c": "Longueau", "d": "Corbie", "e": "Lille"}
        files = {f"lieux/{one}": entry("lieux", commune=town) for one, town in names.items()}
        bloc = tree.view("/lieux/a/", files).blocs[-1]
        assert (bloc.code, [card.ref for card in bloc.cartes]) == (
            "voisins", ["lieux/b", "lieux/c", "lieux/d"],
        )  # fmt: skip
        assert bloc.notes[0] == "Amiens"
        (near,), (far,) = (re.findall(r"\d+", one) for one in bloc.notes[1:])
        assert 1 <= int(near) < int(far) < 30
        assert tree.view("/lieux/e/").blocs == ()

    def test_its_own_name_is_not_said_again(self, tree):
        names = {"club": {"titre": "Club, centre", "nom_court": "Le Club"}, "nu": {"titre": "Nu"}}
        for slug, fields in names.items():
            files = {
                f"lieux/{slug}": entry("lieux", commune="Lens", **fields),
                f"events/{slug}": entry("events", lieu=slug),
                f"ressources/{slug}": entry("ressources", proprietaire=slug, pret={}),
            }
            blocs = {one.code: one.cartes for one in tree.view(f"/lieux/{slug}/", files).blocs}
            shown = (*blocs["agenda"], *blocs["prets"])
            assert not [one for card in shown for one in card.details if slug in one.lower()]
            assert not [one for card in shown for one in card.etiquettes if one.code == "pret"]
