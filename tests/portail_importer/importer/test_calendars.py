"""Calendars: what they say is found, or told as lost, whatever wrote them."""

from datetime import date

import pytest

from calendriers_fictifs import calendar, made_events
from checkout import ROOT
from doses import cases, ends
from found_values import leaves
from portail.diagnostics import Refused
from portail_importer.importer.sources.calendars import read, recognised
from portail_importer.importer.sources.leftovers import publishable
from remake import replace

DAY = date(2021, 9, 27)
SAMPLES = ROOT / "tests/features/intake/contribuer/samples"


def reading(data):
    """What is read of a calendar."""
    return [*read(data, "saison.ics", DAY)]


def one(*lines):
    """What is read of one event of these lines."""
    (found,) = reading(calendar([["UID:1", "SUMMARY:Titre", *lines]]))
    return found


def lost(found):
    """The names of what is told as lost."""
    return [loss.name for loss in found.losses]


def sample(name):
    return reading((SAMPLES / f"{name}.ics").read_bytes())


def test_every_property_is_found_or_told():
    made = made_events()
    founds = reading(calendar(made))
    assert len(founds) == len(made) >= 200
    missing = written = 0
    for one_made, found in zip(made, founds, strict=True):
        assert not found.refused
        told = set(leaves(replace(found, untaken=())))
        absent = [name for name, said in one_made.said.items() if not told.issuperset(said)]
        missing, written = missing + len(absent), written + len(one_made.said)
        assert set(absent) <= {*dict(found.untaken)}
    assert missing / written <= 0.05


def test_samples_of_programs_are_read():
    (google,) = sample("google")
    assert google.quand == {
        "horaires": {
            "du": "2021-10-06",
            "au": "2021-12-15",
            "tous_les": ["mercredi"],
            "de": "14:00",
            "a": "16:00",
            "sauf": ["2021-10-27", "2021-11-03"],
        }
    }
    assert google.html.startswith("<p>Tous les mercredis, on fabrique un <b>")
    (outlook,) = sample("outlook")
    assert outlook.quand == {"debut": "2021-10-14 18:30", "fin": "2021-10-14 20:30"}
    assert outlook.mots == ("Conférence", "Astronomie") and outlook.organisateurs == ()
    assert "camille.exemple" not in str(outlook)
    (apple,) = sample("apple")
    assert apple.quand == {"debut": "2021-10-08", "fin": "2021-10-10"}
    assert apple.url == "https://exemple.test/village?id=3"
    (dates,) = sample("dates")
    assert [*dates.quand["seances"]] == [
        {"debut": "2021-10-02 14:00", "fin": "2021-10-02 16:00"},
        {"debut": "2021-11-06 14:00", "fin": "2021-11-06 16:00", "etat": "annule"},
    ]
    past, far, evening, damaged = sample("plusieurs")
    assert past.quand == {"debut": "2021-09-01 18:00"}
    assert far.quand == {"debut": "2021-10-12 18:00", "fin": "2021-10-12 19:00"}
    assert far.en_ligne == "https://visio.exemple.test/salle" and not far.adresse
    moved = evening.quand["seances"]
    assert moved[2] == {"debut": "2021-10-20 19:00", "etat": "annule"} and len(moved) == 4
    assert "20211005T1" in damaged.refused and "ligne 29" in damaged.refused


@cases(
    ("lines", "quand"),
    [
        (["DTSTART:20211009T120000Z", "DURATION:PT45M"],
         {"debut": "2021-10-09 14:00", "fin": "2021-10-09 14:45"}),
        (["DTSTART;VALUE=DATE:20211009"], {"debut": "2021-10-09"}),
        (["DTSTART:2021-10-09T12:00", "DTEND:20211009T1300"],
         {"debut": "2021-10-09 12:00", "fin": "2021-10-09 13:00"}),
        (["DTSTART:20211009", "DURATION:P3D"], {"debut": "2021-10-09", "fin": "2021-10-11"}),
        (["DTSTART;VALUE=DATE:20211009", "DTEND;VALUE=DATE:20211010"], {"debut": "2021-10-09"}),
        (["DTSTART:20211009T200000", "DTEND:20211010T010000"],
         {"debut": "2021-10-09 20:00", "fin": "2021-10-10 01:00"}),
        (["DTSTART:20211009T000000", "DTEND:20211011T000000"],
         {"debut": "2021-10-09", "fin": "2021-10-10"}),
        # The hour that clocks skip in March is the one after.
        (["DTSTART;TZID=Europe/Paris:20220327T023000"], {"debut": "2022-03-27 03:30"}),
        (["DTSTART:20211009T120000", "DTEND:20211009T110000"], {"debut": "2021-10-09 12:00"}),
    ],
)  # fmt: skip
def test_times(lines, quand):
    assert one(*lines).quand == quand


