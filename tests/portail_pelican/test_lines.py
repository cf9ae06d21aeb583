"""Where lines of pages end, in a browser, whatever the width: never before a point between facts,
nor inside a word, a number and its unit, a telephone number, a mail address, the name of a licence.
Drawings reach the sides of a wide frame."""

import re

import pytest
from lxml import etree, html

from doses import LONG
from pages import address, by_shape, html_pages

pytestmark = [pytest.mark.site, pytest.mark.chromium]

WIDTHS = (320, 360, 390, 640, 768, 1024, 1440)
FEW = 320, 1024
"""The one that cuts most lines, for each kind of pages; the other for a third of them, but in the
long run: to change it costs as much as the page itself."""


CUT = r"""() => {
  const blank = '[\\s\\u00a0]', units = 'h|min|km|m|cm|kg|g|%|€|ko|Mo|ans|mois|jours|minutes';
  const whole = [
    `\\S${blank}*[·;:!?»…](?=\\s|$)`,
    `\\d${blank}(?:${units}|(?:centi|kilo)?(?:litre|mètre|gramme)s?)(?![\\wÀ-ÿ’])`,
    `\\b0\\d(?:${blank}\\d\\d){4}\\b`,
    `\\bCC${blank}BY(?:[-\\u2011]\\w\\w)*(?:${blank}\\d\\.\\d)?`,
    '[\\w.+-]+(?=@[\\w-]+\\.)', '@[\\w.-]+\\w',
    '(?<![^\\s(«’])[\\wÀ-ÿ]{2,24}(?=[.,;)…]?(?:\\s|$))',
  ].map((one) => new RegExp(one, 'g'));
  const inline = (one) => getComputedStyle(one).display === 'inline';
  const found = [], range = document.createRange();
  document.querySelectorAll('main details').forEach((one) => { one.open = true; });
  let block = null, letters = '', places = [];
  const at = (rank) => {
    const [node, start] = places[rank];
    range.setStart(node, start);
    range.setEnd(node, start + 1);
    return range.getBoundingClientRect();
  };
  const several = () => {
    const first = places.find(Boolean), last = places.findLast(Boolean);
    if (!first) return false;
    range.setStart(...first);
    range.setEnd(last[0], last[1] + 1);
    const boxes = [...range.getClientRects()].filter(({ height }) => height);
    const least = Math.min(...boxes.map(({ bottom }) => bottom));
    return boxes.some(({ top }) => top >= least);
  };
  const look = () => {
    for (const one of letters.length > 1 && several() ? whole : [])
      for (const { 0: text, index } of letters.matchAll(one)) {
        const [first, last] = [at(index), at(index + text.length - 1)];
        if (first.height && last.height && last.top >= first.bottom) found.push(text);
      }
    [letters, places] = ['', []];
  };
  const walker = document.createTreeWalker(document.body);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.localName === 'br') {
      letters += ' ';
      places.push(null);
    }
    if (node.nodeType !== Node.TEXT_NODE) continue;
    let around = node.parentElement;
    if (!around.checkVisibility()) continue;
    if (around.closest('script, style, template, pre, code, svg, .visually-hidden')) continue;
    while (inline(around)) around = around.parentElement;
    if (around !== block) look();
    block = around;
    letters += node.data;
    for (let rank = 0; rank < node.data.length; rank += 1) places.push([node, rank]);
  }
  look();
  const short = [...document.querySelectorAll('.vis > img')].filter((drawing) => {
    const { width, height } = drawing.getBoundingClientRect();
    return width > 1.65 * height && getComputedStyle(drawing).objectFit !== 'cover';
  });
  return [...found, ...short.map((drawing) => drawing.getAttribute('src'))];
}"""
"""The texts of the page, all unfolded, cut by the end of a line, that no line may part, and the
drawings that end before the sides of their frame."""

SIGNS = re.compile(r"[·;:!?»…@]|\d")


def kinds(page):
    """What a page has of texts: elements and classes, and the signs that no line may begin with."""
    for one in html.parse(str(page)).getroot().body.iter(etree.Element):
        text = " ".join([one.text or "", *(part.tail or "" for part in one)])
        if text.strip():
            where = [f"{part.tag} {part.get('class')}" for part in (one, one.getparent())]
            yield (*where, "")
            yield from ((*where, sign) for sign in re.sub(r"\d", "0", "".join(SIGNS.findall(text))))


def telling(output):
    """Of the pages of each shape, the longest first, those that have a kind of texts that those
    before have not; all of them in the long run."""
    pages, known = by_shape(output, html_pages(output)), set()
    if LONG:
        return pages
    pages.sort(key=lambda page: page.stat().st_size, reverse=True)
    found = []
    for page in pages:
        here = {*kinds(page)}
        if not here <= known:
            found.append(page)
        known |= here
    return found


@pytest.mark.parametrize("site", ["vitrine", pytest.param("demonstration", marks=pytest.mark.long)])
def test_no_line_begins_with_a_point_or_parts_what_is_one(site, browser, built, hosted):
    output = built(site)
    page = browser.new_page()
    found = {}
    for rank, place in enumerate(telling(output)):
        page.goto(f"{hosted(site)}{address(output, place)}")
        for width in WIDTHS if LONG else FEW[: 1 if rank % 3 else 2]:
            page.set_viewport_size({"width": width, "height": 900})
            if cut := page.evaluate(CUT):
                found[address(output, place), width] = cut
    page.close()
    assert found == {}
