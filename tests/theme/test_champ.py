"""The search field that every page opens in place, and what it completes."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from navigateur import HELD, ORIGIN, Answer, hold

from doses import rows_of

pytestmark = pytest.mark.chromium

SUGGESTIONS = rows_of("theme/champ.yml")
FOCUSED = "document.activeElement.id || document.activeElement.className"


@pytest.fixture
def tab(opened):
    """A function that opens a page whose suggestions arrive, what it says gathered in ``said``."""

    def make(width=1280, name="", **options):
        page = opened(width, reduced_motion="reduce", **options)
        answer = Answer(200, "application/json", json.dumps(SUGGESTIONS).encode())
        HELD.append(lambda path: answer if path.endswith("/suggestions.json") else None)
        hold("/recherche/", "<title>Là</title>")
        page.add_init_script("""window.said = [];
            addEventListener('error', ({message}) => said.push(message));
            addEventListener('unhandledrejection', ({reason}) => said.push(String(reason)));
            addEventListener('securitypolicyviolation', ({blockedURI}) => said.push(blockedURI));
        """)
        page.goto(f"{ORIGIN}/{name}")
        return page

    return make


def shown(page):
    """The suggestions on the screen, as they read."""
    return [" ".join(text.split()) for text in page.get_by_role("option").all_inner_texts()]


def typed(page, text):
    """The suggestions after a text is written in the open field."""
    page.locator("#Cherche").fill("")
    page.locator("#Trouvailles").wait_for(state="hidden")
    page.locator("#Cherche").fill(text)
    page.get_by_role("option").first.wait_for()
    return shown(page)


def watched(page):
    """What is asked for from now on, but pictures and fonts of the site: those of a page come when
    it is drawn, early or late, as its icon does where a browser shows it on a tab."""
    asked = []

    def note(one):
        drawn = one.resource_type in ("font", "image") or "/favicon." in one.url
        if not (drawn and one.url.startswith(ORIGIN)):
            asked.append(one.url)

    page.on("request", note)
    return asked


def test_the_key_opens_the_field_and_escape_gives_the_focus_back(tab):
    page = tab()
    asked = watched(page)
    link = page.locator("main a").first
    link.focus()
    page.keyboard.press("Control+/")
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Rechercher dans tout le portail")
    field.wait_for()
    assert page.evaluate(FOCUSED) == "Cherche"
    assert field.input_value() == "", "the key is not written"
    field.type("a/b")
    assert field.input_value() == "a/b"
    page.get_by_role("option").first.wait_for()
    names = {urlsplit(url).path.rpartition("/")[2] for url in asked} - {"favicon.svg"}
    assert sorted(names) == ["champ.css", "champ.js", "commun.js", "suggestions.json"]
    page.keyboard.press("Escape")
    assert field.count() == 0
    assert link.evaluate("(one) => one === document.activeElement")
    page.keyboard.press("/")
    field.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.get_by_role("checkbox", name="touche").evaluate(
        "(one) => one === document.activeElement"
    )
    page.keyboard.press("Tab")
    assert not page.locator(".cherche").is_visible(), "leaving it closes it"
    page.keyboard.press("/")
    field.wait_for()
    page.mouse.click(5, 700)
    assert not page.locator(".cherche").is_visible()
    assert page.evaluate("said") == []
    assert len(asked) == 4
    assert all(url.startswith(ORIGIN) for url in asked)


def test_what_is_completed(tab):
    page = tab()
    page.keyboard.press("/")
    page.locator("#Cherche").wait_for()
    for text, found in {
        "amien": ["Amiens Commune · Somme", "Amiens Métropole Territoire"],
        "St omer": ["Saint-Omer Commune · Pas-de-Calais", "Pays de Saint-Omer Territoire"],
        "l'université": ["Université d’Artois Lieu · Arras"],
        "d'art": ["Université d’Artois Lieu · Arras"],
        "ARTOIS univ": ["Université d’Artois Lieu · Arras"],
        "coupole wiz": ["La Coupole Lieu · Wizernes"],
        "coeur": ["Le Cœur <img src=x onerror=alert(1)> Lieu"],
        "musee": [f"Musée {rang} Lieu" for rang in range(8)],
        "mouton": [],
        "<b>\"' onload=1 \U0001f680": [],
        "музей": [],
        "x" * 2000: [],
    }.items():
        first, *others = typed(page, text)
        assert others == found, text
        assert first == f"Chercher « {text} » dans tout le portail"
        told = page.locator(".cherche [role=status]").text_content()
        words = f"{len(found)}\u00a0suggestion{'s' * (len(found) > 1)} ci-dessous"
        assert told == (words if found else "Aucune suggestion")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    typed(page, "st omer")
    marks = page.locator("#Trouvailles mark")
    assert marks.all_text_contents() == ["Saint", "Omer", "Saint", "Omer"]
    for text in ("", "  ", "\U0001f680 !"):
        page.locator("#Cherche").fill(text)
        page.locator("#Trouvailles").wait_for(state="hidden")
    assert page.evaluate("said") == []


def test_arrows_choose_and_enter_goes(tab):
    page = tab(390, "themes/")
    page.locator(".chercher").click()
    field = page.locator("#Cherche")
    field.wait_for()
    typed(page, "amien")
    options = page.get_by_role("option")
    for key, rank in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", None),
                      ("ArrowUp", 2), ("ArrowDown", None), ("ArrowUp", 2)):  # fmt: skip
        field.press(key)
        chosen = [one.get_attribute("aria-selected") == "true" for one in options.all()]
        assert chosen == [one == rank for one in range(3)]
        active = None if rank is None else f"Trouvailles-{rank}"
        assert field.get_attribute("aria-activedescendant") == active
    assert page.evaluate(FOCUSED) == "Cherche"
    field.press("ArrowUp")
    field.press("Enter")
    page.wait_for_url("**/recherche/?q=Amiens")


def test_what_is_typed_is_searched(tab):
    page = tab(390, "themes/")
    for how in ("enter", "button", "first"):
        if how != "enter":
            page.goto(f"{ORIGIN}/themes/")
        page.locator(".chercher").click()
        page.locator("#Cherche").wait_for()
        typed(page, "l’œuf & la poule")
        if how == "enter":
            page.keyboard.press("Enter")
        elif how == "button":
            page.get_by_role("button", name="Rechercher", exact=True).click()
        else:
            page.get_by_role("option").first.click()
        page.wait_for_url("**/recherche/?q=*")
        assert parse_qs(urlsplit(page.url).query) == {"q": ["l’œuf & la poule"]}, how


def test_without_suggestions_it_is_a_plain_field(tab):
    page = tab(1280, "themes/")
    refused = Answer(503, "text/plain", b"")
    HELD.append(lambda path: refused if path.endswith("/suggestions.json") else None)
    page.locator(".entete .chercher").click()
    assert len(typed(page, "amien")) == 1
    page.locator("#Cherche").press("Enter")
    page.wait_for_url("**/recherche/?q=amien")


def test_the_link_stays_a_link(tab):
    page = tab(1280, "themes/")
    with page.context.expect_page():  # not closed: one that loads may wait for ever
        page.locator(".entete .chercher").click(modifiers=["Control"])
    assert page.locator(".cherche").count() == 0
    page.route("**/champ.js*", lambda route: route.abort())
    page.locator(".entete .chercher").click()
    page.wait_for_url("**/recherche/")


def test_the_key_can_be_given_up(tab):
    page = tab(1280, "themes/")
    page.locator(".entete .chercher").click()
    box = page.get_by_role("checkbox", name="touche")
    assert box.is_checked()
    box.uncheck()
    page.reload()
    asked = watched(page)
    page.keyboard.press("/")
    page.locator("body").click(position={"x": 5, "y": 500})
    assert asked == []
    page.locator(".entete .chercher").click()
    box.wait_for()
    assert not box.is_checked()
    box.check()
    assert page.evaluate("localStorage.length") == 0
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.locator("#Cherche").wait_for()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_it_is_seen_and_reached(width, scheme, tab):
    page = tab(width, "themes/", color_scheme=scheme)
    page.locator(".chercher:visible").click()
    page.locator("#Cherche").wait_for()
    typed(page, "musee")
    sheet = page.locator(".cherche").bounding_box()
    assert (sheet["x"], sheet["y"], sheet["width"]) == (0, 0, width)
    assert sheet["height"] <= 800
    heights = "all => all.map((one) => one.getBoundingClientRect().height)"
    targets = page.locator(".cherche :is(.bouton, .saisie, [role=option])")
    assert min(targets.evaluate_all(heights)) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= width
