"""Whatever contents say, a feed is well formed, reads back to the same text and runs nothing."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flux import faults, read
from plans import entry
from portail.features.channels.flux import output
from portail.features.channels.flux.entries import FeedContent, Label, legal
from portail.features.channels.flux.feeds import feeds_of
from portail.features.channels.flux.output import FOOTS, Head, plan_feeds, xml_head, xml_item
from portail.outputs.pages.views.shared import Lien
from portail.text.typography import escape
from portail_publication.output_check import OutputChecker, OutputPolicy

SITEURL = "https://exemple.org"
URL = f"{SITEURL}/flux"
DAY = datetime(2021, 9, 27, tzinfo=UTC)
NASTY = (
    "]]>", "<![CDATA[ ]]>", "</script><script>alert(1)</script>", "<!--", "-->", "&amp;", "&#x3c;",
    "=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "a\u2028b\u2029c", "👩🏽\u200d🔬", "🇫🇷",
    "שלום", "\u202egnp.exe", "\x00\x08\x0b\x1f", "\ufffe\uffff", "\ud800", "\x7f\x85\x9f",
    "a\r\nb\rc", "\u00a0", "\\u003c", '"}],"items":[{', "</item></channel></rss>", "</entry>",
    "{{ x }}", "%s", "<item>", "<entry>",
)  # fmt: skip
TEXTS = st.lists(
    st.one_of(st.sampled_from(NASTY), st.text(st.characters(codec=None), max_size=12)), max_size=4
).map(lambda parts: legal(f"T{''.join(parts)}."))


def written(text, format):
    """A feed of which every text is ``text``."""
    head = Head(
        URL, text, text, f"{SITEURL}/", URL, "text/xml", text, text, f"{URL}.png", f"{URL}.png",
        f"{URL}.png", "/flux.css", URL, DAY,
    )  # fmt: skip
    told = FeedContent(
        f"{SITEURL}/a/", text, f"{SITEURL}/a/", "fr", text, f"<p>{escape(text)}</p>", True, DAY,
        DAY, (Lien(text),), (Label(text, "code", URL), Label(text)), Lien(text, URL), None, (),
        {"lieu": text},
    )  # fmt: skip
    if format == "json":
        return output.json_head(head, URL) + output.json_item(told) + output.FOOT
    return xml_head(head, format) + xml_item(told, format) + FOOTS[format]


@pytest.mark.parametrize("format", ["rss", "atom", "json"])
@given(TEXTS)
@example(legal("T" + "".join(NASTY)))
def test_every_text_reads_back_the_same(format, text):
    feed = written(text, format)
    assert feed.encode()
    seen = read(feed, format)
    (one,) = seen.contenus
    assert seen.titre == one.titre == text
    assert one.auteurs == (text,) and set(one.mots) == {text}
    assert one.contenu == f"<p>{escape(text)}</p>"
    if format != "rss":  # in RSS it is HTML, which reads CR as LF
        assert one.resume == text
    assert [*faults(seen, URL)] == []


BODIES = (
    "Fin ]]> de CDATA, `]]>`, &amp;, &lt;b&gt;, 👩🏽\u200d🔬, שלום عليكم, =1+1.",
    "```\n</script><script>alert(1)</script>\n<img src=x onerror=alert(1)>\n```",
    "[lien](https://exemple.net/?a=1&b='\"%3Cscript%3E), [courriel](mailto:a@exemple.org).",
    "a[^1] b\n\n[^1]: note ]]> fin.\n\n## Titre ]]>\n\n[Ici](#titre).",
    "| =A1 | `<b>` |\n|---|---|\n| ]]> | `on x=1` |\n\n`javascript:alert(1)` < 3",
)


def test_bodies_run_nothing(tree):
    files = {
        f"articles/a{rank}": entry("articles", body, titre=f"=1 ]]> & {rank} < 3 سماء 👩🏽\u200d🔬")
        for rank, body in enumerate(BODIES)
    }
    site = tree.site(files, siteurl=SITEURL)
    checker = OutputChecker(OutputPolicy(site_url=SITEURL))
    for feed in feeds_of(site).every:
        assert len(feed.refs) == len(BODIES)
    for file in plan_feeds(site):
        text = "".join(file.produce())
        format = "json" if file.url.endswith("json") else "atom" if "atom" in file.url else "rss"
        seen = read(text, format)
        assert [*faults(seen, SITEURL + file.url)] == []
        assert {one.titre for one in seen.contenus} == {
            f"=1 ]]> & {rank} < 3 سماء\u00a0👩🏽\u200d🔬" for rank in range(len(BODIES))
        }
        assert checker.findings(text.encode(), file.url[1:]) == ()


def test_what_no_xml_can_say_is_left_out():
    assert legal("\x00a\x0b\ud800b\ufffe\uffff 👩🏽\u200d🔬\n") == "ab 👩🏽\u200d🔬\n"
