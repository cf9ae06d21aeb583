"""The policy of a page, and the file of headers."""

import pytest

from doses import cases
from hosts import headers_of, parse_headers
from portail_pelican.headers import by_ending, content_policy, headers_file, inline_scripts, type_of

CSP = (
    "default-src 'none'; script-src 'self' 'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='; "
    "style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; frame-src {}; object-src 'none'; base-uri 'none'; form-action 'self'"
)


def test_the_policy_of_a_page():
    assert content_policy([b"abc"]) == CSP.format("'none'")
    frames = ("https://a.example", "https://b.example:8443")
    assert content_policy([b"abc"], frames) == CSP.format(" ".join(frames))
    assert "script-src 'self';" in content_policy(())
    assert "img-src 'self' https://a.example;" in content_policy((), images=frames[:1])


@cases(
    "origin",
    ["http://a.example", "https://a.example/", "https://a.example; img-src *", "'self'", "https:",
     "https://*.example", "https://a", ""],
)  # fmt: skip
def test_what_is_no_origin_is_refused(origin):
    with pytest.raises(ValueError, match="not an origin"):
        content_policy((), ("https://a.example", origin))
    with pytest.raises(ValueError, match="not an origin"):
        content_policy((), images=(origin,))


def test_scripts_of_templates():
    templates = [
        b"<script>b()</script><p><script>a()\n</script>",
        b'<script type="module" src="/x.js"></script><script></script><SCRIPT>b()</SCRIPT>',
        b'<script type="application/ld+json">{{ vue.donnees }}</script>',
    ]
    assert inline_scripts(templates) == (b"a()\n", b"b()")


PAGES = [
    "index.html", "404.html", "lieux/index.html", "lieux/a/index.html", "agenda/x.html",
    "embarquer/index.html", "embarquer/lieux/a/index.html", "embarquer/agenda/index.html",
]  # fmt: skip
OTHERS = [
    "theme/css/portail.css", "medias/a.jpg", "medias/x.csv", "ruban.css", "lieux/a/agenda.ics",
    "flux.xml", "flux.json", "lieux/flux.json", "agenda/a-venir.xml", "sitemap.xml",
    "api/v1/index.json", "api/v1/evenements.csv", "api/v1/lieux.geojson",
    "api/v1/catalogue.jsonld", "robots.txt",
]  # fmt: skip
OPEN = {"Access-Control-Allow-Origin": "*"}
SHORT = {"Cache-Control": "public, max-age=300"}


def rules_of(pages, others, base="/portail"):
    text = "".join(headers_file(base, pages, others, [b"abc"]))
    assert max(map(len, text.splitlines())) < 2_000, "what Cloudflare reads of a line"
    return parse_headers(text)


def test_rules():
    rules = rules_of(PAGES, OTHERS)
    assert rules["/portail/*"] == {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
    }
    assert [*rules_of(["index.html"], ["robots.txt"], "")] == ["/*", "/"]


def test_what_each_file_is_sent_with():
    rules = rules_of(PAGES, OTHERS)

    def sent(url):
        found = headers_of(rules, f"/portail{url}")
        everywhere = rules["/portail/*"]
        assert found.items() >= everywhere.items()
        return {name: value for name, value in found.items() if name not in everywhere}

    page = {
        "Content-Security-Policy": f"{CSP.format('https:')}; frame-ancestors 'self'",
        "X-Frame-Options": "SAMEORIGIN",
        **SHORT,
    }
    xml = {"Content-Type": "application/xml; charset=utf-8", **OPEN}
    for url in ("/", "/404.html", "/lieux/", "/lieux/a/", "/agenda/x.html", "/embarquer/"):
        assert sent(url) == page, url
    policy = f"{CSP.format(chr(39) + 'none' + chr(39))}; frame-ancestors *"
    frame = {"Content-Security-Policy": policy, **SHORT}
    assert sent("/embarquer/lieux/a/") == sent("/embarquer/agenda/") == frame
    assert sent("/flux.xml") == sent("/agenda/a-venir.xml") == page | xml
    assert sent("/sitemap.xml") == sent("/sitemap-agenda-2.xml") == xml | SHORT
    feed = {"Content-Type": "application/feed+json", **OPEN}
    assert sent("/flux.json") == feed | SHORT and sent("/lieux/flux.json") == page | feed
    calendar = {"Content-Type": "text/calendar; charset=utf-8", **OPEN}
    assert sent("/lieux/a/agenda.ics") == page | calendar
    assert sent("/api/v1/index.json") == {**SHORT, **OPEN}
    for name, kind in {
        "evenements.csv": "text/csv; charset=utf-8",
        "lieux.geojson": "application/geo+json",
        "catalogue.jsonld": "application/ld+json",
    }.items():
        assert sent(f"/api/v1/{name}") == {"Content-Type": kind, **SHORT, **OPEN}
    assert sent("/medias/x.csv") == {"Cache-Control": "public, max-age=86400"}, "of any encoding"
    assert sent("/theme/css/portail.css") == {
        "Cache-Control": "public, max-age=31536000, immutable"
    }
    assert sent("/ruban.css") == SHORT and sent("/robots.txt") == {}


