"""Feeds of others: what each item says is found, or told as lost."""

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


def test_items_without_identifiers_keep_theirs():
    item = "<item><title>{}</title><pubDate>2021-02-05</pubDate></item>"
    first = read(rss(item.format("Un") + item.format("Deux")))
    again = read(rss(item.format("Nouveau") + item.format("Un") + item.format("Deux")))
    assert {one.identifier for one in first} < {one.identifier for one in again}
    assert len({one.identifier for one in again}) == 3


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
