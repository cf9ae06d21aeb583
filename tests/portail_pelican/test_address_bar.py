"""What a link, a shared host or an old version left for our scripts to read: the query and the
fragment of an address, the storage of the browser. It stays text, and breaks nothing."""

import json
import re
from contextlib import closing
from itertools import chain, cycle
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from doses import LONG, dose, rows_of
from pages import LOCAL_ADDRESS, html_pages
from plans import contents, write
from portail.resources import brought, folders_of
from projects import Project
from serving import elsewhere, served

pytestmark = [pytest.mark.site, pytest.mark.chromium]

MARKUP = "\"'><img src=x onerror=window.touche=1><a href=https://pirate.example>x</a>"
VALUES = (
    MARKUP, "javascript:window.touche=1", "//pirate.example/", "__proto__", "constructor", "9e999",
    "2021-99-99", "-1", "a&bcc=tous@pirate.example", "%E0%A4%A", "\ud7ff\u202e\x00", "x" * 5_000,
)  # fmt: skip
WRITTEN = re.compile(r"""(?:get|getAll|has)\(["']([a-z_]+)["']\)|\bname="([a-z_]+)\"""")

WATCH = """window.violations = [];
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  violations.push(`${violatedDirective}: ${blockedURI}`));"""
HARMED = """async () => {
  dispatchEvent(new Event('beforeprint'));
  const choice = document.documentElement.dataset.theme ?? 'clair';
  return [
  ...violations,
  ...'touche' in window ? ['something ran'] : [],
  ...choice === 'clair' || choice === 'sombre' ? [] : [`data-theme: ${choice}`],
  ...document.querySelectorAll('img[src="x"], [onerror], [onclick], [onload], base, object, embed'),
  ...[...document.querySelectorAll('a[href], form[action], link[href]')].filter((one) => {
    const { protocol, host } = new URL(one.href ?? one.action, location);
    return !/^(https?|mailto|tel|webcal|geo|blob):$/.test(protocol) || host === 'pirate.example'
      || /[?&]b?cc=/i.test(one.href ?? '');
  }),
  ].map((one) => one.outerHTML?.slice(0, 300) ?? one);
}"""


def names(output):
    """Every word of an address: what scripts ask of it, and the fields of all pages."""
    layers = folders_of(brought("theme"))
    scripts = chain.from_iterable((one / "static/js").glob("*.js") for one in layers)
    files = [*scripts, *output.glob("*/index.html")]
    found = WRITTEN.findall("\n".join(one.read_text("utf-8") for one in files))
    known = {one for pair in found for one in pair if one}
    assert {"q", "du", "pres"} <= known
    return sorted(known)


def addresses(output):
    """The pages whose scripts read an address, or what the browser keeps: one of each form of page,
    in the long run each form of contributors."""
    reading = re.compile(r'id="(?:Filtrage|Chercher|Composer|Aide|Adresse|Formulaire)"|data-prets')
    chosen = {}
    for page in html_pages(output):
        text = page.read_text("utf-8")
        if found := reading.search(text):
            url = "/" + page.relative_to(output).as_posix().removesuffix("index.html")
            folder = url.split("/")[1]
            chosen.setdefault(
                url if LONG and folder == "contribuer" else f"{folder} {found[0]}", url
            )
    return [*chosen.values()]


@pytest.fixture
def host(hosted):
    """The address of the showcase."""
    return hosted("vitrine")


IDLE = "() => new Promise((idle) => { requestIdleCallback(idle, { timeout: 1000 }); })"


def visited(context, urls):
    """What goes wrong on pages, opened one after another and told to print: a tab of its own costs
    more than its page."""
    wrong, said = {}, []
    waiting = set()
    page = context.new_page()
    page.on("request", lambda one: waiting.add(one))
    page.on("requestfinished", lambda one: waiting.discard(one))
    page.on("requestfailed", lambda one: waiting.discard(one))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda one: (said.append(one.message), one.dismiss()))
    for url in urls:
        page.goto(url)
        settle(page, waiting)
        if found := [*said, *page.evaluate(HARMED)]:
            wrong[url[:60]] = found
        said.clear()
        waiting.clear()
    page.close()
    return wrong


def settle(page, waiting):
    """Wait until the page has had nothing to do for a while, and nothing that it asked for is under
    way: a browser tells a page « networkidle » half a second later, by a timer of its own."""
    quiet = 0
    for _ in range(1000):
        page.evaluate(IDLE)
        quiet = 0 if waiting else quiet + 1
        if quiet == 4:
            return
        page.wait_for_timeout(20)
    pytest.fail(f"never answered: {[one.url[:80] for one in waiting]}")


