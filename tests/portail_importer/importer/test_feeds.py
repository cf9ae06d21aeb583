"""Feeds of others: what each item says is found, or told as lost."""

import json
from datetime import date

import pytest

from doses import cases, ends
from imported_sites import feed
from portail.diagnostics import Refused
from portail.model.kinds import Kind
from portail_importer.importer.sources import feeds
from portail_importer.importer.sources.feed_items import moment_of
from portail_importer.importer.sources.items import Picture
from portail_importer.importer.sources.writing import markdown_of

DAY = date(2021, 9, 27)
SITE = "https://portail-imaginaire.example.org"


def read(source):
    data = source if isinstance(source, bytes) else source.encode()
    return list(feeds.read(data, "flux.xml", DAY))


def lost(found):
    """The names of what is told as lost."""
    return [loss.name for loss in found.losses]


def rss(item, head=""):
    return (
        f'{head}<rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<link>{SITE}/</link>{item}</channel></rss>"
    )


@cases("sort", ["rss", "atom", "rdf"])
def test_each_field_of_a_feed_is_found(sort):
    source, told = feed(200, sort)
    assert feeds.recognised(source)
    found = read(source)
    assert len(found) == len(told) == 200
    for content, item in zip(found, told, strict=True):
        assert content.kind is Kind.ARTICLE
        assert not content.refused
        said = f"{content!r} {markdown_of(content.html).markdown}"
        for name, value in item.fields.items():
            assert value in said or "#commentaires" in value, (sort, name, value)
    assert [content.row for content in found] == list(range(1, 201))
    assert len({content.identifier for content in found}) == 200
    body = markdown_of(found[0].html, found[0].url).markdown
    assert body.startswith("## Pourquoi")
    assert f"[sur cette page]({SITE}/articles/1)" in body
    if sort == "rss":
        assert found[0].picture == Picture(f"{SITE}/p/1.jpg", "Une vue", "Atelier fictif 1")


def test_an_event_in_a_feed():
    (found,) = read(rss(
        "<item><title>Nuit</title><link>/nuit</link><ev:startdate>2021-10-09T20:00:00+02:00</ev:startdate>"
        "<ev:enddate>2021-10-09T22:00:00+02:00</ev:enddate><ev:location>1 rue Fictive, 59000 Lille"
        "</ev:location><ev:organizer>Club imaginaire (a@example.org)</ev:organizer></item>"
    ))  # fmt: skip
    assert (found.kind, found.titre, found.url) == (Kind.EVENT, "Nuit", f"{SITE}/nuit")
    assert found.quand == {"debut": "2021-10-09 20:00", "fin": "2021-10-09 22:00"}
    assert found.adresse == "1 rue Fictive, 59000 Lille"
    assert "@" not in repr(found.organisateurs)


def test_the_data_of_an_event_in_the_text_of_an_item():
    event = json.dumps({"@type": "Event", "name": "Nuit", "startDate": "2021-10-09T20:00"})
    (found,) = read(rss(
        "<item><title>Nuit</title><guid>n-1</guid><content:encoded><![CDATA[<p>Un texte.</p>"
        f'<script type="application/ld+json">{event}</script>]]></content:encoded></item>'
    ))  # fmt: skip
    assert (found.kind, found.identifier) == (Kind.EVENT, "n-1")
    assert found.quand == {"debut": "2021-10-09 20:00"}


def test_a_json_feed():
    source = json.dumps({
        "version": "https://jsonfeed.org/version/1.1", "title": "Portail", "language": "fr",
        "items": [
            {"id": "1", "url": f"{SITE}/1", "title": "Un", "content_html": "<p>Deux</p>",
             "date_published": "2021-02-05T10:00:00Z", "authors": [{"name": "Camille Fictive"}],
             "tags": ["craie"], "image": f"{SITE}/a.jpg", "_perso": {"a": 1}},
            "abîmé",
        ],
    })  # fmt: skip
    assert feeds.recognised(source)
    first, second = read(source)
    assert (first.titre, first.publie_le, first.mots, first.langue) == (
        "Un", "2021-02-05", ("craie",), "fr",
    )  # fmt: skip
    assert first.extra == {"auteurs": ["Camille Fictive"]}
    assert [*dict(first.untaken)] == ["_perso"]
    assert second.refused