def test_texts_are_unfolded_and_unescaped():
    long = "DESCRIPTION:" + "é" * 100 + r"\, a\;b\\n\nFin"
    found = one("DTSTART:20211009", long, "CATEGORIES:A\\,B,C")
    assert found.texte == "é" * 100 + ", a;b\\n\nFin"
    assert found.mots == ("A,B", "C")
    blanks = one("DTSTART:20211009", r"DESCRIPTION:\tProgramme :\t14 h\r\nUne visite\, ici.")
    rows = [row.strip() for row in blanks.texte.split("\n")]
    assert rows == ["Programme : 14 h", "Une visite, ici."]


def test_hand_made_lines_go_on():
    data = (
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Titre\nDESCRIPTION:Une ligne\nune autre\n"
    )
    (found,) = reading(data + b"DTSTART:20211009\nEND:VEVENT\nEND:VCALENDAR\n")
    assert found.texte == "Une ligne\nune autre"


def test_organisers_are_never_addresses():
    found = one(
        "DTSTART:20211009",
        "ORGANIZER;CN=a@exemple.test:mailto:b@exemple.test",
        "ATTENDEE;CN=Camille:mailto:c@exemple.test",
        "CONTACT:Camille\\, 0600000000",
    )
    assert found.connus == () and "exemple.test" not in str(found) and "Camille" not in str(found)


def test_documents_and_pictures():
    found = one(
        "DTSTART:20211009",
        "ATTACH:https://exemple.test/programme.pdf",
        "ATTACH;FMTTYPE=image/png:https://exemple.test/a",
        "ATTACH:https://exemple.test/b.JPG?taille=1",
        "ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA",
        "ATTACH:file:///etc/passwd",
    )
    assert found.picture and found.picture.source == "https://exemple.test/a"
    assert [row["url"] for row in found.extra["references"]] == [
        "https://exemple.test/programme.pdf"
    ]


def test_what_is_private_damaged_or_cut_says_so():
    data = calendar([
        ["UID:1", "SUMMARY:Public", "DTSTART:20211009"],
        ["UID:2", "SUMMARY:Public", "DTSTART:20211010", "CLASS:PRIVATE"],
        ["UID:3", "DTSTART:20211009"], ["UID:4", "SUMMARY:Sans date"],
        ["UID:5", "SUMMARY:Faux", "DTSTART:20210230T100000"],
    ])  # fmt: skip
    damaged = data.replace(b"END:VCALENDAR", b"BEGIN:VEVENT\r\nSUMMARY:Coup")
    founds = [publishable(one, DAY) for one in reading(damaged)]
    assert [bool(one.refused) for one in founds] == [False, True, True, True, True, True]
    for found, word in zip(
        founds[1:], ("PRIVATE", "titre", "date", "20210230", "END:VEVENT"), strict=True
    ):
        assert word in found.refused
    assert founds[0].quand == {"debut": "2021-10-09"}
    assert [one.cut for one in founds] == [False] * 5 + [True]


@cases("row", ["X-CALENDARSERVER-ACCESS:CONFIDENTIAL", "CLASS:PRIVATE"])
def test_what_a_calendar_says_of_who_reads_it_is_of_its_events(row):
    event = "BEGIN:VEVENT\nUID:1\nSUMMARY:Le vent\nDTSTART:20271010T100000\nEND:VEVENT\n"
    calendars = f"BEGIN:VCALENDAR\n{row}\n{event}END:VCALENDAR\n"
    open_ = f"BEGIN:VCALENDAR\n{event.replace('UID:1', 'UID:2')}END:VCALENDAR\n"
    kept = [publishable(found, DAY) for found in reading(f"{calendars}{open_}".encode())]
    assert [bool(found.refused) for found in kept] == [True, False]


