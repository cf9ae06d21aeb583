"""What is written of one event, example by example."""

from datetime import UTC, date, datetime

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendriers import lines_of
from plans import entry
from portail.clock import PARIS
from portail.features.services.calendriers.components import FOOT, head_text
from portail.features.services.calendriers.output import plan_calendars


def events(tree, **fields):
    """The components of one event, read again."""
    address = {"rue": "1 rue d'Exemple", "code_postal": "80000", "commune": "Amiens"}
    place = {"adresse": address, "coordonnees": {"lat": 49.9, "lon": 2.3}}
    files = {
        "events/nuit": entry("events", **{"titre": "La nuit", "modifie": "2021-09-05"} | fields),
        "lieux/musee": entry("lieux", titre="*Musée*", **place),
    }
    site = tree.site(
        files, siteurl="https://exemple.org", etiquette="exemple.org,2021", nom="Sciences"
    )
    found = {one.url: one for one in plan_calendars(site)}
    text = "".join(found["/evenements/nuit/evenement.ics"].produce())
    lines_of(text)
    return list(icalendar.Calendar.from_ical(text).events)


def test_an_event_as_a_client_reads_it(tree):
    (event,) = events(
        tree,
        lieu="musee",
        debut="2021-10-09 14:00",
        fin="2021-10-09 16:00",
        resume="*Bufo* ; une, deux\\",
        tarif={"prix": "5,50", "conditions": "gratuit pour les élèves."},
        publics=["familles"],
        age={"min": 8},
        inscription={
            "regime": "obligatoire", "url": "https://exemple.org/r", "avant_le": "2021-10-07",
        },
        themes=["numerique"],
        format=["atelier", "visite"],
    )  # fmt: skip
    assert event["DTSTART"].dt == datetime(2021, 10, 9, 14, tzinfo=PARIS)
    assert event["DTEND"].dt == datetime(2021, 10, 9, 16, tzinfo=PARIS)
    assert {name: event[name] for name in ("UID", "SUMMARY", "LOCATION", "STATUS", "TRANSP")} == {
        "UID": "tag:exemple.org,2021:evenements/nuit",
        "SUMMARY": "La nuit",
        "LOCATION": "Musée, 1 rue d’Exemple, 80000 Amiens",
        "STATUS": "CONFIRMED",
        "TRANSP": "OPAQUE",
    }
    assert event["DESCRIPTION"].split("\n") == [
        "Bufo\u00a0; une, deux\\",
        "Tarif\u00a0: 5,50\u00a0€. Gratuit pour les élèves",
        "Public\u00a0: Familles, dès 8\u00a0ans",
        "Inscription obligatoire, jusqu’au 7\u00a0octobre 2021\u00a0: https://exemple.org/r",
        "https://exemple.org/evenements/nuit/",
    ]
    assert event["GEO"].to_ical() == "49.9;2.3"
    assert event["URL"] == "https://exemple.org/evenements/nuit/"
    assert event.categories == ["Numérique", "Atelier", "Visite"]
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == datetime(2021, 9, 5, tzinfo=UTC)
    assert event["CREATED"].dt == datetime(2021, 9, 1, tzinfo=UTC)
    assert "ORGANIZER" not in event


def test_whole_days_end_the_next_day_and_make_nobody_busy(tree):
    (event,) = events(tree, debut="2021-10-09", fin="2021-10-10")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2021, 10, 9), date(2021, 10, 11))
    assert event["TRANSP"] == "TRANSPARENT"


@pytest.mark.parametrize(
    ("etat", "status", "summary"),
    [
        ("programme", "CONFIRMED", "La nuit"),
        ("reporte", "TENTATIVE", "Reporté\u00a0: La nuit"),
        ("reprogramme", "CONFIRMED", "Reprogrammé\u00a0: La nuit"),
        ("complet", "CONFIRMED", "Complet\u00a0: La nuit"),
        ("annule", "CANCELLED", "Annulé\u00a0: La nuit"),
    ],
)
def test_states(tree, etat, status, summary):
    (event,) = events(tree, etat=etat, ancien_debut="2021-10-09 14:00")
    assert "DTEND" not in event and "DURATION" not in event, "an end that is not known"
    assert (event["STATUS"], event["SUMMARY"]) == (status, summary)
    assert event["TRANSP"] == ("TRANSPARENT" if etat == "annule" else "OPAQUE")
    assert event["UID"] == "tag:exemple.org,2021:evenements/nuit"


def test_what_moved_online_is_there_only(tree):
    online = "https://exemple.org/direct"
    (event,) = events(tree, lieu="musee", en_ligne=online, etat="deplace-en-ligne")
    assert event["LOCATION"] == f"En ligne\u00a0: {online}"
    assert event["CONFERENCE"] == online and "GEO" not in event
    (both,) = events(tree, lieu="musee", en_ligne=online)
    assert both["LOCATION"].startswith("Musée") and both["CONFERENCE"] == online


