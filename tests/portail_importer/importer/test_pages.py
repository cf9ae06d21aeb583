"""Pages of others: their data for machines, what their readers see, a whole saved site."""

# ruff: noqa: E501
import io
import json
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkout import ROOT
from doses import cases, dose, ends
from imported_sites import write_site
from portail.diagnostics import Refused
from portail.model.kinds import Kind
from portail_importer.importer.sources import pages
from portail_importer.importer.sources.formats import reader_of
from portail_importer.importer.sources.items import Picture
from portail_importer.importer.sources.saved import picture_bytes, read_site
from portail_importer.importer.sources.writing import markdown_of

DAY = date(2021, 9, 27)
SAMPLES = ROOT / "tests/features/intake/contribuer/samples"


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


def test_the_events_of_a_museum():
    fossils, visits = read((SAMPLES / "musee.html").read_bytes())
    assert (fossils.row, visits.row) == (1, 2)
    assert fossils.quand["horaires"] == {
        "du": "2021-09-18", "au": "2022-01-09", "tous_les": ["mercredi", "samedi"],
        "de": "14:00", "a": "18:00", "sauf": ["2021-12-25", "2022-01-01"],
    }  # fmt: skip
    assert (fossils.formats, fossils.tarif, fossils.age) == (
        ("exposition",),
        {"gratuit": "true"},
        {"min": "6"},
    )
    assert [session.get("etat", "") for session in visits.quand["seances"]] == ["", "annule"]
    assert fossils.identifier != visits.identifier


@cases("said", ["", '<meta charset="iso-8859-1">', '<meta charset="utf-8">'])
def test_a_page_of_old_is_read_as_browsers_do(said):
    text = f"{said}<main><h1>L’entrée à 5 €</h1><p>{'Un “cœur” noté. ' * 20}</p></main>"
    found = one(text.encode("cp1252"))
    assert found.titre == "L’entrée à 5 €" and "“cœur” noté" in found.html


# Examples of schema.org, retyped with invented values.


def test_an_article_of_schema_org():
    found = one(ld({
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": "Une craie qui parle",
        "description": "Un résumé inventé.", "datePublished": "2021-02-05T08:00:00+08:00",
        "dateModified": "2021-02-07", "author": [{"@type": "Person", "name": "Camille Fictive"}],
        "image": {"@type": "ImageObject", "url": "https://a.example.org/a.jpg",
                  "creditText": "Atelier fictif", "caption": "Une falaise",
                  "license": "https://creativecommons.org/licenses/by-sa/4.0/"},
        "keywords": ["craie", "falaise"], "articleSection": "Géologie", "inLanguage": "fr-FR",
        "mainEntityOfPage": "https://a.example.org/craie", "dateline": "Lille",
    }, "<main><h1>Une craie qui parle</h1><p>" + "Un texte inventé. " * 20 + "</p></main>"))  # fmt: skip
    assert (found.kind, found.titre, found.langue) == (Kind.ARTICLE, "Une craie qui parle", "fr")
    assert (found.publie_le, found.modifie) == ("2021-02-05", "2021-02-07")
    assert found.mots == ("craie", "falaise", "Géologie")
    assert found.extra == {"auteurs": ["Camille Fictive"]}
    assert found.identifier == found.url == "https://a.example.org/craie"
    assert found.picture == Picture(
        "https://a.example.org/a.jpg", "Une falaise", "Atelier fictif", "CC BY-SA 4.0"
    )
    assert found.untaken == (("dateline", "Lille"),)
    assert "Un texte inventé" in found.html
    assert "<h1" not in found.html


EVENING = {"@type": "Event", "name": "Nuit", "startDate": "2021-10-09T20:00",
         "location": {"@type": "Place", "name": "Muséum", "address": "59000 Lille"}}  # fmt: skip


