"""What one goes out for in the sky: what is told from where one is, in the agenda, its feed and its
calendars, and nowhere as an event of ours."""

import re
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import astronomy
import pytest
from icalendar import Calendar

from doses import cases, rows_of
from plans import Tree, entry
from portail_ciel.outings import outings
from portail_ciel.sky import Almanac, Place
from portail_donnees.donnees.documents import plan_exports
from portail_recherche.sentences import sentences

PARIS = ZoneInfo("Europe/Paris")
LILLE = Place(50.6311, 3.0468, PARIS)
SAINT_DENIS = Place(-20.9329, 55.4461, ZoneInfo("Indian/Reunion"))
TROMSO = Place(69.6496, 18.956, ZoneInfo("Europe/Oslo"))
SLACK = timedelta(minutes=2)
DAY = date(2022, 9, 28)
ATELIER = entry("events", debut="2022-10-08 14:00", publie_le="2022-09-05")


def year(place, first):
    return outings(Almanac(place), date.fromisoformat(first))


def told(place, first):
    return {f"{one.jour}": one.titre for one in year(place, first)}


def test_the_rarest_of_a_fortnight_is_told():
    assert told(LILLE, "2022-08-01") == {
        "2022-08-14": "Saturne toute la nuit",  # the Perseids are on the 12th, below a full Moon
        "2022-09-26": "Jupiter toute la nuit",
        "2022-10-25": "Éclipse de Soleil",
        "2022-12-08": "Mars toute la nuit",  # the Geminids are on the 14th
        "2023-01-03": "Étoiles filantes : les Quadrantides",
        "2023-04-22": "Étoiles filantes : les Lyrides",
    }


@cases("place", [LILLE, SAINT_DENIS, TROMSO])
def test_there_is_at_most_one_a_fortnight(place):
    for first in ("2022-01-01", "2025-01-01", "2027-01-01"):
        days = [one.jour for one in year(place, first)]
        assert days
        assert all(later - day >= timedelta(days=14) for day, later in pairwise(days))


def test_what_is_told_of_a_day_depends_on_no_month():
    early, late = told(LILLE, "2026-09-01"), told(LILLE, "2027-03-01")
    both = {day for day in early | late if "2027-03-01" <= day < "2027-09-01"}
    assert both
    assert {day: early.get(day) for day in both} == {day: late.get(day) for day in both}


@cases(
    "place, first, day, hours",
    [
        (LILLE, "2022-10-01", "2022-10-25", ("11:09", "12:57")),
        (SAINT_DENIS, "2023-04-01", "2023-04-20", ("06:31", "07:01")),  # the Sun rises at 6:31
    ],
)
def test_an_eclipse_is_told_while_it_is_seen(place, first, day, hours):
    (one,) = [one for one in year(place, first) if f"{one.jour}" == day]
    told = zip((one.debut, one.fin), hours, strict=True)
    assert all(abs(at - datetime.fromisoformat(f"{day} {hour}")) <= SLACK for at, hour in told)


def test_what_is_below_the_horizon_is_not_told():
    assert "2022-11-08" not in told(LILLE, "2022-11-01")  # the Moon sets before it is eclipsed
    assert not [day for day in told(TROMSO, "2022-06-01") if day < "2022-08-15"]
    assert not [one for one in told(LILLE, "2024-04-20").values() if "Êta" in one]
    # From the south they are, at the end of the night.
    (shower,) = [one for one in year(SAINT_DENIS, "2024-04-20") if "Êta" in one.titre]
    assert (f"{shower.jour}", shower.debut.hour) == ("2024-05-05", 3)


def test_at_sunset_an_eclipse_hides_what_is_seen_of_it():
    almanac = Almanac(LILLE)
    (one,) = [one for one in year(LILLE, "2028-01-20") if one.titre == "Éclipse de Soleil"]
    start = almanac.moment(datetime(2028, 1, 20))
    whole = astronomy.SearchLocalSolarEclipse(start, almanac.observer)
    assert almanac.hidden(whole.peak.time) == pytest.approx(100 * whole.obscuration, abs=0.5)
    assert one.fin < almanac.local(whole.peak.time)
    (share,) = re.findall(r"(\d+) % du disque", one.texte)
    assert int(share) < 100 * whole.obscuration - 10


def test_a_moon_that_leaves_nothing_hides_a_shower():
    assert "2024-04-22" not in told(LILLE, "2024-04-01")  # the Lyrids, the eve of a full Moon
    (shower,) = [one for one in year(LILLE, "2023-04-01") if "Lyrides" in one.titre]
    assert shower.texte.endswith("La Lune ne gêne pas.")


def site(tree, files=None, **settings):
    known = {"day": DAY, "ciel": True, "siteurl": "https://portail.example.org", **settings}
    return tree.run({"events/atelier": ATELIER} | (files or {}), **known)


def produced(result, path):
    (one,) = [one for one in result.plan if str(one.path) == path]
    return "".join(one.produce())


def lines(tree, files=None, **settings):
    view = tree.view("/agenda/", {"events/atelier": ATELIER} | (files or {}), day=DAY, **settings)
    return {f"{day.jour}": day.lignes[0] for day in view.jours}


def test_the_agenda_tells_of_it_everywhere(tree):
    line = lines(tree, ciel=True)["2022-10-25"]
    assert (line.heure, line.suite) == ("11\xa0h\xa010", "– 12\xa0h\xa058")
    assert line.carte.titre == "Éclipse de Soleil"
    assert line.carte.url == "/ciel/#Jour-2022-10-25"
    assert line.carte.details[1] == "Partout, de chez vous"


@pytest.mark.parametrize("settings", [{"ciel": False}, {"ciel": True, "region": ""}])
def test_without_the_sky_the_agenda_is_that_of_contents(tmp_path, settings):
    assert [*lines(Tree(tmp_path), **settings)] == ["2022-10-08"]


