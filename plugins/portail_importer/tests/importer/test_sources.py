"""Agendas, calendars, feeds and pages become files, which an independent reader of YAML reads."""

import io
import json
import zipfile
from datetime import date
from functools import partial

import pytest

from arrivages import Happening, content, front, ics, tree
from pictures import png
from portail.cli import main
from tableurs import tables_read_once  # noqa: F401 (a fixture)

download = pytest.importorskip("portail_liens.fetching").download
DAY = "2021-09-27"
CHECK = ["check", "--date", DAY]
NIGHT = "events/la-nuit-des-vents-7"


def bring(site, name, text, *options):
    data = text.encode() if isinstance(text, str) else text
    (site.parent / name).write_bytes(data)
    return main(["importer", str(site.parent / name), "--date", DAY, *options])


def event(uid, **more):
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


def agenda(*events):
    return json.dumps({"total": len(events), "events": [*events]})


def calendar(*titles):
    """One event a title, on the first days of October."""
    return ics(
        *(Happening(f"{n}@x.test", one, date(2021, 10, n)) for n, one in enumerate(titles, 1))
    )


def test_an_event_of_openagenda_is_a_file_and_follows_it(site, output):
    assert bring(site, "programme.json", agenda(event(7))) == 0
    found = front(site, NIGHT)
    assert found["titre"] == "La nuit des vents 7"
    assert found["lieu"] == "musee"
    assert found["format"] == ["conference"]
    assert str(found["debut"]).startswith("2021-10-09 18:00")
    assert str(found["ids_externes"]["openagenda"]) == "7"
    text = content(site, NIGHT).read_text("utf-8")
    assert "Une soirée **inventée** pour écouter le vent" in text
    before = tree(site)
    output()
    assert bring(site, "programme.json", agenda(event(7))) == 0
    assert tree(site) == before and "1 inchangé." in output()
    slots = [{"begin": f"2021-10-{day}T18:00:00+02:00", "end": f"2021-10-{day}T20:00:00+02:00"}
             for day in (10, 11)]  # fmt: skip
    moved = agenda(event(7, timings=slots))
    assert bring(site, "programme.json", moved, "--simuler") == 0
    assert tree(site) == before
    assert bring(site, "programme.json", moved) == 0
    found = front(site, NIGHT)
    assert [str(one["debut"])[:10] for one in found["seances"]] == ["2021-10-10", "2021-10-11"]
    assert "debut" not in found and "fin" not in found
    assert main(CHECK) == 0


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("titre", 'titre: "Une nuit avec les vents"\n'),
        ("resume", "resume: Une soirée pour tous.\n"),
        ("format", "format: [atelier]\n"),
        ("debut", "debut: 2021-10-09 19:30\n"),
    ],
)
def test_what_a_person_edited_survives(key, line, site):
    """Whatever the source then says."""
    assert bring(site, "programme.json", agenda(event(7))) == 0
    file = content(site, NIGHT)
    text = file.read_text("utf-8")
    old = next(line for line in text.splitlines(keepends=True) if line.startswith(f"{key}:"))
    file.write_text(text.replace(old, line), encoding="utf-8")
    said = {"title": "La nuit du grand vent", "description": "Deux heures de vent.",
            "keywords": ["spectacle"], "conditions": "Gratuit"}  # fmt: skip
    changed = event(7, **{name: {"fr": value} for name, value in said.items()})
    assert bring(site, "programme.json", agenda(changed)) == 0
    assert line in file.read_text("utf-8")
    assert main(CHECK) == 0


def test_what_is_not_ready_is_a_draft_and_the_rest_is_written(site, output):
    season = calendar("Conférence sur le vent", "Du vent")
    head, mark, rest = season.rpartition("LOCATION:")
    assert bring(site, "saison.ics", f"{head}{mark}Loin{rest[rest.index(chr(13)) :]}") == 1
    assert "statut" not in front(site, "events/conference-sur-le-vent")
    assert front(site, "events/du-vent")["statut"] == "brouillon"
    draft = content(site, "events/du-vent").read_text("utf-8")
    assert "# À compléter : Cet événement ne dit pas où il a lieu." in draft
    said = output()
    assert "1 nouveau, 1 à compléter" in said
    assert main(CHECK) == 0


