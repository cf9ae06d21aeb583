"""What crawlers are told first, as the standard library's reader of robots.txt understands it."""

from urllib.robotparser import RobotFileParser

import pytest

from plans import Tree

SITE = "https://exemple.org/portail"


def read(root, **options):
    (root / "content").mkdir()
    plan = Tree(root).run(**options).plan
    (one,) = (one for one in plan if one.path == "robots.txt")
    assert one.url == "/robots.txt"
    parser = RobotFileParser()
    parser.parse("".join(one.produce()).splitlines())
    return parser


def test_a_published_site_is_open_and_names_its_sitemap(tmp_path):
    robots = read(tmp_path, siteurl=SITE)
    assert robots.site_maps() == [f"{SITE}/sitemap.xml"]
    assert robots.can_fetch("Crawler", f"{SITE}/articles/a/")


def test_without_address_there_is_no_sitemap(tmp_path):
    robots = read(tmp_path)
    assert robots.site_maps() is None
    assert robots.can_fetch("Crawler", "https://exemple.org/articles/a/")


@pytest.mark.parametrize("siteurl", ["", SITE])
def test_a_preview_is_closed(tmp_path, siteurl):
    robots = read(tmp_path, siteurl=siteurl, preview=True)
    assert robots.site_maps() is None
    for path in ("/", "/index.html", "/articles/a/"):
        assert not robots.can_fetch("Crawler", (siteurl or "https://exemple.org") + path)
