"""The ``.ics`` of the demonstration and of the vitrine, as their clients expand them."""

from datetime import timedelta

import icalendar
import pytest

from calendriers import by_recurring, in_order, lines_of, names_in_vdirsyncer, seen_of
from demonstration import store_of
from plans import TODAY, Tree, day_of, entry, key_of, result_of
from portail.config import SiteConfig
from portail.day import Day
from portail.features.services.calendriers.calendars import calendars_of
from portail.features.services.calendriers.output import plan_calendars
from portail.model.kinds import Kind

ETIQUETTE = "portail.example.org,2021"
SITEURL = "https://portail.example.org/sciences"


def files_of(site):
    return {one.url: one for one in plan_calendars(site)}


def text_of(file):
    return "".join(file.produce())


@pytest.fixture(
    scope="module",
    params=[pytest.param("content", marks=pytest.mark.long), "tests/sites/vitrine/content"],
)
def site(request, racine):
    config = SiteConfig(region="Hauts-de-France", siteurl=SITEURL, etiquette=ETIQUETTE)
    content, day = racine / request.param, Day(day_of(request.param), True)
    return result_of(content, config, day, store_of(content)).site


@pytest.mark.site
def test_every_calendar_expands_to_the_occurrences_of_the_site(site):
    files = files_of(site)
    names = {
        item.ref: [*item.entry.anciennes_urls, item.url][0] for item in site.of_kind(Kind.EVENT)
    }
    uids = {ref: f"tag:{ETIQUETTE}:{url.strip('/')}" for ref, url in names.items()}
    known = {ref: seen_of(site.items[ref].occurrences, uid) for ref, uid in uids.items()}
    for ref in known:
        if site.items[ref].is_over or not site.items[ref].occurrences:
            continue
        text = text_of(files.pop(f"{site.items[ref].url}evenement.ics"))
        assert by_recurring(text) == known[ref]
    for calendar in calendars_of(site).every:
        text = text_of(files.pop(calendar.url))
        wanted = in_order(one for ref in calendar.refs for one in known[ref])
        assert by_recurring(text) == wanted, calendar.url
    assert not files


@pytest.mark.site
def test_every_calendar_is_read_without_an_error(site):
    for file in files_of(site).values():
        text = text_of(file)
        lines = lines_of(text)
        assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
        calendar = icalendar.Calendar.from_ical(text)
        assert calendar.to_ical().decode() == text  # as icalendar writes it, to the byte
        assert not calendar.errors and not calendar.get_missing_tzids()
        for event in calendar.events:
            assert not event.errors
            assert event["URL"] in event["DESCRIPTION"]
            assert str(event["URL"]).startswith(f"{SITEURL}/evenements/")
        keys = [(str(one["UID"]), one.get("RECURRENCE-ID") and one["RECURRENCE-ID"].dt)
                for one in calendar.events]  # fmt: skip
        assert len(set(keys)) == len(keys)
        assert names_in_vdirsyncer(text) == [uid for uid, _ in keys], "none takes another's place"


def test_an_event_has_a_file_until_it_is_over(tree):
    found = files_of(tree.site({
        "events/nuit": entry("events", debut=f"{TODAY}"),
        "events/annule": entry("events", debut=f"{TODAY}", etat="annule"),
        "events/hier": entry("events", debut=f"{TODAY - timedelta(days=1)}"),
    }))  # fmt: skip
    later = files_of(tree.site(day=TODAY + timedelta(days=1)))
    assert found.keys() - later.keys() == {
        "/evenements/annule/evenement.ics", "/evenements/nuit/evenement.ics",
    }  # fmt: skip
    assert not [url for url in later if url.endswith("evenement.ics")]
    assert "/agenda/agenda.ics" in later


@pytest.mark.parametrize("label", [ETIQUETTE, ""])
def test_a_rename_that_says_so_changes_no_uid(label, tmp_path):
    found = []
    for rank, (name, former) in enumerate((("nuit", []), ("nuit-noire", ["/evenements/nuit/"]))):
        event = entry("events", anciennes_urls=former, seances=[
            {"debut": f"{TODAY} 14:00"}, {"debut": f"{TODAY + timedelta(days=3)} 20:00"},
        ])  # fmt: skip
        tree = Tree(tmp_path / str(rank))
        site = tree.site({f"events/{name}": event}, siteurl=SITEURL, etiquette=label)
        text = text_of(files_of(site)[f"/evenements/{name}/evenement.ics"])
        found.append([str(one["UID"]) for one in icalendar.Calendar.from_ical(text).events])
    assert found[0] == found[1] and len(set(found[0])) == 2


def test_a_subscription_presents_itself(tree):
    """Commas and semicolons are escaped in its name."""
    files = {"lieux/musee": entry("lieux", titre="Ciel, Terre ; mers")}
    files["events/visite"] = entry("events", lieu="musee")
    site = tree.site(files, siteurl=SITEURL, etiquette=ETIQUETTE, nom="Sciences")
    head = text_of(files_of(site)["/lieux/musee/agenda.ics"]).partition("BEGIN:VTIMEZONE")[0]
    name = "Ciel\\, Terre\u00a0\\; mers"
    told = f"{name}\u00a0: les événements annoncés sur Sciences en Hauts-de-France."
    assert sorted(lines_of(head)) == sorted([
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Sciences//Portail//FR",
        "CALSCALE:GREGORIAN",
        f"DESCRIPTION:{told}",
        f"NAME:{name} · Sciences",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        f"SOURCE;VALUE=URI:{SITEURL}/lieux/musee/agenda.ics",
        f"URL:{SITEURL}/lieux/musee/",
        "X-PUBLISHED-TTL:PT12H",
        f"X-WR-CALDESC:{told}",
        f"X-WR-CALNAME:{name} · Sciences",
        "X-WR-TIMEZONE:Europe/Paris",
    ])  # fmt: skip


def test_without_siteurl_no_address_is_made_up(tree):
    for file in files_of(tree.site({"events/nuit": entry("events")})).values():
        assert "http" not in text_of(file) and "URL" not in text_of(file)
        assert "UID:evenements/nuit\r\n" in text_of(file)


def keys(site):
    return {url: key_of(file) for url, file in files_of(site).items()}
