"""What should not have been pasted: broken, enormous, forged. It is said, and nothing is run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from collages import Lire, bytes_of, outsiders, reading, schema_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from doses import dose

pytestmark = pytest.mark.chromium

EVENT = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


@pytest.fixture(scope="module")
def there(browser: Browser, racine: Path) -> Iterator[tuple[Lire, Page]]:
    """A page where to read; what fails by itself there fails the tests."""
    with reading(browser, racine) as both:
        yield both


@pytest.fixture
def lire(there: tuple[Lire, Page]) -> Lire:
    """Reads in that page."""
    return there[0]


@pytest.fixture(scope="session")
def schema() -> dict[str, Any]:
    """The schema of events."""
    found: dict[str, Any] = schema_of("events")
    return found


def calendar(*lines: str) -> str:
    """One event with these properties."""
    return EVENT.format("\r\n".join(lines))


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"%PDF-1.7\n", "annonce.pdf", "PDF"),
        (b"PK\x03\x04\x14\0[Content_Types].xml", "annonce.docx", "Word"),
        (b"PK\x03\x04\x14\0", "export.zip", "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "annonce.doc", "traitement de texte"),
        (b"{\\rtf1 a}", "annonce.rtf", "traitement de texte"),
        (b"\x89PNG\r\n\x1a\n", "affiche.png", "image"),
        (b"\0\0\0\x18ftypheic", "affiche.heic", "image"),
        (b"", "vide.ics", "rien à lire"),
        (b'{"events": [{"title": ', "export.json", "abîmé"),
        (b'{"couleur": "bleu"}', "autre.json", "ne décrivent aucun événement"),
        (b"[[[[[[", "a.json", "abîmé"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", "vide.ics", "Aucun événement"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Co", "coupe.ics", "Aucun événement"),
    ],
)
def test_what_cannot_be_read_is_told(lire: Lire, data: bytes, name: str, said: str) -> None:
    found = lire(data, name)
    assert (found["entete"], found["corps"], found["pris"]) == ({}, "", [])
    assert said in found["laisse"][0]


def test_what_is_too_long_is_told(lire: Lire) -> None:
    found = lire(b"x" * 5001, "grand.txt", fois=1000)
    assert (found["entete"], found["corps"], found["pris"]) == ({}, "", [])
    assert "5 Mo" in found["laisse"][0]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://openagenda.com/agenda-fictif/events/x", "Sur OpenAgenda"),
        ("  https://exemple.test/page \n", "Ouvrez la page"),
    ],
)
def test_an_address_is_not_fetched(there: tuple[Lire, Page], address: str, told: str) -> None:
    read, page = there
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found = read(address)
    assert "ne va chercher aucune page" in found["laisse"][0] and told in found["laisse"][1]
    assert [url for url in asked if not url.startswith("http://portail.test/theme/js/")] == []


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig", "utf-8"])
def test_encodings(lire: Lire, encoding: str) -> None:
    text = calendar("SUMMARY:L’été à l’œuvre", "DTSTART:20211009T140000")
    assert lire(text.encode(encoding), "a.ics")["entete"]["titre"] == "L’été à l’œuvre"


def test_a_line_folded_inside_a_letter(lire: Lire) -> None:
    data = (
        calendar("SUMMARY:Nuit d’été", "DTSTART:20211009").encode().replace(b"\xc3", b"\xc3\r\n ")
    )
    assert lire(data, "a.ics")["entete"]["titre"] == "Nuit d’été"


def test_ten_thousand_events(lire: Lire) -> None:
    one = (
        "BEGIN:VEVENT\r\nUID:{0}\r\nSUMMARY:Titre {0}\r\nDTSTART:20211009T140000\r\nEND:VEVENT\r\n"
    )
    data = "BEGIN:VCALENDAR\r\n" + "".join(map(one.format, range(10_000))) + "END:VCALENDAR"
    found = lire(data.encode(), "a.ics")
    assert len(found["choix"]) == 100 and "10\xa0000\xa0événements" in found["laisse"][0]
    same = data.replace("Titre", "Titre\r\n X").replace("\r\n X ", "\r\n X\r\nX-N:")
    assert len(lire(same.encode(), "a.ics")["entete"]["titre"]) < 141


def test_folds_without_end(lire: Lire) -> None:
    data = calendar("SUMMARY:" + "a\r\n " * dose(250_000, 1_000_000), "DTSTART:20211009")
    assert len(lire(data.encode(), "a.ics")["entete"]["titre"]) <= 140
    spaces = (
        "Une visite\n\n9" + " " * 200_000 + ", 10" + "\n" * 200_000 + "octobre " + "9 et " * 20_000
    )
    assert lire(spaces)["entete"]["titre"] == "Une visite"


COUNTED = """() => {
  const vrai = String.prototype.normalize;
  window.plis = 0;
  String.prototype.normalize = function (...f) { window.plis += 1; return vrai.apply(this, f); };
}"""


def test_a_place_of_hundreds_of_lines_is_looked_for_once(there: tuple[Lire, Page]) -> None:
    read, page = there
    page.evaluate(COUNTED)

    def folded(lines: int) -> int:
        before = page.evaluate("window.plis")
        read(calendar("SUMMARY:A", "DTSTART:20211009", "LOCATION:" + "06 12 34 56 78X\r\n" * lines))
        return int(page.evaluate("window.plis")) - before

    assert folded(1_000) < 2 * folded(100)


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        ("FREQ=WEEKLY;COUNT=5", 5),
        ("FREQ=MONTHLY;BYDAY=2SA;COUNT=3", 3),
        ("FREQ=DAILY;COUNT=400", 100),
        ("FREQ=DAILY", 100),
        # These never find their next date, or are not dates of an agenda.
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", 1),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", 1),
        ("FREQ=SECONDLY", 1),
        ("FREQ=YEARLY;BYWEEKNO=53;BYSETPOS=9", 1),
        ("FREQ=WEEKLY;INTERVAL=9999999", 1),
    ],
)
def test_rules(lire: Lire, rule: str, count: int) -> None:
    found = lire(calendar("SUMMARY:A", "DTSTART:20211009T140000", f"RRULE:{rule}"))
    entete = found["entete"]
    assert len(entete.get("seances", [entete])) == count
    first = entete["seances"][0] if "seances" in entete else entete
    assert first["debut"] == "2021-10-09 14:00"
    assert count in (3, 5) or len(found["laisse"]) > 1


def test_a_weekly_rule_without_end(lire: Lire) -> None:
    rule = ("SUMMARY:A", "DTSTART:20190108T180000", "DURATION:PT1H30M", "RRULE:FREQ=WEEKLY")
    found = lire(calendar(*rule))
    assert found["entete"]["horaires"] == {
        "du": "2021-09-27",
        "au": "2022-09-26",
        "tous_les": ["mardi"],
        "de": "18:00",
        "a": "19:30",
    }
    assert any("pas de fin" in one for one in found["laisse"])


def test_dates_and_clocks(lire: Lire) -> None:
    summer = lire(calendar("SUMMARY:A", "DTSTART:20210701T120000Z", "DTEND:20210701T110000Z"))
    assert summer["entete"].get("fin") is None and summer["entete"]["debut"] == "2021-07-01 14:00"
    rdate = ("DTSTART;TZID=Europe/Paris:20211030T100000", "DTEND;TZID=Europe/Paris:20211030T120000")
    every = lire(calendar("SUMMARY:A", *rdate, "RDATE;TZID=Europe/Paris:20211106T100000"))
    assert every["entete"]["seances"] == [
        {"debut": "2021-10-30 10:00", "fin": "2021-10-30 12:00"},
        {"debut": "2021-11-06 10:00", "fin": "2021-11-06 12:00"},
    ]
    unknown = lire(calendar("SUMMARY:A", "DTSTART;TZID=Heure de Lille:20211009T140000"))
    assert unknown["entete"]["debut"] == "2021-10-09 14:00"


def test_a_page_runs_nothing(lire: Lire, racine: Path) -> None:
    trap = '<script>window.piege=1</script><img src=x onerror="window.piege=1"><svg onload=piege=1>'
    block = '{"@type":"Event","name":"A<img src=x onerror=piege=1>","startDate":"2021-10-09",'
    block += f'"description":{json.dumps(trap)},"url":"javascript:piege=1"' + "}"
    inside = block.replace("</", "<\\/")
    for source in (
        f"<!doctype html>{trap}<main><h1>Titre</h1>{trap}Le 9 octobre 2021.</main>",
        f'<script type="application/ld+json">{inside}</script>',
        block,
        f"Titre {trap}\n\nTexte {trap}",
        calendar("SUMMARY:A", "DTSTART:20211009", f"DESCRIPTION:{trap}", "URL:javascript:piege=1"),
    ):
        found = lire(source)
        assert not found["piege"], source
        assert found["entete"]["titre"] and "<" not in json.dumps(found["entete"])
        assert "javascript:" not in found["corps"]


@pytest.mark.parametrize("depth", [50, 2_000])
def test_nests(lire: Lire, depth: int) -> None:
    assert lire('{"a":' * depth + "1" + "}" * depth)["entete"] == {}
    assert lire("<div>" * depth + "Une fête, le 9 octobre 2021")["entete"]["debut"] == "2021-10-09"


def test_any_text_gives_what_the_schema_knows(
    lire: Lire, schema: dict[str, Any], racine: Path
) -> None:
    names = sorted(path.name for path in (racine / "tests/contribuer").iterdir())
    samples = [bytes_of(racine, name).decode() for name in names]
    noise = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)

    @settings(max_examples=dose(15, 60), suppress_health_check=[HealthCheck.too_slow])
    @given(data=st.data())
    def broken(data: st.DataObject) -> None:
        """A sample, cut and written over at random."""
        text = data.draw(st.sampled_from(samples))
        for _ in range(data.draw(st.integers(0, 4))):
            start = data.draw(st.integers(0, len(text)))
            end = start + data.draw(st.integers(0, 80))
            text = text[:start] + data.draw(noise) + text[end:]
        found = lire(text)
        assert [*outsiders(found["entete"], schema)] == [] or found["entete"] == {}
        assert found["entete"] or found["laisse"]
        for one in (found["choix"] or [])[:2]:
            chosen = lire(text, choix=one)
            assert [*outsiders(chosen["entete"], schema)] == [] or chosen["laisse"]

    broken()
