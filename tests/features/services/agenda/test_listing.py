"""The agenda as a list: each day its lines, what lasts apart, where it stops."""

from datetime import timedelta

import pytest

from doses import dose
from plans import TODAY, entry, event
from portail.features.services.agenda import listing
from portail.outputs.pages.views.shared import Lien, Pagination

NB = "\u00a0"


def days(view):
    return [
        (str(one.jour), [line.carte.ref.partition("/")[2] for line in one.lignes])
        for one in view.jours
    ]


class TestDays:
    def test_in_the_order_of_time_from_the_day_of_the_build(self, tree):
        files = {
            "events/soir": event("2021-10-02 20:30"),
            "events/jour": event("2021-10-02"),
            "events/matin": event("2021-10-02 09:00"),
            "events/hier": event("2021-09-26"),
            "events/ce-jour": event("2021-09-27"),
        }
        view = tree.view("/agenda/", files)
        assert days(view) == [
            ("2021-09-27", ["ce-jour"]),
            ("2021-10-02", ["jour", "matin", "soir"]),
        ]
        assert (view.jours[1].nom, view.jours[1].mois) == ("Samedi", "octobre")
        assert view.chapo == f"4 rendez-vous du 27{NB}septembre au 2{NB}octobre 2021"
        assert view.voisins == (Lien("Événements passés", "/agenda/archives/"),)

    def test_what_comes_later_is_counted_too(self, tree, monkeypatch):
        """As filters count it: events, all of them."""
        monkeypatch.setattr(listing, "_MOST", 12)
        days = {f"events/e{day}": event(f"2021-11-{day:02}") for day in range(1, 29)}
        files = {
            "events/deux": event("2021-10-02 20:30"),
            "events/trois": event("2021-10-03"),
        } | days
        view = tree.view("/agenda/", files)
        assert view.chapo.startswith(f"30 événements à venir. Du 2{NB}octobre")
        assert view.chapo.endswith(" : 12 rendez-vous")

    def test_several_days_are_told_once_and_each_day_of_a_weekly_event(self, tree):
        seances = [{"debut": f"2021-10-{day:02} 14:00"} for day in (6, 13, 20)]
        files = {
            "events/a": event("2021-10-01", fin="2021-10-03"),
            "events/b": event("2021-09-25", fin="2021-09-28"),
            "events/c": entry("events", seances=seances),
            "events/d": event("2022-01-08"),
        }
        view = tree.view("/agenda/", files)
        assert days(view) == [
            ("2021-09-27", ["b"]), ("2021-10-01", ["a"]), ("2021-10-06", ["c"]),
            ("2021-10-13", ["c"]), ("2021-10-20", ["c"]), ("2022-01-08", ["d"]),
        ]  # fmt: skip
        assert view.jours[-1].mois == "janvier 2022", "another year is said"

    def test_labels_are_those_of_the_day(self, tree):
        """The day that was first announced says the new one."""
        seances = [{"debut": "2021-10-06", "etat": "annule"}, {"debut": "2021-10-13"}]
        files = {
            "events/a": entry("events", seances=seances),
            "events/b": event("2021-10-08", etat="reprogramme", ancien_debut="2021-10-01"),
            "events/c": event("2021-10-09", en_ligne="https://a.example/"),
        }
        found = [
            (day.jour.day, [label.texte for label in day.lignes[0].etiquettes])
            for day in tree.view("/agenda/", files).jours
        ]
        assert found == [
            (1, [f"Reporté au 8{NB}octobre"]), (6, ["Annulé"]), (8, ["Reprogrammé"]),
            (9, ["En ligne"]), (13, []),
        ]  # fmt: skip


def test_hours_in_words_and_for_machines(tree):
    seances = [{"debut": f"2021-10-14 {hour}:00"} for hour in (10, 14, 16)]
    files = {
        "events/a": event("2021-10-09 14:00", fin="2021-10-09 16:00"),
        "events/b": event("2021-10-10 14:00"),
        "events/c": event("2021-10-11"),
        "events/d": event("2021-10-12", fin="2021-10-13"),
        "events/e": entry("events", seances=seances),
        "events/f": event("2021-11-09", fin="2021-12-24"),
        "events/g": event("2021-12-30", fin="2022-01-02"),
    }
    view = tree.view("/agenda/", files)
    assert [(one.heure, one.suite, one.iso) for day in view.jours for one in day.lignes] == [
        (f"14{NB}h", f"– 16{NB}h", "2021-10-09T14:00:00+02:00"),
        (f"14{NB}h", "", "2021-10-10T14:00:00+02:00"),
        ("", "heure à confirmer", "2021-10-11"),
        ("Jusqu’au", f"13{NB}oct.", "2021-10-12"),
        (f"10{NB}h, 14{NB}h, 16{NB}h", "", "2021-10-14T10:00:00+02:00"),
        ("Jusqu’au", f"24{NB}déc.", "2021-11-09"),
        ("Jusqu’au", f"2{NB}janv. 2022", "2021-12-30"),
    ]


