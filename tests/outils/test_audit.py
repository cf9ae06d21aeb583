"""The audit looks at the right pages, serves the right files and says what it finds."""

from pathlib import Path

import pytest

from audit import Part, report
from audit_axe import file_of, told
from audit_vnu import page_of, text_of
from doses import cases
from pages import LOCAL_ADDRESS, address, by_shape, html_pages, shape, site_url


@cases(
    ("url", "expected"),
    [
        ("/", "/"),
        ("/404.html", "/404.html"),
        ("/lieux/", "/lieux"),
        ("/lieux/la-coupole/", "/lieux/*"),
        ("/lieux/page/2/", "/lieux/*/N"),
        ("/agenda/2021-s39/", "/agenda/N"),
        ("/agenda/2021/10/", "/agenda/N/N"),
        ("/agenda/2021-10-09/", "/agenda/N"),
    ],
)
def test_shape(url, expected):
    assert shape(url) == expected


def test_the_longest_page_of_each_shape_is_chosen(arbre):
    output = arbre(
        {
            "index.html": "accueil",
            "lieux/a/index.html": "court",
            "lieux/b/index.html": "bien plus long",
            "lieux/index.html": "liste",
            "evenements/index.html": '<meta http-equiv="refresh" content="0;url=/agenda/">',
        }
    )
    pages = html_pages(output)
    assert len(pages) == 5
    chosen = [address(output, page) for page in by_shape(output, pages)]
    assert chosen == ["/", "/lieux/b/", "/lieux/"]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            '<link rel="canonical" href="https://exemple.org/portail/">',
            "https://exemple.org/portail",
        ),
        ("<link rel=canonical href=https://portail.example.org/>", "https://portail.example.org"),
        ('<link rel="canonical" href="/">', LOCAL_ADDRESS),
        ("", LOCAL_ADDRESS),
    ],
)
def test_site_url(arbre, head, expected):
    assert site_url(arbre({"index.html": head})) == expected


def test_only_files_of_the_site_are_served(arbre, tmp_path):
    root = arbre({"secret.txt": "x", "site/index.html": "i", "site/theme/a.css": "c"})
    output, url = (root / "site").resolve(), "https://exemple.org/portail"
    assert file_of(output, url, f"{url}/") == output / "index.html"
    assert file_of(output, url, url) == output / "index.html"
    assert file_of(output, url, f"{url}/theme/a.css?v=1") == output / "theme" / "a.css"
    for request in (
        f"{url}/absent.css",
        f"{url}/../secret.txt",
        f"{url}/%2e%2e/secret.txt",
        "https://exemple.org/theme/a.css",
        "https://exemple.org/portails/index.html",
        "http://exemple.org/portail/",
        "https://ailleurs.example/portail/",
    ):
        assert file_of(output, url, request) is None, request


def test_messages_name_their_place():
    message = {
        "type": "error",
        "url": "file:/srv/a%20b/index.html",
        "lastLine": 3,
        "lastColumn": 7,
        "message": "Duplicate ID “a”.",
        "extract": "<p\n id=a>",
    }
    assert page_of(message) == Path("/srv/a b/index.html")
    assert text_of(message) == "3:7 — error: Duplicate ID “a”. [<p id=a>]"
    violation = {
        "id": "image-alt",
        "impact": "critical",
        "help": "Images must have alternative text",
        "nodes": [{"target": ["img"]}, {"target": ["#b", "img"]}],
    }
    assert [*told(violation)] == [
        "image-alt (critical): Images must have alternative text [img]",
        "image-alt (critical): Images must have alternative text [#b img]",
    ]


def test_the_same_finding_is_said_once(capsys):
    findings = ["a.html:1:1 — error: X [<p>]", "b.html:9:9 — error: X [<q>]", "c.html:2:2 — Y"]
    report(Part("Outil 1", "3 pages", findings))
    assert capsys.readouterr().out == (
        "Outil 1: 3 pages, 3 found\n"
        "  a.html:1:1 (and 1 more)\n    error: X [<p>]\n"
        "  c.html:2:2\n    Y\n"
    )
