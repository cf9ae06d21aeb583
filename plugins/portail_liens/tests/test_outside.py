"""Addresses of other sites: all of them, each where it is written."""

from pathlib import Path

from doses import rows_of
from plans import contents, entry
from portail_liens.outside import outside_of, place_of

TREE = contents(rows_of("portail_liens/tests/outside.yml"))


def test_fields_and_texts_of_what_is_published_each_with_its_line_and_column(tmp_path, tree):
    site = tree.site(TREE, siteurl="https://p.example")
    found = {url: [(one.ref, one.loc) for one in ones] for url, ones in outside_of(site).items()}
    assert found == {
        "http://b.example": [("articles/texte", ("references", 1, "url"))],
        "https://doi.org/10.1000/182": [("articles/texte", ("references", 0, "doi"))],
        "https://musee.example/": [("lieux/musee", ("site",))],
        "https://musee.example/expo": [("articles/texte", None), ("lieux/musee", None)],
        "https://social.example/@musee": [("lieux/musee", ("reseaux_sociaux", "mastodon"))],
        "https://archive.example/a?b=1&c=2": [("articles/texte", None)],
    }
    for url, ones in outside_of(site).items():
        for one in ones:
            path = tmp_path / site.items[one.ref].entry.source
            place = place_of(one, path, Path.read_bytes)
            line = path.read_text("utf-8").splitlines()[place.line - 1]
            written = line[place.column - 1 : place.column - 1 + place.length]
            known = written.strip('"').partition("#")[0]
            assert known == url or url == f"https://doi.org/{known}"


def test_an_address_that_the_text_writes_otherwise_is_of_the_whole_file(tmp_path, tree):
    body = "[ici](https://a.example/?a=1&amp;b=2)"
    site = tree.site({"articles/x": entry("articles", body)})
    ((one,),) = outside_of(site).values()
    place = place_of(one, tmp_path / "content/articles/x.md", Path.read_bytes)
    assert (place.line, place.column, place.length) == (1, 1, 0)
