"""Mails in a real browser: narrow, wide, light, dark, without pictures, as servers give them."""

from io import BytesIO

import pytest
from courriels import long_issue, mail
from PIL import Image

from lettres import DIX, ENSEIGNE, HOSTILE, NUMERO
from portail_pelican.headers import headers_file

pytestmark = pytest.mark.chromium
ISSUES = {"dix": DIX, "numero": NUMERO, "hostile": HOSTILE, "long": long_issue()}
RATIOS = """() => {
  const luminance = (c) => {
    const [r, g, b] = c.match(/[\\d.]+/g).slice(0, 3).map((v) => {
      const s = v / 255;
      return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const c = getComputedStyle(at).backgroundColor;
      if (!c.endsWith(', 0)')) return c;
    }
    return 'rgb(255, 255, 255)';
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !one.offsetWidth) continue;
    const style = getComputedStyle(one);
    if (parseFloat(style.fontSize) < 1) continue;
    const [a, b] = [luminance(style.color), luminance(ground(one))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5 || parseFloat(style.fontSize) < 14)
      found.push([walker.currentNode.data.trim(), ratio, style.fontSize]);
  }
  return found;
}"""
GROUND = "getComputedStyle(document.querySelector('.corps')).backgroundColor"
WIDE = """() => [...document.querySelectorAll('body *')].filter((one) =>
  one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def folder():
    """Mails by name."""
    return {name: mail(issue) for name, issue in ISSUES.items()}


@pytest.fixture
def opened(browser, folder):
    """A function that opens a mail at the address of the portal, with the headers of its folder."""
    picture = BytesIO()
    Image.new("RGB", (1072, 402)).save(picture, "PNG")
    lines = [*headers_file("", ["newsletter/2021-s39/courriel.html"], (), ())]
    policy = next(line.partition(": ")[2] for line in lines if "unsafe-inline" in line).strip()
    contexts = []

    def answer(route):
        name = route.request.url.rpartition("/")[2]
        if name == "une.png":
            route.fulfill(body=picture.getvalue(), content_type="image/png")
        else:
            headers = {
                "Content-Type": "text/html; charset=utf-8",
                "Content-Security-Policy": policy,
            }
            route.fulfill(body=folder[name], headers=headers)

    def make(name, width, pictures=True):
        view = {"width": width, "height": 800}
        context = browser.new_context(viewport=view)
        contexts.append(context)
        context.route("**/*", answer)
        if not pictures:
            context.route("**/*.png", lambda route: route.abort())
        page = context.new_page()
        page.goto(f"{ENSEIGNE.siteurl}/newsletter/{name}")
        return page

    yield make
    for context in contexts:
        context.close()


def test_it_fits_and_reads(opened):
    grounds, found = {}, {}
    for name in ("dix", "long", "hostile"):
        page = opened(name, 320)
        for width, scheme in ((320, "light"), (600, "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            found[name, scheme] = [*page.evaluate(WIDE), *page.evaluate(RATIOS)]
            grounds[scheme] = page.evaluate(GROUND)
    assert not any(found.values()), found
    assert grounds == {"light": "rgb(251, 249, 243)", "dark": "rgb(18, 22, 27)"}


def test_without_pictures_there_is_no_hole(opened):
    height = "document.querySelector('img').getBoundingClientRect().height"
    assert opened("numero", 600).evaluate(height) == pytest.approx(191, abs=1)
    assert opened("numero", 600, pictures=False).evaluate(height) == 0


def test_ways_are_large_enough(opened):
    page = opened("numero", 320)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.voir a, .pied a')].filter((one) => {
          const box = one.getBoundingClientRect();
          return box.height < 24 || box.width < 24; }).map((one) => one.outerHTML)"""
    )
    assert small == []
