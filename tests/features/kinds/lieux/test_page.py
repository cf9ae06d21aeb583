"""The page of a place: its box, what it is to others, what the day makes of it."""

import json
from datetime import date
from typing import ClassVar

import pytest

from doses import rows_of
from plans import box, box_rows, entry, rows_said
from portail.features.services.horaires.rules import NATIONAL
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.views.shared import Lien

NB = "\u00a0"


def lieu(tree, options=None, /, **fields):
    """The view of one place beside a network."""
    text = entry("lieux", titre="Musée *vif*", **fields)
    files = {"lieux/club": entry("lieux", titre="Club", commune="Lille"), "lieux/essai": text}
    return tree.view("/lieux/essai/", files, **(options or {}))


FULL = rows_of("features/kinds/lieux/page.yml")
WAY = "https://www.openstreetmap.org/search?query=1%20rue%20X%2C%2080000%20Amiens"
ROLE = "Conseille, informe, accompagne ou prête du matériel"


def test_the_region_of_the_portal_is_not_among_the_territories(tree):
    files = {"lieux/musee": entry("lieux")}
    held = [one.texte for one in tree.view("/lieux/musee/", files, region="Normandie").territoires]
    assert held[-1] == "Hauts-de-France", "a place of elsewhere says it"
    here = tree.view("/lieux/musee/", files, region="Hauts-de-France").territoires
    assert [one.texte for one in here] == held[:-1]


