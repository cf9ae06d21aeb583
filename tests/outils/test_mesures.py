"""The measures of the look and of the speed see what is over."""

import io

import pytest
from PIL import Image

from doses import cases
from mesures import Site, is_grey, row, timed, titles, words
from pages import html_pages
from serving import served


@cases(
    ("colour", "grey"),
    [
        *((one, True) for one in ("#808080", "#f6e7ce", "#f1ece0", "#e6e8e8")),
        *((one, False) for one in ("#12335a", "#d8ecec", "#f8e3dc", "#dce7f2")),
    ],
)
def test_beige_and_grey_are_told_from_colours(colour, grey):
    drawn = io.BytesIO()
    Image.new("RGB", (8, 5), colour).save(drawn, "PNG")
    assert is_grey(drawn.getvalue()) is grey


def test_what_is_over_is_said():
    assert row("page: height", 6001, 6000, "px").endswith("OVER")
    assert row("page: height", 6000, 6000, "px").endswith("ok")


def test_only_the_words_of_the_main_part_count(arbre):
    root = arbre({"a.html": "<p>Menu<main>L&#39;<b>an</b>\n<style>p{}</style></main><footer>Pied"})
    assert words(root / "a.html") == "L' an"


@pytest.mark.chromium
def test_a_page_is_measured(arbre, browser):
    head = "<!DOCTYPE html><html lang=fr><title>Essai</title><link rel=icon href='data:,'>"
    body = "<style>h2{font:700 20px a}.b{font-size:30px}</style><main><h2>A</h2><h2 class=b>B</h2>"
    output = arbre({"index.html": f"{head}{body}<h2 hidden>C</h2></main>"})
    with served(output, packed=True) as host:
        site = Site(output, host, browser, html_pages(output))
        assert titles(site) == 2
        largest, longest = timed(site, "/")
        assert 0 < largest < 30_000
        assert 0 <= longest < 30_000
