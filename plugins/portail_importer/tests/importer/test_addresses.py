"""Addresses of pages of others: what is left of them in a body."""

from doses import cases, rows_of
from portail_importer.importer.sources.addresses import below, clean_address, watched

CASES = rows_of("portail_importer/tests/importer/adresses.yml")

BASE = "https://musee.example.org/agenda/liste.html"
GOOGLE = "https://www.google.com/url?q="


@cases(("written", "kept"), CASES["gardees"])
def test_what_is_kept_of_an_address(written, kept):
    assert clean_address(written, BASE) == kept


def test_an_address_that_no_page_holds():
    assert clean_address("/b") == clean_address("b.html") == ""
    assert clean_address("https://a.example.org/b\nc\r\td") == "https://a.example.org/bcd"
    assert clean_address("//b.example.org/") == clean_address("https://[::1") == ""
    assert clean_address("https://") == ""
    assert clean_address(f"https://a.example.org/{'x' * 2_000}") == ""
    assert clean_address(f"https://a.example.org/?utm_x={'y' * 20_000}") == ""


def test_a_search_engine_that_leads_to_itself_is_followed_once():
    assert clean_address(f"{GOOGLE}{GOOGLE}https://a.example.org/") == (
        f"{GOOGLE}https://a.example.org/"
    )
    for times in (60, 300, 5_000):
        assert clean_address(GOOGLE * times + "https://a.example.org/").count(GOOGLE) < times


@cases(("frame", "page"), CASES["videos"])
def test_the_page_of_a_video_that_a_frame_loads(frame, page):
    assert watched(frame) == page


@cases(("url", "path"), CASES["chemins"])
def test_the_path_of_an_address_below_a_site(url, path):
    assert below(url, "https://Exemple.org/blog/") == path
