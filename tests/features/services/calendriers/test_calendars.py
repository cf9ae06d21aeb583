"""Which pages have a calendar, and the events that each holds."""

from datetime import date

from doses import rows_of
from plans import entry
from portail.features.services.calendriers.calendars import GROUPS, calendars_of

FILES = rows_of("features/services/calendriers/calendars.yml")


def test_the_calendars_of_a_site(tree):
    calendars = calendars_of(tree.site(FILES))
    held = {one.page: [ref.removeprefix("events/") for ref in one.refs] for one in calendars.every}
    assert held == {
        "/agenda/": ["atelier", "dedans", "en-ligne", "village"],
        "/agenda/departement/pas-de-calais/": ["atelier", "dedans", "village"],
        "/agenda/epci/ca-pays-de-saint-omer/": ["atelier", "dedans", "village"],
        "/lieux/musee-exemple/": ["atelier", "dedans"],
        # What is of long ago is no longer held, but its calendar stays where it was.
        "/temps-forts/rendez-vous/": [],
    }
    urls = [one.url for one in calendars.every]
    assert len(set(urls)) == len(urls)
    ranks = [GROUPS.index(one.groupe) for one in calendars.every]
    assert ranks == sorted(ranks)
    # Pages that share one.
    by_page = calendars.by_page
    assert "/themes/numerique/" not in by_page and "/territoires/somme/" not in by_page
    assert by_page["/territoires/region/"].page == "/agenda/"
    assert by_page["/territoires/saint-omer/"].page == "/agenda/epci/ca-pays-de-saint-omer/"


def test_what_they_hold_changes_once_a_month(tree):
    first = calendars_of(tree.site(FILES, day=date(2021, 12, 1)))
    assert first.since == date(2021, 11, 1)
    assert calendars_of(tree.site(day=date(2021, 12, 31))) == first
    assert calendars_of(tree.site(day=date(2022, 1, 1))).since == date(2021, 12, 1)


def test_a_calendar_that_is_full_holds_what_is_nearest(tree, monkeypatch):
    monkeypatch.setattr("portail.features.services.calendriers.calendars.MOST", 3)
    days = {"vieux": "2021-02-01", "hier": "2021-09-24", "demain": "2021-09-28",
            "loin": "2021-12-01", "bientot": "2021-10-02"}  # fmt: skip
    tree.site({f"events/{slug}": entry("events", debut=day) for slug, day in days.items()})
    tree.site({"events/dure": entry("events", debut="2021-09-01", fin="2021-12-31")})

    def held(month, day):
        agenda, *_ = calendars_of(tree.site(day=date(2021, month, day))).every
        return [ref.removeprefix("events/") for ref in agenda.refs]

    assert held(9, 27) == ["bientot", "demain", "dure"]
    assert held(11, 22) == held(11, 28) == ["bientot", "dure", "loin"]
