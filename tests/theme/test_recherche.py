"""The page of the search in a browser, with an engine that the test knows by heart."""

import json
from urllib.parse import quote, unquote

import pytest
from chercher import ENGINE, EXTRAITS, HOSTILE, contenus
from navigateur import HELD, ORIGIN, Answer, hold, script_named
from playwright.sync_api import expect
from test_chromium import OPEN, SMALL, WIDE

from doses import dose
from portail_pelican.assets import modules
from tabs import until

pytestmark = pytest.mark.chromium

JUMPS = """() => new Promise((told) => {
  new PerformanceObserver((list) => {
    told(list.getEntries().reduce((sum, one) => sum + (one.hadRecentInput ? 0 : one.value), 0));
  }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => told(0), 200);
})"""
"""Cumulative layout shift since the page began (https://web.dev/articles/cls)."""
ENGINE_OF_TESTS = {
    "moteur": ENGINE.replace("%s", quote(json.dumps(contenus()))),
    "extraits": EXTRAITS,
    **dict.fromkeys(("mots", "index", "classement", "phrase"), ""),
}


@pytest.fixture
def visit(opened, drawn):
    """Opens the page with a query, in one tab; its engine is that of the tests, ``lost`` at
    first."""
    wrong = []
    tabs = []
    drawing, page = (script_named(f"recherche-{name}.js") for name in ("rendu", "page"))
    scripts = modules({"rendu": drawing, **ENGINE_OF_TESTS, "page": page})
    script = Answer(200, "text/javascript", scripts.encode())
    data = Answer(200, "application/json", b"{}")
    hold("/recherche/", drawn["recherche/"])
    HELD.append(lambda path: data if path.endswith(".json") else None)
    HELD.append(lambda path: script if path.endswith("/recherche.js") else None)

    def make(query="", *, lost=False, width=1280, **options):
        if not tabs:
            tabs.append(opened(width, locale="fr-FR", **options))
            tabs[0].on("pageerror", lambda error: wrong.append(str(error)))
        page = tabs[0]
        page.set_viewport_size({"width": width, "height": 800})
        if lost:
            page.add_init_script("globalThis.perdues = 1")
        page.goto(f"{ORIGIN}/recherche/{query}")
        return page

    yield make
    assert wrong == []


def total(page, text):
    expect(page.locator("#Bilan")).to_contain_text(text)


def told(page):
    """What the address says."""
    return [unquote(part) for part in page.url.partition("?")[2].split("&") if part]


def field(page):
    return page.get_by_role("searchbox", name="Chercher dans le portail")


def test_results_come_as_one_types(visit):
    page = visit()
    expect(page.locator("#Reponse")).to_be_hidden()
    expect(page.get_by_role("heading", name="Par thème")).to_be_visible()
    field(page).press_sequentially("planét", delay=20)
    total(page, "2\u00a0résultats pour «\u00a0planét\u00a0».")
    assert told(page) == ["q=planét"]
    assert page.title().startswith("Recherche\u00a0: planét – ")
    expect(field(page)).to_be_focused()
    expect(page.locator("#Entrees")).to_be_hidden()
    best = page.locator("article.premier")
    assert best.locator("mark").all_text_contents() == ["planétarium"]
    assert best.get_by_role("link").all_text_contents() == [
        "La Coupole, planétarium 3D", "Voir la fiche", "Agenda du lieu",
    ]  # fmt: skip
    expect(best.locator(".etiq.forte")).to_have_text("Fermé")
    assert page.locator("ol .sorte").text_content() == "Article 9 min"
    field(page).press("Escape")
    expect(page.locator("#Entrees")).to_be_visible()
    assert field(page).input_value() == "" and told(page) == []
    field(page).press_sequentially("p")  # one letter waits for another
    page.wait_for_timeout(250)
    expect(page.locator("#Entrees")).to_be_visible()
    field(page).press("Enter")
    total(page, "pour «\u00a0p\u00a0»")


def test_after_a_search_the_keyboard_is_at_the_answers(visit):
    """Whether one asks here or comes with words: the next key leads to the best answer."""
    page = visit()
    field(page).press_sequentially("planétarium")
    field(page).press("Enter")
    expect(page.get_by_role("heading", name="Meilleur résultat")).to_be_focused()
    page.keyboard.press("Tab")
    best = page.locator("article.premier h3 a")
    expect(best).to_be_focused()
    page = visit("?q=planétarium")
    expect(page.get_by_role("heading", name="Meilleur résultat")).to_be_focused()
    expect(page.locator("article.premier .meta")).to_contain_text("2\u00a0événements à venir")
    page = visit("#Recherche")
    expect(field(page)).to_be_focused()