class TestLasting:
    def test_what_is_on_then_what_begins_soon(self, tree):
        files = {
            "events/a": event("2021-10-04", fin="2021-10-30"),
            "events/b": event("2021-09-17", fin="2021-10-06"),
            "events/c": event("2020-12-27", fin="2021-10-05"),
            "events/d": event("2021-10-11", fin="2021-12-31"),
            "events/e": event("2021-01-01", fin="2021-09-20"),
        }
        view = tree.view("/agenda/", files)
        assert [(bar.carte.ref, bar.dates, bar.ecoule) for bar in view.durees] == [
            ("events/c", f"27{NB}déc. 2020 – 5{NB}oct. 2021", 96),
            ("events/b", f"17{NB}sept. – 6{NB}oct.", 50),
            ("events/a", f"4{NB}oct. – 30{NB}oct.", None),
        ]
        assert days(view) == [("2021-10-11", ["d"])]

    def many(self, **fields):
        files = {
            f"events/e{rank}": event("2021-09-01", fin=f"2021-10-1{rank}", **fields)
            for rank in range(4)
        }
        cancelled = event("2021-09-01", fin="2021-10-01", etat="annule", **fields)
        return {**files, "events/annulee": cancelled}

    def test_a_fourth_is_a_link_away_and_what_is_cancelled_last(self, tree):
        pages = tree.pages(self.many(format="exposition"))
        view = pages["/agenda/"].view()
        assert [bar.carte.ref for bar in view.durees] == ["events/e0", "events/e1", "events/e2"]
        assert view.tous == Lien("5 expositions", "/agenda/en-ce-moment/")
        assert view.jours == () and view.aussi.cartes == ()
        assert view.chapo == "5 rendez-vous en ce moment"
        every = pages["/agenda/en-ce-moment/"].view()
        found = [bar.carte.ref.partition("/")[2] for bar in every.durees]
        assert found == ["e0", "e1", "e2", "e3", "annulee"]

    def test_a_value_says_the_others_in_short(self, tree):
        view = tree.view("/agenda/theme/numerique/", self.many(themes=["numerique"]))
        assert len(view.durees) == 3 and view.tous is None
        assert [card.ref for card in view.aussi.cartes] == ["events/e3", "events/annulee"]
        assert view.aussi.notes[0] == f"1er{NB}sept. – 13{NB}oct."
        assert view.aussi.titre == "Aussi en ce moment"
        later = {"events/plus-tard": event("2021-10-05", fin="2021-10-20", themes=["numerique"])}
        view = tree.view("/agenda/theme/numerique/", later)
        assert view.aussi.titre == "Ce qui dure aussi", "one of them has not begun"


class TestLength:
    def many(self, count, **fields):
        return {
            f"events/e{rank:03}": event(str(TODAY + timedelta(days=rank)), **fields)
            for rank in range(count)
        }

    @pytest.mark.parametrize("url", ["/agenda/", "/agenda/gratuit/"])
    def test_a_long_view_leads_to_what_comes_later(self, tree, monkeypatch, url):
        most = dose(20, 200)
        monkeypatch.setattr(listing, "_MOST", most)
        pages = tree.pages(self.many(most + 3, tarif={"gratuit": True}), taille_page=1)
        view = pages[url].view()
        assert sum(len(day.lignes) for day in view.jours) == most
        assert view.pagination.total == 1 and f"{url}page/2/" not in pages
        assert view.reste.note == str(TODAY + timedelta(days=most))
        week, _, day = view.reste.url.partition("#")
        assert day in [one.ancre for one in pages[week].view().jours]

    def test_what_is_reserved_is_shown_whole(self, tree, monkeypatch):
        """No week tells it."""
        monkeypatch.setattr(listing, "_MOST", 2)
        view = tree.view("/agenda/reserve/", self.many(5, reserve_a="la classe"))
        assert len(view.jours) == 5 and view.reste is None


def test_nothing_to_come_says_what_was_last(tree):
    view = tree.view("/agenda/", {"events/a": event("2021-01-01")})
    assert view.jours == () and view.chapo == ""
    assert view.vide.phrase == "Aucun rendez-vous à venir pour l’instant."
    sky = tree.view("/agenda/", ciel=True)
    assert sky.jours and sky.vide is None, "what the sky has is to come"
    assert view.vide.proche == Lien(
        "Titre events", "/evenements/a/", f"vendredi 1er{NB}janvier 2021"
    )
    assert view.vide.issues == (
        Lien("Événements passés (1)", "/agenda/archives/"),
        Lien("Être prévenu : calendrier", "#Suivre"),
        Lien("Proposer un événement", "/contribuer/evenement/"),
    )
    assert view.pagination == Pagination(1, 1, ("/agenda/",))
