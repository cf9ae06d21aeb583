"""Pages of others: their data for machines, what their readers see, a whole saved site."""

# ruff: noqa: E501
import io
import json
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doses import cases, dose, ends, heavy, rows_of
from imported_sites import write_site
from portail.diagnostics import Refused
from portail_importer.importer.sources import pages
from portail_importer.importer.sources.formats import reader_of
from portail_importer.importer.sources.items import Picture
from portail_importer.importer.sources.saved import picture_bytes, read_site
from portail_importer.importer.sources.writing import markdown_of

DAY = date(2021, 9, 27)


def read(html, name="page.html"):
    data = html if isinstance(html, bytes) else html.encode()
    return list(pages.read(data, name, DAY))


def one(html):
    (found,) = read(html)
    return found


def ld(value, rest=""):
    told = json.dumps(value)
    return f'<html><head><script type="application/ld+json">{told}</script></head><body>{rest}'


# The samples that the form reads too: the same facts.


@cases("said", ["", '<meta charset="iso-8859-1">', '<meta charset="utf-8">'])
def test_a_page_of_old_is_read_as_browsers_do(said):
    text = f"{said}<main><h1>L’entrée à 5 €</h1><p>{'Un “cœur” noté. ' * 20}</p></main>"
    found = one(text.encode("cp1252"))
    assert found.titre == "L’entrée à 5 €" and "“cœur” noté" in found.html


# Examples of schema.org, retyped with invented values.


# What a page marks in what it shows, and other words for the same.


PERIOD = {"startDate": "2027-04-10", "endDate": "2027-04-10", "startTime": "14:00:00",
          "endTime": "16:00:00"}  # fmt: skip


def outing(prefix, periods):
    address = {"schema:addressLocality": "Berck", "schema:postalCode": "62600"}
    return {
        "@id": "https://data.datatourisme.fr/62/1", "@type": ["schema:Event", "PointOfInterest"],
        f"{prefix}label": {"fr": ["La nuit"]}, "schema:startDate": ["2027-04-10"],
        "hasDescription": [{"shortDescription": {"fr": ["Un mot."]}}], "takesPlaceAt": periods,
        "isLocatedAt": [{"@type": ["schema:Place"], "schema:address": [address]}],
        "hasContact": [{"foaf:homepage": ["https://a.example.org/nuit"]}],
    }  # fmt: skip


@cases(("periods", "quand"), rows_of("portail_importer/tests/importer/pages.yml"))
@cases("prefix", ["rdfs:", ""])
def test_an_event_of_datatourisme(prefix, periods, quand):
    (found,) = read(ld(outing(prefix, periods)))
    assert (found.titre, found.quand, found.texte) == ("La nuit", quand, "Un mot.")
    assert found.adresse["commune"] == "Berck" and found.url == "https://a.example.org/nuit"


def archive(**files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("index.json", "[]")
        for name, text in files.items():
            made.writestr(f"objects/0/{name}.json", text)
    return data.getvalue()


NIGHT = json.dumps(outing("rdfs:", [PERIOD]))


def test_an_archive_of_datatourisme_is_its_events():
    data = archive(a=NIGHT, b='{"@type": "Store"}', c="{", d=NIGHT.replace("62/1", "62/2"))
    found = [*reader_of(data, "flux.zip").items(data, "flux.zip", DAY, "https://a.example.org/f")]
    first, broken, second, others = found
    assert first.quand == {"debut": "2027-04-10 14:00", "fin": "2027-04-10 16:00"}
    assert (first.identifier[-4:], second.identifier[-4:]) == ("62/1", "62/2")
    assert "illisible" in broken.refused and others.refused[:9] == "1 fichier"


@cases("data", [archive(a=bytes(1_100_000)), archive(a=NIGHT * 9)[:-40],
                archive(**{f"a{rank}": bytes(1_000_000) for rank in range(401)})])  # fmt: skip
def test_an_archive_that_is_a_bomb_or_cut_is_refused(data):
    with pytest.raises(Refused), ends():
        [*reader_of(data, "x").items(data, "x", DAY, "")]


# A saved site.


def test_a_saved_site_gives_its_contents_and_pictures_of_its_folder_alone(tmp_path):
    told = write_site(tmp_path, 20)
    found = list(read_site(tmp_path))
    assert {it.titre: it.kind.value for it in found if not it.refused} == {
        page.fields["titre"]: page.kind for page in told
    }
    assert [it.row for it in found] == list(range(1, len(found) + 1))
    assert {it.refused[:13] for it in found if it.refused} == {"Page de liste"}
    picture = next(filter(None, (it.picture for it in found)))
    assert picture.credit.startswith("Atelier fictif") and picture.alt
    assert picture_bytes(tmp_path, picture)[:2] == b"\xff\xd8"
    for source in ("../ailleurs.jpg", "/etc/passwd", "https://a.example.org/a.jpg", "absente.jpg"):
        with pytest.raises(Refused):
            picture_bytes(tmp_path, Picture(source))


def test_a_site_does_not_lead_out_of_its_folder(tmp_path):
    (tmp_path / "dehors.html").write_text("<h1>Secret</h1>", encoding="utf-8")
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "un.html").write_text("<main><h1>Un</h1><p>Deux</p></main>", encoding="utf-8")
    (folder / "lien.html").symlink_to(tmp_path / "dehors.html")
    (folder / "tout").symlink_to(tmp_path, target_is_directory=True)
    (folder / "boucle").symlink_to(folder, target_is_directory=True)
    found = list(read_site(folder))
    assert [content.titre for content in found] == ["lien.html", "Un"]
    assert "hors du dossier" in found[0].refused
    (tmp_path / "vide").mkdir()
    with pytest.raises(Refused, match="ne contient aucune page"):
        list(read_site(tmp_path / "vide"))