def test_what_is_no_event_is_counted():
    alarm = ["BEGIN:VALARM", "TRIGGER:-PT5M", "DESCRIPTION:Rappel", "END:VALARM"]
    others = ["BEGIN:VTODO", "SUMMARY:A", "END:VTODO"] * 3 + ["BEGIN:VJOURNAL", "END:VJOURNAL"]
    rows = ["UID:1", "SUMMARY:A", "DTSTART:20211009", *alarm]
    event, tasks, notes = reading(calendar([rows], *others))
    assert event.texte == "" and not event.losses
    assert tasks.refused.startswith("3 tâches") and notes.refused.startswith("1 note")


@cases(
    ("lines", "fin"),
    [
        # Hours are counted: that of 30 to 31 October 2021 has one more, of 27 to 28 March one less.
        (["DTSTART;TZID=Europe/Paris:20211030T220000", "DURATION:PT6H"], "2021-10-31 03:00"),
        (["DTSTART;TZID=Europe/Paris:20210327T220000", "DURATION:PT6H"], "2021-03-28 05:00"),
        (["DTSTART:20211030T200000Z", "DURATION:PT5H"], "2021-10-31 02:00"),
        # Days, and an end, are those of a clock.
        (["DTSTART;TZID=Europe/Paris:20211030T220000", "DURATION:P1D"], "2021-10-31 22:00"),
        (["DTSTART;TZID=Europe/Paris:20211030T220000",
          "DTEND;TZID=Europe/Paris:20211031T040000"], "2021-10-31 04:00"),
    ],
)  # fmt: skip
def test_a_night_when_clocks_change_is_as_long_as_it_says(lines, fin):
    assert one(*lines).quand["fin"] == fin


@cases(
    "lines",
    [
        ["DTSTART;TZID=Europe/Paris:20210328T023000", "DTEND;TZID=Europe/Paris:20210328T040000"],
        ["DTSTART;TZID=Europe/Paris:20210327T023000", "RRULE:FREQ=DAILY;COUNT=3"],
        ["DTSTART;TZID=Europe/Paris:20210327T220000", "DTEND;TZID=Europe/Paris:20210328T023000"],
    ],
)
def test_an_hour_that_does_not_exist_is_to_be_checked(lines):
    assert [(doubt.name, doubt.value) for doubt in one(*lines).doubts] == [
        ("heure", "2021-03-28 02:30")
    ]


def test_a_session_whose_title_says_that_it_is_cancelled_is():
    weekly = ["UID:1", "SUMMARY:La nuit", "DTSTART:20211002T180000", "RRULE:FREQ=WEEKLY;COUNT=3"]
    out = ["UID:1", "SUMMARY:Annulé : La nuit", "RECURRENCE-ID:20211009T180000",
           "DTSTART:20211009T180000"]  # fmt: skip
    (found,) = reading(calendar([weekly, out]))
    assert (found.titre, found.etat) == ("La nuit", "")
    states = [session.get("etat", "") for session in found.quand["seances"]]
    assert states == ["", "annule", ""]


SERIES = ["UID:1", "SUMMARY:Nuit", "DTSTART:20211002T180000", "LOCATION:Muséum, Rouen"]


@cases(
    ("lines", "doubt"),
    [
        (["RECURRENCE-ID:20211009T180000", "LOCATION:Halle, Évreux"], "Halle, Évreux"),
        (["RECURRENCE-ID:20211009T180000", "LOCATION:MUSÉUM, ROUEN"], ""),
        (["RECURRENCE-ID:20211009T180000", "STATUS:CANCELLED", "LOCATION:Halle, Évreux"], ""),
        (["RECURRENCE-ID;RANGE=THISANDFUTURE:20211009T180000"], "2021-10-09 18:00"),
        (["RECURRENCE-ID:20211009T180000", "DTEND:20211009T173000"], "2021-10-09 17:30"),
        (["RECURRENCE-ID:20211009T180000", "DTEND:20211009T180000"], ""),
        (["RECURRENCE-ID:20211009T180000", "DTEND;VALUE=DATE:20211009"], ""),
        (["RECURRENCE-ID:20211009T180000", "DTEND:20211009T190000", "DURATION:PT1H"], ""),
        (
            ["RECURRENCE-ID:20211009T180000", "DTEND:20211009T190000", "DURATION:PT2H"],
            "2021-10-09 19:00",
        ),
    ],
)
def test_a_session_elsewhere_or_that_ends_before_it_begins_is_to_check(lines, doubt):
    session = ["UID:1", "SUMMARY:Nuit", "DTSTART:20211009T180000", *lines]
    (found,) = reading(calendar([[*SERIES, "RRULE:FREQ=WEEKLY;COUNT=2"], session]))
    assert [one.value for one in found.doubts] == [doubt] * bool(doubt)