def test_what_is_over_by_the_reader_s_day_says_so(visit):
    page = visit("?q=chimie")
    expect(page.locator(".e-passe")).to_have_text(["Terminée"])


def test_what_is_typed_is_one_step_back(visit):
    page = visit()
    field(page).fill("plan")
    field(page).press_sequentially("ét", delay=200)
    total(page, "2\u00a0résultats")
    field(page).press("Enter")
    field(page).fill("stage")
    total(page, "19\u00a0résultats")
    page.go_back()
    total(page, "2\u00a0résultats")
    assert field(page).input_value() == "planét"
    page.go_back()
    expect(page.locator("#Entrees")).to_be_visible()
    page.go_forward()
    total(page, "2\u00a0résultats")


def test_the_sum_is_told_once_one_stops(visit):
    page = visit()
    page.clock.install(time=0)
    page.clock.pause_at(1)  # letters come as fast on a slow machine
    page.evaluate("""() => {
      window.dits = [];
      const statut = document.getElementById('Statut');
      new MutationObserver(() => { window.dits.push(statut.textContent); })
        .observe(statut, { childList: true });
    }""")
    for letter in "planétar":
        field(page).press_sequentially(letter)
        page.clock.run_for(200)
    said = "2\u00a0résultats pour «\u00a0planétar\u00a0»."
    total(page, said)
    # What is shown is to be told from then on, not before.
    expect(page.locator("#Resultats")).not_to_have_attribute("aria-busy", "true")
    page.clock.run_for(2000)
    expect(page.get_by_role("status")).to_have_text(said)
    assert page.evaluate("window.dits.filter(Boolean)") == [said]


def test_what_is_corrected_is_said(visit):
    page = visit("?q=planetarum")
    total(page, "2\u00a0résultats pour «\u00a0planétarium\u00a0».")
    total(page, "Rien pour «\u00a0planetarum\u00a0»\u00a0: nous avons corrigé.")
    near = page.get_by_role("list", name="Vouliez-vous dire").get_by_role("link")
    assert near.all_text_contents() == ["planétaire", "Planète Sciences"]
    page.get_by_role("link", name="quand même").click()
    total(page, "Aucun\u00a0résultat pour «\u00a0planetarum\u00a0».")
    assert told(page) == ["q=planetarum", "exact=oui"]
    expect(page.get_by_role("heading", name="Essayez autrement")).to_be_focused()


def test_filters_are_in_the_address_and_can_be_undone(visit):
    page = visit("?q=stage")
    total(page, "19\u00a0résultats")
    assert page.locator(".facette label:visible").all_inner_texts() == [
        "Annonces\n19", "Somme\n19", "À venir\n19",
    ]  # fmt: skip
    page.get_by_role("group", name="Territoire").get_by_text("Intercommunalités").click()
    page.get_by_label("Amiens Métropole").check()
    page.get_by_label("À venir").check()
    expect(page.locator("#Filtres")).to_have_text("2\u00a0filtres")
    assert told(page) == ["q=stage", "epci=ca-amiens-metropole", "quand=avenir"]
    expect(page.get_by_label("À venir")).to_be_focused()
    page.get_by_role("button", name="Retirer : Amiens Métropole").click()
    expect(page.get_by_role("button", name="Retirer : À venir")).to_be_focused()
    page.go_back()
    expect(page.get_by_label("Amiens Métropole")).to_be_checked()
    page.get_by_role("button", name="Tout effacer").click()
    expect(page.locator("#Resultats h2").first).to_be_focused()
    assert told(page) == ["q=stage"]


def test_an_address_is_the_state(visit):
    """What nobody knows is left out; a page too far is the last one."""
    page = visit("?q=stage&departement=somme&departement=rien&tri=date&page=9&autre=1")
    total(page, "19\u00a0résultats")
    expect(page.locator("#Resultats h2")).to_have_text("Page 2 sur 2")
    assert page.locator("article.premier").count() == 0
    assert page.get_by_label("Trier", exact=True).input_value() == "date"
    assert page.locator("#Actifs button").all_text_contents() == ["Retirer\u00a0: Somme ×"]
    expect(page.locator(".pagination [aria-current]")).to_have_text("Page 2")
    expect(page.locator("#Resultats h3")).to_have_text(
        [f"Un stage de chimie, {rang}" for rang in (4, 3, 2, 1)]
    )


