"""The text of a proposal in a browser: buttons, keyboard, paste, rendering, hostile texts."""

import json

import pytest
from navigateur import ORIGIN, answers, proxy
from playwright.sync_api import expect
from textes import coller, ouvrir, pages_texte

from checkout import ROOT
from doses import rows_of
from portail.resources import rows

pytestmark = pytest.mark.chromium
DATA = ROOT / "tests/data/collages"
ZONE = "#C-corps"


@pytest.fixture(scope="module")
def texte_proxy(theme, drawn):
    table = json.dumps(rows("correspondances"))
    pages = pages_texte(drawn) | {"contribuer/correspondances.json": table}
    with proxy(answers(theme, pages)) as address:
        yield address


@pytest.fixture(scope="module")
def live(browser, texte_proxy):
    """The text, ready; anything that asks for another origin makes the tests fail."""
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, proxy={"server": texte_proxy}
    )
    tab, asked = context.new_page(), []
    tab.on("request", lambda one: asked.append(one.url))
    tab.on("pageerror", lambda error: asked.append(str(error)))
    ouvrir(tab)
    yield tab
    context.close()
    assert [one for one in asked if not one.startswith(ORIGIN)] == []


@pytest.fixture
def page(live):
    """The same, empty."""
    live.locator(ZONE).fill("")
    return live


def _choose(page, start, end):
    page.locator(ZONE).evaluate(f"(zone) => zone.setSelectionRange({start}, {end})")


def test_buttons_are_one_stop_and_arrows_go_round(page):
    names = ["Gras", "Italique", "Titre", "Liste", "Lien"]
    bar = page.get_by_role("toolbar", name="Mise en forme")
    assert bar.get_attribute("aria-controls") == "C-corps"
    for name in names:
        assert bar.get_by_role("button", name=name).count() == 1
    bar.get_by_role("button", name="Gras").focus()
    for key, name in (("ArrowRight", "Italique"), ("End", "Lien"), ("ArrowRight", "Gras"),
                      ("ArrowLeft", "Lien"), ("Home", "Gras")):  # fmt: skip
        page.keyboard.press(key)
        expect(bar.get_by_role("button", name=name)).to_be_focused()
        assert bar.locator("[tabindex='0']").count() == 1
    page.keyboard.press("Tab")
    expect(page.locator(ZONE)).to_be_focused()
    for button in bar.get_by_role("button").all():
        box = button.bounding_box()
        assert box["height"] >= 44 and box["width"] >= 44


WRITTEN = rows_of("portail_contribuer/tests/contribuer/texte.yml")


def test_buttons_write_around_what_is_chosen_and_are_undone(page):
    for name, before, chosen, after in WRITTEN:
        page.locator(ZONE).fill("")
        page.locator(ZONE).focus()
        page.keyboard.insert_text(before)
        _choose(page, *chosen)
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.locator(ZONE), name).to_have_value(after)
        expect(page.locator(ZONE), name).to_be_focused()
        page.keyboard.press("Control+z")
        expect(page.locator(ZONE), name).to_have_value(before)


def test_keys_do_as_buttons(page):
    for key, written in (
        ("b", "**texte en gras**"),
        ("i", "*texte en italique*"),
        ("k", "[texte du lien](https://)"),
    ):
        page.locator(ZONE).fill("")
        page.locator(ZONE).focus()
        page.keyboard.press(f"Control+{key}")
        expect(page.locator(ZONE), key).to_have_value(written)
        chosen = page.locator(ZONE).evaluate(
            "(zone) => zone.value.slice(zone.selectionStart, zone.selectionEnd)"
        )
        assert chosen == written.strip("*").partition("]")[0].strip("[")


def test_the_rendering_follows_the_text_without_a_word(page):
    shown = page.get_by_role("region", name="Aperçu du texte")
    expect(shown).to_contain_text("apparaîtra ici.")  # it follows the text after a pause
    empty = shown.inner_text()
    page.locator(ZONE).focus()
    page.keyboard.insert_text("## Intertitre\n\nUn **mot**.")
    expect(shown.get_by_role("heading", level=3)).to_have_text("Intertitre")
    assert shown.get_attribute("aria-live") is None
    page.locator(ZONE).fill("")
    expect(shown).to_have_text(empty, use_inner_text=True)


