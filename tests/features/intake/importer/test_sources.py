"""Agendas, calendars, feeds and pages become files, which an independent reader of YAML reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arrivages import front, tree
from doses import dose
from liars import Liar
from pictures import png
from plans import entry, write
from portail.cli import main
from portail_liens.fetching import download
from tableurs import tables_read_once  # noqa: F401 (a fixture)

DAY = "2021-09-27"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, {"lieux/musee": entry("lieux", titre="Le Musée des vents", commune="Amiens")})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def bring(site: Path, name: str, text: str | bytes, *options: str) -> int:
    data = text.encode() if isinstance(text, str) else text
    (site.parent / name).write_bytes(data)
    return main(["importer", str(site.parent / name), "--date", DAY, *options])


def event(uid: int, **more: Any) -> dict[str, Any]:
    return {
        "uid": uid,
        "slug": f"nuit-{uid}",
        "title": {"fr": f"La nuit des vents {uid}"},
        "description": {"fr": "Une soirée pour écouter le vent."},
        "longDescription": {"fr": "Une soirée **inventée** pour écouter le vent, et le mesurer."},
        "keywords": {"fr": ["conférence", "vent"]},
        "timings": [{"begin": "2021-10-09T18:00:00+02:00", "end": "2021-10-09T20:00:00+02:00"}],
        "location": {"name": "Musée des vents", "city": "Amiens", "postalCode": "80000",
                     "address": "1 rue Exemple, 80000 Amiens"},
        "status": 1,
        "state": 2,
    } | more  # fmt: skip


def agenda(*events: dict[str, Any]) -> str:
    return json.dumps({"total": len(events), "events": [*events]})


ICS = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Exemple//FR\r
{}END:VCALENDAR\r
"""
VEVENT = """BEGIN:VEVENT\r
UID:{uid}@exemple.org\r
SUMMARY:{titre}\r
DTSTART;TZID=Europe/Paris:2021100{jour}T140000\r
DTEND;TZID=Europe/Paris:2021100{jour}T160000\r
LOCATION:Salle des fêtes\\, 2 place de la Mairie\\, 62570 Wizernes\r
DESCRIPTION:On y apprend à mesurer le vent.\r
END:VEVENT\r
"""


def calendar(*rows: tuple[int, str]) -> str:
    return ICS.format("".join(VEVENT.format(uid=uid, titre=titre, jour=uid) for uid, titre in rows))


def test_an_event_of_openagenda_is_a_file(site: Path) -> None:
    assert bring(site, "programme.json", agenda(event(7))) == 0
    found = front(site, "events/la-nuit-des-vents-7")
    assert found["titre"] == "La nuit des vents 7"
    assert found["lieu"] == "musee"
    assert found["format"] in ("conference", ["conference"])
    assert str(found["debut"]).startswith("2021-10-09 18:00")
    assert {str(one) for one in found["ids_externes"].values()} == {"7"}
    text = (site / "content/events/la-nuit-des-vents-7.md").read_text(encoding="utf-8")
    assert "Une soirée **inventée** pour écouter le vent" in text
    assert main(["check", "--date", DAY]) == 0


