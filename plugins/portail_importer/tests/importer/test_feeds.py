"""Feeds of others: what each item says is found, or told as lost."""

from datetime import date

import pytest

from doses import cases, ends, heavy, rows_of
from imported_sites import feed
from portail.diagnostics import Refused
from portail.model.kinds import Kind
from portail_importer.importer.sources import feeds
from portail_importer.importer.sources.feed_items import moment_of
from portail_importer.importer.sources.items import Picture
from portail_importer.importer.sources.writing import markdown_of

CASES = rows_of("portail_importer/tests/importer/flux.yml")

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


@cases("parts", CASES["prologues"])
def test_whatever_is_declared_above_a_feed_is_one(parts):
    source = rss("<item><title>Un</title></item>", f"<?xml version='1.0'?>\n{heavy(parts)}\n")
    assert feeds.recognised(source)
    assert [one.titre for one in read(source)] == ["Un"]


def test_items_without_identifiers_keep_theirs():
    item = "<item><title>{}</title><pubDate>2021-02-05</pubDate></item>"
    first = read(rss(item.format("Un") + item.format("Deux")))
    again = read(rss(item.format("Nouveau") + item.format("Un") + item.format("Deux")))
    assert {one.identifier for one in first} < {one.identifier for one in again}
    assert len({one.identifier for one in again}) == 3


@cases("parts", rows_of("portail_importer/tests/importer/hostiles.yml")["flux"])
def test_hostile_feeds_end(parts):
    source = heavy(parts)
    found = []
    with ends():
        feeds.recognised(source)
        try:
            found = read(source)
        except Refused as refused:
            assert str(refused).endswith(".")
    said = repr(found)
    assert "root:" not in said
    assert len(found) < 300
    assert len(said) < 10_000_000
    for content in found:
        assert "script" not in content.url
        assert content.picture is None


def test_what_is_no_feed_is_refused():
    for data in (b"", b"{}", b"<html><p>x</p></html>", b"<rss", b"\0\1\2", b"a" * 50_000_001):
        with pytest.raises(Refused):
            read(data)


@cases(("written", "there"), [*CASES["dates"].items(), ("9" * 10_000, "")])
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
