"""Addresses of pages of others: what is left of them in a body."""

from doses import cases
from portail_importer.importer.sources.addresses import below, clean_address, watched

BASE = "https://musee.example.org/agenda/liste.html"
GOOGLE = "https://www.google.com/url?q="


@cases(
    ("written", "kept"),
    [
        ("https://a.example.org/b", "https://a.example.org/b"),
        ("http://a.example.org/b", "http://a.example.org/b"),
        ("HTTPS://a.example.org/b", "https://a.example.org/b"),
        (" https://a.example.org/b\n", "https://a.example.org/b"),
        ("https://a.example.org/b (c)", "https://a.example.org/b%20%28c%29"),
        ("https://a.example.org/b\tc\r\nd", "https://a.example.org/bcd"),
        ("mailto:contact@example.org", "mailto:contact@example.org"),
        ("../b", "https://musee.example.org/b"),
        ("?page=2", "https://musee.example.org/agenda/liste.html?page=2"),
        ("//b.example.org/c", "https://b.example.org/c"),
        # what follows readers goes, the rest stays as it is written
        ("https://a.example.org/?x=%20&y=&z=a+b", "https://a.example.org/?x=%20&y=&z=a+b"),
        ("https://a.example.org/?y=&fbclid=1", "https://a.example.org/?y="),
        ("https://a.example.org/?utm_source=1#c", "https://a.example.org/#c"),
        # nothing that a body may hold
        ("", ""),
        ("  ", ""),
        ("#haut", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("ftp://a.example.org/", ""),
        ("tel:+33199001234", ""),
        ("https://moi:mot@a.example.org/", ""),
        ("https://[::1", ""),
        ("https://a.example.org/" + "x" * 2_000, ""),
        ("https://a.example.org/?utm_x=" + "y" * 20_000, ""),
    ],
)
def test_what_is_kept_of_an_address(written, kept):
    assert clean_address(written, BASE) == kept


def test_an_address_that_no_page_holds():
    assert clean_address("/b") == clean_address("b.html") == ""
    assert clean_address("https://a.example.org/b\nc\r\td") == "https://a.example.org/bcd"
    assert clean_address("//b.example.org/") == clean_address("https://[::1") == ""
    assert clean_address("https://") == ""


@cases(
    ("written", "kept"),
    [
        (f"{GOOGLE}https://a.example.org/b&sa=D", "https://a.example.org/b"),
        ("https://google.fr/url?sa=t&url=https%3A%2F%2Fa.example.org%2Fb%3Fgclid%3D1",
         "https://a.example.org/b"),
        (f"{GOOGLE}javascript:alert(1)", f"{GOOGLE}javascript:alert%281%29"),
        ("https://www.google.com/url?x=https://a.example.org/",
         "https://www.google.com/url?x=https://a.example.org/"),
        ("https://www.google.com/maps?q=https://a.example.org/",
         "https://www.google.com/maps?q=https://a.example.org/"),
        ("https://a.example.org/url?q=https://b.example.org/",
         "https://a.example.org/url?q=https://b.example.org/"),
        ("https://www.google.com.example.org/url?q=https://b.example.org/",
         "https://www.google.com.example.org/url?q=https://b.example.org/"),
        ("https://google./url?q=https://b.example.org/",
         "https://google./url?q=https://b.example.org/"),
    ],
)  # fmt: skip
def test_where_a_search_engine_leads(written, kept):
    assert clean_address(written) == kept


def test_a_search_engine_that_leads_to_itself_is_followed_once():
    assert clean_address(f"{GOOGLE}{GOOGLE}https://a.example.org/") == (
        f"{GOOGLE}https://a.example.org/"
    )
    for times in (60, 300, 5_000):
        assert clean_address(GOOGLE * times + "https://a.example.org/").count(GOOGLE) < times


VIDEO = "https://videos.example.org"
LONG, SHORT = "9c9de5e8-0a1e-484a-b099-e80766180a6d", "kkGMgK9ZtnKfYAgnEtQxbv"


@cases(
    ("frame", "page"),
    [
        ("https://www.youtube.com/embed/abcdefghijk?rel=0",
         "https://www.youtube.com/watch?v=abcdefghijk"),
        ("//youtube-nocookie.com/embed/a-b_c-d_e-f", "https://www.youtube.com/watch?v=a-b_c-d_e-f"),
        ("https://player.vimeo.com/video/123?h=4", "https://vimeo.com/123"),
        ("https://www.dailymotion.com/embed/video/x8a", "https://www.dailymotion.com/video/x8a"),
        ("https://geo.dailymotion.com/player.html?a=1&video=x8a&b",
         "https://www.dailymotion.com/video/x8a"),
        (f" {VIDEO}/videos/embed/{LONG}?start=1 ", f"{VIDEO}/videos/watch/{LONG}"),
        (f"{VIDEO}/videos/embed/{SHORT}", f"{VIDEO}/w/{SHORT}"),
        ("https://www.youtube.com.example.org/embed/abcdefghijk",
         "https://www.youtube.com.example.org/embed/abcdefghijk"),
        ("https://example.org/carte", "https://example.org/carte"),
        (" https://example.org/carte", " https://example.org/carte"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_page_of_a_video_that_a_frame_loads(frame, page):
    assert watched(frame) == page


@cases(
    ("url", "path"),
    [
        ("http://WWW.Exemple.org/blog/a.html", "/a.html"),
        ("//exemple.org/blog/", "/"),
        ("https://exemple.org/blog", "/"),
        ("https://exemple.org/blogs/a.html", None),
        ("https://ailleurs.example.org/blog/a.html", None),
        ("/blog/a.html", None),
        ("https://[", None),
    ],
)
def test_the_path_of_an_address_below_a_site(url, path):
    assert below(url, "https://Exemple.org/blog/") == path
