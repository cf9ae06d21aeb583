"""The programme of a village, a parcours, a yearly rendezvous."""

from datetime import date
from typing import ClassVar

import pytest

from plans import entry

NB = "\u00a0"
CHILD = {"evenement_parent": "village"}
FETE = {"temps_fort": "fete"}


def programmes(tree, url, files, **options):
    return tree.view(url, files, **options).programmes


def told(group):
    return group.titre, [f"{one.heures} : {one.titre}" for one in group.lignes]


def test_a_village_by_day_and_by_hour(tree):
    files = {
        "events/village": entry("events", debut="2021-10-02", fin="2021-10-03"),
        "events/midi": entry("events", titre="Midi", debut="2021-10-02 12:00", **CHILD),
        "events/matin": entry(
            "events", titre="Matin", debut="2021-10-02 09:00", fin="2021-10-02 10:30",
            themes=["numerique"], etat="annule", **CHILD,
        ),
        "events/deux": entry(
            "events", titre="Deux",
            seances=[{"debut": "2021-10-02 14:00"}, {"debut": "2021-10-02 16:00"},
                     {"debut": "2021-10-03 10:00"}], **CHILD,
        ),
        "events/expo": entry(
            "events", titre="Expo", debut="2021-10-01", fin="2021-10-31", **CHILD
        ),
    }  # fmt: skip
    (one,) = programmes(tree, "/evenements/village/", files)
    assert (one.titre, one.forme) == ("Au programme", "jours")
    assert [told(group) for group in one.groupes] == [
        (f"Samedi 2{NB}octobre 2021", [
            f"9{NB}h – 10{NB}h{NB}30 : Matin", f"12{NB}h : Midi",
            f"14{NB}h, 16{NB}h : Deux",
        ]),
        (f"Dimanche 3{NB}octobre 2021", [f"10{NB}h : Deux"]),
        ("Plusieurs jours de suite", [f"Du 1er au 31{NB}octobre 2021 : Expo"]),
    ]  # fmt: skip
    first = one.groupes[0].lignes[0]
    assert (first.theme, first.iso, first.annule) == (
        "numerique", "2021-10-02T09:00:00+02:00", True,
    )  # fmt: skip
    assert [label.texte for label in first.etiquettes] == ["Annulé"]
    assert first.details == ("Wizernes", "Atelier")
    assert [group.feuille and group.feuille.jour.day for group in one.groupes] == [2, 3, None]


def test_the_steps_of_a_parcours_in_their_order(tree):
    files = {
        "events/village": entry("events", format="parcours-scientifique"),
        "events/b": entry("events", titre="B", debut="2021-10-09 10:00", etape=1, **CHILD),
        "events/a": entry("events", titre="A", debut="2021-10-09", etape=2, **CHILD),
    }
    (one,) = programmes(tree, "/evenements/village/", files)
    assert (one.titre, one.forme) == ("Les étapes", "etapes")
    day = f"Sam. 9{NB}oct."
    assert told(one.groupes[0]) == ("", [f"{day}, 10{NB}h : B", f"{day}, horaire à confirmer : A"])


class TestParcours:
    """Three steps: a lieu whose place is known, its commune, another commune."""

    def files(self, **last):
        def step(number, **fields):
            base = {"titre": f"É{number}", "debut": f"2021-10-09 {8 + number:02}:00"}
            return entry("events", etape=number, **base | CHILD | fields)

        return {
            "events/village": entry("events", titre="Rues", format="parcours-scientifique"),
            "lieux/gare": entry("lieux", commune="Lille", coordonnees={"lat": 50.636, "lon": 3.07}),
            "lieux/parc": entry("lieux", commune="Lille", coordonnees={"lat": 50.64, "lon": 3.05}),
            "events/e1": step(1, lieu="gare"),
            "events/e2": step(2, lieu="parc"),
            "events/e3": step(3, adresse={"commune": "Lille"}),
            "events/e4": step(4, **{"adresse": {"commune": "Roubaix"}, **last}),
        }

    def test_its_plan_and_how_far_steps_are(self, tree):
        (one,) = programmes(tree, "/evenements/village/", self.files())
        assert one.distances == ("", f"1,5{NB}km", "", f"9,9{NB}km")
        plan = one.carte
        assert [(point.numero, point.lien.url) for point in plan.points] == [
            (number, f"/evenements/e{number}/") for number in range(1, 5)
        ]
        assert (plan.forme, plan.fond, plan.echelle.texte) == ("parcours", "", f"2{NB}km")
        assert plan.trace.count("L") == 3
        assert "mairie" in plan.legende

    def test_without_two_places_there_is_no_plan(self, tree):
        files = {
            name: text.replace('lieu: "gare"', 'lieu: "parc"')
            for name, text in self.files().items()
        }
        del files["events/e3"], files["events/e4"]
        (one,) = programmes(tree, "/evenements/village/", files)
        assert (one.carte, one.distances) == (None, ("", f"50{NB}m"))

    def test_a_step_knows_its_rank_and_its_neighbours(self, tree):
        files = self.files()
        found = {}
        for number in range(1, 5):
            rank = tree.view(f"/evenements/e{number}/", files).fratrie
            near = [link and link.texte for link in (rank.precedente, rank.suivante)]
            found[rank.titre] = near
        assert found == {
            "Étape 1 sur 4": [None, "É2"], "Étape 2 sur 4": ["É1", "É3"],
            "Étape 3 sur 4": ["É2", "É4"], "Étape 4 sur 4": ["É3", None],
        }  # fmt: skip
        assert tree.view("/evenements/e2/", files).contexte[0].note == "étape 2 sur 4"

    def test_times_and_states_of_a_step_with_several_dates(self, tree):
        seances = [{"debut": "2021-10-09 10:00"}, {"debut": "2021-10-10 10:00", "etat": "annule"}]
        (one,) = programmes(
            tree, "/evenements/village/", self.files(debut=None, seances=seances)
        )  # fmt: skip
        last = one.groupes[0].lignes[3]
        assert (last.heures, last.etiquettes, last.annule) == (
            f"Sam. 9{NB}oct., 10{NB}h ; dim. 10{NB}oct., 10{NB}h (annulé)", (), False,
        )  # fmt: skip


