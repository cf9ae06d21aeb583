"""A portal below a path (``https://exemple.org/portail``): every address stays below it.

Every page is crawled: each link, file, form and redirect leads to a file of the site, each anchor
to an element of its page.
"""

import re
import shutil
from itertools import chain
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html

from faults import SOUND
from hosts import headers_of, parse_headers
from projects import Project
from sitemaps import sitemap_of

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("sous-chemin")]

NAMES = "href src action formaction poster data cite background"
PLAIN = f"//@*[contains(' {NAMES} ', concat(' ', name(), ' '))][. != '']"
STYLE = re.compile(r"""url\(\s*["']?([^"')]+)""")
UNKNOWN = (
    "Adresse du site inconnue : flux, plan du site (sitemap.xml) et cadres à embarquer ne sont "
    "pas produits. → Écrivez SITEURL dans pelicanconf.py, ou lancez : "
    "portail build --site-url https://exemple.org\n"
)
META = "//meta[@property='og:url' or @property='og:image' or @name='twitter:image']/@content"
BELOW = "https://exemple.org/portail"


class Crawl:
    """The pages of a built site, as they are at ``siteurl`` (empty: at the root of a host)."""

    def __init__(self, root, siteurl):
        self.root = root
        self.base = urlsplit(siteurl).path.rstrip("/")
        self.host = urlsplit(siteurl).netloc
        self.pages = {
            path.relative_to(root).as_posix(): html.document_fromstring(path.read_bytes())
            for path in sorted(root.rglob("*.html"))
        }
        self.written = {name: [*self.addresses(page)] for name, page in self.pages.items()}
        self.anchors = {name: {*page.xpath("//@id")} for name, page in self.pages.items()}
        self.known = {}

    def addresses(self, page):
        """Every address that a page holds."""
        yield from page.xpath(PLAIN)
        for text in page.xpath("//@srcset"):
            for one in text.split(","):
                yield from one.split()[:1]
        for text in page.xpath("//@style"):
            yield from STYLE.findall(text)
        for text in page.xpath("//meta[@http-equiv='refresh']/@content"):
            yield text.partition("url=")[2]
        yield from page.xpath(META)

    def indexed(self):
        """What the pages that engines may index call themselves."""
        return {
            page.xpath("string(//link[@rel='canonical']/@href)")
            for page in self.pages.values()
            if not page.xpath("//meta[@name='robots']")
        }

    def problem(self, name, written):
        """What is wrong with an address of the file ``name``; empty when nothing is."""
        if not written.startswith("/"):
            return self._problem(name, written)
        if written not in self.known:  # the same from every page: menus are everywhere
            self.known[written] = self._problem(name, written)
        return self.known[written]

    def _problem(self, name, written):
        here = f"http://{self.host or 'hote'}{self.base}/{name}".removesuffix("index.html")
        if written.startswith("webcal://"):  # a calendar of this very site
            written = written.replace("webcal", "http", 1)
            assert urlsplit(written).netloc == self.host, written
        parts = urlsplit(urljoin(here, written))
        if parts.scheme not in ("http", "https") or parts.netloc != (self.host or "hote"):
            return "" if parts.scheme in ("http", "https", "mailto", "tel", "geo") else "scheme"
        if not parts.path.startswith(f"{self.base}/"):
            return "outside"
        target = unquote(parts.path.removeprefix(f"{self.base}/"))
        if not target or target.endswith("/"):
            target += "index.html"
        if not (self.root / target).is_file():
            return "dead"
        anchor = unquote(parts.fragment)
        return "anchor" if anchor and anchor not in self.anchors.get(target, {anchor}) else ""

    def problems(self):
        """Every wrong address: the page, what it writes, why."""
        found = [
            (name, written, why)
            for name, addresses in self.written.items()
            for written in addresses
            if (why := self.problem(name, written))
        ]
        for path in sorted(self.root.rglob("*.css")):
            name = path.relative_to(self.root).as_posix()
            found += [
                (name, written, why)
                for written in STYLE.findall(path.read_text(encoding="utf-8"))
                if not written.startswith("data:") and (why := self.problem(name, written))
            ]
        return found


@pytest.fixture(scope="module")
def below(tmp_path_factory, racine):
    """The showcase below a path: every kind and state, with redirects and pictures."""
    root = tmp_path_factory.mktemp("portail")
    shutil.copytree(racine / "tests/sites/vitrine/content", root / "content")
    project = Project(root)
    project.build(SITEURL=BELOW)
    return Crawl(project.output, BELOW)


def test_every_address_leads_somewhere(below):
    assert len(below.pages) > 100
    assert below.problems() == []
    written = chain.from_iterable(below.written.values())
    inside = [one for one in written if one.startswith((f"{below.base}/", BELOW))]
    assert len(inside) > 3000
    heads = [page.xpath("string(//link[@rel='canonical']/@href)") for page in below.pages.values()]
    assert all(one.startswith(f"{BELOW}/") for one in heads if one)
    assert sum(map(bool, heads)) > 80
    told = sitemap_of(below.root, BELOW)
    assert {*told} == below.indexed()
    pictures = [url for _, shown in told.values() for url in shown]
    assert pictures and not any(below.problem("", url) for url in pictures)


def test_without_an_address(tmp_path, capsys):
    project = Project(tmp_path)
    project.write(SOUND)
    project.build(SITEURL="")
    assert capsys.readouterr().out.count(UNKNOWN) == 1
    assert Crawl(project.output, "").problems() == []
    assert not [*project.output.glob("sitemap*")]


def test_redirects(below):
    """Former addresses lead to the page, below the path, and name it to search engines."""
    crawl, found = below, {}
    for name, page in crawl.pages.items():
        for content in page.xpath("//meta[@http-equiv='refresh']/@content"):
            found[name] = content.partition("url=")[2]
    assert len(found) > 3
    assert "evenements/index.html" in found
    for name, target in found.items():
        assert urlsplit(target).path.startswith("/portail/"), name
        assert crawl.problem(name, target) == ""
        canonical = crawl.pages[name].xpath("string(//link[@rel='canonical']/@href)")
        assert urljoin(BELOW, target) == canonical


def test_headers_of_every_file(below):
    """No file is given a header twice; pages have a policy, and only what is for it is framed."""
    rules = parse_headers((below.root / "_headers").read_text(encoding="utf-8"))
    assert len(rules) <= 100, "what Cloudflare reads"
    for path in sorted(below.root.rglob("*")):
        if path.is_file():
            url = f"/portail/{path.relative_to(below.root).as_posix()}"
            sent = headers_of(rules, url.removesuffix("index.html"))
            framed = "/embarquer/" in url and not url.endswith("/embarquer/index.html")
            if path.suffix == ".html" and b'http-equiv="refresh"' not in path.read_bytes():
                ancestors = "frame-ancestors *" if framed else "frame-ancestors 'self'"
                assert sent["Content-Security-Policy"].endswith(ancestors), url
                assert ("X-Frame-Options" in sent) is not framed, url