def test_an_entry_may_say_its_last_change_alone_and_hold_what_is_no_text():
    entry = (
        "<entry><id>a</id><title>Nuit</title><updated>2020-10-01T00:00:00Z</updated>"
        "<summary>Un texte.</summary><content type='application/pdf'>JVBERi0xLjQK</content></entry>"
    )
    (found,) = read(f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>")
    assert found.publie_le == "2020-10-01"
    assert "JVBERi" not in found.html + found.texte


def test_an_end_before_its_beginning_is_to_check():
    days = "<ev:startdate>2021-10-09T14:00</ev:startdate><ev:enddate>2021-10-08</ev:enddate>"
    (found,) = read(rss(f"<item><title>Nuit</title><guid>a</guid>{days}</item>"))
    assert [doubt.value for doubt in found.doubts] == ["2021-10-08"]


def test_encodings_and_signs_of_html():
    item = (
        "<item><title>L&eacute;t&#233; &amp; l’hiver</title><description>Œuvre</description></item>"
    )
    for code, head in (
        ("utf-8", '<?xml version="1.0" encoding="iso-8859-1"?>'),
        ("cp1252", '<?xml version="1.0" encoding="utf-8"?>'),
        ("utf-16", '<?xml version="1.0" encoding="utf-16"?>'),
        ("utf-8-sig", "<!-- a --><!DOCTYPE rss>"),
    ):
        data = rss(item, head).encode(code)
        (found,) = read(data)
        assert (found.titre, found.texte) == ("Lété & l’hiver", "Œuvre")


PROLOGS = {
    "a name": "<!DOCTYPE rss>",
    "a file": '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "https://example.org/a>b.dtd">',
    "entities": '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "signs inside": "<!DOCTYPE rss [<!-- ]> ' --><!ENTITY x \"]>\"><!ENTITY y ']>'>] >",
    "many entities": "<!DOCTYPE rss [" + '<!ENTITY e "x">' * 2_000 + "]>",
    "a long comment": f"<!-- {'x' * 20_000} --><?xml-stylesheet href='a.css'?>",
}


@cases("name", PROLOGS)
def test_whatever_is_declared_above_a_feed_is_one(name):
    source = rss("<item><title>Un</title></item>", f"<?xml version='1.0'?>\n{PROLOGS[name]}\n")
    assert feeds.recognised(source)
    assert [one.titre for one in read(source)] == ["Un"]


def test_a_broken_feed_is_read_and_told():
    found = read(rss("<item><title>Un</title><b></item><item><title>Deux</title></item>"))
    assert [content.titre for content in found] == ["Un", "Deux"]
    assert lost(found[0]) == ["XML"]


def test_prefixes_that_a_feed_does_not_declare_are_the_usual_ones():
    item = "<item><title>Un</title><dc:date>2021-02-05</dc:date><autre:mot>x</autre:mot></item>"
    (found,) = read(f"<rss><channel>{item}</channel></rss>")
    assert str(found.publie_le) == "2021-02-05"
    assert [*dict(found.untaken)] == ["autre:mot"]


def test_items_without_identifiers_keep_theirs():
    item = "<item><title>{}</title><pubDate>2021-02-05</pubDate></item>"
    first = read(rss(item.format("Un") + item.format("Deux")))
    again = read(rss(item.format("Nouveau") + item.format("Un") + item.format("Deux")))
    assert {one.identifier for one in first} < {one.identifier for one in again}
    assert len({one.identifier for one in again}) == 3


def test_an_identifier_said_twice_is_told():
    first, second = read(rss("<item><guid>a</guid><title>Un</title></item>" * 2))
    assert not first.refused
    assert "l’élément 1" in second.refused


def test_an_entity_is_left_as_it_is_written():
    entity = '<!DOCTYPE rss [<!ENTITY x "de son auteur">]>'
    (item,) = read(rss("<item><title>Un mot &x;</title></item>", entity))
    assert item.titre == "Un mot &x;"


LAUGHS = '<!DOCTYPE rss [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + rank)} "{f"&{chr(97 + rank)};" * 10}">' for rank in range(12)
)
HOSTILE = {
    "laughs": lambda: rss("<item><title>&m;</title></item>", LAUGHS + "]>"),
    "outside": lambda: rss(
        "<item><title>&x;</title></item>",
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ),
    "deep": lambda: rss("<item>" + "<a>" * 10_000 + "x" + "</a>" * 10_000 + "</item>"),
    "no end": lambda: rss("<item><title>Un</title>") * 2_000,
    "attribute": lambda: rss(f'<item a="{"x" * 1_000_000}"><title>Un</title></item>'),
    "heavy": lambda: rss(
        f"<item><title>Un</title><description>{'x ' * 3_000_000}</description></item>"
    ),
    "scripts": lambda: rss(
        "<item><title>&lt;script&gt;alert(1)&lt;/script&gt;</title><link>javascript:alert(1)</link>"
        "<enclosure url='data:image/png;base64,xx' type='image/png'/></item>"
    ),
    "brackets": lambda: "<!DOCTYPE rss [" + "<!-- " * 200_000,
    "lost": lambda: rss("<item>" + "<x>a</x>" * 20_000 + "</item>"),
}


