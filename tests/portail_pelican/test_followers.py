"""Following both sites from outside: feeds that readers of feeds find, and that people open."""

import json
import re
from xml.etree import ElementTree as ET

import pytest
from lxml import html
from playwright.sync_api import expect

from audit_axe import file_of
from pages import LOCAL_ADDRESS, html_pages, is_redirect

pytestmark = pytest.mark.site

NAMES = ("flux.xml", "atom.xml", "flux.json", "a-venir.xml")
LINK = re.compile(r'<link rel="alternate" type="([^"]+)" title="([^"]+)" href="([^"]+)">')
LAID_BARE = """() => [...document.querySelectorAll('*')]
  .filter((one) => one.namespaceURI !== 'http://www.w3.org/1999/xhtml')
  .filter((one) => !one.children.length && one.getClientRects().length)
  .map((one) => one.localName)"""
"""What is written for readers of feeds, and that the style sheet should hide."""
ATOM = "{http://www.w3.org/2005/Atom}"


def feeds_of(site):
    """The files of feeds, by whole address."""
    found = (path for name in NAMES for path in site.rglob(name))
    return {f"{LOCAL_ADDRESS}/{path.relative_to(site).as_posix()}": path for path in found}


def told(path):
    """What a feed says of itself: media type of its format, address of its page."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return "application/feed+json", json.loads(text)["home_page_url"]
    root = ET.fromstring(text)
    if root.tag == "rss":
        return "application/rss+xml", root.findtext("channel/link") or ""
    assert root.tag == f"{ATOM}feed"
    pages = [one.get("href") for one in root.findall(f"{ATOM}link") if one.get("rel") != "self"]
    return "application/atom+xml", pages[0] or ""


def linked(page):
    """The feeds that a page tells of to readers of feeds: type by address."""
    head = page.read_text(encoding="utf-8").partition("</head>")[0]
    return {url: kind for kind, _, url in LINK.findall(head) if kind != "text/calendar"}


def test_every_feed_is_listed_once(each_site):
    page = html.document_fromstring((each_site / "flux/index.html").read_bytes())
    links = (f"{LOCAL_ADDRESS}{url}" for url in page.xpath("//main//li/a/@href"))
    listed = [url for url in links if url.endswith(NAMES)]
    assert sorted(listed) == sorted(feeds_of(each_site)) and len(listed) > 20


def test_every_feed_is_found_from_its_page(each_site):
    for url, path in feeds_of(each_site).items():
        kind, home = told(path)
        page = file_of(each_site, LOCAL_ADDRESS, home)
        assert page is not None and linked(page).get(url) == kind, url


def test_what_pages_tell_of_exists(each_site):
    kinds = {url: told(path)[0] for url, path in feeds_of(each_site).items()}
    for page in html_pages(each_site):
        assert linked(page).items() <= kinds.items(), page
    for place in ("", "articles", "agenda/2021-s39", "themes", "flux", "a-propos"):
        assert linked(each_site / place / "index.html"), place
    for place in ("articles", "evenements", "lieux", "dossiers", "communautes", "territoires"):
        below = [one for one in each_site.glob(f"{place}/*/index.html") if not is_redirect(one)]
        # What was taken back, which engines do not index, leads to no feed.
        live = [one for one in below if b'name="robots"' not in one.read_bytes()]
        assert live and all(map(linked, live)), place


@pytest.fixture
def tab(browser, built):
    """A function that opens an address of the showcase on a screen of some width."""
    contexts, site = [], built("vitrine")  # before a page that waits for it

    def make(path, width, scheme="light"):
        def serve(route):
            file = file_of(site, LOCAL_ADDRESS, route.request.url)
            if file is None:
                route.abort()
            elif file.suffix == ".xml":
                route.fulfill(path=file, content_type="application/xml")
            else:
                route.fulfill(path=file)

        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, is_mobile=width < 400
        )
        contexts.append(context)
        context.route("**/*", serve)
        page = context.new_page()
        page.goto(LOCAL_ADDRESS + path)
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.mark.chromium
@pytest.mark.parametrize("name", ["flux.xml", pytest.param("atom.xml", marks=pytest.mark.long)])
def test_a_feed_that_is_opened_is_read_and_followed(name, tab):
    page = tab(f"/{name}", 1280)
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text(re.compile("^Portail .* en Hauts-de-France$"))
    assert page.title() == title.text_content()
    expect(page.get_by_role("code")).to_have_text(f"{LOCAL_ADDRESS}/{name}")
    items = page.get_by_role("heading", level=2)
    assert items.count() == 20
    assert page.evaluate(LAID_BARE) == []
    link = items.first.get_by_role("link")
    name = link.inner_text()
    link.click()
    expect(page.locator("h1")).to_have_text(name)
    page.go_back()
    page.get_by_role("link", name="Comment suivre un flux").click()
    expect(page.locator("h1")).to_have_text("Flux")


@pytest.mark.chromium
def test_a_feed_fits_its_screen_and_its_scheme(tab):
    grounds = []
    for scheme in ("light", "dark"):
        page = tab("/agenda/a-venir.xml", 320, scheme)
        assert page.evaluate("[innerWidth, document.documentElement.scrollWidth]") == [320, 320]
        loaded = "document.fonts.ready.then((all) => [...all].map((one) => one.status))"
        assert "loaded" in page.evaluate(loaded), "its font is found"
        ground = "getComputedStyle(document.documentElement).backgroundColor"
        grounds.append(page.evaluate(ground))
    assert grounds == ["rgb(251, 249, 243)", "rgb(18, 22, 27)"]
