"""Bodies made fit for another site."""

import re
from pathlib import PurePosixPath

from doses import cases
from portail.body.portable import ImageTarget, portable, resolve
from portail.body.render import render_body

ALLOWED = re.compile(
    r'<(?:a href="[^"]*"|abbr title="[^"]*"|ol start="\d+"|th scope="col"|[\w/]+)>'
)


PICTURE = ImageTarget(
    "/p.jpg", sources=(("image/avif", "/p.avif 9w"), ("image/webp", "/p.webp 9w")), animation="/g"
)
"""With all that a picture may have around it."""


def absolute(href):
    return f"https://exemple.org/articles/a/{href}" if href.startswith("#") else href


def of(text):
    """The portable HTML of a Markdown text whose links go to /x/ and pictures to /p.jpg."""
    body = render_body(text, PurePosixPath("content/articles/a.md"))
    facts = body.facts
    links = {one.target: "https://exemple.org/x/" for one in facts.links}
    html = resolve(body.html.html, links, {one.source: PICTURE for one in facts.images})
    return portable(html, absolute)


@cases(
    ("text", "expected"),
    [
        ("", ""),
        ("Un *mot* & `<b>`.", "<p>Un <em>mot</em> &amp; <code>&lt;b&gt;</code>.</p>"),
        ("## Titre\n\n[Là](lieux/x), [ici](#titre).",
         ('<h2>Titre</h2>\n<p><a href="https://exemple.org/x/">Là</a>, '
         '<a href="https://exemple.org/articles/a/#titre">ici</a>.</p>')),
        ("![Une image](p.jpg \"Légende\")\n\nSuite.", "<p>Suite.</p>"),
        ("Avant ![image](p.jpg) après.", "<p>Avant  après.</p>"),
        ("![a](p.jpg) ![b](q.jpg)\n\nFin.", "<p>Fin.</p>"),
        ("a[^x] b\n\n[^x]: Note.",
         "<p>a<sup>1</sup> b</p>\n<h2>Notes</h2>\n<ol><li><p>Note. </p>\n</li>\n</ol>"),
        ("> [!TIP] Mot\n> Sens.",
         "<aside><p><strong>Définition\xa0: Mot</strong></p>\n<p>Sens.</p>\n</aside>"),
        ("- [x] fait", "<ul><li>☑ fait</li>\n</ul>"),
        ("| A |\n|---|\n| 1 |",
         ('<table><thead><tr><th scope="col">A</th>\n</tr>\n</thead>\n<tbody><tr><td>1</td>\n'
         "</tr>\n</tbody>\n</table>")),
        (
            "<https://youtu.be/aqz-KE-bpKQ>",
            '<p><a href="https://youtu.be/aqz-KE-bpKQ">Vidéo sur YouTube</a></p>',
        ),
        (
            "[Le *chant*](son.mp3)",
            '<p><a href="https://exemple.org/x/">Télécharger le son\xa0: Le chant</a></p>',
        ),
        (
            "10^-3^ CO~2~ $E=mc^2$",
            "<p>10<sup>−3</sup> CO<sub>2</sub> <code>E=mc^2</code></p>",
        ),
        ("3. trois", '<ol start="3"><li>trois</li>\n</ol>'),
    ],
)  # fmt: skip
def test_each_form(text, expected):
    assert of(text) == expected


def test_nothing_of_our_site_is_left():
    text = (
        "## T\n\nK ~~b~~ `c`[^n] https://j.org\n\n*[K]: kilo\n\n> [!NOTE]\n> p\n\n> q\n\n"
        "- [ ] r\n\n| u |\n|:-:|\n| 1 |\n\nTerme\n: sens\n\n---\n\n```\ni\n```\n\n"
        "[^n]: j <l@m.org>\n"
    )
    html = of(text)
    assert ALLOWED.sub("", html).count("<") == 0, html