def test_the_card_counts_what_an_event_holds(tree):
    files = {
        "events/village": entry("events", titre="Village"),
        "events/a": entry("events", **CHILD),
        "events/b": entry("events", **CHILD),
        "temps-forts/fete": entry("temps-forts"),
    }
    view = tree.view("/agenda/", files)
    cards = {line.carte.titre: line.carte.details for day in view.jours for line in day.lignes}
    assert cards["Village"][1:] == ("Wizernes", "2\u00a0animations")
    assert all(len(some) == 2 for name, some in cards.items() if name != "Village")


def test_what_contains_nothing_has_no_programme(tree):
    assert programmes(tree, "/evenements/village/", {"events/village": entry("events")}) == ()


class TestTempsFort:
    EDITIONS: ClassVar = {
        "2020": {"du": "2020-10-02", "au": "2020-10-12"},
        "2021": {"du": "2021-10-01", "au": "2021-10-11"},
        "2022": {"theme": "À annoncer"},
    }

    def files(self):
        def event(commune, day="2021-10-02", **fields):
            return entry("events", titre=commune, debut=day, adresse={"commune": commune},
                         **FETE, **fields)  # fmt: skip

        return {
            "temps-forts/fete": entry("temps-forts", editions=self.EDITIONS),
            "events/a": event("Amiens", format="village-des-sciences"),
            "events/b": event("Abbeville", envergure="festival"),
            "events/c": event("Lille"),
            "events/avant": event("Laon", "2020-10-03"),
            "events/autre": event("Laon", "2020-10-03", edition=2021),
        }

    def test_of_the_edition_that_comes(self, tree):
        first, days = programmes(tree, "/temps-forts/fete/", self.files())
        assert (first.titre, [card.ref for card in first.cartes]) == (
            "Villages, festivals et parcours", ["events/a", "events/b"],
        )  # fmt: skip
        assert [group.titre for group in days.groupes] == [
            f"Samedi 3{NB}octobre 2020", f"Samedi 2{NB}octobre 2021",
        ]  # fmt: skip
        view = tree.view("/temps-forts/fete/", self.files())
        assert view.blocs == ()  # events of other years are on the pages of their editions

    @pytest.mark.parametrize(("count", "told"), [(60, True), (61, False)])
    def test_when_they_are_many_its_programmes_tell_them(self, tree, count, told):
        files = {f"events/e{n}": entry("events", **FETE) for n in range(count)}
        files["temps-forts/fete"] = entry("temps-forts", editions=self.EDITIONS)
        assert bool(programmes(tree, "/temps-forts/fete/", files)) == told
        assert tree.view("/temps-forts/fete/", files).vide is None

    def test_after_the_last_edition_it_stays(self, tree):
        found = programmes(tree, "/temps-forts/fete/", self.files(), day=date(2022, 1, 1))
        assert [one.forme for one in found] == ["cartes", "jours"]

    def test_before_an_edition_without_events_there_is_no_programme(self, tree):
        editions = {**self.EDITIONS, "2022": {"du": "2022-10-01"}}
        files = {**self.files(), "temps-forts/fete": entry("temps-forts", editions=editions)}
        assert programmes(tree, "/temps-forts/fete/", files, day=date(2022, 1, 1)) == ()

    def test_without_edition_the_last_year_that_has_events(self, tree):
        files = {**self.files(), "temps-forts/fete": entry("temps-forts")}
        del files["events/autre"]
        days = next(one for one in programmes(tree, "/temps-forts/fete/", files)
                    if one.forme == "jours")  # fmt: skip
        assert [group.titre for group in days.groupes] == [f"Samedi 2{NB}octobre 2021"]