def test_without_an_event_there_is_no_agenda_for_it(tree):
    pages = tree.pages({"articles/sel": entry("articles")}, ciel=True, day=DAY)
    assert not pages["/"].view().agenda.cartes
    assert pages["/ciel/"].view().annee


def test_its_anchor_is_on_the_page_of_the_sky(tree):
    rows = tree.view("/ciel/", {"events/atelier": ATELIER}, ciel=True, day=DAY).annee
    assert [anchor for anchor, _, _ in rows] == [
        "Jour-2022-10-25", "Jour-2022-12-08", "Jour-2023-01-03", "Jour-2023-04-22",
        "Jour-2022-08-14", "Jour-2022-09-26",  # over: the agenda of these days leads there
    ]  # fmt: skip
    assert [text for *_, text in rows[-2:]] == ["", ""], "nothing past is told"
    assert rows[0][2].startswith("Éclipse de Soleil, de 11\xa0h\xa010 à 12\xa0h\xa058")


def test_calendars_have_it_at_its_hours_under_a_name_that_stays(tree):
    for path in ("agenda/agenda.ics", "agenda/departement/pas-de-calais/agenda.ics"):
        events = Calendar.from_ical(produced(site(tree), path)).walk("VEVENT")
        (one,) = [event for event in events if event["SUMMARY"] == "Éclipse de Soleil"]
        assert one["UID"] == "ciel/#Jour-2022-10-25@portail.example.org"
        assert one["URL"] == "https://portail.example.org/ciel/#Jour-2022-10-25"
        assert one.start == datetime(2022, 10, 25, 11, 10, tzinfo=PARIS)
        assert one.end == datetime(2022, 10, 25, 12, 58, tzinfo=PARIS)
    later = produced(site(Tree(tree.root), day=date(2022, 9, 30)), "agenda/agenda.ics")
    assert later == produced(site(tree), "agenda/agenda.ics")


def test_the_feed_and_the_search_have_it(tree):
    result = site(tree)
    assert "Mar. 25\xa0oct. · Éclipse de Soleil" in produced(result, "agenda/a-venir.xml")
    found = produced(result, "recherche/suggestions.json")
    assert '["Éclipse de Soleil",' in found
    assert "mardi 25\xa0octobre 2022" in found
    rows = {title: row for title, *row in sentences(result.site)["services"]}
    address, summary, asked = rows["Éclipse de Soleil"]
    assert address.endswith("/ciel/#Jour-2022-10-25")
    assert summary.startswith("Mardi 25\xa0octobre 2022\xa0: Éclipse de Soleil, de 11\xa0h\xa010")
    assert "éclipse" in asked.split(", ")
    assert "Jupiter toute la nuit" not in rows  # over


def test_a_feed_names_no_list_of_themes_that_is_not_there(tree):
    bare = entry("events", debut="2022-10-08 14:00", publie_le="2022-09-05", themes=None)
    said = produced(site(tree, {"events/atelier": bare}), "agenda/a-venir.xml")
    assert "Éclipse" in said
    assert "/themes/" not in said


def test_it_is_no_event_of_ours(tree):
    result = site(tree)
    assert [item.ref for item in result.site.items.values()] == ["events/atelier"]
    assert [item.ref for item in result.site.dated] == ["events/atelier"]
    assert not [one for one in result.plan if str(one.path).startswith("ciel/2")]
    view = tree.view("/agenda/", ciel=True, day=DAY)
    assert view.chapo.startswith("1 événement et 4\xa0autres rendez-vous à venir")
    assert not [
        one for one in plan_exports(result.site) if "clipse" in "".join(map(str, one.produce()))
    ]


def test_the_year_stays_on_a_home_that_has_no_outing_of_its_own(tree):
    files = {
        "events/invente": entry("events", debut="2022-10-08 14:00", exemple=True),
        "temps-forts/pi": entry("temps-forts", periode=None, regle="14 mars"),
    }
    view = tree.view("/", files, ciel=True, day=DAY)
    assert [bloc.ancre for bloc in view.appels] == ["Annee"]
    assert view.agenda.cartes[0].titre == "Éclipse de Soleil"


@pytest.mark.parametrize(("fields", "stays"), rows_of("portail_ciel/tests/outings.yml"))
def test_what_somebody_wrote_within_a_day_takes_its_place(tree, fields, stays):
    known = {"partout": True, "themes": ["astronomie-espace"]} | fields
    result = site(tree, {"events/mars": entry("events", **known)})
    name = "Mars toute la nuit"
    assert (name in produced(result, "agenda/agenda.ics")) == stays
    assert (name in produced(result, "recherche/suggestions.json")) == stays
    page = tree.view("/ciel/", ciel=True, day=DAY)
    assert ("Jour-2022-12-08" in [anchor for anchor, _, _ in page.annee]) == stays


def test_what_somebody_wrote_of_that_day_takes_its_place(tree):
    written = {
        "events/lunettes": entry(
            "events",
            titre="Une bouchée à midi",
            debut="2022-10-25 11:05",
            partout=True,
            themes=["astronomie-espace"],
        ),
        "events/autre": entry(
            "events", debut="2022-12-07 10:00", partout=True, themes=["numerique"]
        ),
    }
    names = {day: line.carte.titre for day, line in lines(tree, ciel=True, files=written).items()}
    assert names["2022-10-25"] == "Une bouchée à midi"
    result = site(Tree(tree.root), written)
    assert [item.name for item in result.site.told.values() if not item.is_over] == [
        "Mars toute la nuit", "Étoiles filantes : les Quadrantides",
        "Étoiles filantes : les Lyrides",
    ]  # fmt: skip
