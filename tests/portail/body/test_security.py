"""Hostile bodies: nothing of them runs, nothing of them is lost in silence."""

import html as html_module
import re
from itertools import product
from pathlib import PurePosixPath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from doses import cases, rows_of
from portail.body.portable import ImageTarget, resolve
from portail.body.render import ATTRIBUTES, TAGS, VALUES, render_body

TABLES = rows_of("portail/body/security.yml")

PATH = PurePosixPath("content/articles/essai.md")

RUN = "pirate(1)"
TAG_NAMES = """a abbr audio b base body button details dialog div embed form frameset h1 iframe img
    input isindex link marquee math meta noscript object option p script select style svg table
    template textarea title video xmp x-a""".split()
HANDLERS = """onclick onerror onload onfocus onmouseover ontoggle onanimationstart onbegin
    onpageshow onpointerenter oncontentvisibilityautostatechange ONERROR""".split()
SHAPES = [
    "<{tag} {handler}={run}>",
    '<{tag} {handler}="{run}">texte</{tag}>',
    "<{tag}/{handler}='{run}'/src=x>",
    "<{tag}\n{handler}={run}\n>",
    '<{tag} x=">" {handler}={run}>',
    "<{tag} {handler}={run}//",
]
SCHEMES = TABLES["schemes"]
LINKS = [
    "[texte]({url})",
    "[texte](<{url}>)",
    "[texte]({url} 'titre')",
    "<{url}>",
    "![texte]({url})",
    "[texte][r]\n\n[r]: {url}",
    "[r]\n\n[r]: <{url}>",
    "![texte][r]\n\n[r]: {url}",
    "| A |\n|---|\n| [texte]({url}) |",
    "[![texte]({url})]({url})",
]
MARKDOWN = TABLES["markdown"]


def vectors():
    """The corpus, always the same."""
    for number, (tag, handler) in enumerate(product(TAG_NAMES, HANDLERS)):
        shape = SHAPES[number % len(SHAPES)]
        yield shape.format(tag=tag, handler=handler, run=RUN)
    for number, url in enumerate(SCHEMES):
        for shape in LINKS:
            yield shape.format(url=url.format(run=RUN, handler=HANDLERS[number % len(HANDLERS)]))
    for text in MARKDOWN:
        yield text.format(run=RUN)


VECTORS = list(vectors())
LINK_VALUES = re.compile(r"(?:https?|mailto|tel|portail):|#")
WORD = re.compile(r"[A-Za-zÀ-ÿ]{3,}")


def assert_harmless(html):
    """Only our elements and attributes, only admitted addresses."""
    for element in lxml_html.fragment_fromstring(html or " ", create_parent="article").iter():
        assert element.tag in TAGS or element.tag == "article", html
        for name, value in element.attrib.items():
            listed = VALUES.get(element.tag, {}).get(name)
            assert name in ATTRIBUTES.get(element.tag, ()) or value in (listed or ()), html
            if name == "href":
                assert LINK_VALUES.match(value), html
            if name == "src":
                assert value.startswith("portail-image:"), html


def test_no_vector_gets_through_and_none_is_lost():
    for vector in VECTORS:
        body = render_body(vector, PATH)
        assert_harmless(body.html.html)
        assert "E325" not in {one.code for one in body.diagnostics}, vector
        said = body.html.html + "".join(one.message + one.hint for one in body.diagnostics)
        told = html_module.unescape(said)
        told += html_module.unescape(unquote(told))
        missing = [word for word in WORD.findall(visible(vector)) if word not in told]
        assert not missing, vector


def visible(source):
    """`source` without what GitHub does not show either: languages of code, labels of notes."""
    return html_module.unescape(re.sub(r"^(?:```|~~~).*|\[\^[^\]]*\]|\[!NOTE", "", source))


