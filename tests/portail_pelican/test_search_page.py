"""The search of a whole site, as a reader meets it: from what is typed to the page found."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.site, pytest.mark.chromium]


def test_what_is_typed_finds_a_page(page):
    """Misspelt, without its accents, narrowed; the best answer leads where it says."""
    page.goto("/recherche/")
    page.get_by_role("searchbox").press_sequentially("musee exemple des sciences")
    best = page.locator("article.premier h3 a")
    expect(best).to_have_text("Musée-Exemple des sciences")
    assert best.locator("mark").count()
    page.get_by_role("searchbox").fill("planetarum")
    expect(page.locator("#Bilan")).to_contain_text("nous avons corrigé")
    box = page.locator("#Filtrage li:visible", has=page.locator("[name=sorte]")).first
    number = box.locator(".q").text_content()
    box.locator("input").check()
    expect(page.locator("#Bilan b")).to_contain_text(f"{number}\u00a0résultat")
    title = page.locator("article.premier h3 a").text_content()
    page.locator("article.premier h3 a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title or "")
    page.go_back()
    expect(page.locator("article.premier h3 a")).to_have_text(title or "")