def test_evenings_of_a_series_are_its_sessions():
    first = {**EVENING, "name": "Soir 1", "startDate": "2021-10-02T20:00",
             "eventStatus": "EventCancelled"}  # fmt: skip
    series = EVENING | {"@type": "EventSeries", "startDate": "2021-10-01", "endDate": "2021-10-31"}
    found = one(ld({**series, "subEvent": [EVENING, first]}))
    assert found.quand == {"seances": [
        {"debut": "2021-10-02 20:00", "etat": "annule", "note": "Soir 1"},
        {"debut": "2021-10-09 20:00"},
    ]}  # fmt: skip
    assert not found.doubts
    elsewhere = EVENING | {"name": "Soir 2", "location": "Halle, Lens"}
    (doubt,) = one(ld({**series, "subEvent": [EVENING, elsewhere]})).doubts
    assert doubt.value == "Halle, Lens"
    assert not one(ld({**EVENING, "subEvent": [elsewhere]})).doubts, "it is another event"


def test_the_safest_of_the_states_of_an_event():
    names = ["EventRescheduled", "https://schema.org/EventCancelled"]
    assert one(ld({**EVENING, "eventStatus": names})).etat == "annule"


def test_dates_that_cannot_be_are_told():
    (doubt,) = one(ld({**EVENING, "endDate": "2021-10-08"})).doubts
    assert (doubt.name, doubt.value) == ("endDate", "2021-10-08")
    (doubt,) = one(ld({**EVENING, "startDate": "02/07/2027 20:00"})).doubts
    assert (doubt.name, doubt.value) == ("startDate", "02/07/2027 20:00")


@cases(
    ("address", "is_event"),
    [("https://a.test/agenda/nuit", True), ("https://a.test/articles/nuit", False)],
)
def test_the_day_of_an_event_is_not_that_of_its_publication(address, is_event):
    text = (
        "<p><del><time datetime='2021-10-09'>9</time></del> <time datetime='2021-10-16'>16</time>"
    )
    page = f"<link rel='canonical' href='{address}'><main><h1>Nuit</h1>{text} {'Un mot. ' * 30}"
    found = one(page.encode())
    assert not found.publie_le
    assert not is_event or found.quand == {"debut": "2021-10-16"}


def test_a_node_may_be_named_and_names_may_go_round():
    event = {"@type": "Event", "@id": "#a", "name": "Un", "startDate": "2021-10-09",
             "location": {"@id": "#ici"}}  # fmt: skip
    place = {"@type": "Place", "@id": "#ici", "name": "Ici", "containedInPlace": {"@id": "#ici"},
             "address": "1 rue Fictive, 59000 Lille"}  # fmt: skip
    found = one(ld({"@graph": [event, place]}))
    assert found.adresse == "Ici\n1 rue Fictive, 59000 Lille"


def test_of_two_places_the_second_is_told():
    first, second = ({"@type": "Place", "name": name, "geo": {"latitude": lat, "longitude": 3},
                      "address": f"1 rue Fictive, 59000 {town}"}
                     for name, town, lat in (("Ici", "Lille", 50), ("Là", "Lens", 51)))  # fmt: skip
    online = {"@type": "VirtualLocation", "url": "https://a.example.org/direct"}
    found = one(ld({"@type": "Event", "name": "Un", "startDate": "2021-10-09",
                    "location": [first, online, second, first]}))  # fmt: skip
    assert (found.adresse, found.point) == ("Ici\n1 rue Fictive, 59000 Lille", ("50", "3"))
    assert found.en_ligne == "https://a.example.org/direct"
    assert [loss.value for loss in found.losses if loss.name == "location"] == ["Là"]


def test_an_organiser_that_says_it_is_a_person_is_not_named_as_a_structure():
    club, person = ({"@type": sort, "name": name} for sort, name in
                    (("Organization", "Club du vent"), ("Person", "Jo Fictif")))  # fmt: skip
    found = one(ld({"@type": "Event", "name": "Un", "startDate": "2021-10-09",
                    "organizer": [person, club]}))  # fmt: skip
    assert (found.organisateurs, found.connus) == (("Club du vent",), ("Jo Fictif",))


# What a page marks in what it shows, and other words for the same.