def context_of(browser, host, left):
    """A browser that notes what it asks of other sites."""
    context = browser.new_context(base_url=host)
    context.add_init_script(WATCH)
    context.on("request", lambda one: elsewhere(host).match(one.url) and left.append(one.url))
    return context


def test_an_address_stays_text(built, host, browser, racine):
    output, left = built("vitrine"), []
    known, pages = names(output), addresses(output)
    assert len(pages) > dose(9, 12)
    nasty = "&".join(f"{name}={quote(MARKUP)}" for name in known)
    mixed = "&".join(f"{name}={quote(VALUES[n % len(VALUES)])}" for n, name in enumerate(known))
    queries = (f"?{nasty}#{nasty}", f"?%E0%A4%A&{mixed}#%E0%A4%A&{mixed}")
    # Each page has one of them, in the long run both.
    for turn in range(dose(1, 2)):
        with closing(context_of(browser, host, left)) as context:
            urls = [host + url + queries[(n + turn) % 2] for n, url in enumerate(pages)]
            assert visited(context, urls) == {}
    assert left == []


DRAFTS = (
    '{"version":1}',
    json.dumps({"version": 1, "quand": MARKUP, "titre": {}}),
    json.dumps({"version": 1, "quand": 1, "textes": None, "coches": 3, "rangs": {"seances": 2},
                "notes": [[1]], "titre": MARKUP}),
    json.dumps({"version": 1, "uns": [None, {"titre": MARKUP}]}),
    "{",
)  # fmt: skip


def test_what_a_browser_keeps_breaks_no_page(built, host, browser):
    """Pages of the same host may write there; a draft may be that of an older version."""
    output, left = built("vitrine"), []
    forms = sorted(output.glob("contribuer/*/index.html"))
    kept = {"affichage": MARKUP, "touche": MARKUP, "commune": MARKUP, "lettre": f"themes={MARKUP}"}
    urls = []
    for form, draft in zip(cycle(forms), DRAFTS, strict=False):
        genre = form.parent.name
        kept |= {f"contribuer/{genre}{end}": draft for end in ("", "~a")}
        urls.append(f"{host}/contribuer/{genre}/")
    with closing(context_of(browser, host, left)) as context:
        page = context.new_page()
        page.goto(f"{host}/404.html")
        page.evaluate("(kept) => Object.assign(localStorage, kept)", kept)
        assert page.evaluate("Object.keys(localStorage).length") == len(kept)
        others = addresses(output)[:: dose(3, 1)]
        assert visited(context, [*urls, *(host + one for one in others)]) == {}
        # One that cannot be taken, in the long run no draft at all.
        for url in (urls[2], urls[0])[: dose(1, 2)]:
            page.goto(url)
            page.locator("form.prete").wait_for()
            page.locator("#C-titre").fill("Encore")
            expect(page.locator("#Brouillon")).to_contain_text("Brouillon gardé")
    assert left == []


CONTENTS = contents(rows_of("portail_pelican/address_bar.yml"))


def test_what_contents_say_stays_text_where_scripts_draw_it(tmp_path, browser, monkeypatch):
    """Whatever lets a tag through the model (E246): data files give scripts the words of contents,
    and of neighbours."""
    monkeypatch.setattr("portail.model.fields._BALISE", re.compile("(?!)"))
    project = Project(tmp_path, "PORTAIL_SEUIL_LISTES = 1\n")
    write(tmp_path, CONTENTS)
    project.build(SITEURL=LOCAL_ADDRESS)
    left = []
    with (
        served(project.output) as host,
        closing(context_of(browser, host, left)) as context,
    ):
        queries = ("lieux/?theme=x", "agenda/?theme=x", "carte/",
                   "catalogue/?du=2021-10-01&au=2021-10-03", "404.html")  # fmt: skip
        urls = [
            f"{host}/{one}" for one in queries if (project.output / one.partition("?")[0]).exists()
        ]
        assert len(urls) > 3
        assert visited(context, urls) == {}
        page = context.new_page()
        page.on("pageerror", lambda error: left.append(str(error)))
        page.goto(f"{host}/recherche/?q=nuit")
        page.locator("#Resultats article").first.wait_for()
        assert "<img src=x" in page.locator("#Resultats").inner_text()
        assert page.evaluate(HARMED) == []
        page.goto(f"{host}/agenda/?du=2021-10-01&au=2021-10-30")
        page.locator("#Actifs li").first.wait_for()
        assert "<img src=x" in page.locator("#Resultats").inner_text()
        assert page.evaluate(HARMED) == []
        page.goto(f"{host}/")
        page.keyboard.press("/")
        page.locator("#Cherche").fill("nuit")
        page.locator("#Trouvailles li").nth(1).wait_for()
        assert "<img src=x" in page.locator("#Trouvailles").inner_text()
        assert page.evaluate(HARMED) == []
    assert left == []