def test_pages_are_links_that_lead_to_their_heading(visit):
    page = visit("?q=stage")
    total(page, "19\u00a0résultats")
    expect(page.locator("#Resultats h3")).to_have_count(15)  # without scrolling
    page.get_by_role("link", name="Suivante").click()
    expect(page.get_by_role("heading", name="Page 2 sur 2")).to_be_focused()
    assert told(page) == ["q=stage", "page=2"]
    assert page.evaluate("document.querySelector('#Resultats').getBoundingClientRect().top >= -1")
    assert (
        page.locator(".pagination a").first.get_attribute("href") == f"{ORIGIN}/recherche/?q=stage"
    )
    page.go_back()
    expect(page.locator("article.premier")).to_be_visible()
    until(page, "scrollY > 100")


def test_nothing_says_what_to_try(visit):
    page = visit("?q=stage+lunaire&sorte=lieux&theme=numerique")
    total(page, "Aucun\u00a0résultat pour «\u00a0stage lunaire\u00a0» avec ces filtres.")
    page = visit("?q=stage+chimie&sorte=lieux&theme=numerique")
    tries = page.locator(".vide ul").first.get_by_role("link")
    expect(tries).to_have_text(["Sans aucun filtre\u00a0: 19\u00a0résultats"])
    page.locator(".vide").get_by_role("link", name="Proposer un contenu").wait_for()
    tries.click()
    total(page, "19\u00a0résultats")
    assert told(page) == ["q=stage+chimie"]


def test_nothing_jumps_when_answers_arrive(visit):
    for width in (390, 1280)[:: dose(2, 1)]:
        page = visit("?q=planetarum&sorte=lieux", width=width)
        expect(page.locator("article.premier")).to_be_visible()
        page.wait_for_timeout(100)
        assert page.evaluate(JUMPS) <= 0.02


def test_what_does_not_arrive_is_said_and_tried_again(visit):
    page = visit("?q=stage", lost=True)
    total(page, "La recherche n’a pas pu être chargée. Vérifiez la connexion.")
    expect(page.get_by_role("status")).to_contain_text("Vérifiez la connexion")
    page.get_by_role("button", name="Réessayer").click()
    total(page, "19\u00a0résultats")


def test_what_is_typed_is_never_more_than_text(visit):
    for query in (f"{HOSTILE} z", '"' * 40, "z" * 2000, "天文", "$& $1", "%ff&&=")[:: dose(2, 1)]:
        page = visit(f"?q={quote(query)}")
        total(page, "Aucun\u00a0résultat")
        assert page.locator("main img").count() == 0
        assert page.evaluate(WIDE) == [0], query[:20]
    page = visit("?q=plan%C3%A9tarium")
    expect(page.locator("ol em").first).to_contain_text("<img")
    assert page.locator("#Resultats img").count() == 1, "the drawing of the best answer"


def test_without_a_script_everything_leads_somewhere(visit):
    page = visit("?q=stage", java_script_enabled=False)
    assert page.locator("#Chercher").is_hidden() and page.locator("#Reponse").is_hidden()
    assert page.get_by_role("heading", level=1, name="Recherche").is_visible()
    assert page.get_by_text("a besoin de JavaScript").is_visible()
    main = page.locator("main")
    for name in ("Numérique", "Articles", "Somme", "Index des sujets", "Plan du site"):
        assert main.get_by_role("link", name=name).first.is_visible(), name


def test_on_a_phone_filters_fold_and_nothing_overflows(visit):
    page = visit("?q=stage", width=320)
    total(page, "19\u00a0résultats")
    expect(page.get_by_label("Annonces")).to_be_hidden()
    page.get_by_text("Filtrer, trier").click()
    page.get_by_label("Annonces").check()
    page.get_by_role("button", name="Voir les 19 résultats").click()
    expect(page.get_by_label("Annonces")).to_be_hidden()
    for query in ("", "?q=planetarum", "?q=rien")[: dose(2, 3)]:
        page.goto(f"{ORIGIN}/recherche/{query}")
        page.evaluate(OPEN)
        assert page.evaluate(WIDE) == [0], query
        assert page.evaluate(SMALL, 24) == [], query
