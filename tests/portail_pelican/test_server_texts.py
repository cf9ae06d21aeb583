"""What servers are told: no header twice, nothing that one of them reads as anything else.

That they do as they are told is tried with them: ``make serveurs``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from hosts import headers_of, parse_headers
from portail.diagnostics import ConfigError
from portail_pelican.headers import headers_file
from portail_pelican.serveur import SERVERS, ServerRules, configuration, rules_of

PAGES = [
    "index.html", "404.html", "lieux/index.html", "lieux/a/index.html", "agenda/x.html",
    "embarquer/index.html", "embarquer/lieux/a/index.html", "recherche/index.html",
]  # fmt: skip
OTHERS = [
    "theme/css/a.css", "medias/x.csv", "ruban.css", "lieux/a/agenda.ics", "flux.xml", "flux.json",
    "sitemap.xml", "api/v1/index.json", "api/v1/evenements.csv", "robots.txt",
    "recherche/termes/f/a.json",
]  # fmt: skip
REDIRECTS = (
    "/portail/vieux.php /portail/agenda/?pres=Compi%C3%A8gne 301\n"
    "/portail/articles/:slug/republier/ /portail/articles/:slug/ 301\n"
)


def site(base: str = "/portail", redirects: str = REDIRECTS) -> ServerRules:
    text = "".join(headers_file(base, PAGES, OTHERS, [b"abc"]))
    return rules_of(f"https://exemple.org{base}", "/srv/portail", text, redirects)


def written(server: str, **what: str) -> str:
    return configuration(server, site(**what))


def addresses() -> Iterator[str]:
    for path in (*PAGES, *OTHERS):
        yield f"/portail/{path}"


def test_rules_for_servers_are_those_of_the_file() -> None:
    """An independent reader of ``_headers`` and the regular expressions agree on every address; a
    folder by the name of its page has the headers of the folder."""
    rules = parse_headers("".join(headers_file("/portail", PAGES, OTHERS, [b"abc"])))
    for url in addresses():
        sent: dict[str, str] = {}
        for one in site().rules:
            if re.match(one.paths, url):
                assert not sent.keys() & one.headers.keys(), url
                sent |= one.headers
        assert sent == headers_of(rules, url.removesuffix("index.html")), url


@pytest.mark.parametrize("server", SERVERS)
def test_a_configuration_says_it_all(server: str) -> None:
    text = written(server)
    policies = re.findall(r"default-src 'none'; script-src 'self' '(sha256-[^']+)'", text)
    assert set(policies) == {"sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="}, "of the day"
    words = "/portail/404.html", "/portail/agenda/?pres=Compi", "image/avif", "immutable"
    for word in (*words, "application/feed+json", "_headers", "_redirects"):
        assert word in text, word
    secured = [line for line in text.splitlines() if "Strict-Transport-Security" in line]
    assert secured and all(line.strip().startswith("#") for line in secured), "to be chosen"


@pytest.mark.parametrize("server", SERVERS)
def test_what_an_address_says_again_never_ends_a_line(server: str) -> None:
    """A slug is repeated in the new address: one with a line end would begin a header."""
    (found,) = re.findall(r"\^/portail/articles/(\(.+?\))/republier/\$", written(server))
    assert re.fullmatch(found, "une-nuit") and not re.search(rf"^{found}$", "a\r\nSet-Cookie: a=1")


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize(
    "line",
    ["/portail/a%0Ab/ /portail/ 301", '/portail/a"b /portail/ 301', "/portail/a$b /portail/ 301",
     "/portail/a{b} /portail/ 301", "/portail/a /portail/$b 301", "/portail/a 301"],
)  # fmt: skip
def test_an_address_that_moved_cannot_be_code(server: str, line: str) -> None:
    assert written(server, redirects=f"{line}\n") == written(server, redirects="")


@pytest.mark.parametrize(
    ("text", "number"),
    [('/portail/*\n  X-A: a"b', 2), ("/portail/*\n  X-A: $b", 2), ("/portail/*\n  X-A: {b}", 2),
     ("/portail/*\n  X-A: 10%", 2), ("/portail/*\n  X A: b", 2), ("/portail/*\n\n  X-A", 3),
     ("  X-A: b", 1), ("/portail/(.*)\n  X-A: b", 1), ("/portail/*\n  X-A: a\\b", 2)],
)  # fmt: skip
def test_a_file_of_the_team_that_no_server_reads_so_is_refused(text: str, number: int) -> None:
    with pytest.raises(ConfigError, match=f"^_headers, ligne {number} : "):
        rules_of("https://exemple.org/portail", "/srv", text, "")


def test_rules_of_another_address_are_refused() -> None:
    with pytest.raises(ConfigError, match="construit pour une autre adresse"):
        rules_of("https://exemple.org/ailleurs", "/srv", "/portail/*\n  X-A: b", "")
