"""Addresses: what they are, decided on what a browser would make of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from portail.body.addresses import Address, Nature, decoded, image_address, link_address


@cases(
    "written",
    [
        "lieux/la-coupole",
        "lieux/la-coupole#acces",
        "articles/x.md",
        "events/x",
        "{filename}x.md",
        "{filename}/articles/x.md",
        "{static}photo.jpg",
        "{attach}a/b c.pdf",
        "|filename|x.md",
        "/lieux/la-coupole/",
        "/",
        "x.md",
        "../lieux/x.md",
        "./x.md",
        "medias/bilan 2021.pdf",
        "lieux/café-des-sciences",
    ],
)
def test_internal(written: str) -> None:
    assert link_address(written) == Address(Nature.INTERNAL, written)


@cases(
    ("written", "published"),
    [
        ("https://exemple.org", "https://exemple.org"),
        (" http://exemple.org:8080/a?b=c&d#e ", "http://exemple.org:8080/a?b=c&d#e"),
        ("HTTPS://Exemple.org/É", "https://Exemple.org/É"),
        ("https://musée.example/l'eau", "https://musée.example/l%27eau"),
        ("https://exemple.org/\"{a|b}'", "https://exemple.org/%22%7Ba%7Cb%7D%27"),
        ("https://[2001:db8::1]/", "https://[2001:db8::1]/"),
        ("mailto:nom@exemple.org", "mailto:nom@exemple.org"),
        ("mailto:a@exemple.org,b@exemple.org?subject=Oui non",
         "mailto:a@exemple.org,b@exemple.org?subject=Oui%20non"),
        ("mailto:a@exemple.org?Subject=Oui&body=a%0D%0Ab",
         "mailto:a@exemple.org?Subject=Oui&body=a%0D%0Ab"),
        ("https://xn--muse-dpa.example/", "https://xn--muse-dpa.example/"),
        ("https://пример.рф/", "https://пример.рф/"),
        ("tel:+33 3 21 00 00 00", "tel:+33%203%2021%2000%2000%2000"),
    ],
)  # fmt: skip
def test_external(written: str, published: str) -> None:
    assert link_address(written) == Address(Nature.EXTERNAL, published)


def test_anchor() -> None:
    assert link_address("#acc%C3%A8s") == Address(Nature.ANCHOR, "accès")


@cases(
    ("written", "code", "expected"),
    [
        ("//exemple.org/a", "E316", "https://exemple.org/a"),
        ("/\\exemple.org", "E316", "https://exemple.org"),
        ("www.exemple.org/a", "E316", "https://www.exemple.org/a"),
        ("exemple.fr", "E316", "https://exemple.fr"),
        ("cnrs.fr/article.html", "E316", "https://cnrs.fr/article.html"),
        ("nom@exemple.org", "E316", "mailto:nom@exemple.org"),
        ("javascript:alert(1)", "E315", ""),
        ("java\nscript:alert(1)", "E315", ""),
        ("\x01java\u200bscript:alert(1)", "E315", ""),
        ("&#106;avascript&colon;alert(1)", "E315", ""),
        ("data:text/html,x", "E315", ""),
        ("file:///etc/passwd", "E315", ""),
        ("ftp://exemple.org", "E315", ""),
        ("portail:lieux/x", "E315", ""),
        ("portail-image:x.jpg", "E315", ""),
        ("C:\\photos\\x.jpg", "E315", ""),
        ("", "E323", ""),
        ("?page=2", "E323", ""),
        ("lieux\\x", "E323", ""),
        ("lieux/\u202ex", "E323", ""),
        ("é:x", "E323", ""),
        ("http:/exemple.org", "E323", ""),
        ("http://", "E323", ""),
        ("http:exemple.org", "E323", ""),
        ("https://exe mple.org", "E323", ""),
        ("https://exemple.org:port/", "E323", ""),
        ("https://[::1", "E323", ""),
        ("https://a\u00adb.org", "E323", ""),
        ("https://www.1", "E323", ""),
        ("https://xn--a.org", "E323", ""),
        ("https://exemple.org:99999/", "E323", ""),
        ("https://" + "a" * 2000 + ".org", "E323", ""),
        ("https://ex\u200bemple.org", "E323", ""),
        ("https://ex\u0430mple.org", "E258", ""),
        ("mailto:a@ex\u0430mple.org", "E258", ""),
        ("mailto:a@exemple.org?bcc=b@exemple.org", "E329", ""),
        ("mailto:a@exemple.org?subject=x&CC=b@exemple.org", "E329", ""),
        ("mailto:a@exemple.org?%62cc=b@exemple.org", "E329", ""),
        ("mailto:a@exemple.org?to=b@exemple.org", "E329", ""),
        ("mailto:a@exemple.org?subject=x%0D%0ABcc:b@exemple.org", "E329", ""),
        ("mailto:a%3Fbcc=b@exemple.org", "E323", ""),
        ("mailto:contact%40lille.fr?bcc=espion%40evil.example&x=@lille.fr", "E329", ""),
        ("mailto:nom", "E323", ""),
        ("mailto:", "E323", ""),
        ("tel:appeler", "E323", ""),
    ],
)
def test_refused(written: str, code: str, expected: str) -> None:
    address = link_address(written)
    assert (address.nature, address.code, address.expected) == (Nature.REFUSED, code, expected)


@cases(
    ("written", "nature", "code"),
    [
        ("photo.jpg", Nature.INTERNAL, ""),
        ("{static}/images/Photo été.JPEG", Nature.INTERNAL, ""),
        ("../medias/a.webp", Nature.INTERNAL, ""),
        ("a.gif", Nature.INTERNAL, ""),
        ("https://exemple.org/a.jpg", Nature.REFUSED, "E317"),
        ("//exemple.org/a.jpg", Nature.REFUSED, "E317"),
        ("exemple.org/a.jpg", Nature.REFUSED, "E317"),
        ("data:image/png;base64,x", Nature.REFUSED, "E315"),
        ("mailto:a@exemple.org", Nature.REFUSED, "E315"),
        ("a.svg", Nature.REFUSED, "E324"),
        ("a", Nature.REFUSED, "E324"),
        ("#a.jpg", Nature.REFUSED, "E324"),
        ("", Nature.REFUSED, "E323"),
    ],
)
def test_pictures(written: str, nature: Nature, code: str) -> None:
    address = image_address(written)
    assert (address.nature, address.code) == (nature, code)


@cases(
    ("written", "text"),
    [
        ("&eacute;&#233;&#xE9;", "ééé"),
        ("&amp;lt;", "&lt;"),
        ("&notit; &foo; &copy", "&notit; &foo; &copy"),
        ("&#1;&#x202E;&#0;", "&#1;&#x202E;\ufffd"),
    ],
)
def test_character_references(written: str, text: str) -> None:
    assert decoded(written) == text


@given(
    st.text(max_size=30) | st.text(alphabet="jJaAvVsScCrRiIpPtT:/\\\t\n\x00 &#;106.@é", max_size=25)
)
def test_what_is_published_can_only_be_one_of_four_schemes(written: str) -> None:
    address = link_address(written)
    if address.nature is Nature.EXTERNAL:
        assert address.value.startswith(("http://", "https://", "mailto:", "tel:"))
        assert not set(address.value) & set(" \t\n\"'<>`{}|\\^")
    elif address.nature is Nature.INTERNAL:
        assert ":" not in address.value.split("/")[0]
        assert not address.value.startswith("//")


@cases("domain", "fr org com net eu info io edu gouv museum science be ch uk de paris bzh".split())
def test_a_site_without_its_scheme_is_known_by_its_domain(domain: str) -> None:
    for bare in (f"exemple.{domain}", f"un.exemple.{domain.upper()}/a", f"exemple.{domain}?a"):
        address = link_address(bare)
        assert (address.code, address.expected) == ("E316", f"https://{bare}")
    assert link_address(f"exemple.{domain}x").nature is Nature.INTERNAL
    assert link_address(f"lieux/exemple.{domain}").nature is Nature.INTERNAL


@cases("sign", " \"<>`{|}^'")
def test_signs_that_end_an_attribute_or_a_link_are_written_out(sign: str) -> None:
    written = f"mailto:a@exemple.org?subject=a{sign}b"
    assert link_address(written) == Address(
        Nature.EXTERNAL, f"mailto:a@exemple.org?subject=a%{ord(sign):02X}b"
    )


@cases("start", ["https://exemple.org/", "lieux/", "mailto:a@exemple.org?body="])
def test_the_longest_address(start: str) -> None:
    longest = start + "a" * (2000 - len(start))
    assert link_address(longest).nature is not Nature.REFUSED
    assert link_address(longest + "a").code == "E323"


@cases(
    ("written", "code"),
    [
        # A browser takes it for a slash, and what follows for another site or folder.
        ("https://exemple.org/a\\b", "E323"),
        ("https:\\\\exemple.org", "E323"),
        ("https:/\\exemple.org", "E323"),
        ("http://exemple.org:0/", "E323"),
        ("https://exemple..org/", "E323"),
        ("https://-exemple.org/", "E323"),
        ("https://exemple-.org/", "E323"),
        ("https://exem%70le.org/", "E323"),
        ("https://exemple.org,autre.org/", "E323"),
        ("https://[exemple.org]/", "E323"),
        # Each reader of a message is looked at, not the first alone.
        ("mailto:a@exemple.org,b@ex\u0430mple.org", "E258"),
        ("mailto:a@ex\u0430mple.org,b@exemple.org", "E258"),
        ("mailto:a@exemple.org,nom", "E323"),
        ("mailto:a@exemple.org,", "E323"),
        ("mailto:a@exemple", "E323"),
        ("mailto:a@b@exemple.org", "E323"),
        ("mailto:a@exemple.org?subject=x%0ABcc:b@exemple.org", "E329"),
        ("mailto:a@exemple.org?&&bcc=b@exemple.org", "E329"),
        ("mailto:a@exemple.org?SUBJECT=x%0Dy", "E329"),
        ("tel:12", "E323"),
        ("tel:+33+21000000", "E323"),
        ("tel:0321000000;ext=x", "E323"),
    ],
)
def test_what_an_address_may_not_hide(written: str, code: str) -> None:
    assert (link_address(written).nature, link_address(written).code) == (Nature.REFUSED, code)


@cases(
    "written",
    ["lieux/a:b", "mailto:a@exemple.org?body=a%0Ab", "tel:118", "tel:+33-3.21(0)", "https://a-b.c_d.org.",
     "mailto:a@exemple.org?body=x&&subject=y"],
)  # fmt: skip
def test_what_is_odd_and_harmless(written: str) -> None:
    assert link_address(written).nature is not Nature.REFUSED