def test_sessions_of_a_cancelled_series_are_cancelled_but_for_the_one_that_is_held():
    series = "UID:1 SUMMARY:Nuit STATUS:CANCELLED DTSTART:20211002T180000 RRULE:FREQ=WEEKLY;COUNT=2"
    held = "UID:1 SUMMARY:Nuit RECURRENCE-ID:20211009T180000 DTSTART:20211010T180000"
    (found,) = reading(calendar([series.split(), held.split()]))
    states = [(one["debut"], one.get("etat", "")) for one in found.quand["seances"]]
    assert states == [("2021-10-02 18:00", "annule"), ("2021-10-10 18:00", "")]


@cases(
    ("first", "second", "day"),
    [
        (["SEQUENCE:0"], ["SEQUENCE:3"], 10),
        (["SEQUENCE:10"], ["SEQUENCE:9"], 9),
        (["SEQUENCE:1", "DTSTAMP:20210901T000000Z"], ["DTSTAMP:20210926T000000Z"], 9),
        (["LAST-MODIFIED:20210901T000000Z"], ["LAST-MODIFIED:20210902T000000Z"], 10),
        (["LAST-MODIFIED:20210903T000000Z"], ["DTSTAMP:20210926T000000Z"], 9),
        (["DTSTAMP:20210902T000000Z"], ["DTSTAMP:20210901T000000Z"], 9),
    ],
)
def test_of_several_revisions_the_last_is_read(first, second, day):
    rows = [["UID:1", "SUMMARY:Nuit", f"DTSTART:202110{n:02}T180000Z", *more]
            for n, more in ((9, first), (10, second))]  # fmt: skip
    (found,) = reading(calendar(rows))
    assert found.quand == {"debut": f"2021-10-{day:02} 20:00"}
    assert lost(found) == ["VEVENT"]


def test_a_session_has_its_own_revisions():
    whole = ["UID:1", "SUMMARY:Nuit", "DTSTART:20211008T180000Z", "RRULE:FREQ=DAILY;COUNT=3"]
    moved = ["UID:1", "SUMMARY:Nuit", "RECURRENCE-ID:20211009T180000Z"]
    rows = [[*whole, "SEQUENCE:5"], [*moved, "SEQUENCE:1", "DTSTART:20211009T200000Z"],
            [*moved, "SEQUENCE:0", "DTSTART:20211009T190000Z"]]  # fmt: skip
    (found,) = reading(calendar(rows))
    hours = [seance["debut"][11:] for seance in found.quand["seances"]]
    assert hours == ["20:00", "22:00", "20:00"]


def test_what_one_date_alone_says_is_that_of_all():
    founds = reading(calendar([
        ["UID:7-1@x", "SUMMARY:A", "DTSTART:20211009T100000", "X-COST:5 €"],
        ["UID:7-2@x", "SUMMARY:A", "DTSTART:20211016T100000", "X-COST:6 €", "DESCRIPTION:Texte"],
    ]))  # fmt: skip
    (found,) = founds
    assert (found.identifier, found.texte) == ("7-1@x", "Texte")
    assert found.conditions == "6 €"


@cases(
    ("rows", "count"),
    [
        # Editions of years, seminars of one title: each has its identifier, its page or its text.
        ([[f"UID:{year}@x", f"DTSTART:{year}1005"] for year in range(2019, 2028)], 9),
        ([[f"UID:s-{n}@x", f"DTSTART:2021100{n}", f"DESCRIPTION:T{n}"] for n in (1, 2, 3)], 3),
        ([[f"UID:s-{n}@x", f"DTSTART:2021100{n}", f"URL:https://x.test/{n}"] for n in (1, 2)], 2),
        ([[f"DTSTART:2021100{n}T180000"] for n in (1, 2)], 2),
        ([[f"UID:{year}0503-17@x", f"DTSTART:{year}0503"] for year in (2019, 2020, 2021)], 3),
        # Dates of one event: numbered, by their hour, or by one identifier.
        ([[f"UID:s-{n}@x", f"DTSTART:2021100{n}T180000"] for n in (1, 2, 3)], 1),
        ([["UID:8-1633694400@x", "DTSTART:20211008T140000"],
          ["UID:8-1633780800@x", "DTSTART:20211009T140000"]], 1),
        ([["UID:8@x", f"DTSTART:2021100{n}T180000", f"DESCRIPTION:T{n}"] for n in (1, 2)], 1),
    ],
)  # fmt: skip
def test_events_are_one_under_one_identifier(rows, count):
    founds = reading(calendar([["SUMMARY:A", "LOCATION:Lille", *row] for row in rows]))
    assert len(founds) == count
    assert sum(len(one.quand.get("seances", [1])) for one in founds) == len(rows)