def test_what_the_source_never_says_is_given_once(site, capsys):
    season = calendar("Conférence sur le vent", "Du vent")
    assert bring(site, "saison.ics", season, "--avec", "format=visite", "--avec", "lieu=musee") == 0
    assert front(site, "events/conference-sur-le-vent")["format"] == ["conference"]
    given = front(site, "events/du-vent")
    # The source says where: what is given leaves it.
    assert given["format"] == ["visite"] and "lieu" not in given
    assert bring(site, "saison.ics", season, "--avec", "formt=visite") == 2
    assert "« format »" in capsys.readouterr().err


def test_two_items_of_one_identifier(site, output):
    assert bring(site, "programme.json", agenda(event(1), event(1))) == 1
    assert "donné deux fois" in output()
    assert len([*(site / "content/events").rglob("*.md")]) == 1


def test_a_commune_of_a_shared_name_is_known_by_its_code(site):
    place = {"name": "Salle des fêtes", "city": "Caumont", "insee": "62219"}
    assert bring(site, "programme.json", agenda(event(1, location=place))) == 0
    commune = front(site, "events/la-nuit-des-vents-1")["adresse"]["commune"]
    assert "Caumont" in commune and "62" in commune


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
def test_a_hostile_source_writes_nothing_by_halves(name, site, capsys):
    before = tree(site)
    assert bring(site, "source", HOSTILE[name]) in (0, 1, 2)
    said = capsys.readouterr()
    assert tree(site).keys() - before.keys() <= {"content/events/source/a.md"}
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


def test_an_item_of_a_feed_is_an_article_and_a_portal_that_moves_keeps_its_address(
    site, monkeypatch
):
    name = "articles/ce-que-dit-le-vent-d-ouest"
    assert bring(site, "flux.xml", RSS) == 0
    found = front(site, name)
    assert str(found["publie_le"]) == "2021-09-06"
    assert found["references"][0]["url"] == "https://exemple.org/vent"
    file = content(site, name)
    assert "*inventé*" in file.read_text("utf-8")
    assert main(CHECK) == 0
    file.unlink()
    monkeypatch.setenv("SITEURL", "https://exemple.org")
    assert bring(site, "flux.xml", RSS) == 0
    found = front(site, name)
    assert found["anciennes_urls"] == ["/vent"] and "references" not in found
    assert main(CHECK) == 0


@pytest.mark.parametrize("alone", [False, True])
def test_a_page_that_announces_an_event_is_one(alone, site):
    data = PAGE.split('ld+json">')[1].split("</script>")[0]
    assert bring(site, "girouettes", data if alone else PAGE) == 0
    found = front(site, "events/atelier-des-girouettes")
    assert found["lieu"] == "musee"
    assert str(found["debut"]).startswith("2021-10-16 14:00")
    assert main(CHECK) == 0


def test_an_event_that_cannot_be_read_says_why(site, output):
    lines = "BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", "SUMMARY:La nuit", "END:VEVENT"
    bring(site, "agenda.ics", "\n".join((*lines, "END:VCALENDAR\n")))
    told = output()
    assert "E142 : « La nuit » n’est pas importé" in told and "n’a pas de date (DTSTART)" in told


def test_pictures_come_with_their_credit_when_they_are_asked_for(site):
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
    folder = site / "content/events/copie/atelier-des-girouettes"
    picture = folder / found["image"]["fichier"]
    assert picture.read_bytes() == png(40, 30)
    assert main(CHECK) == 0
    before = tree(site)
    assert main(["importer", str(copy), "--date", DAY, "--images"]) == 0
    assert tree(site) == before


# A connection only when given a URL, and never to a private address by the way.