def test_a_second_run_changes_nothing(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = agenda(event(1), event(2))
    assert bring(site, "programme.json", export) == 0
    before = tree(site)
    capsys.readouterr()
    assert bring(site, "programme.json", export) == 0
    assert tree(site) == before
    assert "2 inchangés." in capsys.readouterr().out


def test_an_update_waits_and_moves_the_date_whole(site: Path) -> None:
    slots = [{"begin": f"2021-10-{day}T18:00:00+02:00", "end": f"2021-10-{day}T20:00:00+02:00"}
             for day in (10, 11)]  # fmt: skip
    assert bring(site, "programme.json", agenda(event(1))) == 0
    before = tree(site)
    assert bring(site, "programme.json", agenda(event(1, timings=slots))) == 0
    assert tree(site) == before
    assert bring(site, "programme.json", agenda(event(1, timings=slots)), "--accepter") == 0
    found = front(site, "events/la-nuit-des-vents-1")
    assert [str(one["debut"])[:10] for one in found["seances"]] == ["2021-10-10", "2021-10-11"]
    assert "debut" not in found and "fin" not in found
    assert main(["check", "--date", DAY]) == 0


@settings(
    max_examples=dose(3, 12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_what_a_person_edited_survives(site: Path, data: st.DataObject) -> None:
    """A person changes any line of a file; whatever the source then says, the line stays."""
    for one in [*site.rglob("events/*.md"), *site.glob("imports.json")]:
        one.unlink()
    assert bring(site, "programme.json", agenda(event(1))) == 0
    file = site / "content/events/la-nuit-des-vents-1.md"
    lines = {
        "titre": 'titre: "Une nuit avec les vents"\n',
        "resume": "resume: Une soirée pour tous.\n",
        "format": "format: [atelier]\n",
        "debut": "debut: 2021-10-09 19:30\n",
    }
    key = data.draw(st.sampled_from(sorted(lines)))
    text = file.read_text(encoding="utf-8")
    old = next(line for line in text.splitlines(keepends=True) if line.startswith(f"{key}:"))
    file.write_text(text.replace(old, lines[key]), encoding="utf-8")
    changed = data.draw(
        st.fixed_dictionaries(
            {},
            optional={
                "title": st.just({"fr": "La nuit du grand vent"}),
                "description": st.just({"fr": "Deux heures de vent."}),
                "keywords": st.just({"fr": ["spectacle"]}),
                "conditions": st.just({"fr": "Gratuit"}),
            },
        )
    )
    assert bring(site, "programme.json", agenda(event(1, **changed)), "--accepter") == 0
    assert lines[key] in file.read_text(encoding="utf-8")
    assert main(["check", "--date", DAY]) == 0


def test_what_a_person_took_away_stays_away(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(site, "programme.json", agenda(event(1))) == 0
    (site / "content/events/la-nuit-des-vents-1.md").unlink()
    assert bring(site, "programme.json", agenda(event(1))) == 0
    assert not (site / "content/events/la-nuit-des-vents-1.md").exists()
    assert "retiré depuis le dernier import" in capsys.readouterr().out


def test_what_is_not_ready_goes_aside_and_the_rest_is_written(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    season = calendar((1, "Conférence sur le vent"), (2, "Du vent"))
    assert bring(site, "saison.ics", season) == 1
    assert [one.name for one in (site / "content/events").glob("*.md")] == [
        "conference-sur-le-vent.md"
    ]
    aside = (site / "a-completer/events/du-vent.md").read_text(encoding="utf-8")
    assert "# À compléter : Le champ « format » manque." in aside
    said = capsys.readouterr().out
    assert "1 nouveau, 1 à compléter" in said
    assert main(["check", "--date", DAY]) == 0


def test_what_the_source_never_says_is_given_once(site: Path) -> None:
    season = calendar((1, "Conférence sur le vent"), (2, "Du vent"))
    assert bring(site, "saison.ics", season, "--avec", "format=visite", "--avec", "lieu=musee") == 0
    assert front(site, "events/du-vent")["format"] in ("visite", ["visite"])
    assert front(site, "events/conference-sur-le-vent")["format"] in (
        "conference",
        ["conference"],
    )
    # The source says where: what is given leaves it.
    assert "lieu" not in front(site, "events/du-vent")


def test_a_field_that_is_not_one_is_said(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(site, "saison.ics", calendar((1, "Du vent")), "--avec", "formt=visite") == 2
    assert "« format »" in capsys.readouterr().err


def test_two_items_of_one_identifier(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(site, "programme.json", agenda(event(1), event(1))) == 1
    assert "donné deux fois" in capsys.readouterr().out
    assert len([*(site / "content/events").glob("*.md")]) == 1


def test_a_commune_of_a_shared_name_is_known_by_its_code(site: Path) -> None:
    place = {"name": "Salle des fêtes", "city": "Caumont", "insee": "62219"}
    assert bring(site, "programme.json", agenda(event(1, location=place))) == 0
    commune = front(site, "events/la-nuit-des-vents-1")["adresse"]["commune"]
    assert "Caumont" in commune and "62" in commune


def test_two_events_of_one_title_are_two(site: Path) -> None:
    later = [{"begin": "2021-11-09T18:00:00+01:00", "end": "2021-11-09T20:00:00+01:00"}]
    same = {"title": {"fr": "Visite guidée"}}
    assert (
        bring(site, "programme.json", agenda(event(1, **same), event(2, **same, timings=later)))
        == 0
    )
    names = sorted(one.name for one in (site / "content/events").glob("*.md"))
    assert names == ["visite-guidee-2.md", "visite-guidee.md"]


def test_an_event_that_was_entered_by_hand_is_found_again(site: Path) -> None:
    mine = entry("events", titre="La nuit des vents 1", debut="2021-10-09 18:00", lieu="musee")
    write(site, {"events/vents": mine})
    before = (site / "content/events/vents.md").read_bytes()
    assert bring(site, "programme.json", agenda(event(1))) == 0
    assert [one.name for one in (site / "content/events").glob("*.md")] == ["vents.md"]
    assert (site / "content/events/vents.md").read_bytes() == before


def test_simulated(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(site)
    assert bring(site, "programme.json", agenda(event(1)), "--simuler") == 0
    assert tree(site) == before
    assert "1 nouveau. Rien n’est écrit." in capsys.readouterr().out


HOSTILE = {
    "rien": b"",
    "zeros": b"\0" * 5_000,
    "json coupe": b'{"events": [{"uid": 1, "title": {"fr": "A"}, "timings": [',
    "json profond": b"[" * 100_000,
    "pdf": b"%PDF-1.7 ...",
    "xml mille rires": b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    b'<!ENTITY b "&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>',
    "ics sans fin": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:A",
    "utf-16 coupe": b'\xff\xfe{\x00"',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_source_writes_nothing_by_halves(
    name: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(site)
    assert bring(site, "source", HOSTILE[name]) in (0, 1, 2)
    said = capsys.readouterr()
    assert tree(site).keys() - before.keys() <= {"a-completer/events/a.md"}
    assert "Traceback" not in said.err and (said.err or said.out).strip()


RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Le carnet des vents</title><link>https://exemple.org/</link>
<item><title>Ce que dit le vent d’ouest</title><link>https://exemple.org/vent</link>
<guid>https://exemple.org/vent</guid><pubDate>Mon, 06 Sep 2021 10:00:00 +0200</pubDate>
<description>&lt;p&gt;Un carnet &lt;em&gt;inventé&lt;/em&gt; sur le vent, tenu chaque jour de la
semaine.&lt;/p&gt;&lt;p&gt;On y lit la force et la direction.&lt;/p&gt;</description></item>
</channel></rss>"""
PAGE = """<!doctype html><html lang="fr"><head><title>Atelier des girouettes</title>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "EducationEvent",
"name": "Atelier des girouettes", "startDate": "2021-10-16T14:00:00+02:00",
"endDate": "2021-10-16T16:00:00+02:00", "description": "On fabrique une girouette.",
"location": {"@type": "Place", "name": "Le Musée des vents",
"address": {"@type": "PostalAddress", "addressLocality": "Amiens", "postalCode": "80000"}}}
</script></head><body><main><h1>Atelier des girouettes</h1><p>On fabrique une girouette.</p></main>
</body></html>"""


def test_an_item_of_a_feed_is_an_article(site: Path) -> None:
    assert bring(site, "flux.xml", RSS) == 0
    found = front(site, "articles/ce-que-dit-le-vent-d-ouest")
    assert str(found["publie_le"]) == "2021-09-06"
    assert found["references"][0]["url"] == "https://exemple.org/vent"
    text = (site / "content/articles/ce-que-dit-le-vent-d-ouest.md").read_text(encoding="utf-8")
    assert "*inventé*" in text
    assert main(["check", "--date", DAY]) == 0


@pytest.mark.parametrize("alone", [False, True])
def test_a_page_that_announces_an_event_is_one(alone: bool, site: Path) -> None:
    data = PAGE.split('ld+json">')[1].split("</script>")[0]
    assert bring(site, "girouettes", data if alone else PAGE) == 0
    found = front(site, "events/atelier-des-girouettes")
    assert found["lieu"] == "musee"
    assert str(found["debut"]).startswith("2021-10-16 14:00")
    assert main(["check", "--date", DAY]) == 0


def test_a_saved_site_is_brought_whole_and_again(site: Path) -> None:
    copy = site.parent / "copie"
    for rank in range(6):
        page = copy / f"agenda/atelier-{rank}/index.html"
        page.parent.mkdir(parents=True)
        page.write_text(PAGE.replace("des girouettes", f"des girouettes {rank}"), encoding="utf-8")
    assert main(["importer", str(copy), "--date", DAY]) == 0
    assert len([*(site / "content/events").glob("atelier-des-girouettes-*.md")]) == 6
    before = tree(site)
    assert main(["importer", str(copy), "--date", DAY]) == 0
    assert tree(site) == before


def test_an_event_that_cannot_be_read_says_why(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = "BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", "SUMMARY:La nuit", "END:VEVENT"
    bring(site, "agenda.ics", "\n".join((*lines, "END:VCALENDAR\n")))
    told = capsys.readouterr().out
    assert "E142 : « La nuit » n’est pas importé" in told and "n’a pas de date (DTSTART)" in told


def test_a_portal_that_moves_keeps_its_addresses(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITEURL", "https://exemple.org")
    assert bring(site, "flux.xml", RSS) == 0
    found = front(site, "articles/ce-que-dit-le-vent-d-ouest")
    assert found["anciennes_urls"] == ["/vent"]
    assert "references" not in found
    assert main(["check", "--date", DAY]) == 0


def test_pictures_come_with_their_credit_when_they_are_asked_for(site: Path) -> None:
    copy = site.parent / "copie"
    figure = (
        "<figure><img src='../photo.png' alt='Une girouette'>"
        "<figcaption>© Musée des vents</figcaption></figure>"
    )
    page = copy / "agenda/atelier/index.html"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE.replace("</h1>", f"</h1>{figure}"), encoding="utf-8")
    (copy / "agenda/photo.png").write_bytes(png(40, 30))
    assert main(["importer", str(copy), "--date", DAY, "--simuler"]) == 0
    assert main(["importer", str(copy), "--date", DAY, "--images"]) == 0
    found = front(site, "events/atelier-des-girouettes/index")
    assert found["image"]["alt"] == "Une girouette"
    assert "Musée des vents" in found["image"]["credit"]
    picture = site / "content/events/atelier-des-girouettes" / found["image"]["fichier"]
    assert picture.read_bytes() == png(40, 30)
    assert main(["check", "--date", DAY]) == 0
    before = tree(site)
    assert main(["importer", str(copy), "--date", DAY, "--images"]) == 0
    assert tree(site) == before


# A connection only when given a URL, and never to a private address by the way.


@pytest.fixture
def liar() -> Iterator[Liar]:
    found = Liar()
    yield found
    found.close()


def test_a_source_may_be_an_address(
    site: Path, liar: Liar, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Declared:
        @staticmethod
        def load() -> Any:
            return partial(download, private=True)  # the server of a test is a private address

    monkeypatch.setattr(
        "portail.features.intake.importer.brought.entry_points", lambda **_: [Declared]
    )
    body = json.dumps({"events": [event(1)]}).encode()
    liar.routes["/agenda.json"] = (200, {"Content-Type": "application/json"}, body)
    liar.routes["/ici"] = (302, {"Location": f"{liar.url}/agenda.json"}, b"")
    assert main(["importer", f"{liar.url}/ici", "--date", DAY]) == 0
    assert front(site, "events/la-nuit-des-vents-1")["titre"] == "La nuit des vents 1"
    liar.routes["/ailleurs"] = (302, {"Location": "file:///etc/passwd"}, b"")
    before = tree(site)
    assert main(["importer", f"{liar.url}/ailleurs", "--date", DAY]) == 2
    assert "n’est pas lu" in capsys.readouterr().err
    assert tree(site) == before


def test_a_private_address_is_not_asked(
    site: Path, liar: Liar, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["importer", f"{liar.url}/agenda.json", "--date", DAY]) == 2
    assert "n’est pas lu" in capsys.readouterr().err
    assert liar.asked == []


def test_hours_of_an_unknown_zone_are_never_ready(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    zoned = calendar((1, "Du vent")).replace("DTSTART:", "DTSTART;TZID=Ailleurs:")
    zoned = zoned.replace("DTSTART;TZID=Europe/Paris:", "DTSTART;TZID=Ailleurs:")
    given = ("--avec", "format=conference", "--avec", "publics=adultes", "--avec", "lieu=musee")
    assert bring(site, "saison.ics", zoned, *given) == 1
    told = capsys.readouterr().out
    assert (
        "E174 : À vérifier avant de publier, fuseau « Ailleurs » : il est inconnu\u00a0: les "
        "heures sont écrites comme là-bas. Corrigez ce fichier d’après la source.\n"
    ) in told
    assert not (site / "content/events").exists()
    (left,) = (site / "a-completer/events").glob("*.md")
    assert "# À compléter : À vérifier avant de publier, fuseau" in left.read_text("utf-8")


def test_files_to_complete_of_one_name_are_each_written(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    untitled = "".join(
        f"<item><title/><link>https://a.test/{n}</link><description>Texte {n}.</description></item>"
        for n in range(3)
    )
    feed = f'<rss version="2.0"><channel><link>https://a.test/</link>{untitled}</channel></rss>'
    assert bring(site, "flux.xml", feed) == 1
    told = capsys.readouterr().out
    left = sorted((site / "a-completer/articles").iterdir())
    assert len(left) == 3
    assert all(f"a-completer/articles/{one.name}, à compléter" in told for one in left)
    texts = "".join(one.read_text("utf-8") for one in left)
    assert all(f"Texte {n}." in texts for n in range(3))


def test_what_has_no_title_is_named_by_its_place_or_its_source_and_its_day(site: Path) -> None:
    item = "<item><guid>{}</guid><description>Un texte.</description>{}</item>"
    rows = [
        item.format("a", "<pubDate>2021-03-01</pubDate>"),
        item.format("b", "<pubDate>2021-03-02</pubDate><title>風の夜</title>"),
        item.format("c", "<ev:startdate>2021-10-09T18:00</ev:startdate>"
                         "<ev:location>Salle, 80000 Amiens</ev:location>"),
    ]  # fmt: skip
    head = '<rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/">'
    bring(site, "mon-blog.xml", f"{head}<channel>{''.join(rows)}</channel></rss>")
    new = {path for path in tree(site) if "mon-blog" in path or "2021-10-09" in path}
    assert new == {
        "a-completer/articles/mon-blog-2021-03-01.md",
        "content/articles/mon-blog-2021-03-02.md",
        "a-completer/events/amiens-80-2021-10-09.md",
    }
