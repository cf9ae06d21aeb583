"""« Faire connaître »: what the page of an event gives to announce it, in the showcase."""

import gzip
import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from audit_axe import axe_source, examined, told
from checkout import ROOT
from doses import rows_of
from portail_pelican.assets import script
from tabs import until

pytestmark = [pytest.mark.site, pytest.mark.chromium]

SCRIPTS = ROOT / "theme/static/js"
SCREEN = {"width": 360, "height": 780}
LIMITS = {"Mastodon": 500, "Bluesky": 300, "X": 280}
FREE = ("Facebook, LinkedIn, courriel", "SMS, message")
TEXTS = rows_of("features/kinds/evenements/connaitre.yml")
"""What is pasted for each state, less its link: a price that is not known is not told."""


def opened(page, name):
    page.goto(f"/evenements/{name}/")
    page.get_by_role("button", name="Faire connaître").click()
    page.get_by_role("dialog", name="Faire connaître").wait_for()
    return page.get_by_role("textbox", name="Texte")


def chosen(page, network):
    page.get_by_role("radio", name=network, exact=True).check()
    return page.get_by_role("textbox", name="Texte").input_value()


def drawn(page):
    """The picture, once it is drawn."""
    page.get_by_role("button", name="Préparer une image").click()
    until(page, "document.querySelector('canvas')?.width === 1080")
    page.get_by_role("textbox", name="Sa description").wait_for()


def downloaded(page):
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger").click()
    data = Path(download.value.path()).read_bytes()
    return download.value.suggested_filename, Image.open(io.BytesIO(data)).convert("RGB")


@pytest.fixture
def apart(browser, hosted):
    """A function that makes a tab of its own, whose console may speak."""
    contexts = []

    def make(**options):
        contexts.append(browser.new_context(base_url=hosted("vitrine"), locale="fr-FR", **options))
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_says_what_its_page_says_its_state_first(page, name):
    *said, link = opened(page, name).input_value().replace("\u00a0", " ").split("\n\n")
    assert "\n\n".join(said) == TEXTS[name]
    assert link.endswith(f"/evenements/{name}/")


def test_each_network_has_its_length(page, hosted):
    """A link is 23 signs on Mastodon and X; sentences that do not fit leave whole."""
    opened(page, "samedis-bricole")
    link = "https://portail.example.org/evenements/samedis-bricole/"
    for network, limit in LIMITS.items():
        text = chosen(page, network)
        count = len(text) - (0 if network == "Bluesky" else len(text.split("\n\n")[-1]) - 23)
        assert count <= limit
        said = page.locator("#Connaitre-compte")
        expect(said).to_have_text(re.compile(f"^{count}\\ssignes sur {limit}$"))
    assert "en panne" in chosen(page, FREE[0])
    short = chosen(page, FREE[1])
    assert "en panne" not in short and "\n\n" not in short
    assert link.rpartition("/evenements")[2] in short


@pytest.mark.parametrize(
    "title",
    ["Une très longue soirée " * 30, "🔭👩🏽‍🔬" * 200, "e\u0301" * 700, "mot" * 300],
    ids=["words", "emojis", "combining", "unbroken"],
)
def test_a_title_that_is_too_long_is_cut_and_the_link_never(page, title):
    page.goto("/evenements/spectacle-complet/")
    page.locator("h1").evaluate("(one, text) => { one.textContent = text; }", title)
    page.get_by_role("button", name="Faire connaître").click()
    for network, limit in LIMITS.items():
        head, *_, link = chosen(page, network).split("\n\n")
        assert head.startswith("Complet – ") and head.endswith("…")
        assert link.endswith("/evenements/spectacle-complet/")
        said = page.locator("#Connaitre-compte").text_content()
        count = int(re.match(r"\d+", said)[0])
        assert limit - 100 < count <= limit, said
        if title.startswith("Une"):
            assert head.removesuffix("…").split(" ")[-1] in {"Une", "très", "longue", "soirée"}