def test_a_source_may_be_an_address_that_is_not_private(site, liar, monkeypatch, capsys):
    address = f"{liar.url}/ici"
    assert main(["importer", address, "--date", DAY]) == 2
    assert "n’est pas lu" in capsys.readouterr().err
    assert liar.asked == []

    class Declared:
        load = staticmethod(lambda: partial(download, private=True))

    monkeypatch.setattr("portail_importer.importer.imports.entry_points", lambda **_: [Declared])
    body = json.dumps({"events": [event(1)]}).encode()
    liar.routes["/agenda.json"] = (200, {"Content-Type": "application/json"}, body)
    liar.routes["/ici"] = (302, {"Location": f"{liar.url}/agenda.json"}, b"")
    assert main(["importer", address, "--date", DAY]) == 0
    assert front(site, "events/la-nuit-des-vents-1")["titre"] == "La nuit des vents 1"
    liar.routes["/ici"] = (302, {"Location": "file:///etc/passwd"}, b"")
    before = tree(site)
    assert main(["importer", address, "--date", DAY]) == 2
    assert "n’est pas lu" in capsys.readouterr().err
    assert tree(site) == before


def test_drafts_of_one_name_are_each_written(site, output):
    untitled = "".join(
        f"<item><title/><link>https://a.test/{n}</link><description>Texte {n}.</description></item>"
        for n in range(3)
    )
    feed = f'<rss version="2.0"><channel><link>https://a.test/</link>{untitled}</channel></rss>'
    assert bring(site, "carnet.xml", feed) == 1
    told = output()
    left = sorted((site / "content/articles/carnet").iterdir())
    assert len(left) == 3
    assert all(f"content/articles/carnet/{one.name}, à compléter" in told for one in left)
    texts = "".join(one.read_text("utf-8") for one in left)
    assert all(f"Texte {n}." in texts for n in range(3))


def test_what_has_no_title_is_named_by_its_place_or_its_source_and_its_day(site):
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
        "content/articles/mon-blog/mon-blog-2021-03-01.md",
        "content/articles/mon-blog/mon-blog-2021-03-02.md",
        "content/events/mon-blog/amiens-80-2021-10-09.md",
    }


HEADS = "Titre;Résumé;Date;Commune"
ROW = "La nuit;Une nuit.;10/12/2026;Amiens"


@pytest.mark.parametrize(
    "data",
    [f"uid;{HEADS}\n7;{ROW}\n", "<html><table>" + "".join(
        f"<tr><td>{row.replace(';', '</td><td>')}</td></tr>" for row in (HEADS, ROW)) + "</table>"],
)  # fmt: skip
def test_a_table_that_looks_like_something_else_is_one(data, site, capsys):
    given = ["--avec", "format=conference", "--avec", "publics=adultes"]
    assert bring(site, "programme.xls" if "<" in data else "programme.csv", data, *given) == 0
    assert "Feuille « programme" in capsys.readouterr().out
    assert front(site, "events/la-nuit")["adresse"]["commune"] == "Amiens"


def _office(part):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(part, "application/vnd.oasis.opendocument.text")
    return data.getvalue()


UNREAD = {
    "annonce.docx": (_office("word/document.xml"), "un texte de Word"),
    "annonce.odt": (_office("mimetype"), "un texte de LibreOffice"),
    "annonce.msg": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "un courriel d’Outlook"),
    "annonce.pdf": (b"%PDF-1.7\n", "un PDF"),
    "carte.geojson": (b'{"type": "FeatureCollection", "features": []}', "du JSON"),
    "billets.xml": (b"<?xml version='1.0'?><a><p>Un</p></a>", "du XML"),
    "autre.json": (b'{"a": 1}', "du JSON"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREAD)
def test_what_is_not_read_is_told_by_its_name(name, site, capsys):
    data, called = UNREAD[name]
    (site / name).write_bytes(data)
    commands = [["importer", name], ["deposer", name]]
    for command in commands if name.startswith("annonce") else commands[:1]:
        assert main([*command, "--date", "2026-11-25"]) == 2
        said = capsys.readouterr().err
        assert f"« {name} » est" in said and called in said


def test_what_says_nothing_is_told(site, capsys):
    bring(site, "x.json", '{"@context": "https://www.w3.org/ns/activitystreams", "type": "Create"}')
    assert "Rien ne s’y lit" in capsys.readouterr().out
    assert not [*site.rglob("articles/**/*.md")]