def test_files_of_the_search_are_kept_as_long_as_their_names_say():
    page = rules_of(["recherche/index.html"], [])["/portail/recherche/"]
    rules = rules_of(
        ["recherche/index.html"],
        ["recherche/suggestions.json", "recherche/fiches/0.deflate",
         "recherche/communes/a.json", "recherche/termes/", "recherche/opensearch.xml"],
    )  # fmt: skip
    assert headers_of(rules, "/portail/recherche/") == rules["/portail/*"] | page
    for name in (
        "suggestions.json",
        "fiches/12.deflate",
        "termes/index.json",
    ):
        assert headers_of(rules, f"/portail/recherche/{name}") == rules["/portail/*"] | SHORT
    day = {"Cache-Control": "public, max-age=86400"}
    assert headers_of(rules, "/portail/recherche/communes/a.json") == rules["/portail/*"] | day
    assert headers_of(rules, "/portail/recherche/termes/f/0123456789ab.deflate") == rules[
        "/portail/*"
    ] | {"Cache-Control": "public, max-age=31536000, immutable"}
    assert "Content-Security-Policy" in page and [*rules_of(["index.html"], [])][-1:] == [
        "/portail/"
    ]


def test_what_servers_know_is_left_to_them():
    assert [type_of(url) for url in ("/", "/lieux/a/", "/a.json", "/theme/a.css")] == [""] * 4


def test_mails_have_their_styles_on_their_elements():
    rules = rules_of(["newsletter/index.html", "newsletter/2021-s39/courriel.html", "a/x.html"], [])
    policy = rules["/portail/newsletter/*"]["Content-Security-Policy"]
    plain = rules["/portail/a/*"]["Content-Security-Policy"]
    assert policy == plain.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'") != plain


def test_one_may_subscribe_where_forms_are():
    forms = ("https://listes.example:9000",)
    text = "".join(headers_file("", [*PAGES, "newsletter/index.html"], OTHERS, [], forms))
    rules = parse_headers(text)
    wider = "form-action 'self' https://listes.example:9000;"
    open_to = {
        rule for rule, one in rules.items() if wider in one.get("Content-Security-Policy", "")
    }
    assert open_to == {"/", "/newsletter/*"}
    assert wider[:-1] in content_policy((), (), forms)
    with pytest.raises(ValueError, match="not an origin"):
        content_policy((), (), ("https://a.example; img-src *",))


def test_pictures_of_a_ground_are_allowed_on_pages_alone():
    """One folder has pages with and without a map: each page says which it is."""
    pages = ["index.html", "lieux/a/index.html", "embarquer/agenda/index.html"]
    lines = headers_file("", pages, ["medias/a.svg"], [], images=("https://a.example",))
    rules = parse_headers("".join(lines))
    allowed = {rule for rule, one in rules.items() if "https://a.example" in str(one)}
    assert allowed == {"/", "/lieux/*"}
    assert "img-src 'self' https://a.example;" in rules["/"]["Content-Security-Policy"]


def test_an_ending_has_one_type_wherever_it_is_said():
    """But for what an address tells besides: a table is in UTF-8, a feed is one."""
    for url in ("/a.ics", "/a.xml", "/api/v1/lieux.geojson"):
        assert type_of(url) == by_ending(url) != ""
    assert by_ending("/a.csv") == "text/csv" and by_ending("/A/b") == ""
    assert type_of("/api/v1/a.csv") == "text/csv; charset=utf-8"