def test_two_copies_of_a_page_are_one_content(tmp_path):
    html = (
        '<link rel="canonical" href="https://a.example.org/un"><main><h1>Un</h1><p>Deux</p></main>'
    )
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(html, encoding="utf-8")
    first, second = read_site(tmp_path)
    assert (first.refused, second.refused) == ("", "Déjà lue dans « a.html ».")


# Hostile pages.


def test_encodings_that_lie_are_read():
    html = '<meta charset="{}"><main><h1>Œuvre à l’été</h1><p>Déjà</p></main>'
    for said, real in (("iso-8859-1", "utf-8"), ("windows-1252", "cp1252"), ("utf-8", "utf-16")):
        assert one(html.format(said).encode(real)).titre == "Œuvre à l’été"
    assert one(b"\xef\xbb\xbf" + html.format("utf-8").encode()).titre == "Œuvre à l’été"


def test_nothing_of_a_page_runs_or_leads_astray():
    found = one(
        '<head><meta http-equiv="refresh" content="0;url=https://mal.example.org/"><base href="'
        'javascript:alert(1)"></head><main><h1 onclick="x()">Un</h1><p><a href="javascript:alert(1)">'
        "a</a><img src=x onerror=alert(1)><svg onload=alert(1)><script>alert(1)</script></svg></p>"
        '<iframe srcdoc="<script>alert(1)</script>"></iframe></main>'
    )
    body = markdown_of(found.html).markdown
    assert "javascript" not in body
    assert "alert" not in body
    assert "mal.example.org" not in found.url


MANY = ld(
    [
        {
            "@type": "Event",
            "name": "Un",
            "startDate": "2021-10-09",
            "url": f"https://a.example.org/{rank}",
        }
        for rank in range(dose(4_000, 20_000))
    ]
)


@cases("parts", [*rows_of("portail_importer/tests/importer/hostiles.yml")["pages"], [MANY]])
def test_hostile_pages_end(parts):
    found = []
    with ends():
        try:
            found = read(heavy(parts))
        except Refused as refused:
            assert str(refused).endswith(".")
    assert len(found) <= 2_000


PIECES = st.sampled_from(
    ["<main>", "<article>", "<h1>", "</h1>", "<p>", "</p>", "mot ", "é", "&nbsp;", "&#0;", "<figure>",
     "<img src='a.jpg' alt='b'>", "<img src='//[x'>", "<figcaption>© b", "<a href='/c'>", "</a>",
     "<a href='http://[::1'>", "<time datetime='2021-13-45'>", "<time datetime='2021-10-09'>",
     "<link rel=canonical href='http://[x'>", "<link rel=canonical href='https://a.example.org/b'>",
     "<meta property='og:image' content='http://[x'>", "<meta property='og:title' content='b | c'>",
     "<script type='application/ld+json'>", "</script>", '{"@type": "Event", "name": "a"}',
     '{"@type": ["Article", 3], "author": [[1]], "image": {"url": ["//["]}}', "[[[1]]]", "null",
     "<html lang='x y'>", "<base href='//['>"]
)  # fmt: skip


@settings(max_examples=dose(20, 80))
@given(st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
def test_any_page_is_read_or_refused(html):
    data = html.encode("utf-8", "replace")
    try:
        found = list(pages.read(data, "page.html", DAY))
    except Refused:
        return
    for content in found:
        assert content.row
        assert content.refused or content.identifier
        assert found == list(pages.read(data, "page.html", DAY))


def test_what_is_too_heavy_is_refused():
    for data in (b"<main>" + b"x" * 50_000_000, b"<main>" + b"<p>" * 200_000):
        with pytest.raises(Refused):
            read(data)