@cases("uids", [["UID:a", "UID:b"], ["X-A:1", "X-A:1"], ["UID:a", "X-A:1", "UID:b"]])
def test_an_event_that_is_written_again_is_one(uids):
    rows = [[uid, "SUMMARY:A", "DTSTART:20211005T180000", "RRULE:FREQ=DAILY"] for uid in uids]
    (found,) = reading(calendar(rows))
    assert "VEVENT" in lost(found)


EVENT = b"BEGIN:VEVENT\r\nSUMMARY:A\r\nEND:VEVENT\r\n"


@cases(
    "data",
    [
        b"", b"Bonjour", b"BEGIN:VCARD\nEND:VCARD", b"\x89PNG\0\0", b"{}",
        calendar([["SUMMARY:A"]]).replace(EVENT, EVENT * 20_001),
        calendar([["SUMMARY:A"]]).replace(b"VERSION:2.0", b"VERSION:1.0"),
        calendar([["SUMMARY;ENCODING=QUOTED-PRINTABLE:F=C3=AAte"]]),
    ],
)  # fmt: skip
def test_what_is_no_calendar_is_refused(data):
    with pytest.raises(Refused):
        reading(data)


@cases("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding):
    text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Été à Wœrth\nDTSTART:20211009\nEND:VEVENT\n"
    assert recognised(text)
    assert reading(text.encode(encoding))[0].titre == "Été à Wœrth"


HOSTILE = (
    ["RRULE:FREQ=SECONDLY"], ["RRULE:FREQ=DAILY;COUNT=999999999999999999999"],
    ["RRULE:FREQ=DAILY;INTERVAL=0"], ["RRULE:" + "BYDAY=MO;" * 2_000], ["RRULE:"],
    ["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"], ["RRULE:FREQ=DAILY;UNTIL=99991231T235959Z"],
    ["RRULE:FREQ=WEEKLY", "RRULE:FREQ=DAILY"], ["RDATE:" + "20211010T100000," * 9_000 + "x"],
    ["EXDATE:hier,20211009T100000"], ["DURATION:P999999999D"], ["DURATION:P9999999999999D"],
    ["DTEND:99991231T235959Z"],
    ["RECURRENCE-ID:20211009T100000"], ["STATUS:PEUT-ÊTRE"], ["DESCRIPTION" + ";X=\"" * 500 + ":a"],
    ["DESCRIPTION;" + "A=,," * 5_000], ["BEGIN:VALARM"] * 2_000, ["URL:javascript:alert(1)"],
    ["DTSTART;TZID=../../etc/passwd:20211009T100000"], ["SUMMARY:\x07\x1b[31mrouge"],
)  # fmt: skip


@cases("lines", HOSTILE)
def test_hostile_lines_end_and_are_said(lines):
    with ends():
        founds = reading(calendar([["UID:1", "SUMMARY:A", "DTSTART:20211009T100000", *lines]] * 2))
    for found in founds:
        assert len(found.quand.get("seances", ())) <= 800
        assert found.refused or found.quand


def test_signs_that_are_written_as_html_are_read():
    found = one(
        "DTSTART:20211009",
        "SUMMARY:L&#8217\\;eau &amp\\; le sel",
        "LOCATION:Musée d&#8217\\;histoire &amp\\; d&rsquo\\;art\\, Lille",
        "DESCRIPTION:Un&nbsp\\;texte &#8220\\;cité&#8221\\; : https://x.test/?a=1&copy=2",
    )
    assert found.adresse == "Musée d’histoire & d’art, Lille"
    assert found.texte == "Un\u00a0texte “cité” : https://x.test/?a=1&copy=2"


def test_a_calendar_that_is_cut_says_so():
    data = calendar([["UID:1", "SUMMARY:A", "DTSTART:20211009"]])
    (found,) = reading(data)
    assert not found.cut
    _, last = reading(data.replace(b"END:VCALENDAR", b""))
    assert last.cut and "END:VCALENDAR" in last.refused