def test_a_family_of_emojis_is_one_sign_and_two_on_x(page):
    field = opened(page, "journee-entiere")
    field.fill("👩‍👩‍👧 e\u0301")
    expect(page.locator("#Connaitre-compte")).to_have_text(re.compile(r"^3\ssignes sur 500"))
    chosen(page, "X")
    field.fill("👩‍👩‍👧 e\u0301")
    expect(page.locator("#Connaitre-compte")).to_have_text(re.compile(r"^4\ssignes sur 280"))


def test_from_the_keyboard(page):
    """One opens, chooses, writes, is told what is too much, copies, leaves where one was."""
    page.goto("/evenements/journee-entiere/")
    page.evaluate("""Object.defineProperty(navigator, 'clipboard',
      { configurable: true, value: { writeText: async (text) => { window.copied = text; } } })""")
    button = page.get_by_role("button", name="Faire connaître")
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Faire connaître")
    expect(dialog.get_by_role("button", name="Fermer")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Bluesky")).to_be_checked()
    page.keyboard.press("Tab")
    field = page.get_by_role("textbox", name="Texte")
    expect(field).to_be_focused()
    page.keyboard.insert_text("a" * 300)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile(r"sur 300\s: \d+ de trop"))
    mine = field.input_value()
    assert chosen(page, "X") != mine
    assert chosen(page, "Bluesky") == mine, "what was written is kept"
    field.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("status")).to_have_text("Le texte est copié.")
    assert page.evaluate("window.copied") == mine
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()
    button.press("Enter")
    expect(dialog).to_be_visible()


def test_a_clipboard_that_refuses_leaves_the_text_selected(page):
    field = opened(page, "journee-entiere")
    page.evaluate("""Object.defineProperty(navigator, 'clipboard',
      { configurable: true, value: { writeText: async () => { throw new Error('no'); } } })""")
    page.get_by_role("button", name="Copier").click()
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("sélectionné")
    taken = field.evaluate("(one) => one.value.slice(one.selectionStart, one.selectionEnd)")
    assert taken == field.input_value() != ""