def test_a_later_change_and_a_graver_state_have_a_greater_sequence(tree):
    told = [
        ("2021-09-05", "programme"), ("2021-09-05", "reporte"), ("2021-09-05", "reprogramme"),
        ("2021-09-05", "annule"), ("2021-09-06", "programme"), ("2021-09-20", "complet"),
        ("2021-09-20", "annule"),
    ]  # fmt: skip
    found = [
        events(tree, modifie=day, etat=etat, ancien_debut="2021-10-09")[0]["SEQUENCE"]
        for day, etat in told
    ]
    assert found == sorted(set(found))


def starts(event, name):
    value = event.get(name)
    found = value if isinstance(value, list) else [value] if value else []
    return [f"{one.dt:%m-%d}" for each in found for one in each.dts]


def test_a_timetable_is_a_weekly_rule(tree):
    horaires = {
        "du": "2021-09-15", "au": "2021-12-15", "tous_les": ["mercredi", "samedi"],
        "de": "14:00", "a": "16:00", "sauf": ["2021-10-27", "2021-11-01..2021-11-07"],
    }  # fmt: skip
    (event,) = events(tree, horaires=horaires)
    assert event["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20211215T130000Z;BYDAY=WE,SA"
    assert starts(event, "EXDATE") == ["10-27", "11-03", "11-06"]
    assert event["TRANSP"] == "TRANSPARENT"


def test_a_rule_of_the_standard_is_kept(tree):
    (event,) = events(tree, debut="2021-10-02 14:00", rrule="FREQ=MONTHLY;COUNT=4 EXDATE:20211202")
    assert event["RRULE"].to_ical() == b"FREQ=MONTHLY;UNTIL=20220102T130000Z;BYMONTHDAY=2"
    assert starts(event, "EXDATE") == ["12-02"]


def test_regular_seances_are_a_rule_with_exceptions(tree):
    seances = [
        {"debut": f"2021-10-{day:02} 15:00", "fin": f"2021-10-{day:02} 16:00"}
        for day in (2, 9, 23, 30)
    ]
    seances[1]["etat"] = "annule"
    seances[3]["note"] = "en LSF"
    whole, cancelled, last = events(tree, seances=seances)
    assert whole["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20211030T130000Z;BYDAY=SA"
    assert starts(whole, "EXDATE") == ["10-16"]
    assert whole["STATUS"] == "CONFIRMED" and "RECURRENCE-ID" not in whole
    assert cancelled["STATUS"] == "CANCELLED"
    assert cancelled["RECURRENCE-ID"].dt == datetime(2021, 10, 9, 15, tzinfo=PARIS)
    assert last["RECURRENCE-ID"].dt.day == 30 and last["DESCRIPTION"].startswith("en LSF\n")
    assert {one["UID"] for one in (whole, cancelled, last)} == {whole["UID"]}


def test_scattered_seances_are_events_of_their_own(tree):
    found = events(
        tree,
        seances=[
            {"debut": "2021-11-20 10:00"},
            {"debut": "2021-10-01 10:00", "etat": "complet"},
            {"debut": "2022-01-30 18:00", "etat": "reprogramme", "ancien_debut": "2021-12-31"},
        ],
    )  # fmt: skip
    assert [str(one["UID"]).removeprefix("tag:exemple.org,2021:evenements/") for one in found] == [
        # The first one written has the identifier of the event, another that of its first date.
        "nuit/20211001T1000", "nuit", "nuit/20211231",
    ]  # fmt: skip
    assert not any("RRULE" in one or "RECURRENCE-ID" in one for one in found)


def test_parallel_seances_are_all_there(tree):
    ends = ("16:00", "17:00", "18:00")
    seances = [{"debut": "2021-10-02 15:00", "fin": f"2021-10-02 {end}"} for end in ends]
    uids = [str(one["UID"]).partition("nuit")[2] for one in events(tree, seances=seances)]
    assert uids == ["", "/20211002T1500", "/20211002T1500-2"]


HOSTILE = (
    "Fin\\n", "a;b,c:d", 'Dit « "oui" »', "😀👩‍🔬" * 20, "שלום עולם", "مرحبا بالعالم",
    "BEGIN:VEVENT", "é" * 140, "x" * 140, "END:VCALENDAR\\r\\nATTACH:x",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_as_it_was(tree, text):
    (event,) = events(tree, titre=text, resume=text)
    assert event["SUMMARY"].replace("\u00a0", " ") == text
    assert event["DESCRIPTION"].split("\n")[0].replace("\u00a0", " ") == text
    assert not event.errors


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.times())
def test_the_time_zone_is_that_of_paris(day, hour):
    zone = icalendar.Calendar.from_ical(head_text("-//x//FR") + FOOT).timezones[0].to_tz()
    there = datetime.combine(day, hour.replace(fold=0))
    offset = there.replace(tzinfo=PARIS).utcoffset()
    if there.replace(tzinfo=PARIS, fold=1).utcoffset() == offset:  # neither skipped nor doubled
        assert there.replace(tzinfo=zone).utcoffset() == offset
