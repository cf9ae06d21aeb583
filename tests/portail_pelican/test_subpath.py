"""A portal below a path (``https://exemple.org/portail``): every address stays below it.

Its links are judged as any are; here is what no link says: what pages call themselves, pictures to
share, redirects.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html

from faults import SOUND
from portail_pelican.publication import _TAKEN
from projects import Project
from sitemaps import sitemap_of

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("sous-chemin")]

UNKNOWN = (
    "Adresse du site inconnue : flux, plan du site (sitemap.xml) et cadres à embarquer ne sont "
    "pas produits. → Écrivez SITEURL dans pelicanconf.py, ou lancez : "
    "portail build --site-url https://exemple.org\n"
)
CANONICAL = "string(//link[@rel='canonical']/@href)"
ROBOTS = "//meta[@name='robots']"
META = "//meta[@property='og:url' or @property='og:image' or @name='twitter:image']/@content"
BELOW = "https://exemple.org/portail"


class Below(NamedTuple):
    """A site that was built, which has no dead link, and its pages, by name."""

    root: Path
    pages: Mapping[str, html.HtmlElement]

    def holds(self, url):
        """Whether an address is that of a file, below the path."""
        path = unquote(urlsplit(urljoin(f"{BELOW}/", url)).path)
        file = self.root / path.removeprefix("/portail/")
        return path.startswith("/portail/") and (file.is_file() or (file / "index.html").is_file())


@pytest.fixture(scope="module")
def below(tmp_path_factory, racine):
    """The showcase below a path: every kind and state, with redirects and pictures."""
    root = tmp_path_factory.mktemp("portail")
    shutil.copytree(racine / "tests/sites/vitrine/content", root / "content")
    project = Project(root)
    project.build(SITEURL=BELOW)
    project.judge(SITEURL=BELOW)
    pages = {
        path.relative_to(project.output).as_posix(): html.document_fromstring(path.read_bytes())
        for path in sorted(project.output.rglob("*.html"))
    }
    return Below(project.output, pages)


def test_pages_call_themselves_by_addresses_below(below):
    assert len(below.pages) > 100
    shown = {url for page in below.pages.values() for url in page.xpath(META)}
    assert shown and [url for url in shown if not below.holds(url)] == []
    heads = {name: page.xpath(CANONICAL) for name, page in below.pages.items()}
    assert all(one.startswith(f"{BELOW}/") for one in heads.values() if one)
    assert sum(map(bool, heads.values())) > 80
    told = sitemap_of(below.root, BELOW)
    indexed = {name for name, page in below.pages.items() if not page.xpath(ROBOTS)}
    assert {*told} == {heads[name] for name in indexed}
    pictures = [url for _, seen in told.values() for url in seen]
    assert pictures and all(map(below.holds, pictures))


def test_without_an_address_or_with_that_of_a_host_that_takes_less(tmp_path, capsys, monkeypatch):
    project = Project(tmp_path)
    project.write(SOUND)
    project.build(SITEURL="")
    assert capsys.readouterr().out.count(UNKNOWN) == 1
    assert not [*project.output.glob("sitemap*")]
    monkeypatch.setitem(_TAKEN, ".pages.dev", (10, "fichiers"))
    project.build(SITEURL="https://sciences.pages.dev")
    assert "« sciences.pages.dev » n’accepte que 10 fichiers" in capsys.readouterr().out


def test_redirects(below):
    """Former addresses lead to the page, below the path, and name it to search engines."""
    found = {
        name: content.partition("url=")[2]
        for name, page in below.pages.items()
        for content in page.xpath("//meta[@http-equiv='refresh']/@content")
    }
    assert len(found) > 3
    assert "evenements/index.html" in found
    for name, target in found.items():
        assert below.holds(target), name
        assert urljoin(BELOW, target) == below.pages[name].xpath(CANONICAL)