@cases("name", HOSTILE)
def test_hostile_feeds_end(name):
    source = HOSTILE[name]()
    found = []
    with ends():
        feeds.recognised(source)
        try:
            found = read(source)
        except Refused as refused:
            assert str(refused).endswith(".")
    said = repr(found)
    assert "root:" not in said
    assert name != "no end" or len(found) < 300
    assert len(said) < 10_000_000
    for content in found:
        assert "script" not in content.url
        assert content.picture is None


def test_what_is_no_feed_is_refused():
    for data in (b"", b"{}", b"<html><p>x</p></html>", b"<rss", b"\0\1\2", b"a" * 50_000_001):
        with pytest.raises(Refused):
            read(data)


@cases(
    ("written", "titre"),
    [
        ("A & B", "A & B"),
        ("A &amp; B", "A & B"),
        ("A &amp;amp; B", "A & B"),
        ("<![CDATA[A & B]]>", "A & B"),
        ("<![CDATA[A &amp; B]]>", "A & B"),
        ("R&D, Q&R et AT&T", "R&D, Q&R et AT&T"),
        ("Arts&sections &para; &copy;", "Arts&sections ¶ ©"),
        ("L&#8217;eau &amp;#8211; ou pas", "L’eau – ou pas"),
        ("&eacute;t&eacute; & hiver", "été & hiver"),
        ("&inconnu; & fin&", "&inconnu; & fin&"),
    ],
)
def test_an_ampersand_is_kept(written, titre):
    (found,) = read(rss(f"<item><title>{written}</title><link>{SITE}/a?b=1&c=2</link></item>"))
    assert (found.titre, found.url) == (titre, f"{SITE}/a?b=1&c=2")
    assert not found.losses


@cases(
    ("written", "there"),
    [
        ("Tue, 3 Nov 2026 8:5:00 CET", "2026-11-03 08:05"),
        ("mar., 3 nov. 2026 10:00:00 +0100", "2026-11-03 10:00"),
        ("mardi 3 novembre 2026 à 10h30", "2026-11-03 10:30"),
        ("1er août 2026", "2026-08-01"),
        ("3 févr. 2026 09:00 GMT", "2026-02-03 10:00"),
        ("Tue, 03 Nov 2026 23:30:00 +0000", "2026-11-04 00:30"),
        ("Tue, 03 Nov 2026 12:00:00 EST", "2026-11-03 18:00"),
        ("Fri, 03 Jul 2026 12:00:00 CEST", "2026-07-03 12:00"),
        ("Fri, 03 Jul 26 12:00 PDT", "2026-07-03 21:00"),
        ("Sat, 09 Oct 2021 12:00:00 GMT", "2021-10-09 14:00"),
        ("09 Oct 2021 12:00 +0200", "2021-10-09 12:00"),
        ("2021-10-09T12:00:00.123Z", "2021-10-09 14:00"),
        ("2021-10-09", "2021-10-09"),
        ("09/10/2021 14h30", "2021-10-09 14:30"),
        ("Sat, 09 Oct 2021 12:00:00 XYZ", ""),
        ("Sat, 09 Oct 2021 02:00:00 PM", ""),
        ("3 jui 2026", ""),
        ("Sat, 31 Feb 2021 12:00:00 GMT", ""),
        ("", ""),
        ("9" * 10_000, ""),
        ("3 Nov 2026 25:00:00 +0000", ""),
        ("demain", ""),
    ],
)
def test_a_date_of_a_feed_is_right_or_none(written, there):
    assert moment_of(written) == there


