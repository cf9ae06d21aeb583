"""The measures of the look see what is over."""

import pytest

from mesures import Site, row, titles
from pages import html_pages
from serving import served


def test_what_is_over_is_said():
    assert row("page: height", 6001, 6000, "px").endswith("OVER")
    assert row("page: height", 6000, 6000, "px").endswith("ok")


@pytest.mark.chromium
def test_a_page_is_measured(arbre, browser):
    head = "<!DOCTYPE html><html lang=fr><title>Essai</title><link rel=icon href='data:,'>"
    body = "<style>h2{font:700 20px a}.b{font-size:30px}</style><main><h2>A</h2><h2 class=b>B</h2>"
    output = arbre({"index.html": f"{head}{body}<h2 hidden>C</h2></main>"})
    with served(output, packed=True) as host:
        site = Site(output, host, browser, html_pages(output))
        assert titles(site) == 2
