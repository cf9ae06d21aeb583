"""What a page may load: its policy, and that it says the same as the page."""

from base64 import b64encode
from hashlib import sha256

import pytest
from lxml import html
from navigateur import ORIGIN

from doses import all_hold


def directives(page):
    """Sources by directive of the policy of a page, which is the first thing in its head."""
    first = page.xpath("/html/head/*")[0]
    assert first.get("http-equiv") == "Content-Security-Policy"
    pairs = (one.split() for one in first.get("content").split(";"))
    return {name: sources for name, *sources in pairs}


def test_the_policy_says_what_the_page_runs(showcase):
    all_hold(lambda url: policy_of_what_runs(showcase[url]), showcase)


def policy_of_what_runs(text):
    page = html.document_fromstring(text)
    policy = directives(page)
    assert text.index('<meta charset="utf-8">') < 1000, "found in the first kilobyte, or not at all"
    closed = {key for key, sources in policy.items() if sources == ["'none'"]}
    assert closed | {"frame-src"} == {"default-src", "frame-src", "object-src", "base-uri"}
    assert not any("unsafe" in source for sources in policy.values() for source in sources)
    ours = [one for one in page.iter("script") if one.get("type") != "application/ld+json"]
    digests = [sha256((one.text or "").encode()).digest() for one in ours if not one.get("src")]
    allowed = policy["script-src"]
    assert allowed[0] == "'self'"
    known = {f"'sha256-{b64encode(one).decode()}'" for one in digests}
    assert known <= set(allowed)
    assert len(allowed) == 2, "one inline script in all"


def test_a_page_frames_its_own_videos_only(read, changed):
    sources = ("https://video.example.org", "https://tube.example.org:8443")
    policy = directives(read(changed("/a-propos/", origines=sources)))
    assert policy["frame-src"] == [*sources]


@pytest.mark.chromium
def test_a_script_of_another_is_not_run(opened, drawn):
    """What would pass every check of ours is still stopped by the browser."""
    page = opened(1280)
    page.add_init_script(
        "window.stopped = []; document.addEventListener('securitypolicyviolation',"
        "(event) => stopped.push(event.violatedDirective))"
    )
    hostile = "<script>document.title = 'ran'</script><p style='color: red'>"
    text = drawn[""].replace("</main>", f"{hostile}</main>")
    page.route("**/hostile", lambda one: one.fulfill(body=text, content_type="text/html"))
    page.goto(f"{ORIGIN}/hostile")
    assert page.title() != "ran"
    assert {"script-src-elem", "style-src-attr"} <= {*page.evaluate("stopped")}
