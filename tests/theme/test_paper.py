"""What is printed depends on paper alone, never on the window that one prints from.

WebKit, the engine of Safari, prints with the media queries of its window: a rule of width that
does not say its medium would lay out paper as a wide screen.
"""

import re

import pytest
from lxml import html
from navigateur import ORIGIN

from doses import dose
from drawn_pages import theme_files

MEDIA = re.compile(r"@media([^{]+)\{")
SIZE = re.compile(r"\b(?:width|height|aspect-ratio|orientation)\b")
WINDOW = re.compile(r"[^;{}/]*\b[\d.]+vw\b[^;}]*")
NOT_OF_THE_WEB = {"courriel"}
"""Folders of sheets that readers of mail read."""
A4 = 680
"""Width of a sheet A4 less its margins, in CSS pixels."""
COVERED = """() => [...document.querySelectorAll('.ligne, .carte, .rdv')].filter((one) => {
  const titles = [...one.querySelectorAll(':is(.carte-titre, h3) a')];
  const lines = titles.flatMap((title) => [...title.getClientRects()]);
  const states = [...one.querySelectorAll('.etiqs .etiq')];
  return states.map((state) => state.getBoundingClientRect()).some((box) => lines.some((line) =>
    box.left < line.right - 1 && line.left < box.right - 1
    && box.top < line.bottom - 3 && line.top < box.bottom - 3));
}).map((one) => one.textContent.trim())"""
"""What has a state that is printed over its title; lines overlap their neighbours by little."""


def says_its_medium(query):
    """Whether what is asked of a size is asked of a screen, or holds on paper whatever the size."""
    parts = [part.strip() for part in query.split(",")]
    sized = [part for part in parts if SIZE.search(part)]
    return "print" in parts or all(part.startswith("screen and ") for part in sized)


def test_no_window_decides_of_paper():
    sheets = {
        name: path.read_text(encoding="utf-8")
        for name, path in theme_files("**/*.css").items()
        if path.parent.name not in NOT_OF_THE_WEB
    }
    assert len(sheets) > 50
    own = pytest.importorskip("portail_identite.layer").SHEET
    for name, text in [*sheets.items(), ("layer.py", own)]:
        queries = map(str.strip, MEDIA.findall(text))
        assert [query for query in queries if not says_its_medium(query)] == [], name


def test_what_is_measured_on_a_window_is_measured_on_the_sheet(theme):
    """``--vw`` is the only length of a window: paper has another."""
    paths = theme_files("static/css/*.css").values()
    own = pytest.importorskip("portail_identite.layer").SHEET
    sheets = [own, *(path.read_text(encoding="utf-8") for path in paths)]
    found = [one.strip() for sheet in sheets for one in WINDOW.findall(sheet)]
    assert found == ["--vw: 1vw"]
    tokens = (theme / "static/css/tokens.css").read_text(encoding="utf-8")
    assert re.search(r"@media print \{\s*:root \{[^}]* --vw: [\d.]+px;", tokens)


def shapes(page):
    """What has a state in a page: the elements and classes around it and in it, which decide how it
    is printed, and the number of its signs."""
    for sort in ("ligne", "carte", "rdv"):
        for one in html.document_fromstring(page).find_class(sort):
            if any(states.find_class("etiq") for states in one.find_class("etiqs")):
                around = [*one.iterancestors(), None, *one.iter()]
                shape = tuple((e.tag, e.get("class")) if e is not None else () for e in around)
                yield shape, len(one.text_content())


@pytest.mark.chromium
def test_a_state_is_not_printed_over_a_title(opened, drawn):
    """Each shape once, on the page where it says most; of these pages, a third at each change."""
    page = opened(A4)
    page.emulate_media(media="print")
    longest = {}
    for name, text in drawn.items():
        for shape, signs in shapes(text) if 'class="etiqs"' in text else ():
            longest[shape] = max(longest.get(shape, (0, "")), (signs, name))
    assert len(longest) > 100
    pages = sorted({name for _, name in longest.values()})
    for name in pages[:: dose(3, 1)]:
        page.goto(f"{ORIGIN}/{name}")
        assert page.evaluate(COVERED) == [], name
    page.emulate_media(media="null")
