"""The output check: what is refused, what our templates write, and a second parser's opinion."""

from email.message import EmailMessage
from email.policy import SMTP

import nh3
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from doses import cases, rows_of
from portail_publication.output_check import (
    OutputChecker,
    OutputPolicy,
)

BOOT = b'document.documentElement.classList.add("js");if(1<2){}'
SITE = "https://exemple.org/portail"
POLICY = OutputPolicy(
    site_url=SITE,
    inline=(BOOT,),
    letters=r"l/courriel\.\w+",
)

PAGE = f"""<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Ondes &amp; on=1</title>
<meta name="viewport" content="width=device-width">
<link rel="canonical" href="{SITE}/lieux/x/">
<link rel="stylesheet" href="{SITE}/theme/css/base.css">
<link rel="alternate" type="application/atom+xml" href="/portail/flux.xml">
<script type="module" src="/portail/theme/js/menu.js"></script>
<script>{BOOT.decode()}</script>
<script type="application/ld+json">{{"name":"L\\u003cb onclick=x"}}</script></head>
<body data-style="x" class="on"><form action="/portail/recherche/" role="search">
<input name="q"></form><form><button>Voir</button></form>
<p>Le style = sobre ; on est = à l’heure ; data: javascript: un mot, l&#39;onde &lt;script&gt;</p>
<a href="mailto:a@exemple.org">é</a> <a href="tel:+33321000000">t</a> <a href="#acces">a</a>
<a href="webcal://exemple.org/portail/a.ics">s</a> <a href="page.html?x=1:2">r</a> <a href="">v</a>
<a title="une onde > une autre" href="https://exemple.net/?a=b&amp;c=d">w</a>
<svg viewBox="0 0 1 1"><use href="/portail/theme/i.svg#a"/></svg>
<img src="/portail/medias/a.jpg" srcset="a.jpg 1x, b.jpg 2x" alt="L’ondée : une étude">
</body></html>
"""


@pytest.fixture
def checker():
    return OutputChecker(POLICY)


def told(page, path="x.html", policy=POLICY):
    """What a check that has seen nothing yet finds in a page."""
    data = page.encode() if isinstance(page, str) else page
    return OutputChecker(policy).findings(data, path)


def test_what_our_templates_write_passes(checker):
    for _ in range(2):
        assert checker.findings(PAGE.encode(), "lieux/x/index.html") == ()


@cases(("vector", "finding"), rows_of("portail_publication/output_check.yml").items())
def test_vectors(vector, finding):
    for before, after in (("", ""), ("<p>avant ", " après</p>"), (PAGE, PAGE)):
        assert finding in told(before + vector + after)
    checker = OutputChecker(POLICY)
    checker.findings(PAGE.encode(), "x.html")
    assert checker.findings(vector.encode(), "x.html")


@cases(
    "text",
    [
        "<a href=/ HREF='javascript:x'>",  # a second attribute of one name is dropped
        "<p data-onclick=x data-style=x>",
        "&lt;a onclick=x&gt; et javascript:alert(1)",
        "<a title='javascript:alert(1)'>",
        "<scripture>",
        "< script>",
    ],
)
def test_suspect_and_harmless(text):
    assert told(text) == ()


@cases("suffix", "htm xhtml svg xml rss atom".split())
def test_every_format_that_a_reader_renders(suffix):
    assert told("<a onclick='x'/>", f"f.{suffix}") == ("un attribut « onclick »",)
    hidden = "<f><a>&lt;a onclick=x&gt;</a></f>"
    assert "htm" in suffix or told(hidden, f"f.{suffix}") == ("un attribut « onclick »",)


@cases("path", "a.json a.csv a.ics a.js theme/x.svg theme/x.html".split())
def test_what_is_not_rendered_or_comes_with_the_theme(path):
    assert told("<a onclick='x'>", path) == ()


@cases(("to", "good"), [("/portail/x/", True), (f"{SITE}/x/", True), ("/x/", False), ("", False)])
def test_a_page_leads_to_another_of_the_site_alone(to, good):
    page = f'<meta http-equiv="refresh" content="0; url={to}">'
    assert told(page) == (() if good else ('une redirection (<meta http-equiv="refresh">)',))
    assert "un attribut « onclick »" in told(f"{page}<a onclick=x>")


def test_letters_and_drawings_are_styled_and_nothing_else(checker):
    page = b'<style>p{color:red}</style><p style="color:red">x</p>'
    for path in ("l/courriel.html", "a.svg"):
        assert checker.findings(page, path) == ()
        assert checker.findings(b"<style><img src=x onerror=x></style>", path)
    assert checker.findings(page, "l/index.html") == (
        "une balise <style>", "un attribut « style »",
    )  # fmt: skip