@pytest.mark.parametrize("name", ["word", "google-docs", "libreoffice", "page-web", "cache"])
def test_a_paste_keeps_what_a_text_may_have(page, name):
    html = (DATA / f"{name}.html").read_text("utf-8")
    expected = (DATA / f"{name}.md").read_text("utf-8").strip()
    coller(page, html=html, texte="autre chose")
    expect(page.locator(ZONE)).to_have_value(expected)
    told = page.locator("#Texte .dit")
    expect(told).to_have_attribute("role", "status")
    expect(told).to_contain_text("Texte collé : mise en forme gardée")
    images = {"libreoffice": 0, "cache": 0}.get(name, 1)
    assert ("1 image laissée de côté" in told.inner_text()) is (images == 1)
    assert page.evaluate("window.touche") is None
    page.keyboard.press("Control+z")
    expect(page.locator(ZONE)).to_have_value("")


def test_what_reviewers_and_mailings_leave_is_not_pasted(page):
    coller(
        page,
        html="<p>Entrée <del>payante</del><ins>libre</ins><a class=msocomanchor href='#_msocom_1'>"
        "[CE1]</a> <b>samedi</b> <a href='https://a.test/x?e=zoe%40b.test'>ici</a></p><div><p>"
        "<a href='#_msoanchor_1'>[CE1]</a>Sûr ?</p></div>",
    )
    expect(page.locator(ZONE)).to_have_value("Entrée libre **samedi** ici")


ITEM = """<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·
</span>Un élément</p>\n"""


def test_a_long_list_of_word_is_not_typed_line_by_line(page):
    page.evaluate("document.execCommand = () => { window.typed = true; }")
    coller(page, html=ITEM * 2_000)
    expect(page.locator("#Texte .dit")).to_contain_text("mise en forme gardée")
    page.evaluate("delete document.execCommand")
    expect(page.locator(ZONE)).to_have_value("\n".join(["- Un élément"] * 2_000))
    expect(page.locator("#Rendu li")).to_have_count(2_000)


def test_plain_text_stays_as_it_was_typed_and_goes_where_the_caret_is(page):
    coller(page, texte="L’heure\u00a0: « 14\u00a0h »\r\n## pas touché *du tout*\u200b\x07")
    expect(page.locator(ZONE)).to_have_value(
        "L’heure\u00a0: « 14\u00a0h »\n## pas touché *du tout*"
    )
    # An editor of code copies HTML where nothing but colours is said.
    page.locator(ZONE).fill("")
    coller(page, html="<div style='color:red'><span>## Titre</span></div>", texte="## Titre")
    expect(page.locator(ZONE)).to_have_value("## Titre")
    page.locator(ZONE).fill("avant après")
    _choose(page, 6, 6)
    coller(page, html="<p><b>pendant</b></p>", texte="pendant")
    expect(page.locator(ZONE)).to_have_value("avant **pendant**après")


def test_a_file_is_told_what_to_do(page):
    page.locator(ZONE).fill("gardé")
    for name, kind, told in (
        ("affiche.pdf", "application/pdf", "Un PDF ne se dépose pas"),
        ("photo.heic", "", "choisissez-la dans « Image »"),
        ("texte.docx", "", "Un document ne se dépose pas"),
        ("photo.jpg", "image/jpeg", "choisissez-la dans « Image »"),
    ):
        coller(page, fichiers=((name, kind),))
        expect(page.locator("#Texte .dit"), name).to_contain_text(told)
        expect(page.locator(ZONE), name).to_have_value("gardé")