def test_a_date_that_is_not_read_is_told():
    (found,) = read(rss("<item><title>A</title><pubDate>mar. 3 nvb 2026</pubDate></item>"))
    assert [(loss.name, loss.value) for loss in found.losses] == [("pubDate", "mar. 3 nvb 2026")]


def test_what_no_field_takes_is_told_inside_a_group_too():
    media = 'xmlns:media="http://search.yahoo.com/mrss/"'
    group = f"<media:group {media}><media:rating>adult</media:rating></media:group>"
    (found,) = read(rss(f"<item><title>Un</title><link>{SITE}/a</link>{group}</item>"))
    assert [*dict(found.untaken)] == ["media:rating"]


def test_an_account_signs_nothing():
    names = "".join(f"<author>{name}</author>" for name in ("admin", "Camille Fictive", "root"))
    (found,) = read(rss(f"<item><title>A</title>{names}</item>"))
    assert found.extra == {"auteurs": ["Camille Fictive"]}


@cases(("label", "words"), [
    ("ISO-8859-15", "Au cœur des œufs, 5 €"), ("windows-1251", "Музей"), ("GB2312", "科学"),
])  # fmt: skip
def test_a_feed_is_read_in_the_encoding_that_it_declares(label, words):
    head = f'<?xml version="1.0" encoding="{label}"?>'
    (found,) = read(rss(f"<item><title>{words}</title></item>", head).encode(label))
    assert found.titre == words


def test_addresses_are_read_from_where_the_feed_was():
    item = (
        "<item><title>Un</title><link>/un</link><enclosure url='a.jpg' type='image/jpeg'/></item>"
    )
    for source in (f"<rss><channel>{item}</channel></rss>",
                   f"<rss><channel><link>/</link>{item}</channel></rss>"):  # fmt: skip
        (found,) = feeds.read(source.encode(), "x", DAY, f"{SITE}/flux.xml")
        assert found.url == f"{SITE}/un" and found.picture.source == f"{SITE}/a.jpg"


@cases(("text", "debut", "place"), [
    ("Vendredi 22 octobre 2021 de 18 h à 21 h, 5 rue du Modèle, Lens. Entrée libre.",
     "2021-10-22 18:00", "5 rue du Modèle, Lens"),
    ("On écoute. À la médiathèque de Lens, le vendredi 22 octobre à 18h30.", "2021-10-22 18:30",
     "médiathèque de Lens"),
    ("Rendez-vous le vendredi 22 octobre 2021, de 14 h à 16 h 30, devant l’église d’Étaples.",
     "2021-10-22 14:00", "devant l’église d’Étaples"),
    ("La bibliothèque ferme à 17 h jusqu’au 28 octobre.", "", ""),
    ("Le 22 octobre 2020 à 18 h, au musée, on a bien ri.", "", ""),
    ("Rendez-vous vendredi 22 octobre 2021 au musée.", "", ""),
    ("Le 22 octobre 2021 à 18 h, tout change.", "", ""),
])  # fmt: skip
def test_an_item_that_says_a_day_to_come_an_hour_and_a_place_is_an_event(text, debut, place):
    (found,) = read(rss(f"<item><title>Nuit</title><description>{text}</description></item>"))
    assert found.quand.get("debut", "") == debut
    assert (found.kind is Kind.EVENT, bool(found.doubts)) == (bool(debut), "2020" not in text)
    assert found.adresse == place
