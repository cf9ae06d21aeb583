"""What is derived from a site once for all outputs."""

from plans import entry
from portail.model.kinds import Kind
from portail.site.memo import own_answer, per_site
from portail.site.reader import Reader
from remake import replace


def test_an_answer_is_found_once_for_each_site_and_argument(tree):
    asked = []

    @per_site
    def count(site, kind):
        asked.append(kind)
        return len(site.of_kind(kind))

    site = tree.site({"lieux/un": entry("lieux")})
    assert [count(site, Kind.LIEU), count(site, Kind.LIEU), count(site, Kind.PAGE)] == [1, 1, 0]
    assert asked == [Kind.LIEU, Kind.PAGE]
    assert count(replace(site), Kind.LIEU) == 1
    assert asked == [Kind.LIEU, Kind.PAGE, Kind.LIEU], "another site has answers of its own"


def test_an_answer_for_one_page_is_not_kept_once_the_page_is_drawn(tree):
    asked = []

    @own_answer
    def url(site, ref):
        asked.append(ref)
        return site.items[ref].url

    reader = Reader(tree.site({"lieux/un": entry("lieux")}))
    assert url(reader, "lieux/un") == url(reader, "lieux/un")
    assert asked == ["lieux/un"]
    known = reader.newly_asked(compared=True)
    reader.forget(known.values())
    assert url(reader, "lieux/un") == "/lieux/un/"
    assert asked == ["lieux/un"] * 2
    assert reader.asked == known
    assert reader.newly_asked(compared=False) == known
    assert not reader.asked
