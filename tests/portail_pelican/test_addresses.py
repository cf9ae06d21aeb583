"""Each address of the showcase that one of its texts writes is that of a file, each format being
read by its own reader: data, calendars, feeds, mails, Markdown."""

from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from pages import address, html_pages

pytestmark = pytest.mark.site


def is_file(site, place):
    """Whether a server finds something at a path of the site."""
    file = site / place.lstrip("/")
    return (file / "index.html" if file.is_dir() else file).is_file()


def test_an_address_that_moved_leads_to_a_file_in_one_step(built):
    site = built("vitrine")
    rules = dict(
        line.split(" ")[:2]
        for line in (site / "_redirects").read_text(encoding="utf-8").splitlines()
        if ":" not in line.split(" ")[0]
    )
    targets = {unquote(urlsplit(one).path) for one in rules.values()}
    assert targets.isdisjoint(map(unquote, rules))
    assert {one for one in targets if not is_file(site, one)} == set()
    assert len(rules) > 50


def test_every_table_has_a_name(built):
    """Its own or that of its frame, which says more than « Tableau » (RGAA 5.4)."""
    site = built("vitrine")
    unnamed = {
        address(site, path)
        for path in html_pages(site)
        for table in html.parse(path).iter("table")
        if table.find("caption") is None
        and table.get("aria-labelledby") is None
        and not {table.get("aria-label"), table.getparent().get("aria-label")} - {None, "Tableau"}
    }
    assert unnamed == set()