def test_every_vector_of_a_forbidden_address_is_refused():
    for url in SCHEMES[:33]:
        for shape in LINKS[:3]:
            text = shape.format(url=url.format(run=RUN, handler="onclick"))
            body = render_body(text, PATH)
            links = [*body.facts.links, *body.facts.external]
            assert body.diagnostics or not links, text
            assert not any("pirate" in str(link) for link in body.facts.external), text


@cases("tag", TAG_NAMES)
def test_every_tag_is_told(tag):
    body = render_body(f"a <{tag} x={RUN}>b</{tag}>", PATH)
    assert [one.code for one in body.diagnostics] == ["E311"]
    assert body.html.text == f"a <{tag} x={RUN}>b</{tag}>"


FRAGMENTS = st.sampled_from(
    [
        *"[]()<>!*_`~#\n\"'&;:=/\\{}^|-é\u00a0\x02\x03\U00100001\U000f003c",
        *"]( ![ <a  <img onerror= javascript: lieux/x https://x.org &#106; &lt; ```".split(" "),
        *("> ", "- ", "[^1]", "[^1]: ", "| ", "|---|", "<!--", "-->", "portail:", " 'T'", " a="),
    ]
)


@given(st.lists(FRAGMENTS, max_size=40).map("".join))
def test_any_mixture_is_harmless(text):
    body = render_body(text, PATH)
    assert_harmless(body.html.html)
    assert not {one.code for one in body.diagnostics} & {"E305", "E325"}, text


HOOK = """
window.ran = [];
window.pirate = (what) => window.ran.push(String(what));
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) {
  window[name] = (...args) => window.ran.push(name);
}
"""
STIR = """() => {
  const events = ['click', 'mouseover', 'mouseenter', 'pointerenter', 'focus', 'error', 'load',
    'toggle', 'animationstart', 'begin', 'submit', 'input', 'keydown'];
  const addresses = [];
  for (const element of document.querySelectorAll('article *')) {
    for (const name of ['href', 'src', 'action', 'formaction', 'data', 'xlink:href']) {
      const value = element.getAttribute(name);
      if (value !== null) addresses.push(new URL(value, 'https://portail.example/').protocol);
    }
    element.addEventListener('click', (event) => event.preventDefault());
    for (const name of events) {
      element.dispatchEvent(new Event(name, {bubbles: true, cancelable: true}));
    }
  }
  return addresses;
}"""


@pytest.mark.chromium
def test_nothing_runs_in_a_browser(browser):
    bodies = [resolved(vector) for vector in VECTORS]
    pages = ["\n".join(bodies[start : start + 120]) for start in range(0, len(bodies), 120)]
    with browser.new_page() as page:
        page.add_init_script(HOOK)
        requests = []
        page.on("request", lambda request: requests.append(request.url))
        page.route("**/*", lambda route: route.fulfill(body=content[0], content_type="text/html"))

        def visit(inside):
            content[0] = f"<!doctype html><meta charset=utf-8><article>{inside}</article>"
            page.goto("https://portail.example/")
            addresses = page.evaluate(STIR)
            page.wait_for_timeout(50)
            return page.evaluate("window.ran"), addresses

        content = [""]
        # The trap works: the same vectors as raw HTML do run.
        assert visit(f"<img src=x onerror={RUN}>")[0]
        assert visit(f"<b onclick={RUN}>x</b>")[0]
        requests.clear()
        for inside in pages:
            ran, addresses = visit(inside)
            assert ran == []
            assert set(addresses) <= {"https:", "http:", "mailto:", "tel:"}
    assert {url for url in requests if "/image" not in url} == {"https://portail.example/"}


class _All(dict[str, str]):
    """Any target leads somewhere."""

    def __missing__(self, key):
        return f"/page?{key}"


class _AllImages(dict[str, ImageTarget]):
    """Any picture exists."""

    def __missing__(self, key):
        return ImageTarget(f"/image?{key}", 3, 2, f"crédit {key}")


def resolved(text):
    """The body as a page holds it, its targets being hostile too."""
    return resolve(render_body(text, PATH).html.html, _All(), _AllImages())