PREFIXED = ld({
    "@type": "schema:Event", "schema:name": [{"@value": "La nuit"}],
    "schema:startDate": [{"@value": "2027-03-12T19:30"}], "schema:endDate": "2027-03-12T21:30",
    "schema:description": "<p>Un mot.</p>", "schema:location": [{"schema:name": "Maison",
        "schema:address": [{"@value": "1 rue Haute, 62500 Berck"}]}],
})  # fmt: skip
MARKED = {
    "microdata": (
        "<main itemscope itemtype='https://schema.org/Event'><h1 itemprop='name'>La nuit</h1>"
        "<time itemprop='startDate' datetime='2027-03-12T19:30:00+01:00'>Vendredi</time>"
        "<meta itemprop='endDate' content='2027-03-12T21:30:00:00+01:00'>"
        "<div itemprop='location' itemscope itemtype='https://schema.org/Place'>"
        "<b itemprop='name'>Maison</b> <p itemprop='address' itemscope itemtype='https://schema.org/"
        "PostalAddress'><i itemprop='postalCode'>62500</i> <i itemprop='addressLocality'>Berck</i>"
        "</p></div><div itemprop='description'><p>Un mot.</p></div></main>"
    ),
    "rdfa": (
        "<main vocab='https://schema.org/' typeof='Event'><h1 property='name'>La nuit</h1>"
        "<time property='startDate' datetime='2027-03-12T19:30'>Vendredi</time>"
        "<meta property='endDate' content='2027-03-12T21:30'><div property='location' typeof='Place'>"
        "<b property='name'>Maison</b> <p property='address' typeof='PostalAddress'><i property="
        "'postalCode'>62500</i> <i property='addressLocality'>Berck</i></p></div>"
        "<div property='description'><p>Un mot.</p></div></main>"
    ),
    "h-event": (
        "<main class='h-event'><time class='dt-start' datetime='2027-03-12T19:30'>Vendredi</time><time "
        "class='dt-end' datetime='2027-03-12T21:30'></time>"
        "<p class='p-location h-card'><b class='p-name'>Maison</b>, <b class='p-postal-code'>62500</b> "
        "<b class='p-locality'>Berck</b></p><h1 class='p-name'>La nuit</h1><p class='p-summary'>Un mot."
    ),
    "prefixes": PREFIXED, "expanded": PREFIXED.replace("schema:", "http://schema.org/"),
}  # fmt: skip


@cases("form", MARKED)
def test_what_a_page_says_to_programs_is_an_event(form):
    found = one(MARKED[form])
    assert (found.titre, found.kind) == ("La nuit", Kind.EVENT)
    assert found.quand == {"debut": "2027-03-12 19:30", "fin": "2027-03-12 21:30"}
    assert "62500" in f"{found.adresse}" and "Maison" in f"{found.adresse}"
    assert "Un mot." in found.html + found.texte


def test_a_list_of_events_is_read_whatever_it_looks_like():
    events = [EVENING | {"name": f"Soir {rank}"} for rank in (1, 2)]
    lists = json.dumps({"@type": "CollectionPage", "name": "Agenda"})
    rest = f"<script type='application/ld+json'>{lists}</script>"
    assert [it.titre for it in read(ld(events, rest))] == ["Soir 1", "Soir 2"]


PERIOD = {"startDate": "2027-04-10", "endDate": "2027-04-10", "startTime": "14:00:00",
          "endTime": "16:00:00"}  # fmt: skip
DAILY = PERIOD | {"endDate": "2027-04-12", "appliesOnDay": [{"@id": "schema:Sunday"}, "Monday"]}


def outing(prefix, periods):
    address = {"schema:addressLocality": "Berck", "schema:postalCode": "62600"}
    return {
        "@id": "https://data.datatourisme.fr/62/1", "@type": ["schema:Event", "PointOfInterest"],
        f"{prefix}label": {"fr": ["La nuit"]}, "schema:startDate": ["2027-04-10"],
        "hasDescription": [{"shortDescription": {"fr": ["Un mot."]}}], "takesPlaceAt": periods,
        "isLocatedAt": [{"@type": ["schema:Place"], "schema:address": [address]}],
        "hasContact": [{"foaf:homepage": ["https://a.example.org/nuit"]}],
    }  # fmt: skip


