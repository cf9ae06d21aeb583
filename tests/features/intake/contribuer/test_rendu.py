"""The rendering of a form beside that of the site: the same text, the same tags."""

import re
from pathlib import PurePosixPath

import pytest
from lxml import html as parser
from navigateur import answers, proxy
from textes import ouvrir, pages_texte

from checkout import ROOT
from doses import dose
from portail.body.render import render_body

pytestmark = pytest.mark.chromium
FOLDERS = ("content", "tests/sites/vitrine/content")

ORDINARY = {
    "headings": "# Un\n\nTexte\n\n## Deux *mots*\n\n### Trois\n\nQuatre\n------\n\n###### Six",
    "emphasis": "*a* _b_ **c** __d__ ***e*** ~~f~~ a*b*c d_e_f **g*h*i** 2 * 3 * 4",
    "lists": "- a\n- b\n  - c\n\n    suite\n- d\n\n3. e\n4. f\n\n* g\n\n  h\n* i",
    "tasks": "- [ ] à faire\n- [x] fait\n- [lien](https://a.example.org)",
    "links": "[a](https://a.example.org/b?c=d&e=f) <https://b.example.org> https://c.example.org/d."
    " www.e.example.org, accueil@example.org [f](lieux/nom) [g](mailto:h@example.org) "
    "[i](tel:+33102030405) [j][k]\n\n[k]: https://l.example.org 'titre'",
    "refused": "[a](javascript:x) [b](//c.example.org) [d](ftp://e.example.org) [f](data:x)",
    "quotes": "> a\n> b\n>\n> > c\nd\n\ne",
    "boxes": '> [!NOTE]\n> a\n\n> [!WARNING] Titre *b*\n> c\n>\n> - d\n\n!!! definition "Mot"\n'
    "    Le sens.\n\n    Suite.\n\nAprès.",
    "names": "!!! constructor\n    a\n\n> [!constructor] b",
    "tables": "| a | b *c* |\n|:--|--:|\n| `d` | [e](https://f.example.org) |\n| g | h\\|i |\n\nj",
    "charts": "Graphique : un *titre*\n\n| a | b |\n|---|--:|\n| c | 1 200 |\n| d | 12,5 % |\n\n"
    "Graphique : non",
    "code": "`a` ``b ` c`` \n\n```python\nd < e\n```\n\n    f\n\ng",
    "notation": "H~2~O, SO~4~^2-^, ^14^C, x^*n*^, ~a~ ~~b~~, 10^-3^ : $x^2$, 5 $, $5, ou 5$\n\n"
    "On a\n$$\ny \\leq 1\n$$\n\n- $$z$$\n- c\n\n`H~2~O`\n\n    $$x$$\n",
    "notes": "a[^1] b[^deux] c[^1]\n\n[^1]: Une *note*.\n[^deux]: Deux.\n\n    Suite.",
    "definitions": "Terme\n: Le sens.\n: Un autre.\n\nLe CNRS.\n\n*[CNRS]: Centre national",
    "breaks": "a  \nb\\\nc\nd\n\n---\n\ne",
    "escapes": "\\*a\\* &amp; &lt;b&gt; &eacute; <b>c</b> <!-- d --> 1\\. e",
    "french": "L’heure : « 14 h » ; quoi ? 38 258 visiteurs, 40 % !",
}
"""Markdown that contributors write, by what it shows."""

_LEFT_OUT = "//figure|//img|//picture|//*[@class='retour']|//*[@class='image-absente']"


def _told(markup):
    """Tags and words of a rendering, in order: what the site adds to a text is left out, its
    pictures, the way back from notes, its no-break spaces and hyphens."""
    # A form shows a formula as it is written; what is only heard is added by the site.
    markup = re.sub(r"<math[^>]*? alttext=\"([^\"]*)\"[^>]*>.*?</math>", r"<code>\1</code>", markup)
    markup = re.sub(r"<span class=\"visually-hidden\"> exposant </span>", "", markup)
    markup = re.sub(r"aria-label=\"Formule\"", "", markup)
    root = parser.fragment_fromstring(markup, create_parent="div")
    for one in root.xpath(_LEFT_OUT):
        one.drop_tree()
    return [re.sub(r"\s+", " ", text) for text in _walk(root) if text.strip()]


def _walk(element):
    for child in [None, *element]:
        if child is not None:
            empty = not len(child) and not (child.text or "").strip()
            if not (empty and child.tag in ("p", "div")):
                yield f"<{child.tag}>"
                yield _plain(child.get("aria-label", "") if child.tag == "div" else "")
                yield from _walk(child)
                yield f"</{child.tag}>"
        yield _plain((element.text if child is None else child.tail) or "")


def _plain(text):
    text = text.replace("'", "’").replace("...", "…").replace("\u2011", "-")
    text = re.sub(r"[\s\u00a0\u202f]+", " ", text)
    return re.sub(r" (?=[:;!?»%€])|(?<=«) ", "", text).strip()


@pytest.fixture(scope="module")
def page(browser, theme, drawn):
    with proxy(answers(theme, pages_texte(drawn))) as address:
        context = browser.new_context(proxy={"server": address})
        tab = context.new_page()
        ouvrir(tab)
        yield tab
        context.close()


def _both(page, text):
    markup = page.evaluate(
        """async (text) => {
        const place = document.createElement('div');
        place.append(await module.rendre(text));
        return place.innerHTML;
        }""",
        text,
    )
    return _told(markup), _told(str(render_body(text, PurePosixPath("a.md")).html.html))


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_markdown_reads_the_same(page, name):
    shown, published = _both(page, ORDINARY[name])
    assert published
    assert shown == published


def test_bodies_of_the_sites_read_the_same(page):
    """All but those that have a sound to play, of which a form shows the link."""
    differing, read = [], 0
    sounds = [
        "content/articles/six-sons-que-personne-n-a-enregistres/index.md",
        "tests/sites/vitrine/content/articles/episode-de-podcast.md",
    ]
    every = sorted(one for folder in FOLDERS for one in (ROOT / folder).rglob("*.md"))
    for path in {*every[:: dose(4, 1)], *(ROOT / one for one in sounds)}:
        text = path.read_text("utf-8").split("\n---\n", 1)[-1]
        if not text.strip() or path.name == "README.md":
            continue
        read += 1
        shown, published = _both(page, text)
        if shown != published:
            differing.append(str(path.relative_to(ROOT)))
    assert read > dose(75, 300)
    assert sorted(differing) == sounds
