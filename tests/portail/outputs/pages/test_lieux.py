"""The page of a place: its box, what it is to others, what the day makes of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest

from plans import Tree, entry
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.views.shared import Fait, Lien

NB = "\u00a0"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def lieu(tree: Tree, options: dict[str, Any] | None = None, /, **fields: Any) -> Any:
    """The view of one place beside a network."""
    text = entry("lieux", titre="Musée *vif*", **fields)
    files = {"lieux/club": entry("lieux", titre="Club", commune="Lille"), "lieux/essai": text}
    return tree.view("/lieux/essai/", files, **(options or {}))


def told(rows: tuple[Fait, ...]) -> dict[str, list[str]]:
    """Rows by label: texts, links as ``texte <url>``, notes in brackets."""
    return {row.libelle: list(map(_told, row.valeurs)) for row in rows}


def _told(link: Lien) -> str:
    url = f" <{link.url}>" if link.url else ""
    return link.texte + url + (f" ({link.note})" if link.note else "")


FULL: dict[str, Any] = {
    "commune": None,
    "adresse": {"rue": "1 rue X", "code_postal": "80000", "commune": "Amiens"},
    "acces": "Bus 2",
    "horaires_ouverture": "Tu-Su 10:00-18:00",
    "tarifs": [{"libelle": "plein tarif", "prix": "6,50"}, {"libelle": "enfants", "prix": 0}],
    "duree_visite": "1 h 30",
    "publics": ["tout-public"],
    "equipements": [
        {"type": "planetarium", "places": 80, "places_pmr": 4},
        {"type": "auditorium", "places": 1200},
        {"type": "atelier", "places_pmr": 2},
        {"type": "parking"},
    ],
    "accessibilite": {"moteur": "oui"},
    "site": "https://musee.example.org/",
    "courriel": "a@example.org",
    "telephone": "03 21 00 00 00",
    "reseaux_sociaux": {"mastodon": "https://example.org/@musee"},
    "roles": ["acteur-ressource"],
    "membre_de": ["club"],
    "verifie_le": "2021-09-20",
}
WAY = "https://www.openstreetmap.org/search?query=1%20rue%20X%2C%2080000%20Amiens"
ROLE = "Acteur ressource (Conseille, informe, accompagne ou prête du matériel.)"


def test_the_region_of_the_portal_is_not_among_the_territories(tree: Tree) -> None:
    files = {"lieux/musee": entry("lieux")}
    held = [one.texte for one in tree.view("/lieux/musee/", files, region="Normandie").territoires]
    assert held[-1] == "Hauts-de-France", "a place of elsewhere says it"
    here = tree.view("/lieux/musee/", files, region="Hauts-de-France").territoires
    assert [one.texte for one in here] == held[:-1]


class TestBox:
    def test_all(self, tree: Tree) -> None:
        found = told(lieu(tree, **FULL).faits)
        assert found.pop("Accessibilité")
        assert found.pop("Territoires")[1:] == ["Somme"]
        assert found == {
            "Adresse": [
                "1 rue X", "80000 Amiens (80)",
                f"Itinéraire <{WAY}>",
            ],
            "Accès": ["Bus 2"],
            "Horaires": [f"Du mardi au dimanche : de 10{NB}h à 18{NB}h"],
            "Tarifs": [f"Plein tarif : 6,50{NB}€", "Enfants : gratuit"],
            "Durée de visite": ["1 h 30"],
            "Public": ["Tout public"],
            "Équipements": [
                "Planétarium (80 places, dont 4 pour fauteuil)", "Auditorium (1200 places)",
                "Atelier (2 pour fauteuil)", "Parc de stationnement",
            ],
            "Rôle": [ROLE],
            "Membre de": ["Club </lieux/club/>"],
            "Réseaux sociaux": ["Mastodon <https://example.org/@musee>"],
            "Fiche vérifiée le": [f"20{NB}septembre 2021"],
        }  # fmt: skip

    def test_ways_to_reach_it(self, tree: Tree) -> None:
        assert lieu(tree, **FULL).boutons == (
            Lien("Écrire", "mailto:a@example.org?subject=Depuis%20le%20portail%20%3A%20Mus%C3%A9e"
                 "%20vif", "a@example.org"),
            Lien("Appeler le 03 21 00 00 00", "tel:0321000000"),
            Lien("Voir le site", "https://musee.example.org/", "musee.example.org"),
        )  # fmt: skip
        assert lieu(tree).boutons == ()

    @pytest.mark.parametrize(
        ("fields", "label", "sentence"),
        [
            ({**FULL, "tarifs": None}, "Tarifs", "Pas encore renseignés"),
            ({**FULL, "accessibilite": None}, "Accessibilité", "Pas encore renseignée"),
            ({**FULL, "adresse": None, "commune": "Amiens"}, "Adresse", "Pas encore renseignée"),
            ({"type": "laboratoire", "adresse": FULL["adresse"], "commune": None}, "Contact",
             "Pas encore renseigné"),
            ({"type": "reseau", "commune": None, "territoires": ["somme"]}, "Contact",
             "Pas encore renseigné"),
        ],
    )  # fmt: skip
    def test_what_is_missing_is_said(
        self, tree: Tree, fields: dict[str, Any], label: str, sentence: str
    ) -> None:
        rows = {row.libelle: row.valeurs for row in lieu(tree, **fields).faits}
        assert [one.texte for one in rows[label]] == [sentence]

    def test_a_sheet_that_says_little_is_not_a_list_of_what_it_lacks(self, tree: Tree) -> None:
        assert not any(
            "renseigné" in text for texts in told(lieu(tree).faits).values() for text in texts
        )

    def test_a_sheet_checked_long_ago(self, tree: Tree) -> None:
        for day, old in ((date(2022, 9, 21), False), (date(2022, 9, 22), True)):
            row = lieu(tree, {"day": day}, **FULL).faits[-1]
            assert bool(row.valeurs[0].note) is old

    def test_a_sheet_that_nobody_checked_says_so(self, tree: Tree) -> None:
        assert told(lieu(tree).faits)["Fiche vérifiée le"] == ["Jamais vérifiée"]

    @pytest.mark.parametrize(
        ("contact", "asked"),
        [
            ({}, []),
            ({"courriel": "a@example.org"}, ["Inconnu ? Écrivez avant <mailto:a@example.org>"]),
            ({"courriel": "a@example.org", "telephone": "03 21 00 00 00"},
             ["Inconnu ? Appelez avant de venir <tel:0321000000>"]),
        ],
    )  # fmt: skip
    def test_each_handicap_has_its_line(
        self, tree: Tree, contact: dict[str, str], asked: list[str]
    ) -> None:
        access = {"moteur": "oui", "auditif": "partiel", "visuel": "non", "equipements": ["lsf"]}
        view = lieu(tree, accessibilite=access, **contact)
        row = next(one for one in view.faits if one.libelle == "Accessibilité")
        assert [one.signe for one in row.valeurs[:5]] == [
            "oui", "partiel", "non", "inconnu", "inconnu",
        ]  # fmt: skip
        assert told((row,))["Accessibilité"] == [
            "Moteur : accessible", "Auditif : en partie accessible", "Visuel : non accessible",
            "Mental : inconnu", "Psychique : inconnu", "Langue des signes française", *asked,
        ]  # fmt: skip

    def test_nobody_is_asked_when_all_is_known(self, tree: Tree) -> None:
        known = dict.fromkeys(("auditif", "visuel", "moteur", "mental", "psychique"), "oui")
        view = lieu(tree, accessibilite=known, telephone="03 21 00 00 00")
        assert len(told(view.faits)["Accessibilité"]) == 5


class TestLoans:
    @pytest.mark.parametrize(
        ("day", "copies", "expected"),
        [
            (date(2021, 9, 30), 1, f"Libre le 30{NB}septembre 2021"),
            (date(2021, 10, 1), 1, f"En prêt jusqu’au 8{NB}octobre 2021"),
            (date(2021, 10, 8), 1, f"En prêt jusqu’au 8{NB}octobre 2021"),
            (date(2021, 10, 8), 3, f"2 exemplaires libres le 8{NB}octobre 2021"),
        ],
    )
    def test_whether_a_tool_is_there_is_dated(
        self, tree: Tree, day: date, copies: int, expected: str
    ) -> None:
        loan = {"lieu": "club", "du": "2021-10-01", "au": "2021-10-08"}
        tool = {"proprietaire": "essai", "type": "exposition", "pret": {"exemplaires": copies}}
        files = {
            "lieux/club": entry("lieux", titre="Club", commune="Lille"),
            "lieux/essai": entry("lieux"),
            "ressources/malle": entry("ressources", **tool, itinerance=[loan]),
            "ressources/valise": entry("ressources", **tool),
        }
        blocs = {one.code: one for one in tree.view("/lieux/essai/", files, day=day).blocs}
        notes = dict(zip((c.url for c in blocs["prets"].cartes), blocs["prets"].notes, strict=True))
        assert notes == {"/ressources/malle/": expected, "/ressources/valise/": ""}


class TestTies:
    def test_roles_and_networks_are_in_the_box(self, tree: Tree) -> None:
        view = lieu(tree, **FULL)
        assert view.lieu.roles == ("Acteur ressource",)
        assert view.lieu.liens == ()

    def test_unless_it_offers_something(self, tree: Tree) -> None:
        view = lieu(tree, **FULL, offre=["pret", "accueil-de-groupes"])
        assert not {"Rôle", "Membre de"} & set(told(view.faits))
        assert told(view.lieu.liens) == {
            "Rôle": [ROLE],
            "Propose aux autres structures": ["Prêt d’outils", "Accueil de groupes"],
            "Membre de": ["Club </lieux/club/>"],
        }


class TestClosures:
    FERMETURES = (
        {"du": "2021-12-24", "au": "2022-01-02", "motif": "travaux"},
        {"du": "2021-09-20", "au": "2021-10-01"},
    )

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (date(2021, 9, 19), [False, False]),
            (date(2021, 9, 20), [True, False]),
            (date(2021, 10, 1), [True, False]),
            (date(2021, 10, 2), [False]),
            (date(2022, 1, 3), []),
        ],
    )
    def test_shown_until_they_are_over(self, tree: Tree, day: date, expected: list[bool]) -> None:
        found = lieu(tree, {"day": day}, fermetures=self.FERMETURES).lieu.fermetures
        assert [one.message.ton == "alerte" for one in found] == expected

    ROOMS: ClassVar = {
        "equipements": [{"type": "planetarium"}, {"type": "bibliotheque"}],
        "fermetures": [
            {"du": "2021-09-20", "au": "2021-10-01", "equipement": "planetarium"},
            {"du": "2021-11-02", "au": "2021-11-30", "equipement": "bibliotheque"},
        ],
        "horaires_ouverture": "24/7",
    }

    def test_a_facility_closes_alone(self, tree: Tree) -> None:
        view = lieu(tree, **self.ROOMS)
        told = [(one.message.titre, one.message.ton) for one in view.lieu.fermetures]
        assert told == [
            (f"Planétarium fermé jusqu’au 1er{NB}octobre 2021", "info"),
            (f"Bibliothèque fermée du 2 au 30{NB}novembre 2021", "info"),
        ]
        assert view.lieu.horaires.fermetures == "", "the place itself is open"

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            (ROOMS, [f"Planétarium fermé jusqu’au 1er{NB}octobre 2021"]),
            ({"fermetures": FERMETURES}, [f"Fermé jusqu’au 1er{NB}octobre 2021"]),
            ({"fermetures": FERMETURES[:1]}, []),
        ],
    )
    def test_the_card_says_what_is_closed(
        self, tree: Tree, fields: dict[str, Any], expected: list[str]
    ) -> None:
        labels = card_of(tree.site({"lieux/essai": entry("lieux", **fields)}), "lieux/essai")
        assert [one.texte for one in labels.etiquettes] == expected

    def test_in_words_that_stay_true(self, tree: Tree) -> None:
        found = lieu(tree, fermetures=self.FERMETURES).lieu.fermetures
        assert [(one.message.titre, one.message.texte, one.fin) for one in found] == [
            (f"Fermé du 20{NB}septembre au 1er{NB}octobre 2021", "", date(2021, 10, 1)),
            (f"Fermé du 24{NB}décembre 2021 au 2{NB}janvier 2022", "Travaux.", date(2022, 1, 2)),
        ]


class TestComing:
    def test_prices_have_conditions(self, tree: Tree) -> None:
        one = {"libelle": "étudiants", "prix": 0, "conditions": "le premier dimanche du mois"}
        (value,) = next(
            row for row in lieu(tree, tarifs=[one]).faits if row.libelle == "Tarifs"
        ).valeurs
        assert (value.texte, value.note) == ("Étudiants : gratuit", "Le premier dimanche du mois")

    def test_tickets_come_first(self, tree: Tree) -> None:
        where = {"url": "https://example.org/billets", "telephone": "03 21 00 00 00",
                 "note": "jusqu’à 17 h"}  # fmt: skip
        view = lieu(tree, billetterie=where, courriel="a@example.org")
        assert told(view.faits)["Billetterie"] == [
            "example.org/billets <https://example.org/billets>",
            "03 21 00 00 00 <tel:0321000000>", "Jusqu’à 17 h",
        ]  # fmt: skip
        assert [one.texte for one in view.boutons] == ["Prendre un billet", "Écrire"]

    def test_groups_know_how_to_come(self, tree: Tree) -> None:
        asked = {"courriel": "g@example.org", "comment": "en indiquant l’âge", "min": 10,
                 "max": 60, "delai_jours": 15}  # fmt: skip
        (title, rows), hire = lieu(tree, groupes=asked).lieu.accueil
        assert (title, told(rows)) == ("Venir en groupe", {
            "Effectif": ["De 10 à 60 personnes"],
            "À demander": ["15 jours à l’avance"],
            "Comment réserver": ["En indiquant l’âge"],
            "Contact": ["g@example.org <mailto:g@example.org>"],
        })  # fmt: skip
        assert hire == ("Louer un espace", ())

    @pytest.mark.parametrize(
        ("sizes", "expected"),
        [({"min": 8}, "À partir de 8 personnes"), ({"max": 30}, "30 personnes au plus")],
    )
    def test_one_bound_is_enough(self, tree: Tree, sizes: dict[str, int], expected: str) -> None:
        assert told(lieu(tree, groupes=sizes).lieu.accueil[0][1])["Effectif"] == [expected]

    def test_rooms_for_hire(self, tree: Tree) -> None:
        rooms = [
            {"nom": "auditorium", "places": 120, "surface_m2": 150, "tarif": "300 € la soirée"},
            {"nom": "Cour"},
        ]
        assert told(lieu(tree, espaces=rooms).lieu.accueil[1][1]) == {
            "Auditorium": [f"120 places, 150{NB}m²", "300 € la soirée"],
            "Cour": ["Se renseigner auprès du lieu"],
        }


class TestHours:
    def test_a_week_and_exceptions(self, tree: Tree) -> None:
        hours = lieu(tree, horaires_ouverture="Tu-Sa 10:00-18:00; PH off").lieu.horaires
        (week,) = hours.semaines
        assert (week.titre, week.dates) == ("", "")
        assert week.jours[:2] == (("Lundi", "fermé"), ("Mardi", f"10{NB}h –{NB}18{NB}h"))
        assert hours.phrases == ("Jours fériés : fermé",)
        assert json.loads(hours.regles) == [
            [0, [], [1, 2, 3, 4, 5], [], "", [600, 1080], ""], [2, [], [], [], "PH", [], ""],
        ]  # fmt: skip
        assert (hours.fermetures, hours.vacances) == ("", "")

    def test_seasons_are_titled(self, tree: Tree) -> None:
        text = "Tu-Sa 10:00-18:00; Jul-Aug Mo-Sa 10:00-19:00"
        weeks = lieu(tree, horaires_ouverture=text).lieu.horaires.semaines
        assert [(one.titre, one.dates) for one in weeks] == [
            ("Le reste de l’année", ""), ("Juillet et août", "701 831"),
        ]  # fmt: skip

    def test_closures_that_are_not_over_are_for_the_script(self, tree: Tree) -> None:
        fields = {"horaires_ouverture": "24/7", "fermetures": TestClosures.FERMETURES}
        hours = lieu(tree, {"day": date(2021, 10, 2)}, **fields).lieu.horaires
        assert json.loads(hours.fermetures) == ["2021-12-24", "2022-01-02"]

    def test_none_when_nothing_is_told(self, tree: Tree) -> None:
        assert lieu(tree).lieu.horaires is None


class TestBlocs:
    def test_all_that_names_it(self, tree: Tree) -> None:
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
            "parle": ["articles/b", "dossiers/d"],
            "contributions": ["articles/a", "events/signe"],
            "membres": ["lieux/club"],
            "ressources": ["ressources/livre", "ressources/prise"],
            "annonces": ["annonces/stage"],
            "projets": ["communautes/c", "projets/p", "temps-forts/fete"],
            "auteurs": ["auteurs/camille"],
        }
        titles = [bloc.titre for bloc in view.blocs]
        assert titles[:3] == ["Prochains événements", "Événements passés", "À emprunter"]

    def test_what_is_too_many_is_cut_and_says_where_the_rest_is(self, tree: Tree) -> None:
        files = {f"articles/a{rank:02}": entry("articles", lieu="musee") for rank in range(7)}
        bloc = tree.view("/lieux/musee/", {"lieux/musee": entry("lieux"), **files}).blocs[0]
        assert [card.ref for card in bloc.cartes] == [f"articles/a{rank:02}" for rank in range(6)]
        assert (bloc.url, bloc.lien) == ("/articles/", "Tous les articles")

    def test_places_around(self, tree: Tree) -> None:
        names = {"a": "Amiens", "b": "Amiens", "c": "Longueau", "d": "Corbie", "e": "Lille"}
        files = {f"lieux/{one}": entry("lieux", commune=town) for one, town in names.items()}
        bloc = tree.view("/lieux/a/", files).blocs[-1]
        assert (bloc.code, [card.ref for card in bloc.cartes]) == (
            "voisins", ["lieux/b", "lieux/c", "lieux/d"],
        )  # fmt: skip
        assert bloc.notes[0] == "0"
        assert 1 <= int(bloc.notes[1]) < int(bloc.notes[2]) < 30
        assert tree.view("/lieux/e/").blocs == ()

    def test_a_place_is_shown_beside_few_others(self, tree: Tree) -> None:
        before = tree.pages({f"lieux/l{rank:02}": entry("lieux") for rank in range(40)})
        after = tree.pages({"lieux/l20": entry("lieux", titre="Un autre nom")})
        changed = {url for url in before if before[url].key != after[url].key}
        assert {url for url in changed if url.startswith("/lieux/l")} == {
            f"/lieux/l{rank}/" for rank in range(16, 21)
        }


def test_what_stands_in_each_column(tree: Tree) -> None:
    long = tree.view("/lieux/a/", {"lieux/a": entry("lieux", "Un mot de plus. " * 40)})
    assert long.disposition == "longue"
    assert lieu(tree, commune=None, territoires=["somme"]).disposition == "pied-cote"
    assert lieu(tree).disposition == "", "a map lengthens its box"
    assert lieu(tree, **FULL).disposition == "haute"
