"""Addresses: what they are, decided on what a browser would make of them."""

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
def test_internal(written):
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
def test_external(written, published):
    assert link_address(written) == Address(Nature.EXTERNAL, published)


def test_anchor():
    assert link_address("#acc%C3%A8s") == Address(Nature.ANCHOR, "accès")


REFUSED = {
    "E315": [
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "\x01java\u200bscript:alert(1)",
        "&#106;avascript&colon;alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://exemple.org",
        "portail:lieux/x",
        "portail-image:x.jpg",
        "C:\\photos\\x.jpg",
    ],
    "E323": [
        "",
        "?page=2",
        "lieux\\x",
        "lieux/\u202ex",
        "é:x",
        "http:/exemple.org",
        "http://",
        "http:exemple.org",
        "https://exe mple.org",
        "https://exemple.org:port/",
        "https://[::1",
        "https://a\u00adb.org",
        "https://www.1",
        "https://xn--a.org",
        "https://exemple.org:99999/",
        "https://" + "a" * 2000 + ".org",
        "https://ex\u200bemple.org",
        "mailto:a%3Fbcc=b@exemple.org",
        "mailto:nom",
        "mailto:",
        "tel:appeler",
        # A browser takes it for a slash, and what follows for another site or folder.
        "https://exemple.org/a\\b",
        "https:\\\\exemple.org",
        "https:/\\exemple.org",
        "http://exemple.org:0/",
        "https://exemple..org/",
        "https://-exemple.org/",
        "https://exemple-.org/",
        "https://exem%70le.org/",
        "https://exemple.org,autre.org/",
        "https://[exemple.org]/",
        "mailto:a@exemple.org,nom",
        "mailto:a@exemple.org,",
        "mailto:a@exemple",
        "mailto:a@b@exemple.org",
        "tel:12",
        "tel:+33+21000000",
        "tel:0321000000;ext=x",
    ],
    "E258": [
        "https://ex\u0430mple.org",
        "mailto:a@ex\u0430mple.org",
        # Each reader of a message is looked at, not the first alone.
        "mailto:a@exemple.org,b@ex\u0430mple.org",
        "mailto:a@ex\u0430mple.org,b@exemple.org",
    ],
    "E329": [
        "mailto:a@exemple.org?bcc=b@exemple.org",
        "mailto:a@exemple.org?subject=x&CC=b@exemple.org",
        "mailto:a@exemple.org?%62cc=b@exemple.org",
        "mailto:a@exemple.org?to=b@exemple.org",
        "mailto:a@exemple.org?subject=x%0D%0ABcc:b@exemple.org",
        "mailto:contact%40lille.fr?bcc=espion%40evil.example&x=@lille.fr",
        "mailto:a@exemple.org?subject=x%0ABcc:b@exemple.org",
        "mailto:a@exemple.org?&&bcc=b@exemple.org",
        "mailto:a@exemple.org?SUBJECT=x%0Dy",
    ],
}


@cases(("code", "written"), [(code, written) for code, many in REFUSED.items() for written in many])
def test_refused(code, written):
    address = link_address(written)
    assert (address.nature, address.code, address.expected) == (Nature.REFUSED, code, "")


@cases(
    ("written", "expected"),
    [
        ("//exemple.org/a", "https://exemple.org/a"),
        ("/\\exemple.org", "https://exemple.org"),
        ("www.exemple.org/a", "https://www.exemple.org/a"),
        ("exemple.fr", "https://exemple.fr"),
        ("cnrs.fr/article.html", "https://cnrs.fr/article.html"),
        ("nom@exemple.org", "mailto:nom@exemple.org"),
    ],
)
def test_what_lacks_its_scheme_is_given_it(written, expected):
    address = link_address(written)
    assert (address.nature, address.code, address.expected) == (Nature.REFUSED, "E316", expected)


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
def test_pictures(written, nature, code):
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
def test_character_references(written, text):
    assert decoded(written) == text


@given(
    st.text(max_size=30) | st.text(alphabet="jJaAvVsScCrRiIpPtT:/\\\t\n\x00 &#;106.@é", max_size=25)
)
def test_what_is_published_can_only_be_one_of_four_schemes(written):
    address = link_address(written)
    if address.nature is Nature.EXTERNAL:
        assert address.value.startswith(("http://", "https://", "mailto:", "tel:"))
        assert not set(address.value) & set(" \t\n\"'<>`{}|\\^")
    elif address.nature is Nature.INTERNAL:
        assert ":" not in address.value.split("/")[0]
        assert not address.value.startswith("//")


@cases("domain", "fr org com net eu info io edu gouv museum science be ch uk de paris bzh".split())
def test_a_site_without_its_scheme_is_known_by_its_domain(domain):
    for bare in (f"exemple.{domain}", f"un.exemple.{domain.upper()}/a", f"exemple.{domain}?a"):
        address = link_address(bare)
        assert (address.code, address.expected) == ("E316", f"https://{bare}")
    assert link_address(f"exemple.{domain}x").nature is Nature.INTERNAL
    assert link_address(f"lieux/exemple.{domain}").nature is Nature.INTERNAL


@cases("sign", " \"<>`{|}^'")
def test_signs_that_end_an_attribute_or_a_link_are_written_out(sign):
    written = f"mailto:a@exemple.org?subject=a{sign}b"
    assert link_address(written) == Address(
        Nature.EXTERNAL, f"mailto:a@exemple.org?subject=a%{ord(sign):02X}b"
    )


@cases("start", ["https://exemple.org/", "lieux/", "mailto:a@exemple.org?body="])
def test_the_longest_address(start):
    longest = start + "a" * (2000 - len(start))
    assert link_address(longest).nature is not Nature.REFUSED
    assert link_address(longest + "a").code == "E323"


@cases(
    "written",
    ["lieux/a:b", "mailto:a@exemple.org?body=a%0Ab", "tel:118", "tel:+33-3.21(0)", "https://a-b.c_d.org.",
     "mailto:a@exemple.org?body=x&&subject=y"],
)  # fmt: skip
def test_what_is_odd_and_harmless(written):
    assert link_address(written).nature is not Nature.REFUSED