def test_the_text_of_feeds_is_html():
    entry = "<content type='html'>&lt;p&gt;bon&lt;/p&gt;%s</content>"
    feed = "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><entry>%s</entry></feed>"
    assert told(feed % entry % "", "flux.xml") == ()
    bad = feed % entry % "&lt;img src=x onerror=alert(1)&gt;"
    assert told(bad, "flux.xml") == ("un attribut « onerror »",)
    bad = feed % "<summary><![CDATA[<a href='javascript:x'>]]></summary>"
    assert "une adresse en « javascript: »" in told(bad, "flux.xml")
    assert told("<feed>&lt;", "flux.xml") == ("du XML mal formé",)
    bomb = "<!DOCTYPE f [<!ENTITY a 'x'>]><feed>&lt;&a;</feed>"
    assert "une déclaration d’entité" in told(bomb, "flux.xml")


def test_the_plain_text_of_feeds_is_no_html():
    hostile = "&lt;x onclick=1 &lt;!ENTITY x&gt;"
    atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry>%s</entry></feed>"
    rss = "<rss xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>%s</channel></rss>"
    div = "<div xmlns='http://www.w3.org/1999/xhtml'><h2>%s</h2></div>"
    for feed in (atom, rss):
        for name in ("title", "subtitle", "category", "dc:creator" if feed is rss else "name"):
            assert told(feed % f"<{name}>{hostile}</{name}>", "flux.xml") == ()
        assert told(feed % (div % hostile), "flux.xml") == ()
    assert told(atom % f"<summary type='text'>{hostile}</summary>", "flux.xml") == ()
    for read in (
        rss % f"<description>{hostile}</description>",
        rss % f"<item>{hostile}</item>",
        atom % f"<title type='html'>{hostile}</title>",
        atom % f"<summary>{hostile}</summary>",
        atom % f"<title>x</title>{hostile}",
        atom % (div % "<a onclick='x'>a</a>"),
    ):
        assert told(read, "flux.xml"), read


def test_the_html_of_mails():
    for content, expected in (("<p>bon</p>", ()), ("<a onclick=x>", ("un attribut « onclick »",))):
        mail = EmailMessage(SMTP)
        mail["Subject"] = "Lettre"
        mail.set_content("texte <a onclick=x>")
        mail.add_alternative(content, subtype="html", cte="base64")
        data = mail.as_bytes()
        assert told(data, "a.eml") == expected
        for name in ("Reply-To", "Subject"):
            more = f"{name}: a@exemple.org\r\n".encode()
            assert f"un en-tête « {name} » de trop" in told(more + data, "a.eml")
        assert told(b"Subject: a\nb\r\n" + data, "a.eml")[0] == "des en-têtes illisibles"


def test_a_form_is_sent_to_the_address_that_is_declared_and_to_no_other():
    policy = OutputPolicy(site_url="https://a.example", forms=frozenset({"https://l.example/f"}))
    form = '<form method="post" action="{}"></form>'
    for good in ("https://l.example/f", "https://a.example/x", "/x", "?a"):
        assert told(form.format(good), policy=policy) == ()
    for bad in "https://l.example/f2 https://l.example/ //l.example/f x.php X".split():
        found = told(form.format(bad), policy=policy)
        assert [one.partition(" à ")[0] for one in found] == ["un formulaire envoyé"]


PIECES = st.sampled_from(
    [
        "<", ">", "</", "/>", "=", '"', "'", "`", " ", "\n", "/", "<!--", "-->", "--!>", "<!", "<?",
        "<![CDATA[", "]]>", "a", "p", "<a ", "<p title=", "<img src=", "<svg>", "</svg>", "<math>",
        "<style>", "</style>", "<title>", "</title>", "<textarea>", "</textarea>", "<script",
        "<script>", "</script>", "<noscript>", "</noscript>", "<xmp>", "<plaintext>", "<template>",
        "<iframe", "<object", "<form action=//x", "<base href=//x", "onclick=1", " onerror=1 ",
        "href=javascript:1", "x=", "&quot;", "&lt;", "<select>", "<table>", "<mtext>", "<desc>",
    ]
)  # fmt: skip