@cases(("periods", "quand"), [
    ([PERIOD], {"debut": "2027-04-10 14:00", "fin": "2027-04-10 16:00"}),
    ([DAILY], {"seances": [{"debut": f"2027-04-{day} 14:00", "fin": f"2027-04-{day} 16:00"}
                           for day in (11, 12)]}),
    ([{"startDate": "2027-04-10", "endDate": "2027-04-12"}],
     {"debut": "2027-04-10", "fin": "2027-04-12"}),
])  # fmt: skip
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


def test_what_an_address_tells_of_a_page_that_says_nothing_else():
    for part, kind in (("evenements", Kind.EVENT), ("annuaire", Kind.LIEU), ("x", Kind.ARTICLE),
                       ("annonces", Kind.ANNONCE)):  # fmt: skip
        found = one(
            f'<link rel="canonical" href="https://a.example.org/{part}/un"><main><h1>Un</h1><p>Le '
            '<time datetime="2021-10-09T14:00">9 octobre</time> à <time datetime="2021-10-09T16:00">'
            "16 h</time>.</p></main>"
        )
        assert found.kind is kind
        assert dict(found.quand) == (
            {"debut": "2021-10-09 14:00", "fin": "2021-10-09 16:00"} if kind is Kind.EVENT else {}
        )


# Hostile pages.


def test_encodings_that_lie_are_read():
    html = '<meta charset="{}"><main><h1>Œuvre à l’été</h1><p>Déjà</p></main>'
    for said, real in (("iso-8859-1", "utf-8"), ("windows-1252", "cp1252"), ("utf-8", "utf-16")):
        assert one(html.format(said).encode(real)).titre == "Œuvre à l’été"
    assert one(b"\xef\xbb\xbf" + html.format("utf-8").encode()).titre == "Œuvre à l’été"


def test_broken_data_are_told_and_the_page_is_read():
    found = one(
        '<script type="application/ld+json">{"@type": "Event", "name": </script>'
        "<main><h1>Un titre</h1><p>Un texte.</p></main>"
    )
    assert found.titre == "Un titre"
    assert "JSON-LD" in {loss.name for loss in found.losses}
    event = {"@type": "Event", "name": "Le vent", "startDate": "2027-01-02"}
    found = one(ld(event, '<script type="application/ld+json">{"name": </script>'))
    assert (found.titre, "JSON-LD" in {loss.name for loss in found.losses}) == ("Le vent", True)


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


EVENT = '"@type": "Event", "name": "Un", "startDate": "2021-10-09"'
LESS = dose(5, 1)
HOSTILE = {
    "nested": b"<div>" * (10_000 // LESS) + b"x",
    "nested data": ld({}).encode().replace(b"{}", b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "many events": ld([json.loads(f"{{{EVENT}}}") | {"url": f"https://a.example.org/{rank}"} for rank in range(20_000 // LESS)]).encode(),
    "heavy data": ld({"@type": "Event", "name": "Un", "description": "x" * 4_500_000}).encode(),
    "attribute": b'<main><h1>Un</h1><p title="' + b"x" * 1_000_000 + b'">Deux</p></main>',
    "tags": b"<main>" + b"<p>x" * (50_000 // LESS),
    "nul": b"<main><h1>U\0n</h1><p>\0</p></main>",
    "entities": b"<main><h1>&amp;lt;</h1>" + b"&nbsp;&#0;&#x110000;&bidule;" * 20_000,
    "metas": b'<meta name="a" content="b">' * (50_000 // LESS),
    "impossible dates": ld({"@type": "Event", "name": "Un", "startDate": "2021-02-31T25:61", "endDate": {"@value": []}, "eventSchedule": [[{}]], "subEvent": [1, None], "offers": "x", "location": [[[]]], "keywords": {"a": 1}, "organizer": 3}).encode(),
    "images": b"<main><h1>Un</h1>" + b'<figure><img src="a.jpg"><figcaption>b</figcaption></figure>' * (8_000 // LESS),
    "comments": b"<main><h1>Un</h1><p>Deux</p></main>" + b"<!--" * 100_000,
}  # fmt: skip


@cases("name", HOSTILE)
def test_hostile_pages_end(name):
    found = []
    with ends():
        try:
            found = read(HOSTILE[name])
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