class TestBox:
    def test_all(self, tree):
        view = lieu(tree, **FULL)
        found = box(view)
        assert found.pop("Accessibilité")
        assert view.territoires[1].texte == "Somme", "at the foot of the page"
        assert rows_said(view.premiers) == {
            "Horaires": [
                f"Du mardi au dimanche : de 10{NB}h à 18{NB}h",
                "Jours fériés : à vérifier",
            ]
        }
        assert found == {
            "Adresse": ["1 rue X", "80000 Amiens", f"Itinéraire <{WAY}>"],
            "Tarifs": [f"Plein tarif : 6,50{NB}€", "Enfants : gratuit"],
            "Accès": ["Bus 2"],
            "Public": ["Tout public"],
            "Durée de visite": ["1 h 30"],
            "Équipements": [
                ("Planétarium (80 places, dont 4 pour fauteuil), auditorium (1\u00a0200 places), "
                "atelier (2 pour fauteuil), parc de stationnement")
            ],
            "Pour les autres structures": [ROLE],
            "Membre de": ["Club </lieux/club/>"],
            "Réseaux sociaux": ["Mastodon <https://example.org/@musee>"],
        }  # fmt: skip
        assert list(found)[:2] == ["Adresse", "Tarifs"], "what one looks for is first"
        assert view.lieu.verifiee == f"Fiche vérifiée le 20{NB}septembre 2021"
        assert (view.lieu.manque, view.lieu.offres) == ("", ())

    def test_hours_that_the_site_of_the_place_tells(self, tree):
        site = {"site": "https://musee.example.org/"}
        view = lieu(tree, type="musee", **site)
        assert view.premiers == ()
        assert view.boutons == (Lien("Horaires et billets, sur leur site", site["site"]),)
        assert "horaires" not in view.lieu.manque.lower()
        assert lieu(tree, type="laboratoire", **site).premiers == ()

    @pytest.mark.parametrize("fields", [{}, {"type": "laboratoire"}, FULL])
    def test_the_site_of_the_place_is_linked_once(self, tree, fields):
        address = "https://musee.example.org/"
        view = lieu(tree, **{**fields, "site": address})
        first = [value.url for fact in view.premiers for value in fact.valeurs]
        assert [*first, *(one.url for one in view.boutons)].count(address) == 1

    def test_ways_to_reach_it(self, tree):
        assert lieu(tree, **FULL).boutons == (
            Lien("Écrire", "mailto:a@example.org?subject=Depuis%20le%20portail%20%3A%20Mus%C3%A9e"
                 "%20vif", "a@example.org"),
            Lien("Appeler le 03 21 00 00 00", "tel:0321000000"),
            Lien("Voir le site", "https://musee.example.org/", "musee.example.org"),
        )  # fmt: skip

    def test_what_nobody_told_has_no_place(self, tree):
        view = lieu(tree)
        assert (view.boutons, view.lieu.verifiee, view.lieu.horaires) == ((), "", None)

    def test_else_the_editors_hand_the_message_on(self, tree):
        (way,) = lieu(tree, {"courriel": "r@example.org"}).boutons
        assert way.texte == "Poser une question"
        address, _, query = way.url.partition("?")
        assert address == "mailto:r@example.org"
        assert "Mus%C3%A9e%20vif" in query and "%2Flieux%2Fessai%2F" in query
        (own,) = lieu(tree, {"courriel": "r@example.org"}, courriel="a@example.org").boutons
        assert own.texte == "Écrire"

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({**FULL, "tarifs": None}, "Tarifs : pas encore connus ici"),
            ({**FULL, "tarifs": [{"libelle": "premier dimanche du mois", "prix": 0}]},
             "Plein tarif : pas encore connu ici"),
            ({**FULL, "accessibilite": None}, "Accessibilité : pas encore connue ici"),
            ({"type": "musee"},
             "Adresse, tarifs, accessibilité, contact : pas encore connus ici"),
            ({"type": "reseau", "commune": None, "territoires": ["somme"]},
             "Contact : pas encore connu ici"),
        ],
    )  # fmt: skip
    def test_what_is_missing_is_one_line(self, tree, fields, said):
        view = lieu(tree, **fields)
        assert view.lieu.manque == said
        assert all(row.valeurs for row in box_rows(view)), "and nowhere else"

    @pytest.mark.parametrize(("day", "old"), [(21, False), (22, True)])
    def test_a_sheet_checked_long_ago(self, tree, day, old):
        view = lieu(tree, {"day": date(2022, 9, day)}, **FULL)
        assert ("appelez avant" in view.lieu.verifiee) is old

    @pytest.mark.parametrize(
        ("title", "price", "said"),
        [
            ("Informations pratiques, 2021", "sans réservation", "2021"),
            ("Guide, janvier 2019", "sans réservation", "2019 : appelez avant de venir"),
            ("Le musée", "en 2019", "2019 : appelez avant de venir"),
            ("Guide, 2019", "en 2021", "2021"),
            ("Contrat 2021-2030", "à partir de 2030", None),
            ("Le musée, 4 mai", "sans réservation", None),
        ],
    )
    def test_what_nobody_checked_tells_the_year_of_its_sources(self, tree, title, price, said):
        prices = [{"libelle": "adultes", "prix": 5, "conditions": price}]
        view = lieu(tree, type="musee", references=[{"titre": title}], tarifs=prices)
        whole = f"Fiche écrite d’après des sources publiques, la plus récente de {said}"
        assert view.lieu.verifiee.replace(NB, " ") == (whole if said else "")

    @pytest.mark.parametrize(
        ("contact", "asked"),
        [
            ({}, []),
            ({"courriel": "a@example.org"}, ["Écrivez avant de venir <mailto:a@example.org>"]),
            ({"courriel": "a@example.org", "telephone": "03 21 00 00 00"},
             ["Appelez avant de venir <tel:0321000000>"]),
        ],
    )  # fmt: skip
    def test_each_known_handicap_has_its_line(self, tree, contact, asked):
        access = {
            "moteur": "oui", "auditif": "partiel", "visuel": "non", "equipements": ["lsf"],
            "labels": ["tourisme-et-handicap"], "precisions": "Pavés.",
        }  # fmt: skip
        view = lieu(tree, accessibilite=access, **contact)
        row = next(one for one in box_rows(view) if one.libelle == "Accessibilité")
        assert [one.signe for one in row.valeurs[:3]] == ["oui", "partiel", "non"]
        assert rows_said((row,))["Accessibilité"] == [
            "Moteur : accessible", "Auditif : en partie accessible", "Visuel : non accessible",
            "Langue des signes française", "Tourisme & Handicap", "Pavés",
            "Pas encore connu : mental, psychique", *asked,
        ]  # fmt: skip

    def test_nobody_is_asked_when_all_is_known(self, tree):
        known = dict.fromkeys(("auditif", "visuel", "moteur", "mental", "psychique"), "oui")
        view = lieu(tree, accessibilite=known, telephone="03 21 00 00 00")
        assert len(box(view)["Accessibilité"]) == 5


