"""The rendering of a form beside that of the site: the same text, the same tags."""

import re
from pathlib import PurePosixPath

import pytest
from lxml import html as parser
from navigateur import answers, proxy
from textes import ouvrir, pages_texte

from checkout import ROOT
from doses import dose, rows_of
from portail.body.render import render_body

pytestmark = pytest.mark.chromium
FOLDERS = ("content", "tests/sites/vitrine/content")

ORDINARY = rows_of("portail_contribuer/tests/contribuer/rendu.yml")
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
