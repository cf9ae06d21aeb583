"""Which pages that did not change are opened again for their links, and which are not."""

import pytest

from portail.files import digest_bytes
from portail.memory import FILE, Memory
from portail_publication.links import DeadLink, LinkIndex, LinkReader
from portail_publication.manifest import Entry
from portail_publication.output_check import OutputPolicy

ROOM = "liens "


class Site:
    """Pages by path, built again and again."""

    def __init__(self, folder):
        self.memory = Memory(folder / FILE)
        self.last = {}
        self.opened = []

    def build(self, pages):
        """The dead links of ``pages``; ``opened`` are those that did not change and were read."""
        digests = {path: digest_bytes(text.encode()) for path, text in pages.items()}
        wanted = {path: Entry("f", digest, 1, 1) for path, digest in digests.items()}
        reader, index = LinkReader(OutputPolicy(), wanted), LinkIndex(self.memory)
        changed = [path for path in pages if self.last.get(path) != wanted[path]]
        fresh = {path: reader.read(pages[path].encode(), path) for path in changed}
        self.opened = []

        def content(path):
            self.opened.append(path)
            return pages[path].encode()

        dead = index.check(reader, fresh, wanted, self.last, content)
        known = ((wanted[path].digest, found) for path, found in fresh.items())
        index.remember(known, {entry.digest for entry in wanted.values()})
        self.last = wanted
        return [(one.path, one.target) for one in dead]


PAGES = {
    "but.html": '<p id="un"><p id="deux">',
    "vers-un.html": '<a href="/but.html#un">',
    "vers-deux.html": '<a href="/but.html#deux">',
    "vers-page.html": '<a href="/but.html">',
    "seule.html": "<p>",
}


@pytest.fixture
def site(tmp_path):
    one = Site(tmp_path)
    assert one.build(PAGES) == []
    return one


def test_an_unchanged_site_is_not_opened(site):
    assert (site.build(PAGES), site.opened) == ([], [])
    assert site.build(PAGES | {"seule.html": "<p>autre", "but.html": PAGES["but.html"] + "x"}) == []
    assert site.opened == []


def test_an_id_that_goes_opens_those_who_point_to_it(site):
    assert site.build(PAGES | {"but.html": '<p id="deux">'}) == [("vers-un.html", "/but.html#un")]
    assert site.opened == ["vers-un.html"]


def test_a_page_that_goes_opens_all_who_point_to_it(site):
    left = {path: text for path, text in PAGES.items() if path != "but.html"}
    assert len(site.build(left)) == 3
    assert sorted(site.opened) == ["vers-deux.html", "vers-page.html", "vers-un.html"]


def test_a_page_that_is_no_text_may_go(tmp_path):
    site = Site(tmp_path)
    assert site.build({"a\udcff.html": "<p>", "seule.html": "<p>"}) == []
    assert (site.build({"seule.html": "<p>"}), site.opened) == ([], [])


def test_when_the_ids_of_before_are_lost_those_who_point_to_some_are_opened(site):
    kept = site.memory.keys(ROOM)
    site.memory.forget(ROOM, kept - {site.last["but.html"].digest})
    assert site.build(PAGES | {"but.html": '<p id="deux">'}) == [("vers-un.html", "/but.html#un")]
    assert sorted(site.opened) == ["vers-deux.html", "vers-un.html"]


@pytest.mark.parametrize("value", [b"", b"\x93\xc4\x00\xc4\x00\x01", b"\x92\xc4\x00\xc4\x00"])
def test_what_others_kept_is_read_again(site, value):
    left = {path: text for path, text in PAGES.items() if path != "seule.html"}
    site.memory.keep(ROOM, {site.last["vers-un.html"].digest: value})
    assert (site.build(left), site.opened) == ([], ["vers-un.html"])


def test_links_that_lead_to_pages_of_two_builds(site):
    """An id of a page that did not change is known by what is kept of it, else by the page."""
    more = PAGES | {"nouvelle.html": '<a href="/but.html#un"><a href="/but.html#trois">'}
    assert site.build(more) == [("nouvelle.html", "/but.html#trois")]
    assert site.opened == []
    site.memory.discard()
    again = more | {"nouvelle.html": more["nouvelle.html"] + "x"}
    assert site.build(again) == [("nouvelle.html", "/but.html#trois")]
    assert "but.html" in site.opened


def test_few_pages_are_named_for_one_dead_link(tmp_path):
    pages = {f"{name}.html": '<a href="/x"><a href="/y">' for name in "edcba"}
    expected = [(f"{name}.html", target) for name in "abc" for target in ("/x", "/y")]
    assert Site(tmp_path).build(pages) == expected
    assert DeadLink("a", "/x") < DeadLink("a", "/y")


@pytest.mark.parametrize(("count", "left"), [(102, 102), (103, 1)])
def test_what_is_kept_of_pages_that_are_gone_is_dropped_now_and_then(tmp_path, count, left):
    nothing = LinkReader(OutputPolicy(), ()).read(b"", "a.html")
    memory = Memory(tmp_path / FILE)
    LinkIndex(memory).remember(((str(number), nothing) for number in range(count)), {"7"})
    kept = memory.keys(ROOM)
    assert len(kept) == left and "7" in kept