HOSTILE = [
    "<script>window.touche=1</script>",
    "<img src=x onerror=window.touche=1>",
    "[lien](javascript:window.touche=1)",
    "[lien](JaVaScRiPt:window.touche=1)",
    "[lien](java&#10;script:window.touche=1)",
    "[lien](&#106;avascript:window.touche=1)",
    "[lien](data:text/html,<script>window.touche=1</script>)",
    "[lien](vbscript:x) [lien](file:///etc/passwd) [lien](//pirate.example.org/)",
    "[lien](\\\\pirate.example.org) [lien](/\\pirate.example.org)",
    "<javascript:window.touche=1>",
    "![image](https://pirate.example.org/p.png)",
    "![image](x\" onerror=\"window.touche=1)",
    '[a](https://ex.example.org/"onmouseover="window.touche=1)',
    '[a](https://ex.example.org "t\\" onclick=window.touche=1")',
    "[a]: javascript:window.touche=1\n\n[a]",
    "*[b]: \"><img src=x onerror=window.touche=1>\n\nb",
    "[^1]\n\n[^1]: <svg onload=window.touche=1>",
    "> [!NOTE] <iframe src=https://pirate.example.org>",
    "| <b onclick=window.touche=1> | b |\n|---|---|\n| <style>@import '//p.example'</style> | |",
    "```html\n<script>window.touche=1</script>\n```",
    "http://pirate.example.org/<svg/onload=window.touche=1>",
    "[" * 5000 + "](" * 5000,
    "> " * 3000 + "x",
    "*a" * 20000,
]  # fmt: skip


PASTED = [
    *HOSTILE,
    *(f'<a href="{address}">lien</a>' for address in (
        "javascript:window.touche=1", " java\tscript:window.touche=1", "data:text/html,x", "file:///x",
        "//pirate.example.org/", "https://a@pirate.example.org/", "https://ex.example.org/)[b](javascript:x",
    )),
    '<a href="https://ex.example.org/"><svg onload=window.touche=1></svg>lien</a>',
    "<p>[lien](javascript:window.touche=1)</p><h2>&lt;img src=x onerror=window.touche=1&gt;</h2>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.touche=1>",
    "<table>" * 300 + "<td>x",
]  # fmt: skip

_RENDER = """async ([sources, pasted]) => {
  const adresses = JSON.parse(document.querySelector('form[data-modules]').dataset.modules);
  const [copie, turndown] = [await import(adresses.copie), await import(adresses.turndown)];
  const table = await (await fetch('/contribuer/correspondances.json')).json();
  const read = (html) => copie.markdown(turndown.default, copie.lire(html, table).corps);
  const rendered = async (source) => {
    const place = document.createElement('div');
    document.body.append(place);
    const text = pasted ? read(`<p>a</p>${source}<h1>b</h1>`) : source;
    place.append(await module.rendre(text));
    const bad = [...place.querySelectorAll('*')].filter((one) =>
      /^(script|img|iframe|svg|style|link|object|embed)$/.test(one.localName)
      || [...one.attributes].some(({ name }) => name.startsWith('on') || name === 'style'));
    const links = [...place.querySelectorAll('a[href]')].map((one) => one.protocol);
    place.querySelectorAll('a:not([target])').forEach((one) => one.click());
    await new Promise(requestAnimationFrame);
    place.remove();
    return [bad.map((one) => one.outerHTML), links];
  };
  const found = [];
  for (const source of sources) found.push(await rendered(source));
  return found;
}"""


@pytest.mark.parametrize("pasted", [False, True], ids=["written", "pasted"])
def test_nothing_of_a_text_runs_nor_is_fetched(page, pasted):
    sources = PASTED if pasted else HOSTILE
    found = page.evaluate(_RENDER, [sources, pasted])
    for source, (bad, links) in zip(sources, found, strict=True):
        assert bad == [], source[:80]
        assert set(links) <= {"https:", "http:", "mailto:", "tel:"}, source[:80]
    assert page.evaluate("window.touche") is None
    assert page.url == f"{ORIGIN}/texte"


def test_without_its_library_a_paste_is_not_lost(browser, theme, texte_proxy):
    context = browser.new_context(proxy={"server": texte_proxy})
    tab = context.new_page()
    tab.route("**/tiers/**", lambda route: route.abort())
    ouvrir(tab)
    coller(tab, html="<h2>Titre</h2>", texte="Titre")
    expect(tab.locator(ZONE)).to_have_value("Titre")
    expect(tab.locator("#Texte .dit")).to_contain_text("sans sa mise en forme")
    context.close()
