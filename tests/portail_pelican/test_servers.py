"""What hosts read of the two sites: a type and a time for every file."""

import pytest

from hosts import headers_of, parse_headers
from portail_pelican.headers import by_ending, type_of

pytestmark = pytest.mark.site

OWN = {"_headers", "_redirects", "robots.txt"}
"""Files of servers and crawlers, which keep them as long as they please."""


def test_every_file_has_a_type_and_a_time(each_site):
    rules = parse_headers((each_site / "_headers").read_text(encoding="utf-8"))
    assert len(rules) <= 100, "what Cloudflare reads"
    unknown, unkept = set(), set()
    for file in (one for one in each_site.rglob("*") if one.is_file() and one.name not in OWN):
        url = f"/{file.relative_to(each_site).as_posix()}"
        if not (type_of(url) or by_ending(url)):
            unknown.add(url)
        if "Cache-Control" not in headers_of(rules, url.removesuffix("index.html")):
            unkept.add(url)
    assert not unknown
    assert {url for url in unkept if not _leads_on(each_site, url)} == set()


def _leads_on(output, url):
    """A page at an address that moved, for hosts that answer no redirection."""
    return url.endswith(".html") and b'http-equiv="refresh"' in (output / url[1:]).read_bytes()
