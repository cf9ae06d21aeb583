"""Reading without a network: the agenda of the month, what was read, what was kept; nothing where
the setting is off."""

import gzip
from pathlib import Path

import pytest
from playwright.sync_api import expect

from doses import cases
from plans import Tree, entry
from portail.diagnostics import ConfigError
from portail.features import configured
from portail.features.pages.horsligne.page import kept_pages
from projects import Project
from serving import served
from tabs import until

FILES = {
    "events/nuit": entry("events", titre="La nuit de la chouette", debut="2021-10-09 20:00"),
    "articles/sel": entry("articles", titre="Le goût du sel"),
    "articles/miel": entry("articles", titre="Le goût du miel"),
}
ON = "PORTAIL_HORS_LIGNE = True\n"


@cases("value", ["oui", 1, None])
def test_the_setting_is_true_or_false(value):
    with pytest.raises(ConfigError, match="PORTAIL_HORS_LIGNE attend True ou False"):
        configured({"PORTAIL_HORS_LIGNE": value})


def test_a_device_keeps_this_month_and_the_next_one_when_it_has_something(tmp_path):
    site = Tree(tmp_path).site({**FILES, "events/mars": entry("events", debut="2022-03-01")})
    assert kept_pages(site) == (
        "/hors-ligne/", "/agenda/", "/agenda/2021/09/", "/agenda/2021/10/",
    )  # fmt: skip


def test_where_it_is_off_nothing_of_it_is_published(tmp_path):
    tree = Tree(tmp_path)
    tree.run(FILES)
    assert not [url for url in tree.pages() if "hors-ligne" in url]
    assert tree.view("/").cadre.hors_ligne == ""


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    root = tmp_path_factory.mktemp("hors-ligne")
    project = Project(root, ON)
    project.write({f"content/{name}.md": text for name, text in FILES.items()})
    project.build(SITEURL="https://a.example", PORTAIL_DATE="2021-09-27")
    return root / "output"


@pytest.fixture
def phone(browser):
    context = browser.new_context(locale="fr-FR", viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def visit(page, address):
    """Open a page of the site, once its worker answers for it."""
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready")
    until(page, "navigator.serviceWorker.controller !== null")


@pytest.mark.site
@pytest.mark.chromium
def test_without_a_network_the_month_and_what_was_read_are_read(output, phone):
    with served(output) as host:
        visit(phone, f"{host}/")
        visit(phone, f"{host}/articles/sel/")
        until(phone, "caches.match('/articles/sel/')")
    # The site is gone, and the telephone has no network.
    phone.context.set_offline(True)
    for path, words in {
        "/agenda/2021/10/": "La nuit de la chouette",
        "/agenda/": "La nuit de la chouette",
        "/articles/sel/": "Le goût du sel",
    }.items():
        phone.goto(f"{host}{path}")
        expect(phone.locator("main")).to_contain_text(words)
        family = "getComputedStyle(document.querySelector('h1')).fontFamily"
        assert "Bricolage" in phone.evaluate(family), "its sheet is there too"
    phone.goto(f"{host}/articles/miel/")
    expect(phone.locator("[data-garde=lues]")).to_contain_text("Le goût du sel")


@pytest.mark.site
@pytest.mark.chromium
def test_a_page_that_is_not_kept_leads_to_those_that_are(output, phone):
    with served(output) as host:
        visit(phone, f"{host}/articles/sel/")
        button = phone.get_by_role("button", name="Garder sans réseau")
        button.click()
        expect(phone.get_by_role("button", name="ne plus garder")).to_be_visible()
    phone.context.set_offline(True)
    phone.goto(f"{host}/articles/miel/")
    expect(phone.locator("h1")).to_have_text("Lire sans réseau")
    expect(phone.locator("[data-garde=gardees] a")).to_have_text("Le goût du sel")
    expect(phone.locator("[data-garde=mois] a").first).to_be_visible()
    phone.get_by_role("button", name="Tout effacer").click()
    expect(phone.get_by_role("status").first).to_have_text("Tout est effacé.")
    assert phone.evaluate("caches.keys()") == []


@pytest.mark.site
@pytest.mark.chromium
def test_a_page_that_changes_is_the_new_one_while_there_is_a_network(output, phone, tmp_path):
    page = output / "articles/miel/index.html"
    before = page.read_text(encoding="utf-8")
    with served(output) as host:
        visit(phone, f"{host}/articles/miel/")
        page.write_text(before.replace("Le goût du miel", "Le parfum du miel"), encoding="utf-8")
        phone.reload()
        expect(phone.locator("h1")).to_have_text("Le parfum du miel")
    page.write_text(before, encoding="utf-8")


def test_it_is_small():
    script = Path(__file__).resolve().parents[4] / "theme/templates/hors-ligne.js"
    text = script.read_text(encoding="utf-8")
    lines = text.splitlines()
    assert len(gzip.compress(text.encode(), 9)) <= 2900
    assert len(lines) <= 150
    assert max(map(len, lines)) <= 120