@given(st.lists(PIECES, min_size=1, max_size=14).map("".join))
@example("<a title='<b>' onclick=1>")
@example('<math><mtext><table><p title="--><img src=x onerror=1 >')
def test_another_parser_finds_no_more(text):
    """Whatever html5ever sees running in a page, the check has refused."""
    handlers = []

    def seen(tag, name, value):
        if name.startswith("on") or value.lstrip().lower().startswith("javascript:"):
            handlers.append(name)
        return value

    # No element of raw text but those looked for: their content would be shown unescaped.
    tags = {"a", "p", "img", "svg", "math", "table", "template", "select", "mtext", "desc"}
    tags |= {"iframe", "object", "base", "script"}
    shown = nh3.clean(
        text,
        tags=tags,
        clean_content_tags=set(),
        attributes={"*": {"onclick", "onerror", "href", "src"}},
        attribute_filter=seen,
        url_schemes={"javascript", "http", "https"},
        link_rel=None,
    )
    if handlers or any(name in shown for name in ("<script", "<iframe", "<object", "<base")):
        assert told(text), shown


def test_letters_load_nothing(checker):
    for css in ("background:url(//x)", "background:URL (x)", "b:\\75rl(x)", "b:image-set('x' 1x)"):
        for letter in (f'<p style="{css}">x</p>', f"<style>p{{{css}}}</style>"):
            found = checker.findings(letter.encode(), "l/courriel.html")
            assert found == ("un style qui charge un fichier",), letter
    for address in ("javascript:x", "data:text/html,x"):
        found = checker.findings(f"<a href='{address}'>".encode(), "l/courriel.html")
        assert found == (f"une adresse en « {address.partition(':')[0]}: »",)
    for sheet in (b"@import 'x';", b"@font-face{src:local(x)}"):
        assert checker.findings(b"<style>%s</style>" % sheet, "l/courriel.html")
    plain = b"<a href='/url(x)' title='@import'></a><p>url(x) @import \\</p>"
    assert checker.findings(plain, "l/courriel.html") == ()


def test_the_html_of_a_message_is_that_of_a_letter():
    message = b"Content-Type: text/html\r\n\r\n<p style='color:red'>x</p>%s"
    assert told(message % b"", "l/courriel.eml") == ()
    assert told(message % b"<script>x</script>", "l/courriel.eml")


RUNS_OR_LOADS = """a href=javascript:1|area href=javascript:1|img src=javascript:1|
form action=javascript:1|video poster=javascript:1|object data=javascript:1|
blockquote cite=javascript:1|body background=javascript:1|img srcset=javascript:1|
img longdesc=javascript:1|html manifest=javascript:1|link imagesrcset=javascript:1|
a ping=javascript:1|head profile=javascript:1|applet codebase=javascript:1|
object classid=javascript:1|animate values=javascript:1|animate from=javascript:1|
set to=javascript:1|animate by=javascript:1|image xlink:href=javascript:1"""


@cases("tag", [one.strip() for one in RUNS_OR_LOADS.split("|")])
def test_every_attribute_that_holds_an_address(tag):
    """Those that the HTML standard, its past and SVG give to browsers."""
    assert "une adresse en « javascript: »" in told(f"<p>a</p><{tag}>")


@cases(
    "name",
    "iframe frame frameset object embed applet base portal fencedframe foreignobject".split(),
)
def test_every_element_that_holds_another_document(name):
    for form in (f"<{name}>", f"<{name.upper()} x>", f"<{name}/>", f"<svg:{name} a=b>"):
        assert told(f"<p>{form}") == (f"une balise <{name}>",), form


@pytest.mark.parametrize("rel", "stylesheet preload modulepreload prefetch import manifest".split())
def test_every_relation_that_loads_comes_from_the_site(checker, rel):
    link = '<link rel="{}" href="{}">'
    for _ in range(2):
        assert checker.findings(link.format(rel, "/portail/a").encode(), "x.html") == ()
        for bad in ("https://exemple.net/a", "//exemple.net/a", "/a", ""):
            found = checker.findings(link.format(rel, bad).encode(), "x.html")
            assert found == (f"une ressource venue de « {bad} »",)
    assert told("<link rel=preload>") == ("une ressource venue de «  »",)


def test_what_only_its_element_makes_dangerous_is_told_of_no_other():
    """Read as suspects, since something else on the page is one."""
    for harmless in (
        "<a rel=manifest href=https://exemple.net/>",
        "<p action=https://exemple.net/>",
        "<p http-equiv=refresh>",
        "<link rel=author href=https://exemple.net/>",
        "<meta name=a content=b>",
    ):
        assert told(f"{harmless}<a onclick=x>") == ("un attribut « onclick »",), harmless


