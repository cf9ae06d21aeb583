"""A list in another language is narrowed around a town, and its stars speak that language."""

import json

import pytest
from navigateur import HELD, ORIGIN, Answer
from playwright.sync_api import expect

pytestmark = pytest.mark.chromium
TOWNS = {
    "pas": [[5043, -54], [283, -53]],
    "lignes": [["62300", "Lens"], ["80000", "Amiens"]],
}


def answer(path):
    if path != "/communes.json":
        return None
    return Answer(200, "application/json", json.dumps(TOWNS).encode())


def test_a_list_is_narrowed_around_a_town(opened):
    HELD.append(answer)
    page = opened(390)
    page.goto(f"{ORIGIN}/en/2021-10/")
    rows, field = page.locator(".dites > li:visible"), page.locator("#Commune")
    expect(rows).to_have_count(38)
    expect(page.get_by_role("button", name="Keep").first).to_be_visible()
    field.fill("len")
    page.get_by_role("option", name="Lens").click()
    near = page.locator(".dites > li:visible", has_text="Lille")
    expect(page.locator("#Statut")).to_contain_text("Lens, 30\u00a0km\u00a0: ")
    expect(rows).not_to_have_count(38)
    assert 0 < near.count() <= rows.count()
    field.fill("Nulle part")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#Statut")).to_have_text("No such town in this region.")
    expect(rows).to_have_count(38)
    field.fill("")
    field.press("Enter")
    expect(page.locator("#Statut")).to_be_empty()


def test_without_a_script_there_is_no_field(opened):
    page = opened(390, java_script_enabled=False)
    page.goto(f"{ORIGIN}/en/2021-10/")
    expect(page.locator("#Commune")).to_be_hidden()
    expect(page.locator(".dites > li")).to_have_count(38)