@pytest.mark.parametrize("name", ["atelier-fusees-exemple", "journee-entiere"])
def test_the_picture_has_the_asked_shape_and_is_not_blank(page, name):
    """Of an event that has one, and of one that has the drawing of its theme."""
    opened(page, name)
    drawn(page)
    for shape, height in (("Carrée", 1080), ("Portrait", 1350), ("Story", 1920)):
        page.get_by_role("radio", name=shape).check()
        until(page, f"document.querySelector('canvas').height === {height}")
        file, picture = downloaded(page)
        assert (file, picture.size) == (f"{name}-{height}.jpg", (1080, height))
        above = picture.crop((0, 0, 1080, 300))
        below = picture.crop((0, height * 72 // 100, 1080, height - 70))  # above the credit
        assert above.resize((1, 1)).getpixel((0, 0)) != below.resize((1, 1)).getpixel((0, 0))
        assert len(above.getcolors(1 << 24)) > 20, "a picture"
        lights = below.convert("L").getextrema()
        assert lights[1] - lights[0] > 150, "words that are read"
    described = page.get_by_role("textbox", name="Sa description").input_value()
    title = page.locator("h1").text_content().strip()
    assert f"Texte : {title}." in described.replace("\u00a0", " ")


def test_a_picture_that_does_not_come_leaves_words(apart):
    page = apart()
    page.route("**/medias/**", lambda route: route.abort())
    opened(page, "atelier-fusees-exemple")
    drawn(page)
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("n’est pas venue")
    _, picture = downloaded(page)
    assert len(picture.getcolors(1 << 24)) > 20


def test_a_small_picture_is_told_so(apart):
    page, data = apart(), io.BytesIO()
    Image.effect_noise((200, 150), 80).convert("RGB").save(data, "WEBP")
    page.route(
        "**/medias/**",
        lambda route: route.fulfill(body=data.getvalue(), content_type="image/webp"),
    )
    opened(page, "atelier-fusees-exemple")
    drawn(page)
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("un peu floue")


def test_a_picture_that_nobody_may_change_is_told_so(page):
    page.goto("/evenements/atelier-fusees-exemple/")
    page.locator(".hero figcaption").evaluate(
        "(one) => { one.textContent = '© A. B., CC BY‑ND 4.0'; }"
    )
    page.get_by_role("button", name="Faire connaître").click()
    drawn(page)
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("ne rien y changer")


def test_the_button_is_on_no_paper(page):
    page.goto("/evenements/journee-entiere/")
    button = page.get_by_text("Faire connaître")
    expect(button).to_be_visible()
    page.emulate_media(media="print")
    expect(button).to_be_hidden()


def test_a_device_that_shares_is_handed_text_and_picture(apart):
    page = apart()
    page.add_init_script("""Object.assign(Navigator.prototype, { canShare: () => true,
      share: async ({ text, files }) => { window.shared = [text, files?.[0].type]; } });""")
    text = opened(page, "journee-entiere").input_value()
    page.get_by_role("button", name="Partager").click()
    until(page, "window.shared")
    assert page.evaluate("window.shared") == [text, None]
    drawn(page)
    page.get_by_role("button", name="Partager").click()
    until(page, "window.shared[1]")
    assert page.evaluate("window.shared") == [text, "image/jpeg"]


def test_nothing_is_asked_but_what_it_is_made_of(page):
    asked = []
    page.goto("/evenements/atelier-fusees-exemple/")
    page.wait_for_load_state("networkidle")
    page.on("request", lambda one: asked.append(f"{one.method} {one.url.partition('?')[0]}"))
    page.get_by_role("button", name="Faire connaître").click()
    drawn(page)
    expect(page.get_by_role("link", name="Les affiches")).to_be_visible()
    names = {re.sub(r"^(\w+) https?://[^/]+", r"\1 ", one) for one in asked}
    pictures = {one for one in names if "/medias/" in one}
    assert names - pictures <= {
        *(f"GET /theme/js/{one}.js" for one in ("commun", "connaitre-panneau", "connaitre-image")),
        "GET /theme/js/fiche-lue.js",
        "GET /theme/css/connaitre.css",
        "HEAD /affiches/",
    }


def test_axe_finds_no_fault(page):
    opened(page, "spectacle-complet")
    drawn(page)
    found = examined(page, axe_source())
    assert len(found) > 1
    assert [line for each in found.values() for one in each for line in told(one)] == []
    boxes = (
        page.get_by_role("dialog")
        .locator("button, .puce, a")
        .evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
    )
    assert len(boxes) > 10 and min(boxes) >= 44


def test_what_is_over_has_no_button(apart, built):
    """At the build, nothing on the page; at a later day, the script puts none."""
    over = built("vitrine") / "evenements/portes-ouvertes-passees/index.html"
    assert "connaitre" not in over.read_text(encoding="utf-8")
    page = apart()
    file = built("vitrine") / "evenements/journee-entiere/index.html"
    later = file.read_text(encoding="utf-8").replace(
        'data-date="2021-09-27"', 'data-date="2021-10-10"'
    )
    page.route("**/journee-entiere/", lambda one: one.fulfill(body=later, content_type="text/html"))
    page.goto("/evenements/journee-entiere/")
    expect(page.get_by_text("Cet événement est passé")).to_be_visible()
    assert page.get_by_role("button", name="Faire connaître").count() == 0


def test_without_a_script_or_without_a_network(apart):
    plain = apart(java_script_enabled=False)
    plain.goto("/evenements/journee-entiere/")
    assert "Faire connaître" not in plain.content()
    page = apart()
    page.route("**/connaitre-panneau.js*", lambda route: route.abort())
    page.goto("/evenements/journee-entiere/")
    page.get_by_role("button", name="Faire connaître").click()
    expect(page.get_by_role("button", name="réessayez avec le réseau")).to_be_visible()


def test_it_is_light(built):
    for name in ("connaitre", "connaitre-panneau", "connaitre-image"):
        source = script((SCRIPTS / f"{name}.js").read_text(encoding="utf-8"))
        assert len(gzip.compress(source.encode(), 9)) <= 3_000
    page = (built("vitrine") / "evenements/journee-entiere/index.html").read_text(encoding="utf-8")
    (address,) = re.findall(r'"([^"]*connaitre[^"]*)"', page)
    assert len(address) <= 60
