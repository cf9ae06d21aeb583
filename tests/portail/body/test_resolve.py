"""Late replacement of internal addresses: everywhere, escaped, and nothing else touched."""

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from portail.body.portable import ImageTarget, resolve
from portail.body.render import render_body

PATH = PurePosixPath("content/articles/essai.md")


def page(text, links=None, images=None):
    return resolve(render_body(text, PATH).html.html, links or {}, images or {})


def test_links():
    html = page(
        "[a](lieux/b#c) [d](../e.md 'f') [g](#) [h](https://i.org)\n\n## J\n\n[k](#j)",
        {"lieux/b#c": '/p?x="1"&y#c', "../e.md": "/e/"},
    )
    assert '<a href="/p?x=&quot;1&quot;&amp;y#c">a</a> <a href="/e/" title="f">d</a>' in html
    assert '<a href="https://i.org">h</a>' in html
    assert '<a href="#j">k</a>' in html


def test_a_missing_target_is_our_mistake():
    with pytest.raises(KeyError, match="lieux/b"):
        page("[a](lieux/b)")
    with pytest.raises(KeyError, match=r"b\.jpg"):
        page("![a](b.jpg)")


LAZY = 'loading="lazy" decoding="async"'
SIZED = ImageTarget("/c.jpg", 3, 2)
SEVERAL = ImageTarget("/c.jpg", 3, 2, srcset="/d 480w", sizes="9rem", whole="/e")
SOURCES = (("image/avif", "/d.avif 480w"), ("image/webp", "/d&.webp 480w"))
BETTER = ImageTarget("/c.jpg", 3, 2, srcset="/d 480w", sizes="9rem", sources=SOURCES)
MOVING = ImageTarget("/c.png", sources=SOURCES[:1], animation="/c.gif?a&b")
CREDITED = ImageTarget("/c.jpg", credit="A & B")
PLAIN = f'<img src="/c.jpg" alt="b" {LAZY}>'
FITTED = f'<img src="/c.jpg" srcset="/d 480w" sizes="9rem" alt="b" {LAZY} width="3" height="2">'
PICTURE = (
    '<picture><source type="image/avif" srcset="/d.avif 480w" sizes="9rem">'
    f'<source type="image/webp" srcset="/d&amp;.webp 480w" sizes="9rem">{FITTED}</picture>'
)
PAUSED = (
    '<a class="animation" href="/c.gif?a&amp;b"><picture>'
    f'<source type="image/avif" srcset="/d.avif 480w"><img src="/c.png" alt="b" {LAZY}></picture>'
    '<span class="animation-titre">Voir l’animation</span></a>'
)
CREDIT = '<span class="credit">A &amp; B</span>'


@cases(
    ("text", "target", "expected"),
    [
        ("a ![b](c.jpg)", ImageTarget("/c.jpg"), f"<p>a {PLAIN}</p>"),
        ("a ![b](c.jpg)", SIZED, f'<p>a {PLAIN[:-1]} width="3" height="2"></p>'),
        ("![b](c.jpg)", SEVERAL, f'<figure><a class="entiere" href="/e">{FITTED}</a></figure>'),
        ("![b](c.jpg)", BETTER, f"<figure>{PICTURE}</figure>"),
        ("a ![b](c.jpg)", MOVING, f"<p>a {PAUSED}</p>"),
        ("![b](c.jpg)", CREDITED, f"<figure>{PLAIN}<figcaption>{CREDIT}</figcaption></figure>"),
        (
            "![b](c.jpg 'Vue')",
            CREDITED,
            f"<figure>{PLAIN}<figcaption>Vue {CREDIT}</figcaption>\n</figure>",
        ),
        (
            "![b](c.jpg 'Vue, A & B')",
            CREDITED,
            f"<figure>{PLAIN}<figcaption>Vue, A &amp; B</figcaption>\n</figure>",
        ),
        ("a ![b](c.jpg)", CREDITED, f'<p>a {PLAIN[:-1]} title="A &amp; B"></p>'),
        ("a ![b](c.jpg 'Vue')", CREDITED, f'<p>a {PLAIN[:-1]} title="Vue"></p>'),
    ],
)
def test_pictures(text, target, expected):
    assert page(text, images={"c.jpg": target}) == expected


def test_the_credit_of_a_figure_stays_with_it():
    html = page(
        "![a](b.jpg)\n\n[Une nuit](https://youtu.be/aqz-KE-bpKQ)\n\n![c](d.jpg 'e')\n\n"
        "f ![g](d.jpg)",
        images={"b.jpg": ImageTarget("/b", credit="B"), "d.jpg": ImageTarget("/d")},
    )
    assert html.count("credit") == 1
    assert html.index("credit") < html.index("Une nuit")


FORGED = 'a href="portail:x" <a href="portail:x"> `<a href="portail:x">` &lt;a href="portail:x"'


@cases(
    "text",
    [
        FORGED,
        f"[{FORGED}](https://x.org)",
        f"![{FORGED}](https://x.org/a.jpg)",
        "[a](https://x.org '<a href=\"portail:x\"')",
        '*[A]: <a href="portail:x"\n\nA',
        f"```\n{FORGED}\n```",
        "[a](portail:x) ![b](portail-image:x) <portail:x>",
        '[a](https://x.org/<a href="portail:x")',
    ],
)
def test_nothing_written_passes_for_an_internal_address(text):
    assert page(text) == render_body(text, PATH).html.html


@given(st.from_regex(r"lieux/[^\s()<>\[\]\\&\x00-\x1f\ud800-\udfff]{1,15}", fullmatch=True))
def test_any_target_is_found_again(target):
    body = render_body(f"[a](<{target}>)", PATH)
    for link in body.facts.links:
        html = resolve(body.html.html, {link.target: "/trouvé/"}, {})
        assert html == '<p><a href="/trouvé/">a</a></p>'