class TestTies:
    def test_or_at_the_head_when_it_offers_something(self, tree):
        view = lieu(tree, **FULL, offre=["pret", "accueil-de-groupes"])
        assert "Pour les autres structures" not in box(view)
        assert view.lieu.offres == ("Prêt d’outils", "Accueil de groupes")

    def test_a_short_name_where_others_name_it(self, tree):
        files = {
            "lieux/club": entry("lieux", titre="Club des *étoiles*, centre", nom_court="Le Club"),
            "lieux/essai": entry("lieux", membre_de=["club"]),
            "events/e": entry("events", lieu="club", organisateurs=["club"], debut="2021-10-09"),
            "ressources/malle": entry("ressources", proprietaire="club", pret={}),
        }
        assert box(tree.view("/lieux/essai/", files))["Membre de"] == ["Le Club </lieux/club/>"]
        own = tree.view("/lieux/club/")
        assert (own.titre, own.nom_court) == ("Club des étoiles, centre", "Le Club")
        site = tree.site()
        assert any("Le Club" in one for one in card_of(site, "events/e").details)
        assert "Le Club" in card_of(site, "ressources/malle").details


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
    def test_shown_until_they_are_over(self, tree, day, expected):
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

    def test_a_facility_closes_alone(self, tree):
        view = lieu(tree, **self.ROOMS)
        told = [(one.message.titre, one.message.ton) for one in view.lieu.fermetures]
        assert told == [
            (f"Planétarium fermé jusqu’au 1er{NB}octobre 2021", "info"),
            (f"Bibliothèque fermée du 2 au 30{NB}novembre 2021", "info"),
        ]
        assert view.lieu.horaires.fermetures == "", "the place itself is open"

    def test_the_card_says_what_is_closed(self, tree):
        for fields, expected in (
            (self.ROOMS, [f"Planétarium fermé jusqu’au 1er{NB}octobre 2021"]),
            ({"fermetures": self.FERMETURES}, [f"Fermé jusqu’au 1er{NB}octobre 2021"]),
            ({"fermetures": self.FERMETURES[:1]}, []),
        ):
            site = tree.site({"lieux/essai": entry("lieux", **fields)})
            assert [one.texte for one in card_of(site, "lieux/essai").etiquettes] == expected

    def test_in_words_that_stay_true(self, tree):
        found = lieu(tree, fermetures=self.FERMETURES).lieu.fermetures
        assert [(one.message.titre, one.message.texte, one.fin) for one in found] == [
            (f"Fermé du 20{NB}septembre au 1er{NB}octobre 2021", "", date(2021, 10, 1)),
            (f"Fermé du 24{NB}décembre 2021 au 2{NB}janvier 2022", "Travaux.", date(2022, 1, 2)),
        ]