@cases("word", ["srcdoc", "formaction"])
def test_an_attribute_that_runs_is_refused_wherever_it_is(word):
    for page in (f"<p {word}=x>", f"<p\n{word.upper()} = ''>", f"<b/{word}>"):
        found = told(page)
        assert len(found) == 1 and word in found[0].lower(), page


@cases("directive", ["content-type", "content-security-policy", "x-ua-compatible"])
def test_every_inert_directive(directive):
    page = '<meta http-equiv="{}" content="x">'
    assert told(page.format(directive)) == ()
    assert told(page.format(f"{directive}-x")) == (f"une directive « {directive}-x »",)


@cases(
    ("site", "own", "others"),
    [
        ("https://a.example", ("/x", "https://a.example/x"), ("https://a.example.net/x", "x")),
        ("https://a.example/b/", ("/b/x", "https://a.example/b/x"), ("/x", "/bc/x", "//b/x")),
        ("", ("/x",), ("https://a.example/x", "//x/x")),
    ],
)
def test_what_belongs_to_the_site(site, own, others):
    policy = OutputPolicy(site_url=site)
    assert [one for one in own if not policy.owns(one)] == []
    climbing = [f"{own[0]}/../y", f"{own[0]}\\y", f"{own[0]}/%2E%2e/y", f"{own[0]}/%2e/y"]
    assert [one for one in (*others, *climbing) if policy.owns(one)] == []


@cases("site", ["https://a.example/b", "https://a.example/b/", "http://a.example"])
def test_calendars_of_the_site_are_subscribed_to(site):
    policy = OutputPolicy(site_url=site)
    base = f"webcal://{site.partition('://')[2].rstrip('/')}"
    assert told(f'<a href="{base}/a.ics">', policy=policy) == ()
    for bad in (f"{base}.net/a.ics", f"{base}x/a.ics", "webcal://x/a.ics", "webcal:a"):
        page = f'<a href="{bad}">'
        assert told(page, policy=policy) == ("une adresse en « webcal: »",), bad
        assert told(page, policy=OutputPolicy()), bad


@cases("spaces", ["", " ", "\t\n", "\0", " " * 200, "\x01" * 70])
@cases("scheme", ["javascript", "vbscript", "data"])
def test_spaces_hide_no_scheme(scheme, spaces):
    hidden = f"{scheme[:2]}{spaces}{scheme[2:]}{spaces}:x"
    for page in (f"<a href='{hidden}'>", f"<a href='{spaces}{hidden}'>", f"<use to='{hidden}'>"):
        assert f"une adresse en « {scheme}: »" in told(page), page


def test_a_script_that_passed_once_is_looked_at_each_time(checker):
    """What follows the tag is not the same on every page."""
    good = b"<script>" + BOOT + b"</script>"
    data = b'<script type="application/json">{"a": 1}</script>'
    for _ in range(2):
        assert checker.findings(good + data, "x.html") == ()
        longer = good + b"<script>" + BOOT + b";x</script>"
        assert checker.findings(longer, "x.html") == ("une balise <script>",)
        assert checker.findings(data.replace(b"1", b'"<b>"'), "x.html") == ("une balise <script>",)
    assert told(b"<script>" + BOOT + b"</scripty>") == ("une balise <script>",)
    assert told("<style type='application/json'>p{}</style>") == ("une balise <style>",)
    assert told('<script src="/portail/theme/js/a.js">x()</script>') == ()


def test_drawings_and_pages_in_a_letter_are_looked_at_too():
    mail = "Content-Type: {}\r\n\r\n<a onclick=x>"
    for kind in ("text/html", "application/xhtml+xml", "image/svg+xml"):
        assert "un attribut « onclick »" in told(mail.format(kind), "l.eml"), kind
    assert told(mail.format("text/plain"), "l.eml") == ()


def test_each_danger_is_told_once():
    page = "<a onclick=x><b onclick=y><script>x</script><script>y</script>"
    assert told(page) == ("un attribut « onclick »", "une balise <script>")
    twice = "<f><a>&lt;a onclick=x&gt;</a><b>&lt;a onclick=x&gt;</b></f>"
    assert told(twice, "x.xml") == ("un attribut « onclick »",)


def test_bytes_that_are_no_text_hide_nothing():
    for page in (b"<a title='\xff' onclick=x>", b"<a title=\xe9 \xff=x onclick=x>"):
        assert told(page) == ("un attribut « onclick »",)
