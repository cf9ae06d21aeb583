"""The policy of a page, and the file of headers."""

from __future__ import annotations

import pytest

from portail.outputs.headers import content_policy, headers_file, inline_scripts

CSP = (
    "default-src 'none'; script-src 'self' 'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='; "
    "style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; frame-src {}; object-src 'none'; base-uri 'none'; form-action 'self'"
)


def test_the_policy_of_a_page() -> None:
    assert content_policy([b"abc"]) == CSP.format("'none'")
    frames = ("https://a.example", "https://b.example:8443")
    assert content_policy([b"abc"], frames) == CSP.format(" ".join(frames))
    assert "script-src 'self';" in content_policy(())


@pytest.mark.parametrize(
    "origin",
    ["http://a.example", "https://a.example/", "https://a.example; img-src *", "'self'", "https:",
     "https://*.example", "https://a", ""],
)  # fmt: skip
def test_what_is_no_origin_is_refused(origin: str) -> None:
    with pytest.raises(ValueError, match="not an origin"):
        content_policy((), ("https://a.example", origin))


def test_scripts_of_templates() -> None:
    templates = [
        b"<script>b()</script><p><script>a()\n</script>",
        b'<script type="module" src="/x.js"></script><script></script><SCRIPT>b()</SCRIPT>',
        b'<script type="application/ld+json">{{ vue.donnees }}</script>',
    ]
    assert inline_scripts(templates) == (b"a()\n", b"b()")


def test_every_file_has_one_rule_of_its_own() -> None:
    pages = ["index.html", "404.html", "lieux/index.html", "lieux/a/index.html", "agenda/x.html"]
    others = ["theme/css/portail.css", "medias/a.jpg", "ruban.css", "lieux/a/agenda.ics", "x.csv"]
    text = "".join(headers_file("/portail", pages, others, [b"abc"]))
    rules: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            rules[[*rules][-1]][name] = value
        else:
            rules[line] = {}
    assert [*rules] == [
        "/portail/*", "/portail/", "/portail/404.html", "/portail/agenda/*", "/portail/lieux/*",
        "/portail/medias/*", "/portail/ruban.css", "/portail/theme/*", "/portail/*.ics",
    ]  # fmt: skip
    assert rules["/portail/*"] == {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
        "X-Frame-Options": "SAMEORIGIN",
    }
    policy = f"{CSP.format('https:')}; frame-ancestors 'self'"
    assert rules["/portail/lieux/*"] == {
        "Content-Security-Policy": policy,
        "Cache-Control": "public, max-age=300",
    }
    assert rules["/portail/ruban.css"] == {"Cache-Control": "public, max-age=300"}
    assert rules["/portail/theme/*"] == {"Cache-Control": "public, max-age=31536000, immutable"}
    assert rules["/portail/*.ics"] == {"Content-Type": "text/calendar; charset=utf-8"}
    assert max(map(len, text.splitlines())) < 2_000, "what Cloudflare reads of a line"