class TestComing:
    def test_prices_have_conditions(self, tree):
        free = {"libelle": "étudiants", "prix": 0, "conditions": "le premier dimanche du mois"}
        assert rows_said(lieu(tree, tarifs=[free]).faits)["Tarifs"] == [
            "Étudiants : gratuit (Le premier dimanche du mois)"
        ]

    def test_tickets_come_first(self, tree):
        where = {"url": "https://example.org/billets", "telephone": "03 21 00 00 00",
                 "note": "jusqu’à 17 h"}  # fmt: skip
        view = lieu(tree, billetterie=where, courriel="a@example.org")
        assert box(view)["Billetterie"] == [
            "example.org/billets <https://example.org/billets>",
            "03 21 00 00 00 <tel:0321000000>", "Jusqu’à 17 h",
        ]  # fmt: skip
        assert [one.texte for one in view.boutons] == ["Prendre un billet", "Écrire"]

    ASKED: ClassVar = {"courriel": "g@example.org", "comment": "en indiquant l’âge", "min": 10,
                       "max": 60, "delai_jours": 15}  # fmt: skip
    TOLD: ClassVar = ["De 10 à 60 personnes", "À demander 15 jours à l’avance",
                      "En indiquant l’âge", "g@example.org <mailto:g@example.org>"]  # fmt: skip

    def test_groups_know_how_to_come_and_whom_to_ask_once(self, tree):
        view = lieu(tree, groupes=self.ASKED)
        assert box(view)["Venir en groupe"] == self.TOLD
        assert view.lieu.accueil == ()
        known = lieu(tree, groupes=self.ASKED, courriel="g@example.org")
        assert box(known)["Venir en groupe"] == self.TOLD[:-1]

    @pytest.mark.parametrize(
        ("sizes", "expected"),
        [({"min": 8}, "À partir de 8 personnes"), ({"max": 30}, "30 personnes au plus")],
    )
    def test_one_bound_is_enough(self, tree, sizes, expected):
        assert box(lieu(tree, groupes=sizes))["Venir en groupe"] == [expected]

    def test_rooms_for_hire(self, tree):
        rooms = [
            {"nom": "auditorium", "places": 120, "surface_m2": 150, "tarif": "300 € la soirée"},
            {"nom": "Cour"},
        ]
        hired = [f"Auditorium (120 places, 150{NB}m², 300 € la soirée)", "Cour"]
        assert box(lieu(tree, espaces=rooms))["Louer un espace"] == hired
        long = lieu(tree, espaces=rooms, groupes=self.ASKED)
        assert rows_said(long.lieu.accueil) == {
            "Venir en groupe": self.TOLD,
            "Louer un espace": hired,
        }
        assert "Louer un espace" not in box(long), "the box stays short"


class TestHours:
    def test_a_week_and_exceptions(self, tree):
        hours = lieu(tree, horaires_ouverture="Tu-Sa 10:00-18:00; PH off").lieu.horaires
        (week,) = hours.semaines
        assert (week.titre, week.dates) == ("", "")
        assert week.jours[:2] == (("Lundi", "fermé"), ("Mardi", f"10{NB}h –{NB}18{NB}h"))
        assert hours.phrases == ("Jours fériés : fermé",)
        assert json.loads(hours.regles) == [
            [0, [], [1, 2, 3, 4, 5], [], "", [600, 1080], ""], [2, [], [], [], "PH", [], ""],
        ]  # fmt: skip
        assert (hours.fermetures, hours.vacances) == ("", "")

    @pytest.mark.parametrize(
        ("insee", "own"),
        [
            ("67482", " -2 12-26"),
            ("Saint-Denis (974)", " 12-20"),
            ("97105", " 05-27"),
            ("80021", ""),
        ],
    )
    def test_the_script_knows_the_holidays_of_the_territory(self, tree, insee, own):
        hours = lieu(tree, horaires_ouverture="Tu-Su 10:00-20:00", commune=insee).lieu.horaires
        assert hours.feries == f"{NATIONAL}{own}"
        assert json.loads(hours.regles)[-1] == [0, [], [], [], "PH", [], "à vérifier"]

    def test_seasons_are_titled(self, tree):
        text = "Tu-Sa 10:00-18:00; Jul-Aug Mo-Sa 10:00-19:00"
        weeks = lieu(tree, horaires_ouverture=text).lieu.horaires.semaines
        assert [(one.titre, one.dates) for one in weeks] == [
            ("Le reste de l’année", ""), ("Juillet et août", "701 831"),
        ]  # fmt: skip

    def test_closures_that_are_not_over_are_for_the_script(self, tree):
        fields = {"horaires_ouverture": "24/7", "fermetures": TestClosures.FERMETURES}
        hours = lieu(tree, {"day": date(2021, 10, 2)}, **fields).lieu.horaires
        assert json.loads(hours.fermetures) == ["2021-12-24", "2022-01-02"]
